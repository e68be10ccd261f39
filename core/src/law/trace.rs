//! The clock trace: every reason behind a date, as codes, dates and law, and as one plain English line each. Computes nothing.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    calendar::DayOff,
    period::Period,
    stop::{About, Stop},
};

/// One reason. Its JSON carries the finding's `code`; its `Display` is the line people read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// What was found.
    #[serde(flatten)]
    pub finding: Finding,
    /// Where it stands; `None` when it follows from the other reasons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
}

/// What was found, with its dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Finding {
    /// The request arrived; the day itself does not count.
    Received { on: Date },
    /// Identity was proven, and the period starts anew.
    Restarted { on: Date },
    /// The period ends here before stops and days off.
    Period { period: Period, extended: bool, from: Date, ends: Date },
    /// A stop moved the end by so many days.
    Stopped { stop: Stop, days: i32 },
    /// The answer to a question is still awaited; nothing is added for it yet.
    Pending { stop: Stop },
    /// A stop does not count.
    Ignored { stop: Stop, why: Ignored },
    /// The last day was no working day.
    Rolled { over: Vec<DayOff>, to: Date },
    /// The answer is due.
    Due { on: Date },
    /// The date that alarms follow: neither stopped nor extended.
    Strict { on: Date },
    /// The stricter reading of an extension: the first period ends by itself, then the extension is added.
    Conservative { on: Date },
    /// The person must know of the extension and its reasons.
    ExtensionNotice { by: Date },
    /// Receipt must be confirmed.
    Confirm { by: Date, working_days: u8 },
    /// A clock that is not computed.
    Also { what: String },
    /// What the calendar cannot know yet.
    Caution { what: String },
}

/// Why a stop does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ignored {
    /// The law knows no stops.
    NoStops,
    /// Asked before there was a request.
    BeforeReceipt,
    /// Asked when the time was already over, on this day.
    AfterEnd(Date),
    /// Asked later than this day, which is not "without undue delay".
    AskedLate(Date),
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.finding.fmt(f)?;
        self.law.as_ref().map_or(Ok(()), |law| write!(f, " ({law})"))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Received { on } => write!(f, "received on {on}, a day that is itself not counted"),
            Self::Restarted { on } => write!(f, "identity was proven on {on}: the period starts then"),
            Self::Period { period, extended, from, ends } => {
                let label = if *extended { "extended: " } else { "" };
                let clamped = if period.months > 0 && ends.day() < from.day() { ", the last day of that month" } else { "" };
                write!(f, "{label}{period} from {from}, until {ends}{clamped}")
            }
            Self::Stopped { stop, days } => write!(f, "{} adds {}", waiting(stop), count(*days)),
            Self::Pending { stop } => write!(f, "{} is not over: nothing is added before the answer comes", waiting(stop)),
            Self::Ignored { stop, why } => write!(f, "{} adds nothing: {why}", waiting(stop)),
            Self::Rolled { over, to } => write!(f, "{}: moved to the next working day, {to}", names(over)),
            Self::Due { on } => write!(f, "the answer is due on {}", on.strftime("%A %Y-%m-%d")),
            Self::Strict { on } => write!(f, "without stops and extension it is due on {on}: alarms follow that date"),
            Self::Conservative { on } => write!(f, "the extension added to the end of the first period gives {on}: the safe target"),
            Self::ExtensionNotice { by } => {
                write!(f, "the person is told of the extension and its reasons by {by}: stops do not move that date")
            }
            Self::Confirm { by, working_days } => write!(f, "receipt is confirmed within {working_days} working days, by {by}"),
            Self::Also { what } => write!(f, "not computed here: {what}"),
            Self::Caution { what } => write!(f, "take care: {what}"),
        }
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStops => write!(f, "this law stops its clock for nothing"),
            Self::BeforeReceipt => write!(f, "the question is older than the request"),
            Self::AfterEnd(end) => write!(f, "the question came after the period had ended on {end}"),
            Self::AskedLate(ask_by) => write!(f, "the question came later than {ask_by}, so not without undue delay"),
        }
    }
}

fn waiting(stop: &Stop) -> String {
    let about = match stop.about {
        About::Identity => "identity",
        About::Scope => "the scope",
    };
    let until = stop.to.map(|to| format!(" to {to}")).unwrap_or_default();
    format!("waiting for {about} from {}{until}", stop.from)
}

fn count(days: i32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// `2026-04-03 is Good Friday, 2026-04-04 is Saturday`.
fn names(days: &[DayOff]) -> String {
    let name = |day: &DayOff| if day.names.is_empty() { day.on.strftime("%A").to_string() } else { day.names.join(" and ") };
    days.iter().map(|day| format!("{} is {}", day.on, name(day))).collect::<Vec<_>>().join(", ")
}
