//! `/{l}/desk/case/{ref}/messages`: what staff and the person wrote to each other, and room to answer or to begin. Posts `message` and any
//! number of `file` to itself.

use habeas_core::law::upload::LARGEST;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message as Text},
    view::{portal::messages::Message, sample},
};

/// The conversation with the person of a case.
#[derive(Debug, Serialize)]
pub struct DeskMessages {
    /// `HB-…`.
    pub reference: String,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// She waits for an answer.
    pub waits: bool,
    /// There is nobody to write to any more: what the case knew is forgotten.
    pub forgotten: bool,
    /// What was typed before an error.
    pub message: String,
    /// Bytes that one file may have.
    pub largest: usize,
}

impl Page for DeskMessages {
    const TEMPLATE: &'static str = "desk/messages.html";

    fn title(&self) -> Text {
        Text::new("desk-messages-title").with("reference", self.reference.as_str())
    }

    fn samples() -> Vec<Self> {
        let page = |messages, waits, forgotten| Self {
            reference: sample::REFERENCE.to_owned(),
            messages,
            waits,
            forgotten,
            message: String::new(),
            largest: LARGEST,
        };
        vec![page(Vec::new(), false, true), page(Vec::new(), false, false), page(Message::samples(), true, false)]
    }
}
