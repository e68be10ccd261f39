//! The data map against the live schema.

use std::collections::BTreeSet;

use habeas_core::law::map::{Collection, Field, System};

use super::{
    dialect::Dialect,
    differ,
    link::Link,
    mask,
    schema::{Schema, Table},
    statement::Statement,
};
use crate::connector::{Cause, SchemaProblem};

/// Where they differ.
pub(super) fn problems(system: &System, schema: &Schema) -> Vec<SchemaProblem> {
    system.collections.iter().flat_map(|collection| in_collection(collection, schema)).collect()
}

/// Reads nothing of every mapped table, which needs the right to read it; and counts what does not stand as the map says.
pub(super) async fn probe(link: &mut Link, system: &System, schema: &Schema) -> Result<Vec<SchemaProblem>, Cause> {
    let mut problems = Vec::new();
    for collection in &system.collections {
        let Some(table) = schema.table(&collection.name) else { continue };
        let columns: Vec<_> = collection.fields.iter().filter_map(|field| Some((field, table.column(&field.name)?))).collect();
        let mut select = Statement::new(link.dialect(), "SELECT ");
        select.each(", ", &columns, |select, (_, column)| {
            select.read("t", column);
        });
        select.sql(" FROM ").table(table).sql(" AS t WHERE 1 = 0");
        if !columns.is_empty() {
            link.all(select).await?;
        }
        for (field, column) in columns.iter().filter(|(field, _)| field.normalised) {
            let rows = link.count(Statement::unfolded(table, column)).await?;
            if rows > 0 {
                problems.push(SchemaProblem::NotNormalised { collection: collection.name.clone(), field: field.name.clone(), rows });
            }
        }
    }
    Ok(problems)
}

/// Where a collection and its table differ.
fn in_collection(collection: &Collection, schema: &Schema) -> Vec<SchemaProblem> {
    let table = match schema.mapped(&collection.name) {
        Ok(table) => table,
        Err(cause) => return cause.into_problem().into_iter().collect(),
    };
    let columns: BTreeSet<&str> = collection.fields.iter().map(Field::column).collect();
    let missing = columns.into_iter().filter_map(|column| table.mapped(column).err()?.into_problem());
    let keys = primary_key(collection, table).into_iter().chain(unique(collection, table));
    missing.chain(keys).chain(mask::misfits(collection, table)).chain(unmapped(collection, table)).collect()
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
    // A table without a primary key may be told apart by a unique index.
    let unique = || table.about.unique.iter().any(|columns| columns.iter().map(known).collect::<BTreeSet<_>>() == map);
    (map != live && !(live.is_empty() && unique())).then(problem)
}

/// What the map calls unique must be so in the database, or a part of it.
fn unique(collection: &Collection, table: &Table) -> Vec<SchemaProblem> {
    let primary = table.primary_key();
    let live: Vec<&Vec<String>> = table.about.unique.iter().chain([&primary]).filter(|columns| !columns.is_empty()).collect();
    let holds = |fields: &[String]| {
        let named = |column: &String| fields.iter().any(|field| table.dialect.same_name(field, column));
        live.iter().any(|columns| columns.iter().all(named))
    };
    let wrong = collection.unique.iter().filter(|fields| !holds(fields));
    wrong.map(|fields| SchemaProblem::NotUnique { collection: collection.name.clone(), fields: fields.clone() }).collect()
}

fn unmapped(collection: &Collection, table: &Table) -> Option<SchemaProblem> {
    let columns = differ::unmapped(collection, table);
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
