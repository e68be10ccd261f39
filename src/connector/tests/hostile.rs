//! Databases that nobody would wish for, walked the whole way: looked at, a map that loads, a search, a plan, an erasure, and a look
//! afterwards. What cannot be walked says so in words.

use std::fmt::Write as _;

use habeas_core::law::{
    fideslang,
    floor::Floors,
    guess::{Proposal, propose, yaml},
    hold::Whose,
    map::System,
    mask::Secrets,
    plan::{Asked, SystemPlan, make},
    record::Record,
    retention::{self, YearEnd},
};

use super::house::{Db, House, names, on_every_database, proven};
use crate::connector::{SchemaProblem, Verified, look, search_all, sql::statements};

const RULES: &str = "language: habeas.retention/1
default: {result: erase, because: {nb: a, nl: b, en: No rule keeps it}}
except: []
";

/// The map that is proposed for a system, read as `habeas check` reads it.
async fn scanned(house: &House, key: &str) -> (Proposal, System) {
    let system = house.systems.iter().find(|system| system.key == key).unwrap();
    let proposal = propose(key, &look(key, &system.connection, &house.path(".")).await.unwrap());
    let text = yaml::write(&proposal, &system.connection, "a test");
    (proposal, read(&text))
}

fn read(text: &str) -> System {
    let told = |problems: Vec<habeas_core::law::folder::Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    fideslang::parse("shop.yaml", text).unwrap_or_else(|problems| panic!("{}\n{text}", told(problems))).value
}

async fn hers(house: &House) -> Vec<Record> {
    search_all(&house.connectors(), &house.systems, &[proven("email", "kari@example.no")]).await.unwrap().records
}

/// What the law makes of it where no rule keeps anything.
fn planned(house: &House, records: &[Record]) -> Vec<SystemPlan> {
    let rules = retention::parse("retention.yaml", RULES, YearEnd::DECEMBER).unwrap_or_else(|problems| panic!("{problems:?}")).value;
    let secrets = Secrets::new([1; 32], [2; 32], [3; 32]);
    let whose = Whose { subjects: &[], case: "case-1" };
    make(
        &house.systems,
        Asked { records, kinds: None, secrets: &secrets, floors: &Floors::default() },
        &rules,
        &[],
        whose,
        jiff::civil::date(2026, 11, 20),
    )
    .systems
}

/// Searches, plans, erases and looks again; what was hers, in the order of the map.
async fn walk(house: &House) -> Vec<String> {
    let found = hers(house).await;
    for part in planned(house, &found) {
        let erased = house.erase(&part).await.unwrap_or_else(|error| panic!("{error} of {:?}", names(&found)));
        assert_eq!(erased.also_changed, 0, "nothing besides the plan");
        assert_eq!(house.verify(&part).await.unwrap(), Verified::Clean { checked: part.steps.len() as u64 });
    }
    assert_eq!(hers(house).await, [], "nothing of hers is found again");
    names(&found)
}

