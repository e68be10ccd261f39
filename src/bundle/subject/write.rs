//! Writes the person's package: files first, then tables and pages, then the manifest over them, its signature, and the checksums of all.

use std::{error::Error, io, io::Write};

use habeas_core::{crypto::sign::SigningKey, law::record::Value};
use serde::Serialize;

use super::{
    Days, Index, Kind, KindPage, Package, Page, Pictures, Rows, Shown, Years,
    attachment::{Shape, attachments},
    cell::title,
    each,
    index::Counted,
    pages::{PICTURES, Picture, Place, Top, page_name},
    parts::Parts,
    schema::schema,
    survey::Survey,
    tables::{self, Dictionary},
    timeline::{TIMELINE, spans},
    vcard,
};
use crate::bundle::{BundleError, Written, visible::escaped};

const DICTIONARY: &str = "data/dictionary.json";
const SCHEMA: &str = "data/schema.json";
const CARDS: &str = "data/contact.vcf";

/// How long things may become.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// No ZIP file is longer than so many bytes, unless a single file in it is.
    pub part: u64,
    /// Records on a page.
    pub records_on_page: usize,
    /// Bytes of values on a page, unless a single record has more.
    pub bytes_on_page: usize,
    /// Up to so many records stand on the index itself,
    pub records_together: usize,
    /// if their values have no more bytes than these.
    pub bytes_together: usize,
    /// Lines on a page of the timeline.
    pub days_on_page: usize,
    /// Pictures on a page.
    pub pictures_on_page: usize,
}

impl Default for Limits {
    /// What phones, mail programs and old file systems take (2 GB), and a page that opens at once.
    fn default() -> Self {
        Self {
            part: 2_000_000_000,
            records_on_page: 100,
            bytes_on_page: 1 << 18,
            records_together: 60,
            bytes_together: 1 << 16,
            days_on_page: 250,
            pictures_on_page: 48,
        }
    }
}

/// Renders a page.
type Render<'r> = dyn Fn(&Page<'_>) -> Result<String, Box<dyn Error + Send + Sync>> + 'r;

/// Writes the ZIP files, each into what `open` gives for it; the one with the index is the last to be opened and the first to be returned.
/// The same package, rows, pages, limits and key give the same bytes.
pub fn write<W: Write>(
    mut open: impl FnMut() -> io::Result<W>,
    package: &Package,
    rows: &dyn Rows,
    render: &Render<'_>,
    (key, limits): (&SigningKey, &Limits),
) -> Result<Vec<Written<W>>, BundleError> {
    let survey = Survey::of(package, rows, limits)?;
    let mut parts = Parts::new(package, key, &mut open, limits.part)?;
    files(&mut parts, package, rows, &survey)?;
    data(&mut parts, package, rows, &survey)?;
    Pages { package, rows, render, limits, survey: &survey }.write(&mut parts)?;
    parts.finish()
}

/// `files/`.
fn files<W: Write>(parts: &mut Parts<'_, '_, W>, package: &Package, rows: &dyn Rows, survey: &Survey) -> Result<(), BundleError> {
    for (kind, _) in package.held().zip(&survey.kinds).filter(|(_, seen)| seen.files > 0) {
        each(rows, kind, |row, values| {
            attachments(kind, row, values).try_for_each(|file| parts.with_room(1, packed(file.bytes.len()))?.add(&file.path, file.bytes))
        })?;
    }
    Ok(())
}

/// The most that bytes take which no compression makes smaller.
fn packed(bytes: usize) -> u64 {
    (bytes + bytes / 1000) as u64
}

/// `data/`.
fn data<W: Write>(parts: &mut Parts<'_, '_, W>, package: &Package, rows: &dyn Rows, survey: &Survey) -> Result<(), BundleError> {
    for (kind, seen) in package.held().zip(&survey.kinds) {
        // Of JSON, names of fields and signs around them are the most, and they pack well.
        let room = seen.bytes + (kind.count * kind.fields.len() * 8) as u64;
        let table = format!("data/{}.csv", kind.slug);
        parts.with_room(1, room)?.stream(&table, |out| tables::csv(kind, &package.unreadable, rows, out))?;
        let exact = format!("data/{}.json", kind.slug);
        parts.with_room(1, room)?.stream(&exact, |out| tables::json(kind, seen, rows, out))?;
    }
    let archive = parts.with_room(3, 0)?;
    archive.add(DICTIONARY, pretty(DICTIONARY, &Dictionary::of(package, survey))?.as_bytes())?;
    archive.add(SCHEMA, pretty(SCHEMA, &schema(package.held()))?.as_bytes())?;
    let cards = vcard::cards(package.held(), rows)?;
    if cards.is_empty() { Ok(()) } else { archive.add(CARDS, cards.as_bytes()) }
}

/// Everything to be read in a browser, and `README.txt`.
struct Pages<'a> {
    package: &'a Package,
    rows: &'a dyn Rows,
    render: &'a Render<'a>,
    limits: &'a Limits,
    survey: &'a Survey,
}

/// What a page takes beside the values on it.
const FRAME: u64 = 8 * 1024;

