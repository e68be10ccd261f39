//! Shuts somebody out at once: no further sign-in, every session over.

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::{person, session};

/// Whom.
#[derive(Debug, Clone)]
pub struct DisablePerson {
    /// Handle.
    pub id: String,
}

impl Action for DisablePerson {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if matches!(by, Actor::Operator) { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        person::get(inside.tx, &self.id).await?.ok_or(Refusal::NotFound("person"))?;
        person::disable(inside.tx, &self.id, inside.now).await?;
        session::delete_of(inside.tx, &self.id).await?;
        Ok(Outcome::new((), Fact::of_house("person-disabled").with("person", self.id)))
    }
}
