//! The way there and back: what is asked, where nobody may be led, and what the words are worth.

use std::path::Path;

use data_encoding::BASE64;
use habeas_core::law::{
    map::Secret,
    provider::{Alg, Client},
    tier::Tier,
};
use jiff::SignedDuration;
use reqwest::Url;
use serde_json::{Value, json};

use super::{Brought, Journey, Key, PLACES, Providers, Trouble, errand, identifiers, identity, named, now};

fn asks(url: &str, name: &str) -> Vec<String> {
    Url::parse(url).unwrap().query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned()).collect()
}

#[tokio::test]
async fn an_honest_answer_is_a_voucher() {
    let journey = Journey::begin().await;
    let vouched = journey.says(journey.claims()).await.unwrap();
    let it = &vouched.voucher;
    assert_eq!((it.provider.as_str(), it.issuer.as_str(), it.subject.as_str()), ("eid", journey.provider.issuer.as_str(), "7"));
    assert_eq!((it.tier, vouched.at), (Tier::Substantial, now() - SignedDuration::from_secs(20)));
    assert_eq!(identifiers(&vouched), [("customer_number", "K-1"), ("email", "kari@example.no")].into());
}

#[tokio::test]
async fn a_browser_is_sent_with_everything_that_binds_it() {
    let journey = Journey::begin().await;
    let said = |name| asks(&journey.url, name).join(" ");
    assert!(journey.url.starts_with(&format!("{}/auth?", journey.provider.issuer)));
    assert_eq!((said("response_type"), said("client_id"), said("scope")), ("code".into(), "habeas".into(), "openid email".into()));
    assert_eq!(said("redirect_uri"), "https://privacy.example.no/sign-in/back");
    assert_eq!((said("code_challenge_method"), said("max_age"), said("ui_locales")), ("S256".into(), "300".into(), "nb".into()));
    assert_eq!(said("acr_values"), "substantial high", "what is enough, and the weakest of it first");
    assert_eq!((said("state"), said("nonce")), (journey.ticket.state.clone(), journey.ticket.nonce.clone()));
    assert!(!journey.url.contains(&journey.ticket.verifier), "the verifier stays at home");
    assert_eq!(said("prompt"), "");
    let (again, ticket) = journey.providers.begin(super::Errand { again: true, ..errand(Tier::High) }, now()).await.unwrap();
    let again = |name| asks(&again, name).join("");
    assert_eq!((again("prompt"), again("max_age"), again("acr_values")), ("login".into(), "0".into(), "high".into()));
    assert_ne!((ticket.state, ticket.nonce, ticket.verifier), (journey.ticket.state, journey.ticket.nonce, journey.ticket.verifier));
}

#[tokio::test]
async fn the_code_is_shown_with_the_verifier_and_our_password() {
    let journey = Journey::begin().await;
    journey.says(journey.claims()).await.unwrap();
    let asked = journey.provider.asked("/token").remove(0);
    let password = form_encoded(&crate::config::secret(&Secret::Env("PATH".into()), Path::new("/")).unwrap());
    assert!(asked.contains(&format!("Basic {}", BASE64.encode(format!("habeas:{password}").as_bytes()))), "{asked}");
    for part in ["code=code", "grant_type=authorization_code", &format!("code_verifier={}", journey.ticket.verifier)] {
        assert!(asked.contains(part), "{asked}");
    }
}

/// As RFC 6749 writes a password before it goes into a header.
fn form_encoded(text: &str) -> String {
    let mut url = Url::parse("http://x/").unwrap();
    url.query_pairs_mut().append_pair("p", text);
    url.query().unwrap().trim_start_matches("p=").to_owned()
}

