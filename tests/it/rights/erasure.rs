//! Erasure (Art. 17), from the request to the last invoice: what may go goes, what must stay stays with law and date.

use std::collections::BTreeSet;

use habeas::action::{place_hold::PlaceHold, refusal::Refusal};
use habeas_core::law::{
    hold::{Basis, Scope},
    plan::Frozen,
    record::Value,
    right::Right,
};
use jiff::{SignedDuration, ToSpan as _, civil::date};

use super::trace::{self, Traces};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    what_may_go_goes_and_the_rest_follows_by_itself,
    what_a_system_moved_meanwhile_goes_as_well,
    what_must_all_stay_for_now_goes_when_its_day_comes,
    the_case_is_still_readable_when_the_last_day_comes,
    only_somebody_else_approves_and_only_what_was_seen,
    what_was_asked_in_error_is_stopped_in_time,
    a_request_is_taken_back_until_the_erasure_begins,
    only_the_kinds_asked_for_are_erased,
    a_row_that_others_need_is_emptied_and_not_torn_out,
    a_stranger_is_never_told_that_something_was_erased,
    weak_proof_erases_nothing,
    what_was_begun_is_not_refused,
    more_time_is_told_with_a_reason,
}

/// Past the 72 hours in which anybody who was told can stop it.
pub(crate) const COOLED: SignedDuration = SignedDuration::from_hours(73);

/// Asks, and leads the case to where somebody has to approve the plan.
pub(super) async fn planned<'h>(house: &'h TestHouse, subject: &Subject<'h>) -> CaseHandle<'h> {
    let case = subject.asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    if case.waits_at().await == ["prove-more"] {
        case.shows_a_document().await;
        house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    }
    house.staff("kari").does(&case, "propose", "partly").await;
    case
}

/// The same, and approved: the person may still stop it.
pub(crate) async fn approved<'h>(house: &'h TestHouse, subject: &Subject<'h>) -> CaseHandle<'h> {
    let case = planned(house, subject).await;
    house.staff("per").approves(&case).await;
    assert_eq!(case.waits_at().await, ["cooling-off"]);
    case
}

/// Lets the time run out and tells the recipients that have no address.
pub(crate) async fn executed(house: &TestHouse, case: &CaseHandle<'_>) {
    house.advance(COOLED).await;
    for task in case.waits_at().await.iter().filter(|task| task.starts_with("notify-by-hand@")) {
        house.staff("kari").does(case, task, "told").await;
    }
}

