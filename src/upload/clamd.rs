//! The virus scanner `clamd`: sends it a file and reads what it says (`INSTREAM`, clamd(8)). Where it is set up and does not answer,
//! nothing passes.

use std::{path::PathBuf, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixStream},
    time::timeout,
};

/// Where it listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clamd {
    /// A socket on this machine.
    Unix(PathBuf),
    /// A name or address with a port.
    Tcp(String),
}

/// Why a file does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The scanner knows it.
    #[error("the virus scanner has found something in the file")]
    Malware,
    /// The scanner does not answer, or not with a verdict.
    #[error("the virus scanner does not answer: see whether `clamd` runs and takes files of 10 MB (`StreamMaxLength`)")]
    Silent,
}

/// A file is scanned within so long, or it does not pass.
const PATIENCE: Duration = Duration::from_secs(30);
const CHUNK: usize = 1 << 16;
/// An answer is one line.
const LONGEST: u64 = 1 << 12;

impl Clamd {
    /// Reads `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("unix", path) if path.starts_with('/') => Some(Self::Unix(path.into())),
            ("tcp", address) => {
                let (host, port) = address.rsplit_once(':')?;
                (!host.is_empty() && port.parse::<u16>().is_ok()).then(|| Self::Tcp(address.to_owned()))
            }
            _ => None,
        }
    }

    /// Whether a file passes.
    pub(super) async fn scan(&self, bytes: &[u8]) -> Result<(), Trouble> {
        self.scan_within(PATIENCE, bytes).await
    }

    async fn scan_within(&self, patience: Duration, bytes: &[u8]) -> Result<(), Trouble> {
        let asked = timeout(patience, self.ask(bytes)).await;
        let said = asked.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()));
        match said.as_deref() {
            Ok("stream: OK") => Ok(()),
            Ok(said) if said.ends_with(" FOUND") => {
                tracing::warn!("the virus scanner has turned a file away");
                Err(Trouble::Malware)
            }
            Ok(said) => {
                tracing::error!(said, "the virus scanner gave no verdict");
                Err(Trouble::Silent)
            }
            Err(error) => {
                tracing::error!(%error, "the virus scanner does not answer");
                Err(Trouble::Silent)
            }
        }
    }

    async fn ask(&self, bytes: &[u8]) -> std::io::Result<String> {
        match self {
            Self::Unix(path) => instream(UnixStream::connect(path).await?, bytes).await,
            Self::Tcp(address) => instream(TcpStream::connect(address).await?, bytes).await,
        }
    }
}

async fn instream(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> std::io::Result<String> {
    let mut said = Vec::new();
    let sent = async {
        stream.write_all(b"zINSTREAM\0").await?;
        for chunk in bytes.chunks(CHUNK) {
            stream.write_all(&u32::try_from(chunk.len()).unwrap_or_default().to_be_bytes()).await?;
            stream.write_all(chunk).await?;
        }
        stream.write_all(&0_u32.to_be_bytes()).await?;
        stream.flush().await
    };
    // Where it hangs up early it has said why.
    let sent = sent.await;
    stream.take(LONGEST).read_to_end(&mut said).await?;
    let said = String::from_utf8_lossy(&said).trim_end_matches(['\0', '\n']).to_owned();
    if said.is_empty() { sent.and(Err(std::io::ErrorKind::UnexpectedEof.into())) } else { Ok(said) }
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, time::Duration};

    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::{TcpListener, UnixListener},
    };

    use super::{Clamd, Trouble};

    /// Test file of the European Institute for Computer Antivirus Research, in two halves so that no scanner stops at this one.
    const EICAR: [&str; 2] = [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"];

    #[test]
    fn an_address_says_which_way() {
        assert_eq!(Clamd::parse("unix:/run/clamav/clamd.ctl"), Some(Clamd::Unix(PathBuf::from("/run/clamav/clamd.ctl"))));
        assert_eq!(Clamd::parse("tcp:127.0.0.1:3310"), Some(Clamd::Tcp("127.0.0.1:3310".to_owned())));
        assert_eq!(Clamd::parse("tcp:[::1]:3310"), Some(Clamd::Tcp("[::1]:3310".to_owned())));
        for wrong in ["", "/run/clamav/clamd.ctl", "unix:clamd.ctl", "tcp:127.0.0.1", "tcp::3310", "tcp:a:b", "http://127.0.0.1:3310"] {
            assert_eq!(Clamd::parse(wrong), None, "{wrong}");
        }
    }

    /// Takes one file as `clamd` does and answers with what it makes of it.
    async fn double(verdict: impl Fn(&[u8]) -> &'static str + Send + 'static) -> Clamd {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = [0; 10];
            stream.read_exact(&mut head).await.unwrap();
            assert_eq!(&head, b"zINSTREAM\0");
            let mut file = Vec::new();
            loop {
                let length = stream.read_u32().await.unwrap();
                if length == 0 {
                    break;
                }
                let mut chunk = vec![0; length as usize];
                stream.read_exact(&mut chunk).await.unwrap();
                file.extend(chunk);
            }
            stream.write_all(verdict(&file).as_bytes()).await.unwrap();
        });
        Clamd::Tcp(address)
    }

    fn known(file: &[u8]) -> &'static str {
        let eicar = EICAR.concat();
        if file.windows(eicar.len()).any(|part| part == eicar.as_bytes()) { "stream: Eicar-Signature FOUND\0" } else { "stream: OK\0" }
    }

    #[tokio::test]
    async fn a_file_passes_only_with_a_verdict() {
        assert_eq!(double(known).await.scan(&vec![7; 3 << 16]).await, Ok(()));
        assert_eq!(double(known).await.scan(b"").await, Ok(()));
        let (mut hidden, eicar) = (vec![b'a'; 1 << 17], EICAR.concat());
        hidden[(1 << 16) - 20..(1 << 16) - 20 + eicar.len()].copy_from_slice(eicar.as_bytes());
        assert_eq!(double(known).await.scan(&hidden).await, Err(Trouble::Malware), "also over the edge of two chunks");
        for odd in ["INSTREAM size limit exceeded. ERROR\0", "", "stream: OK but\0", "UNKNOWN COMMAND\0"] {
            assert_eq!(double(move |_| odd).await.scan(b"a").await, Err(Trouble::Silent), "{odd}");
        }
    }

    #[tokio::test]
    async fn who_does_not_answer_lets_nothing_pass() {
        assert_eq!(Clamd::Unix(PathBuf::from("/nowhere/clamd.ctl")).scan(b"a").await, Err(Trouble::Silent));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clamd.ctl");
        let silent = UnixListener::bind(&path).unwrap();
        // It listens, and nobody takes the call.
        assert_eq!(Clamd::Unix(path).scan_within(Duration::from_millis(200), b"a").await, Err(Trouble::Silent));
        drop(silent);
    }
}
