//! A small HTTP server that does what it is told, whatever that is.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::Value as Json;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
    time::interval,
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig};

/// One request as it arrived.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
}

impl Asked {
    pub(super) fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    pub(super) fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    pub(super) fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    /// A query parameter.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let url = reqwest::Url::parse(&format!("http://x{}", self.target)).unwrap();
        url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }
}

/// What is sent back.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    /// Status, headers, body; the length is added.
    Whole(u16, Vec<(String, String)>, String),
    /// Bytes as they are, and the end.
    Raw(Vec<u8>),
    /// The beginning of an answer, and then a byte now and then for ever.
    Drip(Vec<u8>),
    /// The beginning of an answer, and then more and more as fast as it goes.
    Endless(Vec<u8>),
    /// Nothing, until the other side gives up.
    Silence,
}

impl Reply {
    pub(super) fn json(status: u16, json: &Json) -> Self {
        Self::Whole(status, vec![("Content-Type".into(), "application/json; charset=utf-8".into())], json.to_string())
    }

    pub(super) fn with(self, name: &str, value: &str) -> Self {
        match self {
            Self::Whole(status, mut headers, body) => {
                headers.push((name.to_owned(), value.to_owned()));
                Self::Whole(status, headers, body)
            }
            other => other,
        }
    }
}

pub(super) type Answering = Arc<dyn Fn(&Asked) -> Reply + Send + Sync>;

/// A server that runs until it is dropped.
pub(super) struct Server {
    pub(super) at: SocketAddr,
    log: Arc<Mutex<Vec<Asked>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(super) async fn start(handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::run(None, Arc::new(handler)).await
    }

    /// With a certificate.
    pub(super) async fn secure(config: ServerConfig, handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::run(Some(TlsAcceptor::from(Arc::new(config))), Arc::new(handler)).await
    }

    async fn run(tls: Option<TlsAcceptor>, handler: Answering) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let log = Arc::<Mutex<Vec<Asked>>>::default();
        let kept = Arc::clone(&log);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, handler, tls) = (Arc::clone(&kept), Arc::clone(&handler), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => talk(stream, &log, &handler).await,
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => talk(stream, &log, &handler).await,
                            Err(_) => None,
                        },
                    }
                });
            }
        });
        Self { at, log, task }
    }

    pub(super) fn base(&self) -> String {
        format!("http://{}", self.at)
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.log.lock().unwrap().clone()
    }

    /// What was asked, as `GET /path?query`.
    pub(super) fn lines(&self) -> Vec<String> {
        self.asked().iter().map(Asked::line).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The first byte of a TLS handshake.
const HANDSHAKE: u8 = 0x16;

async fn talk(mut stream: impl AsyncRead + AsyncWrite + Unpin, log: &Mutex<Vec<Asked>>, handler: &Answering) -> Option<()> {
    loop {
        let asked = read(&mut stream).await?;
        log.lock().unwrap().push(asked.clone());
        match handler(&asked) {
            Reply::Whole(status, headers, body) => {
                let headers: Vec<String> = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
                let answer = format!("HTTP/1.1 {status} Some Words\r\n{}Content-Length: {}\r\n\r\n{body}", headers.concat(), body.len());
                stream.write_all(answer.as_bytes()).await.ok()?;
            }
            Reply::Raw(bytes) => {
                stream.write_all(&bytes).await.ok()?;
                stream.shutdown().await.ok()?;
                return None;
            }
            Reply::Drip(bytes) => {
                stream.write_all(&bytes).await.ok()?;
                let mut often = interval(Duration::from_millis(5));
                loop {
                    often.tick().await;
                    stream.write_all(b" ").await.ok()?;
                    stream.flush().await.ok()?;
                }
            }
            Reply::Endless(bytes) => {
                stream.write_all(&bytes).await.ok()?;
                loop {
                    stream.write_all(&[b' '; 4096]).await.ok()?;
                }
            }
            Reply::Silence => while stream.read_u8().await.is_ok() {},
        }
    }
}

async fn read(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> Option<Asked> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
        if head == [HANDSHAKE] {
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.ok()?;
            return None;
        }
    }
    let head = String::from_utf8(head).ok()?;
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: BTreeMap<String, String> =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(Asked { method, target, headers, body: String::from_utf8(body).ok()? })
}
