//! Other people's systems: find records, erase them, read back, compare with the data map. Knows no case and no workflow.
//! Databases have transactions and programs behind an API have none: what can go wrong is then looked at before anything is done.
//!
//! A connector never guesses: what it cannot read it says, what it cannot finish it undoes, and zero rows is never success.

mod capability;
mod drift;
pub mod error;
mod graph;
mod http;
mod leave;
mod manual;
mod nested;
pub mod outcome;
mod outline;
pub mod person;
pub mod search;
mod sql;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, path::Path, time::Duration};

use async_trait::async_trait;
use habeas_core::law::{
    change::Write,
    guess::Shape,
    map::{Connection, System},
    plan::{Cleared, SystemPlan},
    record::{Key, Record, Value},
};

pub use capability::{Capabilities, Idempotency, Operation};
pub use error::{Cause, ConnectorError, Kind};
pub use http::upload::Upload;
pub use leave::Leave;
pub use outcome::{Changed, Done, Erased, Fault, Remain, SchemaProblem, Tally, Verified};
pub use outline::to_find;
pub use person::{Doubt, Match, match_person};
pub use search::{Findings, Looked, search, search_all, search_into};

use crate::config::Limits;

/// How long a database may be looked at that nobody has described yet.
const LOOK: Duration = Duration::from_mins(5);

/// Looks at a whole database: its tables, keys and references, and what a few values of each column look like. Only reads.
pub async fn look(key: &str, connection: &Connection, house: &Path) -> Result<Shape, ConnectorError> {
    sql::scan(key, connection, house, Caps { time: LOOK, ..Caps::default() }).await
}

/// One connected system.
#[async_trait]
pub trait Connector: Send + Sync {
    /// What can be done with a collection. What cannot is [`Cause::Unsupported`] when it is asked for all the same.
    fn capabilities(&self, collection: &str) -> Capabilities;

    /// What would be sent, for people to read: each statement or call once, with names where the values go.
    fn outline(&self, ask: &Ask<'_>) -> Vec<String>;

    /// Gives every record that answers one of the questions, whole, as it comes. A record that answers two is given twice, and what was
    /// given before an error is no answer.
    async fn find_each(&self, questions: &[Question], found: &mut dyn Found) -> Result<(), ConnectorError>;

    /// The same, together.
    async fn find(&self, questions: &[Question]) -> Result<Vec<Record>, ConnectorError> {
        let mut found = Vec::new();
        self.find_each(questions, &mut found).await?;
        Ok(found)
    }

    /// The records of a collection after a key, in the order of its keys and at most so many: to read all of it, whoever it is about.
    /// A system that has no such order says so.
    async fn page(&self, collection: &str, _after: Option<&Key>, _limit: usize) -> Result<Vec<Record>, ConnectorError> {
        Err(Cause::Plan(format!("`{collection}` cannot be read from end to end")).of(collection, "read a collection through"))
    }

    /// Erases what the plan says: all of it or nothing. A system without transactions may stop half-way; a second call goes on there.
    ///
    /// `key` names this one act. A second call with the same key must not act twice; where that follows from the act
    /// itself, as with rows named by their primary key, the second call finds them [`Tally::already_gone`].
    ///
    /// `leave` is asked right before each thing that cannot be undone, and nothing more is done when it refuses.
    async fn erase(&self, part: &Cleared<SystemPlan>, key: &str, leave: &dyn Leave) -> Result<Erased, ConnectorError>;

    /// Does in the system what [`Connector::erase`] would do, and undoes it: what would stand in its way is known before
    /// anything anywhere is gone. Where nothing can be undone, every record is read and nothing is written.
    async fn rehearse(&self, part: &SystemPlan) -> Result<Erased, ConnectorError>;

    /// Reads every record of the plan back.
    async fn verify(&self, part: &SystemPlan) -> Result<Verified, ConnectorError>;

    /// Writes single fields of single records: all of them or nothing. Corrects, restricts and lifts alike.
    ///
    /// A field that says something else than when it was planned is a permanent error. `key` as in [`Connector::erase`].
    async fn change(&self, writes: &[Write], key: &str) -> Result<Changed, ConnectorError>;

    /// Reads every field that was to be written back.
    async fn verify_changed(&self, writes: &[Write]) -> Result<Verified, ConnectorError>;

    /// Rewrites the system's storage, so that nothing is left in it of what the system itself moved or deleted earlier:
    /// an erasure only wipes what it frees. Slow, needs the system to itself; for the night after erasures.
    async fn scrub(&self) -> Result<(), ConnectorError>;

    /// Compares the data map with the live system.
    async fn check(&self) -> Result<Vec<SchemaProblem>, ConnectorError>;
}

/// What a system is asked for, to be outlined.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask<'a> {
    /// To find; which values does not matter.
    Find(Vec<Question>),
    /// To erase.
    Erase(&'a SystemPlan),
    /// To write.
    Change(&'a [Write]),
}

/// Takes records in as they come: together they may be more than memory holds.
#[async_trait]
pub trait Found: Send {
    /// One record. An error ends the search.
    async fn take(&mut self, record: Record) -> Result<(), Cause>;
}

#[async_trait]
impl Found for Vec<Record> {
    async fn take(&mut self, record: Record) -> Result<(), Cause> {
        self.push(record);
        Ok(())
    }
}

/// Which records of a collection are wanted: those that hold one of the rows of values in these fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Collection.
    pub collection: String,
    /// Fields, mostly one; more where a row is told apart by several together.
    pub by: Vec<Term>,
    /// Values, each row as long as `by`; never empty ones.
    pub rows: Vec<Vec<Value>>,
}

impl Question {
    /// The record under a key.
    pub fn by_key(collection: &str, key: &Key) -> Self {
        let term = |field: &String| Term { field: field.clone(), matching: Matching::Exact };
        Self { collection: collection.to_owned(), by: key.keys().map(term).collect(), rows: vec![key.values().cloned().collect()] }
    }
}

/// A field that is asked about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// Field.
    pub field: String,
    /// How its values are compared.
    pub matching: Matching,
}

