//! Documents in columns: found by what lies inside, shown value by value, emptied in part.

use habeas_core::law::{
    map::{Direction, Field},
    record::{Record, Value},
};

use super::house::{
    Db, House, delete, email, empty, from, id, identity, key, names, on_every_database, part, plain, proven, refers, table, text,
};
use crate::connector::{Cause, Fault, Remain, Tally, Verified, search};

/// A column for documents, as each database has one.
fn spelled(db: Db, sql: &str) -> String {
    let json = match db {
        Db::Sqlite => "TEXT",
        Db::Postgres => "JSONB",
        Db::Mariadb => "JSON",
    };
    sql.replace("{json}", json)
}

const PEOPLE: &str = r#"CREATE TABLE people (id INTEGER PRIMARY KEY, profile {json}, note TEXT);
    INSERT INTO people VALUES
        (1, '{"name": "Kari", "contact": {"emails": [{"address": "KARI@example.no"}, {"address": "k@x.no"}]}, "order_ids": [70, "71"], "score": 4}', 'x'),
        (2, '{"name": "Ola", "contact": {"emails": [{"address": "ola@example.no"}]}, "order_ids": [80]}', 'y'),
        (3, '{"name": "kari@example.no"}', 'only mentions her'), (4, NULL, 'z'), (5, '[]', 'z');
    CREATE TABLE orders (id INTEGER PRIMARY KEY, what TEXT);
    INSERT INTO orders VALUES (70, 'visa'), (71, 'photo'), (80, 'his');"#;

async fn people(db: Db) -> House {
    let address = Field { whole_lists: true, ..identity("profile.contact.emails.address", "email") };
    let order_ids = refers(plain("profile.order_ids"), "crm.orders.id", Direction::Both);
    let people = [key("id"), plain("profile.name"), address, order_ids, plain("profile.score"), plain("note")];
    let collections = vec![table("people", people), table("orders", [key("id"), plain("what")])];
    House::on(db).with("crm", &spelled(db, PEOPLE), collections).await
}

async fn found(house: &House) -> Vec<Record> {
    search(&house.connectors(), &house.systems, &[proven("email", "kari@example.no")], "crm").await.unwrap().records
}

async fn a_person_is_found_by_what_lies_in_a_document_and_every_value_is_read(db: Db) {
    let house = people(db).await;
    let found = found(&house).await;
    assert_eq!(names(&found), ["crm.people/1", "crm.orders/70", "crm.orders/71"], "not by a mention elsewhere, and his order is his");
    let value = |field| found[0].value(field).clone();
    assert_eq!((value("profile.name"), value("profile.score"), value("note")), (text("Kari"), Value::Integer(4), text("x")));
    assert_eq!(value("profile.contact.emails.address"), Value::List(vec![text("KARI@example.no"), text("k@x.no")]), "all of them are hers");
    assert_eq!(value("profile.order_ids"), Value::List(vec![Value::Integer(70), text("71")]), "each counts, as a number or as a text");
    assert_eq!(house.check("crm").await, []);
}

async fn elements_about_others_are_left_out_whichever_way_the_search_came(db: Db) {
    let sql = r#"CREATE TABLE members (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO members VALUES (5, 'kari@example.no'), (6, 'ola@example.no');
        CREATE TABLE trips (id INTEGER PRIMARY KEY, title TEXT, party {json});
        INSERT INTO trips VALUES (1, 'Angkor', '[{"mail": "ola@example.no", "member": 6, "meal": "fish"}, {"mail": "kari@example.no", "member": 9, "meal": "none"},
            {"mail": "old@example.no", "member": 5, "meal": "rice"}]'), (2, 'his', '[{"mail": "ola@example.no", "member": 6}]');"#;
    let party = [identity("party.mail", "email"), from("party.member", "crm.members.id"), plain("party.meal")];
    let trips = table("trips", [key("id"), plain("title")].into_iter().chain(party));
    let house = House::on(db).with("crm", &spelled(db, sql), vec![table("members", [key("id"), email()]), trips]).await;
    let found = found(&house).await;
    assert_eq!(names(&found), ["crm.members/5", "crm.trips/1"]);
    let meals = Value::List(vec![Value::Others, text("none"), text("rice")]);
    assert_eq!(found[1].value("party.meal"), &meals, "one by her address, one by her number, which was known a round later");
    assert!(found[1].is_shared() && !found[0].is_shared());
    assert!(!format!("{found:?}").contains("fish") && !format!("{found:?}").contains("ola"), "nothing of his leaves the connector");
}

