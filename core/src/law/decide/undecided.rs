//! Retention rules that cannot be evaluated. They keep, and a person has to look: once for each rule and system.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{RecordFacts, opinion};
use crate::law::{connected::Connected, map::System, record::Record, retention::Rules};

/// What a rule could not read in the records of a system. It keeps them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undecided {
    /// The rule.
    pub rule: String,
    /// `fides_key` of the system.
    pub system: String,
    /// The fields as `collection.field`, or `system.collection.field` where they lie in another one; sorted.
    pub fields: Vec<String>,
}

/// What the rules in force could not read in these records; `kinds`: of these (`system.collection`), `None`: of all. A promise to delete
/// is not among them: it keeps nothing.
pub fn undecided(systems: &[System], records: &[Record], kinds: Option<&[String]>, rules: &Rules, today: Date) -> Vec<Undecided> {
    let connected = &Connected::new(records, systems);
    let mut found: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    for record in connected.records().iter().filter(|record| kinds.is_none_or(|kinds| kinds.contains(&record.address()))) {
        let Some(system) = systems.iter().find(|system| system.key == record.system) else { continue };
        let Some(collection) = system.collection(&record.collection) else { continue };
        let facts = RecordFacts { record, collection, connected };
        for rule in &rules.rules {
            let unread = opinion::unread(&facts, rule, rules, today);
            if !unread.is_empty() {
                found.entry((&rule.id, &system.key)).or_default().extend(unread);
            }
        }
    }
    let told = |((rule, system), fields): ((&str, &str), BTreeSet<String>)| Undecided {
        rule: rule.to_owned(),
        system: system.to_owned(),
        fields: fields.into_iter().collect(),
    };
    found.into_iter().map(told).collect()
}
