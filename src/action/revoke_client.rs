//! Ends a system's token for the gate, at once and in every process.

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::gate;

/// A client that must not ask any more.
#[derive(Debug, Clone)]
pub struct RevokeClient {
    /// Its name. It is not given away again.
    pub name: String,
}

impl Action for RevokeClient {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Operator { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        if !gate::revoke_client(inside.tx, &self.name, inside.now).await? {
            return Err(Refusal::NotFound("client"));
        }
        Ok(Outcome::new((), Fact::of_house("gate-client-revoked").with("client", &self.name)))
    }
}
