//! Somebody asks to see a person's values in a case: for a reason of a closed list, and the log says so. It lasts for a while in one session.

use super::{
    actor::{Actor, Denied},
    door::{About, Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Reveal {
    /// The case's reference.
    pub case: String,
    /// Why: a code.
    pub reason: &'static str,
    /// What kind of thing: the form or page that shows it, a code.
    pub what: String,
}

impl Action for Reveal {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        match by {
            Actor::Staff(staff) if staff.sees_work() => Ok(()),
            _ => Err(Denied),
        }
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, _: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        Ok(Outcome::new((), Fact::of_case("revealed", &self.case).with("what", self.what).with("reason", self.reason)))
    }
}
