//! `/{l}/case/{ref}/record`: everything that happened, on one page to print, for a complaint or the drawer at home.

use habeas_core::law::right::Right;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde_json::json;

use super::{
    messages::{FileLine, Message},
    statement::StatementLine,
};
use crate::{
    render::{pages::Page, texts},
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
    /// What we sent her, oldest first, as it was sent.
    pub letters: Vec<Letter>,
    /// What she and we wrote to each other, oldest first.
    pub messages: Vec<Message>,
    /// What she stated about data that was not corrected, oldest first.
    pub statements: Vec<StatementLine>,
}

/// A letter to the person.
#[derive(Debug, Serialize)]
pub struct Letter {
    /// When it was written.
    pub written_at: Timestamp,
    /// When the mail server took it; `None`: on its way.
    pub sent_at: Option<Timestamp>,
    /// Its subject line.
    pub subject: String,
    /// Its words. What in them would let whoever reads them act for her is left out.
    pub text: String,
}

/// One thing that happened.
#[derive(Debug, Serialize)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// Name of the fact, such as `letter-sent`; said with the text `fact-{name}`, or by its name where there is none.
    pub fact: String,
}

impl CaseRecord {
    /// The same as JSON. Each event by its name, and in words where there are any; times are in UTC.
    pub fn twin(&self, organisation: &str, said: impl Fn(&str) -> Option<String>) -> Result<Vec<u8>, serde_json::Error> {
        let event = |event: &Happened| json!({"at": event.at, "event": event.fact, "words": said(&event.fact)});
        let file = |file: &FileLine| json!({"name": file.name, "bytes": file.size});
        let message = |message: &Message| {
            let by = if message.ours { "organisation" } else { "person" };
            json!({"at": message.at, "by": by, "words": message.words, "files": message.files.iter().map(file).collect::<Vec<_>>()})
        };
        let statement = |it: &StatementLine| json!({"at": it.at, "words": it.words, "about": it.about, "files": it.files.iter().map(file).collect::<Vec<_>>()});
        serde_json::to_vec_pretty(&json!({
            "reference": self.reference,
            "organisation": organisation,
            "right": self.right,
            "received_at": self.received_at,
            "answer_due_on": self.due_on,
            "events": self.events.iter().map(event).collect::<Vec<_>>(),
            "letters": self.letters,
            "messages": self.messages.iter().map(message).collect::<Vec<_>>(),
            "statements": self.statements.iter().map(statement).collect::<Vec<_>>(),
        }))
    }
}

impl Page for CaseRecord {
    const TEMPLATE: &'static str = "portal/record.html";

    fn title(&self) -> texts::Message {
        texts::Message::new("record-title").with("reference", self.reference.as_str())
    }

    fn samples() -> Vec<Self> {
        let happened = |day, hour, fact: &str| Happened { at: sample::at(11, day, hour, 14), fact: fact.to_owned() };
        let letter = |hour, subject: &str, text: &str| Letter {
            written_at: sample::at(11, 18, hour, 14),
            sent_at: Some(sample::at(11, 18, hour, 15)),
            subject: subject.to_owned(),
            text: text.to_owned(),
        };
        vec![Self {
            letters: vec![
                letter(8, "Vi har fått saken din, HB-7F3K-2Q", "Hei,\n\nVi har fått saken din. Du får svar senest 18. desember 2026."),
                letter(9, "Vi er klare til å slette", "Hei,\n\nDu kan stanse det her:\n\nhttps://example.no/nb/stop/HB-7F3K-2Q/…"),
            ],
            messages: Message::samples(),
            statements: vec![StatementLine::sample()],
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
