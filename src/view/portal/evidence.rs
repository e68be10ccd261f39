//! `/{l}/case/{ref}/answer`: what we ask of the person in the middle of a case. How can we check that it is you: a few words, never a
//! copy of a passport. Why should the pause last (Art. 18(3)). May the copy cost something (Art. 15(3)). Posts `answer`.

use serde::Serialize;

use super::case::{Ask, Waiting};
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// The question, and room for its answer.
#[derive(Debug, Serialize)]
pub struct Evidence {
    /// `HB-…`.
    pub reference: String,
    /// What is asked, and until when.
    pub waiting: Waiting,
    /// What was typed before an error.
    pub answer: String,
}

impl Page for Evidence {
    const TEMPLATE: &'static str = "portal/evidence.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new(match self.waiting.ask {
            Ask::Identity => "ask-identity-title",
            Ask::Hearing => "ask-hearing-title",
            Ask::Fee => "ask-fee-title",
            Ask::Proof => "prove-title",
            Ask::Authority => "ask-authority-title",
        })
    }

    fn samples() -> Vec<Self> {
        let evidence = |ask, question: Message, answer: &str| Self {
            reference: sample::REFERENCE.to_owned(),
            waiting: Waiting { ask, question, answer_by: sample::ANSWER_BY },
            answer: answer.to_owned(),
        };
        vec![
            evidence(Ask::Hearing, Message::new("question-lift"), ""),
            evidence(Ask::Authority, sample::authority_question(), ""),
            evidence(Ask::Fee, sample::fee_question(), ""),
            evidence(Ask::Identity, Message::new("question-identity"), "98 00 00 00, tirsdag etter kl. 16"),
            evidence(Ask::Identity, Message::new("question-identity"), ""),
        ]
    }
}
