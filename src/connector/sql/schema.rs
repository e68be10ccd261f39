//! The live schema: what the database says about itself, as opposed to what the data map says about it.

mod mariadb;
mod postgres;
mod sqlite;

use std::collections::{BTreeMap, BTreeSet};

use habeas_core::law::{
    map::{Collection, Connection, System},
    record::Value,
};

use super::{column::Column, dialect::Dialect, link::Link, statement::Statement};
use crate::connector::{Cause, SchemaProblem};

/// The tables that the map names, as far as they are there, or every table; and every foreign key from or to one of them.
pub(super) struct Schema {
    dialect: Dialect,
    tables: BTreeMap<String, Table>,
    foreign_keys: Vec<ForeignKey>,
    /// Names of every table there is, to find the one that was meant.
    names: Vec<String>,
}

/// A table or view.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) dialect: Dialect,
    pub(super) at: Name,
    pub(super) columns: Vec<Column>,
    /// What only [`Schema::whole`] asks for.
    pub(super) about: About,
}

/// What a table is, as far as its proposed map needs it.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    pub(super) is_view: bool,
    /// About how many rows it has.
    pub(super) rows: Option<u64>,
    /// Columns of each unique index over every row, its primary key left out.
    pub(super) unique: Vec<Vec<String>>,
}

/// Where a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Schema or database; `None`: where habeas is connected.
    pub(super) schema: Option<String>,
    pub(super) table: String,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ForeignKey {
    /// The table that refers.
    pub(super) child: Name,
    /// The table referred to.
    pub(super) parent: Name,
    /// Column here, column there.
    pub(super) pairs: Vec<(String, String)>,
}

impl Schema {
    /// Reads what the database says about the tables of a system.
    pub(super) async fn load(link: &mut Link, system: &System) -> Result<Self, Cause> {
        let mut schema = Self::new(link);
        let mapped: Vec<String> = system.collections.iter().map(|collection| collection.name.clone()).collect();
        schema.fill(link, &system.connection, &mapped).await?;
        if schema.dialect != Dialect::Sqlite && mapped.iter().any(|name| schema.table(name).is_none()) {
            schema.names = schema.every_name(link, &system.connection).await?;
        }
        Ok(schema)
    }

    /// Reads what the database says about every table it has, those of a map among them.
    pub(super) async fn whole(link: &mut Link, connection: &Connection, mapped: &[Collection]) -> Result<Self, Cause> {
        let mut schema = Self::new(link);
        let mut names = schema.every_name(link, connection).await?;
        // A partition is none of the tables there are, and yet somebody may have mapped it.
        names.extend(mapped.iter().map(|collection| collection.name.clone()));
        schema.fill(link, connection, &names).await?;
        match schema.dialect {
            Dialect::Sqlite => sqlite::about(&mut schema, link).await?,
            Dialect::Postgres => postgres::about(&mut schema, link, here(connection), &names).await?,
            Dialect::Mariadb => mariadb::about(&mut schema, link, &names).await?,
        }
        schema.tables.retain(|_, table| schema.dialect != Dialect::Sqlite || !table.at.table.starts_with("sqlite_"));
        Ok(schema)
    }

    fn new(link: &Link) -> Self {
        Self { dialect: link.dialect(), tables: BTreeMap::new(), foreign_keys: Vec::new(), names: Vec::new() }
    }

    async fn fill(&mut self, link: &mut Link, connection: &Connection, names: &[String]) -> Result<(), Cause> {
        match self.dialect {
            Dialect::Sqlite => sqlite::load(self, link).await,
            Dialect::Postgres => postgres::load(self, link, here(connection), names).await,
            Dialect::Mariadb => mariadb::load(self, link, names).await,
        }
    }

    async fn every_name(&self, link: &mut Link, connection: &Connection) -> Result<Vec<String>, Cause> {
        match self.dialect {
            // A file is always read whole.
            Dialect::Sqlite => Ok(Vec::new()),
            Dialect::Postgres => postgres::names(link, here(connection)).await,
            Dialect::Mariadb => mariadb::names(link).await,
        }
    }

