//! What is held about the person: kinds, values, pictures, and the copy to take along (Art. 15).

use rocket::{get, http::ContentType, post};

use crate::{
    action::{fetch_package::FetchPackage, refusal::Refusal, signal_case::SignalCase},
    view::portal::{download::Download, held::Held, kind::Kind},
    web::{
        error::Turned,
        file::{Attachment, Resumable, Wanted},
        here::{Answer, Reply, Subject},
        posted::{Button, Posted},
    },
};

const NOTHING: Refusal = Refusal::NotFound("record");

#[get("/case/<reference>/data")]
pub(super) async fn kinds(subject: Subject<'_>, reference: &str) -> Answer {
    subject.show(&Held::load(&subject.state.look, &subject.mailbox, reference, &subject.state.offered()).await?.ok_or(NOTHING)?)
}

#[get("/case/<reference>/data/<kind>?<page>")]
pub(super) async fn kind(subject: Subject<'_>, reference: &str, kind: &str, page: Option<u32>) -> Answer {
    let (look, offered) = (&subject.state.look, subject.state.offered());
    subject.show(&Kind::load(look, &subject.mailbox, reference, (kind, page.unwrap_or(1)), &offered).await?.ok_or(NOTHING)?)
}

/// A picture in place, or a file to save.
#[derive(rocket::Responder)]
pub(super) enum Bytes {
    Picture((ContentType, Vec<u8>)),
    File(Attachment<Vec<u8>>),
}

#[get("/case/<reference>/data/<kind>/<place>/<field>")]
pub(super) async fn blob(subject: Subject<'_>, reference: &str, kind: &str, place: usize, field: &str) -> Result<Bytes, Turned> {
    let blob = Kind::blob(&subject.state.look, &subject.mailbox, reference, (kind, place, field)).await?.ok_or(NOTHING)?;
    Ok(match blob.picture() {
        Some("png") => Bytes::Picture((ContentType::PNG, blob.bytes)),
        Some(_) => Bytes::Picture((ContentType::JPEG, blob.bytes)),
        None => Bytes::File(Attachment::bytes(&format!("{}.bin", blob.name), ContentType::Binary, blob.bytes)),
    })
}

#[get("/case/<reference>/download")]
pub(super) async fn download(subject: Subject<'_>, reference: &str) -> Answer {
    let fresh = subject.is_fresh();
    subject.show(&Download::load(&subject.state.look, &subject.mailbox, reference, fresh).await?.ok_or(NOTHING)?)
}

#[get("/case/<reference>/download/file?<part>")]
pub(super) async fn file(subject: Subject<'_>, reference: &str, part: Option<usize>, wanted: Wanted) -> Result<Fetched, Turned> {
    let waiting = Download::file(&subject.state.look, &subject.mailbox, reference, part.unwrap_or(1)).await?.ok_or(NOTHING)?;
    if !subject.is_fresh() {
        // A page in the middle of a file would spoil what is there of it.
        let to = if wanted.is_resumed() { Err(Refusal::Denied)? } else { subject.go(&format!("/case/{reference}/download"))? };
        return Ok(Fetched::First(to));
    }
    let file = Resumable::open(&waiting.folder, (&waiting.name, &waiting.sha256), ContentType::ZIP, &wanted).await?;
    if !wanted.is_measured() {
        subject.state.door.run(&subject.actor, FetchPackage { case: reference.to_owned() }).await?;
    }
    Ok(Fetched::File(Box::new(file)))
}

/// The file, or the page on which the person shows first that it is she.
#[derive(rocket::Responder)]
pub(super) enum Fetched {
    File(Box<Resumable>),
    First(Reply),
}

/// The copy is gone, the right is not: the case is taken up again.
#[post("/case/<reference>/download", data = "<_form>")]
pub(super) async fn again(subject: Subject<'_>, reference: &str, _form: Posted<Button>) -> Answer {
    subject.state.door.run(&subject.actor, SignalCase { case: reference.to_owned(), name: "reopen".to_owned() }).await?;
    subject.go(&format!("/case/{reference}"))
}