async fn what_may_go_goes_and_the_rest_follows_by_itself(house: TestHouse) {
    let solveig = house.solveig();
    let case = planned(&house, &solveig).await;
    let traces = Traces::of(&case).await;
    let known: Vec<_> = traces.erased.iter().map(|piece| String::from_utf8_lossy(piece)).collect();
    for hers in ["XTB00002", "+4768050002", "13858800077", "Ylva Brekkestøl", "203.0.113.195", "tEXtComment\0Passport XTB00002"] {
        assert!(known.iter().any(|piece| piece.contains(hers)), "{hers} is not among {known:?}");
    }
    assert!(traces.kept.len() > 10, "{}", traces.kept.len());
    let invoices = format!("SELECT number FROM invoices WHERE customer_number = '{}'", solveig.customer_number);
    let invoices = house.systems.texts("accounting", &invoices).await;
    assert!(!invoices.is_empty());
    let plan = case.plan().await;
    let others = rows_of_others(&house, &plan).await;

    house.staff("per").approves(&case).await;
    assert_eq!(case.letters().await, ["receipt", "proof-wanted", "erasure-notice"]);
    house.advance(SignedDuration::from_hours(71)).await;
    assert!(case.facts("system-erased").await.is_empty(), "nothing goes while it can be stopped");
    executed(&house, &case).await;

    assert_eq!(case.phase().await, "answered");
    assert_eq!(trace::found(&house.systems, &traces.erased), [].into(), "what was erased stands nowhere");
    let kept: BTreeSet<String> = trace::found(&house.systems, &traces.kept).into_values().flatten().collect();
    assert_eq!(kept.len(), traces.kept.len(), "what must stay stands where it stood");
    for invoice in &invoices {
        let found = trace::found(&house.systems, &[invoice.clone().into_bytes()].into());
        assert!(found.contains_key("accounting.db"), "invoice {invoice}");
    }
    assert_eq!(rows_of_others(&house, &plan).await, others, "nobody else's rows were touched");

    let letter = case.mail_to(&solveig.email).text;
    for line in [
        "Fakturaer. Loven krever at vi tar vare på fakturaer i fem år etter regnskapsåret. Vi beholder det til og med 31. desember 2031. (bokføringsloven § 13, Art. 17(3)(b))",
        "Meldinger. I tre år etter forfall kan du eller vi kreve noe. Da trenger vi det vi skrev til hverandre. Vi beholder det til og med 26. august 2029. (foreldelsesloven §§ 2 og 3, Art. 17(3)(e))",
        "Pass og bilde (1)",
    ] {
        assert!(letter.contains(line), "`{line}` is missing: {letter}");
    }
    let letters = case.letters().await;
    assert_eq!(letters.iter().filter(|letter| *letter == "recipient-notice").count(), 3, "{letters:?}");
    assert!(case.findings().await.iter().all(|finding| finding.sealed.is_none()), "what was found is forgotten");

    let mut days: Vec<_> = case.deferrals().await.into_iter().map(|deferral| deferral.due_on).collect();
    assert_eq!(days, [date(2029, 8, 27), date(2030, 7, 1), date(2030, 7, 1), date(2032, 1, 1)]);
    days.dedup();
    for day in days {
        house.advance_to(day.yesterday().unwrap()).await;
        assert!(case.deferrals().await.iter().filter(|it| it.due_on >= day).all(|it| it.done_at.is_none()), "not a day early: {day}");
        house.advance_to(day).await;
        assert!(case.deferrals().await.iter().filter(|it| it.due_on <= day).all(|it| it.done_at.is_some()), "{day}");
    }
    assert_eq!(case.letters().await.iter().filter(|letter| *letter == "rest-gone").count(), 4);
    assert!(house.mails()[0].text.contains("Ingenting fra den saken er igjen."), "{}", house.mails()[0].text);
    assert_eq!(trace::found(&house.systems, &traces.all()), [].into(), "nothing of her is left anywhere");
    assert_eq!(rows_of_others(&house, &plan).await, others);
}

/// Every row of the connected systems that the plan does not name.
async fn rows_of_others(house: &TestHouse, plan: &Frozen) -> Vec<String> {
    let mut hers = Vec::new();
    for part in &plan.plan().systems {
        for step in &part.steps {
            let (_, key) = step.key.first_key_value().unwrap();
            let quoted = if let Value::Text(text) = key { format!("'{text}'") } else { key.to_text() };
            hers.push(format!("{}.{}: {quoted} ", part.system, step.collection));
        }
    }
    house.systems.rows().await.into_iter().filter(|row| !hers.iter().any(|start| row.starts_with(start))).collect()
}

async fn what_a_system_moved_meanwhile_goes_as_well(house: TestHouse) {
    let solveig = house.solveig();
    let case = planned(&house, &solveig).await;
    let traces = Traces::of(&case).await;
    house.staff("per").approves(&case).await;
    executed(&house, &case).await;
    // The accounts write all over a kept invoice, as software does that never heard of erasing: the old text stays in a free page.
    let mut accounts = house.systems.connect("accounting").await;
    let longer = format!(
        "UPDATE invoices SET billing_address = billing_address || char(10) || hex(zeroblob(3000)) WHERE customer_number = '{0}';
         UPDATE invoices SET billing_address = 'Flyttet' WHERE customer_number = '{0}'",
        solveig.customer_number
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(longer)).execute(&mut accounts).await.unwrap();
    drop(accounts);
    house.advance_to(date(2032, 1, 2)).await;
    assert_eq!(trace::found(&house.systems, &traces.all()), [].into());
}

async fn what_must_all_stay_for_now_goes_when_its_day_comes(house: TestHouse) {
    let solveig = house.solveig().only(&["accounting.invoice_lines", "accounting.payments"]);
    let case = approved(&house, &solveig).await;
    let before = house.systems.bytes();
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    assert!(house.systems.bytes() == before, "nothing may go yet");
    assert!(case.mail_to(&solveig.email).text.contains("til og med 31. desember 2031"));
    house.advance_to(date(2032, 1, 1)).await;
    assert_eq!(case.letters().await.last().unwrap(), "rest-gone", "what the answer promised is kept: {:?}", case.deferrals().await);
}

