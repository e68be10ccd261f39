//! `/{l}/case/{ref}/data`: what we hold about you, one card per kind (Art. 15, first layer).

use habeas_core::law::{lang::Text, tier::Tier};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// The first layer: kinds, counts, dates.
#[derive(Debug, Serialize)]
pub struct Held {
    /// `HB-…`.
    pub reference: String,
    /// When it was read from the systems.
    pub read_at: Timestamp,
    /// One per kind of which something was found.
    pub kinds: Vec<Card>,
    /// Kinds of which something was found but which ask for a stronger proof of identity.
    pub withheld: Vec<Withheld>,
    /// Kinds we looked for and found nothing of.
    pub empty: Vec<Text>,
    /// Systems that could not be read yet.
    pub unread: Vec<Text>,
    /// Systems we looked in.
    pub searched: Vec<Text>,
    /// A package waits at `/download`.
    pub has_package: bool,
}

/// One kind of data.
#[derive(Debug, Serialize)]
pub struct Card {
    /// `system.collection`: the last part of the address of its page.
    pub id: String,
    /// What the person calls it.
    pub label: Text,
    /// Where it is.
    pub system: Text,
    /// How many records.
    pub count: u64,
    /// The latest date found among them.
    pub latest_on: Option<Date>,
    /// How long it is kept.
    pub keep: Keep,
    /// Closed at first: the card says "show" and nothing more.
    pub sensitive: bool,
    /// What can be asked about it from here.
    pub acts: Acts,
}

/// What a person can ask about a kind of data, straight from where she reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Acts {
    /// Some of its values can be corrected, each where it stands (Art. 16).
    pub correct: bool,
    /// It can be asked to be deleted (Art. 17).
    pub delete: bool,
    /// How she gets a copy (Art. 15(3)).
    pub copy: Taking,
}

/// How a person gets a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Taking {
    /// One waits at `/download`.
    Waits,
    /// She has to ask for one.
    Asked,
    /// Not here.
    No,
}

/// How long something is kept (Art. 15(1)(d)).
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "keep", rename_all = "kebab-case")]
pub enum Keep {
    /// Up to and including a day.
    Until {
        /// The last day.
        on: Date,
        /// Why, in one plain sentence.
        because: Text,
        /// The law, with the ground where it keeps against a request.
        law: String,
    },
    /// By a criterion: the date cannot be known yet.
    Criterion {
        /// In one plain sentence.
        words: Text,
    },
    /// Nothing says; a person must look.
    Unknown,
}

/// Data that needs a stronger proof of identity before it is shown.
#[derive(Debug, Serialize)]
pub struct Withheld {
    /// What the person calls it.
    pub label: Text,
    /// The proof it asks for.
    pub needs: Tier,
}

impl Page for Held {
    const TEMPLATE: &'static str = "portal/held.html";

    fn title(&self) -> Message {
        Message::new("held-title")
    }

    fn samples() -> Vec<Self> {
        let found = || Self {
            reference: sample::REFERENCE.to_owned(),
            read_at: sample::at(11, 19, 8, 2),
            kinds: sample_cards(),
            withheld: vec![Withheld { label: sample::passport(), needs: Tier::Substantial }],
            empty: vec![sample::text("Tilbud", "Offertes", "Quotes")],
            unread: Vec::new(),
            searched: vec![sample::shop(), sample::accounting(), sample::helpdesk(), sample::dossiers()],
            has_package: true,
        };
        let nothing = Self { kinds: Vec::new(), withheld: Vec::new(), has_package: false, ..found() };
        vec![found(), Self { unread: vec![sample::accounting()], withheld: Vec::new(), ..found() }, nothing]
    }
}

fn sample_cards() -> Vec<Card> {
    let card = |id: &str, label, system, count, keep, sensitive| Card {
        id: id.to_owned(),
        label,
        system,
        count,
        latest_on: Some(jiff::civil::date(2026, 10, 2)),
        keep,
        sensitive,
        acts: Acts { correct: id != "dossiers.family", delete: true, copy: Taking::Waits },
    };
    let ends = sample::text(
        "Tre år etter at du sluttet å være kunde.",
        "Drie jaar nadat u geen klant meer bent.",
        "Three years after you stopped being a customer.",
    );
    vec![
        card("shop.orders", sample::orders(), sample::shop(), 7, Keep::Criterion { words: ends }, false),
        card("accounting.invoices", sample::invoices(), sample::accounting(), 1, sample::kept(), false),
        card("helpdesk.enquiries", sample::enquiries(), sample::helpdesk(), 12, Keep::Unknown, false),
        card("dossiers.family", sample::text("Familie", "Familie", "Family"), sample::dossiers(), 2, Keep::Unknown, true),
    ]
}
