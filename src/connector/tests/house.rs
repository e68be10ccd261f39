//! A folder with databases, the data map of them, and plans over them.

use std::{collections::BTreeMap, path::PathBuf};

use habeas_core::law::{
    decide::{FieldDecision, Verdict},
    hold::Whose,
    identifier::Identifier,
    lang::Text,
    map::{Collection, Connection as Reach, Server, System},
    mask::Strategy,
    plan::{Act, Clearance, Cleared, ErasureStep, Fields, Frozen, Plan, Says, SystemPlan, clear},
    record::{Key, Record, Value},
    tier::Tier,
};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, MySqlConnection, PgConnection, SqliteConnection,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};
use tempfile::TempDir;

pub(super) use super::fields::{email, from, identity, key, plain, refers, table, to};
use super::server::{MARIADB, POSTGRES, mariadb, mariadb_raw, postgres, raw, server};
use crate::connector::{Caps, ConnectorError, Connectors, Erased, Matching, Question, SchemaProblem, Term, Verified, leave::Free};

/// Which databases a house is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Db {
    Sqlite,
    Postgres,
    Mariadb,
}

/// Makes three tests of each story: `STORY::on_sqlite`, `STORY::on_postgres` and `STORY::on_mariadb`.
macro_rules! on_every_database {
    ($($story:ident),* $(,)?) => {
        $(mod $story {
            use crate::connector::tests::house::Db;

            #[tokio::test]
            async fn on_sqlite() {
                super::$story(Db::Sqlite).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                super::$story(Db::Postgres).await;
            }

            #[tokio::test]
            async fn on_mariadb() {
                super::$story(Db::Mariadb).await;
            }
        })*
    };
}
pub(super) use on_every_database;

/// The same for what a file cannot do.
macro_rules! on_both_servers {
    ($($story:ident),* $(,)?) => {
        $(mod $story {
            #[tokio::test]
            async fn on_postgres() {
                super::$story(crate::connector::tests::house::Db::Postgres).await;
            }

            #[tokio::test]
            async fn on_mariadb() {
                super::$story(crate::connector::tests::house::Db::Mariadb).await;
            }
        })*
    };
}
pub(super) use on_both_servers;

/// Databases of one kind and how they are mapped. On a server each system has a schema or database of its own.
pub(super) struct House {
    folder: TempDir,
    pub(super) db: Db,
    pub(super) systems: Vec<System>,
    pub(super) caps: Caps,
}

impl House {
    pub(super) fn new() -> Self {
        Self::on(Db::Sqlite)
    }

    pub(super) fn on(db: Db) -> Self {
        let caps = Caps { lock: std::time::Duration::from_millis(50), ..Caps::default() };
        Self { folder: TempDir::new().unwrap(), db, systems: Vec::new(), caps }
    }

    /// Adds a system that is made by running SQL.
    pub(super) async fn with(mut self, key: &str, sql: &str, collections: Vec<Collection>) -> Self {
        self.systems.push(System { key: key.to_owned(), label: Text::default(), connection: self.reach(key), collections });
        let place = self.place(key);
        match self.db {
            Db::Sqlite => {}
            Db::Postgres => raw(&mut postgres(None).await, &format!("CREATE SCHEMA {place}")).await,
            Db::Mariadb => mariadb_raw(&mut mariadb(None).await, &format!("CREATE DATABASE {place}")).await,
        }
        if !sql.is_empty() {
            self.run(key, sql).await;
        }
        self
    }

    /// The schema or database of a system; unlike any other run's.
    fn place(&self, key: &str) -> String {
        let folder = self.folder.path().file_name().unwrap().to_str().unwrap();
        format!("habeas_{}_{key}", folder.trim_start_matches('.').to_lowercase())
    }

    fn reach(&self, key: &str) -> Reach {
        match self.db {
            Db::Sqlite => Reach::Sqlite { path: format!("{key}.db") },
            Db::Postgres => Reach::Postgres(Server { schema: Some(self.place(key)), ..server(POSTGRES) }),
            Db::Mariadb => Reach::Mariadb(Server { database: self.place(key), ..server(MARIADB) }),
        }
    }

    pub(super) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// A connection of somebody else, to a file.
    pub(super) async fn visitor(&self, key: &str) -> SqliteConnection {
        let file = self.path(&format!("{key}.db"));
        SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .foreign_keys(false)
            .synchronous(SqliteSynchronous::Off)
            .connect()
            .await
            .unwrap()
    }

