//! Rectification (Art. 16): the field that is wrong and no other, in the system itself, and whoever was given it hears what it says now.

use habeas::action::refusal::Refusal;
use habeas_core::law::{
    ask::{Asked, Correction},
    right::Right,
};

use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    what_is_wrong_is_corrected_and_recipients_hear_it,
    a_part_is_corrected_and_the_rest_refused_with_reasons,
    what_is_booked_is_never_overwritten,
    what_the_system_refuses_goes_to_its_owner,
    what_somebody_else_changed_meanwhile_is_not_overwritten,
    a_correction_may_be_refused,
    what_is_not_held_cannot_be_corrected_and_that_is_said,
    high_risk_data_asks_for_strong_proof,
    every_mistake_of_a_request_is_told_at_once,
}

pub(crate) fn correction(kind: &str, field: &str, now: Option<&str>, should: &str) -> Correction {
    Correction { kind: kind.into(), field: field.into(), now: now.map(str::to_owned), should: should.into(), why: None }
}

pub(crate) async fn asked<'h>(subject: &Subject<'h>, corrections: &[Correction]) -> CaseHandle<'h> {
    subject.clone().asking(Asked::Corrections(corrections.to_vec())).asks(Right::Rectification).await
}

/// Tells the recipients that have no address.
pub(crate) async fn tell_by_hand(house: &TestHouse, case: &CaseHandle<'_>) {
    for task in case.waits_at().await.iter().filter(|task| task.starts_with("notify-by-hand")) {
        house.staff("kari").does(case, task, "told").await;
    }
}

/// Rows that differ from before, as they are now.
pub(crate) async fn changed(house: &TestHouse, before: &[String]) -> Vec<String> {
    house.systems.rows().await.into_iter().filter(|row| !before.contains(row)).collect()
}

async fn what_is_wrong_is_corrected_and_recipients_hear_it(house: TestHouse) {
    let kari = house.kari();
    let before = house.systems.rows().await;
    let name = correction("shop.customers", "last_name", Some("nordmann "), "Hansen");
    let case = asked(&kari, &[name, correction("shop.customers", "birth_date", None, "1971-02-03")]).await;
    assert_eq!(case.waits_at().await, ["judge"]);
    assert!(changed(&house, &before).await.is_empty(), "nothing is written before somebody has looked");
    house.staff("kari").does(&case, "judge", "correct").await;
    tell_by_hand(&house, &case).await;

    assert_eq!(case.phase().await, "answered");
    let now = house.systems.texts("shop", "SELECT last_name || ' ' || birth_date FROM customers WHERE id = 1").await;
    assert_eq!(now, ["Hansen 1971-02-03"]);
    assert_eq!(changed(&house, &before).await.len(), 1, "one row of one person");
    assert_eq!(case.facts("system-corrected").await[0]["changed"], "2");
    assert_eq!(case.facts("change-verified").await[0]["checked"], "2");
    let letter = case.mail_to(&kari.email).text;
    for line in ["Dette har vi rettet (Art. 16):", "- Kundeopplysninger – Etternavn", "Alt du ba om, er rettet.", "Google Ads", "retten"]
    {
        assert!(letter.contains(line), "`{line}` is missing: {letter}");
    }
    assert!(!letter.contains("Hansen"), "the mail does not repeat what stands in the system");
    let notice = case.mail_to("personvern@nettdrift.example").text;
    assert!(notice.contains("Rettet") && notice.contains("Kundeopplysninger – Etternavn: Hansen"), "{notice}");
    let log = format!("{:?}", case.log().await);
    assert!(!log.contains("Hansen") && !log.contains("Nordmann"), "the log holds no values");
    assert!(case.findings().await.iter().all(|finding| finding.sealed.is_none()), "what was found is forgotten");
}

async fn a_part_is_corrected_and_the_rest_refused_with_reasons(house: TestHouse) {
    let kari = house.kari();
    let before = house.systems.rows().await;
    let asked_for =
        [correction("shop.customers", "last_name", None, "Hansen"), correction("shop.customers", "first_name", None, "Dronning")];
    let case = asked(&kari, &asked_for).await;
    let handler = house.staff("kari").writing("reason", "Fornavnet står slik i passet.");
    for ticked in [handler.clone(), handler.clone().writing("apply-7", "yes")] {
        let refused = ticked.tries(&case, "judge", "partly").await;
        assert!(matches!(&refused, Err(Refusal::Invalid(problems)) if problems[0].field.starts_with("apply-")), "{refused:?}");
    }
    handler.writing("apply-0", "yes").does(&case, "judge", "partly").await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(house.systems.texts("shop", "SELECT first_name || ' ' || last_name FROM customers WHERE id = 1").await, ["Kari Hansen"]);
    assert_eq!(changed(&house, &before).await.len(), 1);
    let letter = case.mail_to(&kari.email).text;
    let (made, rest) = letter.split_once("Dette har vi ikke rettet:").unwrap_or_else(|| panic!("{letter}"));
    assert!(made.contains("Etternavn") && rest.contains("Fornavn") && rest.contains("Fornavnet står slik i passet."), "{letter}");
    assert!(!case.mail_to("personvern@nettdrift.example").text.contains("Dronning"), "recipients hear only what changed");
}

