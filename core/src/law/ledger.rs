//! The erasure ledger: what was erased, so that it is erased again when a system restores its own backup. Nothing in it is readable.
//!
//! It knows records by blind indexes only. A record is erased again where both its key and its print are the ledger's; a key that a
//! new record stands under is no reason to erase that one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    hold::{Hold, OnRecord, Whose},
    identifier::Identifier,
    map::{Collection, System},
    mask::{Secrets, Strategy},
    plan::{Act, Cleared, ErasureStep, Fields, Says, SystemPlan, print, spelled},
    record::{Key, Record},
};
use crate::table::Truth;

/// Turns a kind and a value into an index that nobody can compute who has not the key.
pub type Blind<'a> = &'a (dyn Fn(&str, &str) -> String + Sync);

/// One erasure of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The case.
    pub case: String,
    /// Hash of the plan.
    pub plan: String,
    /// The system.
    pub system: String,
    /// The collection.
    pub collection: String,
    /// Index of system, collection and key.
    pub record: String,
    /// Index of the record's print before it was erased; `None`: its plan is of a version that took none.
    pub print: Option<String>,
    /// What was done.
    pub act: Erased,
}

/// What was done to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Erased {
    /// It is gone.
    Delete,
    /// Some fields were emptied or masked.
    Clear {
        /// How each was.
        fields: BTreeMap<String, Left>,
    },
    /// Nothing: it was decided about and stayed.
    Keep,
}

impl Erased {
    /// Whether it takes everything that another does.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Delete, _) | (_, Self::Keep) => true,
            (Self::Keep, _) | (Self::Clear { .. }, Self::Delete) => false,
            (Self::Clear { fields }, Self::Clear { fields: other }) => other.keys().all(|field| fields.contains_key(field)),
        }
    }
}

/// What an erased field was left with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Left {
    /// Nothing.
    Blank,
    /// A mask.
    Masked {
        /// How it was made.
        by: Strategy,
        /// Index of what it says.
        says: String,
    },
}

/// What an erasure that was carried out leaves in the ledger.
pub fn entries(case: &str, plan: &str, part: &SystemPlan, blind: Blind<'_>) -> Vec<Entry> {
    part.steps.iter().map(|step| entry(case, plan, &part.system, step, blind)).collect()
}

fn entry(case: &str, plan: &str, system: &str, step: &ErasureStep, blind: Blind<'_>) -> Entry {
    let left = |says: &Says| match says {
        Says::Blank => Left::Blank,
        Says::Masked { by, value } => Left::Masked { by: *by, says: blind(SAYS, &spelled(value)) },
    };
    let act = match &step.act {
        Act::Keep => Erased::Keep,
        Act::Delete => Erased::Delete,
        Act::Clear { fields } => Erased::Clear { fields: fields.iter().map(|(field, says)| (field.to_owned(), left(says))).collect() },
    };
    Entry {
        case: case.to_owned(),
        plan: plan.to_owned(),
        system: system.to_owned(),
        collection: step.collection.clone(),
        record: named(system, &step.collection, &step.key, blind),
        print: step.print.as_deref().map(|print| blind(PRINT, print)),
        act,
    }
}

const RECORD: &str = "record";
const PRINT: &str = "print";
const SAYS: &str = "says";

fn named(system: &str, collection: &str, key: &Key, blind: Blind<'_>) -> String {
    let name = serde_json::to_string(&(system, collection, key)).unwrap_or_else(|_| format!("{system} {collection} {key:?}"));
    blind(RECORD, &name)
}

/// Index of an identifier that somebody was searched by.
pub fn identifier(identifier: &Identifier, blind: Blind<'_>) -> String {
    blind(&format!("identifier:{}", identifier.kind()), identifier.value().reveal())
}

/// What the house knows when a restored system is gone through.
#[derive(Clone, Copy)]
pub struct Knows<'a> {
    /// Makes indexes.
    pub blind: Blind<'a>,
    /// What masks are made with.
    pub secrets: &'a Secrets,
    /// Every hold there is.
    pub holds: &'a [Hold],
    /// Whose records a case is about, by case.
    pub subjects: &'a BTreeMap<String, String>,
    /// Identifiers whose records were erased, each with the case.
    pub identifiers: &'a [(String, String)],
    /// Today in the controller's zone.
    pub today: Date,
}

