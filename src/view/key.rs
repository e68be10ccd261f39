//! The inventory of keys: what each is for, when it was made, how many cases it opens.

use serde::Serialize;

use super::look::Look;
use crate::{
    keys::Listed,
    store::{StoreError, key},
};

/// A key, and how many case keys are wrapped under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyLine {
    /// Which.
    #[serde(flatten)]
    pub key: Listed,
    /// How many.
    pub cases: u64,
}

impl Look {
    /// Every key of the house.
    pub async fn keys(&self) -> Result<Vec<KeyLine>, StoreError> {
        let cases = key::counts(&self.store).await?;
        let line = |key: Listed| KeyLine { cases: cases.get(&key.id).copied().unwrap_or(0), key };
        Ok(self.keys.inventory()?.into_iter().map(line).collect())
    }
}
