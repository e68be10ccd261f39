//! What other cases keep at rest at this moment, so that the end of one restriction does not end another.

use habeas_core::law::{change::ChangePlan, gate::STOPPING};

use super::Effect;
use crate::{
    action::refusal::Refusal,
    store::{case, gate, plan, sealed},
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
            if gate::rests(&door.store, &other.id).await? != Some(true) {
                continue;
            }
            let Some(stored) = plan::latest(&door.store, &other.id).await? else { continue };
            plans.push(sealed::plan::<ChangePlan>(&door.keys, &other, &stored)?.plan().clone());
        }
        Ok(plans)
    }
}
