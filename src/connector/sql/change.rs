//! Changing single fields of single records, all of them in one transaction, or none.
//!
//! A field is written only where it still says what it said when the change was planned: what somebody else wrote since is
//! not overwritten.

use habeas_core::law::{
    change::Write,
    map::System,
    record::{Key, Value},
};
use sqlx::{AssertSqlSafe, Connection, Sqlite, SqliteConnection, Transaction};

use super::{schema::Schema, text, value};
use crate::connector::{Cause, Changed, Fault, Remain, Verified};

/// Does everything but the commit. Dropping the transaction undoes it.
pub(super) async fn prepare<'c>(
    connection: &'c mut SqliteConnection,
    system: &System,
    writes: &[Write],
) -> Result<(Transaction<'c, Sqlite>, Changed), Cause> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let schema = Schema::load(&mut transaction).await?;
    let mut changed = Changed::default();
    for write in writes {
        let place = Place::of(write, system, &schema)?;
        match place.present(&mut transaction).await? {
            None => changed.gone += 1,
            Some(value) if value == write.to => changed.already += 1,
            Some(value) if value == write.was => {
                place.write(&mut transaction).await?;
                changed.changed += 1;
            }
            Some(_) => return Err(Cause::Moved { collection: write.collection.clone(), field: write.field.clone() }),
        }
    }
    Ok((transaction, changed))
}

/// Reads every field back.
pub(super) async fn verify(connection: &mut SqliteConnection, system: &System, writes: &[Write]) -> Result<Verified, Cause> {
    let mut snapshot = connection.begin().await?;
    let schema = Schema::load(&mut snapshot).await?;
    let mut remains: Vec<Remain> = Vec::new();
    for write in writes {
        let present = Place::of(write, system, &schema)?.present(&mut snapshot).await?;
        // A record that is gone says nothing wrong any more.
        if present.is_none_or(|value| value == write.to) {
            continue;
        }
        match remains.iter_mut().find(|remain| remain.collection == write.collection) {
            Some(remain) => remain.rows += 1,
            None => remains.push(Remain { collection: write.collection.clone(), rows: 1, fault: Fault::NotChanged }),
        }
    }
    let checked = u64::try_from(writes.len()).unwrap_or(u64::MAX);
    Ok(if remains.is_empty() { Verified::Clean { checked } } else { Verified::Remains(remains) })
}

/// One field of one record, known to the map and the live table.
struct Place<'w> {
    write: &'w Write,
}

impl<'w> Place<'w> {
    fn of(write: &'w Write, system: &System, schema: &Schema) -> Result<Self, Cause> {
        let (name, field) = (&write.collection, &write.field);
        let refuse = |why: &str| Err(Cause::Plan(format!("`{field}` of `{name}` {why}")));
        let collection = system.collection(name).ok_or_else(|| Cause::Plan(format!("there is no collection `{name}`")))?;
        match collection.field(field) {
            None => return refuse("is not in the map"),
            Some(field) if field.read_only => return refuse("is read-only"),
            Some(field) if field.primary_key => return refuse("is part of the primary key"),
            Some(_) => {}
        }
        let table = schema.mapped(name)?;
        if table.mapped(field)?.computed {
            return refuse("is computed from other columns");
        }
        let mut key: Vec<&str> = collection.fields.iter().filter(|field| field.primary_key).map(|field| field.name.as_str()).collect();
        key.sort_unstable();
        if key.is_empty() || !names_one(&write.key, &key) {
            return Err(Cause::Plan(format!("a record of `{name}` is not named by the whole primary key")));
        }
        Ok(Self { write })
    }

    /// What stands there; `None`: the record is gone.
    async fn present(&self, connection: &mut SqliteConnection) -> Result<Option<Value>, Cause> {
        let column = text::column("t", &self.write.field);
        let select = format!("SELECT {column} FROM {} AS t WHERE {} LIMIT 2", text::name(&self.write.collection), self.key());
        let query = self.write.key.values().fold(sqlx::query(AssertSqlSafe(select)), value::bind);
        let rows = query.fetch_all(connection).await?;
        match rows.as_slice() {
            [] => Ok(None),
            [row] => value::read(row, 0).map(Some),
            _ => Err(Cause::Ambiguous { collection: self.write.collection.clone(), rows: 2, planned: 1 }),
        }
    }

    /// Writes it and looks: a trigger or a type of the column may have made something else of it.
    async fn write(&self, connection: &mut SqliteConnection) -> Result<(), Cause> {
        let (table, field) = (text::name(&self.write.collection), text::name(&self.write.field));
        let update = format!("UPDATE {table} AS t SET {field} = ? WHERE {}", self.key());
        let query = value::bind(sqlx::query(AssertSqlSafe(update)), &self.write.to);
        self.write.key.values().fold(query, value::bind).execute(&mut *connection).await?;
        if self.present(connection).await?.as_ref() == Some(&self.write.to) {
            return Ok(());
        }
        Err(Cause::NotTaken { collection: self.write.collection.clone(), field: self.write.field.clone() })
    }

    /// Row `t` is the record.
    fn key(&self) -> String {
        self.write.key.keys().map(|name| format!("{} = ?", text::column("t", name))).collect::<Vec<_>>().join(" AND ")
    }
}

fn names_one(key: &Key, columns: &[&str]) -> bool {
    let named = key.values().all(|value| !matches!(value, Value::Null | Value::Unreadable(_)));
    named && key.keys().map(String::as_str).eq(columns.iter().copied())
}
