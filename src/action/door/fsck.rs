//! Reads the whole log again: every entry signed, in its place and committed to by head and checkpoint, and readable unless its case was
//! shredded.

use std::collections::{BTreeMap, HashSet};

use habeas_core::crypto::{
    checkpoint::{Checkpoint, SignedCheckpoint},
    leaf::Leaf as LogLeaf,
    sign::PublicKey,
    tree::Frontier,
};
use serde::Deserialize;

use super::{super::refusal::Refusal, Door, save};
use crate::{
    keys::CaseSeal,
    store::leaf::{self, SHREDDED, StoredLeaf, Words},
};

/// How many entries are in memory.
const PAGE: u64 = 1_000;

/// What an entry says, as far as it matters here.
#[derive(Deserialize)]
struct Logged {
    kind: String,
    case: Option<String>,
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    frontier: Frontier,
    /// Cases of which something cannot be read, with the first such entry.
    unread: BTreeMap<String, u64>,
    /// Cases of which the log says that they were shredded.
    shredded: HashSet<String>,
}

impl Door {
    /// Reads the whole log again. `Err` in the answer says in words what does not fit.
    pub async fn check_log(&self) -> Result<Result<u64, String>, Refusal> {
        let (head, newest) = (leaf::head(&self.store).await?, leaf::latest_checkpoint(&self.store).await?);
        let key = self.public_key();
        let mut reading = Reading::default();
        let mut signed = None;
        while reading.frontier.size() < head.size {
            let page = leaf::page(&self.store, reading.frontier.size(), PAGE.min(head.size - reading.frontier.size())).await?;
            if page.is_empty() {
                return Ok(Err(format!("entry {} is missing", reading.frontier.size())));
            }
            let seals = leaf::seals(&self.store, &self.keys, &page).await?;
            for row in page {
                if reading.take(&key, &row, row.case.as_ref().and_then(|case| seals.get(case))).is_none() {
                    let at = reading.frontier.size();
                    return Ok(Err(format!("entry {at} is missing, changed or not signed by this house")));
                }
                if newest.as_ref().is_some_and(|(size, _)| *size == reading.frontier.size()) {
                    signed = Some(Checkpoint::of(&key, reading.frontier.size(), reading.frontier.root()));
                }
            }
        }
        if save(&reading.frontier) != head {
            return Ok(Err("the log's head does not fit its entries".to_owned()));
        }
        if let Some((case, at)) = reading.unread.iter().find(|(case, _)| !reading.shredded.contains(*case)) {
            return Ok(Err(format!("entry {at} cannot be read, and the log does not say that `{case}` was shredded")));
        }
        let Some((size, note)) = newest else { return Ok(Ok(head.size)) };
        let fits = note.parse::<SignedCheckpoint>().is_ok_and(|note| note.verify(&key).is_ok_and(|found| Some(found) == signed.as_ref()));
        Ok(if fits { Ok(head.size) } else { Err(format!("the checkpoint of {size} entries does not fit the log")) })
    }
}

impl Reading {
    /// Takes the next entry; `None` where it is not what it should be.
    fn take(&mut self, key: &PublicKey, row: &StoredLeaf, seal: Option<&CaseSeal>) -> Option<()> {
        let leaf = LogLeaf::from_bytes(&row.leaf).filter(|_| row.position == self.frontier.size())?;
        let words = match (&row.words, seal) {
            (Words::Open(words), _) => Some(words.clone()),
            (Words::Sealed(sealed), Some(seal)) => Some(leaf::opened(seal, row.position, sealed).ok()?),
            (Words::Sealed(_), None) | (Words::Gone, _) => None,
        };
        if let Some(words) = words {
            leaf.verify(words.as_bytes(), key).ok()?;
            let logged: Logged = serde_json::from_str(&words).ok()?;
            self.shredded.extend(logged.case.filter(|_| logged.kind == SHREDDED));
        } else {
            leaf.verify_signature(key).ok()?;
            self.unread.entry(row.case.clone().unwrap_or_default()).or_insert(row.position);
        }
        self.frontier.push(leaf.hash());
        Some(())
    }
}
