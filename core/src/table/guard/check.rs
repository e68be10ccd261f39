//! Whether a guard compares what can be compared: every input known, every comparison between values of one kind.

use super::{Guard, Path, Term, Test, Wrong};
use crate::{
    source::spelling::{instead, list},
    table::value::{Kind, Value},
};

/// Everything that is wrong with a guard over these inputs, each with the kinds it may be read as.
pub fn check(guard: &Guard, inputs: &[(&str, &[Kind])]) -> Vec<Wrong> {
    let mut found = Vec::new();
    term(guard.root(), inputs, &mut found);
    found
}

fn term(part: &Term, inputs: &[(&str, &[Kind])], found: &mut Vec<Wrong>) {
    match part {
        Term::And(terms) | Term::Or(terms) => terms.iter().for_each(|part| term(part, inputs, found)),
        Term::Not(part) => term(part, inputs, found),
        Term::Has(path) => drop(kinds(path, inputs, found)),
        Term::Test { path, test, values } => {
            if let Some(kinds) = kinds(path, inputs, found) {
                found.extend(values.iter().take(1).filter_map(|value| compared(path, *test, value, kinds)));
            }
        }
    }
}

fn kinds<'i>(path: &Path, inputs: &'i [(&str, &[Kind])], found: &mut Vec<Wrong>) -> Option<&'i [Kind]> {
    let known = inputs.iter().find(|(name, _)| *name == path.name).map(|(_, kinds)| *kinds);
    if known.is_none() {
        let help = instead(&path.name, inputs.iter().map(|(name, _)| *name));
        found.push(Wrong { at: path.at, message: format!("there is no input `{}`", path.name), help });
    }
    known
}

fn compared(path: &Path, test: Test, value: &Value, kinds: &[Kind]) -> Option<Wrong> {
    let Path { name, at } = path;
    if !kinds.contains(&value.kind()) {
        let of: Vec<String> = kinds.iter().map(ToString::to_string).collect();
        let message = format!("`{name}` cannot be compared with the {} {value}", value.kind());
        return Some(Wrong { at: *at, message, help: Some(format!("it is a {}", list(of.iter().map(String::as_str)))) });
    }
    (test.needs_order() && !value.kind().is_ordered()).then(|| {
        let message = format!("`{name}` is a {} and has no order", value.kind());
        Wrong { at: *at, message, help: Some("use `==`, `!=` or `in`".to_owned()) }
    })
}
