//! `/{l}/case/{ref}/messages`: what the person and the organisation wrote to each other about a case. Posts `message` to itself.

use habeas_core::law::upload::LARGEST;
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
    /// Bytes that one file may have.
    pub largest: usize,
}

/// One message.
#[derive(Debug, Serialize)]
pub struct Message {
    /// When it was sent.
    pub at: Timestamp,
    /// The organisation wrote it, and not the person.
    pub ours: bool,
    /// The words; may be empty where files say it.
    pub words: String,
    /// What goes with them.
    pub files: Vec<FileLine>,
}

/// A file that goes with a message.
#[derive(Debug, Clone, Serialize)]
pub struct FileLine {
    /// The last part of its address.
    pub id: String,
    /// As its sender called it.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

impl Message {
    pub(in crate::view) fn samples() -> Vec<Self> {
        let message = |at, ours, words: &str, files| Self { at, ours, words: words.to_owned(), files };
        let file = |name: &str, size| FileLine { id: "kq7".to_owned(), name: name.to_owned(), size };
        vec![
            message(sample::at(11, 19, 8, 14), false, "Jeg flyttet i mai.\nGjelder det også den gamle adressen?", Vec::new()),
            message(sample::at(11, 20, 9, 2), true, "Ja. Vi sletter begge.", vec![file("Kvittering.pdf", 84_000)]),
            message(sample::at(11, 20, 9, 40), false, "", vec![file("brev fra dere.jpg", 1_400_000), file("nytt-navn.pdf", 312_000)]),
        ]
    }
}

impl Page for Messages {
    const TEMPLATE: &'static str = "portal/messages.html";
    const KEEPS: bool = true;

    fn title(&self) -> Text {
        Text::new("messages-title")
    }

    fn samples() -> Vec<Self> {
        let page = |messages| Self { reference: sample::REFERENCE.to_owned(), messages, message: String::new(), largest: LARGEST };
        vec![page(Vec::new()), page(Message::samples())]
    }
}
