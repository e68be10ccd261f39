//! The link in a notice to a recipient. Reading it changes nothing; the form answers that one notice, once, and nothing else.

use rocket::{get, post};

use crate::{
    action::answer_notice::{AnswerNotice, ByLink},
    view::{
        notice::AnswerForm,
        portal::notice::{Answering, Noticed},
    },
    web::{
        answered::Answered,
        here::{Answer, Here},
        posted::Posted,
    },
};

#[get("/notice/<token>")]
pub(super) async fn page(here: Here<'_>, token: &str) -> Answer {
    let link = here.state.door.noticed(token).await?;
    here.show(&told(&link, if link.is_open { Answering::Open } else { Answering::Over }))
}

#[post("/notice/<token>", data = "<form>")]
pub(super) async fn answer(here: Here<'_>, token: &str, form: Posted<Answered>) -> Answer {
    let link = here.state.door.noticed(token).await?;
    if !link.is_open {
        return here.show(&told(&link, Answering::Over));
    }
    let said = match form.0.answer() {
        Ok(said) => said,
        Err(problems) => return here.again(&Noticed { form: form.0.form(), ..told(&link, Answering::Open) }, problems),
    };
    let (case, notice) = (link.case.clone(), link.notice.clone());
    let done = here.state.door.run(&link.actor, AnswerNotice { case, notice, answer: said }).await;
    done.or_else(|refusal| here.refused(refusal, "answer", || Noticed { form: form.0.form(), ..told(&link, Answering::Open) }))?;
    here.show(&told(&link, Answering::Answered))
}

fn told(link: &ByLink, state: Answering) -> Noticed {
    Noticed { reference: link.case.clone(), state, form: AnswerForm::default() }
}