/// Words of SQL, of YAML and of the map itself; quotes, blanks, ends of statements, other scripts; as long as a name may be.
const NAMES: [&str; 40] = [
    "order",
    "select",
    "user",
    "group",
    "from",
    "table",
    "name",
    "fields",
    "habeas",
    "fides_meta",
    "references",
    "null",
    "true",
    "~",
    "1",
    "it's",
    "a\"b",
    "`tick`",
    "Order Details",
    "x; DROP TABLE y --",
    "new\nline",
    "tab\there",
    "%s {tables}",
    "$1",
    "?1",
    ":a",
    "a: b",
    "- a",
    "#x",
    "&a *a",
    "!t",
    "@at",
    "{a}",
    "[b]",
    "back\\slash",
    "\u{202e}turned",
    "e\u{301}",
    "ÆØÅ æ",
    "שלום",
    "🦊 é",
];

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Each as a table, as a column of words and as the column of a foreign key.
async fn names_that_nobody_would_give_go_the_whole_way(db: Db) {
    let longest = match db {
        Db::Sqlite => "å".repeat(200),
        Db::Postgres => format!("{}x", "å".repeat(31)),
        Db::Mariadb => "å".repeat(64),
    };
    // MariaDB's names are of the first plane of Unicode.
    let given = NAMES.into_iter().filter(|name| db != Db::Mariadb || !name.contains('🦊')).chain([longest.as_str()]);
    let given: Vec<&str> = given.collect();
    let mut sql = r"CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT);
        INSERT INTO people VALUES (1, 'kari@example.no'), (2, 'ola@example.no');"
        .to_owned();
    for (at, name) in given.iter().enumerate() {
        let (name, other) = (quoted(name), quoted(given[(at + 1) % given.len()]));
        let _ = write!(
            sql,
            "CREATE TABLE {name} (id INTEGER PRIMARY KEY, {name} {{text}}, {other} INTEGER NOT NULL, FOREIGN KEY ({other}) REFERENCES people (id));
             INSERT INTO {name} VALUES (1, 'a', 1), (2, 'b', 2);"
        );
    }
    let mut house = House::on(db).with("shop", "", Vec::new()).await;
    house.run_as_written("shop", &sql.replace("{text}", "VARCHAR(60)").replace("email TEXT", "email VARCHAR(60)")).await;
    let (proposal, system) = scanned(&house, "shop").await;
    assert_eq!((system.collections.len(), proposal.left.len()), (given.len() + 1, 0));
    house.systems = vec![system];
    assert_eq!(house.check("shop").await, []);
    let found = walk(&house).await;
    assert_eq!(found.len(), given.len() + 1);
    for name in given {
        assert!(found.contains(&format!("shop.{name}/1")), "{name}: {found:?}");
        assert_eq!(house.rows("shop", "id", &quoted(name)).await, ["2"], "{name}: what is his stays");
    }
}

/// A name that no map can say is told, never left out in silence.
async fn names_that_no_map_can_say_are_told(db: Db) {
    let sql = r#"CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR(60), "a.b" INTEGER);
        CREATE TABLE "sales.orders" (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES people (id));
        CREATE TABLE keyed ("the.key" INTEGER PRIMARY KEY, person_id INTEGER REFERENCES people (id));"#;
    let house = House::on(db).with("shop", "", Vec::new()).await;
    house.run_as_written("shop", sql).await;
    let (proposal, system) = scanned(&house, "shop").await;
    let left: Vec<(&str, bool)> = proposal.left.iter().map(|left| (left.table.as_str(), left.look)).collect();
    assert_eq!(left, [("keyed", true), ("sales.orders", true)]);
    assert!(proposal.left.iter().all(|left| left.why.contains("holds a dot")), "{:?}", proposal.left);
    assert_eq!(system.collection("people").unwrap().fields.len(), 2);
    let text = yaml::write(&proposal, &house.systems[0].connection, "a test");
    assert!(text.contains("# not mapped: a.b"), "{text}");
}

/// Tables that differ in nothing but capitals are two.
async fn names_that_differ_by_capitals_are_two(db: Db) {
    // A file does not tell them apart, so it cannot hold both.
    if db == Db::Sqlite {
        return;
    }
    let sql = r#"CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR(60));
        CREATE TABLE "Orders" (id INTEGER PRIMARY KEY, person_id INTEGER, note VARCHAR(60), CONSTRAINT one FOREIGN KEY (person_id) REFERENCES people (id));
        CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, person_id INTEGER, CONSTRAINT two FOREIGN KEY (person_id) REFERENCES people (id));
        CREATE TABLE "LINES" (id INTEGER PRIMARY KEY, order_id INTEGER, FOREIGN KEY (order_id) REFERENCES "Orders" (id));
        INSERT INTO people VALUES (1, 'kari@example.no'), (2, 'ola@example.no');
        INSERT INTO "Orders" VALUES (7, 1, 'a'), (8, 2, 'b'); INSERT INTO orders VALUES (8, 9, 1), (7, 9, 2); INSERT INTO "LINES" VALUES (1, 7), (2, 8);"#;
    let mut house = House::on(db).with("shop", "", Vec::new()).await;
    house.run_as_written("shop", sql).await;
    let (_, system) = scanned(&house, "shop").await;
    let columns = |name: &str| system.collection(name).unwrap().fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>();
    assert_eq!(columns("Orders"), ["id", "person_id", "note"]);
    assert_eq!(columns("orders"), ["id", "total", "person_id"]);
    house.systems = vec![system];
    assert_eq!(house.check("shop").await, []);
    let mut found = walk(&house).await;
    found.sort_unstable();
    assert_eq!(found, ["shop.LINES/1", "shop.Orders/7", "shop.orders/8", "shop.people/1"]);
    assert_eq!(
        (house.rows("shop", "id", "\"Orders\"").await, house.rows("shop", "id", "orders").await),
        (vec!["8".into()], vec!["7".into()])
    );
}

