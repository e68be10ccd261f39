//! What was found about a person, as far as the proof given allows it to be shown (Art. 12(6), 15(4)).

use std::{collections::BTreeSet, ops::Range};

use habeas_core::law::{
    connected::Connected,
    decide::{KeptUntil, Reason, RecordFacts, keep_until_of},
    hold::{Hold, Whose},
    lang::Text,
    map::{Class, Collection, Field, System},
    record::Record,
    right::Right,
    tier::Tier,
};
use jiff::civil::Date;

use super::Mine;
use crate::{
    store::{
        StoreError,
        case::Phase,
        finding::{self, Finding},
        hold, package,
        part::{Depth, Reading},
        sealed, task,
    },
    view::{
        look::Look,
        portal::held::{Acts, Card, Held, Keep, Taking, Withheld},
    },
};

/// Everything found in one case.
pub(super) struct Holding<'a> {
    look: &'a Look,
    pub(super) mine: Mine,
    /// Cut where they stand in parts.
    pub(super) records: Vec<Record>,
    findings: Vec<Finding>,
    holds: Vec<Hold>,
    /// Kinds the person asked about; `None`: everything.
    chosen: Option<Vec<String>>,
    /// Data about others was looked at and let go (Art. 15(4)).
    pub(super) released: bool,
}

impl<'a> Holding<'a> {
    /// Opens what was found. Before the person is proven by more than a mailbox there is nothing to see.
    pub(super) async fn open(look: &'a Look, mailbox: &str, reference: &str) -> Result<Option<Self>, StoreError> {
        let mine = Mine::open_answer(look, mailbox, reference).await?;
        let Some(mine) = mine.filter(|mine| mine.case.tier >= Some(Tier::SecondItem)) else { return Ok(None) };
        Ok(Some(Self {
            released: task::others_released(&mine.tasks),
            records: sealed::found(&look.store, &look.keys, &mine.case, Depth::Brief).await?,
            findings: finding::of_case(&look.store, reference).await?,
            holds: hold::all(&look.store).await?.into_iter().map(|stored| stored.hold).collect(),
            chosen: sealed::applicant(&look.keys, &mine.case)?.kinds,
            look,
            mine,
        }))
    }

    /// Every kind the person asked about.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (&'a System, &'a Collection)> {
        let look = self.look;
        let all =
            look.organisation.systems().iter().flat_map(|system| system.collections.iter().map(move |collection| (system, collection)));
        all.filter(|(system, collection)| self.chosen.as_ref().is_none_or(|kinds| kinds.contains(&address(system, collection))))
    }

    /// The records of one kind.
    pub(super) fn of(&self, system: &System, collection: &Collection) -> Vec<&Record> {
        self.records.iter().filter(|record| record.system == system.key && record.collection == collection.name).collect()
    }

    /// Gives some records of one kind, whole and one after the other.
    pub(super) async fn whole(
        &self,
        (system, collection): (&System, &Collection),
        places: Range<usize>,
        mut take: impl FnMut(usize, &Record),
    ) -> Result<(), StoreError> {
        if !self.findings.iter().any(|finding| finding.system == system.key && finding.parts.is_some()) {
            let records = self.of(system, collection).into_iter().enumerate();
            records.skip(places.start).take(places.len()).for_each(|(place, record)| take(place, record));
            return Ok(());
        }
        let (look, case) = (self.look, &self.mine.case);
        let mut reading = Reading::of_kind(&look.store, &look.keys, case, &system.key, &collection.name).await?;
        for place in 0..places.end {
            let depth = if places.contains(&place) { Depth::Whole } else { Depth::Brief };
            let Some(record) = reading.next(depth).await? else { break };
            if depth == Depth::Whole {
                take(place, &record);
            }
        }
        Ok(())
    }

    /// The proof that a kind asks for, where the person has not given it. A field without a value discloses nothing.
    pub(super) fn lacking(&self, collection: &Collection, records: &[&Record]) -> Option<Tier> {
        let is_filled = |name: &str| records.iter().any(|record| !record.value(name).is_null());
        let filled = collection.fields.iter().filter(|field| is_filled(&field.name));
        let floor = self.look.organisation.about().identity.floors.of_fields(Right::Access, filled);
        (self.mine.case.tier < Some(floor)).then_some(floor)
    }

    /// How long records of one kind are kept: until the latest of their days (Art. 15(1)(d)).
    pub(super) fn keep(&self, collection: &Collection, records: &[&Record]) -> Keep {
        let connected = Connected::new(&self.records, self.look.organisation.systems());
        let subjects = [self.mine.case.person().to_owned()];
        let whose = Whose { subjects: &subjects, case: &self.mine.case.id };
        let today = self.look.today();
        let until = |record: &&Record| {
            let facts = RecordFacts { record, collection, connected: &connected };
            keep_until_of(&facts, self.look.organisation.rules(), &self.holds, whose, today)
        };
        longest(records.iter().map(until))
    }
}

