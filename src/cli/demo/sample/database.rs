//! The four sample databases as files: made, filled in one transaction each, closed.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use sqlx::{
    ConnectOptions as _, Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::{SampleError, accounting, dossiers, helpdesk, orders::Customer, shop, table::Table};

/// One connected system of the demonstration.
#[derive(Debug)]
pub(super) struct System {
    pub(super) name: &'static str,
    schema: &'static str,
    tables: fn(&[Customer], Date) -> Vec<Table>,
}

/// The schemas stand with the organisation, beside the data maps that describe them.
pub(super) const SYSTEMS: [System; 4] = [
    System { name: "shop", schema: include_str!("../../../../organisations/visumexpress/demo/shop.sql"), tables: shop::tables },
    System {
        name: "accounting",
        schema: include_str!("../../../../organisations/visumexpress/demo/accounting.sql"),
        tables: |customers, _| accounting::tables(customers),
    },
    System { name: "helpdesk", schema: include_str!("../../../../organisations/visumexpress/demo/helpdesk.sql"), tables: helpdesk::tables },
    System { name: "dossiers", schema: include_str!("../../../../organisations/visumexpress/demo/dossiers.sql"), tables: dossiers::tables },
];

/// A database being filled: nothing is in the file until it is finished.
pub(super) struct Database {
    system: &'static System,
    connection: SqliteConnection,
}

impl Database {
    /// Makes the file, which must not exist yet, and its tables.
    pub(super) async fn create(folder: &Path, system: &'static System) -> Result<Self, SampleError> {
        let path: PathBuf = folder.join(system.name).with_extension("db");
        if path.exists() {
            return Err(SampleError::Exists(path));
        }
        // What a shop's own software would choose; overwriting what is deleted is the connector's business, not theirs.
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Delete)
            .synchronous(SqliteSynchronous::Off);
        let refused = |source| SampleError::Database { system: system.name, source };
        let mut connection = options.connect().await.map_err(refused)?;
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await.map_err(refused)?;
        sqlx::raw_sql(system.schema).execute(&mut connection).await.map_err(refused)?;
        Ok(Self { system, connection })
    }

    /// Adds what this system knows about some customers.
    pub(super) async fn add(&mut self, customers: &[Customer], today: Date) -> Result<(), SampleError> {
        for table in (self.system.tables)(customers, today) {
            let refused = |source| SampleError::Database { system: self.system.name, source };
            table.insert(&mut self.connection).await.map_err(refused)?;
        }
        Ok(())
    }

    /// Commits and closes.
    pub(super) async fn finish(mut self) -> Result<(), SampleError> {
        let refused = |source| SampleError::Database { system: self.system.name, source };
        sqlx::raw_sql("COMMIT").execute(&mut self.connection).await.map_err(refused)?;
        self.connection.close().await.map_err(refused)
    }
}
