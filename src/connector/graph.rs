//! The data map as a graph: from which field to which field values flow. Knows no database and no values.

use std::collections::BTreeSet;

use habeas_core::law::map::{Collection, Direction, Field, System};

use super::{Matching, SchemaProblem};

/// A collection of a system.
pub(super) type Place<'a> = (&'a str, &'a str);

/// A field of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Spot<'a> {
    pub(super) place: Place<'a>,
    pub(super) field: &'a str,
}

/// Values found in one field are looked for in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge<'a> {
    pub(super) from: Spot<'a>,
    pub(super) to: Spot<'a>,
    pub(super) matching: Matching,
}

/// Every collection.
pub(super) fn collections(systems: &[System]) -> impl Iterator<Item = (Place<'_>, &Collection)> {
    systems
        .iter()
        .flat_map(|system| system.collections.iter().map(|collection| ((system.key.as_str(), collection.name.as_str()), collection)))
}

/// A collection by its place.
pub(super) fn collection<'a>(systems: &'a [System], place: Place<'_>) -> Option<&'a Collection> {
    systems.iter().find(|system| system.key == place.0)?.collection(place.1)
}

/// Every edge. References to what the map does not hold lead nowhere.
pub(super) fn edges(systems: &[System]) -> Vec<Edge<'_>> {
    let mut edges = Vec::new();
    for (place, here) in collections(systems) {
        for field in &here.fields {
            for reference in &field.references {
                let there = (reference.system.as_str(), reference.collection.as_str());
                let Some(other) = collection(systems, there).and_then(|collection| collection.field(&reference.field)) else { continue };
                let (this, that) = (Spot { place, field: &field.name }, Spot { place: there, field: &reference.field });
                let is_address = is_email(field) || is_email(other);
                edges.push(match reference.direction {
                    Direction::From => Edge { from: that, to: this, matching: matching(is_address, field) },
                    Direction::To => Edge { from: this, to: that, matching: matching(is_address, other) },
                });
            }
        }
    }
    edges
}

/// How values are looked for in a field.
pub(super) const fn matching(is_address: bool, field: &Field) -> Matching {
    match (is_address, field.normalised) {
        (true, true) => Matching::Stored,
        (true, false) => Matching::Folded,
        (false, _) => Matching::Exact,
    }
}

/// Fields that an identifier is looked for in. Somebody else's address in a record does not make it hers (Art. 15(4)).
pub(super) fn identity_fields<'a>(systems: &'a [System], kind: &str) -> Vec<(Spot<'a>, Matching)> {
    let fields = collections(systems).flat_map(|(place, collection)| collection.fields.iter().map(move |field| (place, field)));
    let known = fields.filter(|(_, field)| field.identity.as_deref() == Some(kind) && !field.third_person);
    known.map(|(place, field)| (Spot { place, field: &field.name }, matching(kind == EMAIL, field))).collect()
}

/// Whether people are found in a collection directly.
pub(super) fn has_identity(collection: &Collection) -> bool {
    collection.fields.iter().any(|field| field.identity.is_some() && !field.third_person)
}

/// Places from which values can reach one of the wanted places, those included: only they need to be asked.
pub(super) fn leading_to<'a>(edges: &[Edge<'a>], wanted: impl IntoIterator<Item = Place<'a>>) -> BTreeSet<Place<'a>> {
    closure(wanted, |reached| edges.iter().filter(|edge| reached.contains(&edge.to.place)).map(|edge| edge.from.place).collect())
}

/// Collections of a system that no search ever reaches.
pub(super) fn unreachable(systems: &[System], system: &str) -> Vec<SchemaProblem> {
    let edges = edges(systems);
    let start = collections(systems).filter(|(_, collection)| has_identity(collection)).map(|(place, _)| place);
    let reached =
        closure(start, |reached| edges.iter().filter(|edge| reached.contains(&edge.from.place)).map(|edge| edge.to.place).collect());
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

fn is_email(field: &Field) -> bool {
    field.identity.as_deref() == Some(EMAIL)
}

/// The kind of identifier that people are found by, and that is compared without regard to case.
pub(super) const EMAIL: &str = "email";
