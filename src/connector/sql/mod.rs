//! `SQLite` files of other people: each call opens the file, works in one transaction and closes it again.
//!
//! Nothing is kept open in between, so a file that was replaced, locked or taken away is noticed at once.

mod change;
mod check;
mod erase;
mod keys;
mod order;
mod read;
mod same;
mod schema;
mod session;
mod text;
mod value;
mod verify;

use std::path::PathBuf;

use async_trait::async_trait;
use habeas_core::law::{
    change::Write,
    map::System,
    plan::{Cleared, SystemPlan},
    record::Record,
};

use super::{Caps, Cause, Changed, Connector, ConnectorError, Erased, Question, SchemaProblem, Verified};
use schema::Schema;
use session::{Right, Session};

/// A `SQLite` file and what the data map says about it.
pub(super) struct Sqlite {
    system: System,
    file: PathBuf,
    caps: Caps,
}

impl Sqlite {
    pub(super) const fn new(system: System, file: PathBuf, caps: Caps) -> Self {
        Self { system, file, caps }
    }

    async fn read(&self, questions: &[Question]) -> Result<Vec<Record>, Cause> {
        let mut session = Session::open(&self.file, Right::Read, self.caps).await?;
        let (connection, clock) = session.parts();
        let found = clock.run(read::find(connection, &self.system, questions, self.caps)).await?;
        session.close().await;
        Ok(found)
    }

    async fn take_away(&self, part: &SystemPlan) -> Result<Erased, Cause> {
        let mut session = Session::open(&self.file, Right::Write, self.caps).await?;
        let (connection, clock) = session.parts();
        let (transaction, erased) = clock.run(erase::prepare(connection, &self.system, part)).await?;
        // Not under the clock: a commit cut short would leave us not knowing.
        transaction.commit().await?;
        session.close_clean().await;
        Ok(erased)
    }

    async fn read_back(&self, part: &SystemPlan) -> Result<Verified, Cause> {
        let mut session = Session::open(&self.file, Right::Write, self.caps).await?;
        session.empty_log().await?;
        let (connection, clock) = session.parts();
        let verified = clock.run(verify::verify(connection, &self.system, part)).await?;
        session.close().await;
        Ok(verified)
    }

    async fn rewrite_fields(&self, writes: &[Write]) -> Result<Changed, Cause> {
        let mut session = Session::open(&self.file, Right::Write, self.caps).await?;
        let (connection, clock) = session.parts();
        let (transaction, changed) = clock.run(change::prepare(connection, &self.system, writes)).await?;
        transaction.commit().await?;
        session.close_clean().await;
        Ok(changed)
    }

    async fn read_fields(&self, writes: &[Write]) -> Result<Verified, Cause> {
        let mut session = Session::open(&self.file, Right::Read, self.caps).await?;
        let (connection, clock) = session.parts();
        let verified = clock.run(change::verify(connection, &self.system, writes)).await?;
        session.close().await;
        Ok(verified)
    }

    async fn rewrite(&self) -> Result<(), Cause> {
        let mut session = Session::open(&self.file, Right::Write, self.caps).await?;
        session.vacuum().await?;
        session.empty_log().await?;
        session.close().await;
        Ok(())
    }

    async fn compare(&self) -> Result<Vec<SchemaProblem>, Cause> {
        let mut session = Session::open(&self.file, Right::Read, self.caps).await?;
        let (connection, clock) = session.parts();
        let schema = clock.run(Schema::load(connection)).await?;
        session.close().await;
        Ok(check::problems(&self.system, &schema))
    }
}

#[async_trait]
impl Connector for Sqlite {
    async fn find(&self, questions: &[Question]) -> Result<Vec<Record>, ConnectorError> {
        self.read(questions).await.map_err(|cause| cause.of(&self.system.key, "find records"))
    }

    /// Needs no memory of `key`: rows are named by their primary key, and one that is gone is not deleted again.
    /// A system that gives the keys of deleted rows to new ones (an integer key without `AUTOINCREMENT`) makes a late
    /// second call dangerous; [`Connector::verify`] first tells whether there is anything left to do.
    async fn erase(&self, part: &Cleared<SystemPlan>, _key: &str) -> Result<Erased, ConnectorError> {
        self.take_away(part.get()).await.map_err(|cause| cause.of(&self.system.key, "erase"))
    }

    async fn verify(&self, part: &SystemPlan) -> Result<Verified, ConnectorError> {
        self.read_back(part).await.map_err(|cause| cause.of(&self.system.key, "read back"))
    }

    /// Needs no memory of `key`: a field that already says what it shall is counted and left alone.
    async fn change(&self, writes: &[Write], _key: &str) -> Result<Changed, ConnectorError> {
        self.rewrite_fields(writes).await.map_err(|cause| cause.of(&self.system.key, "change records"))
    }

    async fn verify_changed(&self, writes: &[Write]) -> Result<Verified, ConnectorError> {
        self.read_fields(writes).await.map_err(|cause| cause.of(&self.system.key, "read back"))
    }

    async fn scrub(&self) -> Result<(), ConnectorError> {
        self.rewrite().await.map_err(|cause| cause.of(&self.system.key, "rewrite the database"))
    }

    async fn check(&self) -> Result<Vec<SchemaProblem>, ConnectorError> {
        self.compare().await.map_err(|cause| cause.of(&self.system.key, "compare the data map"))
    }
}
