//! What the files of an organisation folder say about each other: every name one mentions, another must define.

use std::collections::BTreeSet;

use super::{Mention, Name, Place, problem::Problem};
use crate::{
    law::{
        flow::{self, collections, flows},
        map::{Collection, Direction, Field, System, split_address as ends},
        mask::Mask,
        order,
        organisation::Organisation,
        recipient::Recipient,
        retention::{self, Rules},
    },
    source::spelling::did_you_mean,
    table,
};

/// Problems and warnings across the files.
pub(super) fn check(
    systems: &[System],
    recipients: &[Recipient],
    organisation: &Organisation,
    rules: &Rules,
    mentions: &[Mention],
) -> (Vec<Problem>, Vec<Problem>) {
    let known = Known::new(systems, recipients, organisation);
    let problems = mentions.iter().flat_map(|mention| {
        known.problem(mention).into_iter().chain(known.in_guard(mention)).chain(known.kept_for_nothing(mention, rules))
    });
    let problems = problems.collect();
    let warnings = mentions.iter().filter_map(|mention| known.warning(mention).or_else(|| known.parted(mention))).collect();
    (problems, warnings)
}

/// Everything that can be named.
struct Known<'a> {
    systems: &'a [System],
    collections: Vec<String>,
    fields: Vec<String>,
    recipients: Vec<&'a str>,
    identities: BTreeSet<&'a str>,
    reached: BTreeSet<String>,
    proven: Vec<&'a str>,
    /// Ends of references that are followed by themselves and are no key at either of them.
    loose: BTreeSet<(String, String)>,
}

impl<'a> Known<'a> {
    fn new(systems: &'a [System], recipients: &'a [Recipient], organisation: &'a Organisation) -> Self {
        let all = || systems.iter().flat_map(|system| system.collections.iter().map(move |collection| (system, collection)));
        let fields = all().flat_map(|(system, collection)| {
            collection.fields.iter().map(move |field| format!("{}.{}.{}", system.key, collection.name, field.name))
        });
        let proven: Vec<&str> = organisation.identity.kinds().collect();
        Self {
            systems,
            collections: all().map(|(system, collection)| format!("{}.{}", system.key, collection.name)).collect(),
            fields: fields.collect(),
            recipients: recipients.iter().map(|recipient| recipient.id.as_str()).collect(),
            identities: all().flat_map(|(_, collection)| &collection.fields).filter_map(|field| field.identity.as_deref()).collect(),
            reached: reached(systems, &proven),
            loose: loose(systems),
            proven,
        }
    }

    fn problem(&self, Mention { name, place }: &Mention) -> Option<Problem> {
        let unknown = |what: &str, name: &str, names: &mut dyn Iterator<Item = &str>| {
            let message = format!("there is no {what} `{name}` in the data map");
            Some(place.problem("unknown-name", message, did_you_mean(name, names)))
        };
        match name {
            Name::Collection(address) | Name::After(_, address) if !self.collections.contains(address) => {
                unknown("collection", address, &mut self.collections.iter().map(String::as_str))
            }
            Name::Field(address) | Name::Reference(_, address) if !self.fields.contains(address) => {
                unknown("field", address, &mut self.fields.iter().map(String::as_str))
            }
            Name::Identity(kind) if !self.identities.contains(kind.as_str()) => {
                unknown("identity", kind, &mut self.identities.iter().copied())
            }
            Name::Recipient(id) if !self.recipients.contains(&id.as_str()) => {
                let message = format!("there is no recipient `{id}` in `recipients.yaml`");
                Some(place.problem("unknown-name", message, did_you_mean(id, self.recipients.iter().copied())))
            }
            Name::InEach(field, collections) => {
                let lacking = collections.iter().find(|address| self.collection(address).is_some_and(|it| it.field(field).is_none()))?;
                let message = format!("`{lacking}` has no field `{field}`, so the condition cannot be evaluated there");
                Some(place.problem("unknown-name", message, self.closest_field(field, std::slice::from_ref(lacking))))
            }
            Name::InOne(field, collections) => {
                let mut there = collections.iter().filter_map(|address| self.collection(address)).peekable();
                let missing = there.peek().is_some() && there.all(|collection| collection.field(field).is_none());
                let message = format!("no collection that the rule covers has a field `{field}`");
                missing.then(|| place.problem("unknown-name", message, self.closest_field(field, collections)))
            }
            Name::System(key) if self.systems.iter().filter(|system| system.key == *key).count() > 1 => {
                Some(place.problem("twice", format!("system `{key}` is described by more than one file"), None))
            }
            Name::After(this, other) if order::is_circle(self.systems, this, other) => {
                let message = format!("`{this}` cannot be erased after `{other}`, which waits for it");
                let help = "what lies in one system is erased at once, so systems wait for each other as a whole".to_owned();
                Some(place.problem("circle", message, Some(help)))
            }
            Name::Reachable(address) if !self.reached.contains(address) && !self.is_manual(address) => {
                let message = format!("`{address}` is never searched: no proven identity leads to it");
                let edge = self.missing_edge(address).map(|edge| format!("{edge}; or ")).unwrap_or_default();
                let help =
                    format!("{edge}give a field an `identity` that the portal proves, or a reference; or set `skip_processing: true`");
                Some(place.problem("unreachable", message, Some(help)))
            }
            _ => None,
        }
    }

