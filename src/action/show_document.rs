//! Shows a picture of a shielded document: the last resort, only where a floor asks for it and the organisation takes any. The picture
//! proves nothing yet; that the officer has looked at it does.

use habeas_core::{
    law::{document::MOST, tier::Tier},
    workflow::{EventKind, event::Wait},
};

use super::{
    actor::{Actor, Denied},
    advance::{self, Submission},
    document::CHECK,
    door::{About, Action, Inside},
    fact::{Fact, Outcome},
    prove_identity::ASKED,
    refusal::Refusal,
};
use crate::store::{
    case::{self, Case},
    document::{self, Document},
    part::Depth,
    sealed, task,
};

/// A picture whose file is written already.
#[derive(Debug, Clone)]
pub struct ShowDocument {
    /// The case's reference.
    pub case: String,
    /// What the picture is called.
    pub id: String,
    /// Its file.
    pub file: String,
    /// Keyed print of the picture.
    pub mark: String,
    /// Its key, wrapped.
    pub wrapped: Vec<u8>,
}

impl Action for ShowDocument {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if matches!(by, Actor::Subject { .. }) { Ok(()) } else { Err(Denied) }
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        if !matches!(inside.by, Actor::Subject { mailbox } if *mailbox == case.subject) {
            return Err(Refusal::NotFound("case"));
        }
        let open = task::of_case(inside.tx, &case.id).await?.into_iter().filter(|task| task.closed.is_none());
        let waits = open.into_iter().find(|task| [ASKED, CHECK].contains(&task.form.as_str()));
        let task = waits.ok_or_else(|| Refusal::conflict("nothing-asked", "nothing more is asked of you here now"))?;
        is_last_resort(inside, &case).await?;
        if document::shown(inside.tx, &case.id).await?.is_some() {
            return Err(Refusal::conflict("document-waits", "your picture is here already, and somebody will look at it"));
        }
        if document::count(inside.tx, &case.id).await? >= u64::try_from(MOST).unwrap_or(u64::MAX) {
            return Err(Refusal::conflict("documents-too-many", "this case takes no more pictures: write to us, and we find another way"));
        }
        let (id, file, mark, case_id) = (self.id, self.file, self.mark, case.id.clone());
        let row = Document { id, case: case_id, file, mark, shown_at: inside.now, taken_by: None, gone_at: None };
        document::put(inside.tx, &row, self.wrapped).await?;
        let fact = Fact::of_case("document-shown", &case.id);
        if task.form == CHECK {
            return Ok(Outcome::new((), fact));
        }
        let (reference, step) = (case.id.clone(), task.step.clone());
        let wait = Wait { step: task.step, branch: task.branch };
        let submission = Submission { wait: Some(wait.clone()), outcome: Some("document".to_owned()), ..Submission::default() };
        let event = EventKind::Submitted { wait, outcome: "document".to_owned() };
        let facts = advance::advance(inside, case, format!("task:{}", task.id), event, submission).await?;
        let done = Fact::of_case("task-done", &reference).with("step", &step).with("outcome", "document");
        Ok(Outcome::new((), done).and([fact]).and(facts))
    }
}

/// Only where the organisation takes pictures, and only where nothing less would do and a picture does.
async fn is_last_resort(inside: &Inside<'_>, case: &Case) -> Result<(), Refusal> {
    let identity = &inside.organisation.about().identity;
    if !identity.documents {
        return Err(Refusal::conflict("document-not-taken", "no pictures of documents are taken here"));
    }
    let records = sealed::records(inside.tx, inside.keys, case, Depth::Brief).await?;
    let asked = sealed::applicant(inside.keys, case)?.asked;
    if identity.floors.of_request(case.right, &asked, inside.organisation.systems(), &records) == Tier::Substantial {
        Ok(())
    } else {
        Err(Refusal::conflict("document-not-needed", "there is an easier way to show who you are; no picture of a document is needed"))
    }
}
