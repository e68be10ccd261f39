//! Adds somebody who signs in: a colleague or the authority's reader. The TOTP secret is shown once.

use habeas_core::law::{identifier::Identifier, personal::Personal};

use super::{
    actor::{Actor, Denied, Role},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::{Problem, Refusal},
};
use crate::store::person::{self, Person};

/// Shorter ones are refused; longer is what helps.
pub const PASSWORD_LEAST: usize = 12;

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
        let mut problems = Vec::new();
        let handle = !self.id.is_empty() && self.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        let email = Identifier::parse("email", self.email.reveal());
        if !handle || person::get(inside.tx, &self.id).await?.is_some() {
            problems.push(Problem::new("id", "handle-wrong-or-taken"));
        }
        if self.roles.is_empty() {
            problems.push(Problem::new("roles", "role-missing"));
        }
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
        let roles: Vec<String> = self.roles.iter().map(|role| role.name().to_owned()).collect();
        let fact = Fact::of_house("person-added").with("person", &self.id).with("roles", roles.join(","));
        let row = Person {
            totp: inside.keys.seal_bytes(inside.chance, &format!("totp:{}", self.id), self.totp_secret.reveal())?,
            email: email.value().clone(),
            id: self.id,
            name: self.name,
            password: self.password,
            totp_step: 0,
            roles,
            systems: self.systems,
            failures: 0,
            locked_until: None,
            added_at: inside.now,
            disabled_at: None,
        };
        person::insert(inside.tx, &row).await?;
        Ok(Outcome::new((), fact))
    }
}
