//! What happens to a case: the only thing that moves it. Time, sender and roles come inside.

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::compiled::SUBJECT;

/// Where a case waits: a step and, inside a loop, the branch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Wait {
    /// The step.
    pub step: String,
    /// The item of the loop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
}

impl Wait {
    /// A step outside loops.
    pub fn at(step: &str) -> Self {
        Self { step: step.to_owned(), branch: None }
    }

    /// A step of one branch.
    pub fn in_branch(step: &str, branch: &str) -> Self {
        Self { step: step.to_owned(), branch: Some(branch.to_owned()) }
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.step)?;
        self.branch.as_ref().map_or(Ok(()), |branch| write!(f, "@{branch}"))
    }
}

/// One event. Who delivers it makes sure that one `id` is delivered once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unique.
    pub id: String,
    /// When it happened.
    pub at: Timestamp,
    /// Who: `subject`, `staff/kari`, `worker`, `clock`.
    pub by: String,
    /// The roles they held at that moment.
    #[serde(default)]
    pub roles: Vec<String>,
    /// What.
    pub kind: EventKind,
}

/// The house itself, reporting what it did.
pub const WORKER: &str = "worker";
/// The house's timers.
pub const CLOCK: &str = "clock";

impl Event {
    /// Whether the sender may act in a role.
    pub(super) fn plays(&self, role: &str) -> bool {
        if role == SUBJECT { self.is_subject() } else { self.roles.iter().any(|held| held == role) }
    }

    pub(super) fn is_subject(&self) -> bool {
        self.by == SUBJECT || self.by.strip_prefix(SUBJECT).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A case was opened.
    Opened {
        /// Lists known from the first moment, such as `case.systems`.
        #[serde(default)]
        lists: BTreeMap<String, Vec<String>>,
    },
    /// A person handed in the form of a task.
    Submitted {
        /// The task.
        wait: Wait,
        /// Which of the form's outcomes.
        outcome: String,
    },
    /// An action or a decision came to its end.
    Reported {
        /// The step.
        wait: Wait,
        /// Which of its outcomes.
        outcome: String,
        /// Lists it found, such as `plan.systems`; each replaces what was known under its name.
        #[serde(default)]
        lists: BTreeMap<String, Vec<String>>,
    },
    /// An action was tried as often as allowed, or it is not known whether it took place.
    Failed {
        /// The step.
        wait: Wait,
        /// What went wrong, without personal data.
        cause: String,
    },
    /// Somebody dealt with an incident.
    Resolved {
        /// The step.
        wait: Wait,
        /// How.
        how: Resolution,
    },
    /// A timer of the case ran out.
    Elapsed {
        /// Which.
        timer: Timer,
    },
    /// The case goes on with another version of its workflow.
    Migrated {
        /// Hash of the definition that it was pinned to.
        from: String,
        /// Hash of the definition that it is pinned to from here on.
        to: String,
        /// Steps of the older definition whose place another step takes.
        steps: BTreeMap<String, String>,
    },
    /// An any-time event of the definition was sent.
    Signalled {
        /// Its name, such as `withdraw`.
        name: String,
    },
}

/// How an incident ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolution {
    /// The step begins again.
    Retry,
    /// The step begins again with other settings, as far as the catalogue lets people change them.
    RetryWith {
        /// In place of the definition's.
        with: BTreeMap<String, String>,
    },
    /// It was done outside the house, with proof; this is how it ended.
    ByHand {
        /// One of the step's outcomes.
        outcome: String,
    },
    /// It is left out.
    Skip {
        /// Why; a reference where the words are kept elsewhere.
        reason: String,
    },
    /// The case goes back to its beginning, as an any-time event sends it: everything that must be proven anew is.
    Restart,
}

/// A timer of a case; one of each kind and place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timer {
    /// A task is overdue.
    Due(Wait),
    /// A task is given to more people: the how-manieth of its escalations, from 0.
    Escalate(Wait, u16),
    /// An alarm of the statutory clock: its number in the definition, from 0.
    Alarm(u16),
    /// The legal deadline has passed.
    Deadline,
}

impl Timer {
    /// What kind it is, for a column: `due`, `escalate-0`, `alarm-2`, `deadline`.
    pub fn kind(&self) -> String {
        match self {
            Self::Due(_) => "due".to_owned(),
            Self::Escalate(_, number) => format!("escalate-{number}"),
            Self::Alarm(number) => format!("alarm-{number}"),
            Self::Deadline => "deadline".to_owned(),
        }
    }

    /// The task it belongs to; none: it belongs to the case.
    pub const fn wait(&self) -> Option<&Wait> {
        match self {
            Self::Due(wait) | Self::Escalate(wait, _) => Some(wait),
            Self::Alarm(_) | Self::Deadline => None,
        }
    }

    /// Back from [`Timer::kind`] and [`Timer::wait`].
    pub fn from_parts(kind: &str, wait: Option<Wait>) -> Option<Self> {
        match (kind.split_once('-'), wait) {
            (None, Some(wait)) if kind == "due" => Some(Self::Due(wait)),
            (None, None) if kind == "deadline" => Some(Self::Deadline),
            (Some(("escalate", number)), Some(wait)) => Some(Self::Escalate(wait, number.parse().ok()?)),
            (Some(("alarm", number)), None) => Some(Self::Alarm(number.parse().ok()?)),
            _ => None,
        }
    }
}
