//! `habeas workflow diff`: what differs between two versions of a definition, and which open cases notice.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
    path::Path,
};

use clap::Args;
use habeas_core::workflow::{
    Compiled,
    version::{Diff, Standing, StepChange, diff},
};
use serde::Serialize;

use super::{
    super::{CliError, open, print_one},
    compiled,
};
use crate::house::House;

/// Compare two versions of a workflow
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// A file, a workflow of the organisation by name, or one that cases of the house run on: NAME@VERSION or the beginning of its hash
    #[arg(value_name = "OLD")]
    older: String,
    /// The same
    #[arg(value_name = "NEW")]
    newer: String,
    /// Count the house's open cases that wait in OLD, by step
    #[arg(long)]
    cases: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What is told.
#[derive(Debug, Serialize)]
struct Compared {
    older: String,
    newer: String,
    #[serde(flatten)]
    diff: Diff,
    /// Where open cases wait, if they were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting: Option<Vec<Waiting>>,
}

/// Open cases that wait at one step of the older version.
#[derive(Debug, Serialize)]
struct Waiting {
    step: String,
    cases: u64,
    standing: Standing,
}

pub(super) async fn run(house: Option<&Path>, args: &DiffArgs) -> Result<(), CliError> {
    let opened = if args.cases || stored(&args.older) || stored(&args.newer) { Some(open(house).await?) } else { None };
    let find = |named: &str| match &opened {
        Some(opened) if stored(named) => of_house(opened, named),
        _ => compiled(house, named),
    };
    let (older, newer) = (find(&args.older)?, find(&args.newer)?);
    let diff = diff(&older, &newer);
    let waiting = match opened.filter(|_| args.cases) {
        Some(opened) => Some(waiting(&opened, &older, &diff).await?),
        None => None,
    };
    let name = |def: &Compiled| format!("{}@{} ({})", def.name, def.version, def.sha256.get(..12).unwrap_or_default());
    let compared = Compared { older: name(&older), newer: name(&newer), diff, waiting };
    if args.json { print_one(&compared) } else { Ok(io::stdout().lock().write_all(compared.words().as_bytes())?) }
}

/// Whether a definition of the house is meant, and no file or name.
fn stored(named: &str) -> bool {
    named.contains('@') || (named.len() >= 8 && named.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn of_house(house: &House, named: &str) -> Result<Compiled, CliError> {
    let known = || house.door.workflows().all();
    let fits = |def: &&Compiled| format!("{}@{}", def.name, def.version) == named || def.sha256.starts_with(named);
    known().find(fits).cloned().ok_or_else(|| {
        let all: Vec<String> = known().map(|def| format!("{}@{}", def.name, def.version)).collect();
        CliError::Said(format!("the house knows no definition `{named}`; it knows {}", all.join(", ")))
    })
}

async fn waiting(house: &House, older: &Compiled, diff: &Diff) -> Result<Vec<Waiting>, CliError> {
    let mut steps: BTreeMap<String, u64> = BTreeMap::new();
    for case in house.look.open_on(&older.sha256).await? {
        for step in case.waits {
            *steps.entry(step).or_default() += 1;
        }
    }
    Ok(steps.into_iter().map(|(step, cases)| Waiting { standing: diff.standing(&step), step, cases }).collect())
}

impl Compared {
    fn words(&self) -> String {
        let Self { older, newer, diff, waiting } = self;
        let mut lines = vec![format!("{older} -> {newer}")];
        if diff.is_empty() {
            lines.push("  nothing differs".to_owned());
        }
        let mut all = |sign: &str, what: &str, names: &[String]| lines.extend(names.iter().map(|name| format!("{sign} {what} {name}")));
        all("+", "stage", &diff.stages_added);
        all("-", "stage", &diff.stages_removed);
        all("~", "stage", &diff.stages_changed);
        all("+", "step", &diff.added);
        all("-", "step", &diff.removed);
        all("~", "event", &diff.events_changed);
        lines.extend(diff.changed.iter().map(changed));
        if diff.clock_changed {
            lines.push("~ the statutory clock".to_owned());
        }
        for Waiting { step, cases, standing } in waiting.iter().flatten() {
            let what = match standing {
                Standing::Same => "the same",
                Standing::Changed => "changed",
                Standing::Gone => "gone: say which step takes its place",
            };
            lines.push(format!("  {cases} open cases wait at {step}: {what}"));
        }
        if waiting.as_ref().is_some_and(Vec::is_empty) {
            lines.push("  no open case waits in the older one".to_owned());
        }
        lines.join("\n") + "\n"
    }
}

fn changed(change: &StepChange) -> String {
    let what: Vec<String> = change.what.iter().map(ToString::to_string).collect();
    format!("~ step {}: {}", change.step, what.join(", "))
}
