//! Showing who one is, as people live it: more surely where it is needed, by a link on another telephone, anew before a copy goes out.

use habeas_core::law::{lang::Lang, right::Right, tier::Tier};
use jiff::SignedDuration;

use super::{
    browser::{Browser, HOME},
    files::bundle_of,
};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    solveig_changes_her_address_with_a_code_to_another_one,
    a_second_channel_is_not_enough_for_a_passport,
    a_floor_is_lowered_for_a_reason_that_stays_with_the_case,
    a_link_is_a_button_and_signs_in_once,
    a_link_on_another_telephone_needs_the_number_of_the_first,
    ab19_a_copy_goes_out_only_to_somebody_who_has_just_shown_who_she_is,
    a_download_goes_on_where_it_ended_and_is_told_once,
    what_was_shown_is_forgotten_and_what_was_written_is_not,
}

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const WORK: &str = "solveig@arbeid.example";

/// Her file has an address at work, too.
pub(crate) async fn has_another_address(house: &TestHouse, person: &Subject<'_>) -> &'static str {
    let mut dossiers = house.systems.connect("dossiers").await;
    let file = format!("UPDATE people SET email = '{WORK}' WHERE customer_number = '{}'", person.customer_number);
    sqlx::raw_sql(sqlx::AssertSqlSafe(file)).execute(&mut dossiers).await.unwrap();
    WORK
}

/// Solveig's file has an address at work, too, and she asks to have the one of the shop changed.
pub(super) async fn asked_to_change(house: &TestHouse) -> (Browser<'_>, CaseHandle<'_>) {
    let solveig = house.solveig();
    has_another_address(house, &solveig).await;
    let mut hers = Browser::open(house).await;
    let new: &[(&str, &str)] = &[("field", "email"), ("should", "ny@example.no")];
    let check = hers.writes(&solveig, Right::Rectification, Lang::En, &[&[("kind", "shop.customers")], new]).await;
    let case = hers.sends(&check).await;
    house.settle().await;
    (hers, case)
}

async fn solveig_changes_her_address_with_a_code_to_another_one(house: TestHouse) {
    let solveig = house.solveig();
    let (mut hers, case) = asked_to_change(&house).await;
    assert_eq!(case.waits_at().await, ["prove-more"]);
    assert_eq!(case.row().await.tier, Some(Tier::SecondItem));
    let letter = case.mail_to(&solveig.email);
    assert!(letter.text.contains("/prove") && letter.subject.contains(&case.reference), "{}", letter.text);

    let ways = hers.get(&format!("/en/case/{}/prove", case.reference)).await;
    ways.says(&["s•••<wbr>@arbeid.example", "Let us look at an identity document"]);
    assert!(!ways.text().contains(WORK), "an address is shown to its owner's eyes only: {ways}");
    let nothing = hers.fills(&ways, &[]).await;
    assert_eq!(nothing.status.code, 422);
    assert!(nothing.text().contains("Choose how you would like to show who you are"), "{nothing}");
    let code = hers.fills(&ways, &[("way", "0")]).await;
    code.says(&["s•••<wbr>@arbeid.example"]);
    let right = hers.code_for(WORK).await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    hers.submit(&code.path, &[("code", wrong)]).await;
    let shown = hers.submit(&code.path, &[("code", &right)]).await;
    shown.says(&["You have just shown who you are"]);
    hers.fills(&shown, &[("way", "shown")]).await;
    house.settle().await;

    assert_eq!(case.waits_at().await, ["judge"]);
    assert_eq!(case.row().await.tier, Some(Tier::TwoChannels));
    let screened = case.facts("identity-screened").await;
    assert_eq!(screened.iter().map(|fact| fact["outcome"].as_str()).collect::<Vec<_>>(), ["more", "enough"]);
    assert_eq!((screened[1]["by"].as_str(), screened[1]["tier"].as_str()), ("second-channel", "2"));
}

async fn a_second_channel_is_not_enough_for_a_passport(house: TestHouse) {
    let solveig = house.solveig();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&solveig, Right::Access, Lang::Nb).await;
    house.settle().await;
    house.staff("kari").does(&case, "review", "release").await;
    assert_eq!(case.waits_at().await, ["prove-more"]);
    hers.get(&format!("/nb/case/{}", case.reference)).await.says(&["Vi må være sikrere på at det er deg"]);
    let ways = hers.get(&format!("/nb/case/{}/prove", case.reference)).await;
    assert!(!ways.offers("way", "0"), "a code to another address proves no passport: {ways}");
    let sent = hers.submit(&ways.path, &[("way", "shown")]).await;
    assert!(!sent.status.class().is_success() && case.waits_at().await == ["prove-more"], "nothing was shown: {sent}");
    hers.fills(&ways, &[("way", "document")]).await;
    assert_eq!(case.waits_at().await, ["check-identity-strong"]);
    let gone = hers.get(&format!("/nb/case/{}/prove", case.reference)).await;
    assert!(gone.path.ends_with(&case.reference), "nothing more is asked of her: {gone}");
}

