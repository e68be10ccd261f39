//! Legal holds: what must not be erased, why, who says so, until it is looked at again (Art. 17(3)(b), (e)).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::lang::Text;

/// A hold on some records. It never blocks access (Art. 15) and never a marketing objection (Art. 21(2)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// `H-` and a short random word.
    pub id: String,
    /// What it covers.
    pub scope: Scope,
    /// Why the data must stay.
    pub basis: Basis,
    /// Matter reference of the owner, such as a court's case number.
    pub matter: String,
    /// Who answers for it.
    pub owner: String,
    /// First day in force.
    pub opened_on: Date,
    /// Looked at again at the latest on this day, at most six months after opening.
    pub review_on: Date,
    /// Last day in force, once released.
    pub released_on: Option<Date>,
}

/// What a hold covers: every named part must match; an empty part matches everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The person: the blind index of an identifier, never the identifier itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Systems.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub systems: Vec<String>,
    /// `system.collection` addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collections: Vec<String>,
}

/// Why a hold exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A claim is being prepared, brought or defended: Art. 17(3)(e).
    LegalClaim,
    /// An authority ordered it or a complaint is pending: Art. 17(3)(b).
    AuthorityOrder,
    /// A payment is open or disputed: Art. 17(3)(e).
    OpenPayment,
}

impl Basis {
    /// Where the ground stands.
    pub const fn article(self) -> &'static str {
        match self {
            Self::AuthorityOrder => "Art. 17(3)(b)",
            Self::LegalClaim | Self::OpenPayment => "Art. 17(3)(e)",
        }
    }

    /// The reason, as the person reads it.
    pub fn because(self) -> Text {
        Text::of(match self {
            Self::LegalClaim => [
                "Vi trenger opplysningene i en sak om et rettskrav.",
                "Wij hebben de gegevens nodig in een zaak over een rechtsvordering.",
                "We need the data in a case about a legal claim.",
            ],
            Self::AuthorityOrder => [
                "En myndighet har bedt oss om å ta vare på opplysningene.",
                "Een overheid heeft ons gevraagd de gegevens te bewaren.",
                "An authority has asked us to preserve the data.",
            ],
            Self::OpenPayment => {
                ["En betaling er ikke gjort opp ennå.", "Een betaling is nog niet afgehandeld.", "A payment is not settled yet."]
            }
        })
    }
}

/// Whose record it is, as far as holds are concerned.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    /// Blind indexes of the person's proven identifiers.
    pub subjects: &'a [String],
    /// The case being worked on.
    pub case: &'a str,
}

impl Hold {
    /// Whether the hold is in force on a day.
    pub fn is_active(&self, today: Date) -> bool {
        self.released_on.is_none_or(|released| today <= released)
    }

    /// Whether the hold covers the records of a person in one collection.
    pub fn covers(&self, system: &str, collection: &str, whose: Whose<'_>) -> bool {
        let subject = self.scope.subject.as_ref().is_none_or(|subject| whose.subjects.contains(subject));
        let case = self.scope.case.as_ref().is_none_or(|case| case == whose.case);
        let in_system = self.scope.systems.is_empty() || self.scope.systems.iter().any(|name| name == system);
        let in_collection = self.scope.collections.is_empty()
            || self.scope.collections.iter().any(|address| match address.split_once('.') {
                Some((of_system, name)) => of_system == system && name == collection,
                // What names no collection cannot be evaluated, and a hold that cannot be evaluated keeps.
                None => true,
            });
        subject && case && in_system && in_collection
    }
}
