//! The log as it leaves the machine: commitments and kinds, no case and no words. Whoever keeps these lines elsewhere can tell later that
//! nothing was taken out of the log, put into it or changed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::look::{Look, LookError};
use crate::store::leaf::{self, StoredLeaf};

/// Entries read at once.
const PAGE: u64 = 1_000;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// One entry.
    Entry {
        /// 0, 1, 2 …
        position: u64,
        /// When (UTC).
        at: Timestamp,
        /// What happened, such as `hold-placed`.
        kind: String,
        /// The leaf's bytes in hex: a commitment to the words, and its signature.
        leaf: String,
    },
    /// A signed checkpoint over the first `size` entries.
    Checkpoint {
        /// How many.
        size: u64,
        /// The note.
        checkpoint: String,
    },
}

impl Line {
    fn of(leaf: StoredLeaf) -> Self {
        let StoredLeaf { position, at, kind, leaf, .. } = leaf;
        Self::Entry { position, at, kind, leaf: data_encoding::HEXLOWER.encode(&leaf) }
    }
}

impl Look {
    /// Entries from a position on, at most a page, and then the newest checkpoint, where it is newer than `signed`.
    pub async fn shipped(&self, from: u64, signed: u64) -> Result<Vec<Line>, LookError> {
        let mut lines: Vec<Line> = leaf::page(&self.store, from, PAGE).await?.into_iter().map(Line::of).collect();
        let reached = from + u64::try_from(lines.len()).unwrap_or(0);
        let newest = leaf::latest_checkpoint(&self.store).await?.filter(|(size, _)| *size > signed && *size <= reached);
        lines.extend(newest.map(|(size, checkpoint)| Line::Checkpoint { size, checkpoint }));
        Ok(lines)
    }

    /// The first of some kept lines that the log does not say any more.
    pub async fn unlike(&self, kept: &[Line]) -> Result<Option<u64>, LookError> {
        for line in kept {
            let Line::Entry { position, .. } = line else { continue };
            let now = leaf::page(&self.store, *position, 1).await?.pop().map(Line::of);
            if now.as_ref() != Some(line) {
                return Ok(Some(*position));
            }
        }
        Ok(None)
    }
}
