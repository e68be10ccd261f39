//! A first data map for a database that nobody has described yet: guessed from the names of its tables and columns, its keys, and what a
//! few values look like. Pure: whoever asks brings the shape of the database, and of its values only what was seen in them.
//!
//! A guess is never taken for a fact: each carries how sure it is, and what a lawyer must decide is marked in the file.

pub mod dictionary;
pub mod digits;
pub mod kind;
pub mod label;
pub mod name;
pub mod propose;
mod reach;
pub mod sample;
pub mod shape;
#[cfg(test)]
mod tests;
pub mod words;
pub mod yaml;

use serde::Serialize;

pub use kind::Kind;
pub use propose::{Proposal, propose};
pub use sample::Seen;
pub use shape::{Column, ForeignKey, Shape, Table, ValueType};

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Worth a look.
    Low,
    /// Likely.
    Medium,
    /// Name and values say so, or one of them without doubt.
    High,
}

impl Confidence {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    const fn raised(self) -> Self {
        match self {
            Self::Low => Self::Medium,
            Self::Medium | Self::High => Self::High,
        }
    }

    const fn lowered(self) -> Option<Self> {
        match self {
            Self::Low => None,
            Self::Medium => Some(Self::Low),
            Self::High => Some(Self::Medium),
        }
    }
}

/// What a column probably holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Guess {
    /// What.
    pub kind: Kind,
    /// How sure.
    pub confidence: Confidence,
    /// What spoke for it.
    pub by: By,
}

/// What a guess rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The column's name.
    Name,
    /// What its values look like.
    Values,
    /// Both.
    Both,
}

impl By {
    /// The words for it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Name => "by its name",
            Self::Values => "by its values",
            Self::Both => "by its name and values",
        }
    }
}

/// What a column probably holds, by its name and by what was seen in it; `None`: nothing that tells of a person.
pub fn guess(table: &str, column: &Column) -> Option<Guess> {
    let named = name::guess(table, &column.name, column.data);
    let valued = column.seen.guess();
    match (named, valued) {
        (Some((kind, sure)), Some((seen, known))) if kind == seen || kind.includes(seen) => {
            Some(Guess { kind, confidence: sure.max(known).raised(), by: By::Both })
        }
        // A value with check digits says more than a name; a weak likeness says less.
        (Some((kind, sure)), Some((seen, known))) => {
            let by_value = known > sure || known == Confidence::High;
            let (kind, confidence, by) = if by_value { (seen, known, By::Values) } else { (kind, sure, By::Name) };
            Some(Guess { kind, confidence, by })
        }
        (Some((kind, sure)), None) => {
            let confidence = if column.seen.contradicts(kind) { sure.lowered()?.lowered()? } else { sure };
            Some(Guess { kind, confidence, by: By::Name })
        }
        (None, Some((kind, known))) => Some(Guess { kind, confidence: known, by: By::Values }),
        (None, None) => None,
    }
}
