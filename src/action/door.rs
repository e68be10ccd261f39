//! The door: every change of the house goes through here, whoever asks. Permission, transaction, log and wake-up, once.

mod fsck;
pub(crate) mod group;
mod picture;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use habeas_core::crypto::{hash::Hash, leaf::Leaf as LogLeaf, sign::PublicKey, tree::Frontier};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use tokio::sync::Notify;

use self::group::{Queue, Said};
use super::{
    actor::{Actor, Demands, Denied, Staff},
    fact::{Fact, Outcome},
    refusal::Refusal,
    session,
    workflows::Workflows,
};
use crate::{
    chance::Chance,
    clock::Clock,
    crash,
    keys::{CaseSeal, Keys},
    organisation::Organisation,
    store::{
        Store, StoreError, Tx, case,
        document::folder::Folder,
        gate::memory::Gate,
        group::Shared,
        key,
        leaf::{self, Head, StoredLeaf, Words},
        person, task,
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
    /// Actions that share a transaction.
    pub(crate) queue: Queue,
    /// What other systems are told about restricted data.
    pub(crate) gate: Arc<Gate>,
    /// How people reach the house, without a slash at the end.
    pub(crate) address: Arc<str>,
    /// Who must have a passkey.
    pub(crate) demands: Arc<Demands>,
    /// Where pictures of documents stand.
    pub(crate) documents: Folder,
}

/// How often an action is begun that the database takes back.
const ATTEMPTS: u32 = 3;

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
    /// How people reach the house.
    pub address: &'a str,
    /// Who must have a passkey.
    pub demands: &'a Demands,
}

impl Inside<'_> {
    /// An id for a new row.
    pub(super) fn row_id(&self) -> Result<String, Refusal> {
        Ok(self.chance.row_id(self.now)?)
    }
}

/// What an action was sent to.
#[derive(Debug, Clone)]
pub enum About {
    /// The house.
    House,
    /// A case.
    Case(String),
    /// A task of a case.
    Task(String),
}

