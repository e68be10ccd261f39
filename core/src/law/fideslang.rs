//! Reads a data map: one Fideslang dataset with what habeas adds to it.
//!
//! Whatever Fides itself writes is understood, or told as a warning; it is never silently read past.

use super::{
    connection,
    folder::{
        self, Mention, Name, Parsed, Problem,
        node::{At, Entry, Node},
        problem::Findings,
    },
    lang::Text,
    map::{Collection, Connection, DataType, Direction, Field, Flag, Reference, System},
    mask::{Mask, read as masks},
};
use crate::{source::spelling::did_you_mean, table};

/// Keys of Fideslang that mean nothing to habeas, level by level.
const DATASET_PAST: [&str; 6] = ["organization_fides_key", "tags", "meta", "version", "fides_meta", "fidesctl_meta"];
const COLLECTION_PAST: [&str; 1] = ["meta"];
const COLLECTION_META_PAST: [&str; 4] = ["after", "erase_after", "partitioning", "custom_request_fields"];
const FIELD_PAST: [&str; 2] = ["meta", "fields"];
const FIELD_META_PAST: [&str; 3] = ["return_all_elements", "custom_request_field", "redact"];

/// Reads a file of `systems/`.
pub fn parse(file: &str, text: &str) -> Result<Parsed<System>, Vec<Problem>> {
    folder::parse(file, text, |entry, mentions, findings| {
        let habeas = entry.required("habeas", findings);
        let dataset = entry.required("dataset", findings).and_then(|node| {
            if let [dataset] = node.items(findings) {
                return Reader { mentions, system: String::new() }.dataset(dataset, findings);
            }
            findings.problem(node.at, "one-dataset", "one file holds one dataset", Some("give each system its own file".to_owned()));
            None
        });
        // A connection may name what the data map holds; when that is not all known, nobody can say what is missing.
        let known = dataset.as_ref().filter(|_| findings.problems.is_empty()).map(|(_, collections)| collections.as_slice());
        let (label, connection) = addition(habeas?, known, findings)?;
        let (key, collections) = dataset?;
        Some(System { key, label, connection, collections })
    })
}

fn addition(node: &Node, collections: Option<&[Collection]>, findings: &mut Findings<'_>) -> Option<(Text, Connection)> {
    let mut entry = Entry::open(node, findings)?;
    let label = entry.words("label", findings);
    let connection = entry.required("connection", findings).and_then(|node| connection::read(node, collections, findings));
    entry.close(findings);
    Some((label?, connection?))
}

/// What habeas adds to a collection.
#[expect(clippy::struct_excessive_bools, reason = "independent facts that the data map states as flags")]
struct Kind {
    label: Text,
    purpose: Text,
    legal_basis: String,
    source: Text,
    recipients: Vec<String>,
    restriction: Option<Restriction>,
    marketing: bool,
    append_only: bool,
    anonymise: bool,
    /// Holds for every field that does not say otherwise.
    provided: bool,
}

/// A restriction flag as it is written: its values take their type from the field.
struct Restriction {
    at: At,
    field: String,
    restricted: String,
    normal: String,
}

/// What `fides_meta` says about a field.
struct Meta {
    kinds: &'static [table::Kind],
    primary_key: bool,
    identity: Option<String>,
    references: Vec<Reference>,
    read_only: bool,
    data: DataType,
    mask: Option<Mask>,
}

impl Default for Meta {
    fn default() -> Self {
        Self {
            kinds: kinds(""),
            primary_key: false,
            identity: None,
            references: Vec::new(),
            read_only: false,
            data: DataType::default(),
            mask: None,
        }
    }
}

struct Reader<'a> {
    mentions: &'a mut Vec<Mention>,
    system: String,
}

