//! The edits: small changes of the kind that a hurried author makes, each on one place of the tree.

use crate::source::{yaml::Entry, yaml::Node, yaml::Value};
use serde_json::json;

use super::super::super::period::Period;

/// One change at one place.
pub(super) struct Edit {
    pub(super) words: String,
    pub(super) line: u32,
    /// Whether it only takes away an assertion.
    pub(super) asserted: bool,
    path: Vec<usize>,
    change: Change,
}

enum Change {
    /// Another text.
    Text(String),
    /// Another number.
    Number(i64),
    /// The child of that number goes.
    Drop(usize),
    /// Two children change places.
    Swap(usize, usize),
    /// The values of two entries change places.
    SwapValues(usize, usize),
}

impl Edit {
    pub(super) fn apply(&self, tree: &Node) -> String {
        let mut tree = tree.clone();
        if let Some(node) = self.path.iter().try_fold(&mut tree, |node, index| child_mut(node, *index)) {
            change(node, &self.change);
        }
        written(&tree)
    }
}

fn change(node: &mut Node, change: &Change) {
    match (&mut node.value, change) {
        (value, Change::Text(text)) => *value = Value::Text(text.clone()),
        (value, Change::Number(number)) => *value = Value::Number(*number),
        (Value::List(items), Change::Drop(index)) => drop(items.remove(*index)),
        (Value::Map(entries), Change::Drop(index)) => drop(entries.remove(*index)),
        (Value::List(items), Change::Swap(a, b)) => items.swap(*a, *b),
        (Value::Map(entries), Change::SwapValues(a, b)) => {
            let of = |index: usize| entries.get(index).map(|entry| entry.value.clone());
            let (first, second) = (of(*a), of(*b));
            if let Some((entry, value)) = entries.get_mut(*a).zip(second) {
                entry.value = value;
            }
            if let Some((entry, value)) = entries.get_mut(*b).zip(first) {
                entry.value = value;
            }
        }
        _ => {}
    }
}

fn child_mut(node: &mut Node, index: usize) -> Option<&mut Node> {
    match &mut node.value {
        Value::List(items) => items.get_mut(index),
        Value::Map(entries) => entries.get_mut(index).map(|entry| &mut entry.value),
        _ => None,
    }
}

/// The tree as JSON, which is YAML: every place of the right and the wrong definition stays on one line.
pub(super) fn written(node: &Node) -> String {
    fn json_of(node: &Node) -> serde_json::Value {
        match &node.value {
            Value::Nothing => json!(null),
            Value::Bool(flag) => json!(flag),
            Value::Number(number) => json!(number),
            Value::Text(text) => json!(text),
            Value::List(items) => items.iter().map(json_of).collect(),
            Value::Map(entries) => entries.iter().map(|entry| (entry.key.clone(), json_of(&entry.value))).collect(),
        }
    }
    json_of(node).to_string()
}

/// Every edit of a definition.
pub(super) fn all(tree: &Node) -> Vec<Edit> {
    let mut edits = Edits { tree, stages: stage_names(tree), roles: texts(get(tree, "roles")), found: Vec::new() };
    edits.clock();
    edits.any_time();
    if let Some((index, stages)) = position(tree, "stages") {
        for (number, stage) in items(stages).iter().enumerate() {
            if let Some((steps_at, steps)) = position(stage, "steps") {
                edits.steps(&[index, number, steps_at], steps);
            }
        }
    }
    edits.found
}

struct Edits<'t> {
    tree: &'t Node,
    stages: Vec<&'t str>,
    roles: Vec<&'t str>,
    found: Vec<Edit>,
}

impl<'t> Edits<'t> {
    fn add(&mut self, path: &[usize], at: &Node, change: Change, words: impl Into<String>) {
        self.found.push(Edit { words: words.into(), line: at.at.line, asserted: false, path: path.to_vec(), change });
    }

    /// Alarms and stops of the statutory clock.
    fn clock(&mut self) {
        let Some((clock_at, clock)) = position(self.tree, "clock") else { return };
        if let Some((at, paused)) = position(clock, "paused-in") {
            self.add(&[clock_at], paused, Change::Drop(at), "the clock never stands still");
        }
        let Some((alarms_at, alarms)) = position(clock, "alarms") else { return };
        for (number, alarm) in items(alarms).iter().enumerate() {
            let mark = get(alarm, "at").map(text).unwrap_or_default();
            self.add(&[clock_at, alarms_at], alarm, Change::Drop(number), format!("the alarm `{mark}` is dropped"));
        }
    }

