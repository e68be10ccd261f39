//! Holds are placed and released while what they cover is erased, by 64 tasks and two processes of one house: from the moment a placement
//! was answered not a row that it covers goes.

use std::{
    fs,
    path::Path,
    str::FromStr as _,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures_util::future::join_all;
use habeas::{
    action::{
        actor::Actor,
        place_hold::PlaceHold,
        release_hold::{Release, ReleaseHold},
    },
    chance::Chance,
    cli::demo::sample::{Suggested, proof_of},
    house::House,
    store::{
        Store,
        command::{self, Command, Retry},
        incident,
    },
};
use habeas_core::law::{
    hold::{Basis, Scope},
    lang::Text,
};
use jiff::{Timestamp, ToSpan as _};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, PgPool, SqlitePool,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use super::{
    database::Database,
    test_house::{OWN, TestHouse},
};
use crate::rights::erasure::approved;

/// Holds that are placed in all, unless `HABEAS_TEST_RACES` says how many.
const RACES: usize = 400;
/// People whose records are erased; each has three.
const PEOPLE: std::ops::Range<u32> = 4..12;
/// Tasks of a round that place a hold; every third releases it and places another one.
const PLACING: usize = 48;
/// Tasks of a round that erase.
const ERASING: usize = 16;
/// An organisation with one small system.
const ORGANISATION: &str = "tests/it/faults/organisation";
const TABLES: &str = "
    CREATE TABLE people (id integer PRIMARY KEY, email text, name text, born integer, locked integer NOT NULL DEFAULT 0);
    CREATE TABLE notes (id integer PRIMARY KEY, person_id integer REFERENCES people (id), text text, locked integer NOT NULL DEFAULT 0)";

#[tokio::test(flavor = "multi_thread")]
async fn ab30_nothing_goes_that_a_hold_covers_on_sqlite() {
    let database = Database::sqlite();
    let file = database.folder().join("crm.db");
    let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await.unwrap();
    races(&database, Crm::Sqlite(pool), "{type: sqlite, path: crm.db}").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ab30_nothing_goes_that_a_hold_covers_on_postgres() {
    let (database, other) = (Database::postgres().await, Database::postgres().await);
    let options = PgConnectOptions::from_str(&other.url().unwrap()).unwrap().disable_statement_logging();
    let (host, port, name) = (options.get_host(), options.get_port(), options.get_database().unwrap());
    let user = options.get_username();
    let connection = format!("{{type: postgres, host: {host}, port: '{port}', database: {name}, user: {user}, tls: off}}");
    races(&database, Crm::Postgres(PgPool::connect_with(options.clone()).await.unwrap()), &connection).await;
    database.remove().await;
    other.remove().await;
}

/// The connected system, as its own software sees it.
enum Crm {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Crm {
    async fn run(&self, sql: &str) {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match self {
            Self::Sqlite(pool) => drop(query.execute(pool).await.unwrap()),
            Self::Postgres(pool) => drop(query.execute(pool).await.unwrap()),
        }
    }

    /// Puts everybody's records back.
    async fn fill(&self) {
        for number in PEOPLE {
            let email = proof_of(number).0;
            let [first, second] = [number * 10, number * 10 + 1];
            self.run(&format!(
                "INSERT INTO people VALUES ({number}, '{email}', 'N{number}', 1970, 0) ON CONFLICT DO NOTHING;
                 INSERT INTO notes VALUES ({first}, {number}, 'a', 0), ({second}, {number}, 'b', 0) ON CONFLICT DO NOTHING"
            ))
            .await;
        }
    }

    /// How many records there are of somebody.
    async fn records(&self, number: u32) -> i64 {
        let count =
            format!("SELECT (SELECT count(*) FROM people WHERE id = {number}) + (SELECT count(*) FROM notes WHERE person_id = {number})");
        let count = sqlx::AssertSqlSafe(count);
        match self {
            Self::Sqlite(pool) => sqlx::query_scalar(count).fetch_one(pool).await.unwrap(),
            Self::Postgres(pool) => sqlx::query_scalar(count).fetch_one(pool).await.unwrap(),
        }
    }
}

/// What all tasks of all rounds share.
struct Race {
    crm: Crm,
    store: Store,
    /// Two processes.
    houses: [House; 2],
    people: Vec<(u32, String)>,
    actors: [Actor; 2],
    /// Records that went after a hold on them was answered.
    lost: AtomicUsize,
    /// Holds that were answered.
    placed: AtomicUsize,
    /// Those that were answered while there was something to keep.
    kept: AtomicUsize,
}

async fn races(database: &Database, crm: Crm, connection: &str) {
    connect(database.folder(), connection);
    crm.run(TABLES).await;
    crm.fill().await;
    let house = Box::pin(TestHouse::open(database)).await;
    let mut people = Vec::new();
    for number in PEOPLE {
        let (email, item) = proof_of(number);
        let who = Suggested { name: format!("N{number}"), email, customer_number: item, order_number: String::new(), why: Text::default() };
        let case = approved(&house, &house.subject(&who).only(&["helpdesk.people", "helpdesk.notes"])).await;
        people.push((number, case.reference));
    }
    let race = Arc::new(Race {
        crm,
        store: house.store.clone(),
        houses: [house.house.clone(), house.opened_again().await],
        people,
        actors: [house.staff("ida").actor().await, house.staff("per").actor().await],
        lost: AtomicUsize::new(0),
        placed: AtomicUsize::new(0),
        kept: AtomicUsize::new(0),
    });
    let mut gone = 0;
    let mut round = 0;
    while race.placed.load(Ordering::Relaxed) < wanted() {
        round += 1;
        race.crm.fill().await;
        race.ask_for_erasures().await;
        let placing =
            (0..PLACING).map(|task| tokio::spawn(Arc::clone(&race).place(Chance.bytes::<1>().unwrap()[0] >> (round % 2 * 3), task)));
        let erasing = (0..ERASING).map(|task| tokio::spawn(Arc::clone(&race).erase(task)));
        for held in join_all(placing.chain(erasing)).await.into_iter().filter_map(Result::unwrap) {
            race.compare(held).await;
        }
        for (number, _) in &race.people {
            gone += usize::from(race.crm.records(*number).await == 0);
        }
        // The next round begins without holds, and without what this one put off.
        house.sql("DELETE FROM hold").await;
        house.sql("DELETE FROM command").await;
    }
    let [lost, placed, kept] = [&race.lost, &race.placed, &race.kept].map(|count| count.load(Ordering::Relaxed));
    let (blocked, awaited) = (house.facts("erasure-blocked").await.len(), house.facts("hold-awaited").await.len());
    eprintln!(
        "{placed} holds in {round} rounds, {kept} kept something and {awaited} waited; {gone} people were erased and {blocked} times a hold \
         stopped it; {lost} records were lost under holds"
    );
    assert_eq!(lost, 0, "records went after a hold on them was answered");
    assert!(kept > 0 && gone > 0 && blocked > 0, "nobody raced with anybody");
    assert!(incident::open(&house.store).await.unwrap().is_empty());
    house.work().await;
}

/// Somebody's records, as they were when a hold on them was answered.
struct Held {
    number: u32,
    records: i64,
}

impl Race {
    /// Places a hold on somebody. What it found stays until it is released, or until the end of the round.
    async fn place(self: Arc<Self>, late: u8, task: usize) -> Option<Held> {
        let (number, case) = &self.people[task % self.people.len()];
        let door = &self.houses[task % 2].door;
        // Some come before the erasure begins, and some when it is nearly over.
        for _ in 0..late {
            self.crm.records(*number).await;
        }
        for turns in (0..=if task.is_multiple_of(3) { 2 } else { 0 }).rev() {
            let hold = PlaceHold {
                case: Some(case.clone()),
                scope: Scope::default(),
                basis: Basis::LegalClaim,
                matter: "26-1".to_owned(),
                review_on: door.clock().now().to_zoned(jiff::tz::TimeZone::UTC).date().saturating_add(3.months()),
            };
            let placed = door.run(&self.actors[0], hold).await.unwrap();
            assert_eq!(placed.running, Vec::<String>::new(), "everything ends in time");
            let seen = Held { number: *number, records: self.crm.records(*number).await };
            self.placed.fetch_add(1, Ordering::Relaxed);
            self.kept.fetch_add(usize::from(seen.records > 0), Ordering::Relaxed);
            if turns == 0 {
                return Some(seen);
            }
            let release = ReleaseHold { id: placed.id };
            assert_eq!(door.run(&self.actors[0], release.clone()).await.unwrap(), Release::Asked);
            self.compare(seen).await;
            assert_eq!(door.run(&self.actors[1], release).await.unwrap(), Release::Released);
        }
        None
    }

    /// Leaves the erasures of a round to the workers.
    async fn ask_for_erasures(&self) {
        let tx = self.store.begin().await.unwrap();
        for task in 0..ERASING {
            let id = Chance.id().unwrap();
            let erase = Command {
                idempotency_key: id.clone(),
                id,
                case: Some(self.people[task % self.people.len()].1.clone()),
                step: None,
                branch: Some("helpdesk".to_owned()),
                action: "system.erase".to_owned(),
                argument: "null".to_owned(),
                retry: Retry { times: 9, from_seconds: 900, to_seconds: 900, exponential: false },
                due_at: Timestamp::UNIX_EPOCH,
                fence: 0,
                attempt: 0,
                last_error: None,
                began: false,
            };
            command::insert(&tx, &erase).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Erases somebody, as the worker of one of the processes.
    async fn erase(self: Arc<Self>, task: usize) -> Option<Held> {
        self.houses[task % 2].worker.tick().await.unwrap();
        None
    }

    async fn compare(&self, held: Held) {
        let lost = held.records - self.crm.records(held.number).await;
        self.lost.fetch_add(usize::try_from(lost).unwrap(), Ordering::Relaxed);
    }
}

/// Writes the organisation into a house's folder, with the system connected like this.
fn connect(folder: &Path, connection: &str) {
    let to = folder.join(OWN);
    super::test_house::copy(Path::new(ORGANISATION), &to.join("systems"));
    for name in ["organisation.yaml", "retention.yaml", "recipients.yaml"] {
        fs::rename(to.join("systems").join(name), to.join(name)).unwrap();
    }
    let map = to.join("systems/helpdesk.yaml");
    let known = "references: [{dataset: shop, field: customers.email, direction: from}]";
    let text = fs::read_to_string(&map).unwrap().replace("CONNECTION", connection).replace("KNOWN", known);
    fs::write(map, text).unwrap();
}

#[allow(clippy::disallowed_methods, reason = "a test reads no configuration but this")]
fn wanted() -> usize {
    std::env::var("HABEAS_TEST_RACES").map_or(RACES, |races| races.parse().expect("HABEAS_TEST_RACES is a number"))
}
