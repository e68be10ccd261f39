//! What a definition has to be walked, and what scenarios have walked of it.

use std::{collections::BTreeSet, fmt};

use super::super::{
    compiled::{Compiled, Kind, Node},
    event::{Event, EventKind, Timer},
    explanation::Explanation,
    refusal::Refusal,
    transition::Step,
};

/// Something that can be walked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// A step was waited at, or a loop joined.
    Step(String),
    /// A step ended so and went on.
    Outcome(String, String),
    /// A limited way was taken once more than allowed.
    Limit(String, String),
    /// A loop ran over none, one or more.
    Loop(String, Times),
    /// An alarm rang.
    Alarm(String),
    /// A task was given to more people.
    Escalation(String, u16),
    /// An any-time event was let through.
    Signal(String),
    /// It was refused outside its window.
    OutOfWindow(String),
    /// Who did one step was refused another.
    FourEyes(String),
    /// An event was refused with this code.
    Refusal(&'static str),
    /// A worker died between claim and report.
    Crash,
    /// A late or repeated report changed nothing.
    Stale,
}

/// How many branches a loop had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Times {
    /// Nothing to do.
    Zero,
    /// One.
    One,
    /// More.
    Many,
}

/// Refusals that every definition's scenarios must meet: the wrong person, twice, after the close.
const REFUSALS: [&str; 3] = ["role-missing", "not-open", "case-closed"];

impl Way {
    /// A family of ways, for a table.
    pub const fn family(&self) -> &'static str {
        match self {
            Self::Step(_) => "steps",
            Self::Outcome(..) => "outcomes",
            Self::Limit(..) => "limits",
            Self::Loop(..) => "loops",
            Self::Alarm(_) => "alarms",
            Self::Escalation(..) => "escalations",
            Self::Signal(_) | Self::OutOfWindow(_) => "any-time events",
            Self::FourEyes(_) | Self::Refusal(_) => "refusals",
            Self::Crash | Self::Stale => "crashes",
        }
    }

    /// What a refusal walked.
    pub(super) fn of_refusal(refusal: &Refusal) -> Option<Self> {
        match refusal {
            Refusal::FourEyes { step, .. } => Some(Self::FourEyes(step.clone())),
            Refusal::SignalOutOfWindow { name, .. } => Some(Self::OutOfWindow(name.clone())),
            other => REFUSALS.contains(&other.code()).then_some(Self::Refusal(other.code())),
        }
    }

    /// Everything there is to walk in a definition.
    pub fn every(def: &Compiled) -> BTreeSet<Self> {
        let mut ways: BTreeSet<Self> = REFUSALS.map(Self::Refusal).into_iter().chain([Self::Crash, Self::Stale]).collect();
        ways.extend(def.nodes().flat_map(of_node));
        ways.extend(def.clock.alarms.iter().map(|alarm| Self::Alarm(alarm.at.to_string())));
        for signal in &def.signals {
            ways.extend([Self::Signal(signal.event.clone()), Self::OutOfWindow(signal.event.clone())]);
        }
        ways
    }
}

fn of_node(node: &Node) -> Vec<Way> {
    let mut ways = vec![Way::Step(node.id.clone())];
    match &node.kind {
        Kind::Loop(_) => ways.extend([Times::Zero, Times::One, Times::Many].map(|times| Way::Loop(node.id.clone(), times))),
        Kind::Task(task) => {
            ways.extend((0_u16..).zip(&task.escalate).map(|(number, _)| Way::Escalation(node.id.clone(), number)));
            ways.extend((!task.not_by.is_empty()).then(|| Way::FourEyes(node.id.clone())));
        }
        Kind::Work { .. } => {}
    }
    if !matches!(node.kind, Kind::Loop(_)) {
        ways.extend(node.routes.keys().map(|outcome| Way::Outcome(node.id.clone(), outcome.clone())));
    }
    ways.extend(node.limits.keys().map(|target| Way::Limit(node.id.clone(), target.name().to_owned())));
    ways
}

/// What an accepted event walked.
pub(super) fn ways_of(def: &Compiled, event: &Event, step: &Step) -> Vec<Way> {
    let mut ways: Vec<Way> = step.state.open.iter().map(|open| Way::Step(open.wait.step.clone())).collect();
    match &event.kind {
        EventKind::Elapsed { timer: Timer::Alarm(number) } => {
            ways.extend(def.clock.alarms.get(usize::from(*number)).map(|alarm| Way::Alarm(alarm.at.to_string())));
        }
        EventKind::Elapsed { timer: Timer::Escalate(wait, number) } => ways.push(Way::Escalation(wait.step.clone(), *number)),
        _ => {}
    }
    ways.extend(step.explanations.iter().flat_map(explained));
    ways
}

fn explained(explanation: &Explanation) -> Vec<Way> {
    match explanation {
        Explanation::Routed { wait, outcome, .. } => vec![Way::Outcome(wait.step.clone(), outcome.clone())],
        Explanation::LimitReached { wait, to } => vec![Way::Limit(wait.step.clone(), to.clone())],
        Explanation::Signalled { name, .. } => vec![Way::Signal(name.clone())],
        Explanation::Joined { step, branches } => {
            let times = match branches {
                0 => Times::Zero,
                1 => Times::One,
                _ => Times::Many,
            };
            vec![Way::Step(step.clone()), Way::Loop(step.clone(), times)]
        }
        _ => Vec::new(),
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step(step) => write!(f, "{step}"),
            Self::Outcome(step, outcome) => write!(f, "{step} -> {outcome}"),
            Self::Limit(step, to) => write!(f, "{step} went to {to} as often as allowed"),
            Self::Loop(step, Times::Zero) => write!(f, "{step} over none"),
            Self::Loop(step, Times::One) => write!(f, "{step} over one"),
            Self::Loop(step, Times::Many) => write!(f, "{step} over many"),
            Self::Alarm(mark) => write!(f, "{mark}"),
            Self::Escalation(step, number) => write!(f, "{step}: escalation {}", number + 1),
            Self::Signal(name) => write!(f, "{name}"),
            Self::OutOfWindow(name) => write!(f, "{name} outside its window"),
            Self::FourEyes(step) => write!(f, "four-eyes at {step}"),
            Self::Refusal(code) => write!(f, "{code}"),
            Self::Crash => write!(f, "a worker dies between claim and report"),
            Self::Stale => write!(f, "a late or repeated report"),
        }
    }
}
