//! The plan: what exactly will be erased, what stays and why, frozen under a hash that the approver signs.

mod clearance;
mod erased;
mod kept;
mod make;
mod print;
mod says;
mod written;

use std::{fmt::Write as _, sync::Arc};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use self::{
    clearance::{Blocked, Clearance, Cleared, Found, clear, clear_deferred, clear_unread, held_back, owed},
    erased::Erased,
    kept::{Deferred, Kept, due_without},
    make::{Asked, make},
    print::print,
    says::{Fields, Says, spelled},
};
use super::{decide::FieldDecision, record::Key, tier::Tier};

/// The plan of one case. Its hash is over its canonical JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The case.
    pub case: String,
    /// How sure we must be who asked, by what was found.
    pub floor: Tier,
    /// One entry per system asked, in the order they will be worked; a system where nothing was found has no steps.
    pub systems: Vec<SystemPlan>,
}

impl Plan {
    /// One system's part.
    pub fn system(&self, key: &str) -> Option<&SystemPlan> {
        self.systems.iter().find(|part| part.system == key)
    }
}

/// What happens in one system.
#[derive(Debug, Clone, PartialEq)]
pub struct SystemPlan {
    /// `fides_key`.
    pub system: String,
    /// One per record found.
    pub steps: Vec<ErasureStep>,
}

/// What happens to one record.
#[derive(Debug, Clone, PartialEq)]
pub struct ErasureStep {
    /// Collection.
    pub collection: String,
    /// Which record.
    pub key: Key,
    /// [`print()`] of the record as it was found; what stands under its key and prints otherwise is not erased. Plans of earlier
    /// versions have none.
    pub print: Option<String>,
    /// What is done.
    pub act: Act,
    /// Every field's decision, so that approver, letter and bundle show the same reasons. Shared between records that are decided alike.
    pub decisions: Arc<[FieldDecision]>,
}

/// What is done to a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// The whole row goes.
    Delete,
    /// These fields are emptied or masked; the rest stays.
    Clear {
        /// What each of them says afterwards.
        fields: Fields,
    },
    /// Nothing is touched.
    Keep,
}

impl Act {
    /// Whether it changes any field of a kind; a row that is deleted loses all of them.
    pub fn touches(&self, is_of: impl FnMut(&str) -> bool) -> bool {
        match self {
            Self::Delete => true,
            Self::Clear { fields } => fields.names().any(is_of),
            Self::Keep => false,
        }
    }
}

/// A plan of any kind and its hash: what the approver sees and signs is what the executor gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Frozen<T = Plan> {
    plan: T,
    hash: String,
}

impl<T: Serialize> Frozen<T> {
    /// Freezes a plan: SHA-256 in hex over its JSON (field order fixed, maps sorted).
    pub fn new(plan: T) -> Result<Self, serde_json::Error> {
        let digest = Sha256::digest(serde_json::to_vec(&plan)?);
        let hash = digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        Ok(Self { plan, hash })
    }

    /// The plan.
    pub const fn plan(&self) -> &T {
        &self.plan
    }

    /// The hash, lower-case hex.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

#[cfg(test)]
mod masked_tests;
#[cfg(test)]
mod tests;
