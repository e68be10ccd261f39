//! Pictures of documents: none is older than a day, and no file outlives its key.

use habeas_core::law::document::KEPT;

use super::Worker;
use crate::{
    action::{actor::Actor, document::ShredDocuments, refusal::Refusal},
    store::document,
};

/// Files of pictures that are gone, looked at each time.
const BATCH: u64 = 200;

impl Worker {
    /// Destroys the keys of pictures that are too old, and removes files that nobody can open any more.
    pub(super) async fn forget_documents(&self) -> Result<(), Refusal> {
        let door = &self.door;
        let before = door.clock.now() - KEPT;
        if !document::older(&door.store, before).await?.is_empty() {
            door.run(&Actor::Timer, ShredDocuments).await?;
            door.store.truncate().await?;
        }
        let broken = |error| Refusal::Broken(format!("a picture of a document could not be removed: {error}"));
        for file in document::gone_files(&door.store, BATCH).await? {
            door.documents.remove(&file).await.map_err(broken)?;
        }
        door.documents.sweep(before).await.map_err(broken)
    }
}
