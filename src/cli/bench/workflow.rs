//! `habeas bench workflow`: transitions in a second, through the door and the worker as they are, with effects that cost nothing.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use clap::{Args, ValueEnum};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use habeas_core::{
    law::{ask::Asked, lang::Lang, personal::Personal, right::Right},
    workflow::{
        self, Compiled, Event, EventKind,
        event::{WORKER, Wait},
    },
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::super::{CliError, print_one};
use crate::{
    action::{
        actor::{Actor, Role, Staff},
        catalogue,
        door::group::{LARGEST, Queue},
        open_case::OpenCase,
        refusal::Refusal,
        report_effect::{Performed, Report},
        submit_task::SubmitTask,
        workflows::Workflows,
    },
    chance::Chance,
    clock::Clock,
    config::Config,
    house::House,
};

/// The flow that is measured.
const FLOW: &str = include_str!("flow.yaml");
/// Opened, two reports, a form, two reports.
const EVENTS: usize = 6;
/// How many people ask at the same time.
const AT_ONCE: usize = 256;
/// How many timers fall due at once in a house with many open cases.
const DUE: usize = 10_000;

/// Measure the workflow engine alone
#[derive(Debug, Args)]
pub struct WorkflowArgs {
    /// How many cases in groups; a tenth of it one by one
    #[arg(long, default_value_t = 2_000)]
    cases: usize,
    /// Which database: a file that is synced at every commit, or a server
    #[arg(long, value_enum, default_value_t = Which::Sqlite)]
    store: Which,
    /// The server's address, an empty database
    #[arg(long, value_name = "URL", required_if_eq("store", "postgres"))]
    url: Option<String>,
    /// So many open cases with three timers each, for the sweep
    #[arg(long, default_value_t = 0)]
    open_cases: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
enum Which {
    Sqlite,
    Postgres,
}

#[derive(Debug, Serialize)]
struct Figures {
    /// The pure function alone, on one core.
    transition_per_second: f64,
    /// Reading, checking and compiling this definition.
    compile_ms: f64,
    store: Which,
    in_groups: Rate,
    one_by_one: Rate,
    open: Option<OpenCases>,
    /// Peak resident memory of this process, MiB.
    peak_memory_mib: Option<u64>,
    optimised: bool,
}

/// How fast cases went through the whole flow, each event acknowledged after its commit.
#[derive(Debug, Serialize)]
struct Rate {
    cases: usize,
    cases_per_second: f64,
    transitions_per_second: f64,
    /// Of this process, all threads; a server's is not in it.
    cpu_ms_per_case: Option<f64>,
}

#[derive(Debug, Serialize)]
struct OpenCases {
    cases: usize,
    timers: usize,
    opened_per_second: f64,
    /// One look for due timers when there are none.
    sweep_idle_us: f64,
    /// Ten thousand timers, fired and committed.
    sweep_10000_due_s: f64,
    /// One case's journal, rows and log, read again and compared.
    prove_ms: f64,
    /// When all cases are open, MiB.
    memory_mib: Option<u64>,
}

pub(super) async fn run(args: &WorkflowArgs) -> Result<(), CliError> {
    let (transition_per_second, compile_ms) = pure()?;
    let folder = std::env::temp_dir().join(format!("habeas-bench-{}", Chance.id().map_err(Refusal::from)?));
    let mut house = open(args, &folder).await?;
    let in_groups = flow(&house, args.cases).await?;
    group(&mut house, 1);
    let one_by_one = flow(&house, args.cases.div_ceil(10)).await?;
    group(&mut house, LARGEST);
    let open = if args.open_cases > 0 { Some(sweep(&house, args.open_cases).await?) } else { None };
    print_one(&Figures {
        transition_per_second,
        compile_ms,
        store: args.store,
        in_groups,
        one_by_one,
        open,
        peak_memory_mib: super::peak_memory(),
        optimised: !cfg!(debug_assertions),
    })?;
    std::fs::remove_dir_all(&folder).map_err(|error| CliError::File(folder, error))
}

/// A house in an empty folder whose only workflow is the one that is measured.
async fn open(args: &WorkflowArgs, folder: &Path) -> Result<House, CliError> {
    let config =
        Config { house: folder.to_owned(), database: args.url.clone(), erasures_an_hour: u32::MAX, demo: true, ..Config::default() };
    let mut house = House::open(&config).await?;
    let workflows =
        Workflows::compile(&[("flow.yaml".to_owned(), FLOW.to_owned())], &catalogue::catalogue()).map_err(|found| wrong(&found))?;
    house.door.workflows = Arc::new(workflows);
    house.worker.effects = |_, command| {
        let outcome = if command.action == "letter.send" { "sent" } else { "" };
        Box::pin(async move { Ok(Performed::Done(Report::outcome(outcome)).into()) })
    };
    group(&mut house, LARGEST);
    Ok(house)
}

fn wrong(found: &[workflow::Diagnostic]) -> CliError {
    CliError::Said(found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// Lets so many events share a commit.
fn group(house: &mut House, largest: usize) {
    house.door.queue = Queue::new(house.door.store.writers(), largest);
    house.worker.door = house.door.clone();
}

/// Cases from the request to the answer.
async fn flow(house: &House, cases: usize) -> Result<Rate, CliError> {
    let (watch, cpu) = (Clock::stopwatch(), cpu_time());
    let opened = ask(house, 0..cases, None).await?;
    house.worker.settle().await?;
    let pause = Clock::stopwatch();
    let tasks = house.look.task_rows(None).await?;
    let looking = pause.elapsed();
    if tasks.len() != cases {
        return Err(CliError::Said(format!("{} of {cases} cases wait for a person: the figures would be wrong", tasks.len())));
    }
    let kari = Actor::Staff(Staff { id: "kari".to_owned(), roles: vec![Role::CaseHandler], systems: Vec::new() });
    let hand_in = tasks.into_iter().map(|task| {
        let fields = BTreeMap::from([("reason".to_owned(), "bench".to_owned())]);
        house.door.run(
            &kari,
            SubmitTask { task: task.task, outcome: "submitted".to_owned(), fields, files: Vec::new(), plan: None, version: None },
        )
    });
    stream::iter(hand_in).buffer_unordered(AT_ONCE).try_for_each(|_| async { Ok(()) }).await?;
    house.worker.settle().await?;
    let seconds = watch.elapsed().saturating_sub(looking).as_secs_f64();
    let open = house.look.case_rows(true).await?.len();
    if open > 0 || opened != cases {
        return Err(CliError::Said(format!("{open} cases did not finish: the figures would be wrong")));
    }
    let spent = cpu.and_then(|before| cpu_time()?.checked_sub(before));
    Ok(Rate {
        cases,
        cases_per_second: per(cases, seconds),
        transitions_per_second: per(cases * EVENTS, seconds),
        cpu_ms_per_case: spent.map(|spent| round(spent.as_secs_f64() * 1_000.0 / count(cases))),
    })
}

/// Opens cases, many at the same time.
async fn ask(house: &House, who: std::ops::Range<usize>, received_at: Option<Timestamp>) -> Result<usize, CliError> {
    let requests = who.map(|number| {
        let request = OpenCase {
            right: Right::Access,
            lang: Lang::Nb,
            email: Personal::new(format!("person{number}@example.com")),
            item: None,
            kinds: None,
            asked: Asked::Nothing,
            proofs: Vec::new(),
            received_at,
            acting: None,
            via: "command-line",
        };
        house.door.run(&Actor::Operator, request)
    });
    Ok(stream::iter(requests).buffer_unordered(AT_ONCE).try_fold(0, |sum, _| async move { Ok(sum + 1) }).await?)
}

/// Looks for due timers among many, first when there are none and then when there are ten thousand.
async fn sweep(house: &House, cases: usize) -> Result<OpenCases, CliError> {
    let before = house.worker.now();
    let early = before - SignedDuration::from_hours(20 * 24);
    let watch = Clock::stopwatch();
    let due = ask(house, 0..DUE.min(cases), Some(early)).await?;
    ask(house, due..cases, None).await?;
    let opening = watch.elapsed().as_secs_f64();
    let memory_mib = super::memory("VmRSS:");
    let looks = 1_000;
    let watch = Clock::stopwatch();
    for _ in 0..looks {
        if house.worker.sweep().await? > 0 {
            return Err(CliError::Said("a timer was due too early: the figures would be wrong".to_owned()));
        }
    }
    let idle = watch.elapsed();
    // A week before the deadline of those who asked twenty days ago; nobody else's first alarm is due yet.
    house.worker.advance_clock(SignedDuration::from_hours(7 * 24)).map_err(|error| CliError::Said(error.to_string()))?;
    let (watch, mut fired) = (Clock::stopwatch(), 0);
    while let 1.. = house.worker.sweep().await.inspect(|more| fired += more)? {}
    let firing = watch.elapsed().as_secs_f64();
    if fired != due {
        return Err(CliError::Said(format!("{fired} timers fired instead of {due}: the figures would be wrong")));
    }
    let (watch, mut last) = (Clock::stopwatch(), String::new());
    let (broken, proven) = house.door.prove_next(&mut last, 1_000, Duration::from_mins(10)).await?;
    let proving = watch.elapsed();
    if let Some(proof) = broken.first() {
        return Err(CliError::Said(format!("case {} is not proven: the figures would be wrong", proof.case)));
    }
    Ok(OpenCases {
        cases,
        timers: 3 * cases,
        opened_per_second: per(cases, opening),
        sweep_idle_us: round(idle.as_secs_f64() * 1e6 / count(looks)),
        sweep_10000_due_s: round(firing),
        prove_ms: round(proving.as_secs_f64() * 1_000.0 / count(proven)),
        memory_mib,
    })
}

/// The pure function through the whole flow, and the definition from its text.
fn pure() -> Result<(f64, f64), CliError> {
    let catalogue = catalogue::catalogue();
    let compile = || -> Result<Compiled, Vec<workflow::Diagnostic>> { workflow::compile(&workflow::parse("flow.yaml", FLOW)?, &catalogue) };
    let times = 200;
    let watch = Clock::stopwatch();
    let mut definition = compile().map_err(|found| wrong(&found))?;
    for _ in 1..times {
        definition = compile().map_err(|found| wrong(&found))?;
    }
    let compiling = watch.elapsed();
    let events = events();
    let (watch, mut rounds) = (Clock::stopwatch(), 0);
    while watch.elapsed() < Duration::from_secs(1) {
        for _ in 0..1_000 {
            let folded = workflow::fold(&definition, std::hint::black_box(&events));
            std::hint::black_box(folded).map_err(|refusal| CliError::Said(refusal.to_string()))?;
        }
        rounds += 1_000;
    }
    Ok((per(rounds * events.len(), watch.elapsed().as_secs_f64()), round(compiling.as_secs_f64() * 1_000.0 / count(times))))
}

/// The events of one case.
fn events() -> Vec<Event> {
    let event = |by: &str, roles: &[&str], kind| Event {
        id: "command:0123456789abcdef0123456789abcdef".to_owned(),
        at: Timestamp::UNIX_EPOCH,
        by: by.to_owned(),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        kind,
    };
    let sent = |step| {
        let (wait, outcome) = (Wait::at(step), "sent".to_owned());
        event(WORKER, &[], EventKind::Reported { wait, outcome, lists: BTreeMap::new() })
    };
    let lists = BTreeMap::from([("case.systems".to_owned(), ["shop", "helpdesk", "accounting"].map(str::to_owned).to_vec())]);
    let form = EventKind::Submitted { wait: Wait::at("records"), outcome: "submitted".to_owned() };
    vec![
        event("operator", &[], EventKind::Opened { lists }),
        sent("receipt"),
        sent("look"),
        event("staff/kari", &["case-handler"], form),
        sent("prepare"),
        sent("tell"),
    ]
}

/// Processor time of this process so far; Linux only.
pub(super) fn cpu_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // After the name in brackets: field 3 and on; 14 and 15 are hundredths of a second in user and kernel mode.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

pub(super) fn per(things: usize, seconds: f64) -> f64 {
    round(count(things) / seconds)
}

pub(super) fn count(things: usize) -> f64 {
    u32::try_from(things).map_or(f64::INFINITY, f64::from)
}

pub(super) fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
