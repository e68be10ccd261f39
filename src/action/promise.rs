//! Days the law sets, for whoever has to show them.

use habeas_core::law::{clock::Deadline, hold};
use jiff::{Timestamp, civil::Date};

use super::{deadline, door::Door, refusal::Refusal};
use crate::store::case;

/// A case's deadline with what led to it.
#[derive(Debug, Clone)]
pub struct Reckoned {
    /// The law's days and reasons.
    pub deadline: Deadline,
    /// Our own earlier promise.
    pub goal_on: Option<Date>,
    /// The definition the case is pinned to: `erasure@1`.
    pub workflow: String,
}

impl Door {
    /// Now, UTC.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Today in the controller's zone.
    pub fn today(&self) -> Date {
        self.clock.today(&self.organisation.zone())
    }

    /// The last day on which a hold placed or put off today must be looked at again.
    pub fn latest_review(&self) -> Date {
        hold::latest(self.today())
    }

    /// How the deadline of a case was reckoned, and what else its definition says (Art. 12(3)).
    pub async fn reckoned(&self, reference: &str) -> Result<Reckoned, Refusal> {
        let case = case::get(&self.store, reference).await?.ok_or(Refusal::NotFound("case"))?;
        let definition = self.workflows.by_sha(&case.definition)?;
        let received_on = case.received_at.to_zoned(self.organisation.zone()).date();
        let goal_on = definition.clock.goal.and_then(|goal| received_on.checked_add(goal.span()).ok());
        let deadline = self.deadline_of(&case, &case.shown_state())?;
        Ok(Reckoned { deadline, goal_on, workflow: format!("{}@{}", definition.name, definition.version) })
    }

    /// By when a request sent now is answered.
    pub fn answer_by(&self) -> Result<Date, Refusal> {
        Ok(deadline::fresh(&self.organisation, self.now())?.due)
    }

    /// A name for something broken, short enough to say on the telephone.
    pub fn incident_name(&self) -> Result<String, Refusal> {
        Ok(format!("I-{}", self.chance.word(4)?))
    }
}
