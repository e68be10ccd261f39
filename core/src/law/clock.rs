//! The statutory clock: from the day of receipt to the day the answer is due, with every reason. Pure: today does not matter.
//!
//! An open stop adds nothing until it is answered, so it can never hide a case. Whoever wants the date for an answer
//! that came today closes the stop with today's date.

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

use super::{
    calendar::{Calendar, CalendarError, DayOff},
    period::Period,
    regime::{Regime, Stopping},
    stop::{About, Stop},
    trace::{Because, Finding, Ignored},
};

#[cfg(test)]
mod tests;

/// What the clock must know about a request.
#[derive(Debug, Clone, Copy)]
pub struct Receipt<'a> {
    /// The day it reached an official channel, in the controller's zone; see [`received_on`].
    pub received: Date,
    /// Questions to the person, in any order.
    pub stops: &'a [Stop],
    /// The extension was taken.
    pub extended: bool,
}

/// When what is due, and why. All dates are the last day on which the act is still in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The answer, with stops and extension.
    pub due: Date,
    /// The answer without them; alarms and figures follow this date, so that a stop never hides a case.
    pub strict_due: Date,
    /// The notice of an extension with its reasons; stops never move it. `None`: the law knows no extension.
    pub extension_notice_due: Option<Date>,
    /// The confirmation of receipt, where the law wants one.
    pub confirm_due: Option<Date>,
    /// The safe target: not later than `due`, and earlier where an extension counted from the end of the first period is.
    pub conservative_due: Date,
    /// Every reason, in the order of the computation.
    pub because: Vec<Because>,
}

/// Targets of the house, earlier than any the law sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SafeTargets {
    /// Decide on an extension: day 21.
    pub extension_decision_on: Date,
    /// Answer: day 28.
    pub answer_on: Date,
}

/// Why no date can be given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// The calendar cannot answer.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The law allows no extension.
    #[error("regime `{0}` allows no extension; answer in time, or leave the extension out")]
    NoExtension(String),
    /// The date lies beyond the year 9999.
    #[error("the deadline lies beyond the year 9999; check the date of receipt")]
    OutOfRange,
}

/// The day a request counts as received: the date in the controller's zone (Reg. 1182/71 art. 2).
pub fn received_on(at: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(at).date()
}

/// The house's own targets for a request under the GDPR.
pub fn safe_targets(received: Date) -> Result<SafeTargets, ClockError> {
    Ok(SafeTargets { extension_decision_on: plus_days(received, 21)?, answer_on: plus_days(received, 28)? })
}

impl Deadline {
    /// Whether a question that counts is still unanswered: `due` will move with its answer, so nobody can say yet that it was missed.
    pub fn is_pending(&self) -> bool {
        self.because.iter().any(|because| matches!(because.finding, Finding::Pending { .. }))
    }

    /// If identity is still open on this day, the person is told so (Art. 12(4)) instead of hearing nothing: three days before `strict_due`.
    pub fn identity_notice_on(&self) -> Result<Date, ClockError> {
        plus_days(self.strict_due, -3)
    }
}

/// Runs the clock of one law over one request, in the controller's calendar.
pub fn deadline(receipt: &Receipt<'_>, regime: &Regime, calendar: &Calendar) -> Result<Deadline, ClockError> {
    let Receipt { received, extended, .. } = *receipt;
    let mut run = Run { receipt, regime, calendar, because: Vec::new() };
    run.say(Finding::Received { on: received }, &regime.start);
    let (period, law) = whole_period(regime, extended)?;
    let start = run.start(end(period, received)?);
    let ends = end(period, start)?;
    run.say(Finding::Period { period, extended, from: start, ends }, law);
    let stopped_days = run.stopped_days(start, ends)?;
    let due = run.due(plus_days(ends, stopped_days)?)?;
    let strict_due = run.strict_due(due)?;
    let extension_notice_due = run.extension_notice_due(strict_due);
    let conservative_due = run.conservative_due(start, stopped_days, due)?;
    let confirm_due = run.confirm_due()?;
    for also in &regime.also {
        run.say(Finding::Also { what: also.what.clone() }, &also.law);
    }
    Ok(Deadline { due, strict_due, extension_notice_due, confirm_due, conservative_due, because: run.because })
}

/// One run of the clock, and the reasons so far.
struct Run<'a> {
    receipt: &'a Receipt<'a>,
    regime: &'a Regime,
    calendar: &'a Calendar,
    because: Vec<Because>,
}

