//! Signing in at the desk: a password, then a TOTP code that no one has used before. Both are mandatory.

use habeas_core::law::personal::Personal;
use jiff::SignedDuration;

use super::{
    actor::{Actor, Denied},
    door::{Action, Door, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
    secret,
};
use crate::store::person::{self, Person};

/// Failures before a pause.
const TRIES: u32 = 5;
/// How long the pause is.
const PAUSE_MINUTES: i64 = 15;

impl Door {
    /// Whose password this is, if it is anybody's. Takes the same time for unknown addresses.
    pub async fn password_of(&self, email: &Personal<String>, password: Personal<String>) -> Result<PasswordTry, Refusal> {
        let found = person::by_email(&self.store, &email.reveal().trim().to_lowercase()).await?;
        let hash = found.as_ref().map(|person| person.password.clone());
        let right = secret::verify_password(password, hash).await;
        let now = self.clock.now();
        let usable = |person: &Person| person.disabled_at.is_none() && person.locked_until.is_none_or(|until| until <= now);
        Ok(match found.filter(usable) {
            Some(person) if right => PasswordTry::Right(person.id),
            Some(person) => PasswordTry::Wrong(Some(NoteFailure { person: person.id })),
            None => PasswordTry::Wrong(None),
        })
    }
}

/// What a typed password came to.
#[derive(Debug)]
pub enum PasswordTry {
    /// This person's; the code is still missing.
    Right(String),
    /// Nobody's, or somebody's who may not sign in now; with the failure to note, where the address is known.
    Wrong(Option<NoteFailure>),
}

/// Counts a wrong password: after five in a row nobody's is looked at for a quarter of an hour.
#[derive(Debug, Clone)]
pub struct NoteFailure {
    person: String,
}

impl Action for NoteFailure {
    type Done = ();

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let person = person::get(inside.tx, &self.person).await?.ok_or(Refusal::NotFound("person"))?;
        fail(inside, &person).await?;
        Ok(Outcome::new((), Fact::of_house("sign-in-refused").with("person", person.id)))
    }
}

/// Notes one more failure, and the pause that every fifth brings.
async fn fail(inside: &Inside<'_>, person: &Person) -> Result<(), Refusal> {
    let failures = person.failures + 1;
    let locked = failures.is_multiple_of(TRIES).then(|| inside.now + SignedDuration::from_mins(PAUSE_MINUTES));
    Ok(person::note_failure(inside.tx, &person.id, failures, locked).await?)
}

/// The second step: a code from the authenticator.
#[derive(Debug, Clone)]
pub struct ConfirmCode {
    /// Whose password was right.
    pub person: String,
    /// What was typed.
    pub code: Personal<String>,
}

/// What a try came to; failures are stored, so they are no refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInTry {
    /// Signed in.
    Right,
    /// Wrong, used before or locked.
    Wrong,
}

impl Action for ConfirmCode {
    type Done = SignInTry;

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<SignInTry>, Refusal> {
        let person = person::get(inside.tx, &self.person).await?.ok_or(Refusal::NotFound("person"))?;
        let refused = |fact: &'static str| Ok(Outcome::new(SignInTry::Wrong, Fact::of_house(fact).with("person", &person.id)));
        if person.disabled_at.is_some() || person.locked_until.is_some_and(|until| until > inside.now) {
            return refused("sign-in-refused");
        }
        let secret = inside.keys.open_bytes(&format!("totp:{}", person.id), &person.totp)?;
        let step = secret::totp_step(&secret, self.code.reveal(), inside.now);
        let fresh = match step {
            Some(step) => person::use_step(inside.tx, &person.id, step).await?,
            None => false,
        };
        if !fresh {
            fail(inside, &person).await?;
            return refused("sign-in-refused");
        }
        Ok(Outcome::new(SignInTry::Right, Fact::of_house("signed-in").with("person", &person.id)))
    }
}
