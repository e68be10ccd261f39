//! Why something was not done. One kind for every action; `web/error.rs` alone maps it to a page and a status.

use std::borrow::Cow;

use jiff::Timestamp;

use super::actor::Denied;
use crate::{chance::NoChance, keys::KeyError, store::StoreError};

/// Why an action was refused. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such thing, or not for this actor: the two are not told apart.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The actor may not do this.
    #[error("you may not do this")]
    Denied,
    /// The input has problems, all of them.
    #[error("{}", list(.0))]
    Invalid(Vec<Problem>),
    /// The workflow, four eyes or a guard says no; the code is stable, the sentence says what to do next.
    #[error("{message}")]
    Conflict {
        /// Stable, kebab-case.
        code: String,
        /// For people.
        message: String,
    },
    /// The code, link or session is over.
    #[error("this is over: ask for a new one")]
    Expired,
    /// Too many tries.
    #[error("too many tries: wait until {0}")]
    Wait(Timestamp),
    /// A part the house needs is away; trying again later may work.
    #[error("a part of the house is away: try again later")]
    Unavailable(#[source] StoreError),
    /// Something is broken inside.
    #[error("something is broken inside: {0}")]
    Broken(String),
}

/// One problem with one field of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field's name.
    pub field: Cow<'static, str>,
    /// Stable, kebab-case; the text key of the message.
    pub code: &'static str,
    /// Where in it, as line and column from 1; column 0: the whole line.
    pub at: Option<(usize, usize)>,
    /// What it is about, where the message needs it; nothing about a person.
    pub why: String,
}

impl Problem {
    /// One problem with one field.
    pub fn new(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        Self { field: field.into(), code, at: None, why: String::new() }
    }

    /// The same at a place.
    #[must_use]
    pub fn at(self, line: usize, column: usize) -> Self {
        Self { at: Some((line, column)), ..self }
    }

    /// The same with what it is about.
    #[must_use]
    pub fn about(self, why: &str) -> Self {
        Self { why: why.to_owned(), ..self }
    }
}

impl Refusal {
    /// One problem with one field.
    pub fn invalid(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        Self::Invalid(vec![Problem::new(field, code)])
    }

    /// A conflict in our own words.
    pub fn conflict(code: &str, message: impl Into<String>) -> Self {
        Self::Conflict { code: code.to_owned(), message: message.into() }
    }

    /// The stable code, for the log and for machines.
    pub fn code(&self) -> &str {
        match self {
            Self::NotFound(_) => "not-found",
            Self::Denied => "denied",
            Self::Invalid(_) => "invalid",
            Self::Conflict { code, .. } => code,
            Self::Expired => "expired",
            Self::Wait(_) => "wait",
            Self::Unavailable(_) => "unavailable",
            Self::Broken(_) => "broken",
        }
    }

    /// Whether the database took it back for the sake of somebody else's change, so that it may go well at once.
    pub(super) fn is_undone(&self) -> bool {
        matches!(self, Self::Unavailable(error) if error.is_undone())
    }
}

impl From<Denied> for Refusal {
    fn from(_: Denied) -> Self {
        Self::Denied
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Raced { .. } => Self::conflict("raced", "somebody else was faster: look again"),
            StoreError::Unreadable { .. } | StoreError::Sealed(_) | StoreError::OtherKeys => Self::Broken(error.to_string()),
            StoreError::Shredded => Self::Expired,
            StoreError::Database { .. } => Self::Unavailable(error),
        }
    }
}

impl From<KeyError> for Refusal {
    fn from(error: KeyError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<NoChance> for Refusal {
    fn from(error: NoChance) -> Self {
        Self::Broken(error.to_string())
    }
}

fn list(problems: &[Problem]) -> String {
    let place = |at: Option<(usize, usize)>| match at {
        Some((line, 0)) => format!(" in line {line}"),
        Some((line, column)) => format!(" in line {line}, column {column}"),
        None => String::new(),
    };
    let why = |why: &str| if why.is_empty() { String::new() } else { format!(" ({why})") };
    let told = |it: &Problem| format!("`{}`: {}{}{}", it.field, it.code.replace('-', " "), place(it.at), why(&it.why));
    problems.iter().map(told).collect::<Vec<_>>().join(", ")
}
