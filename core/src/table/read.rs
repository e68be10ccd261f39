//! Reads a table from YAML (`habeas.table/1`) and proves what its hit policy promises.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    cover::{self, Case, TooMany},
    definition::{Hit, Input, Otherwise, Row, Table},
    guard::{Guard, Wrong, check},
    value::{Kind, Value},
};
use crate::source::{
    diagnostic::{Diagnostic, Place, Problems},
    name::Name,
    reader::{Fields, choice, count, entries, items, name, text},
    spelling::instead,
    yaml::{self, Node, Value as Tree},
};

/// The language this reader knows.
pub const LANGUAGE: &str = "habeas.table/1";

const HITS: [(&str, Hit); 3] = [("first", Hit::First), ("unique", Hit::Unique), ("collect", Hit::Collect)];

/// Reads a table; all problems at once, in reading order. `file` only names it in messages.
pub fn parse(file: &str, source: &str) -> Result<Table, Vec<Diagnostic>> {
    read(file, source, None)
}

/// Reads a table that gives one answer, from these inputs only. A text that may hold anything there may hold what is known here.
pub fn parse_routing(file: &str, source: &str, known: &[Input]) -> Result<Table, Vec<Diagnostic>> {
    read(file, source, Some(known))
}

fn read(file: &str, source: &str, known: Option<&[Input]>) -> Result<Table, Vec<Diagnostic>> {
    let mut problems = Problems::new(file, source);
    let tree = yaml::read(source, &mut problems);
    let table = tree.and_then(|tree| table(&tree, known, &mut problems));
    problems.answer(table)
}

fn table(node: &Node, known: Option<&[Input]>, problems: &mut Problems<'_>) -> Option<Table> {
    let mut fields = Fields::open(node, "a table", problems)?;
    let language = fields.need("language", problems);
    language.and_then(|node| choice(node, "`language`", &[(LANGUAGE, ())], problems));
    let id = fields.need("table", problems).and_then(|node| name(node, "a table", false, problems));
    let hit = fields.need("hit", problems).and_then(|node| hit(node, known.is_some(), problems));
    let inputs = fields.need("inputs", problems).map(|node| inputs(node, known, problems)).unwrap_or_default();
    let otherwise = fields.get("default").map(|node| otherwise(node, problems));
    let list = if otherwise.is_some() { "except" } else { "rows" };
    let read = fields.need(list, problems).map(|node| rows(node, &inputs, problems));
    fields.close(problems);
    let (rows, places): (Vec<Row>, Vec<Place>) = read?.into_iter().flatten().unzip();
    let table = Table { name: id?.text, hit: hit?, inputs, rows, otherwise: otherwise.flatten() };
    if hit == Some(Hit::Unique) && problems.are_none() {
        prove(&table, node.at, &places, problems);
    }
    Some(table)
}

fn hit(node: &Node, routes: bool, problems: &mut Problems<'_>) -> Option<Hit> {
    let hit = choice(node, "`hit`", &HITS, problems)?;
    if routes && hit == Hit::Collect {
        let help = "write `first` or `unique`; every rule that applies counts in `retention.yaml` only".to_owned();
        problems.add("T010-many-answers", node.at, "a table that routes gives one answer, and `collect` gives many", help);
    }
    Some(hit)
}

fn inputs(node: &Node, known: Option<&[Input]>, problems: &mut Problems<'_>) -> Vec<Input> {
    let mut inputs = Vec::new();
    for entry in entries(node, "`inputs`", problems) {
        let input = input(&entry.value, key_path(entry.key.clone(), entry.at, problems), problems);
        inputs.extend(input.map(|input| match known {
            Some(known) => fitted(input, known, entry.at, problems),
            None => input,
        }));
    }
    inputs
}

