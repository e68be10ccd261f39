//! Reads journals again, a few at each upkeep, so that every open case is proven within a day and nobody waits for it.

use std::time::Duration;

use super::Worker;
use crate::{
    action::{actor::Actor, refusal::Refusal},
    store::case,
};

/// In how many upkeeps, one a minute, every open case has its turn: a day.
const ROUND: u64 = 24 * 60;
/// How few are read at an upkeep, if there are as many.
const FEWEST: u64 = 2;
/// How long an upkeep may read, one thirtieth of the time: while a case is read nobody may move it, and on `SQLite` nobody may
/// write. A house with more open cases than that allows needs more than a day for a round.
const LONGEST: Duration = Duration::from_secs(2);

impl Worker {
    /// Proves the cases whose turn it is. One that does not lead to its state is set apart.
    pub(super) async fn prove_some(&self) -> Result<(), Refusal> {
        let open = case::count(&self.door.store, case::Phase::Open).await?;
        let mut last = self.proven.lock().await;
        let (broken, read) = self.door.prove_next(&mut last, share(open), LONGEST).await?;
        drop(last);
        tracing::debug!(open, read, broken = broken.len(), "journals read again");
        for proof in broken {
            let refusal = Refusal::conflict("not-proven", proof.problems.join("; "));
            self.stopped(&Actor::Timer, Some(&proof.case), "prove", refusal).await?;
        }
        Ok(())
    }
}

/// How many are read at one upkeep.
fn share(open: u64) -> u64 {
    open.div_ceil(ROUND).max(FEWEST)
}

#[cfg(test)]
mod tests {
    use super::{ROUND, share};

    #[test]
    fn a_day_is_enough_for_every_open_case() {
        for open in [0, 1, 2, 3, 1_440, 1_441, 2_881, 100_000, 1_000_000] {
            assert!(share(open) * ROUND >= open, "{open}");
        }
        assert_eq!([share(0), share(2_880), share(2_881), share(1_000_000)], [2, 2, 3, 695]);
    }
}
