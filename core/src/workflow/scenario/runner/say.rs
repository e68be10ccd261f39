//! Lines of a scenario as events of the engine, and back in words.

use std::collections::BTreeMap;

use super::{
    super::{
        super::{
            event::{Event, EventKind, Resolution, Wait},
            refusal::Refusal,
        },
        How, Lists, Said, What,
        report::words,
    },
    Player,
};

impl Player<'_> {
    pub(super) fn event(&self, by: &str, kind: EventKind) -> Event {
        let handle = by.strip_prefix("staff/").unwrap_or_default();
        let roles = self.scenario.people.get(handle).cloned().unwrap_or_default();
        Event { id: (self.journal.len() + 1).to_string(), at: self.now, by: by.to_owned(), roles, kind }
    }

    pub(super) fn kind(&self, what: &What) -> EventKind {
        match what {
            What::Report(said) => EventKind::Reported { wait: said.spot.wait(), outcome: self.outcome(said), lists: map(&said.lists) },
            What::Submit(said) => EventKind::Submitted { wait: said.spot.wait(), outcome: self.outcome(said) },
            What::Fail(spot) => EventKind::Failed { wait: spot.wait(), cause: "gave up".to_owned() },
            What::Signal(name) => EventKind::Signalled { name: name.text.clone() },
            What::Resolve(spot, how) => EventKind::Resolved { wait: spot.wait(), how: resolution(how) },
        }
    }

    /// The outcome as said, or the only one there is.
    pub(super) fn outcome(&self, said: &Said) -> String {
        let usual = || self.def.node(said.spot.step.as_str()).and_then(|node| node.outcomes.first().cloned());
        said.outcome.as_ref().map(|outcome| outcome.text.clone()).or_else(usual).unwrap_or_default()
    }

    /// What the simulated house answers: as said for the branch, as said for the step, or the step's first outcome.
    pub(super) fn answer(&self, wait: &Wait) -> (String, BTreeMap<String, Vec<String>>) {
        let answers = &self.scenario.answers;
        let exact = answers.iter().find(|said| said.spot.wait() == *wait);
        let said = exact.or_else(|| answers.iter().find(|said| said.spot.branch.is_none() && said.spot.step.text == wait.step));
        let usual = || self.def.node(&wait.step).and_then(|node| node.outcomes.first().cloned()).unwrap_or_default();
        said.map_or_else(|| (usual(), BTreeMap::new()), |said| (self.outcome(said), map(&said.lists)))
    }
}

pub(super) fn map(lists: &Lists) -> BTreeMap<String, Vec<String>> {
    lists.iter().map(|(name, items)| (name.text.clone(), items.clone())).collect()
}

fn resolution(how: &How) -> Resolution {
    match how {
        How::Retry => Resolution::Retry,
        How::ByHand(outcome) => Resolution::ByHand { outcome: outcome.text.clone() },
        How::Skip => Resolution::Skip { reason: "left out".to_owned() },
        How::Restart => Resolution::Restart,
    }
}

pub(super) fn refused(refusal: &Refusal) -> String {
    format!("refused with `{}`: {refusal}", refusal.code())
}

pub(super) fn said_of(kind: &EventKind) -> String {
    match kind {
        EventKind::Opened { .. } => "opening".to_owned(),
        EventKind::Submitted { wait, outcome } | EventKind::Reported { wait, outcome, .. } => format!("`{wait} -> {outcome}`"),
        EventKind::Failed { wait, .. } => format!("the failure of `{wait}`"),
        EventKind::Resolved { wait, .. } => format!("the end of the incident at `{wait}`"),
        EventKind::Elapsed { timer } => format!("the timer {}", words(&[timer.kind()])),
        EventKind::Migrated { .. } => "the move to another version".to_owned(),
        EventKind::Signalled { name } => format!("`{name}`"),
    }
}
