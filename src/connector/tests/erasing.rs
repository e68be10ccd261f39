//! What the plan says, no more, no less, once.

use habeas_core::law::{
    map::Field,
    record::{Key, Value},
};

use super::house::{Db, House, delete, email, empty, id, keep, key, on_every_database, part, plain, table, text};
use crate::connector::{Cause, Done, Fault, Kind, Remain, Tally, Verified};

const SHOP: &str = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, phone TEXT, born INTEGER NOT NULL,
        photo BLOB NOT NULL, seen TEXT);
    INSERT INTO customers VALUES (1, 'kari@example.no', 'Kari', '98', 1980, x'01', 'then'), (2, 'ola@example.no', 'Ola', '99', 1970, x'02', 'then'),
        (3, 'pia@example.no', 'Pia', NULL, 1960, x'03', 'then');";

fn fields() -> Vec<Field> {
    let seen = Field { technical: true, ..plain("seen") };
    vec![key("id"), email(), plain("name"), plain("phone"), plain("born"), plain("photo"), seen]
}

async fn shop(db: Db) -> House {
    House::on(db).with("shop", SHOP, vec![table("customers", fields())]).await
}

async fn customers(house: &House) -> Vec<String> {
    let photo = if house.db == Db::Postgres { "substring(photo::text FROM 3)" } else { "hex(photo)" };
    house.rows("shop", &format!("id,email,name,phone,born,{photo}"), "customers").await
}

const OLA: &str = "2|ola@example.no|Ola|99|1970|02";
const PIA: &str = "3|pia@example.no|Pia|NULL|1960|03";

async fn a_deleted_row_is_gone_and_stays_gone_when_asked_again(db: Db) {
    let house = shop(db).await;
    let plan = part("shop", [delete("customers", id(1)), keep("customers", id(2))]);
    assert_eq!(
        house.verify(&plan).await.unwrap(),
        Verified::Remains(vec![Remain { collection: "customers".into(), rows: 1, fault: Fault::NotDeleted }])
    );
    let first = house.erase(&plan).await.unwrap();
    assert_eq!(first.collections["customers"], Tally { deleted: 1, cleared: 0, already_gone: 0 });
    assert_eq!((first.done(), first.also_changed), (Done::Erased, 0));
    assert_eq!(customers(&house).await, [OLA, PIA]);
    assert_eq!(house.verify(&plan).await.unwrap(), Verified::Clean { checked: 2 });
    let second = house.erase(&plan).await.unwrap();
    assert_eq!((second.total(), second.done()), (Tally { deleted: 0, cleared: 0, already_gone: 1 }, Done::AlreadyGone));
}

async fn nothing_planned_is_nothing_found_and_never_done(db: Db) {
    let house = shop(db).await;
    for plan in [part("shop", []), part("shop", [keep("customers", id(1))])] {
        assert_eq!(house.erase(&plan).await.unwrap().done(), Done::NothingFound);
    }
    assert_eq!(customers(&house).await.len(), 3);
}

async fn emptied_fields_respect_what_the_table_requires(db: Db) {
    let house = shop(db).await;
    let fields = ["born", "email", "name", "phone", "photo"];
    let plan = part("shop", [empty("customers", id(1), &fields), empty("customers", id(3), &fields), keep("customers", id(2))]);
    let erased = house.erase(&plan).await.unwrap();
    assert_eq!(erased.total(), Tally { deleted: 0, cleared: 2, already_gone: 0 });
    let rows = customers(&house).await;
    assert!(rows[0].starts_with("1|erased-") && rows[0].ends_with("||NULL|0|"), "{rows:?}");
    assert!(rows[2].starts_with("3|erased-") && rows[0][2..] != rows[2][2..], "{rows:?}");
    assert_eq!(rows[1], OLA);
    assert_eq!(house.verify(&plan).await.unwrap(), Verified::Clean { checked: 3 });
    assert_eq!(house.erase(&plan).await.unwrap().total(), Tally { deleted: 0, cleared: 0, already_gone: 2 });
    house.run("shop", "UPDATE customers SET phone = '98' WHERE id = 1; DELETE FROM customers WHERE id = 2").await;
    let remain = |rows, fault| Remain { collection: "customers".into(), rows, fault };
    assert_eq!(house.verify(&plan).await.unwrap(), Verified::Remains(vec![remain(1, Fault::NotCleared), remain(1, Fault::NotKept)]));
}

