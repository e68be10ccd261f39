//! What habeas adds under its own key: to the file, to a collection and to a field. Read strictly.

use super::{
    Reader,
    field::{Above, Meta},
};
use crate::{
    law::{
        connection,
        folder::{
            Mention, Name,
            node::{At, Entry, Node},
            problem::Findings,
        },
        lang::Text,
        map::{Collection, Connection, DataType, Field, Flag},
        mask::read as masks,
        taxonomy,
    },
    source::spelling::did_you_mean,
};

const OTHER: [&str; 3] = ["Andre opplysninger", "Overige gegevens", "Other information"];
const NOT_STATED: [&str; 3] = ["Ikke oppgitt ennå. Spør oss.", "Nog niet opgegeven. Vraag het ons.", "Not stated yet. Please ask us."];

/// Holds for every collection of the file that does not say otherwise.
#[derive(Default)]
pub(super) struct Defaults {
    purpose: Option<Text>,
    legal_basis: Option<String>,
    source: Option<Text>,
    recipients: Vec<String>,
    pub(super) provided: bool,
}

/// What the file's own header says of all collections.
pub(super) fn defaults(header: &mut Entry<'_>, mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Defaults {
    let Some(mut entry) = header.optional("defaults").and_then(|node| Entry::open(node, findings)) else { return Defaults::default() };
    let (purpose, legal_basis, source) = why(&mut entry, findings);
    let recipients = recipients(&mut entry, mentions, findings).unwrap_or_default();
    let defaults = Defaults { purpose, legal_basis, source, recipients, provided: entry.flag("provided", findings) };
    entry.close(findings);
    defaults
}

/// What the header says of the system: what it is called and how to reach it, if both are right.
pub(super) fn about(mut header: Entry<'_>, collections: Option<&[Collection]>, findings: &mut Findings<'_>) -> Option<(Text, Connection)> {
    let label = header.words("label", findings);
    let connection = header.required("connection", findings).and_then(|node| connection::read(node, collections, findings));
    header.close(findings);
    label.zip(connection)
}

/// What is added to a collection.
#[derive(Default)]
pub(super) struct Kind {
    pub(super) label: Option<Text>,
    purpose: Option<Text>,
    legal_basis: Option<String>,
    source: Option<Text>,
    pub(super) automated: Option<Text>,
    recipients: Option<Vec<String>>,
    pub(super) restriction: Option<Restriction>,
    pub(super) marketing: bool,
    pub(super) append_only: bool,
    pub(super) anonymise: bool,
    pub(super) provided: Option<bool>,
    pub(super) unique: Vec<Unique>,
}

impl Reader<'_> {
    pub(super) fn kind(&mut self, node: &Node, findings: &mut Findings<'_>) -> Option<Kind> {
        let mut entry = Entry::open(node, findings)?;
        let label = entry.optional("label").and_then(|node| node.words(findings));
        let (purpose, legal_basis, source) = why(&mut entry, findings);
        let automated = entry.optional("automated").and_then(|node| node.words(findings));
        let recipients = recipients(&mut entry, self.mentions, findings);
        let restriction = entry.optional("restriction").and_then(|node| restriction(node, findings));
        let [marketing, append_only] = ["marketing", "append-only"].map(|key| entry.flag(key, findings));
        let anonymise = masks::anonymises(&mut entry, findings);
        let provided = entry.optional("provided").and_then(|node| node.flag(findings));
        let unique = entry.optional("unique").map(|node| node.items(findings)).unwrap_or_default();
        let unique = unique.iter().map(|node| Unique { at: node.at, fields: node.texts(findings) }).collect();
        entry.close(findings);
        Some(Kind {
            label,
            purpose,
            legal_basis,
            source,
            automated,
            recipients,
            restriction,
            marketing,
            append_only,
            anonymise,
            provided,
            unique,
        })
    }
}

fn why(entry: &mut Entry<'_>, findings: &mut Findings<'_>) -> (Option<Text>, Option<String>, Option<Text>) {
    let [purpose, source] = ["purpose", "source"].map(|key| entry.optional(key).and_then(|node| node.words(findings)));
    let basis = entry.optional("legal-basis").and_then(|node| node.parsed("bad-legal-basis", legal_basis, findings));
    (purpose, basis, source)
}

fn recipients(entry: &mut Entry<'_>, mentions: &mut Vec<Mention>, findings: &mut Findings<'_>) -> Option<Vec<String>> {
    let said = entry.optional("recipients")?.texts(findings);
    mentions.extend(said.iter().map(|(at, id)| Mention { name: Name::Recipient(id.clone()), place: findings.place(*at) }));
    Some(said.into_iter().map(|(_, id)| id).collect())
}

