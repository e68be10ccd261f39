//! Reads the portal's pages from rows. Whoever is not the case's subject finds nothing, as if there were no such case.

use habeas_core::workflow::State;

use crate::{
    store::{
        StoreError,
        case::{self, Case},
        task::{self, Task},
    },
    view::look::Look,
};

mod amend;
mod case_page;
mod cases;
mod correction;
mod details;
mod document;
mod download;
mod holding;
mod kind;
mod messages;
mod outcome;
mod progress;
mod prove;
mod record;
mod request;
mod statement;

pub use amend::Known;

/// A case in the eyes of its subject.
struct Mine {
    case: Case,
    state: State,
    tasks: Vec<Task>,
}

impl Mine {
    /// The person's own case; a foreign one and none at all are alike.
    async fn open(look: &Look, mailbox: &str, reference: &str) -> Result<Option<Self>, StoreError> {
        Self::open_for(look, reference, |case| case.subject == mailbox).await
    }

    /// A case whose answer goes to this mailbox: of whoever asked, or of the person it is about where that was decided. She sees the answer
    /// and neither the messages nor the status of who acts for her.
    async fn open_answer(look: &Look, mailbox: &str, reference: &str) -> Result<Option<Self>, StoreError> {
        Self::open_for(look, reference, |case| case.answered() == mailbox).await
    }

    async fn open_for(look: &Look, reference: &str, is_theirs: impl Fn(&Case) -> bool) -> Result<Option<Self>, StoreError> {
        let Some(case) = case::get(&look.store, reference).await?.filter(is_theirs) else { return Ok(None) };
        let tasks = task::of_case(&look.store, &case.id).await?;
        Ok(Some(Self { state: case.workflow_state()?, case, tasks }))
    }

    fn open_task(&self, form: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.form == form && task.closed.is_none())
    }
}
