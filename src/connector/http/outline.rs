//! What an API can do by its declared calls, and what an erasure would call, with names where the values go.

use habeas_core::law::{
    connection::http::{Api, Idempotency, Operation},
    plan::{Act, SystemPlan},
};

use crate::connector::{Capabilities, outline::kinds};

pub(super) fn capabilities(api: &Api, collection: &str) -> Capabilities {
    match api.collections.get(collection) {
        Some(calls) => Capabilities::of(|operation| calls.can(operation), calls.idempotency),
        None => Capabilities::of(|_| false, Idempotency::None),
    }
}

/// One line per kind of call, and how many records it is about.
pub(super) fn outline(api: &Api, part: &SystemPlan) -> Vec<String> {
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
