//! What a bad system, a bad data map or a bad name could try.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use habeas_core::law::record::{Key, Value};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::dns::Resolve;
use serde_json::json;
use tokio_rustls::rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use super::{
    super::gate::{Gate, Lookup},
    server::{Asked, Reply, Server},
    shop::{Shop, about, about_kari, caps, desk, desk_looking_up, map},
};
use crate::connector::{
    Caps, Cause, Connector, Kind, Matching,
    leave::Free,
    tests::house::{cleared, delete, id, part, text},
};

/// A resolver that answers the same, or one thing after the other.
fn resolver(answers: &'static [&'static [&'static str]]) -> Lookup {
    let turn = Arc::<AtomicUsize>::default();
    Arc::new(move |_| {
        let at = turn.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        let found = answers[at].iter().map(|address| SocketAddr::new(address.parse().unwrap(), 0)).collect();
        Box::pin(async move { Ok(found) })
    })
}

/// The certificate of a name, as PEM, and a server's settings with it.
fn certificate(name: &str) -> (String, ServerConfig) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions().unwrap();
    let pem = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        data_encoding::BASE64
            .encode(cert.der())
            .as_bytes()
            .chunks(64)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect::<Vec<_>>()
            .join("\n")
    );
    (pem, config.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap())
}

#[tokio::test]
async fn ab21_an_address_inside_is_never_called() {
    for base in [
        "https://127.0.0.1",
        "https://[::1]",
        "https://[::ffff:127.0.0.1]",
        "https://169.254.169.254",
        "https://0x7f000001",
        "https://0x7f.1",
        "https://2130706433",
        "https://0177.0.0.1",
        "https://[::]",
        "https://0.0.0.0",
        "https://10.0.0.1",
        "https://192.168.0.1",
        "https://[fd00::1]",
        "https://[fe80::1]",
        "https://127\u{3002}0\u{3002}0\u{3002}1",
        "https://\u{2460}27.0.0.1",
        "https://localhost",
    ] {
        let error = desk(&map(base), &[], caps()).find(&about_kari()).await.unwrap_err();
        assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::Inside), "{base}");
    }
    // Metadata of a cloud is no system of anybody, wherever it is asked from.
    for base in ["https://169.254.169.254", "https://[fe80::1]", "https://0.0.0.0"] {
        let map = map(base).replace("    errors:\n", "    private: true\n    errors:\n");
        assert_eq!(desk(&map, &[], caps()).find(&about_kari()).await.unwrap_err().source, Cause::Inside, "{base}");
    }
}

#[tokio::test]
async fn a_name_is_looked_at_when_it_is_called_and_each_time() {
    let shop = Shop::open();
    let (pem, config) = certificate("api.example");
    let server = Server::secure(config, move |asked| shop.answer(asked)).await;
    let base = format!("https://api.example:{}", server.at.port());
    let found = async |map: &str, lookup: &Lookup| {
        let desk = desk_looking_up(map, &[("ca.pem", &pem)], caps(), lookup);
        desk.find(&about_kari()).await.map(|records| records.len()).map_err(|error| error.source)
    };
    let trusting = map(&base).replace("    errors:\n", "    ca: ca.pem\n    errors:\n");
    let here: &'static [&'static [&'static str]] = &[&["127.0.0.1"]];
    assert_eq!(found(&trusting, &resolver(here)).await, Err(Cause::Inside));
    assert_eq!(found(&trusting, &resolver(&[&["93.184.216.34", "127.0.0.1"]])).await, Err(Cause::Inside), "one among others");
    assert_eq!(found(&trusting, &resolver(&[&["::ffff:10.0.0.1"]])).await, Err(Cause::Inside));
    assert_eq!(server.lines(), [""; 0]);
    let private = trusting.replace("    ca: ca.pem\n", "    ca: ca.pem\n    private: true\n");
    assert_eq!(found(&private, &resolver(here)).await, Ok(1), "unless the connection says so");
    let strangers = private.replace("    ca: ca.pem\n", "");
    assert_eq!(found(&strangers, &resolver(here)).await, Err(Cause::Unproven), "nobody vouches for it");
    let other = private.replace("api.example", "other.example");
    assert_eq!(found(&other, &resolver(here)).await, Err(Cause::Unproven), "the certificate is of another name");
}

#[tokio::test]
async fn ab22_a_name_that_changes_its_mind_is_caught_in_the_resolver() {
    let super::super::Http { api, .. } = desk(&map("https://api.example"), &[], caps()).http;
    let gate = Gate::to(&api, &api.base, &[], resolver(&[&["93.184.216.34"], &["127.0.0.1"]]));
    let resolve = |name: &str| gate.resolve(name.parse().unwrap());
    assert_eq!(resolve("api.example").await.map(Iterator::count).ok(), Some(1));
    assert!(resolve("api.example").await.is_err(), "public then private");
    let gate = Gate::to(&api, &api.base, &[], resolver(&[&["93.184.216.34"]]));
    assert!(gate.resolve("evil.example".parse().unwrap()).await.is_err(), "a name that the connection does not have");
}

#[tokio::test]
async fn ab23_nobody_is_followed() {
    let trap = Server::start(|_: &Asked| Reply::json(200, &json!([]))).await;
    for status in [301, 302, 303, 307, 308] {
        let to = trap.base();
        let server = Server::start(move |_: &Asked| Reply::json(status, &json!({})).with("Location", &to)).await;
        let error = desk(&map(&server.base()), &[], caps()).find(&about_kari()).await.unwrap_err();
        assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::Redirected));
    }
    assert_eq!(trap.lines(), [""; 0]);
}

