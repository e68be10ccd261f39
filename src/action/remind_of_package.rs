//! Reminds a person of her copy, a week before it goes: once, and only if nobody has fetched it.

use habeas_core::law::personal::Personal;
use jiff::SignedDuration;

use super::{
    actor::{Actor, Denied},
    door::{About, Action, Inside},
    fact::{Fact, Outcome},
    letter,
    refusal::Refusal,
};
use crate::store::{case, package, sealed, sealed::Words};

/// How long before a copy goes its person is reminded.
pub const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Of whose copy.
#[derive(Debug, Clone)]
pub struct RemindOfPackage {
    /// The case's reference.
    pub case: String,
}

impl Action for RemindOfPackage {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Timer { Ok(()) } else { Err(Denied) }
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::get(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        let Some(until) = package::remind(inside.tx, &case.id, inside.now).await? else {
            let message = "it was fetched meanwhile, or its person has been reminded".to_owned();
            return Err(Refusal::Conflict { code: "not-to-be-reminded".to_owned(), message });
        };
        let to = Personal::new(sealed::applicant(inside.keys, &case)?.answered().to_owned());
        let words = Words::Waits { until, case: case.id.clone() };
        letter::queue(inside, Some(&case.id), "package-reminder", case.lang, &to, words).await?;
        Ok(Outcome::new((), Fact::of_case("package-reminded", &case.id)))
    }
}
