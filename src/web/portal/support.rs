//! Pages around the journey: find a case, learn, leave.

use habeas_core::law::right::Right;
use rocket::{get, post};

use super::journey::Address;
use crate::{
    action::{refusal::Refusal, session::Draft},
    view::portal::support::{About, Accessibility, Find, Help, Offer, Paper, Rights, SignedOut},
    web::{
        error::Turned,
        here::{Answer, Gone, Here},
        posted::{Button, Posted},
    },
};

#[get("/find")]
pub(super) fn find(here: Here<'_>) -> Answer {
    let typed = here.typed::<Address>().map(|typed| typed.email);
    here.show(&here.finds(typed.unwrap_or_default()))
}

impl Here<'_> {
    fn finds(&self, email: String) -> Find {
        let visit = self.visit();
        Find::new(&self.state.look, email, visit.shut && visit.unsent.is_some())
    }
}

/// The code page follows whether the address is known or not.
#[post("/find?<case>", data = "<form>")]
pub(super) async fn send_code(here: Here<'_>, case: Option<&str>, form: Posted<Address>) -> Answer {
    let is_reference = |text: &&str| text.len() <= 40 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let draft = Draft { case: case.filter(is_reference).map(str::to_owned), ..Draft::default() };
    let (email, visit) = (form.0.email, here.visit());
    let sent = here.prove(&email, visit.seeks(draft)).await;
    sent.or_else(|refusal| here.refused(refusal, "email", || here.finds(email)))?;
    here.go("/request/code")
}

#[get("/rights")]
pub(super) fn rights(here: Here<'_>) -> Answer {
    let here_too = here.state.offered();
    let offer = |right| Offer { right, here: here_too.contains(&right) };
    here.show(&Rights { rights: Right::ALL.map(offer).into() })
}

#[get("/help")]
pub(super) fn help(here: Here<'_>) -> Answer {
    here.show(&Help::new(here.state.offered()))
}

#[get("/paper/<right>")]
pub(super) fn paper(here: Here<'_>, right: &str) -> Answer {
    let right = Right::from_name(right).ok_or(Refusal::NotFound("page"))?;
    here.show(&Paper { right })
}

#[get("/accessibility")]
pub(super) fn accessibility(here: Here<'_>) -> Answer {
    here.show(&Accessibility::load(&here.state.look))
}

#[get("/about-this-page")]
pub(super) fn about(here: Here<'_>) -> Answer {
    here.show(&About {})
}

#[post("/sign-out", data = "<_form>")]
pub(super) async fn leave(here: Here<'_>, _form: Posted<Button>) -> Result<Gone, Turned> {
    here.leave("/signed-out").await
}

#[get("/signed-out")]
pub(super) fn signed_out(here: Here<'_>) -> Answer {
    here.show(&SignedOut {})
}
