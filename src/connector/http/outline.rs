//! What an API can do by its declared calls, and what an erasure would call, with names where the values go.

use habeas_core::law::{
    change::Write,
    connection::http::{Api, Calls, Idempotency, Operation},
    map::System,
    plan::{Act, SystemPlan},
};

use super::change::operation;
use crate::connector::{
    Ask, Capabilities, Question,
    outline::{fields, kinds},
};

pub(super) fn capabilities(api: &Api, collection: &str) -> Capabilities {
    match api.collections.get(collection) {
        Some(calls) => Capabilities::of(|operation| calls.can(operation), calls.idempotency),
        None => Capabilities::of(|_| false, Idempotency::None),
    }
}

/// One line per kind of call.
pub(super) fn outline(system: &System, api: &Api, ask: &Ask<'_>) -> Vec<String> {
    match ask {
        Ask::Find(questions) => questions.iter().map(|question| finds(api, question)).collect(),
        Ask::Erase(part) => erases(api, part),
        Ask::Change(writes) => changes(system, api, writes),
    }
}

/// A question is one call for one of its fields, or a read by its key.
fn finds(api: &Api, question: &Question) -> String {
    let calls = api.collections.get(&question.collection);
    let by = |calls: &Calls| {
        let find = question.by.iter().find_map(|term| calls.find.get(&term.field));
        Some(find.or(calls.read.as_ref())?.outline(&api.base))
    };
    calls.and_then(by).unwrap_or_else(|| format!("no request can {} `{}`", Operation::Find.name(), question.collection))
}

/// How many records each write is about goes with it; each is read before and after.
fn changes(system: &System, api: &Api, writes: &[Write]) -> Vec<String> {
    let line = |(write, records): (&Write, usize)| {
        let (name, what) = (&write.collection, operation(system, write));
        let calls = api.collections.get(name);
        match calls.and_then(|calls| Some((calls.write(what)?, calls.read.as_ref()?))) {
            Some((write, read)) => format!("{}, then {} ({records}×)", write.outline(&api.base), read.outline(&api.base)),
            None => format!("no request can {} `{name}` ({records}×)", what.name()),
        }
    };
    let mut lines: Vec<String> = fields(writes).into_iter().map(line).collect();
    lines.dedup();
    lines
}

/// How many records each call is about goes with it.
fn erases(api: &Api, part: &SystemPlan) -> Vec<String> {
    let lines = kinds(part).into_iter().filter_map(|(name, act, records)| {
        let (operation, what) = match act {
            Act::Delete => (Operation::Erase, String::new()),
            Act::Clear { fields } => (Operation::Clear, format!(", {}", fields.outline())),
            Act::Keep => return None,
        };
        let calls = api.collections.get(name);
        let call = calls.and_then(|calls| Some((calls.write(operation)?, calls.read.as_ref()?)));
        Some(match call {
            Some((write, read)) => format!("{}{what}, then {} ({records}×)", write.outline(&api.base), read.outline(&api.base)),
            None => format!("no request can {} `{name}` ({records}×)", operation.name()),
        })
    });
    lines.collect()
}
