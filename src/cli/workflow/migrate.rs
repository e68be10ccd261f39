//! `habeas workflow migrate`: open cases move to the newest version of their workflow, each by itself, or say what stands against it.

use std::{collections::BTreeMap, path::Path};

use clap::Args;
use serde::Serialize;

use super::super::{CliError, open, person, print};
use crate::action::{actor::Actor, migrate_case::MigrateCase};

/// Move open cases to the newest version of their workflow
#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// The workflow
    name: String,
    /// Only this case; all open ones if left out
    #[arg(long, value_name = "REF")]
    case: Vec<String>,
    /// A step that is gone, and the one that takes its place
    #[arg(long, value_name = "OLD=NEW", value_parser = pair)]
    step: Vec<(String, String)>,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// Who does it; the operator if left out
    #[arg(long = "as", value_name = "HANDLE")]
    by: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What became of one case.
#[derive(Debug, Serialize)]
struct Moved {
    case: String,
    from_version: u32,
    waits_at: Vec<String>,
    /// Why it stays; nothing: it moved, or would.
    #[serde(skip_serializing_if = "Option::is_none")]
    stays: Option<String>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (old, new) = text.split_once('=').ok_or("write it like `propose=suggest`")?;
    Ok((old.to_owned(), new.to_owned()))
}

pub(super) async fn run(house: Option<&Path>, args: &MigrateArgs) -> Result<(), CliError> {
    let house = open(house).await?;
    let by = match &args.by {
        Some(handle) => person(&house.door, handle).await?,
        None => Actor::Operator,
    };
    let steps: BTreeMap<String, String> = args.step.iter().cloned().collect();
    let mut moved = Vec::new();
    for older in house.door.workflows().older(&args.name).ok_or_else(|| CliError::Said(format!("there is no workflow `{}`", args.name)))? {
        for waiting in house.look.open_on(&older.sha256).await? {
            if !args.case.is_empty() && !args.case.contains(&waiting.case) {
                continue;
            }
            let migration = MigrateCase { case: waiting.case.clone(), steps: steps.clone() };
            let done = if args.dry_run { house.door.could_migrate(&by, migration).await } else { house.door.run(&by, migration).await };
            let stays = done.err().map(|refusal| refusal.to_string());
            moved.push(Moved { case: waiting.case, from_version: older.version, waits_at: waiting.waits, stays });
        }
    }
    print(&moved, args.json, |row| line(row, args.dry_run))?;
    let stay = moved.iter().filter(|row| row.stays.is_some()).count();
    if stay == 0 { Ok(()) } else { Err(CliError::Partly(format!("{stay} of {} cases stay on their version", moved.len()))) }
}

fn line(row: &Moved, dry_run: bool) -> String {
    let waits = row.waits_at.join(", ");
    match &row.stays {
        Some(why) => format!("{} (version {}, at {waits}) stays: {why}", row.case, row.from_version),
        None if dry_run => format!("{} (version {}, at {waits}) would move", row.case, row.from_version),
        None => format!("{} (version {}, at {waits}) moved", row.case, row.from_version),
    }
}
