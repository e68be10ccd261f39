//! What belongs to no face: the first address, files of the pages, and whether the house stands.

use rocket::{
    Request,
    fairing::AdHoc,
    get,
    http::{ContentType, Status},
    request::{FromRequest, Outcome},
    response::{Redirect, content::RawText},
    routes,
};

use super::{State, here};

/// The language a browser prefers.
struct Preferred(&'static str);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Preferred {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.rocket().state::<State>() {
            Some(state) => Outcome::Success(Self(here::lang_of(request, state).code())),
            None => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}

#[get("/")]
fn first(lang: Preferred) -> Redirect {
    Redirect::to(format!("/{}/", lang.0))
}

#[get("/assets/<name>")]
fn asset<'r>(name: &str, house: &'r rocket::State<State>) -> Option<(ContentType, &'r [u8])> {
    let asset = house.renderer.assets().at(&format!("/assets/{name}"))?;
    Some((ContentType::parse_flexible(asset.content_type)?, asset.body.as_ref()))
}

#[get("/robots.txt")]
const fn robots() -> RawText<&'static str> {
    RawText("User-agent: *\nDisallow: /\n")
}

/// The process answers.
#[get("/healthz")]
const fn healthz() -> RawText<&'static str> {
    RawText("ok\n")
}

/// The process can do its work.
#[get("/readyz")]
async fn readyz(house: &rocket::State<State>) -> (Status, RawText<&'static str>) {
    match house.look.ready().await {
        Ok(()) => (Status::Ok, RawText("ready\n")),
        Err(_) => (Status::ServiceUnavailable, RawText("the database does not answer\n")),
    }
}

pub(super) fn stage() -> AdHoc {
    AdHoc::on_ignite("house", |rocket| async { rocket.mount("/", routes![first, asset, robots, healthz, readyz]) })
}