/// An input as it is known: it exists, holds that kind, and is one of those texts.
fn fitted(mut input: Input, known: &[Input], at: Place, problems: &mut Problems<'_>) -> Input {
    let Some(fact) = known.iter().find(|fact| fact.name == input.name) else {
        let help = instead(&input.name, known.iter().map(|fact| fact.name.as_str()));
        problems.add("T008-input-unknown", at, format!("there is no input `{}`", input.name), help);
        return input;
    };
    if fact.kind != input.kind {
        let message = format!("`{}` is no {}", input.name, input.kind);
        problems.add("T009-input-of-another-kind", at, message, format!("write `{}: {}`", fact.name, fact.kind));
    }
    let strange = input.one_of.iter().filter(|text| !fact.one_of.is_empty() && !fact.one_of.contains(text));
    for text in strange {
        let help = instead(text, fact.one_of.iter().map(String::as_str));
        problems.add("T001-input-wrong", at, format!("`{}` is never `{text}`", input.name), help);
    }
    if input.one_of.is_empty() {
        input.one_of.clone_from(&fact.one_of);
    }
    input
}

/// The name of an input: names with dots between them.
fn key_path(key: String, at: Place, problems: &mut Problems<'_>) -> Option<Name> {
    name(&Node { at, value: Tree::Text(key) }, "an input", true, problems)
}

/// `number`, or `{type: text, one-of: [paid, sent]}`.
fn input(node: &Node, id: Option<Name>, problems: &mut Problems<'_>) -> Option<Input> {
    if !matches!(node.value, Tree::Map(_)) {
        let kind = choice(node, "an input", &Kind::ALL, problems);
        return Some(Input { name: id?.text, kind: kind?, one_of: Vec::new() });
    }
    let mut fields = Fields::open(node, "an input", problems)?;
    let kind = fields.need("type", problems).and_then(|node| choice(node, "`type`", &Kind::ALL, problems));
    let one_of = fields.get("one-of").map(|node| items(node, "`one-of`", problems)).unwrap_or_default();
    let one_of: Vec<String> = one_of.iter().filter_map(|node| text(node, "a text", problems)).map(|name| name.text).collect();
    fields.close(problems);
    if !one_of.is_empty() && kind.is_some_and(|kind| kind != Kind::Text) {
        problems.add("T001-input-wrong", node.at, "only a text is one of a few", "take `one-of` out".to_owned());
    }
    Some(Input { name: id?.text, kind: kind?, one_of })
}

fn otherwise(node: &Node, problems: &mut Problems<'_>) -> Option<Otherwise> {
    let mut fields = Fields::open(node, "`default`", problems)?;
    let result = fields.need("result", problems).and_then(|node| name(node, "a result", false, problems));
    let because = fields.need("because", problems).and_then(|node| text(node, "`because`", problems));
    fields.close(problems);
    Some(Otherwise { result: result?.text, because: because?.text })
}

fn rows(node: &Node, inputs: &[Input], problems: &mut Problems<'_>) -> Option<Vec<(Row, Place)>> {
    let mut ids = BTreeSet::new();
    let mut rows = Vec::new();
    for node in items(node, "the list of rows", problems) {
        let row = row(node, inputs, problems)?;
        if !ids.insert(row.id.clone()) {
            problems.add("T002-row-twice", node.at, format!("there are two rows `{}`", row.id), "give each its own id".to_owned());
        }
        rows.push((row, node.at));
    }
    Some(rows)
}

fn row(node: &Node, inputs: &[Input], problems: &mut Problems<'_>) -> Option<Row> {
    let mut fields = Fields::open(node, "a row", problems)?;
    let id = fields.need("id", problems).and_then(|node| text(node, "`id`", problems));
    let guard = fields.get("if").map(|node| guard(node, inputs, problems));
    let result = fields.need("result", problems).and_then(|node| name(node, "a result", false, problems));
    let because = fields.need("because", problems).and_then(|node| text(node, "`because`", problems));
    let priority = fields.get("priority").map_or(Some(0), |node| count(node, "`priority`", problems));
    let from = fields.get("from").map(|node| day(node, "`from`", problems));
    let until = fields.get("until").map(|node| day(node, "`until`", problems));
    fields.close(problems);
    if let (Some(Some(from)), Some(Some(until))) = (from, until)
        && until < from
    {
        problems.add(
            "T003-never-in-force",
            node.at,
            "the row ends before it begins",
            "`from` is the first day, `until` the last".to_owned(),
        );
    }
    let (guard, from, until) = (guard.map_or(Some(None), |it| it.map(Some))?, from.flatten(), until.flatten());
    Some(Row { id: id?.text, guard, result: result?.text, because: because?.text, priority: priority?, from, until })
}

