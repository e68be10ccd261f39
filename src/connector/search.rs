//! The search: from what a person has proven through the references of the data map to every record about her (Art. 15).
//!
//! Breadth first over values: what a record holds in a referring field is looked for where the reference points, in
//! this system or another, until nothing new is found. Only systems that the answer depends on are asked.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt::{self, Write as _},
    hash::{BuildHasher, DefaultHasher, Hasher as _, RandomState},
};

use async_trait::async_trait;
use habeas_core::law::{
    flow::combinations,
    identifier::Identifier,
    map::System,
    record::{Record, Value},
};
use serde::{Deserialize, Serialize};

use super::{
    Cause, ConnectorError, Connectors, Found, Matching, Operation, Question,
    graph::{self, EMAIL, Edge, Place, Target},
};

/// Every collection that was looked into (`system.collection`), and how many records it held: the search report.
pub type Looked = BTreeMap<String, usize>;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// Each record once, in the order of the data map.
    pub records: Vec<Record>,
    /// Where was looked.
    pub looked: Looked,
}

/// Finds a person's records in one system.
///
/// Records are taken when e-mail addresses lead to them, not other identifiers: those only confirm that it is the same
/// person, which [`super::match_person`] answers. Without a proven e-mail address every identifier is used.
pub async fn search(connectors: &Connectors, systems: &[System], proven: &[Identifier], wanted: &str) -> Result<Findings, ConnectorError> {
    let mut found = Vec::new();
    let looked = search_into(connectors, systems, proven, wanted, &mut found).await?;
    Ok(Findings::of(found, looked, systems))
}

/// The same, each record given once and as it comes. What was given before an error is no answer.
pub async fn search_into(
    connectors: &Connectors,
    systems: &[System],
    proven: &[Identifier],
    wanted: &str,
    found: &mut dyn Found,
) -> Result<Looked, ConnectorError> {
    if let Some(system) = systems.iter().find(|system| system.key == wanted && system.is_manual()) {
        let collection = system.collections.first().map(|collection| collection.name.clone()).unwrap_or_default();
        return Err(Cause::Unsupported { collection, operation: Operation::Find.name() }.of(wanted, "find records"));
    }
    let places = graph::collections(systems).map(|(place, _)| place).filter(|place| place.0 == wanted).collect();
    find_into(connectors, systems, proven, &places, found).await
}

/// Finds a person's records in every system; one that does not answer fails the whole search.
pub async fn search_all(connectors: &Connectors, systems: &[System], proven: &[Identifier]) -> Result<Findings, ConnectorError> {
    let places = graph::collections(systems).map(|(place, _)| place).collect();
    let mut found = Vec::new();
    let looked = find_into(connectors, systems, proven, &places, &mut found).await?;
    Ok(Findings::of(found, looked, systems))
}

/// Finds a person's records in some places, and [cuts](Record::brief) them.
pub(super) async fn find_briefly(
    connectors: &Connectors,
    systems: &[System],
    proven: &[Identifier],
    wanted: &BTreeSet<Place<'_>>,
) -> Result<Vec<Record>, ConnectorError> {
    let mut found = Brief(Vec::new());
    find_into(connectors, systems, proven, wanted, &mut found).await?;
    Ok(found.0)
}

/// Keeps the beginnings of records, to compare what tells people apart.
struct Brief(Vec<Record>);

#[async_trait]
impl Found for Brief {
    async fn take(&mut self, record: Record) -> Result<(), Cause> {
        self.0.push(record.brief());
        Ok(())
    }
}

async fn find_into(
    connectors: &Connectors,
    systems: &[System],
    proven: &[Identifier],
    wanted: &BTreeSet<Place<'_>>,
    found: &mut dyn Found,
) -> Result<Looked, ConnectorError> {
    let edges = graph::edges(systems);
    let places = graph::leading_to(&edges, wanted.iter().copied());
    let mut walk = Walk::new(connectors, systems, (&edges, &places), wanted, found);
    for identifier in begins(proven) {
        walk.begin(identifier);
    }
    walk.run().await
}

/// What a search begins with.
pub(super) fn begins(proven: &[Identifier]) -> impl Iterator<Item = &Identifier> {
    let has_email = proven.iter().any(|identifier| identifier.kind() == EMAIL);
    proven.iter().filter(move |identifier| !has_email || identifier.kind() == EMAIL)
}

/// Records that hold an identifier themselves, in any system, [cut](Record::brief); no reference is followed.
pub(super) async fn holders(connectors: &Connectors, systems: &[System], identifier: &Identifier) -> Result<Vec<Record>, ConnectorError> {
    let places = graph::collections(systems).map(|(place, _)| place).collect();
    let mut found = Brief(Vec::new());
    let mut walk = Walk::new(connectors, systems, (&[], &places), &places, &mut found);
    walk.begin(identifier);
    walk.run().await?;
    Ok(found.0)
}

