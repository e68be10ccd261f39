//! Texts with holes for a record's values: `{name}` and nothing else, so there is no language in which a value could say anything.

use std::fmt;

use serde_json::Value as Json;

use crate::law::{
    folder::{node::At, problem::Findings},
    map::{Collection, DataType},
    record::Value,
};
use crate::source::spelling::did_you_mean;

/// A text, some parts of which are named values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Name(String),
}

/// What the names of a template may be; `None`: nobody knows, because the collection could not be read.
pub(super) type Known<'a> = Option<Vec<&'a str>>;

/// The values that go into the holes.
#[derive(Clone, Copy)]
pub struct Filling<'v> {
    /// Whose fields are named.
    pub collection: &'v Collection,
    /// A value by field name.
    pub values: &'v std::collections::BTreeMap<String, Value>,
    /// What is looked for.
    pub sought: Option<&'v Value>,
}

/// Why a value cannot go where it is named. Holds the name, never the value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Nothing there: the address would be that of everybody.
    #[error("`{0}` is empty, and the call would be about more than one record")]
    Empty(String),
    /// A control character, a path that climbs, bytes.
    #[error("`{0}` holds what no address may hold")]
    Odd(String),
    /// No such value.
    #[error("`{0}` is not known here")]
    Missing(String),
}

/// The name under which a find knows what it looks for.
pub(super) const SOUGHT: &str = "value";

impl Template {
    /// Reads a text. Names that are not known are problems at their own column.
    pub(super) fn read(text: &str, at: At, known: &Known<'_>, findings: &mut Findings<'_>) -> Option<Self> {
        let mut problem = |offset: usize, code, message: String, help| {
            let place = findings.place(at).within(text, text.get(..offset).map_or(0, |before| before.chars().count()));
            findings.problem(place, code, message, help);
        };
        if text.chars().any(char::is_control) {
            problem(0, "control-character", "line breaks and other control characters never stand in a call".to_owned(), None);
            return None;
        }
        let (mut parts, mut rest, mut sound) = (Vec::new(), text, true);
        while let Some(open) = rest.find(['{', '}']) {
            let offset = text.len() - rest.len() + open;
            let (before, after) = rest.split_at(open);
            let Some((name, behind)) = after.strip_prefix('{').and_then(|inside| inside.split_once('}')) else {
                problem(offset, "bad-template", "a brace stands alone: a value is written `{name}`".to_owned(), None);
                return None;
            };
            if let Some(known) = known.as_ref().filter(|known| !known.contains(&name)) {
                let all = known.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ");
                let help = did_you_mean(name, known.iter().copied())
                    .or_else(|| Some(if known.is_empty() { "no value has a name here".to_owned() } else { format!("known here: {all}") }));
                problem(offset, "unknown-name", format!("`{{{name}}}` names nothing"), help);
                sound = false;
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Name(name.to_owned()));
            rest = behind;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        sound.then_some(Self(parts))
    }

    /// What stands between the slashes of a path.
    pub(super) fn segments(self) -> Vec<Self> {
        let mut segments = Vec::new();
        for part in self.0 {
            match part {
                Part::Text(text) => {
                    let mut pieces = text.split('/');
                    let first = pieces.next().unwrap_or_default();
                    add(&mut segments, first);
                    for piece in pieces {
                        segments.push(Self(Vec::new()));
                        add(&mut segments, piece);
                    }
                }
                Part::Name(_) => segments.last_mut().into_iter().for_each(|segment: &mut Self| segment.0.push(part.clone())),
            }
        }
        segments
    }

    /// Every name in it.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Name(name) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// For a path, a query or a header: one line, and no name without a value.
    pub(super) fn line(&self, filling: Filling<'_>) -> Result<String, Unfit> {
        let mut line = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => line.push_str(text),
                Part::Name(name) => line.push_str(&named(name, filling)?),
            }
        }
        Ok(line)
    }

    /// For a body: a lone name keeps the type of its value.
    pub(super) fn json(&self, filling: Filling<'_>) -> Result<Json, Unfit> {
        if let [Part::Name(name)] = self.0.as_slice() {
            return typed(filling.value(name)?, filling.data(name)).ok_or_else(|| Unfit::Odd(name.clone()));
        }
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Name(name) => match filling.value(name)? {
                    Value::Bytes(_) | Value::Unreadable(_) | Value::List(_) | Value::Others => return Err(Unfit::Odd(name.clone())),
                    value => text.push_str(&value.to_text()),
                },
            }
        }
        Ok(Json::String(text))
    }
}

fn add(segments: &mut [Template], text: &str) {
    if let Some(segment) = segments.last_mut().filter(|_| !text.is_empty()) {
        segment.0.push(Part::Text(text.to_owned()));
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Name(name) => write!(f, "{{{name}}}"),
        })
    }
}

impl<'v> Filling<'v> {
    fn value(&self, name: &str) -> Result<&'v Value, Unfit> {
        let sought = self.sought.filter(|_| name == SOUGHT);
        sought.or_else(|| self.values.get(name)).ok_or_else(|| Unfit::Missing(name.to_owned()))
    }

    fn data(&self, name: &str) -> DataType {
        self.collection.field(name).map(|field| field.data).unwrap_or_default()
    }
}

/// A value in an address: something, on one line, that is no step of a path.
fn named(name: &str, filling: Filling<'_>) -> Result<String, Unfit> {
    let value = filling.value(name)?;
    if matches!(value, Value::Bytes(_) | Value::Unreadable(_) | Value::List(_) | Value::Others) {
        return Err(Unfit::Odd(name.to_owned()));
    }
    let text = value.to_text();
    match text.trim() {
        "" => Err(Unfit::Empty(name.to_owned())),
        "." | ".." => Err(Unfit::Odd(name.to_owned())),
        _ if text.chars().any(char::is_control) => Err(Unfit::Odd(name.to_owned())),
        _ => Ok(text),
    }
}

/// A value as JSON has it; `None`: JSON has no word for it.
pub fn typed(value: &Value, data: DataType) -> Option<Json> {
    Some(match value {
        Value::Null => Json::Null,
        Value::Integer(flag @ (0 | 1)) if data == DataType::Boolean => Json::Bool(*flag == 1),
        Value::Integer(number) => Json::from(*number),
        Value::Real(number) => Json::Number(serde_json::Number::from_f64(*number)?),
        Value::Text(text) => Json::String(text.clone()),
        Value::Bytes(_) | Value::Unreadable(_) | Value::List(_) | Value::Others => return None,
    })
}
