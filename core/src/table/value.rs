//! What guards compare: five kinds of values, and what may be found where one is looked for.

use std::{cmp::Ordering, fmt};

use jiff::{Span, civil::Date};

/// A kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Words; compared whole.
    Text,
    /// Any finite number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A day.
    Date,
    /// A length of time.
    Duration,
}

impl Kind {
    /// Every kind by its name.
    pub const ALL: [(&'static str, Self); 5] =
        [("text", Self::Text), ("number", Self::Number), ("flag", Self::Flag), ("date", Self::Date), ("duration", Self::Duration)];

    /// Whether its values have an order.
    pub const fn is_ordered(self) -> bool {
        matches!(self, Self::Number | Self::Date | Self::Duration)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL.iter().find(|(_, kind)| kind == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// Finite.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Date(Date),
    /// A length of time.
    Duration(Duration),
}

impl Value {
    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Number(_) => Kind::Number,
            Self::Flag(_) => Kind::Flag,
            Self::Date(_) => Kind::Date,
            Self::Duration(_) => Kind::Duration,
        }
    }

    /// How two values of one kind compare; texts and flags are equal or not, and nothing more.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => (one == other).then_some(Ordering::Equal),
            (Self::Flag(one), Self::Flag(other)) => (one == other).then_some(Ordering::Equal),
            (Self::Number(one), Self::Number(other)) => one.partial_cmp(other),
            (Self::Date(one), Self::Date(other)) => Some(one.cmp(other)),
            (Self::Duration(one), Self::Duration(other)) => Some(one.cmp(other)),
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Date(date) => write!(f, "date(\"{date}\")"),
            Self::Duration(duration) => write!(f, "duration(\"{duration}\")"),
        }
    }
}

/// A length of time in minutes. A month counts as 43,829 of them, the mean of the calendar, so that any two lengths compare:
/// `P30D` is shorter than `P1M`, `P31D` longer, and `P12M` is `P1Y`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(i64);

impl Duration {
    const DAY: i64 = 24 * 60;
    const MONTH: i64 = 43_829;

    /// So many minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes)
    }

    /// Its length in minutes.
    pub const fn in_minutes(self) -> i64 {
        self.0
    }

    /// Reads an ISO 8601 period such as `P5Y`, `P3Y6M` or `PT72H`, to the minute.
    pub fn parse(text: &str) -> Option<Self> {
        let span: Span = text.parse().ok().filter(|_| text.starts_with('P'))?;
        let months = i64::from(span.get_years()) * 12 + i64::from(span.get_months());
        let days = i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
        let minutes = i64::from(span.get_hours()) * 60 + span.get_minutes();
        Some(Self(months * Self::MONTH + days * Self::DAY + minutes))
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.abs();
        let units = [(12 * Self::MONTH, "P", "Y"), (Self::MONTH, "P", "M"), (Self::DAY, "P", "D"), (60, "PT", "H")];
        let whole = units.into_iter().find(|(unit, ..)| size > 0 && size % unit == 0);
        let (unit, prefix, letter) = whole.unwrap_or((1, "PT", "M"));
        write!(f, "{sign}{prefix}{}{letter}", size / unit)
    }
}

/// What is found where a guard looks.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// Nothing is there.
    Nothing,
    /// Something is there that cannot be read as what the guard compares it with.
    Unreadable,
    /// A value.
    Value(Value),
}

/// Where guards look. Any function from a name will do: it is also told the kind that is wanted, if one is.
pub trait Inputs {
    /// What is there.
    fn find(&self, name: &str, wanted: Option<Kind>) -> Found;
}

impl<F: Fn(&str, Option<Kind>) -> Found> Inputs for F {
    fn find(&self, name: &str, wanted: Option<Kind>) -> Found {
        self(name, wanted)
    }
}
