//! A table as it was read: inputs, rows, and what holds where no row does.

use jiff::civil::Date;

use super::{
    guard::{Guard, Truth},
    value::{Found, Inputs, Kind, Value},
};

/// A decision table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// What happens where several rows apply.
    pub hit: Hit,
    /// What its guards may look at.
    pub inputs: Vec<Input>,
    /// In the order of the file.
    pub rows: Vec<Row>,
    /// What holds where no row applies.
    pub otherwise: Option<Otherwise>,
}

/// Hit policies, by their names in DMN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// The first row that applies, in the order of the file.
    First,
    /// At most one row applies; that is proven when the table is read.
    Unique,
    /// Every row that applies.
    Collect,
}

/// Something a guard may look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// The only texts it may hold; empty: any.
    pub one_of: Vec<String>,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its name in explanations.
    pub id: String,
    /// When it applies; none: always.
    pub guard: Option<Guard>,
    /// What it answers.
    pub result: String,
    /// Why, in one plain sentence.
    pub because: String,
    /// A higher one beats a lower one.
    pub priority: u32,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub until: Option<Date>,
}

/// The answer where no row applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Otherwise {
    /// What it answers.
    pub result: String,
    /// Why.
    pub because: String,
}

impl Table {
    /// Everything it may answer, each once, as the file has them; what holds where no row does comes last.
    pub fn results(&self) -> Vec<&str> {
        let mut results = Vec::new();
        let all = self.rows.iter().map(|row| &row.result).chain(self.otherwise.as_ref().map(|otherwise| &otherwise.result));
        for result in all.map(String::as_str) {
            if !results.contains(&result) {
                results.push(result);
            }
        }
        results
    }
}

impl Row {
    /// Whether it applies on a day; a row that is not in force does not.
    pub(super) fn applies(&self, inputs: &impl Inputs, today: Date) -> Truth {
        let in_force = self.from.is_none_or(|from| from <= today) && self.until.is_none_or(|until| today <= until);
        match &self.guard {
            Some(guard) if in_force => guard.holds(inputs),
            _ => in_force.into(),
        }
    }
}

/// Inputs as a table declares them: a text that is none of the declared ones cannot be used.
pub(super) struct Declared<'t, I> {
    pub(super) table: &'t Table,
    pub(super) inputs: &'t I,
}

impl<I: Inputs> Inputs for Declared<'_, I> {
    fn find(&self, name: &str, wanted: Option<Kind>) -> Found {
        let found = self.inputs.find(name, wanted);
        let declared = self.table.inputs.iter().find(|input| input.name == name);
        match (&found, declared) {
            (Found::Value(Value::Text(text)), Some(input)) if !input.one_of.is_empty() && !input.one_of.contains(text) => Found::Unreadable,
            _ => found,
        }
    }
}
