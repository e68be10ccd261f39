//! Who habeas says it is, how fast it may ask, and when it is asked to wait.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::{Value as Json, json};

use super::{
    server::{Asked, Reply, Server},
    shop::{Shop, about_kari, caps, desk, map},
};
use crate::connector::{Caps, Cause, Connector, Kind, tests::house::names};

/// The map with a way of saying who one is.
fn said(base: &str, auth: &str) -> String {
    map(base).replace("    errors:\n", &format!("    auth: {auth}\n    errors:\n"))
}

/// A program that wants to know who asks and for which of its customers.
const BOTH: &str = "[{type: bearer, token: 'file:secret'}, {type: api-key, header: X-Api-Key, key: 'file:secret'}]";

#[tokio::test]
async fn each_way_of_saying_who_one_is_is_sent() {
    let shop = Shop::open();
    let server = shop.serve().await;
    for (auth, header, expected) in [
        ("{type: none}", "authorization", None),
        ("{type: basic, user: ck_1, password: 'file:secret'}", "authorization", Some("Basic Y2tfMTpodW50ZXIy")),
        ("{type: bearer, token: 'file:secret'}", "authorization", Some("Bearer hunter2")),
        ("{type: api-key, header: X-Api-Key, key: 'file:secret'}", "x-api-key", Some("hunter2")),
        (BOTH, "authorization", Some("Bearer hunter2")),
        (BOTH, "x-api-key", Some("hunter2")),
    ] {
        let desk = desk(&said(&server.base(), auth), &[("secret", "hunter2\n")], caps());
        assert_eq!(names(&desk.find(&about_kari()).await.unwrap()), ["shop.customers/7"]);
        assert_eq!(server.asked().last().unwrap().headers.get(header).map(String::as_str), expected, "{auth}");
    }
}

#[tokio::test]
async fn a_secret_that_is_not_there_or_cannot_be_sent_is_named_and_not_shown() {
    let shop = Shop::open();
    let server = shop.serve().await;
    let none = desk(&said(&server.base(), "{type: bearer, token: 'file:secret'}"), &[], caps());
    let error = none.find(&about_kari()).await.unwrap_err();
    assert_eq!((error.kind, error.source), (Kind::Permanent, Cause::NoSecret("file:secret".into())));
    let odd = desk(&said(&server.base(), "{type: bearer, token: 'file:secret'}"), &[("secret", "hunter2\r\nX-Admin: yes")], caps());
    let error = odd.find(&about_kari()).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    assert_eq!(server.lines(), [""; 0]);
}

/// A server that gives out tokens `t1`, `t2`, … and a shop that takes only the newest.
struct Issued {
    issuer: Server,
    shop: Server,
    count: Arc<AtomicUsize>,
}

async fn issue(answer: impl Fn(usize) -> Json + Send + Sync + 'static) -> Issued {
    let count = Arc::<AtomicUsize>::default();
    let (given, taken) = (Arc::clone(&count), Arc::clone(&count));
    let issuer = Server::start(move |_: &Asked| Reply::json(200, &answer(given.fetch_add(1, Ordering::SeqCst) + 1))).await;
    let shop = Shop::open();
    let shop = Server::start(move |asked| {
        let newest = format!("Bearer t{}", taken.load(Ordering::SeqCst));
        if asked.headers.get("authorization") == Some(&newest) { shop.answer(asked) } else { Reply::json(401, &json!({})) }
    })
    .await;
    Issued { issuer, shop, count }
}

impl Issued {
    fn map(&self, more: &str) -> String {
        let auth = format!(
            "{{type: oauth2, token-url: '{}/token', client-id: habeas, client-secret: 'file:secret', scopes: [read, write]{more}}}",
            self.issuer.base()
        );
        said(&self.shop.base(), &auth)
    }
}

fn token(number: usize, life: u64) -> Json {
    json!({"access_token": format!("t{number}"), "token_type": "bearer", "expires_in": life})
}

const FILES: [(&str, &str); 2] = [("secret", "s3"), ("refresh", "r0")];

