//! The last guard before something irreversible: identity, approval of exactly this plan, holds as they are now.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{
    Act, ErasureStep, Frozen, Says, SystemPlan,
    kept::{due, held_by, is_due},
    make::make_again,
};
use crate::law::{
    decide::{FieldDecision, Verdict},
    floor::Floors,
    hold::{Hold, OnRecord, Whose},
    map::{Collection, System},
    mask::Secrets,
    record::{Key, Record},
    retention::Rules,
    tier::Tier,
};
use crate::table::Truth;

/// Something every guard has let through. Only [`clear`], [`clear_deferred`] and [`clear_unread`] make one, so no irreversible call goes around them; and
/// the ledger, of what went through them before and came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleared<T>(T);

impl<T> Cleared<T> {
    /// What was cleared.
    pub const fn get(&self) -> &T {
        &self.0
    }
}

impl Cleared<SystemPlan> {
    /// What the ledger says was let through before, and what no hold keeps now.
    pub(in crate::law) const fn once_more(part: SystemPlan) -> Self {
        Self(part)
    }
}

/// What is known when the executor asks: read at that moment, not remembered from the approval.
#[derive(Debug, Clone, Copy)]
pub struct Clearance<'a> {
    /// How the person was proven in this case.
    pub tier: Option<Tier>,
    /// The hash the approver signed.
    pub approved: Option<&'a str>,
    /// Every hold there is.
    pub holds: &'a [Hold],
    /// Whose records they are.
    pub whose: Whose<'a>,
    /// Today in the controller's zone.
    pub today: Date,
    /// The data map.
    pub systems: &'a [System],
    /// The records of the plan, as far as a hold asks what they say. One that is not here cannot be evaluated, and stays.
    pub records: &'a [Record],
}

/// Why the executor must not go on. Nothing was touched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Blocked {
    /// The plan belongs to another case.
    #[error("the plan is not of this case")]
    Case,
    /// The person is not proven strongly enough.
    #[error("identity is not proven to tier {}", .0.number())]
    Identity(Tier),
    /// No approval, or one for another plan.
    #[error("the approval is not for this plan")]
    Approval,
    /// A hold covers something that the plan would erase.
    #[error("hold `{0}` covers records that the plan would erase")]
    Hold(String),
    /// The plan does not name the system.
    #[error("the plan does not name system `{0}`")]
    System(String),
    /// Nothing that was kept may go yet.
    #[error("nothing is due for erasure before {0}; try again then")]
    Early(Date),
    /// Nothing in the system is to be erased on a later day.
    #[error("the plan defers nothing in system `{0}`")]
    NothingDeferred(String),
}

/// Lets one system's part of a frozen plan through, or says why not (Art. 17(3), 5(2)).
pub fn clear(frozen: &Frozen, system: &str, with: Clearance<'_>) -> Result<Cleared<SystemPlan>, Blocked> {
    let part = admit(frozen, system, with)?;
    check_holds(system, &part.steps, goes_now, with)?;
    Ok(Cleared(part.clone()))
}

/// The connected systems as they are when a deferred erasure comes due.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The data map.
    pub systems: &'a [System],
    /// Every record of the plan that still exists, read again by its key. Not searched for: the first erasure emptied the identifiers
    /// a search begins with, and what is not here counts as gone.
    pub records: &'a [Record],
    /// The rules of today.
    pub rules: &'a Rules,
    /// What masks are made with.
    pub secrets: &'a Secrets,
    /// How sure the organisation has to be of the person.
    pub floors: &'a Floors,
}

