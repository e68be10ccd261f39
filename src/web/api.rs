//! What other systems ask before they use a person's data: `/api/v1/restrictions`. Its answers are JSON, whatever goes wrong. The contract
//! stands in `openapi.json`.

use std::collections::BTreeSet;

use data_encoding::BASE64;
use habeas_core::law::{
    gate::{Use, split_index},
    personal::Personal,
};
use rocket::{
    Request, Response, Route, State as Managed,
    fairing::AdHoc,
    get,
    http::{ContentType, Header, Status},
    outcome::Outcome::{Error, Success},
    post,
    request::{self, FromRequest},
    response::{self, Responder, content::RawJson},
    routes,
    serde::json::Json,
};
use serde::Deserialize;

use super::{State, error::Turned};
use crate::{
    action::{actor::Actor, note_use::NoteUse, refusal::Refusal},
    view::gate::{Admission, Answer, Unknown},
};

const CONTRACT: &str = include_str!("openapi.json");

/// A system that has shown its token.
struct Client(Actor);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Client {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Self, ()> {
        let token = request.headers().get_one("Authorization").and_then(|shown| shown.strip_prefix("Bearer "));
        let (Some(token), Some(state)) = (token, request.rocket().state::<State>()) else { return Error((Status::Unauthorized, ())) };
        match state.look.admit(token).await {
            Admission::Welcome(name) => Success(Self(Actor::System { name })),
            Admission::Stranger => Error((Status::Unauthorized, ())),
            Admission::Unsure => Error((Status::ServiceUnavailable, ())),
            Admission::TooOften => Error((Status::TooManyRequests, ())),
        }
    }
}

/// What the gate says, or that it does not know.
struct Said {
    status: Status,
    body: Vec<u8>,
    headers: Vec<Header<'static>>,
}

impl Said {
    fn of(answer: &Answer) -> Self {
        Self { status: Status::Ok, body: answer.body.as_bytes().to_vec(), headers: vec![Header::new("ETag", answer.etag.to_string())] }
    }

    /// Never "not restricted".
    fn unknown(why: Unknown) -> Self {
        let headers = vec![Header::new("Retry-After", "1")];
        Self { status: Status::ServiceUnavailable, body: unsure(why).into_bytes(), headers }
    }
}

/// The methods that an address of the API has, as `Allow` lists them; nothing where there is no such address.
pub(super) fn allowed(request: &Request<'_>) -> Option<String> {
    let path = request.uri().path().as_str();
    let fits = |route: &&Route| {
        let (named, asked) = (route.uri.path().split('/'), path.split('/'));
        named.clone().count() == asked.clone().count() && named.zip(asked).all(|(name, part)| name.starts_with('<') || name == part)
    };
    let mut methods: BTreeSet<&str> = request.rocket().routes().filter(fits).map(|route| route.method.as_str()).collect();
    if methods.contains("GET") {
        methods.insert("HEAD");
    }
    let for_programs = path.starts_with("/api/") || ["/healthz", "/readyz", "/numbers.json"].contains(&path);
    (for_programs && !methods.is_empty()).then(|| methods.into_iter().collect::<Vec<_>>().join(", "))
}

/// What is told instead of an answer.
fn unsure(why: Unknown) -> String {
    serde_json::json!({ "status": "unknown", "code": why.code(), "detail": why.advice() }).to_string()
}

/// The same where it is not even known who asks.
pub(super) fn behind() -> String {
    unsure(Unknown::Behind)
}

impl<'r> Responder<'r, 'static> for Said {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::new();
        response.set_status(self.status);
        response.set_header(ContentType::JSON);
        for header in self.headers {
            response.set_header(header);
        }
        let known = request.headers().get("If-None-Match").flat_map(|tags| tags.split(',')).map(str::trim);
        if self.status == Status::Ok && known.into_iter().any(|tag| Some(tag) == response.headers().get_one("ETag")) {
            response.set_status(Status::NotModified);
        } else {
            response.set_sized_body(self.body.len(), std::io::Cursor::new(self.body));
        }
        Ok(response)
    }
}

#[get("/restrictions/<index>")]
fn one(_client: Client, house: &Managed<State>, index: &str) -> Result<Said, Turned> {
    let answer = house.look.stopped(index).ok_or_else(|| Refusal::invalid("index", "index-wrong"))?;
    Ok(answer.map_or_else(Said::unknown, |answer| Said::of(&answer)))
}

#[get("/restrictions")]
fn all(_client: Client, house: &Managed<State>) -> Said {
    match house.look.all_stopped() {
        Err(why) => Said::unknown(why),
        Ok(list) => {
            let mut said = Said::of(&list.answer);
            said.headers.push(Header::new("Habeas-Signature", BASE64.encode(&list.signature)));
            said
        }
    }
}

/// A use of restricted data, as it is reported.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Used {
    #[serde(rename = "use")]
    purpose: Use,
    by: String,
    why: String,
}

#[post("/restrictions/<index>/uses", data = "<used>")]
async fn note(client: Client, house: &Managed<State>, index: &str, used: Json<Used>) -> Result<Said, Turned> {
    if let Err(why) = house.look.stopped(index).ok_or_else(|| Refusal::invalid("index", "index-wrong"))? {
        return Ok(Said::unknown(why));
    }
    let person = split_index(index).map(|(_, person)| person.to_owned()).unwrap_or_default();
    let Used { purpose, by, why } = used.into_inner();
    let note = NoteUse { person, purpose, by: Personal::new(by), why: Personal::new(why) };
    let cases = house.door.run(&client.0, note).await?;
    let body = serde_json::json!({ "noted": cases }).to_string().into_bytes();
    Ok(Said { status: Status::Created, body, headers: Vec::new() })
}

#[get("/openapi.json")]
const fn contract() -> RawJson<&'static str> {
    RawJson(CONTRACT)
}

pub(super) fn stage() -> AdHoc {
    AdHoc::on_ignite("api", |rocket| async { rocket.mount("/api/v1", routes![one, all, note]).mount("/api", routes![contract]) })
}
