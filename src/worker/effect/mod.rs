//! What each action of the catalogue does in the world. Every effect may be performed twice and must come to the same.

use std::{collections::BTreeMap, sync::OnceLock};

use habeas_core::{
    law::{change::Stop, floor::Floors, identifier::Identifier, record::Record},
    workflow::compiled::Target,
};

use super::Worker;
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Attempt, Performed, Report, Trouble},
    },
    connector::{Ask, Cause, ConnectorError, Kind},
    keys::CaseSeal,
    store::{
        case::{self, Case},
        command::{self, Command},
        leaf,
        part::Depth,
        sealed::{self, Applicant},
        task::{self, Task},
    },
};
use change::Way;
use package::Extent;

mod authority;
mod change;
mod clock;
mod deferred;
mod deliver;
pub(super) mod erase;
mod fee;
mod held;
mod identity;
mod letter;
mod locate;
mod package;
mod plan;
mod recipient;
mod represented;
mod rest;
mod route;
mod told;
mod transmit;

/// One effect on its way: the command, its case and the case's key.
pub(super) struct Effect<'a> {
    worker: &'a Worker,
    command: &'a Command,
    case: Case,
    seal: CaseSeal,
    /// What was sent to a connected system.
    asked: OnceLock<Vec<String>>,
}

/// Performs a command by what it is called.
pub(crate) async fn perform(worker: &Worker, command: &Command) -> Result<Attempt, Refusal> {
    if command.action == "mail.deliver" {
        return Ok(deliver::deliver(worker, command).await?.into());
    }
    let reference = command.case.as_deref().ok_or(Refusal::NotFound("case"))?;
    let case = case::get(&worker.door.store, reference).await?.ok_or(Refusal::NotFound("case"))?;
    let seal = sealed::key_of(&worker.door.keys, &case)?;
    let effect = Effect { worker, command, case, seal, asked: OnceLock::new() };
    let result = effect.perform().await?;
    Ok(Attempt { asked: effect.asked.into_inner().unwrap_or_default(), result })
}

