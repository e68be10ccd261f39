//! A package in as many ZIP files as it takes for none to be longer than a bound. Unpacked into one folder they are one package; each can
//! be checked by itself, and the one with the index, which is closed last, names the others.

use std::io::{self, Write};

use habeas_core::crypto::{hash::Hash, sign::SigningKey};
use serde::Serialize;

use super::{Package, manifest::Manifest, write::pretty};
use crate::bundle::{BundleError, KEY, Written, archive::Archive};

/// Opens the next file.
pub(super) type Open<'o, W> = dyn FnMut() -> io::Result<W> + 'o;

/// What a member takes beside its bytes, in the ZIP, in the manifest and in the sums.
const MEMBER: u64 = 1024;
/// What closing a part takes beside that.
const CLOSING: u64 = 16 * 1024;

/// Names of what makes a part checkable. Those of the first part are the plain ones; of several parts in one folder none hides another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bundle) struct Control {
    pub(in crate::bundle) manifest: String,
    pub(in crate::bundle) signature: String,
    pub(in crate::bundle) sums: String,
    pub(in crate::bundle) key: String,
}

impl Control {
    /// Those of a part, from 1.
    pub(in crate::bundle) fn of(part: usize) -> Self {
        let numbered = |name: &str, ending: &str| if part == 1 { format!("{name}{ending}") } else { format!("{name}-{part}{ending}") };
        Self {
            manifest: numbered("manifest", ".json"),
            signature: numbered("manifest", ".json.sig"),
            sums: numbered("SHA256SUMS", ""),
            key: if part == 1 { KEY.to_owned() } else { format!("keys/bundle-{part}.pem") },
        }
    }

    /// Which part a ZIP with these members is; the first, where nothing says another.
    pub(in crate::bundle) fn found<'n>(mut names: impl Iterator<Item = &'n str>) -> Self {
        let number = |name: &str| {
            let manifest = name.strip_prefix("manifest-").and_then(|rest| rest.strip_suffix(".json"));
            manifest.or_else(|| name.strip_prefix("SHA256SUMS-"))?.parse::<usize>().ok().filter(|part| *part > 1)
        };
        Self::of(names.find_map(number).unwrap_or(1))
    }
}

/// A part that is closed already, as the first one names it.
#[derive(Debug, Serialize)]
pub(super) struct Closed {
    /// Name of its ZIP file.
    pub(super) file: String,
    /// Hash of the whole file.
    pub(super) sha256: Hash,
    /// Its length.
    pub(super) bytes: u64,
}

/// The parts being written.
pub(super) struct Parts<'p, 'o, W: Write> {
    package: &'p Package,
    key: &'p SigningKey,
    open: &'p mut Open<'o, W>,
    bound: u64,
    archive: Archive<W>,
    done: Vec<Written<W>>,
}

impl<'p, 'o, W: Write> Parts<'p, 'o, W> {
    pub(super) fn new(package: &'p Package, key: &'p SigningKey, open: &'p mut Open<'o, W>, bound: u64) -> Result<Self, BundleError> {
        let archive = Archive::new(open()?, &package.name())?;
        Ok(Self { package, key, open, bound, archive, done: Vec::new() })
    }

    /// The part that is being written, with room for so many more bytes in so many members where any part has it: where this one has not,
    /// it is closed and the next begins.
    pub(super) fn with_room(&mut self, members: usize, bytes: u64) -> Result<&mut Archive<W>, BundleError> {
        let entries = (members + self.archive.members().len()) as u64;
        let full = self.archive.written().saturating_add(bytes).saturating_add(entries * MEMBER + CLOSING) > self.bound;
        if full && !self.archive.members().is_empty() {
            let next = Archive::after(&mut self.archive, (self.open)()?)?;
            let part = std::mem::replace(&mut self.archive, next);
            let closed = close(part, self.package, self.key, self.done.len() + 2, &[])?;
            self.done.push(closed);
        }
        Ok(&mut self.archive)
    }

    /// The part that is being written.
    pub(super) const fn archive(&mut self) -> &mut Archive<W> {
        &mut self.archive
    }

    /// The files of the package, the one with the index first, if no other part begins any more.
    pub(super) fn files(&self) -> Vec<String> {
        (1..=self.done.len() + 1).map(|part| self.package.file(part)).collect()
    }

    /// Closes the part with the index; all of them, with that one first.
    pub(super) fn finish(self) -> Result<Vec<Written<W>>, BundleError> {
        let others = self.done.iter().zip(2..);
        let others: Vec<Closed> =
            others.map(|(part, number)| Closed { file: self.package.file(number), sha256: part.sha256, bytes: part.bytes }).collect();
        let mut all = vec![close(self.archive, self.package, self.key, 1, &others)?];
        all.extend(self.done);
        Ok(all)
    }
}

/// The key, the manifest over everything before it, its signature, and the checksums of all.
fn close<W: Write>(
    mut archive: Archive<W>,
    package: &Package,
    key: &SigningKey,
    part: usize,
    others: &[Closed],
) -> Result<Written<W>, BundleError> {
    let control = Control::of(part);
    archive.add(&control.key, key.public().to_pem().as_bytes())?;
    let manifest = Manifest::of(package, archive.members(), key.public().hash(), (part, others));
    let manifest = pretty(&control.manifest, &manifest)?;
    archive.add(&control.manifest, manifest.as_bytes())?;
    archive.add(&control.signature, &key.sign(manifest.as_bytes()))?;
    let sums = archive.sums(|_| true);
    archive.add(&control.sums, sums.as_bytes())?;
    archive.finish()
}
