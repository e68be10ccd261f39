//! The `clock:` block: what the statutory clock is, never how it is counted.

use std::{fmt, str::FromStr};

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
    /// A fact for the log.
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
