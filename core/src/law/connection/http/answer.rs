//! How an answer is read: where the records are in it, where the next page is, and what a refusal means.

use std::fmt;

use serde_json::Value as Json;

use super::request::all;
use crate::law::folder::{
    node::{Any, Entry, Node},
    problem::Findings,
};

/// A place in JSON (RFC 6901): nothing is all of it, `/billing/city` a member of a member.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pointer(String);

impl Pointer {
    /// A member of the whole; a field inside of another is named by the way to it, `address.city`.
    pub fn member(name: &str) -> Self {
        Self(format!("/{}", name.replace('~', "~0").replace('/', "~1").replace('.', "/")))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The way there, step by step.
    pub fn steps(&self) -> Vec<String> {
        self.0.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
    }

    /// What stands there.
    pub fn within<'j>(&self, json: &'j Json) -> Option<&'j Json> {
        json.pointer(&self.0)
    }

    pub(super) fn read(node: &Node, findings: &mut Findings<'_>) -> Option<Self> {
        match node.any() {
            Any::Text("") => Some(Self::default()),
            _ => node.parsed("bad-pointer", parse, findings),
        }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn parse(text: &str) -> Result<Pointer, String> {
    let escapes = text.match_indices('~').all(|(at, _)| matches!(text.as_bytes().get(at + 1), Some(b'0' | b'1')));
    if text.starts_with('/') && escapes {
        Ok(Pointer(text.to_owned()))
    } else {
        Err(format!("`{text}` is not a JSON Pointer: write `/name` or `/outer/inner`"))
    }
}

/// How an answer in several pages goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pages {
    /// By an address: in the `Link` header with `rel="next"`, or in the answer.
    Link {
        /// Where the address is in the answer; `None`: in the header.
        at: Option<Pointer>,
    },
    /// By a word that the answer gives and the next call repeats.
    Cursor {
        /// Where it is in the answer; nothing there is the end.
        at: Pointer,
        /// The query parameter it goes into.
        query: String,
    },
    /// By counting, until a page is empty.
    Offset {
        /// The query parameter.
        query: String,
        /// What the first page has.
        from: u64,
        /// What each further page has more: 1 counts pages, the size of a page counts records.
        step: u64,
    },
}

#[derive(Clone, Copy)]
enum Type {
    Link,
    Cursor,
    Offset,
}

impl Pages {
    pub(super) fn read(node: &Node, findings: &mut Findings<'_>) -> Option<Self> {
        let mut entry = Entry::open(node, findings)?;
        let types = [("link", Type::Link), ("cursor", Type::Cursor), ("offset", Type::Offset)];
        let pages = match entry.required("type", findings).and_then(|node| node.one_of(&types, findings))? {
            Type::Link => {
                let at = entry.optional("at").map(|node| Pointer::read(node, findings));
                at.map_or(Some(None), |at| at.map(Some)).map(|at| Self::Link { at })
            }
            Type::Cursor => {
                let at = entry.required("at", findings).and_then(|node| Pointer::read(node, findings));
                let query = entry.text("query", findings);
                at.zip(query).map(|(at, query)| Self::Cursor { at, query })
            }
            Type::Offset => {
                let query = entry.text("query", findings);
                let from = entry.optional("from").map_or(Some(0), |node| whole(node, 0..=u32::MAX.into(), findings));
                let step = entry.optional("step").map_or(Some(1), |node| whole(node, 1..=1_000_000, findings));
                Some(Self::Offset { query: query?, from: from?, step: step? })
            }
        };
        entry.close(findings);
        pages
    }
}

/// What an answer means that is not what was hoped for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// Its status.
    pub status: u16,
    /// What must stand where in its body; `None`: whatever it says.
    pub says: Option<(Pointer, Json)>,
    /// So much.
    pub means: Means,
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Means {
    /// The record is not there.
    Gone,
    /// The system may not or must not do it, under a code of the organisation's own. Nothing failed; a person goes on.
    Refused(String),
    /// Later, perhaps.
    Transient,
    /// Never so.
    Permanent,
    /// Not with these rights.
    Denied,
}

/// Reads the list of meanings; the first that fits counts.
pub(super) fn meanings(node: &Node, findings: &mut Findings<'_>) -> Option<Vec<Meaning>> {
    all(node.items(findings).iter().map(|item| meaning(item, findings)))
}

fn meaning(node: &Node, findings: &mut Findings<'_>) -> Option<Meaning> {
    let mut entry = Entry::open(node, findings)?;
    let status = entry.required("status", findings).and_then(|node| whole(node, 100..=599, findings));
    let at = entry.optional("at").map(|node| Pointer::read(node, findings));
    let is = entry.optional("is").map(|node| literal(node, findings));
    let means = entry.required("means", findings).and_then(|node| node.one_of(&WORDS, findings));
    let code = entry.optional("code").map(|node| (node.at, node.parsed("bad-code", code, findings)));
    entry.close(findings);
    let means = match (means?, code) {
        (Word::Refused, Some((_, code))) => Means::Refused(code?),
        (Word::Refused, None) => {
            let help = Some("name the reason with `code`, such as `booked`".to_owned());
            findings.problem(node.at, "missing-key", "`code` is missing", help);
            return None;
        }
        (_, Some((at, _))) => {
            findings.problem(at, "unknown-key", "only what is `refused` has a `code`", None);
            return None;
        }
        (Word::Gone, None) => Means::Gone,
        (Word::Transient, None) => Means::Transient,
        (Word::Permanent, None) => Means::Permanent,
        (Word::Denied, None) => Means::Denied,
    };
    let says = match (at, is) {
        (Some(at), Some(is)) => Some((at?, is?)),
        (None, None) => None,
        _ => {
            findings.problem(node.at, "half-condition", "`at` says where and `is` what: give both or neither", None);
            return None;
        }
    };
    Some(Meaning { status: u16::try_from(status?).ok()?, says, means })
}

#[derive(Clone, Copy)]
enum Word {
    Gone,
    Refused,
    Transient,
    Permanent,
    Denied,
}

const WORDS: [(&str, Word); 5] = [
    ("gone", Word::Gone),
    ("refused", Word::Refused),
    ("transient", Word::Transient),
    ("permanent", Word::Permanent),
    ("denied", Word::Denied),
];

fn code(text: &str) -> Result<String, String> {
    let plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if plain { Ok(text.to_owned()) } else { Err(format!("`{text}` is not a code: small letters, digits and `-`")) }
}

/// A value without members.
pub(super) fn literal(node: &Node, findings: &mut Findings<'_>) -> Option<Json> {
    match node.any() {
        Any::Null => Some(Json::Null),
        Any::Flag(flag) => Some(Json::Bool(flag)),
        Any::Number(Some(number)) => Some(Json::Number(number.clone())),
        Any::Text(text) => Some(Json::String(text.to_owned())),
        Any::Number(None) | Any::List(_) | Any::Map(_) => {
            findings.problem(node.at, "not-json", "a text, a number, `true`, `false` or `null` is expected here", None);
            None
        }
    }
}

/// A whole number, quoted or not.
pub(super) fn whole(node: &Node, range: std::ops::RangeInclusive<u64>, findings: &mut Findings<'_>) -> Option<u64> {
    let number = match node.any() {
        Any::Number(number) => number.and_then(serde_json::Number::as_u64),
        Any::Text(text) => text.parse().ok(),
        _ => None,
    };
    let fitting = number.filter(|number| range.contains(number));
    if fitting.is_none() {
        findings.problem(node.at, "bad-number", format!("a whole number from {} to {} is expected here", range.start(), range.end()), None);
    }
    fitting
}
