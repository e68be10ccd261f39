//! A legal hold beats every approval (Art. 17(3)(b), (e)): what it covers stays, and the case goes back to a person.

use std::collections::BTreeSet;

use habeas::{
    action::{
        place_hold::{PlaceHold, Placed},
        refusal::Refusal,
        release_hold::Release,
    },
    store::{
        hold,
        incident::{self, Trouble},
    },
};
use habeas_core::{
    law::{
        hold::{Basis, Scope},
        plan::{Act, ErasureStep},
        right::Right,
    },
    table::Guard,
};
use jiff::{ToSpan as _, civil::date};

use super::{
    erasure::{COOLED, approved, executed, planned},
    trace::{self, Traces},
};
use crate::house::{database::on_every_store, systems::SYSTEMS, test_house::TestHouse};

on_every_store! {
    a_hold_after_the_approval_stops_the_erasure,
    a_hold_on_one_system_stops_the_rest_and_later_all_is_done,
    a_hold_before_the_plan_is_part_of_it,
    a_hold_makes_a_deferred_erasure_wait,
    what_only_a_hold_kept_goes_at_once_when_it_is_released,
    a_hold_never_stops_access,
    a_hold_needs_a_matter_a_scope_and_a_day,
    two_people_release_a_hold,
    a_hold_on_some_records_keeps_these_and_lets_the_others_go,
    a_hold_that_cannot_be_evaluated_keeps_and_asks_somebody_once,
    a_hold_on_what_nobody_knows_is_refused,
}

async fn a_hold_after_the_approval_stops_the_erasure(house: TestHouse) {
    let case = approved(&house, &house.jonas()).await;
    let (before, signed) = (house.systems.bytes(), case.plan().await);
    let hold = house.place_hold("ida", &case.reference).await;
    house.advance(COOLED).await;

    assert!(house.systems.bytes() == before, "zero rows deleted, not a byte touched");
    assert_eq!(case.waits_at().await, ["propose"], "back at its handler");
    let blocked = case.facts("erasure-blocked").await;
    assert!(!blocked.is_empty() && blocked.iter().all(|fact| fact["hold"] == hold), "{blocked:?}");
    assert!(case.facts("system-erased").await.is_empty());
    let now = case.plan().await;
    assert_ne!(now.hash(), signed.hash());
    assert!(now.plan().systems.iter().flat_map(|part| &part.steps).all(|step| step.act == Act::Keep));
    assert!(now.plan().kept().all(|kept| kept.reasons.iter().any(|reason| reason.id == hold)), "the hold is the reason");

    assert_eq!(house.staff("per").releases(&hold).await.unwrap(), Release::Asked);
    assert_eq!(house.staff("ida").releases(&hold).await.unwrap(), Release::Released);
    house.staff("kari").does(&case, "propose", "erase").await;
    let old = house.staff("per").tries_to_approve(&case, signed.hash()).await;
    assert!(matches!(&old, Err(Refusal::Conflict { code, .. }) if code == "plan-changed"), "{old:?}");
    house.staff("per").does(&case, "approve", "sent-back").await;
    house.staff("kari").does(&case, "propose", "erase").await;
    house.staff("per").approves(&case).await;
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    assert!(!case.facts("system-erased").await.is_empty());
}

async fn a_hold_on_one_system_stops_the_rest_and_later_all_is_done(house: TestHouse) {
    let solveig = house.solveig();
    let case = approved(&house, &solveig).await;
    let shop_before = house.systems.bytes()["shop.db"].clone();
    let hold = PlaceHold { scope: Scope { systems: vec!["shop".to_owned()], ..Scope::default() }, ..hold_on(&house, &case.reference) };
    let hold = house.run(&house.staff("ida").actor().await, hold).await.unwrap().id;
    house.advance(COOLED).await;
    assert_eq!(case.waits_at().await, ["propose"]);
    assert!(house.systems.bytes()["shop.db"] == shop_before, "nothing of the held system was touched");

    house.staff("per").releases(&hold).await.unwrap();
    house.staff("ida").releases(&hold).await.unwrap();
    house.staff("kari").does(&case, "propose", "erase").await;
    house.staff("per").does(&case, "approve", "sent-back").await;
    house.staff("kari").does(&case, "propose", "erase").await;
    house.staff("per").approves(&case).await;
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    assert!(!house.systems.rows().await.iter().any(|row| row.starts_with("shop.customers: ") && row.contains(&solveig.email)));
    // What the first, half done erasure promised for later is still kept.
    house.advance_to(date(2032, 1, 2)).await;
    assert!(case.deferrals().await.iter().all(|deferral| deferral.done_at.is_some()), "{:?}", case.deferrals().await);
    assert!(!house.systems.rows().await.iter().any(|row| row.contains("Brekkestøl")));
}