#[tokio::test]
async fn ab24_no_value_leaves_its_place_in_a_call() {
    let shop = Shop::open();
    let server = shop.serve().await;
    let desk = desk(&map(&server.base()), &[], caps());
    for odd in ["a\r\nX-Admin: yes", "a\nb", "a\0b", "..", "."] {
        let error = desk.find(&about("customers", "id", text(odd), Matching::Exact)).await.unwrap_err();
        assert!(matches!(error.source, Cause::Plan(_)), "{error}");
        assert!(!error.to_string().contains("X-Admin"));
    }
    let key = |key: &str| Key::from([("id".to_owned(), text(key))]);
    for odd in ["", " ", "..", "7\r\n"] {
        let error = desk.erase(&cleared(&part("shop", [delete("customers", key(odd))])), "a", &Free).await.unwrap_err();
        assert!(matches!(error.source, Cause::Plan(_)), "{odd:?}: {error}");
    }
    for odd in [Key::new(), Key::from([("id".to_owned(), Value::Null)]), Key::from([("email".to_owned(), text("x"))])] {
        assert!(matches!(
            desk.erase(&cleared(&part("shop", [delete("customers", odd)])), "a", &Free).await.unwrap_err().source,
            Cause::Plan(_)
        ));
    }
    assert_eq!(server.lines(), [""; 0], "nothing of it was sent");
    let strange = about("customers", "email", text("x&role=admin#?/../%00 é"), Matching::Folded);
    desk.find(&strange).await.unwrap();
    let asked = &server.asked()[0];
    assert_eq!((asked.path(), asked.query("email").as_deref(), asked.query("role")), ("/customers", Some("x&role=admin#?/../%00 é"), None));
}

#[tokio::test]
async fn ab26_an_answer_has_an_end_in_bytes_and_in_time() {
    let head = |length: &str| format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{length}\r\n").into_bytes();
    let small = Caps { bytes: 10_000, ..caps() };
    let hasty = Caps { time: Duration::from_millis(150), ..caps() };
    let much = Cause::TooMuch { collection: "customers".into(), cap: "10000 bytes".into() };
    for (reply, caps, cause) in [
        (Reply::Raw(head("Content-Length: 10737418240\r\n")), small, much.clone()),
        (Reply::Endless(head("")), small, much.clone()),
        (
            Reply::Endless(head("Content-Length: 9000\r\n")),
            small,
            Cause::NotJson("it is not JSON, or it has a key twice, or it is nested too deep"),
        ),
        (Reply::Drip(head("")), hasty, Cause::TooSlow { seconds: 0 }),
        (Reply::Drip(b"HTTP/1.1 200 OK\r\nX: ".to_vec()), hasty, Cause::TooSlow { seconds: 0 }),
        (Reply::Silence, hasty, Cause::TooSlow { seconds: 0 }),
    ] {
        let server = Server::start(move |_: &Asked| reply.clone()).await;
        assert_eq!(desk(&map(&server.base()), &[], caps).find(&about_kari()).await.unwrap_err().source, cause);
    }
    let headers = Server::start(|_: &Asked| Reply::Endless(b"HTTP/1.1 200 OK\r\nX: ".to_vec())).await;
    assert!(desk(&map(&headers.base()), &[], caps()).find(&about_kari()).await.is_err());
}

