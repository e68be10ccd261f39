//! The person's package (Art. 15(3), Art. 20): what it is made from. A ZIP that opens offline in any browser.
//!
//! Order of things: [`Package`] comes in without its rows, which may be more than memory holds; [`write`] asks [`Rows`] for them once for
//! each file that they stand in, and has the caller render each [`Page`].

mod attachment;
mod index;
mod manifest;
mod schema;
mod tables;
#[cfg(test)]
mod tests;
mod vcard;
mod write;

use habeas_core::law::{lang::Lang, portable::CardPart, record::Value};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

pub use self::{
    index::{Cell, Index, Line, Page, Records, Section, Shown},
    write::write,
};
pub(super) use self::{
    manifest::Claims,
    write::{MANIFEST, SIGNATURE, SUMS},
};
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
    /// Name of its files: small letters, digits, `-`.
    pub slug: String,
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
    /// The time the data covers, in words; empty if it has none.
    pub period: String,
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
}
