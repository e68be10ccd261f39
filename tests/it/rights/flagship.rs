//! The hardest everyday case: an order that was cancelled and invoiced. Three promises and duties end on three days, and on each of them
//! exactly the fields go whose day it is, in the real databases.

use std::collections::BTreeMap;

use habeas::action::schedule::RequestBundle;
use habeas_core::law::{
    decide::{FieldDecision, Verdict},
    plan::{ErasureStep, Frozen, SystemPlan},
    record::Value,
    right::Right,
};
use jiff::civil::{Date, date};

use super::erasure::{approved, executed};
use crate::{
    faces::browser::Browser,
    house::{database::on_every_store, package::Package, people::CaseHandle, test_house::TestHouse},
};

on_every_store! {
    crate::house::test_house::TestHouse::with_systems_alike:
    each_day_takes_exactly_the_fields_whose_day_it_is,
}

on_every_store! {
    one_reason_and_one_day_are_told_alike_wherever_they_are_told,
}

/// A record of the plan: `system.collection` and its key.
type Place = (String, String);
/// What its row says, column by column, as SQL literals; none: there is no such row.
type Row = Option<BTreeMap<String, String>>;

fn place(part: &SystemPlan, step: &ErasureStep) -> Place {
    let is = |(field, value): (&String, &Value)| match value {
        Value::Integer(number) => format!("{field} = {number}"),
        value => format!("{field} = '{}'", value.to_text()),
    };
    (format!("{}.{}", part.system, step.collection), step.key.iter().map(is).collect::<Vec<_>>().join(" AND "))
}

fn steps(frozen: &Frozen) -> impl Iterator<Item = (&SystemPlan, &ErasureStep)> {
    frozen.plan().systems.iter().flat_map(|part| part.steps.iter().map(move |step| (part, step)))
}

/// Every record of the plan as it stands in its database.
async fn rows(house: &TestHouse, frozen: &Frozen) -> BTreeMap<Place, Row> {
    let mut rows = BTreeMap::new();
    for (part, step) in steps(frozen) {
        let place = place(part, step);
        let columns = house.systems.columns(&part.system, &step.collection).await;
        let found = house.systems.literals(&part.system, &step.collection, &place.1).await.pop();
        rows.insert(place, found.map(|values| columns.into_iter().zip(values).collect()));
    }
    rows
}

fn goes(decision: &FieldDecision, today: Date) -> bool {
    match &decision.verdict {
        Verdict::Erase => true,
        Verdict::Keep { until } => until.is_some_and(|until| until < today),
        Verdict::Held { .. } => false,
    }
}

/// Compares every row, column by column, with what the approved plan promised for a day.
fn assert_rows(frozen: &Frozen, before: &BTreeMap<Place, Row>, now: &BTreeMap<Place, Row>, today: Date) {
    for (part, step) in steps(frozen) {
        let place = place(part, step);
        let is_over = step.decisions.iter().all(|decision| goes(decision, today));
        let Some(is) = &now[&place] else {
            assert!(is_over, "{place:?} is gone too early on {today}");
            continue;
        };
        assert!(!is_over, "{place:?} is still there on {today}");
        for (column, was) in before[&place].as_ref().unwrap() {
            match step.decisions.iter().find(|decision| decision.field == *column) {
                Some(decision) if goes(decision, today) => {
                    assert!(
                        is[column] != *was || ["NULL", "''", "0", "'0'"].contains(&was.as_str()),
                        "{place:?} still says {column} on {today}"
                    );
                }
                _ => assert_eq!(is[column], *was, "{place:?} lost {column} on {today}"),
            }
        }
    }
}

/// How many of a kind there are.
fn count(rows: &BTreeMap<Place, Row>, kind: &str) -> usize {
    rows.iter().filter(|(place, row)| place.0 == kind && row.is_some()).count()
}

