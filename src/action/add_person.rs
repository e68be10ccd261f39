//! Adds somebody who signs in: a colleague or the authority's reader. The TOTP secret is shown once.

use habeas_core::law::{identifier::Identifier, personal::Personal};

use super::{
    actor::{Actor, Denied, Role},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    factor,
    refusal::{Problem, Refusal},
};
use crate::store::person::{self, Person};

/// Somebody to add.
#[derive(Debug, Clone)]
pub struct AddPerson {
    /// Handle, such as `kari`.
    pub id: String,
    /// Signs in with it.
    pub email: Personal<String>,
    /// Shown to colleagues.
    pub name: Personal<String>,
    /// Argon2id hash of the password; hashing is slow, so it happens before the transaction.
    pub password: Personal<String>,
    /// 20 bytes or more.
    pub totp_secret: Personal<Vec<u8>>,
    /// What they may do.
    pub roles: Vec<Role>,
    /// For a system owner: which systems.
    pub systems: Vec<String>,
}

impl Action for AddPerson {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if matches!(by, Actor::Operator) { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let Self { id, email, name, password, totp_secret, roles, systems } = self;
        let person = added(inside, Newcomer { id, email, name, password, roles, systems }).await?;
        factor::add_totp(inside, &person.id, totp_secret.reveal(), 0).await?;
        Ok(Outcome::new((), Fact::of_house("person-added").with("person", &person.id).with("roles", person.roles.join(","))))
    }
}

/// Somebody new.
pub(super) struct Newcomer {
    pub(super) id: String,
    pub(super) email: Personal<String>,
    pub(super) name: Personal<String>,
    pub(super) password: Personal<String>,
    pub(super) roles: Vec<Role>,
    pub(super) systems: Vec<String>,
}

/// Adds somebody, or says everything that is wrong about it.
pub(super) async fn added(inside: &Inside<'_>, new: Newcomer) -> Result<Person, Refusal> {
    let mut problems = Vec::new();
    let handle = !new.id.is_empty() && new.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let email = Identifier::parse("email", new.email.reveal());
    if !handle || person::get(inside.tx, &new.id).await?.is_some() {
        problems.push(Problem::new("id", "handle-wrong-or-taken"));
    }
    problems.extend(wrong_roles(inside, &new.roles, &new.systems));
    let taken = match &email {
        Ok(email) => person::by_email(inside.tx, email.value().reveal()).await?.is_some(),
        Err(_) => true,
    };
    let (Ok(email), false, true) = (email, taken, problems.is_empty()) else {
        if taken {
            problems.push(Problem::new("email", "email-wrong-or-taken"));
        }
        return Err(Refusal::Invalid(problems));
    };
    let person = Person {
        email: email.value().clone(),
        id: new.id,
        name: new.name,
        password: new.password,
        roles: names(&new.roles),
        systems: new.systems,
        failures: 0,
        locked_until: None,
        added_at: inside.now,
        disabled_at: None,
    };
    person::insert(inside.tx, &person).await?;
    Ok(person)
}

/// What is wrong with roles: somebody without any, or who answers for a system that does not exist.
pub(super) fn wrong_roles(inside: &Inside<'_>, roles: &[Role], systems: &[String]) -> Option<Problem> {
    let unknown = systems.iter().any(|system| inside.organisation.system(system).is_none());
    if roles.is_empty() {
        return Some(Problem::new("roles", "role-missing"));
    }
    unknown.then(|| Problem::new("systems", "system-unknown"))
}

/// Roles by name.
pub(super) fn names(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.name().to_owned()).collect()
}
