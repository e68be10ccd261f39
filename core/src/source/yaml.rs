//! YAML as a tree in which every node knows its place. Knows the format, not the language written in it.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::{
    Error, Location, Spanned,
    budget::BudgetBreach,
    options::{DuplicateKeyPolicy, MergeKeyPolicy},
};

use super::diagnostic::{Place, Problems};

const NOT_YAML: &str = "Y001-not-yaml";

/// The most brackets or indentations inside one another; the deepest file of ours has nine.
const MAX_DEPTH: usize = 32;

/// The most values in a definition, repeated ones counted each time.
pub(crate) const MAX_NODES: usize = 20_000;

/// How long values may be, all in all.
const BYTES_PER_NODE: usize = 64;

/// A value and its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) at: Place,
    pub(crate) value: Value,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    Nothing,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One `key: value`, and the place of the key.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) at: Place,
    pub(crate) value: Node,
}

/// Reads one document. A duplicate key is told, and the rest is read on with the first of the two.
pub(crate) fn read(text: &str, problems: &mut Problems<'_>) -> Option<Node> {
    let (node, faults) = forgiving(text, MAX_NODES);
    for Fault { at, message, help, is_twice } in faults {
        problems.add(if is_twice { "Y005-key-twice" } else { NOT_YAML }, at, message, help);
    }
    node
}

/// What is wrong with a text as YAML.
pub(crate) struct Fault {
    pub(crate) at: Place,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// A key stands twice, which does not keep the rest from being read.
    pub(crate) is_twice: bool,
}

/// Reads one document, and on after a duplicate key.
pub(crate) fn forgiving<T: DeserializeOwned>(text: &str, max_nodes: usize) -> (Option<T>, Vec<Fault>) {
    let mut faults = Vec::new();
    for policy in [DuplicateKeyPolicy::Error, DuplicateKeyPolicy::FirstWins] {
        let error = match load(text, policy, max_nodes) {
            Ok(node) => return (Some(node), faults),
            Err(error) => error,
        };
        let at = error.location().map(place).unwrap_or_default();
        if let Error::DuplicateMappingKey { key, .. } = error.without_snippet() {
            let message = format!("key `{}` stands twice in one mapping", key.as_deref().unwrap_or_default());
            faults.push(Fault { at, message, help: Some("keep one of the two".to_owned()), is_twice: true });
            continue;
        }
        let (at, message, help) = explain(&error, text, at);
        faults.push(Fault { at, message, help, is_twice: false });
        break;
    }
    (None, faults)
}

/// What the parser found, in words for somebody who did not mean to learn YAML.
fn explain(error: &Error, text: &str, at: Place) -> (Place, String, Option<String>) {
    let say = |message: &str, help: &str| (at, message.to_owned(), Some(help.to_owned()));
    let line = text.lines().nth((at.line as usize).saturating_sub(1)).unwrap_or_default();
    let cause = match error.without_snippet() {
        Error::AliasError { error, .. } => error.without_snippet(),
        cause => cause,
    };
    match cause {
        Error::Budget { breach: BudgetBreach::Documents { .. }, .. } => say("one file holds one document", "take the line out"),
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => say(DEEP, SHALLOWER),
        // The scanner has a limit of its own, and no code for it.
        other if one_line(other).contains("recursion limit") => say(DEEP, SHALLOWER),
        Error::Budget { .. } | Error::AliasReplayLimitExceeded { .. } => {
            say("this is too large or repeats itself too often to be read", "write it shorter, without `&` and `*`")
        }
        Error::MergeKeyNotAllowed { .. } => say("merge keys (`<<`) are not read", "write the keys out"),
        other => {
            let message = one_line(other);
            match tab(text).filter(|_| message.contains("tab")) {
                Some(tab) => (tab, "a tab stands in the indentation".to_owned(), Some("indent with spaces".to_owned())),
                None if line.contains("{{") => {
                    say("`{{` is no template here: YAML takes it for a mapping in a mapping", "write the value itself")
                }
                None => (at, message, None),
            }
        }
    }
}

const DEEP: &str = "this is nested too deeply to be read";
const SHALLOWER: &str = "take brackets or indentation away";

/// The first tab that a line begins with, which YAML forbids and names far from where it stands.
fn tab(text: &str) -> Option<Place> {
    (1..).zip(text.lines()).find_map(|(line, text)| {
        let blank = text.chars().take_while(|sign| sign.is_whitespace());
        let column = (1..).zip(blank).find(|(_, sign)| *sign == '\t').map(|(column, _)| column)?;
        Some(Place { line, column })
    })
}

/// Reads one document into anything, within limits: nothing that is read afterwards can be deep or large enough to do harm.
pub(crate) fn load<T: DeserializeOwned>(text: &str, duplicate_keys: DuplicateKeyPolicy, max_nodes: usize) -> Result<T, Error> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH, max_nodes: max_nodes, max_documents: 1, max_total_scalar_bytes: max_nodes.saturating_mul(BYTES_PER_NODE) },
        duplicate_keys: duplicate_keys,
        merge_keys: MergeKeyPolicy::Error,
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: max_nodes },
        strict_booleans: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options)
}

/// The parser's own words without its place, which is told beside them.
fn one_line(error: &Error) -> String {
    let shown = error.to_string();
    let first = shown.lines().find(|line| !line.trim().is_empty()).unwrap_or("this is not YAML");
    let first = first.trim().trim_start_matches("error: ");
    first.split(" at line ").next().unwrap_or(first).to_owned()
}

fn place(location: Location) -> Place {
    Place { line: u32::try_from(location.line()).unwrap_or_default(), column: u32::try_from(location.column()).unwrap_or_default() }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Value>::deserialize(deserializer)?;
        Ok(Self { at: place(spanned.referenced), value: spanned.value })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a list or a mapping")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or_else(|_| Value::Text(value.to_string()), Value::Number))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some((key, value)) = entries.next_entry::<Spanned<String>, Node>()? {
            map.push(Entry { at: place(key.referenced), key: key.value, value });
        }
        Ok(Value::Map(map))
    }
}
