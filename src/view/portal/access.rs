//! `/{l}/access` and what hangs on it: a code app or a passkey that the person has set up, by which she shows another time who she is.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    store::{
        StoreError, case,
        credential::{self, Credential, Kind},
    },
    view::{
        desk::access::{Factor, SAMPLE_OPTIONS},
        look::Look,
        sample,
    },
};

/// What she has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Keys {
    /// A code app, or recovery codes in its place.
    pub app: bool,
    /// A passkey.
    pub passkey: bool,
}

impl Keys {
    /// Those of a mailbox that were there long enough, by what is asked.
    pub(super) async fn of(look: &Look, mailbox: &str, counts: impl Fn(Timestamp) -> bool) -> Result<Self, StoreError> {
        let all = credential::of_holder(&look.store, mailbox).await?;
        let is = |one: &&Credential, passkey| (one.kind == Kind::Passkey) == passkey && counts(one.added_at);
        Ok(Self { app: all.iter().any(|one| is(&one, false)), passkey: all.iter().any(|one| is(&one, true)) })
    }
}

/// What she has set up. Posts to the pages beneath it.
#[derive(Debug, Serialize)]
pub struct Access {
    /// The case that knows her.
    pub reference: String,
    /// Code app and passkeys, oldest first.
    pub factors: Vec<Factor>,
    /// Recovery codes that are left.
    pub codes_left: usize,
    /// There is a code app.
    pub has_app: bool,
    /// Browsers make passkeys for this house.
    pub takes_passkeys: bool,
    /// She has shown a moment ago who she is; else she does so first.
    pub fresh: bool,
}

impl Access {
    /// Somebody's own; `None`: no case knows her by more than her mailbox.
    pub async fn load(look: &Look, mailbox: &str, takes_passkeys: bool, fresh: bool) -> Result<Option<Self>, StoreError> {
        let Some(case) = case::proven_of(&look.store, mailbox).await? else { return Ok(None) };
        let all = credential::of_holder(&look.store, mailbox).await?;
        Ok(Some(Self {
            reference: case.id,
            codes_left: all.iter().filter(|one| one.kind == Kind::Recovery).count(),
            has_app: all.iter().any(|one| one.kind == Kind::Totp),
            factors: all.into_iter().filter_map(Factor::of).collect(),
            takes_passkeys,
            fresh,
        }))
    }
}

impl Page for Access {
    const TEMPLATE: &'static str = "portal/access.html";

    fn title(&self) -> Message {
        Message::new("own-title")
    }

    fn samples() -> Vec<Self> {
        let page = |factors: Vec<Factor>, codes_left, fresh| Self {
            reference: sample::REFERENCE.to_owned(),
            has_app: !factors.is_empty(),
            factors,
            codes_left,
            takes_passkeys: true,
            fresh,
        };
        let both = || vec![Factor::sample("totp", "", true), Factor::sample("passkey", "Nøkkelknippet", false)];
        vec![page(both(), 9, false), page(both(), 9, true), page(Vec::new(), 0, true)]
    }
}

/// `/{l}/access/app`: a code app learns its secret. Posts `code`.
#[derive(Debug, Serialize)]
pub struct SetUpApp {
    /// What its camera reads.
    pub address: Option<String>,
    /// The secret as it is typed, in fours.
    pub secret: String,
}

impl Page for SetUpApp {
    const TEMPLATE: &'static str = "portal/set-up-app.html";

    fn title(&self) -> Message {
        Message::new("own-app-title")
    }

    fn samples() -> Vec<Self> {
        let address = "otpauth://totp/Visumexpress:kari%40example.no?secret=A4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYH&issuer=Visumexpress";
        vec![Self { address: Some(address.to_owned()), secret: "A4DQ OBYH A4DQ OBYH A4DQ OBYH A4DQ OBYH".to_owned() }]
    }
}

/// `/{l}/access/passkey`: her browser makes a passkey. Posts `label` and `passkey`.
#[derive(Debug, Serialize)]
pub struct MakePasskey {
    /// What it will be called.
    pub label: String,
    /// What the browser is asked.
    pub options: String,
}

impl Page for MakePasskey {
    const TEMPLATE: &'static str = "portal/make-passkey.html";
    const SCRIPTED: bool = true;

    fn title(&self) -> Message {
        Message::new("own-passkey-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { label: "Nøkkelknippet".to_owned(), options: SAMPLE_OPTIONS.to_owned() }]
    }
}

/// Recovery codes, shown this once.
#[derive(Debug, Serialize)]
pub struct Codes {
    /// The codes.
    pub codes: Vec<String>,
}

impl Page for Codes {
    const TEMPLATE: &'static str = "portal/codes.html";

    fn title(&self) -> Message {
        Message::new("own-codes-title")
    }

    fn samples() -> Vec<Self> {
        let codes = ["7F3K2-QXM0A", "4V9ZP-1B8CW", "0H2TE-RG6YN", "8DJ5S-3K7QV", "1ABCD-EFGHJ"];
        let more = ["5XW1N-80PFT", "C6M2Y-QH94A", "T0R7B-ZK3VE", "9G2JD-N5S1X", "P8H4W-6VCMK"];
        vec![Self { codes: codes.into_iter().chain(more).map(str::to_owned).collect() }]
    }
}

/// `/{l}/case/{ref}/app`: a code of her app. Posts `code`.
#[derive(Debug, Serialize)]
pub struct UseApp {
    /// Where she comes from and goes on, without the language.
    pub back: String,
}

impl Page for UseApp {
    const TEMPLATE: &'static str = "portal/use-app.html";

    fn title(&self) -> Message {
        Message::new("use-app-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { back: format!("/case/{}/prove", sample::REFERENCE) }]
    }
}

/// `/{l}/case/{ref}/passkey`: her passkey is asked for. Posts `passkey`.
#[derive(Debug, Serialize)]
pub struct UsePasskey {
    /// Where she comes from and goes on, without the language; other ways stand there.
    pub back: String,
    /// Where the answer goes, without the language.
    pub action: String,
    /// What the browser is asked.
    pub options: String,
}

impl Page for UsePasskey {
    const TEMPLATE: &'static str = "portal/use-passkey.html";
    const SCRIPTED: bool = true;

    fn title(&self) -> Message {
        Message::new("use-passkey-title")
    }

    fn samples() -> Vec<Self> {
        let case = format!("/case/{}", sample::REFERENCE);
        vec![Self { back: format!("{case}/prove"), action: format!("{case}/passkey?to=prove"), options: SAMPLE_OPTIONS.to_owned() }]
    }
}