async fn a_part_of_a_document_goes_and_the_rest_stays(db: Db) {
    let house = people(db).await;
    let plan = part(
        "crm",
        [
            empty("people", id(1), &["profile.contact.emails.address", "profile.score"]),
            empty("people", id(5), &["profile.contact.emails.address", "profile.score"]),
        ],
    );
    let remain = |rows, fault| Verified::Remains(vec![Remain { collection: "people".into(), rows, fault }]);
    assert_eq!(house.verify(&plan).await.unwrap(), remain(1, Fault::NotCleared));
    let erased = house.erase(&plan).await.unwrap();
    assert_eq!(
        (erased.total(), erased.also_changed),
        (Tally { deleted: 0, cleared: 1, already_gone: 1 }, 0),
        "in the other there was nothing"
    );
    let read: Vec<_> = house.rows("crm", "id,profile", "people").await.iter().map(|row| row.replace(' ', "")).collect();
    let kept = |row: &str, texts: &[&str]| texts.iter().all(|text| row.contains(text));
    assert!(
        kept(&read[0], &["\"name\":\"Kari\"", "\"order_ids\":[70,\"71\"]"]) && !kept(&read[0], &["example"]) && !kept(&read[0], &["score"])
    );
    assert!(kept(&read[1], &["ola@example.no"]) && read[4] == "5|[]", "{read:?}");
    assert_eq!(house.verify(&plan).await.unwrap(), Verified::Clean { checked: 2 });
    assert_eq!(house.erase(&plan).await.unwrap().total(), Tally { deleted: 0, cleared: 0, already_gone: 2 }, "once");
}

async fn where_all_that_is_known_of_a_document_goes_the_whole_of_it_goes(db: Db) {
    let house = people(db).await;
    let all = ["note", "profile.contact.emails.address", "profile.name", "profile.order_ids", "profile.score"];
    house.erase(&part("crm", [empty("people", id(1), &all)])).await.unwrap();
    assert_eq!(house.rows("crm", "id,profile,note", "people").await[0], "1|NULL|NULL", "with what the map does not know of");
    let first = house.erase(&part("crm", [delete("people", id(2))])).await.unwrap();
    assert_eq!(first.total().deleted, 1, "and a row goes as any other");
}

async fn columns_and_parts_go_together_and_what_stays_is_proven_the_same(db: Db) {
    let house = people(db).await;
    let erased = house.erase(&part("crm", [empty("people", id(1), &["note", "profile.name"])])).await.unwrap();
    assert_eq!((erased.total(), erased.also_changed), (Tally { deleted: 0, cleared: 1, already_gone: 0 }, 0));
    let row = house.rows("crm", "id,note,profile", "people").await[0].clone();
    assert!(row.starts_with("1|NULL|{") && row.contains("KARI@example.no") && !row.contains("\"Kari\""), "{row}");
}

on_every_database!(
    a_person_is_found_by_what_lies_in_a_document_and_every_value_is_read,
    elements_about_others_are_left_out_whichever_way_the_search_came,
    a_part_of_a_document_goes_and_the_rest_stays,
    where_all_that_is_known_of_a_document_goes_the_whole_of_it_goes,
    columns_and_parts_go_together_and_what_stays_is_proven_the_same,
);

#[tokio::test]
async fn letters_that_a_document_escapes_hide_nobody_and_broken_ones_are_said() {
    let sql = r#"CREATE TABLE people (id INTEGER PRIMARY KEY, profile TEXT);
        INSERT INTO people VALUES (1, '{"mail": "k\u00e5re\u0040example.no"}'), (2, '{"mail": "KÅRE@example.no "}'), (3, '{"mail": "kåre@example.no"'),
            (4, '"kåre@example.no"'), (5, '{"mail": ["x", "kåre@example.no"], "a": 1}');"#;
    let collections = vec![table("people", [key("id"), identity("profile.mail", "email"), plain("profile.a")])];
    let house = House::new().with("crm", sql, collections).await;
    let proven = [proven("email", "kåre@example.no")];
    let found = search(&house.connectors(), &house.systems, &proven, "crm").await.unwrap().records;
    assert_eq!(names(&found), ["crm.people/1", "crm.people/2", "crm.people/5"]);
    assert_eq!(found[2].value("profile.mail"), &Value::List(vec![Value::Others, text("kåre@example.no")]));
    let broken = house.erase(&part("crm", [empty("people", id(3), &["profile.mail"])])).await.unwrap_err();
    assert!(matches!(&broken.source, Cause::Plan(why) if why.ends_with("the text is not valid JSON")), "{broken}");
}

#[tokio::test]
async fn a_list_of_a_database_that_has_lists_counts_element_by_element() {
    let house = House::on(Db::Postgres)
        .with(
            "crm",
            "CREATE TABLE people (id INTEGER PRIMARY KEY, emails TEXT[]); INSERT INTO people VALUES (1, '{\"Kari@example.no\",k@x.no}'), (2, '{kari@example.no.evil}');",
            vec![table("people", [key("id"), Field { list: true, whole_lists: true, ..identity("emails", "email") }])],
        )
        .await;
    let found = found(&house).await;
    assert_eq!(names(&found), ["crm.people/1"]);
    assert_eq!(found[0].value("emails"), &Value::List(vec![text("Kari@example.no"), text("k@x.no")]));
}
