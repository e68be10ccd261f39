//! The statutory deadline of a case: the law's clock over the case's receipt and pauses, and the timers that hang on it.

use habeas_core::{
    law::{
        calendar::Calendar,
        clock::{self, Deadline, Receipt},
        regime::Regime,
        stop::{About, Stop},
    },
    workflow::{
        State,
        definition::{Day, Mark},
        event::Timer,
    },
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    advance::timer_row,
    door::{Door, Inside},
    refusal::Refusal,
};
use crate::{
    organisation::Organisation,
    store::{case::Case, timer},
};

/// The deadline as it stands (Art. 12(3)).
pub(crate) fn of(organisation: &Organisation, case: &Case, state: &State) -> Result<Deadline, Refusal> {
    let zone = organisation.zone();
    let stops: Vec<Stop> = state
        .pauses
        .iter()
        .filter_map(|pause| {
            let day = |at: Timestamp| clock::received_on(at, &zone);
            Stop::new(day(pause.from), pause.to.map(day), About::Identity).ok()
        })
        .collect();
    reckon(organisation, &Receipt { received: clock::received_on(case.received_at, &zone), stops: &stops, extended: extended(state) })
}

/// The deadline of a request that arrives at a moment.
pub(crate) fn fresh(organisation: &Organisation, at: Timestamp) -> Result<Deadline, Refusal> {
    reckon(organisation, &Receipt { received: clock::received_on(at, &organisation.zone()), stops: &[], extended: false })
}

fn reckon(organisation: &Organisation, receipt: &Receipt<'_>) -> Result<Deadline, Refusal> {
    let regime = Regime::named("gdpr").map_err(|error| Refusal::Broken(error.to_string()))?;
    let calendar = Calendar::named(organisation.calendar()).map_err(|error| Refusal::Broken(error.to_string()))?;
    clock::deadline(receipt, &regime, &calendar).map_err(|error| Refusal::Broken(error.to_string()))
}

impl Door {
    /// The deadline of a case and how it was reckoned, for whoever has to show it.
    pub fn deadline_of(&self, case: &Case, state: &State) -> Result<Deadline, Refusal> {
        of(&self.organisation, case, state)
    }
}

/// Whether the extension was taken: the step that sends its notice has ended.
fn extended(state: &State) -> bool {
    state.outcomes.contains_key("extend")
}

/// Sets the case's own timers anew: its alarms run on the strict deadline, so that a stop never hides a case. When the clock
/// begins, what is overdue already rings at once; later on what has rung stays silent.
pub(crate) async fn set_timers(inside: &Inside<'_>, case: &Case, begins: bool) -> Result<(), Refusal> {
    let state: State = serde_json::from_str(&case.state).map_err(|error| Refusal::Broken(error.to_string()))?;
    let extended = extended(&state);
    let definition = inside.workflows.by_sha(&case.definition)?;
    let zone = inside.organisation.zone();
    for (number, alarm) in (0_u16..).zip(&definition.clock.alarms) {
        let goal = definition.clock.goal.map_or(case.strict_due_on, |goal| {
            clock::received_on(case.received_at, &zone).checked_add(goal.span()).unwrap_or(case.strict_due_on)
        });
        // An extension was told to the person with its reasons: from then on the later day is the strict one.
        let due = if extended { case.due_on } else { case.strict_due_on };
        let at = moment(alarm.at, goal, due, &zone);
        if !begins && at <= inside.now {
            continue;
        }
        timer::set(inside.tx, &timer_row(&case.id, &Timer::Alarm(number), at)).await?;
    }
    timer::set(inside.tx, &timer_row(&case.id, &Timer::Deadline, end_of(case.due_on, &zone))).await?;
    Ok(())
}

/// Marks on the due day itself mean its end; marks before it mean the morning.
fn moment(mark: Mark, goal: Date, due: Date, zone: &TimeZone) -> Timestamp {
    let day = if mark.of == Day::Goal { goal } else { due };
    match mark.before {
        Some(before) => start_of(day.checked_sub(before.span()).unwrap_or(day), zone),
        None if mark.of == Day::Goal => start_of(day, zone),
        None => end_of(day, zone),
    }
}

fn start_of(day: Date, zone: &TimeZone) -> Timestamp {
    day.to_zoned(zone.clone()).map_or(Timestamp::MAX, |start| start.timestamp())
}

fn end_of(day: Date, zone: &TimeZone) -> Timestamp {
    day.tomorrow().map_or(Timestamp::MAX, |next| start_of(next, zone))
}
