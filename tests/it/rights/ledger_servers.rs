//! Three kinds of database restore last week's copy at once: the ledger erases again what was erased from them, and only that.

use std::{collections::BTreeMap, fs, path::Path, str::FromStr as _};

use habeas::{action::actor::Actor, chance::Chance};
use habeas_core::law::ledger::Counts;
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, MySqlConnection, PgConnection,
    mysql::{MySqlConnectOptions, MySqlSslMode},
    postgres::PgConnectOptions,
};

use super::erasure::{approved, executed};
use crate::house::{
    database::Database,
    systems::SYSTEMS,
    test_house::{OWN, TestHouse, copy},
};

#[tokio::test]
async fn on_sqlite() {
    Box::pin(what_three_databases_bring_back_is_erased_again_and_only_that(&Database::sqlite())).await;
}

#[tokio::test]
async fn on_postgres() {
    let database = Database::postgres().await;
    Box::pin(what_three_databases_bring_back_is_erased_again_and_only_that(&database)).await;
    database.remove().await;
}

/// The accounting on MariaDB and the shop on PostgreSQL, as their own software sees them; the other two stay files.
struct Servers {
    shop: PgConnection,
    database: Database,
    accounting: MySqlConnection,
    place: String,
    /// Statements that fill a system as it was in the beginning, and its tables, parents first.
    filled: BTreeMap<&'static str, (Vec<String>, Vec<String>)>,
}

async fn what_three_databases_bring_back_is_erased_again_and_only_that(own: &Database) {
    let database = Database::postgres().await;
    let place = format!("habeas_it_{}", Chance.id().unwrap());
    let (postgres, mariadb) = (PgConnectOptions::from_str(&database.url().unwrap()).unwrap(), mariadb());
    let (at_postgres, name, user) =
        (reach(postgres.get_host(), postgres.get_port()), postgres.get_database().unwrap(), postgres.get_username());
    connect(own.folder(), "shop", &format!("{{type: postgres, {at_postgres}, database: {name}, user: {user}, tls: off}}"));
    let (at_mariadb, user) = (reach(mariadb.get_host(), mariadb.get_port()), mariadb.get_username());
    connect(own.folder(), "accounting", &format!("{{type: mariadb, {at_mariadb}, database: {place}, user: {user}, tls: off}}"));
    let house = TestHouse::open(own).await;
    let (shop, accounting) = (postgres.connect().await.unwrap(), mariadb.connect().await.unwrap());
    let mut servers = Servers { shop, database, accounting, place, filled: BTreeMap::new() };
    servers.move_in(&house).await;

    let files = house.systems.bytes();
    for person in [house.solveig(), house.kari()] {
        let case = approved(&house, &person).await;
        executed(&house, &case).await;
    }
    let erased = servers.rows(&house).await;
    let jonas = approved(&house, &house.jonas()).await;
    executed(&house, &jonas).await;
    assert!(servers.rows(&house).await != erased);

    // Last week's copy; since then a claim came in, and other people.
    house.systems.restore(&files);
    servers.restore().await;
    let restored = servers.rows(&house).await;
    house.place_hold("ida", &jonas.reference).await;
    let newcomers = servers.welcome(&house).await;
    let mut again = BTreeMap::new();
    for system in SYSTEMS {
        let found = house.house.worker.replay(&Actor::Operator, system, false).await.unwrap();
        assert_eq!(found.look, [], "{system}");
        let sum = |of: fn(&Counts) -> u64| found.counts.values().map(of).sum::<u64>();
        again.insert(system, (sum(|counts| counts.again), sum(|counts| counts.held)));
    }
    assert!(again.values().all(|(gone, _)| *gone > 0), "{again:?}");
    assert!(["shop", "accounting", "helpdesk"].iter().all(|system| again[system].1 > 0), "his stay: {again:?}");
    let now = servers.rows(&house).await;
    let expected = {
        let mut all = erased.clone();
        all.extend(newcomers);
        all.sort();
        all
    };
    let differ: Vec<_> = now.iter().filter(|row| !expected.contains(row)).chain(expected.iter().filter(|row| !now.contains(row))).collect();
    assert!(now == expected, "{differ:?}");
    let touched = restored.iter().filter(|row| !now.contains(row)).count();
    assert!(touched > 10, "{touched} rows came back and went again or were emptied");
    for system in SYSTEMS {
        let found = house.house.worker.replay(&Actor::Operator, system, false).await.unwrap();
        assert!(found.counts.values().all(|counts| counts.again == 0), "{system}: {:?}", found.counts);
    }
    assert!(servers.rows(&house).await == now);
    house.settle().await;
    drop(house);
    servers.move_out().await;
}

