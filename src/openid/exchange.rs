//! From the code in a browser's address to what a provider vouches for: shown with the verifier, answered with a signed token.

use std::sync::Arc;

use habeas_core::law::provider::{Client, Ticket};
use jiff::Timestamp;
use openidconnect::{
    AuthType, AuthorizationCode, ClientSecret, OAuth2TokenResponse as _, PkceCodeVerifier, RequestTokenError, TokenResponse as _,
    core::CoreTokenResponse,
};
use serde_json::Value;

use super::{Brought, Providers, Trouble, Way, assertion, discovery::Known, token, token::Claims};
use crate::config;

/// What a provider has said, believed.
pub(super) struct Said {
    pub(super) claims: Claims,
    /// When the person signed in there.
    pub(super) at: Timestamp,
    /// As it was signed.
    pub(super) token: String,
}

impl Providers {
    pub(super) async fn exchange(&self, way: &Way, ticket: &Ticket, brought: Brought<'_>, now: Timestamp) -> Result<Said, Trouble> {
        let provider = &way.provider;
        let known = way.known.get(provider, now).await?;
        // An answer of another provider must not be shown to this one (RFC 9207).
        match brought.iss {
            Some(iss) if iss != provider.issuer => return Err(Trouble::Wrong("mixed-up")),
            None if known.names_itself => return Err(Trouble::Wrong("mixed-up")),
            _ => {}
        }
        if brought.error.is_some() {
            return Err(declined(brought.error));
        }
        let code = brought.code.ok_or(Trouble::Lost)?;
        let answer = self.ask(way, &known, code, ticket, now).await?;
        let signed = answer.id_token().ok_or(Trouble::Wrong("no-token"))?;
        let read = token::read(signed, &known.keys, provider, &ticket.nonce, now);
        let claims = match read {
            // Its keys may have changed since they were read.
            Err(token::Unread::Key) => match way.known.renewed(&known, provider, now).await? {
                Some(known) => token::read(signed, &known.keys, provider, &ticket.nonce, now).map_err(Trouble::from)?,
                None => return Err(Trouble::Wrong("key")),
            },
            read => read.map_err(Trouble::from)?,
        };
        let at = token::signed_in_at(&claims, now)?;
        let claims = more(claims, &known, way, answer.access_token().secret()).await?;
        Ok(Said { claims, at, token: signed.to_string() })
    }

    async fn ask(&self, way: &Way, known: &Arc<Known>, code: &str, ticket: &Ticket, now: Timestamp) -> Result<CoreTokenResponse, Trouble> {
        let provider = &way.provider;
        let secret = |at| config::secret(at, &self.house).ok_or(Trouble::Down("no-secret"));
        let mut client = known.client.clone().set_redirect_uri(self.redirect(way)?).set_auth_type(AuthType::RequestBody);
        let mut proof = None;
        match &provider.client {
            Client::Secret(at) => {
                client = client.set_client_secret(ClientSecret::new(secret(at)?.to_string()));
                if known.takes_basic {
                    client = client.set_auth_type(AuthType::BasicAuth);
                }
            }
            Client::Key { at, alg, kid } => {
                proof = Some(assertion::sign(&secret(at)?, *alg, kid.as_deref(), &provider.client_id, &provider.issuer, now)?);
            }
        }
        let mut request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| Trouble::Wrong("metadata"))?
            .set_pkce_verifier(PkceCodeVerifier::new(ticket.verifier.clone()));
        if let Some(proof) = proof {
            request = request.add_extra_param("client_assertion_type", assertion::TYPE).add_extra_param("client_assertion", proof);
        }
        request.request_async(&known.wire).await.map_err(|error| match error {
            RequestTokenError::Request(trouble) => trouble,
            RequestTokenError::ServerResponse(_) => Trouble::Wrong("code-refused"),
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Trouble::Wrong("no-token"),
        })
    }
}

/// Why a provider sends somebody back with empty hands. What it writes beside the code is never shown: anybody can write an address.
fn declined(error: Option<&str>) -> Trouble {
    match error {
        Some("server_error" | "temporarily_unavailable") => Trouble::Down("failing"),
        Some("invalid_request" | "invalid_scope" | "unauthorized_client" | "unsupported_response_type") => {
            Trouble::Wrong("request-refused")
        }
        _ => Trouble::Declined,
    }
}

/// Claims that the token leaves out and the provider gives to who asks. They count only for the person of the token.
async fn more(claims: Claims, known: &Known, way: &Way, access: &str) -> Result<Claims, Trouble> {
    let lacks = way.provider.claims().iter().any(|claim| !claims.contains_key(*claim));
    let Some(place) = known.userinfo.as_ref().filter(|_| lacks) else { return Ok(claims) };
    let said: Claims = known.wire.get(place, Some(access)).await?;
    if said.get("sub").and_then(Value::as_str).is_none() || said.get("sub") != claims.get("sub") {
        return Err(Trouble::Wrong("subject"));
    }
    // What is signed wins; an address and whether it is verified come from one place.
    let whole = |(name, _): &(String, Value)| name != "email_verified" || !claims.contains_key("email");
    let added: Claims = said.into_iter().filter(whole).collect();
    Ok(added.into_iter().chain(claims).collect())
}