    /// A connection of somebody else, to a server.
    pub(super) async fn postgres(&self, key: &str) -> PgConnection {
        postgres(Some(&self.place(key))).await
    }

    /// A connection of somebody else, to a server.
    pub(super) async fn mariadb(&self, key: &str) -> MySqlConnection {
        mariadb(Some(&self.place(key))).await
    }

    /// Runs SQL as somebody else.
    pub(super) async fn run(&self, key: &str, sql: &str) {
        self.run_as_written(key, &self.spelled(sql)).await;
    }

    /// Runs SQL of one kind of database.
    pub(super) async fn run_as_written(&self, key: &str, sql: &str) {
        let sql = sql.to_owned();
        match self.db {
            Db::Sqlite => {
                let mut visitor = self.visitor(key).await;
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut visitor).await.unwrap();
                visitor.close().await.unwrap();
            }
            Db::Postgres => raw(&mut self.postgres(key).await, &sql).await,
            Db::Mariadb => mariadb_raw(&mut self.mariadb(key).await, &sql).await,
        }
    }

    /// Set-up SQL of a story, which is written for `SQLite`, as the database of this house spells it.
    pub(super) fn spelled(&self, sql: &str) -> String {
        let words: &[(&str, &str)] = match self.db {
            Db::Sqlite => &[("{any}", ""), ("{text}", "TEXT"), ("{true}", "1"), ("{flag}", "INTEGER")],
            Db::Postgres => &[
                ("{any}", "TEXT"),
                ("{text}", "TEXT"),
                ("{flag}", "BOOLEAN"),
                (" STRICT", ""),
                (" WITHOUT ROWID", ""),
                ("BLOB", "BYTEA"),
                ("REAL", "DOUBLE PRECISION"),
                ("INTEGER", "BIGINT"),
                (" x'", " '\\x"),
            ],
            Db::Mariadb => &[
                ("{any}", "VARCHAR(60)"),
                ("TABLE lines", "TABLE \"lines\""),
                ("INTO lines", "INTO \"lines\""),
                ("{text}", "TEXT"),
                ("{flag}", "TINYINT(1)"),
                (" STRICT", ""),
                (" WITHOUT ROWID", ""),
                (" TEXT", " VARCHAR(190)"),
                ("BLOB", "VARBINARY(700)"),
                ("REAL", "DOUBLE"),
                ("INTEGER", "BIGINT"),
            ],
        };
        words.iter().fold(sql.to_owned(), |sql, (here, there)| sql.replace(here, there))
    }

    /// Runs SQL on the server, outside of any system.
    pub(super) async fn run_on_server(&self, sql: &str) {
        match self.db {
            Db::Sqlite => panic!("a file has no server"),
            Db::Postgres => raw(&mut postgres(None).await, sql).await,
            Db::Mariadb => mariadb_raw(&mut mariadb(None).await, sql).await,
        }
    }

    /// Adds a system in a `PostgreSQL` database that is there already.
    pub(super) async fn beside(mut self, key: &str, reach: Server, sql: &str, collections: Vec<Collection>) -> Self {
        let options = PgConnectOptions::new_without_pgpass().host(&reach.host).port(reach.port.unwrap()).username(&reach.user);
        raw(&mut options.database(&reach.database).connect().await.unwrap(), sql).await;
        self.systems.push(System { key: key.to_owned(), label: Text::default(), connection: Reach::Postgres(reach), collections });
        self
    }

    /// How a system on a server is reached.
    pub(super) fn server_mut(&mut self, key: &str) -> &mut Server {
        match &mut self.systems.iter_mut().find(|system| system.key == key).unwrap().connection {
            Reach::Postgres(server) | Reach::Mariadb(server) => server,
            Reach::Sqlite { .. } | Reach::Http(_) | Reach::Manual(_) => panic!("it has no database server"),
        }
    }

    /// The same system for somebody who may come in, and no more.
    pub(super) async fn guest(&self, key: &str) -> Reach {
        let (place, guest) = (self.place(key), self.guest_name(key));
        match self.reach(key) {
            Reach::Postgres(server) => {
                self.run_on_server(&format!("CREATE ROLE {guest} LOGIN; GRANT USAGE ON SCHEMA {place} TO {guest}")).await;
                Reach::Postgres(Server { user: guest, ..server })
            }
            Reach::Mariadb(server) => {
                self.run_on_server(&format!(
                    "CREATE USER {guest}; CREATE TABLE {place}.open (id INT); GRANT SELECT ON {place}.open TO {guest}"
                ))
                .await;
                Reach::Mariadb(Server { user: guest, ..server })
            }
            reach @ (Reach::Sqlite { .. } | Reach::Http(_) | Reach::Manual(_)) => reach,
        }
    }

    pub(super) async fn grant(&self, key: &str, right: &str, table: &str) {
        self.run_on_server(&format!("GRANT {right} {}.{table} TO {}", self.place(key), self.guest_name(key))).await;
    }

    fn guest_name(&self, key: &str) -> String {
        self.place(key).replace("habeas_", "guest_")
    }

    /// The server ends every connection of the guest.
    pub(super) async fn break_connections(&self, key: &str) {
        let guest = self.guest_name(key);
        match self.db {
            Db::Sqlite => panic!("a file has no server"),
            Db::Postgres => {
                let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{guest}'");
                self.run_on_server(&end).await;
            }
            Db::Mariadb => self.run_on_server(&format!("KILL USER {guest}")).await,
        }
    }

    /// Makes a trigger: when it fires and what it does, for each kind of database.
    pub(super) async fn trigger(&self, key: &str, name: &str, table: &str, [sqlite, postgres, mariadb]: [(&str, &str); 3]) {
        let sql = match self.db {
            Db::Sqlite => format!("CREATE TRIGGER {name} {} ON {table} BEGIN {}; END", sqlite.0, sqlite.1),
            Db::Postgres => format!(
                "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS \
                 $$ BEGIN {}; RETURN coalesce(NEW, OLD); END $$; CREATE TRIGGER {name} {} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
                postgres.1, postgres.0
            ),
            Db::Mariadb => format!("CREATE TRIGGER {name} {} ON {table} FOR EACH ROW {}", mariadb.0, mariadb.1),
        };
        self.run(key, &sql).await;
    }

    /// Somebody else holds every row of a table until the lock is dropped.
    pub(super) async fn lock(&self, key: &str, table: &str) -> Box<dyn std::any::Any + Send> {
        let hold = format!("SELECT * FROM {table} FOR UPDATE");
        match self.db {
            Db::Sqlite => {
                let mut visitor = self.visitor(key).await;
                sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut visitor).await.unwrap();
                Box::new(visitor)
            }
            Db::Postgres => {
                let mut visitor = self.postgres(key).await;
                raw(&mut visitor, &format!("BEGIN; {hold}")).await;
                Box::new(visitor)
            }
            Db::Mariadb => {
                let mut visitor = self.mariadb(key).await;
                mariadb_raw(&mut visitor, &format!("BEGIN; {hold}")).await;
                Box::new(visitor)
            }
        }
    }

    /// The system is not where it was.
    pub(super) async fn take_away(&self, key: &str) {
        let place = self.place(key);
        match self.db {
            Db::Sqlite => std::fs::remove_file(self.path(&format!("{key}.db"))).unwrap(),
            Db::Postgres => raw(&mut postgres(None).await, &format!("DROP SCHEMA {place} CASCADE")).await,
            Db::Mariadb => mariadb_raw(&mut mariadb(None).await, &format!("DROP DATABASE {place}")).await,
        }
    }

    /// Rows of a table as `a|b`, in order.
    pub(super) async fn rows(&self, key: &str, columns: &str, table: &str) -> Vec<String> {
        let text = if self.db == Db::Mariadb { "CHAR" } else { "TEXT" };
        let columns = columns.split(',').map(|column| format!("coalesce(CAST({column} AS {text}), 'NULL')"));
        let columns = columns.collect::<Vec<_>>().join(" || '|' || ");
        let sql = format!("SELECT CAST({columns} AS {text}) FROM {table} ORDER BY 1");
        match self.db {
            Db::Sqlite => {
                let mut visitor = self.visitor(key).await;
                let rows = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut visitor).await.unwrap();
                visitor.close().await.unwrap();
                rows
            }
            Db::Postgres => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut self.postgres(key).await).await.unwrap(),
            Db::Mariadb => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut self.mariadb(key).await).await.unwrap(),
        }
    }

    pub(super) fn connectors(&self) -> Connectors {
        Connectors::with_caps(&self.systems, self.folder.path(), self.caps)
    }

    pub(super) async fn erase(&self, part: &SystemPlan) -> Result<Erased, ConnectorError> {
        self.connectors().get(&part.system)?.erase(&cleared(part), "case-1", &Free).await
    }

    pub(super) async fn verify(&self, part: &SystemPlan) -> Result<Verified, ConnectorError> {
        self.connectors().get(&part.system)?.verify(part).await
    }

    pub(super) async fn check(&self, key: &str) -> Vec<SchemaProblem> {
        self.connectors().check(&self.systems).await.remove(key).unwrap().unwrap()
    }
}

