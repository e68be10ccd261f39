//! The live schema: what the database says about itself, as opposed to what the data map says about it.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{Row, SqliteConnection};

use crate::connector::{Cause, SchemaProblem};

const COLUMNS: &str = "SELECT t.name, c.name, c.\"notnull\", c.pk, c.hidden \
    FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c \
    WHERE t.type IN ('table', 'view') ORDER BY t.name, c.cid";
const UNIQUE: &str = "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_index_list(t.name) AS i, pragma_index_info(i.name) AS c \
    WHERE t.type = 'table' AND i.\"unique\" = 1 AND c.name IS NOT NULL";
const FOREIGN_KEYS: &str = "SELECT t.name, f.id, f.\"table\", f.\"from\", f.\"to\" \
    FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS f \
    WHERE t.type = 'table' ORDER BY t.name, f.id, f.seq";

/// Every table and view, by name in lower case: `SQLite` does not tell `Orders` from `orders`.
pub(super) struct Schema {
    tables: BTreeMap<String, Table>,
}

/// A table or view.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    pub(super) foreign_keys: Vec<ForeignKey>,
}

/// A column.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) unique: bool,
    /// Computed from others; cannot be written.
    pub(super) computed: bool,
    /// Place in the primary key, from 1; 0 outside of it.
    pub(super) key: i64,
}

/// A foreign key, seen from the table that refers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ForeignKey {
    pub(super) parent: String,
    /// Column here, column there.
    pub(super) pairs: Vec<(String, String)>,
}

impl Schema {
    pub(super) async fn load(connection: &mut SqliteConnection) -> Result<Self, Cause> {
        let mut tables = BTreeMap::<String, Table>::new();
        for row in sqlx::query(COLUMNS).fetch_all(&mut *connection).await? {
            let name: String = row.try_get(0)?;
            let table = tables.entry(name.to_ascii_lowercase()).or_insert_with(|| Table { name, ..Table::default() });
            // 1: hidden column of a virtual table. 2 and 3: computed.
            let hidden: i64 = row.try_get(4)?;
            if hidden != 1 {
                let column =
                    Column { name: row.try_get(1)?, required: row.try_get(2)?, unique: false, computed: hidden > 1, key: row.try_get(3)? };
                table.columns.push(column);
            }
        }
        let mut schema = Self { tables };
        schema.load_unique(connection).await?;
        schema.load_foreign_keys(connection).await?;
        Ok(schema)
    }

    async fn load_unique(&mut self, connection: &mut SqliteConnection) -> Result<(), Cause> {
        for row in sqlx::query(UNIQUE).fetch_all(connection).await? {
            let (table, column): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let table = self.tables.get_mut(&table.to_ascii_lowercase());
            if let Some(column) = table.and_then(|table| table.columns.iter_mut().find(|known| known.name == column)) {
                column.unique = true;
            }
        }
        Ok(())
    }

    async fn load_foreign_keys(&mut self, connection: &mut SqliteConnection) -> Result<(), Cause> {
        let mut keys = BTreeMap::<(String, i64), (String, Vec<(String, Option<String>)>)>::new();
        for row in sqlx::query(FOREIGN_KEYS).fetch_all(connection).await? {
            let table: String = row.try_get(0)?;
            let parent: String = row.try_get(2)?;
            let key = keys.entry((table, row.try_get(1)?)).or_insert_with(|| (parent, Vec::new()));
            key.1.push((row.try_get(3)?, row.try_get(4)?));
        }
        for ((child, _), (parent, pairs)) in keys {
            // A foreign key that does not name the other column means its primary key.
            let there = self.table(&parent).map(Table::primary_key).unwrap_or_default();
            let pairs = pairs.into_iter().enumerate();
            let pairs = pairs.filter_map(|(at, (here, other))| Some((here, other.or_else(|| there.get(at).cloned())?))).collect();
            if let Some(child) = self.tables.get_mut(&child.to_ascii_lowercase()) {
                child.foreign_keys.push(ForeignKey { parent, pairs });
            }
        }
        Ok(())
    }

    /// A table by name.
    pub(super) fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(&name.to_ascii_lowercase())
    }

    /// A table that the map names.
    pub(super) fn mapped(&self, collection: &str) -> Result<&Table, Cause> {
        self.table(collection).ok_or_else(|| {
            let closest = closest(collection, self.tables.values().map(|table| table.name.as_str()));
            SchemaProblem::NoTable { collection: collection.to_owned(), closest }.into()
        })
    }

    /// Foreign keys that point to a table, each with the table it is in.
    pub(super) fn pointing_at(&self, parent: &str) -> impl Iterator<Item = (&Table, &ForeignKey)> {
        let keys = self.tables.values().flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)));
        keys.filter(move |(_, key)| key.parent.eq_ignore_ascii_case(parent))
    }
}

impl Table {
    /// A column that the map names.
    pub(super) fn mapped(&self, field: &str) -> Result<&Column, Cause> {
        self.column(field).ok_or_else(|| {
            let closest = closest(field, self.columns.iter().map(|column| column.name.as_str()));
            SchemaProblem::NoColumn { collection: self.name.clone(), field: field.to_owned(), closest }.into()
        })
    }

    /// A column by name.
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// Columns of the primary key, in its order.
    pub(super) fn primary_key(&self) -> Vec<String> {
        let places: BTreeSet<_> = self.columns.iter().filter(|column| column.key > 0).map(|column| (column.key, &column.name)).collect();
        places.into_iter().map(|(_, name)| name.clone()).collect()
    }
}

/// The name most like another, if any is like it at all.
fn closest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let likeness = |other: &str| strsim::jaro_winkler(&name.to_lowercase(), &other.to_lowercase());
    let (likeness, closest) = known.map(|other| (likeness(other), other)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (likeness > 0.75).then(|| closest.to_owned())
}
