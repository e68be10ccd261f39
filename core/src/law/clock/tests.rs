//! The reviewed vectors, the reasons they give, and what holds for any request.

use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

use super::*;

const VECTORS: &str = include_str!("../../../tests/vectors/deadlines.csv");

fn on(text: &str) -> Date {
    text.parse().unwrap()
}

fn stops(text: &str) -> Vec<Stop> {
    text.split(';').filter(|stop| !stop.is_empty()).map(|stop| stop.parse().unwrap()).collect()
}

/// Runs the clock from texts, as the vectors write them.
fn run(regime: &str, calendar: &str, received: &str, asked: &str, extended: bool) -> Result<Deadline, ClockError> {
    let receipt = Receipt { received: on(received), stops: &stops(asked), extended };
    deadline(&receipt, &Regime::named(regime).unwrap(), &Calendar::named(calendar).unwrap())
}

fn lines(deadline: &Deadline) -> Vec<String> {
    deadline.because.iter().map(ToString::to_string).collect()
}

/// The holidays passed over, as the vectors write them.
fn holidays(deadline: &Deadline) -> String {
    let days = deadline.because.iter().filter_map(|because| match &because.finding {
        Finding::Rolled { over, .. } => Some(over),
        _ => None,
    });
    let named = days.flatten().filter(|day| !day.names.is_empty());
    named.map(|day| format!("{} {}", day.on, day.names.join("; "))).collect::<Vec<_>>().join("; ")
}

#[test]
fn every_vector_gives_its_date_and_its_holidays() {
    let mut reader = csv::Reader::from_reader(VECTORS.as_bytes());
    let mut count = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let (regime, clock) = row[1].split_once('.').unwrap();
        let deadline = run(regime, &row[2], &row[3], &row[4], &row[5] == "true").unwrap();
        let due = match clock {
            "respond" | "access" => deadline.due,
            "strict" => deadline.strict_due,
            "respond.conservative_ext" => deadline.conservative_due,
            "confirm" => deadline.confirm_due.unwrap(),
            other => panic!("no clock is called {other}"),
        };
        assert_eq!(due, on(&row[7]), "{}: {}\n{:#?}", &row[0], &row[8], lines(&deadline));
        assert_eq!(holidays(&deadline), &row[6], "{}", &row[0]);
        count += 1;
    }
    assert_eq!(count, 52);
}

#[test]
fn the_trace_tells_the_longest_norwegian_roll() {
    let deadline = run("gdpr", "NO", "2026-03-02", "2026-03-04..2026-03-04", false).unwrap();
    assert_eq!(
        lines(&deadline),
        [
            "received on 2026-03-02, a day that is itself not counted (Reg. 1182/71 art. 3(1))",
            "1 month from 2026-03-02, until 2026-04-02 (Art. 12(3) GDPR, Reg. 1182/71 art. 3(2)(c))",
            "waiting for the scope from 2026-03-04 to 2026-03-04 adds 0 days (EDPB Guidelines 01/2022 para 159)",
            "2026-04-02 is Maundy Thursday, 2026-04-03 is Good Friday, 2026-04-04 is Saturday, 2026-04-05 is Easter Sunday, \
             2026-04-06 is Easter Monday: moved to the next working day, 2026-04-07 (Reg. 1182/71 art. 3(4))",
            "the answer is due on Tuesday 2026-04-07",
        ]
    );
}

#[test]
fn the_trace_tells_of_an_extension_and_its_stricter_reading() {
    let deadline = run("gdpr", "none", "2026-01-31", "", true).unwrap();
    assert_eq!((deadline.due, deadline.strict_due, deadline.conservative_due), (on("2026-04-30"), on("2026-03-02"), on("2026-04-28")));
    assert_eq!(deadline.extension_notice_due, Some(on("2026-03-02")));
    assert_eq!(
        lines(&deadline)[1..],
        [
            "extended: 3 months from 2026-01-31, until 2026-04-30, the last day of that month (Art. 12(3) GDPR, EDPB Guidelines 01/2022 para 162)",
            "the answer is due on Thursday 2026-04-30",
            "without stops and extension it is due on 2026-03-02: alarms follow that date",
            "the person is told of the extension and its reasons by 2026-03-02: stops do not move that date \
             (Art. 12(3) GDPR, EDPB Guidelines 01/2022 para 162)",
            "the extension added to the end of the first period gives 2026-04-28: the safe target",
        ]
    );
}

