//! Corrects, restricts and lifts what the frozen plan of changes says, in one system, and reads back.

use std::collections::BTreeSet;

use habeas_core::law::{
    ask::{Asked, Objection},
    change::{self, Applied, ChangePlan, Stop, SystemChanges, Write},
    plan::Frozen,
};

use super::{Effect, connector_failed, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    connector::{Ask, Changed, ConnectorError, Verified},
    store::{part::Depth, plan, sealed},
};

/// Which way a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Art. 16.
    Correct,
    /// Art. 18, 21, 7(3).
    Restrict,
    /// A restriction ends.
    Lift,
}

impl Way {
    const fn outcome(self) -> &'static str {
        match self {
            Self::Correct => "corrected",
            Self::Restrict => "restricted",
            Self::Lift => "lifted",
        }
    }

    const fn fact(self) -> &'static str {
        match self {
            Self::Correct => "system-corrected",
            Self::Restrict => "system-restricted",
            Self::Lift => "system-lifted",
        }
    }
}

impl Effect<'_> {
    /// Whether the objection is against direct marketing, which nobody weighs (Art. 21(3)).
    pub(super) fn sort_objection(&self) -> Result<Performed, Refusal> {
        let outcome = if self.applicant()?.asked == Asked::Objection(Objection::Marketing) { "marketing" } else { "other" };
        done(Report::outcome(outcome).fact(Fact::of_case("objection-sorted", &self.case.id).with("outcome", outcome)))
    }

    /// Which record each correction means.
    pub(super) async fn plan_corrections(&self) -> Result<Performed, Refusal> {
        let Asked::Corrections(asked) = self.applicant()?.asked else { return self.freeze(None) };
        let plan = change::correct(&self.case.id, self.worker.systems(), &self.found(Depth::Whole).await?, &asked, self.floors());
        self.freeze(Some(plan))
    }

    /// Which records have to rest.
    pub(super) async fn plan_stop(&self, what: Stop) -> Result<Performed, Refusal> {
        let (found, kinds) = (self.found(Depth::Whole).await?, self.applicant()?.kinds);
        let systems = self.worker.systems();
        let plan = change::stop(&self.case.id, what, systems, &found, kinds.as_deref(), self.case.received_at, self.floors());
        self.freeze(Some(plan.joining(&self.others_in_force().await?)))
    }

    fn freeze(&self, plan: Option<ChangePlan>) -> Result<Performed, Refusal> {
        let Some(plan) = plan.filter(|plan| !plan.is_empty()) else {
            return done(Report::outcome("nothing").fact(Fact::of_case("nothing-held", &self.case.id)));
        };
        let systems: Vec<String> = plan.systems.iter().map(|part| part.system.clone()).collect();
        let recipients = self.recipients_of(plan.kinds(&Applied::All));
        let frozen = Frozen::new(plan).map_err(|error| Refusal::Broken(error.to_string()))?;
        let fact = Fact::of_case("change-planned", &self.case.id).with("plan", frozen.hash()).with("systems", systems.join(","));
        let report = Report::outcome("something").list("plan.systems", systems).list("plan.recipients", recipients);
        done(report.with(Product::Plan(self.to_store(&frozen)?)).fact(fact))
    }

    /// Makes the changes of one system. What no machine can do is left to a person, after everything that one can.
    pub(super) async fn change(&self, way: Way) -> Result<Performed, Refusal> {
        let (system, frozen, applied) = (self.branch()?, self.change_plan().await?, self.applied().await?);
        if self.case.tier < frozen.plan().floor {
            return Ok(Performed::Never("identity is not proven strongly enough for this change".to_owned().into()));
        }
        let part = frozen.plan().system(system).ok_or(Refusal::NotFound("system"))?;
        let key = format!("{}:{}:{system}:{}", self.case.id, frozen.hash(), way.outcome());
        let writes = self.writes(way, part, &applied).await?;
        let mut changed = self.change_system(system, &writes, &key).await;
        if way == Way::Lift && changed.is_ok() {
            // A restriction that began meanwhile may have found the mark that was just taken away.
            let now = self.writes(way, part, &applied).await?;
            if now != writes {
                changed = self.change_system(system, &now, &key).await;
            }
        }
        let changed = match changed {
            Ok(changed) => changed,
            Err(error) => return Ok(connector_failed(&error)),
        };
        let mut by_hand: Vec<&str> = part.by_hand(&applied).map(change::ByHand::name).collect();
        by_hand.dedup();
        let outcome = match (by_hand.is_empty(), changed.is_nothing()) {
            (false, _) => "failed",
            (true, true) => "nothing",
            (true, false) => way.outcome(),
        };
        let fact = Fact::of_case(way.fact(), &self.case.id)
            .with("system", system)
            .with("plan", frozen.hash())
            .with("changed", changed.changed.to_string())
            .with("already", changed.already.to_string())
            .with("gone", changed.gone.to_string());
        let fact = if by_hand.is_empty() { fact } else { fact.with("by_hand", by_hand.join(",")) };
        done(Report::outcome(outcome).fact(fact))
    }

    /// What is written, one way or the other.
    async fn writes(&self, way: Way, part: &SystemChanges, applied: &Applied) -> Result<Vec<Write>, Refusal> {
        if way != Way::Lift {
            return Ok(part.writes(applied));
        }
        let others = self.others_in_force().await?.into_iter().flat_map(|plan| plan.systems);
        let here: Vec<SystemChanges> = others.filter(|other| other.system == part.system).collect();
        Ok(part.lifts(&here))
    }

    pub(super) async fn change_system(&self, system: &str, writes: &[Write], key: &str) -> Result<Changed, ConnectorError> {
        if writes.is_empty() {
            // No reason to open somebody's database.
            return Ok(Changed::default());
        }
        self.asks(system, &Ask::Change(writes));
        self.worker.connectors.get(system)?.change(writes, key).await
    }

    /// Reads back what the machine could write; for the rest a person has answered in the form.
    pub(super) async fn verify_change(&self, way: Way) -> Result<Performed, Refusal> {
        let (system, frozen, applied) = (self.branch()?, self.change_plan().await?, self.applied().await?);
        let part = frozen.plan().system(system).ok_or(Refusal::NotFound("system"))?;
        let writes = self.writes(way, part, &applied).await?;
        let verified = match self.worker.connectors.get(system) {
            _ if writes.is_empty() => Ok(Verified::Clean { checked: 0 }),
            Ok(connector) => connector.verify_changed(&writes).await,
            Err(error) => Err(error),
        };
        let fact = Fact::of_case("change-verified", &self.case.id).with("system", system);
        match verified {
            Ok(Verified::Clean { checked }) => done(Report::outcome("clean").fact(fact.with("checked", checked.to_string()))),
            Ok(Verified::Remains(remains)) => {
                let places: Vec<String> = remains.iter().map(|remain| format!("{}={}", remain.collection, remain.rows)).collect();
                done(Report::outcome("remains").fact(fact.with("remains", places.join(" "))))
            }
            Err(error) if error.is_for_a_person() => self.confirmed(fact).await,
            Err(error) => Ok(connector_failed(&error)),
        }
    }

    /// The newest plan of changes.
    pub(super) async fn change_plan(&self) -> Result<Frozen<ChangePlan>, Refusal> {
        let stored = plan::latest(&self.worker.door.store, &self.case.id).await?.ok_or(Refusal::NotFound("plan"))?;
        Ok(sealed::plan(&self.worker.door.keys, &self.case, &stored)?)
    }

    /// Which of the corrections asked for a member of staff has decided to make; where none were asked for, everything.
    pub(super) async fn applied(&self) -> Result<Applied, Refusal> {
        let Some(decided) = self.handed_in(|task| task.form == "correction-decision").await? else { return Ok(Applied::All) };
        if decided.outcome != "partly" {
            return Ok(Applied::All);
        }
        let numbers = decided.fields.keys().filter_map(|name| name.strip_prefix("apply-")?.parse().ok());
        Ok(Applied::Only(numbers.collect::<BTreeSet<usize>>()))
    }
}
