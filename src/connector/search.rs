//! The search: from what a person has proven through the references of the data map to every record about her (Art. 15).
//!
//! Breadth first over values: what a record holds in a referring field is looked for where the reference points, in
//! this system or another, until nothing new is found. Only systems that the answer depends on are asked.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use habeas_core::law::{
    flow::combinations,
    identifier::Identifier,
    map::System,
    record::{Record, Value},
};
use serde::{Deserialize, Serialize};

use super::{
    Cause, ConnectorError, Connectors, Matching, Operation, Question,
    graph::{self, EMAIL, Edge, Place, Target},
};

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// Each record once, in the order of the data map.
    pub records: Vec<Record>,
    /// Every collection that was looked into (`system.collection`), and how many records it held: the search report.
    pub looked: BTreeMap<String, usize>,
}

/// Finds a person's records in one system.
///
/// Records are taken when e-mail addresses lead to them, not other identifiers: those only confirm that it is the same
/// person, which [`super::match_person`] answers. Without a proven e-mail address every identifier is used.
pub async fn search(connectors: &Connectors, systems: &[System], proven: &[Identifier], wanted: &str) -> Result<Findings, ConnectorError> {
    if let Some(system) = systems.iter().find(|system| system.key == wanted && system.is_manual()) {
        let collection = system.collections.first().map(|collection| collection.name.clone()).unwrap_or_default();
        return Err(Cause::Unsupported { collection, operation: Operation::Find.name() }.of(wanted, "find records"));
    }
    let places = graph::collections(systems).map(|(place, _)| place).filter(|place| place.0 == wanted).collect();
    find(connectors, systems, proven, &places).await
}

/// Finds a person's records in every system; one that does not answer fails the whole search.
pub async fn search_all(connectors: &Connectors, systems: &[System], proven: &[Identifier]) -> Result<Findings, ConnectorError> {
    let places = graph::collections(systems).map(|(place, _)| place).collect();
    find(connectors, systems, proven, &places).await
}

/// Finds a person's records in some places.
pub(super) async fn find(
    connectors: &Connectors,
    systems: &[System],
    proven: &[Identifier],
    wanted: &BTreeSet<Place<'_>>,
) -> Result<Findings, ConnectorError> {
    let edges = graph::edges(systems);
    let places = graph::leading_to(&edges, wanted.iter().copied());
    let mut walk = Walk::new(connectors, systems, &edges, &places);
    for identifier in begins(proven) {
        walk.begin(identifier);
    }
    walk.run().await?;
    Ok(walk.findings(wanted))
}

/// What a search begins with.
pub(super) fn begins(proven: &[Identifier]) -> impl Iterator<Item = &Identifier> {
    let has_email = proven.iter().any(|identifier| identifier.kind() == EMAIL);
    proven.iter().filter(move |identifier| !has_email || identifier.kind() == EMAIL)
}

/// Records that hold an identifier themselves, in any system; no reference is followed.
pub(super) async fn holders(connectors: &Connectors, systems: &[System], identifier: &Identifier) -> Result<Vec<Record>, ConnectorError> {
    let places = graph::collections(systems).map(|(place, _)| place).collect();
    let mut walk = Walk::new(connectors, systems, &[], &places);
    walk.begin(identifier);
    walk.run().await?;
    Ok(walk.found)
}

/// A search under way.
struct Walk<'a, 's> {
    connectors: &'a Connectors,
    systems: &'s [System],
    edges: &'a [Edge<'s>],
    places: &'a BTreeSet<Place<'s>>,
    /// Values still to be looked for.
    open: BTreeMap<Target<'s>, Vec<Vec<Value>>>,
    /// Where which values were looked for, or soon will be: circles end here.
    asked: HashSet<(Target<'s>, Vec<String>)>,
    known: HashMap<String, usize>,
    found: Vec<Record>,
}

