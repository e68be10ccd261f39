//! `habeas bench simulate`: plays the workflows against crashes, lateness and errors, by seed.

use clap::Args;
use habeas_core::workflow::simulation::{Play, Played, simulate};
use serde::Serialize;

use super::{CliError, print_one};
use crate::{
    action::{catalogue, workflows::Workflows},
    clock::Clock,
    house::HouseError,
    organisation::{Organisation, Source},
};

/// Play the workflows against crashes, late reports and errors
#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// How many seeds of each workflow
    #[arg(long, default_value_t = 1_000)]
    seeds: u64,
    /// The first seed
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Moves in each play
    #[arg(long, default_value_t = 300)]
    moves: u32,
    /// Only this workflow
    #[arg(long)]
    workflow: Option<String>,
    /// An organisation's folder, or the name of one that the binary carries
    #[arg(long, default_value = "visumexpress")]
    organisation: String,
}

/// What was played, all invariants holding.
#[derive(Debug, Serialize)]
struct Figures {
    workflows: Vec<String>,
    plays: u64,
    events: u64,
    refused: u64,
    deaths: u64,
    effects: u64,
    incidents: u64,
    closed: u64,
    seconds: f64,
}

pub(super) fn run(args: &SimulateArgs) -> Result<(), CliError> {
    let folder = std::path::Path::new(&args.organisation);
    let source = if folder.is_dir() { Source::Disk(folder.to_owned()) } else { Source::Shipped(args.organisation.clone()) };
    let organisation = Organisation::read(&source).map_err(HouseError::from)?;
    let workflows = Workflows::compile(organisation.workflows(), &organisation.catalogue()).map_err(|problems| {
        let words = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        CliError::House(HouseError::Workflows(words))
    })?;
    let watch = Clock::stopwatch();
    let (mut names, mut all) = (Vec::new(), Played::default());
    for def in workflows.all().filter(|def| args.workflow.as_ref().is_none_or(|name| *name == def.name)) {
        names.push(def.name.clone());
        let play = Play { def, answered: catalogue::ANSWERED, moves: args.moves };
        for seed in args.from..args.from.saturating_add(args.seeds) {
            all = all.and(simulate(play, seed).map_err(|broken| CliError::Said(broken.to_string()))?);
        }
    }
    let plays = args.seeds * u64::try_from(names.len()).unwrap_or_default();
    let Played { events, refused, deaths, effects, incidents, closed } = all;
    let seconds = (watch.elapsed().as_secs_f64() * 10.0).round() / 10.0;
    print_one(&Figures { workflows: names, plays, events, refused, deaths, effects, incidents, closed, seconds })
}
