//! Reads a data map: one Fideslang dataset, as Fides writes it, with what habeas adds to it.
//!
//! Whatever Fides itself writes is understood, or told as a warning; it is never silently read past.

mod addition;
pub mod export;
mod field;
#[cfg(test)]
mod tests;

use self::{
    addition::{Defaults, Kind, about, defaults},
    field::Above,
};
use super::{
    folder::{
        self, Mention, Name, Parsed, Problem,
        node::{At, Entry, Node},
        problem::Findings,
    },
    lang::Text,
    map::{Collection, Field, System},
    mask::read as masks,
    taxonomy,
};

/// What else may stand in a file of Fides.
const FILE_PAST: [(&str, &str); 8] = [
    ("data_category", "habeas has a table of categories of its own"),
    ("data_subject", ""),
    ("data_use", ""),
    ("evaluation", ""),
    ("organization", "`organisation.yaml` says who the controller is"),
    ("policy", "`retention.yaml` says what is kept and what goes"),
    ("registry", ""),
    ("system", "`recipients.yaml` names who else gets data"),
];
/// Keys of Fideslang that change nothing here, level by level, and why.
const DATASET_PAST: [(&str, &str); 15] = [
    ("organization_fides_key", ""),
    ("tags", ""),
    ("meta", ""),
    ("version", ""),
    ("fidesctl_meta", "`fides_meta` has taken its place"),
    ("data_uses", PURPOSE),
    ("data_purposes", PURPOSE),
    ("data_subjects", ""),
    ("data_qualifier", QUALIFIER),
    ("retention", RETENTION),
    ("third_country_transfers", "`recipients.yaml` names recipients with their country and safeguards"),
    ("joint_controller", "`recipients.yaml` names them"),
    ("privacy_policy", ""),
    ("created_at", ""),
    ("updated_at", ""),
];
const DATASET_META_PAST: [(&str, &str); 4] =
    [("resource_id", ""), ("after", AFTER), ("namespace", "`habeas.connection` says where the tables are"), ("redact", REDACT)];
const COLLECTION_PAST: [(&str, &str); 6] = [
    ("meta", ""),
    ("data_uses", PURPOSE),
    ("data_purposes", PURPOSE),
    ("data_subjects", ""),
    ("data_qualifier", QUALIFIER),
    ("retention", RETENTION),
];
const COLLECTION_META_PAST: [(&str, &str); 4] =
    [("after", AFTER), ("partitioning", "the whole table is asked"), ("custom_request_fields", field::PARAMETER), ("redact", REDACT)];
const AFTER: &str = "a search goes on until nothing new is found, in whatever order";
const PURPOSE: &str = "`habeas.purpose` says why, in the person's words";
const QUALIFIER: &str = "all of it is personal data here";
const REDACT: &str = "a person sees labels, never names of fields";
const RETENTION: &str = "`retention.yaml` says what is kept, and until when";

/// Reads a file of `systems/`.
pub fn parse(file: &str, text: &str) -> Result<Parsed<System>, Vec<Problem>> {
    folder::parse(file, text, |entry, mentions, findings| {
        entry.read_past(&FILE_PAST, findings);
        let mut header = entry.required("habeas", findings).and_then(|node| Entry::open(node, findings));
        let defaults = header.as_mut().map(|header| defaults(header, mentions, findings)).unwrap_or_default();
        let dataset = entry.required("dataset", findings).and_then(|node| {
            let datasets = node.items(findings);
            if let [dataset] = datasets {
                return Reader { mentions, defaults, system: String::new(), collection: String::new() }.dataset(dataset, findings);
            }
            let message = format!("one file holds one dataset, and here are {}", datasets.len());
            let help = "give each its own file in `systems/`, with a `habeas:` that says how to reach it".to_owned();
            findings.problem(datasets.get(1).map_or(node.at, |second| second.at), "one-dataset", message, Some(help));
            None
        });
        // A connection may name what the data map holds; when that is not all known, nobody can say what is missing.
        let known = dataset.as_ref().filter(|_| findings.problems.is_empty()).map(|(_, collections)| collections.as_slice());
        let (label, connection) = about(header?, known, findings)?;
        let (key, collections) = dataset?;
        Some(System { key, label, connection, collections })
    })
}