impl Reader<'_> {
    fn dataset(&mut self, node: &Node, findings: &mut Findings<'_>) -> Option<(String, Vec<Collection>)> {
        let mut entry = Entry::open(node, findings)?;
        let key = entry.required("fides_key", findings).and_then(|node| node.parsed("bad-name", plain_name, findings));
        self.system = key.clone().unwrap_or_default();
        self.mentions.push(Mention { name: Name::System(self.system.clone()), place: findings.place(entry.at) });
        described(&mut entry);
        entry.read_past(&DATASET_PAST, findings);
        let categories = categories(&mut entry, findings);
        let mut collections: Vec<Collection> = Vec::new();
        for item in entry.required("collections", findings).map(|node| node.items(findings)).unwrap_or_default() {
            let Some(collection) = self.collection(item, &categories, findings) else { continue };
            if collections.iter().any(|known| known.name == collection.name) {
                findings.problem(item.at, "twice", format!("collection `{}` is there twice", collection.name), None);
            }
            collections.push(collection);
        }
        entry.close(findings);
        Some((key?, collections))
    }

    /// `None` also for a collection that Fides was told to skip.
    fn collection(&mut self, node: &Node, inherited: &[String], findings: &mut Findings<'_>) -> Option<Collection> {
        let mut entry = Entry::open(node, findings)?;
        let name = entry.required("name", findings).and_then(|node| node.parsed("bad-name", plain_name, findings));
        described(&mut entry);
        entry.read_past(&COLLECTION_PAST, findings);
        let categories = with(inherited, categories(&mut entry, findings));
        let skipped = entry.optional("fides_meta").is_some_and(|node| skipped(node, findings));
        let fields_node = entry.required("fields", findings);
        let kind_node = entry.required("habeas", findings);
        if skipped {
            findings.warning(entry.at, "skipped", "this collection is never searched: `skip_processing` is set", None);
            return None;
        }
        let kind = kind_node.and_then(|node| self.kind(node, findings));
        let provided = kind.as_ref().is_some_and(|kind| kind.provided);
        let fields = fields_node.map(|node| self.fields(node, &categories, provided, findings)).unwrap_or_default();
        if !fields.is_empty() && !fields.iter().any(|field| field.primary_key) {
            let help = "set `fides_meta: {primary_key: true}` on the field that tells its rows apart".to_owned();
            findings.problem(entry.at, "no-primary-key", "the collection has no primary key", Some(help));
        }
        if let Some(name) = &name {
            let place = findings.place(entry.at);
            self.mentions.push(Mention { name: Name::Reachable(format!("{}.{name}", self.system)), place });
        }
        entry.close(findings);
        let Kind { label, purpose, legal_basis, source, recipients, restriction, marketing, append_only, anonymise, .. } = kind?;
        let restriction = restriction.and_then(|restriction| flag(&restriction, &fields, findings));
        Some(Collection {
            name: name?,
            label,
            purpose,
            legal_basis,
            source,
            recipients,
            fields,
            restriction,
            marketing,
            append_only,
            anonymise,
        })
    }

    fn kind(&mut self, node: &Node, findings: &mut Findings<'_>) -> Option<Kind> {
        let mut entry = Entry::open(node, findings)?;
        let label = entry.words("label", findings);
        let purpose = entry.words("purpose", findings);
        let legal_basis = entry.required("legal-basis", findings).and_then(|node| node.parsed("bad-legal-basis", legal_basis, findings));
        let source = entry.words("source", findings);
        let recipients = entry.texts("recipients", findings);
        self.mentions.extend(recipients.iter().map(|(at, id)| Mention { name: Name::Recipient(id.clone()), place: findings.place(*at) }));
        let restriction = entry.optional("restriction").and_then(|node| restriction(node, findings));
        let [marketing, append_only, provided] = ["marketing", "append-only", "provided"].map(|key| entry.flag(key, findings));
        let anonymise = masks::anonymises(&mut entry, findings);
        entry.close(findings);
        let recipients = recipients.into_iter().map(|(_, id)| id).collect();
        let (label, purpose, legal_basis, source) = (label?, purpose?, legal_basis?, source?);
        Some(Kind { label, purpose, legal_basis, source, recipients, restriction, marketing, append_only, anonymise, provided })
    }

    fn fields(&mut self, node: &Node, inherited: &[String], provided: bool, findings: &mut Findings<'_>) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for item in node.items(findings) {
            let Some(field) = self.field(item, inherited, provided, findings) else { continue };
            if fields.iter().any(|known| known.name == field.name) {
                findings.problem(item.at, "twice", format!("field `{}` is there twice", field.name), None);
            }
            fields.push(field);
        }
        fields
    }

    fn field(&mut self, node: &Node, inherited: &[String], provided: bool, findings: &mut Findings<'_>) -> Option<Field> {
        let mut entry = Entry::open(node, findings)?;
        let name = entry.required("name", findings).and_then(|node| node.parsed("bad-name", plain_name, findings));
        described(&mut entry);
        entry.read_past(&FIELD_PAST, findings);
        let categories = with(inherited, categories(&mut entry, findings));
        let meta = entry.optional("fides_meta").and_then(|node| self.meta(node, findings)).unwrap_or_default();
        let shown = match entry.optional("habeas") {
            Some(node) => shown(node, meta.data, findings),
            None => unlabelled(entry.at, findings),
        };
        entry.close(findings);
        let Shown { label, technical, third_person, marketing, normalised, keep, .. } = shown;
        let Meta { kinds, primary_key, identity, references, read_only, data, mask } = meta;
        let mask = if keep { Some(Mask::Keep) } else { mask };
        let provided = !technical && shown.provided.unwrap_or(provided);
        let name = name?;
        Some(Field {
            name,
            label,
            categories,
            kinds,
            primary_key,
            identity,
            references,
            read_only,
            third_person,
            technical,
            data,
            marketing,
            normalised,
            provided,
            mask,
        })
    }

    fn meta(&mut self, node: &Node, findings: &mut Findings<'_>) -> Option<Meta> {
        let mut entry = Entry::open(node, findings)?;
        let primary_key = entry.flag("primary_key", findings);
        let read_only = entry.flag("read_only", findings);
        let identity = entry.optional("identity").and_then(|node| node.text(findings)).map(str::to_owned);
        let references = entry.optional("references").map(|node| node.items(findings)).unwrap_or_default();
        let references = references.iter().filter_map(|item| self.reference(item, findings)).collect();
        let named = entry.optional("data_type").and_then(|node| node.text(findings)).unwrap_or_default();
        let (kinds, data) = (kinds(named), DataType::from_name(named));
        let mask = masks::field(&mut entry, data, primary_key || read_only, findings);
        entry.read_past(&FIELD_META_PAST, findings);
        entry.close(findings);
        Some(Meta { kinds, primary_key, identity, references, read_only, data, mask })
    }

    fn reference(&mut self, node: &Node, findings: &mut Findings<'_>) -> Option<Reference> {
        let mut entry = Entry::open(node, findings)?;
        let system = entry.text("dataset", findings);
        let target = entry.required("field", findings);
        let parts = target.and_then(|node| node.parsed("bad-address", collection_and_field, findings));
        let direction = entry
            .optional("direction")
            .map_or(Some(Direction::From), |node| node.one_of(&[("from", Direction::From), ("to", Direction::To)], findings));
        entry.close(findings);
        let (system, (collection, field)) = (system?, parts?);
        let name = Name::Field(format!("{system}.{collection}.{field}"));
        self.mentions.push(Mention { name, place: findings.place(target?.at) });
        Some(Reference { system, collection, field, direction: direction? })
    }
}

