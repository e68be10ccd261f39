//! The form in which an answer to a notice is given, as it is posted.

use habeas_core::law::notice::{Answer, Lack};
use rocket::FromForm;

use crate::{
    render::{frame::FieldProblem, texts::Message},
    view::notice::AnswerForm,
};

/// An answer as it was typed.
#[derive(FromForm)]
pub(super) struct Answered {
    #[field(default = "")]
    answer: String,
    #[field(default = "")]
    by: String,
    #[field(default = "")]
    why: String,
    #[field(default = "")]
    reason: String,
}

impl Answered {
    /// The answer, or what is missing, each at its field.
    pub(super) fn answer(&self) -> Result<Answer, Vec<FieldProblem>> {
        let problem = |lack: Lack| FieldProblem::new(lack.name(), Message::new(format!("problem-{}", lack.code())));
        Answer::of(&self.answer, &self.by, &self.why, &self.reason).map_err(|lacks| lacks.into_iter().map(problem).collect())
    }

    /// The form again with what was typed.
    pub(super) fn form(self) -> AnswerForm {
        AnswerForm { answer: self.answer, by: self.by, why: self.why, reason: self.reason, ..AnswerForm::default() }
    }
}
