//! What a database says it can do, and what it would say to do it.

use habeas_core::law::{
    map::{Collection, Flag},
    record::Value,
};

use super::house::{House, delete, empty, id, keep, key, part, plain, table};
use crate::connector::{Ask, Idempotency, Operation};

#[tokio::test]
async fn a_database_can_what_its_map_allows_and_shows_its_statements_without_values() {
    let flag = Flag { field: "held".to_owned(), restricted: Value::Integer(1), normal: Value::Integer(0) };
    let collections = vec![
        Collection { restriction: Some(flag), ..table("people", [key("id"), plain("name"), plain("held")]) },
        Collection { append_only: true, ..table("books", [key("id"), plain("line")]) },
        table("log", [plain("line")]),
    ];
    let house = House::new().with("shop", "", collections).await;
    let connectors = house.connectors();
    let shop = connectors.get("shop").unwrap();
    let cannot = |collection: &str| {
        let can = shop.capabilities(collection);
        assert_eq!(can.idempotency, Idempotency::Natural);
        let all = crate::connector::Operation::ALL.into_iter();
        all.filter(|operation| !can.can(*operation)).collect::<Vec<_>>()
    };
    assert_eq!(cannot("people"), []);
    assert_eq!(cannot("books"), [Operation::Correct, Operation::Restrict, Operation::Lift]);
    assert_eq!((cannot("log").len(), cannot("nothing").len()), (7, 8));
    let plan = [delete("people", id(1)), delete("people", id(2)), empty("people", id(3), &["name"]), keep("books", id(4))];
    let people = ["DELETE FROM \"people\" WHERE \"id\" = ? (2×)", "UPDATE \"people\" SET \"name\" = ‹empty› WHERE \"id\" = ? (1×)"];
    assert_eq!(shop.outline(&Ask::Erase(&part("shop", plan))), people);
}
