//! Whether the rows that answer to a plan's keys are still the records it was made about.
//!
//! An erasure may be repeated when nobody knows whether it took place. Meanwhile the database may have given a key that became
//! free to a new row, and that one nobody has decided about.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use habeas_core::law::{
    plan::{Act, SystemPlan, print},
    record::Value,
};
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use super::{keys::Group, text, value};
use crate::connector::Cause;

/// Refuses when a row that would be deleted or emptied is not the one that the plan knows. What is empty already stays as it is.
pub(super) async fn refuse_others(connection: &mut SqliteConnection, group: &Group<'_>, part: &SystemPlan) -> Result<(), Cause> {
    let here = part.steps.iter().filter(|step| step.collection == group.collection.name && step.act == *group.act);
    let prints: HashMap<i64, &str> = here.filter_map(|step| Some((value::mark(&step.key), step.print.as_deref()?))).collect();
    let touched = match group.act {
        Act::Delete => "TRUE".to_owned(),
        Act::Clear { .. } => group.unclean()?,
        Act::Keep => return Ok(()),
    };
    let names: HashMap<&str, usize> = group.collection.fields.iter().map(|field| field.name.as_str()).zip(1..).collect();
    let columns = text::columns("t", group.collection.fields.iter().map(|field| field.name.as_str()));
    let select =
        format!("SELECT k.mark, {columns} FROM {} AS k JOIN {} AS t ON {} WHERE {touched}", group.list(), group.name(), group.join());
    let mut rows = sqlx::query(AssertSqlSafe(select)).fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let Some(planned) = prints.get(&row.try_get::<i64, _>(0)?) else { continue };
        let values = (1..=names.len()).map(|at| value::read(&row, at)).collect::<Result<Vec<Value>, Cause>>()?;
        let found = |field: &str| names.get(field).and_then(|at| values.get(at - 1)).unwrap_or(&Value::Null);
        if print(group.collection, found) != *planned {
            return Err(Cause::Another { collection: group.collection.name.clone() });
        }
    }
    Ok(())
}
