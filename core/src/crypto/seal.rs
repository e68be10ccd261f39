//! Sealing what is stored: XChaCha20-Poly1305 under a house key or a case key. Destroying a case key erases what it sealed.
//!
//! A sealed blob is `algorithm (1) ‖ key id (8) ‖ nonce (24) ‖ ciphertext ‖ tag (16)`. The head is authenticated, so that neither it nor
//! the whole blob can be moved to where the associated data (table, row, column) is another.

use std::{fmt, marker::PhantomData};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use data_encoding::HEXLOWER;
use zeroize::Zeroizing;

use super::{blind::BlindKey, hash::Hash};

const XCHACHA20_POLY1305: u8 = 1;
const KEY_ID: usize = 8;
const NONCE: usize = 24;
const HEAD: usize = 1 + KEY_ID + NONCE;
const WRAP_CONTEXT: &[u8] = b"habeas/case-key/1\0";

/// Marks the key of the whole installation.
#[derive(Debug)]
pub enum House {}
/// Marks the key of one case.
#[derive(Debug)]
pub enum Case {}

/// Seals case keys and what belongs to no case.
pub type HouseKey = Key<House>;
/// Seals what belongs to one case.
pub type CaseKey = Key<Case>;

/// A 256-bit key, wiped from memory when dropped.
pub struct Key<Scope> {
    bytes: Zeroizing<[u8; 32]>,
    scope: PhantomData<fn() -> Scope>,
}

/// Names a key without telling anything about it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; KEY_ID]);

/// A plaintext of more than 256 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too long to seal in one piece; split it")]
pub struct TooLong;

/// Why a sealed blob does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Shorter than its own head.
    #[error("the sealed value is cut short")]
    Short,
    /// Sealed by a later version.
    #[error("the value is sealed with algorithm {0}, which this version does not know; update habeas")]
    Algorithm(u8),
    /// Another key sealed it.
    #[error("the value is sealed with key {sealed}, not with key {ours}; bring that key back")]
    OtherKey {
        /// The key that sealed it.
        sealed: KeyId,
        /// The key that was tried.
        ours: KeyId,
    },
    /// Changed, or moved from where it was sealed for.
    #[error("the sealed value was changed or belongs to another place")]
    Broken,
    /// It opened, but holds no key.
    #[error("the sealed value holds no key")]
    NotAKey,
}

impl<Scope> Key<Scope> {
    /// A key from 32 random bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self { bytes: Zeroizing::new(bytes), scope: PhantomData }
    }

    /// Which key this is: the first bytes of a hash that the key cannot be computed from.
    pub fn id(&self) -> KeyId {
        let tagged = Zeroizing::new([b"habeas/key-id/1\0".as_slice(), self.bytes.as_slice()].concat());
        let mut id = [0; KEY_ID];
        for (to, from) in id.iter_mut().zip(Hash::of(&tagged).as_bytes()) {
            *to = *from;
        }
        KeyId(id)
    }

    /// Another key for one purpose, named by `label`: the same each time, and it tells nothing about this key or its other derivatives.
    pub fn derive(&self, label: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(BlindKey::from_bytes(*self.bytes).mac("habeas/derived-key/1", label))
    }

    /// Seals a value. `aad` says where it belongs and is asked for again by [`Self::open`]; the nonce is 24 fresh random bytes.
    pub fn seal(&self, plain: &[u8], aad: &[u8], nonce: &[u8; NONCE]) -> Result<Vec<u8>, TooLong> {
        let mut sealed = Vec::with_capacity(HEAD + plain.len() + 16);
        sealed.push(XCHACHA20_POLY1305);
        sealed.extend(self.id().0);
        sealed.extend(nonce);
        let aad = [sealed.as_slice(), aad].concat();
        let payload = Payload { msg: plain, aad: &aad };
        sealed.extend(self.cipher().encrypt(&(*nonce).into(), payload).map_err(|_| TooLong)?);
        Ok(sealed)
    }

    /// Opens what [`Self::seal`] sealed for the same place.
    pub fn open(&self, sealed: &[u8], aad: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let (head, body) = sealed.split_at_checked(HEAD).ok_or(OpenError::Short)?;
        let (algorithm, rest) = head.split_first().ok_or(OpenError::Short)?;
        if *algorithm != XCHACHA20_POLY1305 {
            return Err(OpenError::Algorithm(*algorithm));
        }
        let (id, nonce) = rest.split_first_chunk::<KEY_ID>().ok_or(OpenError::Short)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| OpenError::Short)?;
        if *id != self.id().0 {
            return Err(OpenError::OtherKey { sealed: KeyId(*id), ours: self.id() });
        }
        let aad = [head, aad].concat();
        let plain = self.cipher().decrypt(&nonce.into(), Payload { msg: body, aad: &aad });
        plain.map(Zeroizing::new).map_err(|_| OpenError::Broken)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.bytes).into())
    }
}

impl CaseKey {
    /// What a case key is sealed for when it is wrapped: one of another case stays shut.
    pub fn place(case: &str) -> Vec<u8> {
        [WRAP_CONTEXT, case.as_bytes()].concat()
    }

