//! The records of a plan inside the database: their keys as a list that a statement joins, so that it works on all of them.
//!
//! A server gets the list with each statement, in one value, and nothing is made in it; `SQLite` keeps it in a temporary table.

use std::collections::HashSet;

use habeas_core::law::{
    map::{Collection, System},
    plan::{Act, ErasureStep, Fields, SystemPlan},
    record::{Key, Value},
};

use super::{
    blank,
    column::{Class, Column},
    dialect::{Dialect, text_of},
    link::Link,
    mask::{self, Masks},
    nested,
    schema::{Schema, Table},
    statement::Statement,
    value,
};
use crate::connector::Cause;

/// Rows per `INSERT`.
const BATCH: usize = 500;

/// The records of one collection that share one act. What their masked fields say may differ: it stands beside their keys.
pub(super) struct Group<'a> {
    pub(super) collection: &'a Collection,
    pub(super) table: &'a Table,
    pub(super) act: &'a Act,
    columns: Vec<&'a Column>,
    masks: Masks<'a>,
    number: usize,
    steps: Vec<&'a ErasureStep>,
    known: HashSet<String>,
}

/// Groups the steps of a plan by collection and act, in the order of the plan, and refuses what the map does not allow.
pub(super) fn groups<'a>(part: &'a SystemPlan, system: &'a System, schema: &'a Schema) -> Result<Vec<Group<'a>>, Cause> {
    let mut groups = Vec::<Group<'a>>::new();
    for step in &part.steps {
        if step.act == Act::Keep && !has_key(system, &step.collection) {
            continue; // Nothing is done to it, and nothing names it.
        }
        let known = groups.iter_mut().find(|group| group.collection.name == step.collection && mask::alike(group.act, &step.act));
        if let Some(group) = known {
            group.push(step)?;
        } else {
            let mut group = Group::new(&step.collection, &step.act, system, schema, groups.len())?;
            group.push(step)?;
            groups.push(group);
        }
    }
    Ok(groups)
}

fn has_key(system: &System, collection: &str) -> bool {
    system.collection(collection).is_some_and(|collection| collection.fields.iter().any(|field| field.primary_key))
}

/// The columns that name a record, in the order of their names, as keys have them.
pub(super) fn key_columns<'a>(collection: &Collection, table: &'a Table) -> Result<Vec<(String, &'a Column)>, Cause> {
    let key = collection.fields.iter().filter(|field| field.primary_key);
    let mut columns = key.map(|field| Ok((field.name.clone(), table.mapped(&field.name)?))).collect::<Result<Vec<_>, Cause>>()?;
    columns.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(columns)
}

/// Whether a key names one record by these columns.
pub(super) fn names_one<'n>(key: &Key, columns: impl Iterator<Item = &'n str>) -> bool {
    let named = key.values().all(|value| !matches!(value, Value::Null | Value::Unreadable(_)));
    named && !key.is_empty() && key.keys().map(String::as_str).eq(columns)
}

impl<'a> Group<'a> {
    fn new(name: &str, act: &'a Act, system: &'a System, schema: &'a Schema, number: usize) -> Result<Self, Cause> {
        let collection = system.collection(name).ok_or_else(|| Cause::Plan(format!("there is no collection `{name}`")))?;
        let table = schema.mapped(&collection.name)?;
        let columns: Vec<&Column> = key_columns(collection, table)?.into_iter().map(|(_, column)| column).collect();
        if columns.is_empty() {
            return Err(Cause::Plan(format!("`{name}` has no primary key, so no record of it can be named")));
        }
        if matches!(act, Act::Clear { fields } if fields.is_empty()) {
            return Err(Cause::Plan(format!("it empties no field of `{name}`")));
        }
        let mut group = Self { collection, table, act, columns, masks: Masks::default(), number, steps: Vec::new(), known: HashSet::new() };
        group.cleared().try_for_each(|field| group.may_clear(field))?;
        group.masks = Masks::of(act, collection, table)?;
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

    /// Takes a key in, once.
    fn push(&mut self, step: &'a ErasureStep) -> Result<(), Cause> {
        let key = &step.key;
        let mut names: Vec<&str> =
            self.collection.fields.iter().filter(|field| field.primary_key).map(|field| field.name.as_str()).collect();
        names.sort_unstable();
        if !names_one(key, names.into_iter()) {
            return Err(Cause::Plan(format!("a record of `{}` is not named by the whole primary key", self.collection.name)));
        }
        if self.known.insert(format!("{key:?}")) {
            self.masks.push(step)?;
            self.steps.push(step);
        }
        Ok(())
    }

    /// The fields that are emptied or masked.
    pub(super) fn cleared(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let fields = match self.act {
            Act::Clear { fields } => Some(fields),
            Act::Delete | Act::Keep => None,
        };
        fields.into_iter().flat_map(Fields::names)
    }

    /// What the plan says about each record.
    pub(super) fn steps(&self) -> &[&'a ErasureStep] {
        &self.steps
    }

    fn keys(&self) -> impl Iterator<Item = &'a Key> {
        self.steps.iter().map(|step| &step.key)
    }

