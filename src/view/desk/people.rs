//! `/{l}/desk/people` and what hangs on it: who may sign in, as what, and whether they are invited, in or out. No case is named here.

use std::collections::BTreeMap;

use habeas_core::law::{lang::Text, personal::Personal};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    store::{
        StoreError,
        credential::{self, Kind},
        invitation,
        person::{self, Person},
        session,
    },
    view::{look::Look, sample},
};

/// Everybody.
#[derive(Debug, Serialize)]
pub struct People {
    /// By handle.
    pub people: Vec<PersonLine>,
}

/// Somebody who signs in, or may soon.
#[derive(Debug, Clone, Serialize)]
pub struct PersonLine {
    /// Handle.
    pub id: String,
    /// Name.
    pub name: String,
    /// Signs in with it.
    pub email: String,
    /// Texts `role-{name}`.
    pub roles: Vec<String>,
    /// Systems answered for, as people call them.
    pub systems: Vec<Text>,
    /// Where they stand.
    pub state: PersonState,
}

/// Where somebody stands.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum PersonState {
    /// Invited; nothing was set up yet, or it is being set up anew.
    Invited {
        /// When the invitation stops being good.
        until: Timestamp,
    },
    /// The invitation is over and nobody took it.
    Lapsed,
    /// Signs in.
    In,
    /// Shut out.
    Out,
}

async fn invitations(look: &Look) -> Result<BTreeMap<String, Timestamp>, StoreError> {
    Ok(invitation::all(&look.store).await?.into_iter().map(|it| (it.person, it.ends_at)).collect())
}

impl PersonLine {
    fn of(look: &Look, person: Person, invited: &BTreeMap<String, Timestamp>) -> Self {
        let now = look.clock.now();
        let state = match invited.get(&person.id) {
            _ if person.disabled_at.is_some() => PersonState::Out,
            Some(until) if *until > now => PersonState::Invited { until: *until },
            _ if person.password.reveal().is_empty() => PersonState::Lapsed,
            _ => PersonState::In,
        };
        let label = |key: &String| look.organisation.system(key).map_or_else(|| Text::same(key), |system| system.label.clone());
        Self {
            systems: person.systems.iter().map(label).collect(),
            id: person.id,
            name: Personal::into_revealed(person.name),
            email: Personal::into_revealed(person.email),
            roles: person.roles,
            state,
        }
    }
}

impl People {
    /// Everybody there is.
    pub async fn load(look: &Look) -> Result<Self, StoreError> {
        let invited = invitations(look).await?;
        let people = person::all(&look.store).await?.into_iter().map(|person| PersonLine::of(look, person, &invited)).collect();
        Ok(Self { people })
    }
}

impl Page for People {
    const TEMPLATE: &'static str = "desk/people.html";

    fn title(&self) -> Message {
        Message::new("people-title")
    }

    fn samples() -> Vec<Self> {
        let other = |id: &str, name: &str, role: &str, state| PersonLine {
            id: id.to_owned(),
            name: name.to_owned(),
            email: format!("{id}@visumexpress.example"),
            roles: vec![role.to_owned()],
            systems: Vec::new(),
            state,
        };
        let invited = other("liv", "Liv Strand", "dpo", PersonState::Invited { until: sample::at(11, 21, 8, 14) });
        let lapsed = other("siri", "Siri Moe", "administrator", PersonState::Lapsed);
        let out = other("ola", "Ola Dahl", "privacy-lead", PersonState::Out);
        vec![Self { people: vec![sample_person(), invited, lapsed, out] }]
    }
}

fn sample_person() -> PersonLine {
    PersonLine {
        id: "ingrid".to_owned(),
        name: "Ingrid Berg".to_owned(),
        email: "ingrid@visumexpress.example".to_owned(),
        roles: vec!["case-handler".to_owned(), "system-owner".to_owned()],
        systems: vec![sample::shop()],
        state: PersonState::In,
    }
}

