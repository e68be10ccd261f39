//! What people change about their own signing in: password, passkeys, recovery codes. Each change is told by mail and ends no session by
//! itself; the page offers to end the others.

use habeas_core::law::personal::Personal;

use super::{
    account,
    actor::{Actor, Denied},
    door::{Action, Door, Inside},
    fact::{Fact, Outcome},
    factor::{self, NewFactor},
    refusal::Refusal,
    secret,
};
use crate::store::{
    credential::{self, Kind},
    person::{self, Person},
    sealed::AccountChange,
};

/// Whoever is signed in, as they stand in the rows.
async fn oneself(inside: &Inside<'_>) -> Result<Person, Refusal> {
    let Actor::Staff(staff) = inside.by else { return Err(Refusal::Denied) };
    person::get(inside.tx, &staff.id).await?.ok_or(Refusal::NotFound("person"))
}

const fn signed_in(by: &Actor) -> Result<(), Denied> {
    if matches!(by, Actor::Staff(_)) { Ok(()) } else { Err(Denied) }
}

impl Door {
    /// The address somebody signs in with.
    pub async fn address_of(&self, person: &str) -> Result<Option<Personal<String>>, Refusal> {
        Ok(person::get(&self.store, person).await?.map(|person| person.email))
    }

    /// A secret for a new authenticator; nothing is kept of it here.
    pub fn new_totp_secret(&self) -> Result<Vec<u8>, Refusal> {
        Ok(self.chance.bytes::<{ secret::TOTP_BYTES }>()?.to_vec())
    }
}

/// Another password.
#[derive(Debug, Clone)]
pub struct ChangePassword {
    /// Argon2id hash of the new one.
    pub password: Personal<String>,
}

impl Action for ChangePassword {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        signed_in(by)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let person = oneself(inside).await?;
        person::set_password(inside.tx, &person.id, &self.password).await?;
        account::tell(inside, &person, AccountChange::Password).await?;
        Ok(Outcome::new((), Fact::of_house("password-changed").with("person", person.id)))
    }
}

/// A passkey beside what there is.
#[derive(Debug, Clone)]
pub struct AddFactor {
    /// The new one.
    pub factor: NewFactor,
}

impl Action for AddFactor {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        signed_in(by)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let person = oneself(inside).await?;
        factor::add(inside, &person.id, &self.factor).await?;
        account::tell(inside, &person, AccountChange::FactorAdded).await?;
        Ok(Outcome::new((), Fact::of_house("factor-added").with("person", person.id)))
    }
}

/// One second factor less. The last one stays: whoever has lost it is invited anew.
#[derive(Debug, Clone)]
pub struct RemoveFactor {
    /// Which.
    pub id: String,
}

impl Action for RemoveFactor {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        signed_in(by)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let person = oneself(inside).await?;
        let all = credential::of_holder(inside.tx, &person.id).await?;
        let wanted = all.iter().find(|it| it.id == self.id && it.kind != Kind::Recovery).ok_or(Refusal::NotFound("factor"))?;
        let demands = inside.demands.of(&person);
        let counts = |kind| kind == Kind::Passkey || (kind == Kind::Totp && !demands);
        if counts(wanted.kind) && all.iter().filter(|it| counts(it.kind)).count() == 1 {
            return Err(Refusal::conflict("last-factor", "this is the only way to prove yourself: add another one first"));
        }
        if !credential::delete(inside.tx, &person.id, &self.id).await? {
            return Err(Refusal::NotFound("factor"));
        }
        account::tell(inside, &person, AccountChange::FactorRemoved).await?;
        Ok(Outcome::new((), Fact::of_house("factor-removed").with("person", person.id)))
    }
}

/// New recovery codes in the place of the old ones.
#[derive(Debug, Clone)]
pub struct RenewRecovery;

impl Action for RenewRecovery {
    /// The codes, shown this once.
    type Done = Vec<String>;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        signed_in(by)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Vec<String>>, Refusal> {
        let person = oneself(inside).await?;
        let codes = factor::new_recovery_codes(inside, &person.id).await?;
        account::tell(inside, &person, AccountChange::Recovery).await?;
        Ok(Outcome::new(codes, Fact::of_house("recovery-renewed").with("person", person.id)))
    }
}
