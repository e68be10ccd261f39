//! What was filled in and not sent: kept when the reader changes the language, and when what she had shown is over.

use rocket::post;

use super::way::Leg;
use crate::{
    action::{
        refusal::Refusal,
        session::{Unsent, Visit},
    },
    web::{
        here::{Answer, Here},
        posted::Unread,
    },
};

/// The same page in the language of this address, with what was filled in on it.
#[post("/language", data = "<form>")]
pub(super) async fn switch(here: Here<'_>, form: Unread) -> Answer {
    // An address of our own, whatever is handed in: what follows the language is a path.
    let page = Some(form.page).filter(|page| page.starts_with('/')).ok_or(Refusal::NotFound("page"))?;
    let unsent = Some(Unsent { page: page.clone(), fields: form.fields });
    here.keep(Visit { unsent, ..here.visit() }).await?;
    here.go(&page)
}

/// A page of the request was sent by somebody who has shown nothing any more: she shows who she is, and finds everything where it was.
#[post("/request/<_..>", data = "<form>", rank = 20)]
pub(super) async fn set_aside(here: Here<'_>, form: Unread) -> Answer {
    let page = match here.path() {
        "/request/remove" => Leg::Check.path(),
        path if Leg::is_on(path) => path,
        _ => return Err(Refusal::NotFound("page").into()),
    };
    if here.open().is_none() {
        return Err(Refusal::Expired.into());
    }
    let unsent = Some(Unsent { page: page.to_owned(), fields: form.fields });
    here.keep(Visit { unsent, on: Some(page.to_owned()), ..here.visit() }).await?;
    here.go("/request/who")
}

impl Here<'_> {
    /// Remembers the page of the request that she is led back to.
    pub(in crate::web) async fn come_back(&self) -> Result<(), Refusal> {
        match self.open() {
            Some(_) if Leg::is_on(self.path()) => self.keep(Visit { on: Some(self.path().to_owned()), ..self.visit() }).await,
            _ => Ok(()),
        }
    }
}
