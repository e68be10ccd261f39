//! SQL text and what is bound to it, for three databases. The only place that builds any; only names and placeholders go in.
//!
//! Every column is written with its table's alias: `SQLite` takes a lone quoted name that it does not know for a string,
//! and would answer with the name of the column instead of an error.

use habeas_core::law::record::Value;

use super::{
    column::{Class, Column},
    dialect::{Dialect, text_of},
};
use crate::connector::Matching;

/// A statement in the making.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    pub(super) dialect: Dialect,
    pub(super) text: String,
    pub(super) args: Vec<Arg>,
    /// What each column of the answer is.
    pub(super) reads: Vec<Class>,
}

/// A column that values are looked for in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared<'a> {
    pub(super) column: &'a Column,
    pub(super) matching: Matching,
    /// Its values lie inside of documents or lists.
    pub(super) inside: bool,
}

/// What is bound to one placeholder.
#[derive(Debug, Clone)]
pub(super) enum Arg {
    One(Value),
    /// `PostgreSQL` takes any number of values in one.
    Many(Vec<String>),
}

impl Statement {
    pub(super) fn new(dialect: Dialect, text: &str) -> Self {
        Self { dialect, text: text.to_owned(), args: Vec::new(), reads: Vec::new() }
    }

    pub(super) fn sql(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// A name, quoted.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        let quoted = self.dialect.quoted(name);
        self.sql(&quoted)
    }

    /// A column of an aliased table.
    pub(super) fn column(&mut self, alias: &str, name: &str) -> &mut Self {
        self.sql(alias).sql(".").name(name)
    }

