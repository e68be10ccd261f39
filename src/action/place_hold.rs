//! Places a legal hold: from the next moment on nothing it covers is erased, whatever was approved before.

use habeas_core::law::hold::{Basis, Hold, Scope};
use jiff::{Span, civil::Date};

use super::{
    actor::{Actor, Denied, Role},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::{Problem, Refusal},
};
use crate::store::{
    case,
    hold::{self, StoredHold},
};

/// A hold to place.
#[derive(Debug, Clone)]
pub struct PlaceHold {
    /// Whose data: the reference of one of the person's cases. `None` covers everybody in the named collections.
    pub case: Option<String>,
    /// Systems; empty: all.
    pub systems: Vec<String>,
    /// `system.collection` addresses; empty: all.
    pub collections: Vec<String>,
    /// Why (Art. 17(3)).
    pub basis: Basis,
    /// Matter reference.
    pub matter: String,
    /// Looked at again at the latest on this day.
    pub review_on: Date,
}

impl Action for PlaceHold {
    /// The hold's id.
    type Done = String;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.needs(&[Role::CaseHandler, Role::PrivacyLead, Role::Dpo])
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<String>, Refusal> {
        self.check(inside.today)?;
        let subject = match &self.case {
            Some(reference) => Some(case::get(inside.tx, reference).await?.ok_or(Refusal::NotFound("case"))?.subject),
            None => None,
        };
        let scope = Scope { subject, case: None, systems: self.systems, collections: self.collections };
        if scope == Scope::default() {
            return Err(Refusal::invalid("case", "hold-covers-everything"));
        }
        let hold = Hold {
            id: format!("H-{}", inside.chance.word(6)?),
            scope,
            basis: self.basis,
            matter: self.matter.trim().to_owned(),
            owner: inside.by.name(),
            opened_on: inside.today,
            review_on: self.review_on,
            released_on: None,
        };
        let id = hold.id.clone();
        let mut fact = Fact::of_house("hold-placed")
            .with("hold", &id)
            .with("ground", hold.basis.article())
            .with("review_on", hold.review_on.to_string());
        fact.case = self.case;
        hold::insert(inside.tx, &StoredHold { hold, placed_by: inside.by.name(), release_asked_by: None }).await?;
        Ok(Outcome::new(id, fact))
    }
}

impl PlaceHold {
    fn check(&self, today: Date) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        if self.matter.trim().is_empty() {
            problems.push(Problem::new("matter", "matter-missing"));
        }
        let latest = today.checked_add(Span::new().months(6)).unwrap_or(Date::MAX);
        if self.review_on <= today || self.review_on > latest {
            problems.push(Problem::new("review_on", "review-within-six-months"));
        }
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
    }
}
