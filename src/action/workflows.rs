//! The definitions in use: compiled against the catalogue, found by right for new cases and by hash for old ones.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use habeas_core::{
    law::right::Right,
    workflow::{self, Compiled, Diagnostic},
};
use jiff::Timestamp;

use super::{catalogue, door::Door, refusal::Refusal};
use crate::store::{Store, case, definition};

/// Every definition that a case may run on.
#[derive(Debug, Default)]
pub struct Workflows {
    by_sha: BTreeMap<String, Compiled>,
    by_right: BTreeMap<Right, String>,
    texts: BTreeMap<String, String>,
    current: BTreeSet<String>,
}

impl Workflows {
    /// Loads definitions for new cases, given as file name and text; every problem of every file at once.
    pub fn compile(files: &[(String, String)]) -> Result<Self, Vec<Diagnostic>> {
        let catalogue = catalogue::catalogue();
        let (mut workflows, mut problems) = (Self::default(), Vec::new());
        for (file, text) in files {
            match workflow::load(file, text, &catalogue) {
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
        self.current.insert(compiled.sha256.clone());
        self.texts.insert(compiled.sha256.clone(), text.to_owned());
        self.by_sha.insert(compiled.sha256.clone(), compiled);
    }

    /// The rights that can be used here, in the law's order.
    pub fn rights(&self) -> impl Iterator<Item = Right> {
        self.by_right.keys().copied()
    }

    /// Every definition.
    pub fn all(&self) -> impl Iterator<Item = &Compiled> {
        self.by_sha.values()
    }

    /// Older versions of a workflow that cases may still run on; nothing where the name is unknown.
    pub fn older(&self, name: &str) -> Option<Vec<&Compiled>> {
        let versions: Vec<_> = self.by_sha.values().filter(|compiled| compiled.name == name).collect();
        (!versions.is_empty()).then(|| versions.into_iter().filter(|compiled| !self.current.contains(&compiled.sha256)).collect())
    }

    /// The definition for a new case.
    pub fn of_right(&self, right: Right) -> Option<&Compiled> {
        self.by_sha.get(self.by_right.get(&right)?)
    }

    /// The definition a case is pinned to.
    pub fn by_sha(&self, sha: &str) -> Result<&Compiled, Refusal> {
        self.by_sha.get(sha).ok_or_else(|| Refusal::Broken(format!("workflow definition `{sha}` is not loaded")))
    }

    /// Every definition with its text; those of the folder first, then those that only older cases run on.
    pub fn loaded(&self) -> impl Iterator<Item = (&Compiled, &str, bool)> {
        let whole = |(sha, definition)| {
            let text = self.texts.get(sha).map_or("", String::as_str);
            (definition, text, self.current.contains(sha))
        };
        let mut loaded: Vec<_> = self.by_sha.iter().map(whole).collect();
        loaded.sort_by(|(a, _, a_now), (b, _, b_now)| (!a_now, &a.name, b.version).cmp(&(!b_now, &b.name, a.version)));
        loaded.into_iter()
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
            // Not proven again: a stricter linter never strands a running case. A definition that no longer compiles leaves its cases readable; they refuse to move, and say why.
            if let Ok(compiled) =
                workflow::parse(place.key(), &text).and_then(|definition| workflow::compile_pinned(&definition, &catalogue))
            {
                self.texts.insert(place.key().clone(), text);
                place.insert(compiled);
            }
        }
        Ok(self)
    }
}

impl Door {
    /// Every definition that is loaded.
    pub fn workflows(&self) -> &Workflows {
        &self.workflows
    }

    /// The definition that a case is pinned to.
    pub async fn definition_of(&self, reference: &str) -> Result<&Compiled, Refusal> {
        let case = case::get(&self.store, reference).await?.ok_or(Refusal::NotFound("case"))?;
        self.workflows.by_sha(&case.definition)
    }
}
