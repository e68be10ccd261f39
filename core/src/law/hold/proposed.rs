//! A hold that somebody wants to place, and everything that stands against it.

use jiff::civil::Date;

use super::{Basis, Scope, Wrong, latest};
use crate::law::map::System;

/// A hold on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposed {
    /// Whose data: the reference of one of the person's cases. `None` covers everybody in what the scope names.
    pub case: Option<String>,
    /// What is covered beside that. Whose it is comes from the case.
    pub scope: Scope,
    /// Why (Art. 17(3)).
    pub basis: Basis,
    /// Matter reference.
    pub matter: String,
    /// Looked at again at the latest on this day.
    pub review_on: Date,
}

impl Proposed {
    /// Everything that is wrong with it, at once. Whether there is such a case is not known here.
    pub fn check(&self, today: Date, systems: &[System]) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        if self.case.is_none() && self.scope == Scope::default() {
            wrong.push(Wrong::Everything);
        }
        wrong.extend(self.scope.check(systems));
        if self.matter.trim().is_empty() {
            wrong.push(Wrong::Matter);
        }
        if self.review_on <= today || self.review_on > latest(today) {
            wrong.push(Wrong::Review);
        }
        wrong
    }
}

impl Wrong {
    /// The field it is about, and a stable code.
    pub const fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::System => ("system", "hold-system-unknown"),
            Self::Collection => ("collection", "hold-collection-unknown"),
            Self::Category => ("category", "hold-category-unknown"),
            Self::Nothing => ("system", "hold-covers-nothing"),
            Self::Query => ("query", "hold-query-misfits"),
            Self::Dates => ("date_field", "hold-no-date-field"),
            Self::Range => ("from", "hold-no-range"),
            Self::Everything => ("case", "hold-covers-everything"),
            Self::Matter => ("matter", "matter-missing"),
            Self::Review => ("review_on", "review-within-six-months"),
        }
    }
}
