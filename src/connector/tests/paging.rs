//! A collection is read from end to end, page by page, and no record is missed or read twice.

use habeas_core::law::record::{Key, Value};

use super::house::{Db, House, key, names, on_every_database, plain, table};
use crate::connector::Cause;

async fn read_through(house: &House, collection: &str, limit: usize) -> Vec<String> {
    let connectors = house.connectors();
    let (mut all, mut after) = (Vec::new(), None::<Key>);
    loop {
        let page = connectors.get("shop").unwrap().page(collection, after.as_ref(), limit).await.unwrap();
        assert!(page.len() <= limit);
        let Some(last) = page.last() else { return all };
        after = Some(last.key.clone());
        all.extend(names(&page));
    }
}

async fn every_record_once_in_pages_of_any_size(db: Db) {
    let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (-3, 'a'), (1, 'b'), (2, 'c'), (10, 'd'), (900, NULL);
        CREATE TABLE seats (train VARCHAR(20), seat INTEGER, who TEXT, PRIMARY KEY (train, seat)) WITHOUT ROWID;
        INSERT INTO seats VALUES ('a', 10, 'x'), ('a', 2, 'x'), ('B', 1, 'x'), ('\u{e6}', 1, 'x');";
    let seats = table("seats", [key("train"), key("seat"), plain("who")]);
    let house = House::on(db).with("shop", sql, vec![table("t", [key("id"), plain("v")]), seats]).await;
    for limit in [1, 2, 3, 5, 100] {
        let expected = ["shop.t/-3", "shop.t/1", "shop.t/2", "shop.t/10", "shop.t/900"];
        assert_eq!(read_through(&house, "t", limit).await, expected, "{limit}");
        let mut seats = read_through(&house, "seats", limit).await;
        seats.sort();
        assert_eq!(seats, ["shop.seats/1+B", "shop.seats/1+\u{e6}", "shop.seats/10+a", "shop.seats/2+a"], "{limit}");
    }
}

async fn what_has_no_order_says_so(db: Db) {
    let sql = "CREATE TABLE log (said TEXT); INSERT INTO log VALUES ('x');";
    let house = House::on(db).with("shop", sql, vec![table("log", [plain("said")])]).await;
    let connectors = house.connectors();
    let shop = connectors.get("shop").unwrap();
    assert!(matches!(shop.page("log", None, 5).await.unwrap_err().source, Cause::Plan(why) if why.contains("no primary key")));
    let half = Key::from([("said".to_owned(), Value::Null)]);
    assert!(shop.page("log", Some(&half), 5).await.is_err());
    assert!(shop.page("nothing", None, 5).await.is_err());
}

on_every_database!(every_record_once_in_pages_of_any_size, what_has_no_order_says_so);
