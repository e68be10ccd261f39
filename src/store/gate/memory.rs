//! What the gate knows without asking the database, and how fresh that is. It never says that nothing is stopped when it does not know: a
//! process that has not heard from the database for [`FRESH`] knows nothing.
//!
//! The log is the feed of changes: whoever shuts or opens the gate says so in the log in the same transaction, and the log's head is
//! locked until that commits. So a position of the log, once read, never gets an entry before it, and reading from there misses nothing.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{
        Arc, Mutex, OnceLock, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use habeas_core::law::gate::InForce;
use serde::Serialize;
use tokio::sync::Notify;

use super::{Client, Shut, all, clients, is_whole, of_cases};
use crate::{
    clock::Clock,
    keys::sha256,
    store::{Store, StoreError, hint, leaf},
};

/// Facts that change what the gate answers.
pub const KINDS: [&str; 5] = ["gate-shut", "gate-opened", "gate-indexed", "gate-client-added", "gate-client-revoked"];
/// An answer is never older.
pub const FRESH: Duration = Duration::from_secs(5);
/// How often a process looks by itself.
const EVERY: Duration = Duration::from_secs(1);
/// How long a question waits for a process that has just begun.
const PATIENCE: Duration = Duration::from_secs(2);

/// The gate's memory in one process.
#[derive(Debug)]
pub struct Gate {
    key: String,
    watch: Instant,
    /// When the newest look began that came to its end: milliseconds of the watch and one; 0: never.
    heard: AtomicU64,
    known: RwLock<Known>,
    /// How far the log has been read; one look at a time.
    turn: tokio::sync::Mutex<Option<u64>>,
}

#[derive(Debug, Default)]
struct Known {
    whole: bool,
    /// Cases whose index was made with another key.
    foreign: BTreeSet<String>,
    /// Position behind the last change.
    version: u64,
    entries: BTreeMap<String, Shut>,
    people: HashMap<String, Person>,
    clients: HashMap<String, Arc<Asking>>,
    list: OnceLock<Arc<List>>,
}

/// Somebody for whom something is stopped.
#[derive(Debug, Default)]
struct Person {
    cases: BTreeSet<String>,
    answer: Option<Answer>,
}

impl Known {
    fn put(&mut self, shut: Shut, key: &str) {
        if shut.key != key {
            self.foreign.insert(shut.what.case.clone());
        }
        self.people.entry(shut.person.clone()).or_default().cases.insert(shut.what.case.clone());
        self.entries.insert(shut.what.case.clone(), shut);
    }

    fn drop(&mut self, case: &str) -> Option<String> {
        let person = self.entries.remove(case)?.person;
        self.foreign.remove(case);
        if let Some(known) = self.people.get_mut(&person) {
            known.cases.remove(case);
        }
        Some(person)
    }

    /// Puts into words what is told of somebody.
    fn say(&mut self, person: &str) {
        let Some(known) = self.people.get_mut(person) else { return };
        known.answer = answer(known.cases.iter().filter_map(|case| self.entries.get(case)).map(|shut| &shut.what).collect());
        if known.answer.is_none() {
            self.people.remove(person);
        }
    }
}

/// An answer as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// JSON.
    pub body: Arc<str>,
    /// Changes with the body, in quotation marks.
    pub etag: Arc<str>,
}

/// Everything that is stopped, as it goes out.
#[derive(Debug)]
pub struct List {
    /// JSON and its tag.
    pub answer: Answer,
    /// Ed25519 over the body, by the key that signs the log.
    pub signature: [u8; 64],
}

/// Why the gate does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// This process has not heard from the database for too long.
    Behind,
    /// The index, or one that it might have to be compared with, was made with another key.
    Key,
    /// Cases of an older version have no rows yet.
    Unindexed,
}

impl Unknown {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Behind => "behind",
            Self::Key => "key",
            Self::Unindexed => "unindexed",
        }
    }

    /// What to do next.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Behind => "the gate has not heard from its database: treat the person as restricted and ask again",
            Self::Key => {
                "the index was made with another key than the gate's: fetch the key again, or let the operator run `habeas gate reindex`"
            }
            Self::Unindexed => "the gate does not know older cases yet: the operator has to run `habeas gate reindex`",
        }
    }
}

/// A client and how often it has asked in this second.
#[derive(Debug)]
struct Asking {
    client: Client,
    second: Mutex<(u64, u32)>,
}

/// Whether a client may ask now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// Yes; its name.
    Welcome(String),
    /// Nobody has this token.
    Stranger,
    /// Nobody that this process knows of has it, but it has not heard from the database for too long.
    Unsure,
    /// It has asked too often in this second.
    TooOften,
}

#[derive(Serialize)]
struct Told<'a> {
    status: &'static str,
    restrictions: Vec<&'a InForce>,
}

impl Gate {
    /// Knows nothing yet. `key` is the gate's key, by its id.
    pub fn new(key: String) -> Self {
        let (heard, known, turn) = (AtomicU64::new(0), RwLock::default(), tokio::sync::Mutex::new(None));
        Self { key, watch: Clock::stopwatch(), heard, known, turn }
    }

