//! `/{l}/desk/access`, `/{l}/desk/sessions` and what hangs on them: how one signs in oneself, and where one is signed in.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    store::{
        StoreError,
        credential::{self, Credential, Kind},
        provider_link::{self, ProviderLink},
        session,
    },
    view::{look::Look, portal::vouch::Vouches, sample},
};

use super::elsewhere;

/// What a browser is asked for, as far as a picture of a page needs it.
pub(in crate::view) const SAMPLE_OPTIONS: &str = r#"{"publicKey":{"challenge":"c2FtcGxl"}}"#;

/// How one signs in.
#[derive(Debug, Serialize)]
pub struct Access {
    /// Second factors, oldest first.
    pub factors: Vec<Factor>,
    /// Recovery codes that are left.
    pub codes_left: usize,
    /// A code app counts for them.
    pub takes_apps: bool,
    /// Browsers make passkeys for this house.
    pub takes_passkeys: bool,
    /// Something was just changed: the other sessions may be ended.
    pub changed: bool,
    /// Accounts at providers that they come in by, oldest first.
    pub links: Vec<Linked>,
    /// Providers at which they have linked none yet.
    pub providers: Vec<Vouches>,
}

/// An account at a provider.
#[derive(Debug, Serialize)]
pub struct Linked {
    /// Posted back to remove it.
    pub id: String,
    /// The provider, while the organisation's folder names it.
    pub with: Option<Vouches>,
    /// Since when.
    pub linked_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// A second factor.
#[derive(Debug, Serialize)]
pub struct Factor {
    /// Posted back to remove it.
    pub id: String,
    /// `totp` or `passkey`: text `factor-{kind}`.
    pub kind: &'static str,
    /// What its holder calls it.
    pub label: String,
    /// Since when.
    pub added_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

impl Factor {
    /// A credential that is one; recovery codes only stand in for it.
    pub(in crate::view) fn of(one: Credential) -> Option<Self> {
        let kind = match one.kind {
            Kind::Totp => "totp",
            Kind::Passkey => "passkey",
            Kind::Recovery => return None,
        };
        Some(Self { id: one.id, kind, label: one.label, added_at: one.added_at, used_at: one.used_at })
    }

    pub(in crate::view) fn sample(kind: &'static str, label: &str, used: bool) -> Self {
        Self {
            id: format!("{kind}-1"),
            kind,
            label: label.to_owned(),
            added_at: sample::at(11, 2, 8, 14),
            used_at: used.then(|| sample::at(11, 18, 8, 14)),
        }
    }
}

impl Access {
    /// Somebody's own.
    pub async fn load(look: &Look, person: &str, (takes_apps, takes_passkeys): (bool, bool), changed: bool) -> Result<Self, StoreError> {
        let all = credential::of_holder(&look.store, person).await?;
        let codes_left = all.iter().filter(|one| one.kind == Kind::Recovery).count();
        let links = provider_link::of_person(&look.store, person).await?;
        let mut providers = elsewhere::providers(look);
        providers.retain(|provider| links.iter().all(|link| link.provider != provider.id));
        let line = |link: ProviderLink| Linked {
            with: elsewhere::named(look, &link.provider),
            id: link.id,
            linked_at: link.linked_at,
            used_at: link.used_at,
        };
        let (factors, links) = (all.into_iter().filter_map(Factor::of).collect(), links.into_iter().map(line).collect());
        Ok(Self { factors, codes_left, takes_apps, takes_passkeys, changed, links, providers })
    }

    /// Whether somebody has a passkey.
    pub async fn has_passkey(look: &Look, person: &str) -> Result<bool, StoreError> {
        Ok(credential::of_holder(&look.store, person).await?.iter().any(|one| one.kind == Kind::Passkey))
    }
}

impl Page for Access {
    const TEMPLATE: &'static str = "desk/access.html";

    fn title(&self) -> Message {
        Message::new("access-title")
    }

