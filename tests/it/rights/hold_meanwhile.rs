//! A hold that is placed while what it covers is being erased (Art. 17(3)): it stops the erasure, waits for one that cannot be stopped any
//! more, and says so when that one does not end.

use habeas::{
    action::{
        actor::Actor,
        place_hold::{PlaceHold, Placed},
    },
    store::{
        command,
        erasing::{self, Erasing},
    },
};
use habeas_core::law::hold::{Basis, Scope};
use jiff::{SignedDuration, ToSpan as _};
use sqlx::SqliteConnection;

use super::erasure::{COOLED, approved, executed};
use crate::house::{crash::LEASE_OVER, database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    a_hold_placed_during_the_erasure_stops_it,
    a_hold_placed_during_a_replay_stops_it,
    whose_lease_has_gone_erases_nothing,
    an_erasure_at_its_end_is_waited_for_without_a_lock,
    an_erasure_that_does_not_end_is_told,
    what_died_long_ago_or_elsewhere_is_not_waited_for,
}

/// Places a hold on everything of a case's person.
async fn place(house: &TestHouse, case: &CaseHandle<'_>, scope: Scope) -> Placed {
    let review_on = house.today().saturating_add(3.months());
    let hold = PlaceHold { case: Some(case.reference.clone()), scope, basis: Basis::LegalClaim, matter: "26-114TVI".to_owned(), review_on };
    house.run(&house.staff("ida").actor().await, hold).await.unwrap()
}

/// The shop's own software works on it: whoever wants to change something there has to wait.
async fn busy(house: &TestHouse) -> SqliteConnection {
    let mut shop = house.systems.connect("shop").await;
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut shop).await.unwrap();
    shop
}

async fn until(house: &TestHouse, rows: &str) {
    while house.count(rows).await == 0 {}
}

/// The worker has taken the shop's erasure up.
async fn begun(house: &TestHouse) {
    until(house, "command WHERE action = 'system.erase' AND branch = 'shop' AND lease_until IS NOT NULL").await;
    // And has decided it, as far as anybody can see from here.
    for _ in 0..200 {
        house.count("hold").await;
    }
}

async fn rows_of_shop(house: &TestHouse) -> Vec<String> {
    house.systems.rows().await.into_iter().filter(|row| row.starts_with("shop.")).collect()
}

async fn a_hold_placed_during_the_erasure_stops_it(house: TestHouse) {
    let case = approved(&house, &house.kari()).await;
    let before = rows_of_shop(&house).await;
    house.house.door.clock().advance(COOLED).unwrap();
    let shop = busy(&house).await;
    let meanwhile = async {
        begun(&house).await;
        let placed = place(&house, &case, Scope::default()).await;
        assert!(placed.running.is_empty(), "{placed:?}");
        drop(shop);
        placed.id
    };
    let (worked, hold) = tokio::join!(house.house.worker.settle(), meanwhile);
    worked.unwrap();
    assert!(rows_of_shop(&house).await == before, "not a row of it went");
    let blocked = case.facts("erasure-blocked").await;
    assert!(blocked.iter().any(|fact| fact["system"] == "shop" && fact["hold"] == hold), "{blocked:?}");
    house.settle().await;
    assert_eq!(case.waits_at().await, ["propose"], "back at its handler, who sees why");
}

async fn a_hold_placed_during_a_replay_stops_it(house: TestHouse) {
    let case = approved(&house, &house.kari()).await;
    let backup = house.systems.bytes();
    executed(&house, &case).await;
    house.systems.restore(&backup);
    let before = rows_of_shop(&house).await;
    let shop = busy(&house).await;
    let meanwhile = async {
        for _ in 0..200 {
            house.count("hold").await;
        }
        let placed = place(&house, &case, Scope::default()).await;
        drop(shop);
        placed
    };
    let (replayed, placed) = tokio::join!(house.house.worker.replay(&Actor::Operator, "shop", false), meanwhile);
    let found = replayed.unwrap();
    assert!(placed.running.is_empty() && found.holds.contains(&placed.id), "{found:?}");
    assert!(rows_of_shop(&house).await == before);
    house.settle().await;
}

