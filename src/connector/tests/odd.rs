//! Types and values that drivers stumble over: each comes back as the server writes it, can be looked for, and can go.

use habeas_core::law::{
    map::Field,
    record::{Key, Value},
};

use super::house::{Db, House, asked, delete, email, empty, id, key, on_both_servers, part, plain, proven, table, text};
use super::server::server;
use crate::connector::{Verified, search};

const POSTGRES: [(&str, &str, &str); 33] = [
    ("small", "smallint NOT NULL", "-32768"),
    ("big", "bigint NOT NULL", "9223372036854775807"),
    ("exact", "numeric NOT NULL", "'NaN'"),
    ("price", "numeric(40,20)", "'12345678901234567890.12345678901234567890'"),
    ("real4", "real", "0.1"),
    ("endless", "double precision NOT NULL", "'-Infinity'"),
    ("yes", "boolean NOT NULL", "true"),
    ("bytes", "bytea NOT NULL", "'\\x00ff7f'"),
    ("code", "char(6) NOT NULL", "'ab'"),
    ("name", "varchar(20) NOT NULL UNIQUE", "'Kåri 🦊'"),
    ("lasts", "interval NOT NULL", "'1 year 2 mons -3 days 04:05:06.789'"),
    ("spans", "int4range", "'[3,9)'"),
    ("many", "int4multirange", "'{[1,3),[5,7)}'"),
    ("moments", "tstzrange", "'[2026-01-01 00:00+00,infinity)'"),
    ("forever", "timestamptz NOT NULL", "'infinity'"),
    ("never", "date", "'-infinity'"),
    ("ancient", "date NOT NULL", "'0044-03-15 BC'"),
    ("at", "timestamptz", "'2026-11-20 10:00:00.123456+02'"),
    ("clock", "timetz", "'24:00:00+05:30'"),
    ("list", "text[] NOT NULL", "'{a,NULL,\"b,\\\"c\"}'"),
    ("grid", "int[][]", "'{{1,2},{3,4}}'"),
    ("loose", "json NOT NULL", "'{\"a\": 1,  \"a\": 2}'"),
    ("tight", "jsonb", "'{\"b\":1,\"a\":[1,2]}'"),
    ("unlike", "uuid NOT NULL UNIQUE", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"),
    ("address", "inet", "'192.168.0.1/24'"),
    ("net", "cidr", "'::1/128'"),
    ("card", "macaddr", "'08:00:2b:01:02:03'"),
    ("cash", "money", "'1234.50'"),
    ("bits", "bit(5)", "B'10101'"),
    ("more_bits", "bit varying", "B'101'"),
    ("spot", "point", "'(1.5,2)'"),
    ("page", "xml", "'<a>1</a>'"),
    ("words", "tsvector", "'a b'::tsvector"),
];

const MARIADB: [(&str, &str, &str); 30] = [
    ("small", "TINYINT NOT NULL", "-128"),
    ("huge", "BIGINT UNSIGNED NOT NULL", "18446744073709551615"),
    ("price", "DECIMAL(60,20) NOT NULL", "'12345678901234567890.12345678901234567890'"),
    ("real4", "FLOAT", "0.1"),
    ("real8", "DOUBLE NOT NULL", "1e300"),
    ("bits", "BIT(10) NOT NULL", "b'1000000001'"),
    ("yes", "TINYINT(1) NOT NULL", "1"),
    ("since", "YEAR NOT NULL", "1901"),
    ("day", "DATE NOT NULL", "'0000-00-00'"),
    ("half_day", "DATE", "'2026-02-00'"),
    ("moment", "DATETIME(6) NOT NULL", "'9999-12-31 23:59:59.999999'"),
    ("zero", "DATETIME", "'0000-00-00 00:00:00'"),
    ("stamp", "TIMESTAMP(3) NULL", "'2026-11-20 10:00:00.125'"),
    ("lasts", "TIME NOT NULL", "'-838:59:59'"),
    ("old", "VARCHAR(20) CHARACTER SET latin1 NOT NULL", "'Kåre'"),
    ("raw", "VARCHAR(20) CHARACTER SET latin1", "x'4be572'"),
    ("name", "VARCHAR(20) CHARACTER SET utf8mb4 NOT NULL UNIQUE", "'Kåri 🦊'"),
    ("fixed", "BINARY(4) NOT NULL", "x'00ff'"),
    ("blob_", "LONGBLOB", "x'00ff7f'"),
    ("size", "ENUM('small','large') CHARACTER SET latin2", "'large'"),
    ("tags", "SET('a','b','c')", "'a,c'"),
    ("tree", "JSON", "'{\"b\":1,\"a\":[1,2]}'"),
    ("spot", "POINT", "ST_GeomFromText('POINT(1.5 2)')"),
    ("unlike", "UUID NOT NULL UNIQUE", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
    ("address", "INET6", "'2001:db8::ff00:42:8329'"),
    ("note", "TINYTEXT", "'x'"),
    ("long_note", "LONGTEXT NOT NULL", "'long'"),
    ("wide", "VARCHAR(20) CHARACTER SET utf16", "'vid'"),
    ("later", "BIGINT GENERATED ALWAYS AS (small + 1) STORED", "DEFAULT"),
    ("hidden", "INT INVISIBLE DEFAULT 7", "DEFAULT"),
];

fn expected(db: Db) -> Vec<Value> {
    let texts = |values: &[&str]| values.iter().map(|value| text(value)).collect::<Vec<_>>();
    if db == Db::Postgres {
        let mut all =
            vec![Value::Integer(-32768), Value::Integer(i64::MAX), text("NaN"), text("12345678901234567890.12345678901234567890")];
        all.extend([Value::Real(0.1), text("-Infinity"), Value::Integer(1), Value::Bytes(vec![0, 255, 127])]);
        all.extend(texts(&["ab", "Kåri 🦊", "1 year 2 mons -3 days +04:05:06.789", "[3,9)", "{[1,3),[5,7)}"]));
        all.extend(texts(&[
            "[\"2026-01-01 00:00:00+00\",infinity)",
            "infinity",
            "-infinity",
            "0044-03-15 BC",
            "2026-11-20 08:00:00.123456+00",
        ]));
        all.extend(texts(&[
            "24:00:00+05:30",
            "{a,NULL,\"b,\\\"c\"}",
            "{{1,2},{3,4}}",
            "{\"a\": 1,  \"a\": 2}",
            "{\"a\": [1, 2], \"b\": 1}",
        ]));
        all.extend(texts(&["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "192.168.0.1/24", "::1/128", "08:00:2b:01:02:03", "$1,234.50"]));
        all.extend(texts(&["10101", "101", "(1.5,2)", "<a>1</a>", "'a' 'b'"]));
        return all;
    }
    let mut all = vec![Value::Integer(-128), text("18446744073709551615"), text("12345678901234567890.12345678901234567890")];
    all.extend([Value::Real(0.1), Value::Real(1e300), Value::Integer(513), Value::Integer(1), Value::Integer(1901)]);
    all.extend(texts(&["0000-00-00", "2026-02-00", "9999-12-31 23:59:59.999999", "0000-00-00 00:00:00", "2026-11-20 10:00:00.125"]));
    all.extend(texts(&["-838:59:59", "Kåre", "Kår", "Kåri 🦊"]));
    all.extend([Value::Bytes(vec![0, 255, 0, 0]), Value::Bytes(vec![0, 255, 127])]);
    all.extend(texts(&["large", "a,c", "{\"b\":1,\"a\":[1,2]}", "POINT(1.5 2)", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"]));
    all.extend(texts(&["2001:db8::ff00:42:8329", "x", "long", "vid"]));
    all.extend([Value::Integer(-127), Value::Integer(7)]);
    all
}

fn columns(db: Db) -> &'static [(&'static str, &'static str, &'static str)] {
    if db == Db::Postgres { &POSTGRES } else { &MARIADB }
}

async fn odd(db: Db) -> House {
    let declared: Vec<String> = columns(db).iter().map(|(name, typed, _)| format!("{name} {typed}")).collect();
    let values: Vec<&str> = columns(db).iter().map(|(.., value)| *value).collect();
    let names: Vec<&str> = columns(db).iter().map(|(name, ..)| *name).collect();
    let fields = columns(db).iter().map(|(name, ..)| plain(name));
    let fields: Vec<Field> = [key("id"), email()].into_iter().chain(fields).collect();
    let house = House::on(db).with("shop", "", vec![table("odd", fields)]).await;
    let insert = format!("INSERT INTO odd (id, email, {}) VALUES (1, 'kari@example.no', {})", names.join(", "), values.join(", "));
    // As it is: `spelled` is for the stories of all three.
    house.run_as_written("shop", &format!("CREATE TABLE odd (id BIGINT PRIMARY KEY, email VARCHAR(60), {})", declared.join(", "))).await;
    house.run_as_written("shop", &insert).await;
    house
}

async fn every_type_comes_back_as_the_server_writes_it(db: Db) {
    let house = odd(db).await;
    let found = search(&house.connectors(), &house.systems, &[proven("email", "kari@example.no")], "shop").await.unwrap();
    let [record] = found.records.as_slice() else { panic!("{found:?}") };
    for ((name, ..), expected) in columns(db).iter().zip(expected(db)) {
        assert_eq!(record.value(name), &expected, "{name}");
    }
    // What was read is found again by it, where its type can be compared at all.
    let connectors = house.connectors();
    for (name, ..) in columns(db).iter().filter(|(name, ..)| !["real4", "page"].contains(name)) {
        let values = vec![record.value(name).clone()];
        let question = asked("odd", name, values);
        assert_eq!(connectors.get("shop").unwrap().find(&[question]).await.unwrap().len(), 1, "{name}");
    }
}

/// A word in a column of numbers, a number in one of words: nobody is found, and nothing fails.
async fn what_cannot_be_in_a_column_finds_nobody(db: Db) {
    let house = odd(db).await;
    let connectors = house.connectors();
    let values = ["abc", "1 Main Street", "", "1e400", "99999999999999999999999", "a\0b", "\\x00", "2026-13-45"].map(text);
    let values: Vec<Value> = values.into_iter().chain([Value::Bytes(vec![1]), Value::Integer(0), Value::Real(0.5), Value::Null]).collect();
    for (name, ..) in columns(db) {
        let question = asked("odd", name, values.clone());
        assert_eq!(connectors.get("shop").unwrap().find(&[question]).await.unwrap(), [], "{name}");
    }
}

/// Every column that may be emptied is, whatever it requires; what has no blank says so before anything happens.
async fn every_type_can_be_emptied_or_says_why_not(db: Db) {
    let house = odd(db).await;
    let without: &[&str] = if db == Db::Postgres { &["lasts"] } else { &["later"] };
    for (name, ..) in columns(db) {
        let plan = part("shop", [empty("odd", id(1), &[name])]);
        let erased = house.erase(&plan).await;
        if without.contains(name) {
            assert!(erased.unwrap_err().to_string().contains(name), "{name}");
            continue;
        }
        assert_eq!(erased.unwrap_or_else(|error| panic!("{name}: {error}")).total().cleared, 1, "{name}");
        assert_eq!(house.verify(&plan).await.unwrap(), Verified::Clean { checked: 1 }, "{name}");
    }
    let found = search(&house.connectors(), &house.systems, &[proven("email", "kari@example.no")], "shop").await.unwrap();
    for (name, ..) in columns(db).iter().filter(|(name, ..)| !without.contains(name)) {
        assert!(found.records[0].value(name).is_blank(), "{name}: {:?}", found.records[0].value(name));
    }
}

/// A primary key of each type that people use for one names its row, and its row only.
async fn keys_of_many_types_name_their_row(db: Db) {
    let bytes = if db == Db::Postgres { ("bytea", "'\\x00ff'", "'\\x00fe'") } else { ("BINARY(2)", "x'00ff'", "x'00fe'") };
    let types = [
        ("bigint", "9007199254740993", "9007199254740992"),
        ("uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12'"),
        ("varchar(40)", "'Å b\"c\\d'", "'Å b\"c'"),
        ("char(8)", "'ab'", "'abc'"),
        ("decimal(30,10)", "12345678901234567890.1", "12345678901234567890.2"),
        ("date", "'2026-11-20'", "'2026-11-21'"),
        ("timestamp", "'2026-11-20 10:00:00'", "'2026-11-20 10:00:01'"),
        bytes,
    ];
    for (typed, hers, his) in types {
        let house = House::on(db).with("shop", "", vec![table("t", [key("id"), email(), plain("note")])]).await;
        let (hers, his) =
            if db == Db::Mariadb { (hers.replace('\\', "\\\\"), his.replace('\\', "\\\\")) } else { (hers.into(), his.into()) };
        let sql = format!(
            "CREATE TABLE t (id {typed} PRIMARY KEY, email VARCHAR(60), note VARCHAR(60));
             INSERT INTO t VALUES ({hers}, 'kari@example.no', 'x'), ({his}, 'ola@example.no', 'x')"
        );
        house.run_as_written("shop", &sql).await;
        let found = search(&house.connectors(), &house.systems, &[proven("email", "kari@example.no")], "shop").await.unwrap();
        let named: Key = found.records[0].key.clone();
        let emptied = part("shop", [empty("t", named.clone(), &["note"])]);
        assert_eq!(house.erase(&emptied).await.unwrap().total().cleared, 1, "{typed}");
        let gone = part("shop", [delete("t", named)]);
        assert_eq!(house.erase(&gone).await.unwrap().total().deleted, 1, "{typed}");
        assert_eq!(house.verify(&gone).await.unwrap(), Verified::Clean { checked: 1 }, "{typed}");
        assert_eq!(house.rows("shop", "email,note", "t").await, ["ola@example.no|x"], "{typed}");
    }
}

/// A database without an encoding may hold anything: one bad row does not hide the others.
#[tokio::test]
async fn bytes_that_are_no_text_are_told_on_postgres() {
    let house = House::on(Db::Postgres);
    let name = format!("habeas_ascii_{}", std::process::id());
    house.run_on_server(&format!("CREATE DATABASE {name} ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")).await;
    let sql = "CREATE TABLE t (id int PRIMARY KEY, email text, name text);
        INSERT INTO t VALUES (1, 'kari@example.no', E'K\\345ri'), (2, 'kari@example.no', E'K\\303\\245ri')";
    let reach = habeas_core::law::map::Server { database: name.clone(), ..server("HABEAS_TEST_POSTGRES") };
    let house = house.beside("shop", reach, sql, vec![table("t", [key("id"), email(), plain("name")])]).await;
    let found = search(&house.connectors(), &house.systems, &[proven("email", "kari@example.no")], "shop").await.unwrap();
    let names: Vec<&Value> = found.records.iter().map(|record| record.value("name")).collect();
    assert_eq!(names, [&Value::Unreadable("the text is not valid UTF-8".into()), &text("Kåri")]);
    house.run_on_server(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
}

on_both_servers!(
    every_type_comes_back_as_the_server_writes_it,
    what_cannot_be_in_a_column_finds_nobody,
    every_type_can_be_emptied_or_says_why_not,
    keys_of_many_types_name_their_row,
);
