//! Reads a calendar table: `# key: value` lines for the reviewer, then `date,name,source`, one holiday a row.

use std::{collections::BTreeMap, ops::Range};

use jiff::civil::Date;

use super::{Calendar, CalendarError, Caution};

/// Keys that are there for the person who reviews the table.
const FOR_THE_REVIEWER: [&str; 4] = ["place", "checked_on", "source", "note"];
const COLUMNS: &str = "date,name,source";

/// Reads a whole table, and the one it extends.
pub(super) fn parse(text: &str) -> Result<Calendar, CalendarError> {
    let mut calendar = Calendar { name: String::new(), holidays: BTreeMap::new(), reviewed: 0..0, caution: None };
    let mut in_rows = false;
    for (index, row) in text.lines().enumerate() {
        let done = match row.strip_prefix("# ") {
            Some(header) if !in_rows => read_header(&mut calendar, header),
            None if in_rows => read_holiday(&mut calendar, row),
            None if row == COLUMNS => {
                in_rows = true;
                Ok(())
            }
            _ => Err("expected `# key: value` lines, then `date,name,source`, then rows"),
        };
        done.map_err(|problem| CalendarError::Malformed { line: index + 1, problem })?;
    }
    if calendar.name.is_empty() || !in_rows {
        return Err(CalendarError::Malformed { line: 0, problem: "`# calendar:` or the row of column names is missing" });
    }
    Ok(calendar)
}

fn read_header(calendar: &mut Calendar, header: &str) -> Result<(), &'static str> {
    let (key, value) = header.split_once(": ").ok_or("expected `# key: value`")?;
    match key {
        "calendar" => value.clone_into(&mut calendar.name),
        "extends" => calendar.holidays = Calendar::named(value).map_err(|_| "the calendar it extends is unknown or broken")?.holidays,
        "reviewed" => calendar.reviewed = years(value).ok_or("expected years such as `2024-2035`, `every year` or `no year`")?,
        "caution" => calendar.caution = Some(caution(value).ok_or("expected the last known year, then what is not known after it")?),
        other if FOR_THE_REVIEWER.contains(&other) => {}
        _ => return Err("unknown key; known are calendar, extends, reviewed, caution, place, checked_on, source and note"),
    }
    Ok(())
}

fn read_holiday(calendar: &mut Calendar, row: &str) -> Result<(), &'static str> {
    let mut cells = row.splitn(3, ',');
    let (Some(date), Some(name), Some(source)) = (cells.next(), cells.next(), cells.next()) else {
        return Err("expected `date,name,source`");
    };
    let date: Date = date.parse().map_err(|_| "expected a date such as 2026-05-17")?;
    if name.is_empty() || source.is_empty() {
        return Err("a holiday needs a name and a source");
    }
    if !calendar.reviewed.contains(&date.year()) {
        return Err("the date is outside the reviewed years");
    }
    calendar.holidays.entry(date).or_default().push(name.to_owned());
    Ok(())
}

fn years(text: &str) -> Option<Range<i16>> {
    match text {
        "every year" => Some(i16::MIN..i16::MAX),
        "no year" => Some(0..0),
        _ => text.split_once('-').and_then(|(from, to)| Some(from.parse().ok()?..to.parse::<i16>().ok()?.checked_add(1)?)),
    }
}

fn caution(text: &str) -> Option<Caution> {
    let (year, text) = text.split_once(' ')?;
    Some(Caution { known_until: year.parse().ok()?, text: text.to_owned() })
}
