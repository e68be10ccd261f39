//! `/{l}/case/{ref}/messages`: what the person and the organisation wrote to each other about a case. Posts `message` to itself.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message as Text},
    view::sample,
};

/// The messages, and room for another one.
#[derive(Debug, Serialize)]
pub struct Messages {
    /// `HB-…`.
    pub reference: String,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// What was typed before an error.
    pub message: String,
}

/// One message.
#[derive(Debug, Serialize)]
pub struct Message {
    /// When it was sent.
    pub at: Timestamp,
    /// The organisation wrote it, and not the person.
    pub ours: bool,
    /// The words.
    pub words: String,
}

impl Page for Messages {
    const TEMPLATE: &'static str = "portal/messages.html";

    fn title(&self) -> Text {
        Text::new("messages-title")
    }

    fn samples() -> Vec<Self> {
        let message = |at, ours, words: &str| Message { at, ours, words: words.to_owned() };
        let page = |messages| Self { reference: sample::REFERENCE.to_owned(), messages, message: String::new() };
        vec![
            page(Vec::new()),
            page(vec![
                message(sample::at(11, 19, 8, 14), false, "Jeg flyttet i mai.\nGjelder det også den gamle adressen?"),
                message(sample::at(11, 20, 9, 2), true, "Ja. Vi sletter begge."),
            ]),
        ]
    }
}