async fn a_floor_is_lowered_for_a_reason_that_stays_with_the_case(mut house: TestHouse) {
    let floors = "second-items: [customer_number, order_number], floors: [{right: access, data: high-risk, tier: 1, reason: No one abroad has an eID.}]";
    house.rewrites("organisation.yaml", "second-items: [customer_number, order_number]", floors).await;
    let case = house.solveig().asks(Right::Access).await;
    house.staff("kari").does(&case, "review", "release").await;
    assert_eq!(case.phase().await, "answered", "nothing more is asked");
    let screened = case.facts("identity-screened").await;
    assert_eq!((screened[0]["floor"].as_str(), screened[0]["lowered"].as_str()), ("1", "No one abroad has an eID."));
    let bundle = bundle_of(&house, &case, &house.solveig().email).await;
    let identity = bundle.text("data/03-identity.json");
    assert!(identity.contains("No one abroad has an eID.") && identity.contains("\"lowered\": true"), "{identity}");
    let erasure = house.solveig().asks(Right::Erasure).await;
    house.staff("kari").does(&erasure, "assess", "go-on").await;
    assert_eq!(erasure.waits_at().await, ["prove-more"], "what was lowered for one right is not for another");
}

/// The link of the newest code mail.
async fn link_for(house: &TestHouse, email: &str) -> String {
    house.settle().await;
    let mails = house.mails();
    let mail = mails.iter().find(|mail| mail.to == email && mail.text.contains("/link/")).expect("a mail with a link");
    let link = mail.text.split_whitespace().find_map(|word| word.trim_matches(['<', '>']).strip_prefix(HOME)).expect("a link");
    link.to_owned()
}

async fn begun(house: &TestHouse) -> (Browser<'_>, String, String) {
    let kari = house.kari();
    let mut hers = Browser::open(house).await;
    let start = hers.get("/en/").await;
    let who = hers.fills(&start, &[("right", "access")]).await;
    let code = hers.fills(&who, &[("email", &kari.email)]).await;
    let number = code.between("you need this number there: <strong>", "</strong>").expect("a number");
    (hers, link_for(house, &kari.email).await, number)
}

async fn a_link_is_a_button_and_signs_in_once(house: TestHouse) {
    let (mut hers, link, _) = begun(&house).await;
    for _ in 0..3 {
        // Programs that read mail open every link.
        let mut scanner = Browser::open(&house).await;
        scanner.get(&link).await.says(&["Go on with your request"]);
    }
    let page = hers.get(&link).await;
    page.says(&["Press the button"]);
    let on = hers.fills(&page, &[]).await;
    assert!(on.path.ends_with("/request/second-item"), "{on}");
    let again = hers.get(&link).await;
    assert_eq!(again.status.code, 410, "{again}");

    let (mut hers, link, _) = begun(&house).await;
    house.advance(MINUTE * 11).await;
    let late = hers.get(&link).await;
    assert_eq!(late.status.code, 410, "{late}");
}

async fn a_link_on_another_telephone_needs_the_number_of_the_first(house: TestHouse) {
    let (mut hers, link, number) = begun(&house).await;
    let mut phone = Browser::open(&house).await;
    let page = phone.get(&link).await;
    page.says(&["You began on another phone or computer"]);
    let wrong = if number == "0000" { "0001" } else { "0000" };
    let refused = phone.fills(&page, &[("number", wrong)]).await;
    assert_eq!(refused.status.code, 422, "{refused}");
    let on = phone.fills(&page, &[("number", &number)]).await;
    assert!(on.path.ends_with("/request/second-item"), "what was begun goes on here: {on}");
    let left = hers.get("/en/request/second-item").await;
    assert!(!left.path.ends_with("/request/second-item"), "and no longer there: {left}");
}

