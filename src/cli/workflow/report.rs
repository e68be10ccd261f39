//! What the linter found, for people and for the tools of others.

use std::io::{self, Write};

use clap::ValueEnum;
use habeas_core::workflow::Diagnostic;
use serde_json::{Value, json};

use crate::view::lint;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// For people
    Text,
    /// A list with every field
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

pub(in crate::cli) fn write(found: &[Diagnostic], format: Format, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Text => found.iter().try_for_each(|it| writeln!(out, "{it}")),
        Format::Json => document(&found, out),
        Format::Sarif => document(&sarif(found), out),
        Format::Github => found.iter().try_for_each(|it| writeln!(out, "{}", annotation(it))),
    }
}

fn document(value: &impl serde::Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

fn annotation(it: &Diagnostic) -> String {
    let value = |text: &str| escaped(text).replace(':', "%3A").replace(',', "%2C");
    let place = format!("file={},line={},col={},title={}", value(&it.file), it.line.max(1), it.column.max(1), value(it.code));
    format!("::error {place}::{}", escaped(&whole(it)))
}

/// What a workflow command of GitHub cannot carry as it is.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The message with the way, the law and the help.
fn whole(it: &Diagnostic) -> String {
    let path = it.path.iter().map(|path| format!("path: {path}"));
    let law = it.law.iter().map(|law| format!("law: {law}"));
    std::iter::once(it.message.clone()).chain(path).chain(law).chain(it.help.clone()).collect::<Vec<_>>().join("\n")
}

fn sarif(found: &[Diagnostic]) -> Value {
    let rules: Vec<Value> = lint::codes().iter().filter_map(|code| Some(rule(code, &lint::page(code)?))).collect();
    let results: Vec<Value> = found.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "habeas", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: &str, page: &str) -> Value {
    json!({
        "id": code,
        "shortDescription": {"text": lint::title(page)},
        "help": {"text": page, "markdown": page},
        "helpUri": format!("urn:habeas:lint:{code}"),
        "defaultConfiguration": {"level": "error"},
    })
}

fn result(it: &Diagnostic) -> Value {
    json!({
        "ruleId": it.code,
        "level": "error",
        "message": {"text": whole(it)},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": it.file.replace('\\', "/").replace(' ', "%20")},
            "region": {"startLine": it.line.max(1), "startColumn": it.column.max(1)},
        }}],
    })
}

#[cfg(test)]
mod tests {
    use habeas_core::{catalogue::catalogue, workflow::load};

    use super::*;

    fn found() -> Vec<Diagnostic> {
        let text = include_str!("../../../workflows/erasure.yaml");
        let text = text.replace("until: execute, then: receive}", "until: execute, then: triage}");
        load("my flows/a,b.yaml", &text, &catalogue()).unwrap_err()
    }

    fn written(format: Format) -> String {
        let mut out = Vec::new();
        write(&found(), format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn json_has_every_field() {
        let list: Vec<serde_json::Map<String, Value>> = serde_json::from_str(&written(Format::Json)).unwrap();
        assert_eq!(list.len(), found().len());
        for field in ["code", "file", "line", "column", "message", "help", "path", "law", "snippet"] {
            assert!(list.iter().all(|it| it.contains_key(field)), "{field}");
        }
    }

    #[test]
    fn sarif_names_a_rule_for_every_result() {
        let log: Value = serde_json::from_str(&written(Format::Sarif)).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules: Vec<&str> = run["tool"]["driver"]["rules"].as_array().unwrap().iter().filter_map(|rule| rule["id"].as_str()).collect();
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), found().len());
        for result in results {
            assert!(rules.contains(&result["ruleId"].as_str().unwrap()), "{result}");
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(place["artifactLocation"]["uri"], "my%20flows/a,b.yaml");
            assert!(place["region"]["startLine"].as_u64().unwrap() > 1);
        }
    }

    #[test]
    fn annotations_are_one_line_each_with_their_signs_escaped() {
        let lines = written(Format::Github);
        assert_eq!(lines.lines().count(), found().len());
        for line in lines.lines() {
            assert!(line.starts_with("::error file=my flows/a%2Cb.yaml,line="), "{line}");
        }
        assert!(lines.contains("%0Apath: receipt -amend-> assess"), "{lines}");
    }
}
