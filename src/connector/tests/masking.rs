//! Masked fields: each record says afterwards exactly what the plan says, in few statements, whatever the columns are made of.

use habeas_core::law::{
    map::{Collection, Field},
    mask::{Made, Mask, Shape, Strategy},
    plan::{ErasureStep, Says, SystemPlan},
    record::{Key, Record, Value},
};

use super::house::{Db, House, delete, empty, id, keep, key, masked, on_both_servers, on_every_database, part, plain, says, table, text};
use crate::connector::{Cause, Fault, Kind, Remain, SchemaProblem, Tally, Verified};

const SHOP: &str = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, phone TEXT, born {text});
    INSERT INTO customers VALUES (1, 'kari@example.no', 'Kari', '98', '1980-05-01'), (2, 'ola@example.no', 'Ola', '97', '1970-05-01'),
      (3, 'pia@example.no', 'Pia', '96', '1990-05-01');";

async fn shop(db: Db) -> House {
    let fields = [key("id"), plain("email"), plain("name"), plain("phone"), plain("born")];
    House::on(db).with("shop", SHOP, vec![table("customers", fields)]).await
}

fn hmac(value: &str) -> Says {
    says(Strategy::Hmac, text(value))
}

fn plan() -> SystemPlan {
    let anonymous = |number, email: &str, name: &str| {
        masked("customers", id(number), [("email", hmac(email)), ("name", hmac(name)), ("phone", Says::Blank)])
    };
    part("shop", [anonymous(1, "a1a1a1a1", "It's; \"one\""), anonymous(2, "b2b2b2b2", "To\u{20ac}\\"), keep("customers", id(3))])
}

async fn every_record_says_what_the_plan_says_of_it(db: Db) {
    let house = shop(db).await;
    let connectors = house.connectors();
    assert_eq!(connectors.get("shop").unwrap().rehearse(&plan()).await.unwrap().total().cleared, 2);
    assert!(house.rows("shop", "email", "customers").await.contains(&"kari@example.no".to_owned()), "a rehearsal changes nothing");
    let tally = Tally { cleared: 2, ..Tally::default() };
    assert_eq!(house.erase(&plan()).await.unwrap().total(), tally);
    let expected = ["1|a1a1a1a1|It's; \"one\"|NULL", "2|b2b2b2b2|To\u{20ac}\\|NULL", "3|pia@example.no|Pia|96"];
    assert_eq!(house.rows("shop", "id,email,name,phone", "customers").await, expected);
    assert_eq!(house.verify(&plan()).await.unwrap(), Verified::Clean { checked: 3 });
    let again = house.erase(&plan()).await.unwrap().total();
    assert_eq!(again, Tally { already_gone: 2, ..Tally::default() }, "the same twice is the same once");
}

async fn a_mask_that_is_not_what_was_approved_is_read_back_as_such(db: Db) {
    let house = shop(db).await;
    house.erase(&plan()).await.unwrap();
    house.run("shop", "UPDATE customers SET name = 'it''s; \"one\"' WHERE id = 1").await;
    let remain = Remain { collection: "customers".to_owned(), rows: 1, fault: Fault::NotCleared };
    assert_eq!(house.verify(&plan()).await.unwrap(), Verified::Remains(vec![remain]), "another letter case is another text");
}

async fn thousands_of_different_masks_go_in_one_piece(db: Db) {
    let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT NOT NULL UNIQUE);
        INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i, 'x' || i FROM n;";
    let sql = if db == Db::Mariadb { sql.replace("'x' || i", "concat('x', i)") } else { sql.to_owned() };
    let house = House::on(db).with("shop", &sql, vec![table("t", [key("id"), plain("v")])]).await;
    let steps: Vec<ErasureStep> = (1..=2500).map(|number| masked("t", id(number), [("v", hmac(&format!("m{number:08}")))])).collect();
    let plan = part("shop", steps);
    assert_eq!(house.erase(&plan).await.unwrap().total().cleared, 2500);
    assert_eq!(house.rows("shop", "v", "t").await.iter().filter(|row| row.starts_with('m')).count(), 2500);
    assert_eq!(house.verify(&plan).await.unwrap(), Verified::Clean { checked: 2500 });
}

