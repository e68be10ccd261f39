//! Places a legal hold: from the next moment on nothing it covers is erased, whatever was approved before.

use habeas_core::law::hold::{Basis, Hold, Proposed, Scope, Wrong};
use jiff::civil::Date;

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

/// Who may place one.
pub(super) const MAY: [Role; 3] = [Role::CaseHandler, Role::PrivacyLead, Role::Dpo];

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
        by.needs(&MAY)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<String>, Refusal> {
        let Self { case, scope, basis, matter, review_on } = self;
        let proposed = Proposed { case, scope, basis, matter, review_on };
        let wrong = proposed.check(inside.today, inside.organisation.systems());
        if !wrong.is_empty() {
            return Err(Refusal::Invalid(wrong.into_iter().map(problem).collect()));
        }
        let subject = match &proposed.case {
            Some(reference) => Some(case::get(inside.tx, reference).await?.ok_or(Refusal::NotFound("case"))?.subject),
            None => None,
        };
        let (id, fact) = place(inside, proposed, subject).await?;
        Ok(Outcome::new(id, fact))
    }
}

/// Places a hold that nothing stands against, on a person or on everybody. Its id, and what is to be said of it.
pub(super) async fn place(inside: &Inside<'_>, proposed: Proposed, subject: Option<String>) -> Result<(String, Fact), Refusal> {
    let hold = Hold {
        id: format!("H-{}", inside.chance.word(6)?),
        scope: Scope { subject, case: None, ..proposed.scope },
        basis: proposed.basis,
        matter: proposed.matter.trim().to_owned(),
        owner: inside.by.name(),
        opened_on: inside.today,
        review_on: proposed.review_on,
        released_on: None,
    };
    let id = hold.id.clone();
    let mut fact =
        Fact::of_house("hold-placed").with("hold", &id).with("ground", hold.basis.article()).with("review_on", hold.review_on.to_string());
    fact.case = proposed.case;
    let remind_on = Some(hold.next_call(inside.today));
    hold::insert(inside.tx, &StoredHold { hold, placed_by: inside.by.name(), release_asked_by: None, remind_on }).await?;
    Ok((id, fact))
}

fn problem(wrong: Wrong) -> Problem {
    let (field, code) = wrong.told();
    Problem::new(field, code)
}
