//! The door: every change of the house goes through here, whoever asks. Permission, transaction, log and wake-up, once.

use std::sync::Arc;

use habeas_core::crypto::{
    checkpoint::{Checkpoint, SignedCheckpoint},
    hash::Hash,
    leaf::Leaf as LogLeaf,
    sign::PublicKey,
    tree::{self, Frontier},
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use tokio::sync::Notify;

use super::{
    actor::{Actor, Denied, Staff},
    fact::{Fact, Outcome},
    refusal::Refusal,
    session,
    workflows::Workflows,
};
use crate::{
    chance::Chance,
    clock::Clock,
    keys::Keys,
    organisation::Organisation,
    store::{
        Store, Tx,
        leaf::{self, Head, Leaf},
        person,
    },
};

/// The way in.
#[derive(Clone)]
pub struct Door {
    /// The rows.
    pub(crate) store: Store,
    /// The time.
    pub(crate) clock: Clock,
    /// Randomness.
    pub(crate) chance: Chance,
    /// The keys.
    pub(crate) keys: Keys,
    /// The organisation's folder.
    pub(crate) organisation: Arc<Organisation>,
    /// The definitions.
    pub(crate) workflows: Arc<Workflows>,
    /// Wakes the worker after every change.
    pub(crate) wake: Arc<Notify>,
}

/// What an action sees of the house while it runs.
pub struct Inside<'a> {
    /// The open transaction.
    pub tx: &'a Tx,
    /// Who asks.
    pub by: &'a Actor,
    /// Now, UTC.
    pub now: Timestamp,
    /// Today in the controller's zone.
    pub today: Date,
    /// Randomness.
    pub chance: Chance,
    /// The keys.
    pub keys: &'a Keys,
    /// The organisation's folder.
    pub organisation: &'a Organisation,
    /// The definitions.
    pub workflows: &'a Workflows,
}

/// One thing a person or a machine may do.
pub trait Action: Send {
    /// The answer.
    type Done: Send;

    /// Whether the actor may do this at all; what depends on rows is checked in [`Action::run`].
    fn permit(&self, by: &Actor) -> Result<(), Denied>;

    /// Does it. Everything it writes is undone when it is refused.
    fn run(self, inside: &Inside<'_>) -> impl Future<Output = Result<Outcome<Self::Done>, Refusal>> + Send;
}

impl Door {
    /// The house's time; that of a demo house can be moved.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Does an action for an actor: all of it, or nothing and a reason.
    pub async fn run<A: Action>(&self, by: &Actor, action: A) -> Result<A::Done, Refusal> {
        let now = self.clock.now();
        if action.permit(by).is_err() {
            self.note_refusal(by, std::any::type_name::<A>(), now).await?;
            return Err(Refusal::Denied);
        }
        let tx = self.store.begin().await?;
        let inside = Inside {
            tx: &tx,
            by,
            now,
            today: now.to_zoned(self.organisation.zone()).date(),
            chance: self.chance,
            keys: &self.keys,
            organisation: &self.organisation,
            workflows: &self.workflows,
        };
        let outcome = action.run(&inside).await?;
        for fact in std::iter::once(&outcome.fact).chain(&outcome.more) {
            self.append(&tx, by, fact, now).await?;
        }
        tx.commit().await?;
        self.wake.notify_one();
        Ok(outcome.done)
    }

    /// A member of staff by handle, unless disabled.
    pub async fn staff(&self, handle: &str) -> Result<Option<Staff>, Refusal> {
        let person = person::get(&self.store, handle).await?.filter(|person| person.disabled_at.is_none());
        Ok(person.as_ref().map(session::staff))
    }

    /// The key that the log and every bundle are signed with.
    pub fn public_key(&self) -> PublicKey {
        self.keys.log().public()
    }

    /// Reads the whole log again. `Err` in the answer says in words what does not fit.
    pub async fn check_log(&self) -> Result<Result<u64, String>, Refusal> {
        let (head, leaves) = (leaf::head(&self.store).await?, leaf::all(&self.store).await?);
        let key = self.public_key();
        let mut frontier = Frontier::default();
        for row in &leaves {
            let signed = LogLeaf::from_bytes(&row.leaf).filter(|leaf| leaf.verify(row.event.as_bytes(), &key).is_ok());
            let Some(signed) = signed.filter(|_| row.position == frontier.size()) else {
                return Ok(Err(format!("entry {} is missing, changed or not signed by this house", frontier.size())));
            };
            frontier.push(signed.hash());
        }
        if save(&frontier) != head {
            return Ok(Err("the log's head does not fit its entries".to_owned()));
        }
        let Some((size, note)) = leaf::latest_checkpoint(&self.store).await? else { return Ok(Ok(head.size)) };
        let before: Frontier =
            leaves.iter().take(usize::try_from(size).unwrap_or(usize::MAX)).map(|row| tree::leaf_hash(&row.leaf)).collect();
        let checkpoint = Checkpoint::of(&key, size, before.root());
        let signed = note.parse::<SignedCheckpoint>().is_ok_and(|note| note.verify(&key).is_ok_and(|found| *found == checkpoint));
        Ok(if signed { Ok(head.size) } else { Err(format!("the checkpoint of {size} entries does not fit the log")) })
    }

    /// An attempt that was not permitted is a fact too.
    async fn note_refusal(&self, by: &Actor, action: &'static str, now: Timestamp) -> Result<(), Refusal> {
        let name = action.rsplit("::").next().unwrap_or(action);
        let tx = self.store.begin().await?;
        self.append(&tx, by, &Fact::of_house("attempt-denied").with("action", name), now).await?;
        Ok(tx.commit().await?)
    }

    /// Appends a fact to the log, in the transaction that makes it true.
    async fn append(&self, tx: &Tx, by: &Actor, fact: &Fact, now: Timestamp) -> Result<(), Refusal> {
        let head = leaf::lock_head(tx).await?;
        let nonce = data_encoding::HEXLOWER.encode(&self.chance.bytes::<32>()?);
        let event = Logged { seq: head.size, at: now, actor: &by.name(), fact, nonce };
        let event = serde_json::to_string(&event).map_err(|error| Refusal::Broken(error.to_string()))?;
        let signed = LogLeaf::sign(event.as_bytes(), self.keys.log());
        let mut frontier = restore(&head)?;
        frontier.push(signed.hash());
        let row =
            Leaf { position: head.size, at: now, case: fact.case.clone(), kind: fact.kind.to_owned(), event, leaf: signed.to_bytes() };
        leaf::append(tx, &row, &save(&frontier)).await?;
        Ok(())
    }
}

/// A fact as it stands in the log. The nonce keeps anybody from guessing an event by its hash.
#[derive(Serialize)]
struct Logged<'a> {
    seq: u64,
    at: Timestamp,
    actor: &'a str,
    #[serde(flatten)]
    fact: &'a Fact,
    nonce: String,
}

/// The tree's right edge from its row.
pub(crate) fn restore(head: &Head) -> Result<Frontier, Refusal> {
    let (peaks, rest) = head.frontier.as_chunks::<32>();
    let peaks = peaks.iter().copied().map(Hash::from_bytes).collect();
    let frontier = rest.is_empty().then(|| Frontier::restore(head.size, peaks)).flatten();
    frontier.ok_or_else(|| Refusal::Broken("the log's head does not fit its size".to_owned()))
}

fn save(frontier: &Frontier) -> Head {
    Head { size: frontier.size(), frontier: frontier.peaks().iter().flat_map(|peak| *peak.as_bytes()).collect() }
}
