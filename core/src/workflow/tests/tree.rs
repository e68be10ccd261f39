//! A definition's tree, written out again: as YAML after somebody has cut into it, and as JSON for a schema.

use serde_json::{Map, Value as Json, json};

use crate::source::{
    diagnostic::Problems,
    yaml::{self, Entry, Node, Value},
};

pub(super) fn tree(text: &str) -> Option<Node> {
    yaml::read(text, &mut Problems::new("w.yaml", text))
}

/// The tree as JSON; of a key that stands twice, the last counts.
pub(super) fn json(node: &Node) -> Json {
    match &node.value {
        Value::Nothing => Json::Null,
        Value::Bool(flag) => json!(flag),
        Value::Number(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(entries) => Json::Object(entries.iter().map(|entry| (entry.key.clone(), json(&entry.value))).collect::<Map<_, _>>()),
    }
}

/// The tree as YAML on one line.
pub(super) fn written(node: &Node) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    match &node.value {
        Value::Nothing => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => quoted(text),
        Value::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let pair = |entry: &Entry| format!("{}: {}", quoted(&entry.key), written(&entry.value));
            format!("{{{}}}", entries.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Every node below and with this one, the parent first.
pub(super) fn count(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(count).sum(),
        Value::Map(entries) => entries.iter().map(|entry| count(&entry.value)).sum(),
        _ => 0,
    }
}

/// Does something to the node that comes at this place in reading order.
pub(super) fn at(node: &mut Node, place: &mut usize, cut: &mut dyn FnMut(&mut Node)) {
    if *place == 0 {
        cut(node);
    }
    *place = place.wrapping_sub(1);
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| at(item, place, cut)),
        Value::Map(entries) => entries.iter_mut().for_each(|entry| at(&mut entry.value, place, cut)),
        _ => {}
    }
}

/// What is done, in words, and the doing.
pub(super) type Cut = (&'static str, fn(&mut Node));

/// What can be done to a node: each gives another tree, most of them wrong ones.
pub(super) const CUTS: [Cut; 13] = [
    ("drop the first child", |node| match &mut node.value {
        Value::List(items) if !items.is_empty() => drop(items.remove(0)),
        Value::Map(entries) if !entries.is_empty() => drop(entries.remove(0)),
        other => *other = Value::Nothing,
    }),
    ("drop the last child", |node| match &mut node.value {
        Value::List(items) => drop(items.pop()),
        Value::Map(entries) => drop(entries.pop()),
        other => *other = Value::List(Vec::new()),
    }),
    ("rename the first key", |node| match &mut node.value {
        Value::Map(entries) if !entries.is_empty() => entries[0].key.push('x'),
        other => *other = Value::Text("no".to_owned()),
    }),
    ("swap the first two", |node| match &mut node.value {
        Value::List(items) if items.len() > 1 => items.swap(0, 1),
        Value::Map(entries) if entries.len() > 1 => {
            let (one, other) = entries.split_at_mut(1);
            std::mem::swap(&mut one[0].value, &mut other[0].value);
        }
        other => *other = Value::Bool(true),
    }),
    ("double the first", |node| match &mut node.value {
        Value::List(items) if !items.is_empty() => items.push(items[0].clone()),
        Value::Map(entries) if !entries.is_empty() => entries.push(entries[0].clone()),
        other => *other = Value::Number(0),
    }),
    ("make a list of it", |node| node.value = Value::List(vec![node.clone()])),
    ("make a mapping of it", |node| {
        let entry = Entry { key: "then".to_owned(), at: node.at, value: node.clone() };
        node.value = Value::Map(vec![entry]);
    }),
    ("make a number of it", |node| node.value = Value::Number(7)),
    ("make a huge number of it", |node| node.value = Value::Number(i64::MAX)),
    ("make a boolean of it", |node| node.value = Value::Bool(false)),
    ("make an odd text of it", |node| node.value = Value::Text("Æ \u{202e}\u{0}𝒳\n".to_owned())),
    ("make an empty text of it", |node| node.value = Value::Text(String::new())),
    ("make a plain name of it", |node| node.value = Value::Text("end".to_owned())),
];
