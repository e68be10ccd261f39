//! Somebody fetches a person's package. The first time the person is told, in case it was not she.

use super::{
    actor::{Actor, Denied},
    door::{About, Action, Inside},
    fact::{Fact, Outcome},
    letter,
    refusal::Refusal,
};
use crate::store::{case, package, sealed, sealed::Words};
use habeas_core::law::personal::Personal;

/// Whose.
#[derive(Debug, Clone)]
pub struct FetchPackage {
    /// The case's reference.
    pub case: String,
}

impl Action for FetchPackage {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.asks()
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::get(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        if !inside.by.gets(&case) {
            return Err(Refusal::NotFound("case"));
        }
        if package::fetch(inside.tx, &case.id, inside.now).await? {
            let to = Personal::new(sealed::applicant(inside.keys, &case)?.answered().to_owned());
            let words = Words::Fetched { at: inside.now, case: case.id.clone() };
            letter::queue(inside, Some(&case.id), "package-fetched", case.lang, &to, words).await?;
        }
        Ok(Outcome::new((), Fact::of_case("package-fetched", &case.id)))
    }
}
