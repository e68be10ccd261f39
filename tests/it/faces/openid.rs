//! Signing in at a real provider (`tests/openid`): from the button to the case, and everything that must not lead there.

use std::collections::BTreeMap;

use habeas_core::law::{lang::Lang, right::Right, tier::Tier};
use reqwest::{
    Client, Method, Request, Url,
    header::{CONTENT_TYPE, COOKIE, HeaderValue, LOCATION, SET_COOKIE},
    redirect::Policy,
};
use rocket::http::Status;

use super::{
    browser::{Browser, HOME, Shown},
    sign_on::account,
};
use crate::house::{database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    an_eid_leads_from_nothing_to_tier_three,
    an_eid_shows_more_where_a_case_asks_for_it,
    ab06_a_weak_sign_in_is_asked_to_be_stronger,
    ab07_who_signed_in_long_ago_signs_in_again,
    ab05_a_mailbox_that_is_not_verified_is_no_mailbox,
    somebody_elses_eid_proves_nothing_about_her,
    what_comes_back_is_used_once_and_in_its_own_browser,
    empty_hands_are_told_what_to_do,
    a_key_of_ours_is_as_good_as_a_password,
    nobody_is_led_elsewhere,
}

/// A check that cannot run must fail.
#[allow(clippy::disallowed_methods, reason = "a test reads no configuration but this")]
pub(super) fn provider() -> String {
    std::env::var("HABEAS_TEST_OIDC").expect("set HABEAS_TEST_OIDC, or run scripts/test, which starts an OpenID provider")
}

/// A house that trusts the provider.
pub(super) async fn trusting(house: &mut TestHouse, client: &str) {
    let kinds = "identity: {email: email, second-items: [customer_number, order_number]}";
    let more = format!(
        "identity:
  email: email
  second-items: [customer_number, order_number]
  providers:
    - id: eid
      label: {{nb: eID, nl: eID, en: eID}}
      issuer: {}
      {client}
      scopes: [email, customer]
      levels: {{acr: {{low: 1, substantial: 3, high: 4}}, amr: {{otp: 2}}}}
      identifiers: {{customer_no: customer_number, email: email}}",
        provider()
    );
    house.writes("oidc-secret", "open sesame\n");
    house.rewrites("organisation.yaml", kinds, &more).await;
}

pub(super) const PASSWORD: &str = "client-id: habeas
      secret: file:oidc-secret";

/// What a person says at the provider's own page.
pub(super) type Says<'s> = &'s [(&'s str, &'s str)];

/// A browser at the provider: it keeps cookies, and stops where it is sent back to us.
pub(super) struct Away {
    client: Client,
    cookies: BTreeMap<String, String>,
}

impl Away {
    pub(super) fn new() -> Self {
        Self { client: Client::builder().redirect(Policy::none()).no_proxy().build().unwrap(), cookies: BTreeMap::new() }
    }

    /// Where one request leads; nothing: it is a page.
    async fn once(&mut self, at: &Url, form: Option<Says<'_>>) -> Option<Url> {
        self.asks(at, form).await.err()
    }

    /// The page at an address, or where it leads instead.
    pub(super) async fn asks(&mut self, at: &Url, form: Option<Says<'_>>) -> Result<String, Url> {
        let mut request = Request::new(if form.is_some() { Method::POST } else { Method::GET }, at.clone());
        if let Some(form) = form {
            let body: String = Url::parse_with_params("http://x/", form).unwrap().query().unwrap_or_default().to_owned();
            request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
            *request.body_mut() = Some(body.into());
        }
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request.headers_mut().insert(COOKIE, cookies.join("; ").parse().unwrap());
        let response = self.client.execute(request).await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split_once(';').unwrap().0.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        if let Some(to) = response.headers().get(LOCATION) {
            return Err(at.join(to.to_str().unwrap()).unwrap());
        }
        let (status, page) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success(), "{at}: {page}");
        Ok(page)
    }

    /// From where we send her to where she is sent back; the sign-in page gets one answer each time it comes.
    pub(super) async fn signs_in(&mut self, url: &str, says: &[Says<'_>]) -> String {
        let mut says = says.iter();
        let mut at = Url::parse(url).unwrap();
        loop {
            if at.as_str().starts_with(HOME) {
                assert!(says.next().is_none(), "she was asked less often");
                return at.as_str().trim_start_matches(HOME).to_owned();
            }
            at = match self.once(&at, None).await {
                Some(to) => to,
                None => self.once(&at, Some(says.next().expect("she is asked once more"))).await.unwrap(),
            };
        }
    }
}

