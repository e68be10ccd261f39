//! Invitations: somebody is asked in by mail, and sets a password and a second factor behind a link that is good once. A lost factor is
//! mended in the same way, so that there is no weaker door.

use habeas_core::law::{personal::Personal, provider::Known};
use jiff::SignedDuration;

use super::{
    account::{self, language},
    actor::{Actor, Denied, Role},
    add_person::{Newcomer, added},
    door::{Action, Door, Inside},
    fact::{Fact, Outcome},
    factor::{self, NewFactor},
    letter, link_provider,
    refusal::Refusal,
};
use crate::store::{
    credential::{self, Kind},
    invitation::{self, Invitation},
    person::{self, Person},
    sealed::{AccountChange, Words},
    session,
};

/// How long an invitation is good.
const INVITED: SignedDuration = SignedDuration::from_hours(72);

/// Asks somebody in.
#[derive(Debug, Clone)]
pub struct InvitePerson {
    /// Handle, such as `kari`.
    pub id: String,
    /// Is sent the link, and signs in with it.
    pub email: Personal<String>,
    /// Shown to colleagues.
    pub name: Personal<String>,
    /// What they may do.
    pub roles: Vec<Role>,
    /// For a system owner: which systems.
    pub systems: Vec<String>,
}

impl Action for InvitePerson {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.manages_people()
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let Self { id, email, name, roles, systems } = self;
        let nothing = Personal::new(String::new());
        let person = added(inside, Newcomer { id, email, name, password: nothing, roles, systems }).await?;
        invite(inside, &person).await?;
        Ok(Outcome::new((), Fact::of_house("person-invited").with("person", person.id).with("roles", person.roles.join(","))))
    }
}

/// Invites somebody anew who is known: the link before is worth nothing, and whoever is signed in as them is out.
#[derive(Debug, Clone)]
pub struct InviteAgain {
    /// Handle.
    pub id: String,
}

impl Action for InviteAgain {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.manages_people()?;
        by.is_not(&self.id)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let person = person::get(inside.tx, &self.id).await?.filter(|person| person.disabled_at.is_none());
        let person = person.ok_or(Refusal::NotFound("person"))?;
        session::delete_of(inside.tx, &person.id).await?;
        invite(inside, &person).await?;
        Ok(Outcome::new((), Fact::of_house("person-invited-again").with("person", person.id)))
    }
}

async fn invite(inside: &Inside<'_>, person: &Person) -> Result<(), Refusal> {
    let (token, ends_at) = (inside.chance.token()?, inside.now + INVITED);
    let row = Invitation { hash: hash(inside.keys, &token), person: person.id.clone(), sent_at: inside.now, ends_at };
    invitation::replace(inside.tx, &row).await?;
    letter::queue(inside, None, "invitation", language(inside), &person.email, Words::Invitation { token, ends_at }).await?;
    Ok(())
}

fn hash(keys: &crate::keys::Keys, token: &str) -> String {
    keys.blind("invitation", token)
}

/// Who is invited behind a link.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Handle.
    pub person: String,
    /// Their name.
    pub name: Personal<String>,
    /// Signs in with it.
    pub email: Personal<String>,
    /// Hash of the invitation.
    pub invitation: String,
    /// Roles that ask for a passkey are among theirs.
    pub needs_passkey: bool,
}

impl Door {
    /// Who is invited by a link; asking changes nothing.
    pub async fn invited(&self, token: &str) -> Result<Option<Invited>, Refusal> {
        self.invited_by(&hash(&self.keys, token)).await
    }

    /// The same, by the hash that a session remembers.
    pub async fn invited_by(&self, hash: &str) -> Result<Option<Invited>, Refusal> {
        let Some(invitation) = invitation::get(&self.store, hash, self.clock.now()).await? else { return Ok(None) };
        let person = person::get(&self.store, &invitation.person).await?.filter(|person| person.disabled_at.is_none());
        Ok(person.map(|person| Invited {
            needs_passkey: self.demands.of(&person),
            person: person.id,
            name: person.name,
            email: person.email,
            invitation: invitation.hash,
        }))
    }
}

/// Takes an invitation: password and second factor at once, in the place of whatever there was.
#[derive(Debug, Clone)]
pub struct TakeInvitation {
    /// Its hash.
    pub invitation: String,
    /// Whom the session began it for.
    pub person: String,
    /// What they sign in with first.
    pub first: Entry,
    /// The second factor; `None`: the provider asks for one.
    pub factor: Option<NewFactor>,
}

/// What somebody signs in with before the second factor.
#[derive(Debug, Clone)]
pub enum Entry {
    /// Argon2id hash of a password.
    Password(Personal<String>),
    /// An account at a provider.
    Provider(Box<Known>),
}

impl Action for TakeInvitation {
    /// Recovery codes, shown this once.
    type Done = Vec<String>;

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Vec<String>>, Refusal> {
        let invitation = invitation::get(inside.tx, &self.invitation, inside.now).await?.filter(|it| it.person == self.person);
        if invitation.is_none() || !invitation::take(inside.tx, &self.invitation, inside.now).await? {
            return Err(Refusal::Expired);
        }
        let person = person::get(inside.tx, &self.person).await?.filter(|person| person.disabled_at.is_none());
        let person = person.ok_or(Refusal::Expired)?;
        if inside.demands.of(&person) && self.factor.as_ref().is_none_or(|factor| factor.kind() != Kind::Passkey) {
            return Err(Refusal::invalid("label", "passkey-needed"));
        }
        credential::delete_of(inside.tx, &person.id).await?;
        let person = link_provider::forgotten(inside, person).await?;
        let codes = second(inside, &person, self.factor.as_ref(), &self.first).await?;
        let fact = first(inside, &person, self.first).await?;
        person::forget_failures(inside.tx, &person.id).await?;
        session::delete_of(inside.tx, &person.id).await?;
        account::tell(inside, &person, AccountChange::SetUp).await?;
        Ok(Outcome::new(codes, fact.with("person", person.id)))
    }
}

/// The second factor, here or there. Returns recovery codes for one that is here.
async fn second(inside: &Inside<'_>, person: &Person, new: Option<&NewFactor>, first: &Entry) -> Result<Vec<String>, Refusal> {
    match (new, first) {
        (Some(new), _) => {
            factor::add(inside, &person.id, new).await?;
            factor::new_recovery_codes(inside, &person.id).await
        }
        (None, Entry::Provider(known)) if known.is_strong => Ok(Vec::new()),
        (None, _) => Err(Refusal::invalid("code", "totp-wrong")),
    }
}

/// The first. Who comes by a provider has no password that could be guessed.
async fn first(inside: &Inside<'_>, person: &Person, first: Entry) -> Result<Fact, Refusal> {
    let fact = Fact::of_house("invitation-taken");
    match first {
        Entry::Password(hash) => {
            person::set_password(inside.tx, &person.id, &hash).await?;
            Ok(fact)
        }
        Entry::Provider(known) => {
            person::set_password(inside.tx, &person.id, &Personal::new(String::new())).await?;
            let link = link_provider::linked(inside, person, &known).await?;
            link_provider::follow(inside, &link, person.clone(), known.roles.clone()).await?;
            Ok(fact.with("provider", link.provider))
        }
    }
}
