//! What a connected system lets us do, so that what it does not is given to a person and not tried.

use std::collections::BTreeSet;

pub use habeas_core::law::connection::http::{Idempotency, Operation};

/// What can be done with one collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// Everything it can.
    pub operations: BTreeSet<Operation>,
    /// What happens when an act comes twice.
    pub idempotency: Idempotency,
}

impl Capabilities {
    /// Those that a test lets through.
    pub(super) fn of(can: impl Fn(Operation) -> bool, idempotency: Idempotency) -> Self {
        Self { operations: Operation::ALL.into_iter().filter(|operation| can(*operation)).collect(), idempotency }
    }

    /// Whether something can be done.
    pub fn can(&self, operation: Operation) -> bool {
        self.operations.contains(&operation)
    }
}
