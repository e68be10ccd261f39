//! People about whom more is held than one row, or memory, should take: nothing is lost, and memory stays what it was.

use std::{collections::BTreeMap, fs, path::Path};

use habeas::{
    bundle::verify::{Verdict, verify_file},
    chance::Chance,
    keys::CaseSeal,
    store::{
        Store, StoreError,
        case::Case,
        finding::{self, Finding},
        part::{Depth, Desk, Reading, Writer},
        sealed,
    },
    view::portal::kind::Kind,
};
use habeas_core::law::{
    lang::Lang,
    record::{Key, Record, Value},
    right::Right,
};
use jiff::SignedDuration;
use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};

use super::{database::on_every_store, package::Package, readme::shell, store::now, test_house::TestHouse};

on_every_store! {
    what_a_search_finds_comes_back_whole_and_in_its_order,
    a_search_that_came_to_nothing_leaves_nothing,
    more_than_one_row_takes_is_handed_out_whole_and_forgotten,
}

/// Bytes that no compression makes smaller, always the same for a seed.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..length).map(|_| byte()).collect()
}

fn record(collection: &str, number: u64, content: Value) -> Record {
    let key: Key = [("id".to_owned(), Value::Integer(number.cast_signed()))].into();
    let values = [key.clone(), [("content".to_owned(), content), ("note".to_owned(), Value::Null)].into()].into_iter().flatten().collect();
    Record { system: "shop".to_owned(), collection: collection.to_owned(), key, values }
}

/// Short and long, texts whose letters are of several bytes each, one without a key.
fn many() -> Vec<Record> {
    let mut records: Vec<Record> = (0..60)
        .map(|number| match number % 3 {
            0 => record("orders", number, Value::Text(format!("short {number}"))),
            1 => record("scans", number, Value::Bytes(noise(number, 60_000))),
            _ => record("letters", number, Value::Text("blåbærsyltetøy ".repeat(4_000))),
        })
        .collect();
    records.push(record("scans", 60, Value::Bytes(noise(60, 1_600_000))));
    let mut keyless = record("letters", 61, Value::Text("øåæ".repeat(400_000)));
    keyless.key = keyless.values.clone();
    records.push(keyless);
    records
}

const COLLECTIONS: [&str; 3] = ["letters", "orders", "scans"];

fn desk<'a>(store: &'a Store, seal: &'a CaseSeal, case: &'a Case) -> Desk<'a> {
    Desk { store, seal, chance: Chance, case: &case.id, system: "shop" }
}

/// Writes records as a search does that finds them, and the finding about them.
async fn written(house: &TestHouse, case: &Case, records: Vec<Record>) -> Finding {
    let seal = sealed::key_of(&house.keys, case).unwrap();
    let mut writer = Writer::new(desk(&house.store, &seal, case)).unwrap();
    for record in records {
        writer.add(record).await.unwrap();
    }
    let written = writer.finish(COLLECTIONS.into_iter()).await.unwrap();
    let finding = Finding {
        case: case.id.clone(),
        system: "shop".to_owned(),
        outcome: "found".to_owned(),
        records: written.records,
        found_at: now(),
        problem: None,
        sealed: Some(written.sealed),
        parts: written.parts,
    };
    let tx = house.store.begin().await.unwrap();
    finding::put(&tx, &finding).await.unwrap();
    tx.commit().await.unwrap();
    finding
}

async fn an_open_case(house: &TestHouse) -> Case {
    let case = house.kari().giving(None).asks(Right::Access).await;
    case.row().await
}

async fn read(house: &TestHouse, case: &Case, depth: Depth) -> Vec<Record> {
    sealed::found(&house.store, &house.keys, case, depth).await.unwrap()
}

fn by_collection(records: &[Record]) -> BTreeMap<&str, Vec<&Record>> {
    let mut sorted = BTreeMap::<_, Vec<_>>::new();
    for record in records {
        sorted.entry(record.collection.as_str()).or_default().push(record);
    }
    sorted
}

