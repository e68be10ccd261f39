//! The connected systems from outside habeas, as their owners see them: files and rows.

use std::{collections::BTreeMap, fs, path::PathBuf, str::FromStr as _};

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, PgConnection, Row as _, SqliteConnection,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};

/// The demonstration's four.
pub(crate) const SYSTEMS: [&str; 4] = ["accounting", "dossiers", "helpdesk", "shop"];

/// A folder of SQLite files, one per system; or, moved to a server, a schema each.
pub(crate) struct Systems {
    folder: PathBuf,
    server: Option<String>,
}

impl Systems {
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        Self { folder, server: None }
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

    /// The columns of a table, in their order.
    pub(crate) async fn columns(&self, system: &str, table: &str) -> Vec<String> {
        let Some(server) = &self.server else {
            return self.texts(system, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
        };
        let columns = "SELECT column_name::text FROM information_schema.columns";
        let here = format!("table_schema = '{system}' AND table_name = '{table}' ORDER BY ordinal_position");
        texts_of(&mut schema(server, system).await, &format!("{columns} WHERE {here}")).await
    }

    /// What the rows such as these say, a literal per column.
    pub(crate) async fn literals(&self, system: &str, table: &str, such: &str) -> Vec<Vec<String>> {
        let columns = self.columns(system, table).await;
        let joined = |each: &str, between: &str| columns.iter().map(|column| each.replace('?', column)).collect::<Vec<_>>().join(between);
        let found = match &self.server {
            None => {
                let all = joined("quote(?)", " || char(31) || ");
                self.texts(system, &format!("SELECT {all} FROM {table} WHERE {such}")).await
            }
            Some(server) => {
                let all = joined("quote_nullable(?::text)", ", ");
                let query = format!("SELECT concat_ws(chr(31), {all}) FROM {table} WHERE {such}");
                texts_of(&mut schema(server, system).await, &query).await
            }
        };
        found.iter().map(|row| row.split('\u{1f}').map(str::to_owned).collect()).collect()
    }

    /// Moves everything to a PostgreSQL server: the same tables with the same rows.
    pub(crate) async fn move_to(&mut self, server: &str) {
        for system in SYSTEMS {
            let tables = fs::read_to_string(format!("organisations/visumexpress/demo/{system}.sql")).unwrap();
            let tables = tables.replace("STRICT", "").replace(" BLOB", " bytea").replace(" INTEGER", " bigint");
            let mut there = schema(server, system).await;
            let run = async |there: &mut PgConnection, sql: String| {
                sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(there).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
            };
            run(&mut there, format!("CREATE SCHEMA {system}; {tables}")).await;
            for table in self.texts(system, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid").await {
                for row in self.literals(system, &table, "true").await {
                    let values = row.iter().map(|value| match value.strip_prefix("X'") {
                        Some(bytes) => format!("'\\x{bytes}"),
                        None => value.clone(),
                    });
                    run(&mut there, format!("INSERT INTO {table} VALUES ({})", values.collect::<Vec<_>>().join(", "))).await;
                }
            }
        }
        self.server = Some(server.to_owned());
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

/// A connection to one system's schema.
async fn schema(server: &str, system: &str) -> PgConnection {
    PgConnectOptions::from_str(server).unwrap().options([("search_path", system)]).connect().await.unwrap()
}

async fn texts_of(connection: &mut PgConnection, query: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(query.to_owned())).fetch_all(connection).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// Bytes as text of as many characters: the standard library searches text fast even in a debug build.
pub(crate) fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
