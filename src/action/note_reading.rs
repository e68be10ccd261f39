//! Notes that somebody read about people, or was turned away: reading is something done to them, so the log says who did it and when.

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

/// A list about many people that was read.
#[derive(Debug, Clone)]
pub struct NoteList {
    /// Which: `queue`, `holds`, `people`, `room`.
    pub list: &'static str,
}

impl Action for NoteList {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if matches!(by, Actor::Staff(_)) { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, _: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        Ok(Outcome::new((), Fact::of_house("list-read").with("list", self.list)))
    }
}

/// Somebody who is signed in asked for what is not there for them.
#[derive(Debug, Clone)]
pub struct NoteTurnedAway {
    /// The address as the program names it, with names for what stands in it.
    pub address: String,
}

impl Action for NoteTurnedAway {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if matches!(by, Actor::Staff(_)) { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, _: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        Ok(Outcome::new((), Fact::of_house("turned-away").with("address", self.address)))
    }
}
