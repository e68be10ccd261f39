//! Shuts somebody out at once: no further sign-in, every session over. Nobody shuts themselves out.

use super::{
    account,
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::{credential, invitation, person, provider_link, sealed::AccountChange, session};

/// Whom.
#[derive(Debug, Clone)]
pub struct DisablePerson {
    /// Handle.
    pub id: String,
}

impl Action for DisablePerson {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.manages_people()?;
        by.is_not(&self.id)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let person = person::get(inside.tx, &self.id).await?.ok_or(Refusal::NotFound("person"))?;
        person::disable(inside.tx, &self.id, inside.now).await?;
        session::delete_of(inside.tx, &self.id).await?;
        invitation::revoke(inside.tx, &self.id).await?;
        credential::delete_of(inside.tx, &self.id).await?;
        provider_link::delete_of(inside.tx, &self.id).await?;
        account::tell(inside, &person, AccountChange::Disabled).await?;
        Ok(Outcome::new((), Fact::of_house("person-disabled").with("person", self.id)))
    }
}
