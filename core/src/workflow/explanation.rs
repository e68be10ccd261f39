//! Why a case moved as it did: names only, so that letter, desk and audit render the same record in their own words.

use serde::{Deserialize, Serialize};

use super::event::Wait;

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Explanation {
    /// A step ended, and this is where the definition leads from there.
    Routed {
        /// The step.
        wait: Wait,
        /// How it ended.
        outcome: String,
        /// A step, a stage, or `end` for the end of a branch.
        to: String,
    },
    /// A fact is proven now.
    Proven {
        /// The fact.
        fact: String,
        /// The step that proved it.
        by: String,
    },
    /// A fact is no longer proven.
    Undone {
        /// The fact.
        fact: String,
        /// The step or event that undid it.
        by: String,
    },
    /// A loop is over.
    Joined {
        /// The loop.
        step: String,
        /// How many branches it had; none is worth saying.
        branches: u32,
    },
    /// A branch led out of its loop, and the others were called off.
    LeftLoop {
        /// The loop.
        step: String,
        /// The branch that led out.
        branch: String,
        /// How its step ended.
        outcome: String,
    },
    /// A step took a way as often as allowed.
    LimitReached {
        /// The step.
        wait: Wait,
        /// The way.
        to: String,
    },
    /// A task was not done in time.
    Overdue {
        /// The task.
        wait: Wait,
    },
    /// An any-time event moved the case.
    Signalled {
        /// The event.
        name: String,
        /// The stage it led to.
        to: String,
    },
    /// The case goes on with another version of its workflow.
    Migrated {
        /// Version before.
        from: u32,
        /// Version from here on.
        to: u32,
    },
    /// A step was left out by a person.
    Skipped {
        /// The step.
        wait: Wait,
        /// Why.
        reason: String,
    },
    /// A person sent the case back to a stage because of an incident.
    SentBack {
        /// Where the incident was.
        wait: Wait,
        /// The stage.
        to: String,
    },
    /// A step was done outside the house.
    ByHand {
        /// The step.
        wait: Wait,
        /// How it ended.
        outcome: String,
    },
}
