//! Takes the two further months: once, and only within the first (Art. 12(3)).

use super::{Effect, done};
use crate::action::{
    fact::Fact,
    refusal::Refusal,
    report_effect::{Performed, Report},
};

impl Effect<'_> {
    /// A stop of the clock does not help: the notice is due within one month of receipt whatever we wait for.
    pub(super) fn extend(&self) -> Result<Performed, Refusal> {
        let door = &self.worker.door;
        let outcome = if door.is_extended(&self.case)? {
            "already"
        } else if door.clock.today(&door.organisation.zone()) > self.case.strict_due_on {
            "too-late"
        } else {
            "extended"
        };
        done(Report::outcome(outcome).fact(Fact::of_case("clock-extended", &self.case.id).with("outcome", outcome)))
    }
}
