//! Proof that one event stands in the log, in the text format (version 2) that `sigsum-verify` reads. Checked without the log.

use std::{fmt, str::FromStr};

use data_encoding::HEXLOWER;

use super::{
    checkpoint::{BadCheckpoint, Checkpoint, SignedCheckpoint},
    hash::Hash,
    leaf::Leaf,
    sign::{BadSignature, PublicKey, Signature},
    tree::{self, BadProof},
};

/// Leaf, signed tree head and path. `Display` writes it, `FromStr` reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryProof {
    /// SHA-256 of the log's key.
    pub log: Hash,
    /// SHA-256 of the key that signed the leaf.
    pub submitter: Hash,
    /// The leaf's signature.
    pub leaf_signature: Signature,
    /// Entries in the log.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
    /// The log's signature over the checkpoint of `size` and `root`.
    pub head_signature: Signature,
    /// Which entry it is, from 0.
    pub index: u64,
    /// Inclusion proof, lowest first.
    pub path: Vec<Hash>,
}

/// A text that is no proof of version 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a Sigsum proof of version 2")]
pub struct NotAProof;

/// Why an event is not proven to stand in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// The leaf is not about this event, or not signed by this key.
    #[error("the entry does not commit to this event under this key")]
    Leaf(#[from] BadSignature),
    /// The tree head is not signed by this log.
    #[error("the tree head is not signed by this log's key")]
    Head,
    /// The path does not lead to the signed root.
    #[error(transparent)]
    Path(#[from] BadProof),
}

impl EntryProof {
    /// Puts the proof together; the checkpoint must be the log's own.
    pub fn new(leaf: &Leaf, index: u64, path: Vec<Hash>, head: &SignedCheckpoint, log: &PublicKey) -> Result<Self, BadCheckpoint> {
        let Checkpoint { size, root, .. } = *head.verify(log)?;
        Ok(Self {
            log: log.hash(),
            submitter: leaf.key_hash,
            leaf_signature: leaf.signature,
            size,
            root,
            head_signature: head.signature_by(log)?,
            index,
            path,
        })
    }

    /// Checks that the event was signed with `submitter` and stands in the log that signs with `log`.
    pub fn verify(&self, event: &[u8], submitter: &PublicKey, log: &PublicKey) -> Result<(), Unproven> {
        let leaf = Leaf { checksum: Leaf::checksum(event), signature: self.leaf_signature, key_hash: self.submitter };
        leaf.verify(event, submitter)?;
        let head = Checkpoint::of(log, self.size, self.root);
        if self.log != log.hash() || log.verify(head.body().as_bytes(), &self.head_signature).is_err() {
            return Err(Unproven::Head);
        }
        Ok(tree::verify_inclusion(&leaf.hash(), self.index, self.size, &self.path, &self.root)?)
    }
}

impl fmt::Display for EntryProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signature = |bytes: &Signature| HEXLOWER.encode(bytes);
        writeln!(f, "version=2\nlog={}\nleaf={} {}\n", self.log, self.submitter, signature(&self.leaf_signature))?;
        writeln!(f, "size={}\nroot_hash={}\nsignature={}", self.size, self.root, signature(&self.head_signature))?;
        // A log of one entry needs no path; the format leaves the whole part out.
        if self.size == 1 {
            return Ok(());
        }
        writeln!(f, "\nleaf_index={}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "node_hash={hash}"))
    }
}

impl FromStr for EntryProof {
    type Err = NotAProof;

    fn from_str(text: &str) -> Result<Self, NotAProof> {
        let proof = parse(text).ok_or(NotAProof)?;
        // One proof has one spelling: no spaces, no leading zeros, nothing after the end.
        if proof.to_string() == text { Ok(proof) } else { Err(NotAProof) }
    }
}

