//! Hands in a task's form. Roles and four eyes are the workflow's; which plan was seen is checked here.

use std::collections::{BTreeMap, BTreeSet};

use habeas_core::{
    law::{
        change::{Applied, ChangePlan},
        connection::manual::Duty,
        letter::{Part, Reasons},
        plan::Frozen,
        tier::Tier,
        upload::Upload,
    },
    workflow::{EventKind, event::Wait},
};
use jiff::civil::Date;

use super::{
    actor::{Actor, Denied, Role},
    advance::{self, Submission},
    authority,
    by_hand::{self, Handed},
    catalogue, document,
    door::{About, Action, Inside},
    fact::{Fact, Outcome},
    notice,
    refusal::{Problem, Refusal},
    schedule, send_message,
};
use crate::store::{
    case::{self, Case},
    group::Shared,
    plan, sealed,
    task::{self, Closed, MESSAGE, Task, owed_on, silent_about, stated_in},
};

/// The form that says why a request is refused.
const REFUSAL: &str = "refusal-reasons";

/// A form handed in.
#[derive(Debug, Clone)]
pub struct SubmitTask {
    /// The task.
    pub task: String,
    /// The outcome chosen.
    pub outcome: String,
    /// The form's other fields, such as `reason`.
    pub fields: BTreeMap<String, String>,
    /// Files, each under the name of its field.
    pub files: Vec<Upload>,
    /// Hash of the plan that was shown, where one was.
    pub plan: Option<String>,
    /// The revision of the case that the form was made for, where it says so.
    pub version: Option<i64>,
}

impl Action for SubmitTask {
    /// The case's reference.
    type Done = String;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        match by {
            Actor::Subject { .. } => Ok(()),
            Actor::Staff(staff) if staff.works_here() => Ok(()),
            _ => Err(Denied),
        }
    }

    fn about(&self) -> About {
        About::Task(self.task.clone())
    }

    fn shares(&self) -> Option<Shared> {
        Some(Shared { tasks: vec![self.task.clone()], ..Shared::default() })
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<String>, Refusal> {
        let task = task::get(inside.tx, &self.task).await?.ok_or(Refusal::NotFound("task"))?;
        let mut case = case::lock(inside.tx, &task.case).await?.ok_or(Refusal::NotFound("case"))?;
        may_see(inside.by, &case, &task)?;
        if task.closed.is_some() {
            return Err(Refusal::conflict("task-done", "somebody else has done this task"));
        }
        if self.version.is_some_and(|version| version != case.rev) {
            return Err(Refusal::conflict(
                "form-stale",
                "the case has moved since you opened this form: read it again, then send it again",
            ));
        }
        let form = catalogue::form(&task.form);
        self.is_explained(&task, &case)?;
        if form.ticks_on == Some(self.outcome.as_str()) {
            ticked(inside, &case, &self.fields).await?;
        }
        let mut fact = Fact::of_case("task-done", &case.id).with("step", &task.step).with("outcome", &self.outcome);
        if form.approves_plan && self.outcome == "approved" {
            let hash = self.plan.clone().ok_or_else(plan_changed)?;
            approve(inside, &case, &hash).await?;
            fact = fact.with("plan", hash);
        }
        if let Some(tier) = form.proves.filter(|_| self.outcome == "accepted") {
            case.tier = case.tier.max(Some(tier));
            fact = fact.with("tier", tier.number().to_string());
        }
        let mut decided = document::decided(inside, &case, &task, &self.outcome, &self.fields).await?;
        if task.form == authority::CHECK && self.outcome == "accepted" {
            decided.push(authority::accept(inside, &mut case, &self.fields)?);
        }
        let handed = Handed { fields: &self.fields, files: &self.files };
        let (mut fields, done) = if self.outcome == "submitted" {
            by_hand::take(inside, &case, &task, handed).await?
        } else {
            (self.fields.clone(), Vec::new())
        };
        let mut done = [decided, done].concat();
        if form.fee_on == Some(self.outcome.as_str()) {
            fields.insert("fee".to_owned(), inside.organisation.about().copy_fee.as_ref().ok_or_else(no_fee)?.to_string());
        }
        let answer = sealed::key_of(inside.keys, &case)?.seal(inside.chance, &format!("task:{}", task.id), &fields)?;
        if let Some(facts) = self.beside(inside, &case, &task, &fields, &answer).await? {
            return Ok(Outcome::new(case.id, fact).and(done).and(facts));
        }
        if task.form == notice::TOLD {
            let recipient = task.branch.as_deref().unwrap_or_default();
            done.push(notice::by_hand(inside, &case, recipient, None, (&self.outcome, &fields)).await?);
        }
        let wait = Wait { step: task.step.clone(), branch: task.branch.clone() };
        let submission = Submission { wait: Some(wait.clone()), outcome: Some(self.outcome.clone()), answer: Some(answer), attempts: 0 };
        let reference = case.id.clone();
        let event = EventKind::Submitted { wait, outcome: self.outcome };
        let facts = advance::advance(inside, case, format!("task:{}", task.id), event, submission).await?;
        if task.form == document::CHECK {
            document::shred(inside, &reference).await?;
        }
        Ok(Outcome::new(reference, fact).and(done).and(facts))
    }
}

