//! Every row of every table against the rule that makes it: a wrong, missing or surplus day fails.

use std::{collections::BTreeSet, ops::RangeInclusive};

use jiff::{ToSpan, civil::date};

use super::*;

type Days = BTreeSet<(Date, String)>;

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (golden, century, rest) = (y % 19, y / 100, y % 100);
    let moon = (century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 19 * golden + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * late + 114;
    date(year, i8::try_from(days / 31).unwrap(), i8::try_from(days % 31 + 1).unwrap())
}

fn all(years: RangeInclusive<i16>, rule: impl Fn(i16) -> Vec<(Date, &'static str)>) -> Days {
    years.flat_map(rule).map(|(on, name)| (on, name.to_owned())).collect()
}

fn table(name: &str) -> Days {
    let calendar = Calendar::named(name).unwrap();
    calendar.holidays.iter().flat_map(|(on, names)| names.iter().map(|name| (*on, name.clone()))).collect()
}

/// The feasts that move with Easter, by their distance from it.
fn movable(year: i16, feasts: &[(i32, &'static str)]) -> Vec<(Date, &'static str)> {
    feasts.iter().map(|(days, name)| (easter(year) + days.days(), *name)).collect()
}

fn netherlands(year: i16) -> Vec<(Date, &'static str)> {
    let kings_day = date(year, 4, 27);
    let kings_day = if kings_day.weekday() == Weekday::Sunday { date(year, 4, 26) } else { kings_day };
    let mut days =
        movable(year, &[(0, "Easter Sunday"), (1, "Easter Monday"), (39, "Ascension Day"), (49, "Pentecost"), (50, "Pentecost Monday")]);
    days.extend([
        (date(year, 1, 1), "New Year's Day"),
        (kings_day, "King's Day"),
        (date(year, 5, 5), "Liberation Day"),
        (date(year, 12, 25), "Christmas Day"),
        (date(year, 12, 26), "Second Day of Christmas"),
    ]);
    days
}

fn nth(nth: i8, weekday: Weekday, year: i16, month: i8) -> Date {
    date(year, month, 1).nth_weekday_of_month(nth, weekday).unwrap()
}

#[test]
fn easter_falls_on_the_known_sundays() {
    for (year, month, day) in [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2026, 4, 5), (2035, 3, 25), (2038, 4, 25)] {
        assert_eq!(easter(year), date(year, month, day));
    }
}

#[test]
fn norway_has_its_feasts_and_no_substitute_days() {
    let norway = all(2024..=2035, |year| {
        let mut days = movable(
            year,
            &[
                (-3, "Maundy Thursday"),
                (-2, "Good Friday"),
                (0, "Easter Sunday"),
                (1, "Easter Monday"),
                (39, "Ascension Day"),
                (49, "Pentecost"),
                (50, "Pentecost Monday"),
            ],
        );
        days.extend([
            (date(year, 1, 1), "New Year's Day"),
            (date(year, 5, 1), "Labor Day"),
            (date(year, 5, 17), "Constitution Day"),
            (date(year, 12, 25), "Christmas Day"),
            (date(year, 12, 26), "Second Day of Christmas"),
        ]);
        days
    });
    assert_eq!(table("NO"), norway);
}

#[test]
fn the_netherlands_count_5_may_every_year_and_no_good_friday() {
    assert_eq!(table("NL"), all(2024..=2035, netherlands));
}

#[test]
fn the_equated_days_are_added_to_the_dutch_ones() {
    let mut expected = all(2024..=2035, netherlands);
    expected.extend(all(2024..=2035, |year| movable(year, &[(-2, "Good Friday")])));
    let decrees = [(2024, 5, 10), (2024, 12, 27), (2025, 5, 30), (2026, 1, 2), (2026, 5, 15), (2027, 5, 7), (2028, 4, 28), (2028, 5, 26)];
    expected.extend(decrees.map(|(year, month, day)| (date(year, month, day), "equated day (Atw 3(3))".to_owned())));
    assert_eq!(table("NL/atw"), expected);
}

#[test]
fn england_moves_a_holiday_off_the_weekend() {
    let fixed = |day: Date, name, substitute| match day.weekday() {
        Weekday::Saturday => (day + 2.days(), substitute),
        Weekday::Sunday => (day + 1.day(), substitute),
        _ => (day, name),
    };
    let england = all(2024..=2028, |year| {
        let christmas = fixed(date(year, 12, 25), "Christmas Day", "Christmas Day (substitute day)");
        let boxing = match date(year, 12, 26).weekday() {
            Weekday::Saturday | Weekday::Sunday => (date(year, 12, 28), "Boxing Day (substitute day)"),
            _ => (date(year, 12, 26), "Boxing Day"),
        };
        let mut days = movable(year, &[(-2, "Good Friday"), (1, "Easter Monday")]);
        days.extend([
            fixed(date(year, 1, 1), "New Year's Day", "New Year's Day (substitute day)"),
            (nth(1, Weekday::Monday, year, 5), "Early May bank holiday"),
            (nth(-1, Weekday::Monday, year, 5), "Spring bank holiday"),
            (nth(-1, Weekday::Monday, year, 8), "Summer bank holiday"),
            christmas,
            boxing,
        ]);
        days
    });
    assert_eq!(table("GB"), england);
}

#[test]
fn california_moves_a_sunday_to_monday_and_only_veterans_day_off_a_saturday() {
    let fixed = |day: Date, name, observed| if day.weekday() == Weekday::Sunday { (day + 1.day(), observed) } else { (day, name) };
    let california = all(2024..=2028, |year| {
        let veterans = date(year, 11, 11);
        let veterans = match veterans.weekday() {
            Weekday::Saturday => (veterans - 1.day(), "Veterans Day (observed)"),
            _ => fixed(veterans, "Veterans Day", "Veterans Day (observed)"),
        };
        vec![
            fixed(date(year, 1, 1), "New Year's Day", "New Year's Day (observed)"),
            (nth(3, Weekday::Monday, year, 1), "Martin Luther King Jr. Day"),
            (nth(3, Weekday::Monday, year, 2), "Presidents' Day"),
            fixed(date(year, 3, 31), "Cesar Chavez Day", "Cesar Chavez Day (observed)"),
            (nth(-1, Weekday::Monday, year, 5), "Memorial Day"),
            fixed(date(year, 7, 4), "Independence Day", "Independence Day (observed)"),
            (nth(1, Weekday::Monday, year, 9), "Labor Day"),
            veterans,
            (nth(4, Weekday::Thursday, year, 11), "Thanksgiving Day"),
            (nth(4, Weekday::Thursday, year, 11) + 1.day(), "Day after Thanksgiving"),
            fixed(date(year, 12, 25), "Christmas Day", "Christmas Day (observed)"),
        ]
    });
    assert_eq!(table("US-CA"), california);
}

#[test]
fn every_table_reads_names_itself_and_says_where_it_comes_from() {
    for (name, text) in TABLES {
        assert_eq!(Calendar::named(name).unwrap().name(), name);
        for key in ["# place: ", "# checked_on: 20", "# source: "] {
            assert!(text.contains(key), "{name} has no {key}");
        }
    }
}

#[test]
fn an_unknown_calendar_suggests_the_nearest_and_lists_all() {
    let said = Calendar::named("NL-atw").unwrap_err().to_string();
    assert_eq!(said, "there is no calendar `NL-atw`; did you mean `NL/atw`? known are none, BR, CA-QC, CH, GB, NL, NL/atw, NO, US-CA");
}

#[test]
fn a_year_nobody_reviewed_is_an_error_and_not_a_working_day() {
    let calendar = Calendar::named("GB").unwrap();
    assert_eq!(calendar.roll(date(2028, 12, 29)).unwrap().0, date(2028, 12, 29));
    assert_eq!(calendar.roll(date(2029, 1, 1)).unwrap_err(), CalendarError::Unreviewed { calendar: "GB".to_owned(), year: 2029 });
    assert_eq!(
        calendar.roll(date(2028, 12, 30)).unwrap_err().to_string(),
        "calendar `GB` is not reviewed for 2029; add the holidays of that year to its table, with their source"
    );
    assert!(Calendar::named("CH").unwrap().roll(date(2026, 3, 2)).is_err());
    assert_eq!(Calendar::named("none").unwrap().roll(Date::MAX), Ok((Date::MAX, vec![])));
}

#[test]
fn working_days_skip_weekends_and_holidays_and_not_the_first_day() {
    let norway = Calendar::named("NO").unwrap();
    assert_eq!(norway.after_working_days(date(2026, 4, 1), 1), Ok(date(2026, 4, 7)));
    assert_eq!(norway.after_working_days(date(2026, 4, 1), 0), Ok(date(2026, 4, 1)));
    assert_eq!(Calendar::named("none").unwrap().after_working_days(date(2026, 9, 1), 5), Ok(date(2026, 9, 8)));
}

#[test]
fn the_decree_days_are_unknown_after_2028() {
    let calendar = Calendar::named("NL/atw").unwrap();
    assert_eq!(calendar.caution(date(2028, 12, 31)), None);
    assert!(calendar.caution(date(2029, 1, 1)).unwrap().contains("up to 2028 only"));
}

#[test]
fn a_broken_table_names_the_line() {
    let head = "# calendar: X\n# reviewed: 2024-2025\ndate,name,source\n";
    for (text, line) in [
        ("", 0),
        ("# calendar: X\n", 0),
        ("# reviewed: 2024-2025\ndate,name,source\n", 0),
        ("# calendar X\n", 1),
        ("# calendar: X\n# cautoin: 2028 x\n", 2),
        ("# reviewed: 2024\n", 1),
        ("# extends: ZZ\n", 1),
        ("# caution: soon\n", 1),
        ("2024-01-01,New Year's Day,law\n", 1),
        (&format!("{head}2024-02-30,Day,law\n"), 4),
        (&format!("{head}2024-01-01,Day\n"), 4),
        (&format!("{head}2024-01-01,,law\n"), 4),
        (&format!("{head}2024-01-01,Day,\n"), 4),
        (&format!("{head}2026-01-01,Day,law\n"), 4),
        (&format!("{head}# note: too late\n"), 4),
    ] {
        assert!(matches!(table::parse(text), Err(CalendarError::Malformed { line: at, .. }) if at == line), "{text:?}");
    }
    assert!(table::parse(&format!("{head}2024-01-01,Day,law, with a comma\n")).is_ok());
}