/// A reference to itself, and two tables that refer to each other.
async fn circles_of_references_end(db: Db) {
    let sql = r"CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR(60), boss_id INTEGER, FOREIGN KEY (boss_id) REFERENCES people (id));
        CREATE TABLE orders (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL, address_id INTEGER, FOREIGN KEY (person_id) REFERENCES people (id));
        CREATE TABLE addresses (id INTEGER PRIMARY KEY, street VARCHAR(60), order_id INTEGER, FOREIGN KEY (order_id) REFERENCES orders (id));
        INSERT INTO people VALUES (1, 'kari@example.no', 1), (2, 'ola@example.no', 1);
        INSERT INTO orders VALUES (1, 1, NULL), (2, 2, NULL); INSERT INTO addresses VALUES (1, 'Storgata 1', 1), (2, 'Storgata 2', 2);
        UPDATE orders SET address_id = id;";
    let mut house = House::on(db).with("shop", "", Vec::new()).await;
    house.run_as_written("shop", sql).await;
    if db != Db::Sqlite {
        house.run_as_written("shop", "ALTER TABLE orders ADD CONSTRAINT back FOREIGN KEY (address_id) REFERENCES addresses (id)").await;
    }
    let (_, system) = scanned(&house, "shop").await;
    house.systems = vec![system];
    let found = names(&hers(&house).await);
    assert_eq!(found.len(), 3, "nobody below her, and each once: {found:?}");
    // Ola's row names her as his boss: nothing is orphaned in silence.
    let part = planned(&house, &hers(&house).await).remove(0);
    let error = house.erase(&part).await.unwrap_err().to_string();
    assert!(error.contains("1 rows of `people` that the plan does not delete refer to rows of `people`"), "{error}");
    house.run_as_written("shop", "UPDATE people SET boss_id = NULL WHERE id = 2").await;
    assert_eq!(walk(&house).await.len(), 3);
    assert_eq!(house.rows("shop", "id", "orders").await, ["2"]);
}

const CIRCLE: &str = "habeas:
  label: {nb: a, nl: b, en: c}
  connection: {type: sqlite, path: HERE.db}
dataset:
  - fides_key: HERE
    collections:
      - name: t
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {IDENTITY}}
          - {name: up, fides_meta: {references: [{dataset: NEXT, field: t.id, direction: to}]}}
          - {name: down, fides_meta: {references: [{dataset: BACK, field: t.up}]}}
";

/// Values go round through three systems, both ways, until nothing is new.
async fn a_circle_through_three_systems_ends(db: Db) {
    let mut house = House::on(db);
    for (here, there, back) in [("a", "b", "c"), ("b", "c", "a"), ("c", "a", "b")] {
        let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, email {text}, up INTEGER, down INTEGER);
            INSERT INTO t VALUES (1, 'kari@example.no', 2, 2), (2, 'x', 3, 3), (3, 'y', 1, 1), (9, 'ola@example.no', 9, 9);";
        house = house.with(here, sql, Vec::new()).await;
        let identity = if here == "a" { "identity: email" } else { "data_type: string" };
        let text = CIRCLE.replace("HERE", here).replace("NEXT", there).replace("BACK", back).replace("IDENTITY", identity);
        house.systems.last_mut().unwrap().collections = read(&text).collections;
    }
    let found = walk(&house).await;
    assert_eq!(found.len(), 9, "three rows in three systems, each once: {found:?}");
    for system in ["a", "b", "c"] {
        assert_eq!(house.rows(system, "id", "t").await, ["9"], "{system}");
    }
}