impl SubmitTask {
    /// Everything that the person must be told is there: no letter can be written without (Art. 12(4)).
    fn is_explained(&self, task: &Task, case: &Case) -> Result<(), Refusal> {
        if task.form == notice::TOLD {
            return notice::impossible(&self.outcome, &self.fields).map(drop);
        }
        let missing = if task.form == REFUSAL {
            Reasons::of(case.right, &self.fields).err().unwrap_or_default()
        } else {
            let unsaid = self.fields.get(Part::Reason.name()).is_none_or(|reason| reason.trim().is_empty());
            let asked = catalogue::form(&task.form).reason_on.contains(&self.outcome.as_str());
            Some(Part::Reason).filter(|_| asked && unsaid).into_iter().collect()
        };
        let problem = |part: &Part| {
            Problem::new(
                part.name(),
                match part {
                    Part::Reason => "reason-missing",
                    Part::Ground => "ground-missing",
                    Part::Statute => "statute-missing",
                },
            )
        };
        if missing.is_empty() { Ok(()) } else { Err(Refusal::Invalid(missing.iter().map(problem).collect())) }
    }

    /// Does what no step of a workflow waits for; `None`: one does.
    async fn beside(
        &self,
        inside: &Inside<'_>,
        case: &Case,
        task: &Task,
        fields: &BTreeMap<String, String>,
        answer: &[u8],
    ) -> Result<Option<Vec<Fact>>, Refusal> {
        if task.step == MESSAGE {
            self.close(inside, task, answer.to_vec()).await?;
            let words = fields.get(Part::Reason.name()).map(String::as_str).unwrap_or_default();
            return Ok(Some(vec![send_message::answer(inside, case, words).await?]));
        }
        if let Some(notice) = silent_about(&task.step) {
            self.close(inside, task, answer.to_vec()).await?;
            let recipient = task.branch.as_deref().unwrap_or_default();
            return Ok(Some(vec![notice::by_hand(inside, case, recipient, Some(notice), (&self.outcome, fields)).await?]));
        }
        if stated_in(&task.step).is_some() {
            self.close(inside, task, answer.to_vec()).await?;
            let system = task.branch.as_deref().unwrap_or_default();
            let fact = Fact::of_case("statement-placed", &case.id).with("system", system).with("outcome", &self.outcome);
            return Ok(Some(vec![fact]));
        }
        let Some(due_on) = owed_on(&task.step) else { return Ok(None) };
        self.sign_off(inside, task, due_on, answer.to_vec()).await?;
        Ok(Some(Vec::new()))
    }

    /// Closes a task that no step waits for.
    async fn close(&self, inside: &Inside<'_>, task: &Task, answer: Vec<u8>) -> Result<(), Refusal> {
        let outcomes = &catalogue::catalogue().forms.get(&task.form).map(|form| form.terms.outcomes.clone()).unwrap_or_default();
        if !outcomes.contains(&self.outcome) {
            return Err(Refusal::invalid("outcome", "outcome-unknown"));
        }
        let closed = Closed { at: inside.now, outcome: Some(self.outcome.clone()), by: Some(inside.by.name()), answer: Some(answer) };
        Ok(task::close(inside.tx, &task.case, &task.step, task.branch.as_deref(), &closed).await?)
    }

