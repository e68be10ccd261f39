//! Places a legal hold: from the moment this is answered nothing it covers is erased, whatever was approved before. An erasure that
//! had its last look at the holds before this one was there is waited for.

use std::{collections::BTreeSet, time::Duration};

use habeas_core::law::hold::{Basis, Hold, Proposed, Scope, Wrong};
use jiff::{SignedDuration, civil::Date};

use super::{
    actor::{Actor, Denied, Role},
    door::{Action, Door, Inside},
    fact::{Fact, Outcome},
    refusal::{Problem, Refusal},
};
use crate::store::{
    case,
    erasing::{self, Erasing},
    hold::{self, StoredHold},
};

/// Who may place one.
pub(super) const MAY: [Role; 3] = [Role::CaseHandler, Role::PrivacyLead, Role::Dpo];

/// A hold to place.
#[derive(Debug, Clone)]
pub struct PlaceHold {
    /// Whose data: the reference of one of the person's cases. `None` covers everybody in the named collections.
    pub case: Option<String>,
    /// What is covered beside that. Whose it is comes from the case.
    pub scope: Scope,
    /// Why (Art. 17(3)).
    pub basis: Basis,
    /// Matter reference.
    pub matter: String,
    /// Looked at again at the latest on this day.
    pub review_on: Date,
}

/// A hold in force.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Its id.
    pub id: String,
    /// Systems in which an erasure that began before it did not end while it was waited for: it may have removed something, and may still.
    /// Everywhere else nothing that the hold covers is erased any more.
    pub running: Vec<String>,
    hold: Hold,
    case: Option<String>,
}

/// How long an erasure that began before is waited for.
const PATIENCE: SignedDuration = SignedDuration::from_secs(30);
/// How often it is looked whether it is over.
const LOOK: Duration = Duration::from_millis(20);

impl Action for PlaceHold {
    type Done = Placed;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.needs(&MAY)
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Placed>, Refusal> {
        let Self { case, scope, basis, matter, review_on } = self;
        let proposed = Proposed { case, scope, basis, matter, review_on };
        let wrong = proposed.check(inside.today, inside.organisation.systems());
        if !wrong.is_empty() {
            return Err(Refusal::Invalid(wrong.into_iter().map(problem).collect()));
        }
        let subject = match &proposed.case {
            Some(reference) => Some(case::get(inside.tx, reference).await?.ok_or(Refusal::NotFound("case"))?.person().to_owned()),
            None => None,
        };
        let (placed, fact) = place(inside, proposed, subject).await?;
        Ok(Outcome::new(placed, fact))
    }

    async fn afterwards(door: &Door, mut placed: Placed) -> Result<(Placed, Option<Fact>), Refusal> {
        let fact = wait_for(door, std::slice::from_mut(&mut placed)).await?;
        Ok((placed, fact))
    }
}

/// Waits for the erasures that had their last look before these holds were there, and writes into each hold what is still running.
pub(super) async fn wait_for(door: &Door, placed: &mut [Placed]) -> Result<Option<Fact>, Refusal> {
    let begun = door.clock.now();
    let covers = |placed: &Placed, system: &str| door.organisation.system(system).is_none_or(|system| placed.hold.scope.reaches(system));
    let mut open = erasing::open(&door.store, begun).await?;
    open.retain(|erasing| placed.iter().any(|placed| covers(placed, &erasing.system)));
    if open.is_empty() {
        return Ok(None);
    }
    let before = systems(&open);
    // Whoever comes later sees the holds.
    let ids: BTreeSet<String> = open.iter().map(|erasing| erasing.id.clone()).collect();
    while !open.is_empty() && door.clock.now().duration_since(begun) < PATIENCE {
        tokio::time::sleep(LOOK).await;
        open = erasing::open(&door.store, door.clock.now()).await?;
        open.retain(|erasing| ids.contains(&erasing.id));
    }
    let running = systems(&open);
    for placed in placed.iter_mut() {
        placed.running = running.iter().filter(|system| covers(placed, system)).cloned().collect();
    }
    let words = |words: Vec<&String>| words.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let holds = words(placed.iter().map(|placed| &placed.id).collect());
    let ended = words(before.difference(&running).collect());
    let mut fact = Fact::of_house("hold-awaited").with("hold", holds).with("ended", ended).with("running", words(running.iter().collect()));
    if let [only] = placed {
        fact.case.clone_from(&only.case);
    }
    Ok(Some(fact))
}

fn systems(open: &[Erasing]) -> BTreeSet<String> {
    open.iter().map(|erasing| erasing.system.clone()).collect()
}

/// Places a hold that nothing stands against, on a person or on everybody, with what is to be said of it.
pub(super) async fn place(inside: &Inside<'_>, proposed: Proposed, subject: Option<String>) -> Result<(Placed, Fact), Refusal> {
    let hold = Hold {
        id: format!("H-{}", inside.chance.word(6)?),
        scope: Scope { subject, case: None, ..proposed.scope },
        basis: proposed.basis,
        matter: proposed.matter.trim().to_owned(),
        owner: inside.by.name(),
        opened_on: inside.today,
        review_on: proposed.review_on,
        released_on: None,
    };
    let mut fact = Fact::of_house("hold-placed")
        .with("hold", &hold.id)
        .with("ground", hold.basis.article())
        .with("review_on", hold.review_on.to_string());
    fact.case.clone_from(&proposed.case);
    let placed = Placed { id: hold.id.clone(), running: Vec::new(), hold: hold.clone(), case: proposed.case };
    let remind_on = Some(hold.next_call(inside.today));
    hold::insert(inside.tx, &StoredHold { hold, placed_by: inside.by.name(), release_asked_by: None, remind_on }).await?;
    Ok((placed, fact))
}

fn problem(wrong: Wrong) -> Problem {
    let (field, code) = wrong.told();
    Problem::new(field, code)
}
