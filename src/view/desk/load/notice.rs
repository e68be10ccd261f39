//! The recipients of a case, for whoever may see it whole.

use habeas_core::law::notice::Told;

use super::OnDesk;
use crate::{
    store::{StoreError, sealed},
    view::{
        desk::{eyes::Eyes, notice::NoticePage},
        look::Look,
        notice::AnswerForm,
    },
};

impl NoticePage {
    /// The newest notice to a recipient, if it was told: who was not can have answered nothing.
    pub async fn load(look: &Look, eyes: &Eyes, reference: &str, recipient: &str) -> Result<Option<Self>, StoreError> {
        let Some(desk) = OnDesk::open(look, eyes, reference).await?.filter(|_| eyes.see_all()) else { return Ok(None) };
        let newest = sealed::notices(&look.store, &look.keys, &desk.case).await?;
        let told = newest.into_iter().find(|(_, told)| told.recipient == recipient && told.notice.sent().is_some());
        Ok(told.map(|(notice, told)| Self { reference: desk.case.id, notice, told, form: AnswerForm::default() }))
    }
}

impl OnDesk {
    /// Where telling each recipient stands.
    pub(super) async fn told(&self, look: &Look, eyes: &Eyes) -> Result<Vec<Told>, StoreError> {
        if !eyes.see_all() || self.case.case_key.is_none() {
            return Ok(Vec::new());
        }
        Ok(sealed::notices(&look.store, &look.keys, &self.case).await?.into_iter().map(|(_, told)| told).collect())
    }
}
