//! The pages behind the index: the records of a kind, a hundred at a time, and the pictures. Each is bounded, knows its neighbours, and
//! opens by itself.

use serde::Serialize;

use super::{
    Index, Kind, Package, Section, Shown,
    cell::{anchor, grouped, shown},
    index::{Counted, section},
    survey::{Sheet, Survey},
    timeline::{Days, TIMELINE, Years},
};

/// The folder that all pages but the index stand in.
pub(super) const KINDS: &str = "pages/";
/// The first page of pictures.
pub(super) const PICTURES: &str = "pages/pictures.html";

/// A page to render.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Page<'a> {
    /// `index.html`, offline and without script.
    Index(&'a Index),
    /// Some records of a kind.
    Kind(&'a KindPage),
    /// The years in which something happened.
    Years(&'a Years),
    /// What happened within one of them.
    Days(&'a Days),
    /// Some pictures.
    Pictures(&'a Pictures),
    /// `README.txt`.
    Readme(&'a Index),
}

impl Page<'_> {
    /// The template it is the context of.
    pub const fn template(&self) -> &'static str {
        match self {
            Self::Index(_) => "package/index.html",
            Self::Kind(_) => "package/kind.html",
            Self::Years(_) => "package/years.html",
            Self::Days(_) => "package/days.html",
            Self::Pictures(_) => "package/pictures.html",
            Self::Readme(_) => "package/readme.txt",
        }
    }
}

/// What every page behind the index says at its top, and where it leads to.
#[derive(Debug, Clone, Serialize)]
pub struct Top {
    /// For the `lang` attribute.
    pub lang: &'static str,
    /// Who answers.
    pub organisation: String,
    /// The case.
    pub reference: String,
    /// The way up to the folder that everything stands in.
    pub root: &'static str,
    /// The timeline, if anything names a day.
    pub timeline_href: Option<&'static str>,
    /// The first page of pictures, if there are any.
    pub pictures_href: Option<&'static str>,
}

impl Top {
    pub(super) fn of(package: &Package, survey: &Survey) -> Self {
        Self {
            lang: package.language.code(),
            organisation: package.organisation.name.clone(),
            reference: package.reference.clone(),
            root: "../",
            timeline_href: (!survey.dated.is_empty()).then_some(TIMELINE),
            pictures_href: (survey.pictures() > 0).then_some(PICTURES),
        }
    }
}

/// Which page of how many, and the ones beside it. Addresses are those of the folder `pages/`.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// From 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// The one before.
    pub before: Option<String>,
    /// The one after.
    pub next: Option<String>,
}

impl Place {
    pub(super) fn of(name: &str, page: usize, pages: usize) -> Self {
        let at = |page: usize| page_name(name, page);
        Self { page, pages, before: (page > 1).then(|| at(page - 1)), next: (page < pages).then(|| at(page + 1)) }
    }
}

/// Some records of a kind. The first page says what becomes of the kind, and leads to the others.
#[derive(Debug, Serialize)]
pub struct KindPage {
    /// Its top.
    #[serde(flatten)]
    pub top: Top,
    /// Where it stands among the others.
    pub place: Place,
    /// The kind, without records.
    pub section: Section,
    /// The first record here, as it is written.
    pub from: String,
    /// The last.
    pub to: String,
    /// Its records.
    pub rows: Vec<Shown>,
    /// The way to the other pages, by year or by letter.
    pub jumps: Vec<Jump>,
}

/// Pages that belong together.
#[derive(Debug, Serialize)]
pub struct Jump {
    /// The year, the letter, or the numbers.
    pub label: String,
    /// The pages.
    pub pages: Vec<JumpPage>,
}

/// A page to jump to.
#[derive(Debug, Serialize)]
pub struct JumpPage {
    /// Its address in the folder `pages/`.
    pub href: String,
    /// The first record on it.
    pub from: String,
    /// The last.
    pub to: String,
}

/// So many pages without years and letters stand under one heading.
const TOGETHER: usize = 10;

impl KindPage {
    pub(super) fn of(package: &Package, survey: &Survey, at: (usize, &Kind), page: usize) -> Option<Self> {
        let (number, kind) = at;
        let seen = survey.kinds.get(number)?;
        let sheet = seen.sheets.get(page - 1)?;
        let lang = package.language;
        let written = |row: usize| grouped(lang, row);
        let alphabetical = seen.is_alphabetical();
        let mut jumps: Vec<Jump> = Vec::new();
        for (place, sheet) in seen.sheets.iter().enumerate().filter(|_| page == 1 && seen.sheets.len() > 1) {
            let label = heading(sheet, alphabetical).unwrap_or_default();
            let (from, to) = (written(sheet.rows.start + 1), written(sheet.rows.end));
            let entry = JumpPage { href: page_name(&kind.name, place + 1), from, to };
            match jumps.last_mut().filter(|last| last.label == label && (!label.is_empty() || last.pages.len() < TOGETHER)) {
                Some(last) => last.pages.push(entry),
                None => jumps.push(Jump { label, pages: vec![entry] }),
            }
        }
        for jump in jumps.iter_mut().filter(|jump| jump.label.is_empty()) {
            if let (Some(first), Some(last)) = (jump.pages.first(), jump.pages.last()) {
                jump.label = format!("{}–{}", first.from, last.to);
            }
        }
        Some(Self {
            top: Top::of(package, survey),
            place: Place::of(&kind.name, page, seen.sheets.len()),
            section: section(lang, kind, seen, survey),
            from: written(sheet.rows.start + 1),
            to: written(sheet.rows.end),
            rows: Vec::new(),
            jumps,
        })
    }
}

/// What a page is looked for under.
fn heading(sheet: &Sheet, alphabetical: bool) -> Option<String> {
    let between = |from: String, to: String| if from == to { from } else { format!("{from}–{to}") };
    let letters = sheet.letters.filter(|_| alphabetical).map(|(from, to)| between(from.to_string(), to.to_string()));
    sheet.years.map(|(from, to)| between(from.to_string(), to.to_string())).or(letters)
}

/// Some pictures, each with the record it belongs to.
#[derive(Debug, Serialize)]
pub struct Pictures {
    /// Its top.
    #[serde(flatten)]
    pub top: Top,
    /// Where it stands among the others.
    pub place: Place,
    /// How many there are on all pages.
    pub count: Counted,
    /// The pictures of this page.
    pub pictures: Vec<Picture>,
}

/// A picture.
#[derive(Debug, Serialize)]
pub struct Picture {
    /// Below the root folder.
    pub path: String,
    /// Label of the field it stands in.
    pub label: String,
    /// Label of the kind.
    pub kind: String,
    /// The record, as its number is written.
    pub number: String,
    /// What the record is recognised by; may be empty.
    pub title: String,
    /// Where the record stands.
    pub href: String,
}

impl Picture {
    pub(super) fn of(package: &Package, survey: &Survey, at: (usize, &Kind, usize), field: &str, path: String, title: String) -> Self {
        let (number, kind, row) = at;
        Self {
            path,
            label: shown(field),
            kind: shown(&kind.label),
            number: grouped(package.language, row + 1),
            title,
            href: record_href(survey, number, kind, row),
        }
    }
}

/// Name of a page in the folder `pages/`.
pub(super) fn page_name(name: &str, page: usize) -> String {
    // `pictures.html` and `timeline.html` are names that do not change with their number.
    if page == 1 && (name == "pictures" || name.starts_with("timeline-")) { format!("{name}.html") } else { format!("{name}-{page}.html") }
}

/// Where a record stands, from within the folder `pages/`.
pub(super) fn record_href(survey: &Survey, number: usize, kind: &Kind, row: usize) -> String {
    let anchor = anchor(kind, row);
    if survey.is_small {
        return format!("../index.html#{anchor}");
    }
    format!("{}#{anchor}", page_name(&kind.name, survey.sheet_of(number, row)))
}
