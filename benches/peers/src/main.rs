//! The flow that `habeas bench workflow` measures, on other engines: two steps of the house, a person, two steps of the house.
//! `peers duroxide CASES` runs on SQLite in a temporary folder, `peers dbos CASES URL` on PostgreSQL. Prints JSON.

use std::{
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};

use dbos::{Config, DBOS};
use duroxide::{
    ActivityContext, Client, OrchestrationContext, OrchestrationRegistry,
    providers::sqlite::SqliteProvider,
    runtime::{OrchestrationStatus, Runtime, registry::ActivityRegistry},
};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::json;

type Failed = Box<dyn Error + Send + Sync>;

/// How many cases are under way at the same time: with more neither engine got faster.
const AT_ONCE: usize = 32;
/// Far beyond what a case takes.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["duroxide", cases] => on_duroxide(cases.parse()?).await,
        ["dbos", cases, url] => on_dbos(cases.parse()?, url).await,
        _ => Err("say `peers duroxide CASES` or `peers dbos CASES URL`".into()),
    }
}

async fn on_duroxide(cases: usize) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("duroxide.db").display());
    let store = Arc::new(SqliteProvider::new(&url, None).await?);
    let step = |_: ActivityContext, case: String| async move { Ok(case) };
    let activities = ActivityRegistry::builder().register("Step", step).build();
    let flow = |ctx: OrchestrationContext, case: String| async move {
        for _ in 0..2 {
            ctx.schedule_activity("Step", case.clone()).await?;
        }
        // A queue keeps what comes before somebody waits.
        ctx.dequeue_event("form").await;
        for _ in 0..2 {
            ctx.schedule_activity("Step", case.clone()).await?;
        }
        Ok(case)
    };
    let flows = OrchestrationRegistry::builder().register("Flow", flow).build();
    let runtime = Runtime::start_with_store(store.clone(), activities, flows).await;
    let client = Client::new(store);
    let case = async |number: usize| -> Result<(), Failed> {
        let id = format!("case-{number}");
        client.start_orchestration(&id, "Flow", id.as_str()).await?;
        client.enqueue_event(&id, "form", "submitted").await?;
        match client.wait_for_orchestration(&id, PATIENCE).await? {
            OrchestrationStatus::Completed { .. } => Ok(()),
            other => Err(format!("{id} ended as {other:?}").into()),
        }
    };
    let (begun, before) = (Instant::now(), cpu_ms());
    stream::iter(0..cases).map(case).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
    report("duroxide", "sqlite", cases, begun.elapsed(), before);
    runtime.shutdown(None).await;
    Ok(())
}

async fn on_dbos(cases: usize, url: &str) -> Result<(), Failed> {
    let mut config = Config::new("five-steps", url);
    config.app_version = Some("1".to_owned());
    let dbos = DBOS::new(config);
    let flow = dbos.register_workflow("flow", |case: String| async move {
        for _ in 0..2 {
            dbos::step("step", || async { Ok::<_, dbos::Error>(()) }).await?;
        }
        let form: Option<String> = dbos::recv(None, PATIENCE).await?;
        for _ in 0..2 {
            dbos::step("step", || async { Ok::<_, dbos::Error>(()) }).await?;
        }
        Ok::<_, dbos::Error>((case, form))
    })?;
    dbos.launch().await?;
    let case = async |number: usize| -> Result<(), Failed> {
        let handle = flow.start(format!("case-{number}")).await?;
        dbos.send(handle.workflow_id(), &"submitted").await?;
        match handle.result().await? {
            (_, Some(_)) => Ok(()),
            (case, None) => Err(format!("{case} waited in vain").into()),
        }
    };
    let (begun, before) = (Instant::now(), cpu_ms());
    stream::iter(0..cases).map(case).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
    report("dbos", "postgres", cases, begun.elapsed(), before);
    dbos.shutdown().await;
    Ok(())
}

fn report(engine: &str, store: &str, cases: usize, took: Duration, cpu_before: f64) {
    let (count, spent) = (cases as f64, cpu_ms() - cpu_before);
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    let figures = json!({
        "engine": engine,
        "store": store,
        "cases": cases,
        "cases_per_second": rounded(count / took.as_secs_f64()),
        "cpu_ms_per_case": rounded(spent / count),
    });
    println!("{figures}");
}

/// Processor time of this process so far, in milliseconds; Linux only.
fn cpu_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace().collect::<Vec<_>>()).unwrap_or_default();
    fields.iter().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
}
