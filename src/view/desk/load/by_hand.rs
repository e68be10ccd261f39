//! What its owner has to do in a system, and with which records.

use habeas_core::law::{
    change::{Act as Change, Applied},
    connection::manual::{Duty, Step},
    map::{Collection, System},
    plan::{Act, Plan, SystemPlan, owed},
    record::Key,
};

use super::{OnDesk, plan_page};
use crate::{
    store::{
        StoreError, deferral, hold, plan, sealed,
        task::{Task, owed_on},
    },
    view::{
        desk::{
            by_hand::{ByHand, Place, Sheet, Tick},
            plan::Step as PlanStep,
        },
        look::Look,
    },
};

impl OnDesk {
    /// Work by hand, where the task is some.
    pub(super) async fn by_hand(&self, look: &Look, task: &Task) -> Result<Option<ByHand>, StoreError> {
        let duties = look.forms.get(&task.form).map(|shape| shape.duties).unwrap_or_default();
        let system = task.branch.as_deref().and_then(|key| look.organisation.system(key)).filter(|_| !duties.is_empty());
        let Some(system) = system else { return Ok(None) };
        let tick = |(name, step): (String, Step<'_>)| Tick {
            name,
            label: match step {
                Step::Written(words) => Some(words.clone()),
                Step::LookedAgain => None,
            },
            ticked: false,
        };
        let mut work = ByHand {
            is_manual: system.is_manual(),
            note: system.note().cloned(),
            ticks: system.ticks(duties).into_iter().map(tick).collect(),
            erases: Vec::new(),
            changes: Vec::new(),
            sheets: if duties.contains(&Duty::Find) { self.sheets(look, system)? } else { Vec::new() },
            nothing: false,
        };
        if duties.contains(&Duty::Erase)
            && let Some(part) = self.to_erase(look, task, &system.key).await?
        {
            let steps = part.steps.iter().filter(|step| step.act != Act::Keep);
            work.erases.extend(steps.filter_map(|step| Some(PlanStep { locator: whole(&step.key), ..plan_page::step(system, step)? })));
        }
        if duties.contains(&Duty::Correct) || duties.contains(&Duty::Restrict) {
            let frozen = self.change_plan(look).await?;
            for (_, step) in frozen.iter().flat_map(|frozen| frozen.plan().steps(&Applied::All)).filter(|(key, _)| *key == system.key) {
                let Change::Write { key, .. } = &step.act else { continue };
                let Some(collection) = system.collection(&step.collection) else { continue };
                let place = Place { kind: collection.label.clone(), locator: whole(key) };
                if !work.changes.contains(&place) {
                    work.changes.push(place);
                }
            }
        }
        Ok(Some(work))
    }

    /// What the task has erased: what the plan erases, or what it kept until the task's day.
    async fn to_erase(&self, look: &Look, task: &Task, system: &str) -> Result<Option<SystemPlan>, StoreError> {
        let due_on = owed_on(&task.step);
        let deferrals = if due_on.is_some() { deferral::of_case(&look.store, &self.case.id).await? } else { Vec::new() };
        let stored = match deferrals.iter().find(|row| row.system == system && Some(row.due_on) == due_on) {
            Some(row) => plan::get(&look.store, &self.case.id, &row.plan).await?,
            None => plan::latest(&look.store, &self.case.id).await?,
        };
        let Some(stored) = stored else { return Ok(None) };
        let frozen = sealed::plan::<Plan>(&look.keys, &self.case, &stored)?;
        let holds: Vec<_> = hold::all(&look.store).await?.into_iter().map(|stored| stored.hold).collect();
        Ok(frozen.plan().system(system).map(|part| due_on.map_or_else(|| part.clone(), |due_on| owed(part, &holds, due_on))))
    }

    /// Kinds that something may be found of: by the mailbox alone, only what is sent or rests on a consent.
    fn sheets(&self, look: &Look, system: &System) -> Result<Vec<Sheet>, StoreError> {
        let stop = sealed::applicant(&look.keys, &self.case)?.asked.by_mailbox(self.case.right);
        let wanted = |collection: &&Collection| stop.is_none_or(|stop| stop.touches(collection));
        let sheet = |collection: &Collection| {
            let file = system.file_of(collection);
            let is_typed = |name: &str| file.is_none_or(|(holds, _)| holds != name);
            Sheet {
                name: collection.name.clone(),
                label: collection.label.clone(),
                columns: collection.fields.iter().filter(|it| !it.technical && is_typed(&it.name)).map(|it| it.name.clone()).collect(),
                typed: String::new(),
                takes_files: file.is_some(),
            }
        };
        Ok(system.collections.iter().filter(wanted).map(sheet).collect())
    }
}

/// A key as it stands: nobody finds a folder by half of its number.
fn whole(key: &Key) -> String {
    key.values().map(habeas_core::law::record::Value::to_text).collect::<Vec<_>>().join(" ")
}