/// A row that cannot be told from others is shown, and a person has to erase it; what it refers to is emptied.
async fn rows_without_a_key_are_shown_and_left_to_a_person(db: Db) {
    let sql = "CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR(60));
        CREATE TABLE visits (person_id INTEGER, place VARCHAR(60), FOREIGN KEY (person_id) REFERENCES people (id));
        INSERT INTO people VALUES (1, 'kari@example.no'); INSERT INTO visits VALUES (1, 'Oslo'), (1, 'Bergen'), (1, 'Oslo');";
    let mut house = House::on(db).with("shop", "", Vec::new()).await;
    house.run_as_written("shop", sql).await;
    let (proposal, mut system) = scanned(&house, "shop").await;
    assert!(proposal.left[0].look && proposal.left[0].why.contains("its rows cannot be told apart"), "{:?}", proposal.left);
    let visits =
        "habeas:\n  label: {nb: a, nl: b, en: c}\n  connection: {type: sqlite, path: x.db}\ndataset:\n  - fides_key: shop\n    collections:
      - name: visits
        fields:
          - {name: person_id, fides_meta: {references: [{dataset: shop, field: people.id, direction: from}]}}
          - {name: place, data_categories: [user.location]}\n";
    let parsed = fideslang::parse("shop.yaml", visits).unwrap();
    assert!(parsed.warnings.iter().any(|warning| warning.code == "no-primary-key"), "{:?}", parsed.warnings);
    system.collections.extend(parsed.value.collections);
    house.systems = vec![system];
    let found = hers(&house).await;
    assert_eq!(found.iter().filter(|record| record.collection == "visits").count(), 2, "each place is shown: {found:?}");
    let part = planned(&house, &found).remove(0);
    assert_eq!(house.erase(&part).await.unwrap().total().cleared, 1);
    assert!(matches!(house.verify(&part).await.unwrap(), Verified::Clean { .. }));
    assert_eq!(house.rows("shop", "id,email", "people").await, ["1|NULL"], "what the visits refer to is emptied, not torn out");
    assert_eq!(house.rows("shop", "place", "visits").await.len(), 3, "a person sees to them");
}

/// A foreign key to what is unique and no primary key: one flow, or each column alone would lead to other people.
async fn a_foreign_key_to_what_is_only_unique_is_followed_whole(db: Db) {
    let sql = "CREATE TABLE customers (id INTEGER PRIMARY KEY, tenant INTEGER NOT NULL, number INTEGER NOT NULL, email VARCHAR(60), UNIQUE (tenant, number));
        CREATE TABLE orders (id INTEGER PRIMARY KEY, tenant INTEGER, customer INTEGER, FOREIGN KEY (tenant, customer) REFERENCES customers (tenant, number));
        INSERT INTO customers VALUES (1, 7, 1, 'kari@example.no'), (2, 7, 2, 'ola@example.no'), (3, 8, 1, 'pia@example.no');
        INSERT INTO orders VALUES (1, 7, 1), (2, 7, 2), (3, 8, 1);";
    let mut house = House::on(db).with("shop", "", Vec::new()).await;
    house.run_as_written("shop", sql).await;
    let (_, system) = scanned(&house, "shop").await;
    assert_eq!(system.collection("customers").unwrap().unique, [["number".to_owned(), "tenant".to_owned()]]);
    house.systems = vec![system];
    assert_eq!(house.check("shop").await, []);
    assert_eq!(walk(&house).await, ["shop.customers/1", "shop.orders/1"]);
    assert_eq!(house.rows("shop", "id", "orders").await, ["2", "3"]);
    // What the map says must be so.
    house.systems[0].collections.iter_mut().find(|it| it.name == "customers").unwrap().unique = vec![vec!["tenant".to_owned()]];
    let told = house.check("shop").await;
    let wrong = SchemaProblem::NotUnique { collection: "customers".into(), fields: vec!["tenant".into()] };
    assert!(wrong.is_error() && told.contains(&wrong), "{told:#?}");
}

