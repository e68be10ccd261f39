//! One connection for one call, with its caps on waiting and working. Knows nothing of records.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use habeas_core::law::map::{self, Server, Tls};
use sqlx::{
    ConnectOptions, Row,
    mysql::{MySqlConnectOptions, MySqlSslMode},
    postgres::{PgConnectOptions, PgSslMode},
    sqlite::SqliteConnectOptions,
};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{dialect::Dialect, link::Link};
use crate::{
    config,
    connector::{Caps, Cause, Leave},
};

/// `SQLite` looks at the clock once in so many steps of its own machine: about a millisecond.
const STEPS: i32 = 20_000;
/// How long a server may take to answer a call of its name.
const HELLO: Duration = Duration::from_secs(10);
/// Statements that a connection to `MariaDB` remembers.
const STATEMENTS: usize = 600;
/// Connections to one system at a time; each is kept for the next call. Whoever comes later waits for a turn.
const TURNS: usize = 8;

/// What a call may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    Read,
    /// Read what is on the disk, not only what the database says.
    ReadBack,
    Write,
}

/// How a database is reached, and connections to it that nobody uses. A file is opened anew for each call, so one that was
/// replaced, locked or taken away is noticed at once.
pub(super) struct Reach {
    connection: map::Connection,
    house: PathBuf,
    caps: Caps,
    idle: Mutex<Vec<Link>>,
    turns: Semaphore,
}

impl Reach {
    pub(super) const fn new(connection: map::Connection, house: PathBuf, caps: Caps) -> Self {
        Self { connection, house, caps, idle: Mutex::new(Vec::new()), turns: Semaphore::const_new(TURNS) }
    }

    /// Opens a transaction. Never makes a file. Waiting for a turn is not under the clock: it is our own queue.
    pub(super) async fn open(&self, right: Right) -> Result<Session<'_>, Cause> {
        let mut turn = self.turns.acquire().await.map_err(|_| Cause::Driver("no turn"))?;
        while let Some(link) = self.idle.lock().ok().and_then(|mut idle| idle.pop()) {
            let mut session = Session { reach: self, link, clock: Clock::new(self.caps.time), turn };
            // The server may have ended the connection while it waited.
            if session.begin(right).await.is_ok() {
                return Ok(session);
            }
            turn = session.turn;
        }
        let clock = Clock::new(self.caps.time);
        let link = match &self.connection {
            map::Connection::Sqlite { path } => file(&self.house.join(path), right, self.caps, &clock).await?,
            map::Connection::Postgres(server) => hello(self.caps, postgres(server, &self.house, self.caps)).await?,
            map::Connection::Mariadb(server) => hello(self.caps, mariadb(server, &self.house, self.caps)).await?,
            map::Connection::Http(_) | map::Connection::Manual(_) => return Err(Cause::Driver("it is no database")),
        };
        let mut session = Session { reach: self, link, clock, turn };
        session.begin(right).await?;
        Ok(session)
    }

    /// Writes the whole of a file anew. Its copy goes to a temporary file, because it may be larger than memory; of what was
    /// erased it holds nothing. A server cleans up after itself.
    pub(super) async fn scrub(&self) -> Result<(), Cause> {
        let map::Connection::Sqlite { path } = &self.connection else { return Ok(()) };
        let clock = Clock::new(self.caps.time);
        let mut link = file(&self.house.join(path), Right::Write, self.caps, &clock).await?;
        clock.run(link.raw("PRAGMA temp_store = FILE; VACUUM")).await?;
        empty_log(&mut link).await?;
        link.close().await;
        Ok(())
    }
}

async fn hello(caps: Caps, opening: impl Future<Output = Result<Link, Cause>>) -> Result<Link, Cause> {
    tokio::time::timeout(HELLO.min(caps.time), opening).await.unwrap_or(Err(Cause::Unreachable))
}

/// An open transaction.
pub(super) struct Session<'r> {
    reach: &'r Reach,
    link: Link,
    clock: Clock,
    turn: SemaphorePermit<'r>,
}

