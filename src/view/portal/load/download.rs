//! The package and where it stands.

use std::path::PathBuf;

use habeas_core::law::right::Right;

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
            download::{Download, File, Package},
        },
    },
};

impl Download {
    /// The package of the person's own case.
    pub async fn load(look: &Look, mailbox: &str, reference: &str, fresh: bool) -> Result<Option<Self>, StoreError> {
        let Some(mine) = Mine::open_answer(look, mailbox, reference).await? else { return Ok(None) };
        let package = match waiting(look, reference).await? {
            Some(stored) => Package::Ready {
                expires_on: stored.expires_at.map_or(mine.case.due_on, |at| look.day(at)),
                files: vec![File {
                    href: format!("/{}/case/{reference}/download/file", mine.case.lang.code()),
                    name: stored.file,
                    bytes: stored.size,
                    sha256: stored.sha256,
                }],
            },
            None if mine.case.phase == Phase::Open => Package::Preparing,
            None => Package::Expired,
        };
        let keys = if fresh { Keys::default() } else { Keys::of(look, mailbox, |_| true).await? };
        Ok(Some(Self { keys, portable: mine.case.right == Right::Portability, fresh, reference: mine.case.id, package }))
    }

    /// The file itself: its folder and name.
    pub async fn file(look: &Look, mailbox: &str, reference: &str) -> Result<Option<(PathBuf, String)>, StoreError> {
        if Mine::open_answer(look, mailbox, reference).await?.is_none() {
            return Ok(None);
        }
        Ok(waiting(look, reference).await?.map(|stored| (look.packages.clone(), stored.file)))
    }
}

/// The package, while its time is not over.
async fn waiting(look: &Look, reference: &str) -> Result<Option<Stored>, StoreError> {
    let now = look.clock.now();
    let stored = package::get(&look.store, reference, "subject").await?;
    Ok(stored.filter(|package| package.expires_at.is_none_or(|at| at > now)))
}
