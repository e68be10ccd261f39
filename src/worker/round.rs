//! Rounds: what is due is taken in batches and done side by side, so that the door can commit it in groups.

use futures_util::future::join_all;

use super::{Tick, Worker};
use crate::{
    action::refusal::Refusal,
    store::{command, timer},
};

/// How many effects are taken at once. All of them are begun at once, so that no lease runs out in a queue.
const EFFECTS: u32 = 128;
/// How many timers: enough for several groups, so that none waits for the next look.
const TIMERS: u64 = 1_024;
/// Before timers are looked for again, a lane takes so many batches of effects.
const BATCHES: usize = 8;

impl Worker {
    /// Works until nothing is due. Returns how many units that took.
    pub async fn settle(&self) -> Result<usize, Refusal> {
        let mut units = 0;
        loop {
            let done = match self.sweep().await? {
                0 => self.lanes().await?,
                fired => fired,
            };
            let done = if done == 0 { usize::from(Box::pin(self.tick()).await? == Tick::Worked) } else { done };
            if done == 0 {
                return Ok(units);
            }
            units += done;
        }
    }

    /// Fires the timers that have been due longest. Returns how many there were.
    pub async fn sweep(&self) -> Result<usize, Refusal> {
        let due = timer::due(&self.door.store, self.now(), TIMERS).await?;
        all(due.into_iter().map(|timer| Box::pin(self.fire(timer)))).await
    }

    /// Two lanes: while the reports of one are committed, the other takes and performs the next batch.
    async fn lanes(&self) -> Result<usize, Refusal> {
        let (one, other) = tokio::join!(self.lane(), self.lane());
        Ok(one? + other?)
    }

    async fn lane(&self) -> Result<usize, Refusal> {
        let mut units = 0;
        for _ in 0..BATCHES {
            match self.work().await? {
                0 => break,
                done => units += done,
            }
        }
        Ok(units)
    }

    /// Performs the effects that have been due longest. Returns how many there were.
    async fn work(&self) -> Result<usize, Refusal> {
        let claimed = command::claim_some(&self.door.store, &self.name, self.now(), EFFECTS).await?;
        all(claimed.into_iter().map(|command| Box::pin(self.perform(command)))).await
    }
}

/// Does all of it, whatever fails, and tells the first failure.
async fn all(work: impl Iterator<Item = impl Future<Output = Result<(), Refusal>>>) -> Result<usize, Refusal> {
    let done = join_all(work).await;
    let units = done.len();
    done.into_iter().collect::<Result<Vec<()>, _>>().map(|_| units)
}
