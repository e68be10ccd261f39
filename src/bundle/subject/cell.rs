//! A value as the package's pages show it: days in words, moments in local time and UTC, codes by what they mean, pictures in place.

use habeas_core::law::{lang::Lang, map::DataType, record::Value, written};
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use serde::Serialize;

use super::{
    Field, Kind, Package,
    attachment::{Shape, attachment},
};
use crate::bundle::visible::visible;

/// A record as a page shows it.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// From 1.
    pub number: usize,
    /// The same, as it is written in the language of the package.
    pub place: String,
    /// Name of its place on the page.
    pub anchor: String,
    /// What tells it apart from others at first sight; may be empty.
    pub title: String,
    /// Field by field.
    pub lines: Vec<Line>,
}

/// One field of one row.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What the person calls the field.
    pub label: String,
    /// What stands there.
    pub value: Cell,
}

/// A value as the page shows it.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Cell {
    /// Nothing is stored here.
    Nothing,
    /// Text.
    Text {
        /// Safe to look at, still to be escaped.
        text: String,
    },
    /// A day.
    Day {
        /// Which.
        day: Date,
    },
    /// A moment, told in local time with UTC beside it.
    Moment {
        /// Which.
        at: Timestamp,
        /// `2026-11-19 23:30`.
        utc: String,
    },
    /// A day and a clock time as the system wrote them, without saying in which zone.
    Clock {
        /// The day.
        day: Date,
        /// The time, as it is written in the language of the package.
        clock: String,
    },
    /// Yes or no.
    Answer {
        /// Yes.
        yes: bool,
    },
    /// A picture, shown in place.
    Image {
        /// Below the root folder.
        path: String,
    },
    /// A recording, played in place.
    Audio {
        /// Below the root folder.
        path: String,
        /// Length.
        bytes: usize,
    },
    /// Any other file: a link.
    File {
        /// Below the root folder.
        path: String,
        /// Length.
        bytes: usize,
    },
    /// The system's value could not be read. Why stands in the JSON file.
    Unreadable,
}

impl Shown {
    pub(super) fn of(package: &Package, kind: &Kind, row: usize, values: &[Value]) -> Self {
        let line = |(place, (field, value)): (usize, (&Field, &Value))| Line {
            label: shown(&field.label),
            value: cell(package, kind, (row, place), field, value),
        };
        Self {
            number: row + 1,
            place: grouped(package.language, row + 1),
            anchor: anchor(kind, row),
            title: title(kind, values).unwrap_or_default(),
            lines: kind.fields.iter().zip(values).enumerate().map(line).collect(),
        }
    }
}

/// Where a record stands on its page.
pub(super) fn anchor(kind: &Kind, row: usize) -> String {
    format!("{}-{}", kind.name, row + 1)
}

/// The longest title, in characters.
const TITLE: usize = 60;

/// What a record is recognised by: its first short value that is neither a day nor a code nor a yes or no.
pub(super) fn title(kind: &Kind, values: &[Value]) -> Option<String> {
    kind.fields.iter().zip(values).find_map(|(field, value)| {
        let plain = matches!(field.data, DataType::Text | DataType::Integer) && field.codes.is_empty();
        let text = match value {
            Value::Text(text) if plain && written_moment(text).is_none() => text.trim().to_owned(),
            Value::Integer(number) if plain => number.to_string(),
            _ => return None,
        };
        let short = !text.is_empty() && !text.contains('\n') && text.chars().take(TITLE + 1).count() <= TITLE;
        short.then(|| shown(&text))
    })
}

/// The day on which something happened, if the value names one.
pub(super) fn day(zone: &TimeZone, field: &Field, value: &Value) -> Option<Date> {
    match when(field, value).filter(|_| field.dated)? {
        When::Day(day) => Some(day),
        When::Moment(at) => Some(at.to_zoned(zone.clone()).date()),
        When::Clock(at) => Some(at.date()),
    }
}