/// Lets through what an approved plan deferred and whose day has come, in one system.
///
/// Everything is decided afresh, and only what both the approved plan and today's decision let go is let through: never more
/// than was approved. There is one step for each due record that still exists; one that must stay after all says [`Act::Keep`].
pub fn clear_deferred(frozen: &Frozen, system: &str, with: Clearance<'_>, found: Found<'_>) -> Result<Cleared<SystemPlan>, Blocked> {
    let part = admit(frozen, system, with)?;
    let may_go = |decision: &FieldDecision| is_due(decision, with.holds, with.today);
    let is_due = |step: &&ErasureStep| step.decisions.iter().any(may_go);
    if !part.steps.iter().any(|step| is_due(&step)) {
        return Err(too_early(part));
    }
    // What is not there any more needs no hold.
    let lives = |step: &&ErasureStep| found.records.iter().any(|record| is_of(record, system, &step.collection, &step.key));
    let goes = |step: &ErasureStep, hold: &Hold, map: Option<&Collection>| {
        step.decisions.iter().any(|it| may_go(it) && hold.keeps(map, &it.field))
    };
    check_holds(system, part.steps.iter().filter(is_due).filter(lives), goes, Clearance { records: found.records, ..with })?;
    let fresh = make_again(frozen.plan(), found, with.holds, with.whose, with.today);
    let now = fresh.system(system).ok_or_else(|| Blocked::System(system.to_owned()))?;
    let steps = part.steps.iter().filter(is_due).filter_map(|approved| {
        let fresh = now.steps.iter().find(|fresh| fresh.collection == approved.collection && fresh.key == approved.key)?;
        let lived_on =
            found.records.iter().any(|record| is_of(record, system, &fresh.collection, &fresh.key) && is_used_again(approved, record));
        let act = if lived_on { Act::Keep } else { agreed(approved, fresh, with) };
        Some(ErasureStep { act, ..fresh.clone() })
    });
    Ok(Cleared(SystemPlan { system: system.to_owned(), steps: steps.collect() }))
}

/// Lets through what an approved plan deferred and whose day has come, in a system that nobody but people can look into: nothing is
/// read again, and whoever erases looks at each record first. The other guards are asked as ever.
pub fn clear_unread(frozen: &Frozen, system: &str, with: Clearance<'_>) -> Result<Cleared<SystemPlan>, Blocked> {
    let part = admit(frozen, system, with)?;
    let owed = owed(part, with.holds, with.today);
    if owed.steps.is_empty() {
        return Err(Blocked::NothingDeferred(system.to_owned()));
    }
    check_holds(system, &owed.steps, goes_now, with)?;
    Ok(Cleared(owed))
}

/// What a plan kept until before a day, or under a hold that is released, by the plan alone: fields that are due, of records that stay for
/// others; records whole, of which nothing is left to stay.
pub fn owed(part: &SystemPlan, holds: &[Hold], today: Date) -> SystemPlan {
    let is_due = |decision: &FieldDecision| is_due(decision, holds, today);
    let steps = part.steps.iter().filter(|step| step.decisions.iter().any(is_due)).map(|step| {
        let whole = step.decisions.iter().all(|decision| decision.verdict == Verdict::Erase || is_due(decision));
        let fields = || step.decisions.iter().filter(|decision| is_due(decision)).map(|decision| (decision.field.clone(), Says::Blank));
        ErasureStep { act: if whole { Act::Delete } else { Act::Clear { fields: fields().collect() } }, ..step.clone() }
    });
    SystemPlan { system: part.system.clone(), steps: steps.collect() }
}

/// The records of a part of an approved plan that would be gone, or would lose something, if no hold kept them now.
pub fn held_back<'p>(part: &'p SystemPlan, with: Clearance<'_>) -> Vec<&'p ErasureStep> {
    let waits = |decision: &FieldDecision| held_by(decision).is_some() || due(decision).is_some_and(|day| day <= with.today);
    let goes = |step: &ErasureStep, hold: &Hold, map: Option<&Collection>| {
        step.decisions.iter().any(|decision| waits(decision) && hold.keeps(map, &decision.field))
    };
    part.steps.iter().filter(|step| check_holds(&part.system, [*step], goes, with).is_err()).collect()
}

/// What a part waits for of which nothing is due.
fn too_early(part: &SystemPlan) -> Blocked {
    let decisions = || part.steps.iter().flat_map(|step| step.decisions.iter());
    match (decisions().filter_map(due).min(), decisions().find_map(held_by)) {
        (Some(first), _) => Blocked::Early(first),
        (None, Some(hold)) => Blocked::Hold(hold.to_owned()),
        (None, None) => Blocked::NothingDeferred(part.system.clone()),
    }
}

