//! Those who work here sign in at a real provider (`tests/openid`): linked by themselves or by an invitation, never by an address; as
//! strongly as by any other way; with the roles that a claim gives and takes.

use habeas::{
    action::{
        actor::{Actor, Demands, Role},
        disable_person::DisablePerson,
        secret::totp_code,
    },
    config::Config,
    house::House,
};
use jiff::SignedDuration;

use super::{
    browser::{Browser, HOME, Shown},
    openid::{Away, Says, onward, provider},
};
use crate::house::{
    database::on_every_store,
    test_house::{TOTP_SECRET, TestHouse},
};

on_every_store! {
    a_colleague_links_an_account_and_comes_in_by_it,
    an_account_that_nobody_linked_is_nobodys,
    a_provider_that_asked_for_one_factor_leaves_the_second_to_the_house,
    a_role_that_asks_for_a_passkey_asks_for_it_here_too,
    an_invitation_is_taken_at_the_provider,
    an_invitation_by_a_weak_sign_in_sets_up_a_second_factor,
    a_claim_gives_roles_and_takes_them_again,
    whoever_is_shut_out_stays_out,
    something_grave_asks_the_provider_once_more,
    what_comes_back_belongs_to_one_browser_and_one_account,
    a_link_is_removed_unless_it_is_the_last_way_in,
}

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const NORA: &str = "nora@visumexpress.example";

/// A house whose people may sign in at the provider, by folder lines of their own for levels and roles.
pub(super) async fn working(house: &mut TestHouse, more: &str) {
    let kinds = "identity: {email: email, second-items: [customer_number, order_number]}";
    let text = format!(
        "identity:
  email: email
  second-items: [customer_number, order_number]
  providers:
    - id: work
      for: staff
      label: {{nb: Jobb, nl: Werk, en: Work}}
      issuer: {}
      client-id: habeas-desk
      secret: file:oidc-secret
      scopes: [email, groups]
      {more}",
        provider()
    );
    house.writes("oidc-secret", "open sesame\n");
    house.rewrites("organisation.yaml", kinds, &text).await;
}

pub(super) const STRONG: &str = "levels: {acr: {phr: 2}, amr: {mfa: 2}}";
const ROLES: &str = "levels: {acr: {phr: 2}}
      roles:
        claim: groups
        grants:
          leads: [privacy-lead]
          handlers: [case-handler]";

/// Goes to the provider by a button, and comes back with what is said there.
pub(super) async fn goes(browser: &mut Browser<'_>, button: &str, form: Says<'_>, says: Says<'_>) -> Shown {
    let url = onward(&browser.submit(button, form).await);
    let back = Away::new().signs_in(&url, &[says]).await;
    browser.get(&back).await
}

/// Links an account to somebody who is signed in.
pub(super) async fn links(house: &TestHouse, id: &str, sub: &str) {
    let mut browser = Browser::of_staff(house, id).await;
    browser.get("/en/desk/access").await.says(&["Link Work"]);
    let shown = goes(&mut browser, "/en/desk/access/link/work", &[], &[("sub", sub), ("acr", "phr")]).await;
    assert!(shown.path.starts_with("/en/desk/access?changed"), "{shown}");
    house.settle().await;
}

/// An account of this house alone: what it says of itself changes, and the provider serves other houses at the same time.
pub(super) fn account(house: &TestHouse, name: &str) -> String {
    format!("{name}-{}", house.keys.blind("account", name))
}

/// Signs in by an account, in a browser of its own.
pub(super) async fn comes<'h>(house: &'h TestHouse, says: Says<'_>) -> (Browser<'h>, Shown) {
    let mut browser = Browser::open(house).await;
    browser.get("/en/desk/sign-in").await.says(&["Sign in with Work"]);
    let shown = goes(&mut browser, "/en/desk/sign-in/work", &[], says).await;
    house.settle().await;
    (browser, shown)
}

fn told(house: &TestHouse, email: &str, words: &str) -> usize {
    house.mails().iter().filter(|mail| mail.to == email && mail.text.contains(words)).count()
}

async fn a_colleague_links_an_account_and_comes_in_by_it(mut house: TestHouse) {
    working(&mut house, STRONG).await;
    links(&house, "kari", "kari-at-work").await;
    assert_eq!(told(&house, "kari@visumexpress.example", "En konto du kan logge inn med"), 1, "she is told");
    let (mut kari, shown) = comes(&house, &[("sub", "kari-at-work"), ("acr", "phr")]).await;
    assert_eq!(shown.path, "/en/desk/", "{shown}");
    kari.get("/en/desk/access").await.says(&["Accounts you sign in with", "Work"]);
    let facts = house.facts("signed-in").await;
    let last: serde_json::Value = serde_json::from_str(&facts.last().unwrap().event).unwrap();
    assert_eq!((last["codes"]["person"].as_str(), last["codes"]["provider"].as_str()), (Some("kari"), Some("work")));
    assert!(!house.own_bytes().await.contains("kari-at-work"), "whom a provider knows stands in no row");
}

