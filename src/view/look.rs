//! What a view may look at. It reads; nothing here can change a row.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use habeas_core::law::connection::manual::Duty;
use tokio::sync::Mutex;

use super::portal::numbers::Counted;
pub use crate::store::StoreError as LookError;
use crate::{
    clock::Clock,
    keys::Keys,
    organisation::Organisation,
    store::{Store, document::folder::Folder, gate::memory::Gate},
};

/// The reading side of the house.
#[derive(Clone)]
pub struct Look {
    /// The rows.
    pub(crate) store: Store,
    /// Opens what is sealed.
    pub(crate) keys: Keys,
    /// The time.
    pub(crate) clock: Clock,
    /// The organisation's folder.
    pub(crate) organisation: Arc<Organisation>,
    /// Every form a task may have.
    pub(crate) forms: Arc<BTreeMap<String, FormShape>>,
    /// Where packages stand.
    pub(crate) packages: PathBuf,
    /// Where pictures of documents stand.
    pub(crate) documents: Folder,
    /// Whether people may show a document by a picture.
    pub(crate) documents_are_taken: bool,
    /// Where people reach the portal, without a slash at the end.
    pub(crate) address: String,
    /// What other systems are told about restricted data.
    pub(crate) gate: Arc<Gate>,
    /// The public numbers of today, once somebody has asked for them.
    pub(crate) numbers: Arc<Mutex<Option<Counted>>>,
}

/// What a form asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormShape {
    /// Its outcomes, in the order they are shown.
    pub outcomes: Vec<String>,
    /// Outcomes that need a reason in words.
    pub reason_on: Vec<String>,
    /// Whether `approved` signs the plan shown.
    pub approves_plan: bool,
    /// What a person does in a system who hands it in.
    pub duties: &'static [Duty],
    /// The outcome that is about some of several things, which are ticked.
    pub ticks_on: Option<&'static str>,
}