    /// Signals and their windows.
    fn any_time(&mut self) {
        let Some((signals_at, signals)) = position(self.tree, "any-time") else { return };
        for (number, signal) in items(signals).iter().enumerate() {
            let name = get(signal, "event").map(text).unwrap_or_default();
            self.add(&[signals_at], signal, Change::Drop(number), format!("`{name}` is dropped"));
            let path = [signals_at, number];
            for key in ["until", "then"] {
                if let Some((at, stage)) = position(signal, key) {
                    self.other_stages(&[&path[..], &[at]].concat(), stage, &format!("`{key}` of `{name}`"));
                }
            }
            if let Some((at, stages)) = position(signal, "in") {
                for (index, stage) in items(stages).iter().enumerate().filter(|_| items(stages).len() > 1) {
                    let words = format!("`{name}` is not possible in `{}`", text(stage));
                    self.add(&[&path[..], &[at]].concat(), stage, Change::Drop(index), words);
                }
            }
            if let Some((at, within)) = position(signal, "within") {
                self.doubled(&[&path[..], &[at]].concat(), within, &format!("`within` of `{name}`"));
            }
        }
    }

    /// The stages before and after the one that is named.
    fn other_stages(&mut self, path: &[usize], node: &Node, what: &str) {
        let Some(index) = self.stages.iter().position(|stage| *stage == text(node)) else { return };
        for other in [index.checked_sub(1), Some(index + 1)].into_iter().flatten() {
            if let Some(stage) = self.stages.get(other).copied() {
                self.add(path, node, Change::Text(stage.to_owned()), format!("{what} is `{stage}`"));
            }
        }
    }

    fn doubled(&mut self, path: &[usize], node: &Node, what: &str) {
        let twice = text(node).parse::<Period>().ok().and_then(Period::doubled);
        if let Some(twice) = twice {
            self.add(path, node, Change::Text(twice.to_string()), format!("{what} is `{twice}`"));
        }
    }

    /// A list of steps: order, presence, and each step for itself.
    fn steps(&mut self, path: &[usize], steps: &'t Node) {
        let list = items(steps);
        let names: Vec<&str> = list.iter().filter_map(|step| get(step, "id").map(text)).collect();
        for (number, step) in list.iter().enumerate() {
            let id = get(step, "id").map(text).unwrap_or_default();
            self.add(path, step, Change::Drop(number), format!("step `{id}` is dropped"));
            if let Some(next) = names.get(number + 1) {
                self.add(path, step, Change::Swap(number, number + 1), format!("`{next}` comes before `{id}`"));
            }
            let path = [path, &[number]].concat();
            self.step(&path, step, id, &names);
            if let Some((at, body)) = position(step, "steps") {
                self.steps(&[&path[..], &[at]].concat(), body);
            }
        }
    }

    fn step(&mut self, path: &[usize], step: &Node, id: &str, names: &[&str]) {
        let within = |at: usize| [path, &[at]].concat();
        if let Some((at, then)) = position(step, "then") {
            self.ways(&within(at), then, id, names);
        }
        if let Some((at, due)) = position(step, "due") {
            self.doubled(&within(at), due, &format!("`due` of `{id}`"));
        }
        if let Some((at, limit)) = position(step, "limit") {
            self.limits(&within(at), limit, id);
        }
        if let Some((at, roles)) = position(step, "task") {
            self.task_roles(&within(at), roles, id);
        }
        if let Some((at, four_eyes)) = position(step, "four-eyes") {
            self.add(path, four_eyes, Change::Drop(at), format!("`{id}` without four eyes"));
            for (apart_at, apart) in ["not-by", "nor-by"].iter().filter_map(|key| position(four_eyes, key)) {
                for (index, other) in items(apart).iter().enumerate().filter(|_| items(apart).len() > 1) {
                    let words = format!("`{id}` may be done by who did `{}`", text(other));
                    self.add(&[path, &[at, apart_at]].concat(), other, Change::Drop(index), words);
                }
            }
            if let Some((nor_by_at, nor_by)) = position(four_eyes, "nor-by") {
                self.add(&[path, &[at]].concat(), nor_by, Change::Drop(nor_by_at), format!("`{id}` without `nor-by`"));
            }
        }
        if let Some((at, needs)) = position(step, "needs") {
            self.add(path, needs, Change::Drop(at), format!("`{id}` without `needs`"));
            if let Some(edit) = self.found.last_mut() {
                edit.asserted = true;
            }
        }
    }

