//! Who stands before the web server and is patient with nobody: takes connections, waits so long for a request and no longer, and hands on
//! whole ones. Rocket waits for ever for a slow client and cannot be given another listener, so it answers on the machine itself, and only
//! here is known who really asks.

use std::{
    collections::{BTreeMap, HashMap},
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use http_body_util::{Either, Full};
use hyper::{
    Method, Request, Response, StatusCode, Version,
    body::{Body, Bytes, Frame, Incoming, SizeHint},
    client::conn::http1 as upstream,
    header::{self, HeaderMap, HeaderName, HeaderValue},
    server::conn::http1 as server,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    task::AbortHandle,
    time::{Sleep, sleep},
};

use super::stall::Impatient;

/// How long a client is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a request's first line and headers, and between two requests of a connection.
    pub headers: Duration,
    /// For a body; a second more for each 64 KiB of it.
    pub body: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { headers: Duration::from_secs(10), body: Duration::from_secs(20) }
    }
}

/// Bytes a second that the slowest line must bring.
const PACE: u64 = 64 << 10;
/// First line and headers together.
const LONGEST: usize = 32 << 10;
/// Connections of one address, where it is known that an address is one visitor.
const EACH: usize = 256;
/// What belongs to one connection and is never handed on (RFC 9110, 7.6.1).
const OF_ONE_HOP: [HeaderName; 7] = [
    header::CONNECTION,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// Whom to believe when it says who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trusted {
    /// The header that names the client.
    pub header: Option<HeaderName>,
    /// Proxies that always set it.
    pub proxies: Vec<IpAddr>,
}

impl Trusted {
    /// Who really asks: whoever is connected, or whom a trusted proxy names. Of several names the last is the proxy's own word.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        let Some(header) = self.header.as_ref().filter(|_| self.proxies.contains(&peer)) else { return peer };
        let named = headers.get_all(header).iter().next_back().and_then(|value| value.to_str().ok());
        named.and_then(|names| names.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
    }
}

/// Where people connect, and where the web server answers.
pub struct Front {
    /// Where people connect.
    pub listener: TcpListener,
    /// Where the web server answers, on this machine.
    pub server: SocketAddr,
    /// The header in which the web server is told who asks. Nobody else knows its name.
    pub told_in: HeaderName,
    /// Whom to believe.
    pub trusted: Trusted,
    /// Connections at once.
    pub room: usize,
    /// How long they are waited for.
    pub patience: Patience,
}

/// What every connection needs.
struct Shared {
    server: SocketAddr,
    told_in: HeaderName,
    trusted: Trusted,
    patience: Patience,
    hall: Mutex<Hall>,
}

/// Who is here.
#[derive(Default)]
struct Hall {
    /// Connections of each address.
    open: HashMap<IpAddr, usize>,
    all: usize,
    /// Those that have never sent a whole request, the oldest first.
    silent: BTreeMap<u64, AbortHandle>,
}

impl Shared {
    fn hall(&self) -> MutexGuard<'_, Hall> {
        self.hall.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place; it is free again when this is dropped.
struct Place {
    number: u64,
    peer: IpAddr,
    shared: Arc<Shared>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut hall = self.shared.hall();
        hall.silent.remove(&self.number);
        hall.all = hall.all.saturating_sub(1);
        if let Some(count) = hall.open.get_mut(&self.peer) {
            *count -= 1;
            if *count == 0 {
                hall.open.remove(&self.peer);
            }
        }
    }
}

/// How many connections there is room for: each needs two file handles, and the house needs some, too.
pub(super) fn room() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files")?.split_whitespace().next()?.parse::<usize>().ok());
    (files.unwrap_or(1024).saturating_sub(200) / 2).clamp(64, 4096)
}

impl Front {
    /// Takes connections for ever.
    pub async fn run(self) {
        let Self { listener, server, told_in, trusted, room, patience } = self;
        let shared = Arc::new(Shared { server, told_in, trusted, patience, hall: Mutex::new(Hall::default()) });
        // A proxy's connections are everybody's.
        let each = if shared.trusted.header.is_some() { room } else { EACH };
        for number in 0.. {
            match listener.accept().await {
                Ok((stream, peer)) => admit(&shared, number, stream, peer.ip().to_canonical(), (room, each)),
                // Out of file handles, or a connection that is gone already.
                Err(_) => sleep(Duration::from_millis(20)).await,
            }
        }
    }
}

/// Gives a connection a place. Where there is none, whoever has been silent longest goes; a newcomer is turned away only where everybody
/// is being answered.
fn admit(shared: &Arc<Shared>, number: u64, stream: TcpStream, peer: IpAddr, (room, each): (usize, usize)) {
    let mut hall = shared.hall();
    let is_loopback = peer.is_loopback();
    if hall.all >= room {
        match hall.silent.pop_first() {
            Some((_, oldest)) => oldest.abort(),
            None => return,
        }
    }
    let of_peer = hall.open.entry(peer).or_default();
    if *of_peer >= each && !is_loopback {
        return;
    }
    *of_peer += 1;
    hall.all += 1;
    let place = Place { number, peer, shared: Arc::clone(shared) };
    let task = tokio::spawn(connection(place, stream));
    hall.silent.insert(number, task.abort_handle());
}

