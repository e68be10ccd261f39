//! Changes that can be changed back: what is corrected (Art. 16), and what is only stored from now on (Art. 18, 21, 7(3)).

mod correct;
mod lift;
mod stop;
#[cfg(test)]
mod tests;
mod whose;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use self::{
    correct::correct,
    stop::{Stop, stop},
};
use super::{
    lang::Text,
    map::Collection,
    record::{Key, Value},
    tier::Tier,
};

/// What one case changes, system by system. Frozen and sealed like an erasure: it holds what stood there before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangePlan {
    /// The case.
    pub case: String,
    /// How sure we must be who asked; `None`: the mailbox is enough, because nothing is shown and only sending ends.
    pub floor: Option<Tier>,
    /// Systems with something to change, in the order of the data map.
    pub systems: Vec<SystemChanges>,
}

/// What changes in one system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemChanges {
    /// `fides_key`.
    pub system: String,
    /// One per field and record; one per kind where a person has to do it.
    pub steps: Vec<Step>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Collection.
    pub collection: String,
    /// Which of the corrections asked for it is, from 0.
    pub asked: Option<usize>,
    /// What is done.
    #[serde(flatten)]
    pub act: Act,
}

/// What is done to it, and by whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// The connector writes one field of one record.
    Write {
        /// Which record.
        key: Key,
        /// Which field.
        field: String,
        /// What stands there.
        was: Value,
        /// What shall stand there.
        to: Value,
        /// What the record was found by: one that says otherwise by then is somebody else's.
        #[serde(default, skip_serializing_if = "Key::is_empty")]
        whose: Key,
    },
    /// No machine can or may.
    ByHand {
        /// Which field; `None`: the whole kind.
        field: Option<String>,
        /// What shall stand there.
        to: Option<Value>,
        /// Why a person has to.
        why: ByHand,
    },
}

/// Why a person has to make a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ByHand {
    /// What is booked is corrected by a new entry (bokføringsloven § 9).
    AppendOnly,
    /// No record says what the person says it says.
    Differs,
    /// Several records, and nothing tells which one is meant.
    Several,
    /// The field holds a file, or something that could not be read.
    Unreadable,
    /// The system cannot mark a record as only stored.
    NoFlag,
    /// It lies inside a document or a list, or in a row that nothing names.
    Inside,
}

impl ByHand {
    /// The name in texts: `by-hand-{name}`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AppendOnly => "append-only",
            Self::Differs => "differs",
            Self::Several => "several",
            Self::Unreadable => "unreadable",
            Self::NoFlag => "no-flag",
            Self::Inside => "inside",
        }
    }
}

/// Which of the corrections asked for are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// Every change of the plan.
    All,
    /// These corrections, by their number.
    Only(BTreeSet<usize>),
}

impl Applied {
    /// Whether a step is among them.
    pub fn covers(&self, step: &Step) -> bool {
        match self {
            Self::All => true,
            Self::Only(numbers) => step.asked.is_some_and(|number| numbers.contains(&number)),
        }
    }
}

/// One field of one record that a connector writes.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// Collection.
    pub collection: String,
    /// Which record.
    pub key: Key,
    /// Which field.
    pub field: String,
    /// What it was when the plan was made; something else by then is somebody else's work, and left alone.
    pub was: Value,
    /// What it shall be.
    pub to: Value,
    /// What the record was found by, field by field: one that says otherwise is somebody else's, and left alone.
    pub whose: Key,
}

impl ChangePlan {
    /// One system's part.
    pub fn system(&self, key: &str) -> Option<&SystemChanges> {
        self.systems.iter().find(|part| part.system == key)
    }

    /// The same plan without what only a person could do.
    #[must_use]
    pub fn by_machine(mut self) -> Self {
        for part in &mut self.systems {
            part.steps.retain(|step| matches!(step.act, Act::Write { .. }));
        }
        self
    }

    /// Whether nothing is to be changed.
    pub fn is_empty(&self) -> bool {
        self.systems.is_empty()
    }

    /// Every step that is made, with its system.
    pub fn steps<'p>(&'p self, applied: &'p Applied) -> impl Iterator<Item = (&'p str, &'p Step)> {
        let all = self.systems.iter().flat_map(|part| part.steps.iter().map(move |step| (part.system.as_str(), step)));
        all.filter(|(_, step)| applied.covers(step))
    }

    /// Kinds that change, as system and collection, each once.
    pub fn kinds<'p>(&'p self, applied: &'p Applied) -> Vec<(&'p str, &'p str)> {
        let mut kinds = Vec::new();
        for (system, step) in self.steps(applied) {
            let kind = (system, step.collection.as_str());
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    fn add(&mut self, system: &str, step: Step) {
        match self.systems.iter_mut().find(|part| part.system == system) {
            Some(part) => part.steps.push(step),
            None => self.systems.push(SystemChanges { system: system.to_owned(), steps: vec![step] }),
        }
    }
}

impl SystemChanges {
    /// What the connector writes.
    pub fn writes(&self, applied: &Applied) -> Vec<Write> {
        let steps = self.steps.iter().filter(|step| applied.covers(step));
        steps.filter_map(Step::write).collect()
    }

    /// With the steps of another part that are about other places.
    #[must_use]
    pub fn and(mut self, more: Option<&Self>) -> Self {
        let place = |step: &Step| step.write().map(|write| (write.collection, write.key, write.field));
        let known: Vec<_> = self.steps.iter().map(place).collect();
        let new = more.into_iter().flat_map(|more| &more.steps).filter(|step| !known.contains(&place(step)));
        self.steps.extend(new.cloned());
        self
    }

    /// What a person has to do, and why.
    pub fn by_hand<'p>(&'p self, applied: &'p Applied) -> impl Iterator<Item = ByHand> + 'p {
        self.steps.iter().filter(|step| applied.covers(step)).filter_map(|step| match step.act {
            Act::ByHand { why, .. } => Some(why),
            Act::Write { .. } => None,
        })
    }
}

impl Step {
    /// Which field changes, where it is one.
    pub fn field(&self) -> Option<&str> {
        match &self.act {
            Act::Write { field, .. } => Some(field),
            Act::ByHand { field, .. } => field.as_deref(),
        }
    }

    /// What the person calls what stops: a tick by its own name, because the rest of its kind goes on; else the whole kind.
    pub fn label<'c>(&self, collection: &'c Collection) -> &'c Text {
        let tick = self.field().and_then(|field| collection.field(field)).filter(|field| field.marketing);
        tick.map_or(&collection.label, |field| &field.label)
    }

    fn write(&self) -> Option<Write> {
        let Act::Write { key, field, was, to, whose } = &self.act else { return None };
        let (was, to, whose) = (was.clone(), to.clone(), whose.clone());
        Some(Write { collection: self.collection.clone(), key: key.clone(), field: field.clone(), was, to, whose })
    }
}
