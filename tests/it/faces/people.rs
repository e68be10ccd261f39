//! Who may sign in, page by page: invited, changed, shut out; the second factor once more before something grave; where one is signed in.

use habeas::action::{actor::Role, secret::totp_code};
use habeas_core::law::right::Right;
use jiff::SignedDuration;

use super::browser::{Browser, HOME, Shown};
use crate::house::{
    database::on_every_store,
    test_house::{PASSWORD, TestHouse},
};

on_every_store! {
    somebody_is_invited_and_comes_in_with_both_or_not_at_all,
    a_newer_invitation_ends_the_older_and_each_ends_by_itself,
    a_lost_factor_is_mended_by_an_invitation_and_by_nothing_weaker,
    nobody_changes_their_own_roles_and_whoever_is_changed_is_out,
    whoever_is_shut_out_is_out_everywhere_at_once,
    something_grave_asks_for_the_second_factor_once_more,
    a_form_that_waited_too_long_goes_on_with_the_answer,
    sessions_are_seen_and_ended,
    a_password_is_judged_where_it_is_changed,
    values_are_hidden_until_somebody_asks_for_them,
}

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const NORA: &str = "nora@visumexpress.example";
const CHOSEN: &str = "kaffe tog gitar sitron";

/// The link in the newest invitation.
async fn link(house: &TestHouse, email: &str) -> String {
    house.settle().await;
    let mail =
        house.mails().iter().find(|mail| mail.to == email && mail.text.contains("/desk/invitation/")).cloned().expect("an invitation");
    let path = mail.text.split_whitespace().find_map(|word| word.strip_prefix(HOME)).unwrap();
    path.replace("/nb/", "/en/")
}

fn told(house: &TestHouse, email: &str, subject: &str) -> usize {
    house.mails().iter().filter(|mail| mail.to == email && mail.subject == subject).count()
}

async fn invites(house: &TestHouse) {
    let mut vera = Browser::of_staff(house, "vera").await;
    let form = vera.get("/en/desk/people/invite").await;
    let list = vera.fills(&form, &[("name", "Nora Lie"), ("email", NORA), ("id", "nora"), ("role", "case-handler")]).await;
    list.says(&["Nora Lie", "Invited"]);
}

/// The authenticator's secret as the page writes it.
fn secret(page: &Shown) -> Vec<u8> {
    let typed = page.between("<p class=\"mono\">", "</p>").unwrap_or_else(|| panic!("no secret: {page}")).replace(' ', "");
    data_encoding::BASE32_NOPAD.decode(typed.as_bytes()).unwrap()
}

/// From the link to the recovery codes. Returns the secret and the codes.
async fn comes_in(house: &TestHouse, browser: &mut Browser<'_>, link: &str) -> (Vec<u8>, Vec<String>) {
    let welcome = browser.get(link).await;
    let token = welcome.hidden("token").unwrap_or_else(|| panic!("no token: {welcome}"));
    let enrol = browser.submit("/en/desk/invitation", &[("token", &token), ("password", CHOSEN)]).await;
    assert_eq!(enrol.path, "/en/desk/enrol", "{enrol}");
    let secret = secret(&enrol);
    let code = totp_code(&secret, house.now()).unwrap();
    let shown = browser.submit("/en/desk/enrol", &[("code", &code)]).await;
    let codes = shown.text();
    let codes = codes.split("<li>").filter_map(|line| line.split_once("</li>")).map(|(code, _)| code.to_owned());
    (secret, codes.filter(|code| code.len() == 11 && code.contains('-')).collect())
}

/// Types address, password and a second factor. Where it leads.
async fn signs_in(browser: &mut Browser<'_>, email: &str, password: &str, code: &str) -> Shown {
    browser.get("/en/desk/sign-in").await;
    let half = browser.submit("/en/desk/sign-in", &[("email", email), ("password", password)]).await;
    if half.path == "/en/desk/totp" { browser.submit("/en/desk/totp", &[("code", code)]).await } else { half }
}