    /// What several things write, with something between them.
    pub(super) fn each<T>(&mut self, between: &str, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) -> &mut Self {
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.sql(between);
            }
            write(self, item);
        }
        self
    }

    /// A column of the answer, rendered by the server where its own form would lose something.
    pub(super) fn read(&mut self, alias: &str, column: &Column) -> &mut Self {
        self.reads.push(column.class);
        let name = format!("{alias}.{}", self.dialect.quoted(&column.name));
        let rendered = self.dialect.rendered(&name, column);
        self.sql(&rendered)
    }

    /// The beginning of a column, as a column of the answer.
    pub(super) fn opening(&mut self, alias: &str, column: &Column) -> &mut Self {
        self.reads.push(column.class);
        let name = format!("{alias}.{}", self.dialect.quoted(&column.name));
        let opening = self.dialect.opening(&name, column);
        self.sql(&opening)
    }

    /// A value as the column holds it.
    pub(super) fn value(&mut self, column: &Column, value: &Value) -> &mut Self {
        let (arg, cast) = self.dialect.bound(column, value);
        self.args.push(Arg::One(arg));
        let placeholder = self.dialect.placeholder(self.args.len());
        match cast {
            Some(cast) => self.sql(&format!("CAST({placeholder} AS {cast})")),
            None => self.sql(&placeholder),
        }
    }

    /// An expression that makes a whole number, as a column of the answer.
    pub(super) fn whole(&mut self, expression: &str) -> &mut Self {
        self.reads.push(Class::Whole);
        match self.dialect {
            Dialect::Sqlite => self.sql(expression),
            Dialect::Postgres => self.sql(&format!("CAST({expression} AS text)")),
            Dialect::Mariadb => self.sql(&format!("CAST({expression} AS CHAR)")),
        }
    }

    /// A value that [`Dialect::fit`]s a column, as it is compared with it.
    pub(super) fn compared(&mut self, column: &Column, value: &Value) -> &mut Self {
        if self.dialect != Dialect::Postgres {
            return self.value(column, value);
        }
        self.sql("CAST(").plain(value.clone());
        self.sql(&format!(" AS {})", column.compared_as()))
    }

    /// A text or number that is no column's.
    pub(super) fn plain(&mut self, value: Value) -> &mut Self {
        self.args.push(Arg::One(value));
        let placeholder = self.dialect.placeholder(self.args.len());
        self.sql(&placeholder)
    }

    /// For a query that writes its placeholders itself.
    pub(super) fn bind_texts(&mut self, one: &str, many: Vec<String>) {
        self.args = vec![Arg::One(Value::Text(one.to_owned())), Arg::Many(many)];
    }

    /// Values in one placeholder, as an array of a type.
    pub(super) fn array(&mut self, values: Vec<String>, cast: &str) -> &mut Self {
        self.args.push(Arg::Many(values));
        let placeholder = self.dialect.placeholder(self.args.len());
        self.sql(&format!("CAST({placeholder} AS {cast}[])"))
    }

    /// The columns of row `t` hold one of the rows of values, or may hold it inside of them.
    pub(super) fn answers(&mut self, columns: &[Compared<'_>], rows: &[Vec<Value>]) -> &mut Self {
        if let [compared] = columns {
            let values: Vec<Value> = rows.iter().flatten().cloned().collect();
            return self.sought(compared, &values);
        }
        self.sql("(");
        self.each(" OR ", rows, |statement, row| {
            statement.sql("(");
            statement.each(" AND ", columns.iter().zip(row), |statement, (compared, value)| {
                statement.sought(compared, std::slice::from_ref(value));
            });
            statement.sql(")");
        });
        self.sql(")")
    }

    fn sought(&mut self, compared: &Compared<'_>, values: &[Value]) -> &mut Self {
        let Compared { column, matching, inside } = *compared;
        if inside { self.may_hold(column, values, matching) } else { self.holds("t", column, values, matching) }
    }

    /// The column holds one of the values. What no value of the column's type can equal is left out.
    pub(super) fn holds(&mut self, alias: &str, column: &Column, values: &[Value], matching: Matching) -> &mut Self {
        let name = format!("{alias}.{}", self.dialect.quoted(&column.name));
        let (compared, fitting): (String, Vec<Value>) = match matching {
            Matching::Exact => {
                let fitting = values.iter().filter_map(|value| self.dialect.fit(column, value));
                (self.dialect.comparable(&name, column), fitting.collect())
            }
            Matching::Folded => {
                let forms = values.iter().flat_map(|value| folded(&value.to_text()));
                (self.dialect.folded(&name, column), forms.map(Value::Text).collect())
            }
            Matching::Stored => {
                let forms = values.iter().map(|value| value.to_text().trim().to_lowercase());
                (self.dialect.comparable(&name, column), forms.map(Value::Text).collect())
            }
        };
        self.among(&compared, column, &fitting, matching);
        if matching == Matching::Stored && self.dialect == Dialect::Mariadb && !fitting.is_empty() {
            // The column's collation finds it by its index, and may take more letters for the same than are.
            let binary = format!("CONVERT({name} USING utf8mb4) COLLATE utf8mb4_bin");
            self.sql(" AND ").among(&binary, column, &fitting, matching);
        }
        self
    }

    fn among(&mut self, compared: &str, column: &Column, values: &[Value], matching: Matching) -> &mut Self {
        if values.is_empty() {
            return self.sql("1 = 0");
        }
        if self.dialect == Dialect::Postgres {
            let texts = values.iter().map(text_of).collect();
            let cast = if matching == Matching::Folded { "text" } else { column.compared_as() };
            return self.sql(compared).sql(" = ANY(").array(texts, cast).sql(")");
        }
        self.sql(compared).sql(" IN (");
        self.each(", ", values, |statement, value| match matching {
            Matching::Exact => {
                statement.value(column, value);
            }
            Matching::Folded | Matching::Stored => {
                statement.plain(value.clone());
            }
        });
        self.sql(")")
    }
}

/// How a text looks once a database has folded it. Some know only the capitals of ASCII, so other letters are looked for
/// in both cases.
fn folded(text: &str) -> Vec<String> {
    let text = text.trim();
    let mut forms = vec![text.to_lowercase(), text.to_uppercase().to_ascii_lowercase(), text.to_ascii_lowercase()];
    forms.sort();
    forms.dedup();
    forms
}
