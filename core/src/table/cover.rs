//! Whether the rows of a table leave gaps or overlap. Exact: between two neighbouring values that guards name, nothing can change, so
//! one value of each stretch stands for all of it.

use std::fmt;

use jiff::civil::{Date, date};

use super::{
    definition::{Declared, Row, Table},
    guard::Truth,
    value::{Duration, Found, Inputs, Kind, Value},
};

/// The most cases that are looked at for one question.
const MOST: usize = 100_000;

/// One case: what every input holds, on which day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Case {
    pub(super) holds: Vec<(String, Found)>,
    pub(super) on: Option<Date>,
}

impl Inputs for Case {
    fn find(&self, name: &str, _: Option<Kind>) -> Found {
        self.holds.iter().find(|(known, _)| known == name).map_or(Found::Nothing, |(_, found)| found.clone())
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inputs = self.holds.iter().map(|(name, found)| match found {
            Found::Value(value) => format!("`{name}` is {value}"),
            Found::Nothing | Found::Unreadable => format!("`{name}` is not there"),
        });
        let parts: Vec<String> = inputs.chain(self.on.map(|day| format!("the day is {day}"))).collect();
        if parts.is_empty() { f.write_str("always") } else { write!(f, "when {}", parts.join(" and ")) }
    }
}

/// More cases than anybody would wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMany;

/// A case in which both rows apply.
pub(super) fn overlap(table: &Table, one: &Row, other: &Row) -> Result<Option<Case>, TooMany> {
    let both = |case: &Case| [one, other].iter().all(|row| applies(table, row, case) == Truth::Yes);
    find(table, &[one, other], both)
}

/// A case in which no row applies, and of none it is unknown.
pub(super) fn gap(table: &Table) -> Result<Option<Case>, TooMany> {
    let rows: Vec<&Row> = table.rows.iter().collect();
    find(table, &rows, |case| rows.iter().all(|row| applies(table, row, case) == Truth::No))
}

fn applies(table: &Table, row: &Row, case: &Case) -> Truth {
    row.applies(&Declared { table, inputs: case }, case.on.unwrap_or(SOME_DAY))
}

/// Any day will do where no row has a first or last one.
const SOME_DAY: Date = date(2000, 1, 1);

fn find(table: &Table, rows: &[&Row], fits: impl Fn(&Case) -> bool) -> Result<Option<Case>, TooMany> {
    let looked_at = |name: &str| rows.iter().filter_map(|row| row.guard.as_ref()).any(|guard| guard.inputs().contains(&name));
    let inputs: Vec<(&str, Vec<Found>)> = table
        .inputs
        .iter()
        .filter(|input| looked_at(&input.name))
        .map(|input| (input.name.as_str(), stretches(&named(rows, &input.name), input.kind, &input.one_of)))
        .collect();
    let days = days(rows);
    let cases = inputs.iter().try_fold(days.len(), |cases, (_, found)| cases.checked_mul(found.len()));
    let cases = cases.filter(|cases| *cases <= MOST).ok_or(TooMany)?;
    let case = |number: usize| {
        let mut left = number;
        let mut digit = |size: usize| {
            let digit = left % size;
            left /= size;
            digit
        };
        let on = days.get(digit(days.len())).copied().flatten();
        let holds = inputs.iter().filter_map(|(name, found)| Some(((*name).to_owned(), found.get(digit(found.len()))?.clone())));
        Case { holds: holds.collect(), on }
    };
    Ok((0..cases).map(case).find(fits))
}

/// The values that the guards compare an input with.
fn named(rows: &[&Row], name: &str) -> Vec<Value> {
    let mut values = Vec::new();
    for guard in rows.iter().filter_map(|row| row.guard.as_ref()) {
        guard.root().each(&mut |path, named| {
            if path.name == name {
                values.extend(named.unwrap_or_default().iter().cloned());
            }
        });
    }
    values
}

