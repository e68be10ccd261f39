//! Legal holds: what must not be erased, why, who says so, until it is looked at again (Art. 17(3)(b), (e)).
//!
//! A hold that cannot be evaluated on a record keeps it, and says what could not be read.

mod effect;
mod proposed;
mod review;
mod scope;
pub mod sheet;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::{
    effect::Effect,
    proposed::Proposed,
    review::{Review, latest},
    scope::{Dates, OnRecord, Scope, Unread, Wrong, unread},
};
use super::lang::Text;
/// A condition on the fields of a record.
pub use crate::table::Guard;

/// A hold on some records. It never blocks access (Art. 15) and never a marketing objection (Art. 21(2)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// Every basis.
    pub const ALL: [Self; 3] = [Self::LegalClaim, Self::AuthorityOrder, Self::OpenPayment];

    /// The name in forms, tables and commands.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LegalClaim => "legal-claim",
            Self::AuthorityOrder => "authority-order",
            Self::OpenPayment => "open-payment",
        }
    }

    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.name() == name)
    }

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
}
