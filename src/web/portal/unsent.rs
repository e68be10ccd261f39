//! What was filled in and not sent: kept when the reader changes the language, and when what she had shown is over.

use rocket::{
    Request,
    http::Status,
    post,
    request::{FromRequest, Outcome},
};

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

/// The same of a message in a case.
#[post("/case/<reference>/messages", data = "<form>", rank = 20)]
pub(super) async fn set_aside_message(here: Here<'_>, _away: WasAway, reference: &str, form: Unread) -> Answer {
    here.sets_aside(reference, "messages", form).await
}

/// The same of what the person states herself.
#[post("/case/<reference>/statement", data = "<form>", rank = 20)]
pub(super) async fn set_aside_statement(here: Here<'_>, _away: WasAway, reference: &str, form: Unread) -> Answer {
    here.sets_aside(reference, "statement", form).await
}

/// The same of what was asked in a case.
#[post("/case/<reference>/answer", data = "<form>", rank = 20)]
pub(super) async fn set_aside_answer(here: Here<'_>, _away: WasAway, reference: &str, form: Unread) -> Answer {
    here.sets_aside(reference, "answer", form).await
}

/// The same of what a value should say.
#[post("/case/<reference>/data/<kind>/<place>/<field>/correct", data = "<form>", rank = 20)]
pub(super) async fn set_aside_value(
    here: Here<'_>,
    _away: WasAway,
    reference: &str,
    kind: &str,
    place: usize,
    field: &str,
    form: Unread,
) -> Answer {
    here.sets_aside(reference, &format!("data/{kind}/{place}/{field}/correct"), form).await
}

/// Somebody who had shown who she is, and whose time is over. Of whoever has shown nothing yet nothing is kept in a case.
pub(super) struct WasAway;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for WasAway {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let shut = |here: Here<'_>| if here.visit().shut { Outcome::Success(Self) } else { Outcome::Forward(Status::Unauthorized) };
        Here::from_request(request).await.and_then(shut)
    }
}

impl Here<'_> {
    async fn sets_aside(&self, reference: &str, page: &str, form: Unread) -> Answer {
        let page = format!("/case/{reference}/{page}");
        let unsent = Some(Unsent { page: page.clone(), fields: form.fields });
        self.keep(Visit { unsent, on: Some(page), ..self.visit() }).await?;
        self.go(&format!("/find?case={reference}"))
    }

    /// Remembers the page of the request that she is led back to.
    pub(in crate::web) async fn come_back(&self) -> Result<(), Refusal> {
        match self.open() {
            Some(_) if Leg::is_on(self.path()) => self.keep(Visit { on: Some(self.path().to_owned()), ..self.visit() }).await,
            _ => Ok(()),
        }
    }
}
