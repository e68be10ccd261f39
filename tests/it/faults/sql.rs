//! A database on a server, and what goes wrong in it and on the way there.

use std::{net::SocketAddr, path::Path, str::FromStr as _};

use habeas_core::law::right::Right;
use sqlx::{AssertSqlSafe, ConnectOptions as _, PgConnection, Row as _, postgres::PgConnectOptions};

use super::{
    Customer, FIRST, connect,
    fault::Mode,
    house,
    machine::{self, CORRECTED, Machine},
    proxy::{Proxy, Way},
};
use crate::house::database::Database;

const KNOWN: &str = "references: [{dataset: shop, field: customers.email, direction: from}]";
/// What the system's own software made. `ROLE` is habeas there.
const TABLES: &str = "
    CREATE TABLE people (id integer PRIMARY KEY, email text, name text, born integer, locked integer NOT NULL DEFAULT 0);
    CREATE TABLE notes (id integer PRIMARY KEY, person_id integer REFERENCES people (id), text text, locked integer NOT NULL DEFAULT 0);
    CREATE SCHEMA elsewhere;
    CREATE COLLATION careless (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
    CREATE FUNCTION boom() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the page is torn'; END $$;
    CREATE FUNCTION raises() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not today'; END $$;
    CREATE FUNCTION swallows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
    CREATE FUNCTION keeps_name() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := OLD.name; RETURN NEW; END $$;
    CREATE FUNCTION lies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN COALESCE(NEW, OLD); END $$;
    CREATE ROLE ROLE LOGIN;
    GRANT SELECT, UPDATE, DELETE ON people, notes TO ROLE;
";

struct Db {
    database: Database,
    /// The system's own software.
    own: PgConnection,
    role: String,
    proxy: Proxy,
}

/// Every way for one right.
pub(super) async fn walk(right: Right) {
    let mut db = Db::open().await;
    let database = Database::sqlite();
    let mut house = house(&database, &db.connection("off"), KNOWN).await;
    machine::walk(&mut house, &mut db, right).await;
    drop(house);
    db.close().await;
}

impl Db {
    async fn open() -> Self {
        let database = Database::postgres().await;
        let url = database.url().unwrap();
        let options = PgConnectOptions::from_str(&url).unwrap();
        let at = SocketAddr::from_str(&format!("{}:{}", options.get_host(), options.get_port())).unwrap();
        let role = format!("{}_reads", options.get_database().unwrap());
        let own = options.connect().await.unwrap();
        let mut db = Self { database, own, role, proxy: Proxy::to(at).await };
        db.run(&TABLES.replace("ROLE ROLE", &format!("ROLE {}", db.role)).replace("TO ROLE", &format!("TO {}", db.role))).await;
        db.run("SET search_path = public, elsewhere").await;
        for customer in Customer::all() {
            let (number, email, name) = (customer.number, &customer.email, customer.name());
            db.run(&format!("INSERT INTO people VALUES ({number}, '{email}', '{name}', 1970)")).await;
            for (id, text) in customer.notes() {
                db.run(&format!("INSERT INTO notes VALUES ({id}, {number}, '{text}')")).await;
            }
        }
        db
    }

    async fn close(mut self) {
        self.run(&format!("DROP OWNED BY {0}; DROP ROLE {0}", self.role)).await;
        drop(self.own);
        self.database.remove().await;
    }

    fn connection(&self, tls: &str) -> String {
        let name = self.database.url().unwrap().rsplit('/').next().unwrap().to_owned();
        let (host, port, role) = (self.proxy.at.ip(), self.proxy.at.port(), &self.role);
        format!("{{type: postgres, host: {host}, port: '{port}', database: {name}, user: {role}, tls: {tls}}}")
    }

    async fn run(&mut self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.own).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Ends what habeas keeps open, so that it has to come in again.
    async fn shows_the_door(&mut self) {
        self.run(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{}'", self.role)).await;
    }

    /// The table becomes a view over itself.
    async fn veils(&mut self, such: &str) {
        let role = self.role.clone();
        self.run(&format!(
            "ALTER TABLE people RENAME TO people_kept; CREATE VIEW people AS SELECT id, email, name, born, locked FROM people_kept{such};
             GRANT SELECT, UPDATE, DELETE ON people TO {role}"
        ))
        .await;
    }

    async fn unveils(&mut self) {
        self.run("DROP VIEW people; ALTER TABLE people_kept RENAME TO people").await;
    }

    /// What is the matter, as the system's own people could have written it; and how it is undone.
    fn statements(&self, mode: Mode, right: Right, customer: &Customer) -> (String, String) {
        let (role, number, finds) = (&self.role, customer.number, finds(right));
        let [first, second] = customer.notes().map(|(id, _)| id);
        let (act, table) = if right == Right::Erasure { ("DELETE", "notes") } else { ("UPDATE", "people") };
        let both = |does: &str, undoes: &str| (does.to_owned(), undoes.to_owned());
        let policy = |table: &str, such: &str| {
            let does = format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; CREATE POLICY hides ON {table} USING ({such})");
            (does, format!("DROP POLICY hides ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"))
        };
        let trigger = |table: &str, when: &str, does: &str| {
            let creates = format!("CREATE TRIGGER wrong BEFORE {act} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {does}()");
            (creates, format!("DROP TRIGGER wrong ON {table}"))
        };
        match mode {
            Mode::Timeout => both("BEGIN; LOCK TABLE people IN ACCESS EXCLUSIVE MODE", "ROLLBACK"),
            Mode::Unauthorized => (format!("ALTER ROLE {role} NOLOGIN"), format!("ALTER ROLE {role} LOGIN")),
            Mode::Forbidden if finds => (format!("REVOKE SELECT ON notes FROM {role}"), format!("GRANT SELECT ON notes TO {role}")),
            Mode::Forbidden => (format!("REVOKE {act} ON {table} FROM {role}"), format!("GRANT {act} ON {table} TO {role}")),
            Mode::TooMany => (format!("ALTER ROLE {role} CONNECTION LIMIT 0"), format!("ALTER ROLE {role} CONNECTION LIMIT -1")),
            Mode::Broken if !finds => trigger(table, "", "raises"),
            Mode::PartialSuccess if finds => policy("notes", &format!("id <> {first}")),
            Mode::PartialSuccess if right == Right::Rectification => trigger("people", "", "keeps_name"),
            Mode::PartialSuccess => trigger("notes", &format!("WHEN (OLD.id = {second})"), "swallows"),
            Mode::WrongType if finds => both(
                "ALTER TABLE people ALTER email TYPE bytea USING convert_to(email, 'UTF8')",
                "ALTER TABLE people ALTER email TYPE text USING convert_from(email, 'UTF8')",
            ),
            Mode::WrongType if right == Right::Restriction => both(
                "ALTER TABLE people ALTER locked DROP DEFAULT, ALTER locked TYPE date USING date '2000-01-01' + locked",
                "ALTER TABLE people ALTER locked TYPE integer USING locked - date '2000-01-01', ALTER locked SET DEFAULT 0",
            ),
            Mode::WrongType => both(
                "ALTER TABLE people ALTER name TYPE bytea USING convert_to(name, 'UTF8')",
                "ALTER TABLE people ALTER name TYPE text USING convert_from(name, 'UTF8')",
            ),
            Mode::Redirect => both("ALTER TABLE people SET SCHEMA elsewhere", "ALTER TABLE elsewhere.people SET SCHEMA public"),
            Mode::Huge if finds => (
                format!("UPDATE notes SET text = text || repeat('x', 300000) WHERE id = {first}"),
                format!("UPDATE notes SET text = rtrim(text, 'x') WHERE id = {first}"),
            ),
            Mode::Lie if finds => policy("people", &format!("id <> {number}")),
            Mode::Others if finds => (
                format!(
                    "ALTER TABLE people ALTER email TYPE text COLLATE careless; UPDATE people SET email = '{}' WHERE id = {}",
                    customer.email.replace('e', "é"),
                    FIRST + 15
                ),
                format!(
                    "UPDATE people SET email = '{}' WHERE id = {}; ALTER TABLE people ALTER email TYPE text COLLATE \"default\"",
                    Customer::at(FIRST + 15).email,
                    FIRST + 15
                ),
            ),
            Mode::Others => (
                format!("UPDATE people SET email = 'fremmed@example.no', name = 'Fremmed', born = 1901 WHERE id = {number}"),
                format!("UPDATE people SET email = '{}', name = '{}', born = 1970 WHERE id = {number}", customer.email, customer.name()),
            ),
            _ => both("", ""),
        }
    }
}

const fn finds(right: Right) -> bool {
    matches!(right, Right::Access | Right::Portability)
}

/// What an answer holds in the middle of the act: that it has been done, or her row as it is looked at last.
fn answer(right: Right, customer: &Customer) -> Vec<u8> {
    match right {
        Right::Rectification | Right::Restriction => b"UPDATE ".to_vec(),
        _ => customer.name().into_bytes(),
    }
}

impl Machine for Db {
    const KIND: &'static str = "sql";

    fn told(mode: Mode, right: Right) -> &'static str {
        let finds = finds(right);
        match mode {
            Mode::Refuse => "nobody listens on the server's port",
            Mode::Timeout => "somebody else holds a lock on the table",
            Mode::Tls => "the map asks for TLS, and the server speaks none",
            Mode::Unauthorized => "habeas's role may not log in any more",
            Mode::Forbidden if finds => "its role may not read one of the tables any more",
            Mode::Forbidden if right == Right::Erasure => "its role may not delete any more",
            Mode::Forbidden => "its role may not update any more",
            Mode::TooMany => "its role has all the connections it may have",
            Mode::Broken if finds => "reading the table raises an error",
            Mode::Broken => "a trigger raises an error",
            Mode::SlowDrip => "the answer comes a byte now and then",
            Mode::HalfBody if finds => "the connection is cut in the middle of the rows",
            Mode::HalfBody => "the connection is cut after the commit, before its answer",
            Mode::PartialSuccess if finds => "a row-level policy hides one of her rows",
            Mode::PartialSuccess if right == Right::Rectification => "a trigger takes the update and keeps the name",
            Mode::PartialSuccess => "a trigger swallows the act for one of her rows",
            Mode::WrongType => "a column has another type than when it was mapped",
            Mode::Redirect => "the table has moved to another schema",
            Mode::Huge if finds => "a row is larger than an answer may be",
            Mode::Huge => "the server sends notices without end",
            Mode::Lie if finds => "a row-level policy hides all of her rows, and says success",
            Mode::Lie => "a view stands in for the table; its trigger says success and does nothing",
            Mode::Others if finds => "a careless collation takes a stranger's address for hers",
            Mode::Others => "her key has been given to a stranger",
        }
    }

    async fn breaks(&mut self, mode: Mode, right: Right, customer: &Customer, folder: &Path) {
        let (wrong, _) = self.statements(mode, right, customer);
        self.run(&wrong).await;
        match mode {
            Mode::Refuse => self.proxy.shut().await,
            Mode::Tls => connect(folder, &self.connection("verify"), KNOWN),
            Mode::Unauthorized | Mode::TooMany => self.shows_the_door().await,
            Mode::Broken if finds(right) => self.veils(" WHERE boom()").await,
            Mode::SlowDrip => self.proxy.set(Way::Slow(answer(right, customer))),
            Mode::HalfBody if finds(right) => self.proxy.set(Way::CutAnswer(answer(right, customer))),
            Mode::HalfBody => self.proxy.set(Way::CutAfter(b"COMMIT".to_vec())),
            Mode::Huge if !finds(right) => self.proxy.set(Way::Notices(answer(right, customer))),
            Mode::Lie if !finds(right) => {
                self.veils("").await;
                self.run("CREATE TRIGGER lies INSTEAD OF UPDATE OR DELETE ON people FOR EACH ROW EXECUTE FUNCTION lies()").await;
            }
            _ => {}
        }
    }

    async fn mends(&mut self, mode: Mode, right: Right, customer: &Customer, folder: &Path) {
        let (_, right_again) = self.statements(mode, right, customer);
        self.run(&right_again).await;
        match mode {
            Mode::Refuse => self.proxy.open().await,
            Mode::Tls => connect(folder, &self.connection("off"), KNOWN),
            Mode::Broken if finds(right) => self.unveils().await,
            Mode::Lie if !finds(right) => self.unveils().await,
            _ => self.proxy.set(Way::Open),
        }
    }

    async fn does_by_hand(&mut self, right: Right, customer: &Customer) {
        let number = customer.number;
        let sql = match right {
            Right::Rectification => format!("UPDATE people SET name = '{CORRECTED}' WHERE id = {number}"),
            Right::Restriction => {
                format!("UPDATE people SET locked = 1 WHERE id = {number}; UPDATE notes SET locked = 1 WHERE person_id = {number}")
            }
            Right::Erasure => format!("DELETE FROM notes WHERE person_id = {number}; DELETE FROM people WHERE id = {number}"),
            _ => return,
        };
        self.run(&sql).await;
    }

    async fn rows(&mut self) -> Vec<String> {
        let kept: bool = sqlx::query_scalar("SELECT to_regclass('people_kept') IS NOT NULL").fetch_one(&mut self.own).await.unwrap();
        let people = if kept { "people_kept" } else { "people" };
        let query = format!(
            "SELECT 'people ' || id || ': ' || name::text || ' ' || locked FROM {people}
             UNION ALL SELECT 'notes ' || id || ': ' || left(text, 20) || ' ' || locked FROM notes ORDER BY 1"
        );
        let rows = sqlx::raw_sql(AssertSqlSafe(query)).fetch_all(&mut self.own).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }
}
