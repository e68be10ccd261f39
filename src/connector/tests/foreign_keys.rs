//! Chains, circles and rows that nobody decided about.

use super::house::{Db, House, delete, empty, id, keep, key, on_every_database, part, plain, table};
use crate::connector::{Cause, Kind, Tally, Verified};
use habeas_core::law::map::Collection;

fn tables(names: &[&str]) -> Vec<Collection> {
    names.iter().map(|name| table(name, [key("id"), plain("up")])).collect()
}

/// Three tables, each referring to the one before, with the given clause.
async fn chain(db: Db, clause: &str) -> House {
    let sql = format!(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, up TEXT);
         CREATE TABLE b (id INTEGER PRIMARY KEY, up INTEGER REFERENCES a(id){clause});
         CREATE TABLE c (id INTEGER PRIMARY KEY, up INTEGER REFERENCES b(id){clause});
         INSERT INTO a VALUES (1, 'x'), (2, 'y'); INSERT INTO b VALUES (1, 1), (2, 2); INSERT INTO c VALUES (1, 1), (2, 2), (3, 1);"
    );
    House::on(db).with("shop", &sql, tables(&["a", "b", "c"])).await
}

const CLAUSES: [&str; 5] = ["", " ON DELETE RESTRICT", " ON DELETE CASCADE", " ON DELETE SET NULL", " DEFERRABLE INITIALLY DEFERRED"];

/// `MariaDB` looks at every foreign key at once.
fn clauses(db: Db) -> &'static [&'static str] {
    if db == Db::Mariadb { &CLAUSES[..4] } else { &CLAUSES }
}

async fn a_chain_is_deleted_from_its_end_in_whatever_order_it_was_planned(db: Db) {
    for clause in clauses(db) {
        let house = chain(db, clause).await;
        let plan = part("shop", [delete("a", id(1)), delete("b", id(1)), delete("c", id(1)), delete("c", id(3))]);
        let erased = house.erase(&plan).await.unwrap();
        assert_eq!(erased.total(), Tally { deleted: 4, cleared: 0, already_gone: 0 }, "{clause}");
        assert_eq!(erased.also_changed, 0, "{clause}");
        for table in ["a", "b", "c"] {
            assert_eq!(house.rows("shop", "id", table).await, ["2"], "{clause}");
        }
        assert_eq!(house.verify(&plan).await.unwrap(), Verified::Clean { checked: 4 });
    }
}

async fn a_row_that_stays_protects_what_it_refers_to(db: Db) {
    for clause in clauses(db) {
        let house = chain(db, clause).await;
        for last in [keep("c", id(3)), delete("c", id(2))] {
            let plan = part("shop", [delete("a", id(1)), delete("b", id(1)), delete("c", id(1)), last]);
            let error = house.erase(&plan).await.unwrap_err();
            assert_eq!(error.source, Cause::Referred { table: "c".into(), to: "b".into(), rows: 1 }, "{clause}");
            assert_eq!(error.kind, Kind::Permanent);
        }
        for (table, rows) in [("a", 2), ("b", 2), ("c", 3)] {
            assert_eq!(house.rows("shop", "id", table).await.len(), rows, "{clause}: nothing half erased");
        }
    }
}

async fn a_table_that_nobody_mapped_is_named(db: Db) {
    let house = chain(db, "").await;
    house
        .run("shop", r#"CREATE TABLE "Loyalty" (n INTEGER REFERENCES a(id) ON DELETE CASCADE); INSERT INTO "Loyalty" VALUES (1), (1), (2)"#)
        .await;
    let plan = part("shop", [delete("a", id(1)), delete("b", id(1)), delete("c", id(1)), delete("c", id(3))]);
    let error = house.erase(&plan).await.unwrap_err();
    let message = "could not erase in `shop`: 2 rows of `Loyalty` that the plan does not delete refer to rows of `a` that it deletes; map `Loyalty` or keep those rows";
    assert_eq!(error.to_string(), message);
    assert_eq!(house.rows("shop", "n", "\"Loyalty\"").await.len(), 3);
}

async fn an_emptied_reference_sets_its_parent_free(db: Db) {
    let house = chain(db, "").await;
    let plan = part("shop", [delete("a", id(1)), empty("b", id(1), &["up"])]);
    assert_eq!(house.erase(&plan).await.unwrap().total(), Tally { deleted: 1, cleared: 1, already_gone: 0 });
    assert_eq!(house.rows("shop", "id,up", "b").await, ["1|NULL", "2|2"]);
}

async fn rows_that_refer_to_rows_of_their_own_table_go_together(db: Db) {
    for clause in clauses(db) {
        let sql = format!(
            "CREATE TABLE a (id INTEGER PRIMARY KEY, up INTEGER REFERENCES a(id){clause});
             INSERT INTO a WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700) SELECT i, nullif(i - 1, 0) FROM n;
             UPDATE a SET up = 700 WHERE id = 1; INSERT INTO a VALUES (1000, 1000);"
        );
        let house = House::on(db).with("shop", &sql, tables(&["a"])).await;
        let plan = part("shop", (1..=700).map(|number| delete("a", id(number))));
        assert_eq!(house.erase(&plan).await.unwrap().total().deleted, 700, "{clause}");
        assert_eq!(house.rows("shop", "id", "a").await, ["1000"]);
        assert_eq!(house.erase(&part("shop", [delete("a", id(1000))])).await.unwrap().total().deleted, 1, "its own parent");
    }
}