/// Why a plan over one field is refused, with nothing changed.
async fn refused(house: &House, step: ErasureStep) -> Cause {
    let before = house.rows("shop", "id,email,name,phone", "customers").await;
    let plan = part("shop", [delete("customers", id(3)), step]);
    let rehearsed = house.connectors().get("shop").unwrap().rehearse(&plan).await.unwrap_err();
    assert_eq!((&rehearsed.source, rehearsed.kind), (&house.erase(&plan).await.unwrap_err().source, Kind::Permanent));
    assert_eq!(house.rows("shop", "id,email,name,phone", "customers").await, before);
    rehearsed.source
}

async fn a_fixed_text_is_no_mask_for_what_must_be_unique(db: Db) {
    let fixed = masked("customers", id(1), [("email", says(Strategy::StringRewrite, text("gone")))]);
    let why = "`email` of `customers` must be unique, and `string_rewrite` says the same of everybody: write `hash`, `hmac` or `random_string_rewrite`";
    assert_eq!(refused(&shop(db).await, fixed).await, Cause::Plan(why.to_owned()));
    let twice = masked("customers", id(1), [("email", hmac("ola@example.no"))]);
    assert!(matches!(refused(&shop(db).await, twice).await, Cause::Constraint(why) if why.contains("UNIQUE")));
}

async fn a_column_that_is_too_short_is_found_by_the_rehearsal(db: Db) {
    let sql = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email {text}, name VARCHAR(10), phone INT);
        INSERT INTO customers VALUES (1, 'kari@example.no', 'Kari', 98), (3, 'pia@example.no', 'Pia', 96);";
    let house = House::on(db).with("shop", sql, vec![table("customers", [key("id"), plain("email"), plain("name"), plain("phone")])]).await;
    let long = masked("customers", id(1), [("name", hmac("0123456789a"))]);
    let why = "`name` of `customers` takes 10 characters and `hmac` makes 11: write `length: 10` in the data map";
    assert_eq!(refused(&house, long).await, Cause::Plan(why.to_owned()));
    let large = masked("customers", id(1), [("phone", says(Strategy::Hash, Value::Integer(123_456_789_012_345)))]);
    let why = "`phone` of `customers` takes no number of 15 digits: write `length: 9` in the data map, or another mask";
    assert_eq!(refused(&house, large).await, Cause::Plan(why.to_owned()));
    let words = masked("customers", id(1), [("phone", hmac("a1b2c3d4"))]);
    assert!(matches!(refused(&house, words).await, Cause::Plan(why) if why.contains("cannot say what `hmac` makes of it")));
    let fitting = [("name", hmac("0123456789")), ("phone", says(Strategy::Hash, Value::Integer(123_456_789)))];
    house.erase(&part("shop", [masked("customers", id(1), fitting)])).await.unwrap();
    assert_eq!(house.rows("shop", "id,name,phone", "customers").await, ["1|0123456789|123456789", "3|Pia|96"]);
}

/// A table of one row with a column of some type, and what it says after a mask.
async fn says_after(db: Db, typed: &str, before: &str, mask: Says) -> Result<String, Cause> {
    let sql = format!("CREATE TABLE t (id BIGINT PRIMARY KEY, v {typed}); INSERT INTO t VALUES (1, {before});");
    let house = House::on(db).with("shop", "", vec![table("t", [key("id"), plain("v")])]).await;
    house.run_as_written("shop", &sql).await;
    let plan = part("shop", [masked("t", id(1), [("v", mask.clone())])]);
    house.erase(&plan).await.map_err(|error| error.source)?;
    assert_eq!(house.verify(&plan).await.unwrap(), Verified::Clean { checked: 1 }, "{typed}");
    let found = house.connectors().get("shop").unwrap().find(&[question(id(1))]).await.unwrap();
    assert!(mask.is_said_by(found[0].value("v")), "{typed}: {:?}", found[0].value("v"));
    let found: &Record = &found[0];
    Ok(found.value("v").to_text())
}

fn question(key: Key) -> crate::connector::Question {
    let values = key.into_values().collect();
    super::house::asked("t", "id", values)
}

