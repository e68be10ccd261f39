//! The journal of a case as the workflow's own events: what a scenario is recorded from. Codes and references, never personal data.

use habeas_core::workflow::Event;

use super::look::{Look, LookError};
use crate::store::{StoreError, case, event};

/// What happened to a case, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// The definition it runs on.
    pub definition: String,
    /// Every event.
    pub events: Vec<Event>,
}

/// An open case and what it waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCase {
    /// The case's reference.
    pub case: String,
    /// The steps, each with its branch where there is one.
    pub waits: Vec<String>,
}

impl Look {
    /// The open cases that run on a definition.
    pub async fn open_on(&self, definition: &str) -> Result<Vec<OpenCase>, LookError> {
        let mut open = Vec::new();
        for case in case::open_on(&self.store, definition).await? {
            let state = case.shown_state();
            open.push(OpenCase { case: case.id, waits: state.open.iter().map(|open| open.wait.step.clone()).collect() });
        }
        Ok(open)
    }

    /// The journal of a case, if there is such a case. Events that this version cannot read are told by their number.
    pub async fn journal(&self, reference: &str) -> Result<Option<Result<Journal, i64>>, LookError> {
        let Some(found) = case::get(&self.store, reference).await? else { return Ok(None) };
        let rows: Result<Vec<_>, StoreError> = event::of_case(&self.store, reference).await;
        let events = rows?.into_iter().map(|row| serde_json::from_str(&row.body).map_err(|_| row.seq));
        Ok(Some(events.collect::<Result<_, _>>().map(|events| Journal { definition: found.definition, events })))
    }
}
