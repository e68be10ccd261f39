//! Something that may be sent to a case at any time, such as taking a request back.

use habeas_core::workflow::{self, Event, EventKind};

use super::{
    actor::{Actor, Denied, Role},
    advance::{self, Submission},
    door::{About, Action, Door, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::case;

/// Whose work is cases.
const READERS: [Role; 4] = [Role::CaseHandler, Role::PrivacyLead, Role::Dpo, Role::Authority];

/// The signal.
#[derive(Debug, Clone)]
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
            // The authority reads every case of the house; which events it may send is the workflow's to say.
            Actor::Subject { .. } | Actor::Staff(_) => Ok(()),
            _ => Err(Denied),
        }
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        let reads = match inside.by {
            Actor::Subject { mailbox } => *mailbox == case.subject,
            // Whoever answers for a system sees tasks, and no case: not even that there is one.
            Actor::Staff(_) => inside.by.needs(&READERS).is_ok(),
            _ => true,
        };
        if !reads {
            return Err(Refusal::NotFound("case"));
        }
        let fact = Fact::of_case("case-signalled", &case.id).with("signal", &self.name);
        let id = format!("signal:{}:{}", case.id, case.rev);
        let facts = advance::advance(inside, case, id, EventKind::Signalled { name: self.name }, Submission::default()).await?;
        Ok(Outcome::new((), fact).and(facts))
    }
}

impl Door {
    /// Whether a case would take a signal from somebody now. Asking changes nothing: the move is reckoned and dropped.
    pub async fn takes(&self, by: &Actor, case: &str, signal: &str) -> Result<bool, Refusal> {
        let Some(case) = case::get(&self.store, case).await? else { return Ok(false) };
        let definition = self.workflows.by_sha(&case.definition)?;
        // A case that cannot be read takes nothing.
        let Ok(state) = case.workflow_state() else { return Ok(false) };
        let kind = EventKind::Signalled { name: signal.to_owned() };
        let event = Event { id: "asked".to_owned(), at: self.clock.now(), by: by.name(), roles: by.roles(), kind };
        Ok(workflow::transition(definition, &state, &event).is_ok())
    }
}
