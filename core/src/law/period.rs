//! A statutory period of months or days, and where it ends (Reg. 1182/71 art. 3).

use std::{fmt, ops::Add};

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

/// Months and days of the calendar; in practice one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Period {
    /// Calendar months.
    pub months: u8,
    /// Calendar days.
    pub days: u8,
}

impl Period {
    /// The last day: the same-numbered day, or the last of a month that has no such day (art. 3(2)(c)). The first day is not counted.
    /// `None` beyond the year 9999.
    pub fn end(self, from: Date) -> Option<Date> {
        let span = Span::new().try_months(self.months).ok()?.try_days(self.days).ok()?;
        from.checked_add(span).ok()
    }
}

impl Add for Period {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self { months: self.months.saturating_add(more.months), days: self.days.saturating_add(more.days) }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.months, self.days) {
            (1, 0) => write!(f, "1 month"),
            (0, 1) => write!(f, "1 day"),
            (months, 0) => write!(f, "{months} months"),
            (0, days) => write!(f, "{days} days"),
            (months, days) => write!(f, "{months} months and {days} days"),
        }
    }
}
