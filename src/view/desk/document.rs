//! A picture of a shielded document, in the eyes of whoever is to decide about it.

use habeas_core::law::document::{KEPT, Sight};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    store::{
        StoreError,
        document::{self, Document, folder::Picture},
    },
    view::{look::Look, sample},
};

/// What the task's page says of it.
#[derive(Debug, Serialize)]
pub struct DocumentShown {
    /// When it goes at the latest.
    pub gone_by: Timestamp,
    /// Who may look at it now.
    pub state: DocumentState,
    /// What a machine made of it; only for whoever has opened it.
    pub sight: Option<Sight>,
    /// The same picture was shown in another case.
    pub again: bool,
    /// The kind chosen before an error.
    pub kind: String,
    /// The country typed before an error.
    pub country: String,
}

/// Who may look at a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentState {
    /// Nobody has opened it.
    Waiting,
    /// The reader.
    Mine,
    /// Somebody else.
    Taken,
}

impl DocumentShown {
    /// The picture of a case, if there is one.
    pub(super) async fn load(look: &Look, by: &str, case: &str) -> Result<Option<Self>, StoreError> {
        let Some(shown) = document::shown(&look.store, case).await? else { return Ok(None) };
        let state = match shown.taken_by.as_deref() {
            None => DocumentState::Waiting,
            Some(other) if other == by => DocumentState::Mine,
            Some(_) => DocumentState::Taken,
        };
        let picture = if state == DocumentState::Mine { open(look, &shown).await? } else { None };
        Ok(Some(Self {
            gone_by: shown.shown_at + KEPT,
            state,
            sight: picture.map(|picture| picture.sight),
            again: document::is_known(&look.store, &shown.mark, case).await?,
            kind: String::new(),
            country: String::new(),
        }))
    }

    pub(super) fn sample(state: DocumentState) -> Self {
        Self { gone_by: sample::at(11, 19, 8, 24), state, sight: None, again: false, kind: String::new(), country: String::new() }
    }
}

/// A case's picture, for whoever has opened it and nobody else.
pub async fn picture(look: &Look, by: &str, case: &str) -> Result<Option<Vec<u8>>, StoreError> {
    match document::shown(&look.store, case).await? {
        Some(shown) if shown.taken_by.as_deref() == Some(by) => Ok(open(look, &shown).await?.map(|picture| picture.jpeg)),
        _ => Ok(None),
    }
}

/// `None`: its key or its file is gone.
async fn open(look: &Look, shown: &Document) -> Result<Option<Picture>, StoreError> {
    let sealed = look.documents.read(&shown.file).await.inspect_err(|error| tracing::error!(%error, "a picture could not be read"));
    let (Some(sealed), Some(wrapped)) = (sealed.unwrap_or_default(), document::wrapped(&look.store, &shown.id).await?) else {
        return Ok(None);
    };
    let key = look.keys.case(&document::key_name(&shown.id), &wrapped)?;
    Ok(Some(Picture::open(&key, &sealed)?))
}
