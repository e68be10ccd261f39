//! What a `PostgreSQL` database says about itself. The catalogue knows what the standard's views hide from whoever owns nothing.

use super::{Name, Row, Schema, collect};
use crate::connector::{
    Cause,
    sql::{
        column::{Class, Column},
        link::Link,
        statement::Statement,
    },
};

/// Columns of the tables of one schema; a domain counts as what it is made of.
const COLUMNS: &str = "SELECT c.relname, a.attname, \
      CAST(a.attnotnull OR (d.typtype = 'd' AND d.typnotnull) AS text), CAST(a.attgenerated <> '' OR a.attidentity = 'a' AS text), \
      b.typname, b.typtype, b.typcategory, format_type(b.oid, NULL), \
      CAST(CASE WHEN b.typname IN ('varchar', 'bpchar') THEN nullif(CASE WHEN d.typtype = 'd' THEN d.typtypmod ELSE a.atttypmod END, -1) - 4 END AS text), \
      CAST(coalesce(array_position(CAST(p.indkey AS int2[]), a.attnum) + 1, 0) AS text), \
      CAST(EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY(CAST(i.indkey AS int2[]))) AS text), \
      CAST(EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indpred IS NULL AND i.indkey[0] = a.attnum) AS text) \
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
      JOIN pg_type d ON d.oid = a.atttypid JOIN pg_type b ON b.oid = CASE WHEN d.typtype = 'd' THEN d.typbasetype ELSE d.oid END \
      LEFT JOIN pg_index p ON p.indrelid = c.oid AND p.indisprimary \
    WHERE n.nspname = $1 AND c.relname = ANY($2) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY c.relname, a.attnum";

/// Every foreign key from or to one of the tables, wherever its other end is. Those of partitions repeat their table's.
const FOREIGN_KEYS: &str = "SELECT CAST(k.oid AS text), cn.nspname, c.relname, pn.nspname, p.relname, ca.attname, pa.attname \
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace \
      JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace \
      CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS pair(here, there, place) \
      JOIN pg_attribute ca ON ca.attrelid = c.oid AND ca.attnum = pair.here JOIN pg_attribute pa ON pa.attrelid = p.oid AND pa.attnum = pair.there \
    WHERE k.contype = 'f' AND k.conparentid = 0 AND ((cn.nspname = $1 AND c.relname = ANY($2)) OR (pn.nspname = $1 AND p.relname = ANY($2))) \
    ORDER BY k.oid, pair.place";

const NAMES: &str = "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
    WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND cardinality(CAST($2 AS text[])) >= 0";

/// About how many rows: what was last counted, or what the size of the table lets expect.
const ABOUT: &str = "SELECT c.relname, CAST(c.relkind NOT IN ('r', 'p') AS text), \
      CAST(CAST(CASE WHEN c.reltuples < 0 THEN pg_relation_size(c.oid) / 100 ELSE c.reltuples END AS bigint) AS text) \
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = ANY($2)";

const UNIQUE: &str = "SELECT c.relname, CAST(i.indexrelid AS text), a.attname \
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
      CROSS JOIN LATERAL unnest(CAST(i.indkey AS int2[])) WITH ORDINALITY AS part(number, place) \
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = part.number \
    WHERE n.nspname = $1 AND c.relname = ANY($2) AND i.indisunique AND NOT i.indisprimary AND i.indpred IS NULL AND part.place <= i.indnkeyatts \
    ORDER BY i.indexrelid, part.place";

pub(super) async fn load(schema: &mut Schema, link: &mut Link, here: &str, names: &[String]) -> Result<(), Cause> {
    for mut row in rows(link, COLUMNS, 12, here, names).await? {
        let table = schema.entry(Name { schema: Some(here.to_owned()), table: row.text() });
        let (name, required, computed) = (row.text(), row.flag(), row.flag());
        let [base, kind, category, typed] = [(); 4].map(|()| row.text());
        let (length, key, unique, indexed) = (row.number(), row.number().unwrap_or_default(), row.flag(), row.flag());
        let class = class(&base, &kind, &category);
        table.columns.push(Column {
            name,
            class,
            typed: longest(typed),
            length,
            collation: None,
            required,
            unique,
            indexed,
            computed,
            key,
            ..Column::default()
        });
    }
    let pairs = rows(link, FOREIGN_KEYS, 7, here, names).await?.into_iter().map(|mut row| {
        let [id, child_schema, child, parent_schema, parent, from, to] = [(); 7].map(|()| row.text());
        (id, Name { schema: Some(child_schema), table: child }, Name { schema: Some(parent_schema), table: parent }, (from, to))
    });
    schema.foreign_keys = collect(pairs);
    Ok(())
}

/// Every table and view of a schema; a partition is part of its table.
pub(super) async fn names(link: &mut Link, here: &str) -> Result<Vec<String>, Cause> {
    Ok(rows(link, NAMES, 1, here, &[]).await?.into_iter().map(|mut row| row.text()).collect())
}

/// What a proposed map needs besides.
pub(super) async fn about(schema: &mut Schema, link: &mut Link, here: &str, names: &[String]) -> Result<(), Cause> {
    for mut row in rows(link, ABOUT, 3, here, names).await? {
        let about = &mut schema.entry(Name { schema: Some(here.to_owned()), table: row.text() }).about;
        (about.is_view, about.rows) = (row.flag(), row.number());
    }
    let found = rows(link, UNIQUE, 3, here, names).await?.into_iter().map(|mut row| (row.text(), row.text(), row.optional()));
    super::unique(schema, found);
    Ok(())
}

async fn rows(link: &mut Link, text: &str, columns: usize, here: &str, names: &[String]) -> Result<Vec<Row>, Cause> {
    let mut query = Statement::new(link.dialect(), text);
    query.bind_texts(here, names.to_vec());
    query.reads = vec![Class::Text; columns];
    Ok(link.all(query).await?.into_iter().map(|row| Row::new(row.into_iter())).collect())
}

fn class(base: &str, kind: &str, category: &str) -> Class {
    match (base, kind) {
        ("int2" | "int4" | "int8" | "oid", _) => Class::Whole,
        ("numeric", _) => Class::Decimal,
        ("float4" | "float8", _) => Class::Float,
        ("bool", _) => Class::Flag,
        ("text" | "varchar" | "bpchar" | "citext" | "name", _) => Class::Text,
        ("bytea", _) => Class::Bytes,
        ("uuid", _) => Class::Uuid,
        ("date" | "timestamp" | "timestamptz" | "time" | "timetz", _) => Class::Time,
        ("json" | "jsonb", _) => Class::Json,
        (_, "b") if category == "A" => Class::Array,
        _ => Class::Other,
    }
}

/// Without a length some types mean the shortest there is, and a value would be cut.
fn longest(typed: String) -> String {
    match typed.as_str() {
        "character" => "bpchar".to_owned(),
        "bit" => "bit varying".to_owned(),
        _ => typed,
    }
}
