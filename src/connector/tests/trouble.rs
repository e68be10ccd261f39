//! Locked, gone, slow, or not what the map says.

use std::time::Duration;

use habeas_core::law::{
    map::{Secret, Tls},
    record::Value,
};
use sqlx::Connection;

use super::house::{Db, House, asked, delete, email, id, key, on_both_servers, on_every_database, part, plain, proven, table};
use crate::connector::{Cause, Kind, SchemaProblem, search};

const SHOP: &str = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO customers VALUES (1, 'kari@example.no');";

async fn shop() -> House {
    House::new().with("shop", SHOP, vec![table("customers", [key("id"), email()])]).await
}

#[tokio::test]
async fn a_locked_database_is_transient_and_left_alone() {
    for journal in ["DELETE", "WAL"] {
        let house = shop().await;
        house.run("shop", &format!("PRAGMA journal_mode = {journal}")).await;
        let mut other = house.visitor("shop").await;
        let lock = other.begin_with("BEGIN EXCLUSIVE").await.unwrap();
        let plan = part("shop", [delete("customers", id(1))]);
        let error = house.erase(&plan).await.unwrap_err();
        assert_eq!((error.kind, error.source), (Kind::Transient, Cause::Busy));
        if journal == "DELETE" {
            let kari = [proven("email", "kari@example.no")];
            let error = search(&house.connectors(), &house.systems, &kari, "shop").await.unwrap_err();
            assert_eq!(error.to_string(), "could not find records in `shop`: somebody else has locked the database");
        }
        lock.rollback().await.unwrap();
        other.close().await.unwrap();
        assert_eq!(house.erase(&plan).await.unwrap().total().deleted, 1);
    }
}

#[tokio::test]
async fn a_missing_file_is_transient_and_never_made() {
    let house = shop().await;
    std::fs::remove_file(house.path("shop.db")).unwrap();
    let plan = part("shop", [delete("customers", id(1))]);
    let error = house.erase(&plan).await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Transient, Cause::Missing));
    assert_eq!(house.verify(&plan).await.unwrap_err().source, Cause::Missing);
    assert!(!house.path("shop.db").exists());
}

#[tokio::test]
async fn what_is_no_database_is_permanent() {
    let house = shop().await;
    std::fs::write(house.path("shop.db"), "not a database, whatever its name says, and longer than a header").unwrap();
    let error = house.erase(&part("shop", [delete("customers", id(1))])).await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::Sqlite(26)));
}

#[tokio::test]
async fn what_may_not_be_opened_is_denied() {
    let house = shop().await;
    std::fs::remove_file(house.path("shop.db")).unwrap();
    std::fs::create_dir(house.path("shop.db")).unwrap();
    let error = house.erase(&part("shop", [delete("customers", id(1))])).await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Denied, Cause::Forbidden));
}

#[tokio::test]
async fn work_without_end_is_given_up() {
    let sql =
        "CREATE VIEW endless AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, 'x' || id AS email FROM n;";
    let mut house = House::new().with("shop", sql, vec![table("endless", [key("id"), email()])]).await;
    house.caps.time = Duration::from_millis(50);
    let kari = [proven("email", "kari@example.no")];
    let error = search(&house.connectors(), &house.systems, &kari, "shop").await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Transient, Cause::TooSlow { seconds: 0 }));
}

async fn an_answer_too_large_is_an_error_and_not_a_part_of_it(db: Db) {
    let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, email TEXT, photo BLOB); INSERT INTO t VALUES (1, 'k', {blob}), (2, 'k', {blob});";
    let blob = ["zeroblob(600)", "decode(repeat('00', 600), 'hex')", "repeat('x', 600)"][db as usize];
    let sql = &sql.replace("{blob}", blob);
    let mut house = House::on(db).with("shop", sql, vec![table("t", [key("id"), email(), plain("photo")])]).await;
    house.caps.bytes = 1000;
    let question = asked("t", "email", vec![Value::Text("k".into())]);
    let connectors = house.connectors();
    let error = connectors.get("shop").unwrap().find(&[question]).await.unwrap_err();
    assert_eq!(error.source, Cause::TooMuch { collection: "t".into(), cap: "1000 bytes".into() });
}

