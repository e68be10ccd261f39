//! A picture of a document on its way in: it is sealed and on the disk before its case hears of it.

use habeas_core::law::document::Sight;

use super::Door;
use crate::{
    action::{actor::Actor, refusal::Refusal, show_document::ShowDocument},
    store::document::{
        self,
        folder::{Folder, Picture},
    },
};

impl Door {
    /// Seals a picture under a key of its own, writes it and lays it before its case. What is not taken leaves nothing behind.
    pub async fn show_document(&self, by: &Actor, case: &str, print: &str, sight: Sight, jpeg: Vec<u8>) -> Result<(), Refusal> {
        let picture = Picture { sight, jpeg };
        let now = self.clock.now();
        let id = self.chance.row_id(now)?;
        let (key, wrapped) = self.keys.new_case_key(self.chance, &document::key_name(&id))?;
        let file = Folder::name(&id, now);
        let sealed = picture.sealed(self.chance, &key)?;
        self.documents.write(&file, &sealed).await.map_err(|error| Refusal::Broken(format!("a picture could not be written: {error}")))?;
        let mark = self.keys.blind("document", print);
        let shown = self.run(by, ShowDocument { case: case.to_owned(), id, file: file.clone(), mark, wrapped }).await;
        if shown.is_err() && self.documents.remove(&file).await.is_err() {
            tracing::warn!("a sealed picture whose key nobody has could not be removed; upkeep does it within a day");
        }
        shown
    }
}
