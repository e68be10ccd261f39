//! What an `SQLite` file says about itself.

use super::{Name, Row, Schema, Table, collect};
use crate::connector::{
    Cause,
    sql::{column::Column, link::Link, statement::Statement},
};

const COLUMNS: &str = "SELECT t.name, c.name, c.\"notnull\", c.pk, c.hidden, c.type \
    FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c \
    WHERE t.type IN ('table', 'view') ORDER BY t.name, c.cid";
const INDEXES: &str = "SELECT t.name, c.name, i.\"unique\", c.seqno FROM sqlite_schema AS t, pragma_index_list(t.name) AS i, pragma_index_info(i.name) AS c \
    WHERE t.type = 'table' AND c.name IS NOT NULL";
const FOREIGN_KEYS: &str = "SELECT t.name, f.id, f.\"table\", f.\"from\", f.\"to\", f.seq \
    FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS f \
    WHERE t.type = 'table' ORDER BY t.name, f.id, f.seq";

const UNIQUE: &str = "SELECT t.name, i.name, c.name FROM sqlite_schema AS t, pragma_index_list(t.name) AS i, pragma_index_info(i.name) AS c \
    WHERE t.type = 'table' AND i.\"unique\" AND NOT i.partial AND i.origin <> 'pk' ORDER BY t.name, i.name, c.seqno";
const VIEWS: &str = "SELECT name FROM sqlite_schema WHERE type = 'view' OR sql LIKE 'CREATE VIRTUAL %'";
/// As far as rows are counted.
const COUNTED: u32 = 100_000;

/// Reads everything: a file is read in a moment.
pub(super) async fn load(schema: &mut Schema, link: &mut Link) -> Result<(), Cause> {
    for mut row in rows(link, COLUMNS).await? {
        let table = schema.entry(here(row.text()));
        let column = Column { name: row.text(), required: row.flag(), key: row.number().unwrap_or_default(), ..Column::default() };
        // 1: hidden column of a virtual table. 2 and 3: computed.
        let hidden: i64 = row.number().unwrap_or_default();
        if hidden != 1 {
            table.columns.push(Column { computed: hidden > 1, indexed: column.key == 1, declared: row.text(), ..column });
        }
    }
    for mut row in rows(link, INDEXES).await? {
        let (table, name, unique, place) = (row.text(), row.text(), row.flag(), row.number::<i64>());
        let table = schema.entry(here(table));
        if let Some(column) = table.columns.iter_mut().find(|known| known.name == name) {
            column.unique |= unique;
            column.indexed |= place == Some(0);
        }
    }
    let mut pairs = Vec::new();
    for mut row in rows(link, FOREIGN_KEYS).await? {
        let (child, id, parent, from, to, place) = (row.text(), row.text(), row.text(), row.text(), row.optional(), row.number::<usize>());
        // A foreign key that does not name the other column means its primary key.
        let there = schema.table(&parent).map(Table::primary_key).unwrap_or_default();
        if let Some(to) = to.or_else(|| there.get(place.unwrap_or_default()).cloned()) {
            pairs.push((id, here(child), here(parent), (from, to)));
        }
    }
    schema.foreign_keys = collect(pairs);
    Ok(())
}

/// What a proposed map needs besides. Rows are counted up to a point: a file keeps no number of them.
pub(super) async fn about(schema: &mut Schema, link: &mut Link) -> Result<(), Cause> {
    let found = rows(link, UNIQUE).await?.into_iter().map(|mut row| (row.text(), row.text(), row.optional()));
    super::unique(schema, found);
    for mut row in rows(link, VIEWS).await? {
        schema.entry(here(row.text())).about.is_view = true;
    }
    for table in schema.tables.values_mut().filter(|table| !table.about.is_view) {
        let mut count = Statement::new(link.dialect(), "SELECT count(*) FROM (SELECT 1 FROM ");
        count.table(table).sql(&format!(" LIMIT {COUNTED})"));
        table.about.rows = link.count(count).await.ok();
    }
    Ok(())
}

const fn here(table: String) -> Name {
    Name { schema: None, table }
}

async fn rows(link: &mut Link, text: &str) -> Result<Vec<Row>, Cause> {
    let rows = link.all(Statement::new(link.dialect(), text)).await?;
    Ok(rows.into_iter().map(|row| Row::new(row.into_iter())).collect())
}
