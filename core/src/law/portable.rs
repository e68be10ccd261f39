//! What a person may take along (Art. 20): what she provided, under consent or contract, proven as strongly as it is sensitive.

use super::{
    floor::Floors,
    map::{Collection, Field},
    record::Record,
    right::Right,
    taxonomy,
    tier::Tier,
};

/// Why a kind of which something is held is not in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// She did not provide any of it, or it rests on another ground (Art. 20(1)).
    NotPortable,
    /// It asks for a stronger proof of who she is (Art. 12(6)).
    Proof,
}

/// What a value is on a contact card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardPart {
    /// A whole name.
    Name,
    /// A given name.
    FirstName,
    /// A family name.
    LastName,
    /// An email address.
    Email,
    /// A telephone number.
    Phone,
    /// Whom she works for.
    Organisation,
    /// A day of birth.
    Birthday,
    /// Street and number, or an address in one piece.
    Street,
    /// A town.
    City,
    /// A county or state.
    Region,
    /// A postcode.
    PostalCode,
    /// A country.
    Country,
}

/// What a field is on a contact card, by its Fideslang categories; `None`: it does not stand on one.
pub fn card_part(field: &Field) -> Option<CardPart> {
    let part = |category: &String| {
        Some(match taxonomy::nearest(category)?.key {
            "user.name" => CardPart::Name,
            "user.name.first" => CardPart::FirstName,
            "user.name.last" => CardPart::LastName,
            "user.contact.email" => CardPart::Email,
            "user.contact.phone_number" => CardPart::Phone,
            "user.contact.organization" => CardPart::Organisation,
            "user.demographic.date_of_birth" => CardPart::Birthday,
            "user.contact.address" | "user.contact.address.street" => CardPart::Street,
            "user.contact.address.city" => CardPart::City,
            "user.contact.address.state" => CardPart::Region,
            "user.contact.address.postal_code" => CardPart::PostalCode,
            "user.contact.address.country" => CardPart::Country,
            _ => return None,
        })
    };
    field.categories.iter().find_map(part)
}

/// Whether a field is taken along: provided by the person, under consent or contract, by automated means (Art. 20(1)).
pub fn is_taken_along(collection: &Collection, field: &Field) -> bool {
    collection.is_portable() && field.provided && !field.technical
}

/// Why a kind is left out; `None`: it is in, or nothing of it is held.
pub fn left_out(collection: &Collection, held: &[&Record], tier: Option<Tier>, floors: &Floors) -> Option<LeftOut> {
    let taken = || collection.fields.iter().filter(|field| is_taken_along(collection, field));
    let has_value = |field: &&Field| held.iter().any(|record| !record.value(&field.name).is_null());
    let floor = floors.of_fields(Right::Portability, taken().filter(has_value));
    match () {
        () if held.is_empty() => None,
        () if taken().next().is_none() => Some(LeftOut::NotPortable),
        () if tier < Some(floor) => Some(LeftOut::Proof),
        () => None,
    }
}