impl Kind {
    /// Purpose and source, legal basis, recipients: its own, else those of the whole file. What neither says is told, and the person
    /// reads that it is not stated.
    pub(super) fn told(self, defaults: &Defaults, at: At, findings: &mut Findings<'_>) -> ([Text; 2], String, Vec<String>) {
        let purpose = self.purpose.or_else(|| defaults.purpose.clone());
        let legal_basis = self.legal_basis.or_else(|| defaults.legal_basis.clone());
        let source = self.source.or_else(|| defaults.source.clone());
        let said = [("purpose", purpose.is_some()), ("legal-basis", legal_basis.is_some()), ("source", source.is_some())];
        let missing: Vec<String> = said.iter().filter(|(_, is_said)| !is_said).map(|(key, _)| format!("`{key}`")).collect();
        if !missing.is_empty() {
            let message = format!("{} not stated: what Art. 15(1) makes us tell people about it cannot be told", missing.join(", "));
            let help = "say it under `habeas:` of the collection, or for all of them under `habeas: {defaults: …}` of the file".to_owned();
            findings.warning(at, "not-stated", message, Some(help));
        }
        let text = |text: Option<Text>| text.unwrap_or_else(|| Text::of(NOT_STATED));
        let recipients = self.recipients.unwrap_or_else(|| defaults.recipients.clone());
        ([text(purpose), text(source)], legal_basis.unwrap_or_default(), recipients)
    }
}

/// A restriction flag as it is written: its values take their type from the field.
pub(super) struct Restriction {
    at: At,
    field: String,
    restricted: String,
    normal: String,
}

fn restriction(node: &Node, findings: &mut Findings<'_>) -> Option<Restriction> {
    let mut entry = Entry::open(node, findings)?;
    let [field, restricted, normal] = ["field", "restricted", "normal"].map(|key| entry.text(key, findings));
    entry.close(findings);
    Some(Restriction { at: node.at, field: field?, restricted: restricted?, normal: normal? })
}

impl Restriction {
    /// The flag with its values as the field holds them.
    pub(super) fn flag(&self, fields: &[Field], findings: &mut Findings<'_>) -> Option<Flag> {
        let Some(field) = fields.iter().find(|field| field.name == self.field) else {
            let message = format!("the collection has no field `{}` to say that a row is restricted", self.field);
            let help = did_you_mean(&self.field, fields.iter().map(|field| field.name.as_str()));
            findings.problem(self.at, "unknown-name", message, help);
            return None;
        };
        let [restricted, normal] = [&self.restricted, &self.normal].map(|value| field.data.read(value));
        let is_written = !field.primary_key && !field.read_only && !field.is_nested();
        let flag = restricted.zip(normal).filter(|(restricted, normal)| restricted != normal && is_written);
        let Some((restricted, normal)) = flag else {
            let help = "give two different values of the field's `data_type`, in quotes, and a column that may be written".to_owned();
            findings.problem(self.at, "bad-flag", format!("`{}` cannot say both of them", self.field), Some(help));
            return None;
        };
        Some(Flag { field: self.field.clone(), restricted, normal })
    }
}

/// Names of fields that tell rows apart together.
pub(super) struct Unique {
    at: At,
    fields: Vec<(At, String)>,
}

impl Unique {
    /// Their names, if the collection has them all.
    pub(super) fn known(&self, fields: &[Field], findings: &mut Findings<'_>) -> Option<Vec<String>> {
        let known = |name: &str| fields.iter().any(|field| field.name == name && !field.is_nested() && !field.list);
        for (at, name) in self.fields.iter().filter(|(_, name)| !known(name)) {
            let help = did_you_mean(name, fields.iter().map(|field| field.name.as_str()));
            findings.problem(*at, "unknown-name", format!("the collection has no column `{name}` to tell its rows apart by"), help);
        }
        if self.fields.is_empty() {
            let help = "name the fields of one key: `unique: [[tenant, number]]`".to_owned();
            findings.problem(self.at, "empty", "nothing tells no row apart", Some(help));
        }
        let names: Vec<String> = self.fields.iter().map(|(_, name)| name.clone()).collect();
        names.iter().all(|name| known(name)).then_some(names)
    }
}