impl Session<'_> {
    async fn begin(&mut self, right: Right) -> Result<(), Cause> {
        if right == Right::ReadBack {
            empty_log(&mut self.link).await?;
        }
        self.link.begin(right).await
    }

    /// The connection, and the clock to use it under.
    pub(super) const fn parts(&mut self) -> (&mut Link, &Clock) {
        (&mut self.link, &self.clock)
    }

    /// Keeps what was done. Not under the clock: a commit cut short would leave us not knowing.
    pub(super) async fn commit(mut self) -> Result<(), Cause> {
        self.link.commit().await?;
        // A log still in use is no failure of what was done: reading back finds it again.
        if let Err(cause) = empty_log(&mut self.link).await {
            tracing::warn!(%cause, "the write-ahead log was not emptied");
        }
        self.put_back().await;
        Ok(())
    }

    /// The same, if there is leave. Leave that comes too late is not used: this end of the connection may stand still between the answer
    /// and the commit, so the other end ends the transaction by itself.
    pub(super) async fn commit_with(mut self, leave: &dyn Leave) -> Result<(), Cause> {
        let asked = async {
            self.link.expire(leave.good_for()).await?;
            leave.ask(leave.good_for()).await
        };
        match asked.await {
            Ok(()) => self.commit().await,
            Err(cause) => {
                self.undo().await;
                Err(cause)
            }
        }
    }

    /// Undoes what was done, if anything was.
    pub(super) async fn undo(mut self) {
        // One that was stopped in the middle of an answer says nothing sensible any more.
        if self.clock.is_over() {
            return;
        }
        match tokio::time::timeout(HELLO, self.link.rollback()).await {
            Ok(Ok(())) => self.put_back().await,
            Ok(Err(cause)) => tracing::debug!(%cause, "a transaction ended with its connection"),
            Err(_) => {}
        }
    }

    async fn put_back(self) {
        if self.link.dialect() == Dialect::Sqlite {
            self.link.close().await;
        } else if let Ok(mut idle) = self.reach.idle.lock() {
            idle.push(self.link);
        }
    }
}

/// Moves `SQLite`'s write-ahead log into the file and empties it: what was erased still stands in it.
async fn empty_log(link: &mut Link) -> Result<(), Cause> {
    let Link::Sqlite(connection) = link else { return Ok(()) };
    let answer = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(connection).await?;
    match answer.try_get::<i64, _>(0)? {
        0 => Ok(()),
        _ => Err(Cause::LogInUse),
    }
}

/// How long the work of one call may take.
pub(super) struct Clock {
    time: Duration,
    stop: Arc<AtomicBool>,
}

impl Clock {
    fn new(time: Duration) -> Self {
        Self { time, stop: Arc::default() }
    }

    /// Runs work; when the time is over `SQLite` is interrupted and the open transaction is undone. A server has the same
    /// cap and stops by itself.
    pub(super) async fn run<T>(&self, work: impl Future<Output = Result<T, Cause>>) -> Result<T, Cause> {
        if let Ok(done) = tokio::time::timeout(self.time, work).await {
            done.map_err(|cause| if cause == Cause::Stopped { self.too_slow() } else { cause })
        } else {
            self.stop.store(true, Ordering::Relaxed);
            Err(self.too_slow())
        }
    }

    const fn too_slow(&self) -> Cause {
        Cause::TooSlow { seconds: self.time.as_secs() }
    }

