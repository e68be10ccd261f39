//! How far each connected system is in a case.

use std::collections::BTreeSet;

use habeas_core::law::map::System;

use super::{OnDesk, case_page::Logged};
use crate::{
    store::{
        StoreError,
        command::{self, Command},
        finding::{self, Finding},
        incident::{self, Incident},
        leaf,
    },
    view::{
        desk::{
            case::{SystemLine, SystemState},
            eyes::Eyes,
        },
        look::Look,
    },
};

impl OnDesk {
    /// The systems of the case that the reader may see.
    pub(super) async fn systems(&self, look: &Look, eyes: &Eyes) -> Result<Vec<SystemLine>, StoreError> {
        let findings = finding::of_case(&look.store, &self.case.id).await?;
        let waiting = command::of_case(&look.store, &self.case.id).await?;
        let incidents = incident::of_case(&look.store, &self.case.id).await?;
        let asked = self.state.lists.get("case.systems").cloned().unwrap_or_default();
        let verified = verified(look, &self.case.id).await?;
        let shown = look.organisation.systems().iter().filter(|system| asked.contains(&system.key) && eyes.see_system(&system.key));
        let line = |system: &System| self.line(system, &findings, &waiting, &incidents, verified.contains(&system.key));
        Ok(shown.map(line).collect())
    }

    fn line(&self, system: &System, findings: &[Finding], waiting: &[Command], incidents: &[Incident], verified: bool) -> SystemLine {
        let here = |branch: &Option<String>| branch.as_deref() == Some(&system.key);
        let finding = findings.iter().find(|finding| finding.system == system.key);
        let command = waiting.iter().find(|command| here(&command.branch));
        let failed = incidents.iter().any(|incident| incident.closed.is_none() && here(&incident.branch));
        let by_hand = self.open_tasks().any(|task| here(&task.branch));
        SystemLine {
            key: system.key.clone(),
            label: system.label.clone(),
            state: match (failed, by_hand) {
                (true, _) => SystemState::Failed,
                (false, true) => SystemState::ByHand,
                (false, false) => state_of(finding, command, verified),
            },
            records: finding.map(|finding| finding.records),
            attempts: command.map_or(0, |command| command.attempt),
        }
    }
}

fn state_of(finding: Option<&Finding>, command: Option<&Command>, verified: bool) -> SystemState {
    match (command, finding.map(|finding| finding.outcome.as_str())) {
        (Some(command), _) if command.last_error.is_some() => SystemState::Retrying,
        (Some(command), _) if command.action == "system.locate" => SystemState::Asking,
        (Some(_), _) => SystemState::Erasing,
        (None, Some("found")) if verified => SystemState::Verified,
        (None, Some("found")) => SystemState::Found,
        (None, Some("nothing")) => SystemState::Nothing,
        (None, Some(_)) => SystemState::Failed,
        (None, None) => SystemState::Pending,
    }
}

/// Systems that were read back after an erasure and came out clean, as the log says.
async fn verified(look: &Look, reference: &str) -> Result<BTreeSet<String>, StoreError> {
    let leaves = leaf::of_case(&look.store, &look.keys, reference).await?;
    let read_back = leaves.iter().filter(|leaf| leaf.kind == "erasure-verified").map(Logged::read).collect::<Result<Vec<_>, _>>()?;
    let clean = read_back.into_iter().filter(|logged| logged.codes.get("outcome").is_none_or(|outcome| outcome == "clean"));
    Ok(clean.filter_map(|mut logged| logged.codes.remove("system")).collect())
}
