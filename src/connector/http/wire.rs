//! One exchange with an API: sent only where the gate lets it through, read under caps, at the pace that the system wants.

use std::{error::Error, io, num::NonZeroU32, path::PathBuf, sync::Arc, time::Duration};

use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::{
    Certificate, Client, Request, Response, StatusCode,
    header::{CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER},
    redirect,
};
use tokio::{
    sync::{Mutex, OnceCell},
    time::{Interval, MissedTickBehavior, interval, sleep},
};

use super::gate::{Gate, Refused};
use crate::connector::{Caps, Cause};

/// Bytes of one answer, however much a call may have.
const ANSWER: usize = 32 << 20;
/// How long a server may take to take a connection.
const HELLO: Duration = Duration::from_secs(10);
/// How often one call is made when the system asks to wait.
const PATIENCE: usize = 3;
/// How long it is waited where the system does not say.
const USUAL_WAIT: u64 = 30;

/// The way to an API.
pub(super) struct Wire {
    client: OnceCell<Client>,
    gate: Arc<Gate>,
    ca: Option<PathBuf>,
    pace: Option<Pace>,
    caps: Caps,
}

/// What came back. It has no `Debug`: it holds what people said.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// Not more calls per second than agreed.
struct Pace {
    each: Duration,
    next: Mutex<Option<Interval>>,
}

impl Wire {
    pub(super) fn new(gate: Gate, ca: Option<PathBuf>, rate: Option<u32>, caps: Caps) -> Self {
        let pace = rate.and_then(NonZeroU32::new).map(|rate| Pace { each: Duration::from_secs(1) / rate.get(), next: Mutex::new(None) });
        Self { client: OnceCell::new(), gate: Arc::new(gate), ca, pace, caps }
    }

    /// Sends a call and reads the whole answer. Where the system asks to wait and that is not long, it is asked again.
    pub(super) async fn exchange(&self, request: &Request, collection: &str) -> Result<Answer, Cause> {
        self.gate.admit(request.url())?;
        let client = self.client.get_or_try_init(|| async { self.client() }).await?;
        let mut tries = 1..=PATIENCE;
        loop {
            if let Some(pace) = &self.pace {
                pace.tick().await;
            }
            let last = tries.next().is_none_or(|this| this == PATIENCE);
            let copy = request.try_clone().ok_or(Cause::Driver("a call that cannot be sent"))?;
            let response = client.execute(copy).await.map_err(|error| self.cause(&error))?;
            match asked_to_wait(&response) {
                Some(seconds) if last || Duration::from_secs(seconds) > self.caps.lock => return Err(Cause::Wait { seconds }),
                Some(seconds) => sleep(Duration::from_secs(seconds)).await,
                None => return self.read(response, collection).await,
            }
        }
    }

    /// Sends what can be sent only once, and reads no more than whether it was taken.
    pub(super) async fn send(&self, request: Request) -> Result<StatusCode, Cause> {
        self.gate.admit(request.url())?;
        let client = self.client.get_or_try_init(|| async { self.client() }).await?;
        Ok(client.execute(request).await.map_err(|error| self.cause(&error))?.status())
    }

    fn client(&self) -> Result<Client, Cause> {
        let mut builder = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .https_only(!self.gate.is_bare())
            .dns_resolver(Arc::clone(&self.gate))
            .connect_timeout(HELLO.min(self.caps.time))
            .timeout(self.caps.time)
            .user_agent("habeas");
        if let Some(ca) = &self.ca {
            let pem = std::fs::read(ca).map_err(|_| Cause::Unproven)?;
            let certificates = Certificate::from_pem_bundle(&pem).map_err(|_| Cause::Unproven)?;
            builder = builder.tls_built_in_root_certs(false);
            builder = certificates.into_iter().fold(builder, reqwest::ClientBuilder::add_root_certificate);
        }
        builder.build().map_err(|_| Cause::Driver("no client could be made"))
    }

    /// Reads until the end or the cap, whichever comes first: what a header says about the length is only what it says.
    async fn read(&self, mut response: Response, collection: &str) -> Result<Answer, Cause> {
        let cap = self.caps.bytes.min(ANSWER);
        let too_much = || Cause::TooMuch { collection: collection.to_owned(), cap: format!("{cap} bytes") };
        if response.content_length().is_some_and(|length| length > cap as u64) {
            return Err(too_much());
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.cause(&error))? {
            if body.len() + chunk.len() > cap {
                return Err(too_much());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, headers, body })
    }

    /// What the client says went wrong, without the address: it may hold what was looked for.
    fn cause(&self, error: &reqwest::Error) -> Cause {
        if holds(error, &|error| error.is::<Refused>()) {
            return Cause::Inside;
        }
        if error.is_timeout() {
            return Cause::TooSlow { seconds: self.caps.time.as_secs() };
        }
        // A handshake that fails comes as what was read.
        let unproven = |error: &(dyn Error + 'static)| {
            error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::InvalidData)
        };
        if error.is_connect() && holds(error, &unproven) {
            return Cause::Unproven;
        }
        Cause::Unreachable
    }

    pub(super) fn gate(&self) -> &Gate {
        &self.gate
    }
}

impl Answer {
    /// Whether it says that it is JSON.
    pub(super) fn is_json(&self) -> bool {
        let kind = self.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
    }
}

impl Pace {
    async fn tick(&self) {
        let mut next = self.next.lock().await;
        let timer = next.get_or_insert_with(|| {
            let mut timer = interval(self.each);
            timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
            timer
        });
        timer.tick().await;
    }
}

/// Seconds that the system asks to wait (RFC 9110, 10.2.3). A date is counted from the answer's own, so no clock is asked.
fn asked_to_wait(response: &Response) -> Option<u64> {
    let named = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    match response.status() {
        StatusCode::TOO_MANY_REQUESTS => {}
        StatusCode::SERVICE_UNAVAILABLE if named.is_some() => {}
        _ => return None,
    }
    let until = |text: &str| {
        let parse = |text: &str| DateTimeParser::new().parse_timestamp(text).ok();
        let sent = response.headers().get(DATE)?.to_str().ok().and_then(parse)?;
        u64::try_from(parse(text)?.as_second() - sent.as_second()).ok()
    };
    named.and_then(|text| text.trim().parse().ok().or_else(|| until(text))).or(Some(USUAL_WAIT))
}

/// Whether an error, or one that it came from, is such. An I/O error hides another one inside.
fn holds(error: &(dyn Error + 'static), such: &impl Fn(&(dyn Error + 'static)) -> bool) -> bool {
    let inside = error.downcast_ref::<io::Error>().and_then(|error| error.get_ref());
    such(error) || inside.is_some_and(|inner| holds(inner, such)) || error.source().is_some_and(|source| holds(source, such))
}