#[tokio::test]
async fn ab28_json_that_is_a_trap_is_not_read() {
    let row = r#"{"id": 7, "email": "kari@example.no", "name": "x""#;
    for body in [
        format!("[{row}, \"id\": 8}}]"),
        format!("[{row}, \"x\": NaN}}]"),
        format!("[{row}, \"x\": 1e999}}]"),
        format!("[{row}, \"x\": {}{}}}]", "[".repeat(100_000), "]".repeat(100_000)),
        format!("[{row}}}] trailing"),
        format!("\u{feff}[{row}}}]"),
        String::new(),
        "<html>".to_owned(),
    ] {
        let server =
            Server::start(move |_: &Asked| Reply::Whole(200, vec![("Content-Type".into(), "application/json".into())], body.clone())).await;
        let error = desk(&map(&server.base()), &[], caps()).find(&about_kari()).await.unwrap_err();
        assert!(matches!((&error.source, error.kind), (Cause::NotJson(_), Kind::Permanent)), "{error}");
        assert!(!format!("{error:?}").contains("kari"), "{error:?}");
    }
}

#[tokio::test]
async fn only_what_says_that_it_is_json_is_read_as_json() {
    for (kind, is_json) in [
        ("application/json", true),
        ("Application/JSON;charset=utf-8", true),
        ("application/vnd.api+json", true),
        ("text/html", false),
        ("text/json", false),
        ("application/jsonp", false),
        ("", false),
    ] {
        let server = Server::start(move |_: &Asked| Reply::Whole(200, vec![("Content-Type".into(), kind.into())], "[]".into())).await;
        assert_eq!(desk(&map(&server.base()), &[], caps()).find(&about_kari()).await.is_ok(), is_json, "{kind}");
    }
}

#[tokio::test]
async fn ab27_rows_of_other_people_are_thrown_away_and_told() {
    let shop = Shop::open();
    let server = shop.serve().await;
    let desk = desk(&map(&server.base()), &[], caps());
    let ola = json!({"id": 8, "email": "ola@example.no", "name": "Ola"});
    let both = json!([{"id": 7, "email": "kari@example.no"}, ola.clone()]);
    for answer in [both, json!([{"id": 7}]), json!([{"id": 7, "email": null}]), json!([{"id": 7, "email": ["kari@example.no"]}])] {
        shop.trouble(move |_| Some(Reply::json(200, &answer)));
        let error = desk.find(&about_kari()).await.unwrap_err();
        assert_eq!((error.kind, error.source.clone()), (Kind::Permanent, Cause::Others("customers".into())));
        assert!(!format!("{error:?}").contains("ola@"), "{error:?}");
    }
    shop.trouble(move |asked| (asked.method == "GET").then(|| Reply::json(200, &ola)));
    let error = desk.erase(&cleared(&part("shop", [delete("customers", id(7))])), "a", &Free).await.unwrap_err();
    assert_eq!(error.source, Cause::Others("customers".into()));
    shop.trouble(move |_| Some(Reply::json(200, &json!([{"id": 7}, {"id": 7}]))));
    let error = desk.verify(&part("shop", [delete("customers", id(7))])).await.unwrap_err();
    assert_eq!(error.source, Cause::Ambiguous { collection: "customers".into(), rows: 2, planned: 1 });
    shop.no_trouble();
    assert!(shop.held("customers", 7).is_some());
}

#[tokio::test]
async fn an_error_shows_neither_address_nor_value() {
    for base in ["http://127.0.0.1:9", "https://nobody.invalid"] {
        let desk = desk(&map(base), &[], caps());
        let error = desk.find(&about_kari()).await.unwrap_err();
        assert_eq!(error.kind, Kind::Transient, "{error}");
        assert!(!format!("{error} {error:?}").contains("kari"), "{error:?}");
    }
}
