//! Links and sessions in the wrong hands.

use futures_util::future::join_all;
use habeas::action::{
    actor::Actor,
    check_code::{CheckCode, CodeTry},
    request_code::RequestCode,
    session::{Memory, Visit},
};
use habeas_core::law::{lang::Lang, personal::Personal, right::Right};
use jiff::SignedDuration;
use rocket::http::Method;

use crate::{
    faces::browser::{Browser, HOME, Shown},
    house::{database::on_every_store, people::code_in, test_house::TestHouse},
};

on_every_store! {
    ab14_a_scanner_that_follows_every_link_uses_none_up,
    ab15_a_link_in_another_browser_asks_for_a_code_of_its_own,
    ab16_of_sixty_four_who_type_a_code_at_once_one_is_in,
    ab17_a_download_is_for_its_person_while_she_is_signed_in,
    whoever_signs_out_leaves_nothing_behind,
    no_address_leads_elsewhere,
}

async fn ab14_a_scanner_that_follows_every_link_uses_none_up(house: TestHouse) {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.staff("kari").does(&case, "propose", "partly").await;
    house.staff("per").approves(&case).await;
    let before = (case.waits_at().await, case.log().await.len());
    let scanner = Browser::open(&house).await;
    let links: Vec<String> = house
        .mails()
        .iter()
        .flat_map(|mail| mail.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|word| word.trim_matches(['<', '>', '.', ',']).strip_prefix(HOME).map(str::to_owned))
        .collect();
    assert!(links.iter().any(|link| link.contains("/stop/")) && links.len() > 1, "{links:?}");
    for link in links.iter().chain(&links) {
        for method in [Method::Head, Method::Get] {
            let status = scanner.client.req(method, link.clone()).dispatch().await.status().code;
            // The mail with the code that she typed has a link, too.
            assert!(status < 400 || (status == 410 && link.contains("/link/")), "{method} {link}: {status}");
        }
    }
    house.settle().await;
    assert_eq!((case.waits_at().await, case.log().await.len()), before, "looking does nothing");
    let stop = links.iter().find(|link| link.contains("/stop/")).unwrap();
    let mut hers = Browser::open(&house).await;
    hers.get(stop).await;
    hers.submit(stop, &[]).await.says(&[]);
    assert_eq!(case.waits_at().await, ["look-into-it"], "and her own click still works");
}

async fn ab15_a_link_in_another_browser_asks_for_a_code_of_its_own(house: TestHouse) {
    let kari = house.kari();
    let mut first = Browser::open(&house).await;
    let case = first.asks(&kari, Right::Access, Lang::Nb).await;
    let letter = case.mail_to(&kari.email).text;
    let link = letter.split_whitespace().find_map(|word| word.trim_matches(['<', '>', '.']).strip_prefix(HOME)).unwrap().to_owned();
    let mut second = Browser::open(&house).await;
    let shown = second.get(&link).await;
    assert!(shown.path.starts_with("/nb/find"), "a link alone opens nothing: {shown}");
    assert!(!shown.text().contains(&kari.email), "{shown}");

    // The code that the first browser asked for is worth nothing in the second.
    let mut asking = Browser::open(&house).await;
    asking.get("/nb/find").await;
    asking.submit("/nb/find", &[("email", &kari.email)]).await;
    let code = asking.code_for(&kari.email).await;
    let elsewhere = second.submit("/nb/request/code", &[("code", &code)]).await;
    assert_eq!(elsewhere.status.code, 410, "{elsewhere}");
    assert_eq!(asking.submit("/nb/request/code", &[("code", &code)]).await.path, format!("/nb/case/{}", case.reference));
}

async fn ab16_of_sixty_four_who_type_a_code_at_once_one_is_in(house: TestHouse) {
    let session = house.house.door.begin_session(Memory::Portal(Visit::default()), None).await.unwrap().session.id;
    let email = house.kari().email;
    let request = RequestCode { session: session.clone(), email: Personal::new(email.clone()), lang: Lang::En, link: true };
    house.run(&Actor::Visitor, request).await.unwrap();
    house.settle().await;
    let code = house.mails().iter().filter(|mail| mail.to == email).find_map(code_in).unwrap();
    let typed = || CheckCode { session: session.clone(), email: Personal::new(email.clone()), code: code.clone() };
    let tries = (0..64).map(|_| house.run(&Actor::Visitor, typed()));
    let answers: Vec<_> = join_all(tries).await;
    let right = answers.iter().filter(|answer| matches!(answer, Ok(CodeTry::Right))).count();
    assert_eq!(right, 1, "{answers:?}");
    house.settle().await;
}

