//! `habeas key`: the public key that log and bundles are signed with.

use std::io::Write as _;

use clap::Subcommand;

use super::CliError;
use crate::house::House;

/// The house's public key.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Print it as PEM, for `habeas verify --key` and for `openssl`
    Show,
}

pub(super) fn run(house: &House, command: &KeyCommand) -> Result<(), CliError> {
    match command {
        KeyCommand::Show => Ok(std::io::stdout().write_all(house.door.public_key().to_pem().as_bytes())?),
    }
}