async fn somebody_is_invited_and_comes_in_with_both_or_not_at_all(house: TestHouse) {
    invites(&house).await;
    let link = link(&house, NORA).await;
    let mut nora = Browser::open(&house).await;
    // A scanner of mail looks at every link, more than once; nothing comes of it.
    for _ in 0..2 {
        nora.get(&link).await.says(&["Welcome", NORA]);
    }
    let token = nora.get(&link).await.hidden("token").unwrap();
    for (password, why) in
        [("kort", "too short"), ("nora-lie-visumexpress", "names or words that anybody can find"), ("password123456", "easy to guess")]
    {
        let again = nora.submit("/en/desk/invitation", &[("token", &token), ("password", password)]).await;
        assert!(again.status.code == 422 && again.text().contains(why), "{password}: {again}");
    }
    let enrol = nora.submit("/en/desk/invitation", &[("token", &token), ("password", CHOSEN)]).await;
    enrol.says(&["<svg", "Make a passkey"]);
    // A password alone opens nothing, here or at the door.
    assert_eq!(nora.get("/en/desk/").await.path, "/en/desk/sign-in");
    let mut elsewhere = Browser::open(&house).await;
    assert_eq!(signs_in(&mut elsewhere, NORA, CHOSEN, "000000").await.status.code, 422);
    nora.get("/en/desk/enrol").await;
    let wrong = nora.submit("/en/desk/enrol", &[("code", "000000")]).await;
    assert_eq!(wrong.status.code, 422, "{wrong}");
    let (secret, codes) = comes_in(&house, &mut nora, &link).await;
    assert_eq!(codes.len(), 10, "{codes:?}");
    nora.get("/en/desk/").await.says(&["Queue"]);
    assert_eq!(nora.get("/en/desk/people").await.status.code, 404, "she handles cases");
    assert_eq!(Browser::open(&house).await.get(&link).await.status.code, 404, "the link was good once");
    assert_eq!(told(&house, NORA, "Innloggingen din er endret"), 1);

    house.advance(MINUTE).await;
    let code = totp_code(&secret, house.now()).unwrap();
    assert_eq!(signs_in(&mut elsewhere, NORA, CHOSEN, &code).await.path, "/en/desk/");
    let mut third = Browser::open(&house).await;
    assert_eq!(signs_in(&mut third, NORA, CHOSEN, &codes[3]).await.path, "/en/desk/");
    let mut fourth = Browser::open(&house).await;
    assert_eq!(signs_in(&mut fourth, NORA, CHOSEN, &codes[3]).await.status.code, 422, "a recovery code is good once");
    assert_eq!(signs_in(&mut fourth, NORA, CHOSEN, &codes[4].to_lowercase()).await.path, "/en/desk/");
    house.settle().await;
}

async fn a_newer_invitation_ends_the_older_and_each_ends_by_itself(house: TestHouse) {
    invites(&house).await;
    let first = link(&house, NORA).await;
    let mut vera = Browser::of_staff(&house, "vera").await;
    vera.get("/en/desk/people/nora").await;
    vera.submit("/en/desk/people/nora/invite", &[]).await.says(&["Invited"]);
    let second = link(&house, NORA).await;
    assert_ne!(first, second);
    let mut nora = Browser::open(&house).await;
    assert_eq!(nora.get(&first).await.status.code, 404);
    let welcome = nora.get(&second).await;
    let token = welcome.hidden("token").unwrap();
    nora.submit("/en/desk/invitation", &[("token", &token), ("password", CHOSEN)]).await;
    house.advance(SignedDuration::from_hours(73)).await;
    assert_eq!(nora.get(&second).await.status.code, 404);
    let late = nora.submit("/en/desk/enrol", &[("code", "000000")]).await;
    assert!(late.status.code >= 400 || late.path.ends_with("/sign-in"), "{late}");
    Browser::of_staff(&house, "vera").await.get("/en/desk/people").await.says(&["Invitation ran out"]);
}

