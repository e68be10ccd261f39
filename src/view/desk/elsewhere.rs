//! Signing in at the desk by a provider: on the way there, back with empty hands, and signing out there, too.

use habeas_core::law::lang::Text;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::{look::Look, portal::vouch::Vouches, sample},
};

/// Those who vouch for people who work here.
pub fn providers(look: &Look) -> Vec<Vouches> {
    let all = look.organisation.about().identity.providers.iter().filter(|provider| !provider.is_for_people());
    all.map(|provider| Vouches { id: provider.id.clone(), label: provider.label.clone() }).collect()
}

/// One of them.
pub fn named(look: &Look, id: &str) -> Option<Vouches> {
    providers(look).into_iter().find(|vouches| vouches.id == id)
}

/// `/{l}/desk/sign-in/<provider>`: leads on by itself.
#[derive(Debug, Serialize)]
pub struct Leaving {
    /// Where to.
    pub to: Vouches,
    /// Its address.
    pub url: String,
}

impl Page for Leaving {
    const TEMPLATE: &'static str = "desk/leaving.html";

    fn title(&self) -> Message {
        Message::new("staff-leaving-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { to: Vouches::sample(), url: "#main".to_owned() }]
    }
}

/// `/{l}/desk/sign-in/stopped`: why nobody came in, and what to do now.
#[derive(Debug, Serialize)]
pub struct NotKnown {
    /// Text `not-known-{why}`.
    pub why: &'static str,
    /// Who was asked.
    pub with: Option<Vouches>,
    /// Where another way begins, without the language.
    pub other: String,
}

impl NotKnown {
    const ALL: [&'static str; 10] =
        ["declined", "down", "wrong", "stale", "weak", "lost", "unlinked", "no-role", "no-factor", "linked-elsewhere"];

    /// Reads why.
    pub fn reason(name: &str) -> Option<&'static str> {
        Self::ALL.into_iter().find(|why| *why == name)
    }
}

impl Page for NotKnown {
    const TEMPLATE: &'static str = "desk/not-known.html";

    fn title(&self) -> Message {
        Message::new(format!("not-known-{}-title", self.why))
    }

    fn samples() -> Vec<Self> {
        let sample = |why| Self { why, with: (why != "lost").then(Vouches::sample), other: "/desk/sign-in".to_owned() };
        Self::ALL.map(sample).into()
    }
}

/// Signed out here, and on the way to sign out at a provider, too. The browser leads on by itself.
#[derive(Debug, Serialize)]
pub struct SigningOut {
    /// What people call the provider.
    pub with: Text,
    /// Its address.
    pub url: String,
    /// Where one goes who will not, without the language.
    pub other: String,
}

impl Page for SigningOut {
    const TEMPLATE: &'static str = "desk/signing-out.html";

    fn title(&self) -> Message {
        Message::new("signing-out-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { with: sample::text("BankID", "BankID", "BankID"), url: "#main".to_owned(), other: "/signed-out".to_owned() }]
    }
}

/// A form that waited goes on, now that its sender has shown once more who they are.
#[derive(Debug, Serialize)]
pub struct GoOn {
    /// Where it is posted, without the language.
    pub action: String,
    /// What was in it.
    pub carried: Vec<(String, String)>,
}

impl Page for GoOn {
    const TEMPLATE: &'static str = "desk/go-on.html";

    fn title(&self) -> Message {
        Message::new("go-on-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { action: "/desk/holds/H-7QK2/release".to_owned(), carried: vec![("reason".to_owned(), "Alt er sjekket.".to_owned())] }]
    }
}
