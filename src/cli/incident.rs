//! `habeas case incidents` and `habeas case resolve`: what waits for a person to mend it, and mending it.

use clap::{Args, ValueEnum};

use super::{CliError, person, print, say, task::pair};
use crate::{
    action::resolve_incident::{Resolution, ResolveIncident},
    house::House,
    view::register::IncidentRow,
};

/// How an incident is dealt with.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum How {
    /// Try again
    Retry,
    /// It was done outside the house, with proof
    ByHand,
    /// Leave it out, with a reason
    Skip,
    /// Send the case back to its beginning, with a reason
    Restart,
}

/// What was decided.
#[derive(Debug, Args)]
pub struct ResolveArgs {
    /// The case's reference
    case: String,
    /// The incident's id, or the start of it
    incident: String,
    /// How
    how: How,
    /// Who decides
    #[arg(long = "as", value_name = "HANDLE")]
    by: String,
    /// How the step ended, done by hand
    #[arg(long, required_if_eq("how", "by-hand"))]
    outcome: Option<String>,
    /// A setting for the next try
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    with: Vec<(String, String)>,
    /// The proof, or the reason
    #[arg(long, default_value = "")]
    reason: String,
}

impl ResolveArgs {
    fn resolution(&self) -> Resolution {
        match self.how {
            How::Retry if self.with.is_empty() => Resolution::Retry,
            How::Retry => Resolution::RetryWith { with: self.with.iter().cloned().collect() },
            How::ByHand => Resolution::ByHand { outcome: self.outcome.clone().unwrap_or_default() },
            How::Skip => Resolution::Skip { reason: String::new() },
            How::Restart => Resolution::Restart,
        }
    }
}

/// The open incidents of a case, each with its ways out.
pub(super) async fn list(house: &House, case: &str, json: bool) -> Result<(), CliError> {
    let rows = open(house, case).await?;
    if json {
        return print(&rows, true, |_| String::new());
    }
    let mut lines = Vec::new();
    for row in rows {
        let ways = house.door.ways_out(case, &row.incident).await?;
        let mut words = vec!["retry".to_owned()];
        words.extend(ways.change.iter().map(|setting| format!("retry --set {setting}=…")));
        words.extend(ways.by_hand.iter().map(|outcome| format!("by-hand --outcome {outcome}")));
        words.extend(ways.skip.then(|| "skip".to_owned()));
        words.extend(ways.restart.then(|| "restart".to_owned()));
        let branch = row.branch.as_ref().map(|branch| format!("@{branch}")).unwrap_or_default();
        lines.push(format!("{}  {}{branch}  tried {} times  {}\n  {}", row.incident, row.step, row.attempts, row.cause, words.join(" | ")));
    }
    print(&lines, false, Clone::clone)
}

pub(super) async fn resolve(house: &House, args: &ResolveArgs) -> Result<(), CliError> {
    let by = person(&house.door, &args.by).await?;
    let rows = open(house, &args.case).await?;
    let mut found = rows.into_iter().filter(|row| row.incident.starts_with(&args.incident));
    let (Some(row), None) = (found.next(), found.next()) else {
        let why = format!(
            "no open incident, or more than one, begins with `{}`; `habeas case incidents {}` shows them",
            args.incident, args.case
        );
        return Err(CliError::Said(why));
    };
    let (case, words) = (args.case.clone(), args.reason.clone());
    house.door.run(&by, ResolveIncident { case, incident: row.incident, how: args.resolution(), words }).await?;
    say("the incident is dealt with");
    Ok(())
}

async fn open(house: &House, case: &str) -> Result<Vec<IncidentRow>, CliError> {
    let file = house.look.case_file(case).await?;
    Ok(file.ok_or_else(|| CliError::Said(format!("there is no case `{case}`")))?.incidents)
}
