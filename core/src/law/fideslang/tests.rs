//! A data map: what becomes of it, and everything that is told about it.

use super::parse;
use crate::law::{
    fixture::{DOSSIERS, SHOP},
    folder::Problem,
    map::{Class, Connection, Direction, Field, System},
};

/// Datasets as they are written for Fides, of different shape, with nothing but a head for habeas.
pub(super) const SAMPLES: [(&str, &str); 6] = [
    ("postgres_shop.yaml", include_str!("samples/postgres_shop.yaml")),
    ("mongo_profiles.yaml", include_str!("samples/mongo_profiles.yaml")),
    ("saas_mail.yaml", include_str!("samples/saas_mail.yaml")),
    ("warehouse.yaml", include_str!("samples/warehouse.yaml")),
    ("bare.yaml", include_str!("samples/bare.yaml")),
    ("everything.yaml", include_str!("samples/everything.yaml")),
];

fn sample(name: &str) -> (System, Vec<Problem>) {
    let (file, text) = SAMPLES.into_iter().find(|(file, _)| *file == name).unwrap();
    let parsed = parse(file, text).unwrap_or_else(|problems| panic!("{}", problems.iter().map(ToString::to_string).collect::<String>()));
    (parsed.value, parsed.warnings)
}

/// Line, column and code of each warning, and the name in it.
fn told(name: &str) -> Vec<String> {
    let named = |message: &str| message.split('`').nth(1).unwrap_or_default().to_owned();
    sample(name).1.iter().map(|it| format!("{}:{} {} {}", it.line, it.column, it.code, named(&it.message))).collect()
}

fn field<'s>(system: &'s System, collection: &str, field: &str) -> &'s Field {
    system.collection(collection).unwrap().field(field).unwrap()
}

#[test]
fn each_sample_loads_with_exactly_what_is_told_about_it() {
    let postgres_shop = ["11:5 not-used organization_fides_key", "15:5 not-used data_qualifier", "72:9 skipped skip_processing"];
    assert_eq!(told("postgres_shop.yaml"), postgres_shop);
    let mongo_profiles = ["55:25 not-used after", "70:21 missing-label habeas.label"];
    assert_eq!(told("mongo_profiles.yaml"), mongo_profiles);
    let saas_mail = [
        "9:7 not-used resource_id",
        "10:7 not-used after",
        "12:9 not-stated purpose",
        "27:13 missing-label habeas.label",
        "28:9 no-primary-key ",
        "28:9 not-stated purpose",
        "36:26 not-used custom_request_field",
    ];
    assert_eq!(told("saas_mail.yaml"), saas_mail);
    let warehouse = [
        "11:7 not-used namespace",
        "12:5 not-used retention",
        "13:5 not-used third_country_transfers",
        "15:9 not-stated purpose",
        "17:11 not-used partitioning",
        "20:9 not-used data_uses",
        "26:13 not-used data_qualifier",
        "27:58 unknown-type uuid",
        "29:37 unknown-type strng",
        "31:13 not-used retention",
        "32:45 not-used redact",
    ];
    assert_eq!(told("warehouse.yaml"), warehouse);
    let bare = ["7:9 missing-label habeas.label", "7:9 not-stated purpose", "13:13 missing-label habeas.label"];
    assert_eq!(told("bare.yaml"), bare);
    let everything = [
        "1:1 not-used data_category",
        "13:5 not-used organization_fides_key",
        "14:5 not-used tags",
        "17:5 not-used meta",
        "18:5 not-used version",
        "19:5 not-used data_qualifier",
        "20:5 not-used retention",
        "23:18 not-used after",
        "23:29 not-used namespace",
        "23:58 not-used redact",
        "24:5 not-used fidesctl_meta",
        "29:9 not-used data_qualifier",
        "30:9 not-used retention",
        "31:9 not-used meta",
        "35:11 not-used custom_request_fields",
        "46:13 not-used data_qualifier",
        "47:13 not-used retention",
        "48:13 not-used meta",
        "52:31 unknown-category user.loyalty",
        "54:31 unknown-category user.governement_id.national_identification_number",
        "57:25 not-used return_all_elements",
        "60:25 not-used profile",
        "65:29 not-used profile.key",
        "75:11 not-used experimental_key",
        "76:9 not-used shard_hint",
        "81:97 not-used weight",
    ];
    assert_eq!(told("everything.yaml"), everything);
}

