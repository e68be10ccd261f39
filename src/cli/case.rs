//! `habeas case`: register a request, list and show cases.

use std::io::Write as _;

use clap::{Args, Subcommand};
use habeas_core::law::{lang::Lang, personal::Personal, right::Right};
use jiff::Timestamp;

use super::{CliError, person, print, print_one};
use crate::{
    action::{actor::Actor, open_case::OpenCase},
    house::House,
};

/// Cases.
#[derive(Debug, Subcommand)]
pub enum CaseCommand {
    /// Register a request; prints its reference
    Open(OpenArgs),
    /// List cases, the soonest deadline first
    List {
        /// Closed ones too
        #[arg(long)]
        all: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one case; no personal data
    Show {
        /// Its reference
        case: String,
        /// Print JSON (the only form there is)
        #[arg(long)]
        json: bool,
    },
}

/// A request.
#[derive(Debug, Args)]
pub struct OpenArgs {
    /// The right: access or erasure
    #[arg(value_parser = right)]
    right: Right,
    /// The person's mailbox
    #[arg(long)]
    email: String,
    /// Customer or order number, as the person gave it
    #[arg(long)]
    item: Option<String>,
    /// Language of every answer: nb, nl or en
    #[arg(long, default_value = "nb", value_parser = lang)]
    lang: Lang,
    /// Only these kinds, as system.collection; may be repeated
    #[arg(long = "kind")]
    kinds: Vec<String>,
    /// When the request arrived, if not now
    #[arg(long)]
    received: Option<Timestamp>,
    /// Who registers it; the operator if left out
    #[arg(long = "as", value_name = "HANDLE")]
    by: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn right(name: &str) -> Result<Right, String> {
    Right::from_name(name).ok_or_else(|| format!("`{name}` is not a right; write access or erasure"))
}

fn lang(code: &str) -> Result<Lang, String> {
    Lang::from_code(code).ok_or_else(|| format!("`{code}` is not a language; write nb, nl or en"))
}

pub(super) async fn run(house: &House, command: CaseCommand) -> Result<(), CliError> {
    match command {
        CaseCommand::Open(args) => register(house, args).await,
        CaseCommand::List { all, json } => print(&house.look.case_rows(!all).await?, json, |row| {
            format!("{}  {:<8} {:<10} {:<14} due {}  strict {}", row.case, row.right, row.phase, row.stage, row.due_on, row.strict_due_on)
        }),
        CaseCommand::Show { case, json: _ } => {
            let file = house.look.case_file(&case).await?.ok_or_else(|| CliError::Said(format!("there is no case `{case}`")))?;
            print_one(&file)
        }
    }
}

async fn register(house: &House, args: OpenArgs) -> Result<(), CliError> {
    let by = match &args.by {
        Some(handle) => person(&house.door, handle).await?,
        None => Actor::Operator,
    };
    let request = OpenCase {
        right: args.right,
        lang: args.lang,
        email: Personal::new(args.email),
        item: args.item.map(Personal::new),
        kinds: (!args.kinds.is_empty()).then_some(args.kinds),
        received_at: args.received,
        via: "command-line",
    };
    let reference = house.door.run(&by, request).await?;
    if args.json {
        let file = house.look.case_file(&reference).await?;
        return print_one(&file);
    }
    Ok(writeln!(std::io::stdout(), "{reference}")?)
}
