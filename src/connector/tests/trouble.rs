//! Locked, gone, slow, or not what the map says.

use std::time::Duration;

use habeas_core::law::record::Value;
use sqlx::Connection;

use super::house::{Db, House, delete, email, id, key, on_every_database, part, plain, proven, table};
use crate::connector::{Cause, Kind, Matching, Question, SchemaProblem, search};

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
    let question =
        Question { collection: "t".into(), field: "email".into(), values: vec![Value::Text("k".into())], matching: Matching::Exact };
    let connectors = house.connectors();
    let error = connectors.get("shop").unwrap().find(&[question]).await.unwrap_err();
    assert_eq!(error.source, Cause::TooMuch { collection: "t".into(), cap: "1000 bytes".into() });
}

#[tokio::test]
async fn an_unknown_system_is_said_so() {
    let house = shop().await;
    let error = house.connectors().get("shoop").err().unwrap();
    assert_eq!(error.to_string(), "could not connect in `shoop`: no such system is connected");
}

async fn the_map_is_compared_with_the_live_schema(db: Db) {
    let sql = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, nickname TEXT);
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
        "the data map does not name these columns of `customers`: `nickname`",
        "the primary key of `lines` is `a`, `b`, the data map says `a`",
        "the database has no table `custommers`, did you mean `customers`?",
        "nothing leads to `lines`: give a field an `identity` or `references`",
        "nothing leads to `notes`: give a field an `identity` or `references`",
    ];
    assert_eq!(problems, expected);
    let warnings: Vec<_> = house.check("shop").await.into_iter().filter(|problem| !problem.is_error()).collect();
    assert_eq!(warnings, [SchemaProblem::Unmapped { collection: "customers".into(), columns: vec!["nickname".into()] }]);
}

on_every_database!(an_answer_too_large_is_an_error_and_not_a_part_of_it, the_map_is_compared_with_the_live_schema,);
