//! What is done about drift: a look is noted, somebody asks for one, somebody leaves what was found as it is.

use std::collections::{BTreeMap, BTreeSet};

use habeas_core::law::drift::{Drift, Found, Seen, Weight};

use super::{
    actor::{Actor, Denied, Role},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    letter,
    refusal::Refusal,
};
use crate::store::{
    drift,
    person::{self, Person},
    sealed::Words,
};

/// How long a reason may be, in characters.
const LONGEST: usize = 600;
/// Who answers for every system.
const ALL_SYSTEMS: [Role; 3] = [Role::CaseHandler, Role::PrivacyLead, Role::Dpo];

/// Notes that a look at a system found something else than the one before.
#[derive(Debug, Clone)]
pub struct NoteDrift {
    /// The system.
    pub system: String,
    /// What was found.
    pub found: Found,
    /// What a machine can do there, by collection.
    pub can: BTreeMap<String, BTreeSet<String>>,
}

impl Action for NoteDrift {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Worker { Ok(()) } else { Err(Denied) }
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let before = drift::lock(inside.tx, &self.system).await?.drift;
        let mut now = before.after(self.found, self.can, inside.now);
        if now.untold().next().is_some() {
            tell_owners(inside, &self.system, &now).await?;
            now.told = now.notice().map(|problem| problem.print.clone()).collect();
        }
        drift::looked(inside.tx, &self.system, &now, inside.now).await?;
        let count = |weight| now.count(weight).to_string();
        let fact = Fact::of_house("drift-changed")
            .with("system", self.system)
            .with("reached", if now.missed.is_none() { "yes" } else { "no" })
            .with("wrong", count(Weight::Wrong))
            .with("loud", count(Weight::Loud))
            .with("worth", count(Weight::Worth));
        Ok(Outcome::new((), fact))
    }
}

/// A letter to everybody who answers for the system; where nobody does, to whoever answers for privacy.
async fn tell_owners(inside: &Inside<'_>, system: &str, drift: &Drift) -> Result<(), Refusal> {
    let lang = inside.organisation.about().languages.first().copied().unwrap_or_default();
    let problems = u64::try_from(drift.notice().count()).unwrap_or(u64::MAX);
    let mut staff = person::all(inside.tx).await?;
    staff.retain(|person| person.disabled_at.is_none());
    let has = |person: &Person, role: Role| person.roles.iter().any(|name| name == role.name());
    let owns = |person: &Person| has(person, Role::SystemOwner) && person.systems.iter().any(|own| own == system);
    let owned = staff.iter().any(owns);
    for person in staff.iter().filter(|person| if owned { owns(person) } else { has(person, Role::PrivacyLead) }) {
        let words = Words::Drift { system: system.to_owned(), problems };
        letter::queue(inside, None, "drift", lang, &person.email, words).await?;
    }
    Ok(())
}

/// Asks the worker to look at a system soon.
#[derive(Debug, Clone)]
pub struct AskLook {
    /// The system.
    pub system: String,
}

impl Action for AskLook {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        concerned(by, &self.system)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        inside.organisation.system(&self.system).ok_or(Refusal::NotFound("system"))?;
        drift::ask(inside.tx, &self.system, inside.now).await?;
        Ok(Outcome::new((), Fact::of_house("look-asked").with("system", self.system)))
    }
}

/// Leaves what was found as it is, for a reason. Only what its reader was shown.
#[derive(Debug, Clone)]
pub struct SeeDrift {
    /// The system.
    pub system: String,
    /// Prints of the problems.
    pub prints: Vec<String>,
    /// Why they may stay.
    pub reason: String,
}

impl Action for SeeDrift {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        concerned(by, &self.system)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        inside.organisation.system(&self.system).ok_or(Refusal::NotFound("system"))?;
        let reason = self.reason.trim();
        if reason.is_empty() || reason.chars().count() > LONGEST {
            return Err(Refusal::invalid("reason", "reason-missing"));
        }
        let mut drift = drift::lock(inside.tx, &self.system).await?.drift;
        let left: Vec<_> = drift.notice().map(|problem| problem.print.clone()).filter(|print| self.prints.contains(print)).collect();
        if left.is_empty() {
            return Err(Refusal::conflict("drift-gone", "what was shown is gone or was left before"));
        }
        let fact = Fact::of_house("drift-seen").with("system", &*self.system).with("problems", left.len().to_string());
        let seen = Seen { by: inside.by.name(), at: inside.now, reason: reason.to_owned() };
        drift.seen.extend(left.into_iter().map(|print| (print, seen.clone())));
        drift::put(inside.tx, &self.system, &drift).await?;
        Ok(Outcome::new((), fact))
    }
}

/// Whoever sees every case, and who answers for the system.
fn concerned(by: &Actor, system: &str) -> Result<(), Denied> {
    match by {
        Actor::Staff(staff) if staff.roles.contains(&Role::SystemOwner) && staff.systems.iter().any(|own| own == system) => Ok(()),
        _ => by.needs(&ALL_SYSTEMS),
    }
}
