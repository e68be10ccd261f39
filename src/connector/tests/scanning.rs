//! Databases that nobody has described: a proposed map loads, differs in nothing, finds what is hers, and falls behind in words.

use std::fmt::Write as _;

use habeas_core::law::{
    fideslang,
    guess::{Proposal, Shape, propose, yaml},
    map::System,
};

use super::house::{Db, House, names, on_every_database, proven};
use crate::connector::{SchemaProblem, look, search};

async fn shape(house: &House) -> Shape {
    look("shop", &house.systems[0].connection, &house.path(".")).await.unwrap()
}

/// The map that is proposed for a database, read as `habeas check` reads it.
async fn proposed(house: &House) -> (Proposal, System) {
    let proposal = propose("shop", &shape(house).await);
    let text = yaml::write(&proposal, &house.systems[0].connection, "a test");
    let parsed = fideslang::parse("shop.yaml", &text);
    let parsed = parsed.unwrap_or_else(|problems| panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")));
    (proposal, parsed.value)
}

const HOSTILE: [&str; 8] = ["it's", "a\"b", "ÆØÅ æ", "x; DROP TABLE y --", "new\nline", "%s {tables}", "select", "Order Details"];

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Mixed case, words of SQL, a key of two columns, a table that refers to itself, circles, and names that nobody would give.
async fn odd(db: Db) -> House {
    let mut sql = r#"CREATE TABLE "Customers" ("Id" INTEGER PRIMARY KEY, "E-Mail" TEXT NOT NULL, "First Name" TEXT, boss INTEGER REFERENCES "Customers" ("Id"));
        CREATE TABLE "order" ("from" INTEGER PRIMARY KEY, "Customer" INTEGER NOT NULL REFERENCES "Customers" ("Id"), "group" TEXT);
        CREATE TABLE boxes (a INTEGER NOT NULL, b INTEGER NOT NULL, customer_id INTEGER REFERENCES "Customers" ("Id"), PRIMARY KEY (a, b));
        CREATE TABLE things (id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, FOREIGN KEY (x, y) REFERENCES boxes (a, b));
        CREATE TABLE nokey (customer_id INTEGER REFERENCES "Customers" ("Id"), n INTEGER);
        CREATE TABLE onlyunique (code VARCHAR(20) NOT NULL UNIQUE, customer_id INTEGER REFERENCES "Customers" ("Id"));
        CREATE TABLE colours (id INTEGER PRIMARY KEY, name TEXT);
        INSERT INTO "Customers" VALUES (1, 'kari@example.no', 'Kari', NULL), (2, 'ola@example.no', 'Ola', 1);
        INSERT INTO "order" VALUES (1, 1, 'x'), (2, 2, 'x'); INSERT INTO boxes VALUES (1, 1, 1), (1, 2, 2), (2, 1, 2);
        INSERT INTO things VALUES (1, 1, 1), (2, 1, 2), (3, 1, NULL); INSERT INTO nokey VALUES (1, 1); INSERT INTO onlyunique VALUES ('u', 1);"#
        .to_owned();
    for name in HOSTILE {
        let name = quoted(name);
        let _ = write!(
            sql,
            "CREATE TABLE {name} (id INTEGER PRIMARY KEY, {name} TEXT, customer_id INTEGER NOT NULL REFERENCES \"Customers\" (\"Id\"));
             INSERT INTO {name} VALUES (1, 'a', 1), (2, 'b', 2);"
        );
    }
    House::on(db).with("shop", &sql, Vec::new()).await
}

async fn a_proposed_map_loads_and_differs_in_nothing(db: Db) {
    let mut house = odd(db).await;
    let (proposal, system) = proposed(&house).await;
    assert_eq!(proposal.left.iter().filter(|left| left.look).map(|left| left.table.as_str()).collect::<Vec<_>>(), ["nokey"]);
    assert!(proposal.left.iter().any(|left| left.table == "colours" && !left.look));
    house.systems = vec![system];
    let told: Vec<String> = house.check("shop").await.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with("table `nokey` is not in the data map: it has no primary key"), "{told:?}");

    let found = search(&house.connectors(), &house.systems, &[proven("email", "kari@example.no")], "shop").await.unwrap();
    let found = names(&found.records);
    assert!(found.contains(&"shop.onlyunique/u".to_owned()), "a unique index tells rows apart: {found:?}");
    for name in HOSTILE {
        assert!(found.contains(&format!("shop.{name}/1")) && !found.contains(&format!("shop.{name}/2")), "{name}: {found:?}");
    }
    assert!(
        found.contains(&"shop.Customers/1".to_owned()) && !found.contains(&"shop.Customers/2".to_owned()),
        "nobody below her: {found:?}"
    );
}

