//! The ZIP itself, read strictly: what one tool unpacks, every tool unpacks, and no byte belongs to nobody.

use std::{
    collections::BTreeMap,
    io::{self, Read, Seek},
};

use habeas_core::crypto::hash::{Hash, Hasher};
use zip::{ZipArchive, result::ZipError};

use super::{Kind, Problem, VerifyError, authority, subject};
use crate::bundle::{archive::is_safe, closing};

/// Manifests, proofs and keys are read whole; anything longer is none of them.
const READ_WHOLE: u64 = 64 * 1024 * 1024;

/// An opened package: every member hashed.
pub(super) struct Contents<R> {
    archive: ZipArchive<R>,
    /// Members by their name below the root folder.
    pub(super) found: BTreeMap<String, Found>,
    /// Hash of the whole file.
    pub(super) sha256: Hash,
}

/// A member.
pub(super) struct Found {
    index: usize,
    pub(super) size: u64,
    pub(super) sha256: Hash,
}

impl<R: Read + Seek> Contents<R> {
    /// Opens and hashes everything. What is wrong with the ZIP comes back beside it; what cannot be opened at all is an error.
    pub(super) fn read(mut file: R) -> Result<(Self, Vec<Problem>), VerifyError> {
        let closed = closing::check(&mut file)?;
        let archive = ZipArchive::new(file).map_err(VerifyError::NotAZip)?;
        let mut contents = Self { archive, found: BTreeMap::new(), sha256: closed.sha256 };
        let mut problems = Vec::new();
        if !closed.holds {
            problems.push(Problem::Container("its closing line does not match"));
        }
        problems.extend(contents.layout().err().map(Problem::Container));
        contents.hash_members(&mut problems);
        Ok((contents, problems))
    }

    /// What the package claims to be.
    pub(super) fn kind(&self) -> Option<Kind> {
        let has = |names: &[&str]| names.iter().any(|name| self.found.contains_key(*name));
        if has(&[authority::DECLARATION, authority::TAGS, authority::PAYLOAD]) {
            Some(Kind::Authority)
        } else {
            let control = self.control();
            has(&[&control.manifest, &control.sums]).then_some(Kind::Subject)
        }
    }

    /// Names of what makes a person's package, or this part of it, checkable.
    pub(super) fn control(&self) -> subject::Control {
        subject::Control::found(self.found.keys().map(String::as_str))
    }

    /// A member's bytes; `None` if it is not there, too long for a manifest, or broken (which hashing it has already reported).
    pub(super) fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let found = self.found.get(name).filter(|found| found.size <= READ_WHOLE)?;
        let mut bytes = Vec::new();
        self.archive.by_index(found.index).ok()?.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// A member's text.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        String::from_utf8(self.bytes(name)?).ok()
    }

    /// Members stand one behind the other from the first byte to the directory, each with its data descriptor.
    fn layout(&mut self) -> Result<(), &'static str> {
        const TWICE: &str = "a name stands in it twice";
        const HEADERS: &str = "its two directories contradict each other";
        const STRAY: &str = "it has bytes that belong to no file";
        if self.archive.has_duplicate_names() {
            return Err(TWICE);
        }
        self.archive.validate_header_consistency().map_err(|_| HEADERS)?;
        let mut spans = Vec::with_capacity(self.archive.len());
        for index in 0..self.archive.len() {
            let file = self.archive.by_index_raw(index).map_err(|_| HEADERS)?;
            let end = file.data_start().and_then(|start| start.checked_add(file.compressed_size())).ok_or(HEADERS)?;
            spans.push((file.header_start(), end));
        }
        spans.sort_unstable();
        let starts = spans.iter().skip(1).map(|(start, _)| *start).chain([self.archive.central_directory_start()]);
        // A data descriptor has 16 bytes, in the 64-bit form 24.
        let tight = spans.iter().zip(starts).all(|((_, end), next)| matches!(next.checked_sub(*end), Some(16 | 24)));
        let from_zero = self.archive.offset() == 0 && spans.first().is_none_or(|(start, _)| *start == 0);
        if tight && from_zero { Ok(()) } else { Err(STRAY) }
    }

    fn hash_members(&mut self, problems: &mut Vec<Problem>) {
        let mut root = None;
        for index in 0..self.archive.len() {
            let Some(path) = self.archive.name_for_index(index).and_then(Result::ok).map(std::borrow::Cow::into_owned) else {
                problems.push(Problem::Container("a name in it cannot be read"));
                continue;
            };
            let Some((folder, name)) = path.split_once('/').filter(|_| is_safe(&path)) else {
                problems.push(Problem::Added(printable(&path)));
                continue;
            };
            if root.get_or_insert_with(|| folder.to_owned()) != folder {
                problems.push(Problem::Added(path));
                continue;
            }
            match self.hash_member(index) {
                Ok((size, sha256)) => {
                    self.found.insert(name.to_owned(), Found { index, size, sha256 });
                }
                Err(_) => problems.push(Problem::Changed(name.to_owned())),
            }
        }
    }

    fn hash_member(&mut self, index: usize) -> Result<(u64, Hash), ZipError> {
        let mut hasher = Hasher::new();
        let mut member = self.archive.by_index(index)?;
        if !member.is_file() {
            return Err(ZipError::Io(io::Error::from(io::ErrorKind::InvalidData)));
        }
        let size = closing::copy(&mut member, &mut hasher)?;
        Ok((size, hasher.finish()))
    }
}

/// A foreign name, fit to be printed.
fn printable(name: &str) -> String {
    name.escape_default().take(200).collect()
}
