//! Every record, every value, nobody else's.

use habeas_core::law::record::{Record, Value};
use proptest::prelude::*;
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};

use super::house::{
    Db, House, asked, email, from, identity, key, names, on_both_servers, on_every_database, plain, proven, table, text, to,
};
use crate::connector::{Cause, Findings, Kind, SchemaProblem, search, search_all};

const SHOP: &str = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, number TEXT, name TEXT);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, total REAL);
    CREATE TABLE lines (order_id INTEGER, line INTEGER, what TEXT, PRIMARY KEY (order_id, line));
    INSERT INTO customers VALUES (5, ' Kari@Example.NO ', 'C-5', 'Kari'), (6, 'ola@example.no', 'C-6', 'Ola'),
        (7, NULL, NULL, NULL), (8, '', '', ''), (9, 'karixexample.no', 'C-9', 'not her');
    INSERT INTO orders VALUES (50, 5, 99.5), (51, 5, 1), (60, 6, 2), (70, NULL, 3), (71, 0, 4);
    INSERT INTO lines VALUES (50, 1, 'visa'), (50, 2, 'photo'), (60, 1, 'his'), (70, 1, 'nobody''s');";

fn shop() -> Vec<habeas_core::law::map::Collection> {
    vec![
        table("customers", [key("id"), email(), identity("number", "customer_number"), plain("name")]),
        table("orders", [key("id"), from("customer_id", "shop.customers.id"), plain("total")]),
        table("lines", [from_key("order_id", "shop.orders.id"), key("line"), plain("what")]),
    ]
}

fn from_key(name: &str, other: &str) -> habeas_core::law::map::Field {
    habeas_core::law::map::Field { primary_key: true, ..from(name, other) }
}

async fn found(house: &House, wanted: &str) -> Findings {
    search(&house.connectors(), &house.systems, &[proven("email", "kari@example.no")], wanted).await.unwrap()
}

async fn references_are_followed_to_any_depth_and_nobody_else_is_found(db: Db) {
    let house = House::on(db).with("shop", SHOP, shop()).await;
    let found = found(&house, "shop").await;
    let expected = ["customers/5", "orders/50", "orders/51", "lines/1+50", "lines/2+50"].map(|name| format!("shop.{name}"));
    assert_eq!(names(&found.records), expected);
    assert_eq!(found.looked["shop.lines"], 2);
    assert_eq!(found.records[0].value("email"), &text(" Kari@Example.NO "));
    assert_eq!(found.records[1].value("total"), &Value::Real(99.5));
}

async fn a_search_crosses_systems_and_asks_only_those_it_needs(db: Db) {
    let books = "CREATE TABLE clients (no TEXT PRIMARY KEY, name TEXT); INSERT INTO clients VALUES ('C-5', 'Kari'), ('C-6', 'Ola');
        CREATE TABLE invoices (id INTEGER PRIMARY KEY, client TEXT); INSERT INTO invoices VALUES (1, 'C-5'), (2, 'C-6');";
    let clients = table("clients", [from_key("no", "shop.customers.number"), plain("name")]);
    // Declared at the other end: the client's number goes to the invoice.
    let clients = habeas_core::law::map::Collection {
        fields: clients
            .fields
            .into_iter()
            .map(|field| {
                let is_number = field.name == "no";
                if is_number { super::house::refers(field, "books.invoices.client", habeas_core::law::map::Direction::To) } else { field }
            })
            .collect(),
        ..clients
    };
    let house = House::on(db)
        .with("shop", SHOP, shop())
        .await
        .with("books", books, vec![clients, table("invoices", [key("id"), plain("client")])])
        .await
        .with("desk", "CREATE TABLE talks (id INTEGER PRIMARY KEY, email TEXT)", vec![table("talks", [key("id"), email()])])
        .await;
    house.take_away("desk").await;
    assert_eq!(names(&found(&house, "books").await.records), ["books.clients/C-5", "books.invoices/1"]);
    let kari = [proven("email", "kari@example.no")];
    let all = search_all(&house.connectors(), &house.systems, &kari).await;
    let why = match db {
        Db::Sqlite => "the database file is not there; put it back or correct its path",
        Db::Postgres => "the database has no table `talks`",
        Db::Mariadb => "the server has no such database; correct `database` of the connection",
    };
    assert_eq!(all.unwrap_err().to_string(), format!("could not find records in `desk`: {why}"));
}