#[test]
fn a_trace_line_has_a_stable_code_and_reads_back() {
    let deadline = run("gdpr", "NO", "2026-03-02", "2026-03-04..;2026-06-01..2026-06-02", true).unwrap();
    let json = serde_json::to_value(&deadline.because).unwrap();
    let codes: Vec<&str> = json.as_array().unwrap().iter().map(|line| line["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["received", "period", "pending", "ignored", "due", "strict", "extension-notice"]);
    assert_eq!(serde_json::from_value::<Vec<Because>>(json).unwrap(), deadline.because);
}

/// What was found about each stop, in order.
fn verdicts(deadline: &Deadline) -> Vec<String> {
    let about_stops =
        |because: &&Because| matches!(because.finding, Finding::Stopped { .. } | Finding::Pending { .. } | Finding::Ignored { .. });
    deadline.because.iter().filter(about_stops).map(|because| because.finding.to_string()).collect()
}

#[test]
fn a_stop_that_does_not_count_is_listed_with_its_reason() {
    for (asked, reason) in [
        ("2026-08-31..2026-09-04", "the question is older than the request"),
        ("2026-09-09..2026-09-14", "the question came later than 2026-09-08, so not without undue delay"),
        ("2026-10-02..2026-10-09", "the question came after the period had ended on 2026-10-01"),
    ] {
        let deadline = run("gdpr", "none", "2026-09-01", asked, false).unwrap();
        assert_eq!(deadline.due, on("2026-10-01"), "{asked}");
        assert_eq!(verdicts(&deadline).len(), 1);
        assert!(verdicts(&deadline)[0].ends_with(reason), "{:?}", verdicts(&deadline));
    }
    let california = run("us_ca", "US-CA", "2026-03-02", "id:2026-03-03..2026-03-20", false).unwrap();
    assert_eq!(california.due, on("2026-04-16"));
    assert_eq!(
        verdicts(&california),
        ["waiting for identity from 2026-03-03 to 2026-03-20 adds nothing: this law stops its clock for nothing"]
    );
}

#[test]
fn a_day_is_stopped_once_however_many_stops_cover_it() {
    for (asked, due) in [
        ("2026-09-03..2026-09-10;2026-09-08..2026-09-14", "2026-10-12"),
        ("2026-09-08..2026-09-14;2026-09-03..2026-09-10", "2026-10-12"),
        ("2026-09-03..2026-09-10;2026-09-10..2026-09-14", "2026-10-12"),
        ("2026-09-03..2026-09-14;2026-09-04..2026-09-10", "2026-10-12"),
        ("2026-09-03..2026-09-10;2026-09-03..2026-09-10", "2026-10-08"),
    ] {
        assert_eq!(run("gdpr", "none", "2026-09-01", asked, false).unwrap().due, on(due), "{asked}");
    }
}

#[test]
fn a_further_question_is_prompt_if_it_follows_the_answer() {
    let prompt = run("gdpr", "none", "2026-09-01", "2026-09-03..2026-09-10;2026-09-17..2026-09-18", false).unwrap();
    assert_eq!(prompt.due, on("2026-10-09"));
    let late = run("gdpr", "none", "2026-09-01", "2026-09-03..2026-09-10;2026-09-18..2026-09-21", false).unwrap();
    assert_eq!(late.due, on("2026-10-08"));
}

#[test]
fn an_open_stop_adds_nothing_until_it_is_answered() {
    let open = run("gdpr", "NO", "2026-09-01", "2026-09-03..", false).unwrap();
    assert_eq!((open.due, open.strict_due), (on("2026-10-01"), on("2026-10-01")));
    assert_eq!(verdicts(&open), ["waiting for the scope from 2026-09-03 is not over: nothing is added before the answer comes"]);
}

#[test]
fn rolling_comes_once_and_last() {
    let stopped = run("gdpr", "none", "2026-01-31", "2026-02-02..2026-02-04", false).unwrap();
    assert_eq!(stopped.due, on("2026-03-02"), "28 February is a Saturday: two stopped days reach Monday without a roll");
    let weekend = run("gdpr", "none", "2026-09-01", "2026-09-03..2026-09-05", false).unwrap();
    assert_eq!(weekend.due, on("2026-10-05"), "3 October is a Saturday");
    let extended = run("gdpr", "none", "2026-01-31", "", true).unwrap();
    assert_eq!(extended.due, on("2026-04-30"), "counted from receipt, not from the rolled 2 March");
}

#[test]
fn proof_of_identity_restarts_the_british_period_and_stops_the_european_one() {
    for asked in ["id:2026-09-02..2026-09-15", "id:2026-09-15"] {
        let british = run("uk_gdpr", "GB", "2026-09-01", asked, false).unwrap();
        assert_eq!((british.due, british.strict_due), (on("2026-10-15"), on("2026-10-01")), "{asked}");
        assert!(lines(&british)[1].starts_with("identity was proven on 2026-09-15: the period starts then (UK GDPR Art. 12A"));
    }
    assert_eq!(run("gdpr", "NO", "2026-09-01", "id:2026-09-02..2026-09-15", false).unwrap().due, on("2026-10-14"));
    let open = run("uk_gdpr", "GB", "2026-09-01", "id:2026-09-02..", false).unwrap();
    assert_eq!(open.due, on("2026-10-01"));
    let before = run("uk_gdpr", "GB", "2026-09-01", "id:2026-09-07..2026-09-15;2026-09-07..2026-09-16", false).unwrap();
    assert_eq!(before.due, on("2026-10-19"), "only the stopped days from the new start on count: 15 October, 2 days, a weekend");
}

#[test]
fn an_extension_that_the_law_does_not_know_is_refused() {
    let error = run("quebec", "CA-QC", "2026-03-02", "", true).unwrap_err();
    assert_eq!(error.to_string(), "regime `quebec` allows no extension; answer in time, or leave the extension out");
    assert_eq!(run("us_ca", "US-CA", "2026-03-02", "", true).unwrap().due, on("2026-05-31"));
    assert_eq!(run("lgpd", "BR", "2026-03-02", "", false).unwrap().extension_notice_due, None);
}

#[test]
fn a_calendar_without_the_year_refuses_to_guess() {
    assert!(matches!(
        run("uk_gdpr", "GB", "2028-12-10", "", false),
        Err(ClockError::Calendar(CalendarError::Unreviewed { year: 2029, .. }))
    ));
    assert!(matches!(run("gdpr", "CH", "2026-03-02", "", false), Err(ClockError::Calendar(CalendarError::Unreviewed { year: 2026, .. }))));
}

#[test]
fn dutch_decree_days_after_2028_come_with_a_caution() {
    let caution = |received| {
        run("gdpr", "NL/atw", received, "", false)
            .unwrap()
            .because
            .into_iter()
            .find(|because| matches!(because.finding, Finding::Caution { .. }))
    };
    assert_eq!(caution("2028-03-01"), None);
    assert!(
        caution("2029-03-01")
            .unwrap()
            .to_string()
            .starts_with("take care: the decree days of Algemene termijnenwet art. 3(3) are known up to 2028")
    );
}

#[test]
fn a_request_is_received_on_the_controllers_day() {
    let oslo = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    for (at, day) in [
        ("2026-03-01T22:59:59Z", "2026-03-01"),
        ("2026-03-01T23:00:00Z", "2026-03-02"),
        ("2026-07-01T21:59:59Z", "2026-07-01"),
        ("2026-07-01T22:00:00Z", "2026-07-02"),
    ] {
        assert_eq!(received_on(at.parse().unwrap(), &oslo), on(day), "{at}");
    }
}

#[test]
fn the_house_aims_earlier_than_the_law() {
    let targets = safe_targets(date(2026, 9, 1)).unwrap();
    assert_eq!((targets.extension_decision_on, targets.answer_on), (on("2026-09-22"), on("2026-09-29")));
    assert_eq!(run("gdpr", "NO", "2026-09-01", "", false).unwrap().identity_notice_on(), Ok(on("2026-09-28")));
    assert_eq!(safe_targets(Date::MAX), Err(ClockError::OutOfRange));
}

prop_compose! {
    fn any_day()(day in 0..3_900_i32) -> Date {
        date(2024, 1, 1) + day.days()
    }
}

prop_compose! {
    fn stops_of(received: Date)(spans in prop::collection::vec((-3..60, prop::option::of(0..40), any::<bool>()), 0..5)) -> Vec<Stop> {
        spans.into_iter().map(|(after, length, identity): (i32, Option<i32>, bool)| {
            let from = received + after.days();
            let about = if identity { About::Identity } else { About::Scope };
            Stop::new(from, length.map(|length| from + length.days()), about).unwrap()
        }).collect()
    }
}

fn any_request() -> impl Strategy<Value = (Date, Vec<Stop>)> {
    any_day().prop_flat_map(|received| (Just(received), stops_of(received)))
}

proptest! {
    #[test]
    fn due_is_a_working_day_not_before_the_strict_one((received, stops) in any_request(), extended: bool, name in prop::sample::select(vec!["NO", "NL", "NL/atw", "none"])) {
        let (regime, calendar) = (Regime::named("gdpr").unwrap(), Calendar::named(name).unwrap());
        let found = deadline(&Receipt { received, stops: &stops, extended }, &regime, &calendar).unwrap();
        for day in [found.due, found.strict_due, found.conservative_due] {
            prop_assert_eq!(calendar.day_off(day), Ok(None));
            prop_assert!(day > received);
        }
        prop_assert!(found.due >= found.strict_due);
        prop_assert!(found.conservative_due <= found.due);
        prop_assert_eq!(found.extension_notice_due, Some(found.strict_due));
        prop_assert_eq!(verdicts(&found).len(), stops.len());
    }

    #[test]
    fn more_stops_or_an_extension_never_make_it_earlier((received, stops) in any_request(), british: bool) {
        let (regime, calendar) = if british { ("uk_gdpr", "none") } else { ("gdpr", "NO") };
        let (regime, calendar) = (Regime::named(regime).unwrap(), Calendar::named(calendar).unwrap());
        // Proof of identity does not add days in the United Kingdom, it moves the start, and stops before the start are lost.
        let stops: Vec<Stop> = stops.into_iter().filter(|stop| !british || stop.about == About::Scope).collect();
        let due = |stops: &[Stop], extended| deadline(&Receipt { received, stops, extended }, &regime, &calendar).unwrap().due;
        for fewer in 0..stops.len() {
            prop_assert!(due(&stops[..fewer], false) <= due(&stops[..=fewer], false));
        }
        prop_assert!(due(&stops, true) >= due(&stops, false));
    }

    #[test]
    fn no_date_makes_it_panic(days in 0..7_304_484_i32, to in 0..7_304_484_i32, extended: bool, name in prop::sample::select(vec!["gdpr", "uk_gdpr", "us_ca", "lgpd", "quebec", "swiss"])) {
        let (received, answered) = (Date::MIN + days.days(), Date::MIN + to.days());
        let stops = [Stop { from: received, to: Some(answered), about: About::Scope }, Stop { from: answered, to: None, about: About::Identity }];
        for calendar in Calendar::names() {
            let _ = deadline(&Receipt { received, stops: &stops, extended }, &Regime::named(name).unwrap(), &Calendar::named(calendar).unwrap());
        }
    }
}
