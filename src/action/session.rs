//! Browser sessions: what a face remembers between two pages. They are no part of the house's record, so they are
//! the one thing changed without a fact; everything they lead to goes through the door.

use std::collections::BTreeMap;

use habeas_core::law::{
    acting::Acting,
    ask::{Asked, Correction},
    identifier::Identifier,
    provider::{Elsewhere, Known},
    right::Right,
    tier::Proof,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    actor::{Actor, Role, Staff},
    away::{Away, StaffAway},
    door::Door,
    elsewhere::begun,
    passkey::Ceremony,
    refusal::Refusal,
};
use crate::store::{
    elsewhere, person,
    session::{self, Session},
};

/// How long a proof counts as given a moment ago.
const FRESH: SignedDuration = SignedDuration::from_mins(5);

/// What a session remembers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "face", rename_all = "kebab-case")]
pub enum Memory {
    /// A visitor of the portal.
    Portal(Visit),
    /// Somebody at the desk's or the room's door.
    Desk(SignIn),
}

/// How far a visitor of the portal has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Visit {
    /// The address typed, in normal form.
    pub email: Option<String>,
    /// By what the person has shown that she is who uses that address, oldest first; nothing yet where it is empty.
    #[serde(default)]
    pub proofs: Vec<Proof>,
    /// What she has shown before her mailbox was proven; counts for nothing until it is.
    #[serde(default)]
    pub kept: Vec<Proof>,
    /// Where the browser was sent to bring a proof, until it is back.
    #[serde(default)]
    pub away: Option<Box<Away>>,
    /// Where she is signed in now, too, by what she has shown.
    #[serde(default)]
    pub elsewhere: Vec<Elsewhere>,
    /// The secret of an authenticator that is being set up.
    #[serde(default)]
    pub totp: Option<Vec<u8>>,
    /// A passkey was asked for.
    #[serde(default)]
    pub ceremony: Option<Ceremony>,
    /// The request being written; kept until sent.
    pub draft: Draft,
    /// A form of it that was filled in and not sent.
    #[serde(default)]
    pub unsent: Option<Unsent>,
    /// The page that waits until she has shown again who she is, without its language.
    #[serde(default)]
    pub on: Option<String>,
    /// What she had shown is over. What she wrote is shown again only to whoever has the same mailbox.
    #[serde(default)]
    pub shut: bool,
}

/// A form that was filled in and not sent: what was typed, whatever is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// Its page, without the language.
    pub page: String,
    /// Its fields, encoded as they were sent.
    pub fields: String,
}

/// How long what a person has shown counts without a word from her, and at all: she may sit at a computer that others use.
const SHOWN: (SignedDuration, SignedDuration) = (SignedDuration::from_mins(60), SignedDuration::from_hours(2));

impl Visit {
    /// Forgets what was shown when its time is over; what was written stays.
    fn forget(&mut self, seen_at: Timestamp, now: Timestamp) -> bool {
        let (idle, whole) = SHOWN;
        let is_over = self.proofs.first().is_some_and(|first| now.duration_since(first.at) > whole || now.duration_since(seen_at) > idle);
        if is_over {
            self.proofs.clear();
            self.elsewhere.clear();
            self.shut = true;
        }
        is_over
    }

    /// A visit that looks for a case. A request that was being written is over with it; what was written in that case waits.
    #[must_use]
    pub fn seeks(self, draft: Draft) -> Self {
        let begins = draft.case.as_ref().map(|case| format!("/case/{case}/"));
        let is_there = |page: &str| begins.as_deref().is_some_and(|begins| page.starts_with(begins));
        let unsent = self.unsent.filter(|unsent| is_there(&unsent.page));
        let on = unsent.as_ref().map(|unsent| unsent.page.clone());
        let (email, shut) = if unsent.is_some() { (self.email, self.shut) } else { (None, false) };
        Self { draft, unsent, on, email, shut, kept: self.kept, elsewhere: self.elsewhere, ..Self::default() }
    }

