//! Forms: taken only from our own pages, in the browser they were made for.

use rocket::{
    Data, Request,
    data::{FromData, Outcome, ToByteUnit as _},
    form::{self, DataField, Form, FromForm, Options, Strict, ValueField, error::ErrorKind},
    http::{ContentType, RawStr, Status},
};

use super::{
    State,
    entry::has_zero,
    error,
    handed::{self, Handed},
    here,
    knock::Knocks,
    session::Browser,
};
use crate::action::actor::Actor;

/// A form that came from our own page.
pub(crate) struct Posted<F>(pub(crate) F);

/// The same with its fields as they were sent, for a form that may have to wait for a second factor.
pub(crate) struct Carried<F> {
    /// The form.
    pub(crate) form: F,
    /// Its fields, token and all.
    pub(crate) fields: Vec<(String, String)>,
}

/// What was filled in, whatever is wrong with it: to be kept, not to be read.
pub(crate) struct Unread {
    /// Its page, where the button that was pressed says it.
    pub(crate) page: String,
    /// Its fields, encoded, without the token.
    pub(crate) fields: String,
}

#[derive(FromForm)]
struct Of {
    #[field(default = "")]
    page: String,
}

/// A form that is only a button.
pub(crate) struct Button;

#[rocket::async_trait]
impl<'v> FromForm<'v> for Button {
    type Context = ();

    fn init(_: Options) {}

    fn push_value((): &mut (), _: ValueField<'v>) {}

    async fn push_data((): &mut (), _: DataField<'v, '_>) {}

    fn finalize((): ()) -> form::Result<'v, Self> {
        Ok(Self)
    }
}

#[derive(FromForm)]
struct Token {
    #[field(default = "")]
    csrf: String,
}

#[rocket::async_trait]
impl<'r, F: for<'a> FromForm<'a> + Send + 'static> FromData<'r> for Posted<F> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        match Box::pin(read(request, data)).await {
            Ok(form) => Outcome::Success(Self(form)),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

