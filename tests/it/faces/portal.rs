//! Access and erasure as people live them: the person at the portal, staff at the desk, the authority in its room.

use habeas::bundle::verify::Kind;
use habeas_core::law::{lang::Lang, right::Right};
use jiff::{SignedDuration, civil::date};
use rocket::http::Status;

use super::{
    browser::{Browser, HOME},
    files::{bundle_of, checked, name_of},
};
use crate::house::{database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    kari_sees_her_data_and_takes_it_along,
    kari_is_asked_who_she_is_and_answers,
    a_copy_that_is_gone_is_made_again,
    a_newer_copy_leaves_nothing_of_the_one_before,
    a_request_is_taken_back,
    solveig_sees_what_may_stay_before_she_asks,
    solveig_has_erased_what_may_go,
    the_authority_takes_a_bundle_and_checks_it,
    solveig_stops_it_by_the_link_in_the_letter,
}

/// Past the 72 hours in which anybody who was told can stop it.
const COOLED: SignedDuration = SignedDuration::from_hours(73);
/// What only Solveig's rows hold and nothing allows to keep: passport number, telephone, national number, daughter, address.
const MARKERS: [&str; 5] = ["XTB00002", "+4768050002", "13858800077", "Ylva Brekkestøl", "203.0.113.195"];

async fn kari_sees_her_data_and_takes_it_along(house: TestHouse) {
    let kari = house.kari();
    let mut browser = Browser::open(&house).await;
    let case = browser.asks(&kari, Right::Access, Lang::Nb).await;
    let at = format!("/nb/case/{}", case.reference);
    let status = browser.get(&at).await;
    status.says(&[&case.reference, "2026"]);
    assert_eq!(case.phase().await, "answered");

    let kinds = browser.get(&status.link("/data")).await;
    kinds.says(&["Bestillinger"]);
    let orders = browser.get(&format!("{at}/data/shop.orders")).await;
    orders.says(&[&kari.order_number, "Hvor lenge", "levert"]);
    assert!(!orders.text().contains("delivered"), "a code of the system");
    assert!(!orders.text().contains(&house.jonas().order_number), "somebody else's order");

    let download = browser.get(&status.link("/download")).await;
    let file = browser.get(&download.link("/download/file")).await;
    assert_eq!(file.headers.get_one("Content-Type"), Some("application/zip"));
    assert!(download.text().contains(&name_of(&file)), "saved as {}", name_of(&file));
    checked(&house, Kind::Subject, &[&file]);

    let bye = browser.submit("/nb/sign-out", &[]).await;
    assert_eq!(bye.path, "/nb/signed-out");
    let gone = browser.get(&at).await;
    assert_eq!(gone.path, format!("/nb/find?case={}", case.reference), "nothing is shown to whoever sits down next");
    let back = browser.proves(&gone.path, &kari.email).await;
    assert_eq!(back.path, at, "and she is led back to her case");
}

async fn kari_is_asked_who_she_is_and_answers(house: TestHouse) {
    let mut kari = house.kari();
    "K-999999".clone_into(&mut kari.customer_number);
    let mut browser = Browser::open(&house).await;
    let case = browser.asks(&kari, Right::Access, Lang::Nl).await;
    assert_eq!(case.waits_at().await, ["ask-identity"]);
    let at = format!("/nl/case/{}", case.reference);
    let status = browser.get(&at).await;
    let form = browser.get(&status.link("/answer")).await;
    form.says(&["<textarea"]);
    let empty = browser.submit(&form.path, &[("answer", "  ")]).await;
    assert_eq!((empty.status, case.waits_at().await), (Status::UnprocessableEntity, vec!["ask-identity".to_owned()]), "{empty}");
    let shown = browser.submit(&form.path, &[("answer", "Min siste bestilling: <b>Kina</b> i mai.")]).await;
    assert_eq!(shown.path, at, "{shown}");

    let task = format!("/en/desk/case/{}/task/{}", case.reference, case.open_task("check-identity").await.id);
    let mut desk = Browser::of_staff(&house, "kari").await;
    desk.get(&task).await.says(&["Min siste bestilling: &lt;b&gt;Kina&lt;/b&gt; i mai."]);
    let hasty = desk.submit(&task, &[("outcome", "accepted"), ("reason", " ")]).await;
    assert_eq!(hasty.status, Status::UnprocessableEntity, "how she was recognised has to be said: {hasty}");
    desk.does(&case, "check-identity", "accepted").await;
    assert_eq!(case.phase().await, "answered");
    browser.get(&format!("{at}/data/shop.orders")).await.says(&[&kari.order_number]);
}

