//! Files that people hand in, before anybody keeps them: looked through for malware, and pictures of documents made anew, without what
//! hides in a file and without what must not be legible. Knows neither cases nor rows.

use std::sync::Arc;

use habeas_core::law::{
    document::Sight,
    upload::{LARGEST, Upload},
};
use tokio::sync::Semaphore;

mod clamd;
mod picture;
mod reader;

pub use clamd::{Clamd, Trouble};
pub use picture::Unfit;
pub use reader::Reader;

/// What looks at files.
#[derive(Debug, Clone)]
pub struct Uploads {
    clamd: Option<Clamd>,
    reader: Option<Reader>,
    /// A picture takes much memory while it is opened: one after the other.
    turn: Arc<Semaphore>,
}

/// A picture as it may be kept and shown.
#[derive(Debug, Clone)]
pub struct Shielded {
    /// A JPEG of our own making.
    pub jpeg: Vec<u8>,
    /// SHA-256 of the picture as it was sent, in hex; the same picture has the same, whatever is hidden in its file.
    pub print: String,
    /// What a machine made of it.
    pub sight: Sight,
}

impl Uploads {
    /// As the house is set up.
    pub fn new(clamd: Option<Clamd>, reader: Option<Reader>) -> Self {
        Self { clamd, reader, turn: Arc::new(Semaphore::new(1)) }
    }

    /// Whether pictures of documents can be taken: only where a machine covers what the person has forgotten.
    pub const fn takes_documents(&self) -> bool {
        self.reader.is_some()
    }

    /// Looks through files for malware, where a scanner is set up: then nothing passes that it has not seen.
    pub async fn scan(&self, files: &[Upload]) -> Result<(), Trouble> {
        let Some(clamd) = &self.clamd else { return Ok(()) };
        for file in files {
            clamd.scan(&file.bytes).await?;
        }
        Ok(())
    }

    /// Makes a picture of a document anew: nothing of the file that was sent is in it, and a zone or a national number that a machine can
    /// read is covered. What no machine can read, the person's own covering must hide.
    pub async fn shield(&self, bytes: Vec<u8>) -> Result<Shielded, Unfit> {
        let reader = self.reader.as_ref().ok_or(Unfit::NotTaken)?;
        if bytes.len() > LARGEST {
            return Err(Unfit::TooLarge);
        }
        let kind = picture::kind(&bytes)?;
        let _turn = self.turn.acquire().await.map_err(|_| Unfit::Broken)?;
        let mut picture = apart(move || picture::open(kind, &bytes)).await??;
        let print = picture.print.clone();
        let mut sight = Sight::default();
        // Turned four times it is as it was.
        for _ in 0..picture::TURNS {
            let words = reader.read(&picture.gray()).await;
            let (areas, zone) = habeas_core::law::document::to_cover(&words);
            if !areas.is_empty() {
                sight = Sight { covered: areas.len(), zone };
                picture.cover(&areas);
            }
            // A picture that lies on its side says little; with its words upright it stays as it is.
            if words.len() >= ENOUGH {
                break;
            }
            picture = apart(move || picture.turn()).await?;
        }
        let jpeg = apart(move || picture.jpeg()).await??;
        Ok(Shielded { jpeg, print, sight })
    }
}

/// Words that show that a picture is the right way up.
const ENOUGH: usize = 3;

/// Does work that keeps a processor busy where nobody waits for it.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Unfit> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Unfit::Broken)
}
