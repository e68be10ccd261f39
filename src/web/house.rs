//! What belongs to no face: the first address, files of the pages, and whether the house stands.

use habeas_core::law::lang::Lang;
use jiff::SignedDuration;
use rocket::{
    Request,
    fairing::AdHoc,
    get,
    http::{ContentType, Header, Status},
    request::{FromRequest, Outcome},
    response::{Redirect, Responder, content::RawText},
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

/// Whether a browser unpacks what was packed by gzip.
struct Unpacks(bool);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Unpacks {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let mut taken = request.headers().get("Accept-Encoding").flat_map(|list| list.split(','));
        Outcome::Success(Self(taken.any(|way| {
            let (name, weight) = way.split_once(";q=").unwrap_or((way, "1"));
            name.trim().eq_ignore_ascii_case("gzip") && weight.trim().parse::<f32>().is_ok_and(|weight| weight > 0.0)
        })))
    }
}

/// A file, which caches keep apart by how it is packed.
#[derive(Debug, Responder)]
enum File<'r> {
    /// By gzip.
    Packed { body: &'r [u8], kind: ContentType, packed: Header<'static>, vary: Header<'static> },
    /// As it is.
    Plain { body: &'r [u8], kind: ContentType, vary: Header<'static> },
}

#[get("/assets/<name>")]
fn asset<'r>(name: &str, unpacks: Unpacks, house: &'r rocket::State<State>) -> Option<File<'r>> {
    let asset = house.renderer.assets().at(&format!("/assets/{name}"))?;
    let (kind, vary) = (ContentType::parse_flexible(asset.content_type)?, Header::new("Vary", "Accept-Encoding"));
    Some(if unpacks.0 {
        File::Packed { body: &asset.packed, kind, packed: Header::new("Content-Encoding", "gzip"), vary }
    } else {
        File::Plain { body: asset.body.as_ref(), kind, vary }
    })
}

/// Whoever looks for a way to use a right finds the first page and what explains it; everything else is nobody's business.
#[get("/robots.txt")]
fn robots(house: &rocket::State<State>) -> RawText<String> {
    let open = |lang: &Lang| ["$", "rights$", "help$", "accessibility$"].map(|page| format!("Allow: /{}/{page}\n", lang.code())).concat();
    let pages: String = house.languages().iter().map(open).collect();
    RawText(format!("User-agent: *\nAllow: /$\nAllow: /assets/\n{pages}Disallow: /\n"))
}

/// RFC 9116: whom to tell about a weakness. Read anew every day, so that it never expires while the house stands.
#[get("/.well-known/security.txt")]
fn security(house: &rocket::State<State>) -> RawText<String> {
    let (look, good_for) = (&house.look, SignedDuration::from_hours(180 * 24));
    let (to, languages) = (&look.organisation.about().contact.email, house.languages().iter().map(|lang| lang.code()).collect::<Vec<_>>());
    let expires = (house.door.now() + good_for).strftime("%Y-%m-%dT00:00:00Z");
    let (languages, address) = (languages.join(", "), &look.address);
    RawText(format!(
        "Contact: mailto:{to}\nExpires: {expires}\nPreferred-Languages: {languages}\nCanonical: {address}/.well-known/security.txt\n"
    ))
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
    AdHoc::on_ignite("house", |rocket| async { rocket.mount("/", routes![asset, robots, security, healthz, readyz]) })
}

/// The first address, and where it leads.
pub(super) fn front_page(page: &'static str) -> AdHoc {
    AdHoc::on_ignite("front page", move |rocket| async move { rocket.manage(FrontPage(page)).mount("/", routes![first]) })
}
