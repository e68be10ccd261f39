//! `habeas check`: is the organisation's folder right, do its workflows load, does the data map fit the live systems?

use std::path::{Path, PathBuf};

use clap::Args;

use super::{CliError, say};
use crate::{
    action::workflows::Workflows,
    config::Config,
    connector::Connectors,
    house::HouseError,
    organisation::{Organisation, Source},
};

/// Check an organisation's folder, its workflows and, with --live, its connected systems
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The folder; the configured organisation if left out
    folder: Option<PathBuf>,
    /// Compare the data map with the connected systems
    #[arg(long)]
    live: bool,
}

pub(super) async fn run(house: Option<&Path>, args: &CheckArgs) -> Result<(), CliError> {
    let (config, _) = Config::read(house)?;
    let source = args.folder.clone().map_or_else(|| config.source(), Source::Disk);
    let organisation = Organisation::read(&source).map_err(HouseError::from)?;
    for warning in organisation.warnings() {
        say(&warning.to_string());
    }
    let workflows = organisation.workflows();
    Workflows::compile(workflows).map_err(|problems| {
        let words = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        CliError::House(HouseError::Workflows(words))
    })?;
    if args.live {
        live(&organisation, &config.house).await?;
    }
    let (systems, rules) = (organisation.systems().len(), organisation.rules().rules.len());
    say(&format!("{} is well: {systems} systems, {rules} retention rules, {} workflows", organisation.about().name, workflows.len()));
    Ok(())
}

async fn live(organisation: &Organisation, folder: &Path) -> Result<(), CliError> {
    let mut wrong = 0;
    for (system, answer) in Connectors::open(organisation.systems(), folder).check(organisation.systems()).await {
        match answer {
            Ok(problems) => {
                wrong += problems.iter().filter(|problem| problem.is_error()).count();
                for problem in problems {
                    let place = organisation.place_of(&system, problem.collection()).map(|place| format!("{place}: ")).unwrap_or_default();
                    say(&format!("{place}{system}: {problem}"));
                }
            }
            Err(error) => {
                wrong += 1;
                say(&error.to_string());
            }
        }
    }
    if wrong == 0 { Ok(()) } else { Err(CliError::Said(format!("{wrong} differences between the data map and the live systems"))) }
}
