//! What the person finds in the ZIP.

use std::{collections::HashMap, fs, process::Command};

use habeas_core::law::{lang::Lang, portable::CardPart, record::Value};
use serde_json::json;

use super::{Limits, write};
use crate::bundle::{
    BundleError,
    samples::{Given, PNG, key, package, rendering, rows, subject_zip, unpacked, written},
};

mod many;

const ROOT: &str = "visumexpress-VX-7F3K-2Q-2026-11-20";

fn files() -> HashMap<String, Vec<u8>> {
    unpacked(&subject_zip())
}

fn text(name: &str) -> String {
    String::from_utf8(files().remove(&format!("{ROOT}/{name}")).unwrap()).unwrap()
}

#[test]
fn one_folder_named_without_personal_data_holds_everything() {
    let mut names: Vec<_> = files().into_keys().map(|name| name.strip_prefix(&format!("{ROOT}/")).unwrap().to_owned()).collect();
    names.sort();
    assert_eq!(
        names,
        [
            "README.txt",
            "SHA256SUMS",
            "data/dictionary.json",
            "data/passports.csv",
            "data/passports.json",
            "data/schema.json",
            "data/shop-orders.csv",
            "data/shop-orders.json",
            "files/passports-001-photo.png",
            "files/passports-001-scan.pdf",
            "index.html",
            "keys/bundle.pem",
            "manifest.json",
            "manifest.json.sig",
            "pages/pictures.html",
        ]
    );
    assert_eq!(files()[&format!("{ROOT}/files/passports-001-photo.png")], PNG);
}

