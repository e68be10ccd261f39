//! Why an event is not accepted. An ordinary answer, shown to who sent it: nothing has changed.

use std::fmt;

use super::{event::Wait, period::Period};

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The first event must open the case.
    #[error("the case is not open yet; its first event opens it")]
    NotStarted,
    /// It must not be opened twice.
    #[error("the case is open already")]
    AlreadyStarted,
    /// The definition is not the one that the case is pinned to.
    #[error("the case runs on another version of its workflow; load that one")]
    WrongDefinition,
    /// Nothing moves a closed case but a signal that may open it.
    #[error("the case is closed")]
    CaseClosed,
    /// Late, twice, or never opened.
    #[error("`{0}` is not open: it was finished or called off, or has not begun")]
    NotOpen(Wait),
    /// The step waits for something else.
    #[error("`{0}` waits for something else than this")]
    WrongKind(Wait),
    /// The outcome does not exist.
    #[error("`{wait}` cannot end with `{outcome}`")]
    OutcomeUnknown {
        /// The step.
        wait: Wait,
        /// The outcome.
        outcome: String,
    },
    /// The sender does not hold the role.
    #[error("`{wait}` is for {}", any_of(.roles))]
    RoleMissing {
        /// The step or the event.
        wait: String,
        /// Who may.
        roles: Vec<String>,
    },
    /// The sender did what is to be checked here.
    #[error("four eyes: you did `{did}`, so somebody else must do `{step}`")]
    FourEyes {
        /// The step to be done.
        step: String,
        /// The step already done.
        did: String,
    },
    /// The timer is not set.
    #[error("no such timer is set")]
    TimerUnset,
    /// The timer is set for later.
    #[error("the timer is set for later")]
    TimerEarly,
    /// The workflow has no such event.
    #[error("this workflow has no event `{0}`")]
    SignalUnknown(String),
    /// The event came when it no longer can, or not yet.
    #[error("`{name}` is not possible now: {window}")]
    SignalOutOfWindow {
        /// The event.
        name: String,
        /// When it is.
        window: Window,
    },
    /// A case moves to another version only where it waits for a person.
    #[error("`{0}` is being worked on: move the case when it has reported")]
    Working(Wait),
    /// The newer version has no such step, or one that a case cannot wait at in the same way.
    #[error("`{0}` has no place in that version: say which task takes it over")]
    NoPlace(Wait),
    /// The newer version relies on something that is not proven in this case.
    #[error("that version takes for granted at `{wait}` what is not proven in this case: {}", .facts.join(", "))]
    Unproven {
        /// Where the case would wait.
        wait: Wait,
        /// What is missing.
        facts: Vec<String>,
    },
    /// What the house must find itself cannot be stated by hand.
    #[error("`{outcome}` of `{wait}` proves something that only the step itself can find; try it again")]
    ProofByHand {
        /// The step.
        wait: Wait,
        /// The outcome.
        outcome: String,
    },
    /// The step cannot be left out.
    #[error("`{0}` cannot be left out: later steps rely on it; try it again, or do it by hand with proof")]
    NotSkippable(Wait),
    /// The setting is not for people to change.
    #[error("the setting `{setting}` of `{wait}` cannot be changed; try it again as it is")]
    NotChangeable {
        /// The step.
        wait: Wait,
        /// The setting.
        setting: String,
    },
    /// The case cannot be sent back to its beginning.
    #[error("the case cannot be sent back: its workflow begins with nothing that could be done again")]
    NotRestartable,
    /// Something was destroyed already.
    #[error("the case cannot be sent back: something that cannot be taken back was begun; finish it, or do the step by hand with proof")]
    PastReturn,
    /// The step cannot be done by hand.
    #[error("`{0}` cannot be done by hand; try it again")]
    NotByHand(Wait),
}

/// When an any-time event may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// While the case is open.
    WhileOpen,
    /// Until a stage begins.
    Until(String),
    /// In some stages only.
    In(Vec<String>),
    /// So long after the close.
    Within(Period),
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WhileOpen => f.write_str("only while the case is open"),
            Self::Until(stage) => write!(f, "only before `{stage}` begins"),
            Self::In(stages) => write!(f, "only when the case stands at {}", any_of(stages)),
            Self::Within(period) => write!(f, "only within {period} after the case was closed"),
        }
    }
}

impl Refusal {
    /// Every code.
    pub const CODES: [&'static str; 16] = [
        "not-started",
        "already-started",
        "wrong-definition",
        "case-closed",
        "not-open",
        "wrong-kind",
        "outcome-unknown",
        "role-missing",
        "four-eyes",
        "timer-unset",
        "timer-early",
        "signal-unknown",
        "signal-out-of-window",
        "proof-by-hand",
        "not-skippable",
        "not-by-hand",
    ];

    /// Stable, for logs, pages and tests.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::AlreadyStarted => "already-started",
            Self::WrongDefinition => "wrong-definition",
            Self::CaseClosed => "case-closed",
            Self::NotOpen(_) => "not-open",
            Self::WrongKind(_) => "wrong-kind",
            Self::OutcomeUnknown { .. } => "outcome-unknown",
            Self::RoleMissing { .. } => "role-missing",
            Self::FourEyes { .. } => "four-eyes",
            Self::TimerUnset => "timer-unset",
            Self::TimerEarly => "timer-early",
            Self::SignalUnknown(_) => "signal-unknown",
            Self::SignalOutOfWindow { .. } => "signal-out-of-window",
            Self::Working(_) => "working",
            Self::NoPlace(_) => "no-place",
            Self::Unproven { .. } => "unproven",
            Self::ProofByHand { .. } => "proof-by-hand",
            Self::NotSkippable(_) => "not-skippable",
            Self::NotByHand(_) => "not-by-hand",
            Self::NotChangeable { .. } => "not-changeable",
            Self::NotRestartable => "not-restartable",
            Self::PastReturn => "past-return",
        }
    }
}

fn any_of(roles: &[String]) -> String {
    roles.iter().map(|role| format!("`{role}`")).collect::<Vec<_>>().join(" or ")
}