/// How values are compared. There are no patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matching {
    /// As the system compares.
    Exact,
    /// Without regard to case and white space around: e-mail addresses.
    Folded,
    /// Folded by us, where the system already stores it so: an index answers.
    Stored,
}

/// How much one call may cost. A cap that is met is an error, never a shorter answer.
#[derive(Debug, Clone, Copy)]
pub struct Caps {
    /// Records per call and per search.
    pub rows: usize,
    /// Bytes of values per call.
    pub bytes: usize,
    /// How long a call may work before it is interrupted and undone.
    pub time: Duration,
    /// How long to wait for somebody else's lock.
    pub lock: Duration,
}

impl From<Limits> for Caps {
    fn from(limits: Limits) -> Self {
        let Limits { records, bytes, milliseconds, lock_milliseconds } = limits;
        Self { rows: records, bytes, time: Duration::from_millis(milliseconds), lock: Duration::from_millis(lock_milliseconds) }
    }
}

impl Default for Caps {
    fn default() -> Self {
        Limits::default().into()
    }
}

/// All connected systems. Nothing is opened before it is asked.
pub struct Connectors {
    systems: BTreeMap<String, Box<dyn Connector>>,
    caps: Caps,
}

impl Connectors {
    /// Connects the systems of a data map; relative paths start from the organisation's folder.
    pub fn open(systems: &[System], folder: &Path) -> Self {
        Self::with_caps(systems, folder, Caps::default())
    }

    /// The same under other caps.
    pub fn with_caps(systems: &[System], folder: &Path, caps: Caps) -> Self {
        let connect = |system: &System| -> Box<dyn Connector> {
            match &system.connection {
                Connection::Http(api) => Box::new(http::Http::new(system.clone(), (**api).clone(), folder, caps)),
                Connection::Manual(manual) => Box::new(manual::ByHand::new(system.clone(), manual.clone())),
                _ => Box::new(sql::Sql::new(system.clone(), folder.to_owned(), caps)),
            }
        };
        Self { systems: systems.iter().map(|system| (system.key.clone(), connect(system))).collect(), caps }
    }

    /// One system.
    pub fn get(&self, system: &str) -> Result<&dyn Connector, ConnectorError> {
        self.systems.get(system).map(Box::as_ref).ok_or_else(|| Cause::Unknown.of(system, "connect"))
    }

    /// Compares the data map with every live system, and looks for collections that nothing leads to.
    /// A system that does not answer does not hide the problems of the others.
    pub async fn check(&self, systems: &[System]) -> BTreeMap<String, Result<Vec<SchemaProblem>, ConnectorError>> {
        let mut checked = BTreeMap::new();
        for system in systems {
            checked.insert(system.key.clone(), self.check_one(systems, &system.key).await);
        }
        checked
    }
    /// The same for one of the systems.
    pub async fn check_one(&self, systems: &[System], key: &str) -> Result<Vec<SchemaProblem>, ConnectorError> {
        let mut problems = self.get(key)?.check().await?;
        // Nothing is searched for in a system that a person works in.
        if !systems.iter().any(|system| system.key == key && system.is_manual()) {
            problems.extend(graph::unreachable(systems, key));
        }
        Ok(problems)
    }
}
