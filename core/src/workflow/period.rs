//! Periods as definitions write them: `P14D`, `P1M`, `PT72H`. One number, one unit.
//!
//! The statutory deadline is never computed here: counting months over holidays is the law's business, not the engine's.

use std::{fmt, str::FromStr};

use jiff::{Span, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// A length of time. Days are counted on the UTC calendar: task dues are a promise of the house, not a legal deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    count: u16,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Unit {
    Years,
    Months,
    Weeks,
    Days,
    Hours,
    Minutes,
}

/// What a text that is not a period is answered with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a period; write one number and one unit, such as `P14D`, `P1M`, `P5Y`, `PT72H` or `PT5M`")]
pub struct NotAPeriod(String);

impl Period {
    /// So many days.
    pub const fn days(count: u16) -> Self {
        Self { count, unit: Unit::Days }
    }

    /// So many hours.
    pub const fn hours(count: u16) -> Self {
        Self { count, unit: Unit::Hours }
    }

    /// So many minutes.
    pub const fn minutes(count: u16) -> Self {
        Self { count, unit: Unit::Minutes }
    }

    /// Twice as long, unless that cannot be written.
    pub fn doubled(self) -> Option<Self> {
        self.count.checked_mul(2).filter(|count| *count <= 9_999).map(|count| Self { count, ..self })
    }

    /// The calendar span, for who counts on a calendar of their own.
    pub fn span(self) -> Span {
        let (span, count) = (Span::new(), self.count);
        match self.unit {
            Unit::Years => span.years(count),
            Unit::Months => span.months(count),
            Unit::Weeks => span.weeks(count),
            Unit::Days => span.days(count),
            Unit::Hours => span.hours(count),
            Unit::Minutes => span.minutes(count),
        }
    }

    /// The moment this long after another; the end of time where the sum lies beyond it.
    pub fn after(self, start: Timestamp) -> Timestamp {
        start.to_zoned(TimeZone::UTC).checked_add(self.span()).map_or(Timestamp::MAX, |end| end.timestamp())
    }

    /// The most minutes it can last: a month is 31 days, a year 366.
    pub fn longest_minutes(self) -> u32 {
        self.minutes_with(31, 366)
    }

    /// The fewest minutes it can last: a month is 28 days, a year 365.
    pub fn shortest_minutes(self) -> u32 {
        self.minutes_with(28, 365)
    }

    fn minutes_with(self, month: u32, year: u32) -> u32 {
        let minutes = match self.unit {
            Unit::Years => year * 24 * 60,
            Unit::Months => month * 24 * 60,
            Unit::Weeks => 7 * 24 * 60,
            Unit::Days => 24 * 60,
            Unit::Hours => 60,
            Unit::Minutes => 1,
        };
        u32::from(self.count).saturating_mul(minutes)
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let wrong = || NotAPeriod(text.to_owned());
        let body = text.strip_prefix('P').ok_or_else(wrong)?;
        let (digits, clock) = body.strip_prefix('T').map_or((body, false), |rest| (rest, true));
        let last = digits.chars().last().ok_or_else(wrong)?;
        let unit = match (last, clock) {
            ('Y', false) => Unit::Years,
            ('M', false) => Unit::Months,
            ('W', false) => Unit::Weeks,
            ('D', false) => Unit::Days,
            ('H', true) => Unit::Hours,
            ('M', true) => Unit::Minutes,
            _ => return Err(wrong()),
        };
        let digits = digits.strip_suffix(last).ok_or_else(wrong)?;
        if digits.len() > 4 || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        let count = digits.parse().map_err(|_| wrong())?;
        Ok(Self { count, unit })
    }
}

impl TryFrom<String> for Period {
    type Error = NotAPeriod;

    fn try_from(text: String) -> Result<Self, NotAPeriod> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (prefix, letter) = match self.unit {
            Unit::Years => ("P", 'Y'),
            Unit::Months => ("P", 'M'),
            Unit::Weeks => ("P", 'W'),
            Unit::Days => ("P", 'D'),
            Unit::Hours => ("PT", 'H'),
            Unit::Minutes => ("PT", 'M'),
        };
        write!(f, "{prefix}{}{letter}", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_one_number_and_one_unit_and_nothing_else() {
        for good in ["P1Y", "P1M", "P2W", "P14D", "PT72H", "PT5M"] {
            assert_eq!(good.parse::<Period>().unwrap().to_string(), good);
        }
        for bad in ["", "P", "PT", "14D", "P14", "P-1D", "P1D2H", "PT1D", "P1H", "P١D", "P99999D", "p1d", "P 1D", "PT1S"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }

    #[test]
    fn counts_on_the_calendar() {
        let after = |period: &str, start: &str| period.parse::<Period>().unwrap().after(start.parse().unwrap()).to_string();
        assert_eq!(after("P1M", "2027-01-31T10:00:00Z"), "2027-02-28T10:00:00Z");
        assert_eq!(after("PT72H", "2027-01-31T10:00:00Z"), "2027-02-03T10:00:00Z");
        assert_eq!(after("P9999Y", "2027-01-31T10:00:00Z"), Timestamp::MAX.to_string());
    }
}