impl Servers {
    /// Takes both systems from their files to the servers.
    async fn move_in(&mut self, house: &TestHouse) {
        self.in_accounting(&format!(
            "CREATE DATABASE {0} CHARACTER SET utf8mb4; USE {0}; SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'",
            self.place
        ))
        .await;
        for system in ["shop", "accounting"] {
            let (mut tables, mut rows) = (Vec::new(), Vec::new());
            for table in house.systems.texts(system, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid").await {
                let made = house.systems.texts(system, &format!("SELECT sql FROM sqlite_schema WHERE name = '{table}'")).await.remove(0);
                let made = made.replace(" STRICT", "").replace("INTEGER", "BIGINT");
                let made = if system == "accounting" { made.replace("TEXT", "VARCHAR(700)") } else { made };
                self.run(system, &made).await;
                let columns =
                    house.systems.texts(system, &format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')")).await;
                let values = format!("SELECT {} FROM {table} ORDER BY rowid", columns.join(" || ',' || "));
                let values = house.systems.texts(system, &values).await.into_iter();
                rows.extend(values.map(|values| format!("INSERT INTO {table} VALUES ({values})")));
                tables.push(table);
            }
            self.filled.insert(system, (tables, rows));
        }
        self.restore().await;
    }

    /// Puts both systems back to how they were in the beginning.
    async fn restore(&mut self) {
        for (system, (tables, rows)) in self.filled.clone() {
            for table in tables.iter().rev() {
                self.run(system, &format!("DELETE FROM {table}")).await;
            }
            self.run(system, &rows.join(";\n")).await;
        }
    }

    /// People who came later. Their rows, as [`Servers::rows`] gives them.
    async fn welcome(&mut self, house: &TestHouse) -> Vec<String> {
        let before = self.rows(house).await;
        self.run("shop", "INSERT INTO customers VALUES (9001, 'K-900001', 'ny@example.no', 'Ny', 'Ansen', NULL, NULL, 0, NULL, '2026-09-20T08:00:00Z', 0)").await;
        self.run(
            "accounting",
            "INSERT INTO customers VALUES (9001, 'K-900001', 'Ny Ansen', 'Nygata 1', '0150', 'Oslo', 'ny@example.no', NULL, 0)",
        )
        .await;
        let mut dossiers = house.systems.connect("dossiers").await;
        let quote = "INSERT INTO quotes VALUES (9001, 'ny@example.no', 'Ny', 'declined', '2026-09-20', '2026-09-21', 'Nei', 0)";
        sqlx::raw_sql(quote).execute(&mut dossiers).await.unwrap();
        drop(dossiers);
        self.rows(house).await.into_iter().filter(|row| !before.contains(row)).collect()
    }

    /// Every row of all four systems, sorted.
    async fn rows(&mut self, house: &TestHouse) -> Vec<String> {
        let mut rows = house.systems.rows().await;
        rows.retain(|row| !row.starts_with("shop.") && !row.starts_with("accounting."));
        for table in self.filled["shop"].0.clone() {
            let query = format!("SELECT t::text FROM {table} t");
            let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&mut self.shop).await.unwrap();
            rows.extend(found.into_iter().map(|row| format!("shop.{table}: {row}")));
        }
        for table in self.filled["accounting"].0.clone() {
            let columns = format!(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = '{}' AND table_name = '{table}'",
                self.place
            );
            let columns: Vec<String> = sqlx::query_scalar(AssertSqlSafe(columns)).fetch_all(&mut self.accounting).await.unwrap();
            let columns = columns.iter().map(|column| format!("QUOTE(`{column}`)")).collect::<Vec<_>>().join(", ");
            let query = format!("SELECT CONVERT(CONCAT_WS(' ', {columns}) USING utf8mb4) FROM {table}");
            let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&mut self.accounting).await.unwrap();
            rows.extend(found.into_iter().map(|row| format!("accounting.{table}: {row}")));
        }
        rows.sort();
        rows
    }

    async fn run(&mut self, system: &str, sql: &str) {
        if system == "accounting" {
            return self.in_accounting(sql).await;
        }
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.shop).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    async fn in_accounting(&mut self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.accounting).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    async fn move_out(mut self) {
        self.in_accounting(&format!("DROP DATABASE {}", self.place)).await;
        drop(self.shop);
        self.database.remove().await;
    }
}

fn reach(host: &str, port: u16) -> String {
    format!("host: {host}, port: '{port}'")
}

/// Writes the demonstration's organisation into a house's folder, with one system connected like this.
fn connect(folder: &Path, system: &str, connection: &str) {
    let to = folder.join(OWN);
    if !to.is_dir() {
        copy(Path::new("organisations/visumexpress"), &to);
    }
    let map = to.join("systems").join(system).with_extension("yaml");
    let told = fs::read_to_string(&map).unwrap().replace(&format!("{{type: sqlite, path: systems/{system}.db}}"), connection);
    fs::write(map, told).unwrap();
}

/// The MariaDB of the test run.
#[allow(clippy::disallowed_methods, reason = "a test reads no configuration but this")]
fn mariadb() -> MySqlConnectOptions {
    let url = std::env::var("HABEAS_TEST_MARIADB").expect("set HABEAS_TEST_MARIADB, or run scripts/test, which starts a MariaDB");
    MySqlConnectOptions::from_str(&url).unwrap().ssl_mode(MySqlSslMode::Disabled)
}
