//! A picture of a shielded document: what to cover, the picture itself, and that it is here.

use rocket::{get, post};

use super::prove::to_be_looked_at;
use crate::{
    render::{frame::FieldProblem, texts::Message},
    view::portal::document::ShowDocument,
    web::{
        handed::Handed,
        here::{Answer, Subject},
    },
};

/// The field with the picture.
const PICTURE: &str = "picture";

#[get("/case/<reference>/document")]
pub(super) async fn page(subject: Subject<'_>, reference: &str) -> Answer {
    match ShowDocument::load(&subject.state.look, &subject.mailbox, reference).await? {
        Some((page, _)) => subject.show(&page),
        None => subject.go(&format!("/case/{reference}")),
    }
}

#[post("/case/<reference>/document", data = "<form>")]
pub(super) async fn show(subject: Subject<'_>, reference: &str, form: Handed) -> Answer {
    let asked = ShowDocument::load(&subject.state.look, &subject.mailbox, reference).await?;
    let Some((page, task)) = asked else { return subject.go(&format!("/case/{reference}")) };
    if let ("person", Some(task)) = (form.value("way"), task) {
        subject.state.door.run(&subject.actor, to_be_looked_at(task)).await?;
        return subject.go(&format!("/case/{reference}"));
    }
    subject.sends_picture(page, form).await
}

impl Subject<'_> {
    async fn sends_picture(&self, page: ShowDocument, form: Handed) -> Answer {
        let problem = |code: &str| vec![FieldProblem::new(PICTURE, Message::new(format!("problem-{code}")))];
        let mut sent = form.files.into_iter().filter(|file| file.field == PICTURE && !file.bytes.is_empty());
        let (Some(file), None) = (sent.next(), sent.next()) else { return self.again(&page, problem("document-missing")) };
        let shielded = match self.state.uploads.shield(file.bytes).await {
            Ok(shielded) => shielded,
            Err(unfit) => return self.again(&page, problem(unfit.code())),
        };
        let (jpeg, sight) = (shielded.jpeg, shielded.sight);
        let reference = page.reference.clone();
        let shown = self.state.door.show_document(&self.actor, &reference, &shielded.print, sight, jpeg).await;
        shown.or_else(|refusal| self.refused(refusal, PICTURE, || page))?;
        self.go(&format!("/case/{reference}/document"))
    }
}