/// What a field of a Fideslang data type may be compared as; of another type or none, anything.
fn kinds(data_type: &str) -> &'static [table::Kind] {
    use table::Kind::{Date, Flag, Number, Text};
    match data_type {
        "string" | "text" => &[Text, Date],
        "integer" | "float" | "number" => &[Number],
        "boolean" => &[Flag],
        _ => &[Text, Date, Number, Flag],
    }
}

/// Names and descriptions for colleagues; the person reads labels.
fn described(entry: &mut Entry<'_>) {
    for key in ["name", "description"] {
        entry.optional(key);
    }
}

/// Categories said here; those of a collection or dataset hold for all its fields.
fn categories(entry: &mut Entry<'_>, findings: &mut Findings<'_>) -> Vec<String> {
    entry.texts("data_categories", findings).into_iter().map(|(_, category)| category).collect()
}

fn with(inherited: &[String], own: Vec<String>) -> Vec<String> {
    let own = own.into_iter().filter(|category| !inherited.contains(category));
    inherited.iter().cloned().chain(own).collect()
}

fn skipped(node: &Node, findings: &mut Findings<'_>) -> bool {
    let Some(mut entry) = Entry::open(node, findings) else { return false };
    let skipped = entry.flag("skip_processing", findings);
    masks::collection(&mut entry, findings);
    entry.read_past(&COLLECTION_META_PAST, findings);
    entry.close(findings);
    skipped
}