#[test]
fn nothing_that_the_person_reads_is_a_name_of_the_system() {
    for (name, _) in SAMPLES {
        let (system, _) = sample(name);
        for collection in &system.collections {
            let shown = collection.fields.iter().filter(|field| !field.technical).map(|field| &field.label);
            for label in shown.chain([&collection.label, &collection.purpose, &collection.source]) {
                for text in [&label.nb, &label.nl, &label.en] {
                    assert!(!text.is_empty() && !text.contains(['_', '.']) | text.ends_with('.'), "{name} {}: {text}", collection.name);
                }
            }
        }
    }
    let labels = |name: &str| sample(name).0.collections.into_iter().map(|it| it.label.en).collect::<Vec<_>>();
    assert_eq!(labels("postgres_shop.yaml"), ["Contact details", "Contact details", "Finances", "Payment"], "by what most fields are");
    assert_eq!(labels("bare.yaml"), ["Other information"]);
    assert_eq!(labels("everything.yaml"), ["Customers", "Use of our services"]);
}

#[test]
fn what_is_inside_of_a_document_is_taken_out_and_not_masked() {
    let inner = "{name: calls, data_categories: [user.content.private], fides_meta: {masking_strategy_override: {strategy: hash}}}";
    let parsed = parse("shop.yaml", &SHOP.replace("{name: log, ", &format!("{{name: log, fields: [{inner}], "))).unwrap();
    assert_eq!(field(&parsed.value, "orders", "log.calls").mask, Some(crate::law::mask::Mask::Blank));
    assert!(parsed.warnings.iter().any(|warning| warning.code == "mask-empties"), "{:?}", parsed.warnings);
}

#[test]
fn fields_are_called_by_category_and_keys_are_technical() {
    let (shop, _) = sample("postgres_shop.yaml");
    assert_eq!(field(&shop, "payment_card", "ccn").label.nl, "Betaalkaart");
    assert!(field(&shop, "payment_card", "customer_id").technical && field(&shop, "customer", "address_id").technical);
    assert_eq!(field(&shop, "payment_card", "ccn").class(), Class::HighRisk);
    let (bare, _) = sample("bare.yaml");
    assert_eq!(field(&bare, "tbl_people", "mail").label.nb, "E-postadresse", "searched by email addresses, so it holds one");
    assert_eq!(
        (field(&bare, "tbl_people", "notes").label.nb.as_str(), field(&bare, "tbl_people", "pk").technical),
        ("Andre opplysninger", true)
    );
    let (all, _) = sample("everything.yaml");
    assert_eq!(field(&all, "parties", "consents.what").label.en, "Choices", "what it lies in");
    assert_eq!(field(&all, "parties", "profile.tags").label.en, "Profile and interests");
}

#[test]
fn what_holds_for_the_file_holds_for_every_collection_that_says_nothing_else() {
    let (shop, _) = sample("postgres_shop.yaml");
    let orders = shop.collection("orders").unwrap();
    assert_eq!((orders.legal_basis.as_str(), orders.purpose.en.as_str()), ("Art. 6(1)(b)", "To deliver what you ordered."));
    assert!(field(&shop, "orders", "total").provided && !field(&shop, "orders", "id").provided, "a key was not provided by anybody");
    let (all, _) = sample("everything.yaml");
    assert!(!field(&all, "parties", "phone").provided && field(&all, "parties", "consents.given").provided);
    let (bare, _) = sample("bare.yaml");
    let people = bare.collection("tbl_people").unwrap();
    assert_eq!((people.legal_basis.as_str(), people.source.nb.as_str()), ("", "Ikke oppgitt ennå. Spør oss."));
    assert!(people.is_objectionable() && !people.is_portable(), "whoever states no ground cannot refuse an objection");
    assert_eq!(sample("warehouse.yaml").0.collections[0].recipients, ["hosting"]);
}

