//! What every drawing says about a definition: numbers, verbs, and ways with the outcomes that take them.

use std::collections::BTreeMap;

use super::super::{
    command::Work,
    compiled::{Compiled, Kind, Node, OVERDUE, Signal, Target},
    definition::Ending,
};

/// Where a way arrives, stages resolved to where they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End<'d> {
    /// A step.
    Step(&'d str),
    /// The end of a branch of this loop.
    Branch(&'d str),
    /// The close of this stage.
    Close(&'d str),
}

/// Why a way is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// By outcomes.
    Outcome,
    /// Because the task was not done in time.
    Overdue,
    /// Because another way was taken as often as allowed.
    Limit,
}

/// A way out of a step, with all outcomes that lead there.
#[derive(Debug, Clone)]
pub(super) struct Way<'d> {
    pub(super) why: Why,
    pub(super) outcomes: Vec<&'d str>,
    /// How often it may be taken; of a way by limit, after how many times it is.
    pub(super) times: Option<u32>,
    pub(super) to: End<'d>,
}

impl Way<'_> {
    /// `erased, nothing`; `not-enough ≤ 2×`; `> 2×`.
    pub(super) fn label(&self) -> String {
        let words = self.outcomes.join(", ");
        match (self.why, self.times) {
            (Why::Limit, Some(times)) => format!("> {times}×"),
            (_, Some(times)) => format!("{words} ≤ {times}×"),
            (_, None) => words,
        }
    }
}

/// The ways out of a step: outcomes in the catalogue's order, then `overdue`, then what happens after a limit.
pub(super) fn ways<'d>(def: &'d Compiled, node: &'d Node) -> Vec<Way<'d>> {
    let listed = node.outcomes.iter().filter_map(|outcome| node.routes.get_key_value(outcome));
    let late = node.routes.get_key_value(OVERDUE).filter(|_| !node.outcomes.iter().any(|outcome| outcome == OVERDUE));
    let mut ways: Vec<Way<'_>> = Vec::new();
    for (outcome, target) in listed.chain(late) {
        let why = if outcome == OVERDUE { Why::Overdue } else { Why::Outcome };
        let (to, times) = (arrival(def, node, target), node.limits.get(target).copied());
        match ways.iter_mut().find(|way| (way.to, way.why, way.times) == (to, why, times)) {
            Some(way) => way.outcomes.push(outcome),
            None => ways.push(Way { why, outcomes: vec![outcome], times, to }),
        }
    }
    let times = node.limits.values().max().copied();
    let beyond = node.exhausted.as_ref().map(|target| Way { why: Why::Limit, outcomes: Vec::new(), times, to: arrival(def, node, target) });
    ways.extend(beyond);
    ways
}

fn arrival<'d>(def: &'d Compiled, node: &'d Node, target: &'d Target) -> End<'d> {
    match target {
        Target::Step(id) => End::Step(id),
        Target::Stage(id) => entry(def, id),
        Target::Close(id) => End::Close(id),
        Target::BranchEnd => End::Branch(node.parent.as_deref().unwrap_or(&node.id)),
    }
}

/// Where a stage begins.
pub(super) fn entry<'d>(def: &'d Compiled, stage: &'d str) -> End<'d> {
    match def.stage(stage).map(|stage| &stage.entry) {
        Some(Target::Step(id)) => End::Step(id),
        _ => End::Close(stage),
    }
}

/// The verb of a step, as definitions write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Task,
    Do,
    Decide,
    Each,
}

impl Verb {
    pub(super) const fn of(node: &Node) -> Self {
        match &node.kind {
            Kind::Task(_) => Self::Task,
            Kind::Work { work: Work::Act { .. }, .. } => Self::Do,
            Kind::Work { work: Work::Decide { .. }, .. } => Self::Decide,
            Kind::Loop(_) => Self::Each,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Do => "do",
            Self::Decide => "decide",
            Self::Each => "each",
        }
    }
}

/// What the verb of a step is about: the form, the action with its letter, the decision, the list.
pub(super) fn object(node: &Node) -> String {
    match &node.kind {
        Kind::Task(task) => task.form.clone(),
        Kind::Work { work: Work::Act { action, with, .. }, .. } => match with.get("letter") {
            Some(letter) => format!("{action} {letter}"),
            None => action.clone(),
        },
        Kind::Work { work: Work::Decide { decision, .. }, .. } => decision.clone(),
        Kind::Loop(inner) => inner.list.clone(),
    }
}

/// The steps of a loop's body, in order; of any other step, none.
pub(super) fn body<'d>(def: &'d Compiled, node: &'d Node) -> impl Iterator<Item = &'d Node> {
    let inner = if let Kind::Loop(inner) = &node.kind { inner.body.as_slice() } else { &[] };
    inner.iter().filter_map(|id| def.node(id))
}

/// How an any-time event may be sent: `subject · until decide`.
pub(super) fn window(signal: &Signal) -> String {
    let mut words = vec![signal.from.join(", ")];
    words.extend(signal.until.as_ref().map(|stage| format!("until {stage}")));
    words.extend((!signal.stages.is_empty()).then(|| format!("in {}", signal.stages.join(", "))));
    words.extend(signal.within.map(|within| format!("within {within}")));
    words.join(" · ")
}

/// `answered`, `refused`, `withdrawn`.
pub(super) const fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Answered => "answered",
        Ending::Refused => "refused",
        Ending::Withdrawn => "withdrawn",
    }
}

/// The title in English, else in the first language there is, else the name.
pub(super) fn title(def: &Compiled) -> &str {
    def.title.get("en").or_else(|| def.title.values().next()).map_or(&def.name, String::as_str)
}

/// Stages by number (`3`) and steps within them (`3.2`, `3.2.1`): the pictures and the words share them.
pub(super) fn numbers(def: &Compiled) -> BTreeMap<&str, String> {
    let mut numbers = BTreeMap::new();
    for (stage, n) in def.stages.iter().zip(1..) {
        numbers.insert(stage.id.as_str(), format!("{n}"));
        for (node, m) in stage.steps.iter().filter_map(|id| def.node(id)).zip(1..) {
            numbers.insert(node.id.as_str(), format!("{n}.{m}"));
            numbers.extend(body(def, node).zip(1..).map(|(inner, k)| (inner.id.as_str(), format!("{n}.{m}.{k}"))));
        }
    }
    numbers
}
