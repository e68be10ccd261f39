//! How an organisation answers, in numbers that anybody may read (Art. 5(2)): counted so that no single person shows. Knows no case,
//! only days.

use jiff::civil::Date;
use serde::Serialize;

use super::right::Right;

/// Fewer requests than this are never told apart.
pub const LEAST: usize = 5;

/// How a request ended, or has not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It waits for an answer.
    Open,
    /// It was answered on a day: granted, granted in part, or refused with reasons.
    Answered(Date),
    /// Its person took it back.
    Withdrawn,
}

/// One request, without anything that says whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// The right used.
    pub right: Right,
    /// The day it arrived on, in the organisation's zone.
    pub received_on: Date,
    /// The last day for an answer, with every stop and extension (Art. 12(3)).
    pub due_on: Date,
    /// The two further months were taken.
    pub extended: bool,
    /// How it ended.
    pub end: End,
}

/// A quarter of a year, or a whole one where a quarter alone would tell too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The year.
    pub year: i16,
    /// 1 to 4; `None`: all of the year that is over.
    pub quarter: Option<i8>,
}

/// What is told of some requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Arrived in the period.
    pub received: usize,
    /// Answered by now, refusals included.
    pub answered: usize,
    /// Taken back by their people.
    pub withdrawn: usize,
    /// Answered, or still due, with the two further months.
    pub extended: usize,
    /// Days from arrival to answer: half of the answers took no longer. `None`: too few.
    pub median_days: Option<i32>,
    /// Hundredths of those whose day has come that were answered by it, rounded down. `None`: too few.
    pub on_time: Option<usize>,
}

/// One right, or those together of which too few were used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The right; `None`: several together.
    pub right: Option<Right>,
    /// What is told of it.
    #[serde(flatten)]
    pub told: Told,
}

/// A period and its rights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Which.
    #[serde(flatten)]
    pub span: Span,
    /// All rights together.
    pub all: Told,
    /// By right. No sum of some can be taken from another to find a smaller number than the least.
    pub parts: Vec<Part>,
}

/// The numbers of every quarter that is over, the newest first. A year of which one quarter alone would tell too much is told as a whole,
/// and one of which the whole would, not at all.
pub fn published(requests: &[Request], today: Date, least: usize) -> Vec<Period> {
    let over: Vec<&Request> = requests.iter().filter(|request| quarter_of(request.received_on) < quarter_of(today)).collect();
    let mut years: Vec<i16> = over.iter().map(|request| request.received_on.year()).collect();
    years.sort_unstable();
    years.dedup();
    years.into_iter().rev().flat_map(|year| of_year(&over, year, today, least)).collect()
}

fn of_year(over: &[&Request], year: i16, today: Date, least: usize) -> Vec<Period> {
    let among = |quarter: Option<i8>| -> Vec<&Request> {
        let belongs = |request: &&&Request| {
            let (its_year, its_quarter) = quarter_of(request.received_on);
            its_year == year && quarter.is_none_or(|quarter| quarter == its_quarter)
        };
        over.iter().filter(belongs).copied().collect()
    };
    let quarters: Vec<(i8, Vec<&Request>)> = (1..=4).rev().map(|quarter| (quarter, among(Some(quarter)))).collect();
    let period = |quarter, requests: &[&Request]| Period {
        span: Span { year, quarter },
        all: told(requests, today, least),
        parts: parts(requests, today, least),
    };
    if quarters.iter().all(|(_, requests)| requests.is_empty() || requests.len() >= least) {
        return quarters
            .iter()
            .filter(|(_, requests)| !requests.is_empty())
            .map(|(quarter, requests)| period(Some(*quarter), requests))
            .collect();
    }
    let whole = among(None);
    if whole.len() >= least { vec![period(None, &whole)] } else { Vec::new() }
}

/// By right; the small ones together, with the smallest of the others where they alone are too few.
fn parts(requests: &[&Request], today: Date, least: usize) -> Vec<Part> {
    let of = |right: Right| -> Vec<&Request> { requests.iter().filter(|request| request.right == right).copied().collect() };
    let mut shown: Vec<(Right, Vec<&Request>)> =
        Right::ALL.map(|right| (right, of(right))).into_iter().filter(|(_, them)| !them.is_empty()).collect();
    let (large, small): (Vec<_>, Vec<_>) = shown.drain(..).partition(|(_, them)| them.len() >= least);
    let (mut large, mut together) = (large, small.into_iter().flat_map(|(_, them)| them).collect::<Vec<_>>());
    while !together.is_empty() && together.len() < least {
        let Some((at, _)) = large.iter().enumerate().min_by_key(|(_, (_, them))| them.len()) else { break };
        together.extend(large.remove(at).1);
    }
    let mut parts: Vec<Part> = large.iter().map(|(right, them)| Part { right: Some(*right), told: told(them, today, least) }).collect();
    if together.len() >= least {
        parts.push(Part { right: None, told: told(&together, today, least) });
    }
    parts
}

fn told(requests: &[&Request], today: Date, least: usize) -> Told {
    let mut days: Vec<i32> = requests.iter().filter_map(|request| request.days()).collect();
    days.sort_unstable();
    let decided: Vec<bool> = requests.iter().filter_map(|request| request.is_on_time(today)).collect();
    let in_time = decided.iter().filter(|on_time| **on_time).count();
    Told {
        received: requests.len(),
        answered: days.len(),
        withdrawn: requests.iter().filter(|request| request.end == End::Withdrawn).count(),
        extended: requests.iter().filter(|request| request.extended && request.end != End::Withdrawn).count(),
        median_days: if days.len() >= least { days.get(days.len().saturating_sub(1) / 2).copied() } else { None },
        on_time: (decided.len() >= least).then(|| in_time * 100 / decided.len().max(1)),
    }
}

