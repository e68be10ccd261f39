//! The package and where it stands.

use habeas_core::law::{lang::Lang, right::Right};

use super::Mine;
use crate::{
    store::{
        StoreError,
        case::Phase,
        package::{self, Package as Stored},
    },
    view::{
        look::Look,
        portal::{
            access::Keys,
            download::{Download, File, Package, Waiting},
        },
    },
};

impl Download {
    /// The package of the person's own case.
    pub async fn load(look: &Look, mailbox: &str, reference: &str, fresh: bool) -> Result<Option<Self>, StoreError> {
        let Some(mine) = Mine::open_answer(look, mailbox, reference).await? else { return Ok(None) };
        let stored = waiting(look, reference).await?;
        let package = match stored.first() {
            Some(first) => Package::Ready {
                expires_on: first.expires_at.map_or(mine.case.due_on, |at| look.day(at)),
                files: (1..).zip(&stored).map(|(part, stored)| file(mine.case.lang, part, stored)).collect(),
            },
            None if mine.case.phase == Phase::Open => Package::Preparing,
            None => Package::Expired,
        };
        let keys = if fresh { Keys::default() } else { Keys::of(look, mailbox, |_| true).await? };
        Ok(Some(Self { keys, portable: mine.case.right == Right::Portability, fresh, reference: mine.case.id, package }))
    }

    /// A file of it, from 1.
    pub async fn file(look: &Look, mailbox: &str, reference: &str, part: usize) -> Result<Option<Waiting>, StoreError> {
        if Mine::open_answer(look, mailbox, reference).await?.is_none() {
            return Ok(None);
        }
        let Some(place) = part.checked_sub(1) else { return Ok(None) };
        let stored = waiting(look, reference).await?.into_iter().nth(place);
        Ok(stored.map(|stored| Waiting { folder: look.packages.clone(), name: stored.file, sha256: stored.sha256 }))
    }
}

fn file(lang: Lang, part: usize, stored: &Stored) -> File {
    let of = if part == 1 { String::new() } else { format!("?part={part}") };
    File {
        href: format!("/{}/case/{}/download/file{of}", lang.code(), stored.case),
        name: stored.file.clone(),
        bytes: stored.size,
        sha256: stored.sha256.clone(),
    }
}

/// The files of the package, while its time is not over.
async fn waiting(look: &Look, reference: &str) -> Result<Vec<Stored>, StoreError> {
    let now = look.clock.now();
    let mut parts = package::parts(&look.store, reference).await?;
    parts.retain(|part| part.expires_at.is_none_or(|at| at > now));
    Ok(parts)
}
