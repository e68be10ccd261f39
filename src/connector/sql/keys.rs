//! The records of a plan inside the database: their keys in temporary tables, so that a statement works on all of them.

use habeas_core::law::{
    map::{Collection, System},
    plan::{Act, SystemPlan},
    record::{Key, Value},
};
use sqlx::{AssertSqlSafe, SqliteConnection};

use super::{schema::Schema, schema::Table, text, value};
use crate::connector::Cause;

/// Rows per `INSERT`.
const BATCH: usize = 500;

/// The records of one collection that share one act.
pub(super) struct Group<'a> {
    pub(super) collection: &'a Collection,
    pub(super) table: &'a Table,
    pub(super) act: &'a Act,
    columns: Vec<&'a str>,
    list: String,
    keys: Vec<&'a Key>,
}

/// Groups the steps of a plan by collection and act, in the order of the plan, and refuses what the map does not allow.
pub(super) fn groups<'a>(part: &'a SystemPlan, system: &'a System, schema: &'a Schema) -> Result<Vec<Group<'a>>, Cause> {
    let mut groups = Vec::<Group<'a>>::new();
    for step in &part.steps {
        if step.act == Act::Keep && !has_key(system, &step.collection) {
            continue; // Nothing is done to it, and nothing names it.
        }
        let known = groups.iter_mut().find(|group| group.collection.name == step.collection && *group.act == step.act);
        if let Some(group) = known {
            group.push(&step.key)?;
        } else {
            let mut group = Group::new(&step.collection, &step.act, system, schema, groups.len())?;
            group.push(&step.key)?;
            groups.push(group);
        }
    }
    Ok(groups)
}

fn has_key(system: &System, collection: &str) -> bool {
    system.collection(collection).is_some_and(|collection| collection.fields.iter().any(|field| field.primary_key))
}

impl<'a> Group<'a> {
    fn new(name: &str, act: &'a Act, system: &'a System, schema: &'a Schema, number: usize) -> Result<Self, Cause> {
        let collection = system.collection(name).ok_or_else(|| Cause::Plan(format!("there is no collection `{name}`")))?;
        let table = schema.mapped(&collection.name)?;
        let key = collection.fields.iter().filter(|field| field.primary_key);
        let mut columns = key.map(|field| table.mapped(&field.name).map(|_| field.name.as_str())).collect::<Result<Vec<_>, _>>()?;
        columns.sort_unstable();
        if columns.is_empty() {
            return Err(Cause::Plan(format!("`{name}` has no primary key, so no record of it can be named")));
        }
        if matches!(act, Act::Clear { fields } if fields.is_empty()) {
            return Err(Cause::Plan(format!("it empties no field of `{name}`")));
        }
        let group = Self { collection, table, act, columns, list: format!("temp.habeas_keys_{number}"), keys: Vec::new() };
        group.cleared().iter().try_for_each(|field| group.may_clear(field))?;
        Ok(group)
    }

    fn may_clear(&self, name: &str) -> Result<(), Cause> {
        let collection = &self.collection.name;
        let refuse = |why: &str| Err(Cause::Plan(format!("`{name}` of `{collection}` {why}")));
        match self.collection.field(name) {
            None => return refuse("is not in the map"),
            Some(field) if field.read_only => return refuse("is read-only"),
            Some(field) if field.primary_key => return refuse("is part of the primary key"),
            Some(_) => {}
        }
        if self.table.mapped(name)?.computed { refuse("is computed from other columns") } else { Ok(()) }
    }

    fn push(&mut self, key: &'a Key) -> Result<(), Cause> {
        let complete = key.keys().map(String::as_str).eq(self.columns.iter().copied());
        let named = key.values().all(|value| !matches!(value, Value::Null | Value::Unreadable(_)));
        if !complete || !named {
            return Err(Cause::Plan(format!("a record of `{}` is not named by the whole primary key", self.collection.name)));
        }
        self.keys.push(key);
        Ok(())
    }

