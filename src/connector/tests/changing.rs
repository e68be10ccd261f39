//! Changing fields: all of them or nothing, of that subject only, and never over somebody else's work.

use habeas_core::law::{
    change::Write,
    map::System,
    record::{Key, Value},
};

use super::house::{Db, House, email, id, key, on_every_database, plain, table, text};
use crate::connector::{Cause, Changed, ConnectorError, Fault, Kind, Remain, Verified};

const CUSTOMERS: &str = "CREATE TABLE customers (
    id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, city TEXT NOT NULL CHECK (length(city) > 1), born TEXT,
    resting INTEGER NOT NULL DEFAULT 0 CHECK (resting IN (0, 1)), loud TEXT GENERATED ALWAYS AS (upper(city)) STORED
  ) STRICT;
  INSERT INTO customers (id, email, city) VALUES (1, 'kari@example.no', 'Oslo'), (2, 'ola@example.no', 'Oslo')";

async fn shop(db: Db) -> House {
    let locked = habeas_core::law::map::Field { read_only: true, ..plain("born") };
    let fields = [key("id"), email(), plain("city"), locked, plain("resting"), plain("loud")];
    House::on(db).with("shop", CUSTOMERS, vec![table("customers", fields)]).await
}

fn write(field: &str, was: Value, to: Value) -> Write {
    Write { collection: "customers".to_owned(), key: id(1), field: field.to_owned(), was, to, whose: Key::new() }
}

fn city(to: &str) -> Write {
    write("city", text("Oslo"), text(to))
}

async fn change(house: &House, writes: &[Write]) -> Result<Changed, ConnectorError> {
    house.connectors().get("shop")?.change(writes, "case-1").await
}

async fn verify(house: &House, writes: &[Write]) -> Verified {
    house.connectors().get("shop").unwrap().verify_changed(writes).await.unwrap()
}

fn remains(rows: u64) -> Remain {
    Remain { collection: "customers".to_owned(), rows, fault: Fault::NotChanged }
}

async fn cities(house: &House) -> Vec<String> {
    house.rows("shop", "id,city,resting", "customers").await
}

async fn a_change_changes_one_row_once_and_can_be_taken_back(db: Db) {
    let house = shop(db).await;
    let writes = [city("Bergen"), write("resting", Value::Integer(0), Value::Integer(1))];
    assert_eq!(verify(&house, &writes).await, Verified::Remains(vec![remains(2)]));
    assert_eq!(change(&house, &writes).await.unwrap(), Changed { changed: 2, ..Changed::default() });
    assert_eq!(change(&house, &writes).await.unwrap(), Changed { already: 2, ..Changed::default() });
    assert_eq!(verify(&house, &writes).await, Verified::Clean { checked: 2 });
    assert_eq!(cities(&house).await, ["1|Bergen|1", "2|Oslo|0"], "nobody else's row");
    let back = [write("resting", Value::Integer(1), Value::Integer(0))];
    assert_eq!(change(&house, &back).await.unwrap().changed, 1);
    assert_eq!(cities(&house).await, ["1|Bergen|0", "2|Oslo|0"]);
}

async fn what_the_database_refuses_undoes_everything_and_goes_to_a_person(db: Db) {
    let house = shop(db).await;
    let same = write("email", text("kari@example.no"), text("ola@example.no"));
    let refused = [
        (city("X"), "CHECK"),
        (write("city", text("Oslo"), Value::Null), "NOT NULL"),
        (write("resting", Value::Integer(0), text("yes")), if db == Db::Sqlite { "cannot store TEXT" } else { "does not fit" }),
        (same, "UNIQUE"),
    ];
    for (bad, word) in refused {
        // After another one of the same row that would have gone well.
        let was = if bad.field == "city" { text("Bergen") } else { bad.was.clone() };
        let error = change(&house, &[city("Bergen"), Write { was, ..bad }]).await.unwrap_err();
        assert_eq!(error.kind, Kind::Permanent, "{error}");
        assert!(error.to_string().contains(word), "{error}");
        assert!(!error.to_string().contains("ola@"), "{error}");
        assert_eq!(cities(&house).await, ["1|Oslo|0", "2|Oslo|0"], "{word}");
    }
}

async fn what_somebody_else_wrote_since_is_left_alone(db: Db) {
    let house = shop(db).await;
    house.run("shop", "UPDATE customers SET city = 'Hamar' WHERE id = 1").await;
    let error = change(&house, &[city("Bergen")]).await.unwrap_err();
    assert_eq!(error.source, Cause::Moved { collection: "customers".to_owned(), field: "city".to_owned() });
    assert_eq!(cities(&house).await, ["1|Hamar|0", "2|Oslo|0"]);
}

