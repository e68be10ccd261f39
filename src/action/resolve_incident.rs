//! Deals with an incident: try again, done by hand with proof, or left out with a reason.

pub use habeas_core::workflow::event::Resolution;
use habeas_core::workflow::{EventKind, event::Wait};

use super::{
    actor::{Actor, Denied, Role},
    advance::{self, Submission},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::{case, incident};

/// What was decided about an incident.
#[derive(Debug)]
pub struct ResolveIncident {
    /// The case's reference.
    pub case: String,
    /// The incident's id.
    pub incident: String,
    /// How.
    pub how: Resolution,
}

impl Action for ResolveIncident {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.needs(&[Role::CaseHandler, Role::PrivacyLead, Role::Dpo])
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        let found = incident::of_case(inside.tx, &self.case).await?;
        let incident = found
            .into_iter()
            .find(|incident| incident.id == self.incident && incident.closed.is_none())
            .ok_or(Refusal::NotFound("incident"))?;
        let how = match &self.how {
            Resolution::Retry => "retry".to_owned(),
            Resolution::ByHand { outcome } => format!("by hand: {outcome}"),
            Resolution::Skip { .. } => "left out".to_owned(),
        };
        let fact = Fact::of_case("incident-resolved", &case.id).with("step", &incident.step).with("how", &how);
        if incident.step.is_empty() {
            // An alarm of the clock: nothing waits for it but the eyes it was raised for.
            incident::close(inside.tx, &case.id, "", None, inside.now, &inside.by.name(), "seen").await?;
            return Ok(Outcome::new((), fact));
        }
        let wait = Wait { step: incident.step, branch: incident.branch };
        let submission = Submission { wait: None, outcome: Some(how), answer: None };
        let event = EventKind::Resolved { wait, how: self.how };
        let facts = advance::advance(inside, case, format!("incident:{}", incident.id), event, submission).await?;
        Ok(Outcome::new((), fact).and(facts))
    }
}