/// Where the page on the way leads.
pub(super) fn onward(shown: &Shown) -> String {
    assert!(shown.path.contains("/sign-in/"), "{shown}");
    shown.between("content=\"0; url=", "\"").unwrap_or_else(|| panic!("leads nowhere: {shown}")).replace("&amp;", "&")
}

/// From the first page to the one that asks who she is.
async fn asks_for_a_copy(browser: &mut Browser<'_>, lang: Lang) -> Shown {
    let start = browser.get(&format!("/{}/", lang.code())).await;
    browser.fills(&start, &[("right", Right::Access.name())]).await
}

/// The button of the page last shown.
async fn leaves(browser: &mut Browser<'_>, form: &[(&str, &str)]) -> String {
    onward(&browser.submit("/en/sign-in/eid", form).await)
}

/// What Kari's eID says about her.
fn claims(customer: &str, email: &str, verified: bool) -> String {
    serde_json::json!({"customer_no": customer, "email": email, "email_verified": verified}).to_string()
}

/// The rest of the request, and what the case knows of her.
async fn identified(browser: &mut Browser<'_>, house: &TestHouse, shown: Shown) -> (String, String, String) {
    let mut shown = shown;
    while !shown.path.contains("/case/") {
        shown = match shown.path.rsplit('/').next().unwrap() {
            "second-item" => browser.fills(&shown, &[("kind", "customer-number"), ("number", "00000")]).await,
            "scope" => browser.fills(&shown, &[("scope", "everything")]).await,
            _ => browser.fills(&shown, &[]).await,
        };
    }
    let case = CaseHandle { house, reference: shown.path.rsplit('/').next().unwrap().to_owned() };
    let log = case.log().await;
    let matched = log.iter().find(|fact| fact["kind"] == "identity-matched").unwrap();
    let said = |name: &str| matched["codes"][name].as_str().unwrap_or_default().to_owned();
    (said("outcome"), said("tier"), said("by"))
}

async fn an_eid_leads_from_nothing_to_tier_three(mut house: TestHouse) {
    trusting(&mut house, PASSWORD).await;
    let kari = house.kari();
    let mut browser = Browser::open(&house).await;
    let who = asks_for_a_copy(&mut browser, Lang::En).await;
    who.says(&["Sign in with eID"]);
    let before = browser.cookie();
    let url = leaves(&mut browser, &[("back", "request")]).await;
    assert!(!url.contains(&kari.email) && url.contains("code_challenge_method=S256"), "{url}");
    let said = claims(&kari.customer_number, &kari.email, true);
    let back = Away::new().signs_in(&url, &[&[("sub", "kari-1"), ("acr", "substantial"), ("claims", &said)]]).await;
    let shown = browser.get(&back).await;
    assert_eq!(
        shown.path, "/en/request/check",
        "the verified mailbox stands in for the code, and the number she is known by is not asked for"
    );
    assert!(!shown.text().contains(&kari.customer_number), "{shown}");
    assert_ne!(browser.cookie(), before, "a session that was planted gains nothing");
    let known = identified(&mut browser, &house, shown).await;
    assert_eq!(known, ("sure".into(), "3".into(), "eid".into()));
    let told = house.facts("voucher-accepted").await;
    let told: Vec<serde_json::Value> = told.iter().map(|leaf| serde_json::from_str(&leaf.event).unwrap()).collect();
    assert_eq!((told.len(), told[0]["codes"]["provider"].as_str(), told[0]["codes"]["tier"].as_str()), (1, Some("eid"), Some("3")));
    assert!(!told[0].to_string().contains("kari-1"), "whom a provider knows is nobody's business");
}

