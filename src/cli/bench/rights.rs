//! `habeas bench rights`: access and erasure, end to end, on the systems of an organisation. What is erased is gone.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Args, ValueEnum};
use habeas_core::law::right::Right;
use serde::Serialize;

use super::{
    super::{CliError, print_one},
    answer::{Applicant, answer},
    workflow::{count, cpu_time, per, round},
};
use crate::{action::refusal::Refusal, chance::Chance, clock::Clock, config::Config, house::House};

/// Measure requests about people in your own systems; erasures really happen
#[derive(Debug, Args)]
pub struct RightsArgs {
    /// Which right
    #[arg(value_enum)]
    right: Which,
    /// The organisation's folder
    #[arg(long, value_name = "DIR")]
    organisation: PathBuf,
    /// How people's addresses are made of a number
    #[arg(long, default_value = "c{}@customers.example")]
    email: String,
    /// How their second items are
    #[arg(long, default_value = "{}")]
    item: String,
    /// The first number
    #[arg(long, default_value_t = 1)]
    first: u32,
    /// How many ask one after the other
    #[arg(long, default_value_t = 20)]
    alone: u32,
    /// How many ask at the same time; 0 leaves it out
    #[arg(long, default_value_t = 100)]
    together: u32,
    /// Process of the systems' server on this machine, whose processor time is told beside
    #[arg(long, value_name = "PID")]
    server: Option<u32>,
}

#[derive(Debug, Clone, Copy, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
enum Which {
    /// Open → searched → package written → letter sent
    Access,
    /// Open → searched → planned → approved → notice → erased, read back → letter sent
    Erasure,
}

/// What was measured. Staff are played by the program, so people's time is not in it.
#[derive(Debug, Serialize)]
struct Figures {
    right: Which,
    /// Before the first request, MiB.
    memory_mib: Option<u64>,
    alone: Alone,
    #[serde(skip_serializing_if = "Option::is_none")]
    together: Option<Rate>,
    /// Peak resident memory of this process, MiB.
    peak_memory_mib: Option<u64>,
    /// What that is above the memory before.
    extra_memory_mib: Option<u64>,
    /// All packages, and how long a plain copy of them took.
    packages_mib: u64,
    copy_ms: f64,
    optimised: bool,
}

#[derive(Debug, Serialize)]
struct Alone {
    p50_ms: f64,
    p95_ms: f64,
    #[serde(flatten)]
    rate: Rate,
}

#[derive(Debug, Serialize)]
struct Rate {
    requests: usize,
    per_second: f64,
    /// Of this process, all threads.
    cpu_ms_per_request: Option<f64>,
    server_cpu_ms_per_request: Option<f64>,
}

pub(super) async fn run(args: &RightsArgs) -> Result<(), CliError> {
    let folder = std::env::temp_dir().join(format!("habeas-bench-{}", Chance.id().map_err(Refusal::from)?));
    let organisation = args.organisation.to_string_lossy().into_owned();
    let config = Config { house: folder.clone(), organisation, erasures_an_hour: u32::MAX, demo: true, ..Config::default() };
    let house = House::open(&config).await?;
    let memory_mib = super::memory("VmRSS:");
    let right = match args.right {
        Which::Access => Right::Access,
        Which::Erasure => Right::Erasure,
    };
    let people = |numbers: std::ops::Range<u32>| -> Vec<Applicant> {
        numbers.map(|number| (args.email.replace("{}", &number.to_string()), Some(args.item.replace("{}", &number.to_string())))).collect()
    };
    let (first, last) = (args.first, args.first + args.alone);
    let alone = alone(&house, right, &people(first..last), args.server).await?;
    let together = people(last..last + args.together);
    let together = match together.as_slice() {
        [] => None,
        people => Some(measured(&house, right, &[people], args.server).await?.1),
    };
    let peak_memory_mib = super::peak_memory();
    let open = house.look.case_rows(true).await?.len();
    if open > 0 {
        return Err(CliError::Said(format!("{open} cases did not finish: the figures would be wrong")));
    }
    let watch = Clock::stopwatch();
    let packages = copy(&house.worker.packages).map_err(|error| CliError::File(house.worker.packages.clone(), error))?;
    print_one(&Figures {
        right: args.right,
        memory_mib,
        alone,
        together,
        peak_memory_mib,
        extra_memory_mib: peak_memory_mib.zip(memory_mib).map(|(peak, before)| peak.saturating_sub(before)),
        packages_mib: packages / 1024 / 1024,
        copy_ms: round(watch.elapsed().as_secs_f64() * 1_000.0),
        optimised: !cfg!(debug_assertions),
    })?;
    std::fs::remove_dir_all(&folder).map_err(|error| CliError::File(folder, error))
}

/// Copies every file of a folder; how many bytes that were.
fn copy(folder: &Path) -> std::io::Result<u64> {
    let files: Vec<_> = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.iter().map(|file| std::fs::copy(file, file.with_extension("copy"))).sum()
}

async fn alone(house: &House, right: Right, people: &[Applicant], server: Option<u32>) -> Result<Alone, CliError> {
    let one_by_one: Vec<_> = people.chunks(1).collect();
    let (mut times, rate) = measured(house, right, &one_by_one, server).await?;
    times.sort();
    let percentile = |percent: usize| {
        let at = (times.len() * percent).div_ceil(100).saturating_sub(1);
        times.get(at).map_or(f64::NAN, |time| round(time.as_secs_f64() * 1_000.0))
    };
    Ok(Alone { p50_ms: percentile(50), p95_ms: percentile(95), rate })
}

/// Batches one after the other: how long each took, and all of them together.
async fn measured(house: &House, right: Right, batches: &[&[Applicant]], server: Option<u32>) -> Result<(Vec<Duration>, Rate), CliError> {
    let (watch, cpu, server_cpu) = (Clock::stopwatch(), cpu_time(), server.and_then(server_time));
    let mut times = Vec::with_capacity(batches.len());
    for batch in batches {
        let watch = Clock::stopwatch();
        answer(house, right, batch).await?;
        times.push(watch.elapsed());
    }
    let seconds = watch.elapsed().as_secs_f64();
    let requests = batches.iter().map(|batch| batch.len()).sum();
    let each = |spent: Duration| round(spent.as_secs_f64() * 1_000.0 / count(requests));
    let rate = Rate {
        requests,
        per_second: per(requests, seconds),
        cpu_ms_per_request: cpu.and_then(|before| cpu_time()?.checked_sub(before)).map(each),
        server_cpu_ms_per_request: server_cpu.and_then(|before| server_time(server?)?.checked_sub(before)).map(each),
    };
    Ok((times, rate))
}

/// Processor time of a process and of all that it has started, those that ended included; Linux only.
fn server_time(pid: u32) -> Option<Duration> {
    let own = ticks(pid)?;
    let children = std::fs::read_dir("/proc").ok()?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let living: u64 = children.filter_map(ticks).filter(|ticks| ticks.parent == pid).map(|ticks| ticks.own).sum();
    Some(Duration::from_millis((own.own + own.ended + living) * 10))
}

struct Ticks {
    parent: u32,
    own: u64,
    ended: u64,
}

/// In hundredths of a second.
fn ticks(pid: u32) -> Option<Ticks> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // After the name in brackets: field 3 and on; 4 is the parent, 14 to 17 the times in user and kernel mode.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Ticks { parent: fields.get(1)?.parse().ok()?, own: number(11)? + number(12)?, ended: number(13)? + number(14)? })
}
