//! `habeas workflow test`: plays scenarios in memory. Needs no house, but for `--record`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::Args;
use habeas_core::workflow::scenario::{Scenario, read};

use super::{
    super::{CliError, open, say},
    bench::{Bench, Verdict},
    junit, lines, record,
};
use crate::{config::Config, house::HouseError, organisation::Organisation};

/// Play scenarios against the workflows
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Files or folders of scenarios; the shipped ones and the organisation's own if left out
    #[arg(value_name = "FILE|DIR")]
    files: Vec<PathBuf>,
    /// Print how much of each workflow was walked, and what was not
    #[arg(long)]
    coverage: bool,
    /// Write the results as `JUnit` XML
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Only scenarios whose title or workflow contains this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Edit each workflow in every small way, and list the edits that nothing notices
    #[arg(long)]
    mutate: bool,
    /// Print a case of the house as a scenario, without personal data, and play nothing
    #[arg(long, value_name = "CASE", conflicts_with_all = ["files", "coverage", "junit", "filter", "mutate"])]
    record: Option<String>,
}

pub(super) async fn run(house: Option<&Path>, args: &TestArgs) -> Result<(), CliError> {
    if let Some(case) = &args.record {
        return record::print(&open(house).await?, case).await;
    }
    let (config, _) = Config::read(house)?;
    let organisation = Organisation::read(&config.source()).map_err(HouseError::from)?;
    let bench = Bench::open(&organisation)?;
    let files = if args.files.is_empty() { organisation.scenarios().to_vec() } else { texts(&args.files)? };
    let scenarios = scenarios(&files, args.filter.as_deref())?;
    let verdicts: Vec<Verdict> = scenarios.iter().map(|(scenario, text)| bench.play(scenario, text)).collect();
    for failure in verdicts.iter().filter_map(|verdict| verdict.as_ref().err()) {
        say(failure);
    }
    if let Some(file) = &args.junit {
        fs::write(file, junit(&scenarios, &verdicts)).map_err(|error| CliError::File(file.clone(), error))?;
    }
    if args.coverage {
        bench.print_coverage(&verdicts)?;
    }
    let unguarded = if args.mutate { bench.print_mutation(&scenarios)? } else { 0 };
    let failed = verdicts.iter().filter(|verdict| verdict.is_err()).count();
    let all = verdicts.len();
    match (failed, unguarded) {
        (0, 0) => {
            say(&format!("{all} scenarios passed"));
            Ok(())
        }
        (0, _) => Err(CliError::Said("fewer than 95 of a hundred wrong definitions were noticed".to_owned())),
        _ => Err(CliError::Said(format!("{failed} of {all} scenarios failed"))),
    }
}

fn junit(scenarios: &[(Scenario, &str)], verdicts: &[Verdict]) -> String {
    let cases = scenarios.iter().zip(verdicts).map(|((scenario, _), verdict)| junit::Case {
        file: &scenario.file,
        title: &scenario.title,
        failure: verdict.as_ref().err().map(String::as_str),
    });
    junit::xml(&cases.collect::<Vec<_>>())
}

fn scenarios<'t>(files: &'t [(String, String)], filter: Option<&str>) -> Result<Vec<(Scenario, &'t str)>, CliError> {
    let (mut scenarios, mut problems) = (Vec::new(), Vec::new());
    for (file, text) in files {
        match read(file, text) {
            Ok(found) => scenarios.extend(found.into_iter().map(|scenario| (scenario, text.as_str()))),
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(CliError::Said(lines(&problems)));
    }
    let wanted = |scenario: &Scenario| filter.is_none_or(|text| scenario.title.contains(text) || scenario.workflow.text.contains(text));
    scenarios.retain(|(scenario, _)| wanted(scenario));
    if scenarios.is_empty() {
        return Err(CliError::Said("there is no such scenario: name a file, or leave --filter out to play them all".to_owned()));
    }
    Ok(scenarios)
}

/// The files, and the YAML files of the folders.
fn texts(paths: &[PathBuf]) -> Result<Vec<(String, String)>, CliError> {
    let mut files = Vec::new();
    for path in paths {
        let failed = |error| CliError::File(path.clone(), error);
        if path.is_dir() {
            let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(failed)?;
            let mut inside: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
            inside.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
            inside.sort();
            files.extend(inside);
        } else {
            files.push(path.clone());
        }
    }
    let text = |file: PathBuf| match fs::read_to_string(&file) {
        Ok(text) => Ok((file.display().to_string(), text)),
        Err(error) => Err(CliError::File(file, error)),
    };
    files.into_iter().map(text).collect()
}
