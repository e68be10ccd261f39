//! `habeas hold`: place, release and list legal holds.

use std::io::Write as _;

use clap::{Args, Subcommand};
use habeas_core::law::hold::Basis;
use jiff::civil::Date;

use super::{CliError, person, print, say};
use crate::{
    action::{
        place_hold::PlaceHold,
        release_hold::{Release, ReleaseHold},
    },
    house::House,
};

/// Legal holds.
#[derive(Debug, Subcommand)]
pub enum HoldCommand {
    /// Place one; prints its id
    Place(PlaceArgs),
    /// Ask for its release, or agree to it: two people are needed
    Release {
        /// Its id
        hold: String,
        /// Who asks or agrees
        #[arg(long = "as", value_name = "HANDLE")]
        by: String,
    },
    /// List every hold
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// A hold to place.
#[derive(Debug, Args)]
pub struct PlaceArgs {
    /// Whose data: a case of the person
    #[arg(long)]
    case: Option<String>,
    /// Only these systems; may be repeated
    #[arg(long = "system")]
    systems: Vec<String>,
    /// Only these kinds, as system.collection; may be repeated
    #[arg(long = "collection")]
    collections: Vec<String>,
    /// legal-claim, authority-order or open-payment
    #[arg(long, value_parser = basis)]
    basis: Basis,
    /// Matter reference, such as a court's case number
    #[arg(long)]
    matter: String,
    /// Looked at again by this day, at most six months from now
    #[arg(long)]
    review: Date,
    /// Who places it
    #[arg(long = "as", value_name = "HANDLE")]
    by: String,
}

fn basis(name: &str) -> Result<Basis, String> {
    serde_json::from_value(serde_json::Value::String(name.to_owned()))
        .map_err(|_| format!("`{name}` is not a basis; write legal-claim, authority-order or open-payment"))
}

pub(super) async fn run(house: &House, command: HoldCommand) -> Result<(), CliError> {
    match command {
        HoldCommand::Place(args) => {
            let by = person(&house.door, &args.by).await?;
            let hold = PlaceHold {
                case: args.case,
                systems: args.systems,
                collections: args.collections,
                basis: args.basis,
                matter: args.matter,
                review_on: args.review,
            };
            let id = house.door.run(&by, hold).await?;
            Ok(writeln!(std::io::stdout(), "{id}")?)
        }
        HoldCommand::Release { hold, by } => {
            let by = person(&house.door, &by).await?;
            match house.door.run(&by, ReleaseHold { id: hold }).await? {
                Release::Asked => say("asked: somebody else has to agree"),
                Release::Released => say("released"),
            }
            Ok(())
        }
        HoldCommand::List { json } => print(&house.look.hold_rows().await?, json, |row| {
            let state = row.released_on.map_or_else(|| format!("review {}", row.review_on), |day| format!("released {day}"));
            format!("{}  {}  {}  {state}", row.hold, row.matter, row.ground)
        }),
    }
}