/// One value for each stretch in which no comparison changes, and nothing at all.
fn stretches(named: &[Value], kind: Kind, one_of: &[String]) -> Vec<Found> {
    let values = match kind {
        Kind::Flag => vec![Value::Flag(true), Value::Flag(false)],
        Kind::Text => texts(named, one_of),
        Kind::Number | Kind::Date | Kind::Duration => along(named, kind),
    };
    values.into_iter().map(Found::Value).chain([Found::Nothing]).collect()
}

fn texts(named: &[Value], one_of: &[String]) -> Vec<Value> {
    if !one_of.is_empty() {
        return one_of.iter().cloned().map(Value::Text).collect();
    }
    let mut values: Vec<Value> = Vec::new();
    for value in named {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    let mut other = Value::Text("other".to_owned());
    while let (true, Value::Text(text)) = (values.contains(&other), &other) {
        other = Value::Text(format!("{text}-"));
    }
    values.push(other);
    values
}

/// The named values of a line, one before, one after, and one between each two where there is room.
fn along(named: &[Value], kind: Kind) -> Vec<Value> {
    let mut marks = named.to_vec();
    marks.sort_by(|one, other| one.compare(other).unwrap_or(std::cmp::Ordering::Equal));
    marks.dedup();
    let before = marks.first().and_then(|first| step(first, -1));
    let after = marks.last().and_then(|last| step(last, 1));
    let between = marks.windows(2).filter_map(|pair| match pair {
        [low, high] => middle(low, high),
        _ => None,
    });
    let mut values: Vec<Value> = before.into_iter().chain(between).chain(after).collect();
    values.extend(marks);
    if values.is_empty() {
        values.push(match kind {
            Kind::Date => Value::Date(SOME_DAY),
            Kind::Duration => Value::Duration(Duration::minutes(0)),
            _ => Value::Number(0.0),
        });
    }
    values
}

/// A value beyond this one.
fn step(value: &Value, way: i8) -> Option<Value> {
    match value {
        Value::Number(number) => {
            // One away reads best; where numbers are so large that this is no step, the next one there is.
            let beyond = if way < 0 { (number - 1.0).min(number.next_down()) } else { (number + 1.0).max(number.next_up()) };
            beyond.is_finite().then_some(Value::Number(beyond))
        }
        Value::Date(day) => if way < 0 { day.yesterday() } else { day.tomorrow() }.ok().map(Value::Date),
        Value::Duration(length) => {
            length.in_minutes().checked_add(i64::from(way) * 24 * 60).map(|minutes| Value::Duration(Duration::minutes(minutes)))
        }
        Value::Text(_) | Value::Flag(_) => None,
    }
}

/// A value strictly between two.
fn middle(low: &Value, high: &Value) -> Option<Value> {
    let middle = match (low, high) {
        (Value::Number(low), Value::Number(high)) => Value::Number(low.midpoint(*high)),
        (Value::Date(low), Value::Date(_)) => Value::Date(low.tomorrow().ok()?),
        (Value::Duration(low), Value::Duration(high)) => Value::Duration(Duration::minutes(low.in_minutes().midpoint(high.in_minutes()))),
        _ => return None,
    };
    (middle != *low && middle != *high).then_some(middle)
}

/// One day for each stretch in which the same rows are in force. A table begins with its first row.
fn days(rows: &[&Row]) -> Vec<Option<Date>> {
    let starts = rows.iter().filter_map(|row| row.from);
    let ends = rows.iter().filter_map(|row| row.until?.tomorrow().ok());
    let mut days: Vec<Date> = starts.chain(ends).collect();
    days.sort();
    days.dedup();
    let first = days.first().copied();
    let always = rows.iter().any(|row| row.from.is_none());
    days.extend(first.filter(|_| always).and_then(|first| first.yesterday().ok()));
    if days.is_empty() { vec![None] } else { days.into_iter().map(Some).collect() }
}
