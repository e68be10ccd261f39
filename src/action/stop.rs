//! The link in an erasure notice, or in the letter to somebody who is acted for: whoever owns a channel on file may stop that without signing
//! in, and nothing else.

use std::collections::BTreeMap;

use super::{actor::Actor, door::Door, refusal::Refusal, submit_task::SubmitTask};
use crate::store::{case, task};

/// The form of the task in which an erasure can still be stopped.
const COOLING_OFF: &str = "cooling-off";
/// The form of the task in which somebody who is acted for can say no.
const OBJECTION: &str = "authority-objection";

impl Door {
    /// Whether what the link stops is a request that somebody made for its reader, and not an erasure.
    pub async fn stops_a_request(&self, reference: &str) -> Result<bool, Refusal> {
        let tasks = task::of_case(&self.store, reference).await?;
        Ok(tasks.iter().rfind(|task| [COOLING_OFF, OBJECTION].contains(&task.form.as_str())).is_some_and(|task| task.form == OBJECTION))
    }

    /// What stops the erasure, and who acts by it; `None` when there is nothing left to stop. A wrong token and an unknown case are alike.
    pub async fn stopping(&self, reference: &str, token: &str) -> Result<Option<(Actor, SubmitTask)>, Refusal> {
        let right = self.keys.same(&self.keys.blind("stop", reference), token);
        let case = case::get(&self.store, reference).await?.filter(|_| right).ok_or(Refusal::NotFound("case"))?;
        let tasks = task::of_case(&self.store, &case.id).await?;
        let task = tasks.into_iter().find(|task| [COOLING_OFF, OBJECTION].contains(&task.form.as_str()) && task.closed.is_none());
        Ok(task.map(|task| {
            let stop = SubmitTask {
                task: task.id,
                outcome: "stopped".to_owned(),
                fields: BTreeMap::new(),
                files: Vec::new(),
                plan: None,
                version: None,
            };
            (Actor::Subject { mailbox: case.subject }, stop)
        }))
    }
}
