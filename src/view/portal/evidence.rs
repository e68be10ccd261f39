//! `/{l}/case/{ref}/answer`: how can we check that it is you? A few words; never a copy of a passport. Posts `evidence`.

use serde::Serialize;

use super::case::Waiting;
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// The question, and room for its answer.
#[derive(Debug, Serialize)]
pub struct Evidence {
    /// `HB-…`.
    pub reference: String,
    /// What is asked, and until when.
    pub waiting: Waiting,
    /// What was typed before an error.
    pub evidence: String,
}

impl Page for Evidence {
    const TEMPLATE: &'static str = "portal/evidence.html";

    fn title(&self) -> Message {
        Message::new("evidence-title")
    }

    fn samples() -> Vec<Self> {
        let waiting = || Waiting { question: Message::new("question-identity"), answer_by: sample::DUE };
        let evidence = |text: &str| Self { reference: sample::REFERENCE.to_owned(), waiting: waiting(), evidence: text.to_owned() };
        vec![evidence(""), evidence("98 00 00 00, tirsdag etter kl. 16")]
    }
}
