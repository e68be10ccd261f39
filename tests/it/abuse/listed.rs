//! What `docs/security/` says is tested is tested: every name in it is a test of this house.

use std::{collections::BTreeSet, fs, path::Path};

/// Every function that is a test, or a story of one, by name.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in ["src", "core/src", "migrations/src", "tests"] {
        read(Path::new(folder), &mut found);
    }
    found
}

fn read(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            read(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&entry).unwrap();
            let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
            for (at, line) in lines.iter().enumerate() {
                let story = line.starts_with("async fn ") && ["house: TestHouse", "(db: Db)"].iter().any(|on| line.contains(on));
                let marked =
                    lines[at.saturating_sub(3)..at].iter().any(|before| before.contains("test]") || before.starts_with("#[tokio::test"));
                let name = line.split("fn ").nth(1).and_then(|rest| rest.split(['(', '<']).next());
                if let Some(name) = name.filter(|_| (story || marked) && !line.starts_with("//")) {
                    found.insert(name.to_owned());
                }
            }
        }
    }
}

/// The names between backticks in the last but one column of a table's rows.
fn named(line: &str) -> Vec<&str> {
    let column = line.split('|').nth(2).unwrap_or_default();
    column.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_abuse_has_its_test_or_says_what_it_waits_for() {
    let (text, tests) = (fs::read_to_string("docs/security/abuse.md").unwrap(), tests());
    let mut numbers = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| AB") && !line.starts_with("| class")) {
        let first = line.split('|').nth(1).unwrap().trim();
        let names = named(line);
        let open = line.split('|').nth(2).unwrap().trim().starts_with("open: ");
        assert!(open == names.is_empty(), "a row names tests or says `open: ` and why: {line}");
        for name in &names {
            assert!(tests.contains(*name), "`{name}` is no test of this house: {line}");
        }
        if let Ok(number) = first.parse::<usize>() {
            let numbered = format!("ab{number:02}_");
            assert!(open || names.iter().any(|name| name.starts_with(&numbered)), "no test of {number} begins with `{numbered}`");
            numbers.push(number);
        }
    }
    assert_eq!(numbers, (1..=45).collect::<Vec<_>>(), "each number once, in order");
    for test in tests.iter().filter(|test| test.starts_with("ab") && test[2..4].chars().all(|sign| sign.is_ascii_digit())) {
        assert!(text.contains(&format!("`{test}`")), "`{test}` is missing in docs/security/abuse.md");
    }
}

/// Requirements of ASVS 5.0.0 that stand in the table: of level 1, of level 2, and of level 3 as far as this house promises them.
const REQUIRED: [(&str, usize); 3] = [("1", 64), ("2", 160), ("3", 29)];
/// Those of level 3.
const GATES: [&str; 29] = [
    "1.2.10", "1.3.12", "2.3.5", "2.4.2", "3.4.8", "3.5.8", "4.1.4", "5.2.4", "5.2.5", "5.2.6", "5.3.3", "6.3.3", "6.3.6", "6.3.7",
    "6.3.8", "7.5.3", "8.3.2", "8.3.3", "8.4.2", "11.2.4", "11.3.4", "13.1.2", "13.1.3", "14.2.6", "14.2.7", "14.2.8", "15.4.2", "16.3.2",
    "16.5.4",
];

#[test]
fn every_requirement_of_the_standard_has_a_test_or_a_reason() {
    let tests = tests();
    let mut table = csv::Reader::from_path("docs/security/asvs.csv").unwrap();
    assert_eq!(table.headers().unwrap(), vec!["id", "level", "status", "tests", "reason"]);
    let (mut seen, mut gates) = (BTreeSet::new(), BTreeSet::new());
    for row in table.records().map(Result::unwrap) {
        let [id, level, status, named, reason] = [0, 1, 2, 3, 4].map(|at| row[at].to_owned());
        assert!(seen.insert((id.clone(), level.clone())), "{id} stands there twice");
        if level == "3" {
            gates.insert(id.clone());
        }
        match status.as_str() {
            "tested" => {
                assert!(!named.is_empty(), "{id} is tested by nothing");
                for name in named.split(' ') {
                    assert!(tests.contains(name), "{id}: `{name}` is no test of this house");
                }
            }
            // Kept by the way it is built, not built yet, or nothing that this house has.
            "kept" | "open" | "none" => assert!(!reason.trim().is_empty() && named.is_empty(), "{id} has no reason"),
            other => panic!("{id}: `{other}` is no status"),
        }
    }
    for (level, count) in REQUIRED {
        assert_eq!(seen.iter().filter(|(_, known)| known == level).count(), count, "requirements of level {level}");
    }
    assert_eq!(gates, GATES.into_iter().map(str::to_owned).collect::<BTreeSet<_>>());
}

/// The variants of a public enum, as its file declares them.
fn variants(file: &str, name: &str) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let body = text.split(&format!("pub enum {name} {{")).nth(1).and_then(|rest| rest.split("\n}").next()).unwrap();
    let at_first_depth = body.lines().filter_map(|line| line.strip_prefix("    ")).filter(|line| line.starts_with(char::is_uppercase));
    at_first_depth.map(|line| line.split(|sign: char| !sign.is_alphanumeric()).next().unwrap().to_owned()).collect()
}

#[test]
fn every_way_in_stands_in_the_table() {
    let table = fs::read_to_string("docs/security/ways-in.md").unwrap();
    for (file, name, least) in [("src/action/actor.rs", "Actor", 8), ("core/src/law/tier.rs", "Means", 5)] {
        let variants = variants(file, name);
        assert!(variants.len() >= least, "{variants:?}");
        let (_, rows) = table.split_once(&format!("| `{name}` |")).unwrap();
        let rows = rows.split("\n\n").next().unwrap();
        let listed: Vec<&str> = rows.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
        let (mut variants, mut listed) = (variants, listed.into_iter().map(str::to_owned).collect::<Vec<_>>());
        variants.sort();
        listed.sort();
        assert_eq!(listed, variants, "`{name}` and its table in docs/security/ways-in.md");
    }
}

#[test]
fn every_limit_that_is_written_down_has_its_place() {
    let text = fs::read_to_string("docs/security/limits.md").unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| what ")).collect();
    assert!(rows.len() > 15, "{}", rows.len());
    for row in rows {
        let place = row.trim_end_matches(" |").rsplit('|').next().unwrap().trim().trim_matches('`');
        assert!(place.starts_with("habeas ") || Path::new(place).is_file(), "`{place}` is not there: {row}");
    }
}

#[test]
fn what_the_compiler_keeps_is_asked_of_it() {
    let read = |file: &str| fs::read_to_string(file).unwrap();
    let house = read("Cargo.toml");
    assert!(house.contains("unsafe_code = \"forbid\""), "no unsafe code of ours");
    for file in ["Cargo.toml", "core/Cargo.toml", "migrations/Cargo.toml"] {
        assert!(read(file).contains("[lints]\nworkspace = true"), "{file} keeps the lints of the house");
    }
    let (_, release) = house.split_once("[profile.release]").unwrap();
    assert!(release.contains("overflow-checks = true"), "numbers do not wrap in a release");
}
