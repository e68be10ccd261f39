//! Makes a plan from what was found: every record decided, nothing deleted that a kept record needs.

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::Date;

use super::{Act, ErasureStep, Fields, Found, Plan, Says, SystemPlan, print::print};
use crate::law::{
    connected::{Connected, Tie},
    decide::{FieldDecision, Reason, RecordFacts, Verdict, decide},
    floor::Floors,
    hold::{Hold, Whose},
    map::{Collection, Field, System},
    mask::Secrets,
    record::Record,
    retention::Rules,
    right::Right,
};

/// A record with its collection and what was decided.
struct Decided<'a> {
    record: &'a Record,
    /// `None`: not in the data map, so nothing is known about it and nothing is done to it.
    collection: Option<&'a Collection>,
    decisions: Vec<FieldDecision>,
    /// `false`: not part of the request. It stays, no word about it.
    asked: bool,
}

/// What was found, and what of it the person asked to have erased.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Every record found, because a rule may be anchored in a record that was not asked about, or a row point at one that was.
    pub records: &'a [Record],
    /// `system.collection` addresses; `None`: everything.
    pub kinds: Option<&'a [String]>,
    /// What masks are made with.
    pub secrets: &'a Secrets,
    /// How sure the organisation has to be of her.
    pub floors: &'a Floors,
}

/// What decides about the records.
#[derive(Clone, Copy)]
struct By<'a> {
    rules: &'a Rules,
    holds: &'a [Hold],
    whose: Whose<'a>,
    today: Date,
    secrets: &'a Secrets,
    floors: &'a Floors,
}

/// Makes the plan of the case that `whose` names. The same findings always make the same plan, in whatever order they came.
pub fn make(systems: &[System], asked: Asked<'_>, rules: &Rules, holds: &[Hold], whose: Whose<'_>, today: Date) -> Plan {
    let by = By { rules, holds, whose, today, secrets: asked.secrets, floors: asked.floors };
    plan(systems, &Connected::new(asked.records, systems), asked.kinds, by)
}

/// The same later, when an earlier plan has been carried out: where an anchor went with another record, its date is remembered.
pub(super) fn make_again(earlier: &Plan, found: Found<'_>, holds: &[Hold], whose: Whose<'_>, today: Date) -> Plan {
    let mut connected = Connected::new(found.records, found.systems);
    for (part, step) in earlier.systems.iter().flat_map(|part| part.steps.iter().map(move |step| (part, step))) {
        for reason in step.decisions.iter().flat_map(|decision| &decision.because) {
            if let Some(until) = reason.until {
                connected.remember((&part.system, &step.collection, &step.key), &reason.id, until);
            }
        }
    }
    let by = By { rules: found.rules, holds, whose, today, secrets: found.secrets, floors: found.floors };
    plan(found.systems, &connected, None, by)
}

fn plan(systems: &[System], connected: &Connected<'_>, kinds: Option<&[String]>, by: By<'_>) -> Plan {
    let records = connected.records();
    let mut decided: Vec<Decided<'_>> = records
        .iter()
        .map(|record| {
            let collection = systems.iter().find(|system| system.key == record.system).and_then(|it| it.collection(&record.collection));
            let asked = kinds.is_none_or(|kinds| kinds.contains(&record.address()));
            let decisions = collection.map(|collection| {
                if asked {
                    decide(&RecordFacts { record, collection, connected }, by.rules, by.holds, by.whose, by.today)
                } else {
                    FieldDecision::stay(collection)
                }
            });
            Decided { record, collection, decisions: decisions.unwrap_or_default(), asked }
        })
        .collect();
    keep_referenced(&mut decided, connected.ties());
    let floor = by.floors.of_fields(Right::Erasure, decided.iter().flat_map(Decided::erasable));
    let systems = systems.iter().map(|system| system_plan(system, &decided, by.secrets)).collect();
    Plan { case: by.whose.case.to_owned(), floor, systems }
}

