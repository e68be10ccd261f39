//! The form in which an answer to a notice is given, by the recipient itself or at the desk. What is posted: `answer`, `by`, `why`, `reason`.

use habeas_core::law::notice::{Answer, Why};
use serde::Serialize;

/// The form, with what was typed before an error.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerForm {
    /// The answers to choose from: texts `notice-answer-{name}`.
    pub answers: [&'static str; 3],
    /// Reasons why it is impossible: texts `impossible-{name}`.
    pub whys: Vec<&'static str>,
    /// Which answer was chosen.
    pub answer: String,
    /// Who gives it.
    pub by: String,
    /// Why it is impossible.
    pub why: String,
    /// In words.
    pub reason: String,
}

impl Default for AnswerForm {
    fn default() -> Self {
        Self { answers: Answer::NAMES, whys: whys(), answer: String::new(), by: String::new(), why: String::new(), reason: String::new() }
    }
}

/// The closed list of reasons why a recipient cannot be told.
pub(super) fn whys() -> Vec<&'static str> {
    Why::ALL.iter().map(|why| why.name()).collect()
}
