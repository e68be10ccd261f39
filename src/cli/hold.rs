//! `habeas hold`: place, extend, release and list legal holds.

use std::{
    collections::BTreeSet,
    io::Write as _,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use habeas_core::law::hold::{Basis, Dates, Guard, Scope, sheet::Line};
use jiff::civil::Date;

use super::{CliError, person, print, say};
use crate::{
    action::{
        import_holds::ImportHolds,
        place_hold::{PlaceHold, Placed},
        refusal::Refusal,
        release_hold::{Release, ReleaseHold},
        review_hold::PutOffReview,
    },
    house::House,
};

/// Legal holds.
#[derive(Debug, Subcommand)]
pub enum HoldCommand {
    /// Place one; prints its id
    Place(Box<PlaceArgs>),
    /// Place many from a CSV table: all of them, or none; prints their ids
    Import {
        /// The table; its columns are in docs/how-to/place-a-hold.md
        file: PathBuf,
        /// Only say what would be placed, or what is wrong
        #[arg(long)]
        dry_run: bool,
        /// Who places them
        #[arg(long = "as", value_name = "HANDLE")]
        by: String,
    },
    /// Look at one again and keep it until another review
    Extend {
        /// Its id
        hold: String,
        /// Looked at again by this day, at most six months from now
        #[arg(long)]
        review: Date,
        /// Why it is still needed
        #[arg(long)]
        reason: String,
        /// Who has looked
        #[arg(long = "as", value_name = "HANDLE")]
        by: String,
    },
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
    Basis::from_name(name).ok_or_else(|| format!("`{name}` is not a basis; write legal-claim, authority-order or open-payment"))
}

async fn import(house: &House, file: &Path, dry_run: bool, by: &str) -> Result<(), CliError> {
    let sheet = std::fs::read_to_string(file)?;
    let (by, import) = (person(&house.door, by).await?, ImportHolds { sheet });
    let done = if dry_run {
        house.door.could_import(&by, import).await.map(|lines| (lines.iter().map(would).collect::<Vec<_>>(), Vec::new()))
    } else {
        let placed = house.door.run(&by, import).await;
        placed.map(|placed| (placed.iter().map(|placed| placed.id.clone()).collect::<Vec<_>>(), placed))
    };
    let problems = match done {
        Ok((told, placed)) => {
            print::<String>(&told, false, Clone::clone)?;
            return is_over(&placed);
        }
        Err(Refusal::Invalid(problems)) => problems,
        Err(refusal) => return Err(refusal.into()),
    };
    for it in &problems {
        let (line, column) = it.at.unwrap_or((1, 0));
        let why = if it.why.is_empty() { String::new() } else { format!(" ({})", it.why) };
        say(&format!("{}:{line}:{column}: {}{why}", file.display(), it.code.replace('-', " ")));
    }
    Err(CliError::Said(format!("nothing is placed: mend {} places in `{}` and run this again", problems.len(), file.display())))
}

/// Whether nothing is erased any more that began before these were placed.
fn is_over(placed: &[Placed]) -> Result<(), CliError> {
    let running: BTreeSet<String> = placed.iter().flat_map(|placed| &placed.running).map(|system| format!("`{system}`")).collect();
    if running.is_empty() {
        return Ok(());
    }
    let systems = running.into_iter().collect::<Vec<_>>().join(", ");
    Err(CliError::Partly(format!(
        "the hold stands, but an erasure that began before it has not ended in {systems}: it may have removed what the hold covers; look there"
    )))
}

fn would(line: &Line) -> String {
    let (hold, whose) = (&line.hold, line.hold.case.as_deref().unwrap_or("every case"));
    format!("line {}: {whose}, {}, {}, review {}", line.line, hold.matter, hold.basis.article(), hold.review_on)
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
            let placed = house.door.run(&by, hold).await?;
            writeln!(std::io::stdout(), "{}", placed.id)?;
            is_over(&[placed])
        }
        HoldCommand::Import { file, dry_run, by } => import(house, &file, dry_run, &by).await,
        HoldCommand::Extend { hold, review, reason, by } => {
            let by = person(&house.door, &by).await?;
            house.door.run(&by, PutOffReview { id: hold, review_on: review, reason }).await?;
            say("kept until the new review");
            Ok(())
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
