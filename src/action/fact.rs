//! Facts: what an action made true, in the past tense. They go into the log in the same transaction.

use std::collections::BTreeMap;

use serde::Serialize;

/// One thing that is now true. Codes and references only: the log outlives the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Past tense, kebab-case: `hold-placed`.
    pub kind: &'static str,
    /// The case it is about.
    pub case: Option<String>,
    /// Codes, references and hashes that belong to it.
    pub codes: BTreeMap<&'static str, String>,
}

impl Fact {
    /// A fact about a case.
    pub fn of_case(kind: &'static str, case: &str) -> Self {
        Self { kind, case: Some(case.to_owned()), codes: BTreeMap::new() }
    }

    /// A fact about the house.
    pub const fn of_house(kind: &'static str) -> Self {
        Self { kind, case: None, codes: BTreeMap::new() }
    }

    /// Adds a code.
    #[must_use]
    pub fn with(mut self, name: &'static str, code: impl Into<String>) -> Self {
        self.codes.insert(name, code.into());
        self
    }
}

/// What an action came to: its answer, and at least one fact.
#[derive(Debug)]
pub struct Outcome<T> {
    /// The answer for whoever asked.
    pub done: T,
    /// The first fact.
    pub fact: Fact,
    /// Any further ones.
    pub more: Vec<Fact>,
}

impl<T> Outcome<T> {
    /// An answer and its fact.
    pub const fn new(done: T, fact: Fact) -> Self {
        Self { done, fact, more: Vec::new() }
    }

    /// Adds further facts.
    #[must_use]
    pub fn and(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.more.extend(facts);
        self
    }
}
