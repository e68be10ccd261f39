//! A case that took place becomes a scenario: codes only, times relative, and people under names that say nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use jiff::Timestamp;

use super::super::{
    compiled::{Compiled, SUBJECT},
    event::{Event, EventKind, Resolution},
    refusal::Refusal,
    state::{State, Waiting},
    transition::fold,
};

/// Writes the scenario of a journal; nothing of an empty one.
///
/// Timers that rang are not written: they ring again when time passes. Times are cut to the minute.
pub fn record(def: &Compiled, journal: &[Event], title: &str) -> Result<Option<String>, Refusal> {
    let (Some(state), Some(opened)) = (fold(def, journal)?, journal.first()) else { return Ok(None) };
    let EventKind::Opened { lists } = &opened.kind else { return Ok(None) };
    let people = people(journal);
    let mut text = String::new();
    line(&mut text, 0, &format!("scenario: {}", quoted(title)));
    line(&mut text, 0, &format!("workflow: {}@{}", def.name, def.version));
    if !people.is_empty() {
        line(&mut text, 0, "people:");
        for (handle, roles) in people.values() {
            line(&mut text, 1, &format!("{handle}: {}", list(roles)));
        }
    }
    line(&mut text, 0, &format!("start: {{by: subject{}}}", found(lists)));
    line(&mut text, 0, "steps:");
    let mut minutes = 0;
    for event in journal.iter().skip(1) {
        let Some(step) = step(event, &people) else { continue };
        passes(&mut text, opened.at, event.at, &mut minutes);
        line(&mut text, 1, &format!("- {step}"));
    }
    if let Some(last) = journal.last() {
        passes(&mut text, opened.at, last.at, &mut minutes);
    }
    line(&mut text, 0, &format!("expect: {{{}}}", end(&state)));
    Ok(Some(text))
}

/// What every member of staff is called here, and the roles they held.
fn people(journal: &[Event]) -> BTreeMap<&str, (String, Vec<String>)> {
    let mut roles: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for event in journal.iter().filter(|event| event.by.starts_with("staff/")) {
        roles.entry(&event.by).or_default().extend(event.roles.iter().cloned());
    }
    let named = (1..).zip(roles).map(|(number, (by, roles))| (by, (format!("person-{number}"), roles.into_iter().collect())));
    named.collect()
}

fn step(event: &Event, people: &BTreeMap<&str, (String, Vec<String>)>) -> Option<String> {
    let by = people.get(event.by.as_str()).map_or_else(|| SUBJECT.to_owned(), |(handle, _)| format!("staff/{handle}"));
    Some(match &event.kind {
        EventKind::Opened { .. } | EventKind::Elapsed { .. } | EventKind::Migrated { .. } => return None,
        EventKind::Submitted { wait, outcome } => {
            format!("submit: {{task: {}, by: {by}, outcome: {outcome}}}", quoted(&wait.to_string()))
        }
        EventKind::Reported { wait, outcome, lists } => {
            let lists = lists.iter().map(|(name, items)| format!("\n    {name}: {}", list(items)));
            format!("action: {}{}", quoted(&format!("{wait} -> {outcome}")), lists.collect::<String>())
        }
        EventKind::Failed { wait, .. } => format!("fail: {}", quoted(&wait.to_string())),
        EventKind::Resolved { wait, how } => {
            let how = match how {
                Resolution::Retry | Resolution::RetryWith { .. } => "retry".to_owned(),
                Resolution::ByHand { outcome } => format!("by-hand {outcome}"),
                Resolution::Skip { .. } => "skip".to_owned(),
                Resolution::Restart => "restart".to_owned(),
            };
            format!("resolve: {{step: {}, how: {how}, by: {by}}}", quoted(&wait.to_string()))
        }
        EventKind::Signalled { name } => format!("event: {{name: {name}, by: {by}}}"),
    })
}

/// Lets time pass up to an event, in the periods that a scenario knows.
fn passes(text: &mut String, start: Timestamp, at: Timestamp, minutes: &mut i64) {
    let until = at.duration_since(start).as_mins();
    let (days, rest) = ((until - *minutes) / 1_440, (until - *minutes) % 1_440);
    if days > 0 {
        line(text, 1, &format!("- advance: P{days}D"));
    }
    if rest > 0 {
        line(text, 1, &format!("- advance: PT{rest}M"));
    }
    *minutes = until.max(*minutes);
}

/// Where it stands.
fn end(state: &State) -> String {
    let waits = |pick: fn(&Waiting) -> bool| {
        let waits = state.open.iter().filter(|open| pick(&open.for_what)).map(|open| open.wait.to_string());
        list(&waits.collect::<Vec<_>>())
    };
    let tasks = waits(|waiting| matches!(waiting, Waiting::Task { .. }));
    let work = waits(|waiting| *waiting == Waiting::Work);
    let closed = state.closed.as_ref().map(|closed| format!(", closed: {}", closed.ending.name()));
    format!("stage: {}, tasks: {tasks}, work: {work}{}", state.stage, closed.unwrap_or_default())
}

fn found(lists: &BTreeMap<String, Vec<String>>) -> String {
    lists.iter().fold(String::new(), |text, (name, items)| text + &format!(", {name}: {}", list(items)))
}

fn list(items: &[String]) -> String {
    format!("[{}]", items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", "))
}

/// As it is where nobody can misread it, else in quotes.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-.@ >_".contains(c);
    let good = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(plain);
    if good { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

fn line(text: &mut String, depth: usize, words: &str) {
    let _ = writeln!(text, "{:width$}{words}", "", width = depth * 2);
}