#[tokio::test]
async fn a_token_is_fetched_once_and_again_when_it_ran_out() {
    let long = issue(|number| token(number, 3600)).await;
    let desk_long = desk(&long.map(""), &FILES, caps());
    for _ in 0..3 {
        assert_eq!(desk_long.find(&about_kari()).await.unwrap().len(), 1);
    }
    let asked = long.issuer.asked();
    assert_eq!((asked.len(), asked[0].line()), (1, "POST /token".to_owned()));
    assert_eq!(asked[0].headers["authorization"], "Basic aGFiZWFzOnMz");
    assert_eq!(asked[0].body, "grant_type=client_credentials&scope=read+write");
    let short = issue(|number| token(number, 1)).await;
    let desk_short = desk(&short.map(""), &FILES, caps());
    for count in 1..=3 {
        desk_short.find(&about_kari()).await.unwrap();
        assert_eq!(short.issuer.lines().len(), count, "one that lives a second is too old for the next call");
    }
}

#[tokio::test]
async fn a_token_is_used_until_its_last_seconds() {
    // Ten seconds before its end it is too old: this one is good for about a second.
    let issued = issue(|number| token(number, 11)).await;
    let desk = desk(&issued.map(""), &FILES, caps());
    desk.find(&about_kari()).await.unwrap();
    desk.find(&about_kari()).await.unwrap();
    let one = issued.issuer.lines().len();
    let until_the_next = async {
        while issued.issuer.lines().len() < 2 {
            desk.find(&about_kari()).await.unwrap();
        }
    };
    let over = tokio::time::timeout(Duration::from_secs(30), until_the_next).await;
    assert_eq!((one, over), (1, Ok(())));
}

#[tokio::test]
async fn a_token_that_was_taken_back_is_renewed_once() {
    let issued = issue(|number| token(number, 3600)).await;
    let desk = desk(&issued.map(""), &FILES, caps());
    desk.find(&about_kari()).await.unwrap();
    issued.count.fetch_add(1, Ordering::SeqCst);
    assert_eq!(desk.find(&about_kari()).await.unwrap().len(), 1);
    assert_eq!(issued.issuer.lines().len(), 2);
    let never = issue(|_| token(99, 3600)).await;
    let error = super::shop::desk(&never.map(""), &FILES, caps()).find(&about_kari()).await.unwrap_err();
    assert_eq!((error.kind, never.issuer.lines().len(), never.shop.lines().len()), (Kind::Denied, 2, 2));
}

#[tokio::test]
async fn a_refresh_token_is_used_and_the_newer_one_after_it() {
    let issued = issue(|number| json!({"access_token": format!("t{number}"), "token_type": "bearer", "expires_in": 1, "refresh_token": format!("r{number}")})).await;
    let map = issued.map(", grant: refresh, refresh-token: 'file:refresh'");
    let first = desk(&map, &FILES, caps());
    for _ in 0..2 {
        first.find(&about_kari()).await.unwrap();
    }
    // Another process, or the same one after a restart, goes on where this one stopped.
    let kept = std::fs::read_to_string(first.file("refresh")).unwrap();
    let second = desk(&map, &[("secret", "s3"), ("refresh", &kept)], caps());
    second.find(&about_kari()).await.unwrap();
    let bodies: Vec<String> = issued.issuer.asked().into_iter().map(|asked| asked.body).collect();
    let sent = |refresh: &str| format!("grant_type=refresh_token&refresh_token={refresh}&scope=read+write");
    assert_eq!(bodies, ["r0", "r1", "r2"].map(sent));
    assert_eq!(std::fs::read_to_string(second.file("refresh")).unwrap(), "r3");
}

