//! Erases what the approved plan says, in one system, and reads back. The guards are asked at this very moment.

use std::collections::BTreeSet;

use habeas_core::law::{
    ledger, order,
    plan::{Act, Blocked, Clearance, Frozen, Plan, SystemPlan, clear},
};

use super::{Effect, connector_failed, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    connector::{Ask, Cause, Connector, ConnectorError, Done, Verified},
    store::{
        ledger::Erasure,
        plan::{self, StoredPlan},
        sealed,
    },
};

/// The form in which a person says that something was erased by hand.
pub(super) const PROOF: &str = "erasure-proof";

impl Effect<'_> {
    /// Erases in one system. A hold that is placed meanwhile stops it.
    pub(super) async fn erase(&self) -> Result<Performed, Refusal> {
        let system = self.branch()?;
        let (stored, frozen) = self.approved_plan().await?;
        let (holds, subjects) = (self.holds().await?, [self.case.person().to_owned()]);
        let records = self.asked_about(&holds).await?;
        let clearance = Clearance { records: &records, ..self.clearance(&stored, &holds, &subjects) };
        let cleared = match clear(&frozen, system, clearance) {
            Ok(cleared) => cleared,
            Err(Blocked::Hold(hold)) => {
                let fact = Fact::of_case("erasure-blocked", &self.case.id).with("system", system).with("hold", hold);
                return done(Report::outcome("blocked").fact(fact));
            }
            Err(blocked) => return Ok(Performed::Never(blocked.to_string().into())),
        };
        if let Some(waiting) = self.waits(frozen.plan(), cleared.get()).await {
            return Ok(waiting);
        }
        let key = format!("{}:{}:{system}", self.case.id, frozen.hash());
        let connector = match self.worker.connectors.get(system) {
            Ok(connector) => connector,
            Err(error) => return Ok(connector_failed(&error)),
        };
        self.asks(system, &Ask::Erase(cleared.get()));
        let erased = match self.worker.erase(connector, &cleared, &key, &holds, Some(self.command)).await? {
            Ok(erased) => erased,
            // Decided anew, with that hold.
            Err(ConnectorError { source: Cause::Held, .. }) => return Box::pin(self.erase()).await,
            Err(error) => return Ok(connector_failed(&error)),
        };
        let outcome = if erased.done() == Done::NothingFound { "nothing" } else { "erased" };
        let total = erased.total();
        let fact = Fact::of_case("system-erased", &self.case.id)
            .with("system", system)
            .with("plan", frozen.hash())
            .with("deleted", total.deleted.to_string())
            .with("cleared", total.cleared.to_string())
            .with("already_gone", total.already_gone.to_string());
        done(Report::outcome(outcome).with(self.ledgered(frozen.hash(), cleared.get())?).fact(fact))
    }

    /// What an erasure leaves in the ledger, however much of it was gone before.
    pub(super) fn ledgered(&self, plan: &str, part: &SystemPlan) -> Result<Product, Refusal> {
        let keys = &self.worker.door.keys;
        let blind = |kind: &str, value: &str| keys.ledger(kind, value);
        let identifiers = self.proven()?.iter().map(|proven| (ledger::identifier(proven, &blind), self.case.id.clone())).collect();
        let erasure = Erasure { entries: ledger::entries(&self.case.id, plan, part, &blind), identifiers };
        self.worker.note_apart(&erasure);
        Ok(Product::Erased(erasure))
    }

    /// What stands in the way while another system still holds what has to go first (`erase_after`).
    async fn waits(&self, plan: &Plan, part: &SystemPlan) -> Option<Performed> {
        let goes = |part: &SystemPlan, collection: &str| part.steps.iter().any(|it| it.act != Act::Keep && it.collection == collection);
        let touched: BTreeSet<&str> = part.steps.iter().filter(|it| it.act != Act::Keep).map(|it| it.collection.as_str()).collect();
        for (system, collection) in order::waits_for(self.worker.systems(), &part.system, &touched) {
            let Some(first) = plan.system(system).filter(|first| goes(first, collection)) else { continue };
            let read = match self.worker.connectors.get(system) {
                Ok(connector) => connector.verify(first).await,
                Err(error) => Err(error),
            };
            match read {
                Ok(Verified::Clean { .. }) => {}
                Ok(Verified::Remains(_)) => {
                    return Some(Performed::NotNow(format!("`{}` waits until `{system}.{collection}` is erased", part.system).into()));
                }
                Err(error) => return Some(connector_failed(&error)),
            }
        }
        None
    }

    /// Whether anything was erased since the request arrived, by us or by hand: then there is nothing left to refuse, only to finish.
    pub(super) async fn account_erasure(&self) -> Result<Performed, Refusal> {
        let erased = self.efforts().await?.iter().any(|(action, outcome)| action == "system.erase" && outcome == "erased");
        let by_hand = self.handed_in(|task| task.form == PROOF).await?.is_some_and(|proof| proof.outcome == "submitted");
        let outcome = if erased || by_hand { "touched" } else { "untouched" };
        done(Report::outcome(outcome).fact(Fact::of_case("erasure-accounted", &self.case.id).with("outcome", outcome)))
    }

    /// Reads back every record of the plan in one system.
    pub(super) async fn verify_erased(&self) -> Result<Performed, Refusal> {
        let system = self.branch()?;
        let (_, frozen) = self.approved_plan().await?;
        let part = frozen.plan().system(system).ok_or(Refusal::NotFound("system"))?;
        let verified = match self.worker.connectors.get(system) {
            Ok(connector) => read_back(connector, part).await,
            Err(error) => Err(error),
        };
        let fact = Fact::of_case("erasure-verified", &self.case.id).with("system", system);
        let by_hand = self.handed_in(|task| task.form == PROOF && task.branch.as_deref() == Some(system)).await?;
        let erased = by_hand.is_some_and(|form| form.outcome == "submitted");
        let verified = match verified {
            Ok(Verified::Clean { checked }) => done(Report::outcome("clean").fact(fact.with("checked", checked.to_string()))),
            Ok(Verified::Remains(remains)) => {
                let places: Vec<String> = remains.iter().map(|remain| format!("{}={}", remain.collection, remain.rows)).collect();
                done(Report::outcome("remains").fact(fact.with("remains", places.join(" "))))
            }
            Err(error) if error.is_for_a_person() => self.confirmed(fact).await,
            Err(error) => Ok(connector_failed(&error)),
        };
        match verified? {
            // What a person erased comes back from a backup like anything else; a connector has noted its own.
            Performed::Done(report) if erased && report.outcome == "clean" => done(report.with(self.ledgered(frozen.hash(), part)?)),
            performed => Ok(performed),
        }
    }

    /// The newest plan, which is the one that was approved or none is.
    pub(super) async fn approved_plan(&self) -> Result<(StoredPlan, Frozen), Refusal> {
        let stored = plan::latest(&self.worker.door.store, &self.case.id).await?.ok_or(Refusal::NotFound("plan"))?;
        let frozen = self.open_plan(&stored)?;
        Ok((stored, frozen))
    }

    /// Opens a stored plan.
    pub(super) fn open_plan(&self, stored: &StoredPlan) -> Result<Frozen, Refusal> {
        Ok(sealed::plan(&self.worker.door.keys, &self.case, stored)?)
    }
}

/// Reads every record of a plan back, after stale copies on the disk are gone too.
pub(in crate::worker) async fn read_back(connector: &dyn Connector, part: &SystemPlan) -> Result<Verified, ConnectorError> {
    connector.scrub().await?;
    connector.verify(part).await
}
