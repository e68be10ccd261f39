//! What is turned away before any page is asked: methods that no page has, ways to say one thing and mean another, signs that no text has.

use std::collections::BTreeSet;

use rocket::{
    Data, Request,
    fairing::{AdHoc, Fairing, Info, Kind},
    http::{Method, Status},
};

use super::api;

/// What may stand in an address more than once.
const REPEATED: [&str; 1] = ["running"];
/// What Rocket reads as another method than the one that was sent.
const OVERRIDE: &[u8] = b"_method=";
/// No page has this method, so that whoever is turned away reaches none.
const NOWHERE: Method = Method::Patch;

/// Why a request reaches no page.
struct Away(Option<Status>);

struct Entry;

#[rocket::async_trait]
impl Fairing for Entry {
    fn info(&self) -> Info {
        Info { name: "entry", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        let overrides = request.content_type().is_some_and(|kind| kind.is_form()) && data.peek(OVERRIDE.len()).await == OVERRIDE;
        let away = if overrides { Some(Status::Forbidden) } else { is_odd(request) };
        if away.is_some() {
            request.local_cache(|| Away(away));
            request.set_method(NOWHERE);
        }
    }
}

/// What is wrong with an address. A zero byte stands in no name of ours, and not every database can be asked for one.
fn is_odd(request: &Request<'_>) -> Option<Status> {
    let uri = request.uri();
    if uri.path().as_str().contains("%00") {
        return Some(Status::NotFound);
    }
    let query = uri.query()?;
    let mut seen = BTreeSet::new();
    let twice = query.segments().any(|(name, _)| !REPEATED.contains(&name) && !seen.insert(name));
    (twice || has_zero(query.as_str())).then_some(Status::BadRequest)
}

/// Whether encoded text holds a zero byte.
pub(super) fn has_zero(encoded: &str) -> bool {
    encoded.contains("%00") || encoded.contains('\0')
}

/// The status of an answer for which no page was found: 405 where no page at all has the method.
pub(super) fn status_of(request: &Request<'_>, found: Status) -> Status {
    match request.local_cache(|| Away(None)) {
        Away(Some(status)) => *status,
        Away(None) if !matches!(request.method(), Method::Get | Method::Head | Method::Post) => Status::MethodNotAllowed,
        Away(None) if found == Status::NotFound && lacks(request) => Status::MethodNotAllowed,
        Away(None) => found,
    }
}

/// Whether there is such an address of the API, and not this method of it.
fn lacks(request: &Request<'_>) -> bool {
    let sent = request.method();
    api::allowed(request).is_some_and(|methods| !methods.split(", ").any(|method| method == sent.as_str()))
}

pub(super) fn stage() -> AdHoc {
    AdHoc::on_ignite("entry", |rocket| async { rocket.attach(Entry) })
}
