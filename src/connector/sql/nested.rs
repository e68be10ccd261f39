//! Documents in a column: which columns a collection's fields lie in, how a row becomes values, how one value is taken out of a
//! document. A document is rewritten whole, while its row is locked.

use futures_util::TryStreamExt;
use habeas_core::law::{
    map::{Collection, Field},
    record::{Key, Value},
};

use super::{
    column::{Class, Column},
    dialect::Dialect,
    keys::Group,
    link::Link,
    schema::Table,
    statement::Statement,
};
use crate::connector::{
    Cause, Matching, Question,
    nested::{Entrance, document, entrances, is_inside, take_out, values},
};

/// The columns that fields of a collection lie in, each once.
pub(super) struct Columns<'a> {
    columns: Vec<Held<'a>>,
}

struct Held<'a> {
    column: &'a Column,
    fields: Vec<&'a Field>,
    entrances: Vec<Entrance<'a>>,
}

impl<'a> Columns<'a> {
    /// Of some fields. `questions` say who is looked for: elements of lists that are not about them are left out.
    pub(super) fn of(
        collection: &'a Collection,
        table: &'a Table,
        fields: impl Iterator<Item = &'a Field>,
        questions: Option<&[Question]>,
    ) -> Result<Self, Cause> {
        let mut columns: Vec<Held<'a>> = Vec::new();
        for field in fields {
            let column = table.mapped(field.column())?;
            if let Some(held) = columns.iter_mut().find(|held| held.column.name == column.name) {
                held.fields.push(field);
            } else {
                let entrances = questions.map(|questions| entrances(collection, field.column(), questions)).unwrap_or_default();
                columns.push(Held { column, fields: vec![field], entrances });
            }
        }
        Ok(Self { columns })
    }

    /// Every column of row `t`, as columns of the answer.
    pub(super) fn select(&self, select: &mut Statement) {
        select.each(", ", &self.columns, |select, held| {
            if held.column.class == Class::Array && held.fields.iter().all(|field| is_inside(field)) {
                let name = format!("t.{}", select.dialect.quoted(&held.column.name));
                select.reads.push(Class::Json);
                select.sql(&format!("CAST(to_json({name}) AS text)"));
            } else {
                select.read("t", held.column);
            }
        });
    }

    /// Field by field, what a row holds.
    pub(super) fn values(&self, row: Vec<Value>) -> Key {
        let mut read = Key::new();
        for (held, value) in self.columns.iter().zip(row) {
            let inside: Vec<&Field> = held.fields.iter().copied().filter(|field| is_inside(field)).collect();
            let taken_out = if inside.is_empty() { Vec::new() } else { values(&value, &inside, &held.entrances) };
            read.extend(inside.iter().map(|field| field.name.clone()).zip(taken_out));
            read.extend(held.fields.iter().filter(|field| !is_inside(field)).map(|field| (field.name.clone(), value.clone())));
        }
        read
    }

    /// Without those that the condition does not let through.
    pub(super) fn retain(&mut self, keeps: impl Fn(&Column) -> bool) {
        self.columns.retain(|held| keeps(held.column));
    }
}

impl Statement {
    /// A document in a column of row `t` may hold one of the values; which of them do is seen when they are read.
    ///
    /// A text without letters that JSON escapes stands in a document as it is. In one with an escape, anything may be hidden.
    pub(super) fn may_hold(&mut self, column: &Column, values: &[Value], matching: Matching) -> &mut Self {
        let here = format!("t.{}", self.dialect.quoted(&column.name));
        let text = match self.dialect {
            Dialect::Sqlite => format!("lower(CAST({here} AS TEXT))"),
            Dialect::Postgres => format!("lower(CAST({here} AS text))"),
            Dialect::Mariadb => format!("LOWER(CONVERT({here} USING utf8mb4))"),
        };
        self.sql(&here).sql(" IS NOT NULL");
        let wanted: Vec<String> = values.iter().map(|value| value.to_text().trim().to_lowercase()).collect();
        let is_bare = |text: &String| text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\' | b'/'));
        if matching == Matching::Exact && wanted.is_empty() || !wanted.iter().all(is_bare) {
            return self;
        }
        self.sql(" AND (");
        self.each(" OR ", wanted.into_iter().chain(["\\".to_owned()]), |statement, wanted| {
            match statement.dialect {
                Dialect::Sqlite | Dialect::Mariadb => statement.sql(&format!("instr({text}, ")),
                Dialect::Postgres => statement.sql(&format!("strpos({text}, ")),
            };
            statement.plain(Value::Text(wanted)).sql(") > 0");
        });
        self.sql(")")
    }
}