async fn a_lost_factor_is_mended_by_an_invitation_and_by_nothing_weaker(house: TestHouse) {
    let (mut kari, mut vera) = (Browser::of_staff(&house, "kari").await, Browser::of_staff(&house, "vera").await);
    vera.get("/en/desk/people/kari").await;
    vera.submit("/en/desk/people/kari/invite", &[]).await;
    assert_eq!(kari.get("/en/desk/").await.path, "/en/desk/sign-in", "whoever has her telephone is out");
    let link = link(&house, "kari@visumexpress.example").await;
    let mut anew = Browser::open(&house).await;
    let (secret, _) = comes_in(&house, &mut anew, &link).await;
    house.advance(MINUTE).await;
    let mut thief = Browser::open(&house).await;
    assert_eq!(signs_in(&mut thief, "kari@visumexpress.example", PASSWORD, "1").await.status.code, 422, "the old password is gone");
    let old = totp_code(&crate::house::test_house::TOTP_SECRET, house.now()).unwrap();
    assert_eq!(signs_in(&mut thief, "kari@visumexpress.example", CHOSEN, &old).await.status.code, 422, "and the old telephone");
    let new = totp_code(&secret, house.now()).unwrap();
    assert_eq!(signs_in(&mut thief, "kari@visumexpress.example", CHOSEN, &new).await.path, "/en/desk/");
    house.settle().await;
}

async fn nobody_changes_their_own_roles_and_whoever_is_changed_is_out(house: TestHouse) {
    let mut vera = Browser::of_staff(&house, "vera").await;
    let own = vera.get("/en/desk/people/vera").await;
    own.says(&["This is you"]);
    for act in ["roles", "disable", "invite"] {
        let denied = vera.submit(&format!("/en/desk/people/vera/{act}"), &[("role", "dpo")]).await;
        assert_eq!(denied.status.code, 403, "{act}: {denied}");
    }
    let mut kari = Browser::of_staff(&house, "kari").await;
    kari.get("/en/desk/").await.says(&["Queue"]);
    vera.get("/en/desk/people/kari").await;
    let nothing = vera.submit("/en/desk/people/kari/roles", &[]).await;
    assert!(nothing.status.code == 422 && nothing.text().contains("Choose at least one role"), "{nothing}");
    let changed = vera.submit("/en/desk/people/kari/roles", &[("role", "system-owner"), ("system", "shop")]).await;
    changed.says(&["system owner"]);
    assert_eq!(kari.get("/en/desk/").await.path, "/en/desk/sign-in");
    assert_eq!(told(&house, "kari@visumexpress.example", "Innloggingen din er endret"), 1);
    let actor = house.staff("kari").actor().await;
    assert!(actor.needs(&[Role::SystemOwner]).is_ok() && actor.needs(&[Role::CaseHandler]).is_err());
}

async fn whoever_is_shut_out_is_out_everywhere_at_once(house: TestHouse) {
    let (mut kari, mut vera) = (Browser::of_staff(&house, "kari").await, Browser::of_staff(&house, "vera").await);
    vera.get("/en/desk/people/kari").await;
    vera.submit("/en/desk/people/kari/disable", &[]).await.says(&["Shut out"]);
    assert_eq!(kari.get("/en/desk/").await.path, "/en/desk/sign-in");
    house.advance(MINUTE).await;
    let code = totp_code(&crate::house::test_house::TOTP_SECRET, house.now()).unwrap();
    assert_eq!(signs_in(&mut kari, "kari@visumexpress.example", PASSWORD, &code).await.status.code, 422);
    house.settle().await;
}

