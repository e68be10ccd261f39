//! A whole database as a shape to guess from: what it says about itself, and what a few values of each column look like.
//! The values are looked at here and dropped; only what was seen goes on.

use habeas_core::law::guess::{Column as Seen, ForeignKey, Kind, Seen as Look, Shape, Table as Shaped, ValueType, sample::ROWS};

use super::{
    column::{Class, Column},
    dialect::Dialect,
    link::Link,
    schema::{Schema, Table},
    statement::Statement,
};
use crate::connector::Cause;

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// A few values of each column.
    Sample,
    /// And every address, whether it stands in small letters, so that nobody is missed because of a guess.
    Count,
}

/// Tables of more rows are not counted through.
const MOST: u64 = 2_000_000;

/// The shape of a database.
pub(super) async fn shape(link: &mut Link, schema: &Schema, depth: Depth) -> Result<Shape, Cause> {
    let mut tables = Vec::new();
    for table in schema.tables() {
        let mut shaped = described(table);
        if !shaped.is_view {
            if let Err(cause) = tried(link, table, &mut shaped).await? {
                shaped.unread = Some(cause.to_string());
            } else if depth == Depth::Count && table.about.rows.is_none_or(|rows| rows < MOST) {
                count(link, table, &mut shaped).await?;
            }
        }
        tables.push(shaped);
    }
    let foreign_keys = schema.foreign_keys().iter().filter_map(|key| named(schema, key)).collect();
    Ok(Shape { tables, foreign_keys })
}

fn described(table: &Table) -> Shaped {
    let columns = table.columns.iter().map(|column| Seen {
        name: column.name.clone(),
        data: data(table.dialect, column),
        typed: if column.typed.is_empty() { column.declared.clone() } else { column.typed.clone() },
        length: length(column),
        required: column.required,
        indexed: column.indexed,
        ..Seen::default()
    });
    Shaped {
        name: table.at.table.clone(),
        is_view: table.about.is_view,
        columns: columns.collect(),
        key: table.primary_key(),
        unique: table.about.unique.clone(),
        rows: table.about.rows,
        unread: None,
    }
}

/// Looks at a table; one that may not be read does not end the transaction.
async fn tried(link: &mut Link, table: &Table, shaped: &mut Shaped) -> Result<Result<(), Cause>, Cause> {
    link.raw("SAVEPOINT look").await?;
    let looked = sample(link, table, shaped).await;
    link.raw(if looked.is_ok() { "RELEASE SAVEPOINT look" } else { "ROLLBACK TO SAVEPOINT look" }).await?;
    Ok(looked)
}

async fn sample(link: &mut Link, table: &Table, shaped: &mut Shaped) -> Result<(), Cause> {
    if table.columns.is_empty() {
        return Ok(());
    }
    let mut select = Statement::new(link.dialect(), "SELECT ");
    select.each(", ", &table.columns, |select, column| {
        select.opening("t", column);
    });
    select.sql(" FROM ").table(table).sql(&format!(" AS t LIMIT {ROWS}"));
    let rows = link.all(select).await?;
    for (at, column) in shaped.columns.iter_mut().enumerate() {
        column.seen = Look::of(rows.iter().filter_map(|row| row.get(at)));
    }
    Ok(())
}

/// Whether each column of addresses holds them in small letters only.
async fn count(link: &mut Link, table: &Table, shaped: &mut Shaped) -> Result<(), Cause> {
    for column in &mut shaped.columns {
        let is_normal = column.seen.is_normal() && column.seen.guess().is_some_and(|(kind, _)| kind == Kind::Email);
        if let Some(known) = table.column(&column.name).filter(|_| is_normal) {
            column.normalised = link.count(Statement::unfolded(table, known)).await? == 0;
        }
    }
    Ok(())
}

impl Statement {
    /// Counts the rows of a table whose column does not stand folded.
    pub(super) fn unfolded(table: &Table, column: &Column) -> Self {
        let dialect = table.dialect;
        let here = format!("t.{}", dialect.quoted(&column.name));
        let same = dialect.same(column, &here, &dialect.folded(&here, column));
        let mut count = Self::new(dialect, "SELECT count(*) FROM ");
        count.table(table).sql(&format!(" AS t WHERE NOT ({same})"));
        count
    }
}

/// A foreign key with the names that its tables and columns really have; `None`: neither end was read.
fn named(schema: &Schema, key: &super::schema::ForeignKey) -> Option<ForeignKey> {
    let (child, parent) = (schema.at(&key.child), schema.at(&key.parent));
    let column = |table: Option<&Table>, name: &str| {
        table.and_then(|table| table.column(name)).map_or_else(|| name.to_owned(), |column| column.name.clone())
    };
    let elsewhere = match (child, parent) {
        (None, None) => return None,
        (Some(_), Some(_)) => None,
        (None, Some(_)) => Some(key.child.schema.clone().unwrap_or_else(|| key.child.table.clone())),
        (Some(_), None) => Some(key.parent.schema.clone().unwrap_or_else(|| key.parent.table.clone())),
    };
    Some(ForeignKey {
        child: child.map_or_else(|| key.child.table.clone(), |table| table.at.table.clone()),
        parent: parent.map_or_else(|| key.parent.table.clone(), |table| table.at.table.clone()),
        elsewhere,
        pairs: key.pairs.iter().map(|(here, there)| (column(child, here), column(parent, there))).collect(),
    })
}

/// What the values of a column are.
pub(super) fn data(dialect: Dialect, column: &Column) -> ValueType {
    match column.class {
        Class::Any => declared(&column.declared),
        Class::Whole if dialect == Dialect::Mariadb && column.typed == "tinyint(1)" => ValueType::Boolean,
        Class::Whole => ValueType::Integer,
        Class::Decimal | Class::Float => ValueType::Number,
        Class::Flag => ValueType::Boolean,
        Class::Bytes => ValueType::Bytes,
        Class::Time if column.typed == "date" => ValueType::Date,
        Class::Time if column.typed.starts_with("timestamp") || column.typed.starts_with("datetime") => ValueType::Timestamp,
        Class::Text | Class::Uuid | Class::Time => ValueType::Text,
        Class::Json | Class::Array | Class::Other => ValueType::Other,
    }
}

/// By the word that a table of `SQLite` uses, which binds no value but says what is meant.
fn declared(typed: &str) -> ValueType {
    let typed = typed.to_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| typed.contains(word));
    match () {
        () if has(&["BOOL"]) => ValueType::Boolean,
        () if has(&["DATETIME", "TIMESTAMP"]) => ValueType::Timestamp,
        () if has(&["DATE"]) => ValueType::Date,
        () if has(&["INT"]) => ValueType::Integer,
        () if has(&["CHAR", "TEXT", "CLOB", "UUID"]) => ValueType::Text,
        () if has(&["BLOB", "BINARY"]) => ValueType::Bytes,
        () if has(&["REAL", "FLOA", "DOUB", "NUMERIC", "DECIMAL"]) => ValueType::Number,
        () => ValueType::Other,
    }
}

fn length(column: &Column) -> Option<usize> {
    let inside = || column.declared.split_once('(')?.1.split_once(')')?.0.trim().parse().ok();
    match column.class {
        Class::Any if declared(&column.declared) == ValueType::Text => inside(),
        Class::Text => column.length,
        _ => None,
    }
}
