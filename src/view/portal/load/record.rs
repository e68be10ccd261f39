//! Everything that happened, from the log.

use super::Mine;
use crate::{
    store::{StoreError, leaf},
    view::{
        look::Look,
        portal::record::{CaseRecord, Happened},
    },
};

impl CaseRecord {
    /// The log of the person's own case, oldest first.
    pub async fn load(look: &Look, mailbox: &str, reference: &str) -> Result<Option<Self>, StoreError> {
        let Some(mine) = Mine::open(look, mailbox, reference).await? else { return Ok(None) };
        let leaves = leaf::of_case(&look.store, &look.keys, reference).await?;
        Ok(Some(Self {
            right: mine.case.right,
            received_at: mine.case.received_at,
            due_on: mine.case.due_on,
            events: leaves.into_iter().filter(|leaf| !is_inner(&leaf.kind)).map(|leaf| Happened { at: leaf.at, fact: leaf.kind }).collect(),
            reference: mine.case.id,
        }))
    }
}

/// What the house did to get its own work done: what came of it stands beside it as a fact of its own. And who read along.
pub(in crate::view) fn is_inner(fact: &str) -> bool {
    matches!(fact, "effect-done" | "timer-fired" | "case-read")
}
