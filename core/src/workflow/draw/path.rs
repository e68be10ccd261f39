//! The way one case has gone, to be marked in the picture of its definition.

use std::collections::BTreeSet;

use super::{
    super::{Compiled, Event, Explanation, Refusal, compiled::JOINED, start, transition},
    graph::{Way, Why},
};

/// What a case has done and what it waits for: names of the definition only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Path {
    /// Steps that ended at least once.
    pub done: BTreeSet<String>,
    /// Steps that are open.
    pub open: BTreeSet<String>,
    /// Ways taken: the step and the outcome; no outcome: the way after a limit.
    pub taken: BTreeSet<(String, Option<String>)>,
    /// Any-time events that moved it.
    pub signals: BTreeSet<String>,
    /// The stage it is closed in.
    pub closed: Option<String>,
}

impl Path {
    /// The way that accepted events have led; they are replayed, so that it is the way the engine took.
    pub fn of<'e>(def: &Compiled, events: impl IntoIterator<Item = &'e Event>) -> Result<Self, Refusal> {
        let (mut path, mut state) = (Self::default(), None);
        for event in events {
            let step = match &state {
                None => start(def, event)?,
                Some(state) => transition(def, state, event)?,
            };
            step.explanations.iter().for_each(|why| path.follow(why));
            state = Some(step.state);
        }
        if let Some(state) = state {
            path.open = state.open.iter().map(|open| open.wait.step.clone()).collect();
            path.closed = state.closed.map(|_| state.stage);
        }
        Ok(path)
    }

    fn follow(&mut self, why: &Explanation) {
        match why {
            Explanation::LimitReached { wait, .. } => self.take(&wait.step, None),
            Explanation::Routed { wait, outcome, .. } => self.take(&wait.step, Some(outcome)),
            Explanation::Joined { step, .. } => self.take(step, Some(JOINED)),
            Explanation::Signalled { name, .. } => self.signals.extend([name.clone()]),
            _ => {}
        }
    }

    fn take(&mut self, step: &str, outcome: Option<&str>) {
        self.done.insert(step.to_owned());
        self.taken.insert((step.to_owned(), outcome.map(str::to_owned)));
    }

    /// Whether a way out of a step was taken.
    pub(super) fn has_taken(&self, step: &str, way: &Way<'_>) -> bool {
        let took = |outcome: Option<&str>| self.taken.contains(&(step.to_owned(), outcome.map(str::to_owned)));
        if way.why == Why::Limit { took(None) } else { way.outcomes.iter().any(|outcome| took(Some(outcome))) }
    }
}
