//! The data map as a graph: where values flow, and how they are compared on arrival. Knows no database and no values.

use std::collections::BTreeSet;

pub(super) use habeas_core::law::flow::{Place, collection, collections};
use habeas_core::law::{
    flow::{Flow, flows},
    map::{Collection, Field, System},
};

use super::{Matching, SchemaProblem, Term};

/// Fields of a collection that values are looked for in, together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Target<'a> {
    pub(super) place: Place<'a>,
    pub(super) by: Vec<Term>,
}

/// Values found in fields of one collection are looked for in another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edge<'a> {
    pub(super) flow: Flow<'a>,
    pub(super) to: Target<'a>,
}

/// Every edge.
pub(super) fn edges(systems: &[System]) -> Vec<Edge<'_>> {
    flows(systems).into_iter().map(Edge::new).collect()
}

impl<'a> Edge<'a> {
    fn new(flow: Flow<'a>) -> Self {
        let term = |(there, here): &(&Field, &Field)| Term::new(here, is_email(there) || is_email(here));
        Self { to: Target { place: flow.to, by: flow.pairs.iter().map(term).collect() }, flow }
    }
}

/// Fields that an identifier is looked for in. Somebody else's address in a record does not make it hers (Art. 15(4)).
pub(super) fn identity_fields<'a>(systems: &'a [System], kind: &str) -> Vec<Target<'a>> {
    let fields = collections(systems).flat_map(|(place, collection)| collection.fields.iter().map(move |field| (place, field)));
    let known = fields.filter(|(_, field)| field.identity.as_deref() == Some(kind) && !field.third_person);
    known.map(|(place, field)| Target { place, by: vec![Term::new(field, kind == EMAIL)] }).collect()
}

/// Whether people are found in a collection directly.
pub(super) fn has_identity(collection: &Collection) -> bool {
    collection.fields.iter().any(|field| field.identity.is_some() && !field.third_person)
}

/// Places from which values can reach one of the wanted places, those included: only they need to be asked.
pub(super) fn leading_to<'a>(edges: &[Edge<'a>], wanted: impl IntoIterator<Item = Place<'a>>) -> BTreeSet<Place<'a>> {
    closure(wanted, |reached| edges.iter().map(|edge| &edge.flow).filter(|flow| reached.contains(&flow.to)).map(|flow| flow.from).collect())
}

/// Collections of a system that no search ever reaches.
pub(super) fn unreachable(systems: &[System], system: &str) -> Vec<SchemaProblem> {
    let flows = flows(systems);
    let start = collections(systems).filter(|(_, collection)| has_identity(collection)).map(|(place, _)| place);
    let reached = closure(start, |reached| flows.iter().filter(|flow| reached.contains(&flow.from)).map(|flow| flow.to).collect());
    let missed = collections(systems).filter(|(place, _)| place.0 == system && !reached.contains(place));
    missed.map(|((_, collection), _)| SchemaProblem::Unreachable { collection: collection.to_owned() }).collect()
}

fn closure<'a>(
    start: impl IntoIterator<Item = Place<'a>>,
    step: impl Fn(&BTreeSet<Place<'a>>) -> BTreeSet<Place<'a>>,
) -> BTreeSet<Place<'a>> {
    let mut reached: BTreeSet<Place<'a>> = start.into_iter().collect();
    loop {
        let next = step(&reached);
        if next.is_subset(&reached) {
            return reached;
        }
        reached.extend(next);
    }
}

impl Term {
    fn new(field: &Field, is_address: bool) -> Self {
        let matching = match (is_address, field.normalised) {
            (true, true) => Matching::Stored,
            (true, false) => Matching::Folded,
            (false, _) => Matching::Exact,
        };
        Self { field: field.name.clone(), matching }
    }
}

fn is_email(field: &Field) -> bool {
    field.identity.as_deref() == Some(EMAIL)
}

/// The kind of identifier that people are found by, and that is compared without regard to case.
pub(super) const EMAIL: &str = "email";
