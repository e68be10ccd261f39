//! Performs effects: claims a row, does it through a lower room, reports back through the door. One unit at a time.

use std::{panic::AssertUnwindSafe, path::PathBuf, pin::Pin, sync::Arc};

use futures_util::FutureExt as _;
use habeas_core::law::map::System;
use jiff::{SignedDuration, Timestamp, civil::Date};
use tokio::sync::Mutex;

use crate::{
    action::{
        actor::Actor,
        door::Door,
        fire_timer::FireTimer,
        quarantine_case::QuarantineCase,
        refusal::Refusal,
        report_effect::{Attempt, Performed, ReportEffect},
        review_hold::CallReview,
        schedule::{SignCheckpoint, StartDeferral},
    },
    bundle::subject::Limits,
    clock::ClockError,
    connector::Connectors,
    crash,
    mail::Mailer,
    render::pages::Renderer,
    store::{self, breaker, command, credential, deferral, elsewhere, erasing, hold, leaf, session, timer},
};

mod apart;
mod document;
mod drift;
pub(crate) mod effect;
mod forget;
mod heartbeat;
mod leave;
mod proving;
pub mod replay;
pub mod rotate;
mod round;
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
    /// How long their files and pages may become.
    pub(crate) limits: Limits,
    /// The erasure ledger, apart from the database.
    pub(crate) ledger: PathBuf,
    /// Where people reach the portal, without a slash at the end.
    pub(crate) address: String,
    /// Where those who work here reach the desk.
    pub(crate) desk: String,
    /// How many people's data may be erased in an hour before everything stops.
    pub(crate) erasures_an_hour: u32,
    /// This process, in leases.
    pub(crate) name: String,
    /// The case whose journal was read again last.
    pub(crate) proven: Arc<Mutex<String>>,
    /// What performs a command; a bench puts in something that costs nothing.
    pub(crate) effects: Effects,
}

/// Performs a command. A refusal means that it cannot be performed, now or ever.
pub(crate) type Effects =
    for<'a> fn(&'a Worker, &'a command::Command) -> Pin<Box<dyn Future<Output = Result<Attempt, Refusal>> + Send + 'a>>;

/// What one unit of work was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// Something was done or tried.
    Worked,
    /// Nothing is due.
    Idle,
}