pub(in crate::connector) fn proven(kind: &str, value: &str) -> Identifier {
    Identifier::parse(kind, value).unwrap()
}

/// A question about one field.
pub(in crate::connector) fn asked(collection: &str, field: &str, values: Vec<Value>) -> Question {
    let by = vec![Term { field: field.to_owned(), matching: Matching::Exact }];
    Question { collection: collection.to_owned(), by, rows: values.into_iter().map(|value| vec![value]).collect() }
}

pub(in crate::connector) fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

/// `{"id": 5}`.
pub(in crate::connector) fn id(number: i64) -> Key {
    Key::from([("id".to_owned(), Value::Integer(number))])
}

pub(in crate::connector) fn keep(collection: &str, key: Key) -> ErasureStep {
    ErasureStep { collection: collection.to_owned(), key, print: None, act: Act::Keep, decisions: std::sync::Arc::default() }
}

pub(in crate::connector) fn delete(collection: &str, key: Key) -> ErasureStep {
    ErasureStep { act: Act::Delete, ..keep(collection, key) }
}

pub(in crate::connector) fn empty(collection: &str, key: Key, fields: &[&str]) -> ErasureStep {
    masked(collection, key, fields.iter().map(|field| (*field, Says::Blank)))
}

/// Fields and what they say afterwards.
pub(super) fn masked<'f>(collection: &str, key: Key, fields: impl IntoIterator<Item = (&'f str, Says)>) -> ErasureStep {
    let fields: Fields = fields.into_iter().map(|(field, says)| (field.to_owned(), says)).collect();
    let decision = |field: &str| FieldDecision { field: field.to_owned(), verdict: Verdict::Erase, because: Vec::new(), delete_by: None };
    ErasureStep { decisions: fields.names().map(decision).collect(), act: Act::Clear { fields }, ..keep(collection, key) }
}

