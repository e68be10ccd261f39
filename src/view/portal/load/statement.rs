//! What people state about data that was not corrected: on a page of its own, beside the answer, and wherever the kind is shown later.

use habeas_core::law::{
    ask::{Asked, Correction},
    statement::{Disputed, LONGEST, Statement},
    upload::LARGEST,
};

use super::{Mine, request};
use crate::{
    store::{
        StoreError,
        case::Case,
        message, sealed,
        statement::{self, StoredStatement},
    },
    view::{
        look::Look,
        portal::{
            check::CorrectionLine,
            messages::FileLine,
            statement::{DisputedField, OwnStatement, StatementLine},
        },
    },
};

impl OwnStatement {
    /// The page, where something was declined.
    pub async fn load(look: &Look, mailbox: &str, reference: &str) -> Result<Option<Self>, StoreError> {
        let Some(mine) = Mine::open_answer(look, mailbox, reference).await? else { return Ok(None) };
        let disputed = statement::of_what(&look.store, &look.keys, &mine.case).await?;
        if disputed.is_empty() {
            return Ok(None);
        }
        let Asked::Corrections(asked) = mine.asked(look)? else { return Ok(None) };
        let is_disputed = |it: &&Correction| disputed.iter().any(|field| field.kind == it.kind && field.field == it.field);
        Ok(Some(Self {
            declined: asked.iter().filter(is_disputed).filter_map(|it| CorrectionLine::load(look, it)).collect(),
            stated: StatementLine::of_case(look, &mine.case).await?,
            statement: String::new(),
            longest: LONGEST,
            largest: LARGEST,
            reference: mine.case.id,
        }))
    }

    /// A file that goes with a statement: its name and what is in it.
    pub async fn file(look: &Look, mailbox: &str, reference: &str, id: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let Some(mine) = Mine::open_answer(look, mailbox, reference).await? else { return Ok(None) };
        let stated = statement::of_case(&look.store, &look.keys, &mine.case).await?;
        let files = message::file::of_case(&look.store, &mine.case.id).await?;
        let goes_with_one = files.iter().any(|file| file.id == id && stated.iter().any(|(stored, _)| stored.id == file.message));
        if !goes_with_one {
            return Ok(None);
        }
        sealed::message_file(&look.store, &look.keys, &mine.case, id).await
    }
}

impl StatementLine {
    /// What was stated in a case, oldest first.
    pub(in crate::view) async fn of_case(look: &Look, case: &Case) -> Result<Vec<Self>, StoreError> {
        let mut lines = Vec::new();
        for (stored, stated) in statement::of_case(&look.store, &look.keys, case).await? {
            lines.push(Self::of(look, case, &stored, stated).await?);
        }
        Ok(lines)
    }

    /// What the person a case is about has stated about a kind, in whatever case; files only where they can be opened by whoever reads this.
    pub(super) async fn of_kind(look: &Look, shown_in: &Case, kind: &str) -> Result<Vec<Self>, StoreError> {
        let mut lines = Vec::new();
        for (case, stored, mut stated) in statement::of_person(&look.store, &look.keys, shown_in.person()).await? {
            if stated.concerns(kind) {
                stated.about.retain(|disputed| disputed.kind == kind);
                let mut line = Self::of(look, &case, &stored, stated).await?;
                line.files.retain(|_| case.answered() == shown_in.answered());
                lines.push(line);
            }
        }
        lines.sort_by_key(|line| line.at);
        Ok(lines)
    }

    async fn of(look: &Look, case: &Case, stored: &StoredStatement, stated: Statement) -> Result<Self, StoreError> {
        let files = sealed::message_files(&look.store, &look.keys, case).await?;
        let its = files.into_iter().filter(|file| file.message == stored.id);
        Ok(Self {
            reference: case.id.clone(),
            at: stored.made_at,
            words: stated.words,
            about: stated.about.iter().filter_map(|disputed| DisputedField::load(look, disputed)).collect(),
            files: its.map(|file| FileLine { id: file.id, name: file.name, size: file.size }).collect(),
        })
    }
}

impl DisputedField {
    /// In the words of the person; nothing where the data map does not have the field any more.
    fn load(look: &Look, disputed: &Disputed) -> Option<Self> {
        let (_, collection) = request::kinds(look).find(|(system, it)| super::holding::address(system, it) == disputed.kind)?;
        Some(Self { kind: collection.label.clone(), field: collection.field(&disputed.field)?.label.clone() })
    }
}
