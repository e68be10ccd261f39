//! `habeas map diff`: what a live system has that its data map does not know, and the other way round.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::{
    super::{CliError, print, say},
    organisation,
};
use crate::connector::{Connectors, SchemaProblem};

/// Compare the data map with the live systems. Exit code 0: no difference; 4: some
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// Only this system
    system: Option<String>,
    /// Print the differences as JSON
    #[arg(long)]
    json: bool,
}

/// One difference.
#[derive(Serialize)]
struct Difference {
    system: String,
    /// Where the collection is mapped, as `file:line`.
    place: Option<String>,
    /// Whether requests would go wrong.
    wrong: bool,
    words: String,
    #[serde(flatten)]
    problem: SchemaProblem,
}

pub(super) async fn run(house: Option<&Path>, args: &DiffArgs) -> Result<(), CliError> {
    let (organisation, config) = organisation(house)?;
    let systems = organisation.systems();
    if let Some(named) = &args.system
        && organisation.system(named).is_none()
    {
        let known = systems.iter().map(|system| format!("`{}`", system.key)).collect::<Vec<_>>().join(", ");
        return Err(CliError::Usage(format!("there is no system `{named}`; there is {known}")));
    }
    let mut found = Vec::new();
    let mut failed = None;
    let mut checked = Connectors::open(systems, &config.house).check(systems).await;
    checked.retain(|system, _| args.system.as_ref().is_none_or(|named| named == system));
    for (system, answer) in checked {
        match answer {
            Ok(problems) => found.extend(problems.into_iter().map(|problem| Difference {
                place: organisation.place_of(&system, problem.collection()),
                wrong: problem.is_error(),
                words: problem.to_string(),
                system: system.clone(),
                problem,
            })),
            Err(error) => {
                say(&error.to_string());
                failed = Some(error);
            }
        }
    }
    print(&found, args.json, |difference| {
        let place = difference.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        format!("{place}{}: {}", difference.system, difference.words.escape_debug().to_string().replace("\\'", "'").replace("\\\"", "\""))
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None if found.is_empty() => {
            say("no difference");
            Ok(())
        }
        None => Err(CliError::Differs(found.len())),
    }
}
