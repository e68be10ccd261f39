//! The authority's face: every case, what was done and why, and the bundle that can be checked without us.

use rocket::{fairing::AdHoc, fs::NamedFile, get, http::ContentType, post, routes};

use super::{
    error::Turned,
    file::Attachment,
    here::{Answer, Reader},
    in_every_language,
    posted::{Button, Carried, Posted},
};
use crate::{
    action::{
        actor::Role,
        note_reading::{NoteList, NoteReading},
        refusal::Refusal,
        schedule::RequestBundle,
        signal_case::SignalCase,
    },
    view::room::{case::RoomCase, cases::RoomCases},
};

#[get("/room")]
async fn list(reader: Reader<'_>) -> Answer {
    reader.state.door.run(&reader.actor, NoteList { list: "room" }).await?;
    reader.show(&RoomCases::load(&reader.state.look).await?)
}

#[get("/room/case/<reference>")]
async fn case(reader: Reader<'_>, reference: &str) -> Answer {
    let authority = reader.actor.needs(&[Role::Authority]).is_ok();
    let page = RoomCase::load(&reader.state.look, reference, authority).await?.ok_or(Refusal::NotFound("case"))?;
    reader.state.door.run(&reader.actor, NoteReading { case: reference.to_owned(), page: "case" }).await?;
    reader.show(&page)
}

#[post("/room/case/<reference>/bundle", data = "<form>")]
async fn ask(reader: Reader<'_>, reference: &str, form: Carried<Button>) -> Answer {
    reader.sure_of(form).await?;
    reader.state.door.run(&reader.actor, RequestBundle { case: reference.to_owned() }).await?;
    reader.go(&format!("/room/case/{reference}"))
}

#[post("/room/case/<reference>/reopen", data = "<_form>")]
async fn reopen(reader: Reader<'_>, reference: &str, _form: Posted<Button>) -> Answer {
    reader.state.door.run(&reader.actor, SignalCase { case: reference.to_owned(), name: "reopen".to_owned() }).await?;
    reader.go(&format!("/room/case/{reference}"))
}

#[get("/room/case/<reference>/<file>")]
async fn file(reader: Reader<'_>, reference: &str, file: &str) -> Result<Attachment<NamedFile>, Turned> {
    let (ending, kind) = match file {
        "bundle" => ("", ContentType::ZIP),
        "bundle.sha256" => (".sha256", ContentType::Plain),
        "bundle.sha256.sig" => (".sha256.sig", ContentType::Binary),
        _ => return Err(Refusal::NotFound("file").into()),
    };
    reader.sure()?;
    let (folder, name) = RoomCase::file(&reader.state.look, reference, ending).await?.ok_or(Refusal::NotFound("bundle"))?;
    Ok(Attachment::open(&folder, &name, kind).await?)
}

pub(super) fn stage() -> AdHoc {
    AdHoc::on_ignite("room", |rocket| async { in_every_language(rocket, &routes![list, case, ask, reopen, file]) })
}
