//! One route that does nothing: what the server itself costs, to measure others against.

use rocket::{Build, Rocket, figment::Figment, get, routes};

#[get("/")]
const fn nothing() -> &'static str {
    "ok"
}

/// A server with that route and nothing else.
pub fn bare(figment: Figment) -> Rocket<Build> {
    rocket::custom(figment).mount("/", routes![nothing])
}
