//! On the way to somebody else who vouches for a person, and back with empty hands.

use habeas_core::law::{lang::Text, tier::Tier};
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::{look::Look, sample},
};

/// Somebody who vouches for people: a button to go there.
#[derive(Debug, Clone, Serialize)]
pub struct Vouches {
    /// Its short name, in the address of the button.
    pub id: String,
    /// What people call it.
    pub label: Text,
}

impl Vouches {
    /// Everybody who does.
    pub fn all(look: &Look) -> Vec<Self> {
        let providers = look.organisation.about().identity.providers.iter().filter(|provider| provider.is_for_people());
        providers.map(|provider| Self { id: provider.id.clone(), label: provider.label.clone() }).collect()
    }

    /// Those who may be as sure as is needed.
    pub(super) fn reaching(look: &Look, needed: Tier) -> Vec<Self> {
        let able = look.organisation.about().identity.providers.iter();
        let able = able.filter(|provider| provider.is_for_people() && provider.levels.best() >= needed);
        able.map(|provider| Self { id: provider.id.clone(), label: provider.label.clone() }).collect()
    }

    /// One of them.
    pub fn named(look: &Look, id: &str) -> Option<Self> {
        Self::all(look).into_iter().find(|vouches| vouches.id == id)
    }

    pub(in crate::view) fn sample() -> Self {
        Self { id: "bankid".to_owned(), label: sample::text("BankID", "BankID", "BankID") }
    }
}

/// `/{l}/sign-in/<provider>`: leads on by itself. A page of its own, because a form of ours may lead nowhere else (CSP `form-action`).
#[derive(Debug, Serialize)]
pub struct Leaving {
    /// Where to.
    pub to: Vouches,
    /// Its address.
    pub url: String,
}

impl Page for Leaving {
    const TEMPLATE: &'static str = "portal/leaving.html";

    fn title(&self) -> Message {
        Message::new("leaving-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { to: Vouches::sample(), url: "#main".to_owned() }]
    }
}

/// `/{l}/sign-in/stopped`: why nobody was vouched for, and what to do now.
#[derive(Debug, Serialize)]
pub struct NotVouched {
    /// Why.
    pub why: Why,
    /// With whom to try again.
    pub with: Option<Vouches>,
    /// How sure it should be.
    pub tier: u8,
    /// The word for where to go on, as the button sends it.
    pub back: &'static str,
    /// The case to go on with.
    pub case: Option<String>,
    /// Where another way begins, without the language.
    pub other: String,
}

/// Why nobody was vouched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// She turned back.
    Declined,
    /// The provider does not answer.
    Down,
    /// What it answered is not believed.
    Wrong,
    /// She signed in there too long ago.
    Stale,
    /// She signed in less strongly than is needed; it counts for what it is.
    Weak,
    /// It took too long, or began in another window.
    Lost,
    /// The provider says nothing that she is known by.
    Nobody,
}

impl Why {
    const ALL: [Self; 7] = [Self::Declined, Self::Down, Self::Wrong, Self::Stale, Self::Weak, Self::Lost, Self::Nobody];

    /// Its name in addresses and texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Down => "down",
            Self::Wrong => "wrong",
            Self::Stale => "stale",
            Self::Weak => "weak",
            Self::Lost => "lost",
            Self::Nobody => "nobody",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }
}

impl Page for NotVouched {
    const TEMPLATE: &'static str = "portal/not-vouched.html";

    fn title(&self) -> Message {
        Message::new(format!("not-vouched-{}-title", self.why.name()))
    }

    fn samples() -> Vec<Self> {
        let sample = |why| Self {
            why,
            with: (why != Why::Lost).then(Vouches::sample),
            tier: 3,
            back: "case",
            case: Some(sample::REFERENCE.to_owned()),
            other: format!("/case/{}", sample::REFERENCE),
        };
        Why::ALL.map(sample).into()
    }
}
