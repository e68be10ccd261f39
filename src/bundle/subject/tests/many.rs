//! Somebody about whom much is held: bounded pages that lead to one another, words instead of machine names, files in parts.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
    process::Command,
};

use habeas_core::law::{lang::Lang, map::DataType, record::Value};

use super::ROOT;
use crate::bundle::{
    samples::{Given, PNG, key, package, written},
    subject::{Code, Field, Kind, Limits, Names, Package},
    verify::{Problem, Verdict, verify, verify_file},
};

/// So small that everything is split.
const LIMITS: Limits = Limits {
    part: 60_000,
    records_on_page: 10,
    bytes_on_page: 2_000,
    records_together: 5,
    bytes_together: 2_000,
    days_on_page: 8,
    pictures_on_page: 3,
};

fn field(name: &str, label: &str, data: DataType) -> Field {
    Field { name: name.into(), label: label.into(), card: None, data, dated: true, codes: Vec::new() }
}

/// Orders over eight years, names in the order of the alphabet, pictures that no compression makes smaller.
fn much() -> (Package, Given) {
    let mut package = package();
    let mut names = Names::default();
    let mut kind = |slug: &str, label: &str, fields: Vec<Field>, count: usize| {
        let mut kind = Kind { slug: slug.into(), name: names.of(label), label: label.into(), fields, count, ..one() };
        kind.purpose = format!("To know your {}", label.to_lowercase());
        kind
    };
    let mut status = field("st_cd", "Status", DataType::Text);
    status.codes = vec![Code { code: "DLV".into(), label: "delivered".into() }, Code { code: "7".into(), label: "lost".into() }];
    let born = Field { dated: false, ..field("brn_dt", "Born", DataType::Date) };
    package.kinds = vec![
        kind(
            "ord_hdr-cust_order",
            "Orders",
            vec![
                field("ord_no", "Order number", DataType::Text),
                field("plc_ts", "Ordered", DataType::Timestamp),
                field("pd_on", "Paid", DataType::Date),
                status,
                field("amt", "Sum", DataType::Number),
            ],
            95,
        ),
        kind("crm_x-adr_bk", "Address book", vec![field("full_nm", "Name", DataType::Text), born], 40),
        kind("dms_b-pic_st", "Pictures", vec![field("pic_a", "Picture", DataType::Text), field("pic_b", "Picture", DataType::Text)], 6),
        kind("erp_q-nil_tb", "Letters", vec![field("a_b", "Letter", DataType::Text)], 0),
    ];
    let text = |text: String| Value::Text(text);
    let order = |row: usize| {
        let placed = match row % 3 {
            0 => format!("20{}-03-05T23:30:00Z", 15 + row / 12),
            1 => format!("20{}-03-06 00:00:00", 15 + row / 12),
            _ => format!("20{}-07-01 09:05:00", 15 + row / 12),
        };
        let status = [text("DLV".into()), Value::Integer(7), text("NEW".into())][row % 3].clone();
        vec![text(format!("VX-{row:04}")), text(placed), text(format!("01.08.20{}", 15 + row / 12)), status, text("190.50".into())]
    };
    let orders = (0..95).map(order).collect();
    let people = (0..40)
        .map(|row: usize| vec![text(format!("{}nna", char::from(b'A' + u8::try_from(row / 2).unwrap()))), text("1950-02-01".into())])
        .collect();
    let picture = |row: usize| Value::Bytes([PNG, &noise(row, 15_000)].concat());
    let pictures = (0..6).map(|row| vec![picture(row), picture(row + 10)]).collect();
    (package, Given(HashMap::from([("Orders", orders), ("Address book", people), ("Pictures", pictures)])))
}

fn one() -> Kind {
    package().kinds.remove(0)
}

fn noise(seed: usize, length: usize) -> Vec<u8> {
    let mut state = u64::try_from(seed).unwrap() * 2 + 1;
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..length).map(|_| byte()).collect()
}

/// Everything in all parts, by its name below the root folder; nothing stands in two of them.
fn unpacked(parts: &[Vec<u8>]) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for part in parts {
        for (name, bytes) in super::unpacked(part) {
            let name = name.strip_prefix(ROOT).unwrap().trim_start_matches('/').to_owned();
            assert!(all.insert(name.clone(), bytes).is_none(), "`{name}` would be unpacked over another");
        }
    }
    all
}

fn pages(lang: Lang) -> BTreeMap<String, String> {
    let (mut package, rows) = much();
    package.language = lang;
    let all = unpacked(&written(&package, &rows, &LIMITS))
        .into_iter()
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|ending| ending == "html"));
    all.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

