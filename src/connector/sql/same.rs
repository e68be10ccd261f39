//! Whether the rows that answer to a plan's keys are still the records it was made about.
//!
//! An erasure may be repeated when nobody knows whether it took place. Meanwhile the database may have given a key that became
//! free to a new row, and that one nobody has decided about.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use habeas_core::law::{
    plan::{Act, print},
    record::{Key, Value},
};

use super::{keys::Group, link::Link, nested::Columns, statement::Statement};
use crate::connector::Cause;

/// Refuses when a row that would be deleted or emptied is not the one that the plan knows. What is empty already stays as it is.
pub(super) async fn refuse_others(link: &mut Link, group: &Group<'_>) -> Result<(), Cause> {
    let prints: HashMap<String, &str> = group.steps().iter().filter_map(|step| Some((named(&step.key), step.print.as_deref()?))).collect();
    if *group.act == Act::Keep || prints.is_empty() {
        return Ok(());
    }
    let fields = &group.collection.fields;
    let columns = Columns::of(group.collection, group.table, fields.iter(), None)?;
    let mut select = Statement::new(link.dialect(), "SELECT ");
    columns.select(&mut select);
    select.sql(" FROM ");
    group.joined(&mut select);
    if matches!(group.act, Act::Clear { .. }) {
        select.sql(" WHERE ");
        group.unclean(&mut select)?;
    }
    let mut rows = link.rows(select);
    while let Some(row) = rows.try_next().await? {
        let values = columns.values(row);
        let key = fields.iter().filter(|field| field.primary_key);
        let key: Key = key.filter_map(|field| Some((field.name.clone(), values.get(&field.name)?.clone()))).collect();
        let Some(planned) = prints.get(&named(&key)) else { continue };
        if print(group.collection, |field| values.get(field).unwrap_or(&Value::Null)) != *planned {
            return Err(Cause::Another { collection: group.collection.name.clone() });
        }
    }
    Ok(())
}

/// A key as a word of its own.
fn named(key: &Key) -> String {
    format!("{key:?}")
}