/// Records of one collection, by what the ledger says about them. What it does not know is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Came back and go again.
    pub again: u64,
    /// Are as the erasure left them.
    pub already: u64,
    /// Came back and are kept: a hold was placed since.
    pub held: u64,
    /// Stand under a key of the ledger and are not what was erased, or name somebody of whom something was erased here, under a key of
    /// which the ledger knows nothing: a person has to look.
    pub look: u64,
}

/// Why a person has to look at a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Its key is that of an erased record, what it says is not.
    OtherRecord,
    /// It names somebody whose records were erased, under a key of which nothing is known.
    KnownIdentifier,
}

/// A record that a person has to look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Look {
    /// The collection.
    pub collection: String,
    /// Which record.
    pub key: Key,
    /// Why.
    pub why: Why,
}

/// Goes through a restored system, record by record.
pub struct Replay<'a> {
    system: &'a System,
    entries: HashMap<&'a str, Vec<&'a Entry>>,
    /// Collections in which somebody of an identifier was erased.
    named: HashSet<(&'a str, &'a str)>,
    knows: Knows<'a>,
    found: Found,
}

/// What going through a system came to.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// What goes again, with the case and plan that it went by.
    pub steps: Vec<(String, String, ErasureStep)>,
    /// Per collection.
    pub counts: BTreeMap<String, Counts>,
    /// What a person has to look at.
    pub look: Vec<Look>,
    /// The holds that keep something.
    pub holds: BTreeSet<String>,
}