/// Values of an attribute.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    page.split(&format!(" {attribute}=\"")).skip(1).map(|rest| rest.split_once('"').unwrap().0).collect()
}

/// What somebody sees, and what is read out to somebody who does not.
fn said(page: &str) -> String {
    let (_, body) = page.split_once("<body>").unwrap();
    let title = page.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
    let text: String = body.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect::<Vec<_>>().join(" ");
    [title, &text, &values(page, "alt").join(" "), &values(page, "aria-label").join(" ")].join(" ")
}

#[test]
fn every_link_leads_to_a_place_in_the_package() {
    let (package, rows) = much();
    let all = unpacked(&written(&package, &rows, &LIMITS));
    let pages = pages(package.language);
    assert!(pages.len() > 30, "{:?}", pages.keys());
    let mut led_to = BTreeSet::new();
    for (name, page) in &pages {
        let folder = if name.starts_with("pages/") { "pages/" } else { "" };
        for link in [values(page, "href"), values(page, "src")].concat() {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let to = match path {
                "" => name.clone(),
                path => path.strip_prefix("../").map_or_else(|| format!("{folder}{path}"), str::to_owned),
            };
            assert!(all.contains_key(&to), "`{name}` leads to `{link}`");
            assert!(anchor.is_empty() || values(&pages[&to], "id").contains(&anchor), "`{name}` leads to `{link}`");
            led_to.insert(to);
        }
    }
    let lost: Vec<_> = pages.keys().filter(|page| !led_to.contains(*page)).collect();
    assert!(lost.is_empty(), "nothing leads to {lost:?}");
    assert!(all.keys().filter(|name| name.starts_with("files/")).all(|file| led_to.contains(file)));
}

#[test]
fn every_page_is_short_and_has_a_title_of_its_own() {
    for lang in Lang::ALL {
        let pages = pages(lang);
        let titles: BTreeSet<&str> =
            pages.values().map(|page| page.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0).collect();
        assert_eq!(titles.len(), pages.len(), "{titles:?}");
        for (name, page) in &pages {
            assert!(page.len() < 30_000, "`{name}` has {} bytes", page.len());
            assert!(page.contains(&format!("<html lang=\"{}\">", lang.code())) && page.matches("<h1").count() == 1, "{name}");
            assert!(
                page.contains("default-src 'none'") && !page.contains("<script") && !page.contains("=\"http") && !page.contains("url(")
            );
            let ids = values(page, "id");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "`{name}` has an id twice");
        }
    }
}

#[test]
fn no_page_says_a_name_that_only_machines_know() {
    let machines = [
        "ord_hdr",
        "cust_order",
        "ord_no",
        "plc_ts",
        "pd_on",
        "st_cd",
        "crm_x",
        "adr_bk",
        "full_nm",
        "brn_dt",
        "dms_b",
        "pic_",
        "erp_q",
        "nil_tb",
        "a_b",
        "DLV",
        "shop-orders",
    ];
    for lang in Lang::ALL {
        for (name, page) in pages(lang) {
            let said = said(&page);
            for machine in machines {
                assert!(!said.contains(machine), "`{name}` says `{machine}`: {said}");
            }
        }
    }
    let (package, rows) = much();
    for name in unpacked(&written(&package, &rows, &LIMITS)).keys().filter(|name| !name.starts_with("data/")) {
        assert!(!machines.iter().any(|machine| name.contains(machine)), "{name}");
    }
}