/// One thing a person or a machine may do.
pub trait Action: Clone + Send + 'static {
    /// The answer.
    type Done: Send + 'static;

    /// Whether the actor may do this at all; what depends on rows is checked in [`Action::run`].
    fn permit(&self, by: &Actor) -> Result<(), Denied>;

    /// What a refusal is about: it is a fact of that case.
    fn about(&self) -> About {
        About::House
    }

    /// The rows it is about, where it may share a transaction with others. Without, it has one of its own.
    fn shares(&self) -> Option<Shared> {
        None
    }

    /// What it waits for once it is committed and nothing is locked any more, before it is answered; and what then is a fact.
    fn afterwards(_door: &Door, done: Self::Done) -> impl Future<Output = Result<(Self::Done, Option<Fact>), Refusal>> + Send {
        std::future::ready(Ok((done, None)))
    }

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
        let (name, about) = (short(std::any::type_name::<A>()), action.about());
        if action.permit(by).is_err() {
            self.note_denied(by, name, &about, now).await?;
            return Err(Refusal::Denied);
        }
        let done =
            if action.shares().is_some() { self.in_group(by, action, now).await } else { Box::pin(self.alone(by, action, now)).await };
        let done = match done {
            Ok(done) => done,
            Err(refusal) => {
                self.note_refused(by, name, &about, &refusal, now).await?;
                return Err(refusal);
            }
        };
        self.wake.notify_one();
        let (done, fact) = A::afterwards(self, done).await?;
        if let Some(fact) = fact {
            self.note(by, fact, self.clock.now()).await?;
        }
        Ok(done)
    }

    /// In a transaction of its own, again where the database took it back.
    async fn alone<A: Action>(&self, by: &Actor, action: A, now: Timestamp) -> Result<A::Done, Refusal> {
        for _ in 1..ATTEMPTS {
            match self.once(by, action.clone(), now).await {
                Err(refusal) if refusal.is_undone() => {}
                answer => return answer,
            }
        }
        self.once(by, action, now).await
    }

    async fn once<A: Action>(&self, by: &Actor, action: A, now: Timestamp) -> Result<A::Done, Refusal> {
        let name = short(std::any::type_name::<A>());
        let tx = self.store.begin().await?;
        let outcome = match action.run(&self.inside(&tx, by, now)).await {
            Ok(outcome) => outcome,
            Err(refusal) => {
                tx.roll_back().await?;
                return Err(refusal);
            }
        };
        let facts = std::iter::once(outcome.fact).chain(outcome.more).collect();
        let said = vec![Said { by: by.name(), at: now, facts }];
        let concerns = concerns_gate(&said);
        self.append(&tx, said).await?;
        crash::point("before-commit", name);
        tx.commit().await?;
        crash::point("after-commit", name);
        if concerns {
            self.gate.settle(&self.store).await;
        }
        Ok(outcome.done)
    }

    /// What an action sees.
    pub(super) fn inside<'a>(&'a self, tx: &'a Tx, by: &'a Actor, now: Timestamp) -> Inside<'a> {
        Inside {
            tx,
            by,
            now,
            today: now.to_zoned(self.organisation.zone()).date(),
            chance: self.chance,
            keys: &self.keys,
            organisation: &self.organisation,
            workflows: &self.workflows,
            address: &self.address,
            demands: &self.demands,
        }
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

    /// An attempt that was not permitted is a fact too.
    async fn note_denied(&self, by: &Actor, action: &'static str, about: &About, now: Timestamp) -> Result<(), Refusal> {
        let case = self.case_of(about).await?;
        let fact = case.map_or_else(|| Fact::of_house("attempt-denied"), |case| Fact::of_case("attempt-denied", &case));
        self.note(by, fact.with("action", action), now).await
    }

    /// Nor is an event dropped that a case does not take: its sender is told why, and the log knows. What the house itself
    /// sends is its own affair.
    async fn note_refused(
        &self,
        by: &Actor,
        action: &'static str,
        about: &About,
        refusal: &Refusal,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let sent = matches!(by, Actor::Subject { .. } | Actor::Staff(_) | Actor::Operator);
        // Whoever is told that there is no such case must not write into the log of one that is somebody else's.
        let foreign = matches!((by, refusal), (Actor::Subject { .. }, Refusal::NotFound(_)));
        let event = !foreign && matches!(refusal, Refusal::Conflict { .. } | Refusal::NotFound(_) | Refusal::Denied);
        if !(sent && event) {
            return Ok(());
        }
        let Some(case) = self.case_of(about).await? else { return Ok(()) };
        self.note(by, Fact::of_case("event-refused", &case).with("action", action).with("code", refusal.code()), now).await
    }

    /// The case that something was sent to, if there is one.
    async fn case_of(&self, about: &About) -> Result<Option<String>, Refusal> {
        let case = match about {
            About::House => None,
            About::Case(case) => Some(case.clone()),
            About::Task(task) => task::get(&self.store, task).await?.map(|task| task.case),
        };
        match case {
            Some(case) if case::exists(&self.store, &case).await? => Ok(Some(case)),
            _ => Ok(None),
        }
    }

    /// A fact by itself.
    async fn note(&self, by: &Actor, fact: Fact, now: Timestamp) -> Result<(), Refusal> {
        let tx = self.store.begin().await?;
        self.append(&tx, vec![Said { by: by.name(), at: now, facts: vec![fact] }]).await?;
        Ok(tx.commit().await?)
    }

    /// Appends facts to the log, in the transaction that makes them true. Signing takes as long as writing the other rows, so the
    /// two go side by side.
    async fn append(&self, tx: &Tx, said: Vec<Said>) -> Result<(), Refusal> {
        if said.is_empty() {
            return Ok(());
        }
        let (head, seals) = tokio::try_join!(leaf::lock_head(tx), self.seals(tx, &said))?;
        let frontier = restore(&head)?;
        let door = self.clone();
        let signing = tokio::task::spawn_blocking(move || door.sign(frontier, &said, &seals));
        let (signed, written) = tokio::join!(signing, tx.flush());
        written?;
        let (leaves, head) = signed.map_err(|_| Refusal::Broken("the log could not be signed".to_owned()))??;
        Ok(leaf::append(tx, &leaves, &head).await?)
    }

    /// What the log says about a case is sealed under the case's key: it goes when the key does. A shredded one has none.
    async fn seals(&self, tx: &Tx, said: &[Said]) -> Result<HashMap<String, CaseSeal>, StoreError> {
        let cases: HashSet<&str> = said.iter().flat_map(|said| &said.facts).filter_map(|fact| fact.case.as_deref()).collect();
        let wrapped = key::of(tx, &cases.into_iter().collect::<Vec<_>>()).await?;
        wrapped.into_iter().map(|(case, wrapped)| Ok((case.clone(), self.keys.case(&case, &wrapped)?))).collect()
    }

    fn sign(&self, mut frontier: Frontier, said: &[Said], seals: &HashMap<String, CaseSeal>) -> Result<(Vec<StoredLeaf>, Head), Refusal> {
        let mut leaves = Vec::new();
        for (Said { by, at, .. }, fact) in said.iter().flat_map(|said| said.facts.iter().map(move |fact| (said, fact))) {
            let nonce = data_encoding::HEXLOWER.encode(&self.chance.bytes::<32>()?);
            let event = Logged { seq: frontier.size(), at: *at, actor: by, fact, nonce };
            let event = serde_json::to_string(&event).map_err(|error| Refusal::Broken(error.to_string()))?;
            let signed = LogLeaf::sign(event.as_bytes(), self.keys.log());
            let (position, kind, leaf) = (frontier.size(), fact.kind.to_owned(), signed.to_bytes());
            let words = match fact.case.as_ref().and_then(|case| seals.get(case)) {
                Some(seal) => Words::Sealed(seal.seal_bytes(self.chance, &leaf::place(position), event.as_bytes())?),
                None => Words::Open(event),
            };
            leaves.push(StoredLeaf { position, at: *at, case: fact.case.clone(), kind, words, leaf });
            frontier.push(signed.hash());
        }
        Ok((leaves, save(&frontier)))
    }
}

/// Whether the gate answers otherwise when this is committed.
fn concerns_gate(said: &[Said]) -> bool {
    said.iter().flat_map(|said| &said.facts).any(|fact| Gate::concerns(fact.kind))
}

/// The last part of a type's path.
pub(super) fn short(name: &'static str) -> &'static str {
    name.rsplit("::").next().unwrap_or(name)
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
