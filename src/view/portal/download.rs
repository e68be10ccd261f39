//! `/{l}/case/{ref}/download`: the package, how to open it, until when it waits.

use std::path::PathBuf;

use jiff::civil::Date;
use serde::Serialize;

use super::access::Keys;
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// The package, ready, being made or gone. Posts to itself to ask for a new one when it is gone.
#[derive(Debug, Serialize)]
pub struct Download {
    /// `HB-…`.
    pub reference: String,
    /// It is what the person takes along (Art. 20), not a copy to read.
    pub portable: bool,
    /// The person has shown a moment ago who she is; else she does so first.
    pub fresh: bool,
    /// What she may do so with beside a code by mail.
    pub keys: Keys,
    /// Where the package stands.
    #[serde(flatten)]
    pub package: Package,
}

/// Where the package stands.
#[derive(Debug, Serialize)]
#[serde(tag = "package", rename_all = "kebab-case")]
pub enum Package {
    /// It waits.
    Ready {
        /// One file, or several of at most 2 GB.
        files: Vec<File>,
        /// The last day it waits.
        expires_on: Date,
    },
    /// It is being made.
    Preparing,
    /// The copy is gone; the right is not.
    Expired,
}

/// A package that waits, as it is handed out.
#[derive(Debug)]
pub struct Waiting {
    /// The folder it lies in.
    pub folder: PathBuf,
    /// Its file.
    pub name: String,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

/// One ZIP file.
#[derive(Debug, Clone, Serialize)]
pub struct File {
    /// Name without personal data.
    pub name: String,
    /// Address to fetch it from.
    pub href: String,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

impl Page for Download {
    const TEMPLATE: &'static str = "portal/download.html";

    fn title(&self) -> Message {
        Message::new(if self.portable { "download-file-title" } else { "download-title" })
    }

    fn samples() -> Vec<Self> {
        let file = File {
            name: "visumexpress-HB-7F3K-2Q-2026-11-19.zip".to_owned(),
            href: "/gallery.zip".to_owned(),
            bytes: 1_450_000,
            sha256: sample::HASH.to_owned(),
        };
        let ready = || Package::Ready { files: vec![file.clone()], expires_on: sample::DUE };
        let further = File { name: "visumexpress-HB-7F3K-2Q-2026-11-19-part-2.zip".to_owned(), bytes: 1_980_000_000, ..file.clone() };
        let full = File { bytes: 2_090_000_000, ..file.clone() };
        let several = Package::Ready { files: vec![full, further], expires_on: sample::DUE };
        [
            (ready(), false, true),
            (ready(), false, false),
            (ready(), false, false),
            (ready(), true, true),
            (several, false, true),
            (Package::Preparing, false, true),
            (Package::Expired, false, true),
        ]
        .into_iter()
        .enumerate()
        .map(|(place, (package, portable, fresh))| {
            let keys = Keys { app: place == 2, passkey: place == 2 };
            Self { reference: sample::REFERENCE.to_owned(), portable, fresh, keys, package }
        })
        .collect()
    }
}