impl Decided<'_> {
    /// The fields of the data that the plan erases now.
    fn erasable(&self) -> impl Iterator<Item = &Field> {
        let fields = self.collection.map(|collection| collection.fields.as_slice()).unwrap_or_default();
        let erased =
            |(field, decision): &(&Field, &FieldDecision)| decision.verdict == Verdict::Erase && !self.record.value(&field.name).is_null();
        fields.iter().zip(&self.decisions).filter(erased).map(|(field, _)| field)
    }

    fn act(&self, secrets: &Secrets) -> Act {
        let kept = |decision: &&FieldDecision| decision.verdict != Verdict::Erase;
        if self.decisions.is_empty() {
            return Act::Keep;
        }
        if !self.decisions.iter().any(|decision| kept(&decision)) {
            return Act::Delete;
        }
        // An empty field has nothing to clear; saying that it was erased would be untrue.
        let cleared = self.decisions.iter().filter(|decision| !kept(decision) && !self.record.value(&decision.field).is_null());
        let fields: Fields = cleared.map(|decision| (decision.field.clone(), self.says(&decision.field, secrets))).collect();
        if fields.is_empty() { Act::Keep } else { Act::Clear { fields } }
    }

    /// What an erased field says afterwards.
    fn says(&self, name: &str, secrets: &Secrets) -> Says {
        let field = self.collection.and_then(|collection| collection.field(name));
        field.map_or(Says::Blank, |field| Says::of(field, self.record, secrets))
    }

    /// How long fields stay that point somewhere together: what is left when the first of them goes points at nothing. `None`: one
    /// goes now.
    fn staying(&self, fields: &[String]) -> Option<Verdict> {
        let mut staying: Option<&Verdict> = None;
        for field in fields {
            let decision = self.decisions.iter().find(|decision| decision.field == *field)?;
            if decision.verdict == Verdict::Erase {
                return None;
            }
            if staying.is_none_or(|so_far| so_far.outlasts(&decision.verdict)) {
                staying = Some(&decision.verdict);
            }
        }
        staying.cloned()
    }

    /// Keeps the row's keys, and the fields that are pointed at, at least as long as what points at them.
    fn stay(&mut self, pointed_at: &[String], verdict: &Verdict) -> bool {
        let fields = self.collection.map(|collection| collection.fields.as_slice()).unwrap_or_default();
        let mut changed = false;
        for (field, decision) in fields.iter().zip(&mut self.decisions) {
            if field.stays_with_row() || pointed_at.contains(&field.name) {
                changed |= decision.extend(verdict, Reason::referenced());
            }
        }
        changed
    }
}

/// A row that a kept row of the same system points at is cleared, not deleted: the kept one would point at nothing.
fn keep_referenced(decided: &mut [Decided<'_>], ties: &[Tie]) {
    let inside: Vec<&Tie> = ties.iter().filter(|tie| tie.link.parent.system == tie.link.child.system).collect();
    loop {
        let mut changed = false;
        for tie in &inside {
            let Some(verdict) = decided.get(tie.child).and_then(|child| child.staying(&tie.link.child.fields)) else { continue };
            if let Some(parent) = decided.get_mut(tie.parent) {
                changed |= parent.stay(&tie.link.parent.fields, &verdict);
            }
        }
        if !changed {
            return;
        }
    }
}

/// The steps of one system: collections as in the data map, records by key, each once however often it was found.
fn system_plan(system: &System, decided: &[Decided<'_>], secrets: &Secrets) -> SystemPlan {
    let mut seen = BTreeSet::new();
    let mut here: Vec<_> = decided
        .iter()
        .filter(|it| it.asked && it.record.system == system.key)
        .map(|it| {
            let place = system.collections.iter().position(|collection| collection.name == it.record.collection);
            ((place.unwrap_or(usize::MAX), it.record.collection.as_str(), order(it.record)), it)
        })
        .filter(|(place, _)| seen.insert(place.clone()))
        .collect();
    here.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut last: Arc<[FieldDecision]> = Arc::default();
    let steps = here.into_iter().map(|(_, it)| {
        if *last != *it.decisions {
            last = it.decisions.as_slice().into();
        }
        ErasureStep {
            collection: it.record.collection.clone(),
            key: it.record.key.clone(),
            print: it.collection.map(|collection| print(collection, |field| it.record.value(field))),
            act: it.act(secrets),
            decisions: Arc::clone(&last),
        }
    });
    SystemPlan { system: system.key.clone(), steps: steps.collect() }
}

/// Keys in an order a person would give them: 2 before 10.
fn order(record: &Record) -> Vec<(usize, String)> {
    record.key.values().map(|value| format!("{value:?}")).map(|text| (text.len(), text)).collect()
}