#[tokio::test]
async fn a_policy_that_hides_rows_is_an_error_and_not_nobody() {
    let mut house = House::on(Db::Postgres).with("shop", SHOP, vec![table("customers", [key("id"), email()])]).await;
    let kari = [proven("email", "kari@example.no")];
    let guest = house.guest("shop").await;
    house.systems[0].connection = guest;
    house.grant("shop", "SELECT ON", "customers").await;
    assert_eq!(search(&house.connectors(), &house.systems, &kari, "shop").await.unwrap().records.len(), 1);
    house.run("shop", "ALTER TABLE customers ENABLE ROW LEVEL SECURITY").await;
    let error = search(&house.connectors(), &house.systems, &kari, "shop").await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Denied, Cause::Forbidden));
}

async fn a_column_that_holds_no_addresses_any_more_is_an_error_and_not_nobody(db: Db) {
    let house = House::on(db).with("shop", SHOP, vec![table("customers", [key("id"), email()])]).await;
    let kari = [proven("email", "kari@example.no")];
    assert_eq!(search(&house.connectors(), &house.systems, &kari, "shop").await.unwrap().records.len(), 1);
    house.run("shop", "ALTER TABLE customers DROP COLUMN email").await;
    house.run("shop", "ALTER TABLE customers ADD COLUMN email DATE").await;
    let error = search(&house.connectors(), &house.systems, &kari, "shop").await.unwrap_err();
    let retyped =
        SchemaProblem::Retyped { collection: "customers".into(), field: "email".into(), map: "string".into(), live: "date".into() };
    assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::Schema(Box::new(retyped))));
}

#[tokio::test]
async fn an_unknown_system_is_said_so() {
    let house = shop().await;
    let error = house.connectors().get("shoop").err().unwrap();
    assert_eq!(error.to_string(), "could not connect in `shoop`: no such system is connected");
}

async fn the_map_is_compared_with_the_live_schema(db: Db) {
    let sql = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, nickname TEXT, colour TEXT);
        CREATE TABLE lines (a INTEGER, b INTEGER, PRIMARY KEY (a, b)); CREATE TABLE notes (id INTEGER PRIMARY KEY);";
    let collections = vec![
        table("customers", [key("id"), email(), plain("phone")]),
        table("lines", [key("a"), plain("b")]),
        table("notes", [key("id")]),
        table("custommers", [key("id"), email()]),
    ];
    let house = House::on(db).with("shop", sql, collections).await;
    let problems: Vec<String> = house.check("shop").await.iter().map(ToString::to_string).collect();
    let expected = [
        "table `customers` has no column `phone`",
        "the data map does not name these columns of `customers`: `colour`",
        "the primary key of `lines` is `a`, `b`, the data map says `a`",
        "the database has no table `custommers`, did you mean `customers`?",
        "columns of `customers` look personal and are not in the data map, so nobody is shown them: `nickname` (name)",
        "nothing leads to `lines`: give a field an `identity` or `references`",
        "nothing leads to `notes`: give a field an `identity` or `references`",
    ];
    assert_eq!(problems, expected);
    let warnings: Vec<_> = house.check("shop").await.into_iter().filter(|problem| !problem.is_error()).collect();
    let personal = vec![("nickname".to_owned(), "name".to_owned())];
    assert_eq!(
        warnings,
        [
            SchemaProblem::Unmapped { collection: "customers".into(), columns: vec!["colour".into()] },
            SchemaProblem::Personal { collection: "customers".into(), columns: personal },
        ]
    );
}

async fn addresses_that_are_stored_folded_are_found_by_their_index(db: Db) {
    let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, email TEXT); CREATE INDEX by_email ON t (email);
        INSERT INTO t VALUES (1, 'kari@example.no'), (2, 'kåri@example.no'), (3, NULL);";
    let folded = habeas_core::law::map::Field { normalised: true, ..email() };
    let house = House::on(db).with("shop", sql, vec![table("t", [key("id"), folded])]).await;
    let find = async |address: &str| {
        let found = search(&house.connectors(), &house.systems, &[proven("email", address)], "shop").await.unwrap();
        found.records.len()
    };
    // A collation that takes å for a does not lead to somebody else.
    assert_eq!((find(" KARI@example.no ").await, find("kåri@example.no").await), (1, 1));
    assert_eq!(house.check("shop").await, []);
    house.run("shop", "INSERT INTO t VALUES (4, 'Kari@example.no'), (5, ' kari@example.no')").await;
    let problem = SchemaProblem::NotNormalised { collection: "t".into(), field: "email".into(), rows: 2 };
    assert_eq!(house.check("shop").await, [problem]);
}

