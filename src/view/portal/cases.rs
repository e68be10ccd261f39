//! `/{l}/cases`: the cases of a proven mailbox.

use habeas_core::law::right::Right;
use jiff::civil::Date;
use serde::Serialize;

use super::case::State;
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// Every case, newest first.
#[derive(Debug, Serialize)]
pub struct Cases {
    /// The cases; none is an answer too.
    pub cases: Vec<CaseLine>,
}

/// One case.
#[derive(Debug, Serialize)]
pub struct CaseLine {
    /// `HB-…`.
    pub reference: String,
    /// What was asked for.
    pub right: Right,
    /// When it came in.
    pub received_on: Date,
    /// Where it stands.
    pub state: State,
}

impl Page for Cases {
    const TEMPLATE: &'static str = "portal/cases.html";

    fn title(&self) -> Message {
        Message::new("cases-title")
    }

    fn samples() -> Vec<Self> {
        let line = |reference: &str, right, state| CaseLine {
            reference: reference.to_owned(),
            right,
            received_on: jiff::civil::date(2026, 11, 18),
            state,
        };
        let two = vec![line(sample::REFERENCE, Right::Erasure, State::Working), line("HB-92MX-0A", Right::Access, State::Answered)];
        vec![Self { cases: two }, Self { cases: Vec::new() }]
    }
}