/// ASVS 10.5.2: by issuer and subject. An address links nobody, whoever says it.
async fn an_account_that_nobody_linked_is_nobodys(mut house: TestHouse) {
    working(&mut house, ROLES).await;
    let said = r#"{"email": "kari@visumexpress.example", "email_verified": true, "groups": ["leads", "handlers"]}"#;
    let (mut browser, shown) = comes(&house, &[("sub", "somebody"), ("acr", "phr"), ("claims", said)]).await;
    shown.says(&["We do not know this account"]);
    assert!(!shown.text().contains("kari"), "{shown}");
    assert_eq!(browser.get("/en/desk/").await.path, "/en/desk/sign-in");
    assert_eq!(house.facts("person-invited").await.len() + house.facts("provider-linked").await.len(), 0);
}

/// ASVS 6.3.4: every way in is as strong as every other.
async fn a_provider_that_asked_for_one_factor_leaves_the_second_to_the_house(mut house: TestHouse) {
    working(&mut house, STRONG).await;
    links(&house, "kari", "kari-weak").await;
    house.advance(MINUTE).await;
    for says in [&[("sub", "kari-weak"), ("acr", "low")] as Says<'_>, &[("sub", "kari-weak")], &[("sub", "kari-weak"), ("acr", "high")]] {
        let (mut kari, shown) = comes(&house, says).await;
        assert_eq!(shown.path, "/en/desk/totp", "{shown}");
        assert_eq!(kari.get("/en/desk/").await.path, "/en/desk/sign-in", "half is not in");
        let wrong = kari.submit("/en/desk/totp", &[("code", "000000")]).await;
        assert_eq!(wrong.status.code, 422, "{wrong}");
        house.advance(SignedDuration::from_secs(30)).await;
        let code = totp_code(&TOTP_SECRET, house.now()).unwrap();
        assert_eq!(kari.submit("/en/desk/totp", &[("code", &code)]).await.path, "/en/desk/");
    }
    let (_, shown) = comes(&house, &[("sub", "kari-weak"), ("acr", "phr")]).await;
    assert_eq!(shown.path, "/en/desk/", "its class says that it asked for two: {shown}");
}

async fn a_role_that_asks_for_a_passkey_asks_for_it_here_too(mut house: TestHouse) {
    working(&mut house, STRONG).await;
    links(&house, "ida", "ida-1").await;
    house.house = House::open(&Config { passkeys: Demands::new(vec![Role::Dpo]), ..house.config().clone() }).await.unwrap();
    let (mut ida, shown) = comes(&house, &[("sub", "ida-1"), ("acr", "phr")]).await;
    shown.says(&["One more proof is missing"]);
    assert_eq!(ida.get("/en/desk/").await.path, "/en/desk/sign-in");
}

/// Invites Nora. The link in her mail.
async fn invited(house: &TestHouse) -> String {
    let mut vera = Browser::of_staff(house, "vera").await;
    let form = vera.get("/en/desk/people/invite").await;
    vera.fills(&form, &[("name", "Nora Lie"), ("email", NORA), ("id", "nora"), ("role", "case-handler")]).await;
    house.settle().await;
    let mail = house.mails().iter().find(|mail| mail.to == NORA).cloned().expect("an invitation");
    mail.text.split_whitespace().find_map(|word| word.strip_prefix(HOME)).unwrap().replace("/nb/", "/en/")
}

async fn takes<'h>(house: &'h TestHouse, link: &str, says: Says<'_>) -> (Browser<'h>, Shown) {
    let mut nora = Browser::open(house).await;
    let welcome = nora.get(link).await;
    welcome.says(&["Sign in with Work"]);
    let token = welcome.hidden("token").unwrap();
    let shown = goes(&mut nora, "/en/desk/invitation/work", &[("token", &token)], says).await;
    house.settle().await;
    (nora, shown)
}

async fn an_invitation_is_taken_at_the_provider(mut house: TestHouse) {
    working(&mut house, STRONG).await;
    let link = invited(&house).await;
    let (mut nora, shown) = takes(&house, &link, &[("sub", "nora-1"), ("acr", "phr")]).await;
    assert_eq!(shown.path, "/en/desk/", "{shown}");
    assert_eq!(nora.get(&link).await.status.code, 404, "the link was good once");
    let (_, again) = comes(&house, &[("sub", "nora-1"), ("acr", "phr")]).await;
    assert_eq!(again.path, "/en/desk/");
    let (_, weak) = comes(&house, &[("sub", "nora-1"), ("acr", "low")]).await;
    weak.says(&["One more proof is missing"]);
    let mut thief = Browser::open(&house).await;
    thief.get("/en/desk/sign-in").await;
    assert_eq!(thief.submit("/en/desk/sign-in", &[("email", NORA), ("password", "")]).await.status.code, 422, "she has no password");
}

