//! Rows in, plain values out: habeas's own tables on SQLite or PostgreSQL. Entities never leave this room.
//!
//! Whoever changes something holds a [`Tx`]; only `action::door` and the worker's claim open one. Readers pass the
//! [`Store`] itself. On SQLite every transaction begins IMMEDIATE, because a deferred one that reads before it
//! writes fails at once when another writer got in between.

#![allow(unreachable_pub, reason = "the entity macros write `pub`; private modules keep the entities here")]

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use crate::keys::KeyError;
use habeas_migrations::{Migrator, MigratorTrait as _};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait as _,
};
use sqlx::sqlite::SqliteConnectOptions;

pub mod backup;
pub mod breaker;
pub mod case;
pub mod command;
pub mod credential;
pub mod deferral;
pub mod definition;
pub mod document;
pub mod drift;
pub mod elsewhere;
pub mod erasing;
pub mod event;
pub mod finding;
pub mod gate;
pub mod group;
pub mod hint;
pub mod hold;
pub mod incident;
pub mod invitation;
pub mod key;
pub mod leaf;
pub mod ledger;
pub mod letter;
pub mod message;
pub mod notice;
pub mod package;
pub mod part;
pub mod person;
pub mod plan;
pub mod provider_link;
pub mod rest;
pub mod review;
pub mod sealed;
pub mod session;
pub mod shred;
pub mod statement;
pub mod task;
pub mod timer;

use group::Group;
use key::KeyStore;

/// What went wrong while doing what. The source may name tables and columns, never values: SQL is always bound.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or is gone.
    #[error("{doing}: the database answered with an error")]
    Database {
        /// The thing being done.
        doing: &'static str,
        /// The driver's answer.
        #[source]
        source: DbErr,
    },
    /// A row holds something this version cannot read.
    #[error("{doing}: column `{column}` holds something this version cannot read")]
    Unreadable {
        /// The thing being done.
        doing: &'static str,
        /// The column.
        column: &'static str,
    },
    /// The key of what is sealed was destroyed: nothing can be shown any more.
    #[error("this was erased and cannot be shown any more")]
    Shredded,
    /// Something sealed did not open.
    #[error(transparent)]
    Sealed(#[from] KeyError),
    /// The store of case keys is empty, new or somebody else's.
    #[error("the store of case keys is not the one of this database: put its own back (`case-keys.db`, or the schema `habeas_keys`)")]
    OtherKeys,
    /// Somebody else changed the row first.
    #[error("{doing}: somebody else was faster")]
    Raced {
        /// The thing being done.
        doing: &'static str,
    },
}

impl StoreError {
    /// Whether doing the same again may work.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Database { .. } | Self::Raced { .. })
    }

    /// Whether the database took back the whole transaction because another one stood in its way: a deadlock, or no order in which both
    /// could have run. Nothing happened, and doing it again at once may work.
    pub fn is_undone(&self) -> bool {
        let Self::Database { source: DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)), .. } = self
        else {
            return false;
        };
        error.as_database_error().and_then(sqlx::error::DatabaseError::code).is_some_and(|code| ["40001", "40P01"].contains(&&*code))
    }
}

/// Names the thing being done on a driver's answer.
pub(in crate::store) trait Doing<T> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, DbErr> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Database { doing, source })
    }
}

/// Reads a JSON column.
pub(in crate::store) fn json<T: serde::de::DeserializeOwned>(
    text: &str,
    doing: &'static str,
    column: &'static str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { doing, column })
}

/// Writes a JSON column.
pub(in crate::store) fn to_json<T: serde::Serialize>(value: &T, doing: &'static str, column: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable { doing, column })
}

/// Reads a date column.
pub(in crate::store) fn date(text: &str, doing: &'static str, column: &'static str) -> Result<jiff::civil::Date, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable { doing, column })
}

/// Reads an integer time column.
pub(in crate::store) fn time(micros: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(micros).unwrap_or(jiff::Timestamp::MAX)
}

