//! Showing who one is with what one has set up oneself: a code app, a recovery code, a passkey. It is there next time, for its person only,
//! and nobody guesses it.

use data_encoding::BASE32_NOPAD;
use habeas::action::secret::totp_code;
use habeas_core::law::{lang::Lang, right::Right, tier::Tier};
use jiff::{SignedDuration, ToSpan as _};

use super::{
    browser::{Browser, HOME, Shown},
    passkey::Device,
    proof::asked_to_change,
};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    an_app_that_was_set_up_before_shows_who_she_is,
    what_was_set_up_today_makes_nobody_surer,
    a_code_of_the_app_is_good_once,
    after_five_wrong_codes_there_is_a_pause_in_every_browser,
    a_recovery_code_stands_in_for_the_app_once,
    a_mailbox_alone_sets_up_nothing,
    what_is_removed_shows_nothing,
    her_passkey_opens_her_copy,
    what_she_set_up_goes_with_the_last_case,
}

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// What her app knows.
struct App(Vec<u8>);

impl App {
    fn shows(&self, house: &TestHouse) -> String {
        totp_code(&self.0, house.now()).unwrap()
    }

    /// Six digits that it does not show, now or in the steps beside.
    fn does_not_show(&self, house: &TestHouse) -> String {
        let shown = [-30, 0, 30].map(|seconds| totp_code(&self.0, house.now() + SignedDuration::from_secs(seconds)).unwrap());
        (0..4).map(|number| format!("{number:06}")).find(|code| !shown.contains(code)).unwrap()
    }
}

/// Kari's copy is ready, and she has just shown that the mailbox is hers.
async fn answered<'h>(house: &'h TestHouse, subject: &Subject<'h>) -> (Browser<'h>, CaseHandle<'h>) {
    let mut hers = Browser::open(house).await;
    let case = hers.asks(subject, Right::Access, Lang::En).await;
    house.settle().await;
    (hers, case)
}

/// Sets up a code app; the recovery codes come with it.
async fn sets_up(hers: &mut Browser<'_>, house: &TestHouse) -> (App, Vec<String>) {
    hers.get("/en/access").await.says(&["Set up a code app", "three days later"]);
    let page = hers.submit("/en/access/app", &[]).await;
    page.says(&["<svg", "Type this into the app"]);
    let typed = page.between("<p class=\"mono\">", "</p>").unwrap().replace(' ', "");
    let app = App(BASE32_NOPAD.decode(typed.as_bytes()).unwrap());
    let wrong = hers.submit("/en/access/app/made", &[("code", &app.does_not_show(house))]).await;
    assert_eq!(wrong.status.code, 422, "{wrong}");
    let codes = hers.submit("/en/access/app/made", &[("code", &app.shows(house))]).await;
    codes.says(&["Your recovery codes", "We show them only now"]);
    let text = codes.text();
    let codes: Vec<_> = text.split("<li>").filter_map(|line| line.split_once("</li>")).map(|(code, _)| code.to_owned()).collect();
    let codes: Vec<_> = codes.into_iter().filter(|code| code.len() == 11 && code.as_bytes()[5] == b'-').collect();
    assert_eq!(codes.len(), 10);
    (app, codes)
}

/// Comes back another time, with nothing but her mailbox.
async fn back<'h>(house: &'h TestHouse, email: &str) -> Browser<'h> {
    let mut hers = Browser::open(house).await;
    hers.get("/en/find").await;
    hers.proves("/en/find", email).await;
    hers
}

async fn an_app_that_was_set_up_before_shows_who_she_is(house: TestHouse) {
    let solveig = house.solveig();
    let (mut hers, first) = answered(&house, &solveig).await;
    hers.get(&format!("/en/case/{}", first.reference)).await.says(&["Prove who you are more easily next time"]);
    let (app, _) = sets_up(&mut hers, &house).await;
    let told = house.mails().into_iter().find(|mail| mail.to == solveig.email && mail.text.contains("A new key was added"));
    let told = told.expect("she is told");
    assert!(told.text.contains("On the page of your case you can remove") && !told.text.contains("administrator"), "{}", told.text);
    assert_eq!(first.facts("factor-added").await.len(), 1);

    house.advance(HOUR * 73).await;
    let (mut hers, case) = asked_to_change(&house).await;
    assert_eq!(case.row().await.tier, Some(Tier::SecondItem));
    let ways = hers.get(&format!("/en/case/{}/prove", case.reference)).await;
    let page = hers.fills(&ways, &[("way", "app")]).await;
    let before = hers.cookie();
    let shown = hers.submit(&page.path, &[("code", &app.shows(&house))]).await;
    shown.says(&["You have just shown who you are"]);
    assert_ne!(hers.cookie(), before, "who has shown more has another session");
    hers.fills(&shown, &[("way", "shown")]).await;
    house.settle().await;
    assert_eq!((case.waits_at().await, case.row().await.tier), (vec!["judge".to_owned()], Some(Tier::TwoChannels)));
    assert_eq!(case.facts("identity-screened").await[1]["by"], "totp");
}

