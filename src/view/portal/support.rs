//! Pages around the journey: find my case, the landing page of mailed links, help, rights, accessibility, about, and ends of sessions.

use habeas_core::law::{acting::Capacity, lang::Text, right::Right};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::{look::Look, portal::vouch::Vouches, sample},
};

/// `/{l}/find`: a code, and then her cases. The same reply whether the address is known or not. Posts `email`.
#[derive(Debug, Serialize)]
pub struct Find {
    /// What was typed.
    pub email: String,
    /// Who vouches for people.
    pub providers: Vec<Vouches>,
    /// What was shown is over, and something that was written waits.
    pub away: bool,
}

impl Find {
    /// The form, with what was typed.
    pub fn new(look: &Look, email: String, away: bool) -> Self {
        Self { email, providers: Vouches::all(look), away }
    }
}

impl Page for Find {
    const TEMPLATE: &'static str = "portal/find.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("find-title")
    }

    fn samples() -> Vec<Self> {
        let page = |providers, away| Self { email: String::new(), providers, away };
        vec![page(Vec::new(), false), page(vec![Vouches::sample()], false), page(Vec::new(), true)]
    }
}

/// `/l/{token}`: where a mailed link lands. Reading it changes nothing; its button posts to the same address.
#[derive(Debug, Serialize)]
pub struct Landing {
    /// `HB-…`.
    pub reference: String,
    /// Path the button posts to, `/l/{token}`.
    pub action: String,
}

impl Page for Landing {
    const TEMPLATE: &'static str = "portal/landing.html";

    fn title(&self) -> Message {
        Message::new("landing-title").with("reference", self.reference.as_str())
    }

    fn samples() -> Vec<Self> {
        vec![Self { reference: sample::REFERENCE.to_owned(), action: "/l/gallery".to_owned() }]
    }
}

/// `/{l}/rights`: each right in at most sixty words.
#[derive(Debug, Serialize)]
pub struct Rights {
    /// Every right of the law; those on offer here carry a link.
    pub rights: Vec<Offer>,
}

/// A right and whether this portal handles it.
#[derive(Debug, Serialize)]
pub struct Offer {
    /// The right.
    pub right: Right,
    /// It can be used on the start page; otherwise by writing to the contact.
    pub here: bool,
}

impl Page for Rights {
    const TEMPLATE: &'static str = "portal/rights.html";

    fn title(&self) -> Message {
        Message::new("rights-title")
    }

    fn samples() -> Vec<Self> {
        let offer = |right| Offer { right, here: matches!(right, Right::Access | Right::Erasure) };
        vec![Self { rights: Right::ALL.map(offer).into() }]
    }
}

/// `/{l}/help`: how to reach us, and what to do without the mailbox or the number.
#[derive(Debug, Serialize)]
pub struct Help {
    /// What there is a letter for.
    pub letters: Vec<Right>,
    /// As what somebody may ask for somebody else; texts `acting-{name}` and `acting-{name}-hint`.
    pub capacities: [Capacity; 4],
}

impl Help {
    /// With a letter for every right that can be used here.
    pub const fn new(letters: Vec<Right>) -> Self {
        Self { letters, capacities: Capacity::ALL }
    }
}

impl Page for Help {
    const TEMPLATE: &'static str = "portal/help.html";

    fn title(&self) -> Message {
        Message::new("help-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self::new(vec![Right::Access, Right::Erasure])]
    }
}

/// `/{l}/paper/<right>`: a letter to print, for whoever would rather not, or cannot, do it here. Nothing in it is sent.
#[derive(Debug, Serialize)]
pub struct Paper {
    /// What is asked for.
    pub right: Right,
}

impl Page for Paper {
    const TEMPLATE: &'static str = "portal/paper.html";

    fn title(&self) -> Message {
        Message::new(format!("paper-{}", self.right.name()))
    }

    fn samples() -> Vec<Self> {
        Right::ALL.map(|right| Self { right }).into()
    }
}

/// `/{l}/accessibility`: the statement.
#[derive(Debug, Serialize)]
pub struct Accessibility {
    /// What the organisation says; nothing while nobody there has looked.
    pub statement: Option<Statement>,
}

/// What an organisation says about who can use its portal.
#[derive(Debug, Serialize)]
pub struct Statement {
    /// When somebody last looked.
    pub checked_on: Date,
    /// What is known not to work here.
    pub known: Vec<Text>,
    /// Who supervises it.
    pub supervisor: String,
    /// Where a complaint is handed in.
    pub url: String,
}

impl Accessibility {
    /// As the organisation's folder says it.
    pub fn load(look: &Look) -> Self {
        let said = look.organisation.about().accessibility.clone();
        let statement = said.map(|said| Statement {
            checked_on: said.checked_on,
            known: said.known,
            supervisor: said.supervisor.name,
            url: said.supervisor.url,
        });
        Self { statement }
    }
}

impl Page for Accessibility {
    const TEMPLATE: &'static str = "portal/accessibility.html";

    fn title(&self) -> Message {
        Message::new("accessibility-title")
    }

    fn samples() -> Vec<Self> {
        let known = sample::text(
            "Kartet over kontorene har ingen tekst.",
            "De kaart van de kantoren heeft geen tekst.",
            "The map of the offices has no text.",
        );
        let statement = |known| {
            let (supervisor, url) = ("UU-tilsynet".to_owned(), "https://www.uutilsynet.no".to_owned());
            Some(Statement { checked_on: jiff::civil::date(2026, 11, 2), known, supervisor, url })
        };
        vec![Self { statement: statement(Vec::new()) }, Self { statement: statement(vec![known]) }, Self { statement: None }]
    }
}

/// `/{l}/about-this-page`: how the portal itself treats data.
#[derive(Debug, Serialize)]
pub struct About {}

impl Page for About {
    const TEMPLATE: &'static str = "portal/about.html";

    fn title(&self) -> Message {
        Message::new("about-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}

/// `/{l}/signed-out`.
#[derive(Debug, Serialize)]
pub struct SignedOut {}

impl Page for SignedOut {
    const TEMPLATE: &'static str = "portal/signed-out.html";

    fn title(&self) -> Message {
        Message::new("signed-out-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}

/// `/{l}/expired`: what ended, why, and the one field to go on.
#[derive(Debug, Serialize)]
pub struct Expired {
    /// What ended.
    pub what: Ended,
}

/// What ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// The session, after an hour of rest.
    Session,
    /// A link that was used already.
    LinkUsed,
    /// A link that is too old.
    LinkOld,
    /// Answers of a request that was not sent within a day.
    Draft,
}

impl Ended {
    const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::LinkUsed => "link-used",
            Self::LinkOld => "link-old",
            Self::Draft => "draft",
        }
    }
}

impl Page for Expired {
    const TEMPLATE: &'static str = "portal/expired.html";

    fn title(&self) -> Message {
        Message::new(format!("expired-{}-title", self.what.name()))
    }

    fn samples() -> Vec<Self> {
        [Ended::Draft, Ended::LinkUsed, Ended::LinkOld, Ended::Session].map(|what| Self { what }).into()
    }
}
