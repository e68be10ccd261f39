//! A picture of a document at the desk: opened by one person, for a reason, with the second factor given a moment ago.

use rocket::{FromForm, get, http::ContentType, post};

use super::again::way_back;
use crate::{
    action::{open_document::OpenDocument, refusal::Refusal},
    view::desk::{document, masked::REASONS},
    web::{
        error::Turned,
        file::Attachment,
        here::{Answer, Colleague},
        posted::Carried,
    },
};

#[derive(FromForm)]
pub(super) struct Opened {
    #[field(default = "")]
    reason: String,
    #[field(default = "")]
    back: String,
}

#[post("/desk/case/<reference>/document", data = "<form>")]
pub(super) async fn open(colleague: Colleague<'_>, reference: &str, form: Carried<Opened>) -> Answer {
    if !colleague.eyes().sees(&colleague.state.look, reference).await? {
        return Err(Refusal::NotFound("case").into());
    }
    let Opened { reason, back } = colleague.sure_of(form).await?;
    let reason = REASONS.into_iter().find(|known| *known == reason).ok_or(Refusal::invalid("reason", "reason-missing"))?;
    colleague.state.door.run(&colleague.actor, OpenDocument { case: reference.to_owned(), reason }).await?;
    colleague.go(&way_back(&back))
}

/// The picture itself, for whoever has opened it.
#[get("/desk/case/<reference>/document")]
pub(super) async fn picture(colleague: Colleague<'_>, reference: &str) -> Result<Attachment<Vec<u8>>, Turned> {
    let picture = document::picture(&colleague.state.look, &colleague.actor.name(), reference).await?;
    let picture = picture.ok_or(Refusal::NotFound("document"))?;
    colleague.sure()?;
    Ok(Attachment::bytes("document.jpg", ContentType::JPEG, picture))
}