#[test]
fn ab35_the_page_is_offline_inert_and_says_what_is_held_and_what_is_not() {
    let page = text("index.html");
    assert!(page.contains("default-src 'none'") && page.contains("<html lang=\"en\">"));
    assert!(!page.contains("<script") && !page.contains("=\"http") && !page.contains("url("), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains('\u{202e}'));
    assert!(page.contains("<img src=\"files/passports-001-photo.png\" alt=\"Photo in record 1\""));
    for said in [
        "We hold 3 records about you.",
        "2 records.",
        "1 record.",
        "We hold nothing here",
        "Calls",
        "2026-11-20 00:30",
        "2026-11-19 23:30 UTC",
        "Embassy of Cambodia",
        "31 December 2031",
        "Art. 15(4)",
        "did not answer",
        "Could not be read in the system",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn every_file_of_rows_fits_the_schema_and_a_wrong_one_does_not() {
    let schema: serde_json::Value = serde_json::from_str(&text("data/schema.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for name in ["shop-orders", "passports"] {
        let mut table: serde_json::Value = serde_json::from_str(&text(&format!("data/{name}.json"))).unwrap();
        assert!(validator.is_valid(&table), "{name}");
        table["rows"][0].as_object_mut().unwrap().insert("stranger".into(), json!(1));
        assert!(!validator.is_valid(&table), "{name}");
    }
}

#[test]
fn the_same_contact_data_is_one_card() {
    let mut package = package();
    for (field, part) in package.kinds[0].fields.iter_mut().zip([CardPart::Phone, CardPart::Email, CardPart::Name]) {
        field.card = Some(part);
    }
    let row = |phone: i64| vec![Value::Integer(phone), Value::Null, Value::Text("Kari".into()), Value::Null];
    package.kinds[0].count = 3;
    let mut rows = rows();
    rows.0.insert("Orders", vec![row(1), row(2), row(1)]);
    let zip = written(&package, &rows, &Limits::default()).remove(0);
    let cards = String::from_utf8(unpacked(&zip).remove(&format!("{ROOT}/data/contact.vcf")).unwrap()).unwrap();
    let card = |phone: u8| format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Kari\r\nTEL:{phone}\r\nEND:VCARD\r\n");
    assert_eq!(cards, card(1) + &card(2));
}

#[test]
fn every_language_has_every_text_of_every_page() {
    for lang in Lang::ALL {
        let mut package = package();
        package.language = lang;
        let readme = |package: &super::Package| {
            let zip = written(package, &rows(), &Limits::default()).remove(0);
            String::from_utf8(unpacked(&zip).remove(&format!("{ROOT}/README.txt")).unwrap()).unwrap()
        };
        assert!(readme(&package).contains("sha256sum -c SHA256SUMS") && readme(&package).contains("Art. 15(4)"));
        package.systems.failed.clear();
        package.withheld.clear();
        let complete = readme(&package);
        assert!(!complete.contains("Art. 15(4)"), "{complete}");
    }
}

#[test]
fn tables_are_labelled_and_defused_and_json_is_exact() {
    assert_eq!(
        text("data/shop-orders.csv"),
        "Order number,Sum,Note,Paid\r\n\
         1001,-12.5,\"'=HYPERLINK(\"\"https://evil.example\"\")\",\r\n\
         1002,NaN,<script>alert(1)</script>\u{fffd}gpj,Could not be read\r\n"
    );
    let orders: serde_json::Value = serde_json::from_str(&text("data/shop-orders.json")).unwrap();
    assert_eq!(orders["rows"][0], json!({"number": 1001, "sum": -12.5, "note": "=HYPERLINK(\"https://evil.example\")", "paid": null}));
    assert_eq!(orders["rows"][1]["note"], "<script>alert(1)</script>\u{202e}gpj");
    assert_eq!(orders["rows"][1]["paid"], json!({"unreadable": "bad date"}));
    assert_eq!((&orders["label"], &orders["keep_until"]), (&json!("Orders"), &json!("31 December 2031")));
    let passports: serde_json::Value = serde_json::from_str(&text("data/passports.json")).unwrap();
    assert_eq!(passports["rows"][0]["photo"]["file"], "files/passports-001-photo.png");
    let dictionary: serde_json::Value = serde_json::from_str(&text("data/dictionary.json")).unwrap();
    assert_eq!(dictionary["kinds"][2]["count"], 0);
}

#[test]
fn the_tools_of_any_linux_machine_verify_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("package.zip"), subject_zip()).unwrap();
    let run = |program: &str, args: &[&str], within: &str| {
        let output = Command::new(program).args(args).current_dir(folder.path().join(within)).output().unwrap();
        assert!(
            output.status.success(),
            "{program}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    };
    run("unzip", &["-q", "package.zip"], "");
    run("sha256sum", &["--strict", "-c", "SHA256SUMS"], ROOT);
    run(
        "openssl",
        &["pkeyutl", "-verify", "-pubin", "-inkey", "keys/bundle.pem", "-rawin", "-in", "manifest.json", "-sigfile", "manifest.json.sig"],
        ROOT,
    );
}

#[test]
fn the_same_package_gives_the_same_bytes() {
    assert!(subject_zip() == subject_zip());
}

#[test]
fn a_row_that_does_not_fit_and_a_kind_that_stands_twice_are_refused() {
    let refused = |edit: &dyn Fn(&mut super::Package, &mut Given)| {
        let (mut package, mut rows) = (package(), rows());
        edit(&mut package, &mut rows);
        write(|| Ok(Vec::new()), &package, &rows, &rendering(package.language), (&key(), &Limits::default())).unwrap_err()
    };
    let short = refused(&|_, rows| rows.0.get_mut("Orders").unwrap()[1].truncate(2));
    assert_eq!(short.to_string(), "row 2 of `shop-orders` has 2 values for 4 fields");
    let lost = refused(&|_, rows| drop(rows.0.get_mut("Orders").unwrap().pop()));
    assert_eq!(lost.to_string(), "`shop-orders` has 1 rows where 2 were counted; write the package again");
    let twice = refused(&|package, _| package.kinds[1].slug = "shop-orders".into());
    assert!(matches!(twice, BundleError::Twice(name) if name == "data/shop-orders.csv"));
    let elsewhere = refused(&|package, _| package.kinds[0].slug = "../../etc".into());
    assert!(matches!(elsewhere, BundleError::UnsafeName(_)));
    let bytes = refused(&|package, rows| {
        package.kinds[0].slug = "a/b".into();
        rows.0.get_mut("Orders").unwrap()[0][3] = Value::Bytes(vec![]);
        package.reference = "../x".into();
    });
    assert!(matches!(bytes, BundleError::UnsafeName(_)));
}
