//! Notes that somebody else has vouched for a visitor, or has not: by whom, how sure, and why not. Never for whom.

use habeas_core::law::tier::Tier;

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};

/// What came of a visitor's way to a provider.
#[derive(Debug, Clone)]
pub struct NoteVoucher {
    /// The organisation's name of the provider.
    pub provider: String,
    /// How sure it is, or the code of what stood against it.
    pub came_to: Result<Tier, &'static str>,
}

impl Action for NoteVoucher {
    type Done = ();

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, _: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let fact = match self.came_to {
            Ok(tier) => Fact::of_house("voucher-accepted").with("tier", tier.number().to_string()),
            Err(why) => Fact::of_house("voucher-refused").with("why", why),
        };
        Ok(Outcome::new((), fact.with("provider", self.provider)))
    }
}
