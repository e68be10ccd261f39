//! Who habeas says it is. Secrets are read when they are used; a token that somebody else gives out is kept until it runs out.

use std::{path::PathBuf, pin::Pin, time::Duration};

use data_encoding::BASE64;
use futures_util::{FutureExt, future::BoxFuture};
use habeas_core::law::{
    connection::http::{Auth, OAuth2},
    map::Secret,
};
use oauth2::{
    AsyncHttpClient, AuthType, ClientId, ClientSecret, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, RefreshToken,
    RequestTokenError, Scope, TokenResponse, TokenUrl, basic::BasicClient,
};
use reqwest::{
    Request, StatusCode,
    header::{AUTHORIZATION, HeaderName, HeaderValue},
};
use tokio::{
    sync::Mutex,
    time::{Sleep, sleep},
};
use zeroize::Zeroizing;

use super::wire::Wire;
use crate::{config, connector::Cause};

/// A token is not used in its last seconds: it would run out on the way.
const MARGIN: Duration = Duration::from_secs(10);
/// How long one is kept that does not say how long it lives.
const USUAL_LIFE: Duration = Duration::from_mins(5);

/// What goes along with each call.
pub(super) struct Credentials {
    auth: Vec<Auth>,
    house: PathBuf,
    /// The way to whoever gives out tokens.
    issuer: Option<Issuer>,
    token: Mutex<Option<Token>>,
}

struct Token {
    secret: Zeroizing<String>,
    /// Ends when it may not be used any more; `None`: it may not.
    life: Option<Pin<Box<Sleep>>>,
    /// The one that comes after, where the issuer gives a new one with each and it could not be kept where the first one was.
    refresh: Option<Zeroizing<String>>,
}

impl Credentials {
    pub(super) fn new(auth: Vec<Auth>, house: PathBuf, issuer: Option<Wire>) -> Self {
        Self { auth, house, issuer: issuer.map(Issuer), token: Mutex::new(None) }
    }

    /// The headers that say who we are.
    pub(super) async fn headers(&self) -> Result<Vec<(HeaderName, HeaderValue)>, Cause> {
        let mut headers = Vec::new();
        for auth in &self.auth {
            headers.push(self.header(auth).await?);
        }
        Ok(headers)
    }

    async fn header(&self, auth: &Auth) -> Result<(HeaderName, HeaderValue), Cause> {
        let (name, text) = match auth {
            Auth::Basic { user, password } => {
                let pair = Zeroizing::new(format!("{user}:{}", *self.secret(password)?));
                (AUTHORIZATION, Zeroizing::new(format!("Basic {}", BASE64.encode(pair.as_bytes()))))
            }
            Auth::Bearer { token } => (AUTHORIZATION, Zeroizing::new(format!("Bearer {}", *self.secret(token)?))),
            Auth::ApiKey { header, key } => {
                let name = HeaderName::from_bytes(header.as_bytes()).map_err(|_| Cause::Driver("a header that cannot be sent"))?;
                (name, self.secret(key)?)
            }
            Auth::OAuth2(oauth2) => (AUTHORIZATION, Zeroizing::new(format!("Bearer {}", *self.token(oauth2).await?))),
        };
        let mut value = HeaderValue::from_str(&text).map_err(|_| Cause::Driver("a secret that no header can hold"))?;
        value.set_sensitive(true);
        Ok((name, value))
    }

    /// Whether another token may help, once: the one we had is thrown away.
    pub(super) async fn renew(&self) -> bool {
        let mut kept = self.token.lock().await;
        let Some(token) = kept.as_mut() else { return false };
        token.life = None;
        true
    }

    fn secret(&self, reference: &Secret) -> Result<Zeroizing<String>, Cause> {
        config::secret(reference, &self.house).ok_or_else(|| Cause::NoSecret(reference.to_string()))
    }

    async fn token(&self, oauth2: &OAuth2) -> Result<Zeroizing<String>, Cause> {
        let mut kept = self.token.lock().await;
        if let Some(token) = kept.as_mut()
            && let Some(life) = &mut token.life
            && life.now_or_never().is_none()
        {
            return Ok(token.secret.clone());
        }
        let fresh = self.fetch(oauth2, kept.as_ref().and_then(|token| token.refresh.clone())).await?;
        Ok(kept.insert(fresh).secret.clone())
    }

    /// `refresh`: the newest one, where the issuer gave one.
    async fn fetch(&self, oauth2: &OAuth2, refresh: Option<Zeroizing<String>>) -> Result<Token, Cause> {
        let client = self.client(oauth2)?;
        let scopes = || oauth2.scopes.iter().cloned().map(Scope::new);
        let issuer = self.issuer.as_ref().ok_or(Cause::Driver("no way to the issuer of tokens"))?;
        let answer = match &oauth2.refresh_token {
            None => client.exchange_client_credentials().add_scopes(scopes()).request_async(issuer).await,
            Some(reference) => {
                let newest = refresh.clone().map_or_else(|| self.secret(reference), Ok)?;
                let token = RefreshToken::new(newest.to_string());
                client.exchange_refresh_token(&token).add_scopes(scopes()).request_async(issuer).await
            }
        };
        let answer = answer.map_err(|error| match error {
            RequestTokenError::Request(cause) => cause,
            RequestTokenError::ServerResponse(_) => Cause::Unauthorised,
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Cause::NotJson("the issuer of tokens gives none"),
        })?;
        let fresh = answer.refresh_token().map(|token| Zeroizing::new(token.secret().clone()));
        let refresh = match (&oauth2.refresh_token, fresh) {
            // Whoever begins anew, here or in another process, reads the newest.
            (Some(reference), Some(fresh)) if config::keep_secret(reference, &self.house, &fresh) => None,
            (_, fresh) => fresh.or(refresh),
        };
        let life = answer.expires_in().unwrap_or(USUAL_LIFE).saturating_sub(MARGIN);
        Ok(Token {
            secret: Zeroizing::new(answer.access_token().secret().clone()),
            life: (!life.is_zero()).then(|| Box::pin(sleep(life))),
            refresh,
        })
    }

    fn client(&self, oauth2: &OAuth2) -> Result<Client, Cause> {
        let secret = ClientSecret::new(self.secret(&oauth2.client_secret)?.to_string());
        let client = BasicClient::new(ClientId::new(oauth2.client_id.clone())).set_client_secret(secret);
        Ok(client.set_auth_type(AuthType::BasicAuth).set_token_uri(TokenUrl::from_url(oauth2.token_url.clone())))
    }
}

/// The way to whoever gives out tokens, as the client of `oauth2` wants it.
struct Issuer(Wire);

impl<'c> AsyncHttpClient<'c> for Issuer {
    type Error = Cause;
    type Future = BoxFuture<'c, Result<HttpResponse, Cause>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let request = Request::try_from(request).map_err(|_| Cause::Driver("a call that cannot be sent"))?;
            let answer = self.0.exchange(&request, "tokens").await?;
            match answer.status {
                status if status.is_server_error() => Err(Cause::Status { status: status.as_u16(), again: true }),
                status if status.is_redirection() => Err(Cause::Redirected),
                StatusCode::NOT_FOUND => Err(Cause::Status { status: 404, again: false }),
                _ => {
                    let mut response = HttpResponse::new(answer.body);
                    (*response.status_mut(), *response.headers_mut()) = (answer.status, answer.headers);
                    Ok(response)
                }
            }
        })
    }
}

type Client = BasicClient<EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;
