//! What a hold does to each right: what it keeps from erasure is only stored meanwhile (Art. 18), in the systems and for whoever asks the
//! gate; everything else goes its way.

use habeas::{action::place_hold::PlaceHold, store::case};
use habeas_core::law::{
    hold::{Basis, Scope},
    right::Right,
};
use jiff::{ToSpan as _, civil::date};
use serde_json::{Value, json};

use super::{
    erasure::{approved, executed},
    rectification::{asked, correction, tell_by_hand},
    restriction::claims,
};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    what_a_hold_keeps_rests_until_it_is_released,
    another_restriction_outlives_the_hold,
    a_hold_that_comes_before_the_day_has_it_rest_from_then_on,
    a_locked_system_is_marked_later,
    marketing_ends_under_a_hold,
    a_correction_is_made_under_a_hold_and_what_stood_there_is_remembered,
}

/// What the gate tells of somebody.
async fn told(house: &TestHouse, subject: &Subject<'_>) -> Value {
    let look = &house.house.look;
    look.admit("nobody.here").await;
    let email = habeas_core::law::identifier::Identifier::parse("email", &subject.email).unwrap();
    let answer = look.stopped(&look.gate_index_of(&email)).unwrap().unwrap();
    serde_json::from_str(&answer.body).unwrap()
}

/// How much is marked as only stored: in the shop and in the accounts.
async fn resting(house: &TestHouse) -> (usize, usize) {
    let customers = "SELECT 'x' FROM customers WHERE restricted = 1 UNION ALL SELECT 'x' FROM orders WHERE restricted = 1";
    let invoices = "SELECT 'x' FROM invoices WHERE restricted = 1";
    (house.systems.texts("shop", customers).await.len(), house.systems.texts("accounting", invoices).await.len())
}

/// Her erasure is answered while a hold on everything of hers stands.
async fn answered_under_a_hold<'h>(house: &'h TestHouse, subject: &Subject<'h>) -> (CaseHandle<'h>, String) {
    let case = subject.asks(Right::Erasure).await;
    let hold = house.place_hold("ida", &case.reference).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    if case.waits_at().await == ["prove-more"] {
        case.shows_a_document().await;
        house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    }
    house.staff("kari").does(&case, "propose", "partly").await;
    house.staff("per").approves(&case).await;
    executed(house, &case).await;
    assert_eq!(case.phase().await, "answered");
    (case, hold)
}

async fn release(house: &TestHouse, hold: &str) {
    for by in ["per", "ida"] {
        house.staff(by).releases(hold).await.unwrap();
    }
    house.work().await;
}

async fn what_a_hold_keeps_rests_until_it_is_released(house: TestHouse) {
    let solveig = house.solveig();
    let (case, hold) = answered_under_a_hold(&house, &solveig).await;
    let (shop, accounts) = resting(&house).await;
    assert!(shop > 1 && accounts > 0, "{shop} {accounts}");
    let restriction = told(&house, &solveig).await["restrictions"][0].clone();
    assert_eq!((&restriction["case"], &restriction["ground"]), (&json!(case.reference), &json!("held")));
    assert_eq!((&restriction["article"], &restriction["purposes"]), (&json!("Art. 17(3)"), &json!(["every-purpose"])));
    let scope = restriction["scope"].as_array().unwrap();
    assert!(scope.contains(&json!("shop.customers")) && scope.contains(&json!("accounting.invoices")), "{scope:?}");
    house.advance_to(house.today().saturating_add(3.days())).await;
    assert_eq!(resting(&house).await, (shop, accounts), "looked at every day, and marked once");
    assert_eq!(
        case.facts("gate-shut").await.len(),
        1 + case.facts("held-restricted").await.len().saturating_sub(1),
        "once for each system"
    );

    release(&house, &hold).await;
    assert_eq!(resting(&house).await, (0, 0), "what a rule keeps on may be used for that rule again");
    assert_eq!(told(&house, &solveig).await["status"], "not-restricted");
    assert!(!case.facts("held-lifted").await.is_empty() && case.incidents().await.is_empty());
    assert_eq!(case.facts("gate-opened").await.len(), 1);
    assert_eq!(house.count("held_rest").await, 0, "nothing of it is left");
}

