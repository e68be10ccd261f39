//! One person or more than one.

use habeas_core::law::map::{Collection, Field};

use super::house::{Db, House, email, from, identity, key, on_every_database, plain, proven, table, to};
use crate::connector::{Doubt, Match, match_person};

const SHOP: &str = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, number TEXT);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, number TEXT, email TEXT, customer_id INTEGER);
    INSERT INTO customers VALUES (1, 'kari@example.no', 'C-1'), (2, 'ola@example.no', 'C-2'), (3, 'home@example.no', 'C-3'), (4, 'Home@example.no', 'C-4');
    INSERT INTO orders VALUES (10, 'O-10', 'kari@example.no', 1), (11, 'O-11', 'kari@example.no', 1), (12, 'O-12', NULL, 1), (20, 'O-20', NULL, 2),
        (30, 'O-30', 'guest@example.no', 0), (31, 'O-31', 'guest@example.no', 0);";
const DESK: &str = "CREATE TABLE talks (id INTEGER PRIMARY KEY, email TEXT, name TEXT, number TEXT);
    INSERT INTO talks VALUES (1, 'kari@example.no', 'Kari Nord', NULL), (2, 'kari@example.no', ' kari nord', NULL), (3, 'old@example.no', 'Kari Nord', 'C-1'),
        (4, 'both@example.no', 'Per', NULL), (5, 'both@example.no', 'Pia', NULL), (6, 'sly@example.no', 'Sly', 'C-2'), (7, 'ola@example.no', 'Ola', 'C-1');";

fn shop() -> Vec<Collection> {
    vec![
        table("customers", [key("id"), email(), identity("number", "customer_number")]),
        table("orders", [key("id"), identity("number", "order_number"), email(), from("customer_id", "shop.customers.id")]),
    ]
}

fn talks(number: Field) -> Vec<Collection> {
    let name = Field { categories: vec!["user.name.full".into()], ..plain("name") };
    vec![table("talks", [key("id"), email(), name, number])]
}

async fn house(db: Db) -> House {
    House::on(db).with("shop", SHOP, shop()).await.with("desk", DESK, talks(identity("number", "typed_number"))).await
}

async fn matched(house: &House, identifiers: &[(&str, &str)]) -> Match {
    let identifiers: Vec<_> = identifiers.iter().map(|(kind, value)| proven(kind, value)).collect();
    match_person(&house.connectors(), &house.systems, &identifiers).await.unwrap()
}

fn unsure(why: Doubt) -> Match {
    Match::Unsure { why }
}

async fn a_second_item_that_agrees_is_sure(db: Db) {
    let house = house(db).await;
    assert_eq!(matched(&house, &[("email", "KARI@example.no"), ("customer_number", "C-1")]).await, Match::Sure);
    assert_eq!(matched(&house, &[("email", "kari@example.no"), ("order_number", "O-12")]).await, Match::Sure);
    assert_eq!(matched(&house, &[("customer_number", "C-1"), ("email", "kari@example.no")]).await, Match::Sure, "in any order");
    assert_eq!(matched(&house, &[("email", "guest@example.no"), ("order_number", "O-31")]).await, Match::Sure, "two orders are one guest");
}

async fn what_nobody_knows_is_nothing_and_half_known_is_unsure(db: Db) {
    let house = house(db).await;
    assert_eq!(matched(&house, &[("email", "x@example.no"), ("customer_number", "C-9")]).await, Match::Nothing);
    let unknown = |kind: &str| unsure(Doubt::Unknown { kind: kind.into() });
    assert_eq!(matched(&house, &[("email", "kari@example.no"), ("customer_number", "C-9")]).await, unknown("customer_number"));
    assert_eq!(matched(&house, &[("email", "x@example.no"), ("customer_number", "C-1")]).await, unknown("email"));
}

async fn an_item_of_somebody_else_is_unsure(db: Db) {
    let house = house(db).await;
    let elsewhere = |kind: &str, place: &str| unsure(Doubt::Disagree { kind: kind.into(), place: place.into() });
    let number = matched(&house, &[("email", "kari@example.no"), ("customer_number", "C-2")]).await;
    assert_eq!(number, elsewhere("customer_number", "shop.customers"));
    assert_eq!(matched(&house, &[("email", "kari@example.no"), ("order_number", "O-20")]).await, elsewhere("order_number", "shop.orders"));
}

async fn ab32_a_shared_mailbox_is_for_a_person_to_decide(db: Db) {
    let house = house(db).await;
    let shared = |place: &str, field: &str| unsure(Doubt::Shared { place: place.into(), field: field.into() });
    assert_eq!(matched(&house, &[("email", "home@example.no")]).await, shared("shop.customers", "number"));
    assert_eq!(matched(&house, &[("email", "home@example.no"), ("customer_number", "C-3")]).await, shared("shop.customers", "number"));
    assert_eq!(matched(&house, &[("email", "both@example.no")]).await, shared("desk.talks", "name"));
}

async fn a_reference_that_leads_to_a_second_person_is_noticed(db: Db) {
    // In this map the number typed into a form is followed, and Ola typed Kari's.
    let followed = to("number", "shop.customers.number");
    let house = House::on(db).with("shop", SHOP, shop()).await.with("desk", DESK, talks(followed)).await;
    let why = Doubt::Shared { place: "shop.customers".into(), field: "number".into() };
    assert_eq!(matched(&house, &[("email", "ola@example.no")]).await, unsure(why));
}

on_every_database!(
    a_second_item_that_agrees_is_sure,
    what_nobody_knows_is_nothing_and_half_known_is_unsure,
    an_item_of_somebody_else_is_unsure,
    ab32_a_shared_mailbox_is_for_a_person_to_decide,
    a_reference_that_leads_to_a_second_person_is_noticed,
);
