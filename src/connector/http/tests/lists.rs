//! Lists in an answer, and answers that hold more than was asked for.

use habeas_core::law::record::Value;
use serde_json::json;

use super::{
    server::{Reply, Server},
    shop::{Shop, about, about_kari, caps, desk, map, system},
};
use crate::connector::{
    Cause, Connector, Connectors, Matching, search_all,
    tests::house::{names, proven, text},
};

/// The orders of the shop have lines, words and guests.
fn with_lists(base: &str) -> String {
    let lists = "
          - name: lines
            fides_meta: {data_type: 'object[]'}
            fields:
              - {name: sku, data_categories: [user.content]}
          - {name: tags, data_categories: [user.content], fides_meta: {data_type: 'string[]'}}
          - name: guests
            fides_meta: {data_type: 'object[]'}
            fields:
              - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
              - {name: phone, data_categories: [user.contact.phone_number]}
";
    let orders = "          - {name: total, habeas: {label: {nb: a, nl: b, en: c}}}\n";
    let find = "          customer_id: {path: /orders, query: {customer: '{value}'}}\n        read: {path: '/orders/{id}'}";
    let by_guest = find.replace("        read:", "          guests.email: {path: /guests, query: {email: '{value}'}}\n        read:");
    let map = map(base).replace(orders, &format!("{}{}", orders, lists.trim_start_matches('\n'))).replace(find, &by_guest);
    assert!(map.contains("guests.email") && map.contains("string[]"), "{map}");
    map
}

fn order() -> serde_json::Value {
    json!({"id": 70, "customer_id": 7, "total": 9.5, "lines": [{"sku": "visa"}, {"sku": 4}, {}], "tags": ["a", "b"],
        "guests": [{"email": "Kari@example.no", "phone": "1"}, {"email": "ola@example.no", "phone": "2"}]})
}

async fn open() -> (Server, String) {
    let shop = Shop::open();
    let server = Server::start(move |asked| match asked.path() {
        "/orders" if asked.query("customer").is_some_and(|customer| customer != "7") => Reply::json(200, &json!({"orders": []})),
        "/guests" | "/orders" => Reply::json(200, &json!({"orders": [order()]})),
        "/orders/70" => Reply::json(200, &json!({"order": order()})),
        _ => shop.answer(asked),
    })
    .await;
    let map = with_lists(&server.base());
    (server, map)
}

#[tokio::test]
async fn every_element_below_a_list_is_read() {
    let (_server, map) = open().await;
    let desk = desk(&map, &[], caps());
    let found = desk.find(&about("orders", "customer_id", Value::Integer(7), Matching::Exact)).await.unwrap();
    assert_eq!(found[0].value("lines.sku"), &Value::List(vec![text("visa"), Value::Integer(4), Value::Null]));
    assert_eq!(found[0].value("tags"), &Value::List(vec![text("a"), text("b")]));
    assert_eq!(found[0].value("total"), &Value::Real(9.5));
}

#[tokio::test]
async fn who_is_found_in_a_list_sees_nobody_else_in_it() {
    let (_server, map) = open().await;
    let systems = [system(&map)];
    let connectors = Connectors::with_caps(&systems, std::path::Path::new("."), caps());
    let found = search_all(&connectors, &systems, &[proven("email", "ola@example.no")]).await.unwrap();
    let order = found.records.iter().find(|record| record.collection == "orders").unwrap();
    assert_eq!(order.value("guests.phone"), &Value::List(vec![Value::Others, text("2")]));
    assert!(order.is_shared(), "so a person sees to it");
    assert!(!format!("{found:?}").contains("Kari@"), "{found:?}");
}

#[tokio::test]
async fn a_field_below_a_list_is_not_told_as_missing() {
    let (_server, map) = open().await;
    let desk = desk(&map.replace("records: /orders\n", "records: /orders\n        check: {path: /orders}\n"), &[], caps());
    let told: Vec<String> = desk.check().await.unwrap().iter().map(ToString::to_string).collect();
    assert!(!told.iter().any(|problem| problem.contains("has anything at")), "{told:#?}");
}

/// A shop that takes `kari` for `karin`, as a search box does.
#[tokio::test]
async fn what_is_only_similar_is_left_out_where_the_map_expects_it() {
    let shop = Shop::open();
    let server = Server::start(move |asked| match asked.path() {
        "/customers" => Reply::json(200, &shop.tables.lock().unwrap()["customers"].values().cloned().collect()),
        _ => shop.answer(asked),
    })
    .await;
    let strict = desk(&map(&server.base()), &[], caps()).find(&about_kari()).await.unwrap_err();
    assert_eq!(strict.source, Cause::Others("customers".into()), "nobody said that it would");
    let similar = map(&server.base()).replacen("email: {path: /customers,", "email: {match: similar, path: /customers,", 1);
    let found = desk(&similar, &[], caps()).find(&about_kari()).await.unwrap();
    assert_eq!(names(&found), ["shop.customers/7"]);
}
