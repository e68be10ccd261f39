//! How the house is: numbers that should be nought, and that somebody has to look at when they are not.

use serde::Serialize;

use super::look::Look;
use crate::store::{
    StoreError,
    case::{self, Phase},
    command,
    incident::{self, Trouble},
};

/// The house's numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Open cases.
    pub open: u64,
    /// Open cases that nothing will ever wake, by reference. There must be none.
    pub unwoken: Vec<String>,
    /// Cases that are set apart because the house cannot move them.
    pub quarantined: usize,
    /// Effects, such as letters, that wait for a person to decide.
    pub parked: usize,
    /// Steps in trouble.
    pub incidents: usize,
    /// Cases whose erasures wait because all erasing is stopped.
    pub held_up: usize,
    /// Effects that are due and not done.
    pub due: u64,
}

impl Look {
    /// The house's numbers now.
    pub async fn health(&self) -> Result<Health, StoreError> {
        let open = incident::open(&self.store).await?;
        let count = |wanted: fn(&Trouble) -> bool| open.iter().filter(|incident| wanted(&incident.trouble)).count();
        Ok(Health {
            open: case::count(&self.store, Phase::Open).await?,
            unwoken: case::unwoken(&self.store).await?,
            quarantined: count(|trouble| *trouble == Trouble::Quarantine),
            parked: count(|trouble| matches!(trouble, Trouble::Effect(_))),
            incidents: count(|trouble| *trouble == Trouble::Step),
            held_up: command::held_up(&self.store).await?.len(),
            due: command::count_due(&self.store, self.clock.now()).await?,
        })
    }
}

impl Health {
    /// What somebody should look at, in words.
    pub fn worries(&self) -> Vec<String> {
        let worry = |number: usize, words: &str| (number > 0).then(|| format!("{number} {words}"));
        [
            worry(self.unwoken.len(), "open cases that nothing will wake"),
            worry(self.quarantined, "cases set apart"),
            worry(self.parked, "effects that wait for a decision"),
            worry(self.incidents, "steps in trouble"),
            worry(self.held_up, "cases whose erasures wait for two people"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
