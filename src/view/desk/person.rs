//! Colleagues by name: what the top of a page and a timeline say instead of a handle.

use habeas_core::law::personal::Personal;

use crate::{
    store::{StoreError, person},
    view::look::Look,
};

/// The name of somebody who signs in.
pub async fn name(look: &Look, id: &str) -> Result<Option<String>, StoreError> {
    Ok(person::get(&look.store, id).await?.map(|person| Personal::into_revealed(person.name)))
}
