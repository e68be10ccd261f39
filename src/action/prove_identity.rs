//! Lays before a case what its person has shown since: an eID, a code to a second channel, a passkey. What it is worth, the worker finds
//! out when it screens again; whoever shows something has not yet proven anything.

use habeas_core::{
    law::tier::{Means, Proof},
    workflow::{EventKind, event::Wait},
};

use super::{
    actor::{Actor, Denied},
    advance::{self, Submission},
    door::{About, Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::{case, sealed, task};

/// The form in which a person is asked to show more.
pub const ASKED: &str = "identity-proof";

/// What was shown.
#[derive(Debug, Clone)]
pub struct ProveIdentity {
    /// The case's reference.
    pub case: String,
    /// Everything that was shown in this session.
    pub proofs: Vec<Proof>,
}

impl Action for ProveIdentity {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.asks()
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let mut case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        if !inside.by.opened(&case) {
            return Err(Refusal::NotFound("case"));
        }
        let tasks = task::of_case(inside.tx, &case.id).await?;
        let asked = tasks.into_iter().find(|task| task.form == ASKED && task.closed.is_none());
        let task = asked.ok_or_else(|| Refusal::conflict("nothing-asked", "nothing more is asked of you here now"))?;
        let mut applicant = sealed::applicant(inside.keys, &case)?;
        let shown: Vec<Proof> =
            self.proofs.into_iter().filter(|proof| proof.by != Means::Mailbox && !applicant.proofs.contains(proof)).collect();
        if shown.is_empty() {
            return Err(Refusal::invalid("proof", "proof-missing"));
        }
        let by: Vec<&str> = shown.iter().map(|proof| proof.by.name()).collect();
        let fact = Fact::of_case("identity-shown", &case.id).with("by", by.join(","));
        applicant.proofs.extend(shown);
        case.applicant = Some(sealed::key_of(inside.keys, &case)?.seal(inside.chance, "applicant", &applicant)?);
        let (reference, step) = (case.id.clone(), task.step.clone());
        let wait = Wait { step: task.step, branch: task.branch };
        let submission = Submission { wait: Some(wait.clone()), outcome: Some("shown".to_owned()), ..Submission::default() };
        let event = EventKind::Submitted { wait, outcome: "shown".to_owned() };
        let facts = advance::advance(inside, case, format!("task:{}", task.id), event, submission).await?;
        let done = Fact::of_case("task-done", &reference).with("step", &step).with("outcome", "shown");
        Ok(Outcome::new((), done).and([fact]).and(facts))
    }
}