pub(super) fn says(by: Strategy, value: Value) -> Says {
    Says::Masked { by, value }
}

pub(in crate::connector) fn part(system: &str, steps: impl IntoIterator<Item = ErasureStep>) -> SystemPlan {
    SystemPlan { system: system.to_owned(), steps: steps.into_iter().collect() }
}

/// Through the one gate there is.
pub(in crate::connector) fn cleared(part: &SystemPlan) -> Cleared<SystemPlan> {
    let plan = Plan { case: "case-1".to_owned(), floor: Tier::SecondItem, systems: vec![part.clone()] };
    let frozen = Frozen::new(plan).unwrap();
    let with = Clearance {
        tier: Some(Tier::SecondItem),
        approved: Some(frozen.hash()),
        holds: &[],
        whose: Whose { subjects: &[], case: "case-1" },
        today: jiff::civil::date(2026, 11, 20),
        systems: &[],
        records: &[],
    };
    clear(&frozen, &part.system, with).unwrap()
}

/// `collection/key` of records, in order.
pub(in crate::connector) fn names(records: &[Record]) -> Vec<String> {
    let key = |key: &Key| key.values().map(Value::to_text).collect::<Vec<_>>().join("+");
    records.iter().map(|record| format!("{}/{}", record.address(), key(&record.key))).collect()
}

/// Occurrences of bytes in a system's file and the files beside it.
pub(super) fn scan(house: &House, key: &str, marker: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for suffix in ["db", "db-wal", "db-journal"] {
        let file = format!("{key}.{suffix}");
        if let Ok(bytes) = std::fs::read(house.path(&file)) {
            let hits = String::from_utf8_lossy(&bytes).matches(marker).count();
            if hits > 0 {
                found.insert(file, hits);
            }
        }
    }
    found
}