/// What was found asks for more than an order number can show.
async fn an_eid_shows_more_where_a_case_asks_for_it(mut house: TestHouse) {
    trusting(&mut house, PASSWORD).await;
    let solveig = house.solveig();
    let mut browser = Browser::open(&house).await;
    let case = browser.asks(&solveig, Right::Access, Lang::En).await;
    house.settle().await;
    house.staff("kari").does(&case, "review", "release").await;
    assert_eq!((case.waits_at().await, case.row().await.tier), (vec!["prove-more".to_owned()], Some(Tier::SecondItem)));
    let ways = browser.get(&format!("/en/case/{}/prove", case.reference)).await;
    ways.says(&["Or sign in", "Sign in with eID"]);
    let asked = [("back", "prove"), ("case", case.reference.as_str()), ("tier", "3")];
    assert!(asked.iter().all(|(name, value)| ways.text().contains(&format!("name=\"{name}\" value=\"{value}\""))), "{ways}");
    let url = leaves(&mut browser, &asked).await;
    let said = claims(&solveig.customer_number, &solveig.email, true);
    let back = Away::new().signs_in(&url, &[&[("sub", "solveig-1"), ("acr", "substantial"), ("claims", &said)]]).await;
    let shown = browser.get(&back).await;
    shown.says(&["You have just shown who you are"]);
    browser.fills(&shown, &[("way", "shown")]).await;
    house.settle().await;
    assert_eq!(case.row().await.tier, Some(Tier::Substantial));
    let screened = case.facts("identity-screened").await;
    assert_eq!((screened[1]["outcome"].as_str(), screened[1]["by"].as_str()), ("enough", "eid"));
}

async fn ab06_a_weak_sign_in_is_asked_to_be_stronger(mut house: TestHouse) {
    trusting(&mut house, PASSWORD).await;
    let kari = house.kari();
    let mut browser = Browser::open(&house).await;
    asks_for_a_copy(&mut browser, Lang::En).await;
    let url = leaves(&mut browser, &[("back", "request"), ("tier", "3")]).await;
    assert!(url.contains("acr_values=substantial+high") || url.contains("acr_values=substantial%20high"), "{url}");
    let said = claims(&kari.customer_number, &kari.email, true);
    let mut away = Away::new();
    let back = away.signs_in(&url, &[&[("sub", "kari-2"), ("acr", "low"), ("claims", &said)]]).await;
    let shown = browser.get(&back).await;
    shown.says(&["You must sign in more securely", "Try again with eID"]);
    // The provider still knows her, and asks her all the same.
    let again = onward(&browser.fills_at("/en/sign-in/eid", &shown, &[]).await);
    assert!(again.contains("prompt=login"), "{again}");
    let back = away.signs_in(&again, &[&[("sub", "kari-2"), ("acr", "high"), ("claims", &said)]]).await;
    let shown = browser.get(&back).await;
    assert!(shown.path.starts_with("/en/request/"), "{shown}");
    assert_eq!(identified(&mut browser, &house, shown).await, ("sure".into(), "4".into(), "eid".into()));
}

async fn ab07_who_signed_in_long_ago_signs_in_again(mut house: TestHouse) {
    trusting(&mut house, PASSWORD).await;
    let kari = house.kari();
    let mut browser = Browser::open(&house).await;
    asks_for_a_copy(&mut browser, Lang::En).await;
    let url = leaves(&mut browser, &[("back", "request")]).await;
    let said = claims(&kari.customer_number, &kari.email, true);
    let old: Says<'_> = &[("sub", "kari-3"), ("acr", "high"), ("ago", "600"), ("claims", &said)];
    let new: Says<'_> = &[("sub", "kari-3"), ("acr", "high"), ("claims", &said)];
    let mut away = Away::new();
    let back = away.signs_in(&url, &[old]).await;
    let shown = browser.get(&back).await;
    shown.says(&["Sign in once more", "Try again with eID"]);
    assert_eq!(browser.look("/en/request/scope").await.leads_to().as_deref(), Some("/en/request/who"), "nothing is proven");
    let again = onward(&browser.fills_at("/en/sign-in/eid", &shown, &[]).await);
    let back = away.signs_in(&again, &[new]).await;
    assert!(browser.get(&back).await.path.starts_with("/en/request/"));
}

