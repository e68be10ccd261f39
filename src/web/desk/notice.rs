//! What a recipient answered, recorded at the desk.

use rocket::{get, post};

use crate::{
    action::{answer_notice::AnswerNotice, refusal::Refusal},
    view::desk::notice::NoticePage,
    web::{
        answered::Answered,
        here::{Answer, Colleague},
        posted::Posted,
    },
};

const NO_RECIPIENT: Refusal = Refusal::NotFound("recipient");

#[get("/desk/case/<reference>/recipients/<id>")]
pub(super) async fn page(colleague: Colleague<'_>, reference: &str, id: &str) -> Answer {
    let page = NoticePage::load(&colleague.state.look, &colleague.eyes(), reference, id).await?.ok_or(NO_RECIPIENT)?;
    colleague.reads(reference, "recipient").await?;
    colleague.show(&page)
}

#[post("/desk/case/<reference>/recipients/<id>", data = "<form>")]
pub(super) async fn answer(colleague: Colleague<'_>, reference: &str, id: &str, form: Posted<Answered>) -> Answer {
    let page = NoticePage::load(&colleague.state.look, &colleague.eyes(), reference, id).await?.ok_or(NO_RECIPIENT)?;
    let said = match form.0.answer() {
        Ok(said) => said,
        Err(problems) => return colleague.again(&NoticePage { form: form.0.form(), ..page }, problems),
    };
    let answer = AnswerNotice { case: reference.to_owned(), notice: page.notice.clone(), answer: said };
    let done = colleague.state.door.run(&colleague.actor, answer).await;
    done.or_else(|refusal| colleague.refused(refusal, "answer", || NoticePage { form: form.0.form(), ..page }))?;
    colleague.go(&format!("/desk/case/{reference}"))
}
