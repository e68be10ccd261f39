//! Connected systems: the list, one of them, what the map says of it. A request never calls a system: it asks the worker to look.

use rocket::{FromForm, get, post};

use crate::{
    action::{
        drift::{AskLook, SeeDrift},
        refusal::Refusal,
    },
    view::desk::system::{MapPage, SystemPage, Systems},
    web::{
        here::{Answer, Colleague},
        posted::{Button, Posted},
    },
};

const NO_SYSTEM: Refusal = Refusal::NotFound("system");

#[get("/desk/systems")]
pub(super) async fn list(colleague: Colleague<'_>) -> Answer {
    colleague.show(&Systems::load(&colleague.state.look, &colleague.eyes()).await?)
}

#[get("/desk/systems/<key>")]
pub(super) async fn page(colleague: Colleague<'_>, key: &str) -> Answer {
    colleague.show(&colleague.system(key).await?)
}

impl Colleague<'_> {
    async fn system(&self, key: &str) -> Result<SystemPage, Refusal> {
        SystemPage::load(&self.state.look, &self.eyes(), key).await?.ok_or(NO_SYSTEM)
    }
}

#[get("/desk/systems/<key>/map")]
pub(super) fn map(colleague: Colleague<'_>, key: &str) -> Answer {
    colleague.show(&MapPage::load(&colleague.state.look, &colleague.eyes(), key).ok_or(NO_SYSTEM)?)
}

#[post("/desk/systems/<key>/look", data = "<_form>")]
pub(super) async fn look(colleague: Colleague<'_>, key: &str, _form: Posted<Button>) -> Answer {
    colleague.system(key).await?;
    colleague.state.door.run(&colleague.actor, AskLook { system: key.to_owned() }).await?;
    colleague.go(&format!("/desk/systems/{key}"))
}

#[derive(FromForm)]
pub(super) struct Seen {
    problem: Vec<String>,
    #[field(default = "")]
    reason: String,
}

#[post("/desk/systems/<key>/seen", data = "<form>")]
pub(super) async fn seen(colleague: Colleague<'_>, key: &str, form: Posted<Seen>) -> Answer {
    let Seen { problem, reason } = form.0;
    let page = colleague.system(key).await?;
    match colleague.state.door.run(&colleague.actor, SeeDrift { system: key.to_owned(), prints: problem, reason: reason.clone() }).await {
        Err(refusal) => colleague.refused(refusal, "reason", || SystemPage { reason, ..page }),
        Ok(()) => colleague.go(&format!("/desk/systems/{key}")),
    }
}