/// Where rows can be read: the [`Store`] or an open [`Tx`].
pub trait Rows: Sync {
    /// The connection type behind it.
    #[doc(hidden)]
    type Conn: ConnectionTrait;
    /// The connection; on a [`Tx`], with everything written that was left for later.
    #[doc(hidden)]
    fn conn(&self) -> impl Future<Output = Result<&Self::Conn, StoreError>> + Send;
    /// The store of case keys.
    #[doc(hidden)]
    fn key_store(&self) -> &KeyStore;
    /// The transaction of a group of events, which knows some rows already.
    #[doc(hidden)]
    fn group(&self) -> Option<&Tx> {
        None
    }
}

/// The database.
#[derive(Debug, Clone)]
pub struct Store {
    connection: DatabaseConnection,
    writers: Writers,
    keys: KeyStore,
}

/// Where changes are made.
#[derive(Debug, Clone)]
enum Writers {
    /// SQLite has one writer: who wants to be it queues here and not in the database, which makes everybody sleep and try again. Its
    /// connection is always the same, so that what it has read of the file stays known to it.
    One { connection: DatabaseConnection, turn: Arc<tokio::sync::Mutex<()>> },
    /// PostgreSQL has many. Leases go another way, see [`Commit`].
    Many { leases: DatabaseConnection },
}

/// Whether a commit is on the disk when it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Commit {
    /// Yes.
    Synced,
    /// With the next one that is: enough for leases. What a power cut takes of them is simply taken up again, and a call that must not
    /// be repeated is noted by a synced commit, which brings its lease to the disk with it.
    Unsynced,
}

/// A connection for a statement by itself, and the turn to write.
pub(in crate::store) struct Lone<'a> {
    connection: &'a DatabaseConnection,
    turn: Turn,
}

impl std::ops::Deref for Lone<'_> {
    type Target = DatabaseConnection;
    fn deref(&self) -> &DatabaseConnection {
        self.connection
    }
}

/// One open transaction. Dropping it rolls back.
#[derive(Debug)]
pub struct Tx {
    transaction: DatabaseTransaction,
    group: Option<Mutex<Group>>,
    keys: KeyStore,
    // Dropped last: the turn ends when the transaction has.
    _turn: Turn,
}

/// The right to write, where there is one writer at a time.
type Turn = Option<tokio::sync::OwnedMutexGuard<()>>;

impl Rows for Store {
    type Conn = DatabaseConnection;
    async fn conn(&self) -> Result<&DatabaseConnection, StoreError> {
        Ok(&self.connection)
    }

    fn key_store(&self) -> &KeyStore {
        &self.keys
    }
}

impl Rows for Tx {
    type Conn = DatabaseTransaction;
    async fn conn(&self) -> Result<&DatabaseTransaction, StoreError> {
        self.settle(false).await?;
        Ok(&self.transaction)
    }

    fn key_store(&self) -> &KeyStore {
        &self.keys
    }

    fn group(&self) -> Option<&Tx> {
        Some(self)
    }
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// One file; made when absent.
    File(PathBuf),
    /// A PostgreSQL address with its credentials.
    Postgres(String),
}

impl Address {
    /// Where case keys stand when nothing else is said: beside the data at this address, and never in it.
    #[must_use]
    pub fn beside(&self) -> Self {
        match self {
            Self::File(file) => Self::File(file.with_file_name(key::FILE)),
            Self::Postgres(url) => Self::Postgres(url.clone()),
        }
    }
}

impl Store {
    /// Connects and brings the schema up to date, with the case keys beside the data.
    pub async fn open(address: &Address) -> Result<Self, StoreError> {
        Self::open_with(address, &address.beside()).await
    }

    /// The same, with the case keys where the second address says.
    pub async fn open_with(address: &Address, keys: &Address) -> Result<Self, StoreError> {
        let connect = async |options| Database::connect(options).await.doing("connecting to the database");
        let connection = connect(options(address)).await?;
        Migrator::up(&connection, None).await.doing("bringing the schema up to date")?;
        let writers = match address {
            Address::File(_) => Writers::One { connection: connect(only_writer(address)).await?, turn: Arc::default() },
            Address::Postgres(_) => Writers::Many { leases: connect(unsynced(address)).await? },
        };
        let store = Self { connection, writers, keys: KeyStore::open(keys).await? };
        store.pair().await?;
        Ok(store)
    }

