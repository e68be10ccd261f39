//! Writes the gate's index anew: after its key was replaced, and in a house of a version that had none. Until it has run the gate answers
//! that it does not know.

use habeas_core::law::{
    ask::Asked,
    gate::{Ground, STOPPING},
};

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    gate::{place, row},
    refusal::Refusal,
};
use crate::store::{
    case::{self, Phase},
    gate::{self, Shut},
    sealed,
};

/// Indexes everything that is in force under the gate's present key.
#[derive(Debug, Clone)]
pub struct IndexGate;

impl Action for IndexGate {
    /// How many entries there are now.
    type Done = usize;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Operator { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<usize>, Refusal> {
        let mut entries = 0;
        for old in gate::all(inside.tx).await? {
            let email: String = inside.keys.open(&place(&old.what.case), &old.sealed)?;
            gate::shut(inside.tx, &Shut { person: inside.keys.gate(&email), key: inside.keys.gate_key(), ..old }).await?;
            entries += 1;
        }
        for case in case::of_rights(inside.tx, &STOPPING).await? {
            if gate::of_case(inside.tx, &case.id).await?.is_some() {
                continue;
            }
            let asked: Asked = sealed::applicant(inside.keys, &case)?.asked;
            let stands = matches!(case.phase, Phase::Open | Phase::Answered);
            let at_once = stands && Ground::of(case.right, &asked).is_some_and(Ground::is_at_once);
            if !at_once && gate::rests(inside.tx, inside.keys, &case.id).await? != Some(true) {
                continue;
            }
            if let Some(new) = row(inside, &case, case.received_at)? {
                gate::shut(inside.tx, &new).await?;
                entries += 1;
            }
        }
        gate::make_whole(inside.tx).await?;
        Ok(Outcome::new(entries, Fact::of_house("gate-indexed").with("entries", entries.to_string()).with("key", inside.keys.gate_key())))
    }
}
