//! Long files that a download can go on with where it ended (RFC 9110, 14): one range of bytes, under a strong `ETag`.

use std::{
    io,
    ops::Range,
    path::Path,
    pin::Pin,
    task::{Context, Poll},
};

use rocket::{
    Request, Response,
    fairing::AdHoc,
    http::{ContentType, Header, Method, Status},
    request::{FromRequest, Outcome},
    response::{self, Responder},
    tokio::{
        fs::File,
        io::{AsyncRead, AsyncReadExt as _, AsyncSeek, AsyncSeekExt as _, ReadBuf, SeekFrom, Take},
    },
};

use super::{disposition, plain};
use crate::action::refusal::Refusal;

/// Which bytes somebody asks for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    range: Option<String>,
    if_range: Option<String>,
    measured: bool,
}

/// Whether nothing but the head of the answer is asked for. A route does not see that any more, so it is noted before.
struct Measured(bool);

/// Notes it.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_request("heads", |request, _| {
        Box::pin(async move {
            let is_head = request.method() == Method::Head;
            request.local_cache(|| Measured(is_head));
        })
    })
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Wanted {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let header = |name| request.headers().get_one(name).map(str::to_owned);
        let measured = request.local_cache(|| Measured(false)).0;
        Outcome::Success(Self { range: header("Range"), if_range: header("If-Range"), measured })
    }
}

impl Wanted {
    /// Whether somebody goes on with what was begun.
    pub(crate) const fn is_resumed(&self) -> bool {
        self.range.is_some()
    }

    /// Whether somebody only asks how long the file is, and which one: nothing is handed out.
    pub(crate) const fn is_measured(&self) -> bool {
        self.measured
    }

    /// The bytes to send of a file of so many. Whoever asks for a range of another file than this, or in a way that nobody understands,
    /// gets the whole of it; so does whoever asks for several at once, which a server need not do.
    fn piece(&self, tag: &str, bytes: u64) -> Piece {
        let Some(range) = &self.range else { return Piece::Whole };
        if self.if_range.as_ref().is_some_and(|known| known != tag) {
            return Piece::Whole;
        }
        let spec = range.split_once('=').filter(|(unit, _)| unit.trim().eq_ignore_ascii_case("bytes"));
        let Some((first, last)) = spec.and_then(|(_, spec)| spec.trim().split_once('-')) else { return Piece::Whole };
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().unwrap_or(u64::MAX));
        match (number(first), number(last)) {
            (None, _) | (_, None) => Piece::Whole,
            (Some(_), Some(0)) if first.is_empty() => Piece::None,
            (Some(_), Some(_)) if first.is_empty() && last.is_empty() => Piece::Whole,
            (Some(_), Some(count)) if first.is_empty() => Piece::Some(bytes.saturating_sub(count)..bytes),
            (Some(from), _) if from >= bytes => Piece::None,
            (Some(from), Some(_)) if last.is_empty() => Piece::Some(from..bytes),
            (Some(from), Some(to)) if from <= to => Piece::Some(from..to.saturating_add(1).min(bytes)),
            _ => Piece::Whole,
        }
    }
}

/// What of a file is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Whole,
    Some(Range<u64>),
    /// It has no such bytes.
    None,
}

/// A file under the name it should be saved as, or the piece of it that was asked for.
pub(crate) struct Resumable {
    name: String,
    tag: String,
    kind: ContentType,
    bytes: u64,
    piece: Piece,
    body: Window,
}

impl Resumable {
    /// Opens a file of the house whose hash is known; one that is not there any more is no file.
    pub(crate) async fn open(folder: &Path, (name, sha256): (&str, &str), kind: ContentType, wanted: &Wanted) -> Result<Self, Refusal> {
        let gone = |_| Refusal::NotFound("file");
        let (name, tag) = (plain(name), format!("\"{sha256}\""));
        let mut file = File::open(folder.join(&name)).await.map_err(gone)?;
        let bytes = file.metadata().await.map_err(gone)?.len();
        let piece = wanted.piece(&tag, bytes);
        let Range { start, end } = match &piece {
            Piece::Whole => 0..bytes,
            Piece::Some(range) => range.clone(),
            Piece::None => 0..0,
        };
        file.seek(SeekFrom::Start(start)).await.map_err(gone)?;
        let body = Window { length: end - start, file: file.take(end - start) };
        Ok(Self { name, tag, kind, bytes, piece, body })
    }
}

impl<'r> Responder<'r, 'static> for Resumable {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build();
        response.raw_header("Accept-Ranges", "bytes").header(Header::new("ETag", self.tag));
        match &self.piece {
            Piece::None => {
                let range = Header::new("Content-Range", format!("bytes */{}", self.bytes));
                return response.status(Status::RangeNotSatisfiable).header(range).ok();
            }
            Piece::Some(Range { start, end }) => {
                let range = Header::new("Content-Range", format!("bytes {start}-{}/{}", end.saturating_sub(1), self.bytes));
                response.status(Status::PartialContent).header(range);
            }
            Piece::Whole => {}
        }
        let length = usize::try_from(self.body.length).map_err(|_| Status::InternalServerError)?;
        response.header(self.kind).header(disposition(&self.name)).sized_body(length, self.body).ok()
    }
}

/// A part of a file, read from front to end.
struct Window {
    length: u64,
    file: Take<File>,
}

impl AsyncRead for Window {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.file).poll_read(context, buffer)
    }
}

/// Its length is known, so nobody looks for its end.
impl AsyncSeek for Window {
    fn start_seek(self: Pin<&mut Self>, _: SeekFrom) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn poll_complete(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Poll::Ready(Err(io::ErrorKind::Unsupported.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Wanted};

    const TAG: &str = "\"abc\"";

    fn piece(range: Option<&str>, if_range: Option<&str>) -> Piece {
        Wanted { range: range.map(str::to_owned), if_range: if_range.map(str::to_owned), measured: false }.piece(TAG, 1000)
    }

    #[test]
    fn one_range_is_understood_and_anything_else_is_the_whole() {
        for (range, wanted) in [
            ("bytes=0-", Piece::Some(0..1000)),
            ("bytes=0-0", Piece::Some(0..1)),
            ("Bytes = 500-".trim(), Piece::Some(500..1000)),
            ("bytes=999-5000", Piece::Some(999..1000)),
            ("bytes=-100", Piece::Some(900..1000)),
            ("bytes=-99999999999999999999999", Piece::Some(0..1000)),
            ("bytes=1000-", Piece::None),
            ("bytes=99999999999999999999999-", Piece::None),
            ("bytes=-0", Piece::None),
            ("bytes=5-4", Piece::Whole),
            ("bytes=0-1,5-6", Piece::Whole),
            ("bytes=-", Piece::Whole),
            ("bytes=a-b", Piece::Whole),
            ("bytes=+1-2", Piece::Whole),
            ("lines=0-1", Piece::Whole),
            ("bytes", Piece::Whole),
            ("", Piece::Whole),
        ] {
            assert_eq!(piece(Some(range), None), wanted, "{range}");
        }
        assert_eq!(piece(None, None), Piece::Whole);
    }

    #[test]
    fn a_range_of_another_file_is_the_whole_of_this_one() {
        assert_eq!(piece(Some("bytes=500-"), Some(TAG)), Piece::Some(500..1000));
        for other in ["\"abd\"", "W/\"abc\"", "abc", "Thu, 19 Nov 2026 10:00:00 GMT"] {
            assert_eq!(piece(Some("bytes=500-"), Some(other)), Piece::Whole, "{other}");
        }
    }
}
