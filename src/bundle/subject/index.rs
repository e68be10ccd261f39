//! What `index.html` and `README.txt` show: ready values, made safe to look at. The words around them are the templates'.

use habeas_core::law::record::Value;
use serde::Serialize;

use super::{
    Field, Kind, Organisation, Package, Systems, Withheld,
    attachment::{Shape, attachment},
};
use crate::bundle::visible::visible;

/// A page to render, or a part of one.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Page<'a> {
    /// `index.html`, offline and without script, with a place for the records of each section.
    Index(&'a Index),
    /// Some records of a section.
    Records(&'a Records),
    /// `README.txt`.
    Readme(&'a Index),
}

impl Page<'_> {
    /// The template it is the context of.
    pub const fn template(&self) -> &'static str {
        match self {
            Self::Index(_) => "package/index.html",
            Self::Records(_) => "package/records.html",
            Self::Readme(_) => "package/readme.txt",
        }
    }
}

/// Records of a section, one after the other.
#[derive(Debug, Default, Serialize)]
pub struct Records {
    /// How many the section has in all.
    pub count: usize,
    /// Some of them.
    pub rows: Vec<Shown>,
}

/// A record as the page shows it.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// From 1.
    pub number: usize,
    /// Field by field.
    pub lines: Vec<Line>,
}

/// What the package's two pages say.
#[derive(Debug, Serialize)]
pub struct Index {
    /// For the `lang` attribute.
    pub lang: &'static str,
    /// The case.
    pub reference: String,
    /// Name of the folder.
    pub name: String,
    /// Who answers.
    pub organisation: Organisation,
    /// `2026-11-19 14:03 Europe/Oslo`.
    pub made_at: String,
    /// `2026-11-19 13:03 UTC`.
    pub made_at_utc: String,
    /// Rows in all sections.
    pub total: usize,
    /// Kinds that hold something.
    pub sections: Vec<Section>,
    /// Labels of the kinds that hold nothing.
    pub empty: Vec<String>,
    /// Where it was looked for.
    pub systems: Systems,
    /// What is left out on purpose.
    pub withheld: Vec<Withheld>,
    /// Whether every system answered and nothing is left out.
    pub complete: bool,
}

/// One kind of data.
#[derive(Debug, Serialize)]
pub struct Section {
    /// Part of its anchor, and name of its files in `data/`.
    pub slug: String,
    /// What the person calls it.
    pub label: String,
    /// How many rows.
    pub count: usize,
    /// Art. 15(1)(a).
    pub purpose: String,
    /// Art. 15(1)(g).
    pub source: String,
    /// Art. 15(1)(c).
    pub recipients: Vec<String>,
    /// Art. 6(1).
    pub legal_basis: String,
    /// Art. 15(1)(d).
    pub keep_until: String,
    /// The time covered; may be empty.
    pub period: String,
}

/// One field of one row.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What the person calls the field.
    pub label: String,
    /// What stands there.
    pub value: Cell,
}

/// A value as the page shows it.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Cell {
    /// Nothing is stored here.
    Nothing,
    /// Text.
    Text {
        /// Safe to look at, still to be escaped.
        text: String,
    },
    /// A picture, shown in place.
    Image {
        /// Below the root folder.
        path: String,
    },
    /// A recording, played in place.
    Audio {
        /// Below the root folder.
        path: String,
    },
    /// Any other file: a link.
    File {
        /// Below the root folder.
        path: String,
        /// Length.
        bytes: usize,
    },
    /// The system's value could not be read.
    Unreadable {
        /// Why.
        why: String,
    },
}

impl Index {
    /// The pages' view of a package.
    pub fn of(package: &Package) -> Self {
        let (held, empty): (Vec<_>, Vec<_>) = package.kinds.iter().partition(|kind| kind.count > 0);
        let local = package.made_at.to_zoned(package.zone.clone());
        let zone = package.zone.iana_name().unwrap_or("UTC");
        Self {
            lang: package.language.code(),
            reference: package.reference.clone(),
            name: package.name(),
            organisation: package.organisation.clone(),
            made_at: format!("{} {zone}", local.strftime("%Y-%m-%d %H:%M")),
            made_at_utc: format!("{} UTC", package.made_at.strftime("%Y-%m-%d %H:%M")),
            total: held.iter().map(|kind| kind.count).sum(),
            sections: held.into_iter().map(section).collect(),
            empty: empty.into_iter().map(|kind| shown(&kind.label)).collect(),
            systems: package.systems.clone(),
            withheld: package.withheld.clone(),
            complete: package.systems.failed.is_empty() && package.withheld.is_empty(),
        }
    }
}

fn section(kind: &Kind) -> Section {
    Section {
        slug: kind.slug.clone(),
        label: shown(&kind.label),
        count: kind.count,
        purpose: shown(&kind.purpose),
        source: shown(&kind.source),
        recipients: kind.recipients.iter().map(|name| shown(name)).collect(),
        legal_basis: shown(&kind.legal_basis),
        keep_until: shown(&kind.keep_until),
        period: shown(&kind.period),
    }
}

impl Shown {
    pub(super) fn of(kind: &Kind, row: usize, values: &[Value]) -> Self {
        let line = |(field, value): (&Field, &Value)| Line { label: shown(&field.label), value: cell(kind, row, &field.name, value) };
        Self { number: row + 1, lines: kind.fields.iter().zip(values).map(line).collect() }
    }
}

fn cell(kind: &Kind, row: usize, field: &str, value: &Value) -> Cell {
    if let Some(file) = attachment(kind, row, field, value) {
        return match file.shape {
            Shape::Image => Cell::Image { path: file.path },
            Shape::Audio => Cell::Audio { path: file.path },
            Shape::File => Cell::File { path: file.path, bytes: file.bytes.len() },
        };
    }
    match value {
        Value::Null => Cell::Nothing,
        Value::List(_) | Value::Others if value.to_text().is_empty() => Cell::Nothing,
        Value::Unreadable(why) => Cell::Unreadable { why: shown(why) },
        other => Cell::Text { text: shown(&other.to_text()) },
    }
}

fn shown(text: &str) -> String {
    visible(text).into_owned()
}