async fn a_circle_of_tables_goes_in_one_piece(db: Db) {
    for (clause, required) in [(" ON DELETE RESTRICT", ""), ("", " NOT NULL"), (" ON DELETE CASCADE", " NOT NULL")] {
        let sql = if db == Db::Sqlite {
            format!(
                "CREATE TABLE a (id INTEGER PRIMARY KEY, up INTEGER{required} REFERENCES b{clause});
                 CREATE TABLE b (id INTEGER PRIMARY KEY, up INTEGER{required} REFERENCES a{clause});
                 INSERT INTO a VALUES (1, 1), (2, 2); INSERT INTO b VALUES (1, 1), (2, 2);"
            )
        } else {
            format!(
                "CREATE TABLE a (id INTEGER PRIMARY KEY, up INTEGER{required}); INSERT INTO a VALUES (1, 1), (2, 2);
                 CREATE TABLE b (id INTEGER PRIMARY KEY, up INTEGER{required}, FOREIGN KEY (up) REFERENCES a (id){clause});
                 INSERT INTO b VALUES (1, 1), (2, 2); ALTER TABLE a ADD CONSTRAINT back FOREIGN KEY (up) REFERENCES b (id){clause};"
            )
        };
        let house = House::on(db).with("shop", &sql, tables(&["a", "b"])).await;
        let erased = house.erase(&part("shop", [delete("a", id(1)), delete("b", id(1))])).await.unwrap();
        assert_eq!((erased.total().deleted, erased.also_changed), (2, 0), "{clause}{required}");
        assert_eq!(house.rows("shop", "id,up", "b").await, ["2|2"]);
        let error = house.erase(&part("shop", [delete("a", id(2))])).await.unwrap_err();
        assert_eq!(error.source, Cause::Referred { table: "b".into(), to: "a".into(), rows: 1 });
    }
}

async fn a_composite_foreign_key_is_one_reference(db: Db) {
    let sql = "CREATE TABLE a (id INTEGER PRIMARY KEY, up TEXT, x INTEGER, y INTEGER, UNIQUE (x, y)); INSERT INTO a VALUES (1, '', 7, 8), (2, '', 7, 9);
        CREATE TABLE b (id INTEGER PRIMARY KEY, up TEXT, x INTEGER, y INTEGER, FOREIGN KEY (x, y) REFERENCES a (x, y)); INSERT INTO b VALUES (1, '', 7, 9);";
    let house = House::on(db).with("shop", sql, tables(&["a", "b"])).await;
    assert_eq!(house.erase(&part("shop", [delete("a", id(1))])).await.unwrap().total().deleted, 1);
    let error = house.erase(&part("shop", [delete("a", id(2))])).await.unwrap_err();
    assert_eq!(error.source, Cause::Referred { table: "b".into(), to: "a".into(), rows: 1 });
}

on_every_database!(
    a_chain_is_deleted_from_its_end_in_whatever_order_it_was_planned,
    a_row_that_stays_protects_what_it_refers_to,
    a_table_that_nobody_mapped_is_named,
    an_emptied_reference_sets_its_parent_free,
    rows_that_refer_to_rows_of_their_own_table_go_together,
    a_circle_of_tables_goes_in_one_piece,
    a_composite_foreign_key_is_one_reference,
);
