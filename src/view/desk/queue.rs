//! `/{l}/desk/`: the queue, soonest legal deadline first. No name of any person stands in it.

use habeas_core::law::{
    hold::Review,
    lang::{Lang, Text},
    right::Right,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// One view of the queue. Filters are a GET form: `view`, `q`, `right`, `page`.
#[derive(Debug, Serialize)]
pub struct Queue {
    /// The view shown.
    pub view: View,
    /// Every view with its count, in this order.
    pub views: Vec<(View, u64)>,
    /// Search words, as typed.
    pub q: String,
    /// Only this right.
    pub right: Option<Right>,
    /// The cases of this page, at most fifty.
    pub rows: Vec<Row>,
    /// Since when nothing is erased any more, until two people let it go on.
    pub stopped: Option<Timestamp>,
    /// Systems that no longer are what the data map says, and how much there is to look at in each.
    pub drift: Vec<(String, Text, usize)>,
    /// Holds that the reader has to look at again, the most urgent first.
    pub holds: Vec<HoldNotice>,
    /// Open cases that others work on: said when nothing waits for you.
    pub open_with_others: u64,
    /// Which page this is, from 1.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
}

/// A hold whose review draws near or is over.
#[derive(Debug, Serialize)]
pub struct HoldNotice {
    /// `H-…`.
    pub hold: String,
    /// How near the review is.
    pub review: Review,
    /// The day by which somebody has to look.
    pub review_on: Date,
}

/// A view of the queue; a link with a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// A task is mine to do.
    NeedsMe,
    /// Due within seven days, or late.
    DueSoon,
    /// Waiting for the person.
    Waiting,
    /// An effect failed, or an incident is open.
    Failed,
    /// Everything open.
    Open,
    /// Everything closed.
    Closed,
}

/// One case.
#[derive(Debug, Serialize)]
pub struct Row {
    /// `HB-…`.
    pub reference: String,
    /// What was asked for.
    pub right: Right,
    /// Where it stands.
    pub state: Standing,
    /// Time left until the legal deadline.
    #[serde(flatten)]
    pub left: TimeLeft,
    /// Who has it; `None`: nobody.
    pub owner: Option<String>,
    /// It is the reader's.
    pub mine: bool,
    /// Systems done and systems in all; `None` before any was asked.
    pub systems: Option<(u32, u32)>,
    /// Language of the case.
    pub lang: Lang,
    /// What to beware of.
    pub flags: Vec<Flag>,
}

/// Time left until the legal deadline. Calendar time, weekends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TimeLeft {
    /// The legal deadline.
    pub due_on: Date,
    /// Whole days left; negative when late.
    pub days_left: i32,
    /// Fifths of the time that are left, 0 to 5: the bar beside the words.
    pub fifths: u8,
    /// How it is coloured; the words say the same.
    pub alarm: Alarm,
}

/// How urgent it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alarm {
    /// More than seven days.
    Calm,
    /// Seven days or fewer.
    Soon,
    /// Three days or fewer, or late.
    Now,
}

impl TimeLeft {
    /// Time left on a day, of a term that began on another.
    pub fn on(today: Date, received_on: Date, due_on: Date) -> Self {
        let days_left = days(today, due_on);
        let term = days(received_on, due_on).max(1);
        let fifths = (days_left.max(0) * 5 + term - 1) / term;
        let alarm = match days_left {
            ..=3 => Alarm::Now,
            4..=7 => Alarm::Soon,
            _ => Alarm::Calm,
        };
        Self { due_on, days_left, fifths: u8::try_from(fifths.min(5)).unwrap_or(5), alarm }
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Where a case stands, as staff see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Just in.
    New,
    /// Systems are being asked.
    Collecting,
    /// A person must act.
    NeedsTask,
    /// The person must answer.
    WaitingForPerson,
    /// Waiting period before the erasure.
    Cooling,
    /// Systems are being erased.
    Erasing,
    /// An effect failed for good.
    Failed,
    /// Answered.
    Answered,
    /// Refused.
    Refused,
    /// Taken back.
    Withdrawn,
}

/// Something to beware of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Data of high risk was found.
    HighRisk,
    /// A hold covers some of it.
    Hold,
    /// The deadline was extended.
    Extended,
    /// A complaint is pending.
    Complaint,
    /// Somebody acts for the person.
    Representative,
}

impl Page for Queue {
    const TEMPLATE: &'static str = "desk/queue.html";

    fn title(&self) -> Message {
        Message::new("queue-title")
    }

    fn samples() -> Vec<Self> {
        let queue = |view, rows: Vec<Row>, pages| Self {
            view,
            views: vec![
                (View::NeedsMe, u64::from(!rows.is_empty())),
                (View::DueSoon, 3),
                (View::Waiting, 0),
                (View::Failed, 1),
                (View::Open, 11),
                (View::Closed, 40),
            ],
            q: String::new(),
            right: None,
            rows,
            stopped: (view == View::Open).then(|| sample::at(12, 19, 8, 14)),
            drift: if view == View::Open { vec![("shop".to_owned(), sample::shop(), 2)] } else { Vec::new() },
            holds: if view == View::Open {
                vec![HoldNotice { hold: "H-7QK2".to_owned(), review: Review::Overdue, review_on: sample::DUE }]
            } else {
                Vec::new()
            },
            open_with_others: 11,
            page: 1,
            pages,
        };
        vec![queue(View::NeedsMe, Vec::new(), 1), queue(View::Open, sample_rows(), 3)]
    }
}

fn sample_rows() -> Vec<Row> {
    let today = jiff::civil::date(2026, 12, 19);
    let received = jiff::civil::date(2026, 11, 18);
    let row = |reference: &str, right, state, due: Date, owner: Option<&str>, flags| Row {
        reference: reference.to_owned(),
        right,
        state,
        left: TimeLeft::on(today, received, due),
        owner: owner.map(str::to_owned),
        mine: owner == Some("Ingrid Berg"),
        systems: (state != Standing::New).then_some((3, 4)),
        lang: Lang::Nb,
        flags,
    };
    vec![
        row(sample::REFERENCE, Right::Access, Standing::Failed, sample::DUE, None, vec![Flag::HighRisk]),
        row("HB-92MX-0A", Right::Erasure, Standing::NeedsTask, jiff::civil::date(2026, 12, 21), Some("Ingrid Berg"), vec![Flag::Hold]),
        row("HB-1CC0-7T", Right::Erasure, Standing::Cooling, jiff::civil::date(2026, 12, 25), Some("Ola Dahl"), Vec::new()),
        row("HB-44QP-9Z", Right::Access, Standing::Collecting, jiff::civil::date(2027, 1, 11), None, vec![Flag::Extended]),
        row("HB-60RW-1K", Right::Access, Standing::New, jiff::civil::date(2027, 1, 19), None, Vec::new()),
    ]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Alarm, TimeLeft};

    #[test]
    fn the_bar_empties_and_the_alarm_rises_as_the_deadline_nears() {
        let left = |today| TimeLeft::on(today, date(2026, 11, 18), date(2026, 12, 18));
        let first = left(date(2026, 11, 18));
        assert_eq!((first.days_left, first.fifths, first.alarm), (30, 5, Alarm::Calm));
        let week = left(date(2026, 12, 11));
        assert_eq!((week.days_left, week.fifths, week.alarm), (7, 2, Alarm::Soon));
        let last = left(date(2026, 12, 18));
        assert_eq!((last.days_left, last.fifths, last.alarm), (0, 0, Alarm::Now));
        assert_eq!(left(date(2026, 12, 20)).days_left, -2);
    }
}
