//! Systems without an interface. Nothing is ever tried: every act is a person's, and is handed over at once.

use async_trait::async_trait;
use habeas_core::law::{
    change::Write,
    connection::manual::{Duty, Manual},
    map::System,
    plan::{Act, Cleared, SystemPlan},
    record::{Key, Record},
};

use super::{
    Ask, Capabilities, Cause, Changed, Connector, ConnectorError, Erased, Found, Idempotency, Leave, Operation, Question, SchemaProblem,
    Tally, Verified,
};

/// A system that its owner works with.
pub(super) struct ByHand {
    system: System,
    manual: Manual,
}

impl ByHand {
    pub(super) const fn new(system: System, manual: Manual) -> Self {
        Self { system, manual }
    }

    fn refuse<T>(&self, collection: Option<&str>, operation: Operation, doing: &'static str) -> Result<T, ConnectorError> {
        let collection = collection.unwrap_or_default().to_owned();
        Err(Cause::Unsupported { collection, operation: operation.name() }.of(&self.system.key, doing))
    }
}

fn first(part: &SystemPlan) -> Option<&str> {
    part.steps.first().map(|step| step.collection.as_str())
}

#[async_trait]
impl Connector for ByHand {
    fn capabilities(&self, _: &str) -> Capabilities {
        Capabilities::of(|_| false, Idempotency::None)
    }

    fn outline(&self, ask: &Ask<'_>) -> Vec<String> {
        let touched = match ask {
            Ask::Find(_) => return vec!["a search by a person".to_owned()],
            Ask::Erase(part) => part.steps.iter().filter(|step| step.act != Act::Keep).count(),
            Ask::Change(writes) => writes.len(),
        };
        if touched == 0 { Vec::new() } else { vec![format!("{touched} records by a person")] }
    }

    async fn find_each(&self, questions: &[Question], _: &mut dyn Found) -> Result<(), ConnectorError> {
        self.refuse(questions.first().map(|question| question.collection.as_str()), Operation::Find, "find records")
    }

    async fn page(&self, collection: &str, _: Option<&Key>, _: usize) -> Result<Vec<Record>, ConnectorError> {
        self.refuse(Some(collection), Operation::Read, "read a collection through")
    }

    async fn erase(&self, part: &Cleared<SystemPlan>, _: &str, _: &dyn Leave) -> Result<Erased, ConnectorError> {
        self.refuse(first(part.get()), Operation::Erase, "erase")
    }

    /// What a person will do, counted: nothing of it can be tried.
    async fn rehearse(&self, part: &SystemPlan) -> Result<Erased, ConnectorError> {
        let mut erased = Erased::default();
        for step in &part.steps {
            let counted = match step.act {
                Act::Delete => Tally { deleted: 1, ..Tally::default() },
                Act::Clear { .. } => Tally { cleared: 1, ..Tally::default() },
                Act::Keep => continue,
            };
            let tally = erased.collections.entry(step.collection.clone()).or_default();
            tally.deleted += counted.deleted;
            tally.cleared += counted.cleared;
        }
        Ok(erased)
    }

    async fn verify(&self, part: &SystemPlan) -> Result<Verified, ConnectorError> {
        self.refuse(first(part), Operation::Verify, "read back")
    }

    async fn change(&self, writes: &[Write], _: &str) -> Result<Changed, ConnectorError> {
        self.refuse(writes.first().map(|write| write.collection.as_str()), Operation::Correct, "change records")
    }

    async fn verify_changed(&self, writes: &[Write]) -> Result<Verified, ConnectorError> {
        self.refuse(writes.first().map(|write| write.collection.as_str()), Operation::Verify, "read back")
    }

    /// Nothing of ours lies in it.
    async fn scrub(&self) -> Result<(), ConnectorError> {
        Ok(())
    }

    /// There is nothing to compare with; what can be missing is what its owner is told to do.
    async fn check(&self) -> Result<Vec<SchemaProblem>, ConnectorError> {
        let missing = |duty: Duty| SchemaProblem::NoChecklist { duty: duty.name().to_owned() };
        Ok(self.manual.missing().map(missing).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use habeas_core::law::{
        connection::manual::Manual,
        lang::Text,
        map::{Connection, System},
        plan::SystemPlan,
    };

    use super::{ByHand, Connector as _, Duty};
    use crate::connector::{Kind, Operation, SchemaProblem};

    #[tokio::test]
    async fn everything_is_a_persons_at_once_and_a_missing_checklist_is_told() {
        let manual = Manual { steps: BTreeMap::from([(Duty::Erase, vec![Text::default()])]), ..Manual::default() };
        let system = System {
            key: "cabinet".into(),
            label: Text::default(),
            connection: Connection::Manual(manual.clone()),
            collections: Vec::new(),
        };
        let cabinet = ByHand::new(system, manual);
        let part = SystemPlan { system: "cabinet".into(), steps: Vec::new() };
        for refused in [cabinet.find(&[]).await.err(), cabinet.verify(&part).await.err(), cabinet.change(&[], "k").await.err()] {
            let refused = refused.unwrap();
            assert!(refused.is_for_a_person() && refused.kind == Kind::Permanent, "{refused}");
        }
        assert!(cabinet.rehearse(&part).await.is_ok(), "a plan is made although nothing can be tried");
        assert!(!cabinet.capabilities("folders").can(Operation::Find));
        let missing = cabinet.check().await.unwrap();
        let duties: Vec<String> = missing.iter().map(ToString::to_string).collect();
        assert_eq!(duties.len(), 3, "{duties:?}");
        assert!(missing.iter().all(|problem| !problem.is_error() && matches!(problem, SchemaProblem::NoChecklist { .. })));
    }
}
