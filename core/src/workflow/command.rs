//! What a transition asks for, as values. Who gets them writes rows; nothing happens inside the engine.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    catalogue::{Effect, Idempotency},
    definition::{Ending, Retry},
    event::{Timer, Wait},
    period::Period,
};

/// One thing to do, in the order given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Perform an action or make a decision, and report its outcome for this wait.
    Perform {
        /// What to report for.
        wait: Wait,
        /// What to do.
        work: Work,
        /// What that does to the world.
        effect: Effect,
        /// What doing it twice does.
        idempotency: Idempotency,
    },
    /// A performance is no longer wanted: it must not begin, and its report will be refused.
    Cancel {
        /// Which.
        wait: Wait,
    },
    /// Give people a task.
    OpenTask {
        /// What to submit for.
        wait: Wait,
        /// Who may: roles, or `subject`.
        roles: Vec<String>,
        /// The form.
        form: String,
        /// When it should be done.
        due_at: Timestamp,
        /// Steps whose results are shown beside the form.
        shows: Vec<String>,
        /// People who may not, because they did what is checked here.
        not_by: Vec<String>,
    },
    /// More people may do a task.
    WidenTask {
        /// Which.
        wait: Wait,
        /// The role that joins.
        role: String,
    },
    /// A task is done or no longer wanted.
    CloseTask {
        /// Which.
        wait: Wait,
    },
    /// Send the event `Elapsed` at that moment.
    SetTimer {
        /// Which; it replaces one of the same kind and place.
        timer: Timer,
        /// When.
        at: Timestamp,
    },
    /// All timers of a task.
    ClearTimers {
        /// The task.
        wait: Wait,
    },
    /// A person must look: the step waits for `Resolved`.
    RaiseIncident {
        /// The step.
        wait: Wait,
        /// Why.
        cause: Cause,
    },
    /// The incident is over.
    CloseIncident {
        /// The step.
        wait: Wait,
    },
    /// The statutory clock begins (again): compute the marks, set `Deadline` and the alarms of the definition.
    StartClock {
        /// The moment of receipt.
        at: Timestamp,
    },
    /// The statutory clock stands still from here: compute the marks again.
    StopClock {
        /// The step that the subject owes us.
        wait: Wait,
        /// The legal basis.
        basis: String,
        /// From when.
        at: Timestamp,
    },
    /// It runs again: compute the marks again.
    ResumeClock {
        /// The step that ended.
        wait: Wait,
        /// From when.
        at: Timestamp,
    },
    /// The statutory clock has other marks than before: compute them again.
    ResetClock {
        /// From when.
        at: Timestamp,
    },
    /// Somebody is told about the statutory clock.
    Alarm {
        /// Its number in the definition, from 0.
        number: u16,
        /// Roles.
        tell: Vec<String>,
        /// Whether it is shown among the incidents.
        raise: bool,
    },
    /// The legal deadline was missed: the log says so.
    Record {
        /// The fact, as the definition calls it.
        fact: String,
    },
    /// The case is closed: what is left of its clock's timers goes.
    Close {
        /// How.
        ending: Ending,
        /// How long its file is kept from now.
        keep: Option<Period>,
    },
    /// A closed case is open again.
    Reopen,
}

/// What the house does by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// `do:`
    Act {
        /// The action.
        action: String,
        /// Its settings.
        with: BTreeMap<String, String>,
        /// How often it is tried.
        retry: Retry,
    },
    /// `decide:`
    Decide {
        /// The decision.
        decision: String,
        /// What it is made over.
        over: Option<String>,
        /// How often it is tried.
        retry: Retry,
    },
}

impl Work {
    /// How often it is tried.
    pub const fn retry(&self) -> Retry {
        match self {
            Self::Act { retry, .. } | Self::Decide { retry, .. } => *retry,
        }
    }
}

/// Why a person must look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Tried as often as allowed.
    Failed(String),
    /// These facts are not certain: what would have begun here did not.
    NeedsMissing(Vec<String>),
    /// The loop's list was never filled.
    ListMissing(String),
    /// The step went this way as often as allowed.
    LimitReached(String),
    /// The definition led from step to step without ever waiting.
    Endless,
}

impl Cause {
    /// Stable, for logs, pages and tests.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Failed(_) => "failed",
            Self::NeedsMissing(_) => "needs-missing",
            Self::ListMissing(_) => "list-missing",
            Self::LimitReached(_) => "limit-reached",
            Self::Endless => "endless",
        }
    }
}
