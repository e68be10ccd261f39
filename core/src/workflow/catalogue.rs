//! What definitions may call, handed in as plain values: outcomes, effects, and the facts that things need, prove and undo.
//!
//! Facts live here and nowhere else. If a definition could grant a fact, proving that fact would be worth nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::definition::Ending;

/// Everything a definition may name.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// `do:`
    pub actions: BTreeMap<String, Action>,
    /// `decide:`
    pub decisions: BTreeMap<String, Terms>,
    /// The text of decisions that an organisation writes itself. It is pinned with every definition that asks them.
    pub written: BTreeMap<String, String>,
    /// `form:`
    pub forms: BTreeMap<String, Form>,
    /// `with: {letter: …}`
    pub letters: BTreeMap<String, Letter>,
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
    /// Facts that a person may state by hand: they are about what people think, not about what the house must find.
    pub attestable: BTreeSet<String>,
    /// What every definition owes, whatever it says.
    pub obligations: Vec<Obligation>,
    /// Roles that may leave a step out or send a case back when something went wrong.
    pub leads: BTreeSet<String>,
}

impl Catalogue {
    /// Every fact that anything can prove.
    pub(super) fn facts(&self) -> BTreeSet<&str> {
        let terms = self.actions.values().map(|action| &action.terms);
        let terms = terms.chain(self.decisions.values());
        let terms = terms.chain(self.letters.values().map(|letter| &letter.terms)).chain(self.forms.values().map(|form| &form.terms));
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

/// What a second attempt does when nobody knows whether the first one took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Idempotency {
    /// It comes to the same by its nature: reading, deleting by id.
    Natural,
    /// It comes to the same because whoever receives it knows its key.
    Key,
    /// It happens twice: an attempt that began and was never reported waits for a person.
    None,
}

/// An action.
#[derive(Debug, Clone)]
pub struct Action {
    /// What it does to the world.
    pub effect: Effect,
    /// What a second attempt does.
    pub idempotency: Idempotency,
    /// Settings it must be given.
    pub takes: Vec<String>,
    /// Outcomes by which it says that it did not succeed: they never lead where success does.
    pub failures: Vec<String>,
    /// Settings that people may add or change when it has failed.
    pub changeable: Vec<String>,
    /// Outcomes and facts.
    pub terms: Terms,
}

impl Action {
    /// An action with one outcome, `done`, until [`Action::ends`] says more.
    pub fn new(effect: Effect) -> Self {
        let none = Vec::new;
        Self { effect, idempotency: Idempotency::Key, takes: none(), failures: none(), changeable: none(), terms: Terms::new(["done"]) }
    }

    /// Outcomes by which it says that it did not succeed.
    #[must_use]
    pub fn fails<const N: usize>(mut self, outcomes: [&str; N]) -> Self {
        self.failures = owned(outcomes);
        self
    }

    /// What a second attempt does; by its key it does nothing, where nothing else is said.
    #[must_use]
    pub const fn idempotency(mut self, idempotency: Idempotency) -> Self {
        self.idempotency = idempotency;
        self
    }

    /// Settings that people may add or change when it has failed.
    #[must_use]
    pub fn changeable<const N: usize>(mut self, settings: [&str; N]) -> Self {
        self.changeable = owned(settings);
        self
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
    /// Whether the statutory clock may stand still while the subject owes it.
    pub stops_clock: bool,
    /// Who may be asked to fill it in; empty: any role.
    pub roles: BTreeSet<String>,
    /// Outcomes and facts.
    pub terms: Terms,
}

impl Form {
    /// A form for staff.
    pub fn staff<const N: usize>(outcomes: [&str; N]) -> Self {
        Self { by_subject: false, four_eyes: false, stops_clock: false, roles: BTreeSet::new(), terms: Terms::new(outcomes) }
    }

    /// A form for the subject.
    pub fn subject<const N: usize>(outcomes: [&str; N]) -> Self {
        Self { by_subject: true, ..Self::staff(outcomes) }
    }

    /// The statutory clock may stand still while the subject owes it.
    #[must_use]
    pub const fn stops_clock(mut self) -> Self {
        self.stops_clock = true;
        self
    }

    /// Only these roles may be asked to fill it in.
    #[must_use]
    pub fn only<const N: usize>(mut self, roles: [&str; N]) -> Self {
        self.roles = set(roles);
        self
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

/// A letter: what it is made of, and what sending it needs and proves.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The parts it always has, such as `reasons`.
    pub sections: BTreeSet<String>,
    /// It refuses the request, whole or in part.
    pub refuses: bool,
    /// Facts; a letter has no outcomes of its own.
    pub terms: Terms,
}

impl Letter {
    /// A letter with these parts.
    pub fn of<const N: usize>(sections: [&str; N]) -> Self {
        Self { sections: set(sections), refuses: false, terms: Terms::default() }
    }

    /// It refuses, whole or in part.
    #[must_use]
    pub const fn refusing(mut self) -> Self {
        self.refuses = true;
        self
    }

    /// Its facts.
    #[must_use]
    pub fn facts(mut self, facts: impl FnOnce(Terms) -> Terms) -> Self {
        self.terms = facts(self.terms);
        self
    }
}

/// Something that every definition owes, with the code and the law that its diagnostic names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// Such as `G001-unanswered`.
    pub code: &'static str,
    /// Where it stands, such as `Art. 12(3)`.
    pub law: &'static str,
    /// What is owed.
    pub owes: Owes,
}

/// What a definition owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owes {
    /// A case that ends so has these facts certain.
    AtClose {
        /// Which endings; empty: all.
        endings: Vec<Ending>,
        /// The facts.
        facts: Vec<String>,
    },
    /// These facts are certain before any task of staff is opened.
    BeforeStaff {
        /// The facts.
        facts: Vec<String>,
    },
    /// Whatever stands under this code, by [`Terms::rule`], has what it needs certain before it begins.
    Needs,
    /// A letter that refuses, whole or in part, has these parts. About the catalogue itself, so that no definition can escape it.
    RefusalSections {
        /// The parts.
        sections: Vec<String>,
    },
    /// Whoever sends a case into the stage of a task with this form may not do that task.
    Apart {
        /// The form of the task.
        form: String,
    },
    /// Whatever proves `plan` undoes `approval`: what was approved is what is done.
    Supersedes {
        /// The fact that a change proves anew.
        plan: String,
        /// The fact that it undoes.
        approval: String,
    },
}

/// How something may end, and what it needs, proves and undoes.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// The rule that its needs stand for; none: they are only declared.
    pub rule: Option<&'static str>,
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

    /// The rule that its needs stand for.
    #[must_use]
    pub const fn rule(mut self, code: &'static str) -> Self {
        self.rule = Some(code);
        self
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
