//! What other cases keep at rest at this moment, so that the end of one restriction does not end another.

use habeas_core::law::{change::ChangePlan, right::Right};

use super::{Effect, Logged};
use crate::{
    action::refusal::Refusal,
    store::{Rows, StoreError, case, command, leaf, plan, sealed},
};

/// Rights whose cases stop something: for good, or until it is lifted.
const STOPPING: [Right; 3] = [Right::Restriction, Right::Objection, Right::ConsentWithdrawal];

impl Effect<'_> {
    /// What other cases have stopped and not given back. All of them are asked and not only this mailbox's: a record may be found by
    /// two people.
    ///
    /// A restriction counts from the moment its first effect may begin, a lift too: both are commands that were committed before
    /// anything is written, so of two cases that work at the same time at least one sees the other.
    pub(super) async fn others_in_force(&self) -> Result<Vec<ChangePlan>, Refusal> {
        let door = &self.worker.door;
        let mut plans = Vec::new();
        for other in case::of_rights(&door.store, &STOPPING).await?.into_iter().filter(|other| other.id != self.case.id) {
            if !rests(&door.store, &other.id).await? {
                continue;
            }
            let Some(stored) = plan::latest(&door.store, &other.id).await? else { continue };
            plans.push(sealed::plan::<ChangePlan>(&door.keys, &other, &stored)?.plan().clone());
        }
        Ok(plans)
    }
}

/// Whether what a case has stopped still rests: what was tried last for it, or is about to be, was no lift.
async fn rests(rows: &impl Rows, case: &str) -> Result<bool, StoreError> {
    let unreadable = |_| StoreError::Unreadable { doing: "reading what was tried", column: "event" };
    let mut rests = false;
    for leaf in leaf::of_case(rows, case).await?.iter().filter(|leaf| leaf.kind.starts_with("effect-")) {
        let logged = serde_json::from_str::<Logged>(&leaf.event).map_err(unreadable)?;
        rests = after(rests, logged.codes.get("action").map(String::as_str));
    }
    for command in command::of_case(rows, case).await? {
        rests = after(rests, Some(&command.action));
    }
    Ok(rests)
}

fn after(rests: bool, action: Option<&str>) -> bool {
    match action {
        Some("system.restrict") => true,
        Some("system.lift") => false,
        _ => rests,
    }
}
