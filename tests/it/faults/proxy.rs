//! A wire between habeas and a system that can be shut, cut and made slow. Knows no protocol.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::{JoinHandle, JoinSet},
    time::interval,
};

/// What the wire does to what comes through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// Nothing.
    Open,
    /// An answer that holds these bytes comes one byte at a time from there on.
    Slow(Vec<u8>),
    /// The wire is cut in the middle of an answer that holds these bytes.
    CutAnswer(Vec<u8>),
    /// An answer that holds these bytes is kept back, and a PostgreSQL server's notices come instead, as fast as it goes.
    Notices(Vec<u8>),
    /// A request that holds these bytes still arrives; the wire is cut before the answer.
    CutAfter(Vec<u8>),
}

/// A wire that lasts until it is dropped.
pub(super) struct Proxy {
    pub(super) at: SocketAddr,
    to: SocketAddr,
    way: Arc<Mutex<Way>>,
    task: Option<JoinHandle<()>>,
}

impl Proxy {
    pub(super) async fn to(to: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let mut proxy = Self { at, to, way: Arc::new(Mutex::new(Way::Open)), task: None };
        proxy.listen(listener);
        proxy
    }

    fn listen(&mut self, listener: TcpListener) {
        let (to, way) = (self.to, Arc::clone(&self.way));
        self.task = Some(tokio::spawn(async move {
            // Dropped with the task: whoever is connected is cut off.
            let mut wires = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                wires.spawn(carry(stream, to, Arc::clone(&way)));
            }
        }));
    }

    /// Nobody answers here any more, and whoever is connected is cut off.
    pub(super) async fn shut(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            drop(task.await);
        }
    }

    /// The same address answers again.
    pub(super) async fn open(&mut self) {
        self.shut().await;
        let listener = TcpListener::bind(self.at).await.unwrap();
        self.listen(listener);
    }

    pub(super) fn set(&self, way: Way) {
        *self.way.lock().unwrap_or_else(PoisonError::into_inner) = way;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

async fn carry(stream: TcpStream, to: SocketAddr, way: Arc<Mutex<Way>>) {
    let Ok(system) = TcpStream::connect(to).await else { return };
    let ((from_us, to_us), (from_it, to_it)) = (stream.into_split(), system.into_split());
    // Whichever ends first ends both.
    tokio::select! {
        () = asks(from_us, to_it, &way) => {}
        () = answers(from_it, to_us, &way) => {}
    }
}

fn now(way: &Mutex<Way>) -> Way {
    way.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn holds(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

async fn asks(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, way: &Mutex<Way>) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        let cut = matches!(now(way), Way::CutAfter(part) if holds(&bytes[..length], &part).is_some());
        if to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
        if cut {
            // The answer is awaited and kept back: the system has done it.
            return std::future::pending().await;
        }
    }
}

async fn answers(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, way: &Mutex<Way>) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        let all = &bytes[..length];
        let done = match now(way) {
            Way::CutAnswer(part) => match holds(all, &part) {
                Some(at) => {
                    drop(to.write_all(&all[..at + part.len() / 2]).await);
                    return;
                }
                None => to.write_all(all).await,
            },
            Way::CutAfter(part) if holds(all, &part).is_some() => return,
            Way::Slow(part) => match holds(all, &part) {
                Some(at) => drip(&mut to, all, at).await,
                None => to.write_all(all).await,
            },
            Way::Notices(part) if holds(all, &part).is_some() => notices(&mut to).await,
            Way::Notices(_) | Way::CutAfter(_) | Way::Open => to.write_all(all).await,
        };
        if done.is_err() {
            return;
        }
    }
}

async fn notices(to: &mut OwnedWriteHalf) -> std::io::Result<()> {
    let words = b"SNOTICE\0VNOTICE\0C00000\0Mstill busy\0\0";
    let length = u32::try_from(words.len() + 4).unwrap().to_be_bytes();
    let many = [&b"N"[..], &length, words].concat().repeat(100);
    loop {
        to.write_all(&many).await?;
    }
}

async fn drip(to: &mut OwnedWriteHalf, bytes: &[u8], from: usize) -> std::io::Result<()> {
    let mut often = interval(Duration::from_millis(50));
    to.write_all(&bytes[..from]).await?;
    for byte in &bytes[from..] {
        often.tick().await;
        to.write_all(&[*byte]).await?;
    }
    Ok(())
}
