//! The frozen plan, as the approver reads it.

use std::{collections::BTreeSet, sync::Arc};

use habeas_core::law::{
    decide::{FieldDecision, Reason, Verdict},
    lang::Text,
    map::{Collection, Field, System},
    mask::Strategy,
    plan::{self as law, ErasureStep, Fields, Frozen, Plan, Says},
    record::Key,
    retention::Kind,
    right::Right,
};

use super::{OnDesk, names};
use crate::{
    store::{StoreError, plan, sealed},
    view::{
        desk::{
            eyes::Eyes,
            masked,
            plan::{Act, Conflict, Kept, Masked, PlanPage, Step, SystemPart, Totals},
        },
        look::Look,
    },
};

impl PlanPage {
    /// The newest plan of a case.
    pub async fn load(look: &Look, eyes: &Eyes, reference: &str) -> Result<Option<Self>, StoreError> {
        let Some(desk) = OnDesk::open(look, eyes, reference).await?.filter(|_| eyes.see_all()) else { return Ok(None) };
        let Some(stored) = plan::latest(&look.store, reference).await? else { return Ok(None) };
        let mut proposals = desk.proposals(look, None).await?;
        let is_masked = !eyes.reveals && masked::proposals(&mut proposals);
        let erasure: Option<Frozen> = match desk.case.right {
            Right::Erasure => Some(sealed::plan(&look.keys, &desk.case, &stored)?),
            _ => None,
        };
        let erasure = erasure.as_ref().map(Frozen::plan);
        let names = names(look).await?;
        let task = desk.open_tasks().find(|task| task.form == "plan-approval" && eyes.own(task) && !eyes.four_eyes(task));
        Ok(Some(Self {
            right: desk.case.right,
            hash: stored.hash,
            frozen_at: stored.frozen_at,
            approved: stored.approved.map(|(by, at)| (names.get(&by).cloned().unwrap_or(by), at)),
            task: task.map(|task| task.id.clone()),
            totals: erasure.map(totals).unwrap_or_default(),
            systems: erasure.iter().flat_map(|plan| &plan.systems).filter_map(|part| self::part(look, part)).collect(),
            conflicts: erasure.map(|plan| conflicts(look, plan)).unwrap_or_default(),
            proposals,
            masked: is_masked.then_some(masked::REASONS),
            reference: desk.case.id,
        }))
    }
}

/// Records by what happens to them.
pub(super) fn totals(plan: &Plan) -> Totals {
    let count = |wanted: fn(&law::Act) -> bool| {
        let steps = plan.systems.iter().flat_map(|part| &part.steps);
        u64::try_from(steps.filter(|step| wanted(&step.act)).count()).unwrap_or(u64::MAX)
    };
    Totals {
        delete: count(|act| *act == law::Act::Delete),
        clear: count(|act| matches!(act, law::Act::Clear { .. })),
        keep: count(|act| *act == law::Act::Keep),
    }
}

fn part(look: &Look, part: &law::SystemPlan) -> Option<SystemPart> {
    let system = look.organisation.system(&part.system)?;
    Some(SystemPart { label: system.label.clone(), steps: part.steps.iter().filter_map(|step| self::step(system, step)).collect() })
}

pub(super) fn step(system: &System, step: &ErasureStep) -> Option<Step> {
    let collection = system.collection(&step.collection)?;
    let none = Fields::default();
    let (act, fields) = match &step.act {
        law::Act::Delete => (Act::Delete, &none),
        law::Act::Clear { fields } => (Act::Clear, fields),
        law::Act::Keep => (Act::Keep, &none),
    };
    let emptied = fields.iter().filter(|(_, says)| says.strategy().is_none()).map(|(field, _)| field.to_owned());
    Some(Step {
        kind: collection.label.clone(),
        locator: masked(&step.key),
        act,
        cleared: labels(collection, &emptied.collect::<Vec<_>>()),
        masked: collection.fields.iter().filter_map(|field| says(field, fields.get(&field.name)?)).collect(),
        kept: kept(collection, &step.decisions),
    })
}

