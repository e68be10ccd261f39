//! Notes that a system was gone through after it had restored its own backup, and what was erased again.

use std::collections::BTreeMap;

use habeas_core::law::ledger::Counts;

use super::{
    actor::{Actor, Denied, Role},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::ledger::{self, Erasure};

/// What going through a system came to.
#[derive(Debug, Clone)]
pub struct NoteReplay {
    /// The system.
    pub system: String,
    /// Per collection.
    pub counts: BTreeMap<String, Counts>,
    /// Holds that keep something.
    pub holds: Vec<String>,
    /// What was erased again.
    pub erased: Erasure,
}

impl Action for NoteReplay {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        may_replay(by)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        ledger::put(inside.tx, &self.erased, inside.now).await?;
        let mut cases = BTreeMap::<&str, u64>::new();
        for entry in &self.erased.entries {
            *cases.entry(&entry.case).or_default() += 1;
        }
        let again = cases
            .into_iter()
            .map(|(case, records)| Fact::of_case("erased-again", case).with("system", &self.system).with("records", records.to_string()));
        let counted = |of: fn(&Counts) -> u64| {
            let places = self.counts.iter().filter(|(_, counts)| of(counts) > 0);
            places.map(|(collection, counts)| format!("{collection}={}", of(counts))).collect::<Vec<_>>().join(" ")
        };
        let fact = Fact::of_house("ledger-replayed")
            .with("system", &self.system)
            .with("again", counted(|counts| counts.again))
            .with("already", counted(|counts| counts.already))
            .with("held", counted(|counts| counts.held))
            .with("holds", self.holds.join(" "))
            .with("look", counted(|counts| counts.look));
        Ok(Outcome::new((), fact).and(again))
    }
}

/// Whoever may run commands on the server, and who answers for the organisation's erasures.
pub fn may_replay(by: &Actor) -> Result<(), Denied> {
    if *by == Actor::Operator { Ok(()) } else { by.needs(&[Role::PrivacyLead, Role::Dpo]) }
}
