//! `habeas bench`: how many requests this machine answers in a second, end to end, on made-up data.
//! `habeas bench workflow` measures the engine under them.

mod answer;
mod client;
pub mod gate;
mod package;
pub mod pages;
mod rights;
mod workflow;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use habeas_core::law::right::Right;
use serde::Serialize;

use super::{
    CliError,
    demo::{self, DemoArgs, sample},
    print_one,
    simulate::{self, SimulateArgs},
};
use crate::clock::Clock;
use answer::answer;

/// Measure this machine on made-up data
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct BenchArgs {
    /// Something else than requests
    #[command(subcommand)]
    what: Option<BenchCommand>,
    /// How many requests of each right
    #[arg(long, default_value_t = 50)]
    requests: u32,
    /// How many customers to make up
    #[arg(long, default_value_t = 1_000)]
    customers: u32,
    /// Where to work; a new folder under the temporary folder if left out
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl BenchArgs {
    /// What is to be measured of the faces, which needs the web.
    pub const fn faces(&self) -> Option<Faces<'_>> {
        match &self.what {
            Some(BenchCommand::Gate(args)) => Some(Faces::Gate(args)),
            Some(BenchCommand::Pages(args)) => Some(Faces::Pages(args)),
            _ => None,
        }
    }
}

/// What can be measured of the faces.
#[derive(Debug, Clone, Copy)]
pub enum Faces<'a> {
    /// The gate.
    Gate(&'a gate::GateArgs),
    /// What people and staff see.
    Pages(&'a pages::PagesArgs),
}

/// Something else to measure.
#[derive(Debug, Subcommand)]
pub enum BenchCommand {
    /// Requests about people in a system of your own, which loses them
    Rights(rights::RightsArgs),
    /// The gate that other systems ask, over HTTP
    Gate(gate::GateArgs),
    /// The status page and the queue among many cases, over HTTP
    Pages(pages::PagesArgs),
    /// The copy of one made-up person about whom very much is held
    Package(package::PackageArgs),
    /// Play the workflows against crashes, late reports and errors
    Simulate(SimulateArgs),
    /// The workflow engine alone: a flow of five steps whose effects cost nothing
    Workflow(workflow::WorkflowArgs),
}

/// What was measured. Staff are played by the program, so people's time is not in it.
#[derive(Debug, Serialize)]
struct Figures {
    customers: u32,
    access_requests: u32,
    /// Open → searched in four systems → package written → letter sent.
    access_per_second: f64,
    erasure_requests: u32,
    /// Open → searched → planned → approved → notice → erased, read back → letter sent.
    erasure_per_second: f64,
    log_entries: u64,
    /// Peak resident memory of this process, MiB.
    peak_memory_mib: Option<u64>,
    optimised: bool,
}

pub(super) async fn run(args: &BenchArgs) -> Result<(), CliError> {
    match &args.what {
        Some(BenchCommand::Gate(_) | BenchCommand::Pages(_)) => return Err(CliError::Said("this command needs the web face".to_owned())),
        Some(BenchCommand::Rights(args)) => return rights::run(args).await,
        Some(BenchCommand::Package(args)) => return package::run(args),
        Some(BenchCommand::Simulate(args)) => return simulate::run(args),
        Some(BenchCommand::Workflow(args)) => return workflow::run(args).await,
        None => {}
    }
    let demo = DemoArgs { dir: args.dir.clone(), port: 0, customers: args.customers, seed_only: true };
    let made = demo::prepare(&demo).await?;
    let house = &made.house;
    let watch = Clock::stopwatch();
    let people: Vec<_> = (10..10 + args.requests).map(sample::proof_of).map(|(email, item)| (email, Some(item))).collect();
    answer(house, Right::Access, &people).await?;
    let access = watch.elapsed().as_secs_f64();
    let watch = Clock::stopwatch();
    answer(house, Right::Erasure, &people).await?;
    let erasure = watch.elapsed().as_secs_f64();
    let open = house.look.case_rows(true).await?.len();
    if open > 0 {
        return Err(CliError::Said(format!("{open} cases did not finish: the figures would be wrong")));
    }
    let rate = |seconds: f64| (f64::from(args.requests) / seconds * 100.0).round() / 100.0;
    print_one(&Figures {
        customers: args.customers,
        access_requests: args.requests,
        access_per_second: rate(access),
        erasure_requests: args.requests,
        erasure_per_second: rate(erasure),
        log_entries: house.door.check_log().await?.map_err(CliError::Said)?,
        peak_memory_mib: peak_memory(),
        optimised: !cfg!(debug_assertions),
    })?;
    if args.dir.is_none() {
        std::fs::remove_dir_all(&made.folder).map_err(|error| CliError::File(made.folder.clone(), error))?;
    }
    Ok(())
}

/// Linux only: the high-water mark of resident memory.
fn peak_memory() -> Option<u64> {
    memory("VmHWM:")
}

/// A figure about this process's memory, MiB.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}
