//! One exchange with a provider: sent only where the gate lets it through, never redirected, read under caps and within a time.

use std::{error::Error, path::Path, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::{
    Certificate, Client, ClientBuilder, Method, Request, Response, Url,
    header::{ACCEPT, AUTHORIZATION, HeaderValue},
    redirect,
};
use serde::de::DeserializeOwned;

use super::Trouble;
use crate::network::{Gate, Refused, Shut};

/// How long one exchange may take.
const TIME: Duration = Duration::from_secs(5);
/// Bytes of one answer.
const ANSWER: usize = 1 << 20;

/// The way to a provider.
pub(super) struct Wire {
    client: Client,
    gate: Arc<Gate>,
}

impl Wire {
    /// `ca`: whose certificates are believed, and nobody else's.
    pub(super) fn new(gate: Gate, ca: Option<&Path>) -> Result<Self, Trouble> {
        let gate = Arc::new(gate);
        let mut builder = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .https_only(!gate.is_bare())
            .dns_resolver(Arc::clone(&gate))
            .timeout(TIME)
            .user_agent("habeas");
        if let Some(ca) = ca {
            let pem = std::fs::read(ca).map_err(|_| Trouble::Down("no-ca"))?;
            let certificates = Certificate::from_pem_bundle(&pem).map_err(|_| Trouble::Down("bad-ca"))?;
            builder = certificates.into_iter().fold(builder.tls_built_in_root_certs(false), ClientBuilder::add_root_certificate);
        }
        Ok(Self { client: builder.build().map_err(|_| Trouble::Down("no-client"))?, gate })
    }

    /// Whether an address may be called.
    pub(super) fn admits(&self, url: &Url) -> Result<(), Trouble> {
        self.gate.admit(url).map_err(|shut| match shut {
            Shut::Elsewhere => Trouble::Wrong("endpoint-elsewhere"),
            Shut::Inside => Trouble::Wrong("endpoint-inside"),
        })
    }

    async fn send(&self, request: Request) -> Result<HttpResponse, Trouble> {
        self.admits(request.url())?;
        let response = self.client.execute(request).await.map_err(|error| trouble(&error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        if status.is_redirection() {
            return Err(Trouble::Wrong("redirected"));
        }
        if status.is_server_error() {
            return Err(Trouble::Down("failing"));
        }
        let mut answer = HttpResponse::new(read(response).await?);
        (*answer.status_mut(), *answer.headers_mut()) = (status, headers);
        Ok(answer)
    }

    /// Reads JSON from an address.
    pub(super) async fn get<T: DeserializeOwned>(&self, url: &Url, bearer: Option<&str>) -> Result<T, Trouble> {
        let mut request = Request::new(Method::GET, url.clone());
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(bearer) = bearer {
            let mut value = HeaderValue::from_str(&format!("Bearer {bearer}")).map_err(|_| Trouble::Wrong("bad-token"))?;
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        let answer = self.send(request).await?;
        if answer.status().as_u16() != 200 {
            return Err(Trouble::Down("no-answer"));
        }
        serde_json::from_slice(answer.body()).map_err(|_| Trouble::Wrong("not-json"))
    }
}

/// Reads until the end or the cap: what a header says about the length is only what it says.
async fn read(mut response: Response) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| trouble(&error))? {
        if body.len() + chunk.len() > ANSWER {
            return Err(Trouble::Wrong("too-large"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn trouble(error: &reqwest::Error) -> Trouble {
    let mut inner: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = inner {
        if error.is::<Refused>() {
            return Trouble::Wrong("endpoint-inside");
        }
        inner = error.source();
    }
    Trouble::Down(if error.is_timeout() { "too-slow" } else { "unreachable" })
}

impl<'c> AsyncHttpClient<'c> for Wire {
    type Error = Trouble;
    type Future = BoxFuture<'c, Result<HttpResponse, Trouble>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move { self.send(Request::try_from(request).map_err(|_| Trouble::Down("no-request"))?).await })
    }
}
