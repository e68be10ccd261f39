//! The officer opens a picture of a document: for a reason of a closed list, and alone. Whoever opens it first takes it.

use super::{
    actor::{Actor, Denied, Role},
    document::CHECK,
    door::{About, Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::{case, document, task};

/// What is opened.
#[derive(Debug, Clone)]
pub struct OpenDocument {
    /// The case's reference.
    pub case: String,
    /// Why: a code.
    pub reason: &'static str,
}

impl Action for OpenDocument {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.needs(&[Role::Dpo])
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        let tasks = task::of_case(inside.tx, &case.id).await?;
        if !tasks.iter().any(|task| task.form == CHECK && task.closed.is_none()) {
            return Err(Refusal::NotFound("document"));
        }
        let shown = document::shown(inside.tx, &case.id).await?.ok_or(Refusal::NotFound("document"))?;
        if !document::take(inside.tx, &shown.id, &inside.by.name()).await? {
            return Err(Refusal::conflict("document-taken", "somebody else looks at this document, and nobody besides may"));
        }
        Ok(Outcome::new((), Fact::of_case("document-opened", &case.id).with("reason", self.reason)))
    }
}
