//! The organisation folder: its YAML files read into law values, every problem in all of them told at once.
//!
//! Texts come in, values go out; where the files lie is not known here.

mod check;
#[cfg(test)]
mod hostile;
pub(crate) mod node;
pub(crate) mod problem;

pub use problem::{Place, Problem};

use super::{
    fideslang, map::System, organisation, organisation::Organisation, recipient, recipient::Recipient, retention, retention::Rules,
};

use crate::table::Guard;

/// A file's name, as problems shall call it, and its text.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Such as `systems/shop.yaml`.
    pub name: &'a str,
    /// Its whole text.
    pub text: &'a str,
}

/// The files of one organisation.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// `organisation.yaml`.
    pub organisation: File<'a>,
    /// `retention.yaml`.
    pub retention: File<'a>,
    /// `recipients.yaml`.
    pub recipients: File<'a>,
    /// `systems/*.yaml`, sorted by name.
    pub systems: &'a [File<'a>],
}

/// Everything an organisation told about itself, checked across its files.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Who it is.
    pub organisation: Organisation,
    /// What it holds.
    pub systems: Vec<System>,
    /// What it keeps, why and until when.
    pub rules: Rules,
    /// Who else gets data.
    pub recipients: Vec<Recipient>,
    /// What was read past, to be shown by `check`.
    pub warnings: Vec<Problem>,
}

/// What one file holds.
#[derive(Debug, Clone)]
pub struct Parsed<T> {
    /// Its value.
    pub value: T,
    /// What was read past.
    pub warnings: Vec<Problem>,
    /// The names in it that other files must define.
    pub mentions: Vec<Mention>,
}

/// A name that another file must define, and where it was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// What is named.
    pub name: Name,
    /// Where.
    pub place: Place,
}

/// What a mention names.
#[derive(Debug, Clone, PartialEq)]
pub enum Name {
    /// `system.collection`.
    Collection(String),
    /// `system.collection.field`.
    Field(String),
    /// A field (`system.collection.field`), and what it refers to.
    Reference(String, String),
    /// A field that each of these collections must have: a condition that one of them lacks could not be evaluated.
    InEach(String, Vec<String>),
    /// Fields that each of these collections must have, to be compared with values of their kind.
    Guard(Guard, Vec<String>),
    /// A field that at least one of these collections must have.
    InOne(String, Vec<String>),
    /// An id of `recipients.yaml`.
    Recipient(String),
    /// An `identity` of a field.
    Identity(String),
    /// A system of the map, which only one file may describe.
    System(String),
    /// One collection (`system.collection`), and another that is erased before it.
    After(String, String),
    /// A collection of the map, which somebody's proven identifier must lead to: otherwise it is never searched.
    Reachable(String),
}

/// Reads all files, then checks what they say about each other.
pub fn read(files: Files<'_>) -> Result<Folder, Vec<Problem>> {
    let mut reading = Reading::default();
    let organisation = reading.take(organisation::parse(files.organisation.name, files.organisation.text));
    let recipients = reading.take(recipient::parse(files.recipients.name, files.recipients.text));
    let year_end = organisation.as_ref().map(|organisation| organisation.fiscal_year_end).unwrap_or_default();
    let rules = reading.take(retention::parse(files.retention.name, files.retention.text, year_end));
    let systems: Vec<Option<System>> = files.systems.iter().map(|file| reading.take(fideslang::parse(file.name, file.text))).collect();
    let (Some(organisation), Some(recipients), Some(rules), Some(systems)) =
        (organisation, recipients, rules, systems.into_iter().collect::<Option<Vec<_>>>())
    else {
        return Err(reading.problems);
    };
    let rules = rules.of(&organisation.standing);
    let (problems, warnings) = check::check(&systems, &recipients, &organisation, &rules, &reading.mentions);
    if !problems.is_empty() {
        return Err(problems);
    }
    reading.warnings.extend(warnings);
    Ok(Folder { organisation, systems, rules, recipients, warnings: reading.warnings })
}

#[derive(Default)]
struct Reading {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    mentions: Vec<Mention>,
}

impl Reading {
    fn take<T>(&mut self, parsed: Result<Parsed<T>, Vec<Problem>>) -> Option<T> {
        match parsed {
            Ok(Parsed { value, warnings, mentions }) => {
                self.warnings.extend(warnings);
                self.mentions.extend(mentions);
                Some(value)
            }
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        }
    }
}

/// Reads one file whole: `read` returns `None` only after it has noted a problem.
pub(crate) fn parse<T>(
    file: &str,
    text: &str,
    read: impl FnOnce(&mut node::Entry<'_>, &mut Vec<Mention>, &mut problem::Findings<'_>) -> Option<T>,
) -> Result<Parsed<T>, Vec<Problem>> {
    let mut findings = problem::Findings::new(file, text);
    let mut mentions = Vec::new();
    let value = node::Node::read(text, &mut findings).and_then(|node| {
        let mut entry = node::Entry::open(&node, &mut findings)?;
        let value = read(&mut entry, &mut mentions, &mut findings);
        entry.close(&mut findings);
        value
    });
    match value {
        Some(value) if findings.problems.is_empty() => {
            findings.warnings.sort_by_key(|warning| (warning.line, warning.column));
            Ok(Parsed { value, warnings: findings.warnings, mentions })
        }
        _ => {
            findings.problems.sort_by_key(|problem| (problem.line, problem.column));
            Err(findings.problems)
        }
    }
}