/// A reason without a day outlasts every day.
fn longest(kept: impl Iterator<Item = KeptUntil>) -> Keep {
    let longest = kept.max_by_key(|kept| (kept.until.is_none() && kept.because.id != Reason::DEFAULT, kept.until));
    match longest {
        Some(KeptUntil { until: Some(on), because }) => Keep::Until { on, law: because.cited(), because: because.because },
        Some(KeptUntil { until: None, because }) => Keep::Criterion { words: because.because },
        None => Keep::Unknown,
    }
}

/// `system.collection`.
pub(super) fn address(system: &System, collection: &Collection) -> String {
    format!("{}.{}", system.key, collection.name)
}

impl Held {
    /// What was found, kind by kind.
    pub async fn load(look: &Look, mailbox: &str, reference: &str, offered: &[Right]) -> Result<Option<Self>, StoreError> {
        let Some(holding) = Holding::open(look, mailbox, reference).await? else { return Ok(None) };
        let read: BTreeSet<&str> =
            holding.findings.iter().filter(|finding| finding.outcome != "failed").map(|it| it.system.as_str()).collect();
        let systems =
            |was_read: bool| look.organisation.systems().iter().filter(move |system| read.contains(system.key.as_str()) == was_read);
        let labels = |systems: Vec<&System>| systems.into_iter().map(|system| system.label.clone()).collect();
        let (searched, unread): (Vec<Text>, Vec<Text>) = (labels(systems.clone()(true).collect()), labels(systems(false).collect()));
        let has_package = holding.has_package().await?;
        let (mut kinds, mut withheld, mut empty) = (Vec::new(), Vec::new(), Vec::new());
        for (system, collection) in holding.kinds() {
            let records = holding.of(system, collection);
            match holding.lacking(collection, &records) {
                _ if records.is_empty() => empty.push(collection.label.clone()),
                Some(needs) => withheld.push(Withheld { label: collection.label.clone(), needs }),
                None => kinds.push(holding.card((system, collection), &records, holding.acts_with(collection, offered, has_package))),
            }
        }
        Ok(Some(Self {
            read_at: holding.findings.iter().map(|finding| finding.found_at).max().unwrap_or_else(|| look.clock.now()),
            kinds,
            withheld,
            empty,
            unread,
            searched,
            has_package,
            reference: holding.mine.case.id,
        }))
    }
}

impl Holding<'_> {
    /// Whether a copy waits to be fetched.
    async fn has_package(&self) -> Result<bool, StoreError> {
        let package = package::get(&self.look.store, &self.mine.case.id, "subject").await?;
        Ok(package.is_some_and(|package| package.expires_at.is_none_or(|at| at > self.look.clock.now())))
    }

    /// What can be asked about a kind from where it is shown.
    pub(super) async fn acts(&self, collection: &Collection, offered: &[Right]) -> Result<Acts, StoreError> {
        Ok(self.acts_with(collection, offered, self.has_package().await?))
    }

    fn acts_with(&self, collection: &Collection, offered: &[Right], has_package: bool) -> Acts {
        let offers = |right: Right| offered.contains(&right);
        // What is being deleted need not be asked for again.
        let is_going = self.mine.case.right == Right::Erasure && self.mine.case.phase == Phase::Open;
        Acts {
            correct: offers(Right::Rectification) && collection.fields.iter().any(Field::is_correctable),
            delete: offers(Right::Erasure) && !is_going,
            copy: if has_package {
                Taking::Waits
            } else if offers(Right::Access) {
                Taking::Asked
            } else {
                Taking::No
            },
        }
    }

    fn card(&self, (system, collection): (&System, &Collection), records: &[&Record], acts: Acts) -> Card {
        Card {
            id: address(system, collection),
            label: collection.label.clone(),
            system: system.label.clone(),
            count: u64::try_from(records.len()).unwrap_or(u64::MAX),
            latest_on: latest(collection, records, self.look.today()),
            keep: self.keep(collection, records),
            sensitive: collection.class() == Class::HighRisk,
            acts,
        }
    }
}

/// The latest day found among the values that is not to come.
fn latest(collection: &Collection, records: &[&Record], today: Date) -> Option<Date> {
    let shown = collection.fields.iter().filter(|field| !field.technical);
    let values = shown.flat_map(|field| records.iter().map(|record| record.value(&field.name).to_text()));
    values.filter_map(|text| text.get(..10)?.parse::<Date>().ok()).filter(|day| *day <= today).max()
}
