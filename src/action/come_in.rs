//! Coming in by a provider: whose account it is, which roles its claim gives, and whether anything more is to be shown. What the provider
//! has not asked for is asked for here, so that no way in is weaker than another.

use habeas_core::law::provider::Known;

use super::{
    actor::{Actor, Denied},
    door::{Action, Door, Inside},
    elsewhere,
    fact::{Fact, Outcome},
    link_provider::follow,
    refusal::Refusal,
};
use crate::store::{
    credential::{self, Kind},
    person::{self, Person},
    provider_link::{self as link, ProviderLink},
};

/// Somebody comes back from a provider and wants to come in.
#[derive(Debug, Clone)]
pub struct ComeIn {
    /// What the provider says.
    pub known: Known,
}

/// What it came to; who is refused is stored, so it is no refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameIn {
    /// In.
    In(String),
    /// The house's own second factor is still missing.
    NeedsFactor(String),
    /// Not in.
    Refused(Stranger),
}

/// Why somebody whom a provider knows does not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stranger {
    /// The account is nobody's here, or of somebody who was shut out.
    Unlinked,
    /// No role is left.
    NoRole,
    /// The provider asked for no second factor, and there is none of the house that would do.
    NoFactor,
}

impl Stranger {
    /// Its name in the log and in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unlinked => "unlinked",
            Self::NoRole => "no-role",
            Self::NoFactor => "no-factor",
        }
    }
}

impl Action for ComeIn {
    type Done = CameIn;

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<CameIn>, Refusal> {
        let Known { elsewhere, is_strong, roles, .. } = self.known;
        let told = |kind| Fact::of_house(kind).with("provider", &elsewhere.provider);
        let refused = |why: Stranger| Outcome::new(CameIn::Refused(why), told("sign-in-refused").with("why", why.name()));
        let Some((link, person)) = whose(inside, &elsewhere.issuer, &elsewhere.subject).await? else {
            return Ok(refused(Stranger::Unlinked));
        };
        let (person, changed) = follow(inside, &link, person, roles).await?;
        if person.roles.is_empty() {
            return Ok(refused(Stranger::NoRole).and(changed));
        }
        let demands = inside.demands.of(&person);
        let keys = credential::of_holder(inside.tx, &person.id).await?;
        let has_own = keys.iter().any(|key| key.kind == Kind::Passkey || (key.kind == Kind::Totp && !demands));
        let done = match (is_strong && !demands, has_own) {
            (true, _) => Outcome::new(CameIn::In(person.id.clone()), told("signed-in").with("person", &person.id)),
            (false, true) => Outcome::new(CameIn::NeedsFactor(person.id.clone()), told("provider-accepted").with("person", &person.id)),
            (false, false) => refused(Stranger::NoFactor),
        };
        Ok(done.and(changed))
    }
}

/// Whose an account is, unless they were shut out.
async fn whose(inside: &Inside<'_>, issuer: &str, subject: &str) -> Result<Option<(ProviderLink, Person)>, Refusal> {
    let Some(link) = link::get(inside.tx, &elsewhere::account(inside.keys, issuer, subject)).await? else { return Ok(None) };
    let person = person::get(inside.tx, &link.person).await?.filter(|person| person.disabled_at.is_none());
    Ok(person.map(|person| (link, person)))
}

impl Door {
    /// The providers by which somebody may show once more who they are: those that know them, for whoever has no key of the house's own.
    pub async fn shows_again_at(&self, person: &str) -> Result<Vec<String>, Refusal> {
        let has_own = credential::of_holder(&self.store, person).await?.iter().any(|key| key.kind != Kind::Recovery);
        let demands = person::get(&self.store, person).await?.is_none_or(|person| self.demands.of(&person));
        if has_own || demands {
            return Ok(Vec::new());
        }
        Ok(link::of_person(&self.store, person).await?.into_iter().map(|link| link.provider).collect())
    }
}

/// Somebody who is signed in has signed in at a provider once more, before something grave.
#[derive(Debug, Clone)]
pub struct ShowAgain {
    /// What the provider says.
    pub known: Known,
}

impl Action for ShowAgain {
    /// Whether that is enough: the same person, and asked for a second factor.
    type Done = bool;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if matches!(by, Actor::Staff(_)) { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<bool>, Refusal> {
        let Actor::Staff(staff) = inside.by else { return Err(Refusal::Denied) };
        let Known { elsewhere, is_strong, .. } = self.known;
        let known = whose(inside, &elsewhere.issuer, &elsewhere.subject).await?.filter(|(_, person)| person.id == staff.id);
        let enough = is_strong && known.is_some_and(|(_, person)| !inside.demands.of(&person));
        let fact = Fact::of_house(if enough { "factor-given" } else { "sign-in-refused" }).with("person", &staff.id);
        Ok(Outcome::new(enough, fact.with("provider", elsewhere.provider)))
    }
}
