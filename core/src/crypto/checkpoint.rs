//! The log's signed promise: this many entries, this root. A C2SP checkpoint in a C2SP signed note, with Sigsum's origin.

use std::{fmt, str::FromStr};

use data_encoding::BASE64;

use super::{
    hash::Hash,
    sign::{PublicKey, Signature, SigningKey},
};

/// Ed25519 in the key id of a signed note.
const ED25519: u8 = 0x01;

/// Size and root of a log at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: `sigsum.org/v1/tree/` and the hash of its key.
    pub origin: String,
    /// Entries in the log.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
}

/// A checkpoint and the signatures under it. `Display` writes the note, `FromStr` reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    /// The signed bytes, kept as they came: a note may carry lines this version does not know.
    body: String,
    signatures: Vec<NoteSignature>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct NoteSignature {
    name: String,
    key_id: [u8; 4],
    signature: Vec<u8>,
}

/// Why a checkpoint cannot be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCheckpoint {
    /// Not a signed note.
    #[error("the checkpoint is no signed note: a text, an empty line, and lines that begin with `—`")]
    NotANote,
    /// A note whose text is not origin, size and root.
    #[error("the checkpoint does not say origin, size and root on its first three lines")]
    NotACheckpoint,
    /// It is about another log.
    #[error("the checkpoint is of another log")]
    OtherLog,
    /// No signature by this key.
    #[error("the checkpoint is not signed by this log's key")]
    Unsigned,
    /// A signature that claims to be by this key and is not.
    #[error("the signature under the checkpoint is wrong")]
    Forged,
}

impl Checkpoint {
    /// The checkpoint of the log that signs with `key`.
    pub fn of(key: &PublicKey, size: u64, root: Hash) -> Self {
        Self { origin: format!("sigsum.org/v1/tree/{}", key.hash()), size, root }
    }

    /// Signs it: what is signed is the note's text, so that `openssl pkeyutl -rawin` and the Sigsum tools check the same signature.
    pub fn sign(self, key: &SigningKey) -> SignedCheckpoint {
        let body = self.body();
        let signature = NoteSignature {
            name: self.origin.clone(),
            key_id: key_id(&self.origin, &key.public()),
            signature: key.sign(body.as_bytes()).to_vec(),
        };
        SignedCheckpoint { checkpoint: self, body, signatures: vec![signature] }
    }

    pub(super) fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(self.root.as_bytes()))
    }

    fn parse(body: &str) -> Option<Self> {
        let mut lines = body.lines();
        let origin = lines.next().filter(|origin| !origin.is_empty())?.to_owned();
        let written = lines.next()?;
        let size: u64 = written.parse().ok()?;
        let root = BASE64.decode(lines.next()?.as_bytes()).ok()?.try_into().ok()?;
        let plain = size.to_string() == written && lines.all(|line| !line.is_empty());
        plain.then_some(Self { origin, size, root: Hash::from_bytes(root) })
    }
}

impl SignedCheckpoint {
    /// The checkpoint, if the log with this key signed it. Signatures by unknown keys (witnesses) are passed over.
    pub fn verify(&self, key: &PublicKey) -> Result<&Checkpoint, BadCheckpoint> {
        self.signature_by(key).map(|_| &self.checkpoint)
    }

    /// The log's own signature, raw, over the note's text; checked.
    pub fn signature_by(&self, key: &PublicKey) -> Result<Signature, BadCheckpoint> {
        let origin = Checkpoint::of(key, 0, self.checkpoint.root).origin;
        if self.checkpoint.origin != origin {
            return Err(BadCheckpoint::OtherLog);
        }
        let id = key_id(&origin, key);
        let line = self.signatures.iter().find(|line| line.name == origin && line.key_id == id).ok_or(BadCheckpoint::Unsigned)?;
        let signature = line.signature.as_slice().try_into().map_err(|_| BadCheckpoint::Forged)?;
        key.verify(self.body.as_bytes(), &signature).map_err(|_| BadCheckpoint::Forged)?;
        Ok(signature)
    }
}

/// The first four bytes of `SHA-256(name ‖ "\n" ‖ 0x01 ‖ key)`: a hint which key to try, not a promise.
fn key_id(name: &str, key: &PublicKey) -> [u8; 4] {
    let [a, b, c, d, ..] = *Hash::of(&[name.as_bytes(), b"\n", &[ED25519], key.as_bytes()].concat()).as_bytes();
    [a, b, c, d]
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.body)?;
        for NoteSignature { name, key_id, signature } in &self.signatures {
            writeln!(f, "— {name} {}", BASE64.encode(&[key_id.as_slice(), signature].concat()))?;
        }
        Ok(())
    }
}

impl FromStr for SignedCheckpoint {
    type Err = BadCheckpoint;

