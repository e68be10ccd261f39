//! Finds what a system holds about the person (Art. 15(1)), and looks at what was found before it leaves (Art. 15(4)).

use habeas_core::law::{change::Stop, record::Record, right::Right};

use super::{Effect, connector_failed, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    connector::{search, to_find},
    store::finding::Finding,
};

impl Effect<'_> {
    /// Searches one system by the proven identifiers.
    pub(super) async fn locate(&self) -> Result<Performed, Refusal> {
        self.search_one(|_| true).await
    }

    /// The same by the mailbox alone, for what is sent or rests on a consent: of everything else nothing is kept, because who asks is
    /// not proven well enough.
    pub(super) async fn locate_mailbox(&self) -> Result<Performed, Refusal> {
        let what = if self.case.right == Right::ConsentWithdrawal { Stop::Consent } else { Stop::Marketing };
        let systems = self.worker.systems();
        let collection = |record: &Record| systems.iter().find(|system| system.key == record.system)?.collection(&record.collection);
        self.search_one(|record| collection(record).is_some_and(|collection| what.touches(collection))).await
    }

    async fn search_one(&self, wanted: impl Fn(&Record) -> bool) -> Result<Performed, Refusal> {
        let system = self.branch()?;
        self.asks(system, &to_find(self.worker.systems(), &self.proven()?, system));
        let mut found = match search(&self.worker.connectors, self.worker.systems(), &self.proven()?, system).await {
            Ok(found) => found,
            Err(error) => return Ok(connector_failed(&error)),
        };
        found.records.retain(wanted);
        let outcome = if found.records.is_empty() { "nothing" } else { "found" };
        let chance = self.worker.door.chance;
        let finding = Finding {
            case: self.case.id.clone(),
            system: system.to_owned(),
            outcome: outcome.to_owned(),
            records: u64::try_from(found.records.len()).unwrap_or(u64::MAX),
            found_at: self.worker.door.clock.now(),
            problem: None,
            sealed: Some(self.seal.seal(chance, &format!("finding:{system}"), &found.records)?),
        };
        let looked: Vec<String> = found.looked.iter().map(|(place, count)| format!("{place}={count}")).collect();
        let fact = Fact::of_case("system-searched", &self.case.id)
            .with("system", system)
            .with("records", finding.records.to_string())
            .with("looked", looked.join(" "));
        done(Report::outcome(outcome).with(Product::Finding(finding)).fact(fact))
    }

    /// Whether data about others is among what was found.
    pub(super) async fn screen_access(&self) -> Result<Performed, Refusal> {
        let records = self.records().await?;
        let organisation = &self.worker.door.organisation;
        let about_others = records.iter().any(|record| {
            let collection = organisation.system(&record.system).and_then(|system| system.collection(&record.collection));
            collection
                .is_some_and(|collection| collection.fields.iter().any(|field| field.third_person && !record.value(&field.name).is_null()))
        });
        let outcome = match (records.is_empty(), about_others) {
            (true, _) => "nothing",
            (false, true) => "others",
            (false, false) => "clean",
        };
        done(Report::outcome(outcome).fact(Fact::of_case("access-screened", &self.case.id).with("outcome", outcome)))
    }
}