async fn the_case_is_still_readable_when_the_last_day_comes(house: TestHouse) {
    let case = approved(&house, &house.solveig()).await;
    executed(&house, &case).await;
    // Five years after it was closed the case's own record is due to go, but an invoice stays until the end of the year.
    house.advance_to(date(2031, 11, 1)).await;
    house.advance_to(date(2032, 1, 2)).await;
    assert!(case.deferrals().await.iter().all(|deferral| deferral.done_at.is_some()), "{:?}", case.facts("effect-failed").await);
    house.advance_to(date(2032, 1, 3)).await;
    assert!(case.row().await.case_key.is_none(), "now the record goes as well");
}

async fn only_somebody_else_approves_and_only_what_was_seen(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    let eva = house.staff("eva");
    eva.does(&case, "assess", "go-on").await;
    eva.does(&case, "propose", "erase").await;
    let seen = case.plan().await.hash().to_owned();
    let own = eva.tries_to_approve(&case, &seen).await;
    assert!(matches!(&own, Err(Refusal::Conflict { code, .. }) if code == "four-eyes"), "{own:?}");
    let handler = house.staff("kari").tries_to_approve(&case, &seen).await;
    assert!(matches!(handler, Err(Refusal::NotFound("task"))), "{handler:?}");
    let per = house.staff("per");
    for another in ["", &"0".repeat(64)] {
        let refused = per.tries_to_approve(&case, another).await;
        assert!(matches!(&refused, Err(Refusal::Conflict { code, .. }) if code == "plan-changed"), "{refused:?}");
    }
    let unseen = per.tries(&case, "approve", "approved").await;
    assert!(matches!(&unseen, Err(Refusal::Conflict { code, .. }) if code == "plan-changed"), "{unseen:?}");
    assert_eq!(case.waits_at().await, ["approve"]);
    per.tries_to_approve(&case, &seen).await.unwrap();
    assert_eq!(case.waits_at().await, ["cooling-off"]);
}

async fn what_was_asked_in_error_is_stopped_in_time(house: TestHouse) {
    let solveig = house.solveig();
    let case = approved(&house, &solveig).await;
    let before = house.systems.bytes();
    solveig.does(&case, "cooling-off", "stopped").await;
    assert_eq!(case.letters().await, ["receipt", "proof-wanted", "erasure-notice", "withdrawal-confirmed"], "she knows at once");
    house.advance(COOLED).await;
    assert!(house.systems.bytes() == before, "not a byte was touched");
    let task = case.open_task("look-into-it").await;
    assert_eq!(task.roles, ["privacy-lead", "dpo"], "somebody may have asked in her name");
    assert!(house.staff("kari").tries(&case, "look-into-it", "harmless").await.is_err());
    assert_eq!(case.phase().await, "open", "no timer closes it");
    house.staff("ida").does(&case, "look-into-it", "impostor").await;
    assert_eq!(case.phase().await, "withdrawn");
}

async fn a_request_is_taken_back_until_the_erasure_begins(house: TestHouse) {
    let kari = house.kari();
    let case = planned(&house, &kari).await;
    let before = house.systems.bytes();
    kari.signals(&case, "withdraw").await.unwrap();
    assert_eq!(case.phase().await, "withdrawn");
    assert!(case.waits_at().await.is_empty());
    assert!(house.systems.bytes() == before);

    let case = approved(&house, &kari).await;
    house.advance(COOLED).await;
    let late = kari.signals(&case, "withdraw").await;
    assert!(matches!(late, Err(Refusal::Conflict { .. })), "{late:?}");
}

async fn only_the_kinds_asked_for_are_erased(house: TestHouse) {
    let solveig = house.solveig().only(&["shop.newsletter_subscriptions"]);
    let case = approved(&house, &solveig).await;
    let before = house.systems.rows().await;
    executed(&house, &case).await;
    assert_eq!(case.phase().await, "answered");
    let after = house.systems.rows().await;
    let gone: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
    assert!(gone.len() == 1 && gone[0].starts_with("shop.newsletter_subscriptions: "), "{gone:?}");
}

