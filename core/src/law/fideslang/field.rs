//! Reads the fields of a collection: a document's inner fields become fields of their own, named by the way to them.

use super::{
    Reader,
    addition::{Shown, shown},
    categories, described, meta, plain_name, with,
};
use crate::{
    law::{
        folder::{
            Mention, Name,
            node::{At, Entry, Node},
            problem::Findings,
        },
        lang::Text,
        map::{DataType, Direction, Field, Reference},
        mask::{Mask, read as masks},
        taxonomy,
    },
    source::spelling::did_you_mean,
    table::Kind,
};

const FIELD_PAST: [(&str, &str); 6] = [
    ("meta", ""),
    ("data_uses", super::PURPOSE),
    ("data_purposes", super::PURPOSE),
    ("data_subjects", ""),
    ("data_qualifier", super::QUALIFIER),
    ("retention", super::RETENTION),
];
const FIELD_META_PAST: [(&str, &str); 2] = [("custom_request_field", PARAMETER), ("redact", super::REDACT)];
/// Why a request brings no parameters of its own.
pub(super) const PARAMETER: &str = "people are found by what they have proven and by nothing else that a request may say";
/// Fideslang's types, and ours.
const TYPES: [&str; 13] =
    ["string", "integer", "float", "boolean", "object", "object_id", "text", "number", "long", "double", "date", "timestamp", "datetime"];

/// What holds for every field below a collection or a document.
#[expect(clippy::struct_excessive_bools, reason = "independent facts that the data map states as flags")]
pub(super) struct Above {
    prefix: String,
    pub(super) categories: Vec<String>,
    pub(super) label: Option<Text>,
    pub(super) technical: bool,
    provided: bool,
    third_person: bool,
    read_only: bool,
    whole_lists: bool,
    keep: bool,
}

impl Above {
    pub(super) const fn new(categories: Vec<String>, provided: bool) -> Self {
        Self {
            prefix: String::new(),
            categories,
            label: None,
            technical: false,
            provided,
            third_person: false,
            read_only: false,
            whole_lists: false,
            keep: false,
        }
    }
}

/// What `fides_meta` says about a field.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts that the data map states as flags")]
pub(super) struct Meta {
    at: At,
    named: String,
    is_list: bool,
    primary_key: bool,
    pub(super) identity: Option<String>,
    references: Vec<Reference>,
    read_only: bool,
    whole_lists: bool,
    length: Option<usize>,
    mask: Option<Mask>,
}

impl Meta {
    fn data(&self) -> DataType {
        DataType::from_name(&self.named)
    }

    /// Whether it only holds records together.
    pub(super) const fn is_key(&self) -> bool {
        self.primary_key || !self.references.is_empty()
    }
}

impl Reader<'_> {
    pub(super) fn fields(&mut self, node: &Node, above: &Above, findings: &mut Findings<'_>) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for item in node.items(findings) {
            for field in self.field(item, above, findings).unwrap_or_default() {
                if fields.iter().any(|known| known.name == field.name) {
                    findings.problem(item.at, "twice", format!("field `{}` is there twice", field.name), None);
                }
                fields.push(field);
            }
        }
        fields
    }

    /// One field, or those inside of it.
    fn field(&mut self, node: &Node, above: &Above, findings: &mut Findings<'_>) -> Option<Vec<Field>> {
        let mut entry = Entry::open(node, findings)?;
        let name = entry.required("name", findings).and_then(|node| node.parsed("bad-name", plain_name, findings));
        described(&mut entry);
        entry.read_past(&FIELD_PAST, findings);
        let own = categories(&mut entry, findings);
        let here = format!("{}{}", above.prefix, name.as_deref().unwrap_or_default());
        let meta = meta(&mut entry, findings).and_then(|node| self.meta(node, &here, findings)).unwrap_or_default();
        let inner = entry.optional("fields").filter(|node| !node.items(findings).is_empty());
        let shown = entry.optional("habeas").map(|node| shown(node, meta.data(), findings)).unwrap_or_default();
        let at = entry.at;
        entry.close_foreign(findings);
        let name = format!("{}{}", above.prefix, name?);
        match inner {
            Some(inner) => Some(self.document(inner, &name, own, &meta, shown, above, findings)),
            None => Some(vec![leaf(name, own, meta, &shown, above, at, findings)]),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "everything a field says holds for what is inside of it")]
    fn document(
        &mut self,
        inner: &Node,
        name: &str,
        own: Vec<String>,
        meta: &Meta,
        shown: Shown,
        above: &Above,
        findings: &mut Findings<'_>,
    ) -> Vec<Field> {
        let searched = meta.is_key() || meta.identity.is_some();
        if searched || meta.mask.is_some() || !matches!(meta.named.as_str(), "" | "object") {
            let message = format!("`{name}` holds fields, so what is said about its own value is not used");
            findings.warning(meta.at, "not-used", message, Some("say it of one of the inner fields".to_owned()));
        }
        let inside = Above {
            prefix: format!("{name}."),
            technical: above.technical || shown.technical,
            provided: shown.provided.unwrap_or(above.provided),
            third_person: above.third_person || shown.third_person,
            read_only: above.read_only || meta.read_only,
            whole_lists: above.whole_lists || meta.whole_lists,
            keep: above.keep || shown.keep,
            label: shown.label.or_else(|| taxonomy::label_of(&own).cloned()).or_else(|| above.label.clone()),
            categories: with(&above.categories, own),
        };
        self.fields(inner, &inside, findings)
    }

    fn meta(&mut self, node: &Node, here: &str, findings: &mut Findings<'_>) -> Option<Meta> {
        let mut entry = Entry::open(node, findings)?;
        let [primary_key, read_only, whole_lists] =
            ["primary_key", "read_only", "return_all_elements"].map(|key| entry.flag(key, findings));
        let identity = entry.optional("identity").and_then(|node| node.text(findings)).map(str::to_owned);
        let references = entry.optional("references").map(|node| node.items(findings)).unwrap_or_default();
        let references = references.iter().filter_map(|item| self.reference(item, here, findings)).collect();
        let (named, is_list) = entry.optional("data_type").and_then(|node| data_type(node, findings)).unwrap_or_default();
        let length = entry.optional("length").and_then(|node| node.count(findings)).filter(|length| *length > 0);
        let mask = masks::field(&mut entry, DataType::from_name(&named), length, primary_key || read_only, findings);
        entry.read_past(&FIELD_META_PAST, findings);
        let at = entry.at;
        if whole_lists && !is_list {
            let help = "set it on the list around it, the field whose `data_type` ends in `[]`".to_owned();
            findings.warning(at, "not-used", "`return_all_elements` says nothing of a single value", Some(help));
        }
        entry.close_foreign(findings);
        Some(Meta { at, named, is_list, primary_key, identity, references, read_only, whole_lists: whole_lists && is_list, length, mask })
    }

    fn reference(&mut self, node: &Node, here: &str, findings: &mut Findings<'_>) -> Option<Reference> {
        let mut entry = Entry::open(node, findings)?;
        let system = entry.text("dataset", findings);
        let target = entry.required("field", findings);
        let parts = target.and_then(|node| node.parsed("bad-address", collection_and_field, findings));
        let ways = [("from", Direction::From), ("to", Direction::To)];
        let direction = entry.optional("direction").map_or(Some(Direction::Both), |node| node.one_of(&ways, findings));
        entry.close_foreign(findings);
        let (system, (collection, field)) = (system?, parts?);
        let here = format!("{}.{}.{here}", self.system, self.collection);
        let name = Name::Reference(here, format!("{system}.{collection}.{field}"));
        self.mentions.push(Mention { name, place: findings.place(target?.at) });
        Some(Reference { system, collection, field, direction: direction? })
    }
}

