//! Tests of definitions: a scenario tells what happens to a case and what must be seen, and is played against `transition()`.
//!
//! Never heard of the law: who counts the statutory deadline comes in as an [`Almanac`].

mod check;
pub mod coverage;
mod format;
pub mod mutate;
pub mod record;
pub mod report;
pub mod runner;

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::source::Place;

use super::{
    command::Work,
    compiled::{Kind, Node},
    definition::{Ending, Name},
    event::Wait,
    period::Period,
};

use self::report::Difference;
pub use self::{
    check::check,
    coverage::Way,
    format::read,
    report::Failure,
    runner::{Played, play},
};

/// One scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// What it tells.
    pub title: String,
    /// The file, as the caller named it.
    pub file: String,
    /// Where it stands.
    pub at: Place,
    /// The workflow it plays.
    pub workflow: Name,
    /// The only version it fits; none: any.
    pub version: Option<u32>,
    /// The holiday calendar; none: the caller's own.
    pub calendar: Option<String>,
    /// Who holds which roles, by handle.
    pub people: BTreeMap<String, Vec<String>>,
    /// How it begins.
    pub start: Start,
    /// What the simulated house and its systems answer.
    pub answers: Vec<Said>,
    /// What happens, in order.
    pub steps: Vec<Line>,
    /// What must be true at the end.
    pub expect: Option<Expect>,
}

/// How a scenario begins.
#[derive(Debug, Clone)]
pub struct Start {
    /// When.
    pub at: Timestamp,
    /// Who asked.
    pub by: Name,
    /// What is known from the first moment.
    pub lists: Lists,
}

/// Lists by name, such as `case.systems`.
pub type Lists = Vec<(Name, Vec<String>)>;

/// A step of a definition, perhaps in one branch.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The step.
    pub step: Name,
    /// The branch.
    pub branch: Option<String>,
}

impl Spot {
    /// As the engine names it.
    pub fn wait(&self) -> Wait {
        Wait { step: self.step.text.clone(), branch: self.branch.clone() }
    }
}

/// How a step ended: `erase@crm -> erased`, with the lists that it found.
#[derive(Debug, Clone)]
pub struct Said {
    /// The step.
    pub spot: Spot,
    /// The outcome; none where the step has only one.
    pub outcome: Option<Name>,
    /// What it found.
    pub lists: Lists,
}

/// One line of a scenario.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it stands.
    pub at: Place,
    /// What it says.
    pub act: Act,
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Act {
    /// An event that is accepted.
    Do(Attempt),
    /// An event that is refused with this code and changes nothing.
    Refuse(Attempt, Name),
    /// Time passes; what falls due rings in order.
    Advance(Period),
    /// The house does all of its open work.
    Run,
    /// The worker does the work of a step and dies before it reports.
    Crash(Spot),
    /// The report of the worker that died arrives after all; it must change nothing.
    Late(Said),
    /// The last report of a step arrives again; it must change nothing.
    Again(Said),
    /// What must be seen now.
    Expect(Box<Expect>),
    /// What must not happen from here on.
    Never(Vec<Never>),
}

/// An event as a scenario writes it.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Who sends it.
    pub by: Name,
    /// What it is.
    pub what: What,
}

/// What is sent.
#[derive(Debug, Clone)]
pub enum What {
    /// The worker's report.
    Report(Said),
    /// The worker gave up.
    Fail(Spot),
    /// A person hands in a form.
    Submit(Said),
    /// An any-time event.
    Signal(Name),
    /// A person deals with an incident.
    Resolve(Spot, How),
}

/// How an incident ends.
#[derive(Debug, Clone)]
pub enum How {
    /// The step begins again.
    Retry,
    /// It was done outside the house.
    ByHand(Name),
    /// It is left out.
    Skip,
    /// The case is sent back to its beginning.
    Restart,
}

/// What must not happen from here on.
#[derive(Debug, Clone)]
pub enum Never {
    /// The case is in this stage.
    Stage(Name),
    /// This letter is sent.
    Letter(Name),
    /// This step begins.
    Step(Name),
}

/// What must be seen. Everything left out is not looked at.
#[derive(Debug, Clone, Default)]
pub struct Expect {
    /// The stage.
    pub stage: Option<Name>,
    /// This task is open.
    pub task: Option<Spot>,
    /// Who may do it now.
    pub roles: Option<Vec<Name>>,
    /// How long it may take from its opening.
    pub due: Option<Period>,
    /// Exactly these tasks are open.
    pub tasks: Option<Vec<Spot>>,
    /// Exactly this work of the house is open.
    pub work: Option<Vec<Spot>>,
    /// Exactly these letters were sent since letters were last looked at; at the end: in all.
    pub letters: Option<Vec<Name>>,
    /// Whether the statutory clock stands still.
    pub paused: Option<bool>,
    /// The legal basis of that.
    pub law: Option<String>,
    /// These facts are proven.
    pub facts: Vec<Name>,
    /// These are not.
    pub lacks: Vec<Name>,
    /// Exactly this incident is open.
    pub incident: Option<Spot>,
    /// Why.
    pub cause: Option<Name>,
    /// Exactly these alarms rang since the case was opened (again), and who was told.
    pub alarms: Option<Vec<(Name, Vec<Name>)>>,
    /// Exactly these facts about the missed deadline are in the log since then.
    pub recorded: Option<Vec<Name>>,
    /// How the case ended.
    pub closed: Option<(Ending, Place)>,
    /// How often an action was performed, by `ACTION` or `ACTION/BRANCH`.
    pub calls: Vec<(Name, usize)>,
    /// The legal deadline.
    pub deadline: Option<Deadline>,
    /// The stages in which the case waited, in order.
    pub visits: Option<Vec<Name>>,
}

/// The legal deadline as it must be.
#[derive(Debug, Clone, Copy, Default)]
pub struct Deadline {
    /// The last day on which the answer is in time.
    pub due: Option<Date>,
    /// The same without stops.
    pub strict: Option<Date>,
    /// Whether the case was closed in time.
    pub met: Option<bool>,
}

/// What the statutory deadline hangs on.
#[derive(Debug, Clone, Copy)]
pub struct Count<'a> {
    /// The scenario's own calendar.
    pub calendar: Option<&'a str>,
    /// The day of receipt.
    pub received: Date,
    /// When the clock stood still.
    pub pauses: &'a [(Date, Option<Date>)],
    /// The extension was taken: its letter was sent.
    pub extended: bool,
}

/// When the answer is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// With stops and extension.
    pub due: Date,
    /// Without.
    pub strict: Date,
    /// The subject owes us an answer that will move `due`.
    pub pending: bool,
}

/// Who counts the statutory deadline, in words if that cannot be done.
pub type Reckon<'a> = dyn Fn(&Count<'_>) -> Result<Dates, String> + 'a;

/// Where days begin and end, and who counts the statutory deadline.
#[derive(Clone, Copy)]
pub struct Almanac<'a> {
    /// The zone.
    pub zone: &'a TimeZone,
    /// The count.
    pub reckon: &'a Reckon<'a>,
}

/// The letter that a step sends.
fn letter_of(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Work { work: Work::Act { with, .. }, .. } => with.get("letter").map(String::as_str),
        _ => None,
    }
}
