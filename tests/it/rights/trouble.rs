//! Connected systems that are locked or gone: the case waits and says so, nothing is lost, nothing is half erased.

use habeas::action::refusal::Refusal;
use habeas_core::law::right::Right;
use jiff::SignedDuration;

use super::erasure::{COOLED, approved, executed};
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    a_locked_system_is_asked_again,
    a_missing_system_is_searched_by_its_owner,
    an_erasure_waits_for_a_system_that_is_gone,
    an_erasure_waits_for_what_has_to_go_first,
    an_erasure_that_stays_impossible_is_handed_to_the_owner,
    a_deferred_erasure_waits_for_a_system_that_is_gone,
    a_mail_that_cannot_leave_is_sent_later,
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn a_locked_system_is_asked_again(house: TestHouse) {
    let lock = house.systems.lock("shop").await;
    let case = house.kari().asks(Right::Access).await;
    assert_eq!(case.phase().await, "open");
    assert!(case.waits_at().await.is_empty(), "nobody is bothered with what mends itself");
    assert!(!case.facts("effect-postponed").await.is_empty(), "and the log says why it takes longer");
    drop(lock);
    house.advance(HOUR).await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(case.letters().await, ["receipt", "access-ready"]);
}

async fn a_missing_system_is_searched_by_its_owner(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    house.systems.hide("helpdesk");
    house.staff("kari").does(&case, "assess", "go-on").await;
    assert!(case.waits_at().await.is_empty());
    let found: Vec<_> = case.findings().await.into_iter().map(|finding| finding.system).collect();
    assert_eq!(found, ["accounting", "dossiers", "shop"], "what the others said is kept");
    for _ in 0..9 {
        house.advance(DAY / 4).await;
    }
    assert_eq!(case.waits_at().await, ["locate-by-hand@helpdesk"]);
    let other = house.staff("kari").tries(&case, "locate-by-hand@helpdesk", "submitted").await;
    assert!(matches!(other, Err(Refusal::NotFound("task"))), "{other:?}");
    house.staff("bo").does(&case, "locate-by-hand@helpdesk", "submitted").await;
    assert_eq!(case.waits_at().await, ["propose"]);
    house.systems.bring_back("helpdesk");
}

async fn an_erasure_waits_for_a_system_that_is_gone(house: TestHouse) {
    let case = approved(&house, &house.solveig()).await;
    house.systems.hide("shop");
    house.advance(COOLED).await;
    let erased: Vec<_> = case.facts("system-erased").await.iter().map(|fact| fact["system"].clone()).collect();
    assert!(!erased.contains(&"shop".to_owned()) && erased.contains(&"dossiers".to_owned()), "{erased:?}");
    assert_eq!((case.phase().await, case.waits_at().await), ("open", vec![]));
    assert!(!case.letters().await.contains(&"erasure-done".to_owned()), "not a word of done before it is");
    house.advance(HOUR).await;
    house.systems.bring_back("shop");
    house.advance(DAY).await;
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    assert!(case.facts("system-erased").await.iter().any(|fact| fact["system"] == "shop" && fact["deleted"] != "0"));
}

/// The dossiers' map says that they go after the shop's customers.
async fn an_erasure_waits_for_what_has_to_go_first(mut house: TestHouse) {
    let people = "      - name: people\n";
    let after = format!("{people}        fides_meta: {{erase_after: [shop.customers]}}\n");
    house.rewrites("systems/dossiers.yaml", people, &after).await;
    let case = approved(&house, &house.solveig()).await;
    house.systems.hide("shop");
    house.advance(COOLED).await;
    let erased = case.facts("system-erased").await.into_iter().map(|mut fact| fact.remove("system").unwrap()).collect::<Vec<_>>();
    assert!(erased.contains(&"accounting".to_owned()) && !erased.contains(&"dossiers".to_owned()), "{erased:?}");
    house.systems.bring_back("shop");
    house.advance(DAY).await;
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    let erased = case.facts("system-erased").await.into_iter().map(|mut fact| fact.remove("system").unwrap()).collect::<Vec<_>>();
    let at = |system: &str| erased.iter().position(|known| known == system).unwrap();
    assert!(at("shop") < at("dossiers"), "{erased:?}");
}

async fn an_erasure_that_stays_impossible_is_handed_to_the_owner(house: TestHouse) {
    let solveig = house.solveig();
    let case = approved(&house, &solveig).await;
    house.systems.hide("shop");
    house.advance(COOLED).await;
    for _ in 0..9 {
        house.advance(DAY).await;
    }
    assert_eq!(case.waits_at().await, ["erase-by-hand@shop"]);
    let other = house.staff("bo").tries(&case, "erase-by-hand@shop", "submitted").await;
    assert!(matches!(other, Err(Refusal::NotFound("task"))), "an owner of another system: {other:?}");
    let unproven = house.staff("ola").writing("reason", "").tries(&case, "erase-by-hand@shop", "submitted").await;
    assert!(matches!(unproven, Err(Refusal::Invalid(_))), "{unproven:?}");

    // He says that it is done; reading back says that it is not.
    house.systems.bring_back("shop");
    house.staff("ola").does(&case, "erase-by-hand@shop", "submitted").await;
    assert_eq!(case.waits_at().await, ["erase-by-hand@shop"]);
    assert!(case.facts("erasure-verified").await.iter().any(|fact| fact.contains_key("remains")));
    let by_hand = format!(
        "DELETE FROM newsletter_subscriptions WHERE email = '{0}'; DELETE FROM addresses WHERE customer_id = 2;
         UPDATE orders SET customer_id = NULL, client_ip = NULL, note = '' WHERE customer_id = 2; DELETE FROM customers WHERE id = 2",
        solveig.email
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(by_hand)).execute(&mut house.systems.connect("shop").await).await.unwrap();
    house.staff("ola").does(&case, "erase-by-hand@shop", "submitted").await;
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered");

    // What the shop has to erase later is not forgotten because a person did the first part.
    let shop: Vec<_> = case.deferrals().await.into_iter().filter(|deferral| deferral.system == "shop").collect();
    assert_eq!(shop.len(), 1, "{:?}", case.deferrals().await);
}

async fn a_deferred_erasure_waits_for_a_system_that_is_gone(house: TestHouse) {
    let case = approved(&house, &house.solveig()).await;
    executed(&house, &case).await;
    let first = case.deferrals().await.remove(0);
    house.advance_to(first.due_on.yesterday().unwrap()).await;
    house.systems.hide(&first.system);
    house.advance_to(first.due_on).await;
    assert!(case.deferrals().await[0].done_at.is_none());
    assert!(case.incidents().await.is_empty());
    house.systems.bring_back(&first.system);
    house.advance(DAY).await;
    assert!(case.deferrals().await[0].done_at.is_some());
    assert_eq!(case.letters().await.iter().filter(|letter| *letter == "rest-gone").count(), 1);
}

async fn a_mail_that_cannot_leave_is_sent_later(house: TestHouse) {
    let kari = house.kari();
    let actor = kari.signs_in().await;
    house.close_mail_folder();
    let case = kari.asks_as(&actor, Right::Access).await;
    assert_eq!(case.phase().await, "answered", "the case does not wait for the post");
    assert!(case.letters().await.is_empty());
    house.open_mail_folder();
    house.advance(HOUR).await;
    assert_eq!(case.letters().await.len(), 2);
    assert_eq!(house.mails().iter().filter(|mail| mail.text.contains(&case.reference)).count(), 2);
}
