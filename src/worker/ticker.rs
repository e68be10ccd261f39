//! When the worker works: after every change, and at the ticks of `tokio-cron-scheduler`, which only ticks.
//! What is due lives in tables; a missed tick delays, it never loses.

use std::{sync::Arc, time::Duration};

use tokio::sync::Notify;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

use super::Worker;

/// Seconds between two looks at the tables when nobody wakes the worker: the net under the scheduler.
const LOOK_SECONDS: u64 = 15;

impl Worker {
    /// Works until told to stop.
    pub async fn run(self, stop: Arc<Notify>) -> Result<(), JobSchedulerError> {
        let mut scheduler = JobScheduler::new().await?;
        let wake = Arc::clone(&self.door.wake);
        scheduler.add(Job::new("*/5 * * * * *", move |_, _| wake.notify_one())?).await?;
        let upkeep = Arc::new(Notify::new());
        let tick = Arc::clone(&upkeep);
        scheduler.add(Job::new("0 * * * * *", move |_, _| tick.notify_one())?).await?;
        scheduler.start().await?;
        loop {
            tokio::select! {
                () = stop.notified() => break,
                () = upkeep.notified() => self.note(self.upkeep().await),
                () = self.door.wake.notified() => {}
                () = tokio::time::sleep(Duration::from_secs(LOOK_SECONDS)) => {}
            }
            let settled = self.settle().await;
            self.note(settled.map(|_| ()));
        }
        scheduler.shutdown().await
    }

    /// Logs a failure once, here, where it is handled: by trying again at the next tick.
    fn note(&self, result: Result<(), crate::action::refusal::Refusal>) {
        if let Err(refusal) = result {
            tracing::error!(worker = self.name, code = refusal.code(), why = %refusal, "the worker will try again");
        }
    }
}
