//! Somebody asks for somebody else: before a person has decided that she may, nothing is looked up, shown, handed out or erased.

use habeas_core::law::{right::Right, tier::Tier};
use jiff::SignedDuration;
use rocket::http::Status;

use super::browser::{Browser, Form, HOME, Shown};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    a_parent_of_a_child_of_ten_asks_and_receives,
    a_parent_of_somebody_of_sixteen_is_told_to_let_her_ask,
    a_mandate_is_accepted_and_the_copy_goes_to_the_person,
    a_mandate_that_nobody_has_seen_is_refused,
    ab09_a_guardian_whose_number_does_not_fit_waits_for_a_person,
    who_has_died_is_for_people_to_answer,
    the_person_hears_of_it_and_stops_it_in_time,
    nothing_at_once_is_asked_for_somebody_else,
}

const LAWYER: &str = "lie@advokat.example";

/// Past the two days in which the person can say no.
const HEARD: SignedDuration = SignedDuration::from_hours(49);

async fn dutch(house: &mut TestHouse) {
    house.rewrites("organisation.yaml", "calendar: \"NO\"", "calendar: \"NL\"").await;
}

/// What is said about whom it is for, and the page after it.
async fn says_for_whom(browser: &mut Browser<'_>, right: Right, (what, born): (&str, &str), about: &Subject<'_>) -> Shown {
    let start = browser.get("/en/").await;
    let who = browser.fills(&start, &[("right", right.name())]).await;
    let act = browser.get(&who.link("/request/for")).await;
    let form: Form<'_> = &[
        ("capacity", what),
        ("name", "Line Lie"),
        ("concerned", "Kari Nordmann"),
        ("concerned-email", &about.email),
        ("number", &about.customer_number),
        ("born", born),
    ];
    browser.fills(&act, form).await
}

/// From the first page to the case, in somebody else's name.
async fn asks_for<'h>(browser: &mut Browser<'h>, right: Right, as_what: (&str, &str), from: &str, about: &Subject<'h>) -> CaseHandle<'h> {
    let who = says_for_whom(browser, right, as_what, about).await;
    assert!(who.path.ends_with("/request/who"), "{who}");
    who.says(&["Kari Nordmann"]);
    let mut shown = browser.proves(&who.path, from).await;
    while !shown.path.ends_with("/request/check") {
        shown = browser.fills(&shown, &[("scope", "everything")]).await;
    }
    shown.says(&["Kari Nordmann"]);
    browser.sends(&shown).await
}

/// Nothing was looked up, and nothing was written to the person.
async fn nothing_is_looked_up(house: &TestHouse, case: &CaseHandle<'_>, person: &str) {
    for kind in ["identity-matched", "system-searched", "subject-told"] {
        assert!(case.facts(kind).await.is_empty(), "{kind}");
    }
    assert!(case.package("subject").await.is_none());
    let told = house.mails().into_iter().any(|mail| mail.to == person && mail.text.contains(&case.reference));
    assert!(!told, "nobody wrote to {person}");
}

fn accepting<'h>(house: &'h TestHouse, who: &'h str, answer_to: &str) -> crate::house::people::Staff<'h> {
    house.staff(who).writing("seen", "register").writing("answer-to", answer_to)
}

async fn a_parent_of_a_child_of_ten_asks_and_receives(mut house: TestHouse) {
    dutch(&mut house).await;
    let (kari, born) = (house.kari(), format!("{}-05-31", house.now().to_zoned(jiff::tz::TimeZone::UTC).year() - 10));
    let mut browser = Browser::open(&house).await;
    // The child is known by the mailbox of its parent.
    let case = asks_for(&mut browser, Right::Access, ("parent", &born), &kari.email, &kari).await;
    assert_eq!(case.waits_at().await, ["check-authority"]);
    nothing_is_looked_up(&house, &case, "nobody@example.no").await;
    let own = kari.signs_in().await;
    let enrols = Browser::open(&house).await.get("/en/access").await;
    assert_ne!(enrols.path, "/en/access", "what is shown for a child opens nothing of her own: {own:?}");

    accepting(&house, "kari", "representative").does(&case, "check-authority", "accepted").await;
    assert_eq!(case.row().await.tier, Some(Tier::SecondItem), "matched by what was stated");
    assert_eq!(case.facts("subject-told").await[0]["outcome"], "nobody", "there is no other mailbox");
    let status = browser.get(&format!("/en/case/{}", case.reference)).await;
    status.says(&["Kari Nordmann", "As a parent of a child"]);
    house.settle().await;
    assert!(case.package("subject").await.is_some(), "{:?}", case.waits_at().await);
    let accepted = case.facts("authority-accepted").await;
    assert_eq!((&*accepted[0]["capacity"], &*accepted[0]["seen"]), ("parent", "register"));
}