fn leaf(name: String, own: Vec<String>, meta: Meta, shown: &Shown, above: &Above, at: At, findings: &mut Findings<'_>) -> Field {
    let is_nested = !above.prefix.is_empty();
    let label = shown.label(&own, &meta, above, at, findings);
    if meta.primary_key && is_nested {
        let message = format!("`{name}` lies inside a document and cannot be a primary key");
        findings.warning(meta.at, "not-used", message, None);
    }
    let technical = label.is_none();
    let list = meta.is_list && !is_nested && meta.named != "object";
    let data = meta.data();
    let mask = if shown.keep || above.keep { Some(Mask::Keep) } else { fitting(meta.mask, is_nested || list, meta.at, findings) };
    Field {
        kinds: kinds(&meta.named),
        data,
        categories: with(&above.categories, own),
        label: label.unwrap_or_default(),
        primary_key: meta.primary_key && !is_nested,
        identity: meta.identity,
        references: meta.references,
        read_only: meta.read_only || above.read_only,
        third_person: shown.third_person || above.third_person,
        technical,
        marketing: shown.marketing,
        normalised: shown.normalised,
        withdrawn: shown.withdrawn && !is_nested && !list,
        provided: !technical && shown.provided.unwrap_or(above.provided),
        list,
        whole_lists: meta.whole_lists || above.whole_lists,
        length: meta.length,
        codes: shown.codes.clone(),
        mask,
        name,
    }
}

/// What is inside of a document or list is emptied, whatever its mask would have it say.
fn fitting(mask: Option<Mask>, is_inside: bool, at: At, findings: &mut Findings<'_>) -> Option<Mask> {
    if is_inside && mask.as_ref().is_some_and(|mask| mask.strategy().is_some()) {
        findings.warning(at, "mask-empties", "a value inside of a document or list is taken out and not masked", None);
        return Some(Mask::Blank);
    }
    mask
}

/// A type without the brackets of a list, and whether it had them.
fn data_type(node: &Node, findings: &mut Findings<'_>) -> Option<(String, bool)> {
    let named = node.text(findings)?;
    let (name, is_list) = named.strip_suffix("[]").map_or((named, false), |name| (name, true));
    if !TYPES.contains(&name) {
        let message = format!("nobody knows the data type `{named}`, so its values are read as text");
        findings.warning(node.at, "unknown-type", message, did_you_mean(name, TYPES));
    }
    Some((name.to_owned(), is_list))
}

/// What a field of a Fideslang data type may be compared as; of another type or none, anything.
fn kinds(data_type: &str) -> &'static [Kind] {
    use Kind::{Date, Flag, Number, Text};
    match data_type {
        "string" | "text" => &[Text, Date],
        "integer" | "float" | "number" => &[Number],
        "boolean" => &[Flag],
        _ => &[Text, Date, Number, Flag],
    }
}

fn collection_and_field(address: &str) -> Result<(String, String), String> {
    match address.split_once('.') {
        Some((collection, field)) if !collection.is_empty() && field.split('.').all(|part| !part.is_empty()) => {
            Ok((collection.to_owned(), field.to_owned()))
        }
        _ => Err(format!("`{address}` is not `collection.field`")),
    }
}