async fn a_check_that_forbids_emptiness_undoes_everything(db: Db) {
    let house = House::on(db)
        .with(
            "shop",
            "CREATE TABLE a (id INTEGER PRIMARY KEY, email TEXT NOT NULL, CONSTRAINT has_at CHECK (email LIKE '%@%')); INSERT INTO a VALUES (1, 'kari@example.no');
             CREATE TABLE b (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO b VALUES (1, 'kari@example.no');",
            vec![table("a", [key("id"), email()]), table("b", [key("id"), email()])],
        )
        .await;
    let error =
        house.erase(&part("shop", [delete("b", id(1)), empty("b", id(1), &["email"]), empty("a", id(1), &["email"])])).await.unwrap_err();
    let Cause::Constraint(told) = &error.source else { panic!("{error}") };
    assert!(told.contains("CHECK") && told.contains("has_at"), "{told}");
    assert_eq!(error.kind, Kind::Permanent);
    assert_eq!(house.rows("shop", "id,email", "b").await, ["1|kari@example.no"]);
}

async fn what_the_map_forbids_is_refused_before_anything_happens(db: Db) {
    let mut fields = fields();
    fields[2].read_only = true;
    let house = House::on(db).with("shop", SHOP, vec![table("customers", fields)]).await;
    let cases = [
        (empty("customers", id(1), &["name"]), "`name` of `customers` is read-only"),
        (empty("customers", id(1), &["id"]), "`id` of `customers` is part of the primary key"),
        (empty("customers", id(1), &["nose"]), "`nose` of `customers` is not in the map"),
        (empty("customers", id(1), &[]), "it empties no field of `customers`"),
        (delete("customers", Key::new()), "a record of `customers` is not named by the whole primary key"),
        (delete("customers", Key::from([("id".into(), Value::Null)])), "a record of `customers` is not named by the whole primary key"),
        (
            delete("customers", Key::from([("email".into(), text("kari@example.no"))])),
            "a record of `customers` is not named by the whole primary key",
        ),
        (delete("custard", id(1)), "there is no collection `custard`"),
    ];
    for (step, why) in cases {
        let error = house.erase(&part("shop", [delete("customers", id(2)), step])).await.unwrap_err();
        assert_eq!(error.source, Cause::Plan(why.into()));
    }
    assert_eq!(customers(&house).await.len(), 3);
}

async fn a_key_that_is_not_unique_deletes_nobody(db: Db) {
    let sql = "CREATE TABLE loose (no INTEGER, name TEXT); INSERT INTO loose VALUES (1, 'Kari'), (1, 'Ola');";
    let house = House::on(db).with("shop", sql, vec![table("loose", [key("no"), plain("name")])]).await;
    let error = house.erase(&part("shop", [delete("loose", Key::from([("no".into(), Value::Integer(1))]))])).await.unwrap_err();
    assert_eq!(error.source, Cause::Ambiguous { collection: "loose".into(), rows: 2, planned: 1 });
    assert_eq!(house.rows("shop", "name", "loose").await.len(), 2);
}

async fn a_record_both_deleted_and_kept_is_neither(db: Db) {
    let house = shop(db).await;
    let error = house.erase(&part("shop", [delete("customers", id(1)), keep("customers", id(1))])).await.unwrap_err();
    assert_eq!(error.source, Cause::Disturbed("customers".into()));
    assert_eq!(customers(&house).await.len(), 3);
}

async fn a_trigger_may_note_the_time_but_not_touch_what_stays(db: Db) {
    let house = shop(db).await;
    let tables = "CREATE TABLE seen (who INTEGER, said TEXT); CREATE TABLE notes (id INTEGER PRIMARY KEY, said TEXT); INSERT INTO notes VALUES (2, 'hers')";
    house.run("shop", tables).await;
    let note = ("AFTER UPDATE", "INSERT INTO seen VALUES (new.id, 'changed')");
    house.trigger("shop", "note", "customers", [note; 3]).await;
    let mut house = house;
    house.systems[0].collections.push(table("notes", [key("id"), plain("said")]));
    let erased = house.erase(&part("shop", [empty("customers", id(1), &["phone"])])).await.unwrap();
    assert_eq!((erased.total().cleared, erased.also_changed), (1, 1));
    house.trigger("shop", "spoil", "customers", [("AFTER DELETE", "UPDATE notes SET said = 'x' WHERE id = 2"); 3]).await;
    let error = house.erase(&part("shop", [delete("customers", id(1)), keep("notes", id(2))])).await.unwrap_err();
    assert_eq!(error.source, Cause::Disturbed("notes".into()));
    assert_eq!(customers(&house).await.len(), 3);
    assert_eq!(house.rows("shop", "said", "notes").await, ["hers"]);
}

async fn what_a_trigger_says_is_not_repeated(db: Db) {
    let house = shop(db).await;
    let never = [
        ("BEFORE DELETE", "SELECT RAISE(ABORT, 'never delete kari@example.no')"),
        ("BEFORE DELETE", "RAISE EXCEPTION 'never delete kari@example.no'"),
        ("BEFORE DELETE", "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'never delete kari@example.no'"),
    ];
    house.trigger("shop", "never", "customers", never).await;
    let error = house.erase(&part("shop", [delete("customers", id(1))])).await.unwrap_err();
    let code = ["SQLite result code 1811", "SQLSTATE P0001", "SQLSTATE 45000"][db as usize];
    assert_eq!(error.to_string(), format!("could not erase in `shop`: the database refused the change: {code}"));
    assert!(!format!("{error:?}").contains("kari"));
}

async fn a_rehearsal_says_what_would_happen_and_changes_nothing(db: Db) {
    let house = shop(db).await;
    let connectors = house.connectors();
    let shop = connectors.get("shop").unwrap();
    let plan = part("shop", [delete("customers", id(1)), empty("customers", id(3), &["name"])]);
    assert_eq!(shop.rehearse(&plan).await.unwrap().total(), Tally { deleted: 1, cleared: 1, already_gone: 0 });
    assert_eq!(customers(&house).await.len(), 3);
    house
        .run(
            "shop",
            "CREATE TABLE visits (who INTEGER NOT NULL, FOREIGN KEY (who) REFERENCES customers (id)); INSERT INTO visits VALUES (1)",
        )
        .await;
    let error = shop.rehearse(&plan).await.unwrap_err();
    assert_eq!(error.source, Cause::Referred { table: "visits".into(), to: "customers".into(), rows: 1 });
}

async fn composite_and_text_keys_name_their_row_only(db: Db) {
    let sql = "CREATE TABLE seats (train TEXT, seat INTEGER, who TEXT, PRIMARY KEY (train, seat)) WITHOUT ROWID;
        INSERT INTO seats VALUES ('a', 1, 'Kari'), ('a', 2, 'Ola'), ('b', 1, 'Pia');";
    let house = House::on(db).with("shop", sql, vec![table("seats", [key("train"), key("seat"), plain("who")])]).await;
    let seat = |train: &str, seat| Key::from([("train".into(), text(train)), ("seat".into(), Value::Integer(seat))]);
    let plan = part("shop", [delete("seats", seat("a", 1)), delete("seats", seat("b", 2))]);
    assert_eq!(house.erase(&plan).await.unwrap().total(), Tally { deleted: 1, cleared: 0, already_gone: 1 });
    assert_eq!(house.rows("shop", "train,seat", "seats").await, ["a|2", "b|1"]);
}

async fn a_large_plan_goes_in_one_piece(db: Db) {
    let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT);
        INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i, 'x' FROM n;";
    let house = House::on(db).with("shop", sql, vec![table("t", [key("id"), plain("v")])]).await;
    let plan = part("shop", (1..=2500).map(|number| delete("t", id(number))));
    assert_eq!(house.erase(&plan).await.unwrap().total().deleted, 2500);
    assert_eq!(house.rows("shop", "id", "t").await.len(), 500);
    assert_eq!(house.verify(&plan).await.unwrap(), Verified::Clean { checked: 2500 });
}

on_every_database!(
    a_deleted_row_is_gone_and_stays_gone_when_asked_again,
    nothing_planned_is_nothing_found_and_never_done,
    emptied_fields_respect_what_the_table_requires,
    a_check_that_forbids_emptiness_undoes_everything,
    what_the_map_forbids_is_refused_before_anything_happens,
    a_key_that_is_not_unique_deletes_nobody,
    a_record_both_deleted_and_kept_is_neither,
    a_trigger_may_note_the_time_but_not_touch_what_stays,
    what_a_trigger_says_is_not_repeated,
    composite_and_text_keys_name_their_row_only,
    a_large_plan_goes_in_one_piece,
    a_rehearsal_says_what_would_happen_and_changes_nothing,
);
