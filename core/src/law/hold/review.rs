//! When somebody looks again whether a hold is still needed, and who is called to it when. A hold whose review is late still holds.

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

use super::Hold;

/// Days before the review on which its owner is called the first time.
const AHEAD: i64 = 14;
/// Days from one call to the next once the day is over.
const EVERY: i64 = 7;
/// No review is further away than this, however often it is put off (Art. 17(3): only as far as the hold is necessary).
const MONTHS: i64 = 6;

/// How near a review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Review {
    /// Within two weeks.
    Soon,
    /// Today.
    Today,
    /// The day is over, and nobody has looked.
    Overdue,
}

impl Review {
    /// The name in texts and in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Soon => "soon",
            Self::Today => "today",
            Self::Overdue => "overdue",
        }
    }

    /// Whether it concerns somebody: the hold's owner; once it is overdue the data protection officer as well; and whoever answers for
    /// privacy where the owner works here no more (`owned` is false).
    pub fn concerns(self, owns: bool, owned: bool, has: impl Fn(&str) -> bool) -> bool {
        owns || (self == Self::Overdue && has("dpo")) || (!owned && has("privacy-lead"))
    }
}

impl Hold {
    /// How near the review is; nothing more than two weeks before it, or once the hold is released.
    pub fn review(&self, today: Date) -> Option<Review> {
        let first = self.first_call();
        self.is_active(today).then_some(())?;
        match today {
            _ if today > self.review_on => Some(Review::Overdue),
            _ if today == self.review_on => Some(Review::Today),
            _ if today >= first => Some(Review::Soon),
            _ => None,
        }
    }

    /// The first day after another on which somebody is called: two weeks ahead, on the day, every week from then on.
    pub fn next_call(&self, after: Date) -> Date {
        let first = self.first_call();
        if after < first {
            return first;
        }
        if after < self.review_on {
            return self.review_on;
        }
        let late = i64::from(days(self.review_on, after));
        later(self.review_on, (late / EVERY + 1) * EVERY)
    }

    fn first_call(&self) -> Date {
        later(self.review_on, -AHEAD)
    }
}

/// The last day that a review may be put off to, counted from the day on which somebody decides it and not from the old one: put off
/// twice on a day, it is no further away.
pub fn latest(today: Date) -> Date {
    today.checked_add(Span::new().months(MONTHS)).unwrap_or(Date::MAX)
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn later(day: Date, days: i64) -> Date {
    day.checked_add(Span::new().days(days)).unwrap_or(Date::MAX)
}