#[test]
fn what_lies_in_a_document_is_a_field_by_the_way_to_it() {
    let (profiles, _) = sample("mongo_profiles.yaml");
    let names: Vec<_> = profiles.collections[0].fields.iter().map(|field| field.name.as_str()).collect();
    let expected = [
        "_id",
        "customer_id",
        "birthday",
        "workplace_info.employer",
        "workplace_info.position",
        "workplace_info.direct_reports",
        "emergency_contacts.name",
        "emergency_contacts.phone",
        "emails",
        "children",
    ];
    assert_eq!(names, expected);
    let leaf = |name| field(&profiles, "customer_details", name);
    assert_eq!(
        (leaf("workplace_info.employer").column(), leaf("workplace_info.employer").path().next()),
        ("workplace_info", Some("employer"))
    );
    assert!(leaf("emergency_contacts.phone").third_person && leaf("emergency_contacts.phone").whole_lists, "said of the list around it");
    assert!(leaf("emails").list && leaf("children").list && !leaf("birthday").list && leaf("children").read_only);
    let reference = &leaf("customer_id").references[0];
    assert_eq!((reference.collection.as_str(), reference.field.as_str()), ("accounts", "customer_information.id"));
    assert_eq!(field(&profiles, "accounts", "customer_information.email").identity.as_deref(), Some("email"));
}

#[test]
fn what_fides_says_about_values_and_order_is_kept() {
    let (shop, _) = sample("postgres_shop.yaml");
    assert_eq!((field(&shop, "customer", "email").length, field(&shop, "customer", "id").length), (Some(120), None));
    assert_eq!(shop.collection("payment_card").unwrap().erase_after, ["postgres_shop.orders"]);
    let way = |collection, name| field(&shop, collection, name).references[0].direction;
    assert_eq!(
        [way("customer", "address_id"), way("payment_card", "customer_id"), way("orders", "customer_id")],
        [Direction::To, Direction::From, Direction::Both]
    );
}

#[test]
fn a_slip_of_the_pen_is_a_problem_and_a_key_of_somebody_else_is_not() {
    let shop = SAMPLES[0].1;
    let code = |from: &str, to: &str| {
        let problems = parse("shop.yaml", &shop.replacen(from, to, 1)).unwrap_err();
        (problems[0].code, problems[0].message.clone(), problems[0].help.clone().unwrap_or_default())
    };
    let unknown = |key: &str, help: &str| ("unknown-key", format!("unknown key `{key}`"), format!("did you mean `{help}`?"));
    assert_eq!(code("data_categories: [user.name]", "data_catgories: [user.name]"), unknown("data_catgories", "data_categories"));
    assert_eq!(code("identity: email", "identiy: email"), unknown("identiy", "identity"));
    assert_eq!(code("    collections:", "    colections: []\n    collections:"), unknown("colections", "collections"));
    assert_eq!(
        code("    provided: true", "    retention: 1"),
        (
            "unknown-key",
            "unknown key `retention`".to_owned(),
            "known here: `purpose`, `source`, `legal-basis`, `recipients`, `provided`".to_owned()
        )
    );
    assert_eq!(code("length: 120", "length: many").0, "not-a-count");
    let two = format!("{shop}  - fides_key: second\n    collections: []\n");
    let problem = &parse("shop.yaml", &two).unwrap_err()[0];
    assert_eq!((problem.code, problem.line, problem.message.as_str()), ("one-dataset", 76, "one file holds one dataset, and here are 2"));
    let headless = shop.split_once("dataset:").map(|(_, rest)| format!("dataset:{rest}")).unwrap();
    assert_eq!(parse("shop.yaml", &headless).unwrap_err()[0].message, "`habeas` is missing");
}

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
        .replace("primary_key: true, data_type: integer}", "primary_key: true, length: 40, masking_strategy_override: {strategy: hash}}")
        .replace("{name: log, ", "{name: log, fides_meta: {read_only: true}, fields: [], ");
    let parsed = parse("shop.yaml", &dataset).unwrap();
    let told: Vec<_> = parsed.warnings.iter().map(|warning| (warning.line, warning.message.as_str())).collect();
    assert_eq!(
        told,
        [
            (6, "`organization_fides_key` is not used by habeas"),
            (7, "`namespace` is not used by habeas"),
            (19, "a primary key or read-only field is never written, so it is not masked"),
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
            (13, "bad-legal-basis"),
            (17, "unknown-key"),
            (25, "bad-legal-basis"),
            (28, "unknown-key"),
            (30, "bad-address"),
            (33, "twice"),
        ]
    );
}
