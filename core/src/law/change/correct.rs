//! Which records a correction means (Art. 16). Where it could be another one, nothing is guessed.

use super::{Act, ByHand, ChangePlan, Step};
use crate::law::{
    ask::Correction,
    floor::Floors,
    map::{Collection, Field, System},
    record::{Key, Record, Value},
    right::Right,
};

/// Makes the plan of what was asked. A correction of something that is not held makes no step.
pub fn correct(case: &str, systems: &[System], records: &[Record], asked: &[Correction], floors: &Floors) -> ChangePlan {
    let mut plan = ChangePlan { case: case.to_owned(), floor: None, systems: Vec::new() };
    let mut fields = Vec::new();
    for system in systems {
        for (number, correction) in asked.iter().enumerate() {
            let Some((collection, field)) = named(system, correction) else { continue };
            fields.push(field);
            for act in acts(&held(system, collection, records), collection, field, correction) {
                plan.add(&system.key, Step { collection: collection.name.clone(), asked: Some(number), act });
            }
        }
    }
    plan.floor = Some(floors.of_fields(Right::Rectification, fields));
    plan.remembering(systems, records)
}

fn named<'s>(system: &'s System, correction: &Correction) -> Option<(&'s Collection, &'s Field)> {
    let (key, collection) = correction.kind.split_once('.')?;
    let collection = system.collection(collection).filter(|_| key == system.key)?;
    Some((collection, collection.field(&correction.field)?))
}

/// Each record once, however often it was found.
fn held<'r>(system: &System, collection: &Collection, records: &'r [Record]) -> Vec<&'r Record> {
    let mut held: Vec<&Record> = Vec::new();
    for record in records.iter().filter(|record| record.system == system.key && record.collection == collection.name) {
        if !held.iter().any(|known| known.key == record.key) {
            held.push(record);
        }
    }
    held
}

fn acts(held: &[&Record], collection: &Collection, field: &Field, correction: &Correction) -> Vec<Act> {
    let to = field.data.read(&correction.should);
    let by_hand = |why| vec![Act::ByHand { field: Some(field.name.clone()), to: to.clone(), why }];
    let fits: Vec<&&Record> = held.iter().filter(|record| says(record.value(&field.name), field, correction)).collect();
    match (held.len(), fits.len(), &to) {
        (0, ..) => Vec::new(),
        _ if collection.append_only => by_hand(ByHand::AppendOnly),
        _ if field.is_nested() || field.list || !collection.has_key() => by_hand(ByHand::Inside),
        (_, 0, _) => by_hand(ByHand::Differs),
        (_, 2.., _) if correction.now.is_none() => by_hand(ByHand::Several),
        (_, _, Some(to)) if fits.iter().all(|record| is_plain(record.value(&field.name))) => {
            let write = |record: &&&Record| Act::Write {
                key: record.key.clone(),
                field: field.name.clone(),
                was: record.value(&field.name).clone(),
                to: to.clone(),
                whose: Key::new(),
            };
            fits.iter().map(write).collect()
        }
        _ => by_hand(ByHand::Unreadable),
    }
}

/// Whether a value is what the person says stands there, however each of them spells it; one who says nothing means whatever does.
fn says(value: &Value, field: &Field, correction: &Correction) -> bool {
    let stands = value.to_text();
    let same = |now: &String| {
        let read = |text: &str| field.data.read(text).filter(|read| !matches!(read, Value::Text(text) if text.is_empty()));
        stands.trim().to_lowercase() == now.trim().to_lowercase() || read(now).is_some_and(|now| read(&stands) == Some(now))
    };
    correction.now.as_ref().is_none_or(same)
}

const fn is_plain(value: &Value) -> bool {
    !matches!(value, Value::Bytes(_) | Value::Unreadable(_))
}
