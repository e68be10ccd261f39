//! A first look at every row: how much there is, from when to when, where each page ends. Holds a few bytes of each record that names a
//! day, and nothing of the others.

use std::ops::Range;

use habeas_core::law::record::Value;
use jiff::civil::Date;

use super::{
    Kind, Package, Rows,
    attachment::{Shape, attachments},
    cell::{day, title},
    each,
    write::Limits,
};
use crate::bundle::BundleError;

/// What there is of every kind that is held, in the order of the package.
pub(super) struct Survey {
    pub(super) kinds: Vec<Seen>,
    /// By day.
    pub(super) dated: Vec<Dated>,
    /// Whether everything fits on the index itself.
    pub(super) is_small: bool,
}

/// What there is of one kind.
#[derive(Default)]
pub(super) struct Seen {
    /// Its pages.
    pub(super) sheets: Vec<Sheet>,
    /// How many pictures it has.
    pub(super) pictures: usize,
    /// How many files of any sort.
    pub(super) files: usize,
    /// About how many bytes its values take, files apart.
    pub(super) bytes: u64,
    /// Its first and its last day.
    pub(super) period: Option<(Date, Date)>,
    /// Titles of its records, where any of its fields names days.
    titles: Vec<Box<str>>,
    /// The first letter of the last title, and whether any stood after one that comes later in the alphabet.
    letters: (Option<char>, bool),
}

/// A page of records.
pub(super) struct Sheet {
    /// Its rows, from 0.
    pub(super) rows: Range<usize>,
    bytes: usize,
    /// The first and the last year in it.
    pub(super) years: Option<(i16, i16)>,
    /// The first letter of the first and of the last title.
    pub(super) letters: Option<(char, char)>,
}

/// That something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dated {
    pub(super) day: Date,
    /// Among those that are held, from 0.
    pub(super) kind: u32,
    /// From 0.
    pub(super) row: u32,
    /// From 0.
    pub(super) field: u32,
}

impl Survey {
    pub(super) fn of(package: &Package, rows: &dyn Rows, limits: &Limits) -> Result<Self, BundleError> {
        let mut survey = Self { kinds: Vec::new(), dated: Vec::new(), is_small: false };
        for (number, kind) in (0..).zip(package.held()) {
            let mut seen = Seen::default();
            let has_days = kind.fields.iter().any(|field| field.dated);
            each(rows, kind, |row, values| {
                let days = || kind.fields.iter().zip(values).zip(0..);
                let days = days().filter_map(|((field, value), place)| Some((day(&package.zone, field, value)?, place)));
                let first = survey.dated.len();
                survey.dated.extend(days.map(|(day, field)| Dated { day, kind: number, row: short(row), field }));
                let told = title(kind, values);
                seen.take(kind, row, values, survey.dated.get(first..).unwrap_or_default(), told.as_deref(), limits);
                if has_days {
                    seen.titles.push(told.unwrap_or_default().into());
                }
                Ok(())
            })?;
            survey.kinds.push(seen);
        }
        survey.dated.sort_unstable();
        let (records, bytes) = survey.kinds.iter().fold((0, 0), |(records, bytes), seen| (records + seen.records(), bytes + seen.bytes));
        survey.is_small = records <= limits.records_together && bytes <= limits.bytes_together as u64;
        Ok(survey)
    }

    /// The first and the last day of all.
    pub(super) fn period(&self) -> Option<(Date, Date)> {
        Some((self.dated.first()?.day, self.dated.last()?.day))
    }

    pub(super) fn pictures(&self) -> usize {
        self.kinds.iter().map(|seen| seen.pictures).sum()
    }

    pub(super) fn files(&self) -> usize {
        self.kinds.iter().map(|seen| seen.files).sum()
    }

    /// The page of a kind (among those held) on which a row stands, from 1.
    pub(super) fn sheet_of(&self, kind: usize, row: usize) -> usize {
        self.kinds.get(kind).map_or(1, |seen| 1 + seen.sheets.partition_point(|sheet| sheet.rows.end <= row))
    }

    /// The title of a record that names a day.
    pub(super) fn title(&self, dated: &Dated) -> &str {
        let seen = self.kinds.get(dated.kind as usize);
        seen.and_then(|seen| seen.titles.get(dated.row as usize)).map_or("", |title| title)
    }
}

impl Seen {
    fn records(&self) -> usize {
        self.sheets.last().map_or(0, |sheet| sheet.rows.end)
    }

    fn take(&mut self, kind: &Kind, row: usize, values: &[Value], days: &[Dated], title: Option<&str>, limits: &Limits) {
        // Of a file only its name is shown.
        let bytes: usize = values.iter().filter(|value| !matches!(value, Value::Bytes(_))).map(Value::size).sum();
        self.bytes += bytes as u64;
        for file in attachments(kind, row, values) {
            self.files += 1;
            self.pictures += usize::from(file.shape == Shape::Image);
        }
        for dated in days {
            let (first, last) = self.period.get_or_insert((dated.day, dated.day));
            (*first, *last) = ((*first).min(dated.day), (*last).max(dated.day));
        }
        let full =
            |sheet: &Sheet| sheet.rows.len() >= limits.records_on_page || (sheet.bytes > 0 && sheet.bytes + bytes > limits.bytes_on_page);
        if self.sheets.last().is_none_or(full) {
            self.sheets.push(Sheet { rows: row..row, bytes: 0, years: None, letters: None });
        }
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.rows.end = row + 1;
            sheet.bytes += bytes;
            if let Some(year) = days.first().map(|dated| dated.day.year()) {
                let (first, last) = sheet.years.get_or_insert((year, year));
                (*first, *last) = ((*first).min(year), (*last).max(year));
            }
            if let Some(letter) = title.and_then(initial) {
                sheet.letters.get_or_insert((letter, letter)).1 = letter;
                self.letters = (Some(letter), self.letters.1 || self.letters.0 > Some(letter));
            }
        }
    }

    /// Whether its records stand in the order of the alphabet, so that a letter leads to them.
    pub(super) fn is_alphabetical(&self) -> bool {
        !self.letters.1 && self.sheets.iter().all(|sheet| sheet.letters.is_some())
    }
}

fn initial(title: &str) -> Option<char> {
    title.chars().find(|sign| sign.is_alphabetic()).and_then(|sign| sign.to_uppercase().next())
}

/// A package of four thousand million records is refused by its size long before.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