    /// Whether a fact changes what the gate answers.
    pub fn concerns(kind: &str) -> bool {
        KINDS.contains(&kind)
    }

    /// Reads what has changed since the last look. When it has come to its end, everything that was committed before it began is known.
    pub async fn catch_up(&self, store: &Store) -> Result<(), StoreError> {
        let mut turn = self.turn.lock().await;
        let began = self.watch.elapsed();
        let head = leaf::head(store).await?.size;
        match *turn {
            Some(read) if read == head => {}
            Some(read) if read < head => self.read_on(store, read).await?,
            // The first look, or the database is another one than before.
            _ => self.read_all(store).await?,
        }
        *turn = Some(head);
        self.heard.store(u64::try_from(began.as_millis()).unwrap_or(u64::MAX - 1) + 1, Ordering::Release);
        Ok(())
    }

    /// The same after a commit of this process: whatever happens, nobody is told what was true before.
    pub async fn settle(&self, store: &Store) {
        if let Err(error) = self.catch_up(store).await {
            self.heard.store(0, Ordering::Release);
            tracing::error!(%error, "the gate could not read what was just committed: it answers `unknown` until it can");
        }
        if let Err(error) = hint::tell(store).await {
            tracing::warn!(why = %error, "other processes were not told; their gates will look by themselves");
        }
    }

    /// Keeps the memory fresh, as long as it is polled: at every hint of another process, and every second.
    pub async fn watch(&self, store: &Store) {
        let hints = Notify::new();
        let looking = async {
            loop {
                if let Err(error) = self.catch_up(store).await {
                    tracing::warn!(%error, "the gate cannot hear from the database");
                }
                let _ = tokio::time::timeout(EVERY, hints.notified()).await;
            }
        };
        tokio::select! {
            () = hint::listen(store, &hints) => {}
            () = looking => {}
        }
    }

    async fn read_on(&self, store: &Store, read: u64) -> Result<(), StoreError> {
        let told = leaf::told_since(store, read, &KINDS).await?;
        let Some(version) = told.iter().map(|told| told.position + 1).max() else { return Ok(()) };
        // Everything may be another than it was.
        if told.iter().any(|told| told.case.is_none()) {
            return self.read_all(store).await;
        }
        let cases: Vec<String> = told.into_iter().filter_map(|told| told.case).collect();
        let mut shut = Vec::new();
        for some in cases.chunks(500) {
            shut.extend(of_cases(store, some).await?);
        }
        self.change(|known| {
            known.version = version;
            let mut people: BTreeSet<String> = cases.iter().filter_map(|case| known.drop(case)).collect();
            people.extend(shut.iter().map(|new| new.person.clone()));
            for new in shut {
                known.put(new, &self.key);
            }
            for person in &people {
                known.say(person);
            }
        });
        Ok(())
    }

    async fn read_all(&self, store: &Store) -> Result<(), StoreError> {
        let version = leaf::told_since(store, 0, &KINDS).await?.iter().map(|told| told.position + 1).max().unwrap_or(0);
        let (whole, shut, who) = (is_whole(store).await?, all(store).await?, clients(store).await?);
        let mut new = Known { whole, version, ..Known::default() };
        for shut in shut {
            new.put(shut, &self.key);
        }
        let people: Vec<String> = new.people.keys().cloned().collect();
        for person in &people {
            new.say(person);
        }
        let good = who.into_iter().filter(|client| client.revoked_at.is_none());
        new.clients = good.map(|client| (client.name.clone(), Arc::new(Asking { client, second: Mutex::default() }))).collect();
        self.change(|known| *known = new);
        Ok(())
    }

