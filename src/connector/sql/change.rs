//! Changing single fields of single records, all of them in one transaction, or none.
//!
//! A field is written only where it still says what it said when the change was planned: what somebody else wrote since is
//! not overwritten. Records that change alike change in one statement.

use std::collections::BTreeSet;

use futures_util::TryStreamExt;
use habeas_core::law::{
    change::Write,
    map::System,
    record::{Key, Value},
};

use super::{
    column::Column,
    dialect::Dialect,
    keys::{key_columns, names_one},
    link::Link,
    schema::{Schema, Table},
    statement::Statement,
};
use crate::connector::{Cause, Changed, Fault, Remain, Verified};

/// Records per statement.
const BATCH: usize = 200;

/// Does everything but the commit.
pub(super) async fn prepare(link: &mut Link, system: &System, writes: &[Write]) -> Result<Changed, Cause> {
    let schema = Schema::load(link, system).await?;
    let mut changed = Changed::default();
    for batch in batches(writes) {
        let place = Place::of(&batch, system, &schema)?;
        let mut due = Vec::new();
        for (write, present) in batch.iter().zip(place.present(link, &batch, true).await?) {
            match present {
                None => changed.gone += 1,
                Some(present) if !present.is_hers => return Err(Cause::Another { collection: write.collection.clone() }),
                Some(present) if present.is_done => changed.already += 1,
                Some(present) if present.value == write.was => due.push(*write),
                Some(_) => return Err(Cause::Moved { collection: write.collection.clone(), field: write.field.clone() }),
            }
        }
        if !due.is_empty() {
            place.write(link, &due).await?;
            changed.changed += due.len() as u64;
        }
    }
    Ok(changed)
}

/// Reads every field back.
pub(super) async fn verify(link: &mut Link, system: &System, writes: &[Write]) -> Result<Verified, Cause> {
    let schema = Schema::load(link, system).await?;
    let mut remains: Vec<Remain> = Vec::new();
    for batch in batches(writes) {
        let present = Place::of(&batch, system, &schema)?.present(link, &batch, false).await?;
        // A record that is gone says nothing wrong any more.
        for (write, _) in
            batch.iter().zip(present).filter(|(_, present)| present.as_ref().is_some_and(|present| !present.is_done || !present.is_hers))
        {
            match remains.iter_mut().find(|remain| remain.collection == write.collection) {
                Some(remain) => remain.rows += 1,
                None => remains.push(Remain { collection: write.collection.clone(), rows: 1, fault: Fault::NotChanged }),
            }
        }
    }
    let checked = u64::try_from(writes.len()).unwrap_or(u64::MAX);
    Ok(if remains.is_empty() { Verified::Clean { checked } } else { Verified::Remains(remains) })
}

/// Neighbours that write the same into the same field of different records.
fn batches(writes: &[Write]) -> Vec<Vec<&Write>> {
    let mut batches = Vec::<Vec<&Write>>::new();
    for write in writes {
        let alike = |other: &&Write| other.collection == write.collection && other.field == write.field && other.to == write.to;
        let fits = |batch: &&mut Vec<&Write>| batch.len() < BATCH && batch.iter().all(|other| other.key != write.key);
        match batches.iter_mut().rev().find(|batch| batch.first().is_some_and(alike)).filter(fits) {
            Some(batch) => batch.push(write),
            None => batches.push(vec![write]),
        }
    }
    batches
}

/// One field of some records, known to the map and the live table.
struct Place<'w> {
    write: &'w Write,
    table: &'w Table,
    column: &'w Column,
    key: Vec<&'w Column>,
    /// What its records were found by.
    whose: Vec<(&'w str, &'w Column)>,
}

/// What stands in a record.
struct Present {
    value: Value,
    /// It is what shall stand there, as the database compares.
    is_done: bool,
    /// The record still says what it was found by.
    is_hers: bool,
}