async fn an_invitation_by_a_weak_sign_in_sets_up_a_second_factor(mut house: TestHouse) {
    working(&mut house, STRONG).await;
    let link = invited(&house).await;
    let (mut nora, enrol) = takes(&house, &link, &[("sub", "nora-2"), ("acr", "low")]).await;
    assert_eq!(enrol.path, "/en/desk/enrol", "{enrol}");
    let typed = enrol.between("<p class=\"mono\">", "</p>").unwrap().replace(' ', "");
    let secret = data_encoding::BASE32_NOPAD.decode(typed.as_bytes()).unwrap();
    let code = totp_code(&secret, house.now()).unwrap();
    nora.submit("/en/desk/enrol", &[("code", &code)]).await.says(&["Recovery codes"]);
    house.advance(MINUTE).await;
    let (mut anew, shown) = comes(&house, &[("sub", "nora-2"), ("acr", "low")]).await;
    assert_eq!(shown.path, "/en/desk/totp");
    let code = totp_code(&secret, house.now()).unwrap();
    assert_eq!(anew.submit("/en/desk/totp", &[("code", &code)]).await.path, "/en/desk/");
}

/// The roles somebody has now.
async fn roles(house: &TestHouse, id: &str) -> String {
    house.texts(&format!("SELECT roles FROM person WHERE id = '{id}'")).await.remove(0)
}

