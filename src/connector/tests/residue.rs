//! What a disk scanner would still find after an erasure.

use std::collections::BTreeMap;

use habeas_core::law::plan::SystemPlan;
use sqlx::Connection;

use super::house::{House, delete, email, empty, id, key, part, plain, scan, table};
use crate::connector::{Cause, Kind, Verified};

/// Customers come in no order, so that pages are split; each has an indexed address and name, and some a
/// picture with pages of its own.
fn sql(journal: &str, secure: &str) -> String {
    format!(
        "PRAGMA journal_mode = {journal}; PRAGMA secure_delete = {secure};
         CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT UNIQUE, name TEXT, photo BLOB);
         CREATE INDEX by_name ON customers (name);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
         INSERT INTO customers SELECT i, 'marker-' || (i * 7919 % 2003) || '-x@example.no', 'Name-' || (i * 104729 % 2003) || '-x',
             CAST('photo-' || i || '-' || hex(zeroblob(iif(i IN (5, 6, 77, 1000, 1999), 9000, 9))) AS BLOB) FROM n ORDER BY (i * 7919 % 2003);"
    )
}

async fn shop(journal: &str, secure: &str) -> House {
    let customers = table("customers", [key("id"), email(), plain("name"), plain("photo")]);
    House::new().with("shop", &sql(journal, secure), vec![customers]).await
}

const ERASED: [i64; 5] = [77, 5, 6, 1000, 1999];

/// The first loses its fields, the others their rows.
fn plan() -> SystemPlan {
    let gone = ERASED[1..].iter().map(|number| delete("customers", id(*number)));
    part("shop", gone.chain([empty("customers", id(ERASED[0]), &["email", "name", "photo"])]))
}

fn left(house: &House) -> BTreeMap<String, usize> {
    let markers = |number: i64| {
        [format!("marker-{}-x", number * 7919 % 2003), format!("Name-{}-x", number * 104_729 % 2003), format!("photo-{number}-")]
    };
    ERASED.into_iter().flat_map(markers).flat_map(|marker| scan(house, "shop", &marker)).collect()
}

#[tokio::test]
async fn no_byte_of_an_erased_value_is_left_in_the_file_or_its_log() {
    for journal in ["DELETE", "WAL", "TRUNCATE"] {
        let house = shop(journal, "ON").await;
        assert_ne!(left(&house), BTreeMap::new(), "the scan sees what is there");
        assert_eq!(house.erase(&plan()).await.unwrap().total().deleted, 4);
        assert_eq!(left(&house), BTreeMap::new(), "{journal}");
        assert_eq!(house.verify(&plan()).await.unwrap(), Verified::Clean { checked: 5 });
    }
}

#[tokio::test]
async fn the_log_is_emptied_even_while_the_system_keeps_it_open() {
    let house = shop("WAL", "ON").await;
    let mut idle = house.visitor("shop").await;
    sqlx::query("UPDATE customers SET photo = 'again-' || photo WHERE id = 5").execute(&mut idle).await.unwrap();
    assert!(scan(&house, "shop", "photo-5-").contains_key("shop.db-wal"));
    house.erase(&plan()).await.unwrap();
    assert_eq!(left(&house), BTreeMap::new());
    idle.close().await.unwrap();
}

#[tokio::test]
async fn what_the_system_itself_left_behind_goes_when_it_is_scrubbed() {
    for journal in ["DELETE", "WAL"] {
        let house = shop(journal, "OFF").await;
        house.erase(&plan()).await.unwrap();
        assert_ne!(left(&house), BTreeMap::new(), "copies from split pages; if this holds no more, `scrub` can go");
        house.connectors().get("shop").unwrap().scrub().await.unwrap();
        assert_eq!(left(&house), BTreeMap::new(), "{journal}");
        assert_eq!(house.rows("shop", "id", "customers").await.len(), 1996);
    }
}

#[tokio::test]
async fn a_reader_that_holds_the_log_open_makes_reading_back_wait() {
    let house = shop("WAL", "ON").await;
    let mut reader = house.visitor("shop").await;
    let mut reading = reader.begin().await.unwrap();
    sqlx::query("SELECT count(*) FROM customers").fetch_one(&mut *reading).await.unwrap();
    let plan = part("shop", [delete("customers", id(5))]);
    house.erase(&plan).await.unwrap();
    let error = house.verify(&plan).await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Transient, Cause::LogInUse));
    reading.rollback().await.unwrap();
    reader.close().await.unwrap();
    assert_eq!(house.verify(&plan).await.unwrap(), Verified::Clean { checked: 1 });
    assert_eq!(scan(&house, "shop", "photo-5-"), BTreeMap::new());
}
