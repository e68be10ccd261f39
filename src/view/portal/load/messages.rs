//! What was written in a case, as its person reads it, with the files that go along.

use habeas_core::law::upload::LARGEST;

use super::Mine;
use crate::{
    keys::Keys,
    store::{
        Rows, StoreError,
        case::{self, Case},
        sealed,
    },
    view::{
        look::Look,
        portal::messages::{FileLine, Message, Messages},
    },
};

impl Messages {
    /// The messages of the person's own case.
    pub async fn load(look: &Look, mailbox: &str, reference: &str) -> Result<Option<Self>, StoreError> {
        let Some(mine) = Mine::open(look, mailbox, reference).await? else { return Ok(None) };
        Ok(Some(Self {
            messages: Message::of(&look.store, &look.keys, &mine.case).await?,
            message: String::new(),
            largest: LARGEST,
            reference: mine.case.id,
        }))
    }

    /// A file of the person's own case: its name and what is in it.
    pub async fn file(look: &Look, mailbox: &str, reference: &str, id: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        // No tasks are needed for that, so none are read.
        let Some(case) = case::get(&look.store, reference).await?.filter(|case| case.subject == mailbox) else { return Ok(None) };
        sealed::message_file(&look.store, &look.keys, &case, id).await
    }
}

impl Message {
    /// Everything that was written in a case, oldest first.
    pub(in crate::view) async fn of(rows: &impl Rows, keys: &Keys, case: &Case) -> Result<Vec<Self>, StoreError> {
        let files = sealed::message_files(rows, keys, case).await?;
        let with = |message: &str| {
            let its = files.iter().filter(|file| file.message == message);
            its.map(|file| FileLine { id: file.id.clone(), name: file.name.clone(), size: file.size }).collect()
        };
        let written = sealed::messages(rows, keys, case).await?;
        let message = |(stored, words): (crate::store::message::StoredMessage, String)| Self {
            at: stored.sent_at,
            ours: stored.by.is_some(),
            words,
            files: with(&stored.id),
        };
        Ok(written.into_iter().map(message).collect())
    }
}
