//! The connected systems from outside habeas, as their owners see them: files and rows.

use std::{collections::BTreeMap, fs, path::PathBuf};

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Row as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};

/// The demonstration's four.
pub(crate) const SYSTEMS: [&str; 4] = ["accounting", "dossiers", "helpdesk", "shop"];

/// A folder of SQLite files, one per system.
pub(crate) struct Systems {
    folder: PathBuf,
}

impl Systems {
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn file(&self, system: &str) -> PathBuf {
        self.folder.join(system).with_extension("db")
    }

    /// Every file beside each other, journals and write-ahead logs included.
    pub(crate) fn bytes(&self) -> BTreeMap<String, Vec<u8>> {
        let files = fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap());
        files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect()
    }

    /// Puts files back as they were, as an owner does who restores a backup.
    pub(crate) fn restore(&self, backup: &BTreeMap<String, Vec<u8>>) {
        for file in fs::read_dir(&self.folder).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        for (file, bytes) in backup {
            fs::write(self.folder.join(file), bytes).unwrap();
        }
    }

    /// Every row of every table as text, `system.table: …`: what two worlds are compared by.
    pub(crate) async fn rows(&self) -> Vec<String> {
        let mut rows = Vec::new();
        for system in SYSTEMS {
            for table in self.texts(system, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").await {
                let columns = self.texts(system, &format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')")).await;
                let query = format!("SELECT {} FROM {table} ORDER BY rowid", columns.join(" || ' ' || "));
                rows.extend(self.texts(system, &query).await.into_iter().map(|row| format!("{system}.{table}: {row}")));
            }
        }
        rows
    }

    /// A connection of the system's own software.
    pub(crate) async fn connect(&self, system: &str) -> SqliteConnection {
        SqliteConnectOptions::new().filename(self.file(system)).synchronous(SqliteSynchronous::Off).connect().await.unwrap()
    }

    /// The first column of every row that a query gives, as text.
    pub(crate) async fn texts(&self, system: &str, query: &str) -> Vec<String> {
        let rows = sqlx::query(AssertSqlSafe(query.to_owned())).fetch_all(&mut self.connect(system).await).await.unwrap();
        // The sample holds a note that is not UTF-8, as real shops do.
        rows.iter().map(|row| String::from_utf8_lossy(&row.get_unchecked::<Vec<u8>, _>(0)).into_owned()).collect()
    }

    /// Locks a system until the connection is dropped.
    pub(crate) async fn lock(&self, system: &str) -> SqliteConnection {
        let mut connection = self.connect(system).await;
        sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut connection).await.unwrap();
        connection
    }

    /// Takes a system's file away.
    pub(crate) fn hide(&self, system: &str) {
        fs::rename(self.file(system), self.folder.join(system).with_extension("gone")).unwrap();
    }

    /// Puts it back.
    pub(crate) fn bring_back(&self, system: &str) {
        fs::rename(self.folder.join(system).with_extension("gone"), self.file(system)).unwrap();
    }
}

/// Bytes as text of as many characters: the standard library searches text fast even in a debug build.
pub(crate) fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
