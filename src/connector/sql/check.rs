//! The data map against the live schema.

use std::collections::BTreeSet;

use habeas_core::law::map::{Collection, System};

use super::{
    dialect::Dialect,
    schema::{Schema, Table},
};
use crate::connector::{Cause, SchemaProblem};

/// Where they differ.
pub(super) fn problems(system: &System, schema: &Schema) -> Vec<SchemaProblem> {
    system.collections.iter().flat_map(|collection| in_collection(collection, schema)).collect()
}

/// Where a collection and its table differ.
fn in_collection(collection: &Collection, schema: &Schema) -> Vec<SchemaProblem> {
    let table = match schema.mapped(&collection.name) {
        Ok(table) => table,
        Err(cause) => return cause.into_problem().into_iter().collect(),
    };
    let missing = collection.fields.iter().filter_map(|field| table.mapped(&field.name).err()?.into_problem());
    missing.chain(primary_key(collection, table)).chain(unmapped(collection, table)).collect()
}

fn primary_key(collection: &Collection, table: &Table) -> Option<SchemaProblem> {
    let known = |name: &String| if table.dialect == Dialect::Postgres { name.clone() } else { name.to_ascii_lowercase() };
    let map: BTreeSet<_> = collection.fields.iter().filter(|field| field.primary_key).map(|field| known(&field.name)).collect();
    let live: BTreeSet<_> = table.primary_key().iter().map(known).collect();
    let problem = || SchemaProblem::PrimaryKey {
        collection: collection.name.clone(),
        map: map.iter().cloned().collect(),
        live: live.iter().cloned().collect(),
    };
    (map != live).then(problem)
}

fn unmapped(collection: &Collection, table: &Table) -> Option<SchemaProblem> {
    let named = |name: &str| collection.fields.iter().any(|field| table.dialect.same_name(&field.name, name));
    let columns: Vec<_> = table.columns.iter().filter(|column| !named(&column.name)).map(|column| column.name.clone()).collect();
    (!columns.is_empty()).then(|| SchemaProblem::Unmapped { collection: collection.name.clone(), columns })
}

impl Cause {
    fn into_problem(self) -> Option<SchemaProblem> {
        match self {
            Self::Schema(problem) => Some(*problem),
            _ => None,
        }
    }
}
