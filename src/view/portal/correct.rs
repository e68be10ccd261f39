//! `/{l}/request/details` of a correction (Art. 16): which kind, then which piece of it, what it should say.

use habeas_core::law::lang::Text;
use serde::Serialize;

use super::request::ScopeKind;
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// Where the mistake is. Posts `kind`.
#[derive(Debug, Serialize)]
pub struct WhichKind {
    /// Kinds of which something can be corrected.
    pub kinds: Vec<ScopeKind>,
    /// The page before, without the language.
    pub back: &'static str,
}

impl Page for WhichKind {
    const TEMPLATE: &'static str = "portal/which-kind.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("which-kind-title")
    }

    fn samples() -> Vec<Self> {
        let kind = |id: &str, label| ScopeKind { id: id.to_owned(), label, purpose: None, chosen: false };
        let kinds = vec![kind("shop.orders", sample::orders()), kind("dossiers.passports", sample::passport())];
        vec![Self { kinds, back: "/request/second-item" }]
    }
}

/// What is wrong and what is right. Posts `field`, `now`, `should` and `why`.
#[derive(Debug, Serialize)]
pub struct Correct {
    /// What the person calls the kind.
    pub kind: Text,
    /// Its pieces.
    pub fields: Vec<FieldChoice>,
    /// One of them is a day, so that the form tells how to write one.
    pub has_days: bool,
    /// What is known of the mistake so far.
    #[serde(flatten)]
    pub words: Words,
    /// The page before, without the language.
    pub back: &'static str,
}

/// One piece of a kind, to be picked.
#[derive(Debug, Serialize)]
pub struct FieldChoice {
    /// Its name in the data map: the value sent back, never shown.
    pub name: String,
    /// What the person calls it.
    pub label: Text,
}

/// A correction as it was typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Words {
    /// Which piece.
    pub field: String,
    /// What it says today; may be empty.
    pub now: String,
    /// What it should say.
    pub should: String,
    /// Why; may be empty.
    pub why: String,
}

impl Page for Correct {
    const TEMPLATE: &'static str = "portal/correct.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("correct-title").with("kind", self.kind.clone())
    }

    fn samples() -> Vec<Self> {
        let field = |name: &str, label| FieldChoice { name: name.to_owned(), label };
        let correct = |words| Self {
            kind: sample::passport(),
            fields: vec![
                field("name", sample::text("Navn som i passet", "Naam zoals in het paspoort", "Name as in the passport")),
                field("passport_number", sample::text("Passnummer", "Paspoortnummer", "Passport number")),
            ],
            has_days: true,
            words,
            back: "/request/details",
        };
        let words = Words { field: "name".to_owned(), now: "Kari Norman".to_owned(), ..Words::default() };
        vec![correct(Words::default()), correct(words)]
    }
}
