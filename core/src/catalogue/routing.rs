//! Routing tables: which way a case goes on, by facts about the case that say nothing about the person.
//!
//! What a table may look at stands here and nowhere else. What is kept and erased is no matter of these tables: `retention.yaml` says it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::catalogue;
use crate::{
    law::{lang::Lang, right::Right},
    table::{Input, Kind, Table, parse_routing},
    workflow::{Catalogue, Diagnostic, catalogue::Terms},
};

/// Which right is used: `access`, `erasure`.
pub const RIGHT: &str = "right";
/// The language of the answer: `nb`, `nl`, `en`.
pub const LANGUAGE: &str = "language";
/// How the request came in.
pub const CHANNEL: &str = "channel";
/// How strongly the person is proven; nothing before she is.
pub const TIER: &str = "tier";
/// How many records the systems have found; nothing before one has answered.
pub const RECORDS: &str = "records";
/// How many systems could not be read; nothing before one has answered.
pub const SYSTEMS_FAILED: &str = "systems-failed";
/// Days until the legal deadline; below zero when it has passed.
pub const DAYS_LEFT: &str = "days-left";
/// How many cases of this person are open, this one among them.
pub const OPEN_CASES: &str = "open-cases";

/// Ways in which requests come in.
pub const CHANNELS: [&str; 4] = ["portal", "phone", "letter", "command-line"];

/// Everything a routing table may look at.
pub fn inputs() -> Vec<Input> {
    let input = |name: &str, kind, one_of: Vec<&str>| Input {
        name: name.to_owned(),
        kind,
        one_of: one_of.into_iter().map(str::to_owned).collect(),
    };
    let number = |name| input(name, Kind::Number, Vec::new());
    vec![
        input(RIGHT, Kind::Text, Right::ALL.map(Right::name).to_vec()),
        input(LANGUAGE, Kind::Text, Lang::ALL.map(Lang::code).to_vec()),
        input(CHANNEL, Kind::Text, CHANNELS.to_vec()),
        number(TIER),
        number(RECORDS),
        number(SYSTEMS_FAILED),
        number(DAYS_LEFT),
        number(OPEN_CASES),
    ]
}

/// A table with the text it was read from.
#[derive(Debug, Clone)]
struct Written {
    table: Table,
    text: String,
}

/// Routing tables by name.
#[derive(Debug, Clone, Default)]
pub struct Tables(BTreeMap<String, Written>);

