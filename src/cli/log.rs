//! `habeas log`: read the whole log again and compare it with every checkpoint.

use clap::Subcommand;

use super::{CliError, say};
use crate::house::House;

/// The evidence log.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Read every leaf again: is the log what its head and checkpoint say?
    Fsck,
}

pub(super) async fn run(house: &House, command: &LogCommand) -> Result<(), CliError> {
    match command {
        LogCommand::Fsck => match house.door.check_log().await? {
            Ok(size) => {
                say(&format!("the log is whole: {size} entries, each signed, under the head and the newest checkpoint"));
                Ok(())
            }
            Err(broken) => {
                say(&broken);
                Err(CliError::Unverified)
            }
        },
    }
}
