//! Whether everything a person has proven belongs to one person (Art. 12(6)). When it might not, a person decides.

use std::collections::{BTreeMap, BTreeSet};

use habeas_core::law::{
    identifier::Identifier,
    map::{Field, System},
    record::{Record, Value},
};
use serde::{Deserialize, Serialize};

use super::{
    ConnectorError, Connectors,
    graph::{self, EMAIL, Edge, Place},
    search,
};

/// What the proven identifiers say together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "match", rename_all = "kebab-case")]
pub enum Match {
    /// One person.
    Sure,
    /// Somebody, but not beyond doubt.
    Unsure {
        /// Why not.
        why: Doubt,
    },
    /// No system knows any of them.
    Nothing,
}

/// Why it may be more than one person. Names kinds and places, never a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "doubt", rename_all = "kebab-case")]
pub enum Doubt {
    /// One identifier is known, another is not.
    #[error("no system knows the `{kind}`")]
    Unknown {
        /// Its kind.
        kind: String,
    },
    /// An identifier belongs to a record that the e-mail address does not lead to.
    #[error("the `{kind}` belongs to a record of `{place}` that the e-mail address does not lead to")]
    Disagree {
        /// Its kind.
        kind: String,
        /// `system.collection`.
        place: String,
    },
    /// Records that differ in what tells people apart, such as two customers who share a mailbox.
    #[error("records of `{place}` differ in `{field}`, so more than one person may share what was proven")]
    Shared {
        /// `system.collection`.
        place: String,
        /// The field they differ in.
        field: String,
    },
}

/// Categories that differ between people but not between the records of one person.
const TELLING: [&str; 3] = ["user.name", "user.demographic.date_of_birth", "user.government_id"];
/// Kinds of identifier that one person may have several of.
const CHANNELS: [&str; 2] = [EMAIL, "phone"];

/// Compares what each proven identifier leads to.
pub async fn match_person(connectors: &Connectors, systems: &[System], proven: &[Identifier]) -> Result<Match, ConnectorError> {
    let mut held = Vec::with_capacity(proven.len());
    for identifier in proven {
        held.push((identifier.kind(), search::holders(connectors, systems, identifier).await?));
    }
    if held.iter().all(|(_, records)| records.is_empty()) {
        return Ok(Match::Nothing);
    }
    if let Some((kind, _)) = held.iter().find(|(_, records)| records.is_empty()) {
        return Ok(Match::Unsure { why: Doubt::Unknown { kind: (*kind).to_owned() } });
    }
    let places: BTreeSet<_> = graph::collections(systems).filter(|(_, known)| graph::has_identity(known)).map(|(place, _)| place).collect();
    let reached = search::find_briefly(connectors, systems, proven, &places).await?;
    let why = disagreement(&held, &reached).or_else(|| shared(systems, &held, &reached));
    Ok(why.map_or(Match::Sure, |why| Match::Unsure { why }))
}

/// An identifier that leads elsewhere than the e-mail address.
fn disagreement(held: &[(&str, Vec<Record>)], reached: &[Record]) -> Option<Doubt> {
    held.iter().find_map(|(kind, records)| {
        let same = |a: &Record, b: &Record| a.key == b.key && place(a) == place(b);
        let (agree, differ): (Vec<_>, Vec<_>) = records.iter().partition(|record| reached.iter().any(|known| same(known, record)));
        // A system that knows her only under the second item says nothing against her.
        let contradicts = |record: &&&Record| agree.is_empty() || reached.iter().any(|known| place(known) == place(record));
        let record = differ.iter().find(contradicts)?;
        Some(Doubt::Disagree { kind: (*kind).to_owned(), place: record.address() })
    })
}

/// Two records that differ in what tells people apart.
fn shared(systems: &[System], held: &[(&str, Vec<Record>)], reached: &[Record]) -> Option<Doubt> {
    let telling = telling(systems);
    let mut seen = BTreeMap::<(Place<'_>, &str), String>::new();
    for record in reached.iter().chain(held.iter().flat_map(|(_, records)| records)) {
        for field in telling.get(&place(record)).into_iter().flatten() {
            let Some(value) = comparable(record.value(field)) else { continue };
            if seen.entry((place(record), field)).or_insert_with(|| value.clone()) != &value {
                return Some(Doubt::Shared { place: record.address(), field: (*field).to_owned() });
            }
        }
    }
    None
}

/// Fields that tell people apart, in collections that stand for people. An order has a number of its own, too, but it
/// belongs to a customer, so two orders are not two people.
fn telling(systems: &[System]) -> BTreeMap<Place<'_>, Vec<&str>> {
    let edges = graph::edges(systems);
    let people =
        graph::collections(systems).filter(|(place, known)| graph::has_identity(known) && !belongs_to_somebody(systems, &edges, *place));
    let own_kind = |field: &Field| field.identity.as_deref().is_some_and(|kind| !CHANNELS.contains(&kind));
    let tells = |field: &&Field| !field.third_person && (own_kind(field) || field.categories.iter().any(|category| is_telling(category)));
    people.map(|(place, known)| (place, known.fields.iter().filter(tells).map(|field| field.name.as_str()).collect())).collect()
}

/// Whether a field of the collection is connected with the key of another one in the same system that people are found in.
fn belongs_to_somebody(systems: &[System], edges: &[Edge<'_>], place: Place<'_>) -> bool {
    edges.iter().map(|edge| &edge.flow).any(|flow| {
        let (by_key_from, by_key_to) = (flow.comes_from_key(systems), flow.leads_to_key(systems));
        let above = match (flow.from == place, flow.to == place) {
            (true, false) if by_key_to && !by_key_from => flow.to,
            (false, true) if by_key_from && !by_key_to => flow.from,
            _ => return false,
        };
        above.0 == place.0 && graph::collection(systems, above).is_some_and(graph::has_identity)
    })
}

fn is_telling(category: &str) -> bool {
    TELLING.iter().any(|telling| category == *telling || category.strip_prefix(telling).is_some_and(|rest| rest.starts_with('.')))
}

fn comparable(value: &Value) -> Option<String> {
    let text = match value {
        Value::Integer(_) | Value::Real(_) | Value::Text(_) => value.to_text().trim().to_lowercase(),
        Value::Null | Value::Bytes(_) | Value::Unreadable(_) | Value::List(_) | Value::Others => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn place(record: &Record) -> Place<'_> {
    (&record.system, &record.collection)
}