struct Reader<'a> {
    mentions: &'a mut Vec<Mention>,
    defaults: Defaults,
    system: String,
    collection: String,
}

/// What `fides_meta` says about a collection.
#[derive(Default)]
struct Meta {
    is_skipped: bool,
    erase_after: Vec<String>,
}

impl Reader<'_> {
    fn dataset(&mut self, node: &Node, findings: &mut Findings<'_>) -> Option<(String, Vec<Collection>)> {
        let mut entry = Entry::open(node, findings)?;
        let key = entry.required("fides_key", findings).and_then(|node| node.parsed("bad-name", plain_name, findings));
        self.system = key.clone().unwrap_or_default();
        self.mentions.push(Mention { name: Name::System(self.system.clone()), place: findings.place(entry.at) });
        described(&mut entry);
        entry.read_past(&DATASET_PAST, findings);
        if let Some(mut meta) = meta(&mut entry, findings).and_then(|node| Entry::open(node, findings)) {
            meta.read_past(&DATASET_META_PAST, findings);
            meta.close_foreign(findings);
        }
        let categories = categories(&mut entry, findings);
        let mut collections: Vec<Collection> = Vec::new();
        for item in entry.required("collections", findings).map(|node| node.items(findings)).unwrap_or_default() {
            let Some(collection) = self.collection(item, &categories, findings) else { continue };
            if collections.iter().any(|known| known.name == collection.name) {
                findings.problem(item.at, "twice", format!("collection `{}` is there twice", collection.name), None);
            }
            collections.push(collection);
        }
        entry.close_foreign(findings);
        Some((key?, collections))
    }

    /// `None` also for a collection that Fides was told to skip.
    fn collection(&mut self, node: &Node, inherited: &[String], findings: &mut Findings<'_>) -> Option<Collection> {
        let mut entry = Entry::open(node, findings)?;
        let name = entry.required("name", findings).and_then(|node| node.parsed("bad-name", collection_name, findings));
        self.collection = name.clone().unwrap_or_default();
        described(&mut entry);
        entry.read_past(&COLLECTION_PAST, findings);
        let own = categories(&mut entry, findings);
        let meta = meta(&mut entry, findings)
            .map(|node| self.collection_meta(node, name.as_deref().unwrap_or_default(), findings))
            .unwrap_or_default();
        let (fields, habeas) = (entry.required("fields", findings), entry.optional("habeas"));
        if meta.is_skipped {
            findings.warning(entry.at, "skipped", "this collection is never searched: `skip_processing` is set", None);
            return None;
        }
        let kind = match habeas {
            Some(node) => self.kind(node, findings)?,
            None => Kind::default(),
        };
        let above = Above::new(with(inherited, own.clone()), kind.provided.unwrap_or(self.defaults.provided));
        let fields = fields.map(|node| self.fields(node, &above, findings)).unwrap_or_default();
        if !fields.iter().any(|field| field.primary_key) {
            let message = "the collection has no primary key: its rows are shown, but a person has to correct and erase them";
            let help = "set `fides_meta: {primary_key: true}` on the field that tells its rows apart".to_owned();
            findings.warning(entry.at, "no-primary-key", message, Some(help));
        }
        if let Some(name) = &name {
            let place = findings.place(entry.at);
            self.mentions.push(Mention { name: Name::Reachable(format!("{}.{name}", self.system)), place });
        }
        let at = entry.at;
        entry.close_foreign(findings);
        let Kind { label, automated, restriction, marketing, append_only, anonymise, .. } = &kind;
        let automated = automated.clone();
        let label = label.clone().unwrap_or_else(|| label_of(&own, &fields, at, findings));
        let restriction = restriction.as_ref().and_then(|restriction| restriction.flag(&fields, findings));
        let (marketing, append_only, anonymise) = (*marketing, *append_only, *anonymise);
        let unique = kind.unique.iter().filter_map(|unique| unique.known(&fields, findings)).collect();
        let ([purpose, source], legal_basis, recipients) = kind.told(&self.defaults, at, findings);
        let erase_after = meta.erase_after;
        Some(Collection {
            name: name?,
            label,
            purpose,
            legal_basis,
            source,
            automated,
            recipients,
            fields,
            restriction,
            marketing,
            append_only,
            anonymise,
            erase_after,
            unique,
        })
    }

    fn collection_meta(&mut self, node: &Node, collection: &str, findings: &mut Findings<'_>) -> Meta {
        let Some(mut entry) = Entry::open(node, findings) else { return Meta::default() };
        let is_skipped = entry.flag("skip_processing", findings);
        let erase_after = entry.texts("erase_after", findings);
        for (at, address) in &erase_after {
            let name = Name::After(format!("{}.{collection}", self.system), address.clone());
            self.mentions.push(Mention { name, place: findings.place(*at) });
        }
        masks::collection(&mut entry, findings);
        entry.read_past(&COLLECTION_META_PAST, findings);
        entry.close_foreign(findings);
        Meta { is_skipped, erase_after: erase_after.into_iter().map(|(_, address)| address).collect() }
    }
}

