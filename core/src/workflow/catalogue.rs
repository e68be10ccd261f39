//! What definitions may call, handed in as plain values: outcomes, effects, and the facts that things need, prove and undo.
//!
//! Facts live here and nowhere else. If a definition could grant a fact, proving that fact would be worth nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Everything a definition may name.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// `do:`
    pub actions: BTreeMap<String, Action>,
    /// `decide:`
    pub decisions: BTreeMap<String, Terms>,
    /// `form:`
    pub forms: BTreeMap<String, Form>,
    /// `with: {letter: …}`; a letter has no outcomes of its own.
    pub letters: BTreeMap<String, Terms>,
    /// Roles of the house; `subject` is always there.
    pub roles: BTreeSet<String>,
    /// Lists that loops run over and decisions are made over.
    pub lists: BTreeSet<String>,
    /// Facts that are true from the first moment.
    pub given: BTreeSet<String>,
    /// Facts that end when the legal deadline passes.
    pub lapsing: BTreeSet<String>,
    /// Facts that end when an any-time event sends the case back or opens it again.
    pub restarting: BTreeSet<String>,
}

impl Catalogue {
    /// Every fact that anything can prove.
    pub(super) fn facts(&self) -> BTreeSet<&str> {
        let terms = self.actions.values().map(|action| &action.terms);
        let terms = terms.chain(self.decisions.values()).chain(self.letters.values()).chain(self.forms.values().map(|form| &form.terms));
        let granted = terms.flat_map(|terms| {
            let on = terms.on.values().flat_map(|change| &change.grants);
            terms.always.grants.iter().chain(on).chain(&terms.on_join)
        });
        granted.chain(&self.given).map(String::as_str).collect()
    }
}

/// What an action does to the world, from harmless to final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing outside the house's own rows.
    Internal,
    /// Reads elsewhere.
    Read,
    /// Changes something that can be changed back.
    Reversible,
    /// Reaches people or systems and cannot be unsent.
    External,
    /// Destroys.
    Irreversible,
}

/// An action.
#[derive(Debug, Clone)]
pub struct Action {
    /// What it does to the world.
    pub effect: Effect,
    /// Settings it must be given.
    pub takes: Vec<String>,
    /// Outcomes and facts.
    pub terms: Terms,
}

impl Action {
    /// An action with one outcome, `done`, until [`Action::ends`] says more.
    pub fn new(effect: Effect) -> Self {
        Self { effect, takes: Vec::new(), terms: Terms::new(["done"]) }
    }

    /// Its outcomes.
    #[must_use]
    pub fn ends<const N: usize>(mut self, outcomes: [&str; N]) -> Self {
        self.terms.outcomes = owned(outcomes);
        self
    }

    /// Settings it must be given.
    #[must_use]
    pub fn takes<const N: usize>(mut self, settings: [&str; N]) -> Self {
        self.takes = owned(settings);
        self
    }

    /// Its facts: `|terms| terms.needs([…]).grants_on(…)`.
    #[must_use]
    pub fn facts(mut self, facts: impl FnOnce(Terms) -> Terms) -> Self {
        self.terms = facts(self.terms);
        self
    }
}

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    /// Whether the subject fills it in, or staff.
    pub by_subject: bool,
    /// Whether a task with it must name steps whose doers may not do it.
    pub four_eyes: bool,
    /// Outcomes and facts.
    pub terms: Terms,
}

impl Form {
    /// A form for staff.
    pub fn staff<const N: usize>(outcomes: [&str; N]) -> Self {
        Self { by_subject: false, four_eyes: false, terms: Terms::new(outcomes) }
    }

    /// A form for the subject.
    pub fn subject<const N: usize>(outcomes: [&str; N]) -> Self {
        Self { by_subject: true, ..Self::staff(outcomes) }
    }

    /// Four eyes are required.
    #[must_use]
    pub const fn four_eyes(mut self) -> Self {
        self.four_eyes = true;
        self
    }

    /// Its facts.
    #[must_use]
    pub fn facts(mut self, facts: impl FnOnce(Terms) -> Terms) -> Self {
        self.terms = facts(self.terms);
        self
    }
}

/// How something may end, and what it needs, proves and undoes.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// In the order they are shown.
    pub outcomes: Vec<String>,
    /// Facts that must be certain before.
    pub needs: Vec<String>,
    /// What every outcome changes.
    pub always: Change,
    /// What one outcome changes.
    pub on: BTreeMap<String, Change>,
    /// Proven when a loop around it has ended in every branch; with no branch at all, too.
    pub on_join: Vec<String>,
}

/// Facts that begin and end. The ending ones go first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Proven.
    pub grants: Vec<String>,
    /// No longer proven.
    pub kills: Vec<String>,
}

impl Terms {
    /// So it may end, and nothing else is known.
    pub fn new<const N: usize>(outcomes: [&str; N]) -> Self {
        Self { outcomes: owned(outcomes), ..Self::default() }
    }

    /// Facts that must be certain before.
    #[must_use]
    pub fn needs<const N: usize>(mut self, facts: [&str; N]) -> Self {
        self.needs.extend(owned(facts));
        self
    }

    /// Proven by every outcome.
    #[must_use]
    pub fn grants<const N: usize>(mut self, facts: [&str; N]) -> Self {
        self.always.grants.extend(owned(facts));
        self
    }

    /// Undone by every outcome.
    #[must_use]
    pub fn kills<const N: usize>(mut self, facts: [&str; N]) -> Self {
        self.always.kills.extend(owned(facts));
        self
    }

    /// Proven by one outcome.
    #[must_use]
    pub fn grants_on<const N: usize>(mut self, outcome: &str, facts: [&str; N]) -> Self {
        self.on.entry(outcome.to_owned()).or_default().grants.extend(owned(facts));
        self
    }

    /// Undone by one outcome.
    #[must_use]
    pub fn kills_on<const N: usize>(mut self, outcome: &str, facts: [&str; N]) -> Self {
        self.on.entry(outcome.to_owned()).or_default().kills.extend(owned(facts));
        self
    }

    /// Proven when the loop around it has ended.
    #[must_use]
    pub fn grants_on_join<const N: usize>(mut self, facts: [&str; N]) -> Self {
        self.on_join.extend(owned(facts));
        self
    }

    /// What one outcome changes, all told.
    pub(super) fn change(&self, outcome: &str) -> Change {
        let mut change = self.always.clone();
        if let Some(more) = self.on.get(outcome) {
            change.grants.extend(more.grants.iter().cloned());
            change.kills.extend(more.kills.iter().cloned());
        }
        change
    }
}

/// Names as a set, for the catalogue's own fields.
pub fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

fn owned<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}
