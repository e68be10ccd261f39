//! Reads the desk's pages from rows, for whoever looks. What somebody may not see is not there.

use std::collections::BTreeMap;

use habeas_core::{
    law::{
        hold::{Effect, Hold},
        personal::Personal,
    },
    workflow::State,
};

use super::{
    eyes::Eyes,
    queue::{Flag, Standing},
};
use crate::{
    store::{
        StoreError,
        case::{self, Case, Phase},
        hold, person,
        task::{self, Task},
    },
    view::look::Look,
};

mod by_hand;
mod case_page;
mod changes;
mod connected;
mod hold_import;
mod holds;
mod incident;
mod messages;
mod notice;
mod plan_page;
mod queue;
mod rules;
mod step_page;
mod systems;
mod task_page;
mod workflow;

pub(in crate::view) use case_page::whole_timeline;
pub use {case_page::Reckoned, connected::left_on_purpose, holds::basis, queue::Filter};

/// A case on the desk.
pub(in crate::view) struct OnDesk {
    pub(in crate::view) case: Case,
    pub(in crate::view) state: State,
    pub(in crate::view) tasks: Vec<Task>,
}

impl OnDesk {
    /// A case, if the reader may see it: a system owner only while or after a task of theirs is in it.
    pub(in crate::view) async fn open(look: &Look, eyes: &Eyes, reference: &str) -> Result<Option<Self>, StoreError> {
        let Some(case) = case::get(&look.store, reference).await? else { return Ok(None) };
        let tasks = task::of_case(&look.store, &case.id).await?;
        if !eyes.see_all() && !tasks.iter().any(|task| eyes.own(task)) {
            return Ok(None);
        }
        Ok(Some(Self { state: case.shown_state(), case, tasks }))
    }

    pub(in crate::view) fn open_tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|task| task.closed.is_none())
    }
}

impl Eyes {
    /// Whether a case is there for them.
    pub async fn sees(&self, look: &Look, reference: &str) -> Result<bool, StoreError> {
        Ok(OnDesk::open(look, self, reference).await?.is_some())
    }
}

/// Where a case stands, as staff see it.
pub(in crate::view) fn standing<'t>(
    case: &Case,
    state: &State,
    mut open: impl Iterator<Item = &'t Task> + Clone,
    failed: bool,
) -> Standing {
    let proven = |facts: [&str; 2]| facts.iter().any(|fact| state.facts.contains(*fact));
    match case.phase {
        Phase::Answered => Standing::Answered,
        Phase::Refused => Standing::Refused,
        Phase::Withdrawn => Standing::Withdrawn,
        Phase::Open if failed => Standing::Failed,
        Phase::Open if let Some(waits) = waits_for_her(&open) => waits,
        Phase::Open if open.next().is_some() => Standing::NeedsTask,
        Phase::Open if state.facts.contains("approval.given") => Standing::Erasing,
        Phase::Open if proven(["identity.matched", "identity.verified"]) => Standing::Collecting,
        Phase::Open => Standing::New,
    }
}

/// Whether the next move is the person's, by the open tasks alone.
fn waits_for_her<'t>(open: &(impl Iterator<Item = &'t Task> + Clone)) -> Option<Standing> {
    let waits_for = |form: &str| open.clone().any(|task| task.form == form);
    if waits_for("cooling-off") {
        return Some(Standing::Cooling);
    }
    let asked = ["identity-evidence", "identity-proof", "authority-evidence", "authority-objection"];
    asked.into_iter().any(waits_for).then_some(Standing::WaitingForPerson)
}

/// What to beware of.
fn flags<'t>(case: &Case, state: &State, mut tasks: impl Iterator<Item = &'t Task>, holds: &[Hold]) -> Vec<Flag> {
    let high_risk = tasks.any(|task| ["identity-proof", "identity-check-strong"].contains(&&*task.form));
    let is_held = Effect::on(case.right) != Effect::Nothing && holds.iter().any(|hold| concerns(hold, case));
    let extended = state.outcomes.values().any(|outcome| ["extended", "already"].contains(&&**outcome));
    let acts = case.on_behalf.is_some();
    [(acts, Flag::Representative), (high_risk, Flag::HighRisk), (is_held, Flag::Hold), (extended, Flag::Extended)]
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, flag)| flag)
        .collect()
}

/// Whether a hold may keep something of this case.
fn concerns(hold: &Hold, case: &Case) -> bool {
    let person = hold.scope.subject.as_ref().is_none_or(|subject| *subject == case.person());
    person && hold.scope.case.as_ref().is_none_or(|reference| *reference == case.id)
}

/// The holds in force today.
async fn active_holds(look: &Look) -> Result<Vec<Hold>, StoreError> {
    let today = look.today();
    Ok(hold::all(&look.store).await?.into_iter().map(|stored| stored.hold).filter(|hold| hold.is_active(today)).collect())
}

/// Everybody's name by what the journal calls them.
pub(in crate::view) async fn names(look: &Look) -> Result<BTreeMap<String, String>, StoreError> {
    let everybody = person::all(&look.store).await?;
    Ok(everybody.into_iter().map(|person| (format!("staff/{}", person.id), Personal::into_revealed(person.name))).collect())
}
