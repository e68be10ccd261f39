//! Guards: whether a row applies, in a language that always ends and whose every comparison is between an input and a value.
//!
//! `status == "paid" && (age >= duration("P5Y") || !has(invoice.number))`

mod check;
mod parse;
mod token;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

pub use self::check::check;
use super::value::{Found, Inputs, Kind, Value};

/// What is wrong with a guard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Wrong {
    /// Where it stands: characters from the beginning of the guard, from 0.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A guard, read; stored as it was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Guard {
    text: String,
    root: Term,
}

impl TryFrom<String> for Guard {
    type Error = Wrong;
    fn try_from(text: String) -> Result<Self, Wrong> {
        Self::parse(&text)
    }
}

impl From<Guard> for String {
    fn from(guard: Guard) -> Self {
        guard.text
    }
}

/// What is true, told apart from what is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It is not so.
    No,
    /// It cannot be told.
    Unknown,
    /// It is so.
    Yes,
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::Yes } else { Self::No }
    }
}

/// A part of a guard.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Term {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Has(Path),
    Test { path: Path, test: Test, values: Vec<Value> },
}

/// An input's name and where it stands in the guard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) name: String,
    pub(super) at: usize,
}

/// How an input is compared: with one value, or with several for [`Test::In`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    In,
}

impl Test {
    fn holds(self, order: Option<Ordering>) -> bool {
        match self {
            Self::Equal | Self::In => order == Some(Ordering::Equal),
            Self::Unequal => order != Some(Ordering::Equal),
            Self::Less => order == Some(Ordering::Less),
            Self::AtMost => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            Self::More => order == Some(Ordering::Greater),
            Self::AtLeast => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        }
    }

    /// The same said from the other side: `5 < x` is `x > 5`.
    const fn turned(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }

    const fn needs_order(self) -> bool {
        !matches!(self, Self::Equal | Self::Unequal | Self::In)
    }
}

impl Guard {
    /// Reads a guard.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        parse::guard(text).map(|root| Self { text: text.to_owned(), root })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it holds.
    pub fn holds(&self, inputs: &impl Inputs) -> Truth {
        self.root.holds(inputs)
    }

    /// The inputs it looks at, each once, sorted.
    pub fn inputs(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.root.each(&mut |path, _| names.push(path.name.as_str()));
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The inputs it could not use: nothing is there, or nothing that can be read.
    pub fn missing(&self, inputs: &impl Inputs) -> Vec<&str> {
        let mut names = Vec::new();
        self.root.each(&mut |path, test| {
            if test.is_some_and(|values| !matches!(found(path, values, inputs), Found::Value(_))) {
                names.push(path.name.as_str());
            }
        });
        names.sort_unstable();
        names.dedup();
        names
    }

    pub(super) const fn root(&self) -> &Term {
        &self.root
    }
}

impl Term {
    fn holds(&self, inputs: &impl Inputs) -> Truth {
        match self {
            Self::And(terms) => terms.iter().map(|term| term.holds(inputs)).min().unwrap_or(Truth::Yes),
            Self::Or(terms) => terms.iter().map(|term| term.holds(inputs)).max().unwrap_or(Truth::No),
            Self::Not(term) => match term.holds(inputs) {
                Truth::Yes => Truth::No,
                Truth::Unknown => Truth::Unknown,
                Truth::No => Truth::Yes,
            },
            Self::Has(path) => (inputs.find(&path.name, None) != Found::Nothing).into(),
            Self::Test { path, test, values } => match found(path, values, inputs) {
                Found::Value(found) => match test {
                    Test::In => values.iter().any(|value| test.holds(found.compare(value))).into(),
                    _ => values.iter().all(|value| test.holds(found.compare(value))).into(),
                },
                Found::Nothing | Found::Unreadable => Truth::Unknown,
            },
        }
    }

    /// Every input, with the values it is compared with; none for `has`.
    pub(super) fn each<'g>(&'g self, visit: &mut dyn FnMut(&'g Path, Option<&'g [Value]>)) {
        match self {
            Self::And(terms) | Self::Or(terms) => terms.iter().for_each(|term| term.each(visit)),
            Self::Not(term) => term.each(visit),
            Self::Has(path) => visit(path, None),
            Self::Test { path, values, .. } => visit(path, Some(values)),
        }
    }
}

/// What an input holds, as the kind of what it is compared with; a value of another kind is unreadable.
fn found(path: &Path, values: &[Value], inputs: &impl Inputs) -> Found {
    let wanted: Option<Kind> = values.first().map(Value::kind);
    match inputs.find(&path.name, wanted) {
        Found::Value(value) if Some(value.kind()) != wanted => Found::Unreadable,
        found => found,
    }
}
