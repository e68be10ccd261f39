//! A definition as its author wrote it (`habeas.workflow/1`), every name with its place. Not yet checked against a catalogue.

mod clock;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{grammar, period::Period};
use crate::source::{
    diagnostic::{Diagnostic, Problems},
    yaml,
};

pub use self::clock::{Alarm, Clock, Day, Extension, Mark, NotAMark, end_of};
pub use crate::source::Name;

/// The language this engine understands.
pub const LANGUAGE: &str = "habeas.workflow/1";

/// One workflow.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The file, as the caller named it.
    pub file: String,
    /// The text itself: what is hashed, and what diagnostics quote.
    pub text: String,
    /// `erasure`.
    pub name: Name,
    /// Counts up with every change; from 1.
    pub version: u32,
    /// By language code.
    pub title: BTreeMap<String, String>,
    /// Where the right stands: data for letters and logs.
    pub right: Option<String>,
    /// Roles that its tasks may be given to.
    pub roles: Vec<Name>,
    /// The statutory clock.
    pub clock: Clock,
    /// The form that opens a case.
    pub input: Option<Name>,
    /// What may be sent at any time.
    pub any_time: Vec<AnyTime>,
    /// In order; a case begins in the first.
    pub stages: Vec<Stage>,
}

/// `any-time:` — an event that may arrive in any stage, and its window.
#[derive(Debug, Clone)]
pub struct AnyTime {
    /// Its name.
    pub event: Name,
    /// Who may send it.
    pub from: Vec<Name>,
    /// Only before this stage is entered.
    pub until: Option<Name>,
    /// Only in these stages.
    pub within_stages: Vec<Name>,
    /// Only so long after the case was closed.
    pub within: Option<Period>,
    /// The stage it leads to.
    pub then: Name,
}

/// A stage: steps in order, and perhaps the close of the case after them.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Its name.
    pub id: Name,
    /// Its steps.
    pub steps: Vec<Step>,
    /// The case ends here, and how.
    pub close: Option<Ending>,
    /// How long the file of the case is kept after that.
    pub keep: Option<Period>,
    /// What happens here cannot be taken back.
    pub point_of_no_return: bool,
}

/// How a case ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The request was answered.
    Answered,
    /// It was refused, with reasons.
    Refused,
    /// The person took it back.
    Withdrawn,
}

impl Ending {
    /// As a definition writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A step: one verb, and where it goes on.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its name.
    pub id: Name,
    /// What is done.
    pub verb: Verb,
    /// Facts that must be certain before.
    pub needs: Vec<Name>,
    /// Where it goes on.
    pub then: Then,
    /// How often it may take a way.
    pub limit: Option<Limit>,
}

impl Step {
    /// The body of a loop; nothing for any other step.
    pub fn body(&self) -> &[Self] {
        if let Verb::Each(each) = &self.verb { &each.steps } else { &[] }
    }
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum Verb {
    /// A person fills in a form.
    Task(Task),
    /// The house performs an action.
    Do(Do),
    /// The house decides by rules.
    Decide(Decide),
    /// The body runs once per item, side by side.
    Each(Each),
}

/// `task:`
#[derive(Debug, Clone)]
pub struct Task {
    /// Who may: roles, or `subject`.
    pub roles: Vec<Name>,
    /// The form.
    pub form: Name,
    /// How long it may take.
    pub due: Period,
    /// Who joins when it takes long.
    pub escalate: Vec<Escalation>,
    /// Four eyes: not by whoever did these steps, which every way here goes through.
    pub not_by: Vec<Name>,
    /// Nor by whoever did these, if anybody did.
    pub nor_by: Vec<Name>,
    /// Steps whose results are shown beside the form.
    pub shows: Vec<Name>,
}

/// `escalate:` — after so long, this role may do the task too.
#[derive(Debug, Clone)]
pub struct Escalation {
    /// Counted from the opening of the task.
    pub after: Period,
    /// The role.
    pub to: Name,
}

/// `do:`
#[derive(Debug, Clone)]
pub struct Do {
    /// The action.
    pub action: Name,
    /// Its settings.
    pub with: Vec<(Name, Name)>,
    /// How often it is tried.
    pub retry: Option<Retry>,
}

/// `decide:`
#[derive(Debug, Clone)]
pub struct Decide {
    /// The decision.
    pub decision: Name,
    /// What it is made over.
    pub over: Option<Name>,
}

/// `each:`
#[derive(Debug, Clone)]
pub struct Each {
    /// What one item is called.
    pub item: Name,
    /// The list.
    pub list: Name,
    /// How often the actions of the body are tried.
    pub retry: Option<Retry>,
    /// The body.
    pub steps: Vec<Step>,
    /// When it is over.
    pub join: Join,
}

/// When a loop is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Join {
    /// When every branch has ended.
    All,
    /// When the first has; the others are called off.
    Any,
}

/// How often an action is tried before it counts as failed. The waits carry jitter, which the worker draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Retry {
    /// Tries after the first.
    pub times: u32,
    /// Whether the wait doubles.
    pub backoff: Backoff,
    /// The first wait.
    pub from: Period,
    /// The longest wait.
    pub to: Period,
}

/// How waits grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Backoff {
    /// Not.
    Constant,
    /// They double.
    Exponential,
}

impl Default for Retry {
    /// Half a day: 1, 2, 4 … minutes, at most 6 hours between two tries.
    fn default() -> Self {
        Self { times: 8, backoff: Backoff::Exponential, from: Period::minutes(1), to: Period::hours(6) }
    }
}

/// Where a step goes on.
#[derive(Debug, Clone)]
pub enum Then {
    /// To the next in the list.
    Next,
    /// To one place.
    To(Name),
    /// By outcome.
    On(Vec<(Name, Name)>),
}

/// `limit:` — how often a step may go to another, and where it goes after that; nowhere named: an incident.
#[derive(Debug, Clone)]
pub struct Limit {
    /// Target and times.
    pub times: Vec<(Name, u32)>,
    /// Where instead.
    pub then: Option<Name>,
}

/// Reads a definition; all problems at once, in reading order. `file` only names it in messages.
pub fn parse(file: &str, text: &str) -> Result<Definition, Vec<Diagnostic>> {
    let mut problems = Problems::new(file, text);
    let tree = yaml::read(text, &mut problems);
    let definition = tree.and_then(|tree| grammar::definition(&tree, file, text, &mut problems));
    problems.answer(definition)
}
