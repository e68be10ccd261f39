//! What other systems are told before they use a person's data, answered from memory; and what they reported they used it for.

use std::{borrow::Cow, sync::Arc};

use habeas_core::law::{
    gate::{Use, split_index},
    identifier::Identifier,
};
use jiff::Timestamp;
use serde::Serialize;

use super::look::Look;
pub use crate::store::gate::memory::{Admission, Answer, List, Unknown};
use crate::{
    keys::Keys,
    store::{
        Rows, StoreError,
        case::Case,
        gate::{self, memory},
        sealed::{self, Reason},
    },
};

/// A use of restricted data (Art. 18(2)).
#[derive(Debug, Clone, Serialize)]
pub struct UseLine {
    /// When it was reported.
    pub at: Timestamp,
    /// Which of the permitted uses: text `use-{name}`.
    pub purpose: Use,
    /// The system.
    pub client: String,
    /// Who used it.
    pub by: String,
    /// Why.
    pub why: String,
}

/// A system that may ask.
#[derive(Debug, Serialize)]
pub struct ClientRow {
    /// What its people call it.
    pub client: String,
    /// How often it may ask in a second.
    pub per_second: u32,
    /// When its token stopped being good.
    pub revoked_at: Option<Timestamp>,
}

impl Look {
    /// Whose token this is, and whether it may ask now.
    pub async fn admit(&self, token: &str) -> Admission {
        self.gate.refresh(&self.store).await;
        self.gate.admit(token, |token, hash| self.keys.same(&self.keys.digest(token), hash))
    }

    /// Keeps the memory fresh, as long as it is polled.
    pub async fn watch_gate(&self) {
        self.gate.watch(&self.store).await;
    }

    /// What is stopped for the person behind an index; `None`: the index is none.
    pub fn stopped(&self, index: &str) -> Option<Result<Cow<'static, Answer>, Unknown>> {
        let (key, person) = split_index(index)?;
        let found = self.gate.ask(key, person);
        Some(found.map(|answer| answer.map_or(Cow::Borrowed(memory::free()), Cow::Owned)))
    }

    /// Everything that is stopped, signed by the key that signs the log.
    pub fn all_stopped(&self) -> Result<Arc<List>, Unknown> {
        self.gate.list(|body| self.keys.log().sign(body))
    }

    /// The index of a person, under which other systems ask.
    pub fn gate_index_of(&self, email: &Identifier) -> String {
        format!("{}-{}", self.keys.gate_key(), self.keys.gate(email.value().reveal()))
    }

    /// Every client there ever was.
    pub async fn client_rows(&self) -> Result<Vec<ClientRow>, StoreError> {
        let row = |client: gate::Client| ClientRow { client: client.name, per_second: client.per_second, revoked_at: client.revoked_at };
        Ok(gate::clients(&self.store).await?.into_iter().map(row).collect())
    }
}

/// What was used all the same of what a case restricts, oldest first.
pub async fn uses(rows: &impl Rows, keys: &Keys, case: &Case) -> Result<Vec<UseLine>, StoreError> {
    let line = |used: gate::Used| {
        let Reason { by, why } = sealed::open(keys, case, &gate::place(&used.id), Some(&used.sealed))?;
        Ok(UseLine { at: used.at, purpose: used.purpose, client: used.client, by, why })
    };
    gate::uses(rows, &case.id).await?.into_iter().map(line).collect()
}
