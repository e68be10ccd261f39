//! A ZIP file with one root folder, written from front to end without seeking: fixed times, fixed rights, safe names, every member hashed.

use std::{
    cell::Cell,
    collections::BTreeSet,
    io::{self, BufWriter, Write},
    rc::Rc,
};

use habeas_core::crypto::hash::{Hash, Hasher};
use zip::{
    CompressionMethod, DateTime, System, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::{
    BundleError, Written,
    closing::{self, Closing},
    sum_line,
};

/// From here on a member needs the 64-bit form.
const LARGE: usize = 0xffff_0000;

const BUFFER: usize = 64 * 1024;

/// One file in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Name below the root folder.
    pub name: String,
    /// Bytes, unpacked.
    pub size: u64,
    /// Hash of the unpacked bytes.
    pub sha256: Hash,
}

/// An archive being written.
pub struct Archive<W: Write> {
    zip: ZipWriter<StreamWriter<Closing<W>>>,
    root: String,
    members: Vec<Member>,
    taken: BTreeSet<String>,
    written: Rc<Cell<u64>>,
}

impl<W: Write> Archive<W> {
    /// Begins an archive whose members all stand in the folder `root`.
    pub fn new(out: W, root: &str) -> Result<Self, BundleError> {
        if !is_safe(root) || root.contains('/') {
            return Err(BundleError::UnsafeName(root.to_owned()));
        }
        let closing = Closing::new(out);
        let written = closing.passed();
        let mut zip = ZipWriter::new_stream(closing);
        zip.set_comment(closing::comment())?;
        Ok(Self { zip, root: root.to_owned(), members: Vec::new(), taken: BTreeSet::new(), written })
    }

    /// Begins the archive that goes on where another ends: both unpack into one folder, so no name of the one stands in the other.
    pub fn after(other: &mut Self, out: W) -> Result<Self, BundleError> {
        let mut next = Self::new(out, &other.root)?;
        next.taken = std::mem::take(&mut other.taken);
        Ok(next)
    }

    /// Bytes written so far.
    pub fn written(&self) -> u64 {
        self.written.get()
    }

    /// Adds a member whose bytes are at hand.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), BundleError> {
        self.member(name, bytes.len() > LARGE, |out| Ok(out.write_all(bytes)?))
    }

    /// Adds a member of unknown length, written by `write`.
    pub fn stream(&mut self, name: &str, write: impl FnOnce(&mut dyn Write) -> Result<(), BundleError>) -> Result<(), BundleError> {
        // What is written in single words is packed and hashed in larger pieces.
        self.member(name, true, |out| {
            let mut out = BufWriter::with_capacity(BUFFER, out);
            write(&mut out)?;
            Ok(out.flush()?)
        })
    }

    /// What was added so far, in order.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The checksum lines of the members that `pick` picks.
    pub fn sums(&self, pick: impl Fn(&str) -> bool) -> String {
        self.members.iter().filter(|member| pick(&member.name)).map(|member| sum_line(&member.sha256, &member.name)).collect()
    }

    /// Writes the directory and the closing line.
    pub fn finish(self) -> Result<Written<W>, BundleError> {
        let (out, sha256, bytes) = self.zip.finish()?.into_inner().finish()?;
        Ok(Written { out, sha256, bytes })
    }

    fn member(
        &mut self,
        name: &str,
        large: bool,
        write: impl FnOnce(&mut dyn Write) -> Result<(), BundleError>,
    ) -> Result<(), BundleError> {
        if !is_safe(name) {
            return Err(BundleError::UnsafeName(name.to_owned()));
        }
        if !self.taken.insert(name.to_ascii_lowercase()) {
            return Err(BundleError::Twice(name.to_owned()));
        }
        self.zip.start_file(format!("{}/{name}", self.root), options().large_file(large))?;
        let mut tally = Tally { out: &mut self.zip, hasher: Hasher::new(), size: 0 };
        write(&mut tally)?;
        let Tally { hasher, size, .. } = tally;
        self.members.push(Member { name: name.to_owned(), size, sha256: hasher.finish() });
        Ok(())
    }
}

/// The same on every machine and every day.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644)
}

/// Counts and hashes what passes.
struct Tally<'a, W> {
    out: &'a mut W,
    hasher: Hasher,
    size: u64,
}

impl<W: Write> Write for Tally<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.hasher.update(bytes.get(..taken).unwrap_or(bytes));
        self.size += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Names that Windows keeps for devices, whatever stands after the first dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Whether a path unpacks to the same place everywhere: ASCII, relative, no `..`, no device, nothing hidden.
pub(super) fn is_safe(name: &str) -> bool {
    name.len() <= 180 && name.split('/').all(is_safe_segment)
}

fn is_safe_segment(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let device = DEVICES.contains(&stem.trim_end_matches(|c: char| c.is_ascii_digit()));
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    !device && !segment.is_empty() && !segment.starts_with(['.', '-']) && !segment.ends_with('.') && segment.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use habeas_core::crypto::hash::Hash;

    use super::{Archive, BundleError, is_safe};

    fn archive() -> Archive<Vec<u8>> {
        Archive::new(Vec::new(), "root").unwrap()
    }

    #[test]
    fn ab37_names_that_would_land_elsewhere_are_refused() {
        let long = "a".repeat(181);
        for bad in [
            "",
            "/etc/passwd",
            "a//b",
            "../a",
            "a/../b",
            "a/./b",
            "a\\b",
            "C:a",
            "a ",
            "a.",
            ".hidden",
            "-rf",
            "kari nordmann",
            "blåbær",
            "a\0b",
            "a\nb",
            "nul",
            "NUL.txt",
            "x/com1.csv",
            "a\u{202e}gpj",
            &long,
        ] {
            assert!(!is_safe(bad), "{bad:?}");
            assert!(matches!(archive().add(bad, b""), Err(BundleError::UnsafeName(_))), "{bad:?}");
        }
        for good in ["a", "data/orders.csv", "files/passports-001-photo.jpg", "console.txt", "SHA256SUMS"] {
            assert!(is_safe(good), "{good:?}");
        }
    }

    #[test]
    fn one_name_stands_once_whatever_its_case() {
        let mut archive = archive();
        archive.add("README.txt", b"").unwrap();
        assert!(matches!(archive.add("readme.TXT", b""), Err(BundleError::Twice(_))));
    }

    #[test]
    fn what_goes_in_comes_out_and_is_hashed() {
        let mut archive = archive();
        archive.add("a.txt", b"alpha").unwrap();
        archive.stream("b/c.txt", |out| Ok((0..9_000).try_for_each(|line| writeln!(out, "line {line}"))?)).unwrap();
        assert_eq!(archive.members()[0].sha256, Hash::of(b"alpha"));
        let expected = archive.members()[1].clone();
        let written = archive.finish().unwrap();
        assert_eq!((written.sha256, written.bytes), (Hash::of(&written.out), written.out.len() as u64));
        let mut zip = zip::ZipArchive::new(Cursor::new(written.out)).unwrap();
        let mut read = Vec::new();
        zip.by_name("root/b/c.txt").unwrap().read_to_end(&mut read).unwrap();
        assert_eq!((Hash::of(&read), read.len() as u64), (expected.sha256, expected.size));
    }

    #[test]
    fn the_same_members_give_the_same_bytes() {
        let write = || {
            let mut archive = archive();
            archive.add("a.txt", b"alpha").unwrap();
            archive.stream("b.txt", |out| Ok(out.write_all(b"beta")?)).unwrap();
            archive.finish().unwrap().out
        };
        assert_eq!(write(), write());
    }
}
