//! `habeas log`: read the whole log again and compare it with every checkpoint; send it to another machine, and compare it with what is there.

use std::{
    io::{self, BufRead as _, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Subcommand;

use super::{CliError, say};
use crate::{house::House, view::shipped::Line};

/// How often it is looked for new entries.
const LOOK: Duration = Duration::from_secs(5);

/// The evidence log.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Read every leaf again: is the log what its head and checkpoint say?
    Fsck {
        /// Lines of `habeas log print` that were kept elsewhere: does the log still say them?
        #[arg(long, value_name = "FILE")]
        against: Option<PathBuf>,
    },
    /// Print entries and checkpoints as lines of JSON, for another machine to keep: commitments, no case and no words
    Print {
        /// The first entry
        #[arg(long, default_value_t = 0, value_name = "POSITION")]
        from: u64,
        /// Go on with what is added, until stopped
        #[arg(long)]
        follow: bool,
    },
}

pub(super) async fn run(house: &House, command: &LogCommand) -> Result<(), CliError> {
    match command {
        LogCommand::Fsck { against } => {
            if let Some(file) = against {
                compare(house, file).await?;
            }
            fsck(house).await
        }
        LogCommand::Print { from, follow } => print(house, *from, *follow).await,
    }
}

async fn fsck(house: &House) -> Result<(), CliError> {
    match house.door.check_log().await? {
        Ok(size) => {
            say(&format!("the log is whole: {size} entries, each signed, under the head and the newest checkpoint"));
            Ok(())
        }
        Err(broken) => {
            say(&broken);
            Err(CliError::Unverified)
        }
    }
}

async fn print(house: &House, mut from: u64, follow: bool) -> Result<(), CliError> {
    let mut signed = 0;
    loop {
        let lines = house.look.shipped(from, signed).await?;
        for line in &lines {
            match line {
                Line::Entry { position, .. } => from = position + 1,
                Line::Checkpoint { size, .. } => signed = *size,
            }
            let mut out = io::stdout().lock();
            serde_json::to_writer(&mut out, line).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        if !lines.is_empty() {
            io::stdout().flush()?;
        } else if follow {
            tokio::time::sleep(LOOK).await;
        } else {
            return Ok(());
        }
    }
}

async fn compare(house: &House, file: &Path) -> Result<(), CliError> {
    let failed = |error: io::Error| CliError::File(file.to_owned(), error);
    let mut kept = Vec::new();
    for line in io::BufReader::new(std::fs::File::open(file).map_err(failed)?).lines() {
        kept.push(serde_json::from_str(&line.map_err(failed)?).map_err(|error| failed(error.into()))?);
    }
    match house.look.unlike(&kept).await? {
        None => {
            say(&format!("the log still says all of the {} lines that were kept", kept.len()));
            Ok(())
        }
        Some(position) => {
            say(&format!("entry {position} of the log is not what was kept in `{}`", file.display()));
            Err(CliError::Unverified)
        }
    }
}
