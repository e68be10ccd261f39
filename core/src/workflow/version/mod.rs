//! Versions of a workflow: how two definitions differ, and how an open case moves from one to the other.

mod diff;
mod migrate;

pub use diff::{Changed, Diff, Standing, StepChange, diff};
pub use migrate::{Certain, Mapping, fold, migrate};