#[rocket::async_trait]
impl<'r, F: for<'a> FromForm<'a> + Send + 'static> FromData<'r> for Carried<F> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = async {
            let body = Box::pin(checked(request, data)).await?;
            let decoded = |text: &RawStr| text.url_decode_lossy().into_owned();
            let fields =
                RawStr::new(&body).split('&').map(|pair| pair.split_at_byte(b'=')).map(|(name, value)| (decoded(name), decoded(value)));
            let fields = fields.collect();
            Ok(Self { form: parsed(&body)?, fields })
        };
        match Box::pin(read).await {
            Ok(carried) => Outcome::Success(carried),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Unread {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = async {
            if request.content_type().is_some_and(|kind| kind.is_form_data()) {
                return Ok(Self { page: String::new(), fields: words_of(&Box::pin(handed::read(request, data)).await?) });
            }
            let body = Box::pin(checked(request, data)).await?;
            let Of { page } = parsed(&body)?;
            let fields = body.split('&').filter(|pair| !pair.starts_with("csrf=") && !pair.starts_with("page="));
            Ok(Self { page, fields: fields.collect::<Vec<_>>().join("&") })
        };
        match Box::pin(read).await {
            Ok(unread) => Outcome::Success(unread),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

/// What was typed into a form that may carry files, encoded as one that may not. Nothing is kept of the files.
fn words_of(form: &Handed) -> String {
    let encoded = |text: &str| -> String {
        let piece = |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        text.bytes().map(piece).collect()
    };
    let fields = form.values().filter(|(name, _)| *name != "csrf");
    fields.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&")
}

async fn read<F: for<'a> FromForm<'a> + 'static>(request: &Request<'_>, data: Data<'_>) -> Result<F, Status> {
    parsed(&Box::pin(checked(request, data)).await?)
}

/// A form as it was filled in.
pub(super) fn parsed<F: for<'a> FromForm<'a> + 'static>(body: &str) -> Result<F, Status> {
    let body = RawStr::new(body);
    if says_twice::<F>(body) {
        return Err(Status::BadRequest);
    }
    Form::<F>::parse_encoded(body).map_err(|_| Status::UnprocessableEntity)
}

/// The body of a form that comes from our own page, in the browser it was made for.
async fn checked(request: &Request<'_>, data: Data<'_>) -> Result<String, Status> {
    let state = request.rocket().state::<State>().ok_or(Status::InternalServerError)?;
    if request.content_type() != Some(&ContentType::Form) {
        return Err(Status::UnsupportedMediaType);
    }
    let limit = request.limits().get("form").unwrap_or_else(|| 64.kibibytes());
    let body = data.open(limit).into_string().await.map_err(|_| Status::BadRequest)?;
    if !body.is_complete() {
        return Err(Status::PayloadTooLarge);
    }
    if !is_ours(request, state) {
        return Err(Status::Forbidden);
    }
    let body = body.into_inner();
    let form = RawStr::new(&body);
    let token = Form::<Token>::parse_encoded(form).map_err(|_| Status::Forbidden)?;
    Box::pin(shown(request, state, &token.csrf)).await?;
    if has_zero(&body) || says_twice::<Token>(form) {
        return Err(Status::BadRequest);
    }
    Ok(body)
}

/// Lets through whoever shows the token of a form of ours. Who has proven nothing is counted.
pub(super) async fn shown(request: &Request<'_>, state: &State, token: &str) -> Result<(), Status> {
    let (face, _) = here::place(request);
    let browser = Browser::of(request, state, face).await.map_err(|_| Status::ServiceUnavailable)?;
    let nobody = browser.open.as_ref().is_none_or(|open| open.actor == Actor::Visitor);
    if let (true, Some(from), Some(knocks)) = (nobody, request.client_ip(), request.rocket().state::<Knocks>()) {
        knocks.count(from, state.door.now()).map_err(|until| error::wait(request, until))?;
    }
    if state.door.same(token, &browser.csrf) { Ok(()) } else { Err(Status::Forbidden) }
}

/// Whether a field that has one value was sent with two: whoever reads the first and whoever reads the last would not agree.
fn says_twice<F: for<'a> FromForm<'a> + 'static>(body: &RawStr) -> bool {
    let errors = Form::<Strict<F>>::parse_encoded(body).err();
    errors.is_some_and(|errors| errors.iter().any(|error| matches!(error.kind, ErrorKind::Duplicate)))
}

/// Whether the form came from a page of ours, as far as the browser says.
pub(super) fn is_ours(request: &Request<'_>, state: &State) -> bool {
    let header = |name| request.headers().get_one(name);
    !is_foreign(header("Sec-Fetch-Site"), header("Origin"), header("Host"), &state.look.address)
}

/// Whether another site's page sent the form. A browser that says nothing (pages without referrer send `Origin: null`) is
/// believed only because the token must be right too.
fn is_foreign(fetch_site: Option<&str>, origin: Option<&str>, host: Option<&str>, address: &str) -> bool {
    if let Some(site) = fetch_site {
        return site != "same-origin";
    }
    match origin {
        None | Some("null") => false,
        Some(origin) => {
            let from = origin.split_once("://").map(|(_, from)| from);
            origin != address && (from.is_none() || from != host)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_foreign;

    const HOME: &str = "https://privacy.example.no";

    #[test]
    fn forms_of_other_sites_are_told_apart() {
        assert!(!is_foreign(Some("same-origin"), Some("null"), Some("privacy.example.no"), HOME));
        assert!(!is_foreign(None, Some(HOME), None, HOME));
        assert!(!is_foreign(None, Some("http://localhost:8000"), Some("localhost:8000"), "http://127.0.0.1:8000"));
        assert!(!is_foreign(None, None, None, HOME));
        for site in ["cross-site", "same-site", "none", ""] {
            assert!(is_foreign(Some(site), Some(HOME), None, HOME), "{site}");
        }
        for origin in ["https://evil.example", "https://privacy.example.no.evil.example", "file", ""] {
            assert!(is_foreign(None, Some(origin), Some("privacy.example.no"), HOME), "{origin}");
        }
    }
}
