//! Rows in, plain values out: habeas's own tables on SQLite or PostgreSQL. Entities never leave this room.
//!
//! Whoever changes something holds a [`Tx`]; only `action::door` and the worker's claim open one. Readers pass the
//! [`Store`] itself. On SQLite every transaction begins IMMEDIATE, because a deferred one that reads before it
//! writes fails at once when another writer got in between.

#![allow(unreachable_pub, reason = "the entity macros write `pub`; private modules keep the entities here")]

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use crate::keys::KeyError;
use habeas_migrations::{Migrator, MigratorTrait as _};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait as _,
};

pub mod case;
pub mod command;
pub mod deferral;
pub mod definition;
pub mod event;
pub mod finding;
pub mod group;
pub mod hold;
pub mod incident;
pub mod leaf;
pub mod letter;
pub mod package;
pub mod person;
pub mod plan;
pub mod sealed;
pub mod session;
pub mod task;
pub mod timer;

use group::Group;

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
    /// SQLite has one writer: who wants to be it queues here and not in the database, which makes everybody sleep and try again.
    turn: Option<Arc<tokio::sync::Mutex<()>>>,
}

/// One open transaction. Dropping it rolls back.
#[derive(Debug)]
pub struct Tx {
    transaction: DatabaseTransaction,
    group: Option<Mutex<Group>>,
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
}

impl Rows for Tx {
    type Conn = DatabaseTransaction;
    async fn conn(&self) -> Result<&DatabaseTransaction, StoreError> {
        self.settle(false).await?;
        Ok(&self.transaction)
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

impl Store {
    /// Connects and brings the schema up to date.
    pub async fn open(address: &Address) -> Result<Self, StoreError> {
        let connection = Database::connect(options(address)).await.doing("connecting to the database")?;
        Migrator::up(&connection, None).await.doing("bringing the schema up to date")?;
        let turn = (connection.get_database_backend() == DbBackend::Sqlite).then(Arc::default);
        Ok(Self { connection, turn })
    }

    /// Opens a transaction for writing.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let turn = self.turn().await;
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.connection.get_database_backend() == DbBackend::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.connection.begin_with_options(options).await.doing("opening a transaction")?;
        Ok(Tx { transaction, group: None, _turn: turn })
    }

    /// Waits for the right to write.
    async fn turn(&self) -> Turn {
        match &self.turn {
            Some(turn) => Some(Arc::clone(turn).lock_owned().await),
            None => None,
        }
    }

    /// How many transactions may write at the same time.
    pub const fn writers(&self) -> usize {
        if self.turn.is_some() { 1 } else { 4 }
    }

    /// Closes every connection; used before a folder is removed.
    pub async fn close(self) -> Result<(), StoreError> {
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
        Address::File(path) => ConnectOptions::new(format!("sqlite://{}?mode=rwc", path.display())),
        Address::Postgres(url) => ConnectOptions::new(url.clone()),
    };
    options.sqlx_logging(false).acquire_timeout(Duration::from_secs(10)).max_connections(8).map_sqlx_sqlite_opts(|options| {
        options
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("foreign_keys", "ON")
            // The bundled SQLite leaves deleted bytes in the file unless told otherwise.
            .pragma("secure_delete", "ON")
            .pragma("trusted_schema", "OFF")
            .busy_timeout(Duration::from_secs(10))
    });
    options
}

/// Which of 256 buckets a case's queue rows stand in, so that workers can share the queue by ranges.
pub(in crate::store) fn bucket(case: &str) -> i16 {
    let hash = case.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    i16::from(u8::try_from(hash % 256).unwrap_or(0))
}
