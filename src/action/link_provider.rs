//! Which account at a provider is whose who works here. Somebody says so who has shown both: signed in here, and there. An address alone
//! never links anybody.

use std::collections::BTreeSet;

use habeas_core::law::provider::Known;

use super::{
    account,
    actor::{Actor, Denied},
    door::{Action, Inside},
    elsewhere,
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::{
    credential::{self, Kind},
    person::{self, Person},
    provider_link::{self as link, ProviderLink},
    sealed::AccountChange,
    session,
};

/// Links an account to somebody, whose roles follow its claim from now on.
pub(super) async fn linked(inside: &Inside<'_>, person: &Person, known: &Known) -> Result<ProviderLink, Refusal> {
    let subject = elsewhere::account(inside.keys, &known.elsewhere.issuer, &known.elsewhere.subject);
    if let Some(other) = link::get(inside.tx, &subject).await? {
        // Whose it is, is said to nobody.
        let mine = other.person == person.id;
        return Err(Refusal::conflict(
            if mine { "linked-already" } else { "linked-elsewhere" },
            "this account is linked to somebody already",
        ));
    }
    let link = ProviderLink {
        subject,
        id: inside.row_id()?,
        person: person.id.clone(),
        provider: known.elsewhere.provider.clone(),
        roles: Vec::new(),
        linked_at: inside.now,
        used_at: None,
    };
    link::insert(inside.tx, &link).await?;
    Ok(link)
}

/// Takes every link of somebody away, and the roles that came by them.
pub(super) async fn forgotten(inside: &Inside<'_>, person: Person) -> Result<Person, Refusal> {
    let came: Vec<String> = link::of_person(inside.tx, &person.id).await?.into_iter().flat_map(|link| link.roles).collect();
    link::delete_of(inside.tx, &person.id).await?;
    let roles: Vec<String> = person.roles.iter().filter(|role| !came.contains(role)).cloned().collect();
    if roles.len() != person.roles.len() {
        person::set_roles(inside.tx, &person.id, &roles, &person.systems).await?;
    }
    Ok(Person { roles, ..person })
}

/// Gives somebody the roles that a claim gives now, and takes those that it gave before and gives no more. What an administrator gave
/// stays. Returns the person as they are now, and what has changed.
pub(super) async fn follow(
    inside: &Inside<'_>,
    link: &ProviderLink,
    person: Person,
    given: Option<BTreeSet<String>>,
) -> Result<(Person, Option<Fact>), Refusal> {
    let by_hand: Vec<String> = person.roles.iter().filter(|role| !link.roles.contains(role)).cloned().collect();
    let granted: Vec<String> = given.unwrap_or_default().into_iter().filter(|role| !by_hand.contains(role)).collect();
    link::note_use(inside.tx, &link.subject, &granted, inside.now).await?;
    let roles = [by_hand, granted].concat();
    let same = roles.iter().collect::<BTreeSet<_>>() == person.roles.iter().collect::<BTreeSet<_>>();
    if same {
        return Ok((person, None));
    }
    person::set_roles(inside.tx, &person.id, &roles, &person.systems).await?;
    session::delete_of(inside.tx, &person.id).await?;
    account::tell(inside, &person, AccountChange::RolesFollowed).await?;
    let fact = Fact::of_house("roles-changed").with("person", &person.id).with("before", person.roles.join(","));
    let fact = fact.with("roles", roles.join(",")).with("provider", &link.provider);
    Ok((Person { roles, ..person }, Some(fact)))
}

/// Links an account to whoever is signed in. Their roles follow it from the next sign-in on.
#[derive(Debug, Clone)]
pub struct LinkProvider {
    /// What the provider says.
    pub known: Known,
}

impl Action for LinkProvider {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if matches!(by, Actor::Staff(_)) { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let person = oneself(inside).await?;
        let link = linked(inside, &person, &self.known).await?;
        account::tell(inside, &person, AccountChange::Linked).await?;
        Ok(Outcome::new((), Fact::of_house("provider-linked").with("person", person.id).with("provider", link.provider)))
    }
}

/// Takes a link away, and with it the roles that came by it. The last way in stays.
#[derive(Debug, Clone)]
pub struct UnlinkProvider {
    /// Which.
    pub id: String,
}

impl Action for UnlinkProvider {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if matches!(by, Actor::Staff(_)) { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let person = oneself(inside).await?;
        let all = link::of_person(inside.tx, &person.id).await?;
        let it = all.iter().find(|link| link.id == self.id).ok_or(Refusal::NotFound("link"))?;
        let keys = credential::of_holder(inside.tx, &person.id).await?;
        let has_own = !person.password.reveal().is_empty() && keys.iter().any(|key| key.kind != Kind::Recovery);
        if all.len() == 1 && !has_own {
            return Err(Refusal::conflict("last-factor", "this is the only way in: ask for an invitation first"));
        }
        link::delete(inside.tx, &it.subject).await?;
        let roles: Vec<String> = person.roles.iter().filter(|role| !it.roles.contains(role)).cloned().collect();
        let fact = Fact::of_house("provider-unlinked").with("person", &person.id).with("provider", &it.provider);
        let fact = fact.with("before", person.roles.join(",")).with("roles", roles.join(","));
        if roles.len() != person.roles.len() {
            person::set_roles(inside.tx, &person.id, &roles, &person.systems).await?;
            session::delete_of(inside.tx, &person.id).await?;
        }
        account::tell(inside, &person, AccountChange::Unlinked).await?;
        Ok(Outcome::new((), fact))
    }
}

async fn oneself(inside: &Inside<'_>) -> Result<Person, Refusal> {
    let Actor::Staff(staff) = inside.by else { return Err(Refusal::Denied) };
    person::get(inside.tx, &staff.id).await?.ok_or(Refusal::NotFound("person"))
}
