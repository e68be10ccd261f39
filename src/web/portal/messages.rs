//! What the person and whoever handles her case write to each other, and the files that go along.

use habeas_core::law::personal::Personal;
use rocket::{FromForm, get, http::ContentType, post};

use crate::{
    action::{refusal::Refusal, send_message::SendMessage, session::Visit},
    view::portal::messages::Messages,
    web::{
        error::Turned,
        file::Attachment,
        handed::{FILE, Handed},
        here::{Answer, Subject},
    },
};

const NO_CASE: Refusal = Refusal::NotFound("case");

#[get("/case/<reference>/messages")]
pub(super) async fn page(subject: Subject<'_>, reference: &str) -> Answer {
    let page = Messages::load(&subject.state.look, &subject.mailbox, reference).await?.ok_or(NO_CASE)?;
    let message = subject.typed::<Written>().map(|written| written.message).unwrap_or_default();
    subject.show(&Messages { message, ..page })
}

/// Words that were not sent; files are no words, and are chosen again.
#[derive(FromForm)]
struct Written {
    #[field(default = "")]
    message: String,
}

#[post("/case/<reference>/messages", data = "<form>")]
pub(super) async fn write(subject: Subject<'_>, reference: &str, form: Handed) -> Answer {
    let page = Messages::load(&subject.state.look, &subject.mailbox, reference).await?.ok_or(NO_CASE)?;
    let message = form.value("message").to_owned();
    let sent = SendMessage { case: reference.to_owned(), words: Personal::new(message.clone()), files: form.into_files(FILE) };
    let sent = subject.state.door.run(&subject.actor, sent).await;
    sent.or_else(|refusal| subject.refused(refusal, "message", || Messages { message, ..page }))?;
    subject.keep(Visit { unsent: None, ..subject.visit() }).await?;
    subject.go(&format!("/case/{reference}/messages"))
}

/// Never shown in place, whatever it is: somebody else made it.
#[get("/case/<reference>/messages/<file>")]
pub(super) async fn file(subject: Subject<'_>, reference: &str, file: &str) -> Result<Attachment<Vec<u8>>, Turned> {
    let (name, bytes) = Messages::file(&subject.state.look, &subject.mailbox, reference, file).await?.ok_or(Refusal::NotFound("file"))?;
    Ok(Attachment::bytes(&name, ContentType::Binary, bytes))
}
