//! What a person may take along (Art. 20): what she provided, under consent or contract, proven as strongly as it is sensitive.

use super::{
    map::{Class, Collection, Field},
    record::Record,
    tier::{self, Tier},
};

/// Why a kind of which something is held is not in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// She did not provide any of it, or it rests on another ground (Art. 20(1)).
    NotPortable,
    /// It asks for a stronger proof of who she is (Art. 12(6)).
    Proof,
}

/// Whether a field is taken along: provided by the person, under consent or contract, by automated means (Art. 20(1)).
pub fn is_taken_along(collection: &Collection, field: &Field) -> bool {
    collection.is_portable() && field.provided && !field.technical
}

/// Why a kind is left out; `None`: it is in, or nothing of it is held.
pub fn left_out(collection: &Collection, held: &[&Record], tier: Option<Tier>) -> Option<LeftOut> {
    let taken = || collection.fields.iter().filter(|field| is_taken_along(collection, field));
    let has_value = |field: &&Field| held.iter().any(|record| !record.value(&field.name).is_null());
    let floor = tier::floor(taken().filter(has_value).map(Field::class).max().unwrap_or(Class::Ordinary));
    match () {
        () if held.is_empty() => None,
        () if taken().next().is_none() => Some(LeftOut::NotPortable),
        () if tier < Some(floor) => Some(LeftOut::Proof),
        () => None,
    }
}