async fn a_row_that_has_become_somebody_elses_is_left_alone(db: Db) {
    let house = shop(db).await;
    let whose = Key::from([("email".to_owned(), text("kari@example.no"))]);
    let writes = [Write { whose, ..write("resting", Value::Integer(0), Value::Integer(1)) }];
    house.run("shop", "UPDATE customers SET email = 'eva@example.no' WHERE id = 1").await;
    let error = change(&house, &writes).await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::Another { collection: "customers".to_owned() }));
    assert_eq!(verify(&house, &writes).await, Verified::Remains(vec![remains(1)]));
    assert_eq!(cities(&house).await, ["1|Oslo|0", "2|Oslo|0"]);
    house.run("shop", "UPDATE customers SET email = 'kari@example.no' WHERE id = 1").await;
    assert_eq!(change(&house, &writes).await.unwrap().changed, 1);
    assert_eq!(verify(&house, &writes).await, Verified::Clean { checked: 1 });
}

async fn a_correction_of_capitals_or_blanks_is_one(db: Db) {
    let house = shop(db).await;
    house.run("shop", "UPDATE customers SET city = 'oslo ' WHERE id = 1").await;
    let write = write("city", text("oslo "), text("Oslo"));
    assert_eq!(verify(&house, std::slice::from_ref(&write)).await, Verified::Remains(vec![remains(1)]));
    assert_eq!(change(&house, std::slice::from_ref(&write)).await.unwrap().changed, 1);
    assert_eq!(cities(&house).await, ["1|Oslo|0", "2|Oslo|0"]);
}

async fn many_records_change_in_one_piece(db: Db) {
    let house = shop(db).await;
    let rows: Vec<String> = (3..=450).map(|id| format!("({id}, 'p{id}@example.no', 'Oslo')")).collect();
    house.run("shop", &format!("INSERT INTO customers (id, email, city) VALUES {}", rows.join(", "))).await;
    let rest = |number| Write { key: id(number), ..write("resting", Value::Integer(0), Value::Integer(1)) };
    let writes: Vec<Write> = (3..=500).map(rest).collect();
    assert_eq!(change(&house, &writes).await.unwrap(), Changed { changed: 448, gone: 50, already: 0 });
    assert_eq!(verify(&house, &writes).await, Verified::Clean { checked: 498 });
    assert_eq!(house.rows("shop", "id", "customers WHERE resting = 0").await, ["1", "2"]);
}

async fn a_trigger_that_undoes_a_change_is_noticed(db: Db) {
    let house = shop(db).await;
    let before = ("BEFORE UPDATE", "SET NEW.city = 'Moss'");
    let after = ("AFTER UPDATE OF city", "UPDATE customers SET city = 'Moss' WHERE id = new.id");
    house.trigger("shop", "back", "customers", [after, ("BEFORE UPDATE", "NEW.city = 'Moss'"), before]).await;
    let error = change(&house, &[city("Bergen")]).await.unwrap_err();
    assert_eq!(error.source, Cause::NotTaken { collection: "customers".to_owned(), field: "city".to_owned() });
    assert_eq!(cities(&house).await, ["1|Oslo|0", "2|Oslo|0"]);
}

async fn a_record_that_is_gone_is_nothing_done(db: Db) {
    let house = shop(db).await;
    house.run("shop", "DELETE FROM customers WHERE id = 1").await;
    let changed = change(&house, &[city("Bergen")]).await.unwrap();
    assert_eq!(changed, Changed { gone: 1, ..Changed::default() });
    assert!(changed.is_nothing());
    assert_eq!(verify(&house, &[city("Bergen")]).await, Verified::Clean { checked: 1 });
}

async fn only_what_the_map_allows_is_written(db: Db) {
    let house = shop(db).await;
    let other_key = Write { key: Key::from([("email".to_owned(), text("kari@example.no"))]), ..city("Bergen") };
    for bad in [
        write("nothing", Value::Null, text("x")),
        write("born", Value::Null, text("1980-01-02")),
        write("id", Value::Integer(1), Value::Integer(3)),
        write("loud", text("OSLO"), text("X")),
        Write { collection: "nobody".to_owned(), ..city("Bergen") },
        other_key,
        Write { key: Key::new(), ..city("Bergen") },
    ] {
        let error = change(&house, std::slice::from_ref(&bad)).await.unwrap_err();
        assert!(matches!(error.source, Cause::Plan(_)), "{bad:?}: {error}");
    }
    let systems: &[System] = &house.systems;
    assert_eq!(systems.len(), 1);
    assert_eq!(cities(&house).await, ["1|Oslo|0", "2|Oslo|0"]);
}

async fn a_locked_system_is_tried_again_later(db: Db) {
    let house = shop(db).await;
    let _lock = house.lock("shop", "customers").await;
    assert_eq!(change(&house, &[city("Bergen")]).await.unwrap_err().kind, Kind::Transient);
}

on_every_database!(
    a_change_changes_one_row_once_and_can_be_taken_back,
    what_the_database_refuses_undoes_everything_and_goes_to_a_person,
    what_somebody_else_wrote_since_is_left_alone,
    a_row_that_has_become_somebody_elses_is_left_alone,
    a_correction_of_capitals_or_blanks_is_one,
    many_records_change_in_one_piece,
    a_trigger_that_undoes_a_change_is_noticed,
    a_record_that_is_gone_is_nothing_done,
    only_what_the_map_allows_is_written,
    a_locked_system_is_tried_again_later,
);
