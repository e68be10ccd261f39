//! Finding records: one read-only transaction per call, streamed, typed, under caps.

use futures_util::TryStreamExt;
use habeas_core::law::{
    map::{Collection, System},
    record::{Key, Record, Value},
};

use super::{
    column::Column,
    link::Link,
    nested::Columns,
    schema::{Schema, Table},
    statement::{Compared, Statement},
};
use crate::connector::{
    Caps, Cause, Found, Matching, Question, SchemaProblem,
    nested::{Sought, is_inside},
};

/// Values per statement.
const BATCH: usize = 500;

/// Gives every record that answers one of the questions.
pub(super) async fn find(
    link: &mut Link,
    schema: &Schema,
    system: &System,
    questions: &[Question],
    caps: Caps,
    found: &mut dyn Found,
) -> Result<(), Cause> {
    let mut room = Room { records: 0, bytes: 0, caps };
    for question in questions {
        let unknown = || Cause::Plan(format!("there is no collection `{}`", question.collection));
        let collection = system.collection(&question.collection).ok_or_else(unknown)?;
        let wanted = Wanted::new(system, collection, schema, Some(questions))?;
        let inside = question.by.iter().any(|term| collection.field(&term.field).is_some_and(is_inside));
        let sought = inside.then(|| Sought::new(collection, question));
        for batch in question.rows.chunks(BATCH) {
            let select = wanted.select(link, question, batch)?;
            let mut rows = link.rows(select);
            while let Some(row) = rows.try_next().await? {
                let record = wanted.record(row);
                if sought.as_ref().is_none_or(|sought| sought.is_in(&record)) {
                    room.charge(&record)?;
                    found.take(record).await?;
                }
            }
        }
    }
    Ok(())
}

/// What the records read so far cost.
struct Room {
    records: usize,
    bytes: usize,
    caps: Caps,
}

impl Room {
    fn charge(&mut self, record: &Record) -> Result<(), Cause> {
        let full = |cap: usize, unit: &str| Cause::TooMuch { collection: record.collection.clone(), cap: format!("{cap} {unit}") };
        self.bytes = self.bytes.saturating_add(record.values.values().map(Value::size).sum());
        if self.bytes > self.caps.bytes {
            return Err(full(self.caps.bytes, "bytes"));
        }
        self.records += 1;
        if self.records > self.caps.rows { Err(full(self.caps.rows, "records")) } else { Ok(()) }
    }
}

/// A collection whose records are wanted, whole.
pub(super) struct Wanted<'a> {
    system: &'a System,
    collection: &'a Collection,
    pub(super) table: &'a Table,
    columns: Columns<'a>,
}

impl<'a> Wanted<'a> {
    /// `questions` say who is looked for: elements of lists that are not about them are left out. Without any, nobody is.
    pub(super) fn new(
        system: &'a System,
        collection: &'a Collection,
        schema: &'a Schema,
        questions: Option<&[Question]>,
    ) -> Result<Self, Cause> {
        let table = schema.mapped(&collection.name)?;
        let columns = Columns::of(collection, table, collection.fields.iter(), questions)?;
        Ok(Self { system, collection, table, columns })
    }

    /// Every field of the rows `t`.
    pub(super) fn begun(&self, link: &Link) -> Statement {
        let mut select = Statement::new(link.dialect(), "SELECT ");
        self.columns.select(&mut select);
        select.sql(" FROM ").table(self.table).sql(" AS t");
        select
    }

    fn select(&self, link: &Link, question: &Question, rows: &[Vec<Value>]) -> Result<Statement, Cause> {
        let mut select = self.begun(link);
        select.sql(" WHERE ");
        let terms = question.by.iter().map(|term| {
            let inside = self.collection.field(&term.field).is_some_and(is_inside);
            let column = self.table.mapped(&term.field)?;
            if term.matching != Matching::Exact && !column.may_hold_text() {
                return Err(self.retyped(&term.field, column).into());
            }
            Ok(Compared { column, matching: term.matching, inside })
        });
        select.answers(&terms.collect::<Result<Vec<_>, Cause>>()?, rows);
        let key: Vec<&String> = self.collection.fields.iter().filter(|field| field.primary_key).map(|field| &field.name).collect();
        if !key.is_empty() {
            select.sql(" ORDER BY ");
            select.each(", ", key, |select, name| {
                select.column("t", name);
            });
        }
        Ok(select)
    }

    /// An address is never found in it, and nobody may be told that nothing is held because of that.
    fn retyped(&self, field: &str, column: &Column) -> SchemaProblem {
        let (map, live) = ("string".to_owned(), column.typed.clone());
        SchemaProblem::Retyped { collection: self.collection.name.clone(), field: field.to_owned(), map, live }
    }

    pub(super) fn record(&self, row: Vec<Value>) -> Record {
        let values = self.columns.values(row);
        let in_key = |name: &str| self.collection.field(name).is_some_and(|field| field.primary_key);
        let mut key: Key = values.iter().filter(|(name, _)| in_key(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
        if key.is_empty() {
            // Without a key only the whole row tells rows apart; it can be shown but not erased.
            key.clone_from(&values);
        }
        Record { system: self.system.key.clone(), collection: self.collection.name.clone(), key, values }
    }
}