    /// What goes along when a mailbox is to be shown: everything that was written, unless what was shown before is over and it was another's.
    #[must_use]
    pub fn for_mailbox(self, email: &str) -> Self {
        let written = if self.shut && self.email.as_deref() != Some(email) {
            Self { draft: Draft { right: self.draft.right, case: self.draft.case, ..Draft::default() }, ..Self::default() }
        } else {
            Self { draft: self.draft, unsent: self.unsent, on: self.on, shut: self.shut, ..Self::default() }
        };
        Self { kept: self.kept, elsewhere: self.elsewhere, ..written }
    }

    /// The same for an address as it was typed.
    pub fn for_address(self, typed: &str) -> Result<Self, Refusal> {
        let known = Identifier::parse("email", typed).map_err(|_| Refusal::invalid("email", "email-wrong"))?;
        Ok(self.for_mailbox(known.value().reveal()))
    }

    /// Whether the person has shown a moment ago who she is, as what is handed out for good asks for.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        self.proofs.iter().any(|proof| now.duration_since(proof.at) <= FRESH)
    }
}

/// A request that has not been sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Draft {
    /// The right chosen on the start page; `None` looks for an existing case.
    pub right: Option<Right>,
    /// The existing case that was asked for before the mailbox was proven.
    pub case: Option<String>,
    /// What the second item is: an identity kind of the organisation.
    pub item_kind: Option<String>,
    /// The second item as typed.
    pub item: Option<String>,
    /// `system.collection` kinds chosen; `None` means everything.
    pub kinds: Option<Vec<String>>,
    /// She was asked whether everything or only some kinds, and has said so.
    #[serde(default)]
    pub extent: bool,
    /// What is asked for beyond the right itself.
    #[serde(default)]
    pub asked: Asked,
    /// For whom, where not for herself.
    #[serde(default)]
    pub acting: Option<Box<Acting>>,
    /// Corrections that were begun from a value that is shown: each is changed where it was begun.
    #[serde(default)]
    pub begun: Vec<FromValue>,
}

/// Where a correction of one value was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromValue {
    /// `system.collection`.
    pub kind: String,
    /// The field's name in the data map.
    pub field: String,
    /// What it says today, as the system spells it.
    pub now: Option<String>,
    /// The page, without the language.
    pub page: String,
}

impl FromValue {
    /// Whether it is this correction that was begun there.
    pub fn is(&self, correction: &Correction) -> bool {
        (&self.kind, &self.field, &self.now) == (&correction.kind, &correction.field, &correction.now)
    }
}

impl Draft {
    /// The page, without the language, on which one of the corrections told so far is changed.
    pub fn page_of(&self, place: usize, correction: &Correction) -> String {
        let begun = self.begun.iter().rev().find(|begun| begun.is(correction)).map(|begun| begun.page.clone());
        begun.unwrap_or_else(|| format!("/request/details/{}?place={place}", correction.kind))
    }
}

/// How far somebody has come in signing in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum SignIn {
    /// At the door.
    Out,
    /// The password was right, or a provider knows who it is; the code is still missing.
    Password {
        /// Who.
        person: String,
        /// A passkey was asked for.
        #[serde(default)]
        ceremony: Option<Ceremony>,
        /// Where they are signed in now, too.
        #[serde(default)]
        elsewhere: Option<Elsewhere>,
    },
    /// At a provider, to bring what it says.
    Away(Box<StaffAway>),
    /// An invitation is being taken: a password was chosen, a second factor is still missing. Nothing is kept before both are there.
    Invited(Enrolment),
    /// Both were right.
    In(SignedIn),
}

/// Somebody who takes an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// Who.
    pub person: String,
    /// Hash of the invitation.
    pub invitation: String,
    /// What they will sign in with first.
    pub first: First,
    /// The authenticator's secret that is offered.
    pub totp: Vec<u8>,
    /// A passkey was asked for.
    pub ceremony: Option<Ceremony>,
}

