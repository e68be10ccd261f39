//! The public numbers: right for cases whose days are known, and about nobody.

use habeas::store::case::{self, Case, Phase};
use habeas_core::law::right::Right;
use jiff::{Timestamp, ToSpan as _, civil::Date, civil::date};
use rocket::http::Status;
use serde_json::{Value, json};

use super::browser::Browser;
use crate::house::{
    database::on_every_store,
    store::{case as a_case, in_one},
    test_house::TestHouse,
};

on_every_store! {
    the_numbers_are_right_and_counted_once_a_day,
    an_organisation_that_tells_none_has_no_such_page,
}

fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).in_tz("Europe/Oslo").unwrap().timestamp()
}

/// Cases of one right that arrived on a day: how each closed and after how many days, or that it waits.
async fn came(house: &TestHouse, right: Right, day: Date, ends: &[(Phase, Option<i32>)]) {
    for (number, (phase, days)) in ends.iter().enumerate() {
        let closed_at = days.map(|days| noon(day.saturating_add(days.days())));
        let id = format!("HB-{}-{day}-{number}", right.name());
        let it = Case { id, right, phase: *phase, closed_at, received_at: noon(day), due_on: day.saturating_add(30.days()), ..a_case("") };
        in_one(&house.store, async |tx| case::insert(tx, &it).await).await;
    }
}

/// The same with the two further months.
async fn came_and_took_longer(house: &TestHouse, day: Date, phase: Phase, days: Option<i32>) {
    let state = r#"{"outcomes":{"extend":"extended"}}"#.to_owned();
    let closed_at = days.map(|days| noon(day.saturating_add(days.days())));
    let id = format!("HB-longer-{}", phase.name());
    let due_on = day.saturating_add(92.days());
    let it = Case { id, right: Right::Access, phase, closed_at, received_at: noon(day), due_on, state, ..a_case("") };
    in_one(&house.store, async |tx| case::insert(tx, &it).await).await;
}

async fn json_of(house: &TestHouse) -> Value {
    let shown = Browser::open(house).await.look("/numbers.json").await;
    assert_eq!(shown.status, Status::Ok, "{shown}");
    serde_json::from_slice(&shown.bytes).unwrap()
}

async fn the_numbers_are_right_and_counted_once_a_day(mut house: TestHouse) {
    let (answered, open) = (|days| (Phase::Answered, Some(days)), (Phase::Open, None));
    let spring = date(2026, 6, 25);
    came(
        &house,
        Right::Access,
        spring,
        // The 31st day is late, a refusal is an answer, and one that still waits past its day is late.
        &[answered(2), answered(4), (Phase::Refused, Some(6)), answered(8), answered(31), (Phase::Withdrawn, Some(1)), open],
    )
    .await;
    came_and_took_longer(&house, spring, Phase::Answered, Some(60)).await;
    came_and_took_longer(&house, spring, Phase::Open, None).await;
    came(&house, Right::Erasure, date(2026, 6, 30), &[answered(10); 5]).await;
    came(&house, Right::Portability, date(2026, 6, 30), &[answered(20); 5]).await;
    // Too few in a quarter that is over, and a quarter that is not: neither is told.
    came(&house, Right::Access, date(2025, 12, 31), &[answered(1); 4]).await;
    came(&house, Right::Access, date(2026, 7, 1), &[answered(1); 9]).await;

    let told = json_of(&house).await;
    assert_eq!((&told["counted_on"], &told["at_least"]), (&json!("2026-09-15"), &json!(5)));
    let of = |received: i32, answered: i32, withdrawn: i32, extended: i32, median_days: i32, on_time: i32| {
        json!({
            "received": received, "answered": answered, "withdrawn": withdrawn, "extended": extended,
            "median_days": median_days, "on_time": on_time
        })
    };
    let part = |right: &str, mut told: Value| {
        told["right"] = json!(right);
        told
    };
    let quarter = json!({
        "year": 2026, "quarter": 2,
        "all": of(19, 16, 1, 2, 10, 88),
        "parts": [
            part("access", of(9, 6, 1, 2, 6, 71)),
            part("erasure", of(5, 5, 0, 0, 10, 100)),
            part("portability", of(5, 5, 0, 0, 20, 100)),
        ],
    });
    let mut shown = told["periods"].clone();
    shown[0]["parts"].as_array_mut().unwrap().sort_by_key(|part| part["right"].as_str().map(str::to_owned));
    assert_eq!(shown, json!([quarter]));

    let page = Browser::open(&house).await.look("/nl/numbers").await;
    page.says(&["2026, april tot en met juni", "71&nbsp;%", "De helft kreeg antwoord binnen", "6 dagen", "minder dan 5 verzoeken"]);
    // Beside the token of the session, which may say anything.
    let shown = page.to_string();
    assert!(!shown.contains("HB-") && !shown.contains("2025"), "{page}");
    let foot = Browser::open(&house).await.look("/en/help").await;
    foot.says(&["href=\"/en/numbers\""]);

    // Counted once a day, whatever comes meanwhile.
    came(&house, Right::Access, date(2026, 6, 26), &[answered(1); 5]).await;
    assert_eq!(json_of(&house).await, told);
    house.restart(habeas::config::Limits::default()).await;
    assert_eq!(json_of(&house).await["periods"][0]["all"]["received"], json!(24));
}

async fn an_organisation_that_tells_none_has_no_such_page(mut house: TestHouse) {
    house.rewrites("organisation.yaml", "numbers: {public: true}", "numbers: {public: false}").await;
    let browser = Browser::open(&house).await;
    for path in ["/en/numbers", "/nb/numbers", "/numbers.json"] {
        assert_eq!(browser.look(path).await.status, Status::NotFound, "{path}");
    }
    assert!(!browser.look("/en/help").await.text().contains("/en/numbers"));
}