async fn what_belongs_to_nobody_is_not_everybodys(db: Db) {
    let sql = "CREATE TABLE orders (id INTEGER PRIMARY KEY, email TEXT, customer {any});
        INSERT INTO orders VALUES (1, 'kari@example.no', NULL), (2, 'kari@example.no', 0), (3, 'kari@example.no', ''), (4, 'kari@example.no', ' '),
            (5, 'kari@example.no', {empty}), (6, 'kari@example.no', '0'), (7, 'kari@example.no', 5);
        CREATE TABLE notes (id INTEGER PRIMARY KEY, customer {any}); INSERT INTO notes SELECT id, customer FROM orders;";
    let collections = vec![
        table("orders", [key("id"), email(), plain("customer")]),
        table("notes", [key("id"), from("customer", "shop.orders.customer")]),
    ];
    let sql = sql.replace("{empty}", if db == Db::Sqlite { "x''" } else { "''" });
    let sql = if db == Db::Postgres { sql.replace("0), (3", "'0'), (3").replace("5);", "'5');") } else { sql };
    let house = House::on(db).with("shop", &sql, collections).await;
    let notes = found(&house, "shop").await.records.into_iter().filter(|record| record.collection == "notes").collect::<Vec<_>>();
    assert_eq!(names(&notes), ["shop.notes/7"]);
}

async fn circles_end(db: Db) {
    let sql = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, friend INTEGER);
        INSERT INTO people VALUES (1, 'kari@example.no', 2), (2, 'x@y.no', 3), (3, NULL, 1), (4, NULL, 1);";
    let friend = to("friend", "shop.people.id");
    let house = House::on(db).with("shop", sql, vec![table("people", [key("id"), email(), friend])]).await;
    assert_eq!(names(&found(&house, "shop").await.records), ["shop.people/1", "shop.people/2", "shop.people/3"]);
}

async fn an_address_is_compared_folded_and_never_as_a_pattern(db: Db) {
    let sql = "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT);
        INSERT INTO people VALUES (1, 'a_b@example.no'), (2, 'axb@example.no'), (3, 'KÅRE@EXAMPLE.NO'), (4, '\tA_B@example.no\n'), (6, 'kåre@example.no');";
    let house = House::on(db).with("shop", sql, vec![table("people", [key("id"), email()])]).await;
    let find = async |address: &str| {
        names(&search(&house.connectors(), &house.systems, &[proven("email", address)], "shop").await.unwrap().records)
    };
    assert_eq!(find("a_b@example.no").await, ["shop.people/1", "shop.people/4"]);
    assert_eq!(find("Kåre@example.no").await, ["shop.people/3", "shop.people/6"]);
}

async fn more_values_than_fit_one_statement_are_all_looked_for(db: Db) {
    let sql = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO customers VALUES (1, 'kari@example.no');
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER); CREATE TABLE lines (id INTEGER PRIMARY KEY, order_id INTEGER);
        INSERT INTO orders WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1201) SELECT i, 1 FROM n;
        INSERT INTO lines SELECT id, id FROM orders;";
    let collections = vec![
        table("customers", [key("id"), email()]),
        table("orders", [key("id"), from("customer_id", "shop.customers.id")]),
        table("lines", [key("id"), from("order_id", "shop.orders.id")]),
    ];
    let mut house = House::on(db).with("shop", sql, collections).await;
    assert_eq!(found(&house, "shop").await.looked["shop.lines"], 1201);
    house.caps.rows = 1200;
    let capped = search(&house.connectors(), &house.systems, &[proven("email", "kari@example.no")], "shop").await.unwrap_err();
    assert_eq!(capped.source, Cause::TooMuch { collection: "orders".into(), cap: "1200 records".into() });
}

async fn somebody_elses_address_in_a_record_does_not_make_it_hers(db: Db) {
    let sql = "CREATE TABLE trips (id INTEGER PRIMARY KEY, companion TEXT); INSERT INTO trips VALUES (1, 'kari@example.no');";
    let companion = habeas_core::law::map::Field { third_person: true, ..identity("companion", "email") };
    let house = House::on(db).with("shop", sql, vec![table("trips", [key("id"), companion])]).await;
    assert_eq!(found(&house, "shop").await.records, []);
}