    fn change(&self, change: impl FnOnce(&mut Known)) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        change(&mut known);
        known.list = OnceLock::new();
    }

    fn known<T>(&self, look: impl FnOnce(&Known) -> T) -> T {
        look(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_fresh(&self) -> bool {
        let heard = self.heard.load(Ordering::Acquire);
        heard > 0 && self.watch.elapsed() <= Duration::from_millis(heard - 1) + FRESH
    }

    /// Looks now where nobody has for a while. A database that does not answer is not waited for.
    pub async fn refresh(&self, store: &Store) {
        if !self.is_fresh() {
            let _ = tokio::time::timeout(PATIENCE, self.catch_up(store)).await;
        }
    }

    /// What is stopped for a person; `None`: nothing. `key` is the key that the index was made with.
    pub fn ask(&self, key: &str, person: &str) -> Result<Option<Answer>, Unknown> {
        if key != self.key {
            return Err(Unknown::Key);
        }
        self.sure(|known| known.people.get(person).and_then(|person| person.answer.clone()))
    }

    /// Everything that is stopped, signed.
    pub fn list(&self, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Result<Arc<List>, Unknown> {
        self.sure(|known| Arc::clone(known.list.get_or_init(|| Arc::new(list(known, &self.key, sign)))))
    }

    /// Looks at what is known, unless something is not. Whether it is fresh is asked last: what was read cannot have become old since.
    fn sure<T>(&self, look: impl FnOnce(&Known) -> T) -> Result<T, Unknown> {
        let (whole, foreign, found) = self.known(|known| (known.whole, !known.foreign.is_empty(), look(known)));
        match (self.is_fresh(), whole, foreign) {
            (false, ..) => Err(Unknown::Behind),
            (true, false, _) => Err(Unknown::Unindexed),
            (true, true, true) => Err(Unknown::Key),
            (true, true, false) => Ok(found),
        }
    }

    /// Who shows a token, `NAME.SECRET`. `is_hashed` tells whether the secret hashes to what is stored, in the same time for every secret.
    pub fn admit(&self, token: &str, is_hashed: impl FnOnce(&str, &str) -> bool) -> Admission {
        let name = token.split_once('.').map_or("", |(name, _)| name);
        let Some(asking) = self.known(|known| known.clients.get(name).cloned()) else {
            return if self.is_fresh() { Admission::Stranger } else { Admission::Unsure };
        };
        if !is_hashed(token, &asking.client.hash) {
            return Admission::Stranger;
        }
        let now = self.watch.elapsed().as_secs();
        let mut second = asking.second.lock().unwrap_or_else(PoisonError::into_inner);
        *second = if second.0 == now { (now, second.1.saturating_add(1)) } else { (now, 1) };
        if second.1 > asking.client.per_second { Admission::TooOften } else { Admission::Welcome(name.to_owned()) }
    }
}

/// Nothing where nothing is stopped.
fn answer(restrictions: Vec<&InForce>) -> Option<Answer> {
    (!restrictions.is_empty()).then(|| tagged(&Told { status: "restricted", restrictions }))
}

/// What is told of a person for whom nothing is stopped.
pub fn free() -> &'static Answer {
    static FREE: OnceLock<Answer> = OnceLock::new();
    FREE.get_or_init(|| tagged(&Told { status: "not-restricted", restrictions: Vec::new() }))
}

fn tagged(body: &impl Serialize) -> Answer {
    let body = serde_json::to_string(body).unwrap_or_default();
    let etag: String = sha256(body.as_bytes()).chars().take(32).collect();
    Answer { etag: format!("\"{etag}\"").into(), body: body.into() }
}

fn list(known: &Known, key: &str, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> List {
    #[derive(Serialize)]
    struct Whole<'a> {
        key: &'a str,
        version: u64,
        restricted: BTreeMap<&'a str, Vec<&'a InForce>>,
    }
    let mut restricted: BTreeMap<&str, Vec<&InForce>> = BTreeMap::new();
    for entry in known.entries.values() {
        restricted.entry(&entry.person).or_default().push(&entry.what);
    }
    let answer = tagged(&Whole { key, version: known.version, restricted });
    List { signature: sign(answer.body.as_bytes()), answer }
}

#[cfg(test)]
mod tests {
    use std::{sync::atomic::Ordering, time::Duration};

    use super::{Admission, FRESH, Gate, Unknown};
    use crate::store::{Address, Store};

    #[test]
    fn whoever_has_not_heard_for_too_long_knows_nothing() {
        let mut gate = Gate::new("0123abcd".to_owned());
        gate.known.get_mut().unwrap().whole = true;
        assert_eq!(gate.ask("0123abcd", "somebody"), Err(Unknown::Behind), "never heard anything");
        assert_eq!(gate.admit("shop.token", |_, _| true), Admission::Unsure);
        gate.heard.store(1, Ordering::Release);
        assert_eq!(gate.ask("0123abcd", "somebody"), Ok(None));
        assert_eq!(gate.ask("dcba3210", "somebody"), Err(Unknown::Key));
        assert_eq!(gate.admit("shop.token", |_, _| true), Admission::Stranger);
        gate.watch = gate.watch.checked_sub(FRESH + Duration::from_millis(1)).unwrap();
        assert_eq!(gate.ask("0123abcd", "somebody"), Err(Unknown::Behind));
        assert!(gate.list(|_| [0; 64]).is_err());
        gate.heard.store(10, Ordering::Release);
        gate.known.get_mut().unwrap().whole = false;
        assert_eq!(gate.ask("0123abcd", "somebody"), Err(Unknown::Unindexed));
    }

    #[tokio::test]
    async fn a_commit_that_cannot_be_read_back_leaves_nothing_known() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Address::File(folder.path().join("habeas.db"))).await.unwrap();
        let gate = Gate::new("0123abcd".to_owned());
        gate.catch_up(&store).await.unwrap();
        assert_eq!(gate.ask("0123abcd", "somebody"), Ok(None));
        store.clone().close().await.unwrap();
        gate.settle(&store).await;
        assert_eq!(gate.ask("0123abcd", "somebody"), Err(Unknown::Behind));
    }
}