/// Case, identity and approval; then the system's part.
fn admit<'p>(frozen: &'p Frozen, system: &str, with: Clearance<'_>) -> Result<&'p SystemPlan, Blocked> {
    let plan = frozen.plan();
    if plan.case != with.whose.case {
        return Err(Blocked::Case);
    }
    if with.tier.is_none_or(|tier| tier < plan.floor) {
        return Err(Blocked::Identity(plan.floor));
    }
    if with.approved != Some(frozen.hash()) {
        return Err(Blocked::Approval);
    }
    plan.system(system).ok_or_else(|| Blocked::System(system.to_owned()))
}

/// Whether a record is the one that lies there.
fn is_of(record: &Record, system: &str, collection: &str, key: &Key) -> bool {
    record.system == system && record.collection == collection && record.key == *key
}

/// Whether a step changes what a hold would keep.
fn goes_now(step: &ErasureStep, hold: &Hold, map: Option<&Collection>) -> bool {
    step.act.touches(|field| hold.keeps(map, field))
}

/// A plan touches nothing under a hold it knew of; so a hold over anything it touches was placed since.
fn check_holds<'s>(
    system: &str,
    steps: impl IntoIterator<Item = &'s ErasureStep>,
    goes: impl Fn(&ErasureStep, &Hold, Option<&Collection>) -> bool,
    with: Clearance<'_>,
) -> Result<(), Blocked> {
    let active: Vec<&Hold> = with.holds.iter().filter(|hold| hold.is_active(with.today)).collect();
    if active.is_empty() {
        return Ok(());
    }
    let map = with.systems.iter().find(|known| known.key == system);
    let here = with.records.iter().filter(|record| record.system == system);
    let here: HashMap<String, &Record> = here.map(|record| (named(&record.collection, &record.key), record)).collect();
    for step in steps {
        let map = map.and_then(|system| system.collection(&step.collection));
        let record = here.get(&named(&step.collection, &step.key)).copied();
        let on = OnRecord { system, collection: &step.collection, map, record };
        let keeps = |hold: &&&Hold| goes(step, hold, map) && hold.covers(on, with.whose) != Truth::No;
        if let Some(hold) = active.iter().find(keeps) {
            return Err(Blocked::Hold(hold.id.clone()));
        }
    }
    Ok(())
}

fn named(collection: &str, key: &Key) -> String {
    format!("{collection} {key:?}")
}

/// Whether a field that was erased says something else again: the person came back, and what she gave then nobody asked to erase.
fn is_used_again(approved: &ErasureStep, record: &Record) -> bool {
    let erased = approved.decisions.iter().filter(|decision| decision.verdict == Verdict::Erase);
    erased.map(|decision| (said(approved, &decision.field), record.value(&decision.field))).any(|(says, value)| !says.is_said_by(value))
}

/// What a field says since the approved erasure.
fn said<'s>(approved: &'s ErasureStep, field: &str) -> &'s Says {
    match &approved.act {
        Act::Clear { fields } => fields.get(field).unwrap_or(&Says::Blank),
        Act::Delete | Act::Keep => &Says::Blank,
    }
}

/// What both the approved and the fresh step let go.
fn agreed(approved: &ErasureStep, fresh: &ErasureStep, with: Clearance<'_>) -> Act {
    let goes = |decision: &FieldDecision| decision.verdict == Verdict::Erase || is_due(decision, with.holds, with.today);
    let is_approved = |field: &str| approved.decisions.iter().any(|decision| decision.field == field && goes(decision));
    match &fresh.act {
        // The map may have grown since the approval: a row holding a field that nobody approved is not deleted.
        Act::Delete if approved.decisions.iter().all(goes) && fresh.decisions.iter().all(|it| is_approved(&it.field)) => Act::Delete,
        Act::Clear { fields } if fields.names().any(is_approved) => {
            // A mask is not masked again: what it says was approved.
            let says = |field: &str, fresh: &Says| match said(approved, field) {
                Says::Blank => fresh.clone(),
                masked @ Says::Masked { .. } => masked.clone(),
            };
            let fields = fields.iter().filter(|(field, _)| is_approved(field));
            Act::Clear { fields: fields.map(|(field, fresh)| (field.to_owned(), says(field, fresh))).collect() }
        }
        Act::Delete | Act::Clear { .. } | Act::Keep => Act::Keep,
    }
}
