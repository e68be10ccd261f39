//! Gives somebody other roles and systems. Nobody changes their own, and whoever was changed signs in anew.

use super::{
    account,
    actor::{Actor, Denied, Role},
    add_person::{names, wrong_roles},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::{person, sealed::AccountChange, session};

/// Whose, and to what.
#[derive(Debug, Clone)]
pub struct ChangeRoles {
    /// Handle.
    pub id: String,
    /// What they may do from now on.
    pub roles: Vec<Role>,
    /// For a system owner: which systems.
    pub systems: Vec<String>,
}

impl Action for ChangeRoles {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.manages_people()?;
        by.is_not(&self.id)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let person = person::get(inside.tx, &self.id).await?.filter(|person| person.disabled_at.is_none());
        let person = person.ok_or(Refusal::NotFound("person"))?;
        if let Some(problem) = wrong_roles(inside, &self.roles, &self.systems) {
            return Err(Refusal::Invalid(vec![problem]));
        }
        let roles = names(&self.roles);
        person::set_roles(inside.tx, &person.id, &roles, &self.systems).await?;
        session::delete_of(inside.tx, &person.id).await?;
        account::tell(inside, &person, AccountChange::Roles).await?;
        let fact = Fact::of_house("roles-changed").with("person", person.id).with("before", person.roles.join(","));
        Ok(Outcome::new((), fact.with("roles", roles.join(",")).with("systems", self.systems.join(","))))
    }
}
