//! `habeas map diff`: what a live system has that its data map does not know, and the other way round.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::{
    super::{CliError, print, say},
    organisation,
};
use crate::{
    connector::{Connectors, SchemaProblem},
    house::House,
    organisation::Organisation,
};

/// Compare the data map with the live systems. Exit code 0: no difference but those left on purpose at the desk; 4: some
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
    let (mut found, mut seen, mut failed) = (Vec::new(), 0, None);
    let left = House::left_on_purpose(&config).await?;
    let mut checked = Connectors::open(systems, &config.house).check(systems).await;
    checked.retain(|system, _| args.system.as_ref().is_none_or(|named| named == system));
    for (system, answer) in checked {
        match answer {
            Ok(mut problems) => {
                let all = problems.len();
                problems.retain(|problem| !left.get(&system).is_some_and(|left| left.contains(&problem.print())));
                seen += all - problems.len();
                found.extend(problems.into_iter().map(|problem| difference(&organisation, &system, problem)));
            }
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
    if seen > 0 {
        say(&format!("{seen} left as they are by somebody at the desk"));
    }
    match failed {
        Some(error) => Err(error.into()),
        None if found.is_empty() => {
            say("no difference");
            Ok(())
        }
        None => Err(CliError::Differs(found.len())),
    }
}

fn difference(organisation: &Organisation, system: &str, problem: SchemaProblem) -> Difference {
    Difference {
        place: organisation.place_of(system, problem.collection()),
        wrong: problem.is_error(),
        words: problem.to_string(),
        system: system.to_owned(),
        problem,
    }
}
