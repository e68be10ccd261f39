//! The last look before an erasure: no hold was placed since it was decided, the work is still ours, and it is not one too many. From the moment it looks until
//! the erasure is over, whoever places a hold waits for it.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use async_trait::async_trait;
use habeas_core::law::{
    breaker::Verdict,
    hold::Hold,
    plan::{Cleared, SystemPlan},
};

use super::Worker;
use crate::{
    action::refusal::Refusal,
    clock::Clock,
    connector::{Cause, Connector, ConnectorError, Erased, Leave},
    store::{
        StoreError,
        breaker::{self, Leaving},
        command::{self, Command},
        erasing::{self, Erasing},
        hold,
    },
};

/// How much longer than its act an erasure counts as under way: more than clocks of two machines differ, and than a commit takes.
const SPARE: Duration = Duration::from_secs(50);

/// Asked by a connector.
struct LastLook<'a> {
    worker: &'a Worker,
    id: String,
    system: &'a str,
    /// The holds that the decision knew.
    known: &'a [Hold],
    /// What is performed; none where a person runs it.
    command: Option<&'a Command>,
    is_open: AtomicBool,
}

impl Worker {
    /// Erases what was cleared under the holds that were `known`. A hold placed since then is [`Cause::Held`]: everything has to be
    /// decided anew.
    pub(super) async fn erase(
        &self,
        connector: &dyn Connector,
        cleared: &Cleared<SystemPlan>,
        key: &str,
        known: &[Hold],
        command: Option<&Command>,
    ) -> Result<Result<Erased, ConnectorError>, Refusal> {
        let (id, system) = (self.door.chance.id()?, &*cleared.get().system);
        let look = LastLook { worker: self, id, system, known, command, is_open: AtomicBool::new(false) };
        let erased = connector.erase(cleared, key, &look).await;
        // After any other error nobody knows whether the system may still do it: then it ends by its time.
        let is_over = match &erased {
            Ok(_) => true,
            Err(error) => matches!(error.source, Cause::Held | Cause::Halted | Cause::Overtaken),
        };
        if is_over
            && look.is_open.load(Ordering::Relaxed)
            && let Err(error) = erasing::end(&self.door.store, &look.id).await
        {
            tracing::warn!(why = %error, "whoever places a hold waits longer for an erasure that is over");
        }
        Ok(erased)
    }
}

impl LastLook<'_> {
    async fn look(&self, longest: Duration) -> Result<Result<(), Cause>, StoreError> {
        let (door, system) = (&self.worker.door, self.system.to_owned());
        self.is_open.store(true, Ordering::Relaxed);
        let until = door.clock.now() + longest + SPARE;
        erasing::begin(&door.store, &Erasing { id: self.id.clone(), system, until }).await?;
        if let Some(command) = self.command {
            if !command::is_mine(&door.store, &command.id, command.fence).await? {
                return Ok(Err(Cause::Overtaken));
            }
            let leaving = Leaving { case: command.case.as_deref().unwrap_or(&command.id), dated: command.is_deferral() };
            match breaker::ask(&door.store, leaving, self.worker.erasures_an_hour, &self.id, door.clock.now()).await? {
                Verdict::Goes | Verdict::Counts => {}
                Verdict::Waits | Verdict::Trips | Verdict::Stopped => return Ok(Err(Cause::Halted)),
            }
        }
        let is_new = |hold: &Hold| hold.released_on.is_none() && !self.known.iter().any(|known| known.id == hold.id);
        let holds = hold::all(&door.store).await?;
        Ok(if holds.iter().any(|stored| is_new(&stored.hold)) { Err(Cause::Held) } else { Ok(()) })
    }
}

#[async_trait]
impl Leave for LastLook<'_> {
    async fn ask(&self, longest: Duration) -> Result<(), Cause> {
        let begun = Clock::stopwatch();
        let looked = self.look(longest).await.map_err(|error| {
            tracing::warn!(why = %error, system = self.system, "nothing is erased without a last look at the holds");
            Cause::Unasked
        })?;
        looked.and(if begun.elapsed() < self.good_for() { Ok(()) } else { Err(Cause::Unasked) })
    }
}