impl<'a, 's> Walk<'a, 's> {
    fn new(connectors: &'a Connectors, systems: &'s [System], edges: &'a [Edge<'s>], places: &'a BTreeSet<Place<'s>>) -> Self {
        let (open, asked, known) = (BTreeMap::new(), HashSet::new(), HashMap::new());
        Self { connectors, systems, edges, places, open, asked, known, found: Vec::new() }
    }

    fn begin(&mut self, identifier: &Identifier) {
        let value = Value::Text(identifier.value().reveal().clone());
        for target in graph::identity_fields(self.systems, identifier.kind()) {
            self.look_for(target, vec![value.clone()]);
        }
    }

    async fn run(&mut self) -> Result<(), ConnectorError> {
        while !self.open.is_empty() {
            for (system, questions) in by_system(std::mem::take(&mut self.open)) {
                let records = self.connectors.get(system)?.find(&questions).await?;
                if let Some(stranger) = records.iter().find(|record| !questions.iter().any(|question| answers(record, question))) {
                    return Err(Cause::Others(stranger.collection.clone()).of(system, "search"));
                }
                for record in records {
                    self.take(record)?;
                }
            }
        }
        Ok(())
    }

    /// Takes a record in, once, and follows its references.
    fn take(&mut self, record: Record) -> Result<(), ConnectorError> {
        let name = format!("{}\0{}\0{:?}", record.system, record.collection, record.key);
        if let Some(found) = self.known.get(&name).and_then(|at| self.found.get_mut(*at)) {
            if found.is_shared() {
                // Another way into the same record may show elements of a list that the first one did not.
                found.reveal(record.clone());
                self.follow(&record);
            }
            return Ok(());
        }
        let rows = self.connectors.caps.rows;
        if self.found.len() >= rows {
            return Err(Cause::TooMuch { collection: record.collection, cap: format!("{rows} records") }.of(&record.system, "search"));
        }
        self.follow(&record);
        self.known.insert(name, self.found.len());
        self.found.push(record);
        Ok(())
    }

    /// Each element of a list leads on; where several fields lead on together, in every combination.
    fn follow(&mut self, record: &Record) {
        for edge in self.edges.iter().filter(|edge| edge.flow.from == (&*record.system, &*record.collection)) {
            let values: Vec<Vec<&Value>> = edge.flow.pairs.iter().map(|(there, _)| record.values_of(&there.name)).collect();
            for row in combinations(&values) {
                self.look_for(edge.to.clone(), row.into_iter().cloned().collect());
            }
        }
    }

    fn look_for(&mut self, target: Target<'s>, values: Vec<Value>) {
        // What a person has to look up is no bridge to other systems.
        let by_hand = || self.systems.iter().any(|system| system.key == target.place.0 && system.is_manual());
        if !self.places.contains(&target.place) || !identifies(&values) || by_hand() {
            return;
        }
        let forms = target.by.iter().zip(&values).map(|(term, value)| match term.matching {
            Matching::Exact => format!("{value:?}"),
            Matching::Folded | Matching::Stored => value.to_text().trim().to_lowercase(),
        });
        if self.asked.insert((target.clone(), forms.collect())) {
            self.open.entry(target).or_default().push(values);
        }
    }

    fn findings(self, wanted: &BTreeSet<Place<'_>>) -> Findings {
        let order: Vec<Place<'_>> =
            graph::collections(self.systems).map(|(place, _)| place).filter(|place| wanted.contains(place)).collect();
        let place = |record: &Record| order.iter().position(|place| *place == (&*record.system, &*record.collection));
        let mut records: Vec<Record> = self.found.into_iter().filter(|record| place(record).is_some()).collect();
        records.sort_by_key(place);
        let count = |place: &Place<'_>| records.iter().filter(|record| *place == (&*record.system, &*record.collection)).count();
        let looked = order.iter().map(|place| (format!("{}.{}", place.0, place.1), count(place))).collect();
        Findings { records, looked }
    }
}

/// Questions of one round, together per system.
fn by_system(open: BTreeMap<Target<'_>, Vec<Vec<Value>>>) -> BTreeMap<&str, Vec<Question>> {
    let mut questions = BTreeMap::<_, Vec<_>>::new();
    for (Target { place: (system, collection), by }, rows) in open {
        questions.entry(system).or_default().push(Question { collection: collection.to_owned(), by, rows });
    }
    questions
}

/// Whether values point to something. Nothing and blanks do not, nor does 0 by itself, which many applications write for
/// "nobody": they would lead to every record that belongs to nobody.
fn identifies(values: &[Value]) -> bool {
    let says = |value: &Value| match value {
        Value::Null | Value::Unreadable(_) | Value::List(_) | Value::Others => false,
        Value::Integer(_) | Value::Real(_) => true,
        Value::Text(text) => !text.trim().is_empty(),
        Value::Bytes(bytes) => !bytes.is_empty(),
    };
    let is_zero = |value: &Value| match value {
        Value::Integer(number) => *number == 0,
        Value::Text(text) => text.trim() == "0",
        _ => false,
    };
    values.iter().all(says) && !values.iter().all(is_zero)
}

/// Whether a record holds what was asked for. A system compares in its own way, and one that is wrong, or takes `å` for `a`,
/// answers with other people's records.
fn answers(record: &Record, question: &Question) -> bool {
    let holds = |row: &Vec<Value>| {
        question.by.iter().zip(row).all(|(term, asked)| {
            let held = record.values_of(&term.field);
            held.into_iter().any(|held| is_same(held, asked))
        })
    };
    record.collection == question.collection && question.rows.iter().any(holds)
}

/// Whether two systems may mean the same by two values: capitals, blanks around and the way a number or moment is written do not count.
fn is_same(held: &Value, asked: &Value) -> bool {
    if let (Value::Bytes(held), Value::Bytes(asked)) = (held, asked) {
        return held == asked;
    }
    let (held, asked) = (held.to_text().trim().to_lowercase(), asked.to_text().trim().to_lowercase());
    let number = |text: &str| text.parse::<f64>().ok();
    held == asked || number(&held).is_some_and(|held| Some(held) == number(&asked))
}
