//! Which records are only stored from now on, and which fields say no: restriction, objection, marketing, consent.

use jiff::Timestamp;

use super::{Act, ByHand, ChangePlan, Step};
use crate::law::{
    floor::{Floors, Stake},
    map::{Collection, DataType, Field, System},
    record::{Key, Record, Value},
    right::Right,
};

/// What has to rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Everything (Art. 18).
    Everything,
    /// What rests on a legitimate interest or a public task (Art. 21(1)).
    Objection,
    /// Direct marketing (Art. 21(3)).
    Marketing,
    /// What rests on consent (Art. 7(3)).
    Consent,
}

impl Stop {
    /// Whether any of a collection has to rest.
    pub fn touches(self, collection: &Collection) -> bool {
        self.covers(collection) || collection.fields.iter().any(|field| self.refuses(field))
    }

    /// The right whose floor counts; `None`: the proven mailbox is enough, for it stops what is sent to it (Art. 7(3), 21(3)).
    const fn right(self) -> Option<Right> {
        match self {
            Self::Everything => Some(Right::Restriction),
            Self::Objection => Some(Right::Objection),
            Self::Marketing | Self::Consent => None,
        }
    }

    /// Whether a collection as a whole has to rest.
    fn covers(self, collection: &Collection) -> bool {
        match self {
            Self::Everything => true,
            Self::Objection => collection.is_objectionable(),
            Self::Marketing => collection.marketing,
            Self::Consent => collection.is_consented(),
        }
    }

    /// Whether a field has to say no. Marketing is sent to people who said yes, so a consent taken back says no as well.
    const fn refuses(self, field: &Field) -> bool {
        matches!(self, Self::Marketing | Self::Consent) && field.marketing
    }
}

/// Makes the plan; `kinds` are `system.collection` addresses, `None`: all of them. `at` is when the person asked, UTC: a consent that is
/// taken back says so.
pub fn stop(
    case: &str,
    what: Stop,
    systems: &[System],
    records: &[Record],
    kinds: Option<&[String]>,
    at: Timestamp,
    floors: &Floors,
) -> ChangePlan {
    let floor = what.right().map(|right| floors.of(right, Stake::Ordinary));
    let mut plan = ChangePlan { case: case.to_owned(), floor, systems: Vec::new() };
    for (system, collection) in systems.iter().flat_map(|system| system.collections.iter().map(move |it| (system, it))) {
        let here = |record: &&Record| record.system == system.key && record.collection == collection.name;
        let asked = kinds.is_none_or(|kinds| kinds.contains(&format!("{}.{}", system.key, collection.name)));
        for record in records.iter().filter(here).filter(|_| asked) {
            for act in acts(what, collection, record).into_iter().chain(withdrawals(what, collection, record, at)) {
                let step = Step { collection: collection.name.clone(), asked: None, act };
                if !plan.system(&system.key).is_some_and(|part| part.steps.contains(&step)) {
                    plan.add(&system.key, step);
                }
            }
        }
    }
    plan.remembering(systems, records)
}

/// When a consent was taken back, where its record has room for it. One taken back before says what it said.
fn withdrawals(what: Stop, collection: &Collection, record: &Record, at: Timestamp) -> Vec<Act> {
    if what != Stop::Consent || !collection.is_consented() || !collection.has_key() {
        return Vec::new();
    }
    let says_when = collection.fields.iter().filter(|field| field.withdrawn && record.value(&field.name).to_text().trim().is_empty());
    let write = |field: &Field| {
        let moment = if field.data == DataType::Date { at.strftime("%Y-%m-%d") } else { at.strftime("%Y-%m-%dT%H:%M:%SZ") };
        let (key, was) = (record.key.clone(), record.value(&field.name).clone());
        Act::Write { key, field: field.name.clone(), was, to: Value::Text(moment.to_string()), whose: Key::new() }
    };
    says_when.map(write).collect()
}

fn acts(what: Stop, collection: &Collection, record: &Record) -> Vec<Act> {
    let write = |field: &str, to: Value| {
        let (key, was) = (record.key.clone(), record.value(field).clone());
        Act::Write { key, field: field.to_owned(), was, to, whose: Key::new() }
    };
    match (what.covers(collection), &collection.restriction) {
        (true, Some(flag)) if collection.has_key() => vec![write(&flag.field, flag.restricted.clone())],
        // Said once for the kind: a person sees to all of its records.
        (true, _) => vec![Act::ByHand { field: None, to: None, why: ByHand::NoFlag }],
        (false, _) => {
            let no = |field: &Field| {
                if field.is_nested() || !collection.has_key() {
                    return Act::ByHand { field: Some(field.name.clone()), to: Some(Value::Integer(0)), why: ByHand::Inside };
                }
                write(&field.name, Value::Integer(0))
            };
            collection.fields.iter().filter(|field| what.refuses(field)).map(no).collect()
        }
    }
}
