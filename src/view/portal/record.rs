//! `/{l}/case/{ref}/record`: everything that happened, on one page to print, for a complaint or the drawer at home.

use habeas_core::law::right::Right;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// The case record.
#[derive(Debug, Serialize)]
pub struct CaseRecord {
    /// `HB-…`.
    pub reference: String,
    /// What was asked for.
    pub right: Right,
    /// When the request came in.
    pub received_at: Timestamp,
    /// The statutory deadline.
    pub due_on: Date,
    /// What happened, oldest first.
    pub events: Vec<Happened>,
}

/// One thing that happened.
#[derive(Debug, Serialize)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// Name of the fact, such as `letter-sent`; said with the text `fact-{name}`, or by its name where there is none.
    pub fact: String,
}

impl Page for CaseRecord {
    const TEMPLATE: &'static str = "portal/record.html";

    fn title(&self) -> Message {
        Message::new("record-title").with("reference", self.reference.as_str())
    }

    fn samples() -> Vec<Self> {
        let happened = |day, hour, fact: &str| Happened { at: sample::at(11, day, hour, 14), fact: fact.to_owned() };
        vec![Self {
            reference: sample::REFERENCE.to_owned(),
            right: Right::Erasure,
            received_at: sample::at(11, 18, 8, 14),
            due_on: sample::DUE,
            events: vec![
                happened(18, 8, "case-opened"),
                happened(18, 9, "letter-sent"),
                happened(19, 9, "plan-frozen"),
                happened(24, 9, "case-closed"),
            ],
        }]
    }
}