fn restriction(node: &Node, findings: &mut Findings<'_>) -> Option<Restriction> {
    let mut entry = Entry::open(node, findings)?;
    let [field, restricted, normal] = ["field", "restricted", "normal"].map(|key| entry.text(key, findings));
    entry.close(findings);
    Some(Restriction { at: node.at, field: field?, restricted: restricted?, normal: normal? })
}

/// The flag with its values as the field holds them.
fn flag(written: &Restriction, fields: &[Field], findings: &mut Findings<'_>) -> Option<Flag> {
    let Some(field) = fields.iter().find(|field| field.name == written.field) else {
        let message = format!("the collection has no field `{}` to say that a row is restricted", written.field);
        findings.problem(written.at, "unknown-name", message, did_you_mean(&written.field, fields.iter().map(|field| field.name.as_str())));
        return None;
    };
    let [restricted, normal] = [&written.restricted, &written.normal].map(|value| field.data.read(value));
    let flag = restricted.zip(normal).filter(|(restricted, normal)| restricted != normal && !field.primary_key && !field.read_only);
    let Some((restricted, normal)) = flag else {
        let help = "give two different values of the field's `data_type`, in quotes, and a field that may be written".to_owned();
        findings.problem(written.at, "bad-flag", format!("`{}` cannot say both of them", written.field), Some(help));
        return None;
    };
    Some(Flag { field: written.field.clone(), restricted, normal })
}

/// What habeas adds to a field.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts that the data map states as flags")]
struct Shown {
    label: Text,
    technical: bool,
    third_person: bool,
    marketing: bool,
    normalised: bool,
    provided: Option<bool>,
    keep: bool,
}

fn shown(node: &Node, data: DataType, findings: &mut Findings<'_>) -> Shown {
    let Some(mut entry) = Entry::open(node, findings) else { return Shown::default() };
    let marketing = entry.flag("marketing", findings);
    if marketing && data != DataType::Boolean {
        let help = "set `data_type: boolean`, or `marketing: true` on the collection with a `restriction`".to_owned();
        findings.problem(entry.at, "marketing-not-boolean", "only yes or no can be turned into `no`", Some(help));
    }
    let provided = entry.optional("provided").and_then(|node| node.flag(findings));
    let technical = entry.flag("technical", findings);
    let keep = masks::keeps(&mut entry, findings);
    let normalised = entry.flag("normalised", findings);
    let third_person = entry.flag("third-person", findings);
    let label = match entry.optional("label") {
        Some(node) => node.words(findings).unwrap_or_default(),
        None if technical => Text::default(),
        None => unlabelled(entry.at, findings).label,
    };
    entry.close(findings);
    Shown { label, technical, third_person, marketing, normalised, provided, keep }
}

fn unlabelled(at: At, findings: &mut Findings<'_>) -> Shown {
    let message = "the field has no `habeas.label`: the person must never see a column name";
    findings.problem(at, "missing-label", message, Some("give it a `label`, or set `technical: true`".to_owned()));
    Shown::default()
}

/// Names are parts of addresses, so a dot in one would make two addresses look alike.
fn plain_name(name: &str) -> Result<String, String> {
    if name.contains('.') {
        return Err(format!("`{name}` is not a name here: it holds a dot"));
    }
    Ok(name.to_owned())
}

