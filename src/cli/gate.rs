//! `habeas gate`: what other systems ask before they use a person's data.

use std::io::Write as _;

use clap::{Args, Subcommand};
use habeas_core::law::identifier::Identifier;

use super::{CliError, print, say};
use crate::{
    action::{actor::Actor, add_client::AddClient, index_gate::IndexGate, revoke_client::RevokeClient},
    house::House,
};

/// The gate that other systems ask.
#[derive(Debug, Subcommand)]
pub enum GateCommand {
    /// Print the blind index of an address, as other systems compute it with `keys/gate.key`
    Index {
        /// The address
        email: String,
    },
    /// Systems that may ask
    #[command(subcommand)]
    Client(ClientCommand),
    /// Write the index anew, after `keys/gate.key` was replaced; until then the gate answers that it does not know
    Reindex,
}

/// Systems that may ask.
#[derive(Debug, Subcommand)]
pub enum ClientCommand {
    /// Add one; its token is printed once
    Add(AddArgs),
    /// List every one there ever was
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// End one's token at once
    Revoke {
        /// Its name
        name: String,
    },
}

/// A system to add.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// What its people call it, such as shop
    name: String,
    /// How often it may ask in a second
    #[arg(long, default_value_t = 1_000)]
    per_second: u32,
}

pub(super) async fn run(house: &House, command: GateCommand) -> Result<(), CliError> {
    match command {
        GateCommand::Index { email } => {
            let email = Identifier::parse("email", &email).map_err(|error| CliError::Usage(error.to_string()))?;
            Ok(writeln!(std::io::stdout(), "{}", house.look.gate_index_of(&email))?)
        }
        GateCommand::Reindex => {
            let entries = house.door.run(&Actor::Operator, IndexGate).await?;
            say(&format!("{entries} entries"));
            Ok(())
        }
        GateCommand::Client(ClientCommand::Add(args)) => {
            let token = house.door.run(&Actor::Operator, AddClient { name: args.name, per_second: args.per_second }).await?;
            say("give this token to the system; it is shown this once");
            Ok(writeln!(std::io::stdout(), "{token}")?)
        }
        GateCommand::Client(ClientCommand::List { json }) => print(&house.look.client_rows().await?, json, |row| {
            let state = if row.revoked_at.is_some() { "  revoked" } else { "" };
            format!("{:<16} {:>7}/s{state}", row.client, row.per_second)
        }),
        GateCommand::Client(ClientCommand::Revoke { name }) => Ok(house.door.run(&Actor::Operator, RevokeClient { name }).await?),
    }
}