async fn a_copy_that_is_gone_is_made_again(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    house.advance(SignedDuration::from_hours(31 * 24)).await;
    let at = format!("/en/case/{}", case.reference);
    let mut browser = Browser::open(&house).await;
    let find = browser.get(&at).await;
    browser.proves(&find.path, &house.kari().email).await;
    assert_eq!(browser.get(&format!("{at}/download/file")).await.status, Status::NotFound);
    browser.get(&format!("{at}/download")).await.says(&["<form method=\"post\""]);
    let shown = browser.submit(&format!("{at}/download"), &[]).await;
    assert_eq!(shown.path, at, "{shown}");
    assert!(browser.get(&format!("{at}/download/file")).await.bytes.starts_with(b"PK"), "the right outlives the copy");
}

async fn a_newer_copy_leaves_nothing_of_the_one_before(house: TestHouse) {
    let mut browser = Browser::open(&house).await;
    let case = browser.asks(&house.kari(), Right::Access, Lang::En).await;
    let of_case = || {
        let files = std::fs::read_dir(house.packages()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        files.filter(|name| name.contains(&case.reference)).collect::<Vec<_>>()
    };
    let before = of_case();
    assert_eq!(before.len(), 1);
    house.advance(SignedDuration::from_hours(48)).await;
    let at = format!("/en/case/{}", case.reference);
    let find = browser.get(&at).await;
    browser.proves(&find.path, &house.kari().email).await;
    browser.submit(&format!("{at}/download"), &[]).await;
    let after = of_case();
    assert!(after.len() == 1 && after != before, "{before:?} {after:?}");
    assert!(browser.get(&format!("{at}/download/file")).await.bytes.starts_with(b"PK"));
}

async fn a_request_is_taken_back(house: TestHouse) {
    let mut browser = Browser::open(&house).await;
    let case = browser.asks(&house.kari(), Right::Erasure, Lang::En).await;
    let at = format!("/en/case/{}", case.reference);
    let page = browser.get(&at).await;
    let page = browser.get(&page.link("/withdraw")).await;
    assert_eq!(case.phase().await, "open", "looking at the page takes nothing back");
    browser.submit(&page.path, &[]).await.says(&[&case.reference]);
    assert_eq!((case.phase().await, case.waits_at().await), ("withdrawn", vec![]));
}

async fn solveig_sees_what_may_stay_before_she_asks(house: TestHouse) {
    let solveig = house.solveig();
    let mut hers = Browser::open(&house).await;
    let check = hers.writes(&solveig, Right::Erasure, Lang::Nb, &[]).await;
    check.says(&[
        "Fakturaer",
        "i fem år etter regnskapsåret",
        "bokføringsloven § 13, Art. 17(3)(b)",
        "31. desember 2031",
        "Det som er eldre, slettes før",
    ]);
    hers.get("/nl/request/check").await.says(&["Facturen", "vijf jaar na het boekjaar", "31 december 2031"]);
    hers.get("/en/request/check").await.says(&["Invoices", "five years after the fiscal year", "31 December 2031"]);

    // What she may also pick herself is told of that alone.
    let some = [("scope", "choose"), ("kind", "helpdesk.calls"), ("kind", "helpdesk.enquiries")];
    let check = hers.submit("/en/request/scope", &some).await;
    check.says(&["foreldelsesloven §§ 2 og 3, Art. 17(3)(e)"]);
    assert!(!check.text().contains("bokføringsloven"), "{check}");
    let check = hers.submit("/en/request/scope", &[("scope", "choose"), ("kind", "helpdesk.calls")]).await;
    check.says(&["We know of no rule that holds any of this back.", "more may stay"]);
    assert!(house.count("cases").await == 0, "nothing is sent by looking");
}

async fn solveig_has_erased_what_may_go(house: TestHouse) {
    let solveig = house.solveig();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&solveig, Right::Erasure, Lang::Nb).await;
    planned(&house, &case).await;
    let invoices = format!("SELECT number FROM invoices WHERE customer_number = '{}'", solveig.customer_number);
    let invoices = house.systems.texts("accounting", &invoices).await;
    let marked = |markers: &[&str]| markers.iter().filter(|marker| stands(&house, marker)).count();
    assert_eq!(marked(&MARKERS), MARKERS.len(), "before, they are all there");

    let mut per = Browser::of_staff(&house, "per").await;
    let desk = format!("/en/desk/case/{}", case.reference);
    let plan = per.get(&format!("{desk}/plan")).await;
    let hash = case.plan().await.hash().to_owned();
    plan.says(&[&hash, "bokføringsloven § 13"]);
    let approve = format!("{desk}/task/{}", case.open_task("approve").await.id);
    let form = per.get(&approve).await;
    assert_eq!(form.hidden("plan"), Some(hash), "what is approved is what was shown");
    let another = per.submit(&approve, &[("outcome", "approved"), ("plan", &"0".repeat(64))]).await;
    assert_eq!((another.status, case.waits_at().await), (Status::UnprocessableEntity, vec!["approve".to_owned()]), "{another}");
    per.does(&case, "approve", "approved").await;
    assert_eq!(case.waits_at().await, ["cooling-off"]);

    house.advance(COOLED).await;
    let by_hand = case.waits_at().await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    for task in by_hand.iter().filter(|task| task.starts_with("notify-by-hand@")) {
        kari.does(&case, task, "told").await;
    }
    assert_eq!(case.phase().await, "answered");
    assert_eq!(marked(&MARKERS), 0, "what was erased stands nowhere");
    assert!(!invoices.is_empty() && invoices.iter().all(|invoice| stands(&house, invoice)), "every invoice is kept");

    result_names_law_and_date(&house, &case).await;
    house.advance_to(date(2032, 1, 2)).await;
    assert!(!invoices.iter().any(|invoice| stands(&house, invoice)), "the invoices went with their day");
    assert_eq!(case.letters().await.last().unwrap(), "rest-gone");
}

