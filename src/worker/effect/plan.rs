//! Decides what goes and what stays, and freezes it under a hash for the approver (Art. 17(3), 5(2)).

use std::collections::BTreeSet;

use habeas_core::law::{
    decide::{Undecided, undecided},
    hold::{Hold, Unread, Whose, unread},
    plan::{self, Act, Asked, Frozen, Plan},
    record::Record,
};
use serde::Serialize;

use super::{Effect, connector_failed, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    connector::ConnectorError,
    store::{hold, part::Depth, plan::StoredPlan},
};

impl Effect<'_> {
    /// Applies rules and holds to what was found; the counts go into the log, the reasons into the plan.
    pub(super) async fn decide_holds(&self) -> Result<Performed, Refusal> {
        let plan = self.plan().await?;
        let unread = self.unread(&self.asked_about(&self.holds().await?).await?).await?;
        let count = |wanted: fn(&Act) -> bool| {
            plan.systems.iter().flat_map(|part| &part.steps).filter(|step| wanted(&step.act)).count().to_string()
        };
        let fact = Fact::of_case("holds-checked", &self.case.id)
            .with("delete", count(|act| *act == Act::Delete))
            .with("clear", count(|act| matches!(act, Act::Clear { .. })))
            .with("keep", count(|act| *act == Act::Keep));
        done(Report::outcome("decided").with(Product::Unread(unread)).with(Product::Undecided(self.undecided().await?)).fact(fact))
    }

    /// What was found, where a hold asks what it says. Nothing that says something else since is erased: it is another record then.
    pub(super) async fn asked_about(&self, holds: &[Hold]) -> Result<Vec<Record>, Refusal> {
        if holds.iter().any(|hold| hold.scope.asks_values()) { self.found(Depth::Whole).await } else { Ok(Vec::new()) }
    }

    /// What the holds in force could not read in these records.
    pub(super) async fn unread(&self, records: &[Record]) -> Result<Vec<Unread>, Refusal> {
        let (holds, subjects) = (self.holds().await?, [self.case.person().to_owned()]);
        let organisation = &self.worker.door.organisation;
        let today = self.worker.door.clock.today(&organisation.zone());
        Ok(unread(&holds, organisation.systems(), records, self.whose(&subjects), today).into_iter().collect())
    }

    /// What the retention rules could not read in what the person asked about.
    async fn undecided(&self) -> Result<Vec<Undecided>, Refusal> {
        let (records, kinds) = (self.found(Depth::Whole).await?, self.applicant()?.kinds);
        let organisation = &self.worker.door.organisation;
        let today = self.worker.door.clock.today(&organisation.zone());
        Ok(undecided(organisation.systems(), &records, kinds.as_deref(), organisation.rules(), today))
    }

    /// Makes the plan and freezes it.
    pub(super) async fn make_plan(&self) -> Result<Performed, Refusal> {
        let plan = self.plan().await?;
        if plan.systems.iter().all(|part| part.steps.is_empty()) {
            return done(Report::outcome("nothing").fact(Fact::of_case("nothing-held", &self.case.id)));
        }
        if let Err(error) = self.rehearse(&plan).await {
            return Ok(connector_failed(&error));
        }
        let (systems, recipients) = (touched(&plan), self.recipients_of(kinds_of(&plan)));
        let frozen = Frozen::new(plan).map_err(|error| Refusal::Broken(error.to_string()))?;
        let fact = Fact::of_case("plan-frozen", &self.case.id).with("plan", frozen.hash()).with("systems", systems.join(","));
        let report = Report::outcome("something").list("plan.systems", systems).list("plan.recipients", recipients);
        done(report.with(Product::Plan(self.to_store(&frozen)?)).fact(fact))
    }

    /// Tries the plan out in every system that it touches, and undoes it: what stands in its way is known before anybody approves it,
    /// and not when half of the systems are done.
    async fn rehearse(&self, plan: &Plan) -> Result<(), ConnectorError> {
        for part in plan.systems.iter().filter(|part| part.steps.iter().any(|step| step.act != Act::Keep)) {
            match self.worker.connectors.get(&part.system)?.rehearse(part).await {
                // What a person will do cannot be tried out.
                Err(error) if error.is_for_a_person() => {}
                rehearsed => drop(rehearsed?),
            }
        }
        Ok(())
    }

    /// A frozen plan as a row, sealed under its case's key and its own hash. Nobody has approved it yet.
    pub(super) fn to_store<T: Serialize>(&self, frozen: &Frozen<T>) -> Result<StoredPlan, Refusal> {
        let sealed = self.seal.seal(self.worker.door.chance, &format!("plan:{}", frozen.hash()), frozen.plan())?;
        Ok(StoredPlan {
            case: self.case.id.clone(),
            hash: frozen.hash().to_owned(),
            frozen_at: self.worker.door.clock.now(),
            approved: None,
            sealed: Some(sealed),
        })
    }

    /// The plan that today's rules and holds make of what was asked about.
    async fn plan(&self) -> Result<Plan, Refusal> {
        let (records, kinds) = (self.found(Depth::Whole).await?, self.applicant()?.kinds);
        let secrets = self.worker.door.keys.masks(&self.seal);
        let asked = Asked { records: &records, kinds: kinds.as_deref(), secrets: &secrets, floors: self.floors() };
        let organisation = &self.worker.door.organisation;
        let today = self.worker.door.clock.today(&organisation.zone());
        let holds = self.holds().await?;
        let subjects = [self.case.person().to_owned()];
        Ok(plan::make(organisation.systems(), asked, organisation.rules(), &holds, self.whose(&subjects), today))
    }

    /// Every hold there is. One that cannot be read is an error, so that nothing is erased past it.
    pub(super) async fn holds(&self) -> Result<Vec<Hold>, Refusal> {
        Ok(hold::all(&self.worker.door.store).await?.into_iter().map(|stored| stored.hold).collect())
    }

    /// Whose records these are, as holds name people.
    pub(super) fn whose<'w>(&'w self, subjects: &'w [String]) -> Whose<'w> {
        Whose { subjects, case: &self.case.id }
    }

    /// Recipients of kinds, given as system and collection, who must be told when these change: each of them (Art. 19).
    pub(super) fn recipients_of<'k>(&self, kinds: impl IntoIterator<Item = (&'k str, &'k str)>) -> Vec<String> {
        let organisation = &self.worker.door.organisation;
        let collections = kinds.into_iter().filter_map(|(system, collection)| organisation.system(system)?.collection(collection));
        let ids: BTreeSet<&String> = collections.flat_map(|collection| &collection.recipients).collect();
        let recipients = organisation.recipients().iter().filter(|recipient| ids.contains(&recipient.id));
        recipients.map(|recipient| recipient.id.clone()).collect()
    }
}

/// Kinds of which something goes.
pub(super) fn kinds_of(plan: &Plan) -> impl Iterator<Item = (&str, &str)> {
    let steps = plan.systems.iter().flat_map(|part| part.steps.iter().map(move |step| (part, step)));
    steps.filter(|(_, step)| step.act != Act::Keep).map(|(part, step)| (part.system.as_str(), step.collection.as_str()))
}

/// Systems in which the plan changes something.
fn touched(plan: &Plan) -> Vec<String> {
    let changes = |part: &&plan::SystemPlan| part.steps.iter().any(|step| step.act != Act::Keep);
    plan.systems.iter().filter(changes).map(|part| part.system.clone()).collect()
}