    /// The columns of the primary key.
    pub(super) fn columns(&self) -> &[&'a Column] {
        &self.columns
    }

    /// How many different records.
    pub(super) const fn planned(&self) -> u64 {
        self.steps.len() as u64
    }

    /// How many rows of the table answer to the keys, as a query.
    pub(super) fn rows(&self, count: &mut Statement) {
        count.sql("SELECT count(*) FROM ");
        self.joined(count);
    }

    /// How many of them still hold something that shall be empty, as a query.
    pub(super) fn unclean_rows(&self, count: &mut Statement) -> Result<(), Cause> {
        self.rows(count);
        count.sql(" WHERE ");
        self.unclean(count)
    }

    /// The keys `k`, joined with their rows `t`.
    pub(super) fn joined(&self, statement: &mut Statement) {
        self.list(statement, "k");
        // A server that does not know how short the list is must not read the table instead.
        statement.sql(if statement.dialect == Dialect::Mariadb { " STRAIGHT_JOIN " } else { " JOIN " });
        statement.table(self.table).sql(" AS t ON ");
        self.join(statement, "t", "k");
    }

    /// One row is that of one key.
    pub(super) fn join(&self, statement: &mut Statement, row: &str, key: &str) {
        statement.each(" AND ", self.columns.iter().enumerate(), |statement, (at, column)| {
            let name = format!("{row}.{}", statement.dialect.quoted(&column.name));
            let compared = statement.dialect.comparable(&name, column);
            match (statement.dialect, column.class) {
                (Dialect::Mariadb, Class::Bytes) => statement.sql(&format!("{compared} = UNHEX({key}.c{at})")),
                (Dialect::Mariadb, Class::Time | Class::Json | Class::Other) => {
                    statement.sql(&format!("{compared} COLLATE utf8mb4_bin = {key}.c{at}"))
                }
                _ => statement.sql(&format!("{compared} = {key}.c{at}")),
            };
        });
    }

    /// A row of `SQLite` under the given alias is one of these records.
    pub(super) fn among(&self, statement: &mut Statement, alias: &str) {
        statement.sql("(").each(", ", &self.columns, |statement, column| {
            statement.column(alias, &column.name);
        });
        statement.sql(&format!(") IN (SELECT {} FROM {})", self.listed(), self.temporary()));
    }

    /// The order of the keys.
    pub(super) fn order(&self) -> String {
        (0..self.columns.len()).map(|at| format!("k.c{at}")).collect::<Vec<_>>().join(", ")
    }

    /// The list of keys as a table with an alias.
    pub(super) fn list(&self, statement: &mut Statement, alias: &str) {
        match statement.dialect {
            Dialect::Sqlite => {
                statement.sql(&format!("{} AS {alias}", self.temporary()));
            }
            Dialect::Postgres => {
                statement.sql("unnest(");
                statement.each(", ", self.columns.iter().enumerate(), |statement, (at, column)| {
                    let values = self.keys().filter_map(|key| key.values().nth(at));
                    let fit = |value: &Value| statement.dialect.fit(column, value).unwrap_or_else(|| value.clone());
                    let texts = values.map(|value| text_of(&fit(value))).collect();
                    statement.array(texts, column.compared_as());
                });
                let marks = self.keys().map(|key| value::mark(key).to_string()).collect();
                statement.sql(", ").array(marks, "bigint");
                for masks in self.masks.columns() {
                    statement.sql(", ").array(masks.map(text_of).collect(), "text");
                }
                statement.sql(&format!(") AS {alias}({}, mark{})", self.listed(), self.masks.listed()));
            }
            Dialect::Mariadb => {
                let typed = self.columns.iter().enumerate().map(|(at, column)| format!("c{at} {} PATH '$[{at}]'", listed_as(column)));
                let typed = typed.chain([format!("mark BIGINT PATH '$[{}]'", self.columns.len())]);
                let typed: Vec<String> = typed.chain(self.masks.typed(self.columns.len() + 1)).collect();
                statement.sql("JSON_TABLE(").plain(Value::Text(self.json()));
                statement.sql(&format!(", '$[*]' COLUMNS ({})) AS {alias}", typed.join(", ")));
            }
        }
    }

