//! The house's own effects, asked for by people and timers: bundles, deferred erasures, checkpoints.

use jiff::civil::Date;
use serde::Serialize;

use super::{
    actor::{Actor, Denied, Role},
    door::{Action, Inside, restore},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::{
    case,
    command::{self, Command, DEFERRAL, Retry},
    deferral::{self, Deferral},
    leaf,
};
use habeas_core::crypto::checkpoint::Checkpoint;

/// Tried for two days before a person is asked to look.
pub(super) const PATIENT: Retry = Retry { times: 12, from_seconds: 300, to_seconds: 6 * 3_600, exponential: true };

/// Asks for a case's bundle for the authority (Art. 31, 58(1)).
#[derive(Debug, Clone)]
pub struct RequestBundle {
    /// The case's reference.
    pub case: String,
}

impl Action for RequestBundle {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Operator { Ok(()) } else { by.needs(&[Role::Dpo, Role::PrivacyLead, Role::Authority]) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::get(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        let key = format!("bundle.authority:{}:{}", case.id, inside.now.as_microsecond());
        queue(inside, Some(&case.id), "bundle.authority", &(), key).await?;
        Ok(Outcome::new((), Fact::of_case("bundle-requested", &case.id)))
    }
}

/// Starts a deferred erasure whose day has come (Art. 17(3): the ground has ended).
#[derive(Debug, Clone)]
pub struct StartDeferral {
    /// Which.
    pub deferral: Deferral,
}

impl Action for StartDeferral {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Timer { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let due = self.deferral;
        if !deferral::look(inside.tx, &due, inside.today).await? {
            return Err(Refusal::conflict("deferral-looked-at", "somebody else looks at this today"));
        }
        // One attempt a day: a hold or a fault makes it wait, and tomorrow it is looked at again.
        let key = format!("erase.deferred:{}:{}:{}:{}", due.case, due.system, due.due_on, inside.today);
        queue(inside, Some(&due.case), DEFERRAL, &(&due.system, due.due_on), key).await?;
        Ok(Outcome::new((), Fact::of_case("deferral-due", &due.case).with("system", &due.system).with("due_on", due.due_on.to_string())))
    }
}

/// Has the worker look at a deferral again at once: somebody has signed for it in a task.
pub(super) async fn look_again(inside: &Inside<'_>, case: &str, system: &str, due_on: Date, task: &str) -> Result<(), Refusal> {
    queue(inside, Some(case), DEFERRAL, &(system, due_on), format!("erase.deferred:task:{task}")).await
}

/// Signs how far the log has grown.
#[derive(Debug, Clone)]
pub struct SignCheckpoint;

impl Action for SignCheckpoint {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Timer { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let head = restore(&leaf::head(inside.tx).await?)?;
        let signed = Checkpoint::of(&inside.keys.log().public(), head.size(), head.root()).sign(inside.keys.log());
        leaf::put_checkpoint(inside.tx, head.size(), inside.now, &signed.to_string()).await?;
        Ok(Outcome::new((), Fact::of_house("checkpoint-signed").with("size", head.size().to_string())))
    }
}

/// Leaves an effect of the house's own.
pub(super) async fn queue<T: Serialize + Sync>(
    inside: &Inside<'_>,
    case: Option<&str>,
    action: &str,
    argument: &T,
    key: String,
) -> Result<(), Refusal> {
    let command = Command {
        id: inside.row_id()?,
        case: case.map(str::to_owned),
        step: None,
        branch: None,
        action: action.to_owned(),
        argument: serde_json::to_string(argument).map_err(|error| Refusal::Broken(error.to_string()))?,
        idempotency_key: key,
        retry: PATIENT,
        due_at: inside.now,
        fence: 0,
        attempt: 0,
        last_error: None,
        began: false,
    };
    Ok(command::insert(inside.tx, &command).await?)
}
