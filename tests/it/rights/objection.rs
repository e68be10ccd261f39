//! Objection (Art. 21): marketing stops at once and nobody weighs it; everything else stops first and is weighed afterwards.

use habeas_core::law::{
    ask::{Asked, Objection},
    right::Right,
};

use super::rectification::{changed, tell_by_hand};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    marketing_stops_with_nothing_but_the_mailbox,
    what_is_objected_to_rests_while_it_is_weighed_and_stays_so,
    an_overridden_objection_is_explained_before_anything_is_used_again,
    nothing_to_object_to_is_an_answer,
    a_restriction_that_was_there_before_outlives_the_objection,
}

const RESTING: &str = "SELECT id || ' ' || person_id FROM cancelled_orders WHERE restricted = 1";

async fn marketing_stops_with_nothing_but_the_mailbox(house: TestHouse) {
    let kari = house.kari().giving(None).asking(Asked::Objection(Objection::Marketing));
    let mut shop = house.systems.connect("shop").await;
    sqlx::raw_sql("UPDATE customers SET marketing_consent = 1").execute(&mut shop).await.unwrap();
    drop(shop);
    let before = house.systems.rows().await;
    let case = kari.asks(Right::Objection).await;
    assert!(case.waits_at().await.iter().all(|task| task.starts_with("notify-by-hand")), "{:?}", case.waits_at().await);
    let said =
        "SELECT marketing_consent FROM customers WHERE id = 1 UNION ALL SELECT restricted FROM newsletter_subscriptions WHERE id = 1";
    assert_eq!(house.systems.texts("shop", said).await, ["0", "1"], "at once, nobody weighs it");
    assert_eq!(changed(&house, &before).await.len(), 2, "hers and nobody else's");
    tell_by_hand(&house, &case).await;
    assert_eq!((case.phase().await, case.letters().await.last().unwrap().as_str()), ("answered", "marketing-stopped"));
    assert_eq!(case.row().await.tier, None, "nobody asked who it is");
    let found: u64 = case.facts("system-searched").await.iter().map(|fact| fact["records"].parse::<u64>().unwrap()).sum();
    assert_eq!(found, 2, "nothing else is even kept for a moment");
    let letter = case.mail_to(&kari.email).text;
    assert!(letter.contains("Du får ikke mer reklame fra oss") && letter.contains("- Nyhetsbrev, Nettbutikken"), "{letter}");
    assert!(case.mail_to("personvern@nettdrift.example").text.contains("Slutt å bruke det"));
}

async fn halted<'h>(house: &'h TestHouse, solveig: &Subject<'h>) -> CaseHandle<'h> {
    let why = Objection::Other { why: "Bestillingen handlet om en sykdom.".to_owned() };
    let case = solveig.clone().asking(Asked::Objection(why)).asks(Right::Objection).await;
    assert_eq!(case.waits_at().await, ["weigh"]);
    assert_eq!(house.systems.texts("dossiers", RESTING).await.len(), 1, "stopped before it is weighed");
    case
}

async fn what_is_objected_to_rests_while_it_is_weighed_and_stays_so(house: TestHouse) {
    let solveig = house.solveig();
    let case = halted(&house, &solveig).await;
    house.staff("per").does(&case, "weigh", "upheld").await;
    tell_by_hand(&house, &case).await;
    assert_eq!((case.phase().await, case.letters().await.last().unwrap().as_str()), ("answered", "objection-upheld"));
    assert_eq!(house.systems.texts("dossiers", RESTING).await.len(), 1);
}

async fn overridden<'h>(house: &'h TestHouse, solveig: &Subject<'h>) -> CaseHandle<'h> {
    let case = halted(house, solveig).await;
    house.staff("per").does(&case, "weigh", "overridden").await;
    let reasons = house.staff("per").writing("ground", "R21.1l").writing("reason", "Vi trenger den i en sak for retten.");
    reasons.does(&case, "grounds", "submitted").await;
    assert_eq!(house.systems.texts("dossiers", RESTING).await.len(), 1, "not before a second person agrees");
    house.staff("ida").does(&case, "review-grounds", "approved").await;
    tell_by_hand(house, &case).await;
    case
}

async fn an_overridden_objection_is_explained_before_anything_is_used_again(house: TestHouse) {
    let solveig = house.solveig();
    let case = overridden(&house, &solveig).await;
    assert_eq!(case.phase().await, "refused");
    assert!(house.systems.texts("dossiers", RESTING).await.is_empty());
    let kinds: Vec<_> = case.log().await.iter().map(|fact| fact["kind"].as_str().unwrap().to_owned()).collect();
    let explained = case.log().await.iter().position(|fact| fact["codes"]["letter"] == "objection-overridden").unwrap();
    assert!(explained < kinds.iter().position(|kind| kind == "system-lifted").unwrap(), "{kinds:?}");
    let letter = case.mail_to(&solveig.email).text;
    for line in [
        "Vi trenger den i en sak for retten.",
        "en sak om et rettskrav. (Art. 21(1), R21.1l)",
        "Datatilsynet",
        "Du kan også ta saken til retten.",
    ] {
        assert!(letter.contains(line), "`{line}` is missing: {letter}");
    }
}

async fn nothing_to_object_to_is_an_answer(house: TestHouse) {
    let why = Objection::Other { why: "Jeg liker det ikke.".to_owned() };
    let case = house.kari().asking(Asked::Objection(why)).asks(Right::Objection).await;
    assert_eq!((case.phase().await, case.letters().await), ("answered", vec!["receipt".to_owned(), "nothing-held".to_owned()]));
}

async fn a_restriction_that_was_there_before_outlives_the_objection(house: TestHouse) {
    let mut dossiers = house.systems.connect("dossiers").await;
    sqlx::raw_sql("UPDATE cancelled_orders SET restricted = 1 WHERE person_id = 2").execute(&mut dossiers).await.unwrap();
    drop(dossiers);
    let case = overridden(&house, &house.solveig()).await;
    assert_eq!(case.phase().await, "refused");
    assert_eq!(house.systems.texts("dossiers", RESTING).await.len(), 1, "it was not this case's to lift");
}
