//! Signing out here leads to signing out at the provider, and whoever signs out there is out here (`tests/openid`).

use reqwest::Url;
use rocket::http::ContentType;

use super::{
    browser::{Browser, HOME, Shown},
    openid::{self, Away, onward, provider},
    sign_on::{STRONG, comes, links, working},
};
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    signing_out_leads_to_the_provider_and_back,
    whoever_signs_out_there_is_out_here,
    a_visitor_of_the_portal_is_out_too,
    a_word_that_is_not_believed_ends_nothing,
    a_case_is_found_again_by_signing_in,
}

/// Tells the house what a provider says by itself.
async fn hears(browser: &Browser<'_>, path: &str, token: &str) -> Shown {
    let body = Url::parse_with_params("http://x/", [("logout_token", token)]).unwrap().query().unwrap().to_owned();
    let told = browser.client.post(path.to_owned()).header(ContentType::Form).body(body).dispatch().await;
    Shown::of(path, told).await
}

/// Signs out at the provider, as its page asks. Where it sends the browser, and what it tells the house.
async fn leaves_there(away: &mut Away, url: &str, sub: &str) -> (String, String) {
    let at = Url::parse(url).unwrap();
    let page = away.asks(&at, None).await.unwrap();
    let xsrf = page.split_once("name=\"xsrf\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let confirm = at.join("/session/end/confirm").unwrap();
    let to = away.asks(&confirm, Some(&[("xsrf", &xsrf), ("logout", "yes")])).await.unwrap_err();
    let heard = away.asks(&at.join("/test/heard").unwrap(), None).await.unwrap();
    let says = |token: &&str| {
        let claims = data_encoding::BASE64URL_NOPAD.decode(token.split('.').nth(1).unwrap().as_bytes()).unwrap();
        serde_json::from_slice::<serde_json::Value>(&claims).unwrap()["sub"] == sub
    };
    (to.to_string(), heard.lines().rev().find(says).expect("a logout token").to_owned())
}

/// Where the page after signing out leads.
fn there(shown: &Shown) -> String {
    shown.says(&["You are signed out"]);
    shown.between("content=\"0; url=", "\"").unwrap_or_else(|| panic!("leads nowhere: {shown}")).replace("&amp;", "&")
}

async fn signing_out_leads_to_the_provider_and_back(mut house: TestHouse) {
    working(&mut house, STRONG).await;
    links(&house, "kari", "kari-leaves").await;
    let mut browser = Browser::open(&house).await;
    browser.get("/en/desk/sign-in").await;
    let url = onward(&browser.submit("/en/desk/sign-in/work", &[]).await);
    let mut away = Away::new();
    let back = away.signs_in(&url, &[&[("sub", "kari-leaves"), ("acr", "phr")]]).await;
    browser.get(&back).await.says(&["Queue"]);
    let url = there(&browser.submit("/en/desk/sign-out", &[]).await);
    for part in ["id_token_hint=", "client_id=habeas-desk", "state=en", "post_logout_redirect_uri=https%3A%2F%2Fpersonvern"] {
        assert!(url.contains(part), "{part}: {url}");
    }
    assert_eq!(browser.get("/en/desk/").await.path, "/en/desk/sign-in", "out here, whatever happens there");
    let (to, _) = leaves_there(&mut away, &url, "kari-leaves").await;
    let to = to.strip_prefix(HOME).unwrap_or_else(|| panic!("{to}"));
    assert!(to.starts_with("/desk/sign-in/out") && to.contains("state=en"), "{to}");
    assert_eq!(browser.get(to).await.path, "/en/desk/sign-in");
    // Whoever came by a password is sent nowhere.
    let mut per = Browser::of_staff(&house, "per").await;
    assert_eq!(per.submit("/en/desk/sign-out", &[]).await.path, "/en/desk/sign-in");
}

async fn whoever_signs_out_there_is_out_here(mut house: TestHouse) {
    working(&mut house, STRONG).await;
    links(&house, "kari", "kari-out-there").await;
    let (mut away, mut browsers) = (Away::new(), Vec::new());
    for _ in 0..2 {
        let mut browser = Browser::open(&house).await;
        browser.get("/en/desk/sign-in").await;
        let url = onward(&browser.submit("/en/desk/sign-in/work", &[]).await);
        let says: &[openid::Says<'_>] = if browsers.is_empty() { &[&[("sub", "kari-out-there"), ("acr", "phr")]] } else { &[] };
        let back = away.signs_in(&url, says).await;
        assert_eq!(browser.get(&back).await.path, "/en/desk/");
        browsers.push(browser);
    }
    let (mut elsewhere, _) = comes(&house, &[("sub", "kari-out-there"), ("acr", "phr")]).await;
    let mut by_password = Browser::of_staff(&house, "kari").await;
    let url = there(&browsers.remove(0).submit("/en/desk/sign-out", &[]).await);
    let (_, token) = leaves_there(&mut away, &url, "kari-out-there").await;
    let done = hears(&elsewhere, "/desk/sign-in/work/logout", &token).await;
    assert_eq!((done.status.code, done.headers.get_one("Cache-Control")), (200, Some("no-store")), "{done}");
    assert!(done.bytes.is_empty());
    assert_eq!(browsers[0].get("/en/desk/").await.path, "/en/desk/sign-in", "the same session there");
    assert_eq!(elsewhere.get("/en/desk/").await.path, "/en/desk/", "another session there, in another browser");
    assert_eq!(by_password.get("/en/desk/").await.path, "/en/desk/", "another way in");
    let again = hears(&elsewhere, "/desk/sign-in/work/logout", &token).await;
    assert_eq!((again.status.code, again.headers.get_one("Cache-Control")), (400, Some("no-store")), "a word counts once");
    assert!(again.text().contains("invalid_request") && again.text().contains("token-used"), "{again}");
    assert_eq!(house.facts("signed-out-elsewhere").await.len(), 1);
}

async fn a_visitor_of_the_portal_is_out_too(mut house: TestHouse) {
    openid::trusting(&mut house, openid::PASSWORD).await;
    let kari = house.kari();
    let (mut browser, mut away) = (Browser::open(&house).await, Away::new());
    browser.get("/en/find").await.says(&["Sign in with eID"]);
    let url = onward(&browser.submit("/en/sign-in/eid", &[("back", "cases")]).await);
    let said = serde_json::json!({"customer_no": kari.customer_number, "email": kari.email, "email_verified": true}).to_string();
    let back = away.signs_in(&url, &[&[("sub", "kari-portal-out"), ("acr", "high"), ("claims", &said)]]).await;
    assert_eq!(browser.get(&back).await.path, "/en/cases");
    let mut second = Browser::open(&house).await;
    second.get("/en/find").await;
    let url = onward(&second.submit("/en/sign-in/eid", &[("back", "cases")]).await);
    let back = away.signs_in(&url, &[]).await;
    assert_eq!(second.get(&back).await.path, "/en/cases");
    let url = there(&browser.submit("/en/sign-out", &[]).await);
    let (to, token) = leaves_there(&mut away, &url, "kari-portal-out").await;
    assert_eq!(browser.get(to.strip_prefix(HOME).unwrap()).await.path, "/en/signed-out");
    assert_eq!(second.get("/en/cases").await.path, "/en/cases");
    assert_eq!(hears(&second, "/sign-in/eid/logout", &token).await.status.code, 200);
    assert_eq!(second.get("/en/cases").await.path, "/en/find", "she is out in every browser of that session");
}

/// What a forged word can look like stands in `src/openid/tests/leave.rs`; here is that none of it reaches a session.
async fn a_word_that_is_not_believed_ends_nothing(mut house: TestHouse) {
    working(&mut house, STRONG).await;
    links(&house, "kari", "kari-stays").await;
    let (mut kari, _) = comes(&house, &[("sub", "kari-stays"), ("acr", "phr")]).await;
    let part = |value: serde_json::Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let at = house.now().as_second();
    let event = serde_json::json!({"http://schemas.openid.net/event/backchannel-logout": {}});
    let claims = serde_json::json!({
        "iss": provider(), "aud": "habeas-desk", "iat": at, "exp": at + 60, "jti": "x", "sub": "kari-stays", "events": event,
    });
    let none = format!("{}.{}.", part(serde_json::json!({"alg": "none"})), part(claims));
    for (path, token) in [
        ("/desk/sign-in/work/logout", none.as_str()),
        ("/desk/sign-in/work/logout", ""),
        ("/desk/sign-in/work/logout", "a.b.c"),
        ("/desk/sign-in/nobody/logout", &none),
        ("/sign-in/work/logout", &none),
    ] {
        let told = hears(&kari, path, token).await;
        assert_eq!((told.status.code, told.headers.get_one("Cache-Control")), (400, Some("no-store")), "{path}: {told}");
    }
    let empty = kari.client.post("/desk/sign-in/work/logout").header(ContentType::Form).body("x=y").dispatch().await;
    assert_eq!(empty.status().code, 400);
    drop(empty);
    assert_eq!(kari.get("/en/desk/").await.path, "/en/desk/");
    assert!(house.facts("signed-out-elsewhere").await.is_empty());
}

async fn a_case_is_found_again_by_signing_in(mut house: TestHouse) {
    openid::trusting(&mut house, openid::PASSWORD).await;
    let mut browser = Browser::open(&house).await;
    let find = browser.get("/en/find").await;
    find.says(&["Or sign in", "Sign in with eID", "name=\"back\" value=\"cases\""]);
    let url = onward(&browser.submit("/en/sign-in/eid", &[("back", "cases")]).await);
    let kari = house.kari();
    let said = serde_json::json!({"customer_no": kari.customer_number, "email": kari.email, "email_verified": true}).to_string();
    let back = Away::new().signs_in(&url, &[&[("sub", "kari-finds"), ("acr", "high"), ("claims", &said)]]).await;
    assert_eq!(browser.get(&back).await.path, "/en/cases");
}
