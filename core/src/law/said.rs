//! What a record says where a rule or a hold looks: the system's own spelling decides what a text can be read as.

use jiff::civil::Date;

use super::{
    map::Collection,
    record::{Record, Value},
};
use crate::table::{self, Found, Kind};

/// What a guard finds in a field. A field that the data map does not know cannot be read, and neither can a list.
pub(super) fn find(collection: &Collection, record: &Record, field: &str, wanted: Option<Kind>) -> Found {
    let value = record.value(field);
    let read = match (value, wanted) {
        (Value::Null, _) if collection.field(field).is_some() => return Found::Nothing,
        (Value::Text(text), Some(Kind::Text)) => Some(table::Value::Text(text.clone())),
        (Value::Text(text), Some(Kind::Number)) => {
            text.trim().parse().ok().filter(|number: &f64| number.is_finite()).map(table::Value::Number)
        }
        (Value::Text(_), Some(Kind::Date)) => day(value).map(table::Value::Date),
        (Value::Integer(flag @ (0 | 1)), Some(Kind::Flag)) => Some(table::Value::Flag(*flag == 1)),
        (Value::Integer(number), Some(Kind::Number)) => number.to_string().parse().ok().map(table::Value::Number),
        (Value::Real(number), Some(Kind::Number)) if number.is_finite() => Some(table::Value::Number(*number)),
        _ => None,
    };
    read.map_or(Found::Unreadable, Found::Value)
}

/// The day a value names: a date, or the date part of a moment as the system wrote it.
pub(super) fn day(value: &Value) -> Option<Date> {
    let Value::Text(text) = value else { return None };
    let (date, rest) = text.trim().split_at_checked("2026-11-20".len())?;
    let moment = rest.is_empty() || rest.starts_with(['T', ' ']);
    date.parse().ok().filter(|_| moment)
}
