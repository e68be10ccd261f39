//! `habeas export`: take a case's package, or the authority's bundle, out of the house.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{CliError, say};
use crate::{
    action::{actor::Actor, schedule::RequestBundle},
    house::House,
};

/// Write a case's package or the authority's bundle to a folder
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The case
    case: String,
    /// The authority's bundle instead of the person's package
    #[arg(long)]
    authority: bool,
    /// Where to write it
    #[arg(long, default_value = ".", value_name = "DIR")]
    to: PathBuf,
}

pub(super) async fn run(house: &House, args: &ExportArgs) -> Result<(), CliError> {
    let kind = if args.authority { "authority" } else { "subject" };
    if args.authority {
        house.door.run(&Actor::Operator, RequestBundle { case: args.case.clone() }).await?;
        house.worker.settle().await?;
    }
    let file = house.look.case_file(&args.case).await?.ok_or_else(|| CliError::Said(format!("there is no case `{}`", args.case)))?;
    let package = file.packages.iter().find(|package| package.kind == kind);
    let package = package.ok_or_else(|| CliError::Said("no package is written yet: answer the case first".to_owned()))?;
    let copied = copy(&package.file, &args.to)?;
    for ending in ["sha256", "sha256.sig"] {
        let beside = PathBuf::from(format!("{}.{ending}", package.file.display()));
        if beside.is_file() {
            copy(&beside, &args.to)?;
        }
    }
    say(&format!("{} bytes, SHA-256 {}", package.bytes, package.sha256));
    Ok(writeln!(std::io::stdout(), "{}", copied.display())?)
}

fn copy(from: &Path, folder: &Path) -> Result<PathBuf, CliError> {
    let to = folder.join(from.file_name().unwrap_or_default());
    std::fs::create_dir_all(folder).map_err(|error| CliError::File(folder.to_owned(), error))?;
    std::fs::copy(from, &to).map_err(|error| CliError::File(to.clone(), error))?;
    Ok(to)
}
