//! The `clock:` block: what the statutory clock is, never how the deadline is counted.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Serialize;

use super::{super::period::Period, Name};

/// The statutory clock. The engine carries it; who computes the deadline reads it.
#[derive(Debug, Clone)]
pub struct Clock {
    /// The legal period.
    pub period: Period,
    /// The house's own promise.
    pub goal: Option<Period>,
    /// How the period may be extended.
    pub extend: Option<Extension>,
    /// Steps in which the clock stands still, with the legal basis.
    pub paused_in: Vec<(Name, String)>,
    /// Who is told when.
    pub alarms: Vec<Alarm>,
}

/// `extend:` — once, by a period, with a notice and one of the reasons.
#[derive(Debug, Clone)]
pub struct Extension {
    /// By how much.
    pub by: Period,
    /// The notice.
    pub letter: Name,
    /// What may be given as the reason.
    pub reasons: Vec<Name>,
}

/// `alarms:` — somebody is told at a mark of the clock.
#[derive(Debug, Clone)]
pub struct Alarm {
    /// When.
    pub at: Mark,
    /// Roles.
    pub tell: Vec<Name>,
    /// Whether it is an incident as well.
    pub raise: bool,
    /// What the log says when the legal deadline is missed; only beside `at: due`. People are told on the strict day, which no stop moves;
    /// this is said on the legal one.
    pub record: Option<Name>,
}

/// A mark of the clock: `goal`, `due`, `due - P7D`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Which day.
    pub of: Day,
    /// How long before it.
    pub before: Option<Period>,
}

/// A day of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Day {
    /// The house's own promise.
    Goal,
    /// The legal deadline.
    Due,
}

impl Mark {
    /// Whether it is the end of the due day itself.
    pub const fn is_due(self) -> bool {
        matches!(self, Self { of: Day::Due, before: None })
    }

    /// The moment it stands for: a mark on the due day itself is its end, any other the morning.
    pub fn moment(self, goal: Date, due: Date, zone: &TimeZone) -> Timestamp {
        let day = if self.of == Day::Goal { goal } else { due };
        match self.before {
            Some(before) => start_of(day.checked_sub(before.span()).unwrap_or(day), zone),
            None if self.of == Day::Goal => start_of(day, zone),
            None => end_of(day, zone),
        }
    }
}

fn start_of(day: Date, zone: &TimeZone) -> Timestamp {
    day.to_zoned(zone.clone()).map_or(Timestamp::MAX, |start| start.timestamp())
}

/// The moment a day is over.
pub fn end_of(day: Date, zone: &TimeZone) -> Timestamp {
    day.tomorrow().map_or(Timestamp::MAX, |next| start_of(next, zone))
}

/// A text that is not a mark.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a mark of the clock; write `goal`, `due` or `due - P7D`")]
pub struct NotAMark(String);

impl FromStr for Mark {
    type Err = NotAMark;

    fn from_str(text: &str) -> Result<Self, NotAMark> {
        let wrong = || NotAMark(text.to_owned());
        let (day, before) = match text.split_once(" - ") {
            Some((day, period)) => (day, Some(period.parse().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let of = match day {
            "goal" => Day::Goal,
            "due" => Day::Due,
            _ => return Err(wrong()),
        };
        Ok(Self { of, before })
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = if self.of == Day::Goal { "goal" } else { "due" };
        match self.before {
            Some(before) => write!(f, "{day} - {before}"),
            None => f.write_str(day),
        }
    }
}