/// `fides_meta`, or what it was called before.
fn meta<'n>(entry: &mut Entry<'n>, findings: &mut Findings<'_>) -> Option<&'n Node> {
    let (new, old) = (entry.optional("fides_meta"), entry.optional("fidesops_meta"));
    if let (Some(_), Some(old)) = (new, old) {
        findings.warning(old.at, "not-used", "`fidesops_meta` is not used where `fides_meta` is there, too", None);
    }
    new.or(old)
}

/// What a kind is called by its categories: what it says of itself, else what most of its fields are.
fn label_of(own: &[String], fields: &[Field], at: At, findings: &mut Findings<'_>) -> Text {
    let by_fields = || taxonomy::most_telling(fields.iter().flat_map(|field| &field.categories));
    let technical = || fields.iter().flat_map(|field| &field.categories).next().and_then(|_| taxonomy::nearest("system"));
    let own = own.iter().find(|key| !taxonomy::is_technical(key)).and_then(|key| taxonomy::nearest(key)).map(|known| &known.label);
    if let Some(label) = own.or_else(by_fields).or_else(|| technical().map(|known| &known.label)) {
        return label.clone();
    }
    addition::unlabelled(at, "the collection", findings)
}

/// Names and descriptions for colleagues; the person reads labels.
fn described(entry: &mut Entry<'_>) {
    for key in ["name", "description"] {
        entry.optional(key);
    }
}

/// Categories said here; those of a collection or dataset hold for all its fields.
fn categories(entry: &mut Entry<'_>, findings: &mut Findings<'_>) -> Vec<String> {
    let said = entry.texts("data_categories", findings);
    for (at, key) in &said {
        if let Some(meant) = taxonomy::unknown(key) {
            let help = meant.map(|meant| format!("did you mean `{meant}`?"));
            findings.warning(*at, "unknown-category", format!("nobody knows the category `{key}`, so it counts as ordinary"), help);
        }
    }
    said.into_iter().map(|(_, category)| category).collect()
}

fn with(inherited: &[String], own: Vec<String>) -> Vec<String> {
    let own = own.into_iter().filter(|category| !inherited.contains(category));
    inherited.iter().cloned().chain(own).collect()
}

/// One system is one schema: `erase_after` and references lead from one to the next, as between any two systems.
fn collection_name(name: &str) -> Result<String, String> {
    let help = "a table of another schema belongs into a file of its own in `systems/`, whose `connection` says `schema: …`";
    plain_name(name).map_err(|wrong| format!("{wrong}; {help}"))
}

/// Names are parts of addresses, so a dot in one would make two addresses look alike.
fn plain_name(name: &str) -> Result<String, String> {
    if name.contains('.') {
        return Err(format!("`{name}` is not a name here: it holds a dot"));
    }
    Ok(name.to_owned())
}
