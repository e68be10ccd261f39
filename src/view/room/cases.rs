//! `/{l}/room/`: what this visit may see, and the list of cases.

use habeas_core::law::right::Right;
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::{desk::queue::Standing, sample},
};

/// The cases in scope.
#[derive(Debug, Serialize)]
pub struct RoomCases {
    /// First and last day of the period in scope; `None`: everything.
    pub period: Option<(Date, Date)>,
    /// Last day of the visit.
    pub open_until: Option<Date>,
    /// The cases, latest first.
    pub rows: Vec<RoomRow>,
}

/// One case.
#[derive(Debug, Serialize)]
pub struct RoomRow {
    /// `HB-…`.
    pub reference: String,
    /// The person, as a short pseudonym that is the same in every case of theirs: `P-4F2A`.
    pub person: String,
    /// What was asked for.
    pub right: Right,
    /// Where it stands.
    pub state: Standing,
    /// When it came in.
    pub received_on: Date,
    /// The statutory deadline.
    pub due_on: Date,
    /// When it was answered.
    pub closed_on: Option<Date>,
    /// The deadline was missed.
    pub late: bool,
}

impl Page for RoomCases {
    const TEMPLATE: &'static str = "room/cases.html";

    fn title(&self) -> Message {
        Message::new("room-title")
    }

    fn samples() -> Vec<Self> {
        let row = |reference: &str, right, state, closed_on, late| RoomRow {
            reference: reference.to_owned(),
            person: "P-4F2A".to_owned(),
            right,
            state,
            received_on: jiff::civil::date(2026, 11, 18),
            due_on: sample::DUE,
            closed_on,
            late,
        };
        let closed = Some(jiff::civil::date(2026, 11, 24));
        vec![
            Self {
                period: Some((jiff::civil::date(2026, 1, 1), jiff::civil::date(2026, 12, 31))),
                open_until: Some(jiff::civil::date(2027, 1, 31)),
                rows: vec![
                    row(sample::REFERENCE, Right::Erasure, Standing::Answered, closed, false),
                    row("HB-92MX-0A", Right::Access, Standing::Collecting, None, true),
                ],
            },
            Self { period: None, open_until: None, rows: Vec::new() },
        ]
    }
}
