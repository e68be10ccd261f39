//! The link in an erasure notice. Reading it changes nothing; the button stops the erasure, and nothing else.

use rocket::{get, post};

use crate::{
    view::portal::stop::{Stop, Stopping},
    web::{
        here::{Answer, Here},
        posted::{Button, Posted},
    },
};

#[get("/stop/<reference>/<token>")]
pub(super) async fn page(here: Here<'_>, reference: &str, token: &str) -> Answer {
    let stopping = here.state.door.stopping(reference, token).await?;
    here.tell(reference, if stopping.is_some() { Stopping::Open } else { Stopping::Over }).await
}

#[post("/stop/<reference>/<token>", data = "<_form>")]
pub(super) async fn stop(here: Here<'_>, reference: &str, token: &str, _form: Posted<Button>) -> Answer {
    let Some((actor, stop)) = here.state.door.stopping(reference, token).await? else {
        return here.tell(reference, Stopping::Over).await;
    };
    here.state.door.run(&actor, stop).await?;
    here.tell(reference, Stopping::Stopped).await
}

impl Here<'_> {
    async fn tell(&self, reference: &str, state: Stopping) -> Answer {
        let for_another = self.state.door.stops_a_request(reference).await?;
        self.show(&Stop { reference: reference.to_owned(), state, for_another })
    }
}