async fn something_grave_asks_for_the_second_factor_once_more(house: TestHouse) {
    let case = house.solveig().asks(Right::Erasure).await;
    let hold = house.place_hold("ida", &case.reference).await;
    let release = format!("/en/desk/holds/{hold}/release");
    let mut per = Browser::of_staff(&house, "per").await;
    per.obliging = false;
    assert_eq!(per.get(&release).await.path, release, "given a moment ago");
    house.advance(MINUTE * 6).await;
    assert_eq!(per.get("/en/desk/holds").await.path, "/en/desk/holds", "reading is not grave");
    let asked = per.get(&release).await;
    assert_eq!(asked.path, format!("/en/desk/again?to=/desk/holds/{hold}/release"), "{asked}");
    let wrong = per.submit("/en/desk/again", &[("to", &release[3..]), ("again-code", "000000")]).await;
    assert_eq!(wrong.status.code, 422, "{wrong}");
    assert_eq!(per.get(&release).await.path, asked.path);
    let astray = per.get("/en/desk/again?to=//evil.example").await;
    assert_eq!(astray.hidden("to").as_deref(), Some("/desk/"), "{astray}");
    let there = per.gives_code(&asked).await;
    assert_eq!(there.path, release, "{there}");
    for page in ["/en/desk/people/kari", "/en/desk/people/invite"] {
        let mut vera = Browser::of_staff(&house, "vera").await;
        vera.obliging = false;
        house.advance(MINUTE * 6).await;
        assert!(vera.get(page).await.path.starts_with("/en/desk/again?"), "{page}");
    }
    house.settle().await;
}

async fn a_form_that_waited_too_long_goes_on_with_the_answer(house: TestHouse) {
    let case = house.solveig().asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.staff("kari").does(&case, "propose", "partly").await;
    let mut per = Browser::of_staff(&house, "per").await;
    let form = per.opens(&case, "approve").await;
    house.advance(MINUTE * 6).await;
    let asked = per.fills(&form, &[("outcome", "sent-back"), ("reason", "Se \"mer\" & nøyere på kvitteringene.")]).await;
    assert_eq!(asked.status.code, 403, "{asked}");
    assert_eq!(case.waits_at().await, ["approve"], "nothing was done");
    asked.hidden("plan").expect("the plan that was seen is carried");
    assert!(asked.text().contains("Se &quot;mer&quot; &amp; nøyere på kvitteringene."), "{asked}");
    let reason = "Se \"mer\" & nøyere på kvitteringene.";
    let (version, plan) = (asked.hidden("version").unwrap(), asked.hidden("plan").unwrap());
    let with = |code: &str| vec![("outcome", "sent-back".to_owned()), ("reason", reason.to_owned()), ("again-code", code.to_owned())];
    let carried = [("version", version.as_str()), ("plan", plan.as_str())];
    let mut send = async |code: &str| {
        let typed = with(code);
        let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).chain(carried).collect();
        per.submit(&form.path, &typed).await
    };
    assert_eq!(send("000000").await.status.code, 422);
    assert_eq!(case.waits_at().await, ["approve"]);
    house.advance(MINUTE).await;
    let done = send(&totp_code(&crate::house::test_house::TOTP_SECRET, house.now()).unwrap()).await;
    assert_eq!(done.path, format!("/en/desk/case/{}", case.reference), "{done}");
    assert_ne!(case.waits_at().await, ["approve"]);
}

async fn sessions_are_seen_and_ended(house: TestHouse) {
    let mut one = Browser::of_staff(&house, "kari").await;
    let mut two = Browser::of_staff(&house, "kari").await;
    let mut three = Browser::of_staff(&house, "kari").await;
    let page = one.get("/en/desk/sessions").await;
    page.says(&["This device", "End all others"]);
    assert_eq!(page.text().matches("Signed in ").count(), 3, "{page}");
    // Somebody else's session is not there to be ended.
    let mut per = Browser::of_staff(&house, "per").await;
    let id = page.between("name=\"id\" value=\"", "\"").unwrap();
    per.get("/en/desk/sessions").await;
    assert_eq!(per.submit("/en/desk/sessions/end", &[("id", &id)]).await.status.code, 404);
    one.get("/en/desk/sessions").await;
    one.submit("/en/desk/sessions/end", &[("id", &id)]).await;
    assert_eq!(three.get("/en/desk/").await.path, "/en/desk/sign-in", "the newest of the others is over");
    assert_eq!(two.get("/en/desk/").await.path, "/en/desk/");
    one.submit("/en/desk/sessions/end-others", &[]).await;
    assert_eq!(two.get("/en/desk/").await.path, "/en/desk/sign-in");
    // Used all the time, it ends after twelve hours all the same.
    for _ in 0..34 {
        house.advance(MINUTE * 20).await;
        assert_eq!(one.get("/en/desk/").await.path, "/en/desk/");
    }
    for _ in 0..3 {
        house.advance(MINUTE * 20).await;
        one.get("/en/desk/").await;
    }
    assert_eq!(one.get("/en/desk/").await.path, "/en/desk/sign-in");
    let (mut kari, mut vera) = (Browser::of_staff(&house, "kari").await, Browser::of_staff(&house, "vera").await);
    vera.get("/en/desk/people/kari").await;
    vera.submit("/en/desk/people/kari/sessions", &[]).await;
    assert_eq!(kari.get("/en/desk/").await.path, "/en/desk/sign-in", "an administrator ends anybody's");
}

