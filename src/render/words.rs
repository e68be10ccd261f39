//! Dates, times and sizes as people write them, in three languages. Knows no page and no clock.

use habeas_core::law::lang::Lang;
use jiff::{
    Timestamp,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

/// «fredag 18. desember 2026», «vrijdag 18 december 2026», «Friday 18 December 2026».
pub fn date(lang: Lang, date: Date) -> String {
    format!("{} {}", weekday(lang, date.weekday()), day(lang, date))
}

/// The same without the weekday: «18. desember 2026».
pub fn day(lang: Lang, date: Date) -> String {
    let dot = if lang == Lang::Nb { "." } else { "" };
    format!("{}{dot} {} {}", date.day(), month(lang, date.month()), date.year())
}

/// As one types it: «18.12.2026», «18-12-2026», «18/12/2026».
pub fn typed_day(lang: Lang, date: Date) -> String {
    let sign = match lang {
        Lang::Nb => '.',
        Lang::Nl => '-',
        Lang::En => '/',
    };
    format!("{:02}{sign}{:02}{sign}{:04}", date.day(), date.month(), date.year())
}

/// As one types it, in a zone: «18.12.2026 09.14».
pub fn typed_moment(lang: Lang, instant: Timestamp, zone: &TimeZone) -> String {
    let local = zone.to_datetime(instant);
    format!("{} {}", typed_day(lang, local.date()), clock(lang, local.time()))
}

/// «kl. 09.14», «om 09.14 uur», «at 09:14».
pub fn at(lang: Lang, time: Time) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match lang {
        Lang::Nb => format!("kl. {hour:02}.{minute:02}"),
        Lang::Nl => format!("om {hour:02}.{minute:02} uur"),
        Lang::En => format!("at {hour:02}:{minute:02}"),
    }
}

/// The clock time alone: «09.14», «09.14», «09:14».
pub fn clock(lang: Lang, time: Time) -> String {
    let colon = if lang == Lang::En { ':' } else { '.' };
    format!("{:02}{colon}{:02}", time.hour(), time.minute())
}

/// «18. november 2026 kl. 09.14», in a zone.
pub fn moment(lang: Lang, instant: Timestamp, zone: &TimeZone) -> String {
    let local = zone.to_datetime(instant);
    format!("{} {}", day(lang, local.date()), at(lang, local.time()))
}

/// «1,4 MB»: decimal units as phones and shops show them, one digit after the comma below ten megabytes and from a gigabyte up.
pub fn size(lang: Lang, bytes: u64) -> String {
    const KB: u64 = 1_000;
    const MB: u64 = 1_000_000;
    const TEN_MB: u64 = 10 * MB;
    const GB: u64 = 1_000_000_000;
    let comma = if lang == Lang::En { '.' } else { ',' };
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10) / unit;
        format!("{}{comma}{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..KB => format!("{bytes} B"),
        KB..MB => format!("{} kB", bytes / KB),
        MB..TEN_MB => format!("{} MB", tenths(MB)),
        TEN_MB..GB => format!("{} MB", bytes / MB),
        _ => format!("{} GB", tenths(GB)),
    }
}

const fn weekday(lang: Lang, weekday: Weekday) -> &'static str {
    let (nb, nl, en) = match weekday {
        Weekday::Monday => ("mandag", "maandag", "Monday"),
        Weekday::Tuesday => ("tirsdag", "dinsdag", "Tuesday"),
        Weekday::Wednesday => ("onsdag", "woensdag", "Wednesday"),
        Weekday::Thursday => ("torsdag", "donderdag", "Thursday"),
        Weekday::Friday => ("fredag", "vrijdag", "Friday"),
        Weekday::Saturday => ("lørdag", "zaterdag", "Saturday"),
        Weekday::Sunday => ("søndag", "zondag", "Sunday"),
    };
    pick(lang, nb, nl, en)
}

const fn month(lang: Lang, month: i8) -> &'static str {
    let (nb, nl, en) = match month {
        1 => ("januar", "januari", "January"),
        2 => ("februar", "februari", "February"),
        3 => ("mars", "maart", "March"),
        4 => ("april", "april", "April"),
        5 => ("mai", "mei", "May"),
        6 => ("juni", "juni", "June"),
        7 => ("juli", "juli", "July"),
        8 => ("august", "augustus", "August"),
        9 => ("september", "september", "September"),
        10 => ("oktober", "oktober", "October"),
        11 => ("november", "november", "November"),
        _ => ("desember", "december", "December"),
    };
    pick(lang, nb, nl, en)
}

const fn pick(lang: Lang, nb: &'static str, nl: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Nb => nb,
        Lang::Nl => nl,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use habeas_core::law::{lang::Lang, written};
    use jiff::{Timestamp, civil::date as on, tz::TimeZone};

    use super::{clock, date, day, moment, size, typed_day, typed_moment};

    #[test]
    fn a_deadline_is_a_weekday_and_a_date() {
        let due = on(2026, 12, 18);
        assert_eq!(date(Lang::Nb, due), "fredag 18. desember 2026");
        assert_eq!(date(Lang::Nl, due), "vrijdag 18 december 2026");
        assert_eq!(date(Lang::En, due), "Friday 18 December 2026");
        assert_eq!(day(Lang::Nb, on(2027, 3, 1)), "1. mars 2027");
    }

    #[test]
    fn what_is_typed_for_a_day_or_a_moment_is_read_as_the_same() {
        let zone = TimeZone::get("Europe/Oslo").unwrap();
        let received: Timestamp = "2026-11-18T08:14:00Z".parse().unwrap();
        for lang in Lang::ALL {
            assert_eq!(written::day(&typed_day(lang, on(2027, 3, 1))), Some(on(2027, 3, 1)), "{lang:?}");
            assert_eq!(written::day(&day(lang, on(2027, 3, 1))), Some(on(2027, 3, 1)), "{lang:?}");
            assert_eq!(written::moment(&typed_moment(lang, received, &zone), &zone), Some(received), "{lang:?}");
            assert_eq!(written::moment(&moment(lang, received, &zone), &zone), Some(received), "{lang:?}");
        }
    }

    #[test]
    fn a_moment_is_told_in_the_organisations_zone() {
        let zone = TimeZone::get("Europe/Oslo").unwrap();
        let received: Timestamp = "2026-11-18T08:14:00Z".parse().unwrap();
        assert_eq!(moment(Lang::Nb, received, &zone), "18. november 2026 kl. 09.14");
        assert_eq!(moment(Lang::Nl, received, &zone), "18 november 2026 om 09.14 uur");
        assert_eq!(moment(Lang::En, received, &zone), "18 November 2026 at 09:14");
        assert_eq!(clock(Lang::En, zone.to_datetime(received).time()), "09:14");
    }

    #[test]
    fn sizes_are_rounded_down_to_what_fits_in_the_head() {
        assert_eq!(size(Lang::Nb, 999), "999 B");
        assert_eq!(size(Lang::Nb, 48_300), "48 kB");
        assert_eq!(size(Lang::Nb, 1_450_000), "1,4 MB");
        assert_eq!(size(Lang::Nb, 10 << 20), "10 MB");
        assert_eq!(size(Lang::En, 2_000_000_000), "2.0 GB");
    }
}
