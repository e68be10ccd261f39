//! Reads a signed token: whose signature, for whom, for which question, and when. Nothing in it counts before all of that is right.

use habeas_core::law::provider::Provider;
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    ClaimsVerificationError, ClientId, IdTokenVerifier, IssuerUrl, Nonce, SignatureVerificationError,
    core::{CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJwsSigningAlgorithm},
};
use serde_json::{Map, Value};

use super::{FRESH, LEEWAY, Trouble};

/// What a token says.
pub(super) type Claims = Map<String, Value>;

/// Signatures with a key that only the provider has. None that our own password could make, and not `none`.
pub(super) const SIGNED: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
];

/// Headers by which a token would bring or name a key of its own. They are never looked at; a token that has one means no good.
pub(super) const OWN_KEYS: [&str; 4] = ["jwk", "jku", "x5u", "x5c"];

/// Why a token was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is signed with a key that is not known (yet).
    Key,
    /// Anything else, by its code.
    Wrong(&'static str),
}

impl From<Unread> for Trouble {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Key => Self::Wrong("key"),
            Unread::Wrong(code) => Self::Wrong(code),
        }
    }
}

/// What a token says, if it may be believed.
pub(super) fn read(
    token: &CoreIdToken,
    keys: &CoreJsonWebKeySet,
    provider: &Provider,
    nonce: &str,
    now: Timestamp,
) -> Result<Claims, Unread> {
    let text = token.to_string();
    let mut parts = text.split('.').map(part);
    let (Some(Some(header)), Some(Some(claims))) = (parts.next(), parts.next()) else { return Err(Unread::Wrong("token")) };
    if OWN_KEYS.iter().any(|name| header.contains_key(*name)) {
        return Err(Unread::Wrong("own-key"));
    }
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|_| Unread::Wrong("issuer"))?;
    // As a public client: then no password is a key, whatever the token calls its signature.
    let verifier: CoreIdTokenVerifier<'_> =
        IdTokenVerifier::new_public_client(ClientId::new(provider.client_id.clone()), issuer, keys.clone())
            .set_allowed_algs(SIGNED)
            .set_time_fn(move || chrono::DateTime::from_timestamp((now - LEEWAY).as_second(), 0).unwrap_or_default());
    token.claims(&verifier, &Nonce::new(nonce.to_owned())).map_err(|error| unread(&error))?;
    if ["nbf", "iat"].iter().any(|name| time(&claims, name).is_some_and(|from| from > now + LEEWAY)) {
        return Err(Unread::Wrong("not-yet"));
    }
    match claims.get("azp") {
        Some(asker) if asker.as_str() != Some(provider.client_id.as_str()) => Err(Unread::Wrong("audience")),
        _ => Ok(claims),
    }
}

fn unread(error: &ClaimsVerificationError) -> Unread {
    use SignatureVerificationError::{AmbiguousKeyId, DisallowedAlg, NoMatchingKey, NoSignature, UnsupportedAlg};
    Unread::Wrong(match error {
        ClaimsVerificationError::SignatureVerification(NoMatchingKey) => return Unread::Key,
        ClaimsVerificationError::SignatureVerification(DisallowedAlg(_) | NoSignature | UnsupportedAlg(_)) => "algorithm",
        ClaimsVerificationError::SignatureVerification(AmbiguousKeyId(_)) => "key",
        ClaimsVerificationError::SignatureVerification(_) => "signature",
        ClaimsVerificationError::Expired(_) => "expired",
        ClaimsVerificationError::InvalidAudience(_) => "audience",
        ClaimsVerificationError::InvalidIssuer(_) => "issuer",
        ClaimsVerificationError::InvalidNonce(_) => "nonce",
        _ => "token",
    })
}

/// When the person signed in at the provider. It was asked for, so a provider that leaves it out has not done what was asked.
pub(super) fn signed_in_at(claims: &Claims, now: Timestamp) -> Result<Timestamp, Trouble> {
    let at = time(claims, "auth_time").ok_or(Trouble::Stale)?;
    let ago: SignedDuration = now.duration_since(at);
    if ago > FRESH + LEEWAY {
        return Err(Trouble::Stale);
    }
    if ago < -LEEWAY {
        return Err(Trouble::Wrong("not-yet"));
    }
    Ok(at.min(now))
}

pub(super) fn time(claims: &Claims, name: &str) -> Option<Timestamp> {
    let seconds = claims.get(name)?;
    Timestamp::from_second(seconds.as_i64()?).ok()
}

/// A part of a token before its signature.
pub(super) fn part(text: &str) -> Option<Claims> {
    serde_json::from_slice(&data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()
}