impl Effect<'_> {
    async fn perform(&self) -> Result<Performed, Refusal> {
        match self.command.action.as_str() {
            "letter.send" => self.send_letter().await,
            "identity.match" => self.match_identity().await,
            "subject.tell" => self.tell_subject().await,
            "identity.screen" => self.screen_identity().await,
            "system.locate" => self.locate().await,
            "access.compare" => self.compare_copies().await,
            "access.screen" => self.screen_access().await,
            "decide.erasure-holds" => self.decide_holds().await,
            "erasure.plan" => self.make_plan().await,
            "system.erase" => self.erase().await,
            "system.verify-erased" => self.verify_erased().await,
            "recipient.notify" => self.notify_recipient().await,
            "message.tell" => self.tell_of_message(),
            "document.tell" => self.tell_of_document(),
            "recipient.remind" => self.remind_recipient().await,
            "bundle.write" => self.write_package(Extent::Whole).await,
            "bundle.write-ordinary" => self.write_package(Extent::Ordinary).await,
            "bundle.authority" => self.write_authority_bundle().await,
            command::DEFERRAL => self.erase_deferred().await,
            "held.restrict" => self.restrict_held().await,
            "held.lift" => self.lift_held().await,
            "clock.extend" => self.extend(),
            "system.locate-mailbox" => self.locate_mailbox().await,
            "bundle.write-portable" => self.write_package(Extent::Portable).await,
            "bundle.transmit" => self.transmit().await,
            "erasure.account" => self.account_erasure().await,
            "correction.plan" => self.plan_corrections().await,
            "objection.sort" => self.sort_objection(),
            "restriction.plan" => self.plan_stop(Stop::Everything).await,
            "objection.plan" => self.plan_stop(Stop::Objection).await,
            "marketing.plan" => self.plan_stop(Stop::Marketing).await,
            "consent.plan" => self.plan_stop(Stop::Consent).await,
            "system.correct" => self.change(Way::Correct).await,
            "system.verify-corrected" => self.verify_change(Way::Correct).await,
            "system.restrict" => self.change(Way::Restrict).await,
            "system.verify-restricted" => self.verify_change(Way::Restrict).await,
            "system.lift" => self.change(Way::Lift).await,
            "system.verify-lifted" => self.verify_change(Way::Lift).await,
            other => match other.strip_prefix("decide.") {
                Some(table) => self.route(table).await,
                None => Err(Refusal::Broken(format!("no effect is called `{other}`"))),
            },
        }
    }

    /// Keeps what is sent to a system with the attempt: what the data map makes of it later is another question.
    fn asks(&self, system: &str, ask: &Ask<'_>) {
        if let Ok(connector) = self.worker.connectors.get(system) {
            let _ = self.asked.set(connector.outline(ask));
        }
    }

    /// Who asked.
    fn applicant(&self) -> Result<Applicant, Refusal> {
        Ok(sealed::applicant(&self.worker.door.keys, &self.case)?)
    }

    /// How sure the organisation wants to be of who asks.
    fn floors(&self) -> &Floors {
        &self.worker.door.organisation.about().identity.floors
    }

    /// The identifiers the person has proven and may be searched by; of somebody who is acted for, what was stated when the authority was
    /// accepted. Before that nobody is searched, whatever a definition says.
    fn proven(&self) -> Result<Vec<Identifier>, Refusal> {
        let applicant = self.applicant()?;
        if applicant.only_claims() {
            return Err(Refusal::Broken("nobody has decided yet that this may be asked for somebody else".to_owned()));
        }
        let email = Identifier::parse("email", applicant.person()).map_err(|error| Refusal::Broken(error.to_string()))?;
        Ok(vec![email])
    }

    /// Every record found in this case, limited to the kinds the person chose.
    async fn records(&self, depth: Depth) -> Result<Vec<Record>, Refusal> {
        let door = &self.worker.door;
        Ok(sealed::records(&door.store, &door.keys, &self.case, depth).await?)
    }

    /// Every record found in this case, asked about or not.
    async fn found(&self, depth: Depth) -> Result<Vec<Record>, Refusal> {
        let door = &self.worker.door;
        Ok(sealed::found(&door.store, &door.keys, &self.case, depth).await?)
    }

    /// What was tried since the request arrived, oldest first: action and outcome, which is empty where it failed.
    async fn efforts(&self) -> Result<Vec<(String, String)>, Refusal> {
        let leaves = leaf::of_case(&self.worker.door.store, &self.worker.door.keys, &self.case.id).await?;
        let tried = leaves.iter().filter(|leaf| leaf.at >= self.case.received_at && leaf.kind.starts_with("effect-"));
        let read = |leaf: &leaf::Leaf| {
            let mut codes = serde_json::from_str::<Logged>(&leaf.event).map_err(|error| Refusal::Broken(error.to_string()))?.codes;
            Ok((codes.remove("action").unwrap_or_default(), codes.remove("outcome").unwrap_or_default()))
        };
        tried.map(read).collect()
    }

    /// The newest form handed in since the request arrived, among those that fit.
    async fn handed_in(&self, fits: impl Fn(&Task) -> bool) -> Result<Option<HandedIn>, Refusal> {
        let tasks = task::of_case(&self.worker.door.store, &self.case.id).await?;
        let closed = |task: &Task| task.closed.clone().filter(|closed| closed.at >= self.case.received_at && closed.answer.is_some());
        let newest = tasks.iter().rev().filter(|task| fits(task)).find_map(|task| Some((task, closed(task)?)));
        let Some((task, closed)) = newest else { return Ok(None) };
        let sealed = closed.answer.as_deref().unwrap_or_default();
        let fields = self.seal.open(&format!("task:{}", task.id), sealed)?;
        Ok(Some(HandedIn { outcome: closed.outcome.clone().unwrap_or_default(), fields }))
    }

    /// Reading back where no machine can: a person has said so in the form that this step would open again, or is asked to.
    async fn confirmed(&self, fact: Fact) -> Result<Performed, Refusal> {
        let step = self.command.step.as_deref().unwrap_or_default();
        let node = self.worker.door.workflows.by_sha(&self.case.definition)?.node(step);
        let asks = node.and_then(|node| node.routes.get("remains")).map(Target::name);
        let branch = self.command.branch.as_deref();
        let handed_in = self.handed_in(|task| Some(task.step.as_str()) == asks && task.branch.as_deref() == branch).await?;
        let is_confirmed = handed_in.is_some_and(|form| form.outcome == "submitted");
        let outcome = if is_confirmed { "clean" } else { "remains" };
        done(Report::outcome(outcome).fact(fact.with("by", "person").with("outcome", outcome)))
    }

    /// The branch the command runs in: a system's key, a recipient's id.
    fn branch(&self) -> Result<&str, Refusal> {
        self.command.branch.as_deref().ok_or_else(|| Refusal::Broken("this effect runs inside a loop only".to_owned()))
    }
}

/// An entry of the log, as far as it says what was tried.
#[derive(serde::Deserialize)]
struct Logged {
    codes: BTreeMap<String, String>,
}

/// A form as it was handed in.
struct HandedIn {
    outcome: String,
    fields: BTreeMap<String, String>,
}

/// A system's error as a result: its words hold no personal data.
fn connector_failed(error: &ConnectorError) -> Performed {
    if error.source == Cause::Halted {
        return Performed::HeldUp;
    }
    let trouble = Trouble { why: error.to_string(), kind: Some(error.trouble()) };
    match error.kind {
        Kind::Transient => Performed::NotNow(trouble),
        Kind::Permanent | Kind::Denied | Kind::Refused => Performed::Never(trouble),
    }
}

/// A report that is done.
#[allow(clippy::unnecessary_wraps, reason = "every effect ends with it, and an effect may be refused")]
fn done(report: Report) -> Result<Performed, Refusal> {
    Ok(Performed::Done(report))
}