/// Kari and Ida lead the case to where it must be approved.
async fn planned(house: &TestHouse, case: &CaseHandle<'_>) {
    let mut kari = Browser::of_staff(house, "kari").await;
    kari.get("/en/desk/").await.says(&[&case.reference]);
    kari.does(case, "assess", "go-on").await;
    case.shows_a_document().await;
    Browser::of_staff(house, "ida").await.does(case, "check-identity-strong", "accepted").await;
    kari.does(case, "propose", "partly").await;
    assert_eq!(case.waits_at().await, ["approve"]);
}

/// Whether a text stands anywhere in the bytes of the connected systems.
fn stands(house: &TestHouse, text: &str) -> bool {
    house.systems.bytes().values().any(|bytes| bytes.windows(text.len()).any(|piece| piece == text.as_bytes()))
}

/// She comes back three days later, proves herself again and reads what is kept, by which law and until when.
async fn result_names_law_and_date(house: &TestHouse, case: &CaseHandle<'_>) {
    let at = format!("/nb/case/{}", case.reference);
    let mut later = Browser::open(house).await;
    let find = later.get(&at).await;
    let back = later.proves(&find.path, &house.solveig().email).await;
    assert_eq!(back.path, at, "{back}");
    let result = later.get(&format!("{at}/result")).await;
    result.says(&[
        "Fakturaer",
        "bokføringsloven § 13",
        "Art. 17(3)(b)",
        "31. desember 2031",
        "foreldelsesloven §§ 2 og 3",
        "26. august 2029",
        "Pass og bilde",
    ]);
    assert!(!result.text().contains("XTB00002"), "the answer does not repeat what was erased");
}

async fn the_authority_takes_a_bundle_and_checks_it(house: TestHouse) {
    let kari = house.kari();
    let case = kari.asks(Right::Access).await;
    let bundle = bundle_of(&house, &case, &kari.email).await;
    assert!(bundle.text("data/00-cover.json").contains(&case.reference), "{:?}", bundle.names());
}

async fn solveig_stops_it_by_the_link_in_the_letter(house: TestHouse) {
    let case = house.solveig().asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.staff("kari").does(&case, "propose", "partly").await;
    house.staff("per").approves(&case).await;
    let before = house.systems.bytes();
    let letter = case.mail_to(&house.solveig().email).text;
    let link = letter.split_whitespace().find(|word| word.contains("/stop/")).unwrap_or_else(|| panic!("no link: {letter}"));
    let path = link.trim_matches(['<', '>', '.']).strip_prefix(HOME).expect("an address of the house").to_owned();

    let mut anybody = Browser::open(&house).await;
    anybody.get(&path).await.says(&[&case.reference]);
    assert_eq!(case.waits_at().await, ["cooling-off"], "reading the page stops nothing");
    anybody.submit(&path, &[]).await.says(&[]);
    assert_eq!(case.waits_at().await, ["look-into-it"], "those who lead find out who had asked");
    house.advance(COOLED).await;
    assert!(house.systems.bytes() == before, "not a byte was touched");
    let forged = anybody.get(&format!("{path}0")).await;
    assert!(!forged.between("<main", "</main>").unwrap().contains("<form"), "a link that was never sent offers nothing: {forged}");
}
