//! The ZIP's closing line: its archive comment holds the hash of every byte before it, so that no byte of the file can change unseen,
//! not even one that no unpacked member depends on. It is a checksum; what proves the origin is the signature inside.

use std::{
    cell::Cell,
    io::{self, Read, Seek, SeekFrom, Write},
    rc::Rc,
};

use habeas_core::crypto::hash::{Hash, Hasher};

/// What the comment says before the hash.
const LABEL: &str = "sha256 of all bytes before this hash: ";
const HEX: usize = 64;

/// The comment to give to the ZIP writer; [`Closing`] puts the hash in place of the zeros.
pub(super) fn comment() -> String {
    format!("{LABEL}{}", "0".repeat(HEX))
}

/// Passes a ZIP file on, holding back its last bytes until their content is known.
pub(super) struct Closing<W> {
    out: W,
    hasher: Hasher,
    held: Vec<u8>,
    passed: Rc<Cell<u64>>,
}

impl<W: Write> Closing<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, hasher: Hasher::new(), held: Vec::new(), passed: Rc::default() }
    }

    /// How many bytes have gone on, also of what is still being written.
    pub(super) fn passed(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.passed)
    }

    /// Writes the hash; returns it all, with hash and length of the whole file.
    pub(super) fn finish(mut self) -> io::Result<(W, Hash, u64)> {
        let line = self.hasher.clone().finish().to_string();
        self.out.write_all(line.as_bytes())?;
        self.out.flush()?;
        self.hasher.update(line.as_bytes());
        Ok((self.out, self.hasher.finish(), self.passed.get() + HEX as u64))
    }
}

impl<W: Write> Write for Closing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend(bytes);
        let ready = self.held.len().saturating_sub(HEX);
        let rest = self.held.split_off(ready);
        self.out.write_all(&self.held)?;
        self.hasher.update(&self.held);
        self.passed.set(self.passed.get() + ready as u64);
        self.held = rest;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What a file's closing line is worth.
pub(super) struct Closed {
    /// Whether the line is there and true.
    pub(super) holds: bool,
    /// Hash of the whole file.
    pub(super) sha256: Hash,
}

/// Reads a file from end to end and compares.
pub(super) fn check(file: &mut (impl Read + Seek)) -> io::Result<Closed> {
    let length = file.seek(SeekFrom::End(0))?;
    let (mut hasher, mut line) = (Hasher::new(), Vec::new());
    file.rewind()?;
    let copied = copy(&mut file.by_ref().take(length.saturating_sub(HEX as u64)), &mut hasher)?;
    let body = hasher.clone().finish();
    file.read_to_end(&mut line)?;
    hasher.update(&line);
    file.seek(SeekFrom::Start(copied.saturating_sub(LABEL.len() as u64)))?;
    let mut label = vec![0; LABEL.len().min(usize::try_from(copied).unwrap_or(usize::MAX))];
    file.read_exact(&mut label)?;
    let holds = label == LABEL.as_bytes() && line == body.to_string().as_bytes();
    Ok(Closed { holds, sha256: hasher.finish() })
}

/// Hashes what a reader gives; says how many bytes that was.
pub(super) fn copy(from: &mut impl Read, hasher: &mut Hasher) -> io::Result<u64> {
    let mut buffer = vec![0; 64 * 1024];
    let mut total = 0;
    loop {
        let read = from.read(&mut buffer)?;
        match buffer.get(..read) {
            Some([]) | None => return Ok(total),
            Some(bytes) => hasher.update(bytes),
        }
        total += read as u64;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use habeas_core::crypto::hash::Hash;
    use proptest::prelude::*;

    use super::{Closing, check, comment};

    fn closed(pieces: &[Vec<u8>]) -> Vec<u8> {
        let mut closing = Closing::new(Vec::new());
        for piece in pieces {
            closing.write_all(piece).unwrap();
        }
        closing.write_all(comment().as_bytes()).unwrap();
        let (bytes, hash, length) = closing.finish().unwrap();
        assert_eq!((hash, length), (Hash::of(&bytes), bytes.len() as u64));
        bytes
    }

    #[test]
    fn a_file_too_short_for_the_line_does_not_hold() {
        for bytes in [vec![], vec![b'0'; 3], comment().into_bytes(), vec![b'0'; 64]] {
            assert!(!check(&mut Cursor::new(bytes)).unwrap().holds);
        }
    }

    proptest! {
        #[test]
        fn holds_until_any_byte_changes(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..90), 0..4), at: prop::sample::Index, bit in 0..8u8) {
            let mut bytes = closed(&pieces);
            prop_assert!(check(&mut Cursor::new(&bytes)).unwrap().holds);
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            prop_assert!(!check(&mut Cursor::new(&bytes)).unwrap().holds);
        }
    }
}
