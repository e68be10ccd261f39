//! Erasures that wait because too many went within an hour. Two people let them go on, each with a second factor given a moment ago.

use rocket::{FromForm, get, post};

use crate::{
    action::{refusal::Refusal, release_erasures::ReleaseErasures},
    view::desk::erasures::Erasures,
    web::{
        here::{Answer, Colleague},
        posted::Carried,
    },
};

#[get("/desk/erasures")]
pub(super) async fn page(colleague: Colleague<'_>) -> Answer {
    colleague.show(&colleague.erasures().await?)
}

impl Colleague<'_> {
    async fn erasures(&self) -> Result<Erasures, Refusal> {
        Erasures::load(&self.state.look, &self.eyes()).await?.ok_or(Refusal::NotFound("erasures"))
    }
}

#[derive(FromForm)]
pub(super) struct Released {
    #[field(default = "")]
    stop: String,
    #[field(default = "")]
    reason: String,
}

#[post("/desk/erasures", data = "<form>")]
pub(super) async fn release(colleague: Colleague<'_>, form: Carried<Released>) -> Answer {
    let Released { stop, reason } = colleague.sure_of(form).await?;
    let page = Erasures { reason: reason.clone(), ..colleague.erasures().await? };
    match colleague.state.door.run(&colleague.actor, ReleaseErasures { stop, reason }).await {
        Err(refusal) => colleague.refused(refusal, "reason", || page),
        Ok(_) => colleague.go("/desk/erasures"),
    }
}
