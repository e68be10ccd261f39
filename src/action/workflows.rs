//! The definitions in use: compiled against the catalogue, found by right for new cases and by hash for old ones.

use std::collections::{BTreeMap, BTreeSet};

use habeas_core::{
    catalogue::routing::Tables,
    law::right::Right,
    workflow::{self, Catalogue, Compiled, Diagnostic, pinned},
};
use jiff::Timestamp;

use super::{door::Door, refusal::Refusal};
use crate::store::{Store, case, definition};

/// Every definition that a case may run on.
#[derive(Debug, Default)]
pub struct Workflows {
    by_sha: BTreeMap<String, Compiled>,
    by_right: BTreeMap<Right, String>,
    texts: BTreeMap<String, String>,
    tables: BTreeMap<String, Tables>,
    current: BTreeSet<String>,
}

impl Workflows {
    /// Loads definitions for new cases, given as file name and text, with what they may name; every problem of every file at once.
    pub fn compile(files: &[(String, String)], catalogue: &Catalogue) -> Result<Self, Vec<Diagnostic>> {
        let (mut workflows, mut problems) = (Self::default(), Vec::new());
        for (file, text) in files {
            match workflow::load(file, text, catalogue) {
                Ok(compiled) => {
                    if let Some(right) = Right::from_name(&compiled.name) {
                        workflows.by_right.insert(right, compiled.sha256.clone());
                    }
                    workflows.current.insert(compiled.sha256.clone());
                    let (_, tables) = parted(&compiled.text)?;
                    workflows.add(compiled, text.clone(), tables);
                }
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() { Ok(workflows) } else { Err(problems) }
    }

    /// A definition with the tables it is pinned to.
    fn add(&mut self, compiled: Compiled, text: String, tables: Tables) {
        self.texts.insert(compiled.sha256.clone(), text);
        self.tables.insert(compiled.sha256.clone(), tables);
        self.by_sha.insert(compiled.sha256.clone(), compiled);
    }

    /// The routing tables a definition is pinned to.
    pub fn tables(&self, sha: &str) -> Result<&Tables, Refusal> {
        self.tables.get(sha).ok_or_else(|| Refusal::Broken(format!("workflow definition `{sha}` is not loaded")))
    }

    /// Everything that a definition may name: the tables are those it is pinned to.
    pub fn catalogue_of(&self, sha: &str) -> Result<Catalogue, Refusal> {
        Ok(self.tables(sha)?.catalogue())
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
        for compiled in self.by_sha.values() {
            definition::put(&tx, &compiled.sha256, &compiled.name, compiled.version, &compiled.text, now).await?;
        }
        tx.commit().await?;
        for (sha, whole) in definition::all(store).await? {
            if self.by_sha.contains_key(&sha) {
                continue;
            }
            // Not proven again: a stricter linter never strands a running case. A definition that no longer compiles leaves its cases readable; they refuse to move, and say why.
            let old = parted(&whole).and_then(|(text, tables)| {
                let compiled = workflow::compile_pinned(&workflow::parse(&sha, &text)?, &tables.catalogue())?;
                Ok((compiled, text, tables))
            });
            // One that says something else than what was stored under its hash is none that a case may go on with.
            if let Some((compiled, text, tables)) = old.ok().filter(|(compiled, ..)| compiled.sha256 == sha) {
                self.add(compiled, text, tables);
            }
        }
        Ok(self)
    }
}

/// The text of a definition and the tables that are pinned with it, from what is stored.
fn parted(whole: &str) -> Result<(String, Tables), Vec<Diagnostic>> {
    let (text, decisions) = pinned::parted(whole);
    let tables = Tables::read(decisions.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    Ok((text, tables))
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