async fn whose_lease_has_gone_erases_nothing(house: TestHouse) {
    let case = approved(&house, &house.kari()).await;
    let before = rows_of_shop(&house).await;
    house.house.door.clock().advance(COOLED).unwrap();
    let shop = busy(&house).await;
    let meanwhile = async {
        begun(&house).await;
        house.house.door.clock().advance(LEASE_OVER).unwrap();
        while command::claim(&house.store, "another", house.now()).await.unwrap().is_some() {}
        drop(shop);
    };
    // Once: the other worker has the lease now, and does nothing.
    let (worked, ()) = tokio::join!(house.house.worker.settle(), meanwhile);
    worked.unwrap();
    assert!(rows_of_shop(&house).await == before);
    house.house.door.clock().advance(LEASE_OVER).unwrap();
    executed(&house, &case).await;
    assert!(rows_of_shop(&house).await != before, "and somebody does it in the end");
}

/// Once there is a hold, half a minute goes by again and again: nobody sees from outside when the waiting begins.
pub(super) async fn waits_too_long(house: &TestHouse) {
    until(house, "hold").await;
    loop {
        house.house.door.clock().advance(SignedDuration::from_secs(31)).unwrap();
        for _ in 0..20 {
            house.count("hold").await;
        }
    }
}

/// An erasure that had its last look.
async fn at_its_end(house: &TestHouse, system: &str, until: SignedDuration) -> Erasing {
    let erasing = Erasing { id: "e-1".to_owned(), system: system.to_owned(), until: house.now() + until };
    erasing::begin(&house.store, &erasing).await.unwrap();
    erasing
}

async fn an_erasure_at_its_end_is_waited_for_without_a_lock(house: TestHouse) {
    let case = approved(&house, &house.kari()).await;
    let erasing = at_its_end(&house, "shop", SignedDuration::from_secs(60)).await;
    let other = house.opened_again().await;
    let meanwhile = async {
        until(&house, "hold").await;
        // Anybody can change something meanwhile, in this process and in another one.
        for worker in [&house.house.worker, &other.worker] {
            worker.upkeep().await.unwrap();
        }
        assert!(house.facts("hold-awaited").await.is_empty(), "it still waits");
        erasing::end(&house.store, &erasing.id).await.unwrap();
    };
    let (placed, ()) = tokio::join!(place(&house, &case, Scope::default()), meanwhile);
    assert!(placed.running.is_empty(), "{placed:?}");
    let [awaited] = &case.facts("hold-awaited").await[..] else { panic!("one word in the log") };
    assert_eq!((awaited["hold"].as_str(), awaited["ended"].as_str(), awaited["running"].as_str()), (&*placed.id, "shop", ""));
    house.settle().await;
}

async fn an_erasure_that_does_not_end_is_told(house: TestHouse) {
    let case = approved(&house, &house.kari()).await;
    at_its_end(&house, "shop", SignedDuration::from_hours(24)).await;
    let placed = tokio::select! {
        placed = place(&house, &case, Scope::default()) => placed,
        () = waits_too_long(&house) => unreachable!("time goes on for ever"),
    };
    assert_eq!(placed.running, ["shop"]);
    let [awaited] = &case.facts("hold-awaited").await[..] else { panic!("one word in the log") };
    assert_eq!((awaited["ended"].as_str(), awaited["running"].as_str()), ("", "shop"));
    house.settle().await;
}

async fn what_died_long_ago_or_elsewhere_is_not_waited_for(house: TestHouse) {
    let case = approved(&house, &house.kari()).await;
    at_its_end(&house, "shop", SignedDuration::from_secs(-1)).await;
    assert!(place(&house, &case, Scope::default()).await.running.is_empty());
    at_its_end(&house, "shop", SignedDuration::from_secs(600)).await;
    let elsewhere = Scope { systems: vec!["helpdesk".to_owned()], ..Scope::default() };
    assert!(place(&house, &case, elsewhere).await.running.is_empty(), "it covers nothing of the shop");
    assert!(case.facts("hold-awaited").await.is_empty());
    house.advance(SignedDuration::from_hours(1)).await;
    assert_eq!(house.count("erasing").await, 0, "upkeep forgets it");
}