async fn ab05_a_mailbox_that_is_not_verified_is_no_mailbox(mut house: TestHouse) {
    trusting(&mut house, PASSWORD).await;
    let (kari, sub) = (house.kari(), account(&house, "kari-4"));
    let mut browser = Browser::open(&house).await;
    asks_for_a_copy(&mut browser, Lang::En).await;
    let url = leaves(&mut browser, &[("back", "request")]).await;
    let only = serde_json::json!({"email": kari.email, "email_verified": false}).to_string();
    let back = Away::new().signs_in(&url, &[&[("sub", &sub), ("acr", "high"), ("claims", &only)]]).await;
    browser.get(&back).await.says(&["We do not know who this is", "Another way"]);
    assert_eq!(browser.look("/en/request/scope").await.leads_to().as_deref(), Some("/en/request/who"), "nothing is proven");
    // With a customer number the proof is kept until she has shown a mailbox.
    asks_for_a_copy(&mut browser, Lang::En).await;
    let url = leaves(&mut browser, &[("back", "request")]).await;
    let said = claims(&kari.customer_number, "attacker@example.net", false);
    let back = Away::new().signs_in(&url, &[&[("sub", &sub), ("acr", "high"), ("claims", &said)]]).await;
    let who = browser.get(&back).await;
    assert_eq!(who.path, "/en/request/who");
    who.says(&["eID has told us who you are. We still need your email address for the answer."]);
    assert!(!who.text().contains("attacker@example.net") && !who.text().contains("Sign in with eID"), "{who}");
    assert_eq!(browser.look("/en/request/scope").await.leads_to().as_deref(), Some("/en/request/who"), "nothing is proven yet");
    let shown = browser.proves(&who.path, &kari.email).await;
    assert_eq!(identified(&mut browser, &house, shown).await, ("sure".into(), "4".into(), "eid".into()));
}

/// Who signs in with her own eID in somebody else's mailbox is not sure to be that person.
async fn somebody_elses_eid_proves_nothing_about_her(mut house: TestHouse) {
    trusting(&mut house, PASSWORD).await;
    let (kari, solveig) = (house.kari(), house.solveig());
    let mut browser = Browser::open(&house).await;
    let who = asks_for_a_copy(&mut browser, Lang::En).await;
    browser.proves(&who.path, &kari.email).await;
    let url = leaves(&mut browser, &[("back", "request"), ("tier", "3")]).await;
    let said = claims(&solveig.customer_number, &solveig.email, true);
    let back = Away::new().signs_in(&url, &[&[("sub", "solveig"), ("acr", "high"), ("claims", &said)]]).await;
    let shown = browser.get(&back).await;
    assert_eq!(shown.path, "/en/request/check", "the proof stands beside her mailbox, and changes nothing about it");
    shown.says(&[&kari.email]);
    let (outcome, tier, _) = identified(&mut browser, &house, shown).await;
    assert_eq!((outcome.as_str(), tier.as_str()), ("unsure", ""));
}