    fn from_str(note: &str) -> Result<Self, BadCheckpoint> {
        if note.chars().any(|c| c.is_control() && c != '\n') {
            return Err(BadCheckpoint::NotANote);
        }
        let end = note.rfind("\n\n").ok_or(BadCheckpoint::NotANote)?;
        let (body, signatures) = note.split_at_checked(end + 1).ok_or(BadCheckpoint::NotANote)?;
        let lines = signatures.strip_prefix('\n').and_then(|lines| lines.strip_suffix('\n')).ok_or(BadCheckpoint::NotANote)?;
        let signatures = lines.split('\n').map(signature_line).collect::<Option<_>>().ok_or(BadCheckpoint::NotANote)?;
        let checkpoint = Checkpoint::parse(body).ok_or(BadCheckpoint::NotACheckpoint)?;
        Ok(Self { checkpoint, body: body.to_owned(), signatures })
    }
}

/// `— name base64(key id ‖ signature)`.
fn signature_line(line: &str) -> Option<NoteSignature> {
    let (name, signature) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = BASE64.decode(signature.as_bytes()).ok()?;
    let (key_id, signature) = bytes.split_first_chunk()?;
    let named = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+');
    (named && !signature.is_empty()).then(|| NoteSignature { name: name.to_owned(), key_id: *key_id, signature: signature.to_vec() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BadCheckpoint, Checkpoint, SignedCheckpoint};
    use crate::crypto::{hash::Hash, sign::SigningKey};

    fn note(size: u64) -> (SigningKey, SignedCheckpoint) {
        let key = SigningKey::from_seed([8; 32]);
        let checkpoint = Checkpoint::of(&key.public(), size, Hash::of(b"root"));
        let note = checkpoint.sign(&key);
        (key, note)
    }

    #[test]
    fn the_note_has_three_lines_an_empty_one_and_a_signature() {
        let (key, note) = note(1000);
        let text = note.to_string();
        let origin = format!("sigsum.org/v1/tree/{}", key.public().hash());
        let lines: Vec<_> = text.split('\n').collect();
        assert_eq!(lines[..4], [origin.as_str(), "1000", "SBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=", ""]);
        assert!(lines[4].starts_with(&format!("— {origin} ")), "{text}");
        assert_eq!(lines[5..], [""]);
    }

    #[test]
    fn the_go_notes_example_key_has_the_id_it_is_published_with() {
        // golang.org/x/mod/sumdb/note documents `PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW`.
        let key = data_encoding::BASE64.decode(b"ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
        let key = crate::crypto::sign::PublicKey::from_bytes(key[1..].try_into().unwrap()).unwrap();
        assert_eq!(super::key_id("PeterNeumann", &key), [0xc7, 0x4f, 0x20, 0xa3]);
    }

    #[test]
    fn witnesses_and_unknown_lines_do_not_disturb() {
        let (key, signed) = note(3);
        let with_witness = format!("{signed}— witness.example/w1 AAAAAAAAAAA=\n").parse::<SignedCheckpoint>().unwrap();
        assert_eq!(with_witness.verify(&key.public()).unwrap().size, 3);
        assert_eq!(with_witness.to_string(), format!("{signed}— witness.example/w1 AAAAAAAAAAA=\n"));
    }

    #[test]
    fn each_failure_says_what_it_is() {
        let (key, note) = note(3);
        let other = SigningKey::from_seed([9; 32]);
        assert_eq!(note.verify(&other.public()), Err(BadCheckpoint::OtherLog));
        let resized: SignedCheckpoint = note.to_string().replacen("\n3\n", "\n4\n", 1).parse().unwrap();
        assert_eq!(resized.verify(&key.public()), Err(BadCheckpoint::Forged));
        let by_another = Checkpoint::of(&key.public(), 3, Hash::of(b"root")).sign(&other);
        assert_eq!(by_another.verify(&key.public()), Err(BadCheckpoint::Unsigned));
        for bad in ["", "a\n1\nb\n", "a\n\n", "a\nb\nc\n\n— name\n", "a\r\n\n— name AAAAAAA=\n"] {
            assert_eq!(bad.parse::<SignedCheckpoint>(), Err(BadCheckpoint::NotANote), "{bad:?}");
        }
        let leading_zero = note.to_string().replacen("\n3\n", "\n03\n", 1);
        assert_eq!(leading_zero.parse::<SignedCheckpoint>(), Err(BadCheckpoint::NotACheckpoint));
    }

    proptest! {
        #[test]
        fn comes_back_and_no_flipped_note_verifies(size: u64, at: prop::sample::Index, bit in 0..7u8) {
            let (key, note) = note(size);
            let mut text = note.to_string().into_bytes();
            prop_assert_eq!(String::from_utf8(text.clone()).unwrap().parse(), Ok(note));
            let at = at.index(text.len());
            text[at] ^= 1 << bit;
            let verified = String::from_utf8(text).is_ok_and(|text| text.parse::<SignedCheckpoint>().is_ok_and(|note| note.verify(&key.public()).is_ok()));
            prop_assert!(!verified);
        }
    }
}
