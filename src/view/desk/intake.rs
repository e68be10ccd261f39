//! `/{l}/desk/new`: a request that came by telephone or letter. The day it arrived drives the clock (Art. 12(3)).

use habeas_core::law::{lang::Lang, right::Right};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::{portal::request::ItemKind, sample},
};

/// The request, written down. Posts `right`, `email`, `number`, `answer_in`, `received_on` and `via`.
#[derive(Debug, Serialize)]
pub struct Intake {
    /// The rights on offer.
    pub rights: Vec<Right>,
    /// The right chosen before an error.
    pub right: Option<Right>,
    /// The address as given.
    pub email: String,
    /// What the number may be.
    pub kinds: Vec<ItemKind>,
    /// Customer or order number as given; may be empty.
    pub number: String,
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

impl Page for Intake {
    const TEMPLATE: &'static str = "desk/intake.html";

    fn title(&self) -> Message {
        Message::new("intake-title")
    }

    fn samples() -> Vec<Self> {
        let today = jiff::civil::date(2026, 11, 18);
        let intake = |right, email: &str| Self {
            rights: vec![Right::Access, Right::Erasure],
            right,
            email: email.to_owned(),
            kinds: vec![ItemKind::CustomerNumber, ItemKind::OrderNumber],
            number: String::new(),
            languages: Lang::ALL.to_vec(),
            answer_in: Lang::Nb,
            received_on: sample::at(11, 16, 8, 0).to_zoned(jiff::tz::TimeZone::UTC).date().to_string(),
            today,
            via: "phone".to_owned(),
        };
        vec![intake(None, ""), intake(Some(Right::Erasure), "kari@")]
    }
}
