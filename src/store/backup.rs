//! A copy of habeas's own database as one file, and back.

use std::path::Path;

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, DbBackend};

use super::{Doing as _, Store, StoreError, file_url};

/// Writes everything but the case keys into a file that is new or empty, as it is at one moment, while others go on working. Only
/// `SQLite` can.
pub async fn save(store: &Store, file: &Path) -> Result<(), StoreError> {
    copy(&store.connection, file).await
}

/// Writes the case keys into a file of their own, in the same way.
pub async fn save_keys(store: &Store, file: &Path) -> Result<(), StoreError> {
    copy(store.keys.connection(), file).await
}

async fn copy(connection: &DatabaseConnection, file: &Path) -> Result<(), StoreError> {
    let into = format!("VACUUM INTO '{}'", file.display().to_string().replace('\'', "''"));
    connection.execute_unprepared(&into).await.doing("copying the database")?;
    Ok(())
}

/// Whether a file is a whole database of habeas's that answers a question.
pub async fn is_whole(file: &Path, question: &str) -> Result<bool, StoreError> {
    let doing = "looking at the copy";
    let copy = open(file, "ro").await?;
    let whole = copy.query_one_raw(sea_orm::Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check")).await.doing(doing)?;
    let said: Option<String> = whole.and_then(|row| row.try_get_by_index(0).ok());
    let log = copy.execute_unprepared(question).await.is_ok();
    copy.close().await.doing(doing)?;
    Ok(said.as_deref() == Some("ok") && log)
}

/// Makes a database file a single one again, without a log beside it. Fails while anybody else has it open.
pub async fn settle(file: &Path) -> Result<(), StoreError> {
    let doing = "taking the database out of use; stop everything that has it open";
    let own = open(file, "rw").await?;
    let settled = own.execute_unprepared("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE").await.doing(doing);
    own.close().await.doing(doing)?;
    settled.map(drop)
}

async fn open(file: &Path, mode: &str) -> Result<DatabaseConnection, StoreError> {
    let mut options = sea_orm::ConnectOptions::new(file_url(file, mode));
    options.sqlx_logging(false).max_connections(1);
    Database::connect(options).await.doing("opening a database file")
}