impl<'a> Replay<'a> {
    /// Begins with a system's entries, oldest first.
    pub fn new(system: &'a System, entries: &'a [Entry], knows: Knows<'a>) -> Self {
        let mut records = HashMap::<&str, Vec<&Entry>>::new();
        for entry in entries.iter().filter(|entry| entry.system == system.key) {
            records.entry(&entry.record).or_default().push(entry);
        }
        let mut erased = HashMap::<&str, BTreeSet<&str>>::new();
        for entry in records.values().flatten().filter(|entry| entry.act != Erased::Keep) {
            erased.entry(&entry.case).or_default().insert(&entry.collection);
        }
        let places = |(index, case): &'a (String, String)| {
            erased.get(case.as_str()).into_iter().flatten().map(|collection| (index.as_str(), *collection)).collect::<Vec<_>>()
        };
        let named = knows.identifiers.iter().flat_map(places).collect();
        Self { system, entries: records, named, knows, found: Found::default() }
    }

    /// Collections that the ledger knows.
    pub fn collections(&self) -> impl Iterator<Item = &'a Collection> {
        let erased: BTreeSet<&str> = self.entries.values().flatten().map(|entry| entry.collection.as_str()).collect();
        self.system.collections.iter().filter(move |collection| erased.contains(collection.name.as_str()))
    }

    /// Takes in one record of the system.
    pub fn see(&mut self, record: &Record) {
        let Some(collection) = self.system.collection(&record.collection) else { return };
        let index = named(&self.system.key, &record.collection, &record.key, self.knows.blind);
        let mut counts = self.found.counts.get(&record.collection).copied().unwrap_or_default();
        let look = |why| Look { collection: record.collection.clone(), key: record.key.clone(), why };
        match self.entries.get(index.as_str()) {
            None if self.is_named(collection, record) => {
                counts.look += 1;
                self.found.look.push(look(Why::KnownIdentifier));
            }
            None => return,
            Some(entries) => match self.fate(collection, record, entries) {
                Fate::Kept => return,
                Fate::Already => counts.already += 1,
                Fate::Other => {
                    counts.look += 1;
                    self.found.look.push(look(Why::OtherRecord));
                }
                Fate::Held(hold) => {
                    counts.held += 1;
                    self.found.holds.insert(hold);
                }
                Fate::Again { case, plan, step } => {
                    counts.again += 1;
                    self.found.steps.push((case, plan, step));
                }
            },
        }
        self.found.counts.insert(record.collection.clone(), counts);
    }

    /// What was found.
    pub fn finish(self) -> Found {
        self.found
    }

    fn is_named(&self, collection: &Collection, record: &Record) -> bool {
        let identities = collection.fields.iter().filter_map(|field| Some((field.identity.as_deref()?, record.values_of(&field.name))));
        let identities = identities.flat_map(|(kind, values)| values.into_iter().map(move |value| (kind, value)));
        let indexes = identities.filter_map(|(kind, value)| Identifier::parse(kind, &value.to_text()).ok());
        let mut indexes = indexes.map(|it| identifier(&it, self.knows.blind));
        indexes.any(|index| self.named.contains(&(index.as_str(), collection.name.as_str())))
    }

    fn fate(&self, collection: &Collection, record: &Record, entries: &[&Entry]) -> Fate {
        let entries: Vec<&Entry> = entries.iter().copied().filter(|entry| entry.act != Erased::Keep).collect();
        if entries.is_empty() {
            return Fate::Kept;
        }
        let newest: BTreeMap<&str, &Entry> = entries.iter().map(|entry| (entry.case.as_str(), *entry)).collect();
        let whole = |entry: &&&Entry| newest.get(entry.case.as_str()).is_some_and(|newest| entry.act.covers(&newest.act));
        if entries.iter().filter(whole).any(|entry| self.is_left(record, entry)) {
            return Fate::Already;
        }
        let printed = print(collection, |field| record.value(field));
        let index = (self.knows.blind)(PRINT, &printed);
        let same = |entry: &&Entry| entry.print.as_ref() == Some(&index);
        let Some((at, first)) = entries.iter().enumerate().find(|(_, entry)| same(entry)) else { return Fate::Other };
        // What the same case erased of it later goes with it: the backup is older than all of that.
        let since: Vec<&Entry> = entries.iter().skip(at).copied().filter(|entry| entry.case == first.case).collect();
        let Some(act) = self.act(collection, record, &since) else { return Fate::Already };
        if let Some(hold) = self.hold(collection, record, &act, &first.case) {
            return Fate::Held(hold);
        }
        let key = record.key.clone();
        let step =
            ErasureStep { collection: record.collection.clone(), key, print: Some(printed), act, decisions: std::sync::Arc::default() };
        Fate::Again { case: first.case.clone(), plan: first.plan.clone(), step }
    }

    /// What has to be done to it; `None`: nothing that the data map still knows.
    fn act(&self, collection: &Collection, record: &Record, since: &[&Entry]) -> Option<Act> {
        let mut fields = BTreeSet::new();
        for entry in since {
            match &entry.act {
                Erased::Delete => return Some(Act::Delete),
                Erased::Clear { fields: cleared } => fields.extend(cleared.keys().map(String::as_str)),
                Erased::Keep => {}
            }
        }
        let fields = fields.into_iter().filter_map(|name| collection.field(name)).filter(|field| !record.value(&field.name).is_null());
        let fields: Fields = fields.map(|field| (field.name.clone(), Says::of(field, record, self.knows.secrets))).collect();
        (!fields.is_empty()).then_some(Act::Clear { fields })
    }

    /// Whether a record is what an erasure left.
    fn is_left(&self, record: &Record, entry: &Entry) -> bool {
        let Erased::Clear { fields } = &entry.act else { return false };
        fields.iter().all(|(field, left)| match left {
            Left::Blank => record.value(field).is_blank(),
            Left::Masked { says, .. } => (self.knows.blind)(SAYS, &spelled(record.value(field))) == *says,
        })
    }

    /// A hold over what would go. Whose it is may be forgotten; then a hold on anybody's records is one on this.
    fn hold(&self, collection: &Collection, record: &Record, act: &Act, case: &str) -> Option<String> {
        let (subject, on) = (self.knows.subjects.get(case), OnRecord::of(record, Some(collection)));
        let covers = |hold: &&Hold| {
            let subjects: Vec<String> = subject.or(hold.scope.subject.as_ref()).cloned().into_iter().collect();
            let goes = act.touches(|field| hold.keeps(Some(collection), field));
            hold.is_active(self.knows.today) && goes && hold.covers(on, Whose { subjects: &subjects, case }) != Truth::No
        };
        self.knows.holds.iter().find(covers).map(|hold| hold.id.clone())
    }
}

enum Fate {
    Kept,
    Already,
    Other,
    Held(String),
    Again { case: String, plan: String, step: ErasureStep },
}

impl Found {
    /// What goes again, for the connector: each of it was let through once, and no hold keeps it now.
    pub fn cleared(&self, system: &str) -> Cleared<SystemPlan> {
        let steps = self.steps.iter().map(|(_, _, step)| step.clone()).collect();
        Cleared::once_more(SystemPlan { system: system.to_owned(), steps })
    }

    /// What erasing it again leaves in the ledger.
    pub fn entries(&self, system: &str, blind: Blind<'_>) -> Vec<Entry> {
        self.steps.iter().map(|(case, plan, step)| entry(case, plan, system, step, blind)).collect()
    }
}

#[cfg(test)]
mod tests;
