//! The statutory deadline of a case: the law's clock over the case's receipt and pauses, and the timers that hang on it.

use habeas_core::{
    law::{
        clock::{self, Deadline, Receipt},
        stop::{About, Stop},
    },
    workflow::{Compiled, State, command::Work, compiled::Kind, definition::end_of, event::Timer},
};
use jiff::Timestamp;

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
pub(crate) fn of(organisation: &Organisation, definition: &Compiled, case: &Case, state: &State) -> Result<Deadline, Refusal> {
    let zone = organisation.zone();
    let stops: Vec<Stop> = state
        .pauses
        .iter()
        .filter_map(|pause| {
            let day = |at: Timestamp| clock::received_on(at, &zone);
            Stop::new(day(pause.from), pause.to.map(day), About::Identity).ok()
        })
        .collect();
    reckon(
        organisation,
        &Receipt { received: clock::received_on(case.received_at, &zone), stops: &stops, extended: extended(definition, state) },
    )
}

/// The deadline of a request that arrives at a moment.
pub(crate) fn fresh(organisation: &Organisation, at: Timestamp) -> Result<Deadline, Refusal> {
    reckon(organisation, &Receipt { received: clock::received_on(at, &organisation.zone()), stops: &[], extended: false })
}

fn reckon(organisation: &Organisation, receipt: &Receipt<'_>) -> Result<Deadline, Refusal> {
    clock::deadline(receipt, organisation.regime(), organisation.calendar()).map_err(|error| Refusal::Broken(error.to_string()))
}

impl Door {
    /// The deadline of a case and how it was reckoned, for whoever has to show it.
    pub fn deadline_of(&self, case: &Case, state: &State) -> Result<Deadline, Refusal> {
        of(&self.organisation, self.workflows.by_sha(&case.definition)?, case, state)
    }

    /// Whether the one extension was taken since the request arrived.
    pub(crate) fn is_extended(&self, case: &Case) -> Result<bool, Refusal> {
        Ok(extended(self.workflows.by_sha(&case.definition)?, &case.workflow_state()?))
    }
}

/// Whether the extension was taken, by whatever step: `already` says that an earlier one did.
fn extended(definition: &Compiled, state: &State) -> bool {
    let extends = |kind: &Kind| matches!(kind, Kind::Work { work: Work::Act { action, .. }, .. } if action == "clock.extend");
    let taken = |step: &str| state.outcomes.get(step).is_some_and(|outcome| ["extended", "already"].contains(&&**outcome));
    definition.nodes().any(|node| extends(&node.kind) && taken(&node.id))
}

/// Sets the case's own timers anew: its alarms run on the strict deadline, so that a stop never hides a case. When the clock
/// begins, what is overdue already rings at once; later on what has rung stays silent. That the legal deadline is missed is said on the
/// legal day, and never while the person owes an answer that will move it: `pending`.
pub(crate) async fn set_timers(inside: &Inside<'_>, case: &Case, begins: bool, pending: bool) -> Result<(), Refusal> {
    let state: State = serde_json::from_str(&case.state).map_err(|error| Refusal::Broken(error.to_string()))?;
    let definition = inside.workflows.by_sha(&case.definition)?;
    let extended = extended(definition, &state);
    let zone = inside.organisation.zone();
    for (number, alarm) in (0_u16..).zip(&definition.clock.alarms) {
        let goal = definition.clock.goal.map_or(case.strict_due_on, |goal| {
            clock::received_on(case.received_at, &zone).checked_add(goal.span()).unwrap_or(case.strict_due_on)
        });
        // An extension was told to the person with its reasons: from then on the later day is the strict one.
        let due = if extended { case.due_on } else { case.strict_due_on };
        let at = alarm.at.moment(goal, due, &zone);
        if !begins && at <= inside.now {
            continue;
        }
        timer::set(inside.tx, &timer_row(&case.id, &Timer::Alarm(number), at)).await?;
    }
    let missed = timer_row(&case.id, &Timer::Deadline, end_of(case.due_on, &zone));
    if pending {
        timer::clear(inside.tx, &missed).await?;
    } else if begins || missed.due_at > inside.now {
        timer::set(inside.tx, &missed).await?;
    }
    Ok(())
}
