//! `/{l}/case/{ref}/document`: the last resort, a picture of a shielded document. What to cover is said before there is anything to send.
//! Posts the file `picture`, or `way=person`.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// How a picture is shown, or what becomes of the one that was.
#[derive(Debug, Serialize)]
pub struct ShowDocument {
    /// `HB-…`.
    pub reference: String,
    /// A picture is here: when it goes at the latest.
    pub gone_by: Option<Timestamp>,
    /// One was here and went without a decision.
    pub went: bool,
    /// The largest file, in bytes.
    pub largest: usize,
    /// She may still have a document looked at in person or by video instead.
    pub in_person: bool,
}

impl Page for ShowDocument {
    const TEMPLATE: &'static str = "portal/document.html";

    fn title(&self) -> Message {
        Message::new("document-title")
    }

    fn samples() -> Vec<Self> {
        let page = |gone_by, went, in_person| Self {
            reference: sample::REFERENCE.to_owned(),
            gone_by,
            went,
            largest: habeas_core::law::upload::LARGEST,
            in_person,
        };
        vec![page(Some(sample::at(11, 19, 8, 24)), false, false), page(None, true, false), page(None, false, true)]
    }
}
