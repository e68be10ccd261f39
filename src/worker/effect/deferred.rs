//! Erases what a plan had to keep, once the rule has ended; and tells the person so (mail 8).

use std::collections::BTreeSet;

use habeas_core::law::{
    decide::{Verdict, undecided},
    hold::{Hold, Unread},
    mask::Secrets,
    plan::{self, Act, Blocked, Clearance, ErasureStep, Frozen, Plan, SystemPlan, clear_deferred, clear_unread, due_without, owed},
    record::{Key, Record},
};
use jiff::civil::Date;

use super::{Effect, done, erase::read_back};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    connector::{Ask, Cause, ConnectorError, Kind, Question, Verified},
    store::{
        deferral::{self, Deferral},
        plan::{self as stored_plan, StoredPlan},
        task::{self, Task, owed_step},
    },
};

impl Effect<'_> {
    /// What a plan must still erase: one row for each system and day. Scheduled with the answer that promises it, however the
    /// first erasure was done.
    pub(super) fn promised(&self, stored: &StoredPlan, frozen: &Frozen) -> Vec<Deferral> {
        let (plan, since) = (frozen.plan(), self.planned_on(stored));
        let dated = plan.deferred().map(|item| (item.system, item.on));
        self.rows(frozen, dated.chain(plan.held().map(|(system, _)| (system, since))))
    }

    /// One row for each system and day.
    fn rows<'p>(&self, frozen: &Frozen, items: impl Iterator<Item = (&'p str, Date)>) -> Vec<Deferral> {
        let mut rows: Vec<Deferral> = Vec::new();
        for (system, due_on) in items {
            match rows.iter_mut().find(|row| row.system == system && row.due_on == due_on) {
                Some(row) => row.items += 1,
                None => rows.push(Deferral {
                    case: self.case.id.clone(),
                    plan: frozen.hash().to_owned(),
                    system: system.to_owned(),
                    due_on,
                    items: 1,
                    done_at: None,
                    waits_for: None,
                }),
            }
        }
        rows
    }

    /// The day a plan was made. Whatever it keeps until a day goes later, so the row of that day is the one of what holds keep: it is
    /// due from the beginning, and waits for them.
    fn planned_on(&self, stored: &StoredPlan) -> Date {
        stored.frozen_at.to_zoned(self.worker.door.organisation.zone()).date()
    }

    /// The hold that a row still waits for, where it is the row of what holds keep.
    fn waits_for_hold(&self, due: &Deferral, stored: &StoredPlan, plan: &Plan, holds: &[Hold], today: Date) -> Option<String> {
        if due.due_on != self.planned_on(stored) {
            return None;
        }
        let decisions = plan.held().filter(|(system, _)| *system == due.system).flat_map(|(_, step)| step.decisions.iter());
        let held = decisions.filter_map(|decision| match &decision.verdict {
            Verdict::Held { hold, .. } => Some(hold),
            Verdict::Erase | Verdict::Keep { .. } => None,
        });
        let mut held = held.filter(|id| !holds.iter().any(|hold| hold.id == **id && !hold.is_active(today)));
        held.next().cloned()
    }

    /// What a rule keeps on after its hold was released: scheduled for the day that the rule ends.
    fn kept_on(&self, frozen: &Frozen, part: &SystemPlan) -> Vec<Deferral> {
        let was_held = |step: &ErasureStep, field: &str| {
            let approved =
                frozen.plan().held().find(|(system, it)| *system == part.system && it.collection == step.collection && it.key == step.key);
            approved.is_some_and(|(_, it)| it.decisions.iter().any(|it| it.field == field && matches!(it.verdict, Verdict::Held { .. })))
        };
        let mut items = Vec::new();
        for step in &part.steps {
            let days = step.decisions.iter().filter_map(|decision| match decision.verdict {
                Verdict::Keep { until: Some(until) } if was_held(step, &decision.field) => until.tomorrow().ok(),
                _ => None,
            });
            items.extend(days.collect::<BTreeSet<_>>().into_iter().map(|day| (part.system.as_str(), day)));
        }
        self.rows(frozen, items.into_iter())
    }

    /// Records that still exist, with everything that decides about them today.
    fn as_found<'f>(&'f self, records: &'f [Record], secrets: &'f Secrets) -> plan::Found<'f> {
        let organisation = &self.worker.door.organisation;
        plan::Found { systems: organisation.systems(), records, rules: organisation.rules(), secrets, floors: self.floors() }
    }

    /// Erases one system's part that has fallen due.
    pub(super) async fn erase_deferred(&self) -> Result<Performed, Refusal> {
        let (system, due_on): (String, Date) =
            serde_json::from_str(&self.command.argument).map_err(|_| Refusal::Broken("a deferral names a system and a day".to_owned()))?;
        let all = deferral::of_case(&self.worker.door.store, &self.case.id).await?;
        let Some(due) = all.iter().find(|row| row.system == system && row.due_on == due_on && row.done_at.is_none()).cloned() else {
            return done(Report::default());
        };
        let stored = stored_plan::get(&self.worker.door.store, &self.case.id, &due.plan).await?.ok_or(Refusal::NotFound("plan"))?;
        let frozen = self.open_plan(&stored)?;
        let holds = self.holds().await?;
        let today = self.worker.door.clock.today(&self.worker.door.organisation.zone());
        if let Some(hold) = self.waits_for_hold(&due, &stored, frozen.plan(), &holds, today) {
            let part = frozen.plan().system(&system).ok_or(Refusal::NotFound("system"))?;
            let records = match self.read_part(part).await {
                Err(error) if error.kind == Kind::Transient => return Ok(Performed::NotNow(error.to_string().into())),
                // A person looks there, or nobody can: other systems are told all the same.
                read => read.unwrap_or_default(),
            };
            let rest = self.rest_meanwhile(&stored, &frozen, &system, &holds, &records).await?;
            return self.held(due, hold, Vec::new(), rest);
        }
        let remaining = all.iter().filter(|row| row.done_at.is_none()).count().saturating_sub(1);
        let records = match self.read_again(frozen.plan(), &system).await {
            Ok(records) => records,
            Err(error) if error.is_for_a_person() => return self.hand_over(due, &stored, &frozen, remaining).await,
            Err(error) => return wait(due, &error),
        };
        let secrets = self.worker.door.keys.masks(&self.seal);
        let found = self.as_found(&records, &secrets);
        let subjects = [self.case.person().to_owned()];
        let clearance = self.clearance(&stored, &holds, &subjects);
        let cleared = match clear_deferred(&frozen, &system, clearance, found) {
            Ok(cleared) => cleared,
            Err(Blocked::Hold(hold)) => {
                let rest = self.rest_meanwhile(&stored, &frozen, &system, &holds, &records).await?;
                return self.held(due, hold, self.unread(&records).await?, rest);
            }
            Err(blocked) => return Ok(Performed::Never(blocked.to_string().into())),
        };
        let part = cleared.get();
        let undecided =
            undecided(self.worker.door.organisation.systems(), &records, None, self.worker.door.organisation.rules(), clearance.today);
        let connector = match self.worker.connectors.get(&system) {
            Ok(connector) => connector,
            Err(error) => return wait(due, &error),
        };
        let key = format!("{}:{}:{system}:{due_on}", self.case.id, frozen.hash());
        self.asks(&system, &Ask::Erase(part));
        let erased = match self.worker.erase(connector, &cleared, &key, &holds, Some(self.command)).await? {
            Ok(erased) => erased.total(),
            // A hold was placed meanwhile: decided anew, with it.
            Err(ConnectorError { source: Cause::Held, .. }) => return Box::pin(self.erase_deferred()).await,
            Err(error) if error.is_for_a_person() => return self.hand_over(due, &stored, &frozen, remaining).await,
            Err(error) => return wait(due, &error),
        };
        match read_back(connector, part).await {
            Ok(Verified::Clean { .. }) => {}
            Ok(Verified::Remains(_)) => return Ok(Performed::NotNow("the records are still there after the erasure".to_owned().into())),
            Err(error) => return wait(due, &error),
        }
        let fact = Fact::of_case("deferred-erased", &self.case.id)
            .with("system", &system)
            .with("deleted", erased.deleted.to_string())
            .with("cleared", erased.cleared.to_string())
            .with("already_gone", erased.already_gone.to_string());
        let gone = self.rest_is_gone(due, &frozen, part, remaining, fact)?;
        Ok(match gone {
            Performed::Done(report) => Performed::Done(report.with(Product::Undecided(undecided))),
            other => other,
        })
    }

    /// What is known about identity, approval and holds at this moment.
    pub(super) fn clearance<'c>(&'c self, stored: &'c StoredPlan, holds: &'c [Hold], subjects: &'c [String]) -> Clearance<'c> {
        Clearance {
            tier: self.case.tier,
            approved: stored.approved.as_ref().map(|_| stored.hash.as_str()),
            holds,
            whose: self.whose(subjects),
            today: self.worker.door.clock.today(&self.worker.door.organisation.zone()),
            systems: self.worker.systems(),
            records: &[],
        }
    }

    /// Where only a person can erase: its owner gets a task, and once it is signed for, that is what was done.
    async fn hand_over(&self, mut due: Deferral, stored: &StoredPlan, frozen: &Frozen, remaining: usize) -> Result<Performed, Refusal> {
        let step = owed_step(due.due_on);
        let is_its = |task: &Task| task.step == step && task.branch.as_ref() == Some(&due.system);
        if self.handed_in(is_its).await?.is_some_and(|form| form.outcome == "submitted") {
            let part = owed(frozen.plan().system(&due.system).ok_or(Refusal::NotFound("system"))?, &self.holds().await?, due.due_on);
            let deleted = part.steps.iter().filter(|step| step.act == Act::Delete).count();
            let fact = Fact::of_case("deferred-erased", &self.case.id)
                .with("system", &due.system)
                .with("deleted", deleted.to_string())
                .with("cleared", (part.steps.len() - deleted).to_string())
                .with("by", "person");
            return self.rest_is_gone(due, frozen, &part, remaining, fact);
        }
        let (holds, subjects) = (self.holds().await?, [self.case.person().to_owned()]);
        match clear_unread(frozen, &due.system, self.clearance(stored, &holds, &subjects)) {
            Ok(_) => {}
            Err(Blocked::Hold(hold)) => {
                let asks = holds.iter().filter(|it| it.id == hold && it.scope.asks_values());
                let fields = |hold: &Hold| hold.scope.asked().map(str::to_owned).collect();
                let unread = asks.map(|it| Unread { hold: it.id.clone(), collection: due.system.clone(), fields: fields(it) }).collect();
                let rest = self.rest_meanwhile(stored, frozen, &due.system, &holds, &[]).await?;
                return self.held(due, hold, unread, rest);
            }
            Err(blocked) => return Ok(Performed::Never(blocked.to_string().into())),
        }
        let tasks = task::of_case(&self.worker.door.store, &self.case.id).await?;
        if tasks.iter().any(|task| task.closed.is_none() && is_its(task)) {
            return done(Report::default());
        }
        let fact = Fact::of_case("deferral-handed-over", &self.case.id).with("system", &due.system).with("due_on", due.due_on.to_string());
        let owed = Product::Owed { system: due.system.clone(), due_on: due.due_on };
        due.waits_for = Some(format!("the owner of `{}`", due.system));
        done(Report::default().with(Product::DeferralMarked(due)).with(owed).fact(fact))
    }

    fn held(&self, mut due: Deferral, hold: String, unread: Vec<Unread>, rest: Option<Product>) -> Result<Performed, Refusal> {
        let fact = Fact::of_case("deferral-blocked", &self.case.id).with("system", &due.system).with("hold", &hold);
        due.waits_for = Some(hold);
        let mut report = Report::default().with(Product::DeferralMarked(due)).with(Product::Unread(unread)).fact(fact);
        report.products.extend(rest);
        done(report)
    }

    /// It is gone: the row, the ledger and the person are told.
    fn rest_is_gone(
        &self,
        mut due: Deferral,
        frozen: &Frozen,
        part: &SystemPlan,
        remaining: usize,
        fact: Fact,
    ) -> Result<Performed, Refusal> {
        due.done_at = Some(self.worker.door.clock.now());
        due.waits_for = None;
        let (system, due_on) = (due.system.clone(), due.due_on);
        let kept_on = self.kept_on(frozen, part);
        let remaining = remaining + kept_on.len();
        let mut report = Report::default().with(Product::DeferralMarked(due)).with(self.ledgered(frozen.hash(), part)?).fact(fact);
        report.products.extend(kept_on.into_iter().map(Product::Deferral));
        report.products.push(Product::RestOver(system.clone()));
        let gone = gone(frozen.plan(), part, due_on);
        if !gone.is_empty() {
            report.products.push(self.rest_gone(&system, &gone, remaining)?);
        }
        done(report)
    }

    /// Every record of the plan as it is now, in all systems, because a rule may be anchored in another one. Read by key: what
    /// once led to these records, such as the e-mail address, may be erased already.
    async fn read_again(&self, plan: &Plan, system: &str) -> Result<Vec<Record>, ConnectorError> {
        let mut records = Vec::new();
        for part in &plan.systems {
            let mut questions: Vec<Question> = Vec::new();
            for step in &part.steps {
                match questions.iter_mut().find(|question| question.collection == step.collection) {
                    Some(question) => question.rows.push(step.key.values().cloned().collect()),
                    None => questions.push(Question::by_key(&step.collection, &step.key)),
                }
            }
            let found = match self.worker.connectors.get(&part.system)?.find(&questions).await {
                // A person looks there; what is anchored in it cannot be seen, and stays.
                Err(error) if error.is_for_a_person() && part.system != system => continue,
                found => found?,
            };
            let planned = |record: &Record| part.steps.iter().any(|step| step.collection == record.collection && step.key == record.key);
            records.extend(found.into_iter().filter(planned));
        }
        Ok(records)
    }
}

