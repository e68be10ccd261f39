//! `habeas bench gate`: checks in a second over HTTP on loopback with keep-alive, beside a route of the same server that does nothing.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use clap::Args;
use futures_util::{StreamExt as _, TryStreamExt as _, future::try_join_all, stream};
use habeas_core::law::{ask::Asked, identifier::Identifier, lang::Lang, personal::Personal, right::Right};
use serde::Serialize;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::super::{CliError, print_one};
use crate::{
    action::{actor::Actor, add_client::AddClient, open_case::OpenCase, refusal::Refusal},
    chance::Chance,
    clock::Clock,
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

struct Question {
    request: Vec<u8>,
    /// What the answer must hold.
    answer: &'static [u8],
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
        let answer: &[u8] = if is_stopped { b"\"status\":\"restricted\"" } else { b"\"status\":\"not-restricted\"" };
        gate.push(Question { request: request.into_bytes(), answer });
    }
    let bare = Question { request: b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec(), answer: b"ok" };
    Ok(Prepared { house, folder, gate: Arc::new(gate), bare: Arc::new(vec![bare]) })
}

/// Asks both servers in turn, prints what came of it and removes the house.
pub async fn measure(asked: &Prepared, args: &GateArgs, gate: SocketAddr, bare: SocketAddr) -> Result<(), CliError> {
    let (mut checks, mut nothing, mut waits) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..args.runs.max(1) {
        nothing.push(drive(&asked.bare, bare, args).await?.0);
        let (rate, p99) = drive(&asked.gate, gate, args).await?;
        checks.push(rate);
        waits.push(p99);
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

/// Requests in a second, and how long 99 of 100 took at most.
async fn drive(questions: &Arc<Vec<Question>>, to: SocketAddr, args: &GateArgs) -> Result<(u32, u128), CliError> {
    let (watch, length) = (Clock::stopwatch(), Duration::from_secs(args.seconds));
    let connections = (0..args.connections.max(1)).map(|first| {
        let (questions, step) = (Arc::clone(questions), args.connections.max(1));
        tokio::spawn(async move {
            let mut stream = TcpStream::connect(to).await?;
            stream.set_nodelay(true)?;
            let mut waits = Vec::new();
            let mut buffer = vec![0; 16 * 1024];
            let own = questions.iter().skip(first % questions.len()).step_by(step);
            for question in own.cycle() {
                if watch.elapsed() >= length {
                    break;
                }
                let asked = Clock::stopwatch();
                ask(&mut stream, question, &mut buffer).await?;
                waits.push(asked.elapsed().as_micros());
            }
            Ok::<_, CliError>(waits)
        })
    });
    let answered = try_join_all(connections).await.map_err(|error| CliError::Said(error.to_string()))?;
    let mut waits: Vec<u128> = answered.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
    let each_second = waits.len() as u128 * 1_000 / watch.elapsed().as_millis().max(1);
    waits.sort_unstable();
    Ok((u32::try_from(each_second).unwrap_or(u32::MAX), waits.get(waits.len() * 99 / 100).copied().unwrap_or_default()))
}

/// One question and its answer, which has to be the right one.
async fn ask(stream: &mut TcpStream, question: &Question, buffer: &mut [u8]) -> Result<(), CliError> {
    stream.write_all(&question.request).await?;
    let mut read = 0;
    loop {
        let room = buffer.get_mut(read..).unwrap_or_default();
        let more = stream.read(room).await?;
        read += more;
        let so_far = buffer.get(..read).unwrap_or_default();
        if more == 0 {
            return Err(CliError::Said("the server closed the connection".to_owned()));
        }
        if let Some(body) = body(so_far) {
            let right = so_far.starts_with(b"HTTP/1.1 200") && body.windows(question.answer.len()).any(|part| part == question.answer);
            return if right { Ok(()) } else { Err(CliError::Said(format!("a wrong answer: {}", String::from_utf8_lossy(so_far)))) };
        }
    }
}

/// The body, once it is whole.
fn body(answer: &[u8]) -> Option<&[u8]> {
    let end = answer.windows(4).position(|part| part == b"\r\n\r\n")?;
    let head = std::str::from_utf8(answer.get(..end)?).ok()?;
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(|length| length.trim().parse::<usize>()));
    let body = answer.get(end + 4..)?;
    (body.len() >= length?.ok()?).then_some(body)
}