    /// Whether a person looks there: she follows no references.
    fn is_manual(&self, address: &str) -> bool {
        let key = address.split_once('.').map_or(address, |(key, _)| key);
        self.systems.iter().any(|system| system.key == key && system.is_manual())
    }

    /// What a guard compares that cannot be compared, each once though several collections say it.
    fn in_guard(&self, Mention { name, place }: &Mention) -> Vec<Problem> {
        let Name::Guard(guard, collections) = name else { return Vec::new() };
        let mut problems = Vec::new();
        for collection in collections.iter().filter_map(|address| self.collection(address)) {
            for wrong in table::check(guard, &collection.inputs()) {
                let (line, column) = place.within(guard.as_str(), wrong.at);
                let problem = Place { line, column, ..place.clone() }.problem("bad-guard", wrong.message, wrong.help);
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
        }
        problems
    }

    /// Fields that the map wants to keep though they tell of a person and no rule lets them stay.
    fn kept_for_nothing(&self, Mention { name, place }: &Mention, rules: &Rules) -> Vec<Problem> {
        let Name::Reachable(address) = name else { return Vec::new() };
        let keeping = || rules.rules.iter().filter(|rule| rule.kind != retention::Kind::Maximum);
        let kept = |field: &str| keeping().any(|rule| rule.speaks_for(address, field) || rule.needs(address, field));
        let fields = self.collection(address).map(|collection| collection.fields.as_slice()).unwrap_or_default();
        let wrong = fields.iter().filter(|field| field.mask == Some(Mask::Keep) && field.is_personal() && !kept(&field.name));
        let problem = |field: &Field| {
            let message = format!("`{address}.{}` says `erase: keep` and tells of a person: a wish is no legal ground", field.name);
            let help = "write a rule in `retention.yaml` that keeps it, or mask it".to_owned();
            place.problem("kept-without-ground", message, Some(help))
        };
        wrong.map(problem).collect()
    }

    fn warning(&self, Mention { name, place }: &Mention) -> Option<Problem> {
        let Name::Reachable(address) = name else { return None };
        let kinds = self.collection(address)?.fields.iter().filter_map(|field| field.identity.as_deref());
        let unproven = kinds.into_iter().find(|kind| !self.proven.contains(kind))?;
        let message = format!("nobody is searched by `{unproven}` here: the portal does not prove it");
        Some(place.problem("unproven-identity", message, did_you_mean(unproven, self.proven.iter().copied())))
    }

    /// A reference that names part of a key of several parts, and nothing names the rest.
    fn parted(&self, Mention { name, place }: &Mention) -> Option<Problem> {
        let Name::Reference(here, there) = name else { return None };
        let ((collection, field), (referring, _)) = (ends(there)?, ends(here)?);
        let key = self.collection(collection)?.keys().into_iter().find(|key| key.contains(&field))?;
        if !self.loose.contains(&(here.clone(), there.clone())) {
            return None;
        }
        let whole = key.iter().map(|part| format!("`{part}`")).collect::<Vec<_>>().join(", ");
        let message = format!("`{there}` is one part of a key ({whole}): what is found by it alone may be other people's");
        let help = format!(
            "let fields of `{referring}` refer to each part of it, so that they are followed together; or say `unique: [[{field}]]` under \
             `habeas:` of `{collection}`, where `{field}` alone tells its rows apart"
        );
        Some(place.problem("part-of-key", message, Some(help)))
    }

    /// The reference that a collection seems to lack: one that is there and flows the other way, or a field that is called like the key
    /// of a collection that is reached.
    fn missing_edge(&self, address: &str) -> Option<String> {
        let (here, unreached) = collections(self.systems).find(|((system, name), _)| *address == format!("{system}.{name}"))?;
        let reached = |(system, name): flow::Place<'_>| self.reached.contains(&format!("{system}.{name}"));
        let turned = flows(self.systems).into_iter().find(|flow| flow.from == here && reached(flow.to));
        if let Some((flow, (ours, theirs))) = turned.as_ref().and_then(|flow| Some((flow, flow.pairs.first()?))) {
            let there = format!("{}.{}.{}", flow.to.0, flow.to.1, theirs.name);
            return Some(format!("the reference between its `{}` and `{there}` flows away from it: turn its `direction`", ours.name));
        }
        let keyed = collections(self.systems).filter(|(place, _)| reached(*place)).filter_map(|(place, collection)| {
            let mut key = collection.fields.iter().filter(|field| field.primary_key);
            key.next().filter(|_| key.next().is_none()).map(|key| (place, key.name.as_str()))
        });
        let keyed: Vec<(flow::Place<'_>, &str)> = keyed.collect();
        unreached.fields.iter().filter(|field| field.references.is_empty()).find_map(|field| {
            let ((system, name), key) = keyed.iter().find(|((_, name), key)| is_called_after(&field.name, name, key))?;
            Some(format!("let `{}` refer to it: `references: [{{dataset: {system}, field: {name}.{key}, direction: from}}]`", field.name))
        })
    }

    fn collection(&self, address: &str) -> Option<&'a Collection> {
        let (system, collection) = address.split_once('.')?;
        self.systems.iter().find(|known| known.key == system)?.collection(collection)
    }

    fn closest_field(&self, field: &str, collections: &[String]) -> Option<String> {
        let fields = collections.iter().filter_map(|address| self.collection(address)).flat_map(|collection| &collection.fields);
        did_you_mean(field, fields.map(|field| field.name.as_str()))
    }
}

/// Both ends, each way round, of every reference that is followed by itself and goes neither from a whole key nor to one.
fn loose(systems: &[System]) -> BTreeSet<(String, String)> {
    let address = |(system, collection): flow::Place<'_>, field: &Field| format!("{system}.{collection}.{}", field.name);
    let loose = flows(systems).into_iter().filter(|flow| !flow.comes_from_key(systems) && !flow.leads_to_key(systems));
    let ends = loose.filter_map(|flow| match flow.pairs.as_slice() {
        [(there, here)] => Some((address(flow.from, there), address(flow.to, here))),
        _ => None,
    });
    ends.flat_map(|(from, to)| [(from.clone(), to.clone()), (to, from)]).collect()
}

/// Whether a field is called after a collection and its key: `customer_id` after `customers` and `id`.
fn is_called_after(field: &str, collection: &str, key: &str) -> bool {
    let plain = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let (field, collection, key) = (plain(field), plain(collection), plain(key));
    let singular =
        collection.strip_suffix("ies").map(|stem| format!("{stem}y")).or_else(|| collection.strip_suffix('s').map(str::to_owned));
    [Some(collection), singular].into_iter().flatten().any(|name| field == format!("{name}{key}"))
}

/// Collections that a search from the proven identity kinds comes to, following references the way their values flow. One that names an
/// unknown field counts: that is a problem of its own.
fn reached(systems: &[System], proven: &[&str]) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut flows = Vec::new();
    for ((system, name), collection) in collections(systems) {
        let this = format!("{system}.{name}");
        for field in &collection.fields {
            if !field.third_person && field.identity.as_deref().is_some_and(|kind| proven.contains(&kind)) {
                reached.insert(this.clone());
            }
            flows.extend(field.references.iter().flat_map(|reference| {
                let other = format!("{}.{}", reference.system, reference.collection);
                let (into, out) = ((other.clone(), this.clone()), (this.clone(), other));
                match reference.direction {
                    Direction::From => vec![into],
                    Direction::To => vec![out],
                    Direction::Both => vec![into, out],
                }
            }));
        }
    }
    loop {
        let next: Vec<&String> =
            flows.iter().filter(|(from, to)| reached.contains(from) && !reached.contains(to)).map(|(_, to)| to).collect();
        if next.is_empty() {
            return reached;
        }
        reached.extend(next.into_iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use crate::law::fixture::{ACCOUNTING, DOSSIERS, ORGANISATION, RETENTION, SHOP, folder, read_with};

    /// File, line, code and help of every problem.
    fn problems(replaced: &[(&str, &str)]) -> Vec<(String, usize, &'static str, String)> {
        let problems = read_with(replaced).unwrap_err();
        problems.into_iter().map(|it| (it.file, it.line, it.code, it.help.unwrap_or_default())).collect()
    }

    #[test]
    fn a_sound_folder_is_read_without_warnings() {
        let folder = folder();
        assert_eq!(folder.warnings, []);
        assert_eq!(folder.systems.len(), 3);
        assert_eq!(folder.organisation.identity.kinds().collect::<Vec<_>>(), ["email", "customer_number"]);
    }

    #[test]
    fn names_across_files_are_checked_with_the_closest_one() {
        let accounting = ACCOUNTING.replace(
            "field: customers.number, direction: from}]}\n            habeas: {label",
            "field: customers.numbr}]}\n            habeas: {label",
        );
        let shop = SHOP.replace("[hosting]", "[hostng]");
        let retention = RETENTION
            .replace("accounting.lines, ", "accounting.line, ")
            .replace("shop.orders.log", "shop.orders.logg")
            .replace("kernel: [issued_on", "when: [{field: issued_on}]\n    kernel: [issue_on")
            .replace("field: accounting.invoices.issued_on", "field: accounting.invoices.issued");
        let organisation =
            ORGANISATION.replace("[customer_number]", "[customer_numbr]").replace("shop.customers.ended_on", "shop.customer.ended_on");
        let found = problems(&[
            ("accounting.yaml", &accounting),
            ("shop.yaml", &shop),
            ("retention.yaml", &retention),
            ("organisation.yaml", &organisation),
        ]);
        let expected = [
            ("organisation.yaml", 10, "unknown-name", "did you mean `shop.customers.ended_on`?"),
            ("organisation.yaml", 12, "unknown-name", "did you mean `customer_number`?"),
            ("retention.yaml", 6, "unknown-name", "did you mean `accounting.lines`?"),
            ("retention.yaml", 7, "unknown-name", ""),
            ("retention.yaml", 8, "unknown-name", "did you mean `issued_on`?"),
            ("retention.yaml", 10, "unknown-name", "did you mean `accounting.invoices.issued_on`?"),
            ("retention.yaml", 18, "unknown-name", "did you mean `shop.orders.log`?"),
            ("accounting.yaml", 15, "unknown-name", "did you mean `shop.customers.number`?"),
            ("shop.yaml", 15, "unknown-name", "did you mean `hosting`?"),
        ];
        assert_eq!(found, expected.map(|(file, line, code, help)| (file.to_owned(), line, code, help.to_owned())));
    }

    #[test]
    fn a_guard_is_checked_against_the_fields_of_every_collection_that_its_rule_covers() {
        let told = |covers: &str, guard: &str| {
            let rule = format!("    covers: [{covers}]\n    if: {guard}\n");
            let retention = RETENTION.replace("    covers: [shop.orders.log]\n", &rule);
            let problems = read_with(&[("retention.yaml", &retention)]).err().unwrap_or_default();
            problems
                .into_iter()
                .map(|it| format!("{}:{} {} {}", it.line, it.column, it.message, it.help.unwrap_or_default()))
                .collect::<Vec<_>>()
        };
        assert_eq!(told("shop.orders", "has(status) && cancelled_on < date(\"2026-01-01\")"), [""; 0]);
        assert_eq!(told("shop.customers", "id == 7"), [""; 0]);
        assert_eq!(
            told("shop.customers", "id == \"7\""),
            ["18:9 `id` cannot be compared with the text \"7\" it is a `number`"],
            "the data map says that it is an integer"
        );
        assert_eq!(
            told("shop.orders", "has(statuss) || lug == \"x\""),
            ["18:13 there is no input `statuss` did you mean `status`?", "18:25 there is no input `lug` did you mean `log`?"]
        );
        assert_eq!(
            told("accounting.invoices, accounting.lines, accounting.customers", "has(amount)"),
            ["18:13 there is no input `amount` did you mean `account`?"],
            "customers have none"
        );
    }

    #[test]
    fn a_wish_to_keep_needs_a_rule_where_it_is_about_a_person() {
        let keep = |field: &str, category: &str| {
            let told = format!("{{name: {field}, {category}habeas: {{erase: keep, label");
            SHOP.replace(&format!("{{name: {field}, habeas: {{label"), &told)
        };
        let found = problems(&[("shop.yaml", &keep("status", "data_categories: [user.content], "))]);
        assert_eq!((found[0].1, found[0].2), (21, "kept-without-ground"), "{found:?}");
        assert!(read_with(&[("shop.yaml", &keep("status", ""))]).is_ok(), "it tells of nobody");
        assert!(read_with(&[("shop.yaml", &keep("log", "data_categories: [user.content], "))]).is_ok(), "a rule keeps it");
    }

    #[test]
    fn a_collection_that_no_search_reaches_is_a_problem() {
        let dossiers = DOSSIERS.replace("            fides_meta: {references: [{dataset: shop, field: orders.id, direction: from}]}\n", "");
        let found = problems(&[("dossiers.yaml", &dossiers)]);
        assert_eq!((found[0].1, found[0].2), (7, "unreachable"), "{found:?}");
        let to = DOSSIERS.replace("direction: from", "direction: to");
        let turned = &problems(&[("dossiers.yaml", &to)])[0];
        assert_eq!(turned.2, "unreachable", "values flow the other way");
        assert!(turned.3.starts_with("the reference between its `order_id` and `shop.orders.id` flows away from it"), "{turned:?}");
    }

    #[test]
    fn the_missing_edge_is_named() {
        let lost = DOSSIERS.replace("            fides_meta: {references: [{dataset: shop, field: orders.id, direction: from}]}\n", "");
        let found = problems(&[("dossiers.yaml", &lost)]);
        let edge = "let `order_id` refer to it: `references: [{dataset: shop, field: orders.id, direction: from}]`; or give a field";
        assert!(found[0].3.starts_with(edge), "{found:?}");
    }

    #[test]
    fn an_identity_that_nobody_proves_is_a_warning() {
        let dossiers = DOSSIERS.replace("{name: number, ", "{name: number, fides_meta: {identity: emial}, ");
        let warnings = read_with(&[("dossiers.yaml", &dossiers)]).unwrap().warnings;
        assert_eq!((warnings[0].code, warnings[0].help.as_deref()), ("unproven-identity", Some("did you mean `email`?")));
    }

    #[test]
    fn a_reference_to_part_of_a_key_is_a_warning() {
        let keyed = DOSSIERS.replace(
            "          - {name: number, ",
            "          - {name: country, fides_meta: {primary_key: true}, habeas: {technical: true}}\n          - {name: number, ",
        );
        let to = |references: &str| format!("{{name: status, fides_meta: {{references: [{references}]}}, ");
        let by_part = "{dataset: dossiers, field: passports.country, direction: to}";
        let told = |dossiers: &str, references: &str| {
            let shop = SHOP.replace("{name: status, ", &to(references));
            let warnings = read_with(&[("dossiers.yaml", dossiers), ("shop.yaml", &shop)]).unwrap().warnings;
            warnings.into_iter().map(|it| (it.file, it.line, it.code)).collect::<Vec<_>>()
        };
        assert_eq!(told(&keyed, by_part), [("shop.yaml".to_owned(), 32, "part-of-key")]);
        let whole = format!("{by_part}, {{dataset: dossiers, field: passports.id, direction: to}}");
        assert_eq!(told(&keyed, &whole).len(), 2, "one field cannot be two parts of a key");
        let alone = keyed.replace("        data_categories: [user.government_id]\n", "");
        let alone = alone.replace("          label: {nb: Pass", "          unique: [[country]]\n          label: {nb: Pass");
        assert_eq!(told(&alone, by_part), [], "the map says that it is a key by itself");
        let wrong = alone.replace("[[country]]", "[[contry], []]");
        let found = problems(&[("dossiers.yaml", &wrong)]);
        assert_eq!(found.iter().map(|it| it.2).collect::<Vec<_>>(), ["unknown-name", "empty"], "{found:?}");
        assert_eq!(found[0].3, "did you mean `country`?");
    }

    #[test]
    fn two_files_cannot_describe_one_system() {
        let dossiers = DOSSIERS.replace("fides_key: dossiers", "fides_key: shop");
        assert!(problems(&[("dossiers.yaml", &dossiers)]).iter().any(|problem| problem.2 == "twice"));
    }

    #[test]
    fn problems_of_all_files_are_told_together() {
        let found = problems(&[("shop.yaml", "habeas: {}\n"), ("recipients.yaml", "recipients: {}\n"), ("organisation.yaml", "x: [\n")]);
        let files: std::collections::BTreeSet<_> = found.iter().map(|problem| problem.0.as_str()).collect();
        assert_eq!(files, ["organisation.yaml", "recipients.yaml", "shop.yaml"].into());
    }
}