    /// The fields that are emptied.
    pub(super) fn cleared(&self) -> &'a [String] {
        match self.act {
            Act::Clear { fields } => fields,
            Act::Delete | Act::Keep => &[],
        }
    }

    /// How many different records.
    pub(super) async fn planned(&self, connection: &mut SqliteConnection) -> Result<u64, Cause> {
        count(connection, format!("SELECT count(*) FROM {}", self.list)).await
    }

    /// How many rows of the table answer to the keys, as far as a condition on `t` and `k` holds.
    pub(super) async fn rows(&self, connection: &mut SqliteConnection, condition: &str) -> Result<u64, Cause> {
        let (table, list, join) = (self.name(), &self.list, self.join());
        count(connection, format!("SELECT count(*) FROM {list} AS k JOIN {table} AS t ON {join} WHERE {condition}")).await
    }

    /// The table, quoted.
    pub(super) fn name(&self) -> String {
        text::name(&self.collection.name)
    }

    /// The temporary table of keys.
    pub(super) fn list(&self) -> &str {
        &self.list
    }

    /// Row `t` is the one of key `k`.
    pub(super) fn join(&self) -> String {
        let pairs = self.columns.iter().enumerate().map(|(at, name)| format!("{} = k.c{at}", text::column("t", name)));
        pairs.collect::<Vec<_>>().join(" AND ")
    }

    /// A row under the given alias is one of these records.
    pub(super) fn among(&self, alias: &str) -> String {
        let (here, there) = (text::columns(alias, self.columns.iter().copied()), self.listed().join(", "));
        format!("({here}) IN (SELECT {there} FROM {})", self.list)
    }

    /// The order of the keys.
    pub(super) fn order(&self) -> String {
        self.listed().iter().map(|column| format!("k.{column}")).collect::<Vec<_>>().join(", ")
    }

    fn listed(&self) -> Vec<String> {
        (0..self.columns.len()).map(|at| format!("c{at}")).collect()
    }

    /// Puts the keys into their temporary table, each once.
    pub(super) async fn load(&self, connection: &mut SqliteConnection) -> Result<(), Cause> {
        let columns = self.listed().join(", ");
        let create = format!("CREATE TABLE {} ({columns}, mark INTEGER NOT NULL, PRIMARY KEY ({columns})) WITHOUT ROWID", self.list);
        sqlx::query(AssertSqlSafe(create)).execute(&mut *connection).await?;
        let row = format!("({})", text::placeholders(self.columns.len() + 1));
        for batch in self.keys.chunks(BATCH) {
            let rows = vec![row.as_str(); batch.len()].join(", ");
            let insert = format!("INSERT OR IGNORE INTO {} ({columns}, mark) VALUES {rows}", self.list);
            let query = batch
                .iter()
                .fold(sqlx::query(AssertSqlSafe(insert)), |query, key| key.values().fold(query, value::bind).bind(value::mark(key)));
            query.execute(&mut *connection).await?;
        }
        Ok(())
    }

    /// What an emptied column of row `t` holds: nothing, or where something is required, the plainest value of the
    /// same kind, made different per row where it must be unique. Reading back looks for exactly this.
    pub(super) fn blank(&self, field: &str) -> Result<String, Cause> {
        let column = self.table.mapped(field)?;
        let here = text::column("t", field);
        Ok(match (column.required, column.unique) {
            (false, _) => "NULL".to_owned(),
            (true, false) => format!("CASE typeof({here}) WHEN 'text' THEN '' WHEN 'blob' THEN x'' ELSE 0 END"),
            (true, true) => {
                format!("CASE typeof({here}) WHEN 'text' THEN 'erased-' || k.mark WHEN 'blob' THEN CAST(k.mark AS BLOB) ELSE -k.mark END")
            }
        })
    }

    /// Something of row `t` still has to be emptied.
    pub(super) fn unclean(&self) -> Result<String, Cause> {
        let fields = self.cleared().iter();
        let clean = fields.map(|field| Ok(format!("{} IS {}", text::column("t", field), self.blank(field)?)));
        Ok(format!("NOT ({})", clean.collect::<Result<Vec<_>, Cause>>()?.join(" AND ")))
    }
}

/// A single count.
pub(super) async fn count(connection: &mut SqliteConnection, sql: String) -> Result<u64, Cause> {
    let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(connection).await?;
    u64::try_from(count).map_err(|_| Cause::Driver("a negative count"))
}