fn parse(text: &str) -> Option<EntryProof> {
    let mut lines = text.lines();
    let mut value = |key: &str| lines.next()?.strip_prefix(key)?.strip_prefix('=');
    value("version").filter(|version| *version == "2")?;
    let log = value("log")?.parse().ok()?;
    let (submitter, leaf_signature) = value("leaf")?.split_once(' ')?;
    let (submitter, leaf_signature) = (submitter.parse().ok()?, signature(leaf_signature)?);
    lines.next()?;
    let mut value = |key: &str| lines.next()?.strip_prefix(key)?.strip_prefix('=');
    let size = value("size")?.parse().ok()?;
    let root = value("root_hash")?.parse().ok()?;
    let head_signature = signature(value("signature")?)?;
    let (mut index, mut path) = (0, Vec::new());
    if size != 1 {
        lines.next()?;
        index = lines.next()?.strip_prefix("leaf_index=")?.parse().ok()?;
        path = lines.map(|line| line.strip_prefix("node_hash=")?.parse().ok()).collect::<Option<_>>()?;
    }
    Some(EntryProof { log, submitter, leaf_signature, size, root, head_signature, index, path })
}

fn signature(hex: &str) -> Option<Signature> {
    HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{EntryProof, Unproven};
    use crate::crypto::{
        checkpoint::Checkpoint,
        leaf::Leaf,
        sign::SigningKey,
        tree::{Frontier, prove_inclusion},
    };

    fn proof(index: u64, size: u64) -> (EntryProof, SigningKey, SigningKey) {
        let (desk, log) = (SigningKey::from_seed([1; 32]), SigningKey::from_seed([2; 32]));
        let leaves: Vec<_> = (0..size).map(|index| Leaf::sign(&index.to_be_bytes(), &desk)).collect();
        let hashes: Vec<_> = leaves.iter().map(Leaf::hash).collect();
        let root = hashes.iter().copied().collect::<Frontier>().root();
        let head = Checkpoint::of(&log.public(), size, root).sign(&log);
        let path = prove_inclusion(&hashes, index).unwrap();
        let proof = EntryProof::new(&leaves[usize::try_from(index).unwrap()], index, path, &head, &log.public()).unwrap();
        (proof, desk, log)
    }

    #[test]
    fn every_entry_is_proven_and_comes_back_from_text() {
        for (index, size) in [(0, 1), (0, 2), (1, 2), (6, 7), (3, 4), (250, 300)] {
            let (proof, desk, log) = proof(index, size);
            assert_eq!(proof.to_string().parse::<EntryProof>(), Ok(proof.clone()), "{proof}");
            assert_eq!(proof.verify(&index.to_be_bytes(), &desk.public(), &log.public()), Ok(()));
        }
    }

    #[test]
    fn an_edited_event_a_moved_index_and_a_resized_log_are_told_apart() {
        let (proof, desk, log) = proof(3, 7);
        let check = |proof: &EntryProof, event: u64| proof.verify(&event.to_be_bytes(), &desk.public(), &log.public());
        assert!(matches!(check(&proof, 4), Err(Unproven::Leaf(_))));
        assert!(matches!(check(&EntryProof { index: 4, ..proof.clone() }, 3), Err(Unproven::Path(_))));
        assert_eq!(check(&EntryProof { size: 8, ..proof.clone() }, 3), Err(Unproven::Head));
        assert_eq!(proof.verify(&3u64.to_be_bytes(), &desk.public(), &desk.public()), Err(Unproven::Head));
    }

    proptest! {
        #[test]
        fn no_flipped_proof_verifies(index in 0..9u64, at: prop::sample::Index, bit in 0..7u8) {
            let (proof, desk, log) = proof(index, 9);
            let mut text = proof.to_string().into_bytes();
            let at = at.index(text.len());
            text[at] ^= 1 << bit;
            let forged = String::from_utf8(text).unwrap().parse::<EntryProof>();
            prop_assert!(!forged.is_ok_and(|proof| proof.verify(&index.to_be_bytes(), &desk.public(), &log.public()).is_ok()));
        }
    }
}
