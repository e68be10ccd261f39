//! What a hold keeps from erasure is only stored meanwhile (Art. 18): it is marked where the system can be told so, and the mark is
//! given back when the hold is over, unless another restriction stands.

use habeas_core::law::{
    change::{self, Applied, Stop, SystemChanges, Write},
    hold::Hold,
    plan::{Clearance, Frozen, SystemPlan, held_back},
    record::Record,
};

use super::{Effect, connector_failed, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    connector::{Changed, ConnectorError, Question, Verified},
    store::{plan::StoredPlan, rest, rest::Rest},
};

impl Effect<'_> {
    /// What has to rest in one system while holds keep it: nothing new where it rests already. `records` are those of the system that
    /// were read again; of one that is not among them only the kind can be told to other systems.
    pub(super) async fn rest_meanwhile(
        &self,
        stored: &StoredPlan,
        frozen: &Frozen,
        system: &str,
        holds: &[Hold],
        records: &[Record],
    ) -> Result<Option<Product>, Refusal> {
        let Some(part) = frozen.plan().system(system) else { return Ok(None) };
        let subjects = [self.case.person().to_owned()];
        let clearance = Clearance { records, ..self.clearance(stored, holds, &subjects) };
        let back = held_back(part, clearance);
        let before = rest::get(&self.worker.door.store, &self.case.id, system).await?;
        let known = match &before {
            Some(before) => self.marks(before)?,
            None => SystemChanges { system: system.to_owned(), steps: Vec::new() },
        };
        let is_back = |record: &&Record| {
            record.system == system && back.iter().any(|step| step.collection == record.collection && step.key == record.key)
        };
        let read: Vec<Record> = records.iter().filter(is_back).cloned().collect();
        let (systems, now) = (self.worker.systems(), self.worker.door.clock.now());
        let plan = change::stop(&self.case.id, Stop::Everything, systems, &read, None, now, self.floors()).by_machine();
        let plan = plan.joining(&self.others_in_force().await?);
        let marks = known.clone().and(plan.system(system));
        let mut kinds: Vec<String> = back.iter().map(|step| format!("{system}.{}", step.collection)).collect();
        kinds.sort();
        kinds.dedup();
        let is_known = before.as_ref().is_some_and(|before| before.resting && kinds.iter().all(|kind| before.kinds.contains(kind)));
        if kinds.is_empty() || (is_known && marks == known) {
            return Ok(None);
        }
        let since = before.as_ref().map_or_else(|| self.worker.door.clock.now(), |before| before.since);
        let sealed = self.seal.seal(self.worker.door.chance, &rest::place(system), &marks)?;
        Ok(Some(Product::Rest(Rest { case: self.case.id.clone(), system: system.to_owned(), kinds, resting: true, since, sealed })))
    }

    /// A system's part of a plan, read again by key.
    pub(super) async fn read_part(&self, part: &SystemPlan) -> Result<Vec<Record>, ConnectorError> {
        let mut questions: Vec<Question> = Vec::new();
        for step in &part.steps {
            match questions.iter_mut().find(|question| question.collection == step.collection) {
                Some(question) => question.rows.push(step.key.values().cloned().collect()),
                None => questions.push(Question::by_key(&step.collection, &step.key)),
            }
        }
        let found = self.worker.connectors.get(&part.system)?.find(&questions).await?;
        let planned = |record: &Record| part.steps.iter().any(|step| step.collection == record.collection && step.key == record.key);
        Ok(found.into_iter().filter(planned).collect())
    }

    /// Writes the marks of one system, and reads them back.
    pub(super) async fn restrict_held(&self) -> Result<Performed, Refusal> {
        let system: String = self.named_system()?;
        let Some(row) = rest::get(&self.worker.door.store, &self.case.id, &system).await?.filter(|row| row.resting) else {
            return done(Report::default());
        };
        let writes = self.marks(&row)?.writes(&Applied::All);
        self.mark(&system, &writes, "held-restricted").await
    }

    /// Gives them back, except where another case still restricts the record.
    pub(super) async fn lift_held(&self) -> Result<Performed, Refusal> {
        let system: String = self.named_system()?;
        let Some(row) = rest::get(&self.worker.door.store, &self.case.id, &system).await?.filter(|row| !row.resting) else {
            return done(Report::default());
        };
        let marks = self.marks(&row)?;
        let writes = self.lifts(&marks).await?;
        let mut lifted = self.mark(&system, &writes, "held-lifted").await?;
        // A restriction that began meanwhile may have found the mark that was just taken away.
        let now = self.lifts(&marks).await?;
        if now != writes && matches!(lifted, Performed::Done(_)) {
            lifted = self.mark(&system, &now, "held-lifted").await?;
        }
        Ok(match lifted {
            Performed::Done(report) => Performed::Done(report.with(Product::RestGone(system))),
            other => other,
        })
    }

    async fn lifts(&self, marks: &SystemChanges) -> Result<Vec<Write>, Refusal> {
        let others = self.others_in_force().await?.into_iter().flat_map(|plan| plan.systems);
        let here: Vec<SystemChanges> = others.filter(|other| other.system == marks.system).collect();
        Ok(marks.lifts(&here))
    }

    async fn mark(&self, system: &str, writes: &[Write], kind: &'static str) -> Result<Performed, Refusal> {
        let key = format!("{}:{kind}:{system}", self.command.id);
        let changed = match self.change_system(system, writes, &key).await {
            Ok(changed) => changed,
            Err(error) => return Ok(connector_failed(&error)),
        };
        match self.read_marks(system, writes).await {
            Ok(Verified::Clean { .. }) => {}
            Ok(Verified::Remains(_)) => return Ok(Performed::NotNow("the marks do not read back as they were written".to_owned().into())),
            Err(error) => return Ok(connector_failed(&error)),
        }
        let Changed { changed, already, gone } = changed;
        let fact = Fact::of_case(kind, &self.case.id)
            .with("system", system)
            .with("changed", changed.to_string())
            .with("already", already.to_string())
            .with("gone", gone.to_string());
        done(Report::default().fact(fact))
    }

    async fn read_marks(&self, system: &str, writes: &[Write]) -> Result<Verified, ConnectorError> {
        if writes.is_empty() {
            return Ok(Verified::Clean { checked: 0 });
        }
        self.worker.connectors.get(system)?.verify_changed(writes).await
    }

    fn marks(&self, row: &Rest) -> Result<SystemChanges, Refusal> {
        Ok(self.seal.open(&rest::place(&row.system), &row.sealed)?)
    }

    fn named_system(&self) -> Result<String, Refusal> {
        serde_json::from_str(&self.command.argument).map_err(|_| Refusal::Broken("this effect names a system".to_owned()))
    }
}
