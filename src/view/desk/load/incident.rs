//! An incident that waits for a person.

use crate::{
    store::{StoreError, incident},
    view::{
        desk::{eyes::Eyes, incident::IncidentPage},
        look::Look,
    },
};

impl IncidentPage {
    /// An open incident of a case; `ways` are the outcomes its step may have.
    pub async fn load(look: &Look, eyes: &Eyes, reference: &str, id: &str, ways: Vec<String>) -> Result<Option<Self>, StoreError> {
        if !eyes.see_all() {
            return Ok(None);
        }
        let found = incident::of_case(&look.store, reference).await?.into_iter().find(|it| it.id == id && it.closed.is_none());
        Ok(found.map(|it| Self {
            reference: reference.to_owned(),
            id: it.id,
            at: it.opened_at,
            system: it.branch.and_then(|key| look.organisation.system(&key)).map(|system| system.label.clone()),
            what: it.cause,
            alarm: it.step.is_empty(),
            step: it.step,
            ways,
            chosen: String::new(),
            reason: String::new(),
        }))
    }
}