/// A whole answer that gives nothing away.
fn is_shut(shown: &Shown) -> bool {
    [303, 404].contains(&shown.status.code) && !shown.bytes.starts_with(b"PK")
}

async fn ab17_a_download_is_for_its_person_while_she_is_signed_in(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&kari, Right::Access, Lang::Nb).await;
    let file = format!("/nb/case/{}/download/file", case.reference);
    assert!(hers.look(&file).await.bytes.starts_with(b"PK"));
    assert!(is_shut(&Browser::open(&house).await.look(&file).await), "without a session");
    let mut other = Browser::open(&house).await;
    other.get("/nb/find").await;
    other.proves("/nb/find", &house.jonas().email).await;
    assert_eq!(other.look(&file).await.status.code, 404, "another person");
    house.advance(SignedDuration::from_hours(25)).await;
    assert!(is_shut(&hers.look(&file).await), "after a day the session is over");
    let find = hers.get(&file).await;
    hers.proves(&find.path, &kari.email).await;
    assert!(hers.look(&file).await.bytes.starts_with(b"PK"));
    hers.get("/nb/find").await;
    hers.submit("/nb/sign-out", &[]).await;
    assert!(is_shut(&hers.look(&file).await), "after signing out");
    house.advance(SignedDuration::from_hours(24 * 31)).await;
    hers.get("/nb/find").await;
    hers.proves("/nb/find", &kari.email).await;
    assert_eq!(hers.look(&file).await.status.code, 404, "after the copy's time");
}

async fn whoever_signs_out_leaves_nothing_behind(house: TestHouse) {
    let mut hers = Browser::open(&house).await;
    hers.get("/nb/find").await;
    hers.proves("/nb/find", &house.kari().email).await;
    let desk = Browser::of_staff(&house, "kari").await;
    for (mut browser, page, out) in [(hers, "/nb/find", "/nb/sign-out"), (desk, "/nb/desk/sign-in", "/nb/desk/sign-out")] {
        browser.get(page).await;
        let csrf = browser.csrf().to_owned();
        let shown = browser.send(out, &[("csrf", &csrf)], &[("Origin", HOME)]).await;
        assert_eq!(shown.headers.get_one("Clear-Site-Data"), Some("\"cache\", \"storage\""), "{shown}");
        let cookie = shown.headers.get_one("Set-Cookie").unwrap();
        assert!(cookie.contains("Max-Age=0") && cookie.starts_with("__Host-"), "{cookie}");
    }
}

async fn no_address_leads_elsewhere(house: TestHouse) {
    let mut kari = Browser::open(&house).await;
    for path in [
        "/nb/find?case=//evil.example",
        "/nb/find?case=https://evil.example",
        "/nb/find?case=HB-1%0d%0aLocation:%20https://evil.example",
        "/nb/?next=https://evil.example",
        "//evil.example/nb/",
        "/nb//evil.example",
        "/nb/case/%2F%2Fevil.example",
        "/nb/case/HB-1%0D%0ASet-Cookie:x=1",
        "/nb/desk/?next=//evil.example",
    ] {
        let shown = kari.look(path).await;
        let leads = shown.leads_to().unwrap_or_default();
        let stays = leads.is_empty() || (leads.starts_with('/') && !leads.starts_with("//"));
        assert!(stays && !shown.headers.iter().any(|header| header.value().contains('\r')), "{path} leads to {leads}");
        assert!(shown.headers.get("Set-Cookie").all(|cookie| cookie.starts_with("__Host-habeas")), "{path}");
    }
    let find = "/nb/find?case=HB-1//evil.example";
    kari.get(find).await;
    let back = kari.proves(find, &house.kari().email).await;
    assert_eq!(back.path, "/nb/cases", "what is no reference is forgotten: {back}");
    house.settle().await;
}
