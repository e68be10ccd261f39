//! Signing in at the desk: a password, then a second factor that no one has used before. Both are mandatory.

use habeas_core::law::personal::Personal;
use jiff::SignedDuration;

use super::{
    account,
    actor::{Actor, Denied},
    door::{Action, Door, Inside},
    fact::{Fact, Outcome},
    factor::{self, Proof},
    refusal::Refusal,
    secret,
};
use crate::store::{
    credential::Kind,
    person::{self, Person},
    sealed::AccountChange,
};

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
            found => PasswordTry::Wrong(Some(NoteFailure { person: found.map(|person| person.id) })),
        })
    }
}

/// What a typed password came to.
#[derive(Debug)]
pub enum PasswordTry {
    /// This person's; the code is still missing.
    Right(String),
    /// Nobody's, or somebody's who may not sign in now; with the failure to note.
    Wrong(Option<NoteFailure>),
}

/// Counts a wrong password: after five in a row nobody's is looked at for a quarter of an hour. Of somebody unknown the log says that it
/// happened, and nothing of what was typed.
#[derive(Debug, Clone)]
pub struct NoteFailure {
    person: Option<String>,
}

impl Action for NoteFailure {
    type Done = ();

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let refused = Fact::of_house("sign-in-refused");
        let Some(person) = self.person else { return Ok(Outcome::new((), refused)) };
        let person = person::get(inside.tx, &person).await?.ok_or(Refusal::NotFound("person"))?;
        fail(inside, &person).await?;
        Ok(Outcome::new((), refused.with("person", person.id)))
    }
}

/// Notes one more failure, and the pause that every fifth brings.
async fn fail(inside: &Inside<'_>, person: &Person) -> Result<(), Refusal> {
    let failures = person.failures + 1;
    let locked = failures.is_multiple_of(TRIES).then(|| inside.now + SignedDuration::from_mins(PAUSE_MINUTES));
    Ok(person::note_failure(inside.tx, &person.id, failures, locked).await?)
}

/// The second step: a second factor, in the name of a person whose password was right.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// Whose password was right.
    pub person: String,
    /// What was given.
    pub proof: Proof,
    /// What for.
    pub purpose: Purpose,
}

/// What a second factor is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To sign in.
    SignIn,
    /// To go on with something grave, signed in before.
    GoOn,
}

/// What a try came to; failures are stored, so they are no refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInTry {
    /// Proven.
    Right,
    /// Wrong, used before or locked.
    Wrong,
    /// Right, and not enough: a role of this person asks for a passkey.
    NeedsPasskey,
}

impl Action for Confirm {
    type Done = SignInTry;

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<SignInTry>, Refusal> {
        let person = person::get(inside.tx, &self.person).await?.ok_or(Refusal::NotFound("person"))?;
        let told = |done, fact: &'static str| Ok(Outcome::new(done, Fact::of_house(fact).with("person", &person.id)));
        if person.disabled_at.is_some() || person.locked_until.is_some_and(|until| until > inside.now) {
            return told(SignInTry::Wrong, "sign-in-refused");
        }
        let Some(used) = factor::proven(inside, &person.id, &self.proof).await? else {
            fail(inside, &person).await?;
            return told(SignInTry::Wrong, "sign-in-refused");
        };
        if used.kind == Kind::Recovery {
            account::tell(inside, &person, AccountChange::RecoveryUsed).await?;
        }
        if used.kind != Kind::Passkey && inside.demands.of(&person) {
            return told(SignInTry::NeedsPasskey, "sign-in-refused");
        }
        person::forget_failures(inside.tx, &person.id).await?;
        told(SignInTry::Right, if self.purpose == Purpose::SignIn { "signed-in" } else { "factor-given" })
    }
}
