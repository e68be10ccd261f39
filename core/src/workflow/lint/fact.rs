//! What can be certain at a place of the graph, as bits of one number.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    catalogue::{Catalogue, Owes},
    compiled::{Compiled, Kind},
};

/// A set of [`Proof`]s.
pub(super) type Facts = u128;

/// One thing that may be certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Proof<'c> {
    /// A fact of the catalogue.
    Fact(&'c str),
    /// Somebody did this task.
    Did(&'c str),
    /// This stage was entered since the case was opened (again).
    Entered(&'c str),
    /// This step of a branch has come to its good end in that branch.
    Ended(&'c str),
}

/// Everything that some rule asks about; the rest is not followed. Bits that there is no room for are never certain.
#[derive(Debug)]
pub(super) struct Proofs<'c>(BTreeMap<Proof<'c>, Facts>);

impl<'c> Proofs<'c> {
    pub(super) fn of(def: &'c Compiled, catalogue: &'c Catalogue) -> Self {
        let mut asked = BTreeSet::new();
        for node in def.nodes() {
            asked.extend(node.needs.iter().map(|fact| Proof::Fact(fact)));
            if let Kind::Task(task) = &node.kind {
                asked.extend(task.not_by.iter().map(|step| Proof::Did(step)));
            }
            if node.parent.is_some() && !node.on_join.is_empty() {
                asked.insert(Proof::Ended(&node.id));
            }
        }
        for obligation in &catalogue.obligations {
            match &obligation.owes {
                Owes::AtClose { facts, .. } | Owes::BeforeStaff { facts } => asked.extend(facts.iter().map(|fact| Proof::Fact(fact))),
                Owes::Supersedes { .. } | Owes::Apart { .. } | Owes::Needs | Owes::RefusalSections { .. } => {}
            }
        }
        asked.extend(def.signals.iter().filter_map(|signal| signal.until.as_deref()).map(Proof::Entered));
        asked.extend(def.stages.iter().filter(|stage| stage.point_of_no_return).map(|stage| Proof::Entered(&stage.id)));
        Self(asked.into_iter().zip((0..Facts::BITS).map(|bit| 1 << bit)).collect())
    }

    /// Its bit; none: it is not followed.
    pub(super) fn bit(&self, proof: Proof<'_>) -> Facts {
        self.0.get(&proof).copied().unwrap_or_default()
    }

    /// The bits of facts of the catalogue.
    pub(super) fn facts<'f>(&self, names: impl IntoIterator<Item = &'f String>) -> Facts {
        names.into_iter().fold(0, |bits, name| bits | self.bit(Proof::Fact(name)))
    }

    /// The facts of the catalogue whose bits are set.
    pub(super) fn named(&self, facts: Facts) -> impl Iterator<Item = &'c str> {
        self.0.iter().filter_map(move |(proof, bit)| match proof {
            Proof::Fact(name) if facts & bit != 0 => Some(*name),
            _ => None,
        })
    }

    /// The bits of all proofs of a kind.
    pub(super) fn all(&self, kind: impl Fn(Proof<'_>) -> bool) -> Facts {
        self.0.iter().filter(|(proof, _)| kind(**proof)).fold(0, |bits, (_, bit)| bits | bit)
    }
}
