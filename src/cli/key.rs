//! `habeas key`: which keys there are, the public one, and a new house key in the place of the old.

use std::{io::Write as _, time::Duration};

use clap::{Args, Subcommand};

use super::{CliError, print, say};
use crate::{house::House, view::key::KeyLine};

/// The house's keys.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Print the public key as PEM, for `habeas verify --key` and for `openssl`
    Show,
    /// Every key: its id, what it is for, when it was made, how many cases it opens
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Make a new house key, wrap everything anew and destroy the old one, while the house is in use; go on where one was cut off
    Rotate(RotateArgs),
}

/// How a house key is replaced.
#[derive(Debug, Args)]
pub struct RotateArgs {
    /// Seconds for changes that were under way when the new key appeared: longer than any of them takes
    #[arg(long, value_name = "SECONDS", default_value_t = 15)]
    wait: u64,
}

pub(super) async fn run(house: &House, command: KeyCommand) -> Result<(), CliError> {
    match command {
        KeyCommand::Show => Ok(std::io::stdout().write_all(house.door.public_key().to_pem().as_bytes())?),
        KeyCommand::List { json } => print(&house.look.keys().await?, json, |KeyLine { key, cases }| {
            let made = key.made_at.map_or_else(|| "-".to_owned(), |at| at.strftime("%Y-%m-%d").to_string());
            format!("{}  {:<14} {made:<10}  {cases:>8} cases  {}", key.id, key.name, key.purpose)
        }),
        KeyCommand::Rotate(RotateArgs { wait }) => {
            let rotated = house.worker.rotate(Duration::from_secs(wait)).await?;
            let gone = rotated.destroyed.iter().map(|key| format!("`{}` ({})", key.name, key.id)).collect::<Vec<_>>().join(", ");
            say(&format!(
                "the house key is `{}` ({}): {} case keys and {} other values were wrapped anew; destroyed: {gone}",
                rotated.key.name, rotated.key.id, rotated.cases, rotated.others
            ));
            say("copies of the old key file, such as in backups, are yours to destroy");
            Ok(())
        }
    }
}