async fn every_type_is_masked_by_what_fits_it(db: Db) {
    let fixed = |value| says(Strategy::StringRewrite, value);
    let pg = db == Db::Postgres;
    let other = if pg { "numeric(14,2)" } else { "DECIMAL(14,2)" };
    assert_eq!(says_after(db, other, "12.5", fixed(Value::Integer(123_456_789))).await.unwrap(), "123456789.00");
    assert_eq!(says_after(db, "CHAR(12) NOT NULL", "'Kari'", hmac("a1b2c3d4")).await.unwrap().trim_end(), "a1b2c3d4");
    assert_eq!(says_after(db, "DATE", "'1980-05-01'", fixed(text("2000-01-01"))).await.unwrap(), "2000-01-01");
    assert_eq!(says_after(db, if pg { "boolean" } else { "TINYINT(1)" }, "'1'", fixed(Value::Integer(0))).await.unwrap(), "0");
    assert_eq!(says_after(db, "DOUBLE PRECISION", "1.5", fixed(Value::Real(2.25))).await.unwrap(), "2.25");
    let moment = if pg { "timestamptz" } else { "DATETIME" };
    let moment = says_after(db, moment, "'1980-05-01 12:00:00'", fixed(text("2000-01-01T10:00:00Z"))).await.unwrap();
    assert!(moment.starts_with("2000-01-01 10:00:00"), "{moment}");
    let id = says(Strategy::Hash, text("a1b2c3d4"));
    assert!(matches!(says_after(db, "UUID", "'123e4567-e89b-12d3-a456-426614174000'", id).await, Err(Cause::Plan(_))));
}

async fn one_of_a_list_of_words_takes_a_word_of_the_list(db: Db) {
    let typed = "ENUM('open', 'closed', 'unknown') NOT NULL";
    let fixed = |word| says(Strategy::StringRewrite, text(word));
    if db == Db::Postgres {
        let house = House::on(db).with("shop", "", vec![table("t", [key("id"), plain("v")])]).await;
        let sql = "CREATE TYPE state AS ENUM ('open', 'closed', 'unknown'); CREATE TABLE t (id BIGINT PRIMARY KEY, v state NOT NULL); INSERT INTO t VALUES (1, 'open');";
        house.run_as_written("shop", sql).await;
        let plan = |word| part("shop", [masked("t", id(1), [("v", fixed(word))])]);
        assert!(matches!(house.erase(&plan("gone")).await.unwrap_err().source, Cause::Constraint(_)));
        house.erase(&plan("unknown")).await.unwrap();
        assert_eq!(house.rows("shop", "v", "t").await, ["unknown"]);
        return;
    }
    assert_eq!(says_after(db, typed, "'open'", fixed("unknown")).await.unwrap(), "unknown");
    assert!(matches!(says_after(db, typed, "'open'", fixed("gone")).await, Err(Cause::Plan(_))));
}

async fn a_trigger_that_writes_elsewhere_is_counted_and_one_that_undoes_is_told(db: Db) {
    let house = shop(db).await;
    house.run("shop", "CREATE TABLE seen (who INTEGER, said TEXT)").await;
    house.trigger("shop", "note", "customers", [("AFTER UPDATE", "INSERT INTO seen VALUES (new.id, 'changed')"); 3]).await;
    let erased = house.erase(&plan()).await.unwrap();
    assert_eq!((erased.total().cleared, erased.also_changed), (2, 2));
    let house = shop(db).await;
    let spoil = [
        ("AFTER UPDATE", "UPDATE customers SET name = 'Kari' WHERE id = new.id AND name <> 'Kari'"),
        ("BEFORE UPDATE", "NEW.name := 'Kari'"),
        ("BEFORE UPDATE", "SET NEW.name = 'Kari'"),
    ];
    house.trigger("shop", "spoil", "customers", spoil).await;
    let error = house.erase(&plan()).await.unwrap_err();
    assert_eq!(error.source, Cause::Undone { collection: "customers".to_owned(), rows: 2 });
    assert!(house.rows("shop", "email", "customers").await.contains(&"ola@example.no".to_owned()), "all or nothing");
}

