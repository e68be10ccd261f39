//! What went wrong, over HTTP: the one file that knows which refusal is which status, page or `application/problem+json`.

use jiff::Timestamp;
use rocket::{
    Request, Response, catch, catchers,
    fairing::AdHoc,
    http::{Accept, ContentType, MediaType, Method, Status},
    response::{self, Responder},
};
use serde::Serialize;

use super::{
    State, api, entry,
    here::{Here, Reply, place},
};
use crate::{
    action::{actor::Actor, note_reading::NoteTurnedAway, refusal::Refusal},
    render::frame::Face,
    upload::Trouble,
    view::{
        portal::support::{Ended, Expired},
        wrong::{Cause, Wrong},
    },
};

/// Why a route did not do what was asked.
#[derive(Debug)]
pub(crate) enum Turned {
    /// The form again, with what is wrong in it.
    Again(Box<Reply>),
    /// A refusal.
    Refused(Refusal),
}

impl Turned {
    /// The form again.
    pub(crate) fn again(reply: Reply) -> Self {
        Self::Again(Box::new(reply))
    }
}

impl<E: Into<Refusal>> From<E> for Turned {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

impl<'r> Responder<'r, 'static> for Turned {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self {
            Self::Again(reply) => reply.respond_to(request),
            // The page is made by the catcher, which may look up who reads it.
            Self::Refused(refusal) => {
                let told = Told::of(&refusal, request);
                let status = told.status;
                request.local_cache(|| Some(told));
                Err(status)
            }
        }
    }
}

/// What a refusal means over HTTP.
struct Told {
    status: Status,
    code: String,
    detail: String,
    until: Option<Timestamp>,
    incident: Option<String>,
}

impl Told {
    fn of(refusal: &Refusal, request: &Request<'_>) -> Self {
        let mut told =
            Self { status: status(refusal), code: refusal.code().to_owned(), detail: refusal.to_string(), until: None, incident: None };
        match refusal {
            Refusal::Wait(until) => told.until = Some(*until),
            Refusal::Unavailable(source) => {
                let incident = incident(request);
                tracing::error!(incident, %source, "the house's own rows could not be read or written");
                told.incident = Some(incident);
            }
            Refusal::Broken(what) => {
                let incident = incident(request);
                tracing::error!(incident, what, "something is broken inside");
                (told.detail, told.incident) = ("something is broken inside".to_owned(), Some(incident));
            }
            _ => {}
        }
        told
    }
}

fn status(refusal: &Refusal) -> Status {
    match refusal {
        Refusal::NotFound(_) => Status::NotFound,
        Refusal::Denied => Status::Forbidden,
        Refusal::Invalid(_) => Status::UnprocessableEntity,
        Refusal::Conflict { .. } => Status::Conflict,
        Refusal::Expired => Status::Gone,
        Refusal::Wait(_) => Status::TooManyRequests,
        Refusal::Unavailable(_) => Status::ServiceUnavailable,
        Refusal::Broken(_) => Status::InternalServerError,
    }
}

/// Turns somebody away who knocks too often; the catcher says until when.
pub(super) fn wait(request: &Request<'_>, until: Timestamp) -> Status {
    let told = Told::of(&Refusal::Wait(until), request);
    let status = told.status;
    request.local_cache(|| Some(told));
    status
}

/// Turns away a file that the virus scanner has stopped or has not seen; the catcher says which.
pub(super) fn unscanned(request: &Request<'_>, trouble: Trouble) -> Status {
    let (status, code) = match trouble {
        Trouble::Malware => (Status::UnprocessableEntity, MALWARE),
        Trouble::Silent => (Status::ServiceUnavailable, UNSCANNED),
    };
    let told = Told { status, code: code.to_owned(), detail: "the file was not taken".to_owned(), until: None, incident: None };
    request.local_cache(|| Some(told));
    status
}

const MALWARE: &str = "file-malware";
const UNSCANNED: &str = "file-unscanned";

/// What to say on the telephone.
fn incident(request: &Request<'_>) -> String {
    let name = request.rocket().state::<State>().and_then(|state| state.door.incident_name().ok());
    name.unwrap_or_else(|| "I-0000".to_owned())
}

/// The same of what was told; of what nobody has told yet, the process says that it happened.
fn named(told: Option<&Told>, request: &Request<'_>) -> String {
    told.and_then(|told| told.incident.clone()).unwrap_or_else(|| {
        let incident = incident(request);
        tracing::error!(incident, "a page could not be shown");
        incident
    })
}

/// The page behind a status.
fn cause(status: Status, told: Option<&Told>, request: &Request<'_>) -> Cause {
    match told.map(|told| told.code.as_str()) {
        Some(MALWARE) => return Cause::Malware,
        Some(UNSCANNED) => return Cause::Unscanned,
        _ => {}
    }
    match status.code {
        403 if request.method() == Method::Get || told.is_some() => Cause::NotAllowed,
        400 | 403 | 415 | 422 => Cause::FormExpired,
        409 => Cause::Changed,
        413 => Cause::TooLarge { limit: request.limits().get("form").map_or(0, rocket::data::ByteUnit::as_u64) },
        429 => Cause::TooMany { until: told.and_then(|told| told.until).unwrap_or_default() },
        503 => Cause::Unavailable { incident: named(told, request) },
        500..=599 => Cause::Broken { incident: named(told, request) },
        _ => Cause::NotFound,
    }
}

