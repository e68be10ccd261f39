//! Databases of other people: each call works in one transaction of its own. What the three of them have in common is
//! written once; `dialect` and `link` know where they differ.

mod blank;
mod change;
mod check;
mod column;
mod dialect;
mod differ;
mod erase;
mod fault;
mod keys;
mod link;
mod look;
mod mask;
mod nested;
mod order;
mod outline;
mod page;
mod read;
mod same;
mod schema;
mod session;
mod statement;
mod value;
mod verify;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use habeas_core::law::{
    change::Write,
    guess::Shape,
    map::{Connection, System},
    plan::{Cleared, SystemPlan},
    record::{Key, Record},
};

use super::{Ask, Capabilities, Caps, Cause, Changed, Connector, ConnectorError, Erased, Found, Leave, Question, SchemaProblem, Verified};
use crate::clock::Clock;
use link::Link;
use schema::Schema;
use session::{Reach, Right, Session};

#[cfg(test)]
pub(super) use link::count::statements;

/// A database and what the data map says about it.
pub(super) struct Sql {
    system: System,
    reach: Reach,
    caps: Caps,
    /// What the live schema was a moment ago.
    known: Mutex<Option<(Instant, Arc<Schema>)>>,
}

/// How long a schema that was read before is relied on by what changes nothing. Erasing looks again, and so does its
/// rehearsal, which promises what it finds.
const KNOWN_FOR: Duration = Duration::from_secs(30);

impl Sql {
    /// Opens nothing yet.
    pub(super) fn new(system: System, house: PathBuf, caps: Caps) -> Self {
        Self { reach: Reach::new(system.connection.clone(), house, caps), system, caps, known: Mutex::default() }
    }

    async fn read(&self, questions: &[Question], found: &mut dyn Found) -> Result<(), Cause> {
        let mut session = self.reach.open(Right::Read).await?;
        let (link, clock) = session.parts();
        let read = async {
            let schema = self.schema(link).await?;
            read::find(link, &schema, &self.system, questions, self.caps, found).await
        };
        let read = clock.run(read).await;
        session.undo().await;
        read
    }

    /// Whether the schema may be to blame for what came of relying on it. It is forgotten then: what changes nothing may be done again.
    fn blames_schema<T>(&self, came: &Result<T, Cause>) -> bool {
        let blamed = matches!(came, Err(Cause::Schema(_) | Cause::Server(_)));
        if blamed && let Ok(mut known) = self.known.lock() {
            *known = None;
        }
        blamed
    }

    /// The schema, for what changes nothing.
    async fn schema(&self, link: &mut Link) -> Result<Arc<Schema>, Cause> {
        match self.known() {
            Some(schema) => Ok(schema),
            None => Ok(self.remember(Schema::load(link, &self.system).await?)),
        }
    }

    fn known(&self) -> Option<Arc<Schema>> {
        // A file may be replaced by another one under the same name, and its schema costs nothing to read.
        let is_file = matches!(self.system.connection, Connection::Sqlite { .. });
        let known = self.known.lock().ok()?.clone().filter(|_| !is_file);
        known.filter(|(at, _)| at.elapsed() < KNOWN_FOR).map(|(_, schema)| schema)
    }

    fn remember(&self, schema: Schema) -> Arc<Schema> {
        let schema = Arc::new(schema);
        if let Ok(mut known) = self.known.lock() {
            *known = Some((Clock::stopwatch(), Arc::clone(&schema)));
        }
        schema
    }

    async fn leaf_through(&self, collection: &str, after: Option<&Key>, limit: usize) -> Result<Vec<Record>, Cause> {
        let mut session = self.reach.open(Right::Read).await?;
        let (link, clock) = session.parts();
        let read = async {
            let schema = Schema::load(link, &self.system).await?;
            page::page(link, &schema, &self.system, collection, after, limit).await
        };
        let read = clock.run(read).await;
        session.undo().await;
        read
    }

    async fn take_away(&self, part: &SystemPlan, leave: &dyn Leave) -> Result<Erased, Cause> {
        let mut session = self.reach.open(Right::Write).await?;
        let (link, clock) = session.parts();
        let erased = async {
            let schema = Schema::load(link, &self.system).await?;
            erase::prepare(link, &self.system, &schema, part).await
        };
        match clock.run(erased).await {
            Ok(erased) => session.commit_with(leave).await.map(|()| erased),
            Err(cause) => {
                session.undo().await;
                Err(cause)
            }
        }
    }

    async fn try_out(&self, part: &SystemPlan) -> Result<Erased, Cause> {
        let mut session = self.reach.open(Right::Write).await?;
        let (link, clock) = session.parts();
        let erased = async {
            let schema = Schema::load(link, &self.system).await?;
            erase::prepare(link, &self.system, &schema, part).await
        };
        let erased = clock.run(erased).await;
        session.undo().await;
        erased
    }

    async fn read_back(&self, part: &SystemPlan) -> Result<Verified, Cause> {
        let mut session = self.reach.open(Right::ReadBack).await?;
        let (link, clock) = session.parts();
        let verified = async {
            let schema = self.schema(link).await?;
            verify::verify(link, &self.system, &schema, part).await
        };
        let verified = clock.run(verified).await;
        session.undo().await;
        verified
    }

