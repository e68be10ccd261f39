//! What is said to a database, for people: the form of each statement, no value and no connection.

use habeas_core::law::{
    change::Write,
    map::{Collection, Connection, System},
    plan::{Act, SystemPlan},
};

use super::dialect::Dialect;
use crate::connector::{
    Ask, Matching, Question, Term,
    capability::{Capabilities, Idempotency, Operation},
    outline::{fields, kinds},
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

/// One line per kind of statement.
pub(super) fn outline(system: &System, ask: &Ask<'_>) -> Vec<String> {
    let dialect = match system.connection {
        Connection::Postgres(_) => Dialect::Postgres,
        Connection::Mariadb(_) => Dialect::Mariadb,
        Connection::Sqlite { .. } | Connection::Http(_) | Connection::Manual(_) => Dialect::Sqlite,
    };
    match ask {
        Ask::Find(questions) => questions.iter().map(|question| finds(question, dialect)).collect(),
        Ask::Erase(part) => erases(system, part, dialect),
        Ask::Change(writes) => fields(writes).into_iter().filter_map(|it| changes(system, it, dialect)).collect(),
    }
}

fn finds(question: &Question, dialect: Dialect) -> String {
    let term = |term: &Term| {
        let name = dialect.quoted(&term.field);
        if term.matching == Matching::Folded { format!("lower(trim({name})) = ?") } else { format!("{name} = ?") }
    };
    let terms = question.by.iter().map(term).collect::<Vec<_>>();
    format!("SELECT … FROM {} WHERE {}", dialect.quoted(&question.collection), terms.join(" AND "))
}

/// How many records each statement is about goes with it.
fn erases(system: &System, part: &SystemPlan, dialect: Dialect) -> Vec<String> {
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

fn changes(system: &System, (write, records): (&Write, usize), dialect: Dialect) -> Option<String> {
    let key = named(system.collection(&write.collection)?, dialect);
    let (table, field) = (dialect.quoted(&write.collection), dialect.quoted(&write.field));
    Some(format!("UPDATE {table} SET {field} = ? WHERE {key} ({records}×)"))
}

fn named(collection: &Collection, dialect: Dialect) -> String {
    let key = collection.fields.iter().filter(|field| field.primary_key);
    key.map(|field| format!("{} = ?", dialect.quoted(&field.name))).collect::<Vec<_>>().join(" AND ")
}
