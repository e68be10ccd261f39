//! Reading a table from end to end, a page at a time, in the order of its key: nothing is skipped and nothing is held open meanwhile.

use futures_util::TryStreamExt;
use habeas_core::law::{
    map::System,
    record::{Key, Record},
};

use super::{
    column::Column,
    keys::{key_columns, names_one},
    link::Link,
    read::Wanted,
    schema::Schema,
    statement::Statement,
};
use crate::connector::Cause;

/// The records after a key, at most so many.
pub(super) async fn page(
    link: &mut Link,
    schema: &Schema,
    system: &System,
    collection: &str,
    after: Option<&Key>,
    limit: usize,
) -> Result<Vec<Record>, Cause> {
    let unknown = || Cause::Plan(format!("there is no collection `{collection}`"));
    let collection = system.collection(collection).ok_or_else(unknown)?;
    let wanted = Wanted::new(system, collection, schema, None)?;
    let columns = key_columns(collection, wanted.table)?;
    if columns.is_empty() {
        return Err(Cause::Plan(format!("`{}` has no primary key, so it has no order to be read in", collection.name)));
    }
    let mut select = wanted.begun(link);
    let keys = |select: &mut Statement| {
        select.each(", ", &columns, |select, (_, column)| {
            select.column("t", &column.name);
        });
    };
    if let Some(after) = after {
        if !names_one(after, columns.iter().map(|(name, _)| name.as_str())) {
            return Err(Cause::Plan(format!("a record of `{}` is not named by the whole primary key", collection.name)));
        }
        select.sql(" WHERE (");
        keys(&mut select);
        select.sql(") > (");
        let values: Vec<(&Column, _)> = columns.iter().map(|(_, column)| *column).zip(after.values()).collect();
        select.each(", ", values, |select, (column, value)| {
            select.value(column, value);
        });
        select.sql(")");
    }
    select.sql(" ORDER BY ");
    keys(&mut select);
    select.sql(&format!(" LIMIT {limit}"));
    let mut rows = link.rows(select);
    let mut records = Vec::new();
    while let Some(row) = rows.try_next().await? {
        records.push(wanted.record(row));
    }
    Ok(records)
}
