//! Notes that somebody read a case: reading about people is something done to them, so the log says who did it and when.

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};

/// A page that was read.
#[derive(Debug, Clone)]
pub struct NoteReading {
    /// The case's reference.
    pub case: String,
    /// Which page of it: `case`, `plan`, `system`, `task`.
    pub page: &'static str,
}

impl Action for NoteReading {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if matches!(by, Actor::Staff(_)) { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, _: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        Ok(Outcome::new((), Fact::of_case("case-read", &self.case).with("page", self.page)))
    }
}
