//! The data map: which systems hold which data about people, in Fideslang's words, with what habeas adds.

use serde::{Deserialize, Serialize};

pub use super::connection::{Connection, Secret, Server, Tls};
use super::{lang::Text, mask::Mask, record::Value, taxonomy, written};
use crate::table::Kind;

/// A connected system: how to reach it and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct System {
    /// `fides_key` of the dataset: the system's name in rules, plans and the log.
    pub key: String,
    /// What people call it.
    pub label: Text,
    /// How to reach it.
    pub connection: Connection,
    /// What it holds.
    pub collections: Vec<Collection>,
}

impl System {
    /// A collection by name.
    pub fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.iter().find(|collection| collection.name == name)
    }
}

/// A table, form or folder inside a system: one kind of data in the eyes of the person (Art. 15(1)).
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    /// Its name in the system.
    pub name: String,
    /// What the person calls it. Never a table name.
    pub label: Text,
    /// Art. 15(1)(a); that it is not stated yet, where the map does not say.
    pub purpose: Text,
    /// Art. 6(1) ground, such as `Art. 6(1)(b)`; empty where the map does not say.
    pub legal_basis: String,
    /// Art. 15(1)(g); that it is not stated yet, where the map does not say.
    pub source: Text,
    /// What a machine decides with it, how, and what that means for the person (Art. 15(1)(h), 22); `None`: nothing.
    pub automated: Option<Text>,
    /// Keys into `recipients.yaml`: named recipients, Art. 15(1)(c).
    pub recipients: Vec<String>,
    /// Its fields, in the order they are shown.
    pub fields: Vec<Field>,
    /// How a row of it is marked "stored and nothing else" (Art. 18(2)); `None`: a person sees to it.
    pub restriction: Option<Flag>,
    /// It is there for direct marketing and nothing else (Art. 21(2)).
    pub marketing: bool,
    /// What stands in it is never overwritten, such as booked invoices: a correction is a new entry, made by a person.
    pub append_only: bool,
    /// Its rows are never deleted: statistics go on counting them when every field that tells of a person is masked.
    pub anonymise: bool,
    /// Collections (`system.collection`) that are erased before it, in this system and others.
    pub erase_after: Vec<String>,
    /// Fields that tell its rows apart as its primary key does, each time all of them together.
    pub unique: Vec<Vec<String>>,
}

/// A field that says whether a row may be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Flag {
    /// The field.
    pub field: String,
    /// What it says of a row that is only stored.
    pub restricted: Value,
    /// What it says otherwise.
    pub normal: Value,
}

impl Collection {
    /// A field by name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What a guard may look at: each field with what its values may be compared as.
    pub fn inputs(&self) -> Vec<(&str, &'static [Kind])> {
        self.fields.iter().map(|field| (field.name.as_str(), field.kinds)).collect()
    }

    /// Whether it rests on consent (Art. 6(1)(a)).
    pub fn is_consented(&self) -> bool {
        self.legal_basis.starts_with("Art. 6(1)(a)")
    }

    /// Whether the person may object to it on grounds of her own (Art. 21(1)). Whoever states no ground cannot refuse.
    pub fn is_objectionable(&self) -> bool {
        self.legal_basis.is_empty() || ["Art. 6(1)(e)", "Art. 6(1)(f)"].iter().any(|basis| self.legal_basis.starts_with(basis))
    }

    /// Whether what the person provided may be taken along (Art. 20(1)(a)).
    pub fn is_portable(&self) -> bool {
        self.is_consented() || self.legal_basis.starts_with("Art. 6(1)(b)")
    }

    /// Whether a row of it can be named, and so be changed or erased.
    pub fn has_key(&self) -> bool {
        self.fields.iter().any(|field| field.primary_key)
    }

    /// What tells its rows apart: the primary key, if it has one, and each set of fields that does so, too.
    pub fn keys(&self) -> Vec<Vec<&str>> {
        let primary: Vec<&str> = self.fields.iter().filter(|field| field.primary_key).map(|field| field.name.as_str()).collect();
        let unique = self.unique.iter().map(|fields| fields.iter().map(String::as_str).collect());
        [primary].into_iter().chain(unique).filter(|key: &Vec<&str>| !key.is_empty()).collect()
    }

    /// The highest class among its fields.
    pub fn class(&self) -> Class {
        self.fields.iter().map(Field::class).max().unwrap_or(Class::Ordinary)
    }
}

/// One field of a collection.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts that the data map states as flags")]
pub struct Field {
    /// Its name in the system; a value inside a document by the way to it, `profile.address.city`.
    pub name: String,
    /// What the person calls it.
    pub label: Text,
    /// Fideslang data categories.
    pub categories: Vec<String>,
    /// What its values may be compared as.
    pub kinds: &'static [Kind],
    /// Part of the primary key.
    pub primary_key: bool,
    /// The identifier this field is searched by, such as `email` or `customer_number`.
    pub identity: Option<String>,
    /// Fields it points to or is pointed at from.
    pub references: Vec<Reference>,
    /// Never written by habeas.
    pub read_only: bool,
    /// About somebody else (Art. 15(4)): parents, companions, references.
    pub third_person: bool,
    /// Not about the person at all (a technical key): read for traversal, not shown.
    pub technical: bool,
    /// What its values are, however the system stores them.
    pub data: DataType,
    /// Says whether the person gets direct marketing: `no` stops it (Art. 21(3)).
    pub marketing: bool,
    /// Says when a consent was taken back; empty while it holds, and written when the person withdraws it (Art. 7(1), (3)).
    pub withdrawn: bool,
    /// Addresses stand here in small letters and without blanks around, so that an index finds them.
    pub normalised: bool,
    /// Provided by the person, what was observed of her included, what was inferred not (Art. 20(1)).
    pub provided: bool,
    /// What it says when it is erased and its record stays; `None`: the map does not say, so it is emptied.
    pub mask: Option<Mask>,
    /// A column of lists in JSON (`string[]`), of which every element counts by itself.
    pub list: bool,
    /// Where a search came in through an element of a list, the other elements are the person's, too (`return_all_elements`).
    pub whole_lists: bool,
    /// The most characters it takes.
    pub length: Option<usize>,
    /// What its codes mean to the person, code by code.
    pub codes: Vec<(String, Text)>,
}

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DataType {
    /// Words, and whatever the map does not say.
    #[default]
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no, stored as 1 or 0.
    Boolean,
    /// A day, `2026-11-20`.
    Date,
    /// A moment, RFC 3339.
    Timestamp,
}

