//! What habeas may ask of one collection of an API: which calls there are, and where its fields stand in the answers.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{
    answer::{Pages, Pointer, literal},
    request::{Method, Request},
    template::{Known, SOUGHT},
};
use crate::{
    law::{
        folder::{
            node::{Entry, Node},
            problem::Findings,
        },
        map::{Collection, DataType, Field},
    },
    source::spelling::did_you_mean,
};

/// What can be done with a collection of a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Look for records by a value.
    Find,
    /// Read one record by its key.
    Read,
    /// Write single fields (Art. 16).
    Correct,
    /// Mark a record as only stored (Art. 18).
    Restrict,
    /// Take the mark away.
    Lift,
    /// Empty single fields and keep the rest.
    Clear,
    /// Delete a whole record (Art. 17).
    Erase,
    /// Read back.
    Verify,
}

impl Operation {
    /// Every one, in the order of a case.
    pub const ALL: [Self; 8] = [Self::Find, Self::Read, Self::Correct, Self::Restrict, Self::Lift, Self::Clear, Self::Erase, Self::Verify];

    /// As the connection's settings call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Read => "read",
            Self::Correct => "correct",
            Self::Restrict => "restrict",
            Self::Lift => "lift",
            Self::Clear => "clear",
            Self::Erase => "erase",
            Self::Verify => "verify",
        }
    }
}

/// What happens when the same act reaches a system twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Idempotency {
    /// It remembers the act's key and does it once.
    Key,
    /// The second finds nothing left to do.
    #[default]
    Natural,
    /// Nobody knows.
    None,
}

/// The calls of one collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calls {
    /// Where the list is in what a find answers; a record where a list is expected is a list of one.
    pub records: Pointer,
    /// Where the record is in what a read answers.
    pub record: Pointer,
    fields: BTreeMap<String, Pointer>,
    blanks: BTreeMap<String, Json>,
    /// How an answer goes on; `None`: it has one page.
    pub pages: Option<Pages>,
    /// What happens when an act comes twice.
    pub idempotency: Idempotency,
    /// By field.
    pub find: BTreeMap<String, Request>,
    /// Some records of anybody, to look at their form.
    pub check: Option<Request>,
    /// One record by its key.
    pub read: Option<Request>,
    writes: BTreeMap<Operation, Request>,
}

impl Calls {
    /// Where a field stands in a record.
    pub fn pointer(&self, field: &str) -> Pointer {
        self.fields.get(field).cloned().unwrap_or_else(|| Pointer::member(field))
    }

    /// What a field holds when it is empty: what the settings say, else `""` where words stand and `null` elsewhere.
    pub fn blank(&self, field: &Field) -> Json {
        let usual = if field.data == DataType::Text { Json::String(String::new()) } else { Json::Null };
        self.blanks.get(&field.name).cloned().unwrap_or(usual)
    }

    /// The call that writes, if there is one and its outcome can be read back. Emptying and marking are corrections where they have no
    /// call of their own.
    pub fn write(&self, operation: Operation) -> Option<&Request> {
        self.read.as_ref()?;
        let own = self.writes.get(&operation);
        match operation {
            Operation::Clear | Operation::Restrict | Operation::Lift => own.or_else(|| self.writes.get(&Operation::Correct)),
            _ => own,
        }
    }

    /// Whether it has a call of its own, that says what to do without being told a value.
    pub fn is_own(&self, operation: Operation) -> bool {
        self.writes.contains_key(&operation)
    }

    /// Whether something can be done.
    pub fn can(&self, operation: Operation) -> bool {
        match operation {
            Operation::Find => !self.find.is_empty(),
            Operation::Read | Operation::Verify => self.read.is_some(),
            _ => self.write(operation).is_some(),
        }
    }

    /// Reads those of one collection.
    pub(super) fn read(node: &Node, collection: Option<&Collection>, pages: Option<&Pages>, findings: &mut Findings<'_>) -> Option<Self> {
        let fields: Known<'_> = collection.map(|known| known.fields.iter().map(|field| field.name.as_str()).collect());
        let key: Known<'_> = collection.map(|known| known.fields.iter().filter(|it| it.primary_key).map(|it| it.name.as_str()).collect());
        let before = findings.problems.len();
        let mut entry = Entry::open(node, findings)?;
        let [records, record] =
            ["records", "record"].map(|key| entry.optional(key).and_then(|node| Pointer::read(node, findings)).unwrap_or_default());
        let pointers = by_field(entry.optional("fields"), &fields, findings, Pointer::read);
        let blanks = by_field(entry.optional("blanks"), &fields, findings, literal);
        let own_pages = entry.optional("pages").and_then(|node| Pages::read(node, findings));
        let words = [("key", Idempotency::Key), ("natural", Idempotency::Natural), ("none", Idempotency::None)];
        let idempotency = entry.optional("idempotency").and_then(|node| node.one_of(&words, findings)).unwrap_or_default();
        let sought = Some(vec![SOUGHT]);
        let find =
            by_field(entry.optional("find"), &fields, findings, |node, findings| Request::read(node, Method::Get, &sought, findings));
        let check = entry.optional("check").and_then(|node| Request::read(node, Method::Get, &Some(Vec::new()), findings));
        let read_node = entry.optional("read");
        let read = read_node.and_then(|node| Request::read(node, Method::Get, &key, findings));
        let writes = [Operation::Correct, Operation::Clear, Operation::Restrict, Operation::Lift, Operation::Erase].into_iter();
        let writes: BTreeMap<Operation, Request> = writes
            .filter_map(|operation| {
                let node = entry.optional(operation.name())?;
                let usual = if operation == Operation::Erase { Method::Delete } else { Method::Patch };
                Some((operation, Request::read(node, usual, &fields, findings)?))
            })
            .collect();
        if read_node.is_none() && !writes.is_empty() {
            let help = Some("add `read`, which asks for one record by its key".to_owned());
            findings.problem(entry.at, "no-read", "what is written here could never be read back", help);
        }
        entry.close(findings);
        let pages = own_pages.or_else(|| pages.cloned());
        let calls = Self { records, record, fields: pointers, blanks, pages, idempotency, find, check, read, writes };
        (findings.problems.len() == before).then_some(calls)
    }
}

/// A map from fields to something.
fn by_field<T>(
    node: Option<&Node>,
    known: &Known<'_>,
    findings: &mut Findings<'_>,
    read: impl Fn(&Node, &mut Findings<'_>) -> Option<T>,
) -> BTreeMap<String, T> {
    let pairs = node.map(|node| node.pairs(findings)).unwrap_or_default();
    let mut found = BTreeMap::new();
    for (at, name, node) in pairs {
        if let Some(known) = known.as_ref().filter(|known| !known.contains(&name)) {
            let help = did_you_mean(name, known.iter().copied());
            findings.problem(at, "unknown-name", format!("the collection has no field `{name}`"), help);
        }
        if let Some(value) = read(node, findings) {
            found.insert(name.to_owned(), value);
        }
    }
    found
}
