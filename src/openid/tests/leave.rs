//! Signing out: which words of a provider end sessions, and the many that must not (`OpenID` Connect Back-Channel Logout 1.0, 2.6).

use std::path::Path;

use habeas_core::law::{lang::Lang, map::Secret, provider::Elsewhere};
use jiff::SignedDuration;
use reqwest::Url;
use serde_json::{Value, json};

use super::{Journey, Key, SignedOut, Trouble, Who, now};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
const TYPE: (&str, &str) = ("typ", "logout+jwt");

/// Signed by this key, as what it should be, with some headers beside its own.
fn by(key: &Key, word: &Value, headers: &[(&str, Value)]) -> String {
    key.signs(word, &[&[(TYPE.0, json!(TYPE.1))], headers].concat())
}

/// What an honest provider says when Kari has signed out.
fn word(journey: &Journey) -> Value {
    let at = now().as_second();
    json!({
        "iss": journey.provider.issuer, "aud": "habeas", "iat": at, "exp": at + 120, "jti": "one", "sub": "7", "sid": "s-1",
        "events": {EVENT: {}},
    })
}

fn with(journey: &Journey, name: &str, value: Value) -> Value {
    let mut word = word(journey);
    match value {
        Value::Null => word.as_object_mut().unwrap().remove(name),
        value => word.as_object_mut().unwrap().insert(name.to_owned(), value),
    };
    word
}

fn signed(journey: &Journey, word: &Value) -> String {
    by(&journey.key, word, &[])
}

async fn heard(journey: &Journey, token: &str) -> Result<SignedOut, Trouble> {
    journey.providers.signed_out("eid", Who::Person, token, now()).await
}

