//! `habeas hold`: place, release and list legal holds.

use std::io::Write as _;

use clap::{Args, Subcommand};
use habeas_core::law::hold::{Basis, Dates, Guard, Scope};
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
    Place(Box<PlaceArgs>),
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
    /// Only data of these Fideslang categories and those below them; may be repeated
    #[arg(long = "category")]
    categories: Vec<String>,
    /// Only records for which this is so, such as `status == "paid"`
    #[arg(long = "if", value_name = "CONDITION", value_parser = Guard::parse)]
    query: Option<Guard>,
    /// Only records whose day in this field lies between --from and --until
    #[arg(long, value_name = "FIELD")]
    date_field: Option<String>,
    /// The first day of the range
    #[arg(long, requires = "date_field")]
    from: Option<Date>,
    /// The last day of the range
    #[arg(long, requires = "date_field")]
    until: Option<Date>,
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
                scope: Scope {
                    systems: args.systems,
                    collections: args.collections,
                    categories: args.categories,
                    query: args.query,
                    dates: args.date_field.map(|field| Dates { field, from: args.from, until: args.until }),
                    ..Scope::default()
                },
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
