//! The person's cases: where they stand, what is asked of her, what came of them, the way out.

use std::collections::BTreeMap;

use rocket::{FromForm, get, http::ContentType, post};

use crate::{
    action::{refusal::Refusal, signal_case::SignalCase, submit_task::SubmitTask},
    render::{frame::FieldProblem, texts::Message},
    view::portal::{
        case::{Ask, Case, Withdraw},
        cases::Cases,
        evidence::Evidence,
        outcome::Outcome,
        record::CaseRecord,
    },
    web::{
        error::Turned,
        file::Attachment,
        here::{Answer, Subject},
        posted::{Button, Posted},
    },
};

const NO_CASE: Refusal = Refusal::NotFound("case");

#[get("/cases")]
pub(super) async fn list(subject: Subject<'_>) -> Answer {
    let page = Cases::load(&subject.state.look, &subject.mailbox).await?;
    match page.cases.as_slice() {
        [only] => subject.go(&format!("/case/{}", only.reference)),
        _ => subject.show(&page),
    }
}

#[get("/case/<reference>")]
pub(super) async fn status(subject: Subject<'_>, reference: &str) -> Answer {
    let takes_back = subject.takes_back(reference).await?;
    if let Some(page) = Case::load(&subject.state.look, &subject.mailbox, reference, takes_back).await? {
        return subject.show(&page);
    }
    // Somebody else asked for her, and the answer is hers alone.
    Outcome::load(&subject.state.look, &subject.mailbox, reference).await?.ok_or(NO_CASE)?;
    subject.go(&format!("/case/{reference}/result"))
}

#[get("/case/<reference>/withdraw")]
pub(super) async fn withdraw(subject: Subject<'_>, reference: &str) -> Answer {
    let takes_back = subject.takes_back(reference).await?;
    subject.show(&Withdraw::load(&subject.state.look, &subject.mailbox, reference, takes_back).await?.ok_or(NO_CASE)?)
}

impl Subject<'_> {
    /// Whether the case's workflow would let its person withdraw now.
    async fn takes_back(&self, reference: &str) -> Result<bool, Refusal> {
        self.state.door.takes(&self.actor, reference, "withdraw").await
    }
}

#[post("/case/<reference>/withdraw", data = "<_form>")]
pub(super) async fn take_back(subject: Subject<'_>, reference: &str, _form: Posted<Button>) -> Answer {
    let door = &subject.state.door;
    match Withdraw::stopping(&subject.state.look, &subject.mailbox, reference).await? {
        Some(task) => door
            .run(
                &subject.actor,
                SubmitTask { task, outcome: "stopped".to_owned(), fields: BTreeMap::new(), files: Vec::new(), plan: None, version: None },
            )
            .await
            .map(|_| ()),
        None => door.run(&subject.actor, SignalCase { case: reference.to_owned(), name: "withdraw".to_owned() }).await,
    }?;
    subject.go(&format!("/case/{reference}"))
}

#[derive(FromForm)]
pub(super) struct Told {
    #[field(default = "")]
    answer: String,
}

#[get("/case/<reference>/answer")]
pub(super) async fn evidence(subject: Subject<'_>, reference: &str) -> Answer {
    let (page, _) = Evidence::load(&subject.state.look, &subject.mailbox, reference).await?.ok_or(NO_CASE)?;
    if page.waiting.ask == Ask::Proof {
        return subject.go(&format!("/case/{reference}/prove"));
    }
    let answer = subject.typed::<Told>().map_or(page.answer, |told| told.answer);
    subject.show(&Evidence { answer, ..page })
}

#[post("/case/<reference>/answer", data = "<form>")]
pub(super) async fn answer(subject: Subject<'_>, reference: &str, form: Posted<Told>) -> Answer {
    let Some((page, task)) = Evidence::load(&subject.state.look, &subject.mailbox, reference).await? else {
        return Err(subject.late(reference).await.into());
    };
    let answer = form.0.answer.trim().to_owned();
    // Where words are asked for: their field, and what is said when there are none. To a fee the button is answer enough.
    let (outcome, words) = match page.waiting.ask {
        Ask::Identity => ("submitted", Some(("evidence", "problem-evidence-missing"))),
        Ask::Authority => ("submitted", Some(("evidence", "problem-authority-missing"))),
        Ask::Hearing => ("objects", Some(("reason", "problem-hearing-missing"))),
        Ask::Fee => ("accepted", None),
        Ask::Proof => return subject.go(&format!("/case/{reference}/prove")),
    };
    if let Some((_, missing)) = words.filter(|_| answer.is_empty()) {
        return subject.again(&page, vec![FieldProblem::new("answer", Message::new(missing))]);
    }
    let fields = words.map(|(field, _)| (field.to_owned(), answer)).into_iter().collect();
    subject
        .state
        .door
        .run(&subject.actor, SubmitTask { task, outcome: outcome.to_owned(), fields, files: Vec::new(), plan: None, version: None })
        .await?;
    subject.go(&format!("/case/{reference}"))
}

impl Subject<'_> {
    /// Why an answer is not taken when nothing is asked (any more). The door knows, and writes it down; no case has revision 0, so
    /// nothing is done by asking.
    async fn late(&self, reference: &str) -> Refusal {
        let asked = match Evidence::closed(&self.state.look, &self.mailbox, reference).await {
            Ok(asked) => asked,
            Err(error) => return error.into(),
        };
        let Some(task) = asked else { return NO_CASE };
        let answer = SubmitTask { task, outcome: String::new(), fields: BTreeMap::new(), files: Vec::new(), plan: None, version: Some(0) };
        self.state.door.run(&self.actor, answer).await.err().unwrap_or(NO_CASE)
    }
}

#[get("/case/<reference>/result")]
pub(super) async fn result(subject: Subject<'_>, reference: &str) -> Answer {
    if let Some(page) = Outcome::load(&subject.state.look, &subject.mailbox, reference).await? {
        return subject.show(&page);
    }
    // No answer yet, or a copy that is gone: the status page says which, if the case is hers.
    Case::load(&subject.state.look, &subject.mailbox, reference, false).await?.ok_or(NO_CASE)?;
    subject.go(&format!("/case/{reference}"))
}

#[get("/case/<reference>/record")]
pub(super) async fn record(subject: Subject<'_>, reference: &str) -> Answer {
    subject.show(&CaseRecord::load(&subject.state.look, &subject.mailbox, reference).await?.ok_or(NO_CASE)?)
}

/// The same for machines, and for whoever takes a complaint: each event by its name and in words.
#[get("/case/<reference>/record/json")]
pub(super) async fn record_json(subject: Subject<'_>, reference: &str) -> Result<Attachment<Vec<u8>>, Turned> {
    let record = CaseRecord::load(&subject.state.look, &subject.mailbox, reference).await?.ok_or(NO_CASE)?;
    let said = |fact: &str| subject.state.renderer.texts().say(subject.lang, &Message::new(format!("fact-{fact}"))).ok();
    let organisation = &subject.state.look.organisation.about().name;
    let twin = record.twin(organisation, said).map_err(|error| Refusal::Broken(error.to_string()))?;
    Ok(Attachment::bytes(&format!("{reference}.json"), ContentType::JSON, twin))
}