async fn a_foreign_key_of_two_columns_is_both_or_nothing(db: Db) {
    let (_, system) = proposed(&odd(db).await).await;
    let things = system.collection("things").unwrap();
    let references = ["x", "y"]
        .map(|name| things.field(name).unwrap().references.iter().map(|it| (it.collection.clone(), it.field.clone())).collect::<Vec<_>>());
    assert_eq!(references, [vec![("boxes".to_owned(), "a".to_owned())], vec![("boxes".to_owned(), "b".to_owned())]]);
}

async fn values_tell_what_names_do_not_and_small_letters_are_counted(db: Db) {
    let many = (0..300).fold(String::new(), |mut sql, n| {
        let _ = write!(sql, ", ({}, 'user{n}@example.no', 'ola{n}@example.no', 'x{n}')", n + 10);
        sql
    });
    let sql = format!(
        "CREATE TABLE people (id INTEGER PRIMARY KEY, login_code TEXT, other TEXT, plain TEXT);
         INSERT INTO people VALUES (1, 'kari@example.no', 'per@example.no', 'y'){many}, (9999, 'siri@example.no', 'Siri@Example.no', 'z')"
    );
    let house = House::on(db).with("shop", &sql, Vec::new()).await;
    let (_, system) = proposed(&house).await;
    let people = system.collection("people").unwrap();
    let told = |name: &str| people.field(name).map(|field| (field.identity.as_deref(), field.normalised)).unwrap();
    assert_eq!(told("login_code"), (Some("email"), true));
    assert_eq!(told("other"), (Some("email"), false), "one of three hundred is not in small letters, and the sample does not hold it");
    assert_eq!(told("plain"), (None, false));
    let said = format!("{:?}", shape(&house).await);
    assert!(!said.contains("example.no"), "no value leaves the connector");
}

const BEFORE: &str = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, name TEXT);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id), order_number VARCHAR(20) UNIQUE, total INTEGER);
    CREATE TABLE bills (id INTEGER PRIMARY KEY, email TEXT, customer_id INTEGER);
    CREATE TABLE gone (id INTEGER PRIMARY KEY, email TEXT);";
const AFTER: &str = "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, phone TEXT, colour TEXT);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id), order_number VARCHAR(20), total TEXT);
    CREATE TABLE bills (id INTEGER, email TEXT, customer_id INTEGER NOT NULL REFERENCES customers (id), PRIMARY KEY (id, customer_id));
    CREATE TABLE calls (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id));
    CREATE TABLE lonely (id INTEGER PRIMARY KEY, passport_number TEXT); CREATE TABLE tags (id INTEGER PRIMARY KEY, tag TEXT);
    INSERT INTO customers VALUES (1, 'kari@example.no', '98 47 88 87', 'red');
    INSERT INTO orders WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) SELECT i, 1, concat_('A', i), 'x' FROM n;";

