//! One line of the log in the Sigsum form: a commitment to an event, signed. The event itself never enters the tree, so that it can be
//! destroyed and every other proof still holds.

use super::{
    hash::Hash,
    sign::{BadSignature, PublicKey, Signature, SigningKey},
    tree,
};

/// What is signed begins with this, so that the signature can mean nothing else.
const NAMESPACE: &[u8] = b"sigsum.org/v1/tree-leaf\0";

/// `checksum (32) ‖ Ed25519 signature (64) ‖ SHA-256 of the public key (32)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// SHA-256 of the message, which is the SHA-256 of the event. The event must hold a 256-bit nonce: the log is public.
    pub checksum: Hash,
    /// Over the namespace and the checksum.
    pub signature: Signature,
    /// Who signed.
    pub key_hash: Hash,
}

impl Leaf {
    /// Length of a leaf in bytes.
    pub const LENGTH: usize = 128;

    /// The checksum that stands for an event.
    pub fn checksum(event: &[u8]) -> Hash {
        Hash::of(Hash::of(event).as_bytes())
    }

    /// Commits to an event and signs.
    pub fn sign(event: &[u8], key: &SigningKey) -> Self {
        let checksum = Self::checksum(event);
        Self { checksum, signature: key.sign(&statement(&checksum)), key_hash: key.public().hash() }
    }

    /// Checks that this leaf commits to the event and that the key signed it.
    pub fn verify(&self, event: &[u8], key: &PublicKey) -> Result<(), BadSignature> {
        if self.checksum != Self::checksum(event) {
            return Err(BadSignature);
        }
        self.verify_signature(key)
    }

    /// Checks that the key signed this leaf, whatever it commits to: all that can be checked where the event was destroyed.
    pub fn verify_signature(&self, key: &PublicKey) -> Result<(), BadSignature> {
        if self.key_hash != key.hash() {
            return Err(BadSignature);
        }
        key.verify(&statement(&self.checksum), &self.signature)
    }

    /// The bytes that are hashed into the tree.
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.checksum.as_bytes().as_slice(), &self.signature, self.key_hash.as_bytes()].concat()
    }

    /// Reads what [`Self::to_bytes`] wrote; `None` unless it is [`Self::LENGTH`] long.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (checksum, rest) = bytes.split_first_chunk()?;
        let (signature, rest) = rest.split_first_chunk()?;
        let key_hash = rest.try_into().ok()?;
        Some(Self { checksum: Hash::from_bytes(*checksum), signature: *signature, key_hash: Hash::from_bytes(key_hash) })
    }

    /// Its hash in the tree.
    pub fn hash(&self) -> Hash {
        tree::leaf_hash(&self.to_bytes())
    }
}

fn statement(checksum: &Hash) -> Vec<u8> {
    [NAMESPACE, checksum.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Leaf, SigningKey};

    #[test]
    fn a_leaf_is_for_its_event_and_its_key() {
        let (ours, other) = (SigningKey::from_seed([1; 32]), SigningKey::from_seed([2; 32]));
        let leaf = Leaf::sign(b"event", &ours);
        assert_eq!(leaf.verify(b"event", &ours.public()), Ok(()));
        assert!(leaf.verify(b"Event", &ours.public()).is_err());
        assert!(leaf.verify(b"event", &other.public()).is_err());
        let relabelled = Leaf { key_hash: other.public().hash(), ..leaf };
        assert!(relabelled.verify(b"event", &other.public()).is_err());
        assert_eq!(leaf.verify_signature(&ours.public()), Ok(()), "without its event");
        assert!(leaf.verify_signature(&other.public()).is_err() && relabelled.verify_signature(&other.public()).is_err());
    }

    proptest! {
        #[test]
        fn bytes_come_back_and_no_flipped_leaf_verifies(event in prop::collection::vec(any::<u8>(), 0..40), at in 0..Leaf::LENGTH, bit in 0..8u8) {
            let key = SigningKey::from_seed([1; 32]);
            let leaf = Leaf::sign(&event, &key);
            let mut bytes = leaf.to_bytes();
            prop_assert_eq!(Leaf::from_bytes(&bytes), Some(leaf));
            prop_assert_eq!(Leaf::from_bytes(&bytes[1..]), None);
            bytes[at] ^= 1 << bit;
            prop_assert!(Leaf::from_bytes(&bytes).unwrap().verify(&event, &key.public()).is_err());
        }
    }
}
