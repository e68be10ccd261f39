//! What masked fields shall say, beside the keys of their records: so that one statement masks all of them, each in its own words.
//!
//! The plan says exactly what is written. Whatever a live column would not take, cut or refuse later is said before anything happens.

use habeas_core::law::{
    map::{Collection, Field},
    mask::Strategy,
    plan::{Act, ErasureStep, Says},
    record::Value,
};

use super::{
    blank::{self, is_listed, largest},
    column::{Class, Column},
    dialect::Dialect,
    schema::Table,
};
use crate::connector::{Cause, SchemaProblem};

/// The masked columns of one group and what each record says there.
#[derive(Default)]
pub(super) struct Masks<'a> {
    collection: &'a str,
    dialect: Option<Dialect>,
    columns: Vec<(&'a str, &'a Column)>,
    rows: Vec<Vec<Value>>,
}

/// Whether two records can share statements: the same fields, blank in both or masked in both.
pub(super) fn alike(one: &Act, other: &Act) -> bool {
    match (one, other) {
        (Act::Clear { fields: one }, Act::Clear { fields: other }) => {
            let shape = |fields: &habeas_core::law::plan::Fields| {
                fields.iter().map(|(name, says)| (name.to_owned(), says.strategy().is_some())).collect::<Vec<_>>()
            };
            shape(one) == shape(other)
        }
        _ => one == other,
    }
}

impl<'a> Masks<'a> {
    /// The columns that an act masks.
    pub(super) fn of(act: &'a Act, collection: &'a Collection, table: &'a Table) -> Result<Self, Cause> {
        let Act::Clear { fields } = act else { return Ok(Self::default()) };
        let masked = fields.iter().filter(|(_, says)| says.strategy().is_some());
        let columns = masked.map(|(field, _)| Ok((field, table.mapped(field)?))).collect::<Result<_, Cause>>()?;
        Ok(Self { collection: &collection.name, dialect: Some(table.dialect), columns, rows: Vec::new() })
    }

    /// Takes in what one record says.
    pub(super) fn push(&mut self, step: &ErasureStep) -> Result<(), Cause> {
        let (Act::Clear { fields }, Some(dialect)) = (&step.act, self.dialect) else { return Ok(()) };
        let row = self.columns.iter().filter_map(|(field, column)| match fields.get(field)? {
            Says::Masked { by, value } => Some(self.fitting(dialect, column, *by, value)),
            Says::Blank => None,
        });
        let row = row.collect::<Result<_, Cause>>()?;
        self.rows.push(row);
        Ok(())
    }

    /// The value as the column takes it, or why it does not.
    fn fitting(&self, dialect: Dialect, column: &Column, by: Strategy, value: &Value) -> Result<Value, Cause> {
        fitting(dialect, column, by, value).map_err(|why| Cause::Plan(format!("`{}` of `{}` {why}", column.name, self.collection)))
    }

    /// What the records say, column by column.
    pub(super) fn columns(&self) -> impl Iterator<Item = impl Iterator<Item = &Value>> {
        (0..self.columns.len()).map(|at| self.rows.iter().filter_map(move |row| row.get(at)))
    }

    /// What one record says.
    pub(super) fn row(&self, at: usize) -> impl Iterator<Item = &Value> {
        self.rows.get(at).into_iter().flatten()
    }

    /// Names of the columns in the list, each after a comma.
    pub(super) fn listed(&self) -> String {
        (0..self.columns.len()).fold(String::new(), |listed, at| listed + &format!(", m{at}"))
    }

    /// Columns of a JSON table, whose first stands at a place of each row.
    pub(super) fn typed(&self, first: usize) -> impl Iterator<Item = String> {
        self.columns.iter().enumerate().map(move |(at, (_, column))| {
            let typed = match column.class {
                Class::Whole | Class::Flag => "BIGINT".to_owned(),
                Class::Decimal => column.typed.clone(),
                Class::Float => "DOUBLE".to_owned(),
                _ => "TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin".to_owned(),
            };
            format!("m{at} {typed} PATH '$[{}]'", first + at)
        })
    }

    /// What a column of row `t` shall say; `None`: it is not masked.
    pub(super) fn expression(&self, dialect: Dialect, column: &Column) -> Option<String> {
        let at = self.columns.iter().position(|(_, masked)| masked.name == column.name)?;
        Some(match (dialect, column.class) {
            // Only an assignment tells a text that is too long; a cast would cut it.
            (Dialect::Postgres, class) if class != Class::Text => format!("CAST(k.m{at} AS {})", column.typed),
            _ => format!("k.m{at}"),
        })
    }
}

/// A value as a column takes it, or why it does not.
fn fitting(dialect: Dialect, column: &Column, by: Strategy, value: &Value) -> Result<Value, String> {
    let (by, text) = (by.name(), value.to_text());
    if column.unique && by == Strategy::StringRewrite.name() {
        return Err(format!("must be unique, and `{by}` says the same of everybody: write `hash`, `hmac` or `random_string_rewrite`"));
    }
    let length = text.chars().count();
    if let Some(most) = column.length.filter(|most| column.class == Class::Text && *most < length) {
        return Err(format!("takes {most} characters and `{by}` makes {length}: write `length: {most}` in the data map"));
    }
    let too_large = |most: &i64| matches!(value, Value::Integer(number) if number > most);
    if let Some(most) = largest(&column.typed).filter(too_large) {
        let digits = most.to_string().len() - 1;
        return Err(format!("takes no number of {length} digits: write `length: {digits}` in the data map, or another mask"));
    }
    let known = !is_listed(column) || column.typed.contains(&format!("'{}'", text.replace('\'', "''")));
    match dialect.fit(column, value).filter(|_| known) {
        Some(fitting) => Ok(dialect.bound(column, &fitting).0),
        None => Err(format!("is `{}` and cannot say what `{by}` makes of it: choose another mask in the data map", column.typed)),
    }
}

/// Columns that would not take what the map has an erasure say in them; where its rows always stay, those that cannot be emptied, too.
/// Known before anybody asks for an erasure.
pub(super) fn misfits(collection: &Collection, table: &Table) -> Vec<SchemaProblem> {
    let is_masked = |field: &Field| field.mask.as_ref().is_some_and(|mask| mask.strategy().is_some());
    let cleared = |field: &&Field| !field.is_nested() && !field.list && !field.read_only && (is_masked(field) || !field.stays_with_row());
    let misfit = |field: &Field| {
        let column = table.column(&field.name).filter(|column| !column.computed && column.key == 0)?;
        let said = field.mask.as_ref().and_then(|mask| Some((mask.strategy()?, mask.longest()?)));
        let why = match &said {
            Some((by, value)) => {
                fitting(table.dialect, column, *by, value).err().map(|why| format!("`{}` of `{}` {why}", field.name, collection.name))
            }
            None if !collection.anonymise => None,
            None => match blank::of(table.dialect, column, &collection.name) {
                Err(Cause::Plan(why)) => Some(why),
                _ => None,
            },
        };
        why.map(|why| SchemaProblem::Mask { collection: collection.name.clone(), field: field.name.clone(), why, said: said.is_some() })
    };
    collection.fields.iter().filter(cleared).filter_map(misfit).collect()
}

/// A value of the list as JSON.
pub(super) fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Integer(number) => (*number).into(),
        Value::Real(number) => (*number).into(),
        Value::Null | Value::Unreadable(_) | Value::Others => serde_json::Value::Null,
        Value::Text(_) | Value::Bytes(_) | Value::List(_) => value.to_text().into(),
    }
}