async fn refused(journey: &Journey, cases: Vec<(&str, String, &'static str)>) {
    for (what, token, code) in cases {
        assert_eq!(heard(journey, &token).await, Err(Trouble::Wrong(code)), "{what}");
    }
    assert!(heard(journey, &signed(journey, &word(journey))).await.is_ok(), "an honest one is still believed");
}

#[tokio::test]
async fn an_honest_word_says_who_has_left() {
    let journey = Journey::begin().await;
    let it = heard(&journey, &signed(&journey, &word(&journey))).await.unwrap();
    assert_eq!((it.provider.as_str(), it.issuer.as_str()), ("eid", journey.provider.issuer.as_str()));
    assert_eq!((it.subject.as_deref(), it.sid.as_deref(), it.jti.as_str()), (Some("7"), Some("s-1"), "one"));
    assert!(it.until > now() + SignedDuration::from_mins(5), "it is remembered as long as it would be believed");
    for (name, left) in [("sub", (false, true)), ("sid", (true, false))] {
        let it = heard(&journey, &signed(&journey, &with(&journey, name, Value::Null))).await.unwrap();
        assert_eq!((it.subject.is_some(), it.sid.is_some()), left);
    }
    for kind in [json!("Logout+JWT"), json!("application/logout+jwt")] {
        assert!(heard(&journey, &journey.key.signs(&word(&journey), &[("typ", kind)])).await.is_ok());
    }
    assert!(heard(&journey, &signed(&journey, &with(&journey, "aud", json!(["habeas"])))).await.is_ok());
}

#[tokio::test]
async fn a_word_is_the_providers_own() {
    let journey = Journey::begin().await;
    let (word, evil) = (word(&journey), Key::curve("one"));
    let secret = crate::config::secret(&Secret::Env("PATH".into()), Path::new("/")).unwrap().as_bytes().to_vec();
    let honest = signed(&journey, &word);
    let (body, signature) = honest.rsplit_once('.').unwrap();
    let other = signed(&journey, &with(&journey, "sub", json!("8")));
    refused(
        &journey,
        vec![
            ("no signature, as `none`", by(&Key::None, &word, &[]), "algorithm"),
            ("`None` in other letters", by(&Key::None, &word, &[("alg", json!("nOnE"))]), "algorithm"),
            ("no signature under an honest header", format!("{body}."), "signature"),
            ("signed with our password", by(&Key::Shared("one", secret), &word, &[]), "algorithm"),
            ("the public key as a password", by(&Key::Shared("one", journey.key.point()), &word, &[]), "algorithm"),
            ("another key under a known name", by(&evil, &word, &[]), "signature"),
            ("another kind of key under a known name", by(&Key::edwards("one"), &word, &[]), "signature"),
            ("a key that nobody knows", by(&Key::curve("two"), &word, &[]), "key"),
            ("the signature of another word", format!("{}.{signature}", other.rsplit_once('.').unwrap().0), "signature"),
            ("its own key", by(&evil, &word, &[("jwk", evil.public())]), "own-key"),
            ("where its key is", by(&evil, &word, &[("jku", json!("https://evil.example/jwks"))]), "own-key"),
            ("what must be understood", by(&journey.key, &word, &[("crit", json!(["exp"]))]), "token"),
            ("a token of another kind", journey.key.signs(&word, &[(TYPE.0, json!("at+jwt"))]), "token"),
            ("a token of any kind", journey.key.signs(&word, &[(TYPE.0, json!("JWT"))]), "token"),
            ("a token of no kind", journey.key.signs(&word, &[]), "token"),
            ("nothing", String::new(), "token"),
            ("no token", "a.b.c".to_owned(), "token"),
            ("too much", format!("{honest}{}", "A".repeat(20_000)), "too-large"),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_word_is_for_us_of_now_and_about_a_sign_out() {
    let journey = Journey::begin().await;
    let at = now().as_second();
    let changed = |name: &str, value: Value| signed(&journey, &with(&journey, name, value));
    let mut nobody = word(&journey);
    let mut old = with(&journey, "iat", json!(at - 361));
    old["exp"] = json!(at + 1_000_000_000);
    nobody.as_object_mut().unwrap().retain(|name, _| !["sub", "sid"].contains(&name.as_str()));
    refused(
        &journey,
        vec![
            ("another issuer", changed("iss", json!("https://evil.example")), "issuer"),
            ("for somebody else", changed("aud", json!("other")), "audience"),
            ("for us and somebody else", changed("aud", json!(["habeas", "other"])), "audience"),
            ("for nobody", changed("aud", Value::Null), "audience"),
            ("with a nonce", changed("nonce", json!("n")), "nonce"),
            ("with an empty nonce", changed("nonce", json!("")), "nonce"),
            ("about nothing", changed("events", Value::Null), "event"),
            ("about something else", changed("events", json!({"http://evil.example/event": {}})), "event"),
            ("an event that is no object", changed("events", json!({EVENT: true})), "event"),
            ("a list of events", changed("events", json!([EVENT])), "event"),
            ("about nobody", signed(&journey, &nobody), "subject"),
            ("without a name", changed("jti", Value::Null), "token"),
            ("a name without end", changed("jti", json!("j".repeat(300))), "token"),
            ("over", changed("exp", json!(at - 61)), "expired"),
            ("never over", changed("exp", Value::Null), "token"),
            ("old, and good for years", signed(&journey, &old), "expired"),
            ("without a time", changed("iat", Value::Null), "token"),
            ("from tomorrow", changed("iat", json!(at + 86_400)), "not-yet"),
            ("a token for signing in", journey.key.signs(&journey.claims(), &[]), "token"),
            ("one that says it is more", signed(&journey, &journey.claims()), "nonce"),
        ],
    )
    .await;
    assert_eq!(
        journey.providers.signed_out("eid", Who::Colleague, &signed(&journey, &word(&journey)), now()).await,
        Err(Trouble::Unknown),
        "a provider of the portal has no say at the desk's address"
    );
}

#[tokio::test]
async fn a_browser_is_led_to_sign_out_there_too() {
    let journey = Journey::begin().await;
    let at = Elsewhere {
        provider: "eid".to_owned(),
        issuer: journey.provider.issuer.clone(),
        subject: "7".to_owned(),
        sid: None,
        hint: "a.b.c".to_owned(),
    };
    assert_eq!(journey.providers.way_out(&at, Lang::Nl, now()).await, None, "it has no such page");
    journey
        .provider
        .change(|says| says.metadata["end_session_endpoint"] = json!(format!("{}/end", says.metadata["issuer"].as_str().unwrap())));
    let later = now() + SignedDuration::from_mins(61);
    let url = Url::parse(&journey.providers.way_out(&at, Lang::Nl, later).await.unwrap()).unwrap();
    let said = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default();
    assert_eq!(url.path(), "/end");
    assert_eq!((said("id_token_hint"), said("client_id"), said("state")), ("a.b.c".into(), "habeas".into(), "nl".into()));
    assert_eq!(said("post_logout_redirect_uri"), "https://privacy.example.no/sign-in/out");
    let gone = Elsewhere { provider: "gone".to_owned(), ..at };
    assert_eq!(journey.providers.way_out(&gone, Lang::Nl, later).await, None, "the folder names it no more");
}
