//! The command line: the same actions and views as the web faces. Data goes to stdout, words to stderr.

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use serde::Serialize;

use crate::{
    action::{
        actor::{Actor, Staff},
        door::Door,
        refusal::Refusal,
    },
    config::{Config, ConfigError},
    connector::{ConnectorError, Kind},
    house::{House, HouseError},
    view::look::LookError,
};

pub mod backup;
pub mod bench;
pub mod case;
pub mod check;
pub mod deadline;
pub mod demo;
pub mod export;
pub mod gate;
pub mod health;
pub mod hold;
pub mod incident;
pub mod init;
pub mod key;
pub mod ledger;
pub mod log;
pub mod map;
mod notice;
pub mod serve;
pub mod simulate;
pub mod task;
pub mod user;
pub mod verify;
pub mod work;
pub mod workflow;

/// Privacy-rights portal and workflow engine
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, after_help = EXITS)]
pub struct Cli {
    /// The house's folder (also `HABEAS_HOUSE`)
    #[arg(long, global = true, value_name = "DIR")]
    pub house: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const EXITS: &str =
    "Exit codes: 0 done · 1 failed · 2 usage · 3 configuration invalid · 4 verification failed · 5 partly done · 75 try again";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play the whole story on made-up data
    Demo(demo::DemoArgs),
    /// Make a house of your own
    Init(init::InitArgs),
    /// Serve the portal, the desk and the room, and do the work
    Serve(serve::ServeArgs),
    /// Check an organisation's folder, its workflows and, with --live, its connected systems
    Check(check::CheckArgs),
    /// When must a request be answered, and why
    Deadline(deadline::DeadlineArgs),
    /// Cases
    #[command(subcommand)]
    Case(case::CaseCommand),
    /// Tasks
    #[command(subcommand)]
    Task(task::TaskCommand),
    /// Legal holds
    #[command(subcommand)]
    Hold(hold::HoldCommand),
    /// Do the work that is due
    Work(work::WorkArgs),
    /// Workflow definitions
    #[command(subcommand)]
    Workflow(workflow::WorkflowCommand),
    /// Numbers that somebody should look at: cases that nothing will wake, cases set apart, letters that wait
    Health,
    /// Write a case's package or the authority's bundle to a folder
    Export(export::ExportArgs),
    /// Data maps: propose one, compare it with the live system, draw it, write it as plain Fideslang
    #[command(subcommand)]
    Map(map::MapCommand),
    /// Verify a package or a bundle
    Verify(verify::VerifyArgs),
    /// The evidence log
    #[command(subcommand)]
    Log(log::LogCommand),
    /// The erasure ledger: what was erased, so that no backup brings it back
    #[command(subcommand)]
    Ledger(ledger::LedgerCommand),
    /// The gate that other systems ask before they use a person's data
    #[command(subcommand)]
    Gate(gate::GateCommand),
    /// The house's keys: which there are, the public one, a new house key
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// People who sign in
    #[command(subcommand)]
    User(user::UserCommand),
    /// Copy habeas's own database into a file and its case keys into another, while it is in use
    Backup(backup::BackupArgs),
    /// Put such a copy back, and erase again what was erased since
    Restore(backup::RestoreArgs),
    /// Bring the database's schema up to date
    Migrate,
    /// Measure this machine on made-up data
    Bench(bench::BenchArgs),
    /// Print completions for a shell
    Completions {
        /// bash, zsh, fish, elvish or powershell
        shell: clap_complete::Shell,
    },
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The house did not open.
    #[error(transparent)]
    House(#[from] HouseError),
    /// The door said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] LookError),
    /// The statutory clock said no.
    #[error(transparent)]
    Deadline(#[from] deadline::DeadlineError),
    /// A file could not be read or written.
    #[error("file `{0}` could not be read or written")]
    File(PathBuf, #[source] io::Error),
    /// Standard output is closed.
    #[error("the answer could not be written")]
    Output(#[from] io::Error),
    /// Definitions do not keep what they owe; the findings were printed.
    #[error("{0} problems in the workflows; `habeas workflow lint --explain CODE` tells about each code")]
    Unlawful(usize),
    /// Data maps and live systems differ; the differences were printed.
    #[error("{0} differences between the data map and the live systems")]
    Differs(usize),
    /// A connected system did not answer, or may not be read.
    #[error(transparent)]
    Connector(#[from] ConnectorError),
    /// Something was written in a way that cannot be read.
    #[error("{0}")]
    Usage(String),
    /// Verification failed; the report was printed.
    #[error("verification failed")]
    Unverified,
    /// Some of it was done.
    #[error("{0}")]
    Partly(String),
    /// Something in our own words.
    #[error("{0}")]
    Said(String),
}

impl CliError {
    /// The process's exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Config(_) | Self::House(_) | Self::Unlawful(_) => 3,
            Self::Unverified | Self::Differs(_) => 4,
            Self::Partly(_) => 5,
            Self::Refused(Refusal::Unavailable(_)) => 75,
            Self::Store(error) if error.is_transient() => 75,
            Self::Connector(error) if error.kind == Kind::Transient => 75,
            Self::Refused(Refusal::Invalid(_)) | Self::Deadline(_) | Self::Usage(_) => 2,
            _ => 1,
        }
    }
}

/// Runs any command but `serve` and `demo`, which need the web.
pub async fn run(cli: Cli) -> Result<(), CliError> {
    let house = cli.house.as_deref();
    match cli.command {
        Command::Demo(args) if args.seed_only => demo::prepare(&args).await.map(|made| made.greet("")),
        Command::Demo(_) | Command::Serve(_) => Err(CliError::Said("this command needs the web face".to_owned())),
        Command::Init(args) => Box::pin(init::run(&args)).await,
        Command::Check(args) => check::run(house, &args).await,
        Command::Deadline(args) => Ok(deadline::run(&args, &mut io::stdout())?),
        Command::Case(command) => case::run(&open(house).await?, command).await,
        Command::Task(command) => task::run(&open(house).await?, command).await,
        Command::Hold(command) => hold::run(&open(house).await?, command).await,
        Command::Work(args) => work::run(&open(house).await?, &args).await,
        Command::Health => health::run(&open(house).await?).await,
        Command::Export(args) => export::run(&open(house).await?, &args).await,
        Command::Map(command) => map::run(house, &command).await,
        Command::Verify(args) => verify::run(&args),
        Command::Log(command) => log::run(&open(house).await?, &command).await,
        Command::Ledger(command) => ledger::run(&open(house).await?, &command).await,
        Command::Gate(command) => gate::run(&open(house).await?, command).await,
        Command::Key(command) => key::run(&open(house).await?, command).await,
        Command::User(command) => user::run(&open(house).await?, command).await,
        Command::Workflow(command) => workflow::run(house, &command).await,
        Command::Backup(args) => backup::save(house, &args).await,
        Command::Restore(args) => backup::put_back(house, &args).await,
        Command::Migrate => open(house).await.map(|_| say("the schema is up to date")),
        Command::Bench(args) => Box::pin(bench::run(&args)).await,
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut <Cli as clap::CommandFactory>::command(), "habeas", &mut io::stdout());
            Ok(())
        }
    }
}

/// What an error leaves behind: one line and an exit code.
pub fn end(result: Result<(), CliError>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("habeas: {error}"));
            ExitCode::from(error.code())
        }
    }
}

/// Opens the configured house.
async fn open(house: Option<&std::path::Path>) -> Result<House, CliError> {
    let (config, _) = Config::read(house)?;
    Ok(House::open(&config).await?)
}

/// Who acts: a person by handle. Whoever may run commands on the server could sign in as anybody; the log names the handle.
async fn person(door: &Door, handle: &str) -> Result<Actor, CliError> {
    let staff: Option<Staff> = door.staff(handle).await?;
    staff
        .map(Actor::Staff)
        .ok_or_else(|| CliError::Said(format!("nobody is called `{handle}`, or they are disabled: `habeas user list` shows everybody")))
}

/// Prints data: JSON, or one line per row.
fn print<T: Serialize>(rows: &[T], json: bool, line: impl Fn(&T) -> String) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, rows).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for row in rows {
            writeln!(out, "{}", line(row))?;
        }
    }
    Ok(())
}

/// Prints one datum.
fn print_one<T: Serialize>(value: &T) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Words for the person at the keyboard. Nobody to read them is no reason to stop.
pub fn say(words: &str) {
    let _ = writeln!(io::stderr(), "{words}");
}
