//! How the organisation answers, for people and for programs.

use rocket::{State as Managed, get, serde::json::Json};

use crate::{
    action::refusal::Refusal,
    view::portal::numbers::Numbers,
    web::{
        State,
        error::Turned,
        here::{Answer, Here},
    },
};

#[get("/numbers")]
pub(super) async fn page(here: Here<'_>) -> Answer {
    here.show(&here.state.look.numbers().await?.ok_or(Refusal::NotFound("page"))?)
}

#[get("/numbers.json")]
pub(super) async fn json(house: &Managed<State>) -> Result<Json<Numbers>, Turned> {
    Ok(Json(house.look.numbers().await?.ok_or(Refusal::NotFound("page"))?))
}
