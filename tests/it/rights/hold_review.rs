//! The review of a hold: whoever answers for it is called ahead of the day, on it and every week after it, each time once, until somebody
//! has looked. A hold whose review is late holds as before.

use std::collections::BTreeMap;

use habeas::{
    action::{actor::Actor, disable_person::DisablePerson, refusal::Refusal, review_hold::PutOffReview},
    store::hold,
};
use jiff::{
    SignedDuration, ToSpan as _,
    civil::{Date, date},
};

use super::erasure::{COOLED, approved};
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    its_owner_is_called_ahead_on_the_day_and_every_week_each_time_once,
    an_overdue_hold_still_holds,
    a_call_that_dies_is_made_once,
    putting_it_off_stops_the_calls_and_says_why,
    a_release_stops_the_calls,
    whoever_owns_it_and_left_is_answered_for,
    it_is_put_off_by_at_most_six_months,
}

/// Who was called, in the order of their addresses; mails of the day only.
fn called(house: &TestHouse) -> Vec<String> {
    let mut to: Vec<_> = house.mails().into_iter().filter(|mail| mail.text.contains("/desk/holds/")).map(|mail| mail.to).collect();
    to.sort();
    to
}

fn times(house: &TestHouse) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for to in called(house) {
        *times.entry(to.split('@').next().unwrap().to_owned()).or_default() += 1;
    }
    times
}

async fn review_on(house: &TestHouse, id: &str) -> Date {
    hold::get(&house.store, id).await.unwrap().unwrap().hold.review_on
}

async fn placed(house: &TestHouse) -> String {
    let case = house.kari().asks(habeas_core::law::right::Right::Access).await;
    let hold = house.place_hold("kari", &case.reference).await;
    assert_eq!(review_on(house, &hold).await, date(2026, 12, 15));
    hold
}

async fn its_owner_is_called_ahead_on_the_day_and_every_week_each_time_once(house: TestHouse) {
    let hold = placed(&house).await;
    let mut last = 0;
    for (day, kari, ida) in [
        (date(2026, 11, 30), 0, 0),
        (date(2026, 12, 1), 1, 0),
        (date(2026, 12, 2), 1, 0),
        (date(2026, 12, 14), 1, 0),
        (date(2026, 12, 15), 2, 0),
        (date(2026, 12, 21), 2, 0),
        (date(2026, 12, 22), 3, 1),
        (date(2026, 12, 29), 4, 2),
    ] {
        house.advance_to(day).await;
        house.settle().await;
        let times = times(&house);
        assert_eq!((times.get("kari").copied().unwrap_or(0), times.get("ida").copied().unwrap_or(0)), (kari, ida), "{day}");
        assert_eq!(times.len(), usize::from(kari > 0) + usize::from(ida > 0), "nobody else");
        last = kari;
    }
    let facts = house.facts("hold-review-called").await;
    assert_eq!(facts.len(), last);
    assert!(facts.iter().all(|fact| fact.event.contains(&hold)), "{facts:?}");
    let late = house.mails().into_iter().find(|mail| mail.to.starts_with("ida")).unwrap();
    assert!(late.text.contains(&format!("/desk/holds/{hold}/review")) && late.text.contains("15. desember 2026"), "{}", late.text);
    // Nobody worked for a month: what was missed is one call and not four.
    house.advance_to(date(2027, 1, 29)).await;
    assert_eq!(times(&house)["kari"], 5);
}

async fn an_overdue_hold_still_holds(house: TestHouse) {
    let case = approved(&house, &house.jonas()).await;
    let hold = house.place_hold("ida", &case.reference).await;
    house.sql(&format!("UPDATE hold SET review_on = '2026-09-14' WHERE id = '{hold}'")).await;
    let before = house.systems.bytes();
    house.advance(COOLED).await;
    assert!(house.systems.bytes() == before, "a review that is late lets nothing go");
    assert_eq!(case.waits_at().await, ["propose"]);
}

async fn a_call_that_dies_is_made_once(house: TestHouse) {
    placed(&house).await;
    house.break_log().await;
    let morning = date(2026, 12, 1).at(8, 0, 0, 0).in_tz("Europe/Oslo").unwrap().timestamp();
    house.house.door.clock().advance(morning.duration_since(house.now())).unwrap();
    assert!(house.house.worker.settle().await.is_err(), "the worker dies before the call is kept");
    assert!(called(&house).is_empty(), "and nothing of it was done");
    house.mend_log().await;
    let other = house.opened_again().await;
    other.worker.settle().await.unwrap();
    house.settle().await;
    assert_eq!(called(&house), ["kari@visumexpress.example"], "whoever works next makes it, once");
}