#[tokio::test]
async fn a_key_of_ours_takes_the_place_of_a_password() {
    for (alg, command) in [(Alg::Es256, ["EC", "ec_paramgen_curve:P-256"].as_slice()), (Alg::EdDsa, ["ed25519"].as_slice())] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key.pem");
        let mut openssl = std::process::Command::new("openssl");
        openssl.args(["genpkey", "-algorithm", command[0], "-out"]).arg(&file);
        if let Some(option) = command.get(1) {
            openssl.args(["-pkeyopt", option]);
        }
        assert!(openssl.output().unwrap().status.success());
        let client = Client::Key { at: Secret::File(file.display().to_string()), alg, kid: Some("mine".into()) };
        let journey = Journey::begin_as(client).await;
        journey.says(journey.claims()).await.unwrap();
        journey.providers.redeem(&journey.ticket, journey.brought(), now()).await.unwrap();
        let asked = journey.provider.asked("/token");
        let assertion = |asked: &String| Url::parse(&format!("http://x/?{}", asked.rsplit(' ').next().unwrap())).unwrap();
        let shown: Vec<_> = asked.iter().map(|asked| asks(assertion(asked).as_str(), "client_assertion").remove(0)).collect();
        assert_ne!(shown[0], shown[1], "each is good for one use");
        assert!(!asked[0].contains("authorization: Basic"));
        let part = |index: usize| -> Value {
            let part = shown[0].split('.').nth(index).unwrap().as_bytes();
            serde_json::from_slice(&data_encoding::BASE64URL_NOPAD.decode(part).unwrap()).unwrap()
        };
        assert_eq!((part(0)["alg"].as_str(), part(0)["kid"].as_str()), (Some(alg.name()), Some("mine")));
        let claims = part(1);
        assert_eq!((claims["iss"].as_str(), claims["sub"].as_str()), (Some("habeas"), Some("habeas")));
        assert_eq!(claims["aud"].as_str(), Some(journey.provider.issuer.as_str()));
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 60);
    }
}

#[tokio::test]
async fn a_missing_secret_is_said_and_nothing_is_sent() {
    let journey = Journey::begin_as(Client::Secret(Secret::Env("HABEAS_NOT_SET_ANYWHERE".to_owned()))).await;
    assert_eq!(journey.says(journey.claims()).await, Err(Trouble::Down("no-secret")));
    assert!(journey.provider.asked("/token").is_empty());
}

#[tokio::test]
async fn a_mailbox_counts_only_where_it_is_verified() {
    let journey = Journey::begin().await;
    for unverified in [json!(false), json!("true"), json!(1), Value::Null] {
        let said = journey.says(journey.with("email_verified", unverified.clone())).await;
        match said {
            Ok(vouched) => assert_eq!(identifiers(&vouched), [("customer_number", "K-1")].into(), "{unverified}"),
            Err(trouble) => assert_eq!(trouble, Trouble::Wrong("no-token"), "{unverified}"),
        }
    }
    journey.provider.change(|says| says.userinfo = Some(json!({"sub": "7"})));
    let mut claims = journey.with("email_verified", json!(false));
    claims.as_object_mut().unwrap().remove("customer_no");
    assert_eq!(journey.says(claims).await, Err(Trouble::Nobody));
    for bad in [json!("%"), json!(""), json!(["K-1"]), json!({"a": 1}), json!(-1)] {
        let vouched = journey.says(journey.with("customer_no", bad.clone())).await.unwrap();
        assert_eq!(identifiers(&vouched), [("email", "kari@example.no")].into(), "{bad}");
    }
    let number = journey.says(journey.with("customer_no", json!(10_042))).await.unwrap();
    assert_eq!(identifiers(&number)["customer_number"], "10042");
}

/// What a provider does not say is the lowest.
#[tokio::test]
async fn how_sure_a_provider_is_is_read_from_its_words() {
    let journey = Journey::begin().await;
    for (acr, amr, tier) in [
        (json!("high"), json!(["pwd"]), Tier::High),
        (json!("low"), json!(["pwd"]), Tier::SecondItem),
        (json!("low"), json!(["pwd", "otp"]), Tier::TwoChannels),
        (json!("HIGH"), json!([]), Tier::Mailbox),
        (Value::Null, Value::Null, Tier::Mailbox),
    ] {
        let mut claims = journey.with("acr", acr);
        claims["amr"] = amr;
        if claims["amr"].is_null() {
            claims.as_object_mut().unwrap().remove("amr");
        }
        assert_eq!(journey.says(claims).await.unwrap().voucher.tier, tier);
    }
}

#[tokio::test]
async fn ab04_the_same_subject_of_another_issuer_is_another_person() {
    let (one, other) = (Journey::begin().await, Journey::begin().await);
    let (one, other) = (one.says(one.claims()).await.unwrap().voucher, other.says(other.claims()).await.unwrap().voucher);
    assert_eq!(one.subject, other.subject);
    assert_ne!((&one.issuer, &one.subject), (&other.issuer, &other.subject));
}

