//! Moves the clock of a demo house. It is no fact of any case, so it goes around the log; a real house has no clock to move.

use jiff::SignedDuration;

use super::{door::Door, refusal::Refusal};
use crate::clock::ClockError;

impl Door {
    /// Moves time forward; what has fallen due is done by whoever works next.
    pub fn advance_clock(&self, by: SignedDuration) -> Result<(), Refusal> {
        self.clock.advance(by).map_err(|error| match error {
            ClockError::Real => Refusal::Denied,
            ClockError::Backwards => Refusal::invalid("date", "date-invalid"),
            ClockError::Store(_) => Refusal::Broken(error.to_string()),
        })
    }
}
