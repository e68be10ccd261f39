//! `/{l}/room/case/{ref}`: one case, its timeline, and the bundle to take along.

use jiff::Timestamp;
use serde::Serialize;

use super::cases::RoomRow;
use crate::{
    render::{pages::Page, texts::Message},
    view::{
        desk::{case::Line, case::Who, queue::Standing},
        sample,
    },
};

/// One case for the authority.
#[derive(Debug, Serialize)]
pub struct RoomCase {
    /// What the list says of it.
    pub case: RoomRow,
    /// What happened, oldest first.
    pub timeline: Vec<Line>,
    /// The newest bundle.
    pub bundle: Option<Bundle>,
    /// Another one is being made.
    pub coming: bool,
    /// The reader may have the case taken up again.
    pub may_reopen: bool,
}

/// The bundle: a ZIP, its checksum line and the signature over that line.
#[derive(Debug, Serialize)]
pub struct Bundle {
    /// `NAME.zip`; the other two are `NAME.zip.sha256` and `NAME.zip.sha256.sig`, under the same address.
    pub name: String,
    /// Bytes of the ZIP.
    pub bytes: u64,
    /// SHA-256 of the ZIP.
    pub sha256: String,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// Fingerprint of the signing key, as printed in the statement.
    pub key: String,
}

impl Page for RoomCase {
    const TEMPLATE: &'static str = "room/case.html";

    fn title(&self) -> Message {
        Message::new("room-case-title").with("reference", self.case.reference.as_str())
    }

    fn samples() -> Vec<Self> {
        let case = || RoomRow {
            reference: sample::REFERENCE.to_owned(),
            person: "P-4F2A".to_owned(),
            right: habeas_core::law::right::Right::Erasure,
            state: Standing::Answered,
            received_on: jiff::civil::date(2026, 11, 18),
            due_on: sample::DUE,
            closed_on: Some(jiff::civil::date(2026, 11, 24)),
            late: false,
        };
        let line = |who, fact: &str, leaf| Line { at: sample::at(11, 18, 9, 14), who, fact: fact.to_owned(), detail: String::new(), leaf };
        let timeline = || vec![line(Who::Person, "case-opened", 11), line(Who::Machine, "letter-sent", 12)];
        let bundle = Bundle {
            name: "visumexpress-HB-7F3K-2Q.zip".to_owned(),
            bytes: 214_000,
            sha256: sample::HASH.to_owned(),
            sealed_at: sample::at(11, 24, 10, 2),
            key: "ed25519:9f3c 41aa 77d0 e5b1".to_owned(),
        };
        vec![
            Self { case: case(), timeline: timeline(), bundle: Some(bundle), coming: false, may_reopen: true },
            Self { case: case(), timeline: timeline(), bundle: None, coming: true, may_reopen: false },
            Self { case: case(), timeline: timeline(), bundle: None, coming: false, may_reopen: false },
        ]
    }
}
