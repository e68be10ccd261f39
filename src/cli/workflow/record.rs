//! A case of the house, printed as a scenario.

use std::io::{self, Write as _};

use habeas_core::workflow::scenario::{read, record};

use super::{super::CliError, bench::Bench, lines};
use crate::house::House;

/// Prints a case as a scenario that passes, or says why it cannot be told as one.
pub(super) async fn print(house: &House, case: &str) -> Result<(), CliError> {
    let said = CliError::Said;
    let journal = house.look.journal(case).await?.ok_or_else(|| said(format!("there is no case `{case}`")))?;
    let journal = journal.map_err(|number| said(format!("event {number} of case `{case}` was written by another version")))?;
    let def = house.door.workflows.by_sha(&journal.definition)?;
    let title = format!("a recorded case of {}", def.name);
    let text = record::record(def, &journal.events, &title).map_err(|refusal| said(refusal.to_string()))?;
    let text = text.ok_or_else(|| said(format!("nothing has happened in case `{case}`")))?;
    let bench = Bench::of(&house.look.organisation, vec![def.clone()])?;
    let scenarios = read("recorded.yaml", &text).map_err(|problems| said(lines(&problems)))?;
    for scenario in &scenarios {
        bench.play(scenario, &text).map_err(|why| said(format!("case `{case}` cannot be told as a scenario:\n{why}")))?;
    }
    Ok(write!(io::stdout(), "{text}")?)
}
