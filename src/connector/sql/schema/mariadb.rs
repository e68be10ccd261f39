//! What a `MariaDB` or `MySQL` database says about itself, as far as habeas may see it.

use habeas_core::law::record::Value;

use super::{Name, Row, Schema, collect};
use crate::connector::{
    Cause,
    sql::{
        column::{Class, Column},
        link::Link,
        statement::Statement,
    },
};

/// The views of the standard do not tell `Orders` from `orders`, which are two tables where the file system tells them apart.
const COLUMNS: &str = "SELECT c.TABLE_NAME, c.COLUMN_NAME, c.IS_NULLABLE, c.EXTRA, c.DATA_TYPE, c.COLUMN_TYPE, \
      CAST(c.CHARACTER_MAXIMUM_LENGTH AS CHAR), c.CHARACTER_SET_NAME, c.COLLATION_NAME, CAST(coalesce(p.SEQ_IN_INDEX, 0) AS CHAR), \
      CAST(coalesce(s.one, 0) AS CHAR), CAST(coalesce(s.first, 0) AS CHAR) \
    FROM information_schema.COLUMNS c \
      LEFT JOIN information_schema.STATISTICS p ON p.TABLE_SCHEMA = c.TABLE_SCHEMA AND BINARY p.TABLE_NAME = BINARY c.TABLE_NAME \
        AND p.COLUMN_NAME = c.COLUMN_NAME AND p.INDEX_NAME = 'PRIMARY' \
      LEFT JOIN (SELECT TABLE_NAME, COLUMN_NAME, max(NON_UNIQUE = 0) AS one, max(SEQ_IN_INDEX = 1) AS first FROM information_schema.STATISTICS \
        WHERE TABLE_SCHEMA = database() AND TABLE_NAME IN ({tables}) GROUP BY BINARY TABLE_NAME, TABLE_NAME, COLUMN_NAME) s \
        ON BINARY s.TABLE_NAME = BINARY c.TABLE_NAME AND s.COLUMN_NAME = c.COLUMN_NAME \
    WHERE c.TABLE_SCHEMA = database() AND c.TABLE_NAME IN ({tables}) ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION";

const FOREIGN_KEYS: &str = "SELECT concat(k.TABLE_NAME, '.', k.CONSTRAINT_NAME), nullif(k.TABLE_SCHEMA, database()), k.TABLE_NAME, \
      nullif(k.REFERENCED_TABLE_SCHEMA, database()), k.REFERENCED_TABLE_NAME, k.COLUMN_NAME, k.REFERENCED_COLUMN_NAME \
    FROM information_schema.KEY_COLUMN_USAGE k \
    WHERE k.REFERENCED_TABLE_NAME IS NOT NULL AND ((k.TABLE_SCHEMA = database() AND k.TABLE_NAME IN ({tables})) \
      OR (k.REFERENCED_TABLE_SCHEMA = database() AND k.REFERENCED_TABLE_NAME IN ({tables}))) \
    ORDER BY k.TABLE_SCHEMA, BINARY k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION";

const NAMES: &str = "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = database()";

const ABOUT: &str = "SELECT TABLE_NAME, CAST(TABLE_TYPE NOT IN ('BASE TABLE', 'SYSTEM VERSIONED') AS CHAR), CAST(TABLE_ROWS AS CHAR) \
    FROM information_schema.TABLES WHERE TABLE_SCHEMA = database() AND TABLE_NAME IN ({tables})";

const UNIQUE: &str = "SELECT TABLE_NAME, INDEX_NAME, COLUMN_NAME FROM information_schema.STATISTICS \
    WHERE TABLE_SCHEMA = database() AND TABLE_NAME IN ({tables}) AND NON_UNIQUE = 0 AND INDEX_NAME <> 'PRIMARY' \
    ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX";

pub(super) async fn load(schema: &mut Schema, link: &mut Link, names: &[String]) -> Result<(), Cause> {
    for mut row in rows(link, COLUMNS, 12, names).await? {
        let table = schema.entry(Name { schema: None, table: row.text() });
        let (name, nullable, extra) = (row.text(), row.flag(), row.text().to_uppercase());
        let (kind, typed) = (row.text(), row.text());
        let (length, set, collation) = (row.number(), row.optional(), row.optional());
        let (key, unique, indexed) = (row.number().unwrap_or_default(), row.flag(), row.flag());
        table.columns.push(Column {
            class: class(&kind),
            name,
            typed,
            length,
            collation: set.zip(collation),
            required: !nullable,
            unique,
            indexed,
            computed: extra.contains("GENERATED") && !extra.contains("DEFAULT_GENERATED"),
            key,
            ..Column::default()
        });
    }
    let pairs = rows(link, FOREIGN_KEYS, 7, names).await?.into_iter().map(|mut row| {
        let id = row.text();
        let child = Name { schema: row.optional(), table: row.text() };
        let parent = Name { schema: row.optional(), table: row.text() };
        (id, child, parent, (row.text(), row.text()))
    });
    schema.foreign_keys = collect(pairs);
    Ok(())
}

/// Every table and view of the database.
pub(super) async fn names(link: &mut Link) -> Result<Vec<String>, Cause> {
    Ok(rows(link, NAMES, 1, &[]).await?.into_iter().map(|mut row| row.text()).collect())
}

/// What a proposed map needs besides.
pub(super) async fn about(schema: &mut Schema, link: &mut Link, names: &[String]) -> Result<(), Cause> {
    for mut row in rows(link, ABOUT, 3, names).await? {
        let about = &mut schema.entry(Name { schema: None, table: row.text() }).about;
        (about.is_view, about.rows) = (row.flag(), row.number());
    }
    let found = rows(link, UNIQUE, 3, names).await?.into_iter().map(|mut row| (row.text(), row.text(), row.optional()));
    super::unique(schema, found);
    Ok(())
}

async fn rows(link: &mut Link, text: &str, columns: usize, names: &[String]) -> Result<Vec<Row>, Cause> {
    let mut query = Statement::new(link.dialect(), "");
    query.each("", text.split("{tables}").enumerate(), |query, (at, part)| {
        if at > 0 {
            // A list of nothing is no SQL; no table has no name.
            let names = if names.is_empty() { &[String::new()] } else { names };
            query.each(", ", names, |query, name| {
                query.plain(Value::Text(name.clone()));
            });
        }
        query.sql(part);
    });
    query.reads = vec![Class::Text; columns];
    Ok(link.all(query).await?.into_iter().map(|row| Row::new(row.into_iter())).collect())
}

fn class(kind: &str) -> Class {
    match kind.to_lowercase().as_str() {
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "year" | "bit" => Class::Whole,
        "decimal" => Class::Decimal,
        "float" | "double" => Class::Float,
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set" => Class::Text,
        "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" => Class::Bytes,
        "uuid" => Class::Uuid,
        "date" | "datetime" | "timestamp" | "time" => Class::Time,
        "json" => Class::Json,
        _ => Class::Other,
    }
}
