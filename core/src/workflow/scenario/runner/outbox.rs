//! A simulated outbox: one row per piece of work, a fence that rises with every claim, and one key over all attempts.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        super::{
            event::{EventKind, WORKER, Wait},
            transition::transition,
        },
        Difference, Said, Way,
    },
    Player,
    say::map,
};

/// A claim: the row's key, the same over all attempts, and the fence.
type Claim = (usize, u32);

#[derive(Debug, Default)]
pub(super) struct Outbox {
    rows: BTreeMap<Wait, Claim>,
    /// Claims of workers that died.
    lost: BTreeMap<Wait, Claim>,
    /// Keys that took effect.
    pub(super) effects: BTreeSet<(Wait, usize)>,
}

impl Outbox {
    pub(super) fn add(&mut self, wait: &Wait, key: usize) {
        self.rows.insert(wait.clone(), (key, 0));
    }

    pub(super) fn remove(&mut self, wait: &Wait) {
        self.rows.remove(wait);
    }

    /// What was reported is no longer to be done.
    pub(super) fn settle(&mut self, kind: &EventKind) {
        if let EventKind::Reported { wait, .. } | EventKind::Failed { wait, .. } = kind {
            self.rows.remove(wait);
        }
    }

    /// Whether this is the first time that the row's key takes effect.
    pub(super) fn effect(&mut self, wait: &Wait) -> bool {
        self.rows.get(wait).is_some_and(|(key, _)| self.effects.insert((wait.clone(), *key)))
    }
}

impl Player<'_> {
    /// A worker takes a row and does what it says.
    pub(super) fn claim(&mut self, wait: &Wait) -> Result<(), Difference> {
        let row = self.outbox.rows.get_mut(wait);
        let claimed = row.map(|(_, fence)| *fence += 1);
        claimed.ok_or_else(|| Difference::new(format!("`{wait}` is work to be done"), "it is not open"))?;
        self.effect(wait)
    }

    pub(super) fn crash(&mut self, wait: &Wait) -> Result<(), Difference> {
        self.claim(wait)?;
        let claim = self.outbox.rows.get(wait).copied();
        self.outbox.lost.extend(claim.map(|claim| (wait.clone(), claim)));
        self.ways.insert(Way::Crash);
        Ok(())
    }

    /// The report of a worker that was taken for dead.
    pub(super) fn late(&mut self, wait: &Wait, said: &Said) -> Result<(), Difference> {
        let Some(lost) = self.outbox.lost.get(wait).copied() else {
            return Err(Difference::new(format!("a worker died at `{wait}`"), "none did"));
        };
        if self.outbox.rows.get(wait) == Some(&lost) {
            return Err(Difference::new(
                format!("the late report of `{wait}` is refused"),
                "nobody else has taken the work: it would count",
            ));
        }
        self.stale(wait, said)
    }

    /// A report that was taken before.
    pub(super) fn again(&mut self, wait: &Wait, said: &Said) -> Result<(), Difference> {
        if !self.outbox.effects.iter().any(|(done, _)| done == wait) {
            return Err(Difference::new(format!("`{wait}` was reported before"), "it was not"));
        }
        self.stale(wait, said)
    }

    /// While the step is open anew, the fence refuses the old report; else the engine does.
    fn stale(&mut self, wait: &Wait, said: &Said) -> Result<(), Difference> {
        let kind = EventKind::Reported { wait: wait.clone(), outcome: self.outcome(said), lists: map(&said.lists) };
        let taken = !self.outbox.rows.contains_key(wait) && transition(self.def, &self.state, &self.event(WORKER, kind)).is_ok();
        if taken {
            return Err(Difference::new(format!("the old report of `{wait}` is refused"), "it was accepted"));
        }
        self.ways.insert(Way::Stale);
        Ok(())
    }
}
