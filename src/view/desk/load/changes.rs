//! A plan of changes, as staff read it: what stands there, what shall, and what only a person can do.

use std::collections::BTreeSet;

use habeas_core::law::{
    ask::{Asked, Correction},
    change::{Act, Applied, ChangePlan, Step},
    plan::Frozen,
    record::Value,
    right::Right,
};

use super::OnDesk;
use crate::{
    render::said::Said,
    store::{StoreError, plan, sealed},
    view::{
        desk::change::{Change, Proposal},
        look::Look,
    },
};

impl OnDesk {
    /// The newest plan of changes; erasures have another one.
    pub(super) async fn change_plan(&self, look: &Look) -> Result<Option<Frozen<ChangePlan>>, StoreError> {
        if self.case.right == Right::Erasure {
            return Ok(None);
        }
        let Some(stored) = plan::latest(&look.store, &self.case.id).await? else { return Ok(None) };
        sealed::plan(&look.keys, &self.case, &stored).map(Some)
    }

    /// The plan in groups: one per correction asked for, or all of it together; `system` limits it to one system.
    pub(super) async fn proposals(&self, look: &Look, system: Option<&str>) -> Result<Vec<Proposal>, StoreError> {
        let Some(frozen) = self.change_plan(look).await? else { return Ok(Vec::new()) };
        let (asked, applied) = (corrections(sealed::applicant(&look.keys, &self.case)?.asked), self.applied(look)?);
        let mut proposals: Vec<Proposal> = Vec::new();
        for (key, step) in frozen.plan().steps(&applied).filter(|(key, _)| system.is_none_or(|system| system == *key)) {
            let Some(change) = change(look, key, step) else { continue };
            match proposals.iter_mut().find(|proposal| proposal.number == step.asked) {
                Some(known) if known.changes.contains(&change) => {}
                Some(known) => known.changes.push(change),
                None => {
                    let why = step.asked.and_then(|number| asked.get(number)?.why.clone());
                    proposals.push(Proposal { number: step.asked, ticked: false, why, changes: vec![change] });
                }
            }
        }
        proposals.sort_by_key(|proposal| proposal.number);
        Ok(proposals)
    }

    /// What was asked to be corrected and is not held, as `kind · field`.
    pub(super) async fn not_held(&self, look: &Look) -> Result<Vec<Change>, StoreError> {
        let asked = corrections(sealed::applicant(&look.keys, &self.case)?.asked);
        let frozen = self.change_plan(look).await?;
        let known: BTreeSet<usize> =
            frozen.iter().flat_map(|frozen| frozen.plan().steps(&Applied::All).filter_map(|(_, step)| step.asked)).collect();
        let missing = asked.iter().enumerate().filter(|(number, _)| !known.contains(number));
        let line = |(_, asked): (usize, &Correction)| {
            let (system, collection) = asked.kind.split_once('.')?;
            let system = look.organisation.system(system)?;
            let collection = system.collection(collection)?;
            let field = collection.field(&asked.field)?;
            let (now, to) = (asked.now.as_deref().map(|now| Said::of(field.data, now)), Some(Said::of(field.data, &asked.should)));
            let label = Some(field.label.clone());
            Some(Change { system: system.label.clone(), kind: collection.label.clone(), field: label, now, to, by_hand: None })
        };
        Ok(missing.filter_map(line).collect())
    }

    /// What a member of staff has decided so far.
    fn applied(&self, look: &Look) -> Result<Applied, StoreError> {
        let decided = self.tasks.iter().rev().filter(|task| task.form == "correction-decision").find_map(|task| task.closed.as_ref());
        if decided.and_then(|closed| closed.outcome.as_deref()) != Some("partly") {
            return Ok(Applied::All);
        }
        let given = self.given(look, "correction-decision")?;
        Ok(Applied::Only(given.keys().filter_map(|name| name.strip_prefix("apply-")?.parse().ok()).collect()))
    }
}

fn corrections(asked: Asked) -> Vec<Correction> {
    if let Asked::Corrections(asked) = asked { asked } else { Vec::new() }
}

/// Values only of what is corrected: a flag says nothing to anybody.
fn change(look: &Look, system: &str, step: &Step) -> Option<Change> {
    let system = look.organisation.system(system)?;
    let collection = system.collection(&step.collection)?;
    let shown = step.field().and_then(|field| collection.field(field)).filter(|field| !field.technical);
    let (now, to, by_hand) = match &step.act {
        Act::Write { was, to, .. } => (Some(was), Some(to), None),
        Act::ByHand { to, why, .. } => (None, to.as_ref(), Some(why.name())),
    };
    let said = |value: Option<&Value>| Some(Said::of(shown?.data, &value.filter(|value| !value.is_null())?.to_text()));
    let (now, to) = (said(now), said(to));
    let field = shown.map(|field| field.label.clone());
    Some(Change { system: system.label.clone(), kind: collection.label.clone(), field, now, to, by_hand })
}