fn collection_and_field(address: &str) -> Result<(String, String), String> {
    match address.split_once('.') {
        Some((collection, field)) if !collection.is_empty() && !field.is_empty() && !field.contains('.') => {
            Ok((collection.to_owned(), field.to_owned()))
        }
        _ => Err(format!("`{address}` is not `collection.field`")),
    }
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

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::law::{
        fixture::{DOSSIERS, SHOP},
        map::{Class, Connection, Direction},
    };

    #[test]
    fn a_dataset_becomes_a_system() {
        let shop = parse("shop.yaml", SHOP).unwrap().value;
        assert_eq!((shop.key.as_str(), shop.label.nl.as_str()), ("shop", "De webwinkel"));
        assert_eq!(shop.connection, Connection::Sqlite { path: "systems/shop.db".into() });
        let customer_id = shop.collection("orders").unwrap().field("customer_id").unwrap();
        assert!(customer_id.technical && !customer_id.primary_key);
        let [reference] = customer_id.references.as_slice() else { panic!("one reference") };
        assert_eq!((reference.collection.as_str(), reference.field.as_str(), reference.direction), ("customers", "id", Direction::From));
        assert_eq!(shop.collection("customers").unwrap().field("email").unwrap().identity.as_deref(), Some("email"));
        let passports = parse("dossiers.yaml", DOSSIERS).unwrap().value;
        let number = passports.collection("passports").unwrap().field("number").unwrap();
        assert_eq!((number.categories.as_slice(), number.class()), (["user.government_id".to_owned()].as_slice(), Class::HighRisk));
    }

    #[test]
    fn what_fides_writes_is_understood_or_told() {
        let dataset = SHOP
            .replace("    name: Web shop\n", "    organization_fides_key: default\n    fides_meta: {namespace: {}}\n    name: Web shop\n")
            .replace(
                "primary_key: true, data_type: integer}",
                "primary_key: true, length: 40, masking_strategy_override: {strategy: hash}}",
            )
            .replace("{name: log, ", "{name: log, fides_meta: {read_only: true}, fields: [], ");
        let parsed = parse("shop.yaml", &dataset).unwrap();
        let told: Vec<_> = parsed.warnings.iter().map(|warning| (warning.line, warning.message.as_str())).collect();
        assert_eq!(
            told,
            [
                (6, "`organization_fides_key` is not used by habeas"),
                (7, "`fides_meta` is not used by habeas"),
                (19, "a primary key or read-only field is never written, so it is not masked"),
                (36, "`fields` is not used by habeas")
            ]
        );
        assert!(parsed.value.collection("orders").unwrap().field("log").unwrap().read_only);
        let skipped = SHOP.replace("      - name: orders\n", "      - name: orders\n        fides_meta: {skip_processing: true}\n");
        let parsed = parse("shop.yaml", &skipped).unwrap();
        assert!(parsed.value.collection("orders").is_none());
        assert_eq!(parsed.warnings[0].code, "skipped");
    }

    #[test]
    fn every_problem_of_a_map_is_told() {
        let bad = SHOP
            .replace("type: sqlite", "type: sqlit")
            .replace("Art. 6(1)(b)", "Art. 6")
            .replace("primary_key: true, data_type", "data_type")
            .replace("{name: status, habeas: {label: {nb: a, nl: b, en: c}}}", "{name: status}")
            .replace("{name: cancelled_on, ", "{name: status, ")
            .replace("customers.id,", "customers,")
            .replace("technical: true}}", "tecnical: true}}");
        let problems = parse("shop.yaml", &bad).unwrap_err();
        let codes: Vec<_> = problems.iter().map(|problem| (problem.line, problem.code)).collect();
        assert_eq!(
            codes,
            [
                (3, "unknown-word"),
                (9, "no-primary-key"),
                (13, "bad-legal-basis"),
                (17, "missing-label"),
                (17, "unknown-key"),
                (25, "bad-legal-basis"),
                (28, "missing-label"),
                (28, "unknown-key"),
                (30, "bad-address"),
                (32, "missing-label"),
                (33, "twice"),
            ]
        );
    }
}
