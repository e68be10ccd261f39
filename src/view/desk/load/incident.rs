//! An incident that waits for a person.

use habeas_core::workflow::Ways;

use crate::{
    store::{StoreError, case, incident},
    view::{
        desk::{eyes::Eyes, incident::IncidentPage},
        look::Look,
    },
};

impl IncidentPage {
    /// An open incident of a case, with the ways out that the engine would accept from a reader who leads, or does not.
    pub async fn load(look: &Look, eyes: &Eyes, reference: &str, id: &str, ways: Ways, leads: bool) -> Result<Option<Self>, StoreError> {
        if !eyes.see_all() {
            return Ok(None);
        }
        let Some(case) = case::get(&look.store, reference).await? else { return Ok(None) };
        let found = incident::of_case(&look.store, reference).await?.into_iter().find(|it| it.id == id && it.closed.is_none());
        Ok(found.map(|it| Self {
            reference: reference.to_owned(),
            id: it.id,
            at: it.opened_at,
            system: it.branch.and_then(|key| look.organisation.system(&key)).map(|system| system.label.clone()),
            what: it.cause,
            attempts: it.attempts,
            due_on: case.due_on,
            days_left: look.today().until(case.due_on).map_or(0, |left| left.get_days()),
            trouble: it.trouble.name(),
            step: it.step,
            may_change_language: ways.change.iter().any(|setting| setting == "lang"),
            ways: ways.by_hand,
            may_skip: ways.skip && leads,
            may_restart: ways.restart && leads,
            chosen: String::new(),
            reason: String::new(),
        }))
    }
}
