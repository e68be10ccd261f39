//! The sample as its readers see it: files, schemas, and the data maps and rules that describe them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use jiff::civil::{Date, date};
use serde_json::Value;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Row as _, SqliteConnection, sqlite::SqliteConnectOptions};
use tempfile::TempDir;

use super::{SampleError, create, database::SYSTEMS};

/// Twenty days after the flagship's cancellation on 14 March 2026.
const TODAY: Date = date(2026, 4, 3);

async fn made(customers: u32) -> (TempDir, super::Sample) {
    let folder = tempfile::tempdir().unwrap();
    let sample = create(folder.path(), customers, TODAY).await.unwrap();
    (folder, sample)
}

fn file(folder: &Path, system: &str) -> PathBuf {
    folder.join("systems").join(system).with_extension("db")
}

async fn open(folder: &Path, system: &str) -> SqliteConnection {
    SqliteConnectOptions::new().filename(file(folder, system)).read_only(true).connect().await.unwrap()
}

/// The first column of every row, as text.
async fn texts(db: &mut SqliteConnection, query: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(query.to_owned())).fetch_all(db).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(0)).collect()
}

async fn text(folder: &Path, system: &str, query: &str) -> String {
    texts(&mut open(folder, system).await, query).await.join(" ")
}

fn organisation() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("organisations/visumexpress")
}

fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(&fs::read_to_string(organisation().join(path)).unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn collections(system: &Value) -> &Vec<Value> {
    system["dataset"][0]["collections"].as_array().unwrap()
}

/// Every `system.collection.field` that the data maps describe, with what they say about it.
fn mapped() -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    for system in &SYSTEMS {
        let map = yaml(&format!("systems/{}.yaml", system.name));
        assert_eq!(map["dataset"][0]["fides_key"], system.name);
        assert_eq!(map["habeas"]["connection"]["path"], format!("systems/{}.db", system.name));
        for collection in collections(&map) {
            for field in collection["fields"].as_array().unwrap() {
                let address = format!("{}.{}.{}", system.name, collection["name"].as_str().unwrap(), field["name"].as_str().unwrap());
                assert!(fields.insert(address.clone(), field.clone()).is_none(), "{address} twice");
            }
        }
    }
    fields
}

fn is_text(value: &Value) -> bool {
    ["nb", "nl", "en"].iter().all(|lang| value[lang].as_str().is_some_and(|text| !text.is_empty()))
}

#[tokio::test]
async fn the_same_call_makes_the_same_bytes_and_another_day_does_not() {
    let (one, _) = made(60).await;
    let (same, _) = made(60).await;
    let later = tempfile::tempdir().unwrap();
    create(later.path(), 60, date(2026, 4, 4)).await.unwrap();
    for system in &SYSTEMS {
        let bytes = |folder: &TempDir| fs::read(file(folder.path(), system.name)).unwrap();
        assert!(bytes(&one) == bytes(&same), "{}", system.name);
        assert!(bytes(&one) != bytes(&later), "{}", system.name);
    }
}

#[tokio::test]
async fn a_longer_sample_begins_like_a_shorter_one() {
    let (short, _) = made(20).await;
    let (long, _) = made(300).await;
    let query = "SELECT quote(id) || quote(email) || quote(phone) FROM customers WHERE id <= 20 ORDER BY id";
    assert_eq!(text(short.path(), "shop", query).await, text(long.path(), "shop", query).await);
}

#[tokio::test]
async fn a_thousand_customers_fill_four_sound_databases() {
    let (folder, _) = made(1000).await;
    let mut counts = BTreeMap::new();
    for system in &SYSTEMS {
        let mut db = open(folder.path(), system.name).await;
        assert_eq!(texts(&mut db, "PRAGMA integrity_check").await, ["ok"]);
        assert!(texts(&mut db, "SELECT \"table\" FROM pragma_foreign_key_check").await.is_empty(), "{}", system.name);
        for table in texts(&mut db, "SELECT name FROM sqlite_schema WHERE type = 'table'").await {
            let count: i64 = texts(&mut db, &format!("SELECT CAST(count(*) AS TEXT) FROM {table}")).await[0].parse().unwrap();
            counts.insert(format!("{}.{table}", system.name), count);
        }
    }
    assert_eq!(counts["shop.customers"], 1000);
    assert_eq!(counts["dossiers.people"], 126);
    for (table, least) in [("shop.orders", 1900), ("accounting.invoices", 1700), ("accounting.payments", 1500), ("helpdesk.messages", 800)]
    {
        assert!(counts[table] >= least, "{table}: {}", counts[table]);
    }
    assert!(counts.values().all(|count| *count > 0), "{counts:?}");
}

