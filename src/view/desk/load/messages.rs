//! The conversation with the person of a case, for those who handle it.

use habeas_core::law::upload::LARGEST;

use super::OnDesk;
use crate::{
    store::{StoreError, sealed, task::MESSAGE},
    view::{
        desk::{eyes::Eyes, messages::DeskMessages},
        look::Look,
        portal::messages::Message,
    },
};

impl DeskMessages {
    /// The conversation; a system owner has none.
    pub async fn load(look: &Look, eyes: &Eyes, reference: &str) -> Result<Option<Self>, StoreError> {
        let Some(desk) = OnDesk::open(look, eyes, reference).await?.filter(|_| eyes.see_all()) else { return Ok(None) };
        let waits = desk.open_tasks().any(|task| task.step == MESSAGE);
        Ok(Some(Self {
            messages: Message::of(&look.store, &look.keys, &desk.case).await?,
            waits,
            forgotten: desk.case.case_key.is_none(),
            message: String::new(),
            largest: LARGEST,
            reference: desk.case.id,
        }))
    }

    /// A file of it: its name and what is in it.
    pub async fn file(look: &Look, eyes: &Eyes, reference: &str, id: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let Some(desk) = OnDesk::open(look, eyes, reference).await?.filter(|_| eyes.see_all()) else { return Ok(None) };
        sealed::message_file(&look.store, &look.keys, &desk.case, id).await
    }
}
