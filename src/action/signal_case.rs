//! Something that may be sent to a case at any time, such as taking a request back.

use habeas_core::workflow::EventKind;

use super::{
    actor::{Actor, Denied},
    advance::{self, Submission},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::case;

/// The signal.
#[derive(Debug)]
pub struct SignalCase {
    /// The case's reference.
    pub case: String,
    /// An any-time event of the workflow, such as `withdraw`.
    pub name: String,
}

impl Action for SignalCase {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        match by {
            Actor::Subject { .. } => Ok(()),
            Actor::Staff(staff) if staff.works_here() => Ok(()),
            _ => Err(Denied),
        }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        if matches!(inside.by, Actor::Subject { mailbox } if *mailbox != case.subject) {
            return Err(Refusal::NotFound("case"));
        }
        let fact = Fact::of_case("case-signalled", &case.id).with("signal", &self.name);
        let id = format!("signal:{}:{}", case.id, case.rev);
        let facts = advance::advance(inside, case, id, EventKind::Signalled { name: self.name }, Submission::default()).await?;
        Ok(Outcome::new((), fact).and(facts))
    }
}
