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

/// Where the first address leads, without the language.
struct FrontPage(&'static str);

#[get("/")]
fn first(lang: Preferred, page: &rocket::State<FrontPage>) -> Redirect {
    Redirect::to(format!("/{}{}", lang.0, page.0))
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
    AdHoc::on_ignite("house", |rocket| async { rocket.mount("/", routes![asset, robots, healthz, readyz]) })
}

/// The first address, and where it leads.
pub(super) fn front_page(page: &'static str) -> AdHoc {
    AdHoc::on_ignite("front page", move |rocket| async move { rocket.manage(FrontPage(page)).mount("/", routes![first]) })
}
