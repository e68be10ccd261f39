//! Rows in, plain values out: habeas's own tables on SQLite or PostgreSQL. Entities never leave this room.
//!
//! Whoever changes something holds a [`Tx`]; only `action::door` and the worker's claim open one. Readers pass the
//! [`Store`] itself. On SQLite every transaction begins IMMEDIATE, because a deferred one that reads before it
//! writes fails at once when another writer got in between.

#![allow(unreachable_pub, reason = "the entity macros write `pub`; private modules keep the entities here")]

use std::{path::PathBuf, time::Duration};

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
    /// The connection.
    #[doc(hidden)]
    fn conn(&self) -> &Self::Conn;
}

/// The database.
#[derive(Debug, Clone)]
pub struct Store {
    connection: DatabaseConnection,
}

/// One open transaction. Dropping it rolls back.
#[derive(Debug)]
pub struct Tx {
    transaction: DatabaseTransaction,
}

impl Rows for Store {
    type Conn = DatabaseConnection;
    fn conn(&self) -> &DatabaseConnection {
        &self.connection
    }
}

impl Rows for Tx {
    type Conn = DatabaseTransaction;
    fn conn(&self) -> &DatabaseTransaction {
        &self.transaction
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
        Ok(Self { connection })
    }

    /// Opens a transaction for writing.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.connection.get_database_backend() == DbBackend::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.connection.begin_with_options(options).await.doing("opening a transaction")?;
        Ok(Tx { transaction })
    }

    /// Closes every connection; used before a folder is removed.
    pub async fn close(self) -> Result<(), StoreError> {
        self.connection.close().await.doing("closing the database")
    }
}

impl Tx {
    /// Makes everything done in it true at once.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().await.doing("committing")
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
