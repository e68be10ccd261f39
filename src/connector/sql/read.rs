//! Finding records: one read-only transaction per call, streamed, typed, under caps.

use futures_util::TryStreamExt;
use habeas_core::law::{
    map::{Collection, System},
    record::{Key, Record, Value},
};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection, sqlite::SqliteRow};

use super::{check, schema::Schema, text, value};
use crate::connector::{Caps, Cause, Matching, Question};

/// Values per statement.
const BATCH: usize = 500;

/// Every record that answers one of the questions.
pub(super) async fn find(
    connection: &mut SqliteConnection,
    system: &System,
    questions: &[Question],
    caps: Caps,
) -> Result<Vec<Record>, Cause> {
    // One snapshot for all questions. Nothing is written, so dropping it is enough.
    let mut snapshot = connection.begin().await?;
    let mut found = Answer { records: Vec::new(), bytes: 0, caps };
    for question in questions {
        let unknown = || Cause::Plan(format!("there is no collection `{}`", question.collection));
        let collection = system.collection(&question.collection).ok_or_else(unknown)?;
        if let Err(cause) = ask(&mut snapshot, system, collection, question, &mut found).await {
            return Err(explain(&mut snapshot, collection, cause).await);
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

async fn ask(
    connection: &mut SqliteConnection,
    system: &System,
    collection: &Collection,
    question: &Question,
    found: &mut Answer,
) -> Result<(), Cause> {
    for batch in compared(question).chunks(BATCH) {
        let sql = select(collection, question, batch.len());
        let query = batch.iter().fold(sqlx::query(AssertSqlSafe(sql)), value::bind);
        let mut rows = query.fetch(&mut *connection);
        while let Some(row) = rows.try_next().await? {
            found.add(record(system, collection, &row)?)?;
        }
    }
    Ok(())
}

/// The values as they are compared.
fn compared(question: &Question) -> Vec<Value> {
    match question.matching {
        Matching::Exact => question.values.clone(),
        Matching::Folded => question.values.iter().flat_map(|value| text::folded(&value.to_text())).map(Value::Text).collect(),
    }
}

fn select(collection: &Collection, question: &Question, values: usize) -> String {
    let fields = text::columns("t", collection.fields.iter().map(|field| field.name.as_str()));
    let column = text::column("t", &question.field);
    let compared = if question.matching == Matching::Folded { text::fold(&column) } else { column };
    let key = collection.fields.iter().filter(|field| field.primary_key).map(|field| field.name.as_str());
    let order = text::columns("t", key);
    let order = if order.is_empty() { String::new() } else { format!(" ORDER BY {order}") };
    let values = text::placeholders(values);
    format!("SELECT {fields} FROM {} AS t WHERE {compared} IN ({values}){order}", text::name(&collection.name))
}

fn record(system: &System, collection: &Collection, row: &SqliteRow) -> Result<Record, Cause> {
    let fields = collection.fields.iter().enumerate();
    let values = fields.map(|(at, field)| Ok((field.name.clone(), value::read(row, at)?))).collect::<Result<Key, Cause>>()?;
    let in_key = |name: &str| collection.field(name).is_some_and(|field| field.primary_key);
    let mut key: Key = values.iter().filter(|(name, _)| in_key(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
    if key.is_empty() {
        // Without a key only the whole row tells rows apart; it can be shown but not erased.
        key.clone_from(&values);
    }
    Ok(Record { system: system.key.clone(), collection: collection.name.clone(), key, values })
}

/// `SQLite` says what is wrong; the live schema says what was meant.
async fn explain(connection: &mut SqliteConnection, collection: &Collection, cause: Cause) -> Cause {
    if cause != Cause::Sqlite(1) {
        return cause;
    }
    match Schema::load(connection).await {
        Ok(schema) => check::in_collection(collection, &schema)
            .into_iter()
            .find(super::super::outcome::SchemaProblem::is_error)
            .map_or(cause, Cause::from),
        Err(_) => cause,
    }
}
