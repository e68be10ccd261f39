//! Whether a picture of a document may be shown in a case, and whether one is there.

use habeas_core::law::{
    document::{KEPT, MOST},
    tier::Tier,
    upload::LARGEST,
};

use super::{Mine, prove::PROOF};
use crate::{
    store::{StoreError, document},
    view::{look::Look, portal::document::ShowDocument},
};

/// The form in which the officer decides.
const CHECK: &str = "identity-check-strong";

impl ShowDocument {
    /// The page, while a picture is of use; with the task in which she chooses a way, where it is still open.
    pub async fn load(look: &Look, mailbox: &str, reference: &str) -> Result<Option<(Self, Option<String>)>, StoreError> {
        let Some(mine) = Mine::open(look, mailbox, reference).await? else { return Ok(None) };
        let shown = document::shown(&look.store, &mine.case.id).await?;
        if shown.is_none() && !mine.takes_document(look).await? {
            return Ok(None);
        }
        let task = mine.open_task(PROOF).map(|task| task.id.clone());
        let page = Self {
            gone_by: shown.map(|shown| shown.shown_at + KEPT),
            went: document::count(&look.store, &mine.case.id).await? > 0,
            largest: LARGEST,
            in_person: task.is_some(),
            reference: mine.case.id,
        };
        Ok(Some((page, task)))
    }
}

impl Mine {
    /// Whether a picture may be sent now: nothing less would do and it does, somebody waits for it, and none is there.
    pub(super) async fn takes_document(&self, look: &Look) -> Result<bool, StoreError> {
        if !look.documents_are_taken || (self.open_task(PROOF).is_none() && self.open_task(CHECK).is_none()) {
            return Ok(false);
        }
        let sent = document::count(&look.store, &self.case.id).await?;
        let one_is_there = document::shown(&look.store, &self.case.id).await?.is_some();
        Ok(!one_is_there && usize::try_from(sent).is_ok_and(|sent| sent < MOST) && self.needed(look).await? == Tier::Substantial)
    }
}
