//! Lets another system ask the gate. Its token is shown once and stored hashed.

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::gate::{self, Client};

/// A system that shall be able to ask.
#[derive(Debug, Clone)]
pub struct AddClient {
    /// What its people call it: small letters, digits and hyphens.
    pub name: String,
    /// How often it may ask in a second.
    pub per_second: u32,
}

impl Action for AddClient {
    /// Its token.
    type Done = String;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Operator { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<String>, Refusal> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let exists = gate::clients(inside.tx).await?.iter().any(|client| client.name == self.name);
        if self.name.is_empty() || !self.name.bytes().all(plain) || exists {
            return Err(Refusal::invalid("name", "client-wrong-or-taken"));
        }
        if self.per_second == 0 {
            return Err(Refusal::invalid("per-second", "client-never-asks"));
        }
        let token = format!("{}.{}", self.name, inside.chance.token()?);
        let (hash, per_second) = (inside.keys.digest(&token), self.per_second);
        let fact = Fact::of_house("gate-client-added").with("client", &self.name);
        gate::add_client(inside.tx, &Client { name: self.name, hash, per_second, added_at: inside.now, revoked_at: None }).await?;
        Ok(Outcome::new(token, fact))
    }
}
