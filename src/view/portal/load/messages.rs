//! What was written in a case, as its person reads it.

use super::Mine;
use crate::{
    store::{StoreError, sealed},
    view::{
        look::Look,
        portal::messages::{Message, Messages},
    },
};

impl Messages {
    /// The messages of the person's own case.
    pub async fn load(look: &Look, mailbox: &str, reference: &str) -> Result<Option<Self>, StoreError> {
        let Some(mine) = Mine::open(look, mailbox, reference).await? else { return Ok(None) };
        let written = sealed::messages(&look.store, &look.keys, &mine.case).await?;
        let message = |(stored, words): (crate::store::message::StoredMessage, String)| Message {
            at: stored.sent_at,
            ours: stored.by.is_some(),
            words,
        };
        Ok(Some(Self { reference: mine.case.id, messages: written.into_iter().map(message).collect(), message: String::new() }))
    }
}
