//! A provider says by itself that somebody has signed out there (`OpenID` Connect Back-Channel Logout 1.0, 2.5 to 2.8). It has no cookie
//! and no form of ours: what it says counts by its signature alone.

use rocket::{
    FromForm, Request, Response, State as Managed,
    form::Form,
    http::{ContentType, Header, Status},
    post,
    response::{self, Responder},
};

use super::State;
use crate::{
    action::{actor::Actor, elsewhere::EndElsewhere},
    openid::{SignedOut, Who},
};

#[derive(FromForm)]
pub(super) struct Word {
    logout_token: String,
}

/// Done, or why not: a code and nothing about anybody.
pub(super) struct Heard(Result<(), String>);

impl<'r> Responder<'r, 'static> for Heard {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::new();
        response.set_header(Header::new("Cache-Control", "no-store"));
        if let Err(code) = self.0 {
            let body = serde_json::json!({"error": "invalid_request", "error_description": code}).to_string();
            response.set_status(Status::BadRequest);
            response.set_header(ContentType::JSON);
            response.set_sized_body(body.len(), std::io::Cursor::new(body));
        }
        Ok(response)
    }
}

#[post("/sign-in/<provider>/logout", data = "<word>")]
pub(super) async fn of_person(house: &Managed<State>, provider: &str, word: Option<Form<Word>>) -> Heard {
    hear(house, provider, Who::Person, word).await
}

#[post("/desk/sign-in/<provider>/logout", data = "<word>")]
pub(super) async fn of_colleague(house: &Managed<State>, provider: &str, word: Option<Form<Word>>) -> Heard {
    hear(house, provider, Who::Colleague, word).await
}

async fn hear(house: &State, provider: &str, who: Who, word: Option<Form<Word>>) -> Heard {
    let Some(word) = word else { return Heard(Err("token".to_owned())) };
    let SignedOut { provider, issuer, subject, sid, jti, until } =
        match house.openid.signed_out(provider, who, &word.logout_token, house.door.now()).await {
            Ok(signed_out) => signed_out,
            Err(trouble) => {
                tracing::warn!(provider, %trouble, "a provider's word that somebody signed out is not believed");
                return Heard(Err(trouble.code().to_owned()));
            }
        };
    let end = EndElsewhere { provider, issuer, subject, sid, jti, until };
    Heard(house.door.run(&Actor::Visitor, end).await.map_err(|refusal| refusal.code().to_owned()))
}
