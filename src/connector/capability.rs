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

/// Every operation there is.
pub(super) const OPERATIONS: [Operation; 8] = [
    Operation::Find,
    Operation::Read,
    Operation::Correct,
    Operation::Restrict,
    Operation::Lift,
    Operation::Clear,
    Operation::Erase,
    Operation::Verify,
];

impl Capabilities {
    /// Those that a test lets through.
    pub(super) fn of(can: impl Fn(Operation) -> bool, idempotency: Idempotency) -> Self {
        Self { operations: OPERATIONS.into_iter().filter(|operation| can(*operation)).collect(), idempotency }
    }

    /// Whether something can be done.
    pub fn can(&self, operation: Operation) -> bool {
        self.operations.contains(&operation)
    }
}