    /// Where outcomes lead: swapped, or to the step or stage beside.
    fn ways(&mut self, path: &[usize], then: &Node, id: &str, names: &[&str]) {
        let Value::Map(ways) = &then.value else { return self.other_ways(path, then, id, "its end", names) };
        for (number, way) in ways.iter().enumerate() {
            self.other_ways(&[path, &[number]].concat(), &way.value, id, &way.key, names);
            if way.key == "overdue" {
                self.add(path, &way.value, Change::Drop(number), format!("`{id}` is never overdue"));
            }
            for (other, second) in ways.iter().enumerate().skip(number + 1) {
                let words = format!("`{}` and `{}` of `{id}` are swapped", way.key, second.key);
                self.add(path, &way.value, Change::SwapValues(number, other), words);
            }
        }
    }

    fn other_ways(&mut self, path: &[usize], node: &Node, id: &str, outcome: &str, names: &[&str]) {
        let target = text(node);
        let what = format!("`{outcome}` of `{id}`");
        self.other_stages(path, node, &what);
        let step = names.iter().find(|name| **name != target && **name != id);
        let stage = self.stages.iter().rev().find(|stage| **stage != target).copied();
        for other in step.copied().into_iter().chain(stage) {
            self.add(path, node, Change::Text(other.to_owned()), format!("{what} is `{other}`"));
        }
    }

    fn limits(&mut self, path: &[usize], limit: &Node, id: &str) {
        let Value::Map(entries) = &limit.value else { return };
        for (index, entry) in entries.iter().enumerate() {
            let Value::Number(times) = entry.value.value else { continue };
            for other in [times - 1, times + 1].into_iter().filter(|other| *other > 0) {
                let words = format!("`{id}` may go to `{}` {other} times", entry.key);
                self.add(&[path, &[index]].concat(), &entry.value, Change::Number(other), words);
            }
        }
    }

    /// Somebody else's task; or no longer one of those who may.
    fn task_roles(&mut self, path: &[usize], roles: &Node, id: &str) {
        let may = texts(Some(roles));
        let other = self.roles.iter().find(|role| !may.contains(role)).copied();
        if let Some(other) = other.filter(|_| !may.contains(&"subject")) {
            self.add(path, roles, Change::Text(other.to_owned()), format!("`{id}` is for `{other}`"));
        }
        if may.len() > 1 {
            for (index, role) in may.iter().enumerate() {
                self.add(path, roles, Change::Drop(index), format!("`{id}` is not for `{role}`"));
            }
        }
    }
}

fn position<'n>(node: &'n Node, key: &str) -> Option<(usize, &'n Node)> {
    let Value::Map(entries) = &node.value else { return None };
    let index = entries.iter().position(|entry: &Entry| entry.key == key)?;
    Some((index, &entries.get(index)?.value))
}

fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    position(node, key).map(|(_, node)| node)
}

fn items(node: &Node) -> &[Node] {
    if let Value::List(items) = &node.value { items } else { &[] }
}

fn text(node: &Node) -> &str {
    if let Value::Text(text) = &node.value { text } else { "" }
}

/// One text or a list of them.
fn texts(node: Option<&Node>) -> Vec<&str> {
    match node.map(|node| (&node.value, node)) {
        Some((Value::List(items), _)) => items.iter().map(text).collect(),
        Some((_, node)) => vec![text(node)],
        None => Vec::new(),
    }
}

fn stage_names(tree: &Node) -> Vec<&str> {
    get(tree, "stages").map(items).unwrap_or_default().iter().filter_map(|stage| get(stage, "id").map(text)).collect()
}