    fn is_over(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

async fn file(file: &Path, right: Right, caps: Caps, clock: &Clock) -> Result<Link, Cause> {
    if !file.try_exists().map_err(|_| Cause::Forbidden)? {
        return Err(Cause::Missing);
    }
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .read_only(right == Right::Read)
        .foreign_keys(true)
        // Freed space is overwritten with zeros, and the keys of a plan never reach a temporary file.
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .pragma("trusted_schema", "OFF")
        // The driver reads ahead, and a row may be as long as a film.
        .row_buffer_size(2)
        .disable_statement_logging();
    let mut connection = options.busy_timeout(caps.lock).connect().await?;
    let stop = Arc::clone(&clock.stop);
    connection.lock_handle().await?.set_progress_handler(STEPS, move || !stop.load(Ordering::Relaxed));
    Ok(Link::Sqlite(connection))
}

async fn postgres(server: &Server, house: &Path, caps: Caps) -> Result<Link, Cause> {
    let mut options = PgConnectOptions::new_without_pgpass()
        .host(&server.host)
        .port(server.port.unwrap_or(5432))
        .database(&server.database)
        .username(&server.user)
        .application_name("habeas")
        .disable_statement_logging();
    if let Some(password) = password(server, house)? {
        options = options.password(&password);
    }
    options = match &server.tls {
        Tls::Off => options.ssl_mode(PgSslMode::Disable),
        Tls::Verify { ca: None } => options.ssl_mode(PgSslMode::VerifyFull),
        Tls::Verify { ca: Some(ca) } => options.ssl_mode(PgSslMode::VerifyFull).ssl_root_cert(house.join(ca)),
    };
    let mut link = Link::Postgres(options.connect().await?);
    let (work, lock) = (caps.time.as_millis().max(1), caps.lock.as_millis().max(1));
    let settings = [
        ("statement_timeout", work.to_string()),
        ("lock_timeout", lock.to_string()),
        ("idle_in_transaction_session_timeout", (2 * work + 60_000).to_string()),
        ("bytea_output", "hex".to_owned()),
        ("intervalstyle", "postgres".to_owned()),
        ("extra_float_digits", "1".to_owned()),
        ("standard_conforming_strings", "on".to_owned()),
        // A policy that hides rows from us is an error: a part of what is held is never passed off as all of it.
        ("row_security", "off".to_owned()),
    ];
    let settings = settings.map(|(name, value)| format!("set_config('{name}', '{value}', false)")).join(", ");
    // What is stored without an encoding is read as it is.
    let encoding = "CASE current_setting('server_encoding') WHEN 'SQL_ASCII' THEN set_config('client_encoding', 'SQL_ASCII', false) END";
    // Planning by the sizes of the lists takes longer than the work. Servers before 12 know no such setting.
    let plans = "CASE WHEN current_setting('plan_cache_mode', true) IS NOT NULL THEN set_config('plan_cache_mode', 'force_generic_plan', false) END";
    let settings = format!("SELECT {settings}, {encoding}, {plans}");
    link.raw(&settings).await?;
    Ok(link)
}

async fn mariadb(server: &Server, house: &Path, caps: Caps) -> Result<Link, Cause> {
    let mut options = MySqlConnectOptions::new().database(&server.database).username(&server.user).disable_statement_logging();
    options = if server.host.starts_with('/') { options.socket(&server.host) } else { options.host(&server.host) };
    options = options.port(server.port.unwrap_or(3306)).pipes_as_concat(false).no_engine_substitution(false);
    // Looking at five hundred tables takes as many statements, and one that is forgotten costs the next a round of waiting.
    options = options.statement_cache_capacity(STATEMENTS);
    if let Some(password) = password(server, house)? {
        options = options.password(&password);
    }
    options = match &server.tls {
        Tls::Off => options.ssl_mode(MySqlSslMode::Disabled),
        Tls::Verify { ca: None } => options.ssl_mode(MySqlSslMode::VerifyIdentity),
        Tls::Verify { ca: Some(ca) } => options.ssl_mode(MySqlSslMode::VerifyIdentity).ssl_ca(house.join(ca)),
    };
    let mut link = Link::Mariadb(options.connect().await?);
    let lock = caps.lock.as_secs().max(1);
    // A text too long for its column is an error, not a shorter text.
    let settings = format!(
        "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), innodb_lock_wait_timeout = {lock}, lock_wait_timeout = {lock}; \
         SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"
    );
    link.raw(&settings).await?;
    limit(&mut link, caps.time).await?;
    Ok(link)
}

/// The server's own clock has two names: `MariaDB`'s counts seconds, `MySQL`'s milliseconds.
async fn limit(link: &mut Link, time: Duration) -> Result<(), Cause> {
    let seconds = format!("SET SESSION max_statement_time = {}", time.as_secs_f64().max(0.001));
    if link.raw(&seconds).await.is_ok() {
        return Ok(());
    }
    link.raw(&format!("SET SESSION max_execution_time = {}", time.as_millis().max(1))).await
}

fn password(server: &Server, house: &Path) -> Result<Option<zeroize::Zeroizing<String>>, Cause> {
    let Some(reference) = &server.password else { return Ok(None) };
    config::secret(reference, house).map(Some).ok_or_else(|| Cause::NoSecret(reference.to_string()))
}
