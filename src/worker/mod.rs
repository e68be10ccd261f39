//! Performs effects: claims a row, does it through a lower room, reports back through the door. One unit at a time.

use std::{path::PathBuf, sync::Arc};

use habeas_core::law::map::System;
use jiff::{SignedDuration, Timestamp};

use crate::{
    action::{
        actor::Actor,
        door::Door,
        fire_timer::FireTimer,
        refusal::Refusal,
        report_effect::{Performed, ReportEffect},
        schedule::{Forget, SignCheckpoint, StartDeferral},
    },
    clock::ClockError,
    connector::Connectors,
    mail::Mailer,
    render::pages::Renderer,
    store::{self, case, command, deferral, leaf, package, session, timer},
};

mod effect;
pub mod ticker;

/// The worker of one process.
#[derive(Clone)]
pub struct Worker {
    pub(crate) door: Door,
    pub(crate) connectors: Arc<Connectors>,
    pub(crate) mailer: Arc<Mailer>,
    pub(crate) renderer: Arc<Renderer>,
    /// Where packages are written.
    pub(crate) packages: PathBuf,
    /// Where people reach the portal, without a slash at the end.
    pub(crate) address: String,
    /// This process, in leases.
    pub(crate) name: String,
}

/// What one unit of work was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// Something was done or tried.
    Worked,
    /// Nothing is due.
    Idle,
}

impl Worker {
    /// Does one unit of work that is due now: a timer, an effect, or a deferred erasure whose day has come.
    pub async fn tick(&self) -> Result<Tick, Refusal> {
        let now = self.door.clock.now();
        if let Some(timer) = timer::due(&self.door.store, now, 1).await?.pop() {
            self.fire(timer).await?;
            return Ok(Tick::Worked);
        }
        if let Some(command) = command::claim(&self.door.store, &self.name, now).await? {
            self.perform(command).await?;
            return Ok(Tick::Worked);
        }
        let today = self.door.clock.today(&self.door.organisation.zone());
        if let Some(deferral) = deferral::due(&self.door.store, today, 1).await?.pop() {
            return match self.door.run(&Actor::Timer, StartDeferral { deferral }).await {
                Ok(()) | Err(Refusal::Conflict { .. }) => Ok(Tick::Worked),
                Err(refusal) => Err(refusal),
            };
        }
        Ok(Tick::Idle)
    }

    /// Works until nothing is due. Returns how many units that took.
    pub async fn settle(&self) -> Result<usize, Refusal> {
        let mut units = 0;
        while self.tick().await? == Tick::Worked {
            units += 1;
        }
        Ok(units)
    }

    /// The house's own upkeep: signs the log's head, forgets what is past its date.
    pub async fn upkeep(&self) -> Result<(), Refusal> {
        let Door { store, clock, organisation, .. } = &self.door;
        let packages = package::expired(store, clock.now(), 100).await?;
        for package in &packages {
            // The row goes only after the file: a crash in between tries again.
            match tokio::fs::remove_file(self.packages.join(&package.file)).await {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Refusal::Broken("a package file could not be removed".to_owned()));
                }
                _ => {}
            }
        }
        let cases = case::expired(store, clock.today(&organisation.zone()), 100).await?;
        let packages: Vec<_> = packages.into_iter().map(|package| (package.case, package.kind)).collect();
        if !cases.is_empty() || !packages.is_empty() {
            self.door.run(&Actor::Timer, Forget { cases, packages }).await?;
        }
        // Sessions are no part of the record: they end without a word in the log, or an idle house would fill it.
        let tx = store.begin().await?;
        session::sweep(&tx, clock.now()).await?;
        tx.commit().await?;
        let signed = leaf::latest_checkpoint(store).await?.map_or(0, |(size, _)| size);
        // The last entry of an idle house is the note of its own checkpoint.
        if leaf::head(store).await?.size > signed + 1 { self.door.run(&Actor::Timer, SignCheckpoint).await } else { Ok(()) }
    }

    /// The soonest moment at which something falls due, for the demo's clock.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, Refusal> {
        let store = &self.door.store;
        let zone = self.door.organisation.zone();
        let timer = timer::next(store).await?.map(|timer| timer.due_at);
        let command = command::next_due(store).await?;
        let deferral = deferral::next(store).await?.and_then(|day| day.to_zoned(zone).ok()).map(|start| start.timestamp());
        Ok([timer, command, deferral].into_iter().flatten().min())
    }

    /// What time it is in this house.
    pub fn now(&self) -> Timestamp {
        self.door.clock.now()
    }

    /// Moves a demo house's clock forward.
    pub fn advance_clock(&self, by: SignedDuration) -> Result<(), ClockError> {
        self.door.clock.advance(by)
    }

    /// The connected systems.
    pub(crate) fn systems(&self) -> &[System] {
        self.door.organisation.systems()
    }

    async fn fire(&self, timer: store::timer::Timer) -> Result<(), Refusal> {
        let case = timer.case.clone();
        match self.door.run(&Actor::Timer, FireTimer { timer: timer.clone() }).await {
            // The case has moved on: nothing waits for this timer any more.
            Err(Refusal::Conflict { code, .. }) => {
                tracing::info!(case, code, "a timer was refused");
                let tx = self.door.store.begin().await?;
                timer::clear(&tx, &timer).await?;
                Ok(tx.commit().await?)
            }
            fired => fired,
        }
    }

    async fn perform(&self, command: command::Command) -> Result<(), Refusal> {
        let result = match effect::perform(self, &command).await {
            Ok(result) => result,
            // The house's own rows could not be read: the lease runs out and somebody tries again.
            Err(Refusal::Unavailable(error)) => return Err(Refusal::Unavailable(error)),
            Err(refusal) => Performed::Never(refusal.to_string()),
        };
        match &result {
            Performed::Done(report) => {
                tracing::info!(case = command.case, action = command.action, outcome = report.outcome, "effect done");
            }
            Performed::NotNow(why) | Performed::Never(why) => {
                tracing::warn!(case = command.case, action = command.action, attempt = command.attempt, why, "effect not done");
            }
        }
        let (id, fence) = (command.id.clone(), command.fence);
        match self.door.run(&Actor::Worker, ReportEffect { command, result }).await {
            // Called off, or taken over: the report is refused and the row, if it is still ours, goes.
            Err(Refusal::Conflict { code, .. }) => {
                tracing::info!(code, "a report was refused");
                let tx = self.door.store.begin().await?;
                command::finish(&tx, &id, fence).await?;
                Ok(tx.commit().await?)
            }
            reported => reported,
        }
    }
}