#[tokio::test]
async fn the_flagship_has_three_dates_to_count_from() {
    let (folder, sample) = made(3).await;
    let solveig = &sample.suggested[1];
    assert_eq!(solveig.email, "solveig.brekkestol@post.example");
    let number = &solveig.order_number;
    let of = |what: &str, table: &str| format!("SELECT {what} FROM {table} WHERE order_number = '{number}'");
    assert_eq!(text(folder.path(), "shop", &of("status || ' ' || cancelled_on", "orders")).await, "cancelled 2026-03-14");
    assert_eq!(text(folder.path(), "dossiers", &of("cancelled_on", "cancelled_orders")).await, "2026-03-14");
    assert_eq!(text(folder.path(), "dossiers", &of("decision || ' ' || decided_on", "visa_applications")).await, "withdrawn 2026-03-14");
    assert_eq!(text(folder.path(), "accounting", &of("issued_on || ' ' || due_on", "invoices")).await, "2026-03-14 2026-03-14");
    let ended = format!("SELECT relationship_ended_on FROM customers WHERE customer_number = '{}'", solveig.customer_number);
    assert_eq!(text(folder.path(), "shop", &ended).await, "2026-03-14");
    let log = of("subject || ' ' || date(opened_at)", "enquiries");
    assert_eq!(text(folder.path(), "helpdesk", &log).await, "Avbestilling 2026-03-14");
    let dossier =
        "SELECT status || ' ' || count(*) || ' ' || (length(photo) > 4096) FROM people JOIN family_members ON person_id = people.id";
    assert_eq!(text(folder.path(), "dossiers", dossier).await, "cancelled 2 1");
}

/// Collections with a field that needs more than a second item to be shown.
fn high_risk() -> BTreeSet<String> {
    const HIGH: [&str; 4] = ["user.government_id", "user.financial.bank_account", "user.financial.credit", "user.content.self_image"];
    let risky = |field: &Value| strings(&field["data_categories"]).iter().any(|key| HIGH.iter().any(|high| key.starts_with(high)));
    mapped().into_iter().filter(|(_, field)| risky(field)).filter_map(|(address, _)| Some(address.rsplit_once('.')?.0.to_owned())).collect()
}

#[tokio::test]
async fn kari_has_ordinary_data_only_and_jonas_an_open_invoice() {
    let (folder, sample) = made(3).await;
    let [kari, solveig, jonas] = sample.suggested.as_slice() else { panic!("three customers") };
    let expected = ["accounting.bank_accounts", "accounting.credit_checks", "dossiers.cancelled_orders", "dossiers.certificates"];
    let expected = expected.into_iter().chain(["dossiers.family_members", "dossiers.people"]).map(str::to_owned);
    assert_eq!(high_risk(), expected.collect());
    for (system, table) in [("dossiers", "people"), ("accounting", "bank_accounts"), ("accounting", "credit_checks")] {
        let others = format!("SELECT customer_number FROM {table} WHERE customer_number <> '{}'", solveig.customer_number);
        assert_eq!(text(folder.path(), system, &others).await, "", "{table}");
    }
    assert_eq!(
        text(folder.path(), "accounting", "SELECT DISTINCT customer_number FROM invoices WHERE status <> 'paid'").await,
        jonas.customer_number
    );
    let open = "SELECT order_number FROM invoices WHERE status = 'open'";
    assert_eq!(text(folder.path(), "accounting", open).await, jonas.order_number);
    let orders = format!("SELECT status FROM orders WHERE customer_id = (SELECT id FROM customers WHERE email = '{}')", kari.email);
    assert_eq!(text(folder.path(), "shop", &orders).await, "delivered delivered delivered");
}

#[tokio::test]
async fn suggested_customers_can_be_searched_for_by_their_bytes() {
    let (folder, _) = made(500).await;
    for (system, marker) in
        [("shop", "Brekkestøl"), ("accounting", "Brekkestøl"), ("dossiers", "Passport XTB00002 of K-100002"), ("helpdesk", "Aasmundtveit")]
    {
        let bytes = fs::read(file(folder.path(), system)).unwrap();
        assert!(bytes.windows(marker.len()).any(|window| window == marker.as_bytes()), "{system}: {marker}");
    }
    let others = "SELECT CAST(count(*) AS TEXT) FROM customers WHERE last_name IN ('Nordmann', 'Brekkestøl', 'Aasmundtveit')";
    assert_eq!(text(folder.path(), "shop", others).await, "3");
}

#[tokio::test]
async fn odd_values_are_there_on_purpose() {
    let (folder, _) = made(100).await;
    let odd = "SELECT CAST(sum(note LIKE '=%') > 0 AND sum(note = '000123456') > 0 AND sum(length(note) > 20000) > 0 \
               AND sum(note = '') > 0 AND sum(client_ip IS NULL) > 0 AND sum(hex(note) LIKE '%F09FA692%') > 0 AS TEXT) FROM orders";
    assert_eq!(text(folder.path(), "shop", odd).await, "1");
    let mut db = open(folder.path(), "shop").await;
    let note = sqlx::query("SELECT typeof(note), note FROM orders WHERE customer_id = 16").fetch_one(&mut db).await.unwrap();
    assert_eq!(note.get::<String, _>(0), "text");
    assert!(note.try_get::<String, _>(1).is_err(), "text that is not UTF-8 must not read as text");
}