    fn samples() -> Vec<Self> {
        let factor = Factor::sample;
        let both = vec![factor("totp", "", true), factor("passkey", "Nøkkelknippet", false)];
        let link = Linked {
            id: "link-1".to_owned(),
            with: Some(Vouches::sample()),
            linked_at: sample::at(11, 2, 8, 14),
            used_at: Some(sample::at(11, 18, 8, 14)),
        };
        let (links, providers) = (vec![link], vec![Vouches::sample()]);
        vec![
            Self {
                factors: vec![factor("totp", "", true)],
                codes_left: 0,
                takes_apps: true,
                takes_passkeys: false,
                changed: false,
                links: Vec::new(),
                providers: Vec::new(),
            },
            Self { factors: both, codes_left: 9, takes_apps: false, takes_passkeys: true, changed: true, links, providers },
        ]
    }
}

/// A browser makes a passkey. Posts `label` and `passkey` to `action`.
#[derive(Debug, Serialize)]
pub struct MakePasskey {
    /// Where the answer goes, without the language.
    pub action: String,
    /// What it will be called.
    pub label: String,
    /// What the browser is asked.
    pub options: String,
}

impl Page for MakePasskey {
    const TEMPLATE: &'static str = "desk/passkey.html";
    const SCRIPTED: bool = true;

    fn title(&self) -> Message {
        Message::new("passkey-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { action: "/desk/enrol".to_owned(), label: "Nøkkelknippet".to_owned(), options: SAMPLE_OPTIONS.to_owned() }]
    }
}

/// A code app is set up beside what there is. Posts `code`.
#[derive(Debug, Serialize)]
pub struct SetUpApp {
    /// What its camera reads.
    pub address: Option<String>,
    /// The secret as it is typed, in fours.
    pub secret: String,
}

impl Page for SetUpApp {
    const TEMPLATE: &'static str = "desk/app.html";

    fn title(&self) -> Message {
        Message::new("own-app-beside-title")
    }

    fn samples() -> Vec<Self> {
        let address = "otpauth://totp/Visumexpress:ida%40example.no?secret=A4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYH&issuer=Visumexpress";
        vec![Self { address: Some(address.to_owned()), secret: "A4DQ OBYH A4DQ OBYH A4DQ OBYH A4DQ OBYH".to_owned() }]
    }
}

/// Posts `current` and `password`.
#[derive(Debug, Serialize)]
pub struct ChangePassword {
    /// The least number of characters.
    pub least: usize,
}

impl Page for ChangePassword {
    const TEMPLATE: &'static str = "desk/password.html";

    fn title(&self) -> Message {
        Message::new("password-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { least: 12 }]
    }
}

/// Recovery codes, shown this once.
#[derive(Debug, Serialize)]
pub struct Recovery {
    /// The codes.
    pub codes: Vec<String>,
    /// Where it goes on, without the language.
    pub next: String,
}

impl Page for Recovery {
    const TEMPLATE: &'static str = "desk/recovery.html";

    fn title(&self) -> Message {
        Message::new("recovery-title")
    }

    fn samples() -> Vec<Self> {
        let codes = ["7F3K2-QXM0A", "4V9ZP-1B8CW", "0H2TE-RG6YN", "8DJ5S-3K7QV", "1ABCD-EFGHJ", "5W6X7-YZ012", "K3M4N-P5Q6R"]
            .map(str::to_owned)
            .into();
        vec![Self { codes, next: "/desk/".to_owned() }]
    }
}

/// Where one is signed in.
#[derive(Debug, Serialize)]
pub struct Sessions {
    /// Newest first.
    pub sessions: Vec<SessionLine>,
}

/// A session.
#[derive(Debug, Serialize)]
pub struct SessionLine {
    /// Posted back to end it: a hash that opens nothing.
    pub id: String,
    /// When it began.
    pub begun_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// It is the one that is looking.
    pub this: bool,
}

impl Sessions {
    /// Somebody's own. `this` is the one that looks.
    pub async fn load(look: &Look, person: &str, this: &str) -> Result<Self, StoreError> {
        let all = session::of_person(&look.store, person, look.clock.now()).await?;
        let line = |one: session::Session| SessionLine { this: one.id == this, id: one.id, begun_at: one.begun_at, seen_at: one.seen_at };
        Ok(Self { sessions: all.into_iter().map(line).collect() })
    }
}

impl Page for Sessions {
    const TEMPLATE: &'static str = "desk/sessions.html";

    fn title(&self) -> Message {
        Message::new("sessions-title")
    }

    fn samples() -> Vec<Self> {
        let line = |this, hour| SessionLine {
            id: sample::HASH.to_owned(),
            begun_at: sample::at(11, 18, hour, 2),
            seen_at: sample::at(11, 18, hour + 1, 14),
            this,
        };
        vec![Self { sessions: vec![line(true, 11), line(false, 8)] }, Self { sessions: vec![line(true, 11)] }]
    }
}