impl Worker {
    /// Does one unit of work that is due now: a timer, an effect, a deferred erasure or the review of a hold whose day has come.
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
        if let Some(id) = hold::to_remind(&self.door.store, today).await? {
            return match self.door.run(&Actor::Timer, CallReview { id }).await {
                Ok(()) | Err(Refusal::Conflict { .. }) => Ok(Tick::Worked),
                Err(refusal) => Err(refusal),
            };
        }
        Ok(Tick::Idle)
    }

    /// The house's own upkeep: signs the log's head, forgets what is past its date, looks whether the systems are what the map says.
    pub async fn upkeep(&self) -> Result<(), Refusal> {
        let Door { store, clock, .. } = &self.door;
        self.forget_some().await?;
        self.remind_some().await?;
        self.forget_documents().await?;
        // Sessions are no part of the record: they end without a word in the log, or an idle house would fill it.
        let tx = store.begin().await?;
        session::sweep(&tx, clock.now()).await?;
        elsewhere::sweep(&tx, clock.now()).await?;
        erasing::sweep(&tx, clock.now()).await?;
        breaker::sweep(&tx, clock.now()).await?;
        credential::sweep_tries(&tx, clock.now() - SignedDuration::from_hours(24)).await?;
        tx.commit().await?;
        self.prove_some().await?;
        self.look_for_drift().await?;
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
        let begins = |day: Date| day.to_zoned(zone.clone()).ok().map(|start| start.timestamp());
        let deferral = deferral::next(store).await?.and_then(begins);
        let review = hold::next_reminder(store).await?.and_then(begins);
        Ok([timer, command, deferral, review].into_iter().flatten().min())
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
        crash::point("before-fire", &timer.kind);
        let (case, kind) = (timer.case.clone(), timer.kind.clone());
        match self.door.run(&Actor::Timer, FireTimer { timer }).await {
            Err(refusal) => self.stopped(&Actor::Timer, Some(&case), &kind, refusal).await,
            fired => fired,
        }
    }

    async fn perform(&self, command: command::Command) -> Result<(), Refusal> {
        let (case, action) = (command.case.clone(), command.action.clone());
        crash::point("after-claim", &action);
        let Some(attempt) = self.attempt(&command).await? else {
            tracing::warn!(case, action, "the lease has gone to another worker");
            return Ok(());
        };
        match &attempt.result {
            Performed::Done(report) => tracing::info!(case, action, outcome = report.outcome, "effect done"),
            Performed::NotNow(trouble) | Performed::Never(trouble) => {
                tracing::warn!(case, action, attempt = command.attempt, why = trouble.why, "effect not done");
            }
            Performed::HeldUp => tracing::warn!(case, action, "all erasing is stopped until two people let it go on"),
            Performed::Unknown => tracing::warn!(case, action, attempt = command.attempt, "nobody knows whether the effect took place"),
        }
        crash::point("before-report", &action);
        match self.door.run(&Actor::Worker, ReportEffect { command, attempt }).await {
            Err(refusal) => self.stopped(&Actor::Worker, case.as_deref(), &action, refusal).await,
            reported => reported,
        }
    }

    /// One attempt; nothing when the lease was lost meanwhile. A panic concerns this effect only.
    async fn attempt(&self, command: &command::Command) -> Result<Option<Attempt>, Refusal> {
        if command.began {
            return Ok(Some(Performed::Unknown.into()));
        }
        crash::point("before-call", &command.action);
        let call = AssertUnwindSafe((self.effects)(self, command)).catch_unwind();
        let keep = || command::keep(&self.door.store, &command.id, command.fence, self.door.clock.now());
        let Some(called) = heartbeat::keeping(call, heartbeat::EVERY, keep).await? else { return Ok(None) };
        crash::point("after-call", &command.action);
        match called {
            Ok(Ok(result)) => Ok(Some(result)),
            // The house's own rows could not be read: the lease runs out and somebody tries again.
            Ok(Err(Refusal::Unavailable(error))) => Err(Refusal::Unavailable(error)),
            Ok(Err(refusal)) => Ok(Some(Performed::Never(refusal.to_string().into()).into())),
            Err(_) => Ok(Some(Performed::Never("the effect panicked".to_owned().into()).into())),
        }
    }

    /// Something that the house itself asked for was not taken: somebody else was faster, the rows are away, or the case is
    /// poisoned and is set apart.
    async fn stopped(&self, by: &Actor, case: Option<&str>, tried: &str, refusal: Refusal) -> Result<(), Refusal> {
        let overtaken = matches!(&refusal, Refusal::Conflict { code, .. } if OVERTAKEN.contains(&code.as_str()));
        match case {
            _ if overtaken => tracing::info!(case, tried, code = refusal.code(), "overtaken"),
            Some(case) if !matches!(refusal, Refusal::Unavailable(_)) => {
                tracing::error!(case, tried, code = refusal.code(), why = %refusal, "the case is set apart");
                let (tried, code, why) = (tried.to_owned(), refusal.code().to_owned(), refusal.to_string());
                match self.door.run(by, QuarantineCase { case: case.to_owned(), tried, code, why }).await {
                    Err(Refusal::Conflict { .. }) | Ok(()) => {}
                    Err(refusal) => return Err(refusal),
                }
            }
            _ => return Err(refusal),
        }
        Ok(())
    }
}

/// Codes that say that somebody else did it first.
const OVERTAKEN: [&str; 3] = ["late-report", "timer-gone", "raced"];
