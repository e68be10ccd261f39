//! The ways in which a token, or the browser that brings its code, is forged (ASVS 9.1, 9.2, 10.1, 10.5; RFC 8725, 9207).

use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use habeas_core::law::{map::Secret, tier::Tier};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Brought, Journey, Key, Trouble, errand, now};

/// What is wrong with each, and what the house says.
async fn refused(journey: &Journey, cases: Vec<(&str, String, &'static str)>) {
    for (what, token, code) in cases {
        assert_eq!(journey.comes_back_with(token).await, Err(Trouble::Wrong(code)), "{what}");
    }
    assert!(journey.says(journey.claims()).await.is_ok(), "an honest one is still believed");
}

#[tokio::test]
async fn a_signature_is_the_providers_own_or_none() {
    let journey = Journey::begin().await;
    let claims = journey.claims();
    let honest = journey.key.signs(&claims, &[]);
    let other = journey.key.signs(&journey.with("sub", json!("8")), &[]);
    let (signed, signature) = honest.rsplit_once('.').unwrap();
    let swapped = format!("{}.{signature}", other.rsplit_once('.').unwrap().0);
    let secret = crate::config::secret(&Secret::Env("PATH".into()), Path::new("/")).unwrap().as_bytes().to_vec();
    let mut flipped = BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap();
    flipped[10] ^= 1;
    refused(
        &journey,
        vec![
            ("no signature, as `none`", Key::None.signs(&claims, &[]), "algorithm"),
            ("no signature under an honest header", format!("{signed}."), "signature"),
            ("signed with our password", Key::Shared("one", secret).signs(&claims, &[]), "algorithm"),
            ("the public key as a password", Key::Shared("one", journey.key.point()).signs(&claims, &[]), "algorithm"),
            ("another key under a known name", Key::curve("one").signs(&claims, &[]), "signature"),
            ("another kind of key under a known name", Key::edwards("one").signs(&claims, &[]), "key"),
            ("one bit changed", format!("{signed}.{}", BASE64URL_NOPAD.encode(&flipped)), "signature"),
            ("the signature of another token", swapped, "signature"),
            ("a signature that nobody knows", journey.key.signs(&claims, &[("alg", json!("ES256K"))]), "no-token"),
            ("`None` in other letters", Key::None.signs(&claims, &[("alg", json!("nOnE"))]), "no-token"),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_token_brings_no_key_and_no_demands() {
    let journey = Journey::begin().await;
    let (claims, evil) = (journey.claims(), Key::curve("one"));
    refused(
        &journey,
        vec![
            ("its own key", evil.signs(&claims, &[("jwk", evil.public())]), "own-key"),
            ("where its key is", evil.signs(&claims, &[("jku", json!("https://evil.example/jwks"))]), "own-key"),
            ("where its certificate is", evil.signs(&claims, &[("x5u", json!("https://evil.example/x"))]), "own-key"),
            ("its own certificate", evil.signs(&claims, &[("x5c", json!(["MII"]))]), "own-key"),
            ("an honest one with a key beside it", journey.key.signs(&claims, &[("jwk", evil.public())]), "own-key"),
            ("a path as the name of a key", evil.signs(&claims, &[("kid", json!("../../dev/null"))]), "key"),
            ("what must be understood", journey.key.signs(&claims, &[("crit", json!(["exp"]))]), "token"),
            ("a token inside a token", journey.key.signs(&claims, &[("cty", json!("JWT"))]), "token"),
            ("a token made for something else", journey.key.signs(&claims, &[("typ", json!("logout+jwt"))]), "token"),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_token_is_for_us_and_for_this_question() {
    let journey = Journey::begin().await;
    let at = now().as_second();
    let signed = |name: &str, value: Value| journey.key.signs(&journey.with(name, value), &[]);
    refused(
        &journey,
        vec![
            ("another issuer", signed("iss", json!("https://evil.example")), "issuer"),
            ("an issuer with one letter more", signed("iss", json!(format!("{}/", journey.provider.issuer))), "issuer"),
            ("no issuer", signed("iss", Value::Null), "no-token"),
            ("for somebody else", signed("aud", json!("other")), "audience"),
            ("for us and somebody else", signed("aud", json!(["habeas", "other"])), "audience"),
            ("asked for by somebody else", signed("azp", json!("other")), "audience"),
            ("another nonce", signed("nonce", json!("other")), "nonce"),
            ("no nonce", signed("nonce", Value::Null), "nonce"),
            ("nobody", signed("sub", json!("")), "subject"),
            ("over", signed("exp", json!(at - 61)), "expired"),
            ("not yet", signed("nbf", json!(at + 61)), "not-yet"),
            ("from tomorrow", signed("iat", json!(at + 86_400)), "not-yet"),
            ("signed in tomorrow", signed("auth_time", json!(at + 86_400)), "not-yet"),
        ],
    )
    .await;
    for near in [signed("exp", json!(at - 30)), signed("nbf", json!(at + 30))] {
        assert!(journey.comes_back_with(near).await.is_ok(), "a clock may be a little off");
    }
}

#[tokio::test]
async fn who_signed_in_long_ago_is_asked_again() {
    let journey = Journey::begin().await;
    let ago = |seconds: i64| journey.with("auth_time", json!(now().as_second() - seconds));
    assert_eq!(journey.says(ago(361)).await, Err(Trouble::Stale));
    assert_eq!(journey.says(journey.with("auth_time", Value::Null)).await, Err(Trouble::Stale), "it was asked for, and is not said");
    let vouched = journey.says(ago(200)).await.unwrap();
    assert_eq!(vouched.at, now() - SignedDuration::from_secs(200), "a proof is as old as the sign-in, not as its letter");
}

#[tokio::test]
async fn a_browser_brings_what_its_own_session_waits_for() {
    let journey = Journey::begin().await;
    journey.provider.change(|says| says.token = journey.key.signs(&journey.claims(), &[]));
    let honest = journey.brought();
    let later = now() + SignedDuration::from_mins(16);
    for (brought, at) in [
        (Brought { state: None, ..honest }, now()),
        (Brought { state: Some(""), ..honest }, now()),
        (Brought { state: Some("other"), ..honest }, now()),
        (Brought { code: None, ..honest }, now()),
        (honest, later),
    ] {
        assert_eq!(journey.providers.redeem(&journey.ticket, brought, at).await, Err(Trouble::Lost));
    }
    assert!(journey.provider.asked("/token").is_empty(), "no code was shown to anybody");
    assert!(journey.providers.redeem(&journey.ticket, honest, now()).await.is_ok());
}

/// RFC 9207: an answer of one provider is never shown to another.
#[tokio::test]
async fn answers_of_two_providers_are_not_mixed_up() {
    let journey = Journey::begin().await;
    journey.provider.change(|says| says.token = journey.key.signs(&journey.claims(), &[]));
    let honest = journey.brought();
    let evil = Brought { iss: Some("https://evil.example"), ..honest };
    assert_eq!(journey.providers.redeem(&journey.ticket, evil, now()).await, Err(Trouble::Wrong("mixed-up")));
    let own = Brought { iss: Some(&journey.provider.issuer), ..honest };
    assert!(journey.providers.redeem(&journey.ticket, own, now()).await.is_ok());
    journey.provider.change(|says| says.metadata["authorization_response_iss_parameter_supported"] = json!(true));
    let later = now() + SignedDuration::from_mins(61);
    let (_, ticket) = journey.providers.begin(errand(Tier::Substantial), later).await.unwrap();
    let silent = Brought { state: Some(&ticket.state), ..honest };
    assert_eq!(journey.providers.redeem(&ticket, silent, later).await, Err(Trouble::Wrong("mixed-up")), "it promised to say who it is");
}

#[tokio::test]
async fn a_key_that_nobody_knows_is_asked_for_once() {
    let journey = Journey::begin().await;
    let new = Key::curve("two");
    let token = new.signs(&journey.claims(), &[]);
    assert_eq!(journey.comes_back_with(token.clone()).await, Err(Trouble::Wrong("key")), "keys that were just read are not read again");
    assert_eq!(journey.provider.asked("/jwks").len(), 1);
    journey.provider.change(|says| says.keys = vec![new.public()]);
    let later = now() + SignedDuration::from_secs(90);
    let mut claims = journey.claims();
    claims["exp"] = json!(later.as_second() + 60);
    journey.provider.change(|says| says.token = new.signs(&claims, &[]));
    assert!(journey.providers.redeem(&journey.ticket, journey.brought(), later).await.is_ok(), "the provider has changed its key");
    journey.provider.change(|says| says.token = Key::curve("three").signs(&claims, &[]));
    assert_eq!(journey.providers.redeem(&journey.ticket, journey.brought(), later).await, Err(Trouble::Wrong("key")));
    assert_eq!(journey.provider.asked("/jwks").len(), 2, "whoever invents names of keys does not make us ask and ask");
}
