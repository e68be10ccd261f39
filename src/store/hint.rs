//! A word between processes on one PostgreSQL database: something was changed, so look now. Only a hint: what is due stands in tables,
//! and a worker that hears nothing looks at them every few seconds. It is never sent within a transaction, where it would make
//! all commits of the database wait for each other.

use std::time::Duration;

use sea_orm::{ConnectionTrait as _, DbBackend};
use sqlx::postgres::PgListener;
use tokio::sync::Notify;

use super::{Commit, Doing as _, Store, StoreError};

const CHANNEL: &str = "habeas";

/// However much changes, nobody is told more often.
const APART: Duration = Duration::from_millis(50);

/// Passes on what wakes this process, as long as it is polled. Without PostgreSQL nobody could hear it.
pub async fn pass_on(store: &Store, wake: &Notify) {
    loop {
        wake.notified().await;
        if let Err(error) = tell(store).await {
            tracing::warn!(why = %error, "other processes were not told; they will look by themselves");
        }
        tokio::time::sleep(APART).await;
    }
}

/// Tells other processes, after a commit.
pub(in crate::store) async fn tell(store: &Store) -> Result<(), StoreError> {
    if store.connection.get_database_backend() == DbBackend::Postgres {
        let told = store.lone(Commit::Unsynced).await?.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await;
        told.doing("telling other processes")?;
    }
    Ok(())
}

/// Wakes this process whenever another one says that something was changed, as long as it is polled. The connection is made again when
/// it breaks; what was said meanwhile is found by looking.
pub async fn listen(store: &Store, wake: &Notify) {
    if store.connection.get_database_backend() != DbBackend::Postgres {
        return std::future::pending().await;
    }
    loop {
        let heard = hear(store, wake).await;
        tracing::warn!(why = ?heard.err(), "hints from other processes are not heard for a while");
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}

async fn hear(store: &Store, wake: &Notify) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(store.connection.get_postgres_connection_pool()).await?;
    listener.listen(CHANNEL).await?;
    loop {
        listener.recv().await?;
        wake.notify_one();
    }
}