async fn connection(place: Place, stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let headers = place.shared.patience.headers;
    let line = Arc::new(Line { place, sender: tokio::sync::Mutex::new(None) });
    let service = service_fn(move |request| {
        let line = Arc::clone(&line);
        async move { Ok::<_, io::Error>(line.answer(request).await) }
    });
    let mut builder = server::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(headers).max_buf_size(LONGEST);
    // How it ended is the client's affair: nothing about it is ours to keep.
    let _ = builder.serve_connection(TokioIo::new(Impatient::new(stream)), service).await;
}

/// One client's connection and the one to the web server that belongs to it.
struct Line {
    place: Place,
    sender: tokio::sync::Mutex<Option<upstream::SendRequest<Timed>>>,
}

type Answer = Response<Either<Full<Bytes>, Incoming>>;

impl Line {
    async fn answer(&self, request: Request<Incoming>) -> Answer {
        self.place.shared.hall().silent.remove(&self.place.number);
        if ![Method::GET, Method::HEAD, Method::POST].contains(request.method()) {
            return refused(StatusCode::METHOD_NOT_ALLOWED);
        }
        let Some(request) = self.whole(request) else { return refused(StatusCode::BAD_REQUEST) };
        let late = Arc::clone(&request.body().late);
        match self.ask(request).await {
            Ok(mut response) => {
                strip(response.headers_mut());
                response.map(Either::Right)
            }
            Err(_) if *late.lock().unwrap_or_else(PoisonError::into_inner) => refused(StatusCode::REQUEST_TIMEOUT),
            Err(_) => refused(StatusCode::BAD_GATEWAY),
        }
    }

    /// The request as it is handed on: from whom, without what belongs to the connection, and its body on a clock.
    fn whole(&self, request: Request<Incoming>) -> Option<Request<Timed>> {
        let shared = &self.place.shared;
        let client = shared.trusted.client(self.place.peer, request.headers());
        let (mut parts, body) = request.into_parts();
        parts.uri = parts.uri.path_and_query()?.as_str().parse().ok()?;
        parts.version = Version::HTTP_11;
        strip(&mut parts.headers);
        parts.headers.remove(header::EXPECT);
        parts.headers.insert(shared.told_in.clone(), HeaderValue::from_str(&client.to_string()).ok()?);
        Some(Request::from_parts(parts, Timed::new(body, shared.patience.body)))
    }

    async fn ask(&self, request: Request<Timed>) -> Result<Response<Incoming>, Box<dyn std::error::Error + Send + Sync>> {
        let mut sender = self.sender.lock().await;
        if sender.as_ref().is_none_or(upstream::SendRequest::is_closed) {
            let stream = TcpStream::connect(self.place.shared.server).await?;
            let _ = stream.set_nodelay(true);
            let (fresh, connection) = upstream::handshake(TokioIo::new(stream)).await?;
            tokio::spawn(connection);
            *sender = Some(fresh);
        }
        let sender = sender.as_mut().ok_or("no connection")?;
        sender.ready().await?;
        Ok(sender.send_request(request).await?)
    }
}

fn strip(headers: &mut HeaderMap) {
    for name in OF_ONE_HOP {
        headers.remove(name);
    }
}

/// What is said without asking the web server.
fn refused(status: StatusCode) -> Answer {
    let said = format!("{}\n", status.canonical_reason().unwrap_or_default());
    let mut response = Response::new(Either::Left(Full::new(Bytes::from(said))));
    *response.status_mut() = status;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::CONNECTION, "close"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    }
    response
}

/// A body that must be whole in time.
struct Timed {
    body: Incoming,
    until: Pin<Box<Sleep>>,
    /// Whether it was not.
    late: Arc<Mutex<bool>>,
}

impl Timed {
    fn new(body: Incoming, patience: Duration) -> Self {
        let more = body.size_hint().exact().unwrap_or_default() / PACE;
        Self { body, until: Box::pin(sleep(patience + Duration::from_secs(more))), late: Arc::default() }
    }
}

impl Body for Timed {
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        if self.until.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        *self.late.lock().unwrap_or_else(PoisonError::into_inner) = true;
        Poll::Ready(Some(Err("the body took too long".into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn nobody_chooses_an_address() {
        let (visitor, proxy): (IpAddr, IpAddr) = ("203.0.113.9".parse().unwrap(), "10.0.0.1".parse().unwrap());
        let spoofed = named(&[("x-real-ip", "198.51.100.1"), ("x-forwarded-for", "198.51.100.2, 198.51.100.3")]);
        assert_eq!(Trusted::default().client(visitor, &spoofed), visitor);
        let behind = Trusted { header: Some(HeaderName::from_static("x-forwarded-for")), proxies: vec![proxy] };
        assert_eq!(behind.client(visitor, &spoofed), visitor, "whoever comes past the proxy is not believed");
        assert_eq!(behind.client(proxy, &spoofed), "198.51.100.3".parse::<IpAddr>().unwrap(), "the last name is the proxy's own word");
        assert_eq!(behind.client(proxy, &named(&[])), proxy);
        assert_eq!(behind.client(proxy, &named(&[("x-forwarded-for", "nonsense")])), proxy);
    }
}