/// One person, and what may be done about them.
#[derive(Debug, Serialize)]
pub struct PersonPage {
    /// Who.
    pub person: PersonLine,
    /// It is the reader: nobody changes their own roles or shuts themselves out.
    pub oneself: bool,
    /// Has a passkey.
    pub has_passkey: bool,
    /// Sessions that have not ended.
    pub sessions: usize,
    /// Every role, and whether it is ticked.
    pub roles: Vec<(&'static str, bool)>,
    /// Every system with its label, and whether it is ticked.
    pub systems: Vec<(String, Text, bool)>,
}

/// What a form of roles and systems offers.
fn systems(look: &Look, ticked: &[String]) -> Vec<(String, Text, bool)> {
    look.organisation.systems().iter().map(|system| (system.key.clone(), system.label.clone(), ticked.contains(&system.key))).collect()
}

fn roles(all: &[&'static str], ticked: &[String]) -> Vec<(&'static str, bool)> {
    all.iter().map(|role| (*role, ticked.iter().any(|one| one == role))).collect()
}

impl PersonPage {
    /// Somebody by handle. `all` are the roles there are, `reader` who looks.
    pub async fn load(look: &Look, id: &str, reader: &str, all: &[&'static str]) -> Result<Option<Self>, StoreError> {
        let Some(person) = person::get(&look.store, id).await? else { return Ok(None) };
        let factors = credential::of_holder(&look.store, id).await?;
        Ok(Some(Self {
            oneself: id == reader,
            has_passkey: factors.iter().any(|one| one.kind == Kind::Passkey),
            sessions: session::of_person(&look.store, id, look.clock.now()).await?.len(),
            roles: roles(all, &person.roles),
            systems: systems(look, &person.systems),
            person: PersonLine::of(look, person, &invitations(look).await?),
        }))
    }

    /// The page again with what was ticked.
    #[must_use]
    pub fn ticking(mut self, chosen: &[String], of: &[String]) -> Self {
        self.roles.iter_mut().for_each(|(role, ticked)| *ticked = chosen.iter().any(|one| one == role));
        self.systems.iter_mut().for_each(|(key, _, ticked)| *ticked = of.contains(key));
        self
    }
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "desk/person.html";

    fn title(&self) -> Message {
        Message::new("person-title").with("name", self.person.name.as_str())
    }

    fn samples() -> Vec<Self> {
        let page = |oneself, state| Self {
            person: PersonLine { state, ..sample_person() },
            oneself,
            has_passkey: true,
            sessions: 2,
            roles: vec![("case-handler", true), ("privacy-lead", false), ("system-owner", true), ("administrator", false)],
            systems: vec![("shop".to_owned(), sample::shop(), true), ("helpdesk".to_owned(), sample::helpdesk(), false)],
        };
        vec![page(true, PersonState::In), page(false, PersonState::Out), page(false, PersonState::In)]
    }
}

/// Somebody is asked in. Posts `name`, `email`, `id`, `role`, `system`.
#[derive(Debug, Serialize)]
pub struct Invite {
    /// Name, as typed.
    pub name: String,
    /// Address, as typed.
    pub email: String,
    /// Handle, as typed.
    pub id: String,
    /// Every role, and whether it is ticked.
    pub roles: Vec<(&'static str, bool)>,
    /// Every system with its label, and whether it is ticked.
    pub systems: Vec<(String, Text, bool)>,
}

impl Invite {
    /// The form with what was typed; empty at first.
    pub fn new(look: &Look, all: &[&'static str], typed: [&str; 3], ticked: (&[String], &[String])) -> Self {
        let [name, email, id] = typed.map(str::to_owned);
        Self { name, email, id, roles: roles(all, ticked.0), systems: systems(look, ticked.1) }
    }
}

impl Page for Invite {
    const TEMPLATE: &'static str = "desk/invite.html";

    fn title(&self) -> Message {
        Message::new("invite-title")
    }

    fn samples() -> Vec<Self> {
        let [name, email, id] = ["Ingrid Berg", "ingrid@visumexpress.example", "ingrid"].map(str::to_owned);
        vec![Self {
            name,
            email,
            id,
            roles: vec![("case-handler", true), ("dpo", false)],
            systems: vec![("shop".to_owned(), sample::shop(), false)],
        }]
    }
}