async fn a_parent_of_somebody_of_sixteen_is_told_to_let_her_ask(mut house: TestHouse) {
    dutch(&mut house).await;
    let (kari, born) = (house.kari(), format!("{}-01-01", house.now().to_zoned(jiff::tz::TimeZone::UTC).year() - 16));
    let mut browser = Browser::open(&house).await;
    let again = says_for_whom(&mut browser, Right::Access, ("parent", &born), &kari).await;
    assert_eq!((again.status, again.path.as_str()), (Status::UnprocessableEntity, "/en/request/for"));
    assert!(again.text().contains("At this age the young person asks"), "{again}");
    assert!(house.mails().is_empty(), "and nothing was sent to anybody");
}

async fn a_mandate_is_accepted_and_the_copy_goes_to_the_person(house: TestHouse) {
    let kari = house.kari();
    let mut lawyer = Browser::open(&house).await;
    let case = asks_for(&mut lawyer, Right::Access, ("mandate", ""), LAWYER, &kari).await;
    nothing_is_looked_up(&house, &case, &kari.email).await;
    // Where it was seen, and who gets the answer, has to be said.
    assert!(house.staff("kari").tries(&case, "check-authority", "accepted").await.is_err());
    accepting(&house, "kari", "subject").does(&case, "check-authority", "accepted").await;
    assert_eq!(case.waits_at().await, ["hear-subject"]);
    assert!(case.facts("system-searched").await.is_empty(), "nothing is collected before she had time to say no");
    assert!(case.mail_to(&kari.email).text.contains("/stop/"));
    house.advance(HEARD).await;
    house.settle().await;
    assert_eq!(case.phase().await, "answered", "{:?}", case.waits_at().await);

    let at = format!("/en/case/{}", case.reference);
    let gone = lawyer.get(&at).await;
    let status = lawyer.proves(&gone.path, LAWYER).await;
    status.says(&["The answer is in the mailbox of the person it is about"]);
    for page in ["/data", "/download", "/download/file", "/result"] {
        let shut = lawyer.get(&format!("{at}{page}")).await;
        assert!(shut.status == Status::NotFound || shut.path == at, "{page}: {shut}");
    }
    let mut hers = Browser::open(&house).await;
    assert!(case.mail_to(&kari.email).text.contains(&format!("{}/result", case.reference)));
    let gone = hers.get(&format!("{at}/result")).await;
    let result = hers.proves(&gone.path, &kari.email).await;
    assert_eq!(result.path, format!("{at}/result"), "{result}");
    let download = hers.get(&format!("{at}/download")).await;
    let file = hers.get(&download.link("/download/file")).await;
    assert_eq!(file.headers.get_one("Content-Type"), Some("application/zip"));
    for page in ["/messages", "/record"] {
        assert_eq!(hers.get(&format!("{at}{page}")).await.status, Status::NotFound, "what the lawyer wrote is the lawyer's: {page}");
    }
    let mut lawyer_again = Browser::open(&house).await;
    let find = lawyer_again.get("/en/find").await;
    let cases = lawyer_again.proves(&find.path, LAWYER).await;
    assert!(cases.path.ends_with(&case.reference), "one case, and none of hers: {cases}");
}

async fn a_mandate_that_nobody_has_seen_is_refused(house: TestHouse) {
    let kari = house.kari();
    let mut lawyer = Browser::open(&house).await;
    let case = asks_for(&mut lawyer, Right::Erasure, ("mandate", ""), LAWYER, &kari).await;
    let before = house.systems.bytes();
    house.staff("kari").writing("reason", "Show us the mandate by video.").does(&case, "check-authority", "more").await;
    let at = format!("/en/case/{}", case.reference);
    let asked = lawyer.get(&format!("{at}/answer")).await;
    asked.says(&["Show us the mandate by video.", "How can we see that you may ask?"]);
    lawyer.fills(&asked, &[("answer", "I am her neighbour.")]).await;
    house.staff("per").does(&case, "look-again", "refused").await;
    let reasons = house.staff("kari").writing("ground", "RX.no_authority").writing("reason", "Vi har ikke sett noen fullmakt.");
    reasons.does(&case, "reasons", "submitted").await;
    let own = house.staff("per").tries(&case, "review", "approved").await;
    assert!(own.is_err(), "who refused does not agree to it");
    house.staff("ida").does(&case, "review", "approved").await;
    assert_eq!(case.phase().await, "refused");
    assert!(case.mail_to(LAWYER).text.contains("Datatilsynet"));
    nothing_is_looked_up(&house, &case, &kari.email).await;
    assert!(house.systems.bytes() == before, "not a byte was touched");
}

