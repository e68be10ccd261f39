//! What a failed scenario says: where, what was expected, what was there, and what led to it.

use std::fmt;

use super::super::{
    explanation::Explanation,
    state::{Open, State, Waiting},
};

/// Why a scenario failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file.
    pub file: String,
    /// The line of the step.
    pub line: u32,
    /// The scenario.
    pub title: String,
    /// The how-manieth step, from 1; 0 is the start; none: the end.
    pub step: Option<usize>,
    /// What was expected.
    pub expected: String,
    /// What was there.
    pub found: String,
    /// What the case waited for.
    pub open: Vec<String>,
    /// Why it stood there: the last explanations.
    pub because: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = match self.step {
            Some(0) => "at the start".to_owned(),
            Some(number) => format!("at step {number}"),
            None => "at the end".to_owned(),
        };
        writeln!(f, "{}:{}: {}: {step}", self.file, self.line, self.title)?;
        writeln!(f, "  expected: {}", self.expected)?;
        writeln!(f, "  found:    {}", self.found)?;
        writeln!(f, "  open:     {}", if self.open.is_empty() { "nothing".to_owned() } else { self.open.join(", ") })?;
        for reason in &self.because {
            writeln!(f, "  because:  {reason}")?;
        }
        Ok(())
    }
}

/// What was expected, and what was there.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) expected: String,
    pub(super) found: String,
}

impl Difference {
    pub(super) fn new(expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self { expected: expected.into(), found: found.into() }
    }

    /// Nothing where both are the same.
    pub(super) fn between<T: PartialEq>(what: &str, expected: &T, found: &T, say: impl Fn(&T) -> String) -> Result<(), Self> {
        if expected == found { Ok(()) } else { Err(Self::new(format!("{what} {}", say(expected)), say(found))) }
    }
}

/// Words in a list, or that there is none.
pub(super) fn words<T: ToString>(words: &[T]) -> String {
    if words.is_empty() {
        return "none".to_owned();
    }
    words.iter().map(|word| format!("`{}`", word.to_string())).collect::<Vec<_>>().join(", ")
}

/// Everything the case waits for, in words.
pub(super) fn open(state: &State) -> Vec<String> {
    let said = |open: &Open| match &open.for_what {
        Waiting::Task { .. } => format!("task `{}`", open.wait),
        Waiting::Work => format!("work `{}`", open.wait),
        Waiting::Incident(cause) => format!("incident `{}` ({})", open.wait, cause.code()),
    };
    state.open.iter().map(said).collect()
}

/// An explanation in plain words.
pub(super) fn reason(explanation: &Explanation) -> String {
    match explanation {
        Explanation::Routed { wait, outcome, to } => format!("`{wait}` ended with `{outcome}` and led to `{to}`"),
        Explanation::Proven { fact, by } => format!("`{by}` proved `{fact}`"),
        Explanation::Undone { fact, by } => format!("`{by}` undid `{fact}`"),
        Explanation::Joined { step, branches } => format!("the loop `{step}` ended after {branches} branches"),
        Explanation::LeftLoop { step, branch, outcome } => format!("`{outcome}` in branch `{branch}` led out of the loop `{step}`"),
        Explanation::LimitReached { wait, to } => format!("`{wait}` had gone to `{to}` as often as allowed"),
        Explanation::Overdue { wait } => format!("`{wait}` was overdue"),
        Explanation::Signalled { name, to } => format!("`{name}` led to `{to}`"),
        Explanation::Migrated { from, to } => format!("the case moved from version {from} to {to}"),
        Explanation::SentBack { wait, to } => format!("`{wait}` was sent back to `{to}`"),
        Explanation::Skipped { wait, .. } => format!("`{wait}` was left out"),
        Explanation::ByHand { wait, outcome } => format!("`{wait}` was done by hand and ended with `{outcome}`"),
    }
}
