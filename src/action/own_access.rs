//! What people change about how they show who they are: password, authenticator, passkeys, recovery codes. Staff do so for the desk, a
//! data subject for her mailbox, once a case knows her by more than that. Each change is told by mail and ends no session by itself.

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
    case::{self, Case},
    credential::{self, Credential, Kind},
    person::{self, Person},
    sealed::AccountChange,
};

/// Whoever it is that changes something, as they stand in the rows.
enum Own {
    /// Somebody who works here.
    Staff(Box<Person>),
    /// The person behind a mailbox, and the case that knows her.
    Subject(Box<Case>),
}

impl Own {
    async fn of(inside: &Inside<'_>) -> Result<Self, Refusal> {
        if let Actor::Subject { mailbox } = inside.by {
            let case = case::proven_of(inside.tx, mailbox).await?.ok_or(Refusal::NotFound("page"))?;
            return Ok(Self::Subject(Box::new(case)));
        }
        Ok(Self::Staff(Box::new(oneself(inside).await?)))
    }

    /// Whose the credentials are.
    fn holder(&self) -> &str {
        match self {
            Self::Staff(person) => &person.id,
            Self::Subject(case) => &case.subject,
        }
    }

    /// What happened. Who a subject is stands in no log that outlives her case.
    fn fact(&self, kind: &'static str) -> Fact {
        match self {
            Self::Staff(person) => Fact::of_house(kind).with("person", &person.id),
            Self::Subject(case) => Fact::of_case(kind, &case.id),
        }
    }

    async fn tell(&self, inside: &Inside<'_>, change: AccountChange) -> Result<(), Refusal> {
        match self {
            Self::Staff(person) => account::tell(inside, person, change).await,
            Self::Subject(case) => account::tell_subject(inside, case, change).await,
        }
    }

    /// Whether one of these is the last by which they can come in. A subject's mailbox is always another way.
    fn needs(&self, inside: &Inside<'_>, all: &[Credential], wanted: &Credential) -> bool {
        let Self::Staff(person) = self else { return false };
        let demands = inside.demands.of(person);
        let counts = |kind| kind == Kind::Passkey || (kind == Kind::Totp && !demands);
        counts(wanted.kind) && all.iter().filter(|it| counts(it.kind)).count() == 1
    }
}

/// Whoever is signed in, as they stand in the rows.
async fn oneself(inside: &Inside<'_>) -> Result<Person, Refusal> {
    let Actor::Staff(staff) = inside.by else { return Err(Refusal::Denied) };
    person::get(inside.tx, &staff.id).await?.ok_or(Refusal::NotFound("person"))
}

const fn signed_in(by: &Actor) -> Result<(), Denied> {
    if matches!(by, Actor::Staff(_)) { Ok(()) } else { Err(Denied) }
}

const fn with_own_keys(by: &Actor) -> Result<(), Denied> {
    if matches!(by, Actor::Staff(_) | Actor::Subject { .. }) { Ok(()) } else { Err(Denied) }
}

impl Door {
    /// The address somebody signs in with.
    pub async fn address_of(&self, person: &str) -> Result<Option<Personal<String>>, Refusal> {
        Ok(person::get(&self.store, person).await?.map(|person| person.email))
    }

    /// Whether an authenticator counts for somebody; where a role asks for a passkey it does not.
    pub async fn takes_app(&self, person: &str) -> Result<bool, Refusal> {
        Ok(person::get(&self.store, person).await?.is_some_and(|person| !self.demands.of(&person)))
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

/// An authenticator or a passkey beside what there is.
#[derive(Debug, Clone)]
pub struct AddFactor {
    /// The new one.
    pub factor: NewFactor,
}

impl Action for AddFactor {
    /// Recovery codes, shown this once: a subject gets them with the first factor. Staff had theirs when they came in.
    type Done = Vec<String>;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        with_own_keys(by)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Vec<String>>, Refusal> {
        let own = Own::of(inside).await?;
        let is_first = credential::of_holder(inside.tx, own.holder()).await?.is_empty();
        factor::add(inside, own.holder(), &self.factor).await?;
        let codes = if is_first { factor::new_recovery_codes(inside, own.holder()).await? } else { Vec::new() };
        own.tell(inside, AccountChange::FactorAdded).await?;
        Ok(Outcome::new(codes, own.fact("factor-added")))
    }
}

/// One second factor less. The last one of staff stays: whoever has lost it is invited anew. With a subject's last one her recovery codes
/// go, too.
#[derive(Debug, Clone)]
pub struct RemoveFactor {
    /// Which.
    pub id: String,
}

impl Action for RemoveFactor {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        with_own_keys(by)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let own = Own::of(inside).await?;
        let all = credential::of_holder(inside.tx, own.holder()).await?;
        let wanted = all.iter().find(|it| it.id == self.id && it.kind != Kind::Recovery).ok_or(Refusal::NotFound("factor"))?;
        if own.needs(inside, &all, wanted) {
            return Err(Refusal::conflict("last-factor", "this is the only way to prove yourself: add another one first"));
        }
        if !credential::delete(inside.tx, own.holder(), &self.id).await? {
            return Err(Refusal::NotFound("factor"));
        }
        if all.iter().all(|it| it.id == self.id || it.kind == Kind::Recovery) {
            credential::delete_of(inside.tx, own.holder()).await?;
        }
        own.tell(inside, AccountChange::FactorRemoved).await?;
        Ok(Outcome::new((), own.fact("factor-removed")))
    }
}

/// New recovery codes in the place of the old ones. They stand in for a factor, so there must be one.
#[derive(Debug, Clone)]
pub struct RenewRecovery;

impl Action for RenewRecovery {
    /// The codes, shown this once.
    type Done = Vec<String>;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        with_own_keys(by)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Vec<String>>, Refusal> {
        let own = Own::of(inside).await?;
        if credential::of_holder(inside.tx, own.holder()).await?.iter().all(|it| it.kind == Kind::Recovery) {
            return Err(Refusal::NotFound("factor"));
        }
        let codes = factor::new_recovery_codes(inside, own.holder()).await?;
        own.tell(inside, AccountChange::Recovery).await?;
        Ok(Outcome::new(codes, own.fact("recovery-renewed")))
    }
}