async fn what_was_set_up_today_makes_nobody_surer(house: TestHouse) {
    let solveig = house.solveig();
    let (mut hers, _) = answered(&house, &solveig).await;
    let (app, _) = sets_up(&mut hers, &house).await;
    house.advance(HOUR * 71).await;
    let (mut hers, case) = asked_to_change(&house).await;
    let prove = format!("/en/case/{}/prove", case.reference);
    let ways = hers.get(&prove).await;
    assert!(!ways.offers("way", "app"), "{ways}");
    let back = hers.submit(&format!("/en/case/{}/app", case.reference), &[("code", &app.shows(&house))]).await;
    assert!(back.path == prove && !back.text().contains("You have just shown"), "{back}");
    hers.submit(&prove, &[("way", "shown")]).await;
    house.settle().await;
    assert_eq!((case.waits_at().await, case.row().await.tier), (vec!["prove-more".to_owned()], Some(Tier::SecondItem)));
}

async fn a_code_of_the_app_is_good_once(house: TestHouse) {
    let kari = house.kari();
    let (mut hers, case) = answered(&house, &kari).await;
    let (app, _) = sets_up(&mut hers, &house).await;
    house.advance(MINUTE * 6).await;
    let download = hers.get(&format!("/en/case/{}/download", case.reference)).await;
    let page = hers.get(&download.link("/app?to=download")).await;
    let code = app.shows(&house);
    hers.submit(&page.path, &[("code", &code)]).await.says(&["Checksum"]);
    let mut other = back(&house, &kari.email).await;
    let again = other.submit(&page.path, &[("code", &code)]).await;
    assert!(again.status.code == 422 && again.text().contains("was used"), "{again}");
    house.advance(SignedDuration::from_secs(30)).await;
    other.submit(&page.path, &[("code", &app.shows(&house))]).await.says(&["Checksum"]);
}

async fn after_five_wrong_codes_there_is_a_pause_in_every_browser(house: TestHouse) {
    let kari = house.kari();
    let (mut hers, case) = answered(&house, &kari).await;
    let (app, _) = sets_up(&mut hers, &house).await;
    let page = format!("/en/case/{}/app?to=download", case.reference);
    house.advance(MINUTE).await;
    let mut other = back(&house, &kari.email).await;
    for browser in [&mut hers, &mut other] {
        for _ in 0..2 {
            let wrong = browser.submit(&page, &[("code", &app.does_not_show(&house))]).await;
            assert!(wrong.status.code == 422 && wrong.text().contains("not right"), "{wrong}");
        }
    }
    assert_eq!(hers.submit(&page, &[("code", "")]).await.status.code, 422, "nothing is no try");
    house.advance(MINUTE).await;
    hers.submit(&page, &[("code", "AAAAA-AAAAA")]).await;
    for browser in [&mut hers, &mut other] {
        let late = browser.submit(&page, &[("code", &app.shows(&house))]).await;
        assert!(late.status.code == 422 && late.text().contains("wrong five times"), "{late}");
    }
    house.advance(MINUTE * 13).await;
    assert_eq!(hers.submit(&page, &[("code", &app.shows(&house))]).await.status.code, 422);
    house.advance(MINUTE * 2).await;
    hers.submit(&page, &[("code", &app.shows(&house))]).await.says(&["Checksum"]);
}

async fn a_recovery_code_stands_in_for_the_app_once(house: TestHouse) {
    let kari = house.kari();
    let (mut hers, case) = answered(&house, &kari).await;
    let (_, codes) = sets_up(&mut hers, &house).await;
    let page = format!("/en/case/{}/app?to=download", case.reference);
    house.advance(MINUTE * 6).await;
    let typed = codes[3].to_lowercase().replace('-', " ");
    hers.submit(&page, &[("code", &typed)]).await.says(&["Checksum"]);
    hers.get(&page).await;
    let again = hers.submit(&page, &[("code", &codes[3])]).await;
    assert_eq!(again.status.code, 422, "{again}");
    assert!(house.mails().iter().any(|mail| mail.to == kari.email && mail.text.contains("A recovery code was used")));
    hers.get("/en/access").await.says(&["You have 9 left"]);
    let renewed = hers.submit("/en/access/recovery", &[]).await;
    renewed.says(&["Your recovery codes"]);
    assert_eq!(hers.submit(&page, &[("code", &codes[4])]).await.status.code, 422, "the old ones are gone");
    house.advance(MINUTE * 6).await;
    hers.submit("/en/access/recovery", &[]).await.says(&["Before you change anything"]);
}

