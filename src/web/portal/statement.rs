//! What the person states herself about data that was not corrected, and the files that go along.

use habeas_core::law::personal::Personal;
use rocket::{FromForm, get, http::ContentType, post};

use crate::{
    action::{attach_statement::AttachStatement, refusal::Refusal, session::Visit},
    view::portal::statement::OwnStatement,
    web::{
        error::Turned,
        file::Attachment,
        handed::{FILE, Handed},
        here::{Answer, Subject},
    },
};

const NOTHING: Refusal = Refusal::NotFound("statement");

#[get("/case/<reference>/statement")]
pub(super) async fn page(subject: Subject<'_>, reference: &str) -> Answer {
    let page = OwnStatement::load(&subject.state.look, &subject.mailbox, reference).await?.ok_or(NOTHING)?;
    let statement = subject.typed::<Written>().map(|written| written.statement).unwrap_or_default();
    subject.show(&OwnStatement { statement, ..page })
}

/// Words that were not sent; files are no words, and are chosen again.
#[derive(FromForm)]
struct Written {
    #[field(default = "")]
    statement: String,
}

#[post("/case/<reference>/statement", data = "<form>")]
pub(super) async fn attach(subject: Subject<'_>, reference: &str, form: Handed) -> Answer {
    let page = OwnStatement::load(&subject.state.look, &subject.mailbox, reference).await?.ok_or(NOTHING)?;
    let statement = form.value("statement").to_owned();
    let attach = AttachStatement { case: reference.to_owned(), words: Personal::new(statement.clone()), files: form.into_files(FILE) };
    let attached = subject.state.door.run(&subject.actor, attach).await;
    attached.or_else(|refusal| subject.refused(refusal, "statement", || OwnStatement { statement, ..page }))?;
    subject.keep(Visit { unsent: None, ..subject.visit() }).await?;
    subject.go(&format!("/case/{reference}/result"))
}

/// Never shown in place, whatever it is: somebody else made it.
#[get("/case/<reference>/statement/<file>")]
pub(super) async fn file(subject: Subject<'_>, reference: &str, file: &str) -> Result<Attachment<Vec<u8>>, Turned> {
    let (name, bytes) =
        OwnStatement::file(&subject.state.look, &subject.mailbox, reference, file).await?.ok_or(Refusal::NotFound("file"))?;
    Ok(Attachment::bytes(&name, ContentType::Binary, bytes))
}