/// What somebody signs in with before the second factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum First {
    /// Argon2id hash of the password chosen.
    Password(String),
    /// An account at a provider, which has asked for no second factor that counts here.
    Provider(Box<Known>),
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Who.
    pub person: String,
    /// When the second factor was last given.
    #[serde(alias = "at")]
    pub proven_at: Timestamp,
    /// A passkey was asked for.
    #[serde(default)]
    pub ceremony: Option<Ceremony>,
    /// Secret of an authenticator that is being set up.
    #[serde(default)]
    pub totp: Option<Vec<u8>>,
    /// Cases in which values may be seen, and until when.
    #[serde(default)]
    pub revealed: BTreeMap<String, Timestamp>,
    /// Where they are signed in now, too.
    #[serde(default)]
    pub elsewhere: Option<Elsewhere>,
    /// Where the browser was sent, until it is back.
    #[serde(default)]
    pub away: Option<Box<StaffAway>>,
    /// A form that waits until they have shown once more who they are.
    #[serde(default)]
    pub waiting: Option<Box<Waiting>>,
}

/// A form that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Where it is posted, without the language.
    pub action: String,
    /// What was in it.
    pub fields: Vec<(String, String)>,
}

/// How long the second factor is believed to be in the same hands.
const SURE: SignedDuration = SignedDuration::from_mins(5);
/// How long what was revealed is shown.
const REVEALED: SignedDuration = SignedDuration::from_mins(15);

impl SignedIn {
    /// Somebody who has just given both.
    pub const fn new(person: String, at: Timestamp) -> Self {
        Self { person, proven_at: at, ceremony: None, totp: None, revealed: BTreeMap::new(), elsewhere: None, away: None, waiting: None }
    }

    /// Whether the second factor was given a moment ago.
    pub fn is_sure(&self, now: Timestamp) -> bool {
        now.duration_since(self.proven_at) <= SURE
    }

    /// Whether values of a case may be seen.
    pub fn reveals(&self, case: &str, now: Timestamp) -> bool {
        self.revealed.get(case).is_some_and(|until| *until > now)
    }

    /// Lets values of a case be seen for a while.
    pub fn uncover(&mut self, case: &str, now: Timestamp) {
        self.revealed.retain(|_, until| *until > now);
        self.revealed.insert(case.to_owned(), now + REVEALED);
    }
}

impl SignIn {
    /// Signed in, this moment.
    pub const fn signed_in(person: String, at: Timestamp) -> Self {
        Self::In(SignedIn::new(person, at))
    }
}

/// A session found by its cookie.
#[derive(Debug, Clone)]
pub struct OpenSession {
    /// Hash of the cookie's value.
    pub id: String,
    /// The token every form carries.
    pub csrf: String,
    /// What it remembers.
    pub memory: Memory,
    /// Who it speaks for.
    pub actor: Actor,
}

/// A session just begun.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The cookie's value; stored nowhere.
    pub cookie: String,
    /// The session.
    pub session: OpenSession,
}

impl Memory {
    const fn face(&self) -> &'static str {
        match self {
            Self::Portal(_) => "portal",
            Self::Desk(_) => "desk",
        }
    }

    /// Idle and absolute limits: a person at a shared computer is signed out sooner than staff.
    const fn limits(&self) -> (SignedDuration, SignedDuration) {
        match self {
            // What she has written is kept for a day; what she has shown is not ([`Visit::forget`]).
            Self::Portal(_) => (SignedDuration::from_hours(24), SignedDuration::from_hours(24)),
            Self::Desk(_) => (SignedDuration::from_mins(30), SignedDuration::from_hours(12)),
        }
    }

    /// Where whoever it is is signed in, too.
    pub fn elsewhere(&self) -> Vec<&Elsewhere> {
        match self {
            Self::Portal(visit) => visit.elsewhere.iter().collect(),
            Self::Desk(SignIn::Password { elsewhere, .. } | SignIn::In(SignedIn { elsewhere, .. })) => elsewhere.iter().collect(),
            Self::Desk(_) => Vec::new(),
        }
    }

    fn person(&self) -> Option<String> {
        match self {
            Self::Desk(SignIn::In(signed)) => Some(signed.person.clone()),
            Self::Portal(_) | Self::Desk(_) => None,
        }
    }
}

