//! The breaker of mass erasure, from where people stand: those who answer for it are told that nothing goes any more, and two of them let
//! it go on.

use habeas_core::law::breaker;

use super::{
    actor::{Actor, Denied, Role},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    letter,
    refusal::Refusal,
};
use crate::store::{
    breaker::{self as row, Stop},
    command, person,
    sealed::Words,
};

/// How long a reason may be, in characters.
const LONGEST: usize = 600;
/// Who may let erasures go on.
const MAY: [Role; 2] = [Role::PrivacyLead, Role::Dpo];
/// Who is told that they are stopped.
const TOLD: [Role; 3] = [Role::Administrator, Role::PrivacyLead, Role::Dpo];

/// Lets erasures go on: one person asks, another agrees, each for a reason.
#[derive(Debug, Clone)]
pub struct ReleaseErasures {
    /// The stop that was looked at.
    pub stop: String,
    /// Why it is no attack and no mistake.
    pub reason: String,
}

/// What asking came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// A second person must agree.
    Asked,
    /// Erasures go on.
    Released,
}

impl Action for ReleaseErasures {
    type Done = Release;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.needs(&MAY)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Release>, Refusal> {
        let (by, why) = (inside.by.name(), self.reason.trim());
        if why.is_empty() || why.chars().count() > LONGEST {
            return Err(Refusal::invalid("reason", "reason-missing"));
        }
        let stop = row::lock(inside.tx).await?.filter(|stop| stop.id == self.stop).ok_or(Refusal::NotFound("stop"))?;
        match breaker::release(stop.asked.as_ref().map(|(first, _)| first.as_str()), &by) {
            breaker::Release::SamePerson => {
                Err(Refusal::conflict("four-eyes", "you asked for erasures to go on: somebody else has to agree"))
            }
            breaker::Release::Asked => {
                let why = inside.keys.seal(inside.chance, &row::asked_place(&stop.id), &why)?;
                row::asked(inside.tx, &stop.id, &by, why).await?;
                Ok(Outcome::new(Release::Asked, Fact::of_house("erasures-release-asked").with("stop", stop.id)))
            }
            breaker::Release::Released => {
                let waiting = command::held_up(inside.tx).await?;
                let why = inside.keys.seal(inside.chance, &row::agreed_place(&stop.id), &why)?;
                row::release(inside.tx, &stop.id, &by, why, &waiting, inside.now).await?;
                command::let_go(inside.tx, inside.now).await?;
                let fact = Fact::of_house("erasures-released").with("stop", stop.id).with("cases", waiting.len().to_string());
                Ok(Outcome::new(Release::Released, fact))
            }
        }
    }
}

/// Tells those who answer for it, once, that nothing is erased any more.
pub(super) async fn tell(inside: &Inside<'_>, stop: &Stop) -> Result<Option<Fact>, Refusal> {
    if stop.told {
        return Ok(None);
    }
    let lang = inside.organisation.about().languages.first().copied().unwrap_or_default();
    for person in person::all(inside.tx).await?.iter().filter(|person| person.disabled_at.is_none()) {
        if TOLD.iter().any(|role| person.roles.iter().any(|name| name == role.name())) {
            letter::queue(inside, None, "erasures-stopped", lang, &person.email, Words::Stopped { cases: stop.cases }).await?;
        }
    }
    row::told(inside.tx, &stop.id).await?;
    Ok(Some(Fact::of_house("erasures-stopped").with("stop", &stop.id).with("cases", stop.cases.to_string())))
}