    /// Closes the task of what is erased by hand on a day; the deferral behind it is looked at again, now or tomorrow.
    async fn sign_off(&self, inside: &Inside<'_>, task: &Task, due_on: Date, answer: Vec<u8>) -> Result<(), Refusal> {
        self.close(inside, task, answer).await?;
        if self.outcome == "submitted" {
            schedule::look_again(inside, &task.case, task.branch.as_deref().unwrap_or_default(), due_on, &task.id).await?;
        }
        Ok(())
    }
}

/// At least one is ticked, and every one ticked is in the plan.
async fn ticked(inside: &Inside<'_>, case: &Case, fields: &BTreeMap<String, String>) -> Result<(), Refusal> {
    let stored = plan::latest(inside.tx, &case.id).await?.ok_or_else(plan_changed)?;
    let frozen: Frozen<ChangePlan> = sealed::plan(inside.keys, case, &stored)?;
    let known: BTreeSet<String> =
        frozen.plan().steps(&Applied::All).filter_map(|(_, step)| Some(format!("apply-{}", step.asked?))).collect();
    let ticked: Vec<&String> = fields.keys().filter(|name| name.starts_with("apply-")).collect();
    let unknown = ticked.iter().filter(|name| !known.contains(**name)).map(|name| Problem::new((*name).clone(), "apply-unknown"));
    let missing = ticked.is_empty().then(|| Problem::new(known.first().cloned().unwrap_or_default(), "apply-missing"));
    let problems: Vec<Problem> = unknown.chain(missing).collect();
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
}

/// A person sees her own tasks, a system owner those of the systems answered for; a foreign task does not exist.
fn may_see(by: &Actor, case: &Case, task: &Task) -> Result<(), Refusal> {
    let allowed = match by {
        Actor::Subject { mailbox } => *mailbox == case.subject && task.roles.iter().any(|role| role == "subject"),
        Actor::Staff(staff) => {
            let by_role =
                staff.roles.iter().filter(|role| **role != Role::SystemOwner).any(|role| task.roles.iter().any(|name| name == role.name()));
            let owner = task.roles.iter().any(|name| name == Role::SystemOwner.name())
                && staff.roles.contains(&Role::SystemOwner)
                && task.branch.as_ref().is_none_or(|system| staff.systems.contains(system));
            by_role || owner
        }
        _ => false,
    };
    if allowed { Ok(()) } else { Err(Refusal::NotFound("task")) }
}

/// Signs exactly the plan that was on the approver's screen.
async fn approve(inside: &Inside<'_>, case: &Case, hash: &str) -> Result<(), Refusal> {
    let latest = plan::latest(inside.tx, &case.id).await?.ok_or_else(plan_changed)?;
    if latest.hash != hash {
        return Err(plan_changed());
    }
    Ok(plan::approve(inside.tx, &case.id, hash, &inside.by.name(), inside.now).await?)
}

fn plan_changed() -> Refusal {
    Refusal::conflict("plan-changed", "the plan is another one than you saw: read it again before you approve it")
}

fn no_fee() -> Refusal {
    Refusal::conflict("fee-none", "the organisation asks nothing for a copy: let it be free, or have `copy-fee` set in `organisation.yaml`")
}

/// What habeas adds to a workflow form.
#[derive(Debug, Clone, Copy, Default)]
pub struct FormRules {
    /// Outcomes that need a reason in words.
    pub reason_on: &'static [&'static str],
    /// `approved` signs the plan shown.
    pub approves_plan: bool,
    /// This outcome is about some of several things: which, is ticked as `apply-0`, `apply-1` and so on.
    pub ticks_on: Option<&'static str>,
    /// What a person does in a system who hands it in; the checklists of these are ticked.
    pub duties: &'static [Duty],
    /// `accepted` proves the person to this tier.
    pub proves: Option<Tier>,
    /// This outcome asks the person for the organisation's fee: it is kept with it, whatever the organisation asks later.
    pub fee_on: Option<&'static str>,
    /// The letter that tells the person a task waits for her, where no step of the workflow sends one.
    pub asked_by: Option<&'static str>,
}