impl Pages<'_> {
    fn write<W: Write>(&self, parts: &mut Parts<'_, '_, W>) -> Result<(), BundleError> {
        let pages: usize = self.survey.kinds.iter().map(|seen| seen.sheets.len()).sum();
        let bytes: u64 = self.survey.kinds.iter().map(|seen| seen.bytes).sum();
        let lines = self.survey.dated.len() as u64;
        // No other part begins from here on: the index names them all.
        parts.with_room(pages + 2, bytes + pages as u64 * FRAME + lines * 100)?;
        let names = parts.files();
        let mut index = Index::of(self.package, self.survey, if names.len() > 1 { names } else { Vec::new() });
        self.kinds(parts, &mut index)?;
        self.add(parts, "index.html", &Page::Index(&index))?;
        self.timeline(parts)?;
        self.pictures(parts)?;
        self.add(parts, "README.txt", &Page::Readme(&index))
    }

    fn add<W: Write>(&self, parts: &mut Parts<'_, '_, W>, name: &str, page: &Page<'_>) -> Result<(), BundleError> {
        let text = (self.render)(page).map_err(BundleError::Page)?;
        parts.archive().add(name, text.as_bytes())
    }

    /// The records, on pages of their own or, where they are few, on the index.
    fn kinds<W: Write>(&self, parts: &mut Parts<'_, '_, W>, index: &mut Index) -> Result<(), BundleError> {
        for ((number, kind), section) in self.package.held().enumerate().zip(&mut index.sections) {
            let mut rows = Vec::new();
            let mut page = 1;
            each(self.rows, kind, |row, values| {
                rows.push(Shown::of(self.package, kind, row, values));
                if self.survey.is_small || !self.ends(number, page, row) {
                    return Ok(());
                }
                if let Some(mut shown) = KindPage::of(self.package, self.survey, (number, kind), page) {
                    shown.rows = std::mem::take(&mut rows);
                    self.add(parts, &format!("pages/{}", page_name(&kind.name, page)), &Page::Kind(&shown))?;
                }
                page += 1;
                Ok(())
            })?;
            section.rows = rows;
        }
        Ok(())
    }

    /// Whether a row is the last one of a page.
    fn ends(&self, kind: usize, page: usize, row: usize) -> bool {
        self.survey.kinds.get(kind).and_then(|seen| seen.sheets.get(page - 1)).is_none_or(|sheet| row + 1 >= sheet.rows.end)
    }

    fn timeline<W: Write>(&self, parts: &mut Parts<'_, '_, W>) -> Result<(), BundleError> {
        if self.survey.dated.is_empty() {
            return Ok(());
        }
        self.add(parts, TIMELINE, &Page::Years(&Years::of(self.package, self.survey)))?;
        let years: Vec<_> = spans(self.survey).collect();
        let year = |place: Option<usize>| Some(years.get(place?)?.first()?.day.year());
        for (place, dated) in years.iter().enumerate() {
            let beside = (year(place.checked_sub(1)), year(Some(place + 1)));
            for (name, days) in Days::of(self.package, self.survey, dated, beside, self.limits.days_on_page) {
                self.add(parts, &name, &Page::Days(&days))?;
            }
        }
        Ok(())
    }

    fn pictures<W: Write>(&self, parts: &mut Parts<'_, '_, W>) -> Result<(), BundleError> {
        let (all, together) = (self.survey.pictures(), self.limits.pictures_on_page);
        let (mut some, mut page) = (Vec::new(), 1);
        let kinds = self.package.held().enumerate().zip(&self.survey.kinds).filter(|(_, seen)| seen.pictures > 0);
        for ((number, kind), _) in kinds {
            each(self.rows, kind, |row, values| {
                for picture in self.pictures_of((number, kind, row), values) {
                    some.push(picture);
                    if some.len() == together || (page - 1) * together + some.len() == all {
                        self.add_pictures(parts, std::mem::take(&mut some), page)?;
                        page += 1;
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn pictures_of(&self, at: (usize, &Kind, usize), values: &[Value]) -> Vec<Picture> {
        let (_, kind, row) = at;
        let files = attachments(kind, row, values).filter(|file| file.shape == Shape::Image);
        let named = |path: String, place: usize| {
            let field = kind.fields.get(place).map_or("", |field| field.label.as_str());
            Picture::of(self.package, self.survey, at, field, path, title(kind, values).unwrap_or_default())
        };
        files.map(|file| named(file.path, file.place)).collect()
    }

    fn add_pictures<W: Write>(&self, parts: &mut Parts<'_, '_, W>, pictures: Vec<Picture>, page: usize) -> Result<(), BundleError> {
        let count = self.survey.pictures();
        let shown = Pictures {
            top: Top::of(self.package, self.survey),
            place: Place::of("pictures", page, count.div_ceil(self.limits.pictures_on_page)),
            count: Counted::of(self.package.language, count),
            pictures,
        };
        let name = if page == 1 { PICTURES.to_owned() } else { format!("pages/{}", page_name("pictures", page)) };
        self.add(parts, &name, &Page::Pictures(&shown))
    }
}

pub(super) fn pretty(name: &str, value: &impl Serialize) -> Result<String, BundleError> {
    let json = serde_json::to_string_pretty(value).map_err(|source| BundleError::Json { name: name.to_owned(), source })?;
    Ok(escaped(&json) + "\n")
}