async fn a_system_that_may_not_be_used_is_denied(db: Db) {
    let mut house = House::on(db).with("shop", SHOP, vec![table("customers", [key("id"), email()])]).await;
    let plan = part("shop", [delete("customers", id(1))]);
    let guest = house.guest("shop").await;
    house.systems[0].connection = guest;
    let denied = (Kind::Denied, Cause::Forbidden);
    let checked = house.connectors().check(&house.systems).await.remove("shop").unwrap();
    match db {
        // It does not even say what is there.
        Db::Mariadb => assert_eq!(checked.unwrap(), [SchemaProblem::NoTable { collection: "customers".into(), closest: None }]),
        _ => assert_eq!(checked.map_err(|error| (error.kind, error.source)), Err(denied.clone()), "may not read"),
    }
    house.grant("shop", "SELECT ON", "customers").await;
    assert_eq!(house.check("shop").await, []);
    let error = house.erase(&plan).await.unwrap_err();
    assert_eq!((error.kind, error.source), denied, "may not delete");
    assert_eq!(house.rows("shop", "id", "customers").await, ["1"]);
}

async fn a_server_that_is_not_there_is_asked_again_later(db: Db) {
    let mut house = House::on(db).with("shop", SHOP, vec![table("customers", [key("id"), email()])]).await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    house.server_mut("shop").port = Some(port);
    let error = house.erase(&part("shop", [delete("customers", id(1))])).await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Transient, Cause::Unreachable));
}

async fn a_connection_that_broke_while_it_waited_is_made_again(db: Db) {
    let mut house = House::on(db).with("shop", SHOP, vec![table("customers", [key("id"), email()])]).await;
    let guest = house.guest("shop").await;
    house.systems[0].connection = guest;
    house.grant("shop", "SELECT ON", "customers").await;
    let (connectors, kari) = (house.connectors(), [proven("email", "kari@example.no")]);
    assert_eq!(search(&connectors, &house.systems, &kari, "shop").await.unwrap().records.len(), 1);
    house.break_connections("shop").await;
    assert_eq!(search(&connectors, &house.systems, &kari, "shop").await.unwrap().records.len(), 1);
}

async fn a_server_that_never_ends_is_stopped(db: Db) {
    let sleep = if db == Db::Postgres { "CAST(pg_sleep(60) AS TEXT)" } else { "CAST(sleep(60) AS CHAR)" };
    let sql = format!(
        "CREATE TABLE one (id INTEGER PRIMARY KEY); INSERT INTO one VALUES (1); CREATE VIEW endless AS SELECT id, {sleep} AS email FROM one"
    );
    let mut house = House::on(db).with("shop", &sql, vec![table("endless", [key("id"), email()])]).await;
    house.caps.time = Duration::from_millis(700);
    let error = search(&house.connectors(), &house.systems, &[proven("email", "kari@example.no")], "shop").await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Transient, Cause::TooSlow { seconds: 0 }));
}

async fn settings_that_cannot_work_go_to_a_person(db: Db) {
    let mut house = House::on(db).with("shop", SHOP, vec![table("customers", [key("id"), email()])]).await;
    let plan = part("shop", [delete("customers", id(1))]);
    house.server_mut("shop").password = Some(Secret::File("nowhere".into()));
    let error = house.erase(&plan).await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::NoSecret("file:nowhere".into())));
    house.server_mut("shop").password = None;
    house.server_mut("shop").database = "no_such_database".into();
    let error = house.erase(&plan).await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::NoDatabase));
    // A server without a certificate cannot prove its name.
    house.server_mut("shop").tls = Tls::Verify { ca: None };
    assert_eq!(house.erase(&plan).await.unwrap_err().kind, Kind::Permanent);
}

on_every_database!(
    an_answer_too_large_is_an_error_and_not_a_part_of_it,
    the_map_is_compared_with_the_live_schema,
    addresses_that_are_stored_folded_are_found_by_their_index,
);

on_both_servers!(
    a_column_that_holds_no_addresses_any_more_is_an_error_and_not_nobody,
    a_system_that_may_not_be_used_is_denied,
    a_server_that_is_not_there_is_asked_again_later,
    a_connection_that_broke_while_it_waited_is_made_again,
    a_server_that_never_ends_is_stopped,
    settings_that_cannot_work_go_to_a_person,
);
