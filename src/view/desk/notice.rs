//! `/{l}/desk/case/{ref}/recipients/{id}`: what a recipient answered, recorded by whoever heard it.

use habeas_core::law::notice::Told;
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::{notice::AnswerForm, sample},
};

/// A recipient of a case.
#[derive(Debug, Serialize)]
pub struct NoticePage {
    /// `HB-…`.
    pub reference: String,
    /// Id of the notice.
    #[serde(skip)]
    pub notice: String,
    /// Who was told, and what came of it so far.
    pub told: Told,
    /// The form.
    pub form: AnswerForm,
}

impl Page for NoticePage {
    const TEMPLATE: &'static str = "desk/notice.html";

    fn title(&self) -> Message {
        Message::new("desk-notice-title").with("name", self.told.name.clone())
    }

    fn samples() -> Vec<Self> {
        let page = |told| Self { reference: sample::REFERENCE.to_owned(), notice: String::new(), told, form: AnswerForm::default() };
        sample::told().into_iter().map(page).collect()
    }
}