async fn another_restriction_outlives_the_hold(house: TestHouse) {
    let solveig = house.solveig();
    let (_, hold) = answered_under_a_hold(&house, &solveig).await;
    let (_, before) = resting(&house).await;
    let own = claims(solveig.clone().only(&["accounting.invoices"])).asks(Right::Restriction).await;
    house.staff("kari").does(&own, "judge", "restrict").await;
    tell_by_hand(&house, &own).await;
    assert_eq!(own.phase().await, "answered");
    release(&house, &hold).await;
    let (shop, invoices) = resting(&house).await;
    assert_eq!((shop, invoices), (0, before), "her own restriction is another reason");
    let told = told(&house, &solveig).await;
    assert_eq!(told["restrictions"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told["restrictions"][0]["case"], json!(own.reference));
}

async fn a_hold_that_comes_before_the_day_has_it_rest_from_then_on(house: TestHouse) {
    let solveig = house.solveig();
    let case = approved(&house, &solveig).await;
    executed(&house, &case).await;
    assert_eq!(resting(&house).await, (0, 0), "what a rule keeps is used for that");
    let due = case.deferrals().await.into_iter().rfind(|row| row.system == "accounting").unwrap().due_on;
    house.advance_to(due.yesterday().unwrap()).await;
    let hold = PlaceHold {
        case: None,
        scope: Scope { collections: vec!["accounting.invoices".to_owned()], ..Scope::default() },
        basis: Basis::AuthorityOrder,
        matter: "Skatt 88".to_owned(),
        review_on: house.today().saturating_add(3.months()),
    };
    let hold = house.run(&house.staff("ida").actor().await, hold).await.unwrap().id;
    house.advance_to(due.tomorrow().unwrap()).await;
    let (_, accounts) = resting(&house).await;
    assert!(accounts > 0, "now nothing but the hold keeps it");
    assert_eq!(told(&house, &solveig).await["restrictions"][0]["scope"], json!(["accounting.invoices"]));
    release(&house, &hold).await;
    assert_eq!((resting(&house).await.1, told(&house, &solveig).await["status"].clone()), (0, json!("not-restricted")));
}

async fn a_locked_system_is_marked_later(house: TestHouse) {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Erasure).await;
    house.place_hold("ida", &case.reference).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.staff("kari").does(&case, "propose", "partly").await;
    house.staff("per").approves(&case).await;
    let lock = house.systems.lock("accounting").await;
    executed(&house, &case).await;
    drop(lock);
    assert_eq!(resting(&house).await.1, 0, "nobody could");
    house.advance(jiff::SignedDuration::from_hours(24)).await;
    assert!(resting(&house).await.1 > 0, "{:?}", case.log().await);
}

async fn marketing_ends_under_a_hold(house: TestHouse) {
    use habeas_core::law::ask::{Asked, Objection};
    let kari = house.kari().asking(Asked::Objection(Objection::Marketing));
    let other = house.kari().asks(Right::Access).await;
    house.place_hold("ida", &other.reference).await;
    let case = kari.asks(Right::Objection).await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.letters().await.last().unwrap(), "marketing-stopped");
    assert_eq!(told(&house, &kari).await["restrictions"][0]["ground"], "marketing");
    let portable = house.kari().asks(Right::Portability).await;
    assert_eq!(portable.phase().await, "answered");
}

async fn a_correction_is_made_under_a_hold_and_what_stood_there_is_remembered(house: TestHouse) {
    let kari = house.kari();
    let case = asked(&kari, &[correction("shop.customers", "last_name", Some("Nordmann"), "Hansen")]).await;
    let hold = house.place_hold("ida", &case.reference).await;
    house.staff("kari").does(&case, "judge", "correct").await;
    tell_by_hand(&house, &case).await;
    assert_eq!(house.systems.texts("shop", "SELECT last_name FROM customers WHERE id = 1").await, ["Hansen"], "Art. 16 knows no hold");
    assert_eq!(case.phase().await, "answered");

    house.advance_to(date(2032, 9, 15)).await;
    let kept = async || case::get(&house.store, &case.reference).await.unwrap().unwrap().case_key.is_some();
    assert!(kept().await, "the case is past its date, and a hold may have to know what it said");
    release(&house, &hold).await;
    house.advance(jiff::SignedDuration::from_hours(24)).await;
    assert!(!kept().await, "now it is forgotten");
}
