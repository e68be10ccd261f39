//! Sets one case apart that the house cannot move: nothing of it runs by itself until a person has looked, and all others go on.

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::incident::{self, Incident, Trouble};

/// The case, and what happened.
#[derive(Debug, Clone)]
pub struct QuarantineCase {
    /// The case's reference.
    pub case: String,
    /// What was tried: an action, a timer's kind.
    pub tried: String,
    /// The refusal's code.
    pub code: String,
    /// What went wrong, without personal data.
    pub why: String,
}

impl Action for QuarantineCase {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if matches!(by, Actor::Worker | Actor::Timer) { Ok(()) } else { Err(Denied) }
    }

    /// Reads nothing of the case: it may be what cannot be read.
    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        if incident::is_quarantined(inside.tx, &self.case).await? {
            return Err(Refusal::conflict("in-quarantine", "the case is set apart already"));
        }
        let fact = Fact::of_case("case-quarantined", &self.case).with("tried", &self.tried).with("code", &self.code);
        let incident = Incident {
            id: inside.row_id()?,
            case: self.case,
            step: String::new(),
            branch: None,
            trouble: Trouble::Quarantine,
            cause: format!("{}: {}", self.tried, self.why),
            attempts: 1,
            opened_at: inside.now,
            closed: None,
            answer: None,
        };
        incident::insert(inside.tx, &incident).await?;
        Ok(Outcome::new((), fact))
    }
}
