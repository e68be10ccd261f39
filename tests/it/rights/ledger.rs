//! A system restores its own backup, and who was erased stands in it again (Art. 17(1), 32): the ledger knows, and erases again.

use habeas::{action::refusal::Refusal, worker::replay::ReplayError};
use habeas_core::law::ledger::{Counts, Why};
use jiff::civil::date;

use super::erasure::{approved, executed};
use crate::house::{database::on_every_store, systems::SYSTEMS, test_house::TestHouse};

on_every_store! {
    what_a_backup_brings_back_is_erased_again_and_only_that,
    a_dry_run_says_what_would_go_and_touches_nothing,
    a_backup_of_years_ago_goes_all_the_way,
    a_key_that_somebody_else_has_now_is_listed_and_left_alone,
    a_hold_placed_since_keeps_what_came_back,
    what_was_not_asked_about_is_nobodys_business,
    only_who_answers_for_erasures_may_do_it,
}

/// Goes through every system as whoever runs the server.
async fn replayed(house: &TestHouse, dry: bool) -> Counts {
    let mut sum = Counts::default();
    for system in SYSTEMS {
        let found = house.house.worker.replay(&habeas::action::actor::Actor::Operator, system, dry).await.unwrap();
        for counts in found.counts.values() {
            sum.again += counts.again;
            sum.already += counts.already;
            sum.held += counts.held;
            sum.look += counts.look;
        }
    }
    sum
}

async fn what_a_backup_brings_back_is_erased_again_and_only_that(house: TestHouse) {
    let case = approved(&house, &house.solveig()).await;
    let backup = house.systems.bytes();
    executed(&house, &case).await;
    let erased = house.systems.rows().await;
    let quiet = replayed(&house, false).await;
    assert_eq!((quiet.again, quiet.held, quiet.look), (0, 0, 0), "nothing came back yet: {quiet:?}");
    assert!(quiet.already > 0 && house.systems.rows().await == erased);

    house.systems.restore(&backup);
    assert!(house.systems.rows().await != erased);
    let first = replayed(&house, false).await;
    assert!(first.again > 5 && (first.held, first.look) == (0, 0), "{first:?}");
    assert_eq!(house.systems.rows().await, erased, "exactly as the erasure left it");
    let second = replayed(&house, false).await;
    assert_eq!((second.again, second.look), (0, 0), "a second time nothing is left to do: {second:?}");
    assert_eq!(house.systems.rows().await, erased);

    let again: u64 = case.facts("erased-again").await.iter().map(|fact| fact["records"].parse::<u64>().unwrap()).sum();
    assert_eq!(again, first.again, "the case says so");
    let noted = house.facts("ledger-replayed").await;
    assert_eq!(noted.len(), 3 * SYSTEMS.len());
    house.systems.restore(&backup);
    assert_eq!(replayed(&house, false).await, first, "and after another restore it goes again");
    assert_eq!(house.systems.rows().await, erased);
}

async fn a_dry_run_says_what_would_go_and_touches_nothing(house: TestHouse) {
    let case = approved(&house, &house.kari()).await;
    let backup = house.systems.bytes();
    executed(&house, &case).await;
    house.systems.restore(&backup);
    let (before, log) = (house.systems.rows().await, house.log_size().await);
    let dry = replayed(&house, true).await;
    assert!(dry.again > 0, "{dry:?}");
    assert_eq!((house.systems.rows().await, house.log_size().await), (before, log));
    assert_eq!(replayed(&house, false).await.again, dry.again);
}

async fn a_backup_of_years_ago_goes_all_the_way(house: TestHouse) {
    let case = approved(&house, &house.solveig()).await;
    let backup = house.systems.bytes();
    executed(&house, &case).await;
    house.advance_to(date(2032, 1, 2)).await;
    assert!(case.deferrals().await.iter().all(|deferral| deferral.done_at.is_some()));
    let erased = house.systems.rows().await;
    house.systems.restore(&backup);
    let found = replayed(&house, false).await;
    assert!(found.again > 5 && found.look == 0, "{found:?}");
    assert_eq!(house.systems.rows().await, erased, "what the law kept for years, too");
}

async fn a_key_that_somebody_else_has_now_is_listed_and_left_alone(house: TestHouse) {
    let solveig = house.solveig();
    let case = approved(&house, &solveig).await;
    let backup = house.systems.bytes();
    executed(&house, &case).await;
    house.systems.restore(&backup);
    let rename = format!("UPDATE newsletter_subscriptions SET email = 'pia@example.no' WHERE email = '{}'", solveig.email);
    let mut shop = house.systems.connect("shop").await;
    let renamed = sqlx::raw_sql(sqlx::AssertSqlSafe(rename)).execute(&mut shop).await.unwrap();
    assert_eq!(renamed.rows_affected(), 1);
    drop(shop);
    let found = house.house.worker.replay(&house.staff("ida").actor().await, "shop", false).await.unwrap();
    let [look] = found.look.as_slice() else { panic!("{:?}", found.look) };
    assert_eq!((look.collection.as_str(), look.why), ("newsletter_subscriptions", Why::OtherRecord));
    assert!(house.systems.rows().await.iter().any(|row| row.contains("pia@example.no")));
    let noted = house.facts("ledger-replayed").await;
    assert!(noted.last().unwrap().event.contains("\"look\":\"newsletter_subscriptions=1\""), "{}", noted.last().unwrap().event);
    assert!(!noted.last().unwrap().event.contains("pia"));
}

async fn a_hold_placed_since_keeps_what_came_back(house: TestHouse) {
    let case = approved(&house, &house.kari()).await;
    let backup = house.systems.bytes();
    executed(&house, &case).await;
    house.systems.restore(&backup);
    let before = house.systems.rows().await;
    let hold = house.place_hold("ida", &case.reference).await;
    let found = replayed(&house, false).await;
    assert!(found.held > 0 && found.again == 0, "{found:?}");
    assert_eq!(house.systems.rows().await, before, "not a row was touched");
    assert!(house.facts("ledger-replayed").await.iter().any(|fact| fact.event.contains(&hold)));
    house.settle().await;
}

async fn what_was_not_asked_about_is_nobodys_business(house: TestHouse) {
    let case = approved(&house, &house.solveig().only(&["shop.newsletter_subscriptions"])).await;
    executed(&house, &case).await;
    assert_eq!(replayed(&house, false).await, Counts::default());
}

async fn only_who_answers_for_erasures_may_do_it(house: TestHouse) {
    let kari = house.staff("kari").actor().await;
    let denied = house.house.worker.replay(&kari, "shop", false).await;
    assert!(matches!(denied, Err(ReplayError::Refused(Refusal::Denied))), "{denied:?}");
    let unknown = house.house.worker.replay(&house.staff("ida").actor().await, "shp", true).await;
    assert!(matches!(unknown, Err(ReplayError::Unknown(_))), "{unknown:?}");
}
