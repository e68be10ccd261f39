//! Working days of a place, from reviewed tables in `calendars/`. A day outside the reviewed years is an error, never a guess.
//! Knows nothing about periods or requests.

mod table;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, ops::Range};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::source::spelling::{closest, meant};

/// The tables that are built in, by calendar name.
const TABLES: [(&str, &str); 9] = [
    ("none", include_str!("calendars/none.csv")),
    ("BR", include_str!("calendars/BR.csv")),
    ("CA-QC", include_str!("calendars/CA-QC.csv")),
    ("CH", include_str!("calendars/CH.csv")),
    ("GB", include_str!("calendars/GB.csv")),
    ("NL", include_str!("calendars/NL.csv")),
    ("NL/atw", include_str!("calendars/NL-atw.csv")),
    ("NO", include_str!("calendars/NO.csv")),
    ("US-CA", include_str!("calendars/US-CA.csv")),
];

/// The working days of the place where the controller acts (Reg. 1182/71 art. 2): its calendar, not the person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    name: String,
    holidays: BTreeMap<Date, Vec<String>>,
    /// Empty where nobody has reviewed any year.
    reviewed: Range<i16>,
    caution: Option<Caution>,
}

/// What a table cannot know yet, to be said with every date after its last known year.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Caution {
    known_until: i16,
    text: String,
}

/// A day that is no working day, with its holidays' names; an ordinary weekend has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayOff {
    /// The day.
    pub on: Date,
    /// Holiday names.
    pub names: Vec<String>,
}

/// Why a calendar cannot answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// There is no such calendar.
    #[error("there is no calendar `{name}`; {}known are {known}", meant(*.closest))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The nearest name.
        closest: Option<&'static str>,
        /// Every name.
        known: String,
    },
    /// Nobody has reviewed the holidays of that year.
    #[error("calendar `{calendar}` is not reviewed for {year}; add the holidays of that year to its table, with their source")]
    Unreviewed {
        /// The calendar.
        calendar: String,
        /// The year.
        year: i16,
    },
    /// A table breaks its own form.
    #[error("calendar table, line {line}: {problem}")]
    Malformed {
        /// Line, from 1; 0 speaks of the whole table.
        line: usize,
        /// What is wrong.
        problem: &'static str,
    },
    /// The answer lies beyond the year 9999.
    #[error("no working day is left before the year 9999")]
    OutOfRange,
}

impl Calendar {
    /// A built-in calendar: `NO`, `NL`, `NL/atw`, …, or `none` for weekends only.
    pub fn named(name: &str) -> Result<Self, CalendarError> {
        match TABLES.into_iter().find(|(known, _)| *known == name) {
            Some((_, text)) => table::parse(text),
            None => Err(CalendarError::Unknown {
                name: name.to_owned(),
                closest: closest(name, Self::names()),
                known: Self::names().collect::<Vec<_>>().join(", "),
            }),
        }
    }

    /// Every built-in calendar.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TABLES.into_iter().map(|(name, _)| name)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What must be said with a date that this calendar was asked about, because its table knows less about that year.
    pub fn caution(&self, on: Date) -> Option<&str> {
        self.caution.as_ref().filter(|caution| on.year() > caution.known_until).map(|caution| caution.text.as_str())
    }

    /// Why the day is off, or `None` on a working day.
    pub fn day_off(&self, on: Date) -> Result<Option<DayOff>, CalendarError> {
        let weekend = matches!(on.weekday(), Weekday::Saturday | Weekday::Sunday);
        if !weekend && !self.reviewed.contains(&on.year()) {
            return Err(CalendarError::Unreviewed { calendar: self.name.clone(), year: on.year() });
        }
        let names = self.holidays.get(&on).cloned().unwrap_or_default();
        Ok((weekend || !names.is_empty()).then_some(DayOff { on, names }))
    }

    /// The day itself if it is a working day, or else the next one, with the days off passed over.
    pub fn roll(&self, from: Date) -> Result<(Date, Vec<DayOff>), CalendarError> {
        let (mut day, mut passed) = (from, Vec::new());
        while let Some(off) = self.day_off(day)? {
            passed.push(off);
            day = tomorrow(day)?;
        }
        Ok((day, passed))
    }

    /// The last of so many working days after a day, which itself does not count.
    pub fn after_working_days(&self, from: Date, days: u8) -> Result<Date, CalendarError> {
        (0..days).try_fold(from, |day, _| Ok(self.roll(tomorrow(day)?)?.0))
    }
}

fn tomorrow(day: Date) -> Result<Date, CalendarError> {
    day.tomorrow().map_err(|_| CalendarError::OutOfRange)
}
