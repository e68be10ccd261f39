//! Headers on every answer: nothing from elsewhere, nothing framed, nothing kept, nothing told.

use rocket::{
    Build, Request, Response, Rocket,
    fairing::{AdHoc, Fairing, Info, Kind},
    http::{Header, Status},
};

use super::{State, api};

/// No script, no frame, no request to anybody else; pictures and the stylesheet are ours.
const CONTENT: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// The same on a page that asks for a passkey: our one script, a file of its own.
const WITH_SCRIPT: &str =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// Marks such a page on its way out; nobody outside sees it.
pub(super) const SCRIPTED: &str = "X-Habeas-Scripted";
const NOTHING: &str = "camera=(), display-capture=(), fullscreen=(), geolocation=(), microphone=(), payment=(), usb=()";

const ALWAYS: [(&str, &str); 7] = [
    ("Content-Security-Policy", CONTENT),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", NOTHING),
];

struct Headers;

#[rocket::async_trait]
impl Fairing for Headers {
    fn info(&self) -> Info {
        Info { name: "headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        for (name, value) in ALWAYS {
            response.set_header(Header::new(name, value));
        }
        if response.headers().contains(SCRIPTED) {
            response.remove_header(SCRIPTED);
            response.set_header(Header::new("Content-Security-Policy", WITH_SCRIPT));
        }
        if request.rocket().state::<State>().is_some_and(State::is_secure) {
            response.set_header(Header::new("Strict-Transport-Security", "max-age=31536000; includeSubDomains"));
        }
        let keeps = request.uri().path().starts_with("/assets/") && response.status().code == 200;
        // Whoever asks the gate may keep the answer, but has to ask each time whether it still holds.
        let asks_again = request.uri().path().starts_with("/api/v1/restrictions") && matches!(response.status().code, 200 | 304);
        let cache = match (keeps, asks_again) {
            (true, _) => "public, max-age=31536000, immutable",
            (_, true) => "private, no-cache",
            _ => "no-store",
        };
        response.set_header(Header::new("Cache-Control", cache));
        if response.status() == Status::MethodNotAllowed {
            response.set_header(Header::new("Allow", api::allowed(request).unwrap_or_else(|| "GET, HEAD, POST".to_owned())));
        }
        response.remove_header("Server");
    }
}

impl State {
    /// Whether people reach the house by HTTPS.
    pub(crate) fn is_secure(&self) -> bool {
        self.look.address.starts_with("https://")
    }
}

pub(super) fn stage() -> AdHoc {
    AdHoc::on_ignite("headers", |rocket: Rocket<Build>| async { rocket.attach(Headers) })
}
