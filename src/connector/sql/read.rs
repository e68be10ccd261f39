//! Finding records: one read-only transaction per call, streamed, typed, under caps.

use futures_util::TryStreamExt;
use habeas_core::law::{
    map::{Collection, System},
    record::{Key, Record, Value},
};

use super::{
    column::Column,
    link::Link,
    schema::{Schema, Table},
    statement::Statement,
    value,
};
use crate::connector::{Caps, Cause, Question};

/// Values per statement.
const BATCH: usize = 500;

/// Every record that answers one of the questions.
pub(super) async fn find(
    link: &mut Link,
    schema: &Schema,
    system: &System,
    questions: &[Question],
    caps: Caps,
) -> Result<Vec<Record>, Cause> {
    let mut found = Answer { records: Vec::new(), bytes: 0, caps };
    for question in questions {
        let unknown = || Cause::Plan(format!("there is no collection `{}`", question.collection));
        let collection = system.collection(&question.collection).ok_or_else(unknown)?;
        let wanted = Wanted::new(system, collection, schema)?;
        for batch in question.rows.chunks(BATCH) {
            let select = wanted.select(link, question, batch)?;
            let mut rows = link.rows(select);
            while let Some(row) = rows.try_next().await? {
                found.add(wanted.record(row))?;
            }
        }
    }
    Ok(found.records)
}

/// Records read so far and what they cost.
struct Answer {
    records: Vec<Record>,
    bytes: usize,
    caps: Caps,
}

impl Answer {
    fn add(&mut self, record: Record) -> Result<(), Cause> {
        self.bytes = self.bytes.saturating_add(record.values.values().map(value::size).sum());
        if self.bytes > self.caps.bytes {
            return Err(Cause::TooMuch { collection: record.collection, cap: format!("{} bytes", self.caps.bytes) });
        }
        if self.records.len() >= self.caps.rows {
            return Err(Cause::TooMuch { collection: record.collection, cap: format!("{} records", self.caps.rows) });
        }
        self.records.push(record);
        Ok(())
    }
}

/// A collection whose records are wanted, whole.
pub(super) struct Wanted<'a> {
    system: &'a System,
    collection: &'a Collection,
    pub(super) table: &'a Table,
    columns: Vec<&'a Column>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(system: &'a System, collection: &'a Collection, schema: &'a Schema) -> Result<Self, Cause> {
        let table = schema.mapped(&collection.name)?;
        let columns = collection.fields.iter().map(|field| table.mapped(&field.name)).collect::<Result<_, Cause>>()?;
        Ok(Self { system, collection, table, columns })
    }

    /// Every field of the rows `t`.
    pub(super) fn begun(&self, link: &Link) -> Statement {
        let mut select = Statement::new(link.dialect(), "SELECT ");
        select.each(", ", &self.columns, |select, column| {
            select.read("t", column);
        });
        select.sql(" FROM ").table(self.table).sql(" AS t");
        select
    }

    fn select(&self, link: &Link, question: &Question, rows: &[Vec<Value>]) -> Result<Statement, Cause> {
        let mut select = self.begun(link);
        select.sql(" WHERE ");
        let terms = question.by.iter().map(|term| Ok((self.table.mapped(&term.field)?, term.matching)));
        select.answers("t", &terms.collect::<Result<Vec<_>, Cause>>()?, rows);
        let key: Vec<&String> = self.collection.fields.iter().filter(|field| field.primary_key).map(|field| &field.name).collect();
        if !key.is_empty() {
            select.sql(" ORDER BY ");
            select.each(", ", key, |select, name| {
                select.column("t", name);
            });
        }
        Ok(select)
    }

    pub(super) fn record(&self, row: Vec<Value>) -> Record {
        let fields = self.collection.fields.iter();
        let values: Key = fields.map(|field| field.name.clone()).zip(row).collect();
        let in_key = |name: &str| self.collection.field(name).is_some_and(|field| field.primary_key);
        let mut key: Key = values.iter().filter(|(name, _)| in_key(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
        if key.is_empty() {
            // Without a key only the whole row tells rows apart; it can be shown but not erased.
            key.clone_from(&values);
        }
        Record { system: self.system.key.clone(), collection: self.collection.name.clone(), key, values }
    }
}