async fn putting_it_off_stops_the_calls_and_says_why(house: TestHouse) {
    let hold = placed(&house).await;
    house.advance_to(date(2026, 12, 22)).await;
    assert_eq!(times(&house)["kari"], 1, "one call tells all that was missed");
    house.staff("per").releases(&hold).await.unwrap();
    let reason = "Retten har ikke dømt i saken mot Solveig.";
    let put_off = PutOffReview { id: hold.clone(), review_on: date(2027, 6, 22), reason: reason.to_owned() };
    house.run(&house.staff("kari").actor().await, put_off).await.unwrap();
    let stored = hold::get(&house.store, &hold).await.unwrap().unwrap();
    assert_eq!((stored.hold.review_on, stored.release_asked_by), (date(2027, 6, 22), None), "whoever asked for its release asks anew");
    house.advance_to(date(2027, 6, 7)).await;
    assert_eq!(times(&house)["kari"], 1, "nobody is called meanwhile");
    let facts = house.facts("hold-review-put-off").await;
    let [fact] = &facts[..] else { panic!("{facts:?}") };
    assert!(fact.event.contains("2026-12-15") && fact.event.contains("2027-06-22") && fact.event.contains("staff/kari"), "{}", fact.event);
    assert!(!house.own_bytes().await.contains("mot Solveig"), "the reason may name people: it is sealed");
    house.advance_to(date(2027, 6, 8)).await;
    assert_eq!(times(&house)["kari"], 2, "and then it begins again");
}

async fn a_release_stops_the_calls(house: TestHouse) {
    let hold = placed(&house).await;
    house.advance_to(date(2026, 12, 1)).await;
    house.staff("per").releases(&hold).await.unwrap();
    house.advance_to(date(2026, 12, 15)).await;
    assert_eq!(times(&house)["kari"], 2, "while nobody has agreed, it is in force");
    house.staff("ida").releases(&hold).await.unwrap();
    house.advance_to(date(2027, 2, 1)).await;
    assert_eq!(times(&house)["kari"], 2);
}

async fn whoever_owns_it_and_left_is_answered_for(house: TestHouse) {
    placed(&house).await;
    house.run(&Actor::Operator, DisablePerson { id: "kari".to_owned() }).await.unwrap();
    house.advance_to(date(2026, 12, 1)).await;
    assert_eq!(called(&house), ["eva@visumexpress.example", "per@visumexpress.example"], "the privacy leads");
}

async fn it_is_put_off_by_at_most_six_months(house: TestHouse) {
    let hold = placed(&house).await;
    let kari = house.staff("kari").actor().await;
    let put_off = |review_on, reason: &str| PutOffReview { id: hold.clone(), review_on, reason: reason.to_owned() };
    let latest = house.today().saturating_add(6.months());
    for (wrong, field) in [
        (put_off(latest.tomorrow().unwrap(), "Derfor."), "review_on"),
        (put_off(house.today(), "Derfor."), "review_on"),
        (put_off(date(2026, 12, 15), "Derfor."), "review_on"),
        (put_off(latest, " "), "reason"),
        (put_off(latest, &"x".repeat(601)), "reason"),
    ] {
        let refused = house.run(&kari, wrong).await;
        assert!(matches!(&refused, Err(Refusal::Invalid(problems)) if problems.len() == 1 && problems[0].field == field), "{refused:?}");
    }
    for outsider in ["ola", "tilsyn"] {
        let refused = house.run(&house.staff(outsider).actor().await, put_off(latest, "Derfor.")).await;
        assert!(matches!(refused, Err(Refusal::Denied)), "{outsider}: {refused:?}");
    }
    house.run(&kari, put_off(latest, "Derfor.")).await.unwrap();
    let again = house.run(&kari, put_off(latest.saturating_add(6.months()), "Derfor.")).await;
    assert!(matches!(again, Err(Refusal::Invalid(_))), "twice on a day is no further: {again:?}");
    house.advance(SignedDuration::from_hours(24)).await;
    house.run(&kari, put_off(latest.tomorrow().unwrap(), "Derfor.")).await.unwrap();
    for by in ["per", "ida"] {
        house.staff(by).releases(&hold).await.unwrap();
    }
    let over = house.run(&kari, put_off(latest, "Derfor.")).await;
    assert!(matches!(&over, Err(Refusal::Conflict { code, .. }) if code == "hold-released"), "{over:?}");
    house.settle().await;
}