impl Findings {
    fn of(mut records: Vec<Record>, looked: Looked, systems: &[System]) -> Self {
        let order: Vec<Place<'_>> = graph::collections(systems).map(|(place, _)| place).collect();
        records.sort_by_key(|record| order.iter().position(|place| *place == (&*record.system, &*record.collection)));
        Self { records, looked }
    }
}

/// A search under way. It remembers which records it has seen, not what they hold.
struct Walk<'a, 's> {
    connectors: &'a Connectors,
    systems: &'s [System],
    edges: &'a [Edge<'s>],
    places: &'a BTreeSet<Place<'s>>,
    /// Values still to be looked for.
    open: BTreeMap<Target<'s>, Vec<Vec<Value>>>,
    /// Where which values were looked for, or soon will be: circles end here.
    asked: HashSet<(Target<'s>, Vec<String>)>,
    /// Records seen, in the order they came.
    known: HashMap<Mark, usize>,
    marker: [RandomState; 2],
    /// Those that another way in may show more of; they are given last.
    shared: BTreeMap<usize, Record>,
    looked: Looked,
    found: &'a mut dyn Found,
}

/// What tells a record from the others, in 128 bits: a key may be long, and without one it is the whole row.
type Mark = [u64; 2];

impl<'a, 's> Walk<'a, 's> {
    fn new(
        connectors: &'a Connectors,
        systems: &'s [System],
        (edges, places): (&'a [Edge<'s>], &'a BTreeSet<Place<'s>>),
        wanted: &BTreeSet<Place<'_>>,
        found: &'a mut dyn Found,
    ) -> Self {
        let (open, asked, known, shared) = (BTreeMap::new(), HashSet::new(), HashMap::new(), BTreeMap::new());
        let looked = wanted.iter().map(|(system, collection)| (format!("{system}.{collection}"), 0)).collect();
        Self { connectors, systems, edges, places, open, asked, known, marker: <[RandomState; 2]>::default(), shared, looked, found }
    }

    fn begin(&mut self, identifier: &Identifier) {
        let value = Value::Text(identifier.value().reveal().clone());
        for target in graph::identity_fields(self.systems, identifier.kind()) {
            self.look_for(target, vec![value.clone()]);
        }
    }

    async fn run(mut self) -> Result<Looked, ConnectorError> {
        while !self.open.is_empty() {
            for (system, questions) in by_system(std::mem::take(&mut self.open)) {
                let connector = self.connectors.get(system)?;
                let mut round = Round { walk: &mut self, questions: &questions, refused: None };
                let asked = connector.find_each(&questions, &mut round).await;
                match round.refused {
                    Some(refused) => return Err(refused.of(system, "search")),
                    None => asked?,
                }
            }
        }
        for (_, record) in std::mem::take(&mut self.shared) {
            let system = record.system.clone();
            self.give(record).await.map_err(|cause| cause.of(&system, "search"))?;
        }
        Ok(self.looked)
    }

    /// Takes a record in, once, and follows its references.
    async fn take(&mut self, record: Record) -> Result<(), Cause> {
        let mark = self.mark(&record);
        if let Some(number) = self.known.get(&mark) {
            if let Some(first) = self.shared.get_mut(number).filter(|first| first.is_shared()) {
                // Another way into the same record may show elements of a list that the first one did not.
                first.reveal(record.clone());
                self.follow(&record);
            }
            return Ok(());
        }
        let rows = self.connectors.caps.rows;
        if self.known.len() >= rows {
            return Err(Cause::TooMuch { collection: record.collection, cap: format!("{rows} records") });
        }
        self.follow(&record);
        let number = self.known.len();
        self.known.insert(mark, number);
        if record.is_shared() {
            self.shared.insert(number, record);
            return Ok(());
        }
        self.give(record).await
    }

    async fn give(&mut self, record: Record) -> Result<(), Cause> {
        let Some(count) = self.looked.get_mut(&record.address()) else { return Ok(()) };
        *count += 1;
        self.found.take(record).await
    }

    fn mark(&self, record: &Record) -> Mark {
        let mut marking = Marking(self.marker.each_ref().map(BuildHasher::build_hasher));
        // Hashing does not fail.
        let _ = write!(marking, "{}\0{}\0{:?}", record.system, record.collection, record.key);
        marking.0.map(|hasher| hasher.finish())
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
}

/// The answers of one system to one round of questions.
struct Round<'w, 'a, 's> {
    walk: &'w mut Walk<'a, 's>,
    questions: &'w [Question],
    /// Why the search itself ended it.
    refused: Option<Cause>,
}

#[async_trait]
impl Found for Round<'_, '_, '_> {
    async fn take(&mut self, record: Record) -> Result<(), Cause> {
        let taken = if self.questions.iter().any(|question| answers(&record, question)) {
            self.walk.take(record).await
        } else {
            Err(Cause::Others(record.collection))
        };
        if let Err(cause) = &taken {
            self.refused = Some(cause.clone());
        }
        taken
    }
}

/// Hashes what is written into it.
struct Marking([DefaultHasher; 2]);

impl fmt::Write for Marking {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.iter_mut().for_each(|hasher| hasher.write(text.as_bytes()));
        Ok(())
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
