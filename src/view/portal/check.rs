//! `/{l}/request/check`: the answers, each with a way to change it, and what sending them means.

use habeas_core::law::{
    acting::Capacity,
    ask::RestrictionGround,
    lang::{Lang, Text},
    right::Right,
};
use jiff::civil::Date;
use serde::Serialize;

use super::request::{ItemKind, Stays};
use crate::{
    render::{pages::Page, said::Said, texts::Message},
    view::sample,
};

/// The last look. Posts to itself; a correction that is taken off posts `place` to `/request/remove`.
#[derive(Debug, Serialize)]
pub struct Check {
    /// What is asked for.
    pub right: Right,
    /// The proven address, in full: it is the person's own answer.
    pub email: String,
    /// The second item: its kind and its number.
    pub item: Option<(ItemKind, String)>,
    /// Which kinds, where the right asks.
    pub scope: Option<Chosen>,
    /// What may have to stay of it, where deletion is asked for.
    pub stays: Option<Vec<Stays>>,
    /// Where the file goes, where the person may choose (Art. 20(2)).
    pub file_to: Option<FileTo>,
    /// What is asked beyond the right.
    #[serde(flatten)]
    pub asked: Summary,
    /// For whom, where not for herself: as what, and her name.
    pub acting: Option<(Capacity, String)>,
    /// Language of the answer.
    pub answer_in: Lang,
    /// By when an answer would come if this is sent now.
    pub answer_by: Date,
    /// The page before, without the language.
    pub back: String,
}

/// Which kinds.
#[derive(Debug, Serialize)]
pub struct Chosen {
    /// The ticked ones; none means everything.
    pub kinds: Option<Vec<Text>>,
    /// Where it is changed, without the language.
    pub change: &'static str,
}

/// Where a file goes.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "to", rename_all = "kebab-case")]
pub enum FileTo {
    /// To the person alone.
    Person,
    /// To another controller as well.
    Other {
        /// Its name.
        name: Text,
    },
}

/// What is asked beyond the right.
#[derive(Debug, Serialize)]
#[serde(tag = "asked", rename_all = "kebab-case")]
pub enum Summary {
    /// Nothing.
    Nothing,
    /// Art. 16.
    Corrections {
        /// Each mistake.
        corrections: Vec<Told>,
    },
    /// Art. 18(1).
    Restriction {
        /// Why.
        ground: RestrictionGround,
    },
    /// Art. 21(2).
    Marketing,
    /// Art. 21(1).
    Objection {
        /// In the person's words.
        why: String,
    },
}

/// A mistake that was told, and where it is told otherwise.
#[derive(Debug, Serialize)]
pub struct Told {
    /// What is wrong and what is right.
    #[serde(flatten)]
    pub line: CorrectionLine,
    /// Which of the mistakes told so far it is, from 0: what is posted to take it off.
    pub place: usize,
    /// The page on which it is changed, without the language.
    pub change: String,
}

/// A mistake and what should stand there.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionLine {
    /// What the person calls the kind.
    pub kind: Text,
    /// What the person calls the piece.
    pub field: Text,
    /// What it says today, if she wrote it.
    pub now: Option<Said>,
    /// What it should say.
    pub should: Said,
    /// Why, if she wrote it.
    pub why: Option<String>,
}

impl Page for Check {
    const TEMPLATE: &'static str = "portal/check.html";

    fn title(&self) -> Message {
        Message::new(if self.right == Right::Erasure { "check-erasure-title" } else { "check-title" })
    }

    fn samples() -> Vec<Self> {
        let everything = |change| Some(Chosen { kinds: None, change });
        let some = Some(Chosen { kinds: Some(vec![sample::orders(), sample::passport()]), change: "/request/scope" });
        let ground = RestrictionGround::Claims;
        let why = "Jeg er blitt truet, og vil ikke at adressen min brukes.".to_owned();
        let moved = sample_moved();
        let told = |line, place, change: &str| Told { line, place, change: change.to_owned() };
        let born = CorrectionLine {
            kind: sample::passport(),
            field: sample::text("Fødselsdato", "Geboortedatum", "Date of birth"),
            now: None,
            why: None,
            should: Said::Day(jiff::civil::date(1990, 12, 31)),
        };
        let from_value = format!("/case/{}/data/shop.customers/0/birth_date/correct", sample::REFERENCE);
        let corrections = vec![told(moved, 0, "/request/details/shop.addresses?place=0"), told(born, 1, &from_value)];
        vec![
            sample_check(Right::Access, None, Summary::Nothing),
            sample_check(Right::Portability, None, Summary::Nothing),
            Self { file_to: Some(FileTo::Person), ..sample_check(Right::Portability, None, Summary::Nothing) },
            Self { file_to: Some(FileTo::Other { name: sample::reisefly() }), ..sample_check(Right::Portability, None, Summary::Nothing) },
            Self { stays: Some(Stays::samples()), ..sample_check(Right::Erasure, everything("/request/scope"), Summary::Nothing) },
            Self { stays: Some(Vec::new()), ..sample_check(Right::Erasure, some, Summary::Nothing) },
            sample_check(Right::Rectification, None, Summary::Corrections { corrections }),
            sample_check(Right::Restriction, everything("/request/details"), Summary::Restriction { ground }),
            Self { item: None, ..sample_check(Right::Objection, None, Summary::Marketing) },
            sample_check(Right::Objection, None, Summary::Objection { why }),
            Self {
                item: None,
                acting: Some((Capacity::Parent, "Ola Nordmann".to_owned())),
                ..sample_check(Right::Access, None, Summary::Nothing)
            },
            Self { item: None, ..sample_check(Right::ConsentWithdrawal, everything("/request/details"), Summary::Nothing) },
        ]
    }
}

fn sample_check(right: Right, scope: Option<Chosen>, asked: Summary) -> Check {
    Check {
        right,
        email: "kari.nordmann@example.no".to_owned(),
        item: Some((ItemKind::CustomerNumber, "10042".to_owned())),
        scope,
        stays: None,
        file_to: None,
        asked,
        acting: None,
        answer_in: Lang::Nb,
        answer_by: sample::DUE,
        back: "/request/second-item".to_owned(),
    }
}

pub(super) fn sample_moved() -> CorrectionLine {
    CorrectionLine {
        kind: sample::text("Adresser", "Adressen", "Addresses"),
        field: sample::text("Gate og nummer", "Straat en nummer", "Street and number"),
        now: Some(Said::Words("Storgata 1".to_owned())),
        should: Said::Words("Lillegata 2".to_owned()),
        why: Some("Jeg har flyttet.".to_owned()),
    }
}
