//! Who asks a server over loopback with keep-alive, looks at every answer and says how long each took.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use futures_util::future::try_join_all;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::super::CliError;
use crate::clock::Clock;

/// Longest answer that is read, with its head.
const LONGEST: usize = 512 * 1024;

/// What is asked, and what the answer must hold.
pub(super) struct Question {
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Question {
    /// A whole request, and words of its answer.
    pub(super) fn new(request: String, answer: &str) -> Self {
        Self { request: request.into_bytes(), answer: answer.as_bytes().to_vec() }
    }

    /// What the route is asked that does nothing.
    pub(super) fn of_nothing() -> Self {
        Self::new("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), "ok")
    }
}

/// How long every answer took, shortest first, and how long all of it.
pub(super) struct Waits {
    each_us: Vec<u128>,
    all: Duration,
}

impl Waits {
    /// Answers in a second.
    pub(super) fn per_second(&self) -> u32 {
        u32::try_from(self.each_us.len() as u128 * 1_000 / self.all.as_millis().max(1)).unwrap_or(u32::MAX)
    }

    /// So many of a hundred answers came within so many microseconds.
    pub(super) fn within_us(&self, percent: usize) -> u128 {
        self.each_us.get(self.each_us.len() * percent / 100).copied().unwrap_or_default()
    }
}

/// Asks all questions again and again for so many seconds.
pub(super) async fn drive(questions: &Arc<Vec<Question>>, to: SocketAddr, connections: usize, seconds: u64) -> Result<Waits, CliError> {
    let (watch, length) = (Clock::stopwatch(), Duration::from_secs(seconds));
    let connections = connections.max(1);
    let asking = (0..connections).map(|first| {
        let questions = Arc::clone(questions);
        tokio::spawn(async move {
            let mut stream = TcpStream::connect(to).await?;
            stream.set_nodelay(true)?;
            let mut waits = Vec::new();
            let mut buffer = vec![0; LONGEST];
            let own = questions.iter().skip(first % questions.len()).step_by(connections);
            for question in own.cycle() {
                if watch.elapsed() >= length {
                    break;
                }
                let asked = Clock::stopwatch();
                ask(&mut stream, question, &mut buffer).await?;
                waits.push(asked.elapsed().as_micros());
            }
            Ok::<_, CliError>(waits)
        })
    });
    let answered = try_join_all(asking).await.map_err(|error| CliError::Said(error.to_string()))?;
    let mut each_us: Vec<u128> = answered.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
    let all = watch.elapsed();
    each_us.sort_unstable();
    Ok(Waits { each_us, all })
}

/// One question and its answer, which has to be the right one.
async fn ask(stream: &mut TcpStream, question: &Question, buffer: &mut [u8]) -> Result<(), CliError> {
    stream.write_all(&question.request).await?;
    let mut read = 0;
    loop {
        let room = buffer.get_mut(read..).unwrap_or_default();
        let more = stream.read(room).await?;
        read += more;
        let so_far = buffer.get(..read).unwrap_or_default();
        if more == 0 {
            return Err(CliError::Said("the server closed the connection".to_owned()));
        }
        if let Some(body) = body(so_far) {
            let right = so_far.starts_with(b"HTTP/1.1 200") && holds(body, &question.answer);
            return if right { Ok(()) } else { Err(CliError::Said(format!("a wrong answer: {}", String::from_utf8_lossy(so_far)))) };
        }
    }
}

/// The body, once it is whole.
fn body(answer: &[u8]) -> Option<&[u8]> {
    let end = answer.windows(4).position(|part| part == b"\r\n\r\n")?;
    let head = std::str::from_utf8(answer.get(..end)?).ok()?;
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(|length| length.trim().parse::<usize>()));
    let body = answer.get(end + 4..)?;
    (body.len() >= length?.ok()?).then_some(body)
}

fn holds(body: &[u8], words: &[u8]) -> bool {
    body.windows(words.len()).any(|part| part == words)
}
