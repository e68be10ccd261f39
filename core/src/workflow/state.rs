//! Where a case stands: a small value that is saved as JSON and equals the fold of its events.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    command::Cause,
    compiled::Node,
    definition::Ending,
    event::{Timer, Wait},
};

/// The state of one case. What few events change is shared between a state and the next, and copied when it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The definition it is pinned to.
    pub sha256: Arc<str>,
    /// Where it is.
    pub stage: String,
    /// Everything it waits for. Empty if and only if it is closed.
    pub open: Vec<Open>,
    /// What is proven.
    pub facts: Arc<BTreeSet<String>>,
    /// Lists that loops run over.
    pub lists: Arc<BTreeMap<String, Vec<String>>>,
    /// Who did which step: four eyes remember.
    pub did: Arc<BTreeMap<String, BTreeSet<String>>>,
    /// How steps outside loops ended last.
    pub outcomes: BTreeMap<Arc<str>, Arc<str>>,
    /// How often a step took a limited way in a row, however often the case was sent back meanwhile: `step>target`, in a branch `step@branch>target`.
    pub taken: BTreeMap<String, u32>,
    /// Stages entered since the case was opened (again).
    pub entered: Arc<BTreeSet<String>>,
    /// Whether a step that cannot be taken back was begun since then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub past_return: bool,
    /// When the statutory clock stood still.
    pub pauses: Vec<Pause>,
    /// How it ended.
    pub closed: Option<Closed>,
}

/// One thing the case waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Where.
    pub wait: Wait,
    /// Since when.
    pub since: Timestamp,
    /// For what.
    pub for_what: Waiting,
}

/// For what a step waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Waiting {
    /// A person.
    Task {
        /// Timers that have not run out.
        timers: Vec<(Timer, Timestamp)>,
        /// Roles that joined.
        joined: Vec<String>,
    },
    /// The house's own report.
    Work,
    /// A person who deals with an incident.
    Incident(Cause),
}

/// A stop of the statutory clock, with its legal basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The step that the subject owed us.
    pub wait: Wait,
    /// The legal basis.
    pub basis: String,
    /// From when.
    pub from: Timestamp,
    /// Until when; none: it stands still now.
    pub to: Option<Timestamp>,
}

/// The end of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// How.
    pub ending: Ending,
    /// When.
    pub at: Timestamp,
}

impl State {
    /// Before anything has happened.
    pub fn new(sha256: &str, lists: BTreeMap<String, Vec<String>>) -> Self {
        Self {
            sha256: sha256.into(),
            stage: String::new(),
            open: Vec::new(),
            facts: Arc::default(),
            lists: Arc::new(lists),
            did: Arc::default(),
            outcomes: BTreeMap::new(),
            taken: BTreeMap::new(),
            entered: Arc::default(),
            past_return: false,
            pauses: Vec::new(),
            closed: None,
        }
    }

    /// What waits at a step.
    pub fn waiting(&self, wait: &Wait) -> Option<&Open> {
        self.open.iter().find(|open| open.wait == *wait)
    }

    /// Facts that a step needs and that are not certain.
    pub(super) fn missing(&self, node: &Node) -> Vec<String> {
        node.needs.iter().filter(|fact| !self.facts.contains(*fact)).cloned().collect()
    }

    /// Whether the statutory clock stands still now.
    pub fn is_paused(&self) -> bool {
        self.pauses.iter().any(|pause| pause.to.is_none())
    }
}
