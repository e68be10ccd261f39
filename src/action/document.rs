//! What becomes of a picture of a document: it is gone with the decision about it, and a day after it was shown in any case.

use std::collections::BTreeMap;

use habeas_core::law::document::{Checked, KEPT};

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
    schedule,
};
use crate::store::{
    case::Case,
    document,
    task::{self, Task},
};

/// The form in which the officer decides.
pub const CHECK: &str = "identity-check-strong";

/// What the decision about a document leaves: what kind it was, whose, and what came of it. Nobody accepts a picture that they have not
/// looked at.
pub(super) async fn decided(
    inside: &Inside<'_>,
    case: &Case,
    task: &Task,
    outcome: &str,
    fields: &BTreeMap<String, String>,
) -> Result<Vec<Fact>, Refusal> {
    if task.form != CHECK {
        return Ok(Vec::new());
    }
    let checked = Checked::of(fields).map_err(|field| Refusal::invalid(field, wrong(field)))?;
    let shown = document::shown(inside.tx, &case.id).await?;
    if let Some(shown) = &shown {
        let by = inside.by.name();
        match shown.taken_by.as_deref() {
            Some(other) if other != by => {
                return Err(Refusal::conflict("document-taken", "somebody else looks at this document, and nobody besides may decide"));
            }
            None if outcome == "accepted" => {
                return Err(Refusal::conflict("document-unopened", "look at the picture before you accept it"));
            }
            _ => {}
        }
        if outcome == "accepted" && checked.is_none() {
            return Err(Refusal::invalid(Checked::KIND, wrong(Checked::KIND)));
        }
    }
    let mut fact = Fact::of_case("document-checked", &case.id).with("result", outcome);
    fact = fact.with("how", if shown.is_some() { "picture" } else { "seen" });
    if let Some(Checked { kind, country }) = checked {
        fact = fact.with("kind", kind.name()).with("country", country);
    }
    Ok(vec![fact])
}

/// The picture goes with the decision, whatever was decided.
pub(super) async fn shred(inside: &Inside<'_>, case: &str) -> Result<(), Refusal> {
    if let Some(shown) = document::shown(inside.tx, case).await? {
        document::shred(inside.tx, &shown.id, inside.now).await?;
    }
    Ok(())
}

fn wrong(field: &str) -> &'static str {
    if field == Checked::KIND { "document-type-missing" } else { "document-country-wrong" }
}

/// Destroys pictures about which nobody has decided within a day.
#[derive(Debug, Clone)]
pub struct ShredDocuments;

impl Action for ShredDocuments {
    /// How many are gone.
    type Done = usize;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Timer { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<usize>, Refusal> {
        let mut facts = Vec::new();
        for old in document::older(inside.tx, inside.now - KEPT).await? {
            document::shred(inside.tx, &old.id, inside.now).await?;
            facts.push(Fact::of_case("document-gone", &old.case));
            let tasks = task::of_case(inside.tx, &old.case).await?;
            if tasks.iter().any(|task| task.form == CHECK && task.closed.is_none()) {
                tell(inside, &old.case).await?;
            }
        }
        Ok(Outcome::new(facts.len(), Fact::of_house("documents-swept")).and(facts))
    }
}

/// She may show another, or choose another way.
async fn tell(inside: &Inside<'_>, case: &str) -> Result<(), Refusal> {
    let key = format!("document.tell:{}", inside.row_id()?);
    schedule::queue(inside, Some(case), "document.tell", &(), key).await
}
