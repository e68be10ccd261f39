//! `habeas task`: what waits for people, and doing it.

use std::{collections::BTreeMap, fs::File, io::Read as _};

use clap::{Args, Subcommand};
use habeas_core::law::upload::{self, Upload};

use super::{CliError, person, print, say};
use crate::{action::submit_task::SubmitTask, house::House, view::register::TaskRow};

/// Tasks.
#[derive(Debug, Subcommand)]
pub enum TaskCommand {
    /// List open tasks
    List {
        /// Of one case
        #[arg(long)]
        case: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Hand in a task's form
    Do(DoArgs),
}

/// A form to hand in.
#[derive(Debug, Args)]
pub struct DoArgs {
    /// CASE/STEP, such as HB-7F3K-2QXM/propose; CASE/STEP@BRANCH inside a loop; or the task's id
    task: String,
    /// One of the form's outcomes
    #[arg(long)]
    outcome: String,
    /// Who does it
    #[arg(long = "as", value_name = "HANDLE")]
    by: String,
    /// Why, where the outcome asks for it; written in the person's language
    #[arg(long)]
    reason: Option<String>,
    /// A further field of the form
    #[arg(long = "field", value_name = "NAME=VALUE", value_parser = pair)]
    fields: Vec<(String, String)>,
    /// A file of the form: rows-COLLECTION for a table, file-COLLECTION for a document, evidence for what proves the work
    #[arg(long = "file", value_name = "NAME=PATH", value_parser = pair)]
    files: Vec<(String, String)>,
    /// SHA-256 of the plan you read, where the form approves one
    #[arg(long)]
    plan: Option<String>,
    /// Revision of the case you looked at, as `task list --json` tells it: a case that has moved since is refused
    #[arg(long)]
    version: Option<i64>,
}

pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("`{text}` is not a field; write NAME=VALUE"))?;
    Ok((name.to_owned(), value.to_owned()))
}

pub(super) async fn run(house: &House, command: TaskCommand) -> Result<(), CliError> {
    match command {
        TaskCommand::List { case, json } => print(&house.look.task_rows(case.as_deref()).await?, json, |row| {
            let plan = row.plan.as_ref().map(|hash| format!("  plan {hash}")).unwrap_or_default();
            format!("{}  {:?}  for {}{plan}", address(row), row.outcomes, row.roles.join(" or "))
        }),
        TaskCommand::Do(args) => submit(house, args).await,
    }
}

/// How a task is called on the command line.
fn address(row: &TaskRow) -> String {
    let branch = row.branch.as_ref().map(|branch| format!("@{branch}")).unwrap_or_default();
    format!("{}/{}{branch}", row.case, row.step)
}

/// A file, never more of it than may be handed in.
fn attached((field, path): (String, String)) -> Result<Upload, CliError> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(upload::LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    let read = File::open(&path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    read.map_err(|error| CliError::Said(format!("could not read `{path}`: {error}")))?;
    Ok(Upload { field, name: path, bytes })
}

async fn submit(house: &House, args: DoArgs) -> Result<(), CliError> {
    let open = house.look.task_rows(None).await?;
    let found = open.iter().find(|row| row.task == args.task || address(row) == args.task);
    let task = found.ok_or_else(|| CliError::Said(format!("no task `{}` is open; `habeas task list` shows those that are", args.task)))?;
    let by = person(&house.door, &args.by).await?;
    let mut fields: BTreeMap<String, String> = args.fields.into_iter().collect();
    fields.extend(args.reason.map(|reason| ("reason".to_owned(), reason)));
    let files = args.files.into_iter().map(attached).collect::<Result<_, _>>()?;
    let submission = SubmitTask { task: task.task.clone(), outcome: args.outcome, fields, files, plan: args.plan, version: args.version };
    house.door.run(&by, submission).await?;
    say(&format!("{} is done", address(task)));
    Ok(())
}