async fn a_hold_before_the_plan_is_part_of_it(house: TestHouse) {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Erasure).await;
    let hold = house.place_hold("kari", &case.reference).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.staff("kari").does(&case, "propose", "partly").await;
    house.staff("per").approves(&case).await;
    let before = unmarked(&house).await;
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(unmarked(&house).await, before, "nothing but the mark that it is only stored");
    let letter = case.mail_to(&solveig.email).text;
    assert!(letter.contains("rettskrav") && letter.contains("Art. 17(3)(e)"), "{letter}");
    assert!(!letter.contains("Dette har vi slettet"), "nothing was, so nothing is said to be: {letter}");
    assert_eq!(hold::get(&house.store, &hold).await.unwrap().unwrap().placed_by, "staff/kari");
}

async fn a_hold_makes_a_deferred_erasure_wait(house: TestHouse) {
    let case = approved(&house, &house.solveig()).await;
    executed(&house, &case).await;
    let first = case.deferrals().await[0].due_on;
    house.advance_to(first.yesterday().unwrap()).await;
    let hold = house.place_hold("ida", &case.reference).await;
    let before = unmarked(&house).await;
    house.advance_to(first.tomorrow().unwrap()).await;
    assert_eq!(unmarked(&house).await, before);
    assert_eq!(case.deferrals().await[0].waits_for.as_ref(), Some(&hold), "it says what it waits for");

    house.staff("per").releases(&hold).await.unwrap();
    house.staff("ida").releases(&hold).await.unwrap();
    house.work().await;
    let deferral = case.deferrals().await.remove(0);
    assert!(deferral.done_at.is_some() && deferral.waits_for.is_none(), "{deferral:?}");
    assert_eq!(case.letters().await.last().unwrap(), "rest-gone");
}

async fn what_only_a_hold_kept_goes_at_once_when_it_is_released(house: TestHouse) {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Erasure).await;
    let (first, second) = (house.place_hold("ida", &case.reference).await, house.place_hold("ida", &case.reference).await);
    house.staff("kari").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.staff("kari").does(&case, "propose", "partly").await;
    house.staff("per").approves(&case).await;
    let traces = Traces::of(&case).await;
    let before = unmarked(&house).await;
    executed(&house, &case).await;
    let waiting = case.deferrals().await;
    let systems: BTreeSet<&str> = waiting.iter().map(|row| row.system.as_str()).collect();
    assert!(systems.len() >= 3 && waiting.iter().all(|row| row.done_at.is_none() && row.waits_for.is_some()), "{waiting:?}");

    for (hold, is_last) in [(first, false), (second, true)] {
        house.staff("per").releases(&hold).await.unwrap();
        house.staff("ida").releases(&hold).await.unwrap();
        house.work().await;
        assert_eq!(unmarked(&house).await == before, !is_last, "the other hold still keeps it");
    }
    let rows = case.deferrals().await;
    assert!(rows.iter().filter(|row| row.due_on <= house.today()).all(|row| row.done_at.is_some()), "{rows:?}");
    let mut days: Vec<_> = rows.into_iter().map(|row| row.due_on).filter(|day| *day > house.today()).collect();
    days.dedup();
    assert_eq!(days, [date(2029, 8, 27), date(2030, 7, 1), date(2032, 1, 1)], "what a rule keeps beyond the hold goes on its day");
    let letters = case.letters().await;
    assert!(letters.iter().filter(|letter| *letter == "rest-gone").count() >= 2, "{letters:?}");
    house.advance_to(date(2032, 1, 2)).await;
    assert!(house.mails()[0].text.contains("Ingenting fra den saken er igjen."), "{}", house.mails()[0].text);
    assert_eq!(trace::found(&house.systems, &traces.all()), [].into(), "nothing of her is left anywhere");
}

