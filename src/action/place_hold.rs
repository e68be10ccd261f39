//! Places a legal hold: from the next moment on nothing it covers is erased, whatever was approved before.

use habeas_core::law::{
    hold::{Basis, Hold, Scope, Wrong},
    map::System,
};
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
    /// What is covered beside that. Whose it is comes from the case.
    pub scope: Scope,
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
        self.check(inside.today, inside.organisation.systems())?;
        let subject = match &self.case {
            Some(reference) => Some(case::get(inside.tx, reference).await?.ok_or(Refusal::NotFound("case"))?.subject),
            None => None,
        };
        let scope = Scope { subject, case: None, ..self.scope };
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
    fn check(&self, today: Date, systems: &[System]) -> Result<(), Refusal> {
        let problems = self.problems(today, systems);
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
    }

    /// Everything that is wrong with it, at once.
    fn problems(&self, today: Date, systems: &[System]) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.case.is_none() && self.scope == Scope::default() {
            problems.push(Problem::new("case", "hold-covers-everything"));
        }
        problems.extend(self.scope.check(systems).into_iter().map(problem));
        if self.matter.trim().is_empty() {
            problems.push(Problem::new("matter", "matter-missing"));
        }
        let latest = today.checked_add(Span::new().months(6)).unwrap_or(Date::MAX);
        if self.review_on <= today || self.review_on > latest {
            problems.push(Problem::new("review_on", "review-within-six-months"));
        }
        problems
    }
}

fn problem(wrong: Wrong) -> Problem {
    let (field, code) = match wrong {
        Wrong::System => ("system", "hold-system-unknown"),
        Wrong::Collection => ("collection", "hold-collection-unknown"),
        Wrong::Category => ("category", "hold-category-unknown"),
        Wrong::Nothing => ("system", "hold-covers-nothing"),
        Wrong::Query => ("query", "hold-query-misfits"),
        Wrong::Dates => ("date_field", "hold-no-date-field"),
        Wrong::Range => ("from", "hold-no-range"),
    };
    Problem::new(field, code)
}