/// What a value that names a time says.
enum When {
    Day(Date),
    Moment(Timestamp),
    Clock(DateTime),
}

fn when(field: &Field, value: &Value) -> Option<When> {
    let Value::Text(text) = value else { return None };
    match field.data {
        DataType::Date => written_moment(text).or_else(|| written::day(text).map(When::Day)),
        DataType::Timestamp | DataType::Text => written_moment(text),
        DataType::Integer | DataType::Number | DataType::Boolean => None,
    }
}

/// A day or a moment in the spelling of databases, which is no word of any language: `2026-11-20`, `2026-11-20 14:30:00`.
fn written_moment(text: &str) -> Option<When> {
    let text = text.trim();
    let (date, rest) = text.split_at_checked("2026-11-20".len())?;
    let day: Date = date.parse().ok()?;
    if rest.is_empty() {
        return Some(When::Day(day));
    }
    if let Ok(at) = text.parse() {
        return Some(When::Moment(at));
    }
    let at: DateTime = text.parse().ok().filter(|_| rest.starts_with(['T', ' ']))?;
    // A day in a column for moments.
    Some(if at.time() == Time::midnight() { When::Day(at.date()) } else { When::Clock(at) })
}

fn cell(package: &Package, kind: &Kind, (row, place): (usize, usize), field: &Field, value: &Value) -> Cell {
    if let Some(file) = attachment(kind, row, place, value) {
        return match file.shape {
            Shape::Image => Cell::Image { path: file.path },
            Shape::Audio => Cell::Audio { path: file.path, bytes: file.bytes.len() },
            Shape::File => Cell::File { path: file.path, bytes: file.bytes.len() },
        };
    }
    if let Some(meaning) = field.decoded(value) {
        return Cell::Text { text: shown(meaning) };
    }
    match (when(field, value), value) {
        (Some(When::Day(day)), _) => Cell::Day { day },
        (Some(When::Moment(at)), _) => Cell::Moment { at, utc: at.strftime("%Y-%m-%d %H:%M").to_string() },
        (Some(When::Clock(at)), _) => Cell::Clock { day: at.date(), clock: clock(package.language, at.time()) },
        (None, Value::Null) => Cell::Nothing,
        (None, Value::List(_) | Value::Others) if value.to_text().is_empty() => Cell::Nothing,
        (None, Value::Unreadable(_)) => Cell::Unreadable,
        (None, Value::Integer(number @ (0 | 1))) if field.data == DataType::Boolean => Cell::Answer { yes: *number == 1 },
        (None, Value::Text(text)) if field.data == DataType::Boolean && written::answer(text).is_some() => {
            Cell::Answer { yes: written::answer(text) == Some(true) }
        }
        (None, Value::Text(text)) if text.is_empty() => Cell::Nothing,
        (None, Value::Real(number)) if number.is_finite() => {
            let text = number.to_string();
            Cell::Text { text: written::decimal(package.language, &text).unwrap_or(text) }
        }
        (None, Value::Text(text))
            if field.data == DataType::Number
                && let Some(text) = written::decimal(package.language, text) =>
        {
            Cell::Text { text }
        }
        (None, other) => Cell::Text { text: shown(&other.to_text()) },
    }
}

fn clock(lang: Lang, time: Time) -> String {
    let colon = if lang == Lang::En { ':' } else { '.' };
    format!("{:02}{colon}{:02}", time.hour(), time.minute())
}

/// A count as people of the language write it: «50 000», «50.000», «50,000».
pub(super) fn grouped(lang: Lang, count: usize) -> String {
    let sign = match lang {
        Lang::Nb => '\u{a0}',
        Lang::Nl => '.',
        Lang::En => ',',
    };
    let digits = count.to_string();
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(sign);
        }
        written.push(digit);
    }
    written
}

pub(super) fn shown(text: &str) -> String {
    visible(text).into_owned()
}