#[tokio::test]
async fn a_refresh_token_that_cannot_be_kept_is_good_for_this_process() {
    let issued = issue(|number| json!({"access_token": format!("t{number}"), "token_type": "bearer", "expires_in": 1, "refresh_token": format!("r{number}")})).await;
    let desk = desk(&issued.map(", grant: refresh, refresh-token: 'file:refresh'"), &FILES, caps());
    // A folder stands where the new file would be written.
    std::fs::create_dir(desk.file("refresh.new")).unwrap();
    for _ in 0..2 {
        desk.find(&about_kari()).await.unwrap();
    }
    let bodies: Vec<String> = issued.issuer.asked().into_iter().map(|asked| asked.body).collect();
    assert_eq!(bodies, ["r0", "r1"].map(|refresh| format!("grant_type=refresh_token&refresh_token={refresh}&scope=read+write")));
    assert_eq!(std::fs::read_to_string(desk.file("refresh")).unwrap(), "r0");
}

#[tokio::test]
async fn an_issuer_that_gives_no_token_says_whether_to_come_again() {
    for (reply, kind) in [
        (Reply::json(401, &json!({"error": "invalid_client"})), Kind::Denied),
        (Reply::json(400, &json!({"error": "invalid_grant"})), Kind::Denied),
        (Reply::json(500, &json!({})), Kind::Transient),
        (Reply::json(404, &json!({})), Kind::Permanent),
        (Reply::json(302, &json!({})).with("Location", "http://127.0.0.1:9/"), Kind::Permanent),
        (Reply::json(200, &json!({"token": "t1"})), Kind::Permanent),
        (Reply::Raw(Vec::new()), Kind::Transient),
    ] {
        let told = format!("{reply:?}");
        let bad = Server::start(move |_: &Asked| reply.clone()).await;
        let issued = Issued { issuer: bad, shop: Shop::open().serve().await, count: Arc::default() };
        let error = desk(&issued.map(""), &FILES, caps()).find(&about_kari()).await.unwrap_err();
        assert_eq!((error.kind, issued.shop.lines().len()), (kind, 0), "{told}: {error}");
    }
}

#[tokio::test]
async fn calls_keep_the_pace_that_was_agreed() {
    let server = Shop::open().serve().await;
    let desk = desk(&map(&server.base()).replace("    errors:\n", "    rate: 20\n    errors:\n"), &[], caps());
    let five = async {
        for _ in 0..5 {
            desk.find(&about_kari()).await.unwrap();
        }
    };
    // Four pauses of a twentieth of a second lie between five calls, however fast the machine is.
    assert!(tokio::time::timeout(Duration::from_millis(190), five).await.is_err());
}

#[tokio::test]
async fn who_is_asked_to_wait_waits_or_comes_again() {
    let shop = Shop::open();
    let turns = Arc::<AtomicUsize>::default();
    let count = Arc::clone(&turns);
    let busy = |status: u16, headers: &[(&str, &str)]| {
        headers.iter().fold(Reply::json(status, &json!({})), |reply, (name, value)| reply.with(name, value))
    };
    let server =
        Server::start(
            move |asked| {
                if count.fetch_add(1, Ordering::SeqCst) < 2 { busy(429, &[("Retry-After", "0")]) } else { shop.answer(asked) }
            },
        )
        .await;
    assert_eq!(desk(&map(&server.base()), &[], caps()).find(&about_kari()).await.unwrap().len(), 1);
    assert_eq!(turns.load(Ordering::SeqCst), 3);
    for (status, headers, seconds) in [
        (429, [("Retry-After", "17"), ("X", "")], 17),
        (503, [("Retry-After", "90"), ("X", "")], 90),
        (429, [("X", ""), ("X", "")], 30),
        (429, [("Retry-After", "soon"), ("X", "")], 30),
        (503, [("Retry-After", "Wed, 21 Oct 2026 07:29:00 GMT"), ("Date", "Wed, 21 Oct 2026 07:28:00 GMT")], 60),
        (429, [("Retry-After", "0"), ("X", "")], 0),
    ] {
        let server = Server::start(move |_: &Asked| busy(status, &headers)).await;
        let error = desk(&map(&server.base()), &[], Caps { lock: Duration::from_secs(5), ..caps() }).find(&about_kari()).await.unwrap_err();
        assert_eq!((error.kind, error.source), (Kind::Transient, Cause::Wait { seconds }));
        assert_eq!(server.lines().len(), if seconds == 0 { 3 } else { 1 }, "waiting has an end");
    }
}
