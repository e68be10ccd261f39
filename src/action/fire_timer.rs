//! A timer of a case ran out.

use habeas_core::workflow::{
    EventKind,
    event::{Timer, Wait},
};

use super::{
    actor::{Actor, Denied},
    advance::{self, Submission},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::{case, group::Shared, timer};

/// The timer, as its row says.
#[derive(Debug, Clone)]
pub struct FireTimer {
    /// The row.
    pub timer: timer::Timer,
}

impl Action for FireTimer {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Timer { Ok(()) } else { Err(Denied) }
    }

    fn shares(&self) -> Option<Shared> {
        Some(Shared { timers: vec![self.timer.case.clone()], ..Shared::default() })
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let row = self.timer;
        let case = case::lock(inside.tx, &row.case).await?.ok_or(Refusal::NotFound("case"))?;
        if !timer::clear(inside.tx, &row).await? {
            return Err(Refusal::conflict("timer-gone", "this timer has fired or was cleared"));
        }
        let fact = Fact::of_case("timer-fired", &row.case).with("step", &row.step).with("timer", &row.kind);
        let wait = (!row.step.is_empty()).then(|| Wait { step: row.step.clone(), branch: row.branch.clone() });
        let timer = Timer::from_parts(&row.kind, wait).ok_or_else(|| Refusal::Broken(format!("timer kind `{}` is unknown", row.kind)))?;
        let id = format!("timer:{}:{}:{}:{}", row.case, row.step, row.branch.as_deref().unwrap_or_default(), row.kind);
        // A timer may be set to the same moment twice, as when a case is opened again.
        let id = format!("{id}:{}", case.rev);
        let facts = advance::advance(inside, case, id, EventKind::Elapsed { timer }, Submission::default()).await?;
        Ok(Outcome::new((), fact).and(facts))
    }
}