impl<'w> Place<'w> {
    fn of(batch: &[&'w Write], system: &System, schema: &'w Schema) -> Result<Self, Cause> {
        let write = batch.first().ok_or_else(|| Cause::Plan("it changes nothing".to_owned()))?;
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
        let column = table.mapped(field)?;
        if column.computed {
            return refuse("is computed from other columns");
        }
        let key = key_columns(collection, table)?;
        if batch.iter().any(|write| !names_one(&write.key, key.iter().map(|(name, _)| name.as_str()))) {
            return Err(Cause::Plan(format!("a record of `{name}` is not named by the whole primary key")));
        }
        let said: BTreeSet<&str> = batch.iter().flat_map(|write| write.whose.keys()).map(String::as_str).collect();
        let whose = said.into_iter().map(|field| Ok((field, table.mapped(field)?))).collect::<Result<_, Cause>>()?;
        Ok(Self { write, table, column, key: key.into_iter().map(|(_, column)| column).collect(), whose })
    }

    /// What stands in each record; `None`: it is gone. Who wants to write holds the rows until the end.
    async fn present(&self, link: &mut Link, batch: &[&Write], to_write: bool) -> Result<Vec<Option<Present>>, Cause> {
        let mut select = Statement::new(link.dialect(), "SELECT ");
        select.each(", ", &self.key, |select, column| {
            select.read("t", column);
        });
        for (_, column) in &self.whose {
            select.sql(", ").read("t", column);
        }
        select.sql(", ").read("t", self.column).sql(", ");
        self.is_done(&mut select);
        select.sql(" FROM ").table(self.table).sql(" AS t WHERE ");
        self.among(&mut select, batch.iter().map(|write| &write.key));
        if to_write && select.dialect != Dialect::Sqlite {
            select.sql(" FOR UPDATE");
        }
        let mut present: Vec<Option<Present>> = batch.iter().map(|_| None).collect();
        let mut rows = link.rows(select);
        while let Some(mut row) = rows.try_next().await? {
            let (done, value) = (row.pop(), row.pop());
            let said = row.split_off(self.key.len().min(row.len()));
            let at = batch.iter().position(|write| write.key.values().eq(&row));
            let asked = at.and_then(|at| Some((present.get_mut(at)?, batch.get(at)?)));
            let (slot, write) = asked.ok_or(Cause::Driver("a record that nobody asked for"))?;
            let says = |(field, said): (&str, &Value)| write.whose.get(field).is_none_or(|then| then == said);
            let is_hers = self.whose.iter().map(|(field, _)| *field).zip(&said).all(says);
            if slot.is_some() {
                return Err(Cause::Ambiguous { collection: self.write.collection.clone(), rows: 2, planned: 1 });
            }
            *slot = Some(Present { value: value.unwrap_or(Value::Null), is_done: done == Some(Value::Integer(1)), is_hers });
        }
        Ok(present)
    }

    /// Writes it and looks: a trigger or a type of the column may have made something else of it.
    async fn write(&self, link: &mut Link, due: &[&Write]) -> Result<(), Cause> {
        let mut update = Statement::new(link.dialect(), "UPDATE ");
        update.table(self.table).sql(" AS t SET ").name(&self.column.name).sql(" = ").value(self.column, &self.write.to).sql(" WHERE ");
        self.among(&mut update, due.iter().map(|write| &write.key));
        link.run(update).await?;
        if self.present(link, due, false).await?.iter().all(|present| present.as_ref().is_some_and(|present| present.is_done)) {
            return Ok(());
        }
        Err(Cause::NotTaken { collection: self.write.collection.clone(), field: self.write.field.clone() })
    }

    /// Whether row `t` says what it shall, as a column of the answer.
    fn is_done(&self, select: &mut Statement) {
        if !self.write.to.is_null() && select.dialect.fit(self.column, &self.write.to).is_none() {
            // The database will refuse it; until then nothing there is the same.
            select.whole("0");
            return;
        }
        let mut wanted = Statement::new(select.dialect, "");
        wanted.args = std::mem::take(&mut select.args);
        wanted.value(self.column, &self.write.to);
        select.args = wanted.args;
        let here = format!("t.{}", select.dialect.quoted(&self.column.name));
        let same = select.dialect.same(self.column, &here, &wanted.text);
        select.whole(&format!("CASE WHEN {same} THEN 1 ELSE 0 END"));
    }

    /// Row `t` is one of the records.
    fn among<'k>(&self, statement: &mut Statement, keys: impl Iterator<Item = &'k Key>) {
        statement.each(" OR ", keys, |statement, key| {
            statement.sql("(");
            statement.each(" AND ", self.key.iter().zip(key.values()), |statement, (column, value)| {
                let name = format!("t.{}", statement.dialect.quoted(&column.name));
                let (compared, fitting) = (statement.dialect.comparable(&name, column), statement.dialect.fit(column, value));
                statement.sql(&compared).sql(" = ").compared(column, &fitting.unwrap_or(Value::Null));
            });
            statement.sql(")");
        });
    }
}
