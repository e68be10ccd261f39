//! How sure an act needs us to be who asks: by right and by what is at stake (Art. 12(6), EDPB 01/2022 §65, 73).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    ask::Asked,
    map::{Class, Collection, Field, System},
    portable::is_taken_along,
    record::Record,
    right::Right,
    tier::Tier,
};

/// What a wrong answer to an impostor would put at risk. Ordered: the highest decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stake {
    /// Contact data, orders, messages.
    Ordinary,
    /// The channels by which the person is reached: who changes them takes over what comes after.
    Channel,
    /// Passport, national number, health, criminal record, bank account, documents.
    HighRisk,
}

impl Stake {
    /// What `organisation.yaml` calls them.
    pub const WORDS: [(&'static str, Self); 3] = [("ordinary", Self::Ordinary), ("contact", Self::Channel), ("high-risk", Self::HighRisk)];

    /// The floor that habeas sets.
    const fn floor(self) -> Tier {
        match self {
            Self::Ordinary => Tier::SecondItem,
            Self::Channel => Tier::TwoChannels,
            Self::HighRisk => Tier::Substantial,
        }
    }
}

/// Where an organisation sets another floor than habeas does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Floor {
    /// For which right; `None`: for each.
    pub right: Option<Right>,
    /// For what.
    pub data: Stake,
    /// How sure.
    pub tier: Tier,
    /// Why. Owed where the floor is lower than ours; goes into the log and the authority's bundle.
    pub reason: Option<String>,
}

impl Floor {
    /// Whether it asks for less than habeas would.
    pub fn is_lower(&self) -> bool {
        self.tier < self.data.floor()
    }

    /// Whether it asks for more than habeas would: as wrong as asking for less, unless there is a reason.
    pub fn is_higher(&self) -> bool {
        self.tier > self.data.floor()
    }
}

/// The floors of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Floors {
    set: BTreeMap<(Stake, Option<Right>), Floor>,
    channels: Vec<String>,
}

impl Floors {
    /// Floors that differ from ours (of two for the same right and data the last one counts), and the identity kinds by which a
    /// person is reached.
    pub fn new(set: impl IntoIterator<Item = Floor>, channels: Vec<String>) -> Self {
        Self { set: set.into_iter().map(|floor| ((floor.data, floor.right), floor)).collect(), channels }
    }

    /// The lowest tier at which a right may touch all of some fields that hold a value; none of them is as ordinary as it gets.
    pub fn of_fields<'f>(&self, right: Right, fields: impl IntoIterator<Item = &'f Field>) -> Tier {
        let least = self.of(right, Stake::Ordinary);
        fields.into_iter().map(|field| self.of(right, self.stake(right, field))).max().map_or(least, |tier| tier.max(least))
    }

    /// The lowest tier for everything that a request is about among the values found; an empty field discloses nothing.
    pub fn of_request(&self, right: Right, asked: &Asked, systems: &[System], records: &[Record]) -> Tier {
        let matters = |collection: &Collection, field: &Field, address: &str| match asked {
            Asked::Corrections(corrections) => corrections.iter().any(|it| it.kind == address && it.field == field.name),
            _ => right != Right::Portability || is_taken_along(collection, field),
        };
        let touched = records.iter().flat_map(|record| {
            let collection = systems.iter().find(|it| it.key == record.system).and_then(|it| it.collection(&record.collection));
            let address = record.address();
            let held = move |collection: &'_ Collection, field: &&Field| {
                !record.value(&field.name).is_null() && matters(collection, field, &address)
            };
            collection.into_iter().flat_map(move |it| it.fields.iter().filter(|field| held(it, field)).collect::<Vec<_>>())
        });
        self.of_fields(right, touched)
    }

    /// What is at stake when a right touches a field.
    fn stake(&self, right: Right, field: &Field) -> Stake {
        let is_channel = || field.identity.as_ref().is_some_and(|kind| self.channels.contains(kind));
        match field.class() {
            Class::HighRisk => Stake::HighRisk,
            Class::Ordinary if right == Right::Rectification && is_channel() => Stake::Channel,
            Class::Ordinary => Stake::Ordinary,
        }
    }

    /// The lowest tier at which something may be shown, handed out, corrected or erased.
    pub fn of(&self, right: Right, stake: Stake) -> Tier {
        self.set(right, stake).map_or(stake.floor(), |floor| floor.tier)
    }

    /// The lowest tier that anything asks for.
    pub fn least(&self) -> Tier {
        Right::ALL.into_iter().map(|right| self.of(right, Stake::Ordinary)).min().unwrap_or(Tier::SecondItem)
    }

    /// What the organisation has set for it, if it has: one for the right is stronger than one for each.
    pub fn set(&self, right: Right, stake: Stake) -> Option<&Floor> {
        self.set.get(&(stake, Some(right))).or_else(|| self.set.get(&(stake, None)))
    }

    /// Why a floor of this height is lower than habeas would set it for this right, where it is.
    pub fn lowered(&self, right: Right, tier: Tier) -> Option<&str> {
        let counts = |floor: &&Floor| floor.tier == tier && floor.is_lower() && self.set(right, floor.data) == Some(floor);
        self.set.values().find(counts)?.reason.as_deref()
    }

    /// Everything that was set.
    pub fn all(&self) -> impl Iterator<Item = &Floor> {
        self.set.values()
    }
}

#[cfg(test)]
mod tests {
    use super::{Floor, Floors, Stake};
    use crate::law::{right::Right, tier::Tier};

    fn floor(right: Option<Right>, data: Stake, tier: Tier) -> Floor {
        Floor { right, data, tier, reason: None }
    }

    #[test]
    fn without_settings_our_floors_count_for_every_right() {
        for right in Right::ALL {
            let floors = Floors::default();
            assert_eq!(floors.of(right, Stake::Ordinary), Tier::SecondItem);
            assert_eq!(floors.of(right, Stake::Channel), Tier::TwoChannels);
            assert_eq!(floors.of(right, Stake::HighRisk), Tier::Substantial);
        }
    }

    #[test]
    fn a_floor_for_one_right_is_stronger_than_one_for_each() {
        let floors = Floors::new(
            [floor(None, Stake::Ordinary, Tier::TwoChannels), floor(Some(Right::Erasure), Stake::Ordinary, Tier::Substantial)],
            Vec::new(),
        );
        assert_eq!(floors.of(Right::Erasure, Stake::Ordinary), Tier::Substantial);
        assert_eq!(floors.of(Right::Access, Stake::Ordinary), Tier::TwoChannels);
        assert_eq!(floors.of(Right::Access, Stake::HighRisk), Tier::Substantial, "what nobody set stays ours");
    }

    #[test]
    fn lower_and_higher_are_seen_from_our_own_floor() {
        let lower = floor(None, Stake::HighRisk, Tier::TwoChannels);
        let higher = floor(None, Stake::Ordinary, Tier::High);
        let same = floor(None, Stake::Channel, Tier::TwoChannels);
        assert!(lower.is_lower() && !lower.is_higher());
        assert!(higher.is_higher() && !higher.is_lower());
        assert!(!same.is_lower() && !same.is_higher());
    }
}
