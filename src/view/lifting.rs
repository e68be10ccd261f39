//! The end of a pause (Art. 18(3)). It comes after the answer, so the law's deadline no longer counts for it; the person's time to
//! speak and what staff owe each other do.

use habeas_core::{law::right::Right, workflow::State};
use jiff::{Timestamp, civil::Date};

use super::look::Look;
use crate::store::{
    StoreError,
    case::{Case, Phase},
    letter,
    task::{Task, is_beside},
};

/// Whether the end of a pause is under way, or was.
pub(super) fn is_announced(case: &Case, state: &State) -> bool {
    case.right == Right::Restriction && state.facts.contains("lift.announced")
}

/// The day that counts while a pause is being ended: the next one on which a task is due; otherwise that of the law.
pub(super) fn due_on<'t>(
    case: &Case,
    state: &State,
    open: impl Iterator<Item = &'t Task>,
    day: impl Fn(Timestamp) -> Date,
    by_law: Date,
) -> Date {
    let open = open.filter(|task| !is_beside(&task.step));
    let next = open.filter_map(|task| task.due_at).min().filter(|_| case.phase == Phase::Open && is_announced(case, state));
    next.map_or(by_law, day)
}

/// The day of the answer: of a pause that has ended since, the day it began.
pub(super) async fn answered_on(look: &Look, case: &Case, state: &State) -> Result<Option<Date>, StoreError> {
    if is_announced(case, state) {
        let letters = letter::of_case(&look.store, &case.id).await?;
        return Ok(letters.iter().find(|letter| letter.kind == "restriction-done").map(|letter| look.day(letter.written_at)));
    }
    Ok(case.closed_at.map(|at| look.day(at)))
}
