//! The keys of a scenario file: a YAML tree becomes [`Scenario`]s. Knows shapes; whether the names exist is checked later.

mod expect;
mod step;

use crate::source::{
    diagnostic::Diagnostic, diagnostic::Problems, reader::Fields, reader::entries, reader::items, reader::key_name, reader::names,
    reader::parsed, reader::text, yaml, yaml::Node,
};
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    super::{compiled::SUBJECT, definition::Name},
    Lists, Said, Scenario, Start,
};

const WRONG_VALUE: &str = "Y004-value-wrong";
const START: &str = "2027-01-04T09:00:00Z";

/// People a scenario may name without introducing them, and their roles.
const PEOPLE: [(&str, &str); 5] =
    [("kari", "case-handler"), ("olav", "system-owner"), ("per", "privacy-lead"), ("ida", "dpo"), ("nora", "authority")];

/// Reads a file: one scenario, or `scenarios` under keys that are the same for all of them. All problems at once.
pub fn read(file: &str, source: &str) -> Result<Vec<Scenario>, Vec<Diagnostic>> {
    let mut problems = Problems::new(file, source);
    let tree = yaml::read(source, &mut problems);
    let found = tree.and_then(|tree| file_of(&tree, file, &mut problems));
    problems.answer(found)
}

/// What the scenarios of a file share, and each may say for itself.
#[derive(Clone, Default)]
struct Shared {
    workflow: Option<(Name, Option<u32>)>,
    calendar: Option<String>,
    people: BTreeMap<String, Vec<String>>,
    start: Option<Start>,
    answers: Vec<Said>,
}

fn file_of(tree: &Node, file: &str, problems: &mut Problems<'_>) -> Option<Vec<Scenario>> {
    let mut fields = Fields::open(tree, "a scenario file", problems)?;
    let people = PEOPLE.map(|(handle, role)| (handle.to_owned(), vec![role.to_owned()]));
    let usual = Shared { people: people.into_iter().collect(), ..Shared::default() };
    let Some(list) = fields.get("scenarios") else { return Some(vec![scenario(tree, file, usual, problems)?]) };
    let shared = shared(&mut fields, usual, problems);
    fields.close(problems);
    Some(items(list, "`scenarios`", problems).iter().filter_map(|node| scenario(node, file, shared.clone(), problems)).collect())
}

fn scenario(node: &Node, file: &str, before: Shared, problems: &mut Problems<'_>) -> Option<Scenario> {
    let mut fields = Fields::open(node, "a scenario", problems)?;
    let title = fields.need("scenario", problems).and_then(|node| text(node, "`scenario`", problems));
    let shared = shared(&mut fields, before, problems);
    let steps = fields.get("steps").map(|node| step::lines(node, problems)).unwrap_or_default();
    let expect = fields.get("expect").and_then(|node| expect::expect(node, problems));
    if shared.workflow.is_none() {
        problems.add("Y003-key-missing", node.at, "a scenario needs `workflow`", None);
    }
    fields.close(problems);
    let (workflow, version) = shared.workflow?;
    let start = shared.start.or_else(|| Some(usual_start(node)))?;
    let Shared { calendar, people, answers, .. } = Shared { workflow: None, start: None, ..shared };
    let (title, at) = title.map(|title| (title.text, title.at))?;
    Some(Scenario { title, file: file.to_owned(), at, workflow, version, calendar, people, start, answers, steps, expect })
}

fn usual_start(node: &Node) -> Start {
    let by = Name { text: SUBJECT.to_owned(), at: node.at };
    Start { at: START.parse().unwrap_or(Timestamp::UNIX_EPOCH), by, lists: Vec::new() }
}

fn shared(fields: &mut Fields<'_>, before: Shared, problems: &mut Problems<'_>) -> Shared {
    let workflow = fields.get("workflow").and_then(|node| workflow(node, problems)).or(before.workflow);
    let calendar = fields.get("calendar").and_then(|node| text(node, "`calendar`", problems)).map(|name| name.text).or(before.calendar);
    let mut people = before.people;
    for entry in fields.get("people").map(|node| entries(node, "`people`", problems)).unwrap_or_default() {
        let roles = names(&entry.value, "a role", false, problems).into_iter().map(|role| role.text).collect();
        people.extend(key_name(entry, "a person", problems).map(|handle| (handle.text, roles)));
    }
    let start = fields.get("start").and_then(|node| start(node, problems)).or(before.start);
    let mut answers = fields.get("answers").map(|node| answers(node, problems)).unwrap_or_default();
    answers.extend(before.answers);
    Shared { workflow, calendar, people, start, answers }
}

/// `erasure`, or `erasure@1` where the story fits one version only.
fn workflow(node: &Node, problems: &mut Problems<'_>) -> Option<(Name, Option<u32>)> {
    let whole = text(node, "`workflow`", problems)?;
    let Some((name, version)) = whole.as_str().split_once('@') else { return Some((whole, None)) };
    let Ok(version) = version.parse() else {
        problems.add(WRONG_VALUE, node.at, format!("`{version}` is not a version"), "write it like `erasure@1`".to_owned());
        return None;
    };
    Some((Name { text: name.to_owned(), at: whole.at }, Some(version)))
}

fn start(node: &Node, problems: &mut Problems<'_>) -> Option<Start> {
    let lists = lists(node, problems);
    let mut fields = Fields::open(node, "`start`", problems)?;
    let usual = usual_start(node);
    let at = fields.get("at").map_or(Some(usual.at), |node| parsed(node, "`at`", problems));
    let by = fields.get("by").map_or(Some(usual.by), |node| text(node, "`by`", problems));
    fields.close_but(|key| key.contains('.'), problems);
    Some(Start { at: at?, by: by?, lists })
}

/// `answers:` — `match: unsure`, or with what was found: `plan: {ends: something, plan.systems: [crm]}`.
fn answers(node: &Node, problems: &mut Problems<'_>) -> Vec<Said> {
    let mut answers = Vec::new();
    for entry in entries(node, "`answers`", problems) {
        let spot = step::spot_of(&entry.key, entry.at);
        let plain = !matches!(entry.value.value, yaml::Value::Map(_));
        if plain {
            let outcome = text(&entry.value, "an outcome", problems);
            answers.extend(outcome.map(|outcome| Said { spot, outcome: Some(outcome), lists: Vec::new() }));
        } else if let Some(mut fields) = Fields::open(&entry.value, "an answer", problems) {
            let outcome = fields.get("ends").and_then(|node| text(node, "`ends`", problems));
            fields.close_but(|key| key.contains('.'), problems);
            answers.push(Said { spot, outcome, lists: lists(&entry.value, problems) });
        }
    }
    answers
}

/// The keys with a dot are lists: `case.systems: [crm, billing]`. An empty list says that there is none.
fn lists(node: &Node, problems: &mut Problems<'_>) -> Lists {
    let yaml::Value::Map(found) = &node.value else { return Vec::new() };
    let mut lists = Vec::new();
    for entry in found.iter().filter(|entry| entry.key.contains('.')) {
        let name = Name { text: entry.key.clone(), at: entry.at };
        let items = match &entry.value.value {
            yaml::Value::List(items) => items.iter().filter_map(|item| text(item, "an item", problems)).map(|item| item.text).collect(),
            _ => text(&entry.value, "a list", problems).map(|item| vec![item.text]).unwrap_or_default(),
        };
        lists.push((name, items));
    }
    lists
}
