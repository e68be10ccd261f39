//! The definitions in use: compiled against the catalogue, found by right for new cases and by hash for old ones.

use std::collections::{BTreeMap, btree_map::Entry};

use habeas_core::{
    law::right::Right,
    workflow::{self, Compiled, Diagnostic},
};
use jiff::Timestamp;

use super::{catalogue, refusal::Refusal};
use crate::store::{Store, definition};

/// Every definition that a case may run on.
#[derive(Debug, Default)]
pub struct Workflows {
    by_sha: BTreeMap<String, Compiled>,
    by_right: BTreeMap<Right, String>,
    texts: BTreeMap<String, String>,
}

impl Workflows {
    /// Compiles definitions, given as file name and text; every problem of every file at once.
    pub fn compile(files: &[(String, String)]) -> Result<Self, Vec<Diagnostic>> {
        let catalogue = catalogue::catalogue();
        let (mut workflows, mut problems) = (Self::default(), Vec::new());
        for (file, text) in files {
            match workflow::parse(file, text).and_then(|definition| workflow::compile(&definition, &catalogue)) {
                Ok(compiled) => workflows.add(compiled, text),
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() { Ok(workflows) } else { Err(problems) }
    }

    fn add(&mut self, compiled: Compiled, text: &str) {
        if let Some(right) = Right::from_name(&compiled.name) {
            self.by_right.insert(right, compiled.sha256.clone());
        }
        self.texts.insert(compiled.sha256.clone(), text.to_owned());
        self.by_sha.insert(compiled.sha256.clone(), compiled);
    }

    /// The rights that can be used here, in the law's order.
    pub fn rights(&self) -> impl Iterator<Item = Right> {
        self.by_right.keys().copied()
    }

    /// The definition for a new case.
    pub fn of_right(&self, right: Right) -> Option<&Compiled> {
        self.by_sha.get(self.by_right.get(&right)?)
    }

    /// The definition a case is pinned to.
    pub fn by_sha(&self, sha: &str) -> Result<&Compiled, Refusal> {
        self.by_sha.get(sha).ok_or_else(|| Refusal::Broken(format!("workflow definition `{sha}` is not loaded")))
    }

    /// Stores the definitions, and loads those that open cases are pinned to but the folder no longer holds.
    pub async fn remember(mut self, store: &Store, now: Timestamp) -> Result<Self, Refusal> {
        let tx = store.begin().await?;
        for (sha, text) in &self.texts {
            let compiled = self.by_sha(sha)?;
            definition::put(&tx, sha, &compiled.name, compiled.version, text, now).await?;
        }
        tx.commit().await?;
        let catalogue = catalogue::catalogue();
        for (sha, text) in definition::all(store).await? {
            let Entry::Vacant(place) = self.by_sha.entry(sha) else { continue };
            // A definition that no longer compiles leaves its cases readable; they refuse to move, and say why.
            if let Ok(compiled) = workflow::parse(place.key(), &text).and_then(|definition| workflow::compile(&definition, &catalogue)) {
                place.insert(compiled);
            }
        }
        Ok(self)
    }
}
