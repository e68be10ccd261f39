//! One case for staff.

use std::collections::BTreeMap;

use habeas_core::law::trace::Because;
use serde::Deserialize;

use super::{OnDesk, active_holds, concerns, incident::about, names, standing};
use crate::{
    store::{StoreError, case, incident, leaf, letter, plan, task::Task as Stored},
    view::{
        desk::{
            case::{Channel, DeskCase, Facts, HoldLine, Incident, LetterLine, Line, PlanLine, Task, Who},
            eyes::Eyes,
            queue::TimeLeft,
        },
        gate, lifting,
        look::Look,
        portal::statement::StatementLine,
    },
};

/// What the action floor says about a case's deadline and definition.
#[derive(Debug, Clone)]
pub struct Reckoned {
    /// Why the deadline is this day.
    pub clock: Vec<Because>,
    /// Our own earlier promise.
    pub goal_on: Option<jiff::civil::Date>,
    /// `erasure@1`.
    pub workflow: String,
    /// Whether the reader may send `lift` now.
    pub can_lift: bool,
}

impl DeskCase {
    /// The case as the reader may see it.
    pub async fn load(look: &Look, eyes: &Eyes, reference: &str, reckoned: Reckoned) -> Result<Option<Self>, StoreError> {
        let Some(desk) = OnDesk::open(look, eyes, reference).await? else { return Ok(None) };
        let names = names(look).await?;
        let incidents = open_incidents(look, eyes, reference).await?;
        let state = standing(&desk.case, &desk.state, desk.open_tasks().collect::<Vec<_>>().into_iter(), !incidents.is_empty());
        let stored = plan::latest(&look.store, reference).await?.filter(|_| eyes.see_all());
        let holds = active_holds(look).await?.into_iter().filter(|hold| eyes.see_all() && concerns(hold, &desk.case));
        Ok(Some(Self {
            state,
            can_lift: reckoned.can_lift,
            can_write: eyes.see_all() && desk.case.case_key.is_some(),
            tasks: desk.shown_tasks(look, eyes),
            facts: desk.facts(look, reckoned),
            sees_path: eyes.see_all(),
            plan: stored.map(|stored| PlanLine {
                approved_by: stored.approved.map(|(by, _)| names.get(&by).cloned().unwrap_or(by)),
                hash: stored.hash,
            }),
            systems: desk.systems(look, eyes).await?,
            incidents,
            holds: holds.map(|hold| HoldLine { id: hold.id, basis: hold.basis, review_on: hold.review_on }).collect(),
            told: desk.told(look, eyes).await?,
            statements: if eyes.see_all() { StatementLine::of_case(look, &desk.case).await? } else { Vec::new() },
            letters: letters(look, eyes, reference).await?,
            uses: if eyes.see_all() { gate::uses(&look.store, &look.keys, &desk.case).await? } else { Vec::new() },
            timeline: timeline(look, eyes, reference, &names).await?,
            right: desk.case.right,
            reference: desk.case.id,
        }))
    }
}

impl OnDesk {
    /// The reader's own tasks first.
    fn shown_tasks(&self, look: &Look, eyes: &Eyes) -> Vec<Task> {
        let task = |task: &Stored| Task {
            id: task.id.clone(),
            form: task.form.clone(),
            due_on: task.due_at.map_or(self.case.strict_due_on, |at| look.day(at)),
            roles: task.roles.iter().filter(|role| *role != "subject").cloned().collect(),
            mine: eyes.own(task),
            four_eyes: eyes.own(task) && eyes.four_eyes(task),
        };
        let mut tasks: Vec<Task> = self.open_tasks().filter(|task| eyes.see_all() || eyes.own(task)).map(task).collect();
        tasks.sort_by_key(|task| (!task.mine, task.four_eyes, task.due_on));
        tasks
    }

    fn facts(&self, look: &Look, reckoned: Reckoned) -> Facts {
        let due_on = lifting::due_on(&self.case, &self.state, self.open_tasks(), |at| look.day(at), self.case.due_on);
        Facts {
            received_at: self.case.received_at,
            channel: if self.case.received_via == "portal" { Channel::Portal } else { Channel::Desk },
            tier: self.case.tier,
            acting: self.case.on_behalf.as_ref().map(|on_behalf| on_behalf.capacity),
            left: TimeLeft::on(look.today(), look.day(self.case.received_at), due_on),
            goal_on: reckoned.goal_on,
            clock: reckoned.clock,
            owner: None,
            lang: self.case.lang,
            workflow: reckoned.workflow,
        }
    }
}