    /// Every table that was read, by name.
    pub(super) fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.values()
    }

    /// Every foreign key from or to one of them.
    pub(super) fn foreign_keys(&self) -> &[ForeignKey] {
        &self.foreign_keys
    }

    /// The table that a name means, if it was read.
    pub(super) fn at(&self, name: &Name) -> Option<&Table> {
        self.table(&name.table).filter(|table| table.at.schema == name.schema)
    }

    /// The table a row of the schema is about, made when it is seen first.
    fn entry(&mut self, at: Name) -> &mut Table {
        let dialect = self.dialect;
        let name = at.table.clone();
        self.tables.entry(name).or_insert_with(|| Table { dialect, at, columns: Vec::new(), about: About::default() })
    }

    /// A table by name: as it is written, or else, where the database may not tell `Orders` from `orders`, the one that is meant.
    pub(super) fn table(&self, name: &str) -> Option<&Table> {
        let alike = || self.tables.values().find(|table| self.dialect.same_name(&table.at.table, name));
        self.tables.get(name).or_else(alike)
    }

    /// A table that the map names.
    pub(super) fn mapped(&self, collection: &str) -> Result<&Table, Cause> {
        self.table(collection).ok_or_else(|| {
            let known = self.tables.values().map(|table| &table.at.table).chain(&self.names);
            let closest = closest(collection, known.map(String::as_str));
            SchemaProblem::NoTable { collection: collection.to_owned(), closest }.into()
        })
    }

    /// Foreign keys that point to a table.
    pub(super) fn pointing_at<'s>(&'s self, parent: &'s Name) -> impl Iterator<Item = &'s ForeignKey> {
        self.foreign_keys.iter().filter(move |key| self.is_same(&key.parent, parent))
    }

    /// Whether two names are one table.
    pub(super) fn is_same(&self, one: &Name, other: &Name) -> bool {
        let is_one = match (self.table(&one.table), self.table(&other.table)) {
            (Some(one), Some(other)) => one.at == other.at,
            _ => self.dialect.same_name(&one.table, &other.table),
        };
        one.schema == other.schema && is_one
    }
}

impl Table {
    /// A column that the map names.
    pub(super) fn mapped(&self, field: &str) -> Result<&Column, Cause> {
        self.column(field).ok_or_else(|| {
            let closest = closest(field, self.columns.iter().map(|column| column.name.as_str()));
            SchemaProblem::NoColumn { collection: self.at.table.clone(), field: field.to_owned(), closest }.into()
        })
    }

    /// A column by name; that of a field inside a document is the document's.
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        let name = name.split_once('.').map_or(name, |(column, _)| column);
        self.columns.iter().find(|column| self.dialect.same_name(&column.name, name))
    }

    /// Columns of the primary key, in its order.
    pub(super) fn primary_key(&self) -> Vec<String> {
        let places: BTreeSet<_> = self.columns.iter().filter(|column| column.key > 0).map(|column| (column.key, &column.name)).collect();
        places.into_iter().map(|(_, name)| name.clone()).collect()
    }
}

impl Statement {
    /// A table, quoted.
    pub(super) fn table(&mut self, table: &Table) -> &mut Self {
        self.at(&table.at)
    }

    /// A table by where it is, quoted.
    pub(super) fn at(&mut self, name: &Name) -> &mut Self {
        if let Some(schema) = &name.schema {
            self.name(schema).sql(".");
        }
        self.name(&name.table)
    }
}

/// The name most like another, if any is like it at all.
fn closest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let likeness = |other: &str| strsim::jaro_winkler(&name.to_lowercase(), &other.to_lowercase());
    let (likeness, closest) = known.map(|other| (likeness(other), other)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (likeness > 0.75).then(|| closest.to_owned())
}

/// Where the tables of a system are, in `PostgreSQL`.
fn here(connection: &Connection) -> &str {
    match connection {
        Connection::Postgres(server) => server.schema.as_deref().unwrap_or("public"),
        _ => "",
    }
}

/// Columns of unique indexes arrive one by one, in order; an expression among them is nothing.
fn unique(schema: &mut Schema, rows: impl IntoIterator<Item = (String, String, Option<String>)>) {
    let mut found = BTreeMap::<(String, String), Option<Vec<String>>>::new();
    for (table, index, column) in rows {
        let columns = found.entry((table, index)).or_insert_with(|| Some(Vec::new()));
        *columns = columns.take().zip(column).map(|(mut columns, column)| {
            columns.push(column);
            columns
        });
    }
    for ((table, _), columns) in found {
        if let (Some(table), Some(columns)) = (schema.tables.get_mut(&table), columns) {
            table.about.unique.push(columns);
        }
    }
}

/// A row of the schema, every column of which is a text or nothing.
struct Row(std::vec::IntoIter<Value>);

impl Row {
    const fn new(values: std::vec::IntoIter<Value>) -> Self {
        Self(values)
    }

    /// The next column.
    fn text(&mut self) -> String {
        self.optional().unwrap_or_default()
    }

    fn optional(&mut self) -> Option<String> {
        self.0.next().filter(|value| !value.is_null()).map(|value| value.to_text())
    }

    fn number<T: std::str::FromStr>(&mut self) -> Option<T> {
        self.optional()?.parse().ok()
    }

    fn flag(&mut self) -> bool {
        matches!(self.text().as_str(), "1" | "t" | "true" | "YES")
    }
}

/// Pairs of a foreign key arrive one by one, in order.
fn collect(pairs: impl IntoIterator<Item = (String, Name, Name, (String, String))>) -> Vec<ForeignKey> {
    let mut keys = Vec::<(String, ForeignKey)>::new();
    for (id, child, parent, pair) in pairs {
        match keys.last_mut().filter(|(known, key)| *known == id && key.child == child) {
            Some((_, key)) => key.pairs.push(pair),
            None => keys.push((id, ForeignKey { child, parent, pairs: vec![pair] })),
        }
    }
    keys.into_iter().map(|(_, key)| key).collect()
}