async fn each_day_takes_exactly_the_fields_whose_day_it_is(house: TestHouse) {
    let solveig = house.solveig();
    let case = approved(&house, &solveig).await;
    let frozen = case.plan().await;
    let before = rows(&house, &frozen).await;
    assert!(before.values().all(Option::is_some) && before.len() > 15, "{before:?}");
    executed(&house, &case).await;
    // Asked today, erased today: the 60 days of the dossier are the most it may stay, not the least.
    let sixty = date(2026, 10, 25);
    let after = rows(&house, &frozen).await;
    assert!(house.today() < sixty);
    assert_rows(&frozen, &before, &after, house.today());
    assert_eq!((count(&after, "dossiers.people"), count(&after, "dossiers.cancelled_orders")), (0, 0));
    let kinds = ["helpdesk.messages", "shop.orders", "accounting.invoices"];
    let there = |rows: &BTreeMap<Place, Row>| kinds.map(|kind| count(rows, kind) > 0);
    for (day, left) in [
        (sixty, [true, true, true]),
        (date(2029, 8, 26), [true, true, true]),
        (date(2029, 8, 27), [false, true, true]),
        (date(2030, 6, 30), [false, true, true]),
        (date(2030, 7, 1), [false, false, true]),
        (date(2031, 12, 31), [false, false, true]),
        (date(2032, 1, 1), [false, false, false]),
    ] {
        house.advance_to(day).await;
        let now = rows(&house, &frozen).await;
        assert_eq!(there(&now), left, "on {day}");
        assert_rows(&frozen, &before, &now, day);
    }
    assert!(rows(&house, &frozen).await.values().all(Option::is_none), "nothing of the case is left");
    let last = house.mails().into_iter().find(|mail| mail.to == solveig.email).unwrap();
    assert_eq!(case.letters().await.last().unwrap(), "rest-gone");
    assert!(last.text.contains("Ingenting fra den saken er igjen."), "{}", last.text);
}

/// The words between tags, as somebody reads them.
fn read(page: &str) -> String {
    let text: String = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn one_reason_and_one_day_are_told_alike_wherever_they_are_told(house: TestHouse) {
    const BECAUSE: &str = "Loven krever at vi tar vare på fakturaer i fem år etter regnskapsåret.";
    const LAW: &str = "bokføringsloven § 13, Art. 17(3)(b)";
    let solveig = house.solveig();
    // Beside her data, and in the copy of it.
    let access = solveig.clone().only(&["accounting.invoices"]).asks(Right::Access).await;
    if access.waits_at().await == ["prove-more"] {
        access.shows_a_document().await;
        house.staff("ida").does(&access, "check-identity-strong", "accepted").await;
    }
    let mut hers = Browser::open(&house).await;
    hers.follows_letter(&access, &solveig.email).await;
    let view = read(&hers.get(&format!("/nb/case/{}/data/accounting.invoices", access.reference)).await.text());
    assert!(view.contains(&format!("{BECAUSE} Til og med 31. desember 2031. {LAW}")), "{view}");
    let copy = read(&Package::open(&access).await.text("index.html"));
    assert!(copy.contains(&format!("{BECAUSE} Vi beholder det til og med 31. desember 2031. ({LAW})")), "{copy}");

    // On the approver's screen, in the letter, in the authority's bundle.
    let case: CaseHandle<'_> = approved(&house, &solveig).await;
    let mut per = Browser::of_staff(&house, "per").await;
    let desk = read(&per.get(&format!("/nb/desk/case/{}/plan", case.reference)).await.text());
    assert!(desk.contains(&format!("{BECAUSE} Til og med 31. desember 2031. NO-BOK-5 · {LAW}")), "{desk}");
    executed(&house, &case).await;
    let letter = read(&case.mail_to(&solveig.email).text);
    assert!(letter.contains(&format!("Fakturaer. {BECAUSE} Vi beholder det til og med 31. desember 2031. ({LAW})")), "{letter}");
    house.run(&house.staff("tilsyn").actor().await, RequestBundle { case: case.reference.clone() }).await.unwrap();
    house.settle().await;
    let file = house.packages().join(case.package("authority").await.unwrap().file);
    let decision: serde_json::Value =
        serde_json::from_str(&Package::read(std::fs::read(file).unwrap()).text("data/06-decision.json")).unwrap();
    let kept =
        decision["kept"].as_array().unwrap().iter().find(|it| it["collection"] == "invoices" && it["until"] == "2031-12-31").unwrap();
    let reason = kept["reasons"].as_array().unwrap().iter().find(|reason| reason["id"] == "NO-BOK-5").unwrap();
    assert_eq!((reason["because"]["nb"].as_str(), reason["until"].as_str()), (Some(BECAUSE), Some("2031-12-31")));
    assert_eq!(format!("{}, {}", reason["law"].as_str().unwrap(), reason["ground"].as_str().unwrap()), LAW);
}