async fn a_claim_gives_roles_and_takes_them_again(mut house: TestHouse) {
    working(&mut house, ROLES).await;
    let sub = account(&house, "kari-roles");
    links(&house, "kari", &sub).await;
    let signs = async |groups: &str| {
        let said = format!(r#"{{"groups": {groups}}}"#);
        comes(&house, &[("sub", &sub), ("acr", "phr"), ("claims", &said)]).await
    };
    let (mut lead, shown) = signs(r#"["leads", "administrator", "unheard-of"]"#).await;
    assert_eq!(shown.path, "/en/desk/", "{shown}");
    assert_eq!(roles(&house, "kari").await, r#"["case-handler","privacy-lead"]"#, "what an administrator gave is there still");
    assert_eq!(told(&house, "kari@visumexpress.example", "De følger kontoen"), 1);
    signs(r#"["leads"]"#).await;
    assert_eq!(house.facts("roles-changed").await.len(), 1, "nothing has changed");
    lead.get("/en/desk/").await.says(&["Queue"]);
    signs(r#""handlers""#).await;
    assert_eq!(roles(&house, "kari").await, r#"["case-handler"]"#, "gone with the group; by hand stays by hand");
    assert_eq!(lead.get("/en/desk/").await.path, "/en/desk/sign-in", "a session with other roles is over");
    // Somebody all of whose roles came by the claim.
    house.sql("UPDATE person SET roles = '[]' WHERE id = 'kari'").await;
    signs(r#"["handlers"]"#).await;
    let (_, shown) = signs("[]").await;
    shown.says(&["You have no role here"]);
    assert_eq!(roles(&house, "kari").await, "[]");
}

async fn whoever_is_shut_out_stays_out(mut house: TestHouse) {
    working(&mut house, STRONG).await;
    links(&house, "kari", "kari-out").await;
    let (mut kari, _) = comes(&house, &[("sub", "kari-out"), ("acr", "phr")]).await;
    house.run(&Actor::Operator, DisablePerson { id: "kari".to_owned() }).await.unwrap();
    house.settle().await;
    assert_eq!(kari.get("/en/desk/").await.path, "/en/desk/sign-in");
    let (_, shown) = comes(&house, &[("sub", "kari-out"), ("acr", "phr")]).await;
    shown.says(&["We do not know this account"]);
}

async fn something_grave_asks_the_provider_once_more(mut house: TestHouse) {
    working(&mut house, STRONG).await;
    let link = invited(&house).await;
    let (mut nora, _) = takes(&house, &link, &[("sub", "nora-3"), ("acr", "phr")]).await;
    nora.obliging = false;
    house.advance(MINUTE * 6).await;
    let asked = nora.get("/en/desk/access/password").await;
    asked.says(&["Show again that it is you", "Sign in with Work"]);
    assert!(!asked.text().contains("again-code"), "she has no key of the house's own: {asked}");
    let url = onward(&nora.fills_at("/en/desk/again/work", &asked, &[]).await);
    assert!(url.contains("prompt=login") && url.contains("max_age=0"), "{url}");
    // The provider's clock stands still: six minutes ago there is a sign-in that was not asked for now.
    let back = Away::new().signs_in(&url, &[&[("sub", "nora-3"), ("acr", "phr")]]).await;
    nora.get(&back).await.says(&["You signed in too long ago"]);
    for (says, words) in [
        (&[("sub", "nora-3"), ("acr", "low"), ("ago", "-360")] as Says<'_>, "not certain"),
        (&[("sub", "other"), ("acr", "phr"), ("ago", "-360")], "not certain"),
    ] {
        let asked = nora.get("/en/desk/access/password").await;
        let url = onward(&nora.fills_at("/en/desk/again/work", &asked, &[]).await);
        let back = Away::new().signs_in(&url, &[says]).await;
        nora.get(&back).await.says(&[words]);
    }
    // A form that waits goes on with what was in it.
    let asked = nora.submit("/en/desk/access/recovery", &[("x", "y")]).await;
    assert_eq!(asked.status.code, 403, "{asked}");
    let fields = [("again-to", "/desk/access/recovery"), ("x", "y")];
    let url = onward(&nora.submit("/en/desk/again/work", &fields).await);
    let back = Away::new().signs_in(&url, &[&[("sub", "nora-3"), ("acr", "phr"), ("ago", "-360")]]).await;
    let on = nora.get(&back).await;
    on.says(&["You have shown that it is you", "name=\"x\" value=\"y\""]);
    nora.get("/en/desk/access/password").await.says(&["password"]);
}

async fn what_comes_back_belongs_to_one_browser_and_one_account(mut house: TestHouse) {
    working(&mut house, STRONG).await;
    links(&house, "kari", "kari-once").await;
    let (mut hers, mut other) = (Browser::open(&house).await, Browser::open(&house).await);
    for browser in [&mut hers, &mut other] {
        browser.get("/en/desk/sign-in").await;
    }
    let url = onward(&hers.submit("/en/desk/sign-in/work", &[]).await);
    onward(&other.submit("/en/desk/sign-in/work", &[]).await);
    let back = Away::new().signs_in(&url, &[&[("sub", "kari-once"), ("acr", "phr")]]).await;
    other.get(&back).await.says(&["We lost your sign-in"]);
    assert_eq!(hers.get(&back).await.path, "/en/desk/");
    assert!(hers.get(&back).await.path.contains("/desk/sign-in/stopped"), "once");
    // An account is one person's.
    let mut per = Browser::of_staff(&house, "per").await;
    per.get("/en/desk/access").await;
    let shown = goes(&mut per, "/en/desk/access/link/work", &[], &[("sub", "kari-once"), ("acr", "phr")]).await;
    shown.says(&["The account is in use"]);
    assert!(!shown.text().contains("Kari"), "{shown}");
    // A provider for people has nothing to say at the desk, and the other way round.
    let mut visitor = Browser::open(&house).await;
    visitor.get("/en/find").await;
    assert_eq!(visitor.submit("/en/sign-in/work", &[("back", "cases")]).await.status.code, 404);
    assert_eq!(per.submit("/en/desk/sign-in/nobody", &[]).await.status.code, 404);
}

async fn a_link_is_removed_unless_it_is_the_last_way_in(mut house: TestHouse) {
    working(&mut house, ROLES).await;
    let sub = account(&house, "kari-gone");
    links(&house, "kari", &sub).await;
    comes(&house, &[("sub", &sub), ("acr", "phr"), ("claims", r#"{"groups": ["leads"]}"#)]).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    let id = kari.get("/en/desk/access").await.between("/desk/access/unlink\">", "</form>").unwrap();
    let id = id.split_once("name=\"id\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    kari.submit("/en/desk/access/unlink", &[("id", &id)]).await;
    assert_eq!(roles(&house, "kari").await, r#"["case-handler"]"#, "what came by it goes with it");
    let (_, shown) = comes(&house, &[("sub", &sub), ("acr", "phr")]).await;
    shown.says(&["We do not know this account"]);
    let link = invited(&house).await;
    let (mut nora, _) = takes(&house, &link, &[("sub", "nora-4"), ("acr", "phr")]).await;
    let id = nora.get("/en/desk/access").await.between("/desk/access/unlink\">", "</form>").unwrap();
    let id = id.split_once("name=\"id\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let kept = nora.submit("/en/desk/access/unlink", &[("id", &id)]).await;
    assert!(kept.status.code == 422 && kept.text().contains("This is the only way in"), "{kept}");
}
