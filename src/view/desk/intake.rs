//! `/{l}/desk/new`: a request that came by telephone or letter. The day it arrived drives the clock (Art. 12(3)).

use habeas_core::law::{
    ask::RestrictionGround,
    lang::{Lang, Text},
    right::Right,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::{
        portal::{
            correct::{FieldChoice, Words},
            details::Against,
            request::ScopeKind,
        },
        sample,
    },
};

/// Which right (asks for `right` in the address), then the request, written down. Posts `right`, `email`, `number`, `answer_in`,
/// `received_on` and `via`; of the right's own questions `kind`, `ground`, `against`, and any number of `field`, `now`, `should`,
/// `why`, with `more` for one more.
#[derive(Debug, Serialize)]
pub struct Intake {
    /// The rights on offer.
    pub rights: Vec<Right>,
    /// The right chosen; none yet: nothing else is asked.
    pub right: Option<Right>,
    /// The address as given.
    pub email: String,
    /// Customer or order number as given; may be empty.
    pub number: String,
    /// Kinds to tick, where the right is about some; no tick means everything.
    pub kinds: Vec<ScopeKind>,
    /// What the right asks beyond itself.
    #[serde(flatten)]
    pub details: Details,
    /// Languages an answer can be in.
    pub languages: Vec<Lang>,
    /// The one chosen.
    pub answer_in: Lang,
    /// The day it arrived, as typed.
    pub received_on: String,
    /// Today, the last day it can have arrived.
    pub today: Date,
    /// `phone` or `letter`.
    pub via: String,
}

/// What a right asks beyond itself.
#[derive(Debug, Serialize)]
#[serde(tag = "details", rename_all = "kebab-case")]
pub enum Details {
    /// Nothing.
    Nothing,
    /// Art. 16.
    Corrections {
        /// What can be corrected, kind by kind.
        correctable: Vec<Correctable>,
        /// The mistakes so far; one at least.
        corrections: Vec<Words>,
    },
    /// Art. 18(1).
    Restriction {
        /// The law's grounds.
        grounds: [RestrictionGround; 4],
        /// The one chosen.
        ground: Option<RestrictionGround>,
    },
    /// Art. 21.
    Objection {
        /// What is objected to.
        against: Option<Against>,
        /// The person's reason.
        why: String,
    },
}

/// A kind and what can be corrected in it.
#[derive(Debug, Serialize)]
pub struct Correctable {
    /// What the person calls the kind.
    pub label: Text,
    /// Its pieces, named `system.collection.field`.
    pub fields: Vec<FieldChoice>,
}

impl Page for Intake {
    const TEMPLATE: &'static str = "desk/intake.html";

    fn title(&self) -> Message {
        Message::new("intake-title")
    }

    fn samples() -> Vec<Self> {
        let field = |name: &str, label| FieldChoice { name: name.to_owned(), label };
        let passport =
            vec![field("dossiers.people.name", sample::text("Navn som i passet", "Naam in het paspoort", "Name in the passport"))];
        let correctable = vec![Correctable { label: sample::passport(), fields: passport }];
        let corrections = vec![Words { should: "Kari Nordmann".to_owned(), ..Words::default() }, Words::default()];
        let grounds = RestrictionGround::ALL;
        vec![
            sample_intake(None, Details::Nothing),
            sample_intake(Some(Right::Rectification), Details::Corrections { correctable, corrections }),
            sample_intake(Some(Right::Restriction), Details::Restriction { grounds, ground: None }),
            sample_intake(Some(Right::Objection), Details::Objection { against: Some(Against::Other), why: String::new() }),
            sample_intake(Some(Right::Erasure), Details::Nothing),
        ]
    }
}

fn sample_intake(right: Option<Right>, details: Details) -> Intake {
    let kind = |id: &str, label| ScopeKind { id: id.to_owned(), label, purpose: None, chosen: false };
    let about_kinds = matches!(right, Some(Right::Erasure | Right::Restriction));
    Intake {
        rights: Right::ALL.into(),
        right,
        email: "kari@".to_owned(),
        number: String::new(),
        kinds: if about_kinds || right == Some(Right::Objection) { vec![kind("shop.orders", sample::orders())] } else { Vec::new() },
        details,
        languages: Lang::ALL.to_vec(),
        answer_in: Lang::Nb,
        received_on: "2026-11-16".to_owned(),
        today: jiff::civil::date(2026, 11, 18),
        via: "phone".to_owned(),
    }
}