async fn a_mailbox_alone_sets_up_nothing(house: TestHouse) {
    let kari = house.kari();
    let unknown = house.kari().giving(Some("K-999999")).asks(Right::Access).await;
    assert_eq!(unknown.row().await.tier, None);
    let mut hers = back(&house, &kari.email).await;
    let page = hers.get(&format!("/en/case/{}", unknown.reference)).await;
    assert!(!page.text().contains("/access\""), "{page}");
    assert_eq!(hers.get("/en/access").await.status.code, 404);
    for path in ["code", "app", "app/made", "passkey", "passkey/made", "remove", "recovery"] {
        let refused = hers.submit(&format!("/en/access/{path}"), &[("again", "yes"), ("code", "123456"), ("id", "x")]).await;
        assert_eq!(refused.status.code, 404, "{path}: {refused}");
    }
    assert!(house.facts("factor-added").await.is_empty());
}

async fn what_is_removed_shows_nothing(house: TestHouse) {
    let kari = house.kari();
    let staff = house.count("credential").await;
    let (mut hers, case) = answered(&house, &kari).await;
    let (app, codes) = sets_up(&mut hers, &house).await;
    assert_eq!(house.count("credential").await, staff + 11);
    let id = hers.get("/en/access").await.hidden("id").unwrap();
    house.advance(MINUTE * 6).await;
    let first = hers.submit("/en/access/remove", &[("id", &id)]).await;
    assert_eq!(first.hidden("again").as_deref(), Some("yes"), "{first}");
    assert_eq!(house.count("credential").await, staff + 11);
    let code = hers.submit("/en/access/code", &[("again", "yes")]).await;
    let digits = hers.code_for(&kari.email).await;
    let page = hers.submit(&code.path, &[("code", &digits)]).await;
    assert_eq!(page.path, "/en/access", "{page}");
    hers.submit("/en/access/remove", &[("id", &id)]).await.says(&["Set up a code app"]);
    assert_eq!(house.count("credential").await, staff, "the recovery codes stood in for it");
    assert_eq!(case.facts("factor-removed").await.len(), 1);
    assert!(house.mails().iter().any(|mail| mail.to == kari.email && mail.text.contains("A key was removed")));
    house.advance(MINUTE * 6).await;
    for code in [&app.shows(&house), &codes[0]] {
        let asked = hers.submit(&format!("/en/case/{}/app?to=download", case.reference), &[("code", code)]).await;
        assert!(asked.path.ends_with("/download") && !asked.text().contains("Checksum"), "{asked}");
    }
}

async fn her_passkey_opens_her_copy(house: TestHouse) {
    let kari = house.kari();
    let (mut hers, case) = answered(&house, &kari).await;
    let mut device = Device::new(7);
    let plain = hers.get("/en/access").await;
    assert!(plain.headers.get_one("Content-Security-Policy").is_some_and(|policy| !policy.contains("script-src")), "{plain}");
    let asked = hers.submit("/en/access/passkey", &[("label", "my phone")]).await;
    let answer = device.answers(&asked, HOME);
    let codes = hers.submit("/en/access/passkey/made", &[("label", "my phone"), ("passkey", &answer)]).await;
    codes.says(&["Your recovery codes"]);
    hers.get("/en/access").await.says(&["Passkey", "my phone"]);

    house.advance(MINUTE * 6).await;
    let page = format!("/en/case/{}/passkey?to=download", case.reference);
    let asked: Shown = hers.submit(&page, &[]).await;
    let elsewhere = device.answers(&asked, "https://personvern.visumexpress.example.evil.example");
    let asked = hers.submit(&page, &[("passkey", &elsewhere)]).await;
    assert!(asked.status.code == 422 && asked.text().contains("was not accepted"), "{asked}");
    let answer = device.answers(&asked, HOME);
    hers.submit(&page, &[("passkey", &answer)]).await.says(&["Checksum"]);
    hers.get("/en/access").await;
    let again = hers.submit(&page, &[("passkey", &answer)]).await;
    assert!(again.text().contains("data-ceremony=\"get\""), "asked once, answered once: {again}");
}

async fn what_she_set_up_goes_with_the_last_case(house: TestHouse) {
    let kari = house.kari();
    let before = house.count("credential").await;
    let (mut hers, first) = answered(&house, &kari).await;
    sets_up(&mut hers, &house).await;
    house.advance(HOUR * 24 * 20).await;
    let (_, second) = answered(&house, &kari).await;
    let day = |case: habeas::store::case::Case| case.keep_until.expect("an answered case has its day") + 1.day();
    let (sooner, later) = (day(first.row().await), day(second.row().await));
    assert!(sooner < later);
    house.advance_to(sooner).await;
    house.work().await;
    assert_eq!(first.row().await.applicant, None, "the first one is shredded");
    assert_eq!(house.count("credential").await, before + 11, "another case still knows her");
    house.advance_to(later).await;
    house.work().await;
    assert_eq!(house.count("credential").await, before);
}
