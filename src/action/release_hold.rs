//! Releases a legal hold: one person asks, another agrees. What waited for it is looked at again at once.

use jiff::ToSpan as _;

use super::{
    actor::{Actor, Denied, Role},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::{deferral, hold};

/// The hold to release.
#[derive(Debug, Clone)]
pub struct ReleaseHold {
    /// Its id.
    pub id: String,
}

/// What asking came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// A second person must agree.
    Asked,
    /// The hold is over.
    Released,
}

impl Action for ReleaseHold {
    type Done = Release;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.needs(&[Role::PrivacyLead, Role::Dpo])
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Release>, Refusal> {
        let stored = hold::lock(inside.tx, &self.id).await?.ok_or(Refusal::NotFound("hold"))?;
        if stored.hold.released_on.is_some() {
            return Err(Refusal::conflict("hold-released", "this hold is released already"));
        }
        let by = inside.by.name();
        match stored.release_asked_by {
            None => {
                hold::ask_release(inside.tx, &self.id, &by).await?;
                Ok(Outcome::new(Release::Asked, Fact::of_house("hold-release-asked").with("hold", self.id)))
            }
            Some(asked) if asked == by => Err(Refusal::conflict("four-eyes", "you asked for this release: somebody else has to agree")),
            Some(_) => {
                let yesterday = inside.today.checked_sub(1.day()).unwrap_or(inside.today);
                hold::release(inside.tx, &self.id, yesterday).await?;
                deferral::wake(inside.tx, &self.id).await?;
                Ok(Outcome::new(Release::Released, Fact::of_house("hold-released").with("hold", self.id)))
            }
        }
    }
}