#[tokio::test]
async fn nothing_is_ever_overwritten() {
    let (folder, _) = made(1).await;
    let again = create(folder.path(), 1, TODAY).await;
    assert!(matches!(again, Err(SampleError::Exists(path)) if path.ends_with("systems/shop.db")));
}

#[test]
fn making_the_sample_can_move_between_threads() {
    fn is_send(_: impl Send) {}
    is_send(create(Path::new("."), 0, TODAY));
}

#[tokio::test]
async fn the_data_maps_describe_every_column_and_no_other() {
    let (folder, _) = made(1).await;
    let described = mapped();
    let mut columns = BTreeSet::new();
    for system in &SYSTEMS {
        let mut db = open(folder.path(), system.name).await;
        let query = "SELECT t.name || '.' || c.name || ' ' || (c.pk > 0) FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'";
        for column in texts(&mut db, query).await {
            let (name, key) = column.split_once(' ').unwrap();
            let address = format!("{}.{name}", system.name);
            let field = described.get(&address).unwrap_or_else(|| panic!("{address} is not described"));
            assert_eq!(field["fides_meta"]["primary_key"] == true, key == "1", "{address}");
            columns.insert(address);
        }
    }
    assert_eq!(described.keys().cloned().collect::<BTreeSet<_>>(), columns);
}

#[test]
fn every_field_has_a_label_or_is_technical_and_every_reference_leads_somewhere() {
    let described = mapped();
    for (address, field) in &described {
        assert!(field["habeas"]["technical"] == true || is_text(&field["habeas"]["label"]), "{address}");
        assert!(!strings(&field["data_categories"]).is_empty(), "{address}");
        for reference in field["fides_meta"]["references"].as_array().into_iter().flatten() {
            let target = format!("{}.{}", reference["dataset"].as_str().unwrap(), reference["field"].as_str().unwrap());
            assert!(described.contains_key(&target), "{address} refers to {target}");
            assert_ne!(&target, address);
        }
    }
}

#[test]
fn every_collection_says_why_whence_and_who_receives_it() {
    let recipients = yaml("recipients.yaml");
    let known: BTreeSet<_> = recipients["recipients"].as_array().unwrap().iter().filter_map(|recipient| recipient["id"].as_str()).collect();
    let mut named = BTreeSet::new();
    let maps: Vec<_> = SYSTEMS.iter().map(|system| yaml(&format!("systems/{}.yaml", system.name))).collect();
    for collection in maps.iter().flat_map(collections) {
        let habeas = &collection["habeas"];
        assert!(["label", "purpose", "source"].iter().all(|key| is_text(&habeas[key])), "{}", collection["name"]);
        assert!(habeas["legal-basis"].as_str().unwrap().starts_with("Art. 6(1)("));
        named.extend(strings(&habeas["recipients"]));
    }
    assert_eq!(named, known, "every recipient receives something, and each is known");
}

#[test]
fn every_rule_covers_collections_and_fields_that_exist() {
    let described = mapped();
    let exists = |address: &str| described.contains_key(address) || described.keys().any(|field| field.starts_with(&format!("{address}.")));
    let rules = yaml("retention.yaml");
    let ids: Vec<_> = rules["except"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len());
    for rule in rules["except"].as_array().unwrap() {
        let id = &rule["id"];
        let covers = strings(&rule["covers"]);
        assert!(covers.iter().all(|address| exists(address)), "{id}");
        assert!(exists(rule["from"]["field"].as_str().unwrap()), "{id}");
        assert!(is_text(&rule["because"]), "{id}");
        assert_eq!(rule["kind"] == "maximum", rule["ground"].is_null(), "{id}");
        for field in strings(&rule["kernel"]) {
            assert!(covers.iter().any(|address| exists(&format!("{address}.{field}"))), "{id} keeps `{field}`");
        }
        for condition in rule["when"].as_array().into_iter().flatten() {
            let field = condition["field"].as_str().unwrap();
            assert!(covers.iter().all(|address| exists(&format!("{address}.{field}"))), "{id} asks for `{field}`");
        }
        habeas_core::law::retention::term(rule["keep"].as_str().unwrap()).unwrap();
    }
}

#[tokio::test]
async fn what_the_law_lets_go_can_be_emptied() {
    let (folder, _) = made(1).await;
    let rules = yaml("retention.yaml");
    for rule in rules["except"].as_array().unwrap().iter().filter(|rule| !strings(&rule["kernel"]).is_empty()) {
        let kernel = strings(&rule["kernel"]);
        for (system, table) in strings(&rule["covers"]).into_iter().filter_map(|address| address.split_once('.')) {
            let query = format!("SELECT name FROM pragma_table_info('{table}') WHERE \"notnull\" AND dflt_value IS NULL AND NOT pk");
            for column in texts(&mut open(folder.path(), system).await, &query).await {
                assert!(kernel.contains(&column.as_str()), "{system}.{table}.{column} may go but cannot be emptied");
            }
        }
    }
}