async fn names_that_mean_something_in_sql_are_only_names(db: Db) {
    let sql = r#"CREATE TABLE "order" ("select" INTEGER PRIMARY KEY, "email" TEXT, "a ""b""; --" TEXT);
        INSERT INTO "order" VALUES (1, 'kari@example.no', 'x');"#;
    let house = House::on(db).with("shop", sql, vec![table("order", [key("select"), email(), plain(r#"a "b"; --"#)])]).await;
    let found = found(&house, "shop").await;
    assert_eq!(found.records[0].value(r#"a "b"; --"#), &text("x"));
    assert!(house.check("shop").await.is_empty());
}

async fn a_missing_column_is_named_with_the_closest_and_never_read_as_its_own_name(db: Db) {
    let mut shop = shop();
    shop[0].fields[3].name = "nmae".into();
    let house = House::on(db).with("shop", SHOP, shop).await;
    let error = search(&house.connectors(), &house.systems, &[proven("email", "kari@example.no")], "shop").await.unwrap_err();
    let problem = SchemaProblem::NoColumn { collection: "customers".into(), field: "nmae".into(), closest: Some("name".into()) };
    assert_eq!(error.source, problem.into());
    assert_eq!(error.to_string(), "could not find records in `shop`: table `customers` has no column `nmae`, did you mean `name`?");
}

#[tokio::test]
async fn odd_values_are_read_as_they_are() {
    let sql = "CREATE TABLE odd (id INTEGER PRIMARY KEY, email TEXT, v);
        INSERT INTO odd VALUES (1, 'kari@example.no', 9e999), (2, 'kari@example.no', -9e999), (3, 'kari@example.no', CAST(x'61ff62' AS TEXT)),
            (4, 'kari@example.no', 9223372036854775807), (5, 'kari@example.no', zeroblob(3)), (6, 'kari@example.no', x''),
            (7, 'kari@example.no', 'a' || char(0) || 'b');
        CREATE TABLE typed (id INTEGER PRIMARY KEY, email TEXT, paid BOOLEAN, on_day DATE, price DECIMAL(10, 2));
        INSERT INTO typed VALUES (1, 'kari@example.no', 1, '2026-02-30', 12.10), (2, 'kari@example.no', 'yes', 20260230, '12,10');";
    let typed = table("typed", [key("id"), email(), plain("paid"), plain("on_day"), plain("price")]);
    let house = House::new().with("shop", sql, vec![table("odd", [key("id"), email(), plain("v")]), typed]).await;
    let records = found(&house, "shop").await.records;
    let read: Vec<_> = records.iter().filter(|record| record.collection == "odd").map(|record| record.value("v").clone()).collect();
    let expected = [
        Value::Real(f64::INFINITY),
        Value::Real(f64::NEG_INFINITY),
        Value::Unreadable("the text is not valid UTF-8".into()),
        Value::Integer(i64::MAX),
        Value::Bytes(vec![0; 3]),
        Value::Bytes(vec![]),
        text("a\0b"),
    ];
    assert_eq!(read, expected);
    let typed: Vec<&Record> = records.iter().filter(|record| record.collection == "typed").collect();
    assert_eq!((typed[0].value("paid"), typed[0].value("on_day")), (&Value::Integer(1), &text("2026-02-30")));
    assert_eq!((typed[1].value("paid"), typed[1].value("price")), (&text("yes"), &text("12,10")));
}

#[tokio::test]
async fn a_database_in_utf_16_reads_the_same() {
    let sql = "PRAGMA encoding = 'UTF-16le'; CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, name TEXT);
        INSERT INTO people VALUES (1, 'Kari@example.no', 'Kåri 🦊');";
    let house = House::new().with("shop", sql, vec![table("people", [key("id"), email(), plain("name")])]).await;
    assert_eq!(found(&house, "shop").await.records[0].value("name"), &text("Kåri 🦊"));
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::Integer),
        any::<f64>().prop_filter("SQLite keeps NaN as NULL", |number| !number.is_nan()).prop_map(Value::Real),
        any::<String>().prop_map(Value::Text),
        proptest::collection::vec(any::<char>(), 0..20).prop_map(|chars| Value::Text(chars.into_iter().collect())),
        proptest::collection::vec(any::<u8>(), 0..200).prop_map(Value::Bytes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn every_value_comes_back_as_it_was_stored(values in proptest::collection::vec(any_value(), 1..30)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let read: Vec<Value> = runtime.block_on(async {
            let house = House::new().with("shop", "CREATE TABLE t (id INTEGER PRIMARY KEY, person INTEGER, v)",
                vec![table("t", [key("id"), plain("person"), plain("v")])]).await;
            let mut visitor = SqliteConnectOptions::new().filename(house.path("shop.db")).connect().await.unwrap();
            for value in &values {
                let query = sqlx::query("INSERT INTO t (person, v) VALUES (1, ?)");
                let query = match value.clone() {
                    Value::Integer(number) => query.bind(number),
                    Value::Real(number) => query.bind(number),
                    Value::Text(text) => query.bind(text),
                    Value::Bytes(bytes) => query.bind(bytes),
                    _ => query.bind(None::<i64>),
                };
                query.execute(&mut visitor).await.unwrap();
            }
            visitor.close().await.unwrap();
            let question = asked("t", "person", vec![Value::Integer(1)]);
            let connectors = house.connectors();
            let records = connectors.get("shop").unwrap().find(&[question]).await.unwrap();
            records.iter().map(|record| record.value("v").clone()).collect()
        });
        prop_assert_eq!(read, values);
    }
}

/// Two houses under one roof: each tells its customers and orders apart within itself only.
const TENANTS: &str = "CREATE TABLE customers (tenant INTEGER, id INTEGER, email TEXT, PRIMARY KEY (tenant, id));
    CREATE TABLE orders (tenant INTEGER, no INTEGER, customer INTEGER, agent INTEGER, PRIMARY KEY (tenant, no),
        FOREIGN KEY (tenant, customer) REFERENCES customers (tenant, id));
    CREATE TABLE lines (tenant INTEGER, order_no INTEGER, line INTEGER, PRIMARY KEY (tenant, order_no, line));
    INSERT INTO customers VALUES (0, 7, 'kari@example.no'), (2, 7, 'ola@example.no'), (0, 8, 'per@example.no'), (3, 4, 'kari@example.no');
    INSERT INTO orders VALUES (0, 1, 7, 8), (2, 1, 7, 4), (0, 2, 8, 7), (3, 7, 4, 4), (3, 2, NULL, 4);
    INSERT INTO lines VALUES (0, 1, 1), (2, 1, 1), (0, 2, 1), (3, 7, 1), (3, 1, 1), (0, 7, 1);";

fn tenants() -> Vec<habeas_core::law::map::Collection> {
    vec![
        table("customers", [key("tenant"), key("id"), email()]),
        table("orders", [from_key("tenant", "shop.customers.tenant"), key("no"), from("customer", "shop.customers.id"), plain("agent")]),
        table("lines", [from_key("tenant", "shop.orders.tenant"), from_key("order_no", "shop.orders.no"), key("line")]),
    ]
}

async fn a_key_of_several_parts_leads_to_hers_alone(db: Db) {
    let house = House::on(db).with("shop", TENANTS, tenants()).await;
    let hers = ["customers/7+0", "customers/4+3", "orders/1+0", "orders/7+3", "lines/1+1+0", "lines/1+7+3"];
    assert_eq!(names(&found(&house, "shop").await.records), hers.map(|name| format!("shop.{name}")));
}

async fn rows_of_others_in_an_answer_stop_the_search(db: Db) {
    let sql = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, name VARCHAR(20) COLLATE {loose});
        CREATE TABLE notes (id INTEGER PRIMARY KEY, author VARCHAR(20) COLLATE {loose});
        INSERT INTO users VALUES (1, 'kari@example.no', 'pål'); INSERT INTO notes VALUES (1, 'PÅL'), (2, 'pal');";
    let loose = if db == Db::Postgres { "loose" } else { "utf8mb4_general_ci" };
    let house = House::on(db).with("shop", "", vec![table("users", [key("id"), email(), plain("name")])]).await;
    if db == Db::Postgres {
        house.run_as_written("shop", "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)").await;
    }
    house.run_as_written("shop", &sql.replace("{loose}", loose)).await;
    let mut house = house;
    house.systems[0].collections.push(table("notes", [key("id"), from("author", "shop.users.name")]));
    let kari = [proven("email", "kari@example.no")];
    let error = search_all(&house.connectors(), &house.systems, &kari).await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::Others("notes".to_owned())));
    house.run("shop", "DELETE FROM notes WHERE id = 2").await;
    assert_eq!(names(&found(&house, "shop").await.records), ["shop.users/1", "shop.notes/1"]);
}

on_both_servers!(rows_of_others_in_an_answer_stop_the_search);
on_every_database!(
    a_key_of_several_parts_leads_to_hers_alone,
    references_are_followed_to_any_depth_and_nobody_else_is_found,
    a_search_crosses_systems_and_asks_only_those_it_needs,
    what_belongs_to_nobody_is_not_everybodys,
    circles_end,
    an_address_is_compared_folded_and_never_as_a_pattern,
    more_values_than_fit_one_statement_are_all_looked_for,
    somebody_elses_address_in_a_record_does_not_make_it_hers,
    names_that_mean_something_in_sql_are_only_names,
    a_missing_column_is_named_with_the_closest_and_never_read_as_its_own_name,
);