async fn open_incidents(look: &Look, eyes: &Eyes, reference: &str) -> Result<Vec<Incident>, StoreError> {
    let all = incident::of_case(&look.store, reference).await?;
    let shown =
        all.into_iter().filter(|it| it.closed.is_none() && it.branch.as_deref().map_or(eyes.see_all(), |system| eyes.see_system(system)));
    let shown: Vec<incident::Incident> = shown.collect();
    if shown.is_empty() {
        return Ok(Vec::new());
    }
    let log = leaf::of_case(&look.store, &look.keys, reference).await?;
    let late = case::get(&look.store, reference).await?.is_some_and(|case| case.due_on < look.today());
    let label = |branch: Option<String>| branch.and_then(|key| look.organisation.system(&key)).map(|system| system.label.clone());
    let line = |it: incident::Incident| {
        let about = about(&it, &log, late)?;
        Ok(Incident { id: it.id, at: it.opened_at, system: label(it.branch), about })
    };
    shown.into_iter().map(line).collect()
}

async fn letters(look: &Look, eyes: &Eyes, reference: &str) -> Result<Vec<LetterLine>, StoreError> {
    if !eyes.see_all() {
        return Ok(Vec::new());
    }
    let stored = letter::of_case(&look.store, reference).await?;
    Ok(stored.into_iter().map(|letter| LetterLine { kind: letter.kind, written_at: letter.written_at, sent_at: letter.sent_at }).collect())
}

/// An entry of the log, as far as a timeline shows it.
#[derive(Deserialize)]
pub(super) struct Logged {
    pub(super) actor: String,
    #[serde(default)]
    pub(super) codes: BTreeMap<String, String>,
}

impl Logged {
    pub(super) fn read(leaf: &leaf::Leaf) -> Result<Self, StoreError> {
        serde_json::from_str(&leaf.event).map_err(|_| StoreError::Unreadable { doing: "reading the log", column: "event" })
    }
}

/// The log of a case, newest first; for a system owner, what names one of their systems.
async fn timeline(look: &Look, eyes: &Eyes, reference: &str, names: &BTreeMap<String, String>) -> Result<Vec<Line>, StoreError> {
    let leaves = leaf::of_case(&look.store, &look.keys, reference).await?;
    let read = |leaf: leaf::Leaf| Logged::read(&leaf).map(|logged| (leaf, logged));
    let told = leaves.into_iter().rev().filter(|leaf| !matches!(leaf.kind.as_str(), "effect-done" | "case-read"));
    let mut lines = told.map(read).collect::<Result<Vec<_>, StoreError>>()?;
    lines.retain(|(_, logged)| eyes.see_all() || logged.codes.get("system").is_some_and(|system| eyes.see_system(system)));
    Ok(lines.into_iter().map(|(leaf, logged)| line(leaf, logged, names)).collect())
}

/// Whoever the log names.
pub(super) fn who(actor: &str, names: &BTreeMap<String, String>) -> Who {
    match actor {
        "subject" => Who::Person,
        "worker" | "clock" | "operator" | "visitor" => Who::Machine,
        other if other.starts_with("system/") => Who::Machine,
        staff => Who::Staff { name: names.get(staff).cloned().unwrap_or_else(|| staff.to_owned()) },
    }
}

fn line(leaf: leaf::Leaf, logged: Logged, names: &BTreeMap<String, String>) -> Line {
    let who = who(&logged.actor, names);
    // A hash is recognised by its first digits; the whole stands in the log.
    let short = |value: String| if value.len() == 64 { value.chars().take(8).collect() } else { value };
    let told = logged.codes.into_iter().filter(|(name, _)| name != "asked");
    let detail = told.map(|(_, value)| short(value)).collect::<Vec<String>>().join(" · ");
    Line { at: leaf.at, who, fact: leaf.kind, detail, leaf: leaf.position }
}

/// The log of a case for the authority, oldest first: staff by handle, because the authority asks for roles and not for names.
pub(in crate::view) async fn whole_timeline(look: &Look, reference: &str) -> Result<Vec<Line>, StoreError> {
    let everything = Eyes { id: String::new(), roles: vec!["dpo".to_owned()], systems: Vec::new(), reveals: false };
    let mut lines = timeline(look, &everything, reference, &BTreeMap::new()).await?;
    lines.reverse();
    Ok(lines)
}