/// RFC 9457.
#[derive(Serialize)]
struct ProblemDetails<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: &'a str,
    status: u16,
    code: &'a str,
    detail: &'a str,
}

#[catch(default)]
async fn caught(status: Status, request: &Request<'_>) -> Result<Caught, Status> {
    let told = request.local_cache(|| None::<Told>).as_ref();
    let status = match entry::status_of(request, status) {
        // A part of an address that is no number, where one belongs.
        Status::UnprocessableEntity if told.is_none() && request.method() == Method::Get => Status::NotFound,
        status => status,
    };
    if status == Status::ServiceUnavailable && told.is_none() && request.uri().path().starts_with("/api/") {
        return Ok(Caught::Json(status, api::behind()));
    }
    // Programs ask there, whatever they say they would like.
    if request.uri().path().starts_with("/api/") || request.accept().is_some_and(wants_json) {
        return Ok(Caught::Json(status, problem(status, told)));
    }
    let here = match Here::of(request).await {
        Ok(here) => here,
        Err(status) => return resting(status, request).await,
    };
    let (face, path) = place(request);
    here.turned_away(status, request).await;
    let answer = match (status.code, face) {
        (401, Face::Desk | Face::Room) => here.go("/desk/sign-in"),
        (401, _) if request.method() == Method::Get => {
            here.come_back().await.map_err(|_| Status::ServiceUnavailable)?;
            here.go(&find(path))
        }
        (401 | 410, Face::Portal) => here.show_as(status, &Expired { what: Ended::Session }),
        _ => here.show_as(status, &Wrong { cause: cause(status, told, request) }),
    };
    answer.map(Caught::Reply).map_err(|_| Status::InternalServerError)
}

/// The page of a house that cannot read its own rows: in the language of the address, with what to do meanwhile.
async fn resting(status: Status, request: &Request<'_>) -> Result<Caught, Status> {
    let here = Here::blind(request).await?;
    let page = Wrong { cause: cause(status, None, request) };
    here.show_as(status, &page).map(Caught::Reply).map_err(|_| status)
}

impl Here<'_> {
    /// Who was turned away from what. Of those who work here it stands in the log; of everybody else the process says it, or anybody could
    /// fill the log.
    async fn turned_away(&self, status: Status, request: &Request<'_>) {
        if ![401, 403, 404].contains(&status.code) {
            return;
        }
        let address = request.route().map_or_else(|| "none".to_owned(), |route| route.uri.to_string());
        tracing::info!(address, status = status.code, "turned away");
        if let Some(actor @ Actor::Staff(_)) = self.open().map(|open| &open.actor)
            && let Err(refusal) = self.state.door.run(actor, NoteTurnedAway { address }).await
        {
            tracing::error!(why = %refusal, "the log does not say who was turned away");
        }
    }
}

/// Where somebody goes who has shown nothing (any more): to prove the mailbox, and then on with what was being written, or back to the
/// case that was asked for.
fn find(path: &str) -> String {
    if path.starts_with("/request/") {
        return "/request/who".to_owned();
    }
    let reference = path.strip_prefix("/case/").and_then(|rest| rest.split('/').next());
    let is_reference = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    reference.filter(is_reference).map_or_else(|| "/find".to_owned(), |reference| format!("/find?case={reference}"))
}

fn wants_json(accept: &Accept) -> bool {
    let preferred = accept.preferred().media_type();
    *preferred == MediaType::JSON || preferred.sub() == "problem+json"
}

fn problem(status: Status, told: Option<&Told>) -> String {
    let code = told.map_or_else(|| status.reason_lossy().to_lowercase().replace(' ', "-"), |told| told.code.clone());
    let problem = ProblemDetails {
        kind: format!("urn:habeas:problem:{code}"),
        title: status.reason_lossy(),
        status: status.code,
        code: &code,
        detail: told.map_or("", |told| told.detail.as_str()),
    };
    serde_json::to_string(&problem).unwrap_or_default()
}

/// A page or a problem.
enum Caught {
    Reply(Reply),
    Json(Status, String),
}

impl<'r> Responder<'r, 'static> for Caught {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self {
            Self::Reply(reply) => reply.respond_to(request),
            Self::Json(status, body) => {
                let kind = ContentType::new("application", "problem+json");
                Response::build_from(body.respond_to(request)?).status(status).header(kind).ok()
            }
        }
    }
}

pub(super) fn stage() -> AdHoc {
    AdHoc::on_ignite("errors", |rocket| async { rocket.register("/", catchers![caught]) })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_case_asked_for_without_a_session_is_remembered() {
        assert_eq!(find("/case/HB-7F3K-2QXM/data/shop.orders"), "/find?case=HB-7F3K-2QXM");
        assert_eq!(find("/case/"), "/find");
        assert_eq!(find("/case/HB%0d%0aSet-Cookie"), "/find");
        assert_eq!(find("/request/check"), "/request/who");
    }
}
