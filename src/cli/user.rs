//! `habeas user`: who signs in.

use std::io::{BufRead as _, Write as _};

use clap::{Args, Subcommand};
use habeas_core::law::personal::Personal;

use super::{CliError, print, say};
use crate::{
    action::{
        actor::{Actor, Role},
        add_person::{AddPerson, PASSWORD_LEAST},
        disable_person::DisablePerson,
        secret,
    },
    chance::Chance,
    house::House,
};

/// People who sign in.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add somebody; the password is read from standard input, the authenticator's secret is printed once
    Add(AddArgs),
    /// List everybody, without names
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Shut somebody out at once
    Disable {
        /// Handle
        handle: String,
    },
}

/// Somebody to add.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Handle, such as kari
    handle: String,
    /// Signs in with it
    #[arg(long)]
    email: String,
    /// Shown to colleagues
    #[arg(long)]
    name: String,
    /// case-handler, privacy-lead, dpo, system-owner or authority; may be repeated
    #[arg(long = "role", required = true, value_parser = role)]
    roles: Vec<Role>,
    /// For a system owner: which systems; may be repeated
    #[arg(long = "system")]
    systems: Vec<String>,
}

fn role(name: &str) -> Result<Role, String> {
    let all = Role::ALL.map(Role::name).join(", ");
    Role::from_name(name).ok_or_else(|| format!("`{name}` is not a role; write one of {all}"))
}

pub(super) async fn run(house: &House, command: UserCommand) -> Result<(), CliError> {
    match command {
        UserCommand::Add(args) => add(house, args).await,
        UserCommand::List { json } => print(&house.look.person_rows().await?, json, |row| {
            let state = if row.disabled { "  disabled" } else { "" };
            format!("{:<12} {}{state}", row.person, row.roles.join(", "))
        }),
        UserCommand::Disable { handle } => Ok(house.door.run(&Actor::Operator, DisablePerson { id: handle }).await?),
    }
}

async fn add(house: &House, args: AddArgs) -> Result<(), CliError> {
    say(&format!("type the password, at least {PASSWORD_LEAST} characters, and press Enter"));
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    if password.chars().count() < PASSWORD_LEAST {
        return Err(CliError::Said(format!("the password is shorter than {PASSWORD_LEAST} characters")));
    }
    let totp: [u8; secret::TOTP_BYTES] = Chance.bytes().map_err(|error| CliError::Said(error.to_string()))?;
    let person = AddPerson {
        id: args.handle,
        email: Personal::new(args.email),
        name: Personal::new(args.name),
        password: secret::hash_password(Personal::new(password)).await?,
        totp_secret: Personal::new(totp.to_vec()),
        roles: args.roles,
        systems: args.systems,
    };
    house.door.run(&Actor::Operator, person).await?;
    say("enter this secret in an authenticator app; it is shown this once");
    Ok(writeln!(std::io::stdout(), "{}", secret::totp_base32(&totp))?)
}