/// Kinds of which everything promised for a day is gone now. What the plan promised counts, not what this attempt found: an earlier
/// one may have erased it and died before it could say so.
fn gone<'p>(plan: &'p Plan, now: &SystemPlan, due_on: Date) -> BTreeSet<&'p str> {
    let stays =
        |key: &Key, collection: &str| now.steps.iter().any(|it| it.act == Act::Keep && it.collection == collection && it.key == *key);
    let here = |system: &str| system == now.system;
    let dated = plan.deferred().filter(|item| here(item.system) && item.on == due_on).map(|item| (item.key, item.collection));
    // What a hold kept: all of it when the hold is over, and what a rule kept on after that on the rule's day.
    let is_first = !plan.held().any(|(system, step)| here(system) && step.decisions.iter().filter_map(due_without).any(|on| on == due_on));
    let is_its = |step: &ErasureStep| is_first || step.decisions.iter().filter_map(due_without).any(|on| on == due_on);
    let held = plan.held().filter(|(system, step)| here(system) && is_its(step)).map(|(_, step)| (&step.key, step.collection.as_str()));
    let mut promised: Vec<(&Key, &str)> = dated.collect();
    if promised.is_empty() || !is_first {
        promised.extend(held);
    }
    let staying: BTreeSet<&str> =
        promised.iter().filter(|(key, collection)| stays(key, collection)).map(|(_, collection)| *collection).collect();
    promised.into_iter().map(|(_, collection)| collection).filter(|collection| !staying.contains(collection)).collect()
}

/// The system is away or refuses: the deferral says what it waits for and is looked at again tomorrow.
fn wait(mut due: Deferral, error: &ConnectorError) -> Result<Performed, Refusal> {
    if error.source == Cause::Halted {
        return Ok(Performed::HeldUp);
    }
    if error.kind == Kind::Transient {
        return Ok(Performed::NotNow(error.to_string().into()));
    }
    due.waits_for = Some(error.to_string());
    done(Report::default().with(Product::DeferralMarked(due)))
}
