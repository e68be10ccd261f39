//! One connection to a file for one call, with its caps on waiting and working. Knows nothing of records.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{ConnectOptions, Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::connector::{Caps, Cause};

/// `SQLite` looks at the clock once in so many steps of its own machine: about a millisecond.
const STEPS: i32 = 20_000;

/// What a call may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    Read,
    Write,
}

/// An open file.
pub(super) struct Session {
    connection: SqliteConnection,
    clock: Clock,
}

impl Session {
    /// Opens a file that is there. Never makes one.
    pub(super) async fn open(file: &Path, right: Right, caps: Caps) -> Result<Self, Cause> {
        if !file.try_exists().map_err(|_| Cause::Forbidden)? {
            return Err(Cause::Missing);
        }
        let mut connection = options(file, right).busy_timeout(caps.lock).connect().await?;
        let clock = Clock { time: caps.time, stop: Arc::default() };
        let stop = Arc::clone(&clock.stop);
        connection.lock_handle().await?.set_progress_handler(STEPS, move || !stop.load(Ordering::Relaxed));
        Ok(Self { connection, clock })
    }

    /// The connection, and the clock to use it under.
    pub(super) const fn parts(&mut self) -> (&mut SqliteConnection, &Clock) {
        (&mut self.connection, &self.clock)
    }

    /// Moves the write-ahead log into the file and empties it: what was erased still stands in it.
    pub(super) async fn empty_log(&mut self) -> Result<(), Cause> {
        let answer = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut self.connection).await?;
        match answer.try_get::<i64, _>(0)? {
            0 => Ok(()),
            _ => Err(Cause::LogInUse),
        }
    }

    /// Writes the whole database anew. Its copy goes to a temporary file, because it may be larger than memory; of what
    /// was erased it holds nothing.
    pub(super) async fn vacuum(&mut self) -> Result<(), Cause> {
        let vacuum = sqlx::raw_sql("PRAGMA temp_store = FILE; VACUUM").execute(&mut self.connection);
        self.clock.run(async { Ok(vacuum.await?) }).await.map(drop)
    }

    /// Closes after a commit. A log still in use is no failure of what was done: reading back finds it again.
    pub(super) async fn close_clean(mut self) {
        if let Err(cause) = self.empty_log().await {
            tracing::warn!(%cause, "the write-ahead log was not emptied");
        }
        self.close().await;
    }

    /// Closes. The work is done, so an error here changes nothing.
    pub(super) async fn close(self) {
        if let Err(error) = self.connection.close().await {
            tracing::debug!(cause = %Cause::from(error), "a database was not closed");
        }
    }
}

/// How long the work of one call may take.
pub(super) struct Clock {
    time: Duration,
    stop: Arc<AtomicBool>,
}

impl Clock {
    /// Runs work; when the time is over `SQLite` is interrupted and the open transaction is undone.
    pub(super) async fn run<T>(&self, work: impl Future<Output = Result<T, Cause>>) -> Result<T, Cause> {
        if let Ok(done) = tokio::time::timeout(self.time, work).await {
            done
        } else {
            self.stop.store(true, Ordering::Relaxed);
            Err(Cause::TooSlow { seconds: self.time.as_secs() })
        }
    }
}

fn options(file: &Path, right: Right) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .read_only(right == Right::Read)
        .foreign_keys(true)
        // Freed space is overwritten with zeros, and the keys of a plan never reach a temporary file.
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Caps, Cause, Right, Session};

    #[tokio::test]
    async fn the_database_itself_stops_when_the_time_is_over() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let caps = Caps { time: Duration::from_millis(20), ..Caps::default() };
        let mut session = Session::open(file.path(), Right::Read, caps).await.unwrap();
        let (connection, clock) = session.parts();
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";
        let work = async { Ok(sqlx::query(endless).fetch_one(&mut *connection).await?) };
        assert_eq!(clock.run(work).await.err(), Some(Cause::TooSlow { seconds: 0 }));
        // The thread of the connection is free again.
        let next = tokio::time::timeout(Duration::from_secs(5), sqlx::query("SELECT 1").fetch_one(connection));
        assert!(next.await.unwrap().is_ok());
    }
}
