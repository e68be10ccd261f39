//! Checks a package without asking anybody: nothing changed, nothing missing, nothing added, signed, and every log entry proven.

mod container;
mod evidence;
mod listing;
mod person;
mod report;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Seek},
    path::{Path, PathBuf},
};

use habeas_core::crypto::{hash::Hash, sign::PublicKey};

use self::container::Contents;
pub use self::report::{Kind, Problem, Report, Signer, Verdict};
use super::{KEY, authority, subject};

/// Why nothing can be said about a file.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It cannot be opened or read.
    #[error("cannot read `{}`", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The disk or the pipe.
    #[error("cannot read the file")]
    Read(#[from] io::Error),
    /// It is damaged beyond that, or never was one.
    #[error("changed: this is not a whole ZIP file any more")]
    NotAZip(#[source] zip::result::ZipError),
    /// A ZIP, but neither kind of package.
    #[error("this ZIP is no package of habeas: it has neither `manifest.json` nor `bagit.txt`")]
    Unrecognised,
}

/// Verifies a file, and the `.sha256` and `.sha256.sig` beside it if they are there. `trusted` are keys known from elsewhere;
/// with none the package's own key is used, and the report says that it is unknown.
pub fn verify_file(path: &Path, trusted: &[PublicKey]) -> Result<Report, VerifyError> {
    let named = |source| VerifyError::File { path: path.to_owned(), source };
    let file = File::open(path).map_err(named)?;
    let (mut report, sha256) = inspect(file, trusted)?;
    report.problems.extend(beside(path, &sha256, report.signer.as_ref()).map_err(named)?);
    Ok(report)
}

/// Verifies a package that is not a file on disk.
pub fn verify<R: Read + Seek>(package: R, trusted: &[PublicKey]) -> Result<Report, VerifyError> {
    inspect(package, trusted).map(|(report, _)| report)
}

fn inspect<R: Read + Seek>(package: R, trusted: &[PublicKey]) -> Result<(Report, Hash), VerifyError> {
    let (mut contents, problems) = Contents::read(package)?;
    let kind = contents.kind().ok_or(VerifyError::Unrecognised)?;
    let members = contents.found.len();
    let mut report = Report { kind, members, entries: 0, signer: None, problems };
    match kind {
        Kind::Subject => person::check(&mut contents, trusted, &mut report),
        Kind::Authority => evidence::check(&mut contents, trusted, &mut report),
    }
    Ok((report, contents.sha256))
}

/// Checks what stands beside a ZIP. Whoever only received the ZIP has neither file, and needs neither.
fn beside(path: &Path, sha256: &Hash, signer: Option<&Signer>) -> io::Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let Some(line) = read_if_there(&with_suffix(path, ".sha256"))? else { return Ok(problems) };
    let written = line.split(|byte| *byte == b' ').next();
    if written != Some(sha256.to_string().as_bytes()) {
        problems.push(Problem::Checksum);
    }
    if let (Some(signature), Some(signer)) = (read_if_there(&with_suffix(path, ".sha256.sig"))?, signer) {
        let good = signature.as_slice().try_into().is_ok_and(|signature| signer.key.verify(&line, signature).is_ok());
        if !good {
            problems.push(Problem::ChecksumSignature);
        }
    }
    Ok(problems)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match File::open(path) {
        Ok(file) => {
            // A checksum line and a signature are short; anything longer is neither.
            let mut bytes = Vec::new();
            file.take(4096).read_to_end(&mut bytes)?;
            Ok(Some(bytes))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Checks the signature over the signed member; reports who signed.
fn check_signature<R: Read + Seek>(contents: &mut Contents<R>, signed: &[u8], name: &str, trusted: &[PublicKey], report: &mut Report) {
    let Some(signature) = contents.bytes(name) else { return report.miss(name) };
    let Ok(signature) = signature.as_slice().try_into() else { return report.problems.push(Problem::Signature) };
    if let Some(key) = trusted.iter().find(|key| key.verify(signed, signature).is_ok()) {
        report.signer = Some(Signer { key: *key, known: true });
        return;
    }
    let embedded = contents.text(KEY).and_then(|pem| PublicKey::from_pem(&pem).ok());
    match embedded.filter(|key| key.verify(signed, signature).is_ok()) {
        Some(key) => {
            report.signer = Some(Signer { key, known: false });
            if !trusted.is_empty() {
                report.problems.push(Problem::OtherKey(key.hash()));
            }
        }
        None => report.problems.push(Problem::Signature),
    }
}

/// What a manifest says of its files.
type Listing = BTreeMap<String, Hash>;
