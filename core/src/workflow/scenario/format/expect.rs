//! What must be seen: `expect:` in the middle and at the end.

use super::{
    super::{
        super::definition::{Ending, Name},
        Deadline, Expect,
    },
    step::{spot, spots},
};
use crate::source::{
    diagnostic::Problems, reader::Fields, reader::choice, reader::entries, reader::flag, reader::names, reader::parsed, reader::text,
    yaml::Node, yaml::Value,
};
use crate::workflow::grammar::period;

pub(super) fn expect(node: &Node, problems: &mut Problems<'_>) -> Option<Expect> {
    let mut fields = Fields::open(node, "`expect`", problems)?;
    let mut word = |key, fields: &mut Fields<'_>| fields.get(key).and_then(|node| text(node, key, problems));
    let (stage, cause, law) = (word("stage", &mut fields), word("because", &mut fields), word("law", &mut fields));
    let seen = Expect {
        stage,
        task: fields.get("task").and_then(|node| spot(node, problems)),
        roles: fields.get("for").map(|node| names(node, "a role", false, problems)),
        due: fields.get("due").and_then(|node| period(node, "`due`", problems)),
        tasks: fields.get("tasks").map(|node| spots(node, problems)),
        work: fields.get("work").map(|node| spots(node, problems)),
        letters: fields.get("letters").map(|node| words(node, "a letter", problems)),
        paused: fields.get("clock").and_then(|node| choice(node, "`clock`", &[("paused", true), ("running", false)], problems)),
        law: law.map(|law| law.text),
        facts: fields.get("facts").map(|node| words(node, "a fact", problems)).unwrap_or_default(),
        lacks: fields.get("lacks").map(|node| words(node, "a fact", problems)).unwrap_or_default(),
        incident: fields.get("incident").and_then(|node| spot(node, problems)),
        cause,
        alarms: fields.get("alarms").map(|node| alarms(node, problems)),
        recorded: fields.get("recorded").map(|node| words(node, "a fact of the log", problems)),
        closed: fields.get("closed").and_then(|node| Some((ending(node, problems)?, node.at))),
        calls: fields.get("calls").map(|node| calls(node, problems)).unwrap_or_default(),
        deadline: fields.get("deadline").and_then(|node| deadline(node, problems)),
        visits: fields.get("journal").and_then(|node| journal(node, problems)),
    };
    if seen.task.is_none() && (seen.roles.is_some() || seen.due.is_some()) {
        problems.add("Y003-key-missing", node.at, "`for` and `due` are about a task", "name it: `task: STEP`".to_owned());
    }
    fields.close(problems);
    Some(seen)
}

/// One word or a list of them; an empty list says that there is none.
fn words(node: &Node, what: &str, problems: &mut Problems<'_>) -> Vec<Name> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| text(item, what, problems)).collect(),
        _ => text(node, what, problems).into_iter().collect(),
    }
}

/// `{goal: case-handler, due - P7D: [case-handler, privacy-lead]}`.
fn alarms(node: &Node, problems: &mut Problems<'_>) -> Vec<(Name, Vec<Name>)> {
    let entries = entries(node, "`alarms`", problems).iter();
    entries.map(|entry| (Name { text: entry.key.clone(), at: entry.at }, words(&entry.value, "a role", problems))).collect()
}

fn ending(node: &Node, problems: &mut Problems<'_>) -> Option<Ending> {
    let words = [("answered", Ending::Answered), ("refused", Ending::Refused), ("withdrawn", Ending::Withdrawn)];
    choice(node, "`closed`", &words, problems)
}

fn calls(node: &Node, problems: &mut Problems<'_>) -> Vec<(Name, usize)> {
    let mut calls = Vec::new();
    for entry in entries(node, "`calls`", problems) {
        if let Value::Number(number) = entry.value.value
            && let Ok(times) = usize::try_from(number)
        {
            calls.push((Name { text: entry.key.clone(), at: entry.at }, times));
        } else {
            problems.add("Y004-value-wrong", entry.value.at, "how often is a whole number", None);
        }
    }
    calls
}

fn deadline(node: &Node, problems: &mut Problems<'_>) -> Option<Deadline> {
    let mut fields = Fields::open(node, "`deadline`", problems)?;
    let due = fields.get("due").and_then(|node| parsed(node, "`due`", problems));
    let strict = fields.get("strict").and_then(|node| parsed(node, "`strict`", problems));
    let met = fields.get("met").and_then(|node| flag(node, "`met`", problems));
    fields.close(problems);
    Some(Deadline { due, strict, met })
}

/// `replays: identical` may be written and is always looked at.
fn journal(node: &Node, problems: &mut Problems<'_>) -> Option<Vec<Name>> {
    let mut fields = Fields::open(node, "`journal`", problems)?;
    if let Some(node) = fields.get("replays") {
        choice(node, "`replays`", &[("identical", ())], problems);
    }
    let visits = fields.get("visits").map(|node| words(node, "a stage", problems));
    fields.close(problems);
    visits
}