#[tokio::test]
async fn what_the_token_leaves_out_is_asked_for_and_belongs_to_the_same_person() {
    let journey = Journey::begin().await;
    let bare = journey.with("customer_no", Value::Null);
    journey
        .provider
        .change(|says| says.userinfo = Some(json!({"sub": "7", "customer_no": "K-2", "acr": "high", "email": "ola@example.no"})));
    let vouched = journey.says(bare.clone()).await.unwrap();
    assert_eq!(identifiers(&vouched), [("customer_number", "K-2"), ("email", "kari@example.no")].into(), "what is signed wins");
    assert_eq!(vouched.voucher.tier, Tier::Substantial);
    for other in [json!({"sub": "8", "customer_no": "K-2"}), json!({"customer_no": "K-2"})] {
        journey.provider.change(|says| says.userinfo = Some(other));
        assert_eq!(journey.says(bare.clone()).await, Err(Trouble::Wrong("subject")));
    }
    let mut bare = bare;
    bare.as_object_mut().unwrap().remove("email_verified");
    journey
        .provider
        .change(|says| says.userinfo = Some(json!({"sub": "7", "customer_no": "K-2", "email": "o@example.no", "email_verified": true})));
    let vouched = journey.says(bare).await.unwrap();
    assert_eq!(identifiers(&vouched), [("customer_number", "K-2")].into(), "one place's yes does not verify another's address");
}

#[tokio::test]
async fn a_provider_that_fails_or_leads_elsewhere_is_told_apart() {
    let journey = Journey::begin().await;
    let token = journey.key.signs(&journey.claims(), &[]);
    for (status, trouble) in [(400, Trouble::Wrong("code-refused")), (302, Trouble::Wrong("redirected")), (503, Trouble::Down("failing"))] {
        journey.provider.change(|says| says.status = status);
        assert_eq!(journey.comes_back_with(token.clone()).await, Err(trouble));
    }
    for (error, trouble) in [
        ("access_denied", Trouble::Declined),
        ("login_required", Trouble::Declined),
        ("<b>anything</b>", Trouble::Declined),
        ("temporarily_unavailable", Trouble::Down("failing")),
        ("invalid_scope", Trouble::Wrong("request-refused")),
    ] {
        let brought = Brought { code: None, error: Some(error), ..journey.brought() };
        assert_eq!(journey.providers.redeem(&journey.ticket, brought, now()).await, Err(trouble), "{error}");
    }
    assert_eq!(
        journey.providers.begin(super::Errand { provider: "other", ..errand(Tier::High) }, now()).await.unwrap_err(),
        Trouble::Unknown
    );
}

#[tokio::test]
async fn what_a_provider_says_about_itself_is_looked_at() {
    let journey = Journey::begin().await;
    let named = named(&journey.provider.issuer, Client::Secret(Secret::Env("PATH".to_owned())));
    for (name, value, trouble) in [
        ("issuer", json!("https://evil.example"), Trouble::Wrong("issuer")),
        ("token_endpoint", json!("https://169.254.169.254/token"), Trouble::Wrong("endpoint-inside")),
        ("token_endpoint", json!("https://10.0.0.1/token"), Trouble::Wrong("endpoint-inside")),
        ("jwks_uri", json!("http://eid.example/jwks"), Trouble::Wrong("endpoint-elsewhere")),
        ("userinfo_endpoint", json!("https://me@eid.example/me"), Trouble::Wrong("endpoint-elsewhere")),
        ("authorization_endpoint", json!("http://eid.example/auth"), Trouble::Wrong("endpoint-elsewhere")),
        ("authorization_endpoint", json!("javascript:alert(1)"), Trouble::Wrong("endpoint-elsewhere")),
        ("token_endpoint", Value::Null, Trouble::Wrong("metadata")),
    ] {
        let fresh = Providers::new(&identity(named.clone()), PLACES, Path::new("/nowhere"));
        let honest = journey.provider.says.lock().unwrap().metadata.clone();
        journey.provider.change(|says| says.metadata[name] = value.clone());
        assert_eq!(fresh.begin(errand(Tier::High), now()).await.unwrap_err(), trouble, "{name}: {value}");
        journey.provider.change(|says| says.metadata = honest);
        assert!(fresh.begin(errand(Tier::High), now()).await.is_ok(), "a failure is not remembered");
    }
    let gone = super::named("http://127.0.0.1:1", Client::Secret(Secret::Env("PATH".to_owned())));
    let gone = Providers::new(&identity(gone), PLACES, Path::new("/nowhere"));
    assert_eq!(gone.begin(errand(Tier::High), now()).await.unwrap_err(), Trouble::Down("unreachable"));
}

