//! The folder of sealed pictures. Every file is named for the moment it was written, so that whatever is too old goes, also what a crash
//! has left and no row knows.

use std::{
    io,
    path::{Path, PathBuf},
};

use habeas_core::law::document::Sight;
use jiff::Timestamp;
use tokio::{fs, io::AsyncWriteExt as _};

use crate::{
    chance::Chance,
    keys::{CaseSeal, KeyError},
};

/// Where pictures stand.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// A picture and what a machine made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// For whoever looks at it.
    pub sight: Sight,
    /// A JPEG.
    pub jpeg: Vec<u8>,
}

/// The place in the picture's own key that it is sealed for.
const PLACE: &str = "picture";
/// How many bytes say how long the first part is.
const LENGTH: usize = 4;

impl Picture {
    /// Sealed under its own key.
    pub fn sealed(&self, chance: Chance, key: &CaseSeal) -> Result<Vec<u8>, KeyError> {
        let sight = serde_json::to_vec(&self.sight).map_err(|_| KeyError::Shape)?;
        let length = u32::try_from(sight.len()).map_err(|_| KeyError::Shape)?.to_be_bytes();
        key.seal_bytes(chance, PLACE, &[&length, sight.as_slice(), &self.jpeg].concat())
    }

    /// Opens what [`Self::sealed`] sealed.
    pub fn open(key: &CaseSeal, sealed: &[u8]) -> Result<Self, KeyError> {
        let whole = key.open_bytes(PLACE, sealed)?;
        let (length, rest) = whole.split_at_checked(LENGTH).ok_or(KeyError::Shape)?;
        let length = u32::from_be_bytes(length.try_into().map_err(|_| KeyError::Shape)?);
        let (sight, jpeg) = rest.split_at_checked(usize::try_from(length).map_err(|_| KeyError::Shape)?).ok_or(KeyError::Shape)?;
        Ok(Self { sight: serde_json::from_slice(sight).map_err(|_| KeyError::Shape)?, jpeg: jpeg.to_vec() })
    }
}

impl Folder {
    /// A folder that is there.
    pub const fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What a picture's file is called.
    pub fn name(id: &str, at: Timestamp) -> String {
        format!("{}-{id}", at.as_microsecond())
    }

    /// Writes a file that only this user can read; on the disk when it returns.
    pub async fn write(&self, name: &str, sealed: &[u8]) -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        options.mode(0o600);
        let mut file = options.open(self.0.join(name)).await?;
        file.write_all(sealed).await?;
        file.sync_all().await
    }

    /// Reads a file; `None`: it is gone.
    pub async fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.0.join(name)).await {
            Ok(sealed) => Ok(Some(sealed)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes a file, if it is there.
    pub async fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.0.join(name)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes whatever was written before a moment.
    pub async fn sweep(&self, before: Timestamp) -> io::Result<()> {
        let mut files = fs::read_dir(&self.0).await?;
        while let Some(file) = files.next_entry().await? {
            let name = file.file_name().to_string_lossy().into_owned();
            let written = name.split_once('-').and_then(|(at, _)| at.parse::<i64>().ok());
            if written.is_some_and(|at| at <= before.as_microsecond()) {
                self.remove(&name).await?;
            }
        }
        Ok(())
    }
}
