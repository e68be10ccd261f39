//! What a table answers: the rows that applied, and those of which nobody can tell.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::{
    definition::{Declared, Hit, Otherwise, Row, Table},
    guard::Truth,
    value::Inputs,
};

/// The answer, with everything it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<'t> {
    /// What was decided.
    pub outcome: Outcome<'t>,
    /// Rows of which it cannot be told whether they apply: never to be read past.
    pub undecided: Vec<Undecided<'t>>,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<'t> {
    /// These rows apply, the strongest first; each says why.
    Rows(Vec<&'t Row>),
    /// No row applies.
    Otherwise(&'t Otherwise),
    /// No row applies and the table says nothing about that.
    Nothing,
    /// A row of which nobody can tell might have decided it.
    Unknown,
}

/// A row that could not be evaluated.
#[derive(Debug, Clone, PartialEq)]
pub struct Undecided<'t> {
    /// The row.
    pub row: &'t Row,
    /// The inputs that hold nothing, or nothing that can be read.
    pub missing: Vec<&'t str>,
}

impl Table {
    /// Asks the table.
    pub fn answer(&self, inputs: &impl Inputs, today: Date) -> Answer<'_> {
        let inputs = Declared { table: self, inputs };
        let mut ranked: Vec<(&Row, Truth)> = self.rows.iter().map(|row| (row, row.applies(&inputs, today))).collect();
        ranked.sort_by_key(|(row, _)| Reverse(row.priority));
        let undecided = ranked
            .iter()
            .filter(|(_, truth)| *truth == Truth::Unknown)
            .map(|(row, _)| Undecided { row, missing: row.guard.as_ref().map(|guard| guard.missing(&inputs)).unwrap_or_default() });
        Answer { undecided: undecided.collect(), outcome: self.outcome(&ranked) }
    }

    /// Rows come ranked: by priority, then as they stand in the file.
    fn outcome<'t>(&'t self, ranked: &[(&'t Row, Truth)]) -> Outcome<'t> {
        let fired: Vec<&Row> = ranked.iter().filter(|(_, truth)| *truth == Truth::Yes).map(|(row, _)| *row).collect();
        let Some(winner) = fired.first() else {
            let unknown = ranked.iter().any(|(_, truth)| *truth == Truth::Unknown);
            return match &self.otherwise {
                _ if unknown => Outcome::Unknown,
                Some(otherwise) => Outcome::Otherwise(otherwise),
                None => Outcome::Nothing,
            };
        };
        let rivals = match self.hit {
            Hit::Collect => return Outcome::Rows(fired),
            Hit::First => ranked.iter().take_while(|(_, truth)| *truth != Truth::Yes).any(|(_, truth)| *truth == Truth::Unknown),
            Hit::Unique => {
                let equals = ranked.iter().filter(|(row, truth)| row.priority >= winner.priority && *truth != Truth::No);
                equals.count() > 1
            }
        };
        if rivals { Outcome::Unknown } else { Outcome::Rows(vec![winner]) }
    }
}