fn day(node: &Node, what: &str, problems: &mut Problems<'_>) -> Option<Date> {
    let day = text(node, what, problems)?;
    let read = day.as_str().parse().ok();
    if read.is_none() {
        problems.add("Y004-value-wrong", day.at, format!("`{}` is not a day", day.as_str()), "write it as `2026-11-21`".to_owned());
    }
    read
}

fn guard(node: &Node, inputs: &[Input], problems: &mut Problems<'_>) -> Option<Guard> {
    let said = text(node, "`if`", problems)?;
    let mut tell = |Wrong { at, message, help }: Wrong| {
        let place = problems.within(said.at, said.as_str(), at);
        problems.add("T004-guard-wrong", place, message, help);
    };
    let guard = Guard::parse(said.as_str()).map_err(&mut tell).ok()?;
    let kinds: Vec<(&str, [Kind; 1])> = inputs.iter().map(|input| (input.name.as_str(), [input.kind])).collect();
    let kinds: Vec<(&str, &[Kind])> = kinds.iter().map(|(name, kinds)| (*name, kinds.as_slice())).collect();
    let wrong: Vec<Wrong> = check(&guard, &kinds).into_iter().chain(strangers(&guard, inputs)).collect();
    let sound = wrong.is_empty();
    wrong.into_iter().for_each(tell);
    sound.then_some(guard)
}

/// Texts that an input can never hold.
fn strangers(guard: &Guard, inputs: &[Input]) -> Vec<Wrong> {
    let mut found = Vec::new();
    guard.root().each(&mut |path, values| {
        let known = inputs.iter().find(|input| input.name == path.name).map(|input| input.one_of.as_slice()).unwrap_or_default();
        for value in values.unwrap_or_default() {
            if let Value::Text(text) = value
                && !known.is_empty()
                && !known.contains(text)
            {
                let help = instead(text, known.iter().map(String::as_str));
                found.push(Wrong { at: path.at, message: format!("`{}` is never {value}", path.name), help });
            }
        }
    });
    found
}

/// `unique` promises that no two rows apply at once and that one always does: each exception is told with a case.
fn prove(table: &Table, at: Place, places: &[Place], problems: &mut Problems<'_>) {
    let rows: Vec<(&Row, Place)> = table.rows.iter().zip(places.iter().copied()).collect();
    for (number, (one, place)) in rows.iter().enumerate() {
        let before = rows.iter().take(number).filter(|(other, _)| other.priority == one.priority);
        for (other, _) in before {
            let both = |case: &Case| format!("`{}` and `{}` both apply {case}", other.id, one.id);
            told(
                cover::overlap(table, other, one),
                ("T005-rows-overlap", *place),
                both,
                "narrow one of them, or give one a higher `priority`",
                problems,
            );
        }
    }
    if table.otherwise.is_none() {
        told(
            cover::gap(table),
            ("T006-gap", at),
            |case| format!("no row applies {case}"),
            "add a row, or a `default` with its `except`",
            problems,
        );
    }
}

fn told(
    found: Result<Option<Case>, TooMany>,
    (code, at): (&'static str, Place),
    say: impl Fn(&Case) -> String,
    help: &str,
    problems: &mut Problems<'_>,
) {
    match found {
        Ok(None) => {}
        Ok(Some(case)) => problems.add(code, at, say(&case), help.to_owned()),
        Err(TooMany) => {
            let message = "the table looks at too many inputs to prove that its rows are `unique`";
            problems.add("T007-too-many-cases", at, message, "make two tables of it, or write `hit: first`".to_owned());
        }
    }
}