async fn a_hold_never_stops_access(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    house.place_hold("ida", &case.reference).await;
    let access = house.kari().asks(Right::Access).await;
    assert_eq!(access.phase().await, "answered");
    assert_eq!(access.letters().await, ["receipt", "access-ready"]);
}

async fn a_hold_needs_a_matter_a_scope_and_a_day(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    let ida = house.staff("ida").actor().await;
    let wrong = |field: &'static str, refusal: Result<Placed, Refusal>| match refusal {
        Err(Refusal::Invalid(problems)) => assert_eq!(problems[0].field, field),
        other => panic!("{field}: {other:?}"),
    };
    let right = || hold_on(&house, &case.reference);
    wrong("matter", house.run(&ida, PlaceHold { matter: "  ".to_owned(), ..right() }).await);
    wrong("review_on", house.run(&ida, PlaceHold { review_on: house.today(), ..right() }).await);
    wrong("review_on", house.run(&ida, PlaceHold { review_on: house.today().saturating_add(7.months()), ..right() }).await);
    wrong("case", house.run(&ida, PlaceHold { case: None, ..right() }).await);
    let unknown = house.run(&ida, PlaceHold { case: Some("HB-0000-0000".to_owned()), ..right() }).await;
    assert!(matches!(unknown, Err(Refusal::NotFound("case"))), "{unknown:?}");
    for outsider in ["ola", "tilsyn"] {
        let refused = house.run(&house.staff(outsider).actor().await, right()).await;
        assert!(matches!(refused, Err(Refusal::Denied)), "{outsider}: {refused:?}");
    }
    assert!(hold::all(&house.store).await.unwrap().is_empty());
    house.settle().await;
}

async fn two_people_release_a_hold(house: TestHouse) {
    let case = planned(&house, &house.kari()).await;
    let hold = house.place_hold("kari", &case.reference).await;
    assert!(matches!(house.staff("kari").releases(&hold).await, Err(Refusal::Denied)));
    assert_eq!(house.staff("per").releases(&hold).await.unwrap(), Release::Asked);
    let alone = house.staff("per").releases(&hold).await;
    assert!(matches!(&alone, Err(Refusal::Conflict { code, .. }) if code == "four-eyes"), "{alone:?}");
    assert_eq!(house.staff("eva").releases(&hold).await.unwrap(), Release::Released);
    let again = house.staff("ida").releases(&hold).await;
    assert!(matches!(&again, Err(Refusal::Conflict { code, .. }) if code == "hold-released"), "{again:?}");
}

/// Every row of every system, the marks that say that something is only stored left out.
async fn unmarked(house: &TestHouse) -> Vec<String> {
    let mut rows = Vec::new();
    for system in SYSTEMS {
        for table in house.systems.texts(system, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").await {
            let columns = format!("SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}') WHERE name <> 'restricted'");
            let columns = house.systems.texts(system, &columns).await.join(" || ' ' || ");
            rows.extend(house.systems.texts(system, &format!("SELECT {columns} FROM {table} ORDER BY rowid")).await);
        }
    }
    rows
}

/// What every order of everybody says in one field.
async fn orders_say(house: &TestHouse, field: &str, says: &str) {
    let mut shop = house.systems.connect("shop").await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("UPDATE orders SET {field} = {says}"))).execute(&mut shop).await.unwrap();
}

fn on_notes(says: &str) -> Scope {
    let query = Some(Guard::parse(&format!("note == \"{says}\"")).unwrap());
    Scope { collections: vec!["shop.orders".to_owned()], query, ..Scope::default() }
}

