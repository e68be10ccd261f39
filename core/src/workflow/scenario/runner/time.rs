//! Time in a scenario: timers ring in order, the marks of the statutory clock among them.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};

use super::{
    super::{
        super::{
            command::Command,
            definition::end_of,
            event::{CLOCK, EventKind, Timer},
            period::Period,
        },
        Count, Dates, Difference,
    },
    Player,
};

#[derive(Debug)]
pub(super) struct Timers {
    set: BTreeMap<Timer, Timestamp>,
    received: Timestamp,
    pub(super) extended: bool,
    pub(super) dates: Option<Dates>,
}

impl Timers {
    pub(super) const fn new(received: Timestamp) -> Self {
        Self { set: BTreeMap::new(), received, extended: false, dates: None }
    }

    fn next(&self, until: Timestamp) -> Option<(Timer, Timestamp)> {
        let due = self.set.iter().filter(|(_, at)| **at <= until);
        due.min_by_key(|(timer, at)| (**at, *timer)).map(|(timer, at)| (timer.clone(), *at))
    }
}

impl Player<'_> {
    pub(super) fn advance(&mut self, period: Period) -> Result<(), Difference> {
        let until = period.after(self.now);
        while let Some((timer, at)) = self.timers.next(until) {
            self.timers.set.remove(&timer);
            self.now = self.now.max(at);
            self.must(CLOCK, EventKind::Elapsed { timer })?;
        }
        self.now = until;
        Ok(())
    }

    /// Sets and clears timers, and counts the deadline again when something it hangs on has changed.
    pub(super) fn keep_time(&mut self, commands: &[Command]) -> Result<(), Difference> {
        let timers = &mut self.timers;
        let mut begins = false;
        for command in commands {
            match command {
                Command::SetTimer { timer, at } => _ = timers.set.insert(timer.clone(), *at),
                Command::ClearTimers { wait } => timers.set.retain(|timer, _| timer.wait() != Some(wait)),
                Command::Close { .. } => timers.set.clear(),
                Command::StartClock { at } => (begins, timers.received, timers.extended) = (true, *at, false),
                _ => {}
            }
        }
        let before = timers.dates;
        let dates = self.count()?;
        self.timers.dates = Some(dates);
        if self.state.closed.is_none() && (begins || before != Some(dates)) {
            self.set_marks(dates, begins);
        }
        Ok(())
    }

    fn count(&self) -> Result<Dates, Difference> {
        let day = |at: Timestamp| self.day(at);
        let pauses: Vec<_> = self.state.pauses.iter().map(|pause| (day(pause.from), pause.to.map(day))).collect();
        let count = Count {
            calendar: self.scenario.calendar.as_deref(),
            received: day(self.timers.received),
            pauses: &pauses,
            extended: self.timers.extended,
        };
        (self.almanac.reckon)(&count).map_err(|why| Difference::new("the statutory deadline can be counted", why))
    }

    fn day(&self, at: Timestamp) -> Date {
        self.almanac.zone.to_datetime(at).date()
    }

    /// Alarms run on the strict deadline, so that a stop never hides a case; what has rung stays silent until the clock begins anew.
    /// The legal deadline passes on the legal day, and not while an answer is owed that will move it.
    fn set_marks(&mut self, dates: Dates, begins: bool) {
        let (zone, clock) = (self.almanac.zone, &self.def.clock);
        let due = if self.timers.extended { dates.due } else { dates.strict };
        let goal = clock.goal.and_then(|goal| self.day(self.timers.received).checked_add(goal.span()).ok()).unwrap_or(dates.strict);
        for (number, alarm) in (0_u16..).zip(&clock.alarms) {
            let at = alarm.at.moment(goal, due, zone);
            if begins || at > self.now {
                self.timers.set.insert(Timer::Alarm(number), at);
            }
        }
        let missed = end_of(dates.due, zone);
        if dates.pending {
            self.timers.set.remove(&Timer::Deadline);
        } else if begins || missed > self.now {
            self.timers.set.insert(Timer::Deadline, missed);
        }
    }
}
