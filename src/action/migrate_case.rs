//! Moves an open case to the newest version of its workflow, or says what stands against it.

use std::collections::BTreeMap;

use habeas_core::workflow::{EventKind, Step, lint, version};

use super::{
    actor::{Actor, Denied, Role},
    advance,
    catalogue::catalogue,
    door::{About, Action, Door, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::case::{self, Case};

/// The move. Where a step of the older version is gone, somebody says which takes its place.
#[derive(Debug, Clone)]
pub struct MigrateCase {
    /// The case's reference.
    pub case: String,
    /// Steps of the older version whose place another takes.
    pub steps: BTreeMap<String, String>,
}

impl Action for MigrateCase {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        if *by == Actor::Operator { Ok(()) } else { by.needs(&[Role::PrivacyLead, Role::Dpo]) }
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        let (event, step) = moved(inside, &case, self.steps)?;
        let fact = Fact::of_case("case-migrated", &case.id).with("from", &case.definition).with("to", &*step.state.sha256);
        let facts = advance::migrated(inside, case, &event, step).await?;
        Ok(Outcome::new((), fact).and(facts))
    }
}

impl Door {
    /// Whether a case could move, without moving it.
    pub async fn could_migrate(&self, by: &Actor, migration: MigrateCase) -> Result<(), Refusal> {
        migration.permit(by).map_err(|Denied| Refusal::Denied)?;
        let tx = self.store.begin().await?;
        let found = match case::lock(&tx, &migration.case).await? {
            Some(case) => moved(&self.inside(&tx, by, self.clock.now()), &case, migration.steps).map(|_| ()),
            None => Err(Refusal::NotFound("case")),
        };
        tx.roll_back().await?;
        found
    }
}

/// The pure move of a case as it stands.
fn moved(inside: &Inside<'_>, case: &Case, steps: BTreeMap<String, String>) -> Result<(habeas_core::workflow::Event, Step), Refusal> {
    let older = inside.workflows.by_sha(&case.definition)?;
    let newer = inside.workflows.of_right(case.right).ok_or(Refusal::NotFound("right"))?;
    if older.sha256 == newer.sha256 {
        return Err(Refusal::conflict("newest", "the case runs on the newest version already"));
    }
    let certain = lint::certain(newer, &catalogue());
    let certain = |step: &str| certain.get(step).cloned().unwrap_or_default();
    let kind = EventKind::Migrated { from: older.sha256.clone(), to: newer.sha256.clone(), steps };
    let event = advance::event_of(inside, format!("migrate:{}:{}", case.id, case.rev), kind);
    let step = advance::guarded(|| {
        version::migrate(older, newer, &certain, &case.workflow_state()?, &event).map_err(|refusal| advance::refused(&refusal))
    })??;
    Ok((event, step))
}
