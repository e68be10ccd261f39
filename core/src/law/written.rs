//! Days, moments, answers and numbers as people write them, in any of the languages. Where it could mean two things, it means nothing.

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::lang::Lang;

/// Months in nb, nl and en. Three letters are enough: no two months share them, in whichever language.
const MONTHS: [&[&str]; 12] = [
    &["januar", "januari", "january"],
    &["februar", "februari", "february"],
    &["mars", "maart", "mrt", "march"],
    &["april"],
    &["mai", "mei", "may"],
    &["juni", "june"],
    &["juli", "july"],
    &["august", "augustus"],
    &["september"],
    &["oktober", "october"],
    &["november"],
    &["desember", "december"],
];
/// Words before a clock time.
const AT: [&str; 4] = ["kl", "kl.", "om", "at"];

/// A day: `31.12.1990`, `31-12-1990`, `31/12/1990`, `1990-12-31`, `31. desember 1990`, `December 31, 1990`.
///
/// The year has four digits, and in digits alone the day comes before the month, as it does in all three languages: what an
/// American means by `12/31/1990` is no day, and whoever asks shows the month in letters before anything is done with it.
pub fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['.', '-', '/', ',', ' ', '\u{a0}']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    match (month(first), month(second)) {
        (Some(month), None) => date(third, month, second),
        (None, Some(month)) => date(third, month, first),
        _ if first.len() == 4 => date(first, digits(second)?, third),
        _ => date(third, digits(second)?, first),
    }
}

/// A day and a clock time, in a zone: `31.12.1990 14:30`, `31. desember 1990 kl. 14.30`; or an instant in RFC 3339.
pub fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(instant) = text.trim().parse() {
        return Some(instant);
    }
    let text = text.trim().trim_end_matches("uur").trim_end();
    let (before, clock) = text.rsplit_once(char::is_whitespace)?;
    let (hour, minute) = clock.split_once([':', '.'])?;
    let time = Time::new(digits(hour)?, digits(minute)?, 0, 0).ok()?;
    let before = before.trim_end();
    let written = AT.iter().find_map(|at| before.strip_suffix(at)?.strip_suffix(char::is_whitespace)).unwrap_or(before);
    zone.to_timestamp(day(written)?.to_datetime(time)).ok()
}

/// Yes or no.
pub fn answer(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "ja" | "yes" | "true" | "1" => Some(true),
        "nei" | "nee" | "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// A number as the language writes it, from the spelling of databases: `190.50` is «190,50» in nb and nl. `None`: it is no such number.
pub fn decimal(lang: Lang, text: &str) -> Option<String> {
    let (whole, part) = text.trim().split_once('.')?;
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let comma = if lang == Lang::En { '.' } else { ',' };
    (are_digits(whole.strip_prefix('-').unwrap_or(whole)) && are_digits(part)).then(|| format!("{whole}{comma}{part}"))
}

fn date(year: &str, month: i8, day: &str) -> Option<Date> {
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day);
    let year = (year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())).then(|| year.parse().ok())??;
    Date::new(year, month, digits(ordinal)?).ok()
}

/// One or two of them.
fn digits(text: &str) -> Option<i8> {
    ((1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn month(text: &str) -> Option<i8> {
    let text = text.to_lowercase();
    let place = MONTHS.iter().position(|names| text.chars().count() >= 3 && names.iter().any(|name| name.starts_with(&text)))?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use jiff::{civil::date, tz::TimeZone};

    use super::{answer, day, decimal, moment};
    use crate::law::lang::Lang;

    #[test]
    fn a_number_has_the_comma_of_its_language() {
        let all = |text| Lang::ALL.map(|lang| decimal(lang, text));
        assert_eq!(all("190.50"), ["190,50", "190,50", "190.50"].map(|text| Some(text.to_owned())));
        assert_eq!(decimal(Lang::Nb, "-0.5").as_deref(), Some("-0,5"));
        for text in ["190", "1.190.50", ".5", "5.", "1e-7.5", "127.0.0.1", "--1.5", ""] {
            assert_eq!(all(text), [None, None, None], "{text}");
        }
    }

    #[test]
    fn a_day_is_read_as_people_write_it() {
        for text in [
            "31.12.1990",
            "31-12-1990",
            "31/12/1990",
            "31 12 1990",
            "1990-12-31",
            " 1990/12/31 ",
            "31. desember 1990",
            "31 december 1990",
            "31 December 1990",
            "31st December 1990",
            "31 des. 1990",
            "December 31, 1990",
        ] {
            assert_eq!(day(text), Some(date(1990, 12, 31)), "{text}");
        }
        for (text, month) in [("1. mars 1990", 3), ("1 mrt 1990", 3), ("1 mei 1990", 5), ("1. mai 1990", 5), ("1 May 1990", 5)] {
            assert_eq!(day(text), Some(date(1990, month, 1)), "{text}");
        }
    }

    #[test]
    fn what_could_be_another_day_is_none() {
        for text in [
            "",
            "12/31/1990",
            "31.12.90",
            "31.12",
            "1990",
            "31.13.1990",
            "30.02.1990",
            "29.02.1991",
            "031.12.1990",
            "31.12.19900",
            "ma 1. 1990",
            "1 ju 1990",
            "mai juni 1990",
            "i fjor",
            "31.12.1990 14:30",
            "+1.12.1990",
            "٣١.١٢.١٩٩٠",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
        assert_eq!(day("03/04/1990"), Some(date(1990, 4, 3)), "the day comes first");
    }

    #[test]
    fn a_moment_is_a_day_and_a_clock_time_where_the_organisation_is() {
        let zone = TimeZone::get("Europe/Oslo").unwrap();
        for text in ["31.12.1990 14:30", "31. desember 1990 kl. 14.30", "31-12-1990 om 14.30 uur", "1990-12-31T13:30:00Z"] {
            assert_eq!(moment(text, &zone), "1990-12-31T13:30:00Z".parse().ok(), "{text}");
        }
        for text in ["31.12.1990", "31.12.1990 25:00", "14:30", "31.12.90 14:30", ""] {
            assert_eq!(moment(text, &zone), None, "{text}");
        }
    }

    #[test]
    fn yes_and_no_are_answers_in_every_language() {
        assert_eq!(["ja", "Yes", "1"].map(answer), [Some(true); 3]);
        assert_eq!(["nei", "Nee", "no"].map(answer), [Some(false); 3]);
        assert_eq!(answer("kanskje"), None);
    }
}
