//! What every target asks: words and a place for everything that is wrong, and an answer for everything that is right.

use std::{panic::Location, sync::LazyLock};

use habeas_core::{
    catalogue,
    workflow::{
        Catalogue, Compiled, Diagnostic, Surroundings, compile,
        draw::{bpmn, mermaid, outline, picture},
        lint, parse,
    },
};
use serde_json::Value;

/// What a house hands the engine.
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(catalogue::catalogue);

/// Every definition that is shipped, as it is written.
pub const SHIPPED: [&str; 7] = [
    include_str!("../../workflows/access.yaml"),
    include_str!("../../workflows/consent-withdrawal.yaml"),
    include_str!("../../workflows/erasure.yaml"),
    include_str!("../../workflows/objection.yaml"),
    include_str!("../../workflows/portability.yaml"),
    include_str!("../../workflows/rectification.yaml"),
    include_str!("../../workflows/restriction.yaml"),
];

/// The same as trees.
pub static TREES: LazyLock<Vec<Value>> = LazyLock::new(|| SHIPPED.iter().filter_map(|text| serde_saphyr::from_str(text).ok()).collect());

/// Reads, compiles, proves and draws. Stops the run at a complaint without words or place.
pub fn read(text: &str) -> Option<Compiled> {
    let definition = parse("fuzz.yaml", text).map_err(|problems| told(text, &problems)).ok()?;
    let compiled = compile(&definition, &CATALOGUE).map_err(|problems| told(text, &problems)).ok()?;
    lint(&definition, &compiled, &CATALOGUE, &Surroundings::default()).iter().for_each(|problem| sound(text, problem));
    lint::certain(&compiled, &CATALOGUE);
    (outline(&compiled), picture(&compiled, None), mermaid(&compiled), bpmn(&compiled));
    Some(compiled)
}

/// A refusal says at least one thing, and each well.
#[track_caller]
pub fn told(text: &str, problems: &[Diagnostic]) {
    assert!(!problems.is_empty(), "refused without a word at {}", Location::caller());
    problems.iter().for_each(|problem| sound(text, problem));
}

/// Whether a complaint says something and names a place of the text.
#[track_caller]
pub fn sound(text: &str, problem: &Diagnostic) {
    let lines = text.split(['\n', '\r']).count();
    let line = usize::try_from(problem.line).unwrap_or(usize::MAX);
    assert!((1..=lines).contains(&line) && problem.column >= 1, "no place: {problem}");
    assert!(!problem.message.trim().is_empty() && !problem.code.is_empty(), "no words: {problem}");
    assert!(problem.help.as_ref().is_none_or(|help| !help.trim().is_empty()), "empty help: {problem}");
}

/// Cuts into a tree, as `edits` say: places are counted in reading order, and what is put in is taken from the tree itself or is odd.
pub fn cut(tree: &mut Value, edits: &[(u16, u8, u16)]) {
    const ODD: [&str; 12] =
        ["", "no", "end", "P0D", "P9999Y", "-P1D", "2027-02-30", "Æ\u{202e}\u{0}", "a.b", "subject", "x in y", "case.received"];
    for (place, how, other) in edits {
        let graft = node(tree, usize::from(*other)).cloned().unwrap_or_default();
        let Some(here) = node_mut(tree, usize::from(*place)) else { continue };
        match (how % 10, &mut *here) {
            (0, Value::Array(items)) if !items.is_empty() => drop(items.remove(usize::from(*other) % items.len())),
            (0, Value::Object(map)) if !map.is_empty() => {
                drop(map.keys().nth(usize::from(*other) % map.len()).cloned().map(|key| map.remove(&key)))
            }
            (1, Value::Array(items)) => items.push(graft),
            (1, Value::Object(map)) => drop(map.insert(graft.as_str().unwrap_or("then").to_owned(), Value::Null)),
            (2, Value::Array(items)) if items.len() > 1 => {
                let by = usize::from(*other) % items.len();
                items.rotate_left(by);
            }
            (2, Value::Object(map)) if !map.is_empty() => {
                let key = map.keys().nth(usize::from(*other) % map.len()).cloned().unwrap_or_default();
                let value = map.remove(&key).unwrap_or_default();
                map.insert(graft.as_str().unwrap_or("steps").to_owned(), value);
            }
            (3, _) => *here = Value::Array(vec![here.clone(), here.clone()]),
            (4, _) => *here = ODD[usize::from(*other) % ODD.len()].into(),
            (5, _) => *here = i64::from(*other).pow(3).into(),
            (6, Value::String(text)) => text.push_str(graft.as_str().unwrap_or("x")),
            _ => *here = graft,
        }
    }
}

fn children(tree: &Value) -> Vec<&Value> {
    match tree {
        Value::Array(items) => items.iter().collect(),
        Value::Object(map) => map.values().collect(),
        _ => Vec::new(),
    }
}

/// How many values a tree has, itself among them.
pub fn size(tree: &Value) -> usize {
    1 + children(tree).into_iter().map(size).sum::<usize>()
}

fn node(tree: &Value, place: usize) -> Option<&Value> {
    let mut left = place % size(tree);
    let mut here = tree;
    'down: while left > 0 {
        left -= 1;
        for child in children(here) {
            let below = size(child);
            if left < below {
                here = child;
                continue 'down;
            }
            left -= below;
        }
        return None;
    }
    Some(here)
}

fn node_mut(tree: &mut Value, place: usize) -> Option<&mut Value> {
    let mut left = place % size(tree);
    let mut here = tree;
    while left > 0 {
        left -= 1;
        let below: Vec<&mut Value> = match here {
            Value::Array(items) => items.iter_mut().collect(),
            Value::Object(map) => map.values_mut().collect(),
            _ => return None,
        };
        let mut found = None;
        for child in below {
            let size = size(child);
            if left < size {
                found = Some(child);
                break;
            }
            left -= size;
        }
        here = found?;
    }
    Some(here)
}
