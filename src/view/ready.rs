//! Whether there is anything to look at: the database answers.

use super::look::Look;
use crate::store::{StoreError, leaf};

impl Look {
    /// Reads one row.
    pub async fn ready(&self) -> Result<(), StoreError> {
        leaf::head(&self.store).await.map(|_| ())
    }
}
