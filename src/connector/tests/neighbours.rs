//! Whatever the data looks like: everything of hers, nothing of anybody else's.

use habeas_core::law::map::Field;
use proptest::{prelude::*, test_runner::TestRunner};

use super::house::{Db, House, delete, email, from, identity, key, names, part, proven, table};
use crate::connector::{Verified, search_all};

/// Who has which order, which order has which line; 0 is nobody.
#[derive(Debug, Clone)]
struct World {
    orders: Vec<u8>,
    lines: Vec<u8>,
    books: Vec<u8>,
    clause: &'static str,
}

const PEOPLE: u8 = 4;

fn world() -> impl Strategy<Value = World> {
    let clauses = prop::sample::select(vec!["", " ON DELETE CASCADE", " ON DELETE RESTRICT", " ON DELETE SET NULL"]);
    let (orders, books) = (prop::collection::vec(0..=PEOPLE, 0..12), prop::collection::vec(0..=PEOPLE, 0..6));
    (orders, books, clauses).prop_flat_map(|(orders, books, clause)| {
        let lines = prop::collection::vec(0..=u8::try_from(orders.len()).unwrap(), 0..20);
        lines.prop_map(move |lines| World { orders: orders.clone(), lines, books: books.clone(), clause })
    })
}

impl World {
    async fn build(&self, db: Db) -> House {
        let reference = |other: &u8| if *other == 0 { "NULL".to_owned() } else { other.to_string() };
        let rows = |table: &str, others: &[u8]| {
            let row = |(at, other): (usize, &u8)| format!("INSERT INTO {table} VALUES ({}, {});", at + 1, reference(other));
            others.iter().enumerate().map(row).collect::<Vec<_>>().concat()
        };
        let people: Vec<_> = (1..=PEOPLE).map(|n| format!("INSERT INTO people VALUES ({n}, 'p{n}@example.no', 'N-{n}');")).collect();
        let clause = self.clause;
        let shop = format!(
            "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, number TEXT);
             CREATE TABLE orders (id INTEGER PRIMARY KEY, person INTEGER REFERENCES people(id){clause});
             CREATE TABLE lines (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES orders(id){clause});
             {} {} {}",
            people.concat(),
            rows("orders", &self.orders),
            rows("lines", &self.lines)
        );
        let entry = |(at, who): (usize, &u8)| format!("INSERT INTO entries VALUES ({at}, 'N-{who}');");
        let books: Vec<_> = self.books.iter().enumerate().map(entry).collect();
        let number = Field { primary_key: false, ..identity("number", "customer_number") };
        House::on(db)
            .with(
                "shop",
                &shop,
                vec![
                    table("lines", [key("id"), from("parent", "shop.orders.id")]),
                    table("people", [key("id"), email(), number]),
                    table("orders", [key("id"), from("person", "shop.people.id")]),
                ],
            )
            .await
            .with(
                "books",
                &format!("CREATE TABLE entries (id INTEGER PRIMARY KEY, number TEXT); {}", books.concat()),
                vec![table("entries", [key("id"), from("number", "shop.people.number")])],
            )
            .await
    }

    /// What belongs to a person, worked out without a database.
    fn of(&self, person: u8) -> Vec<String> {
        let ids = |rows: &[u8], parents: &[usize], first: usize| -> Vec<usize> {
            rows.iter().enumerate().filter(|(_, parent)| parents.contains(&usize::from(**parent))).map(|(at, _)| at + first).collect()
        };
        let orders = ids(&self.orders, &[usize::from(person)], 1);
        let names = |place: &str, ids: Vec<usize>| ids.into_iter().map(|id| format!("{place}/{id}")).collect::<Vec<_>>();
        let mut all = names("shop.lines", ids(&self.lines, &orders, 1));
        all.extend(names("shop.people", vec![usize::from(person)]));
        all.extend(names("shop.orders", orders));
        all.extend(names("books.entries", ids(&self.books, &[usize::from(person)], 0)));
        all.sort();
        all
    }
}

async fn found(house: &House, person: u8) -> Vec<String> {
    let proven = [proven("email", &format!("P{person}@example.no"))];
    let mut names = names(&search_all(&house.connectors(), &house.systems, &proven).await.unwrap().records);
    names.sort();
    names
}

async fn erasing_one_person_leaves_every_other_whole(db: Db, world: World, person: u8) -> Result<(), TestCaseError> {
    let house = world.build(db).await;
    for other in 1..=PEOPLE {
        prop_assert_eq!(found(&house, other).await, world.of(other));
    }
    let connectors = house.connectors();
    let hers = search_all(&connectors, &house.systems, &[proven("email", &format!("p{person}@example.no"))]).await.unwrap();
    for system in ["shop", "books"] {
        let steps = hers.records.iter().filter(|record| record.system == system);
        let plan = part(system, steps.map(|record| delete(&record.collection, record.key.clone())));
        let planned = u64::try_from(plan.steps.len()).unwrap();
        prop_assert_eq!(house.erase(&plan).await.unwrap().total().deleted, planned);
        prop_assert_eq!(house.verify(&plan).await.unwrap(), Verified::Clean { checked: planned });
    }
    for other in 1..=PEOPLE {
        let expected = if other == person { Vec::new() } else { world.of(other) };
        prop_assert_eq!(found(&house, other).await, expected);
    }
    let left = house.rows("shop", "person", "orders").await;
    let (nobodys, unowned) = (world.orders.iter().filter(|&&who| who < 1), left.iter().filter(|who| *who == "NULL"));
    prop_assert_eq!(unowned.count(), nobodys.count(), "orders of nobody stay");
    Ok(())
}

/// Fewer worlds on a server: each takes a schema of its own.
fn try_worlds(db: Db, worlds: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(worlds) });
    let tried = runner
        .run(&(world(), 1..=PEOPLE), |(world, person)| runtime.block_on(erasing_one_person_leaves_every_other_whole(db, world, person)));
    tried.unwrap();
}

#[test]
fn every_other_stays_whole_on_sqlite() {
    try_worlds(Db::Sqlite, 48);
}

#[test]
fn every_other_stays_whole_on_postgres() {
    try_worlds(Db::Postgres, 12);
}

#[test]
fn every_other_stays_whole_on_mariadb() {
    try_worlds(Db::Mariadb, 12);
}
