//! What an erasure in a database would say, for people: the form of each statement, no value and no connection.

use habeas_core::law::{
    map::{Collection, Connection, System},
    plan::{Act, SystemPlan},
};

use super::dialect::Dialect;
use crate::connector::{
    capability::{Capabilities, Idempotency, Operation},
    outline::kinds,
};

/// A database does what its data map allows: rows are named by their key, and doing it twice is doing it once.
pub(super) fn capabilities(system: &System, collection: &str) -> Capabilities {
    let Some(collection) = system.collection(collection) else { return Capabilities::of(|_| false, Idempotency::Natural) };
    let has_key = collection.fields.iter().any(|field| field.primary_key);
    let can = |operation| match operation {
        Operation::Find => true,
        Operation::Correct => has_key && !collection.append_only,
        Operation::Restrict | Operation::Lift => has_key && collection.restriction.is_some(),
        Operation::Read | Operation::Clear | Operation::Erase | Operation::Verify => has_key,
    };
    Capabilities::of(can, Idempotency::Natural)
}

/// One line per kind of statement, and how many records it is about.
pub(super) fn outline(system: &System, part: &SystemPlan) -> Vec<String> {
    let dialect = match system.connection {
        Connection::Postgres(_) => Dialect::Postgres,
        Connection::Mariadb(_) => Dialect::Mariadb,
        Connection::Sqlite { .. } | Connection::Http(_) | Connection::Manual(_) => Dialect::Sqlite,
    };
    let quoted = |name: &str| dialect.quoted(name);
    let lines = kinds(part).into_iter().filter_map(|(name, act, records)| {
        let collection = system.collection(name)?;
        let statement = match act {
            Act::Delete => format!("DELETE FROM {}", quoted(name)),
            Act::Clear { fields } => {
                let said = fields.iter().map(|(field, says)| format!("{} = {}", quoted(field), says.outline()));
                format!("UPDATE {} SET {}", quoted(name), said.collect::<Vec<_>>().join(", "))
            }
            Act::Keep => return None,
        };
        Some(format!("{statement} WHERE {} ({records}×)", named(collection, dialect)))
    });
    lines.collect()
}

fn named(collection: &Collection, dialect: Dialect) -> String {
    let key = collection.fields.iter().filter(|field| field.primary_key);
    key.map(|field| format!("{} = ?", dialect.quoted(&field.name))).collect::<Vec<_>>().join(" AND ")
}