async fn a_hold_on_some_records_keeps_these_and_lets_the_others_go(house: TestHouse) {
    orders_say(&house, "note", "CASE WHEN id % 2 THEN 'disputed' ELSE 'settled' END").await;
    let case = approved(&house, &house.solveig()).await;
    let ida = house.staff("ida").actor().await;
    let on = |says| PlaceHold { case: None, scope: on_notes(says), ..hold_on(&house, &case.reference) };
    house.run(&ida, on("lost")).await.unwrap();
    let orders = case.plan().await.plan().system("shop").unwrap().steps.iter().filter(|step| step.collection == "orders").count();
    assert!(orders > 0);
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered", "it covers none of hers");
    assert!(case.incidents().await.is_empty());

    let case = approved(&house, &house.jonas()).await;
    let hold =
        house.run(&ida, PlaceHold { scope: Scope { query: None, ..on_notes("") }, ..hold_on(&house, &case.reference) }).await.unwrap().id;
    house.advance(COOLED).await;
    assert_eq!(case.facts("erasure-blocked").await[0]["hold"], hold);
}

async fn a_hold_that_cannot_be_evaluated_keeps_and_asks_somebody_once(house: TestHouse) {
    orders_say(&house, "invoice_number", "NULL").await;
    let query = Some(Guard::parse("invoice_number == \"F-1\"").unwrap());
    let hold = PlaceHold { case: None, scope: Scope { query, ..on_notes("") }, ..hold_on(&house, "") };
    let hold = house.run(&house.staff("ida").actor().await, hold).await.unwrap().id;
    for person in [house.solveig(), house.jonas()] {
        let case = planned(&house, &person).await;
        let plan = case.plan().await;
        let orders = plan.plan().system("shop").unwrap().steps.iter().filter(|step| step.collection == "orders");
        let keeps = |step: &&ErasureStep| step.decisions.iter().all(|it| it.because.iter().any(|why| why.id == hold));
        assert!(orders.clone().count() > 0 && orders.clone().filter(keeps).all(|step| step.act == Act::Keep), "they stay");
        assert_eq!(orders.clone().filter(keeps).count(), orders.count(), "because of the hold");
        assert!(plan.plan().systems.iter().flat_map(|part| &part.steps).any(|step| step.act == Act::Delete), "the rest may go");
    }
    let told: Vec<_> = incident::open(&house.store).await.unwrap().into_iter().filter(|it| it.trouble == Trouble::Unread).collect();
    let [one] = &told[..] else { panic!("one, however many records and people: {told:?}") };
    for said in [hold.as_str(), "shop.orders", "`invoice_number`", "release the hold"] {
        assert!(one.cause.contains(said), "{}", one.cause);
    }
    assert_eq!(house.facts("hold-unread").await.len(), 1);
}

async fn a_hold_on_what_nobody_knows_is_refused(house: TestHouse) {
    let ida = house.staff("ida").actor().await;
    let mut scope = on_notes("x");
    scope.collections.push("shop.customers".to_owned());
    scope.categories.push("user.shoe".to_owned());
    let place = |scope| PlaceHold { case: None, scope, ..hold_on(&house, "") };
    let codes = |refused: Result<Placed, Refusal>| match refused {
        Err(Refusal::Invalid(problems)) => problems.into_iter().map(|problem| problem.code).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(codes(house.run(&ida, place(scope.clone())).await), ["hold-category-unknown"]);
    scope.categories.clear();
    assert_eq!(codes(house.run(&ida, place(scope)).await), ["hold-query-misfits"], "a customer has no note");
    assert_eq!(codes(house.run(&ida, place(Scope::default())).await), ["hold-covers-everything"]);
    assert!(hold::all(&house.store).await.unwrap().is_empty());
    house.settle().await;
}

fn hold_on(house: &TestHouse, case: &str) -> PlaceHold {
    PlaceHold {
        case: Some(case.to_owned()),
        scope: Scope::default(),
        basis: Basis::LegalClaim,
        matter: "25-112233TVI-TOSL".to_owned(),
        review_on: house.today().saturating_add(3.months()),
    }
}