/// What is added to a field.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts that the data map states as flags")]
pub(super) struct Shown {
    pub(super) label: Option<Text>,
    pub(super) technical: bool,
    pub(super) third_person: bool,
    pub(super) marketing: bool,
    pub(super) normalised: bool,
    pub(super) withdrawn: bool,
    pub(super) provided: Option<bool>,
    /// It says afterwards what it said before.
    pub(super) keep: bool,
    /// What its codes mean.
    pub(super) codes: Vec<(String, Text)>,
}

pub(super) fn shown(node: &Node, data: DataType, findings: &mut Findings<'_>) -> Shown {
    let Some(mut entry) = Entry::open(node, findings) else { return Shown::default() };
    let marketing = entry.flag("marketing", findings);
    if marketing && data != DataType::Boolean {
        let help = "set `data_type: boolean`, or `marketing: true` on the collection with a `restriction`".to_owned();
        findings.problem(entry.at, "marketing-not-boolean", "only yes or no can be turned into `no`", Some(help));
    }
    let withdrawn = entry.flag("withdrawn", findings);
    if withdrawn && !matches!(data, DataType::Date | DataType::Timestamp) {
        let help = "set `data_type: timestamp` or `date`".to_owned();
        findings.problem(entry.at, "withdrawn-not-a-time", "only a day or a moment can say when a consent was taken back", Some(help));
    }
    let provided = entry.optional("provided").and_then(|node| node.flag(findings));
    let [technical, normalised, third_person] = ["technical", "normalised", "third-person"].map(|key| entry.flag(key, findings));
    let label = entry.optional("label").and_then(|node| node.words(findings));
    let keep = masks::keeps(&mut entry, findings);
    let codes = entry.optional("codes").map(|node| codes(node, findings)).unwrap_or_default();
    entry.close(findings);
    Shown { label, technical, third_person, marketing, normalised, withdrawn, provided, keep, codes }
}

/// `codes: {paid: {nb: betalt, nl: betaald, en: paid}}`.
fn codes(node: &Node, findings: &mut Findings<'_>) -> Vec<(String, Text)> {
    let pairs = node.pairs(findings);
    pairs.into_iter().filter_map(|(_, code, meaning)| Some((code.to_owned(), meaning.words(findings)?))).collect()
}

impl Shown {
    /// What the person calls a field; `None`: it is technical and she does not see it.
    ///
    /// Without a label of its own it is called by its category, else by what it lies in or is searched by. What is only about the
    /// system, and a key without any category, is technical.
    pub(super) fn label(&self, own: &[String], meta: &Meta, above: &Above, at: At, findings: &mut Findings<'_>) -> Option<Text> {
        if self.technical || above.technical {
            return None;
        }
        if let Some(label) = &self.label {
            return Some(label.clone());
        }
        let is_bare = own.is_empty() && meta.identity.is_none() && meta.is_key();
        if is_bare || (!own.is_empty() && own.iter().all(|key| taxonomy::is_technical(key))) {
            return None;
        }
        let closest: Vec<String> = above.categories.iter().rev().cloned().collect();
        let by_identity = || taxonomy::label_of_identity(meta.identity.as_deref()?);
        let label = taxonomy::label_of(own).or(above.label.as_ref()).or_else(by_identity).or_else(|| taxonomy::label_of(&closest));
        Some(label.cloned().unwrap_or_else(|| unlabelled(at, "the field", findings)))
    }
}

/// What has neither label nor category.
pub(super) fn unlabelled(at: At, what: &str, findings: &mut Findings<'_>) -> Text {
    let message = format!("{what} has neither a `habeas.label` nor a category: the person reads “{}”", OTHER[2]);
    findings.warning(at, "missing-label", message, Some("give it a `label` or `data_categories`, or set `technical: true`".to_owned()));
    Text::of(OTHER)
}

/// Art. 6(1) has six grounds; a further article may follow (`Art. 6(1)(a) and Art. 9(2)(a)`).
fn legal_basis(text: &str) -> Result<String, String> {
    const GROUNDS: [&str; 6] = ["Art. 6(1)(a)", "Art. 6(1)(b)", "Art. 6(1)(c)", "Art. 6(1)(d)", "Art. 6(1)(e)", "Art. 6(1)(f)"];
    if GROUNDS.iter().any(|ground| text.starts_with(ground)) {
        return Ok(text.to_owned());
    }
    let help = did_you_mean(text, GROUNDS).map(|help| format!(", {help}")).unwrap_or_default();
    Err(format!("`{text}` is not a legal basis: write `Art. 6(1)(a)` to `(f)`{help}"))
}