impl Run<'_> {
    fn say(&mut self, finding: Finding, law: &str) {
        self.because.push(Because { finding, law: Some(law.to_owned()) });
    }

    /// Says what follows from the other reasons.
    fn conclude(&mut self, finding: Finding) {
        self.because.push(Because { finding, law: None });
    }

    /// The latest of receipt and proof of identity, where the law counts from proof (UK GDPR Art. 12A). It does not ask for
    /// a prompt question, so none is demanded here.
    fn start(&mut self, end: Date) -> Date {
        let mut start = self.receipt.received;
        let Some(rule) = self.regime.stops.as_ref().filter(|rule| rule.identity_restarts) else { return start };
        for stop in self.receipt.stops.iter().copied().filter(|stop| stop.about == About::Identity) {
            let finding = match (self.outside(stop, end), stop.to) {
                (Some(why), _) => Finding::Ignored { stop, why },
                (None, None) => Finding::Pending { stop },
                (None, Some(on)) => {
                    start = start.max(on);
                    Finding::Restarted { on }
                }
            };
            self.say(finding, &rule.law);
        }
        start
    }

    /// The days for which the clock stood, each counted once however many stops cover it.
    fn stopped_days(&mut self, start: Date, ends: Date) -> Result<i32, ClockError> {
        let stops = self.receipt.stops;
        let Some(rule) = &self.regime.stops else {
            for stop in stops {
                self.say(Finding::Ignored { stop: *stop, why: Ignored::NoStops }, &self.regime.respond.law);
            }
            return Ok(0);
        };
        let mut stops: Vec<Stop> =
            stops.iter().copied().filter(|stop| !(rule.identity_restarts && stop.about == About::Identity)).collect();
        stops.sort_by_key(|stop| (stop.from, stop.to));
        let (mut uncounted, mut last_answer, mut total) = (start, self.receipt.received, 0);
        for stop in stops {
            let ignored = self.outside(stop, plus_days(ends, total)?).or(self.asked_late(stop, last_answer, rule)?);
            let finding = match (ignored, stop.to) {
                (Some(why), _) => Finding::Ignored { stop, why },
                (None, None) => Finding::Pending { stop },
                (None, Some(answered)) => {
                    let first = plus_days(stop.from, i32::from(!rule.both_ends))?.max(uncounted);
                    let after = plus_days(answered, 1)?;
                    let days = days_between(first, after).max(0);
                    (uncounted, last_answer, total) = (uncounted.max(after), last_answer.max(answered), total + days);
                    Finding::Stopped { stop, days }
                }
            };
            self.say(finding, &rule.law);
        }
        Ok(total)
    }

    /// Why a question lies outside the time in which it can count.
    fn outside(&self, stop: Stop, end: Date) -> Option<Ignored> {
        if stop.from < self.receipt.received { Some(Ignored::BeforeReceipt) } else { (stop.from > end).then_some(Ignored::AfterEnd(end)) }
    }

    /// A question must come "without undue delay" (EDPB Guidelines 01/2022 para 159) after receipt or, for a further one, after the answer before it.
    fn asked_late(&self, stop: Stop, since: Date, rule: &Stopping) -> Result<Option<Ignored>, CalendarError> {
        let ask_by = self.calendar.after_working_days(since, rule.ask_within_working_days)?;
        Ok((stop.from > ask_by).then_some(Ignored::AskedLate(ask_by)))
    }

    /// Rolls once, at the very end.
    fn due(&mut self, ends: Date) -> Result<Date, CalendarError> {
        let (due, over) = self.roll(ends)?;
        if let Some(law) = self.regime.roll.as_ref().filter(|_| !over.is_empty()) {
            self.say(Finding::Rolled { over, to: due }, law);
        }
        self.conclude(Finding::Due { on: due });
        if let Some(what) = self.regime.roll.as_ref().and_then(|_| self.calendar.caution(due)) {
            self.conclude(Finding::Caution { what: what.to_owned() });
        }
        Ok(due)
    }

    /// The next working day where the law moves a last day off; the calendar is not asked where it does not.
    fn roll(&self, ends: Date) -> Result<(Date, Vec<DayOff>), CalendarError> {
        if self.regime.roll.is_some() { self.calendar.roll(ends) } else { Ok((ends, Vec::new())) }
    }

    fn strict_due(&mut self, due: Date) -> Result<Date, ClockError> {
        let (strict_due, _) = self.roll(end(self.regime.respond.period, self.receipt.received)?)?;
        if strict_due != due {
            self.conclude(Finding::Strict { on: strict_due });
        }
        Ok(strict_due)
    }

    fn extension_notice_due(&mut self, strict_due: Date) -> Option<Date> {
        let extension = self.regime.extension.as_ref()?;
        if self.receipt.extended {
            self.say(Finding::ExtensionNotice { by: strict_due }, &extension.law);
        }
        Some(strict_due)
    }

    /// An extension added to the end of the first period: earlier where the first month had no such day.
    fn conservative_due(&mut self, start: Date, stopped_days: i32, due: Date) -> Result<Date, ClockError> {
        let Some(extension) = self.regime.extension.as_ref().filter(|_| self.receipt.extended) else { return Ok(due) };
        let ends = end(extension.period, end(self.regime.respond.period, start)?)?;
        let (on, _) = self.roll(plus_days(ends, stopped_days)?)?;
        if on < due {
            self.conclude(Finding::Conservative { on });
        }
        Ok(on.min(due))
    }

    fn confirm_due(&mut self) -> Result<Option<Date>, CalendarError> {
        let Some(confirm) = &self.regime.confirm else { return Ok(None) };
        let by = self.calendar.after_working_days(self.receipt.received, confirm.working_days)?;
        self.say(Finding::Confirm { by, working_days: confirm.working_days }, &confirm.law);
        Ok(Some(by))
    }
}

/// The whole period, extension included, and where it stands.
fn whole_period(regime: &Regime, extended: bool) -> Result<(Period, &str), ClockError> {
    match (&regime.extension, extended) {
        (_, false) => Ok((regime.respond.period, &regime.respond.law)),
        (Some(extension), true) => Ok((regime.respond.period + extension.period, &extension.law)),
        (None, true) => Err(ClockError::NoExtension(regime.name.clone())),
    }
}

fn end(period: Period, from: Date) -> Result<Date, ClockError> {
    period.end(from).ok_or(ClockError::OutOfRange)
}

fn plus_days(date: Date, days: i32) -> Result<Date, ClockError> {
    Span::new().try_days(days).and_then(|span| date.checked_add(span)).map_err(|_| ClockError::OutOfRange)
}

/// Negative if the second day comes first.
fn days_between(from: Date, to: Date) -> i32 {
    from.duration_until(to).as_hours().try_into().map_or(0, |hours: i32| hours / 24)
}
