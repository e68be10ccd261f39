//! The data map: which systems hold which data about people, in Fideslang's words, with what habeas adds.

use serde::{Deserialize, Serialize};

use super::lang::Text;

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

/// How a system is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Connection {
    /// An `SQLite` file; a relative path is looked up from the house folder.
    Sqlite {
        /// The file.
        path: String,
    },
}

/// A table, form or folder inside a system: one kind of data in the eyes of the person (Art. 15(1)).
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    /// Its name in the system.
    pub name: String,
    /// What the person calls it. Never a table name.
    pub label: Text,
    /// Art. 15(1)(a).
    pub purpose: Text,
    /// Art. 6(1) ground, such as `Art. 6(1)(b)`.
    pub legal_basis: String,
    /// Art. 15(1)(g).
    pub source: Text,
    /// Keys into `recipients.yaml`: named recipients, Art. 15(1)(c).
    pub recipients: Vec<String>,
    /// Its fields, in the order they are shown.
    pub fields: Vec<Field>,
}

impl Collection {
    /// A field by name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The highest class among its fields.
    pub fn class(&self) -> Class {
        self.fields.iter().map(Field::class).max().unwrap_or(Class::Ordinary)
    }
}

/// One field of a collection.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts that the data map states as flags")]
pub struct Field {
    /// Its name in the system.
    pub name: String,
    /// What the person calls it.
    pub label: Text,
    /// Fideslang data categories.
    pub categories: Vec<String>,
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
}

impl Field {
    /// How harmful a disclosure would be; decides the identity floor.
    pub fn class(&self) -> Class {
        if self.categories.iter().any(|category| is_high_risk(category)) { Class::HighRisk } else { Class::Ordinary }
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

/// Fideslang categories (and their children) that ask for a stronger proof of identity.
const HIGH_RISK: [&str; 9] = [
    "user.government_id",
    "user.health_and_medical",
    "user.criminal_history",
    "user.biometric",
    "user.demographic.race_ethnicity",
    "user.financial.bank_account",
    "user.financial.credit",
    "user.content.self_image",
    "user.childrens",
];

fn is_high_risk(category: &str) -> bool {
    HIGH_RISK.iter().any(|high| category == *high || category.strip_prefix(high).is_some_and(|rest| rest.starts_with('.')))
}