async fn ab09_a_guardian_whose_number_does_not_fit_waits_for_a_person(house: TestHouse) {
    let (kari, jonas) = (house.kari(), house.jonas());
    let mut mixed = kari.clone();
    mixed.customer_number.clone_from(&jonas.customer_number);
    let mut guardian = Browser::open(&house).await;
    let case = asks_for(&mut guardian, Right::Access, ("guardian", ""), LAWYER, &mixed).await;
    accepting(&house, "kari", "representative").does(&case, "check-authority", "accepted").await;
    house.advance(HEARD).await;
    assert_eq!(case.waits_at().await, ["check-identity"], "a mismatch waits for a person");
    assert_eq!(case.facts("identity-matched").await[0]["outcome"], "mismatch");
    assert_eq!(case.row().await.tier, None);
    assert!(case.facts("system-searched").await.is_empty() && case.package("subject").await.is_none());
}

async fn who_has_died_is_for_people_to_answer(house: TestHouse) {
    let kari = house.kari();
    let mut heir = Browser::open(&house).await;
    let case = asks_for(&mut heir, Right::Access, ("deceased", ""), "arving@example.no", &kari).await;
    assert_eq!(case.waits_at().await, ["weigh-deceased"]);
    nothing_is_looked_up(&house, &case, &kari.email).await;
    assert!(house.staff("kari").tries(&case, "weigh-deceased", "not-gdpr").await.is_err(), "a weighty word is for those who lead");
    house.staff("per").does(&case, "weigh-deceased", "not-gdpr").await;
    let reasons = house.staff("kari").writing("ground", "RX.not_gdpr").writing("reason", "Vi kondolerer. Ring oss, så hjelper vi deg.");
    reasons.does(&case, "reasons", "submitted").await;
    house.staff("ida").does(&case, "review-refusal", "approved").await;
    let letter = case.mail_to("arving@example.no").text;
    assert!(letter.contains("Vi kondolerer") && letter.contains("somebody who has died"), "{letter}");
    nothing_is_looked_up(&house, &case, &kari.email).await;
}

async fn the_person_hears_of_it_and_stops_it_in_time(house: TestHouse) {
    let kari = house.kari();
    let mut lawyer = Browser::open(&house).await;
    let case = asks_for(&mut lawyer, Right::Access, ("mandate", ""), LAWYER, &kari).await;
    accepting(&house, "kari", "representative").does(&case, "check-authority", "accepted").await;
    let letter = case.mail_to(&kari.email).text;
    let link = letter.split_whitespace().find(|word| word.contains("/stop/")).unwrap_or_else(|| panic!("no link: {letter}"));
    let path = link.trim_matches(['<', '>', '.']).strip_prefix(HOME).expect("an address of the house").to_owned();
    let mut anybody = Browser::open(&house).await;
    let page = anybody.get(&path).await;
    page.says(&[&case.reference, "I do not agree"]);
    assert_eq!(case.waits_at().await, ["hear-subject"], "reading the page stops nothing");
    anybody.submit(&path, &[]).await.says(&["The request stands still"]);
    assert_eq!(case.waits_at().await, ["weigh-authority"]);
    house.advance(HEARD).await;
    assert!(case.package("subject").await.is_none() && case.facts("system-searched").await.is_empty());
    house.staff("per").does(&case, "weigh-authority", "ended").await;
    assert_eq!(case.waits_at().await, ["reasons"]);
}

async fn nothing_at_once_is_asked_for_somebody_else(house: TestHouse) {
    let kari = house.kari();
    let mut browser = Browser::open(&house).await;
    let again = says_for_whom(&mut browser, Right::ConsentWithdrawal, ("mandate", ""), &kari).await;
    assert_eq!((again.status, again.path.as_str()), (Status::UnprocessableEntity, "/en/request/for"));
    assert!(again.text().contains("from the mailbox itself"), "{again}");
    let act = browser.get("/en/request/for").await;
    let on = browser.fills(&act, &[("capacity", "self")]).await;
    assert!(on.path.ends_with("/request/who"), "for herself she may: {on}");
}
