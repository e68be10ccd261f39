//! `/{l}/notice/{token}`: where the link in a notice to a recipient lands. Nothing about the person stands here: the mail said it.
//! Reading it changes nothing; its form posts to the same address.

use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::{notice::AnswerForm, sample},
};

/// The way for a recipient to answer without an account (Art. 19).
#[derive(Debug, Serialize)]
pub struct Noticed {
    /// `HB-…`.
    pub reference: String,
    /// What can be done.
    pub state: Answering,
    /// The form.
    pub form: AnswerForm,
}

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answering {
    /// It can be answered.
    Open,
    /// It was just answered.
    Answered,
    /// It was answered before, or the link is over.
    Over,
}

impl Page for Noticed {
    const TEMPLATE: &'static str = "portal/notice.html";

    fn title(&self) -> Message {
        Message::new(match self.state {
            Answering::Open => "notice-title",
            Answering::Answered => "notice-answered-title",
            Answering::Over => "notice-over-title",
        })
    }

    fn samples() -> Vec<Self> {
        let page = |state| Self { reference: sample::REFERENCE.to_owned(), state, form: AnswerForm::default() };
        [Answering::Answered, Answering::Over, Answering::Open].map(page).into()
    }
}
