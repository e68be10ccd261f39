//! How strongly the person is proven, and whether that is enough for what was found (Art. 12(6)).

use habeas_core::law::{
    ask::Asked,
    identifier::Identifier,
    map::{Class, Collection, Field, System},
    portable::is_taken_along,
    record::Record,
    right::Right,
    tier::{self, Tier},
};

use super::{Effect, connector_failed, done};
use crate::{
    action::{
        fact::Fact,
        refusal::Refusal,
        report_effect::{Performed, Product, Report},
    },
    connector::{ConnectorError, Match, match_person},
    store::part::Depth,
};

impl Effect<'_> {
    /// Whether the proven mailbox and the second item belong to one and the same person.
    pub(super) async fn match_identity(&self) -> Result<Performed, Refusal> {
        let found = match self.matched().await {
            Ok(found) => found?,
            Err(error) => return Ok(connector_failed(&error)),
        };
        let fact = |outcome: &str| Fact::of_case("identity-matched", &self.case.id).with("outcome", outcome);
        done(match found {
            Match::Sure => Report::outcome("sure")
                .with(Product::Tier(Tier::SecondItem))
                .fact(fact("sure").with("tier", Tier::SecondItem.number().to_string())),
            Match::Unsure { why } => Report::outcome("unsure").fact(fact("unsure").with("why", why.to_string())),
            // Nobody has looked into a filing cabinet yet, so nobody can say that she is not known.
            Match::Nothing if self.worker.systems().iter().any(System::is_manual) => {
                Report::outcome("unsure").fact(fact("unsure").with("why", "a system that only people can search may know her"))
            }
            Match::Nothing => Report::outcome("nothing").fact(fact("nothing")),
        })
    }

    /// The mailbox alone never proves more than tier 0, so without a second item nobody known is sure.
    async fn matched(&self) -> Result<Result<Match, Refusal>, ConnectorError> {
        let (applicant, email) = match self.applicant().and_then(|applicant| Ok((applicant, self.proven()?))) {
            Ok(both) => both,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let known = match_person(&self.worker.connectors, self.worker.systems(), &email).await?;
        let mut best = match known {
            Match::Sure => Match::Unsure { why: crate::connector::Doubt::Unknown { kind: "second item".to_owned() } },
            other => other,
        };
        for kind in &self.worker.door.organisation.about().identity.second_items {
            let Some(item) = applicant.item.as_deref().and_then(|item| Identifier::parse(kind, item).ok()) else { continue };
            let both = [email.clone(), vec![item]].concat();
            match match_person(&self.worker.connectors, self.worker.systems(), &both).await? {
                Match::Sure => return Ok(Ok(Match::Sure)),
                unsure @ Match::Unsure { .. } if best == Match::Nothing => best = unsure,
                _ => {}
            }
        }
        Ok(Ok(best))
    }

    /// Whether what was found, as far as the request is about it, asks for a stronger proof than the person has given. Asking for more
    /// is as wrong as asking for less (EDPB 01/2022 §73).
    pub(super) async fn screen_identity(&self) -> Result<Performed, Refusal> {
        let (records, asked) = (self.records(Depth::Brief).await?, self.applicant()?.asked);
        let floor = tier::floor(self.class_of(&records, |collection, field, address| match &asked {
            Asked::Corrections(corrections) => corrections.iter().any(|it| it.kind == address && it.field == field.name),
            _ => self.case.right != Right::Portability || is_taken_along(collection, field),
        }));
        let outcome = if self.case.tier >= Some(floor) { "enough" } else { "more" };
        let fact = Fact::of_case("identity-screened", &self.case.id).with("outcome", outcome).with("floor", floor.number().to_string());
        done(Report::outcome(outcome).fact(fact))
    }

    /// The highest class among the values found in fields that matter; an empty field discloses nothing.
    fn class_of(&self, records: &[Record], matters: impl Fn(&Collection, &Field, &str) -> bool) -> Class {
        let class = |record: &Record| {
            let collection = self.worker.door.organisation.system(&record.system)?.collection(&record.collection)?;
            let held = |field: &&Field| !record.value(&field.name).is_null() && matters(collection, field, &record.address());
            collection.fields.iter().filter(held).map(Field::class).max()
        };
        records.iter().filter_map(class).max().unwrap_or(Class::Ordinary)
    }
}
