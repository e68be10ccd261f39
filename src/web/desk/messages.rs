//! The conversation with the person of a case: staff answer, and begin.

use habeas_core::law::personal::Personal;
use rocket::{get, http::ContentType, post};

use crate::{
    action::{refusal::Refusal, send_message::WriteToPerson},
    view::desk::messages::DeskMessages,
    web::{
        error::Turned,
        file::Attachment,
        handed::{FILE, Handed},
        here::{Answer, Colleague},
    },
};

const NO_CASE: Refusal = Refusal::NotFound("case");

#[get("/desk/case/<reference>/messages")]
pub(super) async fn page(colleague: Colleague<'_>, reference: &str) -> Answer {
    let page = DeskMessages::load(&colleague.state.look, &colleague.eyes(), reference).await?.ok_or(NO_CASE)?;
    colleague.reads(reference, "messages").await?;
    colleague.show(&page)
}

#[post("/desk/case/<reference>/messages", data = "<form>")]
pub(super) async fn write(colleague: Colleague<'_>, reference: &str, form: Handed) -> Answer {
    let page = DeskMessages::load(&colleague.state.look, &colleague.eyes(), reference).await?.ok_or(NO_CASE)?;
    let message = form.value("message").to_owned();
    let sent = WriteToPerson { case: reference.to_owned(), words: Personal::new(message.clone()), files: form.into_files(FILE) };
    let sent = colleague.state.door.run(&colleague.actor, sent).await;
    sent.or_else(|refusal| colleague.refused(refusal, "message", || DeskMessages { message, ..page }))?;
    colleague.go(&format!("/desk/case/{reference}/messages"))
}

/// Never shown in place, whatever it is; the log says who took it.
#[get("/desk/case/<reference>/messages/<file>")]
pub(super) async fn file(colleague: Colleague<'_>, reference: &str, file: &str) -> Result<Attachment<Vec<u8>>, Turned> {
    let found = DeskMessages::file(&colleague.state.look, &colleague.eyes(), reference, file).await?;
    let (name, bytes) = found.ok_or(Refusal::NotFound("file"))?;
    colleague.reads(reference, "message-file").await?;
    Ok(Attachment::bytes(&name, ContentType::Binary, bytes))
}
