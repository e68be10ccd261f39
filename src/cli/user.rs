//! `habeas user`: who signs in.

use std::io::{BufRead as _, Write as _};

use clap::{Args, Subcommand};
use habeas_core::law::personal::Personal;

use super::{CliError, print, say};
use crate::{
    action::{
        actor::{Actor, Role},
        add_person::AddPerson,
        change_roles::ChangeRoles,
        disable_person::DisablePerson,
        invite_person::{InviteAgain, InvitePerson},
        password, secret,
    },
    chance::Chance,
    house::House,
};

/// People who sign in.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add somebody; the password is read from standard input, the authenticator's secret is printed once
    Add(AddArgs),
    /// Invite somebody: they get a link by mail, good once and for 72 hours, and choose password and second factor themselves
    Invite(AddArgs),
    /// Invite somebody anew who has lost a second factor or the first link; ends their sessions
    InviteAgain {
        /// Handle
        handle: String,
    },
    /// Give somebody other roles and systems; they sign in anew
    Roles {
        /// Handle
        handle: String,
        /// All roles from now on; may be repeated
        #[arg(long = "role", required = true, value_parser = role)]
        roles: Vec<Role>,
        /// For a system owner: which systems; may be repeated
        #[arg(long = "system")]
        systems: Vec<String>,
    },
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
    /// case-handler, privacy-lead, dpo, system-owner, authority or administrator; may be repeated
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
        UserCommand::Invite(AddArgs { handle, email, name, roles, systems }) => {
            let invite = InvitePerson { id: handle, email: Personal::new(email), name: Personal::new(name), roles, systems };
            house.door.run(&Actor::Operator, invite).await?;
            say("invited; the mail leaves with the next turn of the worker");
            Ok(())
        }
        UserCommand::InviteAgain { handle } => Ok(house.door.run(&Actor::Operator, InviteAgain { id: handle }).await?),
        UserCommand::Roles { handle, roles, systems } => {
            Ok(house.door.run(&Actor::Operator, ChangeRoles { id: handle, roles, systems }).await?)
        }
        UserCommand::List { json } => print(&house.look.person_rows().await?, json, |row| {
            let state = if row.disabled { "  disabled" } else { "" };
            format!("{:<12} {}{state}", row.person, row.roles.join(", "))
        }),
        UserCommand::Disable { handle } => Ok(house.door.run(&Actor::Operator, DisablePerson { id: handle }).await?),
    }
}

async fn add(house: &House, args: AddArgs) -> Result<(), CliError> {
    say(&format!("type the password, at least {} characters, and press Enter", password::LEAST));
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed)?;
    let typed = Personal::new(typed.trim_end_matches(['\r', '\n']).to_owned());
    let judged = house.door.judge_password(typed, &[&args.handle, &args.email, &args.name]).await?;
    let judged = judged.map_err(|weak| CliError::Said(weak.to_string()))?;
    let totp: [u8; secret::TOTP_BYTES] = Chance.bytes().map_err(|error| CliError::Said(error.to_string()))?;
    let person = AddPerson {
        id: args.handle,
        email: Personal::new(args.email),
        name: Personal::new(args.name),
        password: secret::hash_password(judged).await?,
        totp_secret: Personal::new(totp.to_vec()),
        roles: args.roles,
        systems: args.systems,
    };
    house.door.run(&Actor::Operator, person).await?;
    say("enter this secret in an authenticator app; it is shown this once");
    Ok(writeln!(std::io::stdout(), "{}", secret::totp_base32(&totp))?)
}
