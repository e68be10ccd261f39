//! `habeas ledger`: erase again what a system brought back when it restored its own backup.

use std::{collections::BTreeMap, io::Write as _};

use clap::{Args, Subcommand};
use habeas_core::law::{
    ledger::{Counts, Found, Look, Why},
    record::Key,
};
use serde::Serialize;

use super::{CliError, person, print_one, say};
use crate::{
    action::actor::Actor,
    house::House,
    worker::replay::{ByHand, ReplayError},
};

/// The erasure ledger.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// After a system has restored its own backup: find again what was erased from it, and erase it again
    Replay(ReplayArgs),
}

/// Which systems, and how.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// Only these systems; may be repeated. Without it, every connected one
    #[arg(long = "system")]
    systems: Vec<String>,
    /// Look and rehearse, change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Who does it; without, whoever runs the server
    #[arg(long = "as", value_name = "HANDLE")]
    by: Option<String>,
}

/// What came of one system.
#[derive(Debug, Serialize)]
struct Report {
    system: String,
    dry_run: bool,
    collections: BTreeMap<String, Counts>,
    /// Holds that keep something.
    holds: Vec<String>,
    /// What a person has to look at.
    look: Vec<Look>,
    /// What a person erased, where nobody else can look: to be looked for again.
    by_hand: Vec<ByHand>,
    /// Who answers for such a system.
    owners: Vec<String>,
}

pub(super) async fn run(house: &House, command: &LedgerCommand) -> Result<(), CliError> {
    let LedgerCommand::Replay(args) = command;
    let by = match &args.by {
        Some(handle) => person(&house.door, handle).await?,
        None => Actor::Operator,
    };
    let systems = if args.systems.is_empty() { house.worker.system_keys() } else { args.systems.clone() };
    let mut reports = Vec::new();
    for system in systems {
        if let Some(owners) = house.worker.is_by_hand(&system).await.map_err(ReplayError::from)? {
            let by_hand = house.worker.erased_by_hand(&by, &system).await?;
            let (collections, holds, look) = (BTreeMap::new(), Vec::new(), Vec::new());
            reports.push(Report { system, dry_run: args.dry_run, collections, holds, look, by_hand, owners });
            continue;
        }
        let Found { counts, look, holds, .. } = house.worker.replay(&by, &system, args.dry_run).await?;
        let (by_hand, owners) = (Vec::new(), Vec::new());
        let holds = holds.into_iter().collect();
        reports.push(Report { system, dry_run: args.dry_run, collections: counts, holds, look, by_hand, owners });
    }
    if args.json {
        print_one(&reports)?;
    } else {
        for report in &reports {
            tell(report)?;
        }
    }
    let waiting: u64 = reports.iter().flat_map(|report| report.collections.values()).map(|counts| counts.held + counts.look).sum();
    let by_hand: usize = reports.iter().flat_map(|report| &report.by_hand).map(|one| one.records).sum();
    match waiting {
        0 if by_hand > 0 => {
            Err(CliError::Partly(format!("{by_hand} records were erased by hand, and a person has to look for them again")))
        }
        0 => Ok(()),
        records => Err(CliError::Partly(format!("{records} records wait for a person: they are held, or not what was erased"))),
    }
}

fn tell(report: &Report) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    for ByHand { case, collection, records, held } in &report.by_hand {
        let what = match held {
            Some(hold) => format!("kept by hold {hold} since: leave them alone"),
            None => format!("erase them again by hand; the plan of {case} on the desk names them"),
        };
        writeln!(out, "{}.{collection}  {records} records of {case}  {what}", report.system)?;
    }
    if !report.by_hand.is_empty() {
        let owners = if report.owners.is_empty() { "nobody yet: give somebody the system".to_owned() } else { report.owners.join(", ") };
        say(&format!("{}: only people can look there; it is answered for by {owners}", report.system));
    } else if report.collections.is_empty() {
        say(&format!("{}: nothing came back", report.system));
    }
    let again = if report.dry_run { "to erase again" } else { "erased again" };
    for (collection, Counts { again: gone, already, held, look }) in &report.collections {
        writeln!(out, "{}.{collection}  {gone} {again}, {already} already erased, {held} held, {look} to look at", report.system)?;
    }
    for hold in &report.holds {
        say(&format!("hold {hold} keeps records in {}", report.system));
    }
    for Look { collection, key, why } in &report.look {
        let why = match why {
            Why::OtherRecord => "has the key of an erased record and is not that record",
            Why::KnownIdentifier => "names somebody whose records were erased, under another key",
        };
        writeln!(out, "{}.{collection} {}  {why}", report.system, named(key))?;
    }
    Ok(())
}

fn named(key: &Key) -> String {
    key.iter().map(|(column, value)| format!("{column}={}", value.to_text())).collect::<Vec<_>>().join(" ")
}

impl From<ReplayError> for CliError {
    fn from(error: ReplayError) -> Self {
        match error {
            ReplayError::Refused(refusal) => Self::Refused(refusal),
            ReplayError::System(error) => Self::Connector(error),
            ReplayError::Unknown(_) | ReplayError::Remains(_) | ReplayError::Apart(..) => Self::Said(error.to_string()),
        }
    }
}
