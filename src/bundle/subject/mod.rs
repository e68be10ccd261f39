//! The person's package (Art. 15(3), Art. 20): what it is made from. A ZIP that opens offline in any browser.
//!
//! Order of things: [`Package`] comes in without its rows, which may be more than memory holds; [`write`] asks [`Rows`] for them once to
//! see what there is (how much, from when to when, where a page ends), then once for each set of files that they stand in, and has the
//! caller render each [`Page`]. Attachments come first, so that the part with the index is the last one written and knows the others.

mod attachment;
mod cell;
mod index;
mod manifest;
mod pages;
mod parts;
mod schema;
mod survey;
mod tables;
#[cfg(test)]
mod tests;
mod timeline;
mod vcard;
mod write;

use std::collections::BTreeSet;

use habeas_core::law::{lang::Lang, map::DataType, portable::CardPart, record::Value};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

pub use self::{
    cell::{Cell, Line, Shown},
    index::{Index, Section},
    pages::{KindPage, Page, Pictures},
    timeline::{Days, Years},
    write::{Limits, write},
};
pub(super) use self::{manifest::Claims, parts::Control};
use super::BundleError;

/// Everything one person gets.
pub struct Package {
    /// The case, as the person knows it.
    pub reference: String,
    /// Who answers.
    pub organisation: Organisation,
    /// Language of the labels and of the two pages.
    pub language: Lang,
    /// When the data was put together.
    pub made_at: Timestamp,
    /// Zone of the times shown; UTC stands beside.
    pub zone: TimeZone,
    /// What was looked for; one without rows says that nothing is held.
    pub kinds: Vec<Kind>,
    /// Where it was looked for.
    pub systems: Systems,
    /// What is not in here on purpose (Art. 15(4) and national law).
    pub withheld: Vec<Withheld>,
    /// Whom the person can complain to (Art. 15(1)(f)).
    pub authority: String,
    /// What a table says in place of a value that could not be read.
    pub unreadable: String,
}

/// The controller, as the person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Organisation {
    /// Folder name: `visumexpress`.
    pub key: String,
    /// Name.
    pub name: String,
    /// Whom to ask, in one line.
    pub contact: String,
}

/// One kind of data, with what Art. 15(1) wants beside it.
pub struct Kind {
    /// Name of its tables, for programs and the same in every language: small letters, digits, `-`.
    pub slug: String,
    /// Name of its pages and of the files that belong to it, for people: see [`Names`].
    pub name: String,
    /// What the person calls it.
    pub label: String,
    /// Art. 15(1)(a).
    pub purpose: String,
    /// Art. 15(1)(g).
    pub source: String,
    /// Named recipients, Art. 15(1)(c).
    pub recipients: Vec<String>,
    /// Art. 6(1) ground.
    pub legal_basis: String,
    /// Art. 15(1)(d), in words.
    pub keep_until: String,
    /// Its fields, in the order they are shown.
    pub fields: Vec<Field>,
    /// How many rows it has.
    pub count: usize,
}

/// Where the rows are.
pub trait Rows {
    /// Gives every row of a kind, one value per field, each time in the same order.
    fn each(&self, kind: &Kind, take: &mut Take<'_>) -> Result<(), BundleError>;
}

/// Takes a row. An error ends it.
pub type Take<'t> = dyn FnMut(&[Value]) -> Result<(), BundleError> + 't;

/// Every row with its number from 0, as many and as long as the kind says.
fn each(rows: &dyn Rows, kind: &Kind, mut take: impl FnMut(usize, &[Value]) -> Result<(), BundleError>) -> Result<(), BundleError> {
    let (mut given, fields) = (0, kind.fields.len());
    rows.each(kind, &mut |values| {
        if values.len() != fields {
            return Err(BundleError::Row { kind: kind.slug.clone(), row: given + 1, values: values.len(), fields });
        }
        take(given, values)?;
        given += 1;
        Ok(())
    })?;
    let fits = given == kind.count;
    if fits { Ok(()) } else { Err(BundleError::Count { kind: kind.slug.clone(), rows: given, counted: kind.count }) }
}

/// A field under two names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// For machines.
    pub name: String,
    /// For the person.
    pub label: String,
    /// What it is on a contact card.
    #[serde(skip)]
    pub card: Option<CardPart>,
    /// What its values are.
    #[serde(skip)]
    pub data: DataType,
    /// A day that stands here is one on which something happened; a day of birth is not.
    #[serde(skip)]
    pub dated: bool,
    /// What its codes mean, code by code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
}

/// A code and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Code {
    /// As the system writes it.
    pub code: String,
    /// As a person says it.
    pub label: String,
}

impl Field {
    /// What the code in a value means, if it is one of those that are known.
    fn decoded(&self, value: &Value) -> Option<&str> {
        let written = value.code().filter(|_| !self.codes.is_empty())?;
        self.codes.iter().find(|known| known.code == written).map(|known| known.label.as_str())
    }
}

/// Gives out file names that people can read, each of them once.
#[derive(Debug, Default)]
pub struct Names(BTreeSet<String>);

impl Names {
    /// The name for something that people call `label`: `bestillinger`, and for another of that label `bestillinger-2`.
    pub fn of(&mut self, label: &str) -> String {
        let mut plain = readable(label);
        // Pages of the package's own are called so.
        if ["pictures", "timeline"].iter().any(|own| plain.starts_with(own)) {
            plain.insert_str(0, "data-");
        }
        let numbered = (2_u32..).map(|number| format!("{plain}-{number}"));
        let name = std::iter::once(plain.clone()).chain(numbered).find(|name| !self.0.contains(name)).unwrap_or(plain);
        self.0.insert(name.clone());
        name
    }
}

/// The longest file name made of a label.
const NAME: usize = 40;

/// A label in letters that every system takes for a file name.
fn readable(label: &str) -> String {
    let mut name = String::new();
    for letter in label.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => name.push(letter),
            'æ' => name.push_str("ae"),
            'ø' | 'ö' | 'ó' | 'ò' | 'ô' => name.push('o'),
            'å' | 'ä' | 'á' | 'à' | 'â' => name.push('a'),
            'é' | 'è' | 'ê' | 'ë' => name.push('e'),
            'ï' | 'í' => name.push('i'),
            'ü' | 'ú' => name.push('u'),
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
    }
    name.truncate(NAME);
    let name = name.trim_end_matches('-');
    if name.is_empty() { "data".to_owned() } else { name.to_owned() }
}

/// The systems that were asked, by the names people call them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Systems {
    /// All of them.
    pub asked: Vec<String>,
    /// Those that hold nothing about the person.
    pub nothing: Vec<String>,
    /// Those that could not answer: the package is not complete.
    pub failed: Vec<String>,
}

/// Something left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withheld {
    /// What.
    pub section: String,
    /// Why, with the law.
    pub reason: String,
}

impl Package {
    /// The one folder in the ZIP and, with `.zip` behind it, the ZIP's name. Holds no personal data.
    pub fn name(&self) -> String {
        let date = self.made_at.to_zoned(self.zone.clone()).date();
        format!("{}-{}-{date}", self.organisation.key, self.reference)
    }

    /// The file of a part, from 1: `NAME.zip` is the one with the index.
    pub fn file(&self, part: usize) -> String {
        if part == 1 { format!("{}.zip", self.name()) } else { format!("{}-part-{part}.zip", self.name()) }
    }

    /// The kinds of which there is something.
    fn held(&self) -> impl Iterator<Item = &Kind> + Clone {
        self.kinds.iter().filter(|kind| kind.count > 0)
    }
}