impl Request {
    /// How many days its answer took.
    fn days(&self) -> Option<i32> {
        let End::Answered(on) = self.end else { return None };
        Some(on.since(self.received_on).map_or(0, |span| span.get_days()))
    }

    /// Whether it was answered by its day; nothing while that day has not come, and of what was taken back.
    fn is_on_time(&self, today: Date) -> Option<bool> {
        match self.end {
            End::Answered(on) => Some(on <= self.due_on),
            End::Open if self.due_on < today => Some(false),
            End::Open | End::Withdrawn => None,
        }
    }
}

fn quarter_of(day: Date) -> (i16, i8) {
    (day.year(), (day.month() - 1) / 3 + 1)
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan as _, civil::date};

    use super::{End, LEAST, Request, published};
    use crate::law::right::Right;

    const TODAY: jiff::civil::Date = date(2027, 2, 1);

    fn request(right: Right, received: (i16, i8, i8), end: End) -> Request {
        let received_on = date(received.0, received.1, received.2);
        Request { right, received_on, due_on: received_on.saturating_add(30.days()), extended: false, end }
    }

    fn answered(right: Right, received: (i16, i8, i8), days: i32) -> Request {
        let asked = request(right, received, End::Open);
        Request { end: End::Answered(asked.received_on.saturating_add(days.days())), ..asked }
    }

    #[test]
    fn late_withdrawn_and_extended_requests_count_as_the_page_says() {
        let day = (2026, 11, 3);
        let mut some: Vec<Request> = [2, 4, 6, 8, 31].map(|days| answered(Right::Access, day, days)).into();
        some.push(request(Right::Access, day, End::Withdrawn));
        // Its day has passed without an answer; another one's has been moved.
        some.push(request(Right::Access, day, End::Open));
        let moved = date(2027, 2, 3);
        some.push(Request { due_on: moved, extended: true, ..request(Right::Access, day, End::Open) });
        some.push(Request { due_on: moved, extended: true, ..answered(Right::Access, day, 60) });
        let [period] = published(&some, TODAY, LEAST).try_into().unwrap();
        assert_eq!((period.span.year, period.span.quarter), (2026, Some(4)));
        let all = period.all;
        assert_eq!((all.received, all.answered, all.withdrawn, all.extended), (9, 6, 1, 2));
        assert_eq!(all.median_days, Some(6), "of 2, 4, 6, 8, 31 and 60: half took no longer");
        assert_eq!(all.on_time, Some(71), "five of seven: the one after 31 days and the one still owed are late");
        assert_eq!((period.parts.len(), period.parts[0].right), (1, Some(Right::Access)));
    }

    #[test]
    fn few_are_told_with_others_or_not_at_all() {
        let of = |right, count: usize, month| vec![answered(right, (2026, month, 3), 3); count];
        let told = |some: Vec<Vec<Request>>| published(&some.concat(), TODAY, LEAST);
        assert!(told(vec![of(Right::Access, 4, 11)]).is_empty(), "four people");
        assert!(told(vec![vec![answered(Right::Access, (2027, 1, 3), 3); 9]]).is_empty(), "a quarter that is not over");

        let [year] = told(vec![of(Right::Access, 6, 2), of(Right::Access, 1, 5)]).try_into().unwrap();
        assert_eq!((year.span.quarter, year.all.received), (None, 7), "one quarter alone would tell of one person");
        let quarters = told(vec![of(Right::Access, 6, 2), of(Right::Erasure, 5, 5)]);
        assert_eq!(quarters.iter().map(|it| it.span.quarter).collect::<Vec<_>>(), [Some(2), Some(1)]);

        // One erasure cannot be had by taking the accesses from the sum.
        let [period] = told(vec![of(Right::Access, 9, 11), of(Right::Erasure, 1, 11)]).try_into().unwrap();
        assert_eq!(period.parts.iter().map(|it| (it.right, it.told.received)).collect::<Vec<_>>(), [(None, 10)]);
        let [period] = told(vec![of(Right::Access, 9, 11), of(Right::Erasure, 3, 11), of(Right::Objection, 2, 11)]).try_into().unwrap();
        assert_eq!(period.parts.iter().map(|it| (it.right, it.told.received)).collect::<Vec<_>>(), [(Some(Right::Access), 9), (None, 5)]);
        for period in told(vec![of(Right::Access, 7, 11), of(Right::Portability, 5, 11), of(Right::Objection, 4, 11)]) {
            assert!(period.parts.iter().all(|it| it.told.received >= LEAST));
            assert_eq!(period.parts.iter().map(|it| it.told.received).sum::<usize>(), period.all.received);
        }
    }

    #[test]
    fn what_few_answers_would_tell_is_left_out() {
        let mut some = vec![request(Right::Access, (2026, 12, 31), End::Open); 5];
        some.push(answered(Right::Access, (2026, 12, 31), 3));
        let all = published(&some, date(2027, 1, 20), LEAST).remove(0).all;
        assert_eq!((all.received, all.answered, all.median_days, all.on_time), (6, 1, None, None));
    }
}