async fn a_row_that_others_need_is_emptied_and_not_torn_out(house: TestHouse) {
    let solveig = house.solveig().only(&["shop.customers"]);
    let case = approved(&house, &solveig).await;
    executed(&house, &case).await;
    assert_eq!((case.phase().await, case.waits_at().await), ("answered", vec![]));
    let customer = house.systems.texts("shop", "SELECT first_name || last_name || email FROM customers WHERE id = 2").await;
    assert!(customer.len() == 1 && !customer[0].contains("Solveig") && !customer[0].contains(&solveig.email), "{customer:?}");
    assert_eq!(house.systems.texts("shop", "SELECT order_number FROM orders WHERE customer_id = 2").await, [solveig.order_number]);
}

async fn a_stranger_is_never_told_that_something_was_erased(house: TestHouse) {
    let stranger = house.kari().from("nobody@elsewhere.example").giving(Some("K-999999"));
    let case = stranger.asks(Right::Erasure).await;
    assert_eq!(case.letters().await, ["receipt", "nothing-held"]);
    assert!(!case.mail_to(&stranger.email).text.to_lowercase().contains("slettet"));

    // Known, but nothing of the kind she chose: the same answer, after a person has looked at the request.
    let case = house.kari().only(&["dossiers.people"]).asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    assert_eq!((case.phase().await, case.letters().await.last().unwrap().as_str()), ("answered", "nothing-held"));
}

async fn weak_proof_erases_nothing(house: TestHouse) {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Erasure).await;
    let before = house.systems.bytes();
    house.staff("kari").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "not-enough").await;
    assert_eq!(case.waits_at().await, ["reasons"]);
    let kari = |ground| house.staff("kari").writing("ground", ground);
    for (ground, missing) in [("", "ground"), ("R20.3", "ground"), ("R17.3.b", "statute")] {
        let refused = kari(ground).tries(&case, "reasons", "submitted").await.unwrap_err();
        assert!(
            matches!(&refused, Refusal::Invalid(problems) if problems.iter().map(|it| &*it.field).eq([missing])),
            "{ground}: {refused}"
        );
    }
    kari("R11.2").does(&case, "reasons", "submitted").await;
    assert_eq!(case.facts("erasure-accounted").await[0]["outcome"], "untouched");
    house.staff("per").does(&case, "review", "approved").await;
    assert_eq!(case.phase().await, "refused");
    assert!(house.systems.bytes() == before);
}

/// A hold comes between two systems: the first has done its part, and saying no to all of it would be untrue.
async fn what_was_begun_is_not_refused(house: TestHouse) {
    let solveig = house.solveig();
    let case = approved(&house, &solveig).await;
    // The others have done their part when the dossiers can be reached again.
    house.systems.hide("dossiers");
    house.advance(COOLED).await;
    let hold = PlaceHold {
        case: Some(case.reference.clone()),
        scope: Scope { systems: vec!["dossiers".to_owned()], ..Scope::default() },
        basis: Basis::LegalClaim,
        matter: "26-1".to_owned(),
        review_on: house.today().saturating_add(3.months()),
    };
    house.run(&house.staff("ida").actor().await, hold).await.unwrap();
    house.systems.bring_back("dossiers");
    house.advance(SignedDuration::from_hours(24)).await;
    assert!(!case.facts("erasure-blocked").await.is_empty(), "{:?}", case.waits_at().await);
    assert!(!case.facts("system-erased").await.is_empty(), "{:?}", case.waits_at().await);
    house.staff("kari").does(&case, "propose", "refuse").await;
    assert_eq!(case.facts("erasure-accounted").await[0]["outcome"], "touched");
    assert!(!case.waits_at().await.contains(&"reasons".to_owned()), "{:?}", case.waits_at().await);
    assert_ne!(case.phase().await, "refused");
}

async fn more_time_is_told_with_a_reason(house: TestHouse) {
    let kari = house.kari();
    let case = kari.asks(Right::Erasure).await;
    let due_on = case.row().await.due_on;
    house.staff("kari").writing("reason", "Saken er sammensatt.").does(&case, "assess", "extend").await;
    let extended = case.row().await.due_on;
    assert!(extended >= due_on.saturating_add(2.months()).yesterday().unwrap(), "{due_on} {extended}");
    assert_eq!(case.letters().await, ["receipt", "extension"]);
    assert!(case.mail_to(&kari.email).text.contains("Saken er sammensatt."));
    assert_eq!(case.waits_at().await, ["propose"], "work goes on meanwhile");
}
