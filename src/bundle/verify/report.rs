//! What a check found, in words. Which exit code that is, the command line decides.

use std::fmt;

use habeas_core::crypto::{checkpoint::BadCheckpoint, hash::Hash, proof::Unproven, sign::PublicKey};

/// The answer to "is this package what it was when it was made?"
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Whose package it is.
    pub kind: Kind,
    /// Files in it.
    pub members: usize,
    /// Log entries proven.
    pub entries: usize,
    /// Who signed it; `None` if nobody's signature holds.
    pub signer: Option<Signer>,
    /// Everything that is wrong.
    pub problems: Vec<Problem>,
}

/// Whose package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The person's own data.
    Subject,
    /// The authority's evidence.
    Authority,
}

/// Whose signature holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signer {
    /// The key.
    pub key: PublicKey,
    /// Whether it was known before; if not, only the package itself vouches for it.
    pub known: bool,
}

/// The report in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Complete, unchanged, signed by a key that was known before.
    Intact,
    /// Complete and unchanged by its own word: the key was not known before.
    KeyUnknown,
    /// Something is missing; what is there is unchanged.
    Incomplete,
    /// Something was changed, added or signed by somebody else.
    Changed,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A file differs from what was signed, or cannot be unpacked.
    #[error("`{0}` was changed")]
    Changed(String),
    /// A file is gone.
    #[error("`{0}` is missing")]
    Missing(String),
    /// A file that was not there when the package was made.
    #[error("`{0}` was added")]
    Added(String),
    /// The ZIP around the files is not as it was written.
    #[error("the ZIP around the files was changed: {0}")]
    Container(&'static str),
    /// The signature does not hold.
    #[error("the signature does not belong to this package")]
    Signature,
    /// The signature holds, but is none of the given keys'.
    #[error("it is signed with another key than yours: {0}")]
    OtherKey(Hash),
    /// The log's checkpoint does not hold.
    #[error("the log's checkpoint does not hold: {0}")]
    Checkpoint(BadCheckpoint),
    /// A log entry is not proven.
    #[error("log entry `{entry}` is not proven: {why}")]
    Entry {
        /// Its file.
        entry: String,
        /// Why.
        why: Unproven,
    },
    /// A log entry is proven by another checkpoint or in another place.
    #[error("log entry `{0}` belongs to another checkpoint or place")]
    Misplaced(String),
    /// The `.sha256` file beside the ZIP names another hash.
    #[error("the `.sha256` file beside it names another hash")]
    Checksum,
    /// The `.sha256.sig` file beside the ZIP does not hold.
    #[error("the `.sha256.sig` file beside it does not hold")]
    ChecksumSignature,
}

impl Report {
    /// Notes that a file is missing, unless it is there and does not even unpack, which was noted before.
    pub(super) fn miss(&mut self, name: &str) {
        if !self.problems.contains(&Problem::Changed(name.to_owned())) {
            self.problems.push(Problem::Missing(name.to_owned()));
        }
    }

    /// The report in one word.
    pub fn verdict(&self) -> Verdict {
        let only_missing = self.problems.iter().all(|problem| matches!(problem, Problem::Missing(_) | Problem::Container(_)));
        let missing = self.problems.iter().any(|problem| matches!(problem, Problem::Missing(_)));
        match self.signer {
            _ if missing && only_missing => Verdict::Incomplete,
            Some(Signer { known: true, .. }) if self.problems.is_empty() => Verdict::Intact,
            Some(Signer { known: false, .. }) if self.problems.is_empty() => Verdict::KeyUnknown,
            _ => Verdict::Changed,
        }
    }

    /// Whether nothing is wrong. A key that was not known before is no fault of the package.
    pub fn is_unchanged(&self) -> bool {
        matches!(self.verdict(), Verdict::Intact | Verdict::KeyUnknown)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (files, entries) = (counted(self.members, "file", "files"), counted(self.entries, "log entry", "log entries"));
        match self.verdict() {
            Verdict::Intact | Verdict::KeyUnknown => write!(f, "complete and unchanged: {files}")?,
            Verdict::Incomplete => write!(f, "incomplete: {}", counted(self.problems.len(), "problem", "problems"))?,
            Verdict::Changed => write!(f, "changed: {}", counted(self.problems.len(), "problem", "problems"))?,
        }
        if self.kind == Kind::Authority && self.is_unchanged() {
            write!(f, ", {entries} proven")?;
        }
        for problem in &self.problems {
            write!(f, "\n  {problem}")?;
        }
        match &self.signer {
            Some(Signer { key, known: true }) => write!(f, "\nsigned with the key you gave, {}", key.hash()),
            Some(Signer { key, known: false }) => {
                write!(f, "\nkey unknown: signed with key {}, for which only the package itself vouches", key.hash())?;
                write!(f, "\ncompare that hash with one the organisation publishes, or give its key with `--key FILE`")
            }
            None => write!(f, "\nnot signed by anybody that can be checked"),
        }
    }
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
