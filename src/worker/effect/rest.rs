//! What other cases keep at rest at this moment, so that the end of one restriction does not end another.

use habeas_core::law::{
    change::{ChangePlan, SystemChanges},
    gate::STOPPING,
};

use super::Effect;
use crate::{
    action::refusal::Refusal,
    store::{case, gate, plan, rest, sealed},
};

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
            if gate::rests(&door.store, &door.keys, &other.id).await? != Some(true) {
                continue;
            }
            let Some(stored) = plan::latest(&door.store, &other.id).await? else { continue };
            plans.push(sealed::plan::<ChangePlan>(&door.keys, &other, &stored)?.plan().clone());
        }
        // What a hold keeps from erasure rests as well.
        for row in rest::all(&door.store).await?.into_iter().filter(|row| row.case != self.case.id) {
            let Some(other) = case::get(&door.store, &row.case).await? else { continue };
            let part: SystemChanges = sealed::open(&door.keys, &other, &rest::place(&row.system), Some(&row.sealed))?;
            plans.push(ChangePlan { case: row.case, floor: None, systems: vec![part] });
        }
        Ok(plans)
    }
}