async fn blank_and_masked_records_of_one_collection_go_together(db: Db) {
    let house = shop(db).await;
    let plan = part(
        "shop",
        [
            empty("customers", id(1), &["name", "email"]),
            masked("customers", id(2), [("name", hmac("a1")), ("email", Says::Blank)]),
            masked("customers", id(3), [("name", hmac("c3")), ("email", Says::Blank)]),
        ],
    );
    assert_eq!(house.erase(&plan).await.unwrap().total().cleared, 3);
    assert_eq!(house.rows("shop", "id,name", "customers").await, ["1|NULL", "2|a1", "3|c3"]);
    assert_eq!(house.verify(&plan).await.unwrap(), Verified::Clean { checked: 3 });
}

/// What no erasure could write is told by `habeas check --live`, before anybody asks for one.
async fn masks_that_do_not_fit_are_told_beforehand(db: Db) {
    let masked = |name: &str, mask: Mask| Field { mask: Some(mask), ..plain(name) };
    let made = |count| Mask::Made(Made::Hmac, Shape::Letters { count, suffix: String::new() });
    let fields = || {
        vec![
            key("id"),
            masked("code", made(16)),
            masked("email", Mask::Fixed(text("gone"))),
            masked("name", made(16)),
            masked("visits", Mask::Fixed(text("none"))),
            masked("small", Mask::Made(Made::Random, Shape::Digits(6))),
            masked("fits", Mask::Made(Made::Random, Shape::Digits(4))),
            Field { mask: Some(Mask::Keep), ..plain("kept") },
            plain("free"),
        ]
    };
    let (small, free) = match db {
        Db::Sqlite => ("INTEGER", "TEXT"),
        Db::Postgres => ("smallint", "interval NOT NULL"),
        Db::Mariadb => ("smallint", "ENUM('a', 'b') NOT NULL"),
    };
    let sql = format!(
        "CREATE TABLE t (id int PRIMARY KEY, code VARCHAR(8), email VARCHAR(60) UNIQUE, name VARCHAR(60), visits int, small {small}, fits {small}, kept VARCHAR(4), free {free})"
    );
    let mut house = House::on(db).with("shop", "", vec![table("t", fields())]).await;
    house.run_as_written("shop", &sql).await;
    let cannot_be_emptied = |problem: &SchemaProblem| matches!(problem, SchemaProblem::Mask { said: false, .. });
    assert!(!house.check("shop").await.iter().any(cannot_be_emptied), "its rows may all go");
    house.systems[0].collections[0].anonymise = true;
    let problems = house.check("shop").await;
    let told = problems.iter().filter_map(|problem| match problem {
        SchemaProblem::Mask { field, said, why, .. } => {
            assert_eq!(problem.is_error(), *said, "{problem}");
            assert!(why.contains(&format!("`{field}` of `t`")), "{why}");
            Some((field.as_str(), *said))
        }
        _ => None,
    });
    let told: Vec<(&str, bool)> = told.collect();
    // A file takes whatever it is given, as long as nothing must be unique.
    let expected = match db {
        Db::Sqlite => vec![("email", true)],
        _ => vec![("code", true), ("email", true), ("visits", true), ("small", true), ("free", false)],
    };
    assert_eq!(told, expected, "{problems:#?}");
    let fitting = table("t", fields().into_iter().filter(|field| !expected.iter().any(|(name, _)| *name == field.name)));
    house.systems[0].collections = vec![Collection { anonymise: true, ..fitting }];
    let left: Vec<_> = house.check("shop").await.into_iter().filter(|problem| matches!(problem, SchemaProblem::Mask { .. })).collect();
    assert_eq!(left, []);
}

on_every_database!(
    masks_that_do_not_fit_are_told_beforehand,
    every_record_says_what_the_plan_says_of_it,
    a_mask_that_is_not_what_was_approved_is_read_back_as_such,
    thousands_of_different_masks_go_in_one_piece,
    a_fixed_text_is_no_mask_for_what_must_be_unique,
    a_trigger_that_writes_elsewhere_is_counted_and_one_that_undoes_is_told,
    blank_and_masked_records_of_one_collection_go_together,
);
on_both_servers!(
    a_column_that_is_too_short_is_found_by_the_rehearsal,
    every_type_is_masked_by_what_fits_it,
    one_of_a_list_of_words_takes_a_word_of_the_list,
);