/// Fields of a group that are emptied inside of a document of which something else stays, by column.
pub(super) fn parts<'a>(group: &Group<'a>) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut parts: Vec<(&str, Vec<&str>)> = Vec::new();
    for field in group.cleared().filter(|name| is_part(group, name)) {
        let Some((column, _)) = field.split_once('.') else { continue };
        match parts.iter_mut().find(|(known, _)| *known == column) {
            Some((_, fields)) => fields.push(field),
            None => parts.push((column, vec![field])),
        }
    }
    parts
}

/// Whether a field is emptied inside of a document of which another field stays. Where none stays, the whole document goes, and with it
/// what the map does not know of.
pub(super) fn is_part(group: &Group<'_>, name: &str) -> bool {
    let Some((column, _)) = name.split_once('.') else { return false };
    let mut around = group.collection.fields.iter().filter(|field| field.column() == column);
    around.any(|field| group.cleared().all(|cleared| cleared != field.name))
}

/// Rows whose documents hold something that shall be taken out, and what shall stand there instead.
pub(super) struct Due<'a> {
    column: &'a Column,
    key: Vec<Value>,
    without: Value,
}

/// Looks into every document of a group, and locks its rows where it is to write.
pub(super) async fn due<'a>(link: &mut Link, group: &Group<'a>, to_write: bool) -> Result<Vec<Due<'a>>, Cause> {
    let mut due = Vec::new();
    for (name, fields) in parts(group) {
        let column = group.table.mapped(name)?;
        let mut select = Statement::new(link.dialect(), "SELECT ");
        select.each(", ", group.columns(), |select, column| {
            select.read("t", column);
        });
        select.sql(", ").read("t", column).sql(" FROM ");
        group.joined(&mut select);
        if to_write && select.dialect != Dialect::Sqlite {
            select.sql(if select.dialect == Dialect::Postgres { " FOR UPDATE OF t" } else { " FOR UPDATE" });
        }
        let mut rows = link.rows(select);
        while let Some(mut key) = rows.try_next().await? {
            let held = key.pop().unwrap_or(Value::Null);
            let unread = |why| Cause::Plan(format!("a part of `{name}` of `{}` cannot be emptied: {why}", group.collection.name));
            let Some(mut document) = document(&held).map_err(unread)? else { continue };
            let taken =
                fields.iter().fold(false, |taken, field| take_out(&mut document, &field.split('.').skip(1).collect::<Vec<_>>()) | taken);
            if taken {
                due.push(Due { column, key, without: Value::Text(document.to_string()) });
            }
        }
    }
    Ok(due)
}

/// Rewrites the documents.
pub(super) async fn write(link: &mut Link, group: &Group<'_>, due: &[Due<'_>]) -> Result<(), Cause> {
    for row in due {
        let mut update = Statement::new(link.dialect(), "UPDATE ");
        update.table(group.table).sql(" AS t SET ").name(&row.column.name).sql(" = ").value(row.column, &row.without).sql(" WHERE ");
        update.each(" AND ", group.columns().iter().zip(&row.key), |update, (column, value)| {
            let name = format!("t.{}", update.dialect.quoted(&column.name));
            let (compared, fitting) = (update.dialect.comparable(&name, column), update.dialect.fit(column, value));
            update.sql(&compared).sql(" = ").compared(column, &fitting.unwrap_or(Value::Null));
        });
        link.run(update).await?;
    }
    Ok(())
}

/// How many different rows.
pub(super) fn rows(due: &[Due<'_>]) -> u64 {
    let keys: std::collections::HashSet<String> = due.iter().map(|row| format!("{:?}", row.key)).collect();
    keys.len() as u64
}