async fn what_is_booked_is_never_overwritten(house: TestHouse) {
    let solveig = house.solveig();
    let before = house.systems.rows().await;
    let case = asked(&solveig, &[correction("accounting.invoices", "billing_name", None, "Solveig Hansen")]).await;
    house.staff("kari").does(&case, "judge", "correct").await;
    assert_eq!(case.waits_at().await, ["correct-by-hand@accounting"]);
    assert_eq!(case.facts("system-corrected").await[0]["by_hand"], "append-only");
    house.staff("ola").writing("reason", "Kreditnota og ny faktura.").does(&case, "correct-by-hand@accounting", "submitted").await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    assert!(changed(&house, &before).await.is_empty(), "habeas wrote nothing");
    assert!(case.mail_to(&solveig.email).text.contains("Fakturaer – Navn på fakturaen"));
}

async fn what_the_system_refuses_goes_to_its_owner(house: TestHouse) {
    let kari = house.kari();
    let street = house.systems.texts("shop", "SELECT street FROM addresses WHERE customer_id = 1 AND kind = 'billing'").await.remove(0);
    let wrong = [
        correction("shop.addresses", "country", Some("no"), "Norge"),
        correction("shop.addresses", "street", Some(&street), "Storgata 1"),
        correction("shop.customers", "last_name", None, "Hansen"),
    ];
    let before = house.systems.rows().await;
    let case = asked(&kari, &wrong).await;
    house.staff("kari").does(&case, "judge", "correct").await;
    assert_eq!(case.waits_at().await, ["correct-by-hand@shop"], "a country has two letters");
    assert!(changed(&house, &before).await.is_empty(), "all of a system or nothing");
    house.staff("ola").does(&case, "correct-by-hand@shop", "submitted").await;
    assert_eq!(case.waits_at().await, ["correct-by-hand@shop"], "it is looked at, not believed");
    assert!(case.facts("change-verified").await[0].contains_key("remains"));
}

async fn what_somebody_else_changed_meanwhile_is_not_overwritten(house: TestHouse) {
    let case = asked(&house.kari(), &[correction("shop.customers", "last_name", None, "Hansen")]).await;
    let mut shop = house.systems.connect("shop").await;
    sqlx::raw_sql("UPDATE customers SET last_name = 'Olsen' WHERE id = 1").execute(&mut shop).await.unwrap();
    drop(shop);
    house.staff("kari").does(&case, "judge", "correct").await;
    assert_eq!(case.waits_at().await, ["correct-by-hand@shop"]);
    assert_eq!(house.systems.texts("shop", "SELECT last_name FROM customers WHERE id = 1").await, ["Olsen"]);
}

async fn a_correction_may_be_refused(house: TestHouse) {
    let kari = house.kari();
    let before = house.systems.rows().await;
    let case = asked(&kari, &[correction("helpdesk.enquiries", "subject", None, "Ros")]).await;
    house.staff("kari").does(&case, "judge", "refuse").await;
    house.staff("kari").writing("ground", "R12.5u").writing("reason", "Emnet er det du skrev.").does(&case, "reasons", "submitted").await;
    house.staff("per").does(&case, "review-refusal", "approved").await;
    assert_eq!((case.phase().await, case.letters().await.last().unwrap().as_str()), ("refused", "refusal"));
    assert!(case.mail_to(&kari.email).text.contains("Emnet er det du skrev."));
    assert!(changed(&house, &before).await.is_empty());
}

async fn what_is_not_held_cannot_be_corrected_and_that_is_said(house: TestHouse) {
    let case = asked(&house.kari(), &[correction("dossiers.people", "name", None, "Kari Hansen")]).await;
    assert_eq!(case.waits_at().await, ["reasons"], "somebody says so in words");
}

async fn high_risk_data_asks_for_strong_proof(house: TestHouse) {
    let solveig = house.solveig();
    let phone = asked(&solveig, &[correction("shop.customers", "phone", None, "+4799999999")]).await;
    assert_eq!(phone.waits_at().await, ["judge"], "a phone number asks for no passport");
    let case = asked(&solveig, &[correction("dossiers.people", "passport_number", None, "X1")]).await;
    assert_eq!(case.waits_at().await, ["prove-more"]);
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.staff("kari").does(&case, "judge", "correct").await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(house.systems.texts("dossiers", "SELECT passport_number FROM people WHERE id = 2").await, ["X1"]);
}

async fn every_mistake_of_a_request_is_told_at_once(house: TestHouse) {
    let kari = house.kari();
    let actor = kari.signs_in().await;
    let wrong = Asked::Corrections(vec![
        correction("shop.customers", "birth_date", None, "i fjor"),
        correction("shop.customers", "id", None, "7"),
        correction("shop.nothing", "id", None, "7"),
    ]);
    let refused = kari.clone().asking(wrong).tries_to_send(&actor, Right::Rectification).await;
    let Err(Refusal::Invalid(problems)) = refused else { panic!("{refused:?}") };
    let told: Vec<_> = problems.iter().map(|problem| (problem.field.as_ref(), problem.code)).collect();
    assert_eq!(told, [("should-0", "should-not-a-day"), ("field-1", "field-unknown"), ("kind-2", "kind-unknown")]);
    let nothing = kari.tries_to_send(&actor, Right::Rectification).await;
    assert!(matches!(&nothing, Err(Refusal::Invalid(problems)) if problems[0].code == "correction-missing"), "{nothing:?}");
    house.settle().await;
}