async fn what_comes_back_is_used_once_and_in_its_own_browser(mut house: TestHouse) {
    trusting(&mut house, PASSWORD).await;
    let kari = house.kari();
    let (mut browser, mut other) = (Browser::open(&house).await, Browser::open(&house).await);
    for browser in [&mut browser, &mut other] {
        asks_for_a_copy(browser, Lang::En).await;
    }
    let url = leaves(&mut browser, &[("back", "request")]).await;
    leaves(&mut other, &[("back", "request")]).await;
    let said = claims(&kari.customer_number, &kari.email, true);
    let back = Away::new().signs_in(&url, &[&[("sub", "kari-5"), ("acr", "high"), ("claims", &said)]]).await;
    other.get(&back).await.says(&["We lost the thread"]);
    assert_eq!(
        other.look("/en/request/scope").await.leads_to().as_deref(),
        Some("/en/request/who"),
        "a link that was sent to her gives nobody anything"
    );
    assert!(browser.get(&back).await.path.starts_with("/en/request/"), "its own browser is still waited for");
    assert!(browser.get(&back).await.path.ends_with("/sign-in/stopped?why=lost"), "it is used up");
    assert!(browser.get("/en/request/scope").await.status == Status::Ok, "she keeps what she had");
    let mut stranger = Browser::open(&house).await;
    assert!(stranger.get(&back).await.path.ends_with("/sign-in/stopped?why=lost"));
}

async fn empty_hands_are_told_what_to_do(mut house: TestHouse) {
    trusting(&mut house, PASSWORD).await;
    for (lang, declined, button) in [
        (Lang::Nb, "Du logget ikke inn", "Prøv igjen med eID"),
        (Lang::Nl, "U hebt niet ingelogd", "Probeer het opnieuw met eID"),
        (Lang::En, "You did not sign in", "Try again with eID"),
    ] {
        let mut browser = Browser::open(&house).await;
        asks_for_a_copy(&mut browser, lang).await;
        let url = onward(&browser.submit(&format!("/{}/sign-in/eid", lang.code()), &[("back", "request")]).await);
        let back = Away::new().signs_in(&url, &[&[("no", "yes")]]).await;
        let shown = browser.get(&back).await;
        shown.says(&[declined, button]);
        assert!(shown.path.starts_with(&format!("/{}/", lang.code())), "{shown}");
        assert!(!shown.path.contains("code=") && !shown.path.contains("state="));
        assert_eq!(browser.get(&shown.link("/request/who")).await.status, Status::Ok);
    }
    house.rewrites("organisation.yaml", &provider(), "http://127.0.0.1:1").await;
    let mut browser = Browser::open(&house).await;
    asks_for_a_copy(&mut browser, Lang::En).await;
    browser.submit("/en/sign-in/eid", &[("back", "request")]).await.says(&["No answer just now", "We cannot reach eID."]);
}

async fn a_key_of_ours_is_as_good_as_a_password(mut house: TestHouse) {
    let key = reqwest::get(format!("{}/test/key.pem", provider())).await.unwrap().text().await.unwrap();
    house.writes("oidc-key.pem", &key);
    let client = "client-id: habeas-key
      private-key: {key: file:oidc-key.pem, alg: ES256, kid: ours}";
    trusting(&mut house, client).await;
    let kari = house.kari();
    let mut browser = Browser::open(&house).await;
    asks_for_a_copy(&mut browser, Lang::En).await;
    let url = leaves(&mut browser, &[("back", "request")]).await;
    let said = claims(&kari.customer_number, &kari.email, true);
    let back = Away::new().signs_in(&url, &[&[("sub", "kari-6"), ("acr", "substantial"), ("claims", &said)]]).await;
    assert!(browser.get(&back).await.path.starts_with("/en/request/"));
}

async fn nobody_is_led_elsewhere(mut house: TestHouse) {
    trusting(&mut house, PASSWORD).await;
    let mut browser = Browser::open(&house).await;
    asks_for_a_copy(&mut browser, Lang::En).await;
    for back in ["https://evil.example", "//evil.example", "", "case"] {
        assert_eq!(browser.submit("/en/sign-in/eid", &[("back", back), ("case", "../../evil")]).await.status, Status::NotFound, "{back}");
    }
    assert_eq!(browser.submit("/en/sign-in/other", &[("back", "request")]).await.status, Status::NotFound);
    let shown = browser.get("/en/sign-in/stopped?why=down&with=eid&back=case&case=//evil.example").await;
    assert!(!shown.to_string().contains("evil.example\""), "{shown}");
    assert_eq!(browser.look("/en/sign-in/stopped?why=anything").await.leads_to().as_deref(), Some("/en/"));
}
