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

use habeas_core::crypto::{
    hash::{Hash, Hasher},
    sign::PublicKey,
};

use self::container::Contents;
pub use self::report::{Kind, Problem, Report, Signer, Verdict};
use super::{archive::is_safe, authority, closing, subject};

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

/// Verifies a file, the `.sha256` and `.sha256.sig` beside it if they are there, and the other parts of the package, which must be there.
/// `trusted` are keys known from elsewhere;
/// with none the package's own key is used, and the report says that it is unknown.
pub fn verify_file(path: &Path, trusted: &[PublicKey]) -> Result<Report, VerifyError> {
    let named = |source| VerifyError::File { path: path.to_owned(), source };
    let file = File::open(path).map_err(named)?;
    let Inspected { mut report, sha256, parts } = inspect(file, trusted)?;
    for (part, written) in parts {
        match hash_beside(path, &part).map_err(named)? {
            Some(found) if found == written => {}
            Some(_) => report.problems.push(Problem::Changed(part)),
            None => report.problems.push(Problem::Missing(part)),
        }
    }
    report.problems.extend(beside(path, &sha256, report.signer.as_ref()).map_err(named)?);
    Ok(report)
}

/// Verifies a package that is not a file on disk.
pub fn verify<R: Read + Seek>(package: R, trusted: &[PublicKey]) -> Result<Report, VerifyError> {
    inspect(package, trusted).map(|inspected| inspected.report)
}

/// What a file says by itself.
struct Inspected {
    report: Report,
    sha256: Hash,
    /// The other files of a person's package, each with its hash.
    parts: Vec<(String, Hash)>,
}

fn inspect<R: Read + Seek>(package: R, trusted: &[PublicKey]) -> Result<Inspected, VerifyError> {
    let (mut contents, problems) = Contents::read(package)?;
    let kind = contents.kind().ok_or(VerifyError::Unrecognised)?;
    let members = contents.found.len();
    let mut report = Report { kind, members, entries: 0, signer: None, problems };
    let parts = match kind {
        Kind::Subject => person::check(&mut contents, trusted, &mut report),
        Kind::Authority => {
            evidence::check(&mut contents, trusted, &mut report);
            Vec::new()
        }
    };
    Ok(Inspected { report, sha256: contents.sha256, parts })
}

/// The hash of another part, which lies beside this one; `None`: it does not.
fn hash_beside(path: &Path, part: &str) -> io::Result<Option<Hash>> {
    // Whoever signs with a key of their own may name any file.
    if !is_safe(part) || part.contains('/') {
        return Ok(None);
    }
    match File::open(path.with_file_name(part)) {
        Ok(mut file) => {
            let mut hasher = Hasher::new();
            closing::copy(&mut file, &mut hasher)?;
            Ok(Some(hasher.finish()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
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
fn check_signature<R: Read + Seek>(
    contents: &mut Contents<R>,
    signed: &[u8],
    (name, key): (&str, &str),
    trusted: &[PublicKey],
    report: &mut Report,
) {
    let Some(signature) = contents.bytes(name) else { return report.miss(name) };
    let Ok(signature) = signature.as_slice().try_into() else { return report.problems.push(Problem::Signature) };
    if let Some(key) = trusted.iter().find(|key| key.verify(signed, signature).is_ok()) {
        report.signer = Some(Signer { key: *key, known: true });
        return;
    }
    let embedded = contents.text(key).and_then(|pem| PublicKey::from_pem(&pem).ok());
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