#[test]
fn days_are_words_codes_are_meant_and_years_and_letters_lead_on() {
    let pages = pages(Lang::En);
    let orders = &pages["pages/orders-1.html"];
    for shown in [
        "VX-0000 ",
        "2015-03-06 00:30 <span class=\"muted small utc\">(2015-03-05 23:30 UTC)</span>",
        "<dd>2015-03-06</dd>",
        "2015-07-01 at 09:05",
        "<dd>2015-08-01</dd>",
        "<dd>delivered</dd>",
        "<dd>lost</dd>",
        "<dd>NEW</dd>",
        "<summary>2015–2016</summary>",
        "<summary>2022</summary>",
        "Page 1 of 10",
        "<a href=\"orders-2.html\" rel=\"next\">",
        "From 2015-03-06 to 2022-08-01.",
    ] {
        assert!(orders.contains(shown), "{shown}: {orders}");
    }
    assert!(pages["pages/address-book-1.html"].contains("<summary>A–E</summary>"), "{}", pages["pages/address-book-1.html"]);
    let years = &pages["pages/timeline.html"];
    assert!(years.contains("<a href=\"timeline-2022.html\">2022</a>") && !years.contains("1950"), "a day of birth is none: {years}");
    let year = &pages["pages/timeline-2015.html"];
    for shown in ["March", "<a href=\"orders-1.html#orders-1\">VX-0000</a>", "<a href=\"timeline-2016.html\">2016</a>", "Page 1 of 3"] {
        assert!(year.contains(shown), "{shown}: {year}");
    }
    let pictures = &pages["pages/pictures.html"];
    assert!(pictures.contains("files/data-pictures-001-picture.png") && pictures.contains("-picture-field-2.png"), "{pictures}");
    let index = &pages["index.html"];
    for shown in [
        "We hold 141 records about you.",
        "The oldest date in them is 2015-03-06, the latest 2022-08-01.",
        "See all 12 pictures",
        "You can complain to Datatilsynet.",
        "Accounting",
        "Letters",
    ] {
        assert!(index.contains(shown), "{shown}: {index}");
    }
}

#[test]
fn each_part_is_bounded_and_checked_by_itself_and_all_of_them_together() {
    let (package, rows) = much();
    let parts = written(&package, &rows, &LIMITS);
    assert!(parts.len() > 3, "{}", parts.len());
    let folder = tempfile::tempdir().unwrap();
    for (part, bytes) in (1..).zip(&parts) {
        assert!(part == 1 || bytes.len() <= 60_000, "part {part} has {} bytes", bytes.len());
        let report = verify(std::io::Cursor::new(bytes), &[key().public()]).unwrap();
        assert_eq!(report.verdict(), Verdict::Intact, "part {part}: {report}");
        fs::write(folder.path().join(package.file(part)), bytes).unwrap();
    }
    let first = folder.path().join(package.file(1));
    let index = &pages(Lang::En)["index.html"];
    assert!((1..=parts.len()).all(|part| index.contains(&package.file(part))), "the index names its parts");
    let mut unzip = Command::new("unzip");
    for part in 1..=parts.len() {
        assert!(unzip.arg("-q").arg(package.file(part)).current_dir(folder.path()).status().unwrap().success());
        unzip = Command::new("unzip");
    }
    let sums = (1..=parts.len()).map(|part| if part == 1 { "SHA256SUMS".to_owned() } else { format!("SHA256SUMS-{part}") });
    let checked =
        Command::new("sha256sum").args(["--strict", "--quiet", "-c"]).args(sums).current_dir(folder.path().join(ROOT)).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));

    assert_eq!(verify_file(&first, &[key().public()]).unwrap().verdict(), Verdict::Intact);
    let second = folder.path().join(package.file(2));
    let mut bytes = fs::read(&second).unwrap();
    bytes[5_000] ^= 1;
    fs::write(&second, bytes).unwrap();
    assert_eq!(verify_file(&first, &[]).unwrap().problems, [Problem::Changed(package.file(2))]);
    fs::remove_file(&second).unwrap();
    let report = verify_file(&first, &[]).unwrap();
    assert_eq!((report.verdict(), report.problems), (Verdict::Incomplete, vec![Problem::Missing(package.file(2))]));
}

#[test]
fn labels_become_names_of_files_each_once() {
    let mut names = Names::default();
    for (label, name) in [
        ("Bestillinger", "bestillinger"),
        ("Bestillinger", "bestillinger-2"),
        ("Pass og bilde (kopi)", "pass-og-bilde-kopi"),
        ("Blåbærsyltetøy", "blabaersyltetoy"),
        ("../../etc", "etc"),
        ("日本", "data"),
        ("Timeline", "data-timeline"),
    ] {
        assert_eq!(names.of(label), name, "{label}");
    }
}

#[test]
fn a_number_has_the_comma_of_its_language_and_a_legal_basis_its_words() {
    for (lang, number, basis) in [
        (Lang::Nb, "<dd>190,50</dd>", "avtalen med deg. Art. 6(1)(b) i personvernforordningen"),
        (Lang::Nl, "<dd>190,50</dd>", "Art. 6(1)(b) van de AVG"),
        (Lang::En, "<dd>190.50</dd>", "Art. 6(1)(b) of the GDPR"),
    ] {
        let orders = &pages(lang)["pages/orders-1.html"];
        assert!(orders.contains(number) && orders.contains(basis), "{orders}");
    }
}