impl Door {
    /// Begins a session; `old` ends, so that nobody can plant a session id and wait for it to gain rights.
    pub async fn begin_session(&self, memory: Memory, old: Option<&str>) -> Result<Begun, Refusal> {
        let cookie = self.chance.token()?;
        let csrf = self.chance.token()?;
        let id = self.keys.digest(&cookie);
        let now = self.clock.now();
        let (idle, _) = memory.limits();
        let row = Session {
            face: memory.face().to_owned(),
            person: memory.person(),
            csrf: csrf.clone(),
            begun_at: now,
            seen_at: now,
            ends_at: now + idle,
            sealed: self.keys.seal(self.chance, &id, &memory)?,
            id: id.clone(),
        };
        let tx = self.store.begin().await?;
        if let Some(old) = old {
            session::delete(&tx, old).await?;
        }
        session::insert(&tx, &row).await?;
        for it in memory.elsewhere() {
            elsewhere::insert(&tx, &begun(&self.keys, &id, it)).await?;
        }
        tx.commit().await?;
        let actor = self.actor_of(&memory).await?;
        Ok(Begun { cookie, session: OpenSession { id, csrf, memory, actor } })
    }

    /// The session behind a cookie, if it has not ended; using it keeps it alive up to its absolute limit.
    pub async fn open_session(&self, cookie: &str) -> Result<Option<OpenSession>, Refusal> {
        let now = self.clock.now();
        let Some(mut row) = session::get(&self.store, &self.keys.digest(cookie), now).await? else { return Ok(None) };
        let mut memory: Memory = self.keys.open(&row.id, &row.sealed)?;
        let (idle, absolute) = memory.limits();
        let forgot = if let Memory::Portal(visit) = &mut memory { visit.forget(row.seen_at, now) } else { false };
        if forgot {
            row.sealed = self.keys.seal(self.chance, &row.id, &memory)?;
        }
        // A row is written at most once a minute, so that reading pages stays reading.
        if forgot || now.duration_since(row.seen_at) > SignedDuration::from_secs(60) {
            row.seen_at = now;
            row.ends_at = (now + idle).min(row.begun_at + absolute);
            let tx = self.store.begin().await?;
            session::save(&tx, &row).await?;
            tx.commit().await?;
        }
        let actor = self.actor_of(&memory).await?;
        Ok(Some(OpenSession { id: row.id, csrf: row.csrf, memory, actor }))
    }

    /// Changes what a session remembers.
    pub async fn remember(&self, open: &OpenSession, memory: &Memory) -> Result<(), Refusal> {
        let Some(mut row) = session::get(&self.store, &open.id, self.clock.now()).await? else { return Err(Refusal::Expired) };
        row.sealed = self.keys.seal(self.chance, &row.id, memory)?;
        let tx = self.store.begin().await?;
        session::save(&tx, &row).await?;
        Ok(tx.commit().await?)
    }

    /// Ends a session.
    pub async fn end_session(&self, open: &OpenSession) -> Result<(), Refusal> {
        let tx = self.store.begin().await?;
        session::delete(&tx, &open.id).await?;
        Ok(tx.commit().await?)
    }

    /// Who a session speaks for, read anew on every request: a disabled person is out at once.
    async fn actor_of(&self, memory: &Memory) -> Result<Actor, Refusal> {
        match memory {
            Memory::Portal(Visit { email: Some(email), proofs, .. }) if !proofs.is_empty() => {
                Ok(Actor::Subject { mailbox: self.keys.blind("email", email) })
            }
            Memory::Desk(SignIn::In(signed)) => {
                let person = person::get(&self.store, &signed.person).await?.filter(|person| person.disabled_at.is_none());
                Ok(person.map_or(Actor::Visitor, |person| Actor::Staff(staff(&person))))
            }
            Memory::Portal(_) | Memory::Desk(_) => Ok(Actor::Visitor),
        }
    }
}

/// A stored person as an actor.
pub(crate) fn staff(person: &person::Person) -> Staff {
    Staff {
        id: person.id.clone(),
        roles: person.roles.iter().filter_map(|role| Role::from_name(role)).collect(),
        systems: person.systems.clone(),
    }
}
