//! Why an event is not accepted. An ordinary answer, shown to who sent it: nothing has changed.

use super::event::Wait;

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
    #[error("`{0}` is not possible now: the case has gone too far, or not far enough")]
    SignalOutOfWindow(String),
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
    /// The step cannot be done by hand.
    #[error("`{0}` cannot be done by hand; try it again")]
    NotByHand(Wait),
}

impl Refusal {
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
            Self::SignalOutOfWindow(_) => "signal-out-of-window",
            Self::ProofByHand { .. } => "proof-by-hand",
            Self::NotSkippable(_) => "not-skippable",
            Self::NotByHand(_) => "not-by-hand",
        }
    }
}

fn any_of(roles: &[String]) -> String {
    roles.iter().map(|role| format!("`{role}`")).collect::<Vec<_>>().join(" or ")
}