impl DataType {
    /// Fideslang's word for it.
    pub fn from_name(name: &str) -> Self {
        match name {
            "integer" | "long" => Self::Integer,
            "float" | "double" | "number" => Self::Number,
            "boolean" => Self::Boolean,
            "date" => Self::Date,
            "timestamp" | "datetime" => Self::Timestamp,
            _ => Self::Text,
        }
    }

    /// A value as somebody wrote it, in whichever language; `None`: it is not of this kind.
    pub fn read(self, text: &str) -> Option<Value> {
        let text = text.trim();
        match self {
            Self::Text => Some(Value::Text(text.to_owned())),
            Self::Integer => text.parse().ok().map(Value::Integer),
            Self::Number => text.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite()).map(Value::Real),
            Self::Boolean => written::answer(text).map(|yes| Value::Integer(yes.into())),
            Self::Date => written::day(text).map(|day| Value::Text(day.to_string())),
            Self::Timestamp => text.parse::<jiff::Timestamp>().ok().map(|moment| Value::Text(moment.to_string())),
        }
    }

    /// The code of what is wrong with a value that cannot be read.
    pub(super) const fn unreadable(self) -> &'static str {
        match self {
            Self::Text => "should-missing",
            Self::Integer | Self::Number => "should-not-a-number",
            Self::Boolean => "should-not-yes-or-no",
            Self::Date => "should-not-a-day",
            Self::Timestamp => "should-not-a-moment",
        }
    }
}

/// The letter of `Art. 6(1)(b)`.
pub fn ground(legal_basis: &str) -> Option<char> {
    legal_basis.strip_prefix("Art. 6(1)(")?.chars().next().filter(|letter| ('a'..='f').contains(letter))
}

impl Field {
    /// What the code in a value means, if it is one of those that are known.
    pub fn meaning(&self, value: &Value) -> Option<&Text> {
        let code = value.code().filter(|_| !self.codes.is_empty())?;
        self.codes.iter().find(|(known, _)| *known == code).map(|(_, meaning)| meaning)
    }

    /// How harmful a disclosure would be; decides the identity floor.
    pub fn class(&self) -> Class {
        taxonomy::class_of(&self.categories)
    }

    /// The column it lies in: itself, or the document around it.
    pub fn column(&self) -> &str {
        self.name.split_once('.').map_or(&self.name, |(column, _)| column)
    }

    /// The way to it inside its column; nothing for a column itself.
    pub fn path(&self) -> impl Iterator<Item = &str> {
        self.name.split('.').skip(1)
    }

    /// Whether it is a value inside a document.
    pub fn is_nested(&self) -> bool {
        self.name.contains('.')
    }

    /// Whether it is of a data category or of one below it: an email address is contact data.
    pub fn is_of(&self, category: &str) -> bool {
        let below = |own: &String| own.strip_prefix(category).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.categories.iter().any(below)
    }

    /// Whether it tells of a person, as far as its categories say.
    pub fn is_personal(&self) -> bool {
        self.is_of("user")
    }

    /// Whether it stays for as long as anything else in its record does. A wish to keep is no legal ground, so it holds for fields
    /// that tell of nobody.
    pub fn stays_with_row(&self) -> bool {
        self.primary_key || self.technical || (self.mask == Some(Mask::Keep) && !self.is_personal())
    }

    /// Whether it stays where the record is anonymised: what tells rows apart, and what nobody asked to have masked.
    pub fn stays_anonymous(&self) -> bool {
        self.stays_with_row() && (self.primary_key || matches!(self.mask, None | Some(Mask::Keep)))
    }

    /// Whether a person may ask to have it corrected.
    pub const fn is_correctable(&self) -> bool {
        !self.technical && !self.read_only && !self.primary_key
    }
}

/// A reference between fields, possibly across systems.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// System (`dataset` in Fideslang).
    pub system: String,
    /// Collection.
    pub collection: String,
    /// Field.
    pub field: String,
    /// `From`: values flow from the other field into this one. `To`: from this one to the other.
    pub direction: Direction,
}

/// Which way values flow along a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the other field into this one.
    From,
    /// From this field to the other.
    To,
    /// Both ways, which is what Fideslang means where it says nothing.
    Both,
}

/// `system.collection` and the field of `system.collection.field`, which may lie inside a document.
pub fn split_address(address: &str) -> Option<(&str, &str)> {
    let (at, _) = address.match_indices('.').nth(1)?;
    Some((address.get(..at)?, address.get(at + 1..)?))
}

/// How harmful a wrong disclosure or erasure would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Contact data, orders, messages.
    Ordinary,
    /// Passport, national number, health, criminal record, bank account, documents.
    HighRisk,
}
