//! A stop of the clock: the controller asked the person something and waited. Whether it counts is the clock's business.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A question to the person and its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The day of the question.
    pub from: Date,
    /// The day of the answer; `None` while it is awaited.
    pub to: Option<Date>,
    /// What was asked.
    pub about: About,
}

/// What was asked. Nothing else may stop the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// Who the person is (Art. 12(6)).
    Identity,
    /// What exactly is asked for (Recital 63).
    Scope,
}

/// Not a stop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StopError {
    /// It cannot be read.
    #[error(
        "`{0}` is not a stop; write FROM..TO such as 2026-03-04..2026-03-11, FROM.. while the answer is awaited, `id:` before it for identity"
    )]
    Unreadable(String),
    /// The answer is older than the question.
    #[error("stop `{0}` ends before it begins; write the day of the question first")]
    Reversed(Stop),
}

impl Stop {
    /// Refuses a stop that ends before it begins.
    pub fn new(from: Date, to: Option<Date>, about: About) -> Result<Self, StopError> {
        let stop = Self { from, to, about };
        if to.is_some_and(|to| to < from) { Err(StopError::Reversed(stop)) } else { Ok(stop) }
    }
}

/// `FROM..TO`, `FROM..` while the answer is awaited, `id:FROM..TO` for identity, `id:DAY` when only the day of the proof is known.
impl FromStr for Stop {
    type Err = StopError;

    fn from_str(text: &str) -> Result<Self, StopError> {
        let (about, days) = text.strip_prefix("id:").map_or((About::Scope, text), |days| (About::Identity, days));
        let day = |day: &str| day.parse::<Date>().map_err(|_| StopError::Unreadable(text.to_owned()));
        match days.split_once("..") {
            Some((from, "")) => Self::new(day(from)?, None, about),
            Some((from, to)) => Self::new(day(from)?, Some(day(to)?), about),
            None if about == About::Identity => Self::new(day(days)?, Some(day(days)?), about),
            None => Err(StopError::Unreadable(text.to_owned())),
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if self.about == About::Identity { "id:" } else { "" };
        write!(f, "{prefix}{}..", self.from)?;
        self.to.map_or(Ok(()), |to| write!(f, "{to}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_reads_back_as_written() {
        for text in ["2026-03-04..2026-03-11", "2026-03-04..", "id:2026-03-04..2026-03-11", "id:2026-03-04.."] {
            assert_eq!(text.parse::<Stop>().unwrap().to_string(), text);
        }
        assert_eq!("id:2026-03-04".parse::<Stop>().unwrap().to_string(), "id:2026-03-04..2026-03-04");
    }

    #[test]
    fn what_is_no_stop_says_how_to_write_one() {
        for text in
            ["", "..", "2026-03-04", "2026-03-04-2026-03-11", "..2026-03-11", "2026-02-30..2026-03-11", "fee:2026-03-04..2026-03-11"]
        {
            assert_eq!(text.parse::<Stop>(), Err(StopError::Unreadable(text.to_owned())), "{text}");
        }
        let reversed = "2026-03-11..2026-03-04".parse::<Stop>().unwrap_err();
        assert_eq!(reversed.to_string(), "stop `2026-03-11..2026-03-04` ends before it begins; write the day of the question first");
    }
}
