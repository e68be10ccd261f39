//! Proves to a provider that it is us, with a key that never leaves us (`private_key_jwt`, RFC 7523).

use data_encoding::{BASE64, BASE64URL_NOPAD};
use habeas_core::law::provider::Alg;
use jiff::Timestamp;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair},
};
use serde_json::json;
use zeroize::Zeroizing;

use super::Trouble;
use crate::chance::Chance;

pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// How many seconds it is good for; it is used at once.
const LIFE: i64 = 60;

/// Signs who we are, for one use.
pub(super) fn sign(pem: &str, alg: Alg, kid: Option<&str>, client_id: &str, issuer: &str, now: Timestamp) -> Result<String, Trouble> {
    let id = Chance.id().map_err(|_| Trouble::Down("no-chance"))?;
    let mut header = json!({"alg": alg.name(), "typ": "JWT"});
    if let (Some(kid), Some(header)) = (kid, header.as_object_mut()) {
        header.insert("kid".to_owned(), kid.into());
    }
    let at = now.as_second();
    let claims = json!({"iss": client_id, "sub": client_id, "aud": issuer, "jti": id, "iat": at, "exp": at + LIFE});
    let encode = |part: &serde_json::Value| BASE64URL_NOPAD.encode(part.to_string().as_bytes());
    let signed = format!("{}.{}", encode(&header), encode(&claims));
    let signature = signature(pem, alg, signed.as_bytes()).ok_or(Trouble::Down("bad-key"))?;
    Ok(format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature)))
}

fn signature(pem: &str, alg: Alg, text: &[u8]) -> Option<Vec<u8>> {
    let key = der(pem)?;
    Some(match alg {
        Alg::Es256 => {
            let chance = SystemRandom::new();
            let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &key, &chance).ok()?;
            key.sign(&chance, text).ok()?.as_ref().to_vec()
        }
        Alg::EdDsa => Ed25519KeyPair::from_pkcs8_maybe_unchecked(&key).ok()?.sign(text).as_ref().to_vec(),
    })
}

/// The bytes of a PKCS #8 key in its PEM coat.
fn der(pem: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (_, inside) = pem.split_once("-----BEGIN PRIVATE KEY-----")?;
    let (inside, _) = inside.split_once("-----END PRIVATE KEY-----")?;
    let plain: Zeroizing<String> = Zeroizing::new(inside.split_whitespace().collect());
    BASE64.decode(plain.as_bytes()).ok().map(Zeroizing::new)
}
