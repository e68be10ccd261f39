//! Everything that names a day, across all kinds: an overview by year, and for each year what happened, month by month.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{
    Kind, Package,
    cell::{grouped, shown},
    index::Counted,
    pages::{Place, Top, page_name, record_href},
    survey::{Dated, Survey},
};

/// The overview.
pub(super) const TIMELINE: &str = "pages/timeline.html";

/// The years in which something happened, the latest first.
#[derive(Debug, Serialize)]
pub struct Years {
    /// Its top.
    #[serde(flatten)]
    pub top: Top,
    /// The years.
    pub years: Vec<Year>,
}

/// A year.
#[derive(Debug, Serialize)]
pub struct Year {
    /// `2026`.
    pub number: i16,
    /// Its first page.
    pub href: String,
    /// How much happened.
    pub count: Counted,
    /// The same as part of the fullest year, in percent.
    pub share: usize,
    /// What happened, by kind: the label and how often.
    pub kinds: Vec<(String, String)>,
}

/// A part of what happened in a year.
#[derive(Debug, Serialize)]
pub struct Days {
    /// Its top.
    #[serde(flatten)]
    pub top: Top,
    /// The year.
    pub year: i16,
    /// Where it stands among the pages of the year.
    pub place: Place,
    /// The year before in which something happened.
    pub year_before: Option<i16>,
    /// The year after.
    pub year_after: Option<i16>,
    /// Month by month.
    pub months: Vec<Month>,
}

/// A month.
#[derive(Debug, Serialize)]
pub struct Month {
    /// From 1.
    pub number: i8,
    /// Day by day.
    pub happened: Vec<Happened>,
}

/// What happened to a record on a day.
#[derive(Debug, Serialize)]
pub struct Happened {
    /// When.
    pub day: Date,
    /// Label of the kind.
    pub kind: String,
    /// Labels of the fields that name the day.
    pub fields: Vec<String>,
    /// What the record is recognised by, or its number.
    pub title: String,
    /// Where it stands.
    pub href: String,
}

impl Years {
    pub(super) fn of(package: &Package, survey: &Survey) -> Self {
        let lang = package.language;
        let fullest = spans(survey).map(<[Dated]>::len).max().unwrap_or(1);
        let year = |dated: &[Dated]| {
            let year = dated.first()?.day.year();
            let mut kinds: BTreeMap<u32, usize> = BTreeMap::new();
            for one in dated {
                *kinds.entry(one.kind).or_default() += 1;
            }
            let label = |kind: u32| package.held().nth(kind as usize).map(|kind| shown(&kind.label)).unwrap_or_default();
            Some(Year {
                number: year,
                href: page_name(&name(year), 1),
                count: Counted::of(lang, dated.len()),
                share: (dated.len() * 100 / fullest).max(1),
                kinds: kinds.into_iter().map(|(kind, count)| (label(kind), grouped(lang, count))).collect(),
            })
        };
        let mut years: Vec<Year> = spans(survey).filter_map(year).collect();
        years.reverse();
        Self { top: Top::of(package, survey), years }
    }
}

/// What is dated, year by year.
pub(super) fn spans(survey: &Survey) -> impl Iterator<Item = &[Dated]> {
    survey.dated.chunk_by(|one, next| one.day.year() == next.day.year())
}

fn name(year: i16) -> String {
    format!("timeline-{year}")
}

impl Days {
    /// The pages of a year, of at most `together` entries each; a page and its name below the root folder.
    pub(super) fn of<'s>(
        package: &'s Package,
        survey: &'s Survey,
        dated: &'s [Dated],
        (year_before, year_after): (Option<i16>, Option<i16>),
        together: usize,
    ) -> impl Iterator<Item = (String, Self)> + 's {
        let kinds: Vec<&Kind> = package.held().collect();
        let year = dated.first().map_or(0, |dated| dated.day.year());
        let pages = dated.len().div_ceil(together);
        dated.chunks(together).zip(1..).map(move |(some, page)| {
            let months = some.chunk_by(|one, next| one.day.month() == next.day.month());
            let months = months.filter_map(|some| {
                let number = some.first()?.day.month();
                // What one record says of one day is one line.
                let lines = some.chunk_by(|one, next| (one.day, one.kind, one.row) == (next.day, next.kind, next.row));
                Some(Month { number, happened: lines.filter_map(|some| happened(package, survey, &kinds, some)).collect() })
            });
            let place = Place::of(&name(year), page, pages);
            let days = Self { top: Top::of(package, survey), year, place, year_before, year_after, months: months.collect() };
            (format!("{}{}", super::pages::KINDS, page_name(&name(year), page)), days)
        })
    }
}

fn happened(package: &Package, survey: &Survey, kinds: &[&Kind], dated: &[Dated]) -> Option<Happened> {
    let first = dated.first()?;
    let kind = kinds.get(first.kind as usize)?;
    let field = |dated: &Dated| kind.fields.get(dated.field as usize).map(|field| shown(&field.label));
    let row = first.row as usize;
    let title = survey.title(first);
    Some(Happened {
        day: first.day,
        kind: shown(&kind.label),
        fields: dated.iter().filter_map(field).collect(),
        title: if title.is_empty() { grouped(package.language, row + 1) } else { title.to_owned() },
        href: record_href(survey, first.kind as usize, kind, row),
    })
}