/// ASVS 6.8.4: a second factor counts where the provider says that it asked for one, and nowhere else.
#[tokio::test]
async fn a_colleague_is_known_by_subject_factors_and_groups() {
    let journey = Journey::begin_for_staff().await;
    let known = async |change: &[(&str, Value)]| {
        let mut claims = journey.with("groups", json!([]));
        for (name, value) in change {
            claims[*name] = value.clone();
        }
        journey.provider.change(|says| says.token = journey.key.signs(&claims, &[]));
        journey.providers.redeem_colleague(&journey.ticket, journey.brought(), now()).await.unwrap()
    };
    let it = known(&[("amr", json!(["pwd", "mfa"])), ("groups", json!(["leads", 7, "others"])), ("sid", json!("s-1"))]).await;
    assert_eq!((it.elsewhere.subject.as_str(), it.elsewhere.sid.as_deref(), it.is_strong), ("7", Some("s-1"), true));
    assert_eq!(it.roles, Some(["privacy-lead".to_owned()].into()));
    assert!(known(&[("acr", json!("phr"))]).await.is_strong);
    for weak in [[("amr", json!(["pwd"]))], [("amr", json!([]))], [("acr", json!("high"))]] {
        assert!(!known(&weak).await.is_strong, "{weak:?}");
    }
    assert_eq!(known(&[("groups", json!("leads"))]).await.roles, Some(["privacy-lead".to_owned()].into()));
    for none in [json!({"leads": true}), json!(null), json!([["leads"]])] {
        assert_eq!(known(&[("groups", none)]).await.roles, Some([].into()));
    }
    assert_eq!(
        journey.providers.redeem(&journey.ticket, journey.brought(), now()).await,
        Err(Trouble::Unknown),
        "it vouches for no customer"
    );
    assert!(asks(&journey.url, "redirect_uri").join("").starts_with("https://desk.example.no/desk/sign-in/back"));
}

#[tokio::test]
async fn what_is_known_is_kept_for_an_hour() {
    let journey = Journey::begin().await;
    let discovered = || journey.provider.asked("/.well-known/openid-configuration").len();
    journey.providers.begin(errand(Tier::High), now() + SignedDuration::from_mins(59)).await.unwrap();
    assert_eq!(discovered(), 1);
    journey.providers.begin(errand(Tier::High), now() + SignedDuration::from_mins(61)).await.unwrap();
    assert_eq!(discovered(), 2);
}

/// The other curve, and what is no signature of ours.
#[tokio::test]
async fn ed25519_is_believed_too() {
    let journey = Journey::begin().await;
    let key = Key::edwards("ed");
    journey.provider.change(|says| says.keys.push(key.public()));
    let later = now() + SignedDuration::from_secs(90);
    journey.provider.change(|says| says.token = key.signs(&journey.claims(), &[]));
    assert!(journey.providers.redeem(&journey.ticket, journey.brought(), later).await.is_ok());
}

/// SSRF by a name: looked at inside the resolver that connects.
#[tokio::test]
async fn a_name_that_leads_into_our_network_is_not_followed() {
    use std::sync::Arc;

    let inside: crate::network::Lookup = Arc::new(|_| Box::pin(async { Ok(vec!["10.0.0.1:0".parse().unwrap()]) }));
    let named = named("https://eid.example", Client::Secret(Secret::Env("PATH".to_owned())));
    let providers = Providers::looking_up(&identity(named), PLACES, Path::new("/nowhere"), &inside);
    assert_eq!(providers.begin(errand(Tier::High), now()).await.unwrap_err(), Trouble::Wrong("endpoint-inside"));
}
