//! `habeas bench gate`: checks in a second over HTTP on loopback with keep-alive, beside a route of the same server that does nothing.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use clap::Args;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use habeas_core::law::{ask::Asked, identifier::Identifier, lang::Lang, personal::Personal, right::Right};
use serde::Serialize;

use super::{
    super::{CliError, print_one},
    client::{Question, drive},
};
use crate::{
    action::{actor::Actor, add_client::AddClient, open_case::OpenCase, refusal::Refusal},
    chance::Chance,
    config::Config,
    house::House,
};

/// How many cases are opened side by side.
const AT_ONCE: usize = 256;

/// Measure the gate that other systems ask
#[derive(Debug, Clone, Args)]
pub struct GateArgs {
    /// How many people are asked about
    #[arg(long, default_value_t = 1_000_000)]
    subjects: usize,
    /// Every how many of them something is stopped for
    #[arg(long, default_value_t = 100)]
    every: usize,
    /// Connections that ask at the same time
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Seconds of each run
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Runs of each; the median counts
    #[arg(long, default_value_t = 3)]
    runs: usize,
}

/// A house with a gate to ask.
pub struct Prepared {
    /// The house.
    pub house: House,
    folder: PathBuf,
    gate: Arc<Vec<Question>>,
    bare: Arc<Vec<Question>>,
}

#[derive(Debug, Serialize)]
struct Figures {
    subjects: usize,
    restricted: usize,
    connections: usize,
    checks_per_second: u32,
    bare_route_per_second: u32,
    /// Checks to requests of the bare route.
    ratio: f64,
    /// 99 of 100 answers come within so many microseconds.
    p99_us: u128,
    peak_memory_mib: Option<u64>,
    optimised: bool,
}

/// Makes up a house in which something is stopped for some people.
pub async fn prepare(args: &GateArgs) -> Result<Prepared, CliError> {
    let folder = std::env::temp_dir().join(format!("habeas-bench-{}", Chance.id().map_err(Refusal::from)?));
    let house = House::open(&Config { house: folder.clone(), demo: true, ..Config::default() }).await?;
    let open = |number: usize| OpenCase {
        right: Right::ConsentWithdrawal,
        lang: Lang::Nb,
        email: Personal::new(address(number)),
        item: None,
        kinds: None,
        asked: Asked::Nothing,
        proofs: Vec::new(),
        received_at: None,
        acting: None,
        via: "command-line",
    };
    let stopped = (0..args.subjects).step_by(args.every.max(1));
    stream::iter(stopped)
        .map(|number| house.door.run(&Actor::Operator, open(number)))
        .buffer_unordered(AT_ONCE)
        .try_collect::<Vec<_>>()
        .await?;
    let token = house.door.run(&Actor::Operator, AddClient { name: "bench".to_owned(), per_second: u32::MAX }).await?;
    let mut gate = Vec::with_capacity(args.subjects);
    for number in 0..args.subjects {
        let email = Identifier::parse("email", &address(number)).map_err(|error| CliError::Said(error.to_string()))?;
        let request = format!(
            "GET /api/v1/restrictions/{} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n",
            house.look.gate_index_of(&email)
        );
        let is_stopped = number.is_multiple_of(args.every.max(1));
        let answer = if is_stopped { "\"status\":\"restricted\"" } else { "\"status\":\"not-restricted\"" };
        gate.push(Question::new(request, answer));
    }
    let bare = Question::of_nothing();
    Ok(Prepared { house, folder, gate: Arc::new(gate), bare: Arc::new(vec![bare]) })
}

/// Asks both servers in turn, prints what came of it and removes the house.
pub async fn measure(asked: &Prepared, args: &GateArgs, gate: SocketAddr, bare: SocketAddr) -> Result<(), CliError> {
    let (mut checks, mut nothing, mut waits) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..args.runs.max(1) {
        nothing.push(drive(&asked.bare, bare, args.connections, args.seconds).await?.per_second());
        let found = drive(&asked.gate, gate, args.connections, args.seconds).await?;
        checks.push(found.per_second());
        waits.push(found.within_us(99));
    }
    let (checks, nothing) = (median(&mut checks), median(&mut nothing));
    print_one(&Figures {
        subjects: args.subjects,
        restricted: args.subjects.div_ceil(args.every.max(1)),
        connections: args.connections,
        checks_per_second: checks,
        bare_route_per_second: nothing,
        ratio: (f64::from(checks) / f64::from(nothing.max(1)) * 100.0).round() / 100.0,
        p99_us: median(&mut waits),
        peak_memory_mib: super::peak_memory(),
        optimised: !cfg!(debug_assertions),
    })?;
    std::fs::remove_dir_all(&asked.folder).map_err(|error| CliError::File(asked.folder.clone(), error))
}

fn median<T: Ord + Copy + Default>(figures: &mut [T]) -> T {
    figures.sort_unstable();
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

fn address(number: usize) -> String {
    format!("person-{number}@post.example")
}