    /// Opens a transaction for writing.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let Lone { connection, turn } = self.lone(Commit::Synced).await?;
        let options = TransactionOptions {
            sqlite_transaction_mode: (connection.get_database_backend() == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = connection.begin_with_options(options).await.doing("opening a transaction")?;
        Ok(Tx { transaction, group: None, keys: self.keys.clone(), _turn: turn })
    }

    /// A connection for a change, when it is its turn.
    pub(in crate::store) async fn lone(&self, commit: Commit) -> Result<Lone<'_>, StoreError> {
        match (&self.writers, commit) {
            (Writers::One { connection, turn }, _) => {
                let turn = Arc::clone(turn).lock_owned().await;
                let level = if commit == Commit::Synced { "PRAGMA synchronous = FULL" } else { "PRAGMA synchronous = NORMAL" };
                connection.execute_unprepared(level).await.doing("saying when a commit is on the disk")?;
                Ok(Lone { connection, turn: Some(turn) })
            }
            (Writers::Many { leases }, Commit::Unsynced) => Ok(Lone { connection: leases, turn: None }),
            (Writers::Many { .. }, Commit::Synced) => Ok(Lone { connection: &self.connection, turn: None }),
        }
    }

    /// How many transactions may write at the same time.
    pub const fn writers(&self) -> usize {
        match &self.writers {
            Writers::One { .. } => 1,
            Writers::Many { .. } => 4,
        }
    }

    /// Closes every connection; used before a folder is removed.
    pub async fn close(self) -> Result<(), StoreError> {
        let (Writers::One { connection: other, .. } | Writers::Many { leases: other }) = self.writers;
        other.close().await.doing("closing the database")?;
        self.keys.close().await?;
        self.connection.close().await.doing("closing the database")
    }
}

impl Tx {
    /// The connection, for a statement that changes something.
    pub(in crate::store) async fn writing(&self) -> Result<&DatabaseTransaction, StoreError> {
        self.settle(true).await?;
        Ok(&self.transaction)
    }

    /// The connection, with what was left for later still to be written.
    pub(in crate::store) const fn bare(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Writes what was left for later.
    pub async fn flush(&self) -> Result<(), StoreError> {
        self.settle(false).await
    }

    /// Makes everything done in it true at once.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.settle(false).await?;
        if !self.is_whole() {
            return Err(StoreError::Raced { doing: "committing a group" });
        }
        self.transaction.commit().await.doing("committing")
    }

    /// Makes none of it true, before anything else is begun.
    pub async fn roll_back(self) -> Result<(), StoreError> {
        self.transaction.rollback().await.doing("rolling back")
    }
}

fn options(address: &Address) -> ConnectOptions {
    let mut options = match address {
        Address::File(path) => ConnectOptions::new(file_url(path, "rwc")),
        Address::Postgres(url) => ConnectOptions::new(url.clone()),
    };
    options.sqlx_logging(false).acquire_timeout(Duration::from_secs(10)).max_connections(8).map_sqlx_sqlite_opts(sqlite);
    options
}

/// The address of a database file, whatever its folders are called.
fn file_url(path: &Path, mode: &str) -> String {
    let bytes = path.to_string_lossy().into_owned().into_bytes();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    let written = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    format!("sqlite://{}?mode={mode}", bytes.into_iter().map(written).collect::<String>())
}

fn sqlite(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .pragma("journal_mode", "WAL")
        .pragma("synchronous", "FULL")
        .pragma("foreign_keys", "ON")
        // The bundled SQLite leaves deleted bytes in the file unless told otherwise.
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF")
        .busy_timeout(Duration::from_secs(10))
}

/// SQLite's one writer: 16 MiB of the file in memory, and a journal of up to 32 MiB before it is copied into the file.
fn only_writer(address: &Address) -> ConnectOptions {
    let mut options = options(address);
    options
        .max_connections(1)
        .map_sqlx_sqlite_opts(|options| sqlite(options).pragma("cache_size", "-16384").pragma("wal_autocheckpoint", "8192"));
    options
}

fn unsynced(address: &Address) -> ConnectOptions {
    let mut options = options(address);
    options.max_connections(2).map_sqlx_postgres_opts(|options| options.options([("synchronous_commit", "off")]));
    options
}

/// Which of 256 buckets a case's queue rows stand in, so that workers can share the queue by ranges.
pub(in crate::store) fn bucket(case: &str) -> i16 {
    let hash = case.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    i16::from(u8::try_from(hash % 256).unwrap_or(0))
}
