//! Looks at every connected system once a day, and when somebody asks: is it there, and is it still what the data map says?

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use habeas_core::law::{
    drift::{Found, Problem, Weight},
    map::System,
};

use super::Worker;
use crate::{
    action::{actor::Actor, drift::NoteDrift, refusal::Refusal},
    connector::SchemaProblem,
    store::drift,
};

impl Worker {
    /// Looks at the systems whose turn it is, side by side. One that does not answer does not hide the others.
    pub(super) async fn look_for_drift(&self) -> Result<(), Refusal> {
        let (store, now) = (&self.door.store, self.door.clock.now());
        let known: BTreeMap<_, _> = drift::all(store).await?.into_iter().map(|looks| (looks.system.clone(), looks)).collect();
        let mut due = Vec::new();
        for system in self.systems() {
            if known.get(&system.key).is_none_or(|looks| looks.is_due(now)) && drift::claim(store, &system.key, now).await? {
                due.push(system);
            }
        }
        let looks = join_all(due.iter().map(|system| self.connectors.check_one(self.systems(), &system.key))).await;
        for (system, look) in due.into_iter().zip(looks) {
            let found = match look {
                Ok(problems) => Found::Reached(problems.iter().map(told).collect()),
                Err(error) => Found::Missed { kind: error.kind.name().to_owned(), words: error.to_string() },
            };
            self.keep(system, found).await?;
        }
        Ok(())
    }

    /// What was found again as before is no news and goes by the log, or an idle house would fill it.
    async fn keep(&self, system: &System, found: Found) -> Result<(), Refusal> {
        let (now, can) = (self.door.clock.now(), self.can(system));
        let tx = self.door.store.begin().await?;
        let before = drift::lock(&tx, &system.key).await?.drift;
        let after = before.after(found.clone(), can.clone(), now);
        if !after.differs(&before) {
            drift::looked(&tx, &system.key, &after, now).await?;
            return Ok(tx.commit().await?);
        }
        tx.roll_back().await?;
        tracing::info!(system = system.key, problems = after.problems.len(), reached = after.missed.is_none(), "drift changed");
        self.door.run(&Actor::Worker, NoteDrift { system: system.key.clone(), found, can }).await
    }

    fn can(&self, system: &System) -> BTreeMap<String, BTreeSet<String>> {
        let Ok(connector) = self.connectors.get(&system.key) else { return BTreeMap::new() };
        let of = |collection: &str| connector.capabilities(collection).operations.iter().map(|it| it.name().to_owned()).collect();
        system.collections.iter().map(|collection| (collection.name.clone(), of(&collection.name))).collect()
    }
}

fn told(problem: &SchemaProblem) -> Problem {
    let (code, names) = problem.named();
    let weight = match problem {
        _ if problem.is_error() => Weight::Wrong,
        _ if problem.is_loud() => Weight::Loud,
        _ => Weight::Worth,
    };
    Problem { print: problem.print(), code, weight, collection: problem.collection().to_owned(), names, words: problem.to_string() }
}
