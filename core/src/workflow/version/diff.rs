//! What differs between two definitions, in the words of the language, and what that means for cases that wait in the older one.

use std::{collections::BTreeSet, fmt};

use serde::Serialize;

use super::super::{
    command::Work,
    compiled::{Compiled, Kind, Node, Stage},
};

/// The difference. Empty lists: nothing of that sort differs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Diff {
    /// Steps that only the newer one has.
    pub added: Vec<String>,
    /// Steps that only the older one has.
    pub removed: Vec<String>,
    /// Steps that both have, and that differ.
    pub changed: Vec<StepChange>,
    /// Stages that only the newer one has.
    pub stages_added: Vec<String>,
    /// Stages that only the older one has.
    pub stages_removed: Vec<String>,
    /// Stages that end or begin otherwise.
    pub stages_changed: Vec<String>,
    /// Any-time events that differ.
    pub events_changed: Vec<String>,
    /// Whether the statutory clock differs.
    pub clock_changed: bool,
}

/// How one step differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepChange {
    /// The step.
    pub step: String,
    /// In which respects.
    pub what: BTreeSet<Changed>,
}

/// A respect in which a step differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Changed {
    /// It stands in another stage or loop.
    Place,
    /// It does something else.
    Work,
    /// Another form.
    Form,
    /// Other people may do it, or may not.
    People,
    /// Another due date or escalation.
    Time,
    /// Other outcomes, or they lead elsewhere.
    Ways,
    /// It needs or proves other facts.
    Facts,
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Place => "place",
            Self::Work => "work",
            Self::Form => "form",
            Self::People => "people",
            Self::Time => "time",
            Self::Ways => "ways",
            Self::Facts => "facts",
        })
    }
}

/// What a difference means for a case that waits at a step of the older definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The step is the same.
    Same,
    /// It is there, and differs.
    Changed,
    /// It is gone: a migration must say which step takes its place.
    Gone,
}

impl Diff {
    /// Whether the two do the same.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What the difference means for who waits at a step.
    pub fn standing(&self, step: &str) -> Standing {
        if self.removed.iter().any(|removed| removed == step) {
            Standing::Gone
        } else if self.changed.iter().any(|changed| changed.step == step) {
            Standing::Changed
        } else {
            Standing::Same
        }
    }
}

/// Compares two definitions.
pub fn diff(older: &Compiled, newer: &Compiled) -> Diff {
    let names = |def: &Compiled| def.nodes().map(|node| node.id.clone()).collect::<BTreeSet<_>>();
    let stages = |def: &Compiled| def.stages.iter().map(|stage| stage.id.clone()).collect::<BTreeSet<_>>();
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).cloned().collect::<Vec<_>>();
    let (old_steps, new_steps, old_stages, new_stages) = (names(older), names(newer), stages(older), stages(newer));
    let both = older.nodes().filter_map(|node| Some((node, newer.node(&node.id)?)));
    let stage_pairs = older.stages.iter().filter_map(|stage| Some((stage, newer.stage(&stage.id)?)));
    Diff {
        added: only(&new_steps, &old_steps),
        removed: only(&old_steps, &new_steps),
        changed: both.filter_map(|(one, other)| step_change(one, other)).collect(),
        stages_added: only(&new_stages, &old_stages),
        stages_removed: only(&old_stages, &new_stages),
        stages_changed: stage_pairs.filter(|(one, other)| !same_stage(one, other)).map(|(one, _)| one.id.clone()).collect(),
        events_changed: events_changed(older, newer),
        clock_changed: clock(older) != clock(newer),
    }
}

fn step_change(one: &Node, other: &Node) -> Option<StepChange> {
    let mut what = BTreeSet::new();
    let mut note = |differs: bool, changed: Changed| {
        if differs {
            what.insert(changed);
        }
    };
    note((&one.stage, &one.parent) != (&other.stage, &other.parent), Changed::Place);
    note((&one.routes, &one.limits, &one.exhausted) != (&other.routes, &other.limits, &other.exhausted), Changed::Ways);
    note((&one.needs, &one.changes, &one.on_join) != (&other.needs, &other.changes, &other.on_join), Changed::Facts);
    match (&one.kind, &other.kind) {
        (Kind::Task(one_task), Kind::Task(other_task)) => {
            note(one_task.form != other_task.form || one_task.shows != other_task.shows, Changed::Form);
            note((&one_task.roles, &one_task.not_by) != (&other_task.roles, &other_task.not_by), Changed::People);
            let pauses = one.pauses != other.pauses;
            note(pauses || (one_task.due, &one_task.escalate) != (other_task.due, &other_task.escalate), Changed::Time);
        }
        (Kind::Work { work, .. }, Kind::Work { work: other_work, .. }) => {
            note(deed(work) != deed(other_work), Changed::Work);
            note(work.retry() != other_work.retry(), Changed::Time);
        }
        (Kind::Loop(inner), Kind::Loop(other_inner)) => {
            note((&inner.list, inner.join) != (&other_inner.list, other_inner.join), Changed::Work);
        }
        _ => note(true, Changed::Work),
    }
    (!what.is_empty()).then(|| StepChange { step: one.id.clone(), what })
}

/// Whether who was given the task notices nothing: what follows from it may differ.
pub(super) fn same_task(one: &Node, other: &Node) -> bool {
    let unseen = |what: &Changed| matches!(what, Changed::Place | Changed::Ways | Changed::Facts);
    one.id == other.id && step_change(one, other).is_none_or(|change| change.what.iter().all(unseen))
}

/// What is done, without how often it is tried.
fn deed(work: &Work) -> (&str, Vec<(&String, &String)>) {
    match work {
        Work::Act { action, with, .. } => (action, with.iter().collect()),
        Work::Decide { decision, over, .. } => (decision, over.iter().map(|over| (decision, over)).collect()),
    }
}

fn same_stage(one: &Stage, other: &Stage) -> bool {
    (&one.entry, one.close, one.point_of_no_return) == (&other.entry, other.close, other.point_of_no_return)
}

fn events_changed(older: &Compiled, newer: &Compiled) -> Vec<String> {
    let rules = |def: &Compiled, name: &str| def.signals.iter().filter(|rule| rule.event == name).cloned().collect::<Vec<_>>();
    let names: BTreeSet<&String> = older.signals.iter().chain(&newer.signals).map(|rule| &rule.event).collect();
    names.into_iter().filter(|name| rules(older, name) != rules(newer, name)).cloned().collect()
}

/// The clock without the places its names stand at.
pub(super) fn clock(def: &Compiled) -> impl PartialEq + use<> {
    let clock = &def.clock;
    let alarms: Vec<_> = clock
        .alarms
        .iter()
        .map(|alarm| (alarm.at, texts(&alarm.tell), alarm.raise, alarm.record.as_ref().map(|it| it.text.clone())))
        .collect();
    let extend = clock.extend.as_ref().map(|extend| (extend.by, extend.letter.text.clone(), texts(&extend.reasons)));
    (clock.period, clock.goal, extend, alarms)
}

fn texts(names: &[super::super::definition::Name]) -> Vec<String> {
    names.iter().map(|name| name.text.clone()).collect()
}
