//! Ed25519 keys and signatures, in the spellings `openssl` and `ssh` read.

use std::fmt;

use data_encoding::BASE64;
use ed25519_dalek::{Signer, pkcs8::DecodePublicKey};
use zeroize::Zeroizing;

use super::hash::Hash;

/// What stands before the 32 key bytes in an Ed25519 `SubjectPublicKeyInfo` (RFC 8410).
const SPKI_PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A detached signature, 64 bytes, raw.
pub type Signature = [u8; 64];

/// Signs. Wiped from memory when dropped; `Debug` shows the public half only.
pub struct SigningKey(ed25519_dalek::SigningKey);

/// Verifies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

/// Why a text is no public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// Not the PEM of an Ed25519 public key.
    #[error("this is not an Ed25519 public key in PEM; it starts with `-----BEGIN PUBLIC KEY-----`")]
    NotPem,
    /// Bytes that are no point of the curve, or a point with which anybody can sign.
    #[error("these bytes are not a usable Ed25519 public key")]
    NotAPoint,
}

/// A signature that does not belong to these bytes and this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not belong to these bytes and this key")]
pub struct BadSignature;

impl SigningKey {
    /// The key that grows from 32 random bytes.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let seed = Zeroizing::new(seed);
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// The half that may be shown.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs a message (pure Ed25519, RFC 8032).
    pub fn sign(&self, message: &[u8]) -> Signature {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SigningKey").field(&self.public()).finish()
    }
}

impl PublicKey {
    /// Reads 32 raw bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, BadKey> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| BadKey::NotAPoint)?;
        if key.is_weak() { Err(BadKey::NotAPoint) } else { Ok(Self(key)) }
    }

    /// Reads `-----BEGIN PUBLIC KEY-----`, as `openssl pkey -pubout` writes it.
    pub fn from_pem(pem: &str) -> Result<Self, BadKey> {
        let key = ed25519_dalek::VerifyingKey::from_public_key_pem(pem.trim()).map_err(|_| BadKey::NotPem)?;
        Self::from_bytes(key.as_bytes())
    }

    /// Writes what [`Self::from_pem`] reads.
    pub fn to_pem(self) -> String {
        let der = [SPKI_PREFIX.as_slice(), self.as_bytes()].concat();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", BASE64.encode(&der))
    }

    /// The one-line OpenSSH form, which the Sigsum tools read.
    pub fn to_openssh(self, comment: &str) -> String {
        let mut blob = Vec::with_capacity(51);
        for part in [b"ssh-ed25519".as_slice(), self.as_bytes()] {
            blob.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            blob.extend(part);
        }
        format!("ssh-ed25519 {} {comment}\n", BASE64.encode(&blob))
    }

    /// The 32 raw bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// SHA-256 of the raw bytes: how logs and people name a key.
    pub fn hash(&self) -> Hash {
        Hash::of(self.as_bytes())
    }

    /// Checks a signature, refusing every malleable or small-order form.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), BadSignature> {
        self.0.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).map_err(|_| BadSignature)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.hash())
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;
    use proptest::prelude::*;

    use super::{BadKey, PublicKey, SigningKey};

    fn bytes<const N: usize>(hex: &str) -> [u8; N] {
        HEXLOWER.decode(hex.as_bytes()).unwrap().try_into().unwrap()
    }

    #[test]
    fn rfc_8032_test_2() {
        let key = SigningKey::from_seed(bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
        assert_eq!(key.public().as_bytes(), &bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        let expected = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
        assert_eq!(HEXLOWER.encode(&key.sign(&[0x72])), expected);
    }

    #[test]
    fn pem_goes_out_and_comes_back() {
        let key = SigningKey::from_seed([7; 32]).public();
        assert_eq!(PublicKey::from_pem(&key.to_pem()), Ok(key));
        for bad in ["", "kari", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", &key.to_pem().replace("PUBLIC", "PRIVATE")]
        {
            assert_eq!(PublicKey::from_pem(bad), Err(BadKey::NotPem), "{bad}");
        }
    }

    #[test]
    fn a_key_with_which_anybody_can_sign_is_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(PublicKey::from_bytes(&identity), Err(BadKey::NotAPoint));
    }

    #[test]
    fn debug_shows_no_secret() {
        let key = SigningKey::from_seed([7; 32]);
        assert_eq!(format!("{key:?}"), format!("SigningKey(PublicKey({}))", key.public().hash()));
    }

    proptest! {
        #[test]
        fn one_flipped_bit_breaks_it(seed: [u8; 32], message in prop::collection::vec(any::<u8>(), 1..64), at: prop::sample::Index, bit in 0..8u8) {
            let key = SigningKey::from_seed(seed);
            let signature = key.sign(&message);
            prop_assert!(key.public().verify(&message, &signature).is_ok());
            let (mut other, mut forged) = (message.clone(), signature);
            other[at.index(message.len())] ^= 1 << bit;
            forged[at.index(64)] ^= 1 << bit;
            prop_assert!(key.public().verify(&other, &signature).is_err());
            prop_assert!(key.public().verify(&message, &forged).is_err());
        }
    }
}
