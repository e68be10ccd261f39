//! The files of a package in the house's folder: each only for this user, and none left lying where writing came to nothing.

use std::{
    error::Error,
    fs::{self, File},
    io::{self, BufWriter},
    path::Path,
};

use habeas_core::crypto::sign::SigningKey;

use crate::bundle::{
    BundleError,
    subject::{self, Limits, Package, Page, Rows},
};

/// A file that is written.
pub(super) struct Finished {
    /// Its name in the folder.
    pub(super) file: String,
    /// Hex.
    pub(super) sha256: String,
    /// Its length.
    pub(super) bytes: u64,
}

/// Renders a page.
type Render<'r> = dyn Fn(&Page<'_>) -> Result<String, Box<dyn Error + Send + Sync>> + 'r;

/// Writes every part; the one with the index is the first.
pub(super) fn write(
    folder: &Path,
    package: &Package,
    rows: &dyn Rows,
    render: &Render<'_>,
    sealing: (&SigningKey, &Limits),
) -> Result<Vec<Finished>, BundleError> {
    let mut opened = 0;
    let open = || {
        opened += 1;
        // Which is the last one, and so gets the plain name, nobody knows yet.
        private(&folder.join(package.file(opened + 1))).map(BufWriter::new)
    };
    let written = subject::write(open, package, rows, render, sealing).and_then(|parts| {
        fs::rename(folder.join(package.file(opened + 1)), folder.join(package.file(1)))?;
        Ok(parts)
    });
    if written.is_err() {
        for part in 1..=opened {
            // It may not be there; whatever else keeps it from going, the next try writes it anew.
            let _ = fs::remove_file(folder.join(package.file(part + 1)));
        }
    }
    let finished = |(part, written): (usize, crate::bundle::Written<_>)| Finished {
        file: package.file(part),
        sha256: written.sha256.to_string(),
        bytes: written.bytes,
    };
    Ok((1..).zip(written?).map(finished).collect())
}

/// A file only this user can read; written anew.
pub(in super::super) fn private(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}
