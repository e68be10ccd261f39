//! Packages that leave the house: the person's own data, the authority's evidence, and the check that neither was changed.
//!
//! Deterministic and streamed: the same input gives the same bytes. Knows no case, no template and no connector; keys come in.

pub mod archive;
pub mod authority;
mod cells;
mod closing;
#[cfg(test)]
mod samples;
pub mod subject;
pub mod verify;
mod visible;

use std::{error::Error, io};

use habeas_core::crypto::{
    checkpoint::BadCheckpoint,
    hash::Hash,
    proof::Unproven,
    sign::{Signature, SigningKey},
};

/// Where both kinds of package keep the key that signed them. A copy: whoever checks should have it from elsewhere.
const KEY: &str = "keys/bundle.pem";

/// Why a package cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A name that some system would read as another place, or that would not survive unpacking.
    #[error("`{0}` is not a safe name inside a package; use letters, digits, `.`, `_`, `-` and `/`")]
    UnsafeName(String),
    /// Two members of one name (upper and lower case do not differ on every system).
    #[error("`{0}` would stand in the package twice")]
    Twice(String),
    /// A row that does not fit its fields.
    #[error("row {row} of `{kind}` has {values} values for {fields} fields")]
    Row {
        /// Slug of the kind.
        kind: String,
        /// From 1.
        row: usize,
        /// How many values it has.
        values: usize,
        /// How many it should have.
        fields: usize,
    },
    /// More or fewer rows than were counted.
    #[error("`{kind}` has {rows} rows where {counted} were counted; write the package again")]
    Count {
        /// Slug of the kind.
        kind: String,
        /// How many came.
        rows: usize,
        /// How many should.
        counted: usize,
    },
    /// Whoever holds the rows could not give them.
    #[error("cannot read what goes into the package")]
    Rows(#[source] Box<dyn Error + Send + Sync>),
    /// A page could not be rendered.
    #[error("cannot render a page of the package")]
    Page(#[source] Box<dyn Error + Send + Sync>),
    /// The checkpoint is not the log's.
    #[error("cannot put this checkpoint into the bundle")]
    Checkpoint(#[from] BadCheckpoint),
    /// An entry that whoever receives the bundle could not verify either.
    #[error("cannot put log entry {index} into the bundle")]
    Entry {
        /// Its number.
        index: u64,
        /// Why.
        #[source]
        source: Unproven,
    },
    /// A value that has no JSON form.
    #[error("cannot write `{name}` as JSON")]
    Json {
        /// Member.
        name: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// The disk or the pipe.
    #[error("cannot write the package")]
    Write(#[from] io::Error),
    /// The ZIP writer.
    #[error("cannot write the package")]
    Zip(#[from] zip::result::ZipError),
}

/// A finished package.
#[derive(Debug)]
pub struct Written<W> {
    /// Where it was written, nothing of it pending.
    pub out: W,
    /// Hash of the whole ZIP file.
    pub sha256: Hash,
    /// Length of the ZIP file in bytes.
    pub bytes: u64,
}

/// What stands beside a ZIP: its checksum line and the signature over that line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sidecars {
    /// `NAME.sha256`, for `sha256sum -c`.
    pub checksum: String,
    /// `NAME.sha256.sig`, for `openssl pkeyutl -verify -rawin`.
    pub signature: Signature,
}

impl<W> Written<W> {
    /// The two files to put beside the ZIP, which will be called `name`.
    pub fn sidecars(&self, name: &str, key: &SigningKey) -> Sidecars {
        let checksum = sum_line(&self.sha256, name);
        Sidecars { signature: key.sign(checksum.as_bytes()), checksum }
    }
}

/// One line as `sha256sum` writes it.
fn sum_line(hash: &Hash, name: &str) -> String {
    format!("{hash}  {name}\n")
}