async fn what_changed_since_is_told(db: Db) {
    let before = House::on(db).with("shop", BEFORE, Vec::new()).await;
    let (_, system) = proposed(&before).await;
    let concat = if db == Db::Mariadb { "concat('A', i)" } else { "'A' || i" };
    let house = House::on(db).with("shop", &AFTER.replace("concat_('A', i)", concat), system.collections).await;
    if db == Db::Mariadb {
        house.run("shop", "ANALYZE TABLE orders").await;
    }
    let problems = house.check("shop").await;
    let told = |test: &dyn Fn(&SchemaProblem) -> bool| {
        problems.iter().filter(|problem| test(problem)).map(ToString::to_string).collect::<Vec<_>>()
    };
    let starts = |begin: &str| problems.iter().map(ToString::to_string).filter(|words| words.starts_with(begin)).count();
    assert_eq!(starts("the database has no table `gone`"), 1, "{problems:#?}");
    assert_eq!(starts("table `customers` has no column `name`"), 1, "{problems:#?}");
    assert_eq!(
        told(&|it| matches!(it, SchemaProblem::PrimaryKey { .. })),
        ["the primary key of `bills` is `customer_id`, `id`, the data map says `id`"]
    );
    assert_eq!(
        told(&|it| matches!(it, SchemaProblem::NewTable { .. })),
        [
            "table `calls` is not in the data map: its rows belong to rows of `customers`",
            "table `lonely` is not in the data map: it looks personal, but nothing leads to it from where people are found: `passport_number`",
        ]
    );
    assert_eq!(
        told(&|it| matches!(it, SchemaProblem::Personal { .. })),
        ["columns of `customers` look personal and are not in the data map, so nobody is shown them: `phone` (phone number)"]
    );
    let retyped = told(&|it| matches!(it, SchemaProblem::Retyped { .. }));
    assert!(
        matches!(&retyped[..], [one] if one.starts_with("`total` of `orders` is `") && one.ends_with("the data map says `integer`")),
        "{retyped:?}"
    );
    assert_eq!(
        told(&|it| matches!(it, SchemaProblem::Unfollowed { .. })),
        ["`customer_id` of `bills` refers to `customers.id`, and the data map has no reference there: rows may be missed"]
    );
    let slow = told(&|it| matches!(it, SchemaProblem::NoIndex { field, .. } if field == "order_number"));
    assert_eq!(slow, ["no index begins with `order_number` of `orders`, so every search reads the whole table"], "{problems:#?}");
    assert_eq!(problems.iter().filter(|problem| problem.is_loud()).count(), 4);
    assert!(problems.iter().filter(|problem| problem.is_loud()).all(|problem| !problem.is_error()), "a guess stops no house");
    assert!(!format!("{problems:?}").contains("98 47"), "no value is told");
}

/// A schema beside another one is neither read nor forgotten.
#[tokio::test]
async fn one_schema_of_several_is_looked_at_on_postgres() {
    let house = House::on(Db::Postgres).with("other", "CREATE TABLE people (id int PRIMARY KEY, email text)", Vec::new()).await;
    let house = house.with("shop", "CREATE TABLE customers (id int PRIMARY KEY, email text)", Vec::new()).await;
    let reach = |key: &str| house.systems.iter().find(|system| system.key == key).unwrap().connection.clone();
    let shape = look("shop", &reach("shop"), &house.path(".")).await.unwrap();
    assert_eq!(shape.tables.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(), ["customers"]);
    let habeas_core::law::map::Connection::Postgres(server) = reach("shop") else { panic!() };
    let there = server.schema.unwrap();
    house.run("other", &format!("CREATE TABLE abroad (id int PRIMARY KEY, customer_id int REFERENCES {there}.customers (id))")).await;
    let shape = look("shop", &reach("shop"), &house.path(".")).await.unwrap();
    assert!(shape.foreign_keys.iter().any(|key| key.child == "abroad" && key.elsewhere.is_some()), "{:?}", shape.foreign_keys);
}

/// A table that habeas may not read is named, guessed by its names, and hides none of the others.
async fn a_table_that_may_not_be_read_is_told(db: Db) {
    let sql = "CREATE TABLE open_ (id INTEGER PRIMARY KEY, email TEXT); CREATE TABLE shut (id INTEGER PRIMARY KEY, email TEXT);
        CREATE TABLE zz (id INTEGER PRIMARY KEY, code TEXT); INSERT INTO zz VALUES (1, 'kari@example.no')";
    let house = House::on(db).with("shop", sql, Vec::new()).await;
    let guest = house.guest("shop").await;
    for table in ["open_", "zz"] {
        house.grant("shop", "SELECT ON", table).await;
    }
    let shape = look("shop", &guest, &house.path(".")).await.unwrap();
    let unread: Vec<&str> = shape.tables.iter().filter(|table| table.unread.is_some()).map(|table| table.name.as_str()).collect();
    // MariaDB does not even name a table that may not be read.
    assert_eq!(unread, if db == Db::Postgres { vec!["shut"] } else { vec![] });
    let proposal = propose("shop", &shape);
    let identity = |table: &str| proposal.collection(table).and_then(|it| it.fields.iter().find_map(|field| field.identity));
    assert_eq!(identity("zz"), Some("email"), "what comes after it is looked at");
}

on_every_database!(
    a_proposed_map_loads_and_differs_in_nothing,
    a_foreign_key_of_two_columns_is_both_or_nothing,
    values_tell_what_names_do_not_and_small_letters_are_counted,
    what_changed_since_is_told,
);
super::house::on_both_servers!(a_table_that_may_not_be_read_is_told);
