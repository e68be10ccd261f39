//! Finds what a system holds about the person (Art. 15(1)), and looks at what was found before it leaves (Art. 15(4)).

use async_trait::async_trait;
use habeas_core::law::{change::Stop, record::Record, right::Right};

use super::{Effect, connector_failed, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    connector::{Cause, Found, search_into, to_find},
    store::{
        StoreError,
        finding::Finding,
        part::{Depth, Desk, Writer},
    },
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

    async fn search_one(&self, wanted: impl Fn(&Record) -> bool + Send) -> Result<Performed, Refusal> {
        let (system, door, proven) = (self.branch()?, &self.worker.door, self.proven()?);
        self.asks(system, &to_find(self.worker.systems(), &proven, system));
        let desk = Desk { store: &door.store, seal: &self.seal, chance: door.chance, case: &self.case.id, system };
        let mut keeping = Keeping { writer: Writer::new(desk)?, wanted, failed: None };
        let searched = search_into(&self.worker.connectors, self.worker.systems(), &proven, system, &mut keeping).await;
        let Keeping { writer, failed, .. } = keeping;
        let looked = match searched {
            Ok(looked) => looked,
            Err(error) => {
                writer.discard().await?;
                return failed.map_or_else(|| Ok(connector_failed(&error)), |failed| Err(failed.into()));
            }
        };
        let collections = self.worker.systems().iter().filter(|it| it.key == system).flat_map(|it| &it.collections);
        let written = writer.finish(collections.map(|collection| collection.name.as_str())).await?;
        let outcome = if written.records == 0 { "nothing" } else { "found" };
        let finding = Finding {
            case: self.case.id.clone(),
            system: system.to_owned(),
            outcome: outcome.to_owned(),
            records: written.records,
            found_at: door.clock.now(),
            problem: None,
            sealed: Some(written.sealed),
            parts: written.parts,
        };
        let looked: Vec<String> = looked.iter().map(|(place, count)| format!("{place}={count}")).collect();
        let fact = Fact::of_case("system-searched", &self.case.id)
            .with("system", system)
            .with("records", finding.records.to_string())
            .with("looked", looked.join(" "));
        done(Report::outcome(outcome).with(Product::Finding(finding)).fact(fact))
    }

    /// Whether data about others is among what was found.
    pub(super) async fn screen_access(&self) -> Result<Performed, Refusal> {
        let records = self.records(Depth::Brief).await?;
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

/// Seals what is found as it comes.
struct Keeping<'a, F> {
    writer: Writer<'a>,
    wanted: F,
    /// Why it could not be stored.
    failed: Option<StoreError>,
}

#[async_trait]
impl<F: Fn(&Record) -> bool + Send> Found for Keeping<'_, F> {
    async fn take(&mut self, record: Record) -> Result<(), Cause> {
        if !(self.wanted)(&record) {
            return Ok(());
        }
        self.writer.add(record).await.map_err(|error| {
            self.failed = Some(error);
            Cause::Unkept
        })
    }
}
