//! Files that nobody would write: each is read or refused with place and reason, and none takes the house down.

use std::fmt::Write as _;

use super::Problem;
use crate::law::{
    fideslang,
    fixture::{ACCOUNTING, DOSSIERS, SHOP, read_with},
};

fn refused(text: &str) -> Problem {
    let problems = fideslang::parse("shop.yaml", text).map(|parsed| parsed.value.key).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.into_iter().next().unwrap()
}

#[test]
fn what_is_too_deep_is_refused_where_it_stands() {
    let mut steps = String::new();
    for depth in 0..5000 {
        let _ = writeln!(steps, "{:depth$}a:", "");
    }
    let inside = SHOP.replace("[hosting]", &format!("{}x{}", "[".repeat(200), "]".repeat(200)));
    for (text, line) in [("[".repeat(200_000), 1), ("{a: ".repeat(200_000), 1), ("- ".repeat(50_000), 1), (steps, 32), (inside, 16)] {
        let problem = refused(&text);
        assert_eq!((problem.code, problem.message.as_str()), ("yaml", "this is nested too deeply to be read"));
        assert_eq!(problem.help.as_deref(), Some("take brackets or indentation away"));
        assert!(problem.line.abs_diff(line) <= 2, "{problem}");
    }
}

#[test]
fn what_repeats_itself_without_end_is_refused() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..12 {
        let again = vec![format!("*a{}", n - 1); 9].join(", ");
        let _ = writeln!(laughs, "a{n}: &a{n} [{again}]");
    }
    let large = format!("{SHOP}          - {{name: x, data_categories: [{}]}}\n", "user, ".repeat(300_000));
    for text in [laughs, large] {
        let problem = refused(&text);
        assert_eq!(problem.message, "this is too large or repeats itself too often to be read");
        assert_eq!(problem.help.as_deref(), Some("write it shorter, without `&` and `*`"));
    }
    assert!(refused("a: &a\n  b: *a\n").line > 0, "an anchor inside of itself");
    assert!(refused("a: *nobody\n").line > 0, "an alias of nothing");
    assert_eq!(refused("a: 1\n--- \nb: 2\n").message, "one file holds one document");
    assert_eq!(refused("a: &a {b: 1}\nc:\n  <<: *a\n").help.as_deref(), Some("write the keys out"));
}

#[test]
fn a_map_of_many_thousand_fields_is_read() {
    let mut text = SHOP.to_owned();
    for n in 0..8000 {
        let _ = writeln!(text, "          - {{name: f{n}, data_categories: [user], habeas: {{label: {{nb: a, nl: b, en: c}}}}}}");
    }
    assert_eq!(fideslang::parse("shop.yaml", &text).unwrap().value.collection("orders").unwrap().fields.len(), 8005);
}

#[test]
fn whatever_is_cut_off_or_left_out_is_told_and_nothing_panics() {
    let texts = (0..SHOP.len()).map(|end| SHOP[..end].to_owned());
    let lines: Vec<&str> = SHOP.lines().collect();
    let without = (0..lines.len()).map(|at| [&lines[..at], &lines[at + 1..]].concat().join("\n"));
    let twice = (0..lines.len()).map(|at| [&lines[..=at], &lines[at..]].concat().join("\n"));
    let words =
        ["null", "[]", "{}", "-1", "\"\\0\"", "\u{202e}", "'", "*x", "!!binary aa", "? ", "1e999", ".nan", "0x7f", "2026-01-01", "\t"];
    let other = lines.iter().enumerate().flat_map(|(at, line)| words.iter().map(move |word| (at, line, word)));
    let other = other.filter_map(|(at, line, word)| {
        let (key, _) = line.split_once(": ")?;
        let changed = format!("{key}: {word}");
        Some([&lines[..at], &[changed.as_str()], &lines[at + 1..]].concat().join("\n"))
    });
    for text in texts.chain(without).chain(twice).chain(other) {
        for problem in fideslang::parse("shop.yaml", &text).err().unwrap_or_default() {
            assert!(problem.line > 0 && problem.column > 0 && !problem.message.is_empty(), "{problem}\n{text}");
            assert!(problem.to_string().starts_with(&format!("shop.yaml:{}:{}: ", problem.line, problem.column)));
        }
    }
}

/// Each with its place, all in one run.
#[test]
fn everything_wrong_between_systems_is_told_at_once() {
    let after = |text: &str, collection: &str, other: &str| {
        let name = format!("      - name: {collection}\n");
        text.replace(&name, &format!("{name}        fides_meta: {{erase_after: [{other}]}}\n"))
    };
    let shop = after(SHOP, "customers", "accounting.invoices").replace("field: customers.id,", "field: custmers.id,");
    let accounting =
        after(ACCOUNTING, "invoices", "dossiers.passports").replace("dataset: shop, field: orders.id", "dataset: shp, field: orders.id");
    let dossiers = after(DOSSIERS, "passports", "shop.customers");
    let problems = read_with(&[("shop.yaml", &shop), ("accounting.yaml", &accounting), ("dossiers.yaml", &dossiers)]).unwrap_err();
    let told: Vec<_> = problems.iter().map(|it| (it.file.as_str(), it.line, it.code, it.help.is_some())).collect();
    let expected = [
        ("accounting.yaml", 20, "circle", true),
        ("accounting.yaml", 28, "unknown-name", true),
        ("dossiers.yaml", 8, "circle", true),
        ("dossiers.yaml", 7, "unreachable", true),
        ("shop.yaml", 10, "circle", true),
        ("shop.yaml", 31, "unknown-name", true),
        ("shop.yaml", 22, "unreachable", true),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_table_of_another_schema_is_told_where_it_belongs() {
    let problem = refused(&SHOP.replace("- name: orders", "- name: sales.orders"));
    assert_eq!((problem.line, problem.code), (21, "bad-name"));
    assert!(problem.message.contains("holds a dot") && problem.message.contains("`schema: …`"), "{problem}");
}