async fn what_a_search_finds_comes_back_whole_and_in_its_order(house: TestHouse) {
    let case = an_open_case(&house).await;
    let few: Vec<Record> = many().into_iter().take(6).collect();
    let finding = written(&house, &case, few.clone()).await;
    assert_eq!((finding.parts, finding.records), (None, 6), "what fits stands in one row");
    assert_eq!(by_collection(&read(&house, &case, Depth::Brief).await), by_collection(&few), "and nothing of it is cut");

    let finding = written(&house, &case, many()).await;
    assert!(finding.parts.is_some() && finding.sealed.as_ref().is_some_and(|sealed| sealed.len() < 1_000));
    assert_eq!(finding.records, 62);
    let whole = read(&house, &case, Depth::Whole).await;
    assert_eq!(by_collection(&whole), by_collection(&many()));
    let brief = read(&house, &case, Depth::Brief).await;
    assert_eq!(
        brief.iter().map(|record| record.value("id")).collect::<Vec<_>>(),
        whole.iter().map(|it| it.value("id")).collect::<Vec<_>>()
    );
    assert!(brief.iter().all(|record| record.size() < 1_200 && !record.value("content").is_null()));

    let mut scans = Reading::of_kind(&house.store, &house.keys, &case, "shop", "scans").await.unwrap();
    let mut seen = Vec::new();
    while let Some(record) = scans.next(Depth::Whole).await.unwrap() {
        seen.push(record);
    }
    assert_eq!(seen.iter().collect::<Vec<_>>(), by_collection(&many())["scans"]);
}

async fn a_search_that_came_to_nothing_leaves_nothing(house: TestHouse) {
    let case = an_open_case(&house).await;
    let seal = sealed::key_of(&house.keys, &case).unwrap();
    for discards in [true, false] {
        let mut writer = Writer::new(desk(&house.store, &seal, &case)).unwrap();
        for record in many() {
            writer.add(record).await.unwrap();
        }
        assert!(house.count("finding_part").await > 0);
        assert_eq!(read(&house, &case, Depth::Whole).await, [], "nothing counts before a finding names it");
        if discards {
            writer.discard().await.unwrap();
            assert_eq!(house.count("finding_part").await, 0);
        }
    }
    // The second one died; the next search finds less.
    written(&house, &case, many().into_iter().take(2).collect()).await;
    assert_eq!(house.count("finding_part").await, 0);

    // What is lost is told and never left out.
    written(&house, &case, many()).await;
    house.sql("DELETE FROM finding_part WHERE collection IS NULL AND seq = 0").await;
    let lost = sealed::found(&house.store, &house.keys, &case, Depth::Whole).await;
    assert!(matches!(lost, Err(StoreError::Unreadable { .. })), "{lost:?}");
}

async fn more_than_one_row_takes_is_handed_out_whole_and_forgotten(house: TestHouse) {
    let kari = house.kari();
    let long = "En lang historie, æøå. ".repeat(60_000);
    let texts: Vec<String> = (0..20).map(|number| format!("{number} {}", &long[..60_000])).chain([long.clone()]).collect();
    let mut helpdesk = house.systems.connect("helpdesk").await;
    for (number, text) in (900_000..).zip(&texts) {
        let chat = "INSERT INTO chats (id, email, name, started_at, transcript) VALUES (?, ?, '', '2026-01-01 10:00:00', ?)";
        sqlx::query(chat).bind(number).bind(&kari.email).bind(text).execute(&mut helpdesk).await.unwrap();
    }
    drop(helpdesk);

    let case = house.kari().speaking(Lang::En).asks(Right::Access).await;
    assert_eq!(case.phase().await, "answered");
    let found = case.findings().await.into_iter().find(|finding| finding.system == "helpdesk").unwrap();
    assert!(found.parts.is_some() && found.records >= 21, "{found:?}");
    let report = verify_file(&Package::path(&case).await, &[house.keys.log().public()]).unwrap();
    assert_eq!(report.verdict(), Verdict::Intact, "{report}");

    let package = Package::open(&case).await;
    let json: serde_json::Value = serde_json::from_str(&package.text("data/helpdesk-chats.json")).unwrap();
    let csv = package.text("data/helpdesk-chats.csv");
    let pages = package.names().into_iter().filter(|name| Path::new(name).extension() == Some("html".as_ref()));
    let pages: Vec<String> = pages.map(|name| package.text(name)).collect();
    let told: Vec<&str> = json["rows"].as_array().unwrap().iter().filter_map(|row| row["transcript"].as_str()).collect();
    for text in &texts {
        assert!(told.contains(&text.as_str()) && csv.contains(text.as_str()), "{}", &text[..40]);
        assert!(pages.iter().any(|page| page.contains(text.as_str())), "{}", &text[..40]);
    }
    assert_eq!(json["count"], told.len());
    assert!(pages.iter().any(|page| page.contains(&format!("1 of {}<", told.len()))) && pages.len() > 6, "and no page holds them all");
    assert!(package.text("index.html").len() < 40_000, "least of all the first");
    assert!(package.text("data/shop-orders.csv").contains(&kari.order_number), "and what fits is there, too");

    // Her own pages read the same parts, and show the longest of it whole.
    let shown =
        Kind::load(&house.house.look, &case.row().await.subject, &case.reference, ("helpdesk.chats", 1), &[]).await.unwrap().unwrap();
    assert_eq!(shown.total, told.len() as u64);
    assert!(serde_json::to_string(&shown).unwrap().contains(&long));

    assert!(house.count("finding_part").await > 0);
    house.advance(SignedDuration::from_hours(31 * 24)).await;
    assert_eq!(house.count("finding_part").await, 0, "gone with the package that was made from it");
}