impl Tables {
    /// Reads tables, given as file name and text; every problem of every file at once.
    pub fn read<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Self, Vec<Diagnostic>> {
        let (known, taken) = (inputs(), catalogue().decisions);
        let (mut tables, mut problems) = (BTreeMap::new(), Vec::new());
        for (file, text) in files {
            match parse_routing(file, text, &known) {
                Ok(table) if taken.contains_key(&table.name) || tables.contains_key(&table.name) => problems.push(twice(file, &table.name)),
                Ok(table) => drop(tables.insert(table.name.clone(), Written { table, text: text.to_owned() })),
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() { Ok(Self(tables)) } else { Err(problems) }
    }

    /// A table by name.
    pub fn get(&self, name: &str) -> Option<&Table> {
        self.0.get(name).map(|written| &written.table)
    }

    /// SHA-256 of a table's text, lower-case hex.
    pub fn sha256(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|written| data_encoding::HEXLOWER.encode(&Sha256::digest(&written.text)))
    }

    /// The catalogue, with each table as one more decision that ends with one of the table's results and proves nothing.
    pub fn catalogue(&self) -> Catalogue {
        let mut catalogue = catalogue();
        for (name, Written { table, text }) in &self.0 {
            let outcomes = table.results().into_iter().map(str::to_owned).collect();
            catalogue.decisions.insert(name.clone(), Terms { outcomes, ..Terms::default() });
            catalogue.written.insert(name.clone(), text.clone());
        }
        catalogue
    }
}

fn twice(file: &str, name: &str) -> Diagnostic {
    Diagnostic {
        code: "T011-name-taken",
        file: file.to_owned(),
        line: 1,
        column: 1,
        message: format!("there is a decision `{name}` already"),
        help: Some("give the table another name".to_owned()),
        path: None,
        law: None,
        snippet: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::{compile, parse};

    const SIZE: &str = "language: habeas.table/1
table: by-size
hit: first
inputs: {records: number}
default: {result: few, because: An ordinary request}
except:
  - {id: large, if: records > 50, result: many, because: Much to look through}
";

    fn told(text: &str) -> Vec<String> {
        let problems = Tables::read([("decisions/by-size.yaml", text)]).err().unwrap_or_default();
        problems
            .into_iter()
            .map(|it| format!("{}:{} {} {} ({})", it.line, it.column, it.code, it.message, it.help.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn a_table_looks_only_at_what_is_known_about_a_case() {
        assert_eq!(told(SIZE), [""; 0]);
        for (from, to, expected) in [
            ("{records", "{recrods: number, records", "4:10 T008-input-unknown there is no input `recrods` (did you mean `records`?)"),
            ("records: number", "records: text", "4:10 T009-input-of-another-kind `records` is no text (write `records: number`)"),
            (
                "{records",
                "{right: {type: text, one-of: [acess]}, records",
                "4:10 T001-input-wrong `right` is never `acess` (did you mean `access`?)",
            ),
            ("if: records > 50", "if: 'right == \"acess\"'", "7:22 T004-guard-wrong there is no input `right` (there is `records`)"),
            (
                "hit: first",
                "hit: collect",
                "3:6 T010-many-answers a table that routes gives one answer, and `collect` gives many (write `first` or `unique`; every rule that applies counts in `retention.yaml` only)",
            ),
            (
                "table: by-size",
                "table: erasure-holds",
                "1:1 T011-name-taken there is a decision `erasure-holds` already (give the table another name)",
            ),
        ] {
            let told = told(&SIZE.replacen(from, to, 1));
            assert!(told.iter().any(|told| told == expected), "{to}: {told:#?}");
        }
        let right = SIZE.replace("{records: number}", "{right: text}").replace("records > 50", "'right == \"acess\"'");
        assert!(told(&right)[0].contains("`right` is never \"acess\""), "a text is one of those that there are");
    }

    #[test]
    fn rows_of_a_unique_table_that_overlap_or_leave_a_gap_are_told_with_a_case() {
        let rows = |second: &str| {
            let rows = format!(
                "rows:\n  - {{id: few, if: records <= 50, result: few, because: b}}\n  - {{id: many, if: {second}, result: many, because: b}}\n"
            );
            SIZE.split("default").next().unwrap().replace("first", "unique") + &rows
        };
        assert!(told(&rows("records >= 50"))[0].contains("T005-rows-overlap `few` and `many` both apply when `records` is 50"));
        assert!(told(&rows("records > 51"))[0].contains("T006-gap no row applies when `records` is 5"));
        assert_eq!(told(&rows("records > 50")), [""; 0]);
    }

    #[test]
    fn two_tables_of_one_name_are_not_chosen_between() {
        let problems = Tables::read([("a.yaml", SIZE), ("b.yaml", SIZE)]).unwrap_err();
        assert_eq!((problems[0].file.as_str(), problems[0].code), ("b.yaml", "T011-name-taken"));
    }

    #[test]
    fn a_workflow_is_pinned_to_the_tables_it_asks_and_to_no_others() {
        let read = |text: &str| Tables::read([("decisions/by-size.yaml", text)]).unwrap().catalogue();
        let asks = "workflow: w\nversion: 1\nlanguage: habeas.workflow/1\nroles: []\nstages:\n  - id: one\n    steps:\n      - {id: route, decide: by-size, then: {few: done, many: done}}\n  - {id: done, close: answered}\n";
        let asks =
            asks.replace("roles: []", "title: {en: W}\nright: GDPR Art. 15\nroles: [dpo]\nclock: {starts: case.received, period: P1M}");
        let sha = |text: &str, catalogue: &Catalogue| compile(&parse("w.yaml", text).unwrap(), catalogue).unwrap().sha256;
        let (before, after) = (read(SIZE), read(&SIZE.replace("50", "60")));
        assert_ne!(sha(&asks, &before), sha(&asks, &after));
        let other = asks.replace("decide: by-size, then: {few: done, many: done}", "decide: erasure-holds, then: done");
        assert_eq!(sha(&other, &before), sha(&other, &after));
        let missing = asks.replace(", many: done", "");
        let problems = compile(&parse("w.yaml", &missing).unwrap(), &before).unwrap_err();
        assert_eq!(problems[0].code, "H004-outcome-unhandled");
        let invented = asks.replace("many: done", "many: done, huge: done");
        assert_eq!(compile(&parse("w.yaml", &invented).unwrap(), &before).unwrap_err()[0].code, "H005-outcome-invented");
        let unknown = compile(&parse("w.yaml", &asks.replace("by-size", "by-sise")).unwrap(), &before).unwrap_err();
        assert_eq!((unknown[0].code, unknown[0].help.as_deref()), ("H003-name-unknown", Some("did you mean `by-size`?")));
    }
}