/// What a masked field will say. A pseudonym is not shown: it is personal data, and the approver needs none (Art. 5(1)(c)).
fn says(field: &Field, says: &Says) -> Option<Masked> {
    let Says::Masked { by, value } = says else { return None };
    let name = || field.name.clone();
    let label = if field.technical { Text { nb: name(), nl: name(), en: name() } } else { field.label.clone() };
    Some(Masked { field: label, by: *by, says: (*by != Strategy::Hmac).then(|| value.to_text()) })
}

/// Enough to find the record with the system open beside it, too little to read it aloud.
fn masked(key: &Key) -> String {
    let part = |value: String| {
        let shown: String = value.chars().take(value.chars().count().saturating_sub(3).clamp(1, 4)).collect();
        format!("{shown}•••")
    };
    key.values().map(|value| part(value.to_text())).collect::<Vec<_>>().join(" ")
}

/// One line for each reason that keeps something, with the fields it keeps.
fn kept(collection: &Collection, decisions: &[FieldDecision]) -> Vec<Kept> {
    let mut lines: Vec<(Reason, Vec<String>)> = Vec::new();
    for decision in decisions {
        let Some(reason) = deciding(decision).filter(|reason| reason.id != Reason::WITH_ROW) else { continue };
        match lines.iter_mut().find(|(known, _)| known == reason) {
            Some((_, fields)) => fields.push(decision.field.clone()),
            None => lines.push((reason.clone(), vec![decision.field.clone()])),
        }
    }
    let whole = |fields: &[String]| collection.fields.iter().filter(|field| !field.technical).all(|field| fields.contains(&field.name));
    let line = |(reason, fields): (Reason, Vec<String>)| Kept {
        fields: if whole(&fields) { Vec::new() } else { labels(collection, &fields) },
        law: reason.cited(),
        rule: reason.id,
        because: reason.because,
        until: reason.until,
    };
    lines.into_iter().map(line).collect()
}

/// The reason that sets how long a field stays; none: it goes.
fn deciding(decision: &FieldDecision) -> Option<&Reason> {
    let because = || decision.because.iter().map(Arc::as_ref);
    match &decision.verdict {
        Verdict::Erase => None,
        Verdict::Held { hold, .. } => because().find(|reason| reason.id == *hold),
        Verdict::Keep { until } => because().find(|reason| reason.until == *until && reason.ground.is_some()).or_else(|| because().next()),
    }
}

fn labels(collection: &Collection, fields: &[String]) -> Vec<Text> {
    collection.fields.iter().filter(|field| !field.technical && fields.contains(&field.name)).map(|field| field.label.clone()).collect()
}

/// Each pair of rules that contradict each other over a kind, once.
fn conflicts(look: &Look, plan: &Plan) -> Vec<Conflict> {
    let maximum = |id: &str| look.organisation.rules().rules.iter().any(|rule| rule.id == id && rule.kind == Kind::Maximum);
    let mut seen = BTreeSet::new();
    let mut conflicts = Vec::new();
    for (part, step) in plan.systems.iter().flat_map(|part| part.steps.iter().map(move |step| (part, step))) {
        let Some(collection) = look.organisation.system(&part.system).and_then(|system| system.collection(&step.collection)) else {
            continue;
        };
        for decision in step.decisions.iter().filter(|decision| decision.is_conflict()) {
            let Some(keeps) = deciding(decision) else { continue };
            let Some(deletes) = decision.because.iter().find(|reason| maximum(&reason.id) && reason.until == decision.delete_by) else {
                continue;
            };
            if seen.insert((&part.system, &step.collection, &keeps.id, &deletes.id)) {
                conflicts.push(Conflict { kind: collection.label.clone(), keeps: keeps.id.clone(), deletes: deletes.id.clone() });
            }
        }
    }
    conflicts
}

#[cfg(test)]
mod tests {
    use habeas_core::law::record::{Key, Value};

    use super::masked;

    #[test]
    fn a_record_is_found_by_its_beginning() {
        let key = |value: Value| Key::from([("id".to_owned(), value)]);
        assert_eq!(masked(&key(Value::Text("2026-00417".to_owned()))), "2026•••");
        assert_eq!(masked(&key(Value::Integer(4711))), "4•••");
        assert_eq!(masked(&key(Value::Integer(7))), "7•••");
    }
}