    async fn rewrite_fields(&self, writes: &[Write]) -> Result<Changed, Cause> {
        let mut session = self.reach.open(Right::Write).await?;
        let (link, clock) = session.parts();
        let changed = clock.run(change::prepare(link, &self.system, writes)).await;
        end(session, changed).await
    }

    async fn read_fields(&self, writes: &[Write]) -> Result<Verified, Cause> {
        let mut session = self.reach.open(Right::Read).await?;
        let (link, clock) = session.parts();
        let verified = clock.run(change::verify(link, &self.system, writes)).await;
        session.undo().await;
        verified
    }

    async fn compare(&self) -> Result<Vec<SchemaProblem>, Cause> {
        let mut session = self.reach.open(Right::Read).await?;
        let (link, clock) = session.parts();
        let compared = clock.run(async {
            let schema = Schema::whole(link, &self.system.connection, &self.system.collections).await?;
            let mut problems = check::problems(&self.system, &schema);
            problems.extend(check::probe(link, &self.system, &schema).await?);
            let shape = look::shape(link, &schema, look::Depth::Sample).await?;
            problems.extend(differ::problems(&self.system, &schema, &shape));
            Ok(differ::once(&problems))
        });
        let compared = compared.await;
        session.undo().await;
        compared
    }
}

/// Looks at a whole database that no data map describes yet. Only reads; `key` is what errors call it.
pub(super) async fn scan(key: &str, connection: &Connection, house: &Path, caps: Caps) -> Result<Shape, ConnectorError> {
    let reach = Reach::new(connection.clone(), house.to_owned(), caps);
    let looked = async {
        let mut session = reach.open(Right::Read).await?;
        let (link, clock) = session.parts();
        let shape = clock.run(async {
            let schema = Schema::whole(link, connection, &[]).await?;
            look::shape(link, &schema, look::Depth::Count).await
        });
        let shape = shape.await;
        session.undo().await;
        shape
    };
    looked.await.map_err(|cause: Cause| cause.of(key, "look at the database"))
}

/// Keeps what was done, all of it, or undoes it.
async fn end<T>(session: Session<'_>, done: Result<T, Cause>) -> Result<T, Cause> {
    match done {
        Ok(done) => session.commit().await.map(|()| done),
        Err(cause) => {
            session.undo().await;
            Err(cause)
        }
    }
}

#[async_trait]
impl Connector for Sql {
    fn capabilities(&self, collection: &str) -> Capabilities {
        outline::capabilities(&self.system, collection)
    }

    fn outline(&self, ask: &Ask<'_>) -> Vec<String> {
        outline::outline(&self.system, ask)
    }

    async fn find_each(&self, questions: &[Question], found: &mut dyn Found) -> Result<(), ConnectorError> {
        let is_remembered = self.known().is_some();
        let mut read = self.read(questions, found).await;
        if is_remembered && self.blames_schema(&read) {
            read = self.read(questions, found).await;
        }
        read.map_err(|cause| cause.of(&self.system.key, "find records"))
    }

    async fn page(&self, collection: &str, after: Option<&Key>, limit: usize) -> Result<Vec<Record>, ConnectorError> {
        self.leaf_through(collection, after, limit).await.map_err(|cause| cause.of(&self.system.key, "read a collection through"))
    }

    /// Needs no memory of `key`: rows are named by their primary key, and one that is gone is not deleted again.
    /// A system that gives the keys of deleted rows to new ones (an integer key without `AUTOINCREMENT`) makes a late
    /// second call dangerous; [`Connector::verify`] first tells whether there is anything left to do.
    async fn erase(&self, part: &Cleared<SystemPlan>, _key: &str, leave: &dyn Leave) -> Result<Erased, ConnectorError> {
        self.take_away(part.get(), leave).await.map_err(|cause| cause.of(&self.system.key, "erase"))
    }

    async fn rehearse(&self, part: &SystemPlan) -> Result<Erased, ConnectorError> {
        self.try_out(part).await.map_err(|cause| cause.of(&self.system.key, "rehearse an erasure"))
    }

    async fn verify(&self, part: &SystemPlan) -> Result<Verified, ConnectorError> {
        let is_remembered = self.known().is_some();
        let mut verified = self.read_back(part).await;
        if is_remembered && self.blames_schema(&verified) {
            verified = self.read_back(part).await;
        }
        verified.map_err(|cause| cause.of(&self.system.key, "read back"))
    }

    /// Needs no memory of `key`: a field that already says what it shall is counted and left alone.
    async fn change(&self, writes: &[Write], _key: &str) -> Result<Changed, ConnectorError> {
        self.rewrite_fields(writes).await.map_err(|cause| cause.of(&self.system.key, "change records"))
    }

    async fn verify_changed(&self, writes: &[Write]) -> Result<Verified, ConnectorError> {
        self.read_fields(writes).await.map_err(|cause| cause.of(&self.system.key, "read back"))
    }

    async fn scrub(&self) -> Result<(), ConnectorError> {
        self.reach.scrub().await.map_err(|cause| cause.of(&self.system.key, "rewrite the database"))
    }

    async fn check(&self) -> Result<Vec<SchemaProblem>, ConnectorError> {
        self.compare().await.map_err(|cause| cause.of(&self.system.key, "compare the data map"))
    }
}
