//! What each action of the catalogue does in the world. Every effect may be performed twice and must come to the same.

use habeas_core::law::{identifier::Identifier, record::Record};

use super::Worker;
use crate::{
    action::{
        refusal::Refusal,
        report_effect::{Performed, Report},
    },
    connector::{ConnectorError, Kind},
    keys::CaseSeal,
    store::{
        case::{self, Case},
        command::Command,
        sealed::{self, Applicant},
    },
};

mod authority;
mod deferred;
mod deliver;
mod erase;
mod identity;
mod letter;
mod locate;
mod package;
mod plan;
mod recipient;

/// One effect on its way: the command, its case and the case's key.
pub(super) struct Effect<'a> {
    worker: &'a Worker,
    command: &'a Command,
    case: Case,
    seal: CaseSeal,
}

/// Performs a command. A refusal means that it cannot be performed, now or ever.
pub(super) async fn perform(worker: &Worker, command: &Command) -> Result<Performed, Refusal> {
    if command.action == "mail.deliver" {
        return deliver::deliver(worker, command).await;
    }
    let reference = command.case.as_deref().ok_or(Refusal::NotFound("case"))?;
    let case = case::get(&worker.door.store, reference).await?.ok_or(Refusal::NotFound("case"))?;
    let seal = sealed::key_of(&worker.door.keys, &case)?;
    let effect = Effect { worker, command, case, seal };
    match command.action.as_str() {
        "letter.send" => effect.send_letter().await,
        "identity.match" => effect.match_identity().await,
        "identity.screen" => effect.screen_identity().await,
        "system.locate" => effect.locate().await,
        "access.screen" => effect.screen_access().await,
        "decide.erasure-holds" => effect.decide_holds().await,
        "erasure.plan" => effect.make_plan().await,
        "system.erase" => effect.erase().await,
        "system.verify-erased" => effect.verify_erased().await,
        "recipient.notify" => effect.notify_recipient().await,
        "bundle.write" => effect.write_package(false).await,
        "bundle.write-ordinary" => effect.write_package(true).await,
        "bundle.authority" => effect.write_authority_bundle().await,
        "erase.deferred" => effect.erase_deferred().await,
        "clock.extend" => Ok(Performed::Done(Report::outcome("extended"))),
        unknown => Err(Refusal::Broken(format!("no effect is called `{unknown}`"))),
    }
}

impl Effect<'_> {
    /// Who asked.
    fn applicant(&self) -> Result<Applicant, Refusal> {
        Ok(sealed::applicant(&self.worker.door.keys, &self.case)?)
    }

    /// The identifiers the person has proven and may be searched by.
    fn proven(&self) -> Result<Vec<Identifier>, Refusal> {
        let applicant = self.applicant()?;
        let email = Identifier::parse("email", &applicant.email).map_err(|error| Refusal::Broken(error.to_string()))?;
        Ok(vec![email])
    }

    /// Every record found in this case, limited to the kinds the person chose.
    async fn records(&self) -> Result<Vec<Record>, Refusal> {
        let door = &self.worker.door;
        Ok(sealed::records(&door.store, &door.keys, &self.case).await?)
    }

    /// Every record found in this case, asked about or not.
    async fn found(&self) -> Result<Vec<Record>, Refusal> {
        let door = &self.worker.door;
        Ok(sealed::found(&door.store, &door.keys, &self.case).await?)
    }

    /// The branch the command runs in: a system's key, a recipient's id.
    fn branch(&self) -> Result<&str, Refusal> {
        self.command.branch.as_deref().ok_or_else(|| Refusal::Broken("this effect runs inside a loop only".to_owned()))
    }
}

/// A system's error as a result: its words hold no personal data.
fn connector_failed(error: &ConnectorError) -> Performed {
    match error.kind {
        Kind::Transient => Performed::NotNow(error.to_string()),
        Kind::Permanent | Kind::Denied => Performed::Never(error.to_string()),
    }
}

/// A report that is done.
#[allow(clippy::unnecessary_wraps, reason = "every effect ends with it, and an effect may be refused")]
fn done(report: Report) -> Result<Performed, Refusal> {
    Ok(Performed::Done(report))
}