/// Documents, and bytes of each; one more is as long as sixty of them.
const DOCUMENTS: (usize, usize) = (100, 50_000);
/// MiB that answering about these 8 MiB may take: with everything in memory at once it was more than a hundred. It is some forty, of which
/// twenty go for a request about nothing, and what the allocator keeps for itself differs from run to run by ten; the bound lies between.
const BOUND: u64 = 70;

#[tokio::test]
async fn memory_does_not_grow_with_what_is_held() {
    let folder = tempfile::tempdir().unwrap();
    organisation_with(folder.path()).await;
    let told = shell("habeas bench rights access --organisation organisation --alone 1 --together 0", folder.path());
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let figures: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert!(figures["packages_mib"].as_u64().unwrap() >= 7, "{figures}");
    assert!(figures["extra_memory_mib"].as_u64().unwrap() < BOUND, "{figures}");
}

/// The benchmark's organisation with one system, in which one person has documents.
async fn organisation_with(folder: &Path) {
    let organisation = folder.join("organisation");
    fs::create_dir_all(organisation.join("systems")).unwrap();
    for file in ["organisation.yaml", "recipients.yaml", "retention.yaml"] {
        fs::copy(Path::new("benches/rights/organisation").join(file), organisation.join(file)).unwrap();
    }
    let file = folder.join("shop.db");
    fs::write(organisation.join("systems/shop.yaml"), MAP.replace("FILE", &file.display().to_string())).unwrap();
    let mut shop = SqliteConnectOptions::new().filename(file).create_if_missing(true).connect().await.unwrap();
    let tables = "PRAGMA synchronous = OFF; BEGIN;
        CREATE TABLE customers (id INTEGER PRIMARY KEY, number TEXT NOT NULL, email TEXT NOT NULL);
        CREATE TABLE documents (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers, content BLOB);
        CREATE INDEX documents_by_customer ON documents (customer_id);
        INSERT INTO customers VALUES (1, '1', 'c1@customers.example')";
    sqlx::raw_sql(tables).execute(&mut shop).await.unwrap();
    let lengths = std::iter::repeat_n(DOCUMENTS.1, DOCUMENTS.0).chain([60 * DOCUMENTS.1]);
    for (number, length) in (0..).zip(lengths) {
        let document = sqlx::query("INSERT INTO documents (customer_id, content) VALUES (1, ?)").bind(noise(number, length));
        document.execute(&mut shop).await.unwrap();
    }
    sqlx::raw_sql("COMMIT").execute(&mut shop).await.unwrap();
}

const MAP: &str = r#"
habeas:
  label: {nb: Butikk, nl: Winkel, en: Shop}
  connection: {type: sqlite, path: "FILE"}
dataset:
  - fides_key: shop
    collections:
      - name: customers
        habeas:
          label: {nb: Kunde, nl: Klant, en: Customer}
          purpose: {nb: For å levere., nl: Om te leveren., en: To deliver.}
          legal-basis: Art. 6(1)(b)
          source: {nb: Deg selv, nl: Uzelf, en: You}
        fields:
          - {name: id, data_categories: [system.operations], fides_meta: {primary_key: true, data_type: integer}, habeas: {technical: true}}
          - name: number
            data_categories: [user.unique_id]
            fides_meta: {identity: customer_number}
            habeas: {label: {nb: Kundenummer, nl: Klantnummer, en: Customer number}}
          - name: email
            data_categories: [user.contact.email]
            fides_meta: {identity: email}
            habeas: {label: {nb: E-post, nl: E-mail, en: Email}, normalised: true}
      - name: documents
        habeas:
          label: {nb: Dokument, nl: Document, en: Document}
          purpose: {nb: For å levere., nl: Om te leveren., en: To deliver.}
          legal-basis: Art. 6(1)(b)
          source: {nb: Deg selv, nl: Uzelf, en: You}
        fields:
          - {name: id, data_categories: [system.operations], fides_meta: {primary_key: true, data_type: integer}, habeas: {technical: true}}
          - name: customer_id
            fides_meta: {references: [{dataset: shop, field: customers.id, direction: from}]}
            habeas: {technical: true}
          - {name: content, data_categories: [user.content], habeas: {label: {nb: Innhold, nl: Inhoud, en: Content}}}
"#;
