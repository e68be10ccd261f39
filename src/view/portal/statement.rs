//! `/{l}/case/{ref}/statement`: what the person states herself about data that was not corrected (Art. 16), and room for more. Posts
//! `statement` and any number of `file` to itself.

use habeas_core::law::{lang::Text, statement::LONGEST, upload::LARGEST};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    check::{CorrectionLine, sample_moved},
    messages::FileLine,
};
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// The disputed values, what was stated about them, and room for a statement.
#[derive(Debug, Serialize)]
pub struct OwnStatement {
    /// `HB-…`.
    pub reference: String,
    /// What was asked for and declined.
    pub declined: Vec<CorrectionLine>,
    /// Oldest first.
    pub stated: Vec<StatementLine>,
    /// What was typed before an error.
    pub statement: String,
    /// Characters there is room for.
    pub longest: usize,
    /// Bytes that one file may have.
    pub largest: usize,
}

/// A statement.
#[derive(Debug, Clone, Serialize)]
pub struct StatementLine {
    /// Its case.
    pub reference: String,
    /// When it was made.
    pub at: Timestamp,
    /// The words.
    pub words: String,
    /// Beside what they belong.
    pub about: Vec<DisputedField>,
    /// What goes with them.
    pub files: Vec<FileLine>,
}

/// A value that the person and the organisation do not agree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisputedField {
    /// What the person calls the kind.
    pub kind: Text,
    /// What she calls the piece of it.
    pub field: Text,
}

impl StatementLine {
    /// One about two fields, with a file.
    pub(in crate::view) fn sample() -> Self {
        let about = |field| DisputedField { kind: sample::orders(), field };
        Self {
            reference: sample::REFERENCE.to_owned(),
            at: sample::at(11, 25, 18, 40),
            words: "Jeg har aldri bodd i Storgata 1.\nHuseieren bekrefter det i brevet.".to_owned(),
            about: vec![
                about(sample::text("Gate og nummer", "Straat en nummer", "Street and number")),
                about(sample::text("Postnummer", "Postcode", "Postcode")),
            ],
            files: vec![FileLine { id: "kq7".to_owned(), name: "brev.pdf".to_owned(), size: 84_000 }],
        }
    }
}

impl Page for OwnStatement {
    const TEMPLATE: &'static str = "portal/statement.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("statement-title")
    }

    fn samples() -> Vec<Self> {
        let page = |stated| Self {
            reference: sample::REFERENCE.to_owned(),
            declined: vec![sample_moved()],
            stated,
            statement: String::new(),
            longest: LONGEST,
            largest: LARGEST,
        };
        vec![page(Vec::new()), page(vec![StatementLine::sample()])]
    }
}