    /// A case key as it was unwrapped.
    pub fn read(bytes: &[u8]) -> Result<Self, OpenError> {
        bytes.try_into().map(Self::from_bytes).map_err(|_| OpenError::NotAKey)
    }
}

impl KeyId {
    /// Which key sealed a blob; `None` where it is no blob of this version's.
    pub fn of_sealed(sealed: &[u8]) -> Option<Self> {
        let (algorithm, rest) = sealed.split_first()?;
        let (id, _) = rest.split_first_chunk()?;
        (*algorithm == XCHACHA20_POLY1305 && sealed.len() >= HEAD).then_some(Self(*id))
    }

    /// The bytes that stand in a blob's head, from [`Self::AT`] on.
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Where they begin, counted from 0.
    pub const AT: usize = 1;
    /// How many there are.
    pub const LENGTH: usize = KEY_ID;
}

impl<Scope> fmt::Debug for Key<Scope> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id())
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;
    use proptest::prelude::*;

    use super::{CaseKey, HouseKey, KeyId, OpenError};

    #[test]
    fn a_blob_of_the_first_version_still_opens() {
        // Computed with Python: rows in a database depend on it.
        let sealed = "013da90fde7a120b6209090909090909090909090909090909090909090909090910dc88488783759981d5e711d457982418329ac1";
        let sealed = HEXLOWER.decode(sealed.as_bytes()).unwrap();
        assert_eq!(sealed, CaseKey::from_bytes([3; 32]).seal(b"kept", b"case|7|subject", &[9; 24]).unwrap());
        assert_eq!(CaseKey::from_bytes([3; 32]).open(&sealed, b"case|7|subject").unwrap().as_slice(), b"kept");
    }

    #[test]
    fn a_derived_key_never_drifts_and_differs_by_label_and_key() {
        // Computed with Python's hmac module: pseudonyms in other people's tables depend on it.
        let key = HouseKey::from_bytes([1; 32]);
        assert_eq!(HEXLOWER.encode(key.derive("pseudonym").as_slice()), "b6e60aad08272ef04b974f6c5d00e43b608fe93919fd14db5e512a574e870b24");
        assert_ne!(key.derive("pseudonym"), key.derive("other"));
        assert_ne!(key.derive("pseudonym"), HouseKey::from_bytes([2; 32]).derive("pseudonym"));
    }

    #[test]
    fn each_failure_says_what_it_is() {
        let key = CaseKey::from_bytes([3; 32]);
        let other = CaseKey::from_bytes([4; 32]);
        let sealed = key.seal(b"kept", b"here", &[9; 24]).unwrap();
        let later = [&[2], &sealed[1..]].concat();
        assert_eq!(key.open(&sealed[..20], b"here"), Err(OpenError::Short));
        assert_eq!(key.open(&later, b"here"), Err(OpenError::Algorithm(2)));
        assert_eq!(other.open(&sealed, b"here"), Err(OpenError::OtherKey { sealed: key.id(), ours: other.id() }));
        assert_eq!(key.open(&sealed, b"there"), Err(OpenError::Broken));
    }

    #[test]
    fn a_case_key_opens_for_its_own_case_only() {
        let house = HouseKey::from_bytes([1; 32]);
        let wrapped = house.seal(&[2; 32], &CaseKey::place("VX-7F3K-2Q"), &[5; 24]).unwrap();
        let opened = house.open(&wrapped, &CaseKey::place("VX-7F3K-2Q")).unwrap();
        assert_eq!(CaseKey::read(&opened).unwrap().id(), CaseKey::from_bytes([2; 32]).id());
        assert_eq!(house.open(&wrapped, &CaseKey::place("VX-0000-00")), Err(OpenError::Broken));
        assert_eq!(CaseKey::read(b"short").unwrap_err(), OpenError::NotAKey);
    }

    #[test]
    fn a_blob_names_the_key_that_sealed_it() {
        let house = HouseKey::from_bytes([1; 32]);
        let sealed = house.seal(b"kept", b"here", &[9; 24]).unwrap();
        assert_eq!(KeyId::of_sealed(&sealed), Some(house.id()));
        assert!(sealed[KeyId::AT..].starts_with(house.id().as_bytes()), "where SQL looks for it");
        assert_eq!(KeyId::of_sealed(&sealed[..20]), None);
        assert_eq!(KeyId::of_sealed(&[&[2], &sealed[1..]].concat()), None, "a later algorithm");
    }

    proptest! {
        #[test]
        fn opens_to_what_was_sealed_and_to_nothing_after_a_flip(plain in prop::collection::vec(any::<u8>(), 0..80), aad: [u8; 4], nonce: [u8; 24], at: prop::sample::Index, bit in 0..8u8) {
            let key = CaseKey::from_bytes([3; 32]);
            let mut sealed = key.seal(&plain, &aad, &nonce).unwrap();
            let opened = key.open(&sealed, &aad).unwrap();
            prop_assert_eq!(opened.as_slice(), plain.as_slice());
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            prop_assert!(key.open(&sealed, &aad).is_err());
        }
    }
}