/// Two schemas of one database are two systems; what refers across is erased first.
#[tokio::test]
async fn two_schemas_of_one_database_are_two_systems_on_postgres() {
    let mut house = House::on(Db::Postgres).with("crm", "", Vec::new()).await.with("sales", "", Vec::new()).await;
    house
        .run_as_written(
            "crm",
            "CREATE TABLE people (id int PRIMARY KEY, email text); INSERT INTO people VALUES (1, 'kari@example.no'), (2, 'ola@example.no')",
        )
        .await;
    let habeas_core::law::map::Connection::Postgres(server) = house.systems[0].connection.clone() else { panic!() };
    let there = server.schema.unwrap();
    house
        .run_as_written("sales", &format!("CREATE TABLE orders (id int PRIMARY KEY, person_id int REFERENCES {there}.people (id)); INSERT INTO orders VALUES (1, 1), (2, 2)"))
        .await;
    let (_, crm) = scanned(&house, "crm").await;
    let text = "habeas:\n  label: {nb: a, nl: b, en: c}\n  connection: {type: sqlite, path: x.db}\ndataset:\n  - fides_key: sales\n    collections:
      - name: orders
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: person_id, fides_meta: {references: [{dataset: crm, field: people.id, direction: from}]}}\n";
    let (reach, sales) = (house.systems[1].connection.clone(), read(text));
    house.systems = vec![crm, System { connection: reach, ..sales }];
    let found = hers(&house).await;
    let parts = planned(&house, &found);
    let part = |key: &str| parts.iter().find(|part| part.system == key).unwrap();
    let error = house.erase(part("crm")).await.unwrap_err().to_string();
    assert!(error.contains("orders` that the plan does not delete"), "the order of the other schema is seen: {error}");
    for key in ["sales", "crm"] {
        assert_eq!(house.erase(part(key)).await.unwrap().total().deleted, 1);
        assert_eq!(house.verify(part(key)).await.unwrap(), Verified::Clean { checked: 1 });
    }
    assert_eq!((house.rows("crm", "id", "people").await, house.rows("sales", "id", "orders").await), (vec!["2".into()], vec!["2".into()]));
}

/// Every table has one parent above it and one more beside it.
async fn five_hundred_tables_cost_as_many_questions_as_tables(db: Db) {
    const TABLES: usize = 500;
    let mut sql =
        "CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR(60)); INSERT INTO people VALUES (1, 'kari@example.no');".to_owned();
    for n in 0..TABLES {
        let parent = if n % 10 == 0 { "people".to_owned() } else { format!("t{}", n / 10 * 10) };
        let beside = if n % 10 > 3 { format!(", FOREIGN KEY (side) REFERENCES t{} (id)", n - 1) } else { String::new() };
        let _ = write!(
            sql,
            "CREATE TABLE t{n} (id INTEGER PRIMARY KEY, up INTEGER, side INTEGER, note VARCHAR(60), FOREIGN KEY (up) REFERENCES {parent} (id){beside});
             INSERT INTO t{n} VALUES (1, 1, {});",
            if beside.is_empty() { "NULL, 'x'" } else { "1, 'x'" }
        );
    }
    let mut house = House::on(db).with("shop", "", Vec::new()).await;
    house.run_as_written("shop", &sql).await;
    let ((_, system), looking) = statements(Box::pin(scanned(&house, "shop"))).await;
    assert_eq!(system.collections.len(), TABLES + 1);
    assert_eq!(system.collections.iter().flat_map(|it| &it.fields).map(|field| field.references.len()).sum::<usize>(), 800);
    assert!(looking <= 4 * TABLES + 60, "{looking} statements to look at {TABLES} tables");
    house.systems = vec![system];
    let (found, searching) = statements(hers(&house)).await;
    assert_eq!(found.len(), TABLES + 1);
    assert!(searching <= 2 * 800 + 60, "{searching} statements to search along 800 references");
    let part = planned(&house, &found).remove(0);
    let (erased, erasing) = statements(house.erase(&part)).await;
    assert_eq!(erased.unwrap().total().deleted, TABLES as u64 + 1);
    assert!(erasing <= 6 * TABLES, "{erasing} statements to erase from {TABLES} tables");
    let (verified, verifying) = statements(house.verify(&part)).await;
    assert_eq!(verified.unwrap(), Verified::Clean { checked: TABLES as u64 + 1 });
    assert!(verifying <= 2 * TABLES + 60, "{verifying} statements to look again at {TABLES} tables");
}

on_every_database!(
    names_that_nobody_would_give_go_the_whole_way,
    names_that_no_map_can_say_are_told,
    names_that_differ_by_capitals_are_two,
    circles_of_references_end,
    a_circle_through_three_systems_ends,
    a_foreign_key_to_what_is_only_unique_is_followed_whole,
    rows_without_a_key_are_shown_and_left_to_a_person,
    five_hundred_tables_cost_as_many_questions_as_tables,
);
