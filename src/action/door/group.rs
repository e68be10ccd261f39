//! Group commit: actions that wait at the same time are done in one transaction, one after the other, and answered when it is
//! committed. One that is refused is undone alone; a group that cannot be committed is done again, one action at a time.

use std::{
    collections::VecDeque,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::FutureExt as _;
use jiff::Timestamp;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::{
    super::{actor::Actor, fact::Fact, refusal::Refusal},
    Action, Door, concerns_gate, short,
};
use crate::{
    crash,
    store::{Tx, group::Shared},
};

/// The most that is committed at once.
pub(crate) const LARGEST: usize = 256;

/// What waits to be done. Whoever adds to it while nobody leads becomes the leader, until nothing waits any more.
#[derive(Clone)]
pub(crate) struct Queue {
    waiting: Arc<Mutex<VecDeque<Box<dyn Job>>>>,
    leaders: Arc<Semaphore>,
    largest: usize,
}

impl Queue {
    /// A queue for so many groups at the same time, of at most so many actions each.
    pub(crate) fn new(leaders: usize, largest: usize) -> Self {
        Self { waiting: Arc::default(), leaders: Arc::new(Semaphore::new(leaders)), largest }
    }

    fn with<T>(&self, look: impl FnOnce(&mut VecDeque<Box<dyn Job>>) -> T) -> T {
        look(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn take(&self) -> Vec<Box<dyn Job>> {
        self.with(|waiting| waiting.drain(..waiting.len().min(self.largest)).collect())
    }

    fn lead(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.leaders).try_acquire_owned().ok()
    }
}

/// An action that waits, whatever it answers with.
#[async_trait::async_trait]
trait Job: Send {
    /// The action, for crash points.
    fn name(&self) -> &'static str;
    fn shares(&self) -> Shared;
    /// Does it and keeps the answer; `None`: refused.
    async fn run(&mut self, door: &Door, tx: &Tx) -> Result<Option<Said>, Refusal>;
    /// Gives the answer to whoever waits, or says why there was no commit.
    fn answer(self: Box<Self>, committed: Result<(), Refusal>);
}

/// What one actor's action makes true.
pub(super) struct Said {
    pub(super) by: String,
    pub(super) at: Timestamp,
    pub(super) facts: Vec<Fact>,
}

struct Asked<A: Action> {
    by: Actor,
    at: Timestamp,
    action: A,
    done: Option<Result<A::Done, Refusal>>,
    reply: oneshot::Sender<Result<A::Done, Refusal>>,
}

#[async_trait::async_trait]
impl<A: Action> Job for Asked<A> {
    fn name(&self) -> &'static str {
        short(std::any::type_name::<A>())
    }

    fn shares(&self) -> Shared {
        self.action.shares().unwrap_or_default()
    }

    async fn run(&mut self, door: &Door, tx: &Tx) -> Result<Option<Said>, Refusal> {
        let inside = door.inside(tx, &self.by, self.at);
        match self.action.clone().run(&inside).await {
            Ok(outcome) => {
                self.done = Some(Ok(outcome.done));
                let facts = std::iter::once(outcome.fact).chain(outcome.more).collect();
                Ok(Some(Said { by: self.by.name(), at: self.at, facts }))
            }
            // Not this action's fault, perhaps: the database did not take something.
            Err(Refusal::Unavailable(error)) => Err(Refusal::Unavailable(error)),
            Err(refusal) => {
                self.done = Some(Err(refusal));
                Ok(None)
            }
        }
    }

    fn answer(self: Box<Self>, committed: Result<(), Refusal>) {
        let failed = || Err(Refusal::Broken("this action stopped in the middle; nothing of it was kept".to_owned()));
        // Nobody waits any more where a request was broken off: it is done all the same.
        let Self { done, reply, .. } = *self;
        drop(reply.send(committed.and_then(|()| done.unwrap_or_else(failed))));
    }
}

impl Door {
    /// Does an action together with whatever else waits.
    pub(super) async fn in_group<A: Action>(&self, by: &Actor, action: A, at: Timestamp) -> Result<A::Done, Refusal> {
        let (reply, answer) = oneshot::channel();
        self.queue.with(|waiting| waiting.push_back(Box::new(Asked { by: by.clone(), at, action, done: None, reply })));
        if let Some(turn) = self.queue.lead() {
            // A task of its own: a request that is broken off must not take the others' group with it.
            tokio::spawn(self.clone().lead(turn));
        }
        answer.await.unwrap_or_else(|_| Err(Refusal::Broken("the group of this action was lost".to_owned())))
    }

    async fn lead(self, mut turn: OwnedSemaphorePermit) {
        loop {
            while !self.queue.with(|waiting| waiting.is_empty()) {
                self.commit_group().await;
            }
            drop(turn);
            // Whoever came between the last look and here found a leader.
            let more = !self.queue.with(|waiting| waiting.is_empty());
            let Some(again) = more.then(|| self.queue.lead()).flatten() else { return };
            turn = again;
        }
    }

    async fn commit_group(&self) {
        // Taken when the transaction has begun: whoever comes while it waits for its turn is in it.
        let begun = self.store.begin().await;
        let mut jobs = self.queue.take();
        let committed = match begun {
            Ok(tx) => self.together(tx, &mut jobs).await,
            Err(error) => Err(error.into()),
        };
        match committed {
            Ok(()) => jobs.into_iter().for_each(|job| job.answer(Ok(()))),
            Err(refusal) if jobs.len() < 2 && !refusal.is_undone() => {
                if let Some(job) = jobs.pop() {
                    job.answer(Err(refusal));
                }
            }
            Err(refusal) => {
                tracing::warn!(code = refusal.code(), actions = jobs.len(), "a group was not committed: its actions are done one by one");
                for job in jobs {
                    self.commit_alone(job).await;
                }
            }
        }
    }

    async fn commit_alone(&self, mut job: Box<dyn Job>) {
        let committed = match self.store.begin().await {
            Ok(tx) => self.together(tx, std::slice::from_mut(&mut job)).await,
            Err(error) => Err(error.into()),
        };
        job.answer(committed);
    }

    async fn together(&self, tx: Tx, jobs: &mut [Box<dyn Job>]) -> Result<(), Refusal> {
        let mut shared = Shared::default();
        shared.extend(jobs.iter().map(|job| job.shares()));
        let tx = tx.gather(shared).await?;
        let mut said = Vec::new();
        for job in jobs.iter_mut() {
            tx.begin_event();
            // One that panics is like one that is refused: the others go on.
            match AssertUnwindSafe(job.run(self, &tx)).catch_unwind().await.unwrap_or(Ok(None))? {
                Some(facts) => {
                    tx.keep_event().await?;
                    said.push(facts);
                }
                None => tx.drop_event().await?,
            }
        }
        let concerns = concerns_gate(&said);
        self.append(&tx, said).await?;
        for job in jobs.iter() {
            crash::point("before-commit", job.name());
        }
        tx.commit().await?;
        for job in jobs.iter() {
            crash::point("after-commit", job.name());
        }
        if concerns {
            self.gate.settle(&self.store).await;
        }
        Ok(())
    }
}
