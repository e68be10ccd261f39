//! Goes through a system that has restored its own backup, and erases again what the ledger says was erased: rehearse, erase, read back.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use habeas_core::{
    law::{
        hold::{Hold, OnRecord, Whose},
        ledger::{Erased, Found, Knows, Replay},
    },
    table::Truth,
};
use serde::Serialize;

use super::{Worker, effect::erase::read_back};
use crate::{
    action::{
        actor::Actor,
        note_replay::{NoteReplay, may_replay},
        refusal::Refusal,
    },
    connector::{Cause, ConnectorError, Verified},
    store::{
        StoreError, case, hold,
        ledger::{self, Erasure},
        person,
    },
};

/// How many records are read at once.
const PAGE: usize = 1000;

/// Records of one case and collection that a person erased, and has to look for again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ByHand {
    /// The case, whose plan names the records.
    pub case: String,
    /// The collection.
    pub collection: String,
    /// How many.
    pub records: usize,
    /// The hold that keeps them since; they are left alone.
    pub held: Option<String>,
}

/// Why a system was not gone through to the end. What was erased by then is erased, and another try finds it so.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The house refused, or its database did not answer.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The system did.
    #[error(transparent)]
    System(#[from] ConnectorError),
    /// No such system.
    #[error("the data map has no system `{0}`")]
    Unknown(String),
    /// The ledger that is kept apart.
    #[error("the erasure ledger `{0}` cannot be read or written; put it back, or mend the line that is broken")]
    Apart(PathBuf, #[source] std::io::Error),
    /// The system says that it erased, and did not.
    #[error("records are still in `{0}` after they were erased; look at its triggers and run this again")]
    Remains(String),
}

impl From<StoreError> for ReplayError {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl Worker {
    /// Erases again, in one system, what it brought back. A dry run looks and rehearses, and changes nothing.
    ///
    /// Whoever restores a house calls this for every system before the house opens.
    pub async fn replay(&self, by: &Actor, system: &str, dry: bool) -> Result<Found, ReplayError> {
        self.replay_with(by, system, dry, &Erasure::default()).await
    }

    /// The same with what the database does not know yet. It is told when it is done.
    pub(super) async fn replay_with(&self, by: &Actor, system: &str, dry: bool, newer: &Erasure) -> Result<Found, ReplayError> {
        may_replay(by).map_err(|_| Refusal::Denied)?;
        let holds: Vec<_> = hold::all(&self.door.store).await?.into_iter().map(|stored| stored.hold).collect();
        let found = self.go_through(system, &holds, newer).await?;
        let connector = self.connectors.get(system)?;
        let cleared = found.cleared(system);
        let some = !cleared.get().steps.is_empty();
        if some {
            connector.rehearse(cleared.get()).await?;
        }
        if dry {
            return Ok(found);
        }
        if some {
            let key = format!("ledger:{system}:{}", self.now().as_microsecond());
            match self.erase(connector, &cleared, &key, &holds, None).await? {
                // A hold was placed meanwhile: gone through anew, with it.
                Err(ConnectorError { source: Cause::Held, .. }) => return Box::pin(self.replay_with(by, system, dry, newer)).await,
                erased => drop(erased?),
            }
            if let Verified::Remains(_) = read_back(connector, cleared.get()).await? {
                return Err(ReplayError::Remains(system.to_owned()));
            }
        }
        let blind = |kind: &str, value: &str| self.door.keys.ledger(kind, value);
        let again = Erasure { entries: found.entries(system, &blind), identifiers: Vec::new() };
        self.note_apart(&again);
        let mut erased = newer.clone();
        erased.entries.extend(again.entries);
        let note =
            NoteReplay { system: system.to_owned(), counts: found.counts.clone(), holds: found.holds.iter().cloned().collect(), erased };
        self.door.run(by, note).await?;
        Ok(found)
    }

    /// Reads every record of the collections that the ledger knows, and those in which people are named.
    async fn go_through(&self, key: &str, holds: &[Hold], newer: &Erasure) -> Result<Found, ReplayError> {
        let door = &self.door;
        let system = door.organisation.system(key).ok_or_else(|| ReplayError::Unknown(key.to_owned()))?;
        let mut entries = ledger::of_system(&door.store, key).await?;
        entries.extend(newer.entries.iter().filter(|entry| entry.system == key).cloned());
        let mut identifiers = ledger::identifiers(&door.store).await?;
        identifiers.extend(newer.identifiers.iter().cloned());
        let mut subjects = BTreeMap::new();
        for entry in &entries {
            if !subjects.contains_key(&entry.case)
                && let Some(case) = case::get(&door.store, &entry.case).await?
            {
                let person = case.person().to_owned();
                subjects.insert(case.id, person);
            }
        }
        let secrets = door.keys.masks_again(door.chance).map_err(Refusal::from)?;
        let blind = |kind: &str, value: &str| door.keys.ledger(kind, value);
        let today = door.clock.today(&door.organisation.zone());
        let knows = Knows { blind: &blind, secrets: &secrets, holds, subjects: &subjects, identifiers: &identifiers, today };
        let mut replay = Replay::new(system, &entries, knows);
        let connector = self.connectors.get(key)?;
        let collections: Vec<String> = replay.collections().map(|collection| collection.name.clone()).collect();
        for collection in collections {
            let mut after = None;
            loop {
                let page = connector.page(&collection, after.as_ref(), PAGE).await?;
                for record in &page {
                    replay.see(record);
                }
                match page.last() {
                    Some(last) if page.len() == PAGE => after = Some(last.key.clone()),
                    _ => break,
                }
            }
        }
        Ok(replay.finish())
    }

    /// What was erased by hand in a system that nobody but people can look into: by case and collection, how many records. Whoever
    /// answers for it looks for them again. Records under a hold that was placed since are not among them.
    pub async fn erased_by_hand(&self, by: &Actor, system: &str) -> Result<Vec<ByHand>, ReplayError> {
        may_replay(by).map_err(|_| Refusal::Denied)?;
        let door = &self.door;
        let today = door.clock.today(&door.organisation.zone());
        let holds: Vec<_> =
            hold::all(&door.store).await?.into_iter().map(|stored| stored.hold).filter(|hold| hold.is_active(today)).collect();
        let mut records = BTreeMap::<(String, String), BTreeSet<String>>::new();
        for entry in ledger::of_system(&door.store, system).await?.into_iter().filter(|entry| entry.act != Erased::Keep) {
            records.entry((entry.case, entry.collection)).or_default().insert(entry.record);
        }
        let mut all = Vec::new();
        for ((case, collection), records) in records {
            let subjects: Vec<String> = case::get(&door.store, &case).await?.map(|case| case.person().to_owned()).into_iter().collect();
            let whose = Whose { subjects: &subjects, case: &case };
            let map = self.systems().iter().find(|known| known.key == system).and_then(|system| system.collection(&collection));
            // Nobody can read there, so a hold that asks what records say keeps all of them.
            let on = OnRecord { system, collection: &collection, map, record: None };
            let held = holds.iter().find(|hold| hold.covers(on, whose) != Truth::No).map(|hold| hold.id.clone());
            all.push(ByHand { case: case.clone(), collection, records: records.len(), held });
        }
        Ok(all)
    }

    /// Whether nobody but people can look into a system; and who answers for it, by handle.
    pub async fn is_by_hand(&self, system: &str) -> Result<Option<Vec<String>>, StoreError> {
        if !self.systems().iter().any(|known| known.key == system && known.is_manual()) {
            return Ok(None);
        }
        let people = person::all(&self.door.store).await?.into_iter();
        let answers = |person: &person::Person| person.disabled_at.is_none() && person.systems.iter().any(|own| own == system);
        Ok(Some(people.filter(answers).map(|person| person.id).collect()))
    }

    /// Every connected system, in the order of the data map.
    pub fn system_keys(&self) -> Vec<String> {
        self.systems().iter().map(|system| system.key.clone()).collect()
    }
}