async fn ab19_a_copy_goes_out_only_to_somebody_who_has_just_shown_who_she_is(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&kari, Right::Access, Lang::En).await;
    house.settle().await;
    assert_eq!(case.phase().await, "answered");
    house.advance(MINUTE * 6).await;
    let (page, file) = (format!("/en/case/{}/download", case.reference), format!("/en/case/{}/download/file", case.reference));
    let first = hers.get(&page).await;
    assert!(!first.text().contains("/download/file"), "{first}");
    let turned = hers.get(&file).await;
    assert!(turned.path.ends_with("/download"), "{turned}");
    assert!(case.facts("package-fetched").await.is_empty());

    let code = hers.submit(&format!("{page}/code"), &[("again", "yes")]).await;
    let digits = hers.code_for(&kari.email).await;
    let ready = hers.submit(&code.path, &[("code", &digits)]).await;
    ready.says(&["Checksum"]);
    for _ in 0..2 {
        let zip = hers.get(&file).await;
        assert_eq!(zip.status.code, 200);
    }
    house.settle().await;
    assert_eq!(case.facts("package-fetched").await.len(), 2);
    let told = house.mails().iter().filter(|mail| mail.to == kari.email && mail.subject.contains("was downloaded")).count();
    assert_eq!(told, 1, "she is told once");
}

async fn a_download_goes_on_where_it_ended_and_is_told_once(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&kari, Right::Access, Lang::En).await;
    house.settle().await;
    let file = format!("/en/case/{}/download/file", case.reference);
    let measured = hers.head(&file).await;
    assert_eq!((measured.status.code, measured.bytes.len()), (200, 0));
    assert!(case.facts("package-fetched").await.is_empty(), "asking how long it is fetches nothing");

    let begun = hers.get_with(&file, &[("Range", "bytes=0-99")]).await;
    assert_eq!((begun.status.code, begun.bytes.len()), (206, 100), "{begun}");
    let length: usize =
        begun.headers.get_one("Content-Range").and_then(|range| range.strip_prefix("bytes 0-99/")).unwrap().parse().unwrap();
    assert_eq!(begun.headers.get_one("Accept-Ranges"), Some("bytes"));
    let tag = begun.headers.get_one("ETag").unwrap().to_owned();
    assert_eq!(measured.headers.get_one("ETag"), Some(tag.as_str()));
    let rest = hers.get_with(&file, &[("Range", "bytes=100-"), ("If-Range", &tag)]).await;
    assert_eq!((rest.status.code, rest.bytes.len()), (206, length - 100));
    let whole = hers.get_with(&file, &[("Range", "bytes=100-"), ("If-Range", "\"another\"")]).await;
    assert_eq!((whole.status.code, whole.bytes.len()), (200, length));
    assert_eq!([begun.bytes, rest.bytes].concat(), whole.bytes);
    let beyond = hers.get_with(&file, &[("Range", &format!("bytes={length}-"))]).await;
    assert_eq!((beyond.status.code, beyond.headers.get_one("Content-Range")), (416, Some(format!("bytes */{length}").as_str())));
    let digest = habeas_core::crypto::hash::Hash::of(&whole.bytes).to_string();
    assert_eq!(tag, format!("\"{digest}\""), "the same tag is the same bytes");
    for part in ["0", "2"] {
        assert_eq!(hers.get(&format!("{file}?part={part}")).await.status.code, 404, "{part}");
    }
    house.settle().await;
    let told = house.mails().iter().filter(|mail| mail.to == kari.email && mail.subject.contains("was downloaded")).count();
    assert_eq!(told, 1, "she is told once");

    house.advance(MINUTE * 6).await;
    let late = hers.get_with(&file, &[("Range", "bytes=100-"), ("If-Range", &tag)]).await;
    assert_eq!(late.status.code, 403, "a page in the middle of a file would spoil it: {late}");
    let other = Browser::open(&house).await;
    assert_ne!(other.get_with(&file, &[("Range", "bytes=100-")]).await.status.code, 206);
}

async fn what_was_shown_is_forgotten_and_what_was_written_is_not(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    hers.writes(&kari, Right::Access, Lang::En, &[]).await;
    house.advance(MINUTE * 59).await;
    assert!(hers.get("/en/request/check").await.path.ends_with("/request/check"));
    house.advance(MINUTE * 61).await;
    let who = hers.get("/en/request/check").await;
    assert!(who.path.ends_with("/request/who"), "{who}");
    let on = hers.proves(&who.path, &kari.email).await;
    assert!(on.text().contains(&kari.customer_number), "her number is still there: {on}");
    // However busy she is, after two hours she shows it anew.
    for _ in 0..9 {
        house.advance(MINUTE * 14).await;
        hers.get("/en/request/check").await;
    }
    assert!(hers.get("/en/request/check").await.path.ends_with("/request/who"));
}