async fn a_password_is_judged_where_it_is_changed(house: TestHouse) {
    let mut kari = Browser::of_staff(&house, "kari").await;
    let form = kari.get("/en/desk/access/password").await;
    for (current, new, why) in [
        ("feil hest batteri stift", CHOSEN, "Your password now is not right"),
        (PASSWORD, "visumexpress2026", "names or words that anybody can find"),
        (PASSWORD, "qwertyuiop1234", "easy to guess"),
    ] {
        let again = kari.submit(&form.path, &[("current", current), ("password", new)]).await;
        assert!(again.status.code == 422 && again.text().contains(why), "{why}: {again}");
    }
    let done = kari.submit(&form.path, &[("current", PASSWORD), ("password", CHOSEN)]).await;
    done.says(&["It was changed", "End all others"]);
    assert_eq!(told(&house, "kari@visumexpress.example", "Innloggingen din er endret"), 1);
    house.advance(MINUTE).await;
    let code = totp_code(&crate::house::test_house::TOTP_SECRET, house.now()).unwrap();
    let mut anew = Browser::open(&house).await;
    assert_eq!(signs_in(&mut anew, "kari@visumexpress.example", PASSWORD, &code).await.status.code, 422);
    assert_eq!(signs_in(&mut anew, "kari@visumexpress.example", CHOSEN, &code).await.path, "/en/desk/");
    house.settle().await;
}

async fn values_are_hidden_until_somebody_asks_for_them(house: TestHouse) {
    let email = house.solveig().email;
    let case = house.solveig().asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    let task = case.open_task("check-identity-strong").await.id;
    let (path, reveal) = (format!("/en/desk/case/{}/task/{task}", case.reference), format!("/en/desk/case/{}/reveal", case.reference));
    let mut ida = Browser::of_staff(&house, "ida").await;
    ida.obliging = false;
    let page = ida.get(&path).await;
    page.says(&["•••@", "The values are hidden"]);
    assert!(!page.text().contains(&email), "{page}");
    let back = page.hidden("back").unwrap();
    let asking = |reason: &'static str| [("reason", reason), ("what", "identity-check-strong"), ("back", back.as_str())];
    assert_eq!(ida.submit(&reveal, &asking("curiosity")).await.status.code, 422);
    assert_eq!(case.facts("revealed").await.len(), 0);
    let shown = ida.submit(&reveal, &asking("identity")).await;
    assert_eq!(shown.path, path);
    shown.says(&[&email]);
    let facts = case.facts("revealed").await;
    assert_eq!((facts.len(), &*facts[0]["what"], &*facts[0]["reason"]), (1, "identity-check-strong", "identity"));
    let said = case.log().await.into_iter().find(|fact| fact["kind"] == "revealed").unwrap();
    assert_eq!(said["actor"], "staff/ida");

    let mut elsewhere = Browser::of_staff(&house, "ida").await;
    elsewhere.obliging = false;
    assert!(!elsewhere.get(&path).await.text().contains(&email), "another session did not ask");
    house.advance(MINUTE * 16).await;
    assert!(!ida.get(&path).await.text().contains(&email), "a quarter of an hour is over");
    for stranger in ["vera", "bo"] {
        let mut browser = Browser::of_staff(&house, stranger).await;
        browser.get("/en/desk/access").await;
        assert_eq!(browser.submit(&reveal, &asking("identity")).await.status.code, 404, "{stranger}");
        assert_eq!(browser.get(&path).await.status.code, 404, "{stranger}");
    }
    house.settle().await;
}