    fn json(&self) -> String {
        let row = |(at, key): (usize, &Key)| {
            let values = key.values().zip(&self.columns).map(|(value, column)| match Dialect::Mariadb.fit(column, value) {
                Some(Value::Integer(number)) => number.into(),
                Some(Value::Bytes(bytes)) => data_encoding::HEXUPPER.encode(&bytes).into(),
                Some(other) => other.to_text().into(),
                None => serde_json::Value::Null,
            });
            values.chain([value::mark(key).into()]).chain(self.masks.row(at).map(mask::json)).collect::<serde_json::Value>()
        };
        self.keys().enumerate().map(row).collect::<serde_json::Value>().to_string()
    }

    fn listed(&self) -> String {
        (0..self.columns.len()).map(|at| format!("c{at}")).collect::<Vec<_>>().join(", ")
    }

    fn temporary(&self) -> String {
        format!("temp.habeas_keys_{}", self.number)
    }

    /// Puts the keys where statements find them.
    pub(super) async fn load(&self, link: &mut Link) -> Result<(), Cause> {
        if link.dialect() != Dialect::Sqlite {
            return Ok(());
        }
        let (list, columns, masks) = (self.temporary(), self.listed(), self.masks.listed());
        let create = format!("CREATE TABLE {list} ({columns}, mark INTEGER NOT NULL{masks}, PRIMARY KEY ({columns})) WITHOUT ROWID");
        link.run(Statement::new(Dialect::Sqlite, &create)).await?;
        let rows: Vec<(usize, &Key)> = self.keys().enumerate().collect();
        for batch in rows.chunks(BATCH) {
            let mut insert = Statement::new(Dialect::Sqlite, &format!("INSERT OR IGNORE INTO {list} ({columns}, mark{masks}) VALUES "));
            insert.each(", ", batch, |insert, (at, key)| {
                insert.sql("(");
                let values = key.values().cloned().chain([Value::Integer(value::mark(key))]).chain(self.masks.row(*at).cloned());
                insert.each(", ", values, |insert, value| {
                    insert.plain(value);
                });
                insert.sql(")");
            });
            link.run(insert).await?;
        }
        Ok(())
    }

    /// Every field of row `t` that is emptied or masked, with what it shall hold.
    pub(super) fn blanks(&self) -> Result<Vec<(&'a Column, String)>, Cause> {
        let mut blanks: Vec<(&Column, String)> = Vec::new();
        for field in self.cleared().filter(|field| !nested::is_part(self, field)) {
            let column = self.table.mapped(field)?;
            if blanks.iter().all(|(known, _)| known.name != column.name) {
                let masked = self.masks.expression(self.table.dialect, column);
                let says = masked.map_or_else(|| blank::of(self.table.dialect, column, &self.collection.name), Ok)?;
                blanks.push((column, says));
            }
        }
        Ok(blanks)
    }

    /// Something of row `t` still has to be emptied.
    pub(super) fn unclean(&self, statement: &mut Statement) -> Result<(), Cause> {
        let dialect = statement.dialect;
        let clean = self.blanks()?.into_iter().map(|(column, blank)| {
            let here = format!("t.{}", dialect.quoted(&column.name));
            dialect.same(column, &here, &blank)
        });
        // Where only parts of documents are emptied, no column is.
        let clean = clean.chain(["1 = 1".to_owned()]).collect::<Vec<_>>().join(" AND ");
        statement.sql(&format!("NOT ({clean})"));
        Ok(())
    }
}

/// How a key column is declared in the list: as the table's own, so that its index is used.
fn listed_as(column: &Column) -> String {
    match (column.class, &column.collation) {
        (Class::Whole, _) if column.is_unsigned() => "BIGINT UNSIGNED".to_owned(),
        (Class::Whole | Class::Flag, _) => "BIGINT".to_owned(),
        (Class::Decimal, _) => column.typed.clone(),
        (Class::Float, _) => "DOUBLE".to_owned(),
        (Class::Text, Some((set, collation))) => {
            format!("VARCHAR({}) CHARACTER SET {set} COLLATE {collation}", column.length.unwrap_or(255).clamp(1, 3000))
        }
        (Class::Bytes, _) => format!("VARCHAR({})", 2 * column.length.unwrap_or(255).clamp(1, 3000)),
        _ => "VARCHAR(255)".to_owned(),
    }
}
