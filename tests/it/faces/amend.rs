//! From what we hold straight into a request about it: a value that is wrong, a kind that should go. Nothing is asked twice.

use habeas::store::sealed::{self, Applicant};
use habeas_core::law::{
    ask::{Asked, Correction},
    lang::Lang,
    right::Right,
};
use rocket::http::Status;

use super::browser::{Browser, Shown};
use crate::house::{database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    kari_corrects_a_value_from_where_she_reads_it,
    solveig_has_a_kind_deleted_from_where_she_reads_it,
    what_is_not_shown_cannot_be_asked_about,
}

/// What the case holds of the request.
async fn applicant(case: &CaseHandle<'_>) -> Applicant {
    sealed::applicant(&case.house.keys, &case.row().await).unwrap()
}

/// The case that a page is of.
fn case_of<'h>(house: &'h TestHouse, status: &Shown) -> CaseHandle<'h> {
    let (_, reference) = status.path.split_once("/case/").unwrap_or_else(|| panic!("no case: {status}"));
    CaseHandle { house, reference: reference.to_owned() }
}

async fn kari_corrects_a_value_from_where_she_reads_it(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&kari, Right::Access, Lang::En).await;
    let kinds = hers.get(&format!("/en/case/{}/data", case.reference)).await;
    let customers = hers.get(&kinds.link("/data/shop.customers")).await;
    assert!(!customers.text().contains("/customer_id/correct"), "what only machines read is not offered: {customers}");

    let form = hers.get(&customers.link("/birth_date/correct")).await;
    form.says(&["Date of birth: what should it say?", "name=\"day\"", "name=\"month\"", "name=\"year\""]);
    let since = hers.get(&customers.link("/created_at/correct")).await;
    let value = |name: &str| since.between(&format!("name=\"{name}\" type=\"text\" value=\""), "\"").unwrap();
    let typed = ["day", "month", "year", "clock"].map(value);
    assert!(typed.iter().all(|part| !part.is_empty()) && typed[3].contains(':'), "today's value is there: {since}");
    let name = hers.get(&customers.link("/last_name/correct")).await;
    let unchanged = hers.fills(&name, &[("should", " Nordmann ")]).await;
    assert!(unchanged.status == Status::UnprocessableEntity && unchanged.text().contains("It says that already"), "{unchanged}");
    let wrong = hers.fills(&form, &[("day", "31"), ("month", "2"), ("year", "1971")]).await;
    assert!(wrong.status == Status::UnprocessableEntity && wrong.text().contains("value=\"31\""), "{wrong}");
    let check = hers.fills(&form, &[("day", "3"), ("month", "2"), ("year", "1971"), ("why", "A slip.")]).await;
    assert_eq!(check.path, "/en/request/check", "no number and no address is asked for again: {check}");
    check.says(&["<ins>3 February 1971</ins>", "A slip."]);
    let again = hers.get(&check.link("/birth_date/correct")).await;
    again.says(&["name=\"day\"", "value=\"03\"", "value=\"1971\"", "A slip.", "href=\"/en/request/check\""]);
    assert_eq!(check.link("/birth_date/correct"), form.path, "what was begun at a value is changed there: {check}");
    let check = hers.fills(&again, &[("day", "4"), ("month", "2"), ("year", "1971"), ("why", "A slip.")]).await;
    check.says(&["<ins>4 February 1971</ins>", "A slip."]);
    assert!(!check.text().contains("3 February 1971"), "changed, not told twice: {check}");
    hers.fills(&again, &[("day", "3"), ("month", "2"), ("year", "1971"), ("why", "A slip.")]).await;

    let consent = hers.get(&customers.link("/marketing_consent/correct")).await;
    consent.says(&["type=\"radio\" name=\"should\""]);
    let chosen = if consent.text().contains("value=\"yes\" checked") { "no" } else { "yes" };
    let check = hers.fills(&consent, &[("should", chosen)]).await;
    check.says(&["<ins>3 February 1971</ins>", "Consent to advertising"]);
    hers.fills(&name, &[("should", "Hansen")]).await;
    let check = hers.fills(&name, &[("should", "Hanssen")]).await;
    assert!(check.text().contains("<ins>Hanssen</ins>") && !check.text().contains("<ins>Hansen</ins>"), "once, and the last word counts");

    let case = case_of(&house, &hers.submit(&check.path, &[]).await);
    let applicant = applicant(&case).await;
    assert_eq!(applicant.item.as_deref(), Some(kari.customer_number.as_str()));
    let Asked::Corrections(told) = &applicant.asked else { panic!("{:?}", applicant.asked) };
    assert_eq!(told.len(), 3, "{told:?}");
    let last = Correction {
        kind: "shop.customers".to_owned(),
        field: "last_name".to_owned(),
        now: Some("Nordmann".to_owned()),
        should: "Hanssen".to_owned(),
        why: None,
    };
    assert!(told.contains(&last), "with what it says today");
    assert!(case.waits_at().await.contains(&"judge".to_owned()), "known by what the first case knew: {:?}", case.waits_at().await);
}

async fn solveig_has_a_kind_deleted_from_where_she_reads_it(house: TestHouse) {
    let solveig = house.solveig();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&solveig, Right::Access, Lang::Nb).await;
    let kinds = hers.get(&format!("/nb/case/{}/data", case.reference)).await;
    let at = kinds.link("/data/helpdesk.enquiries");
    kinds.says(&[&format!("action=\"{at}\""), "name=\"right\" value=\"erasure\""]);
    let before = house.count("cases").await;
    let check = hers.submit(&at, &[("right", "erasure")]).await;
    assert_eq!((check.path.as_str(), house.count("cases").await), ("/nb/request/check", before), "looked over before it is sent: {check}");
    check.says(&["Henvendelser"]);
    let case = case_of(&house, &hers.submit(&check.path, &[]).await);
    let applicant = applicant(&case).await;
    assert_eq!(applicant.kinds, Some(vec!["helpdesk.enquiries".to_owned()]));
    assert_eq!(applicant.item.as_deref(), Some(solveig.customer_number.as_str()));
    assert_eq!(case.row().await.right, Right::Erasure);
}

async fn what_is_not_shown_cannot_be_asked_about(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&kari, Right::Access, Lang::En).await;
    let data = format!("/en/case/{}/data", case.reference);
    let mut mallory = Browser::open(&house).await;
    mallory.asks(&house.jonas(), Right::Access, Lang::En).await;
    for at in ["shop.customers/0/last_name", "shop.customers/9999/last_name", "shop.customers/0/id", "shop.nothing/0/last_name"] {
        let hers = hers.look(&format!("{data}/{at}/correct")).await;
        assert_eq!(hers.status.code, if at.ends_with("0/last_name") && at.contains("customers") { 200 } else { 404 }, "{at}");
        assert_eq!(mallory.look(&format!("{data}/{at}/correct")).await.status.code, 404, "{at}");
    }
    assert_eq!(mallory.submit(&format!("{data}/shop.customers"), &[("right", "erasure")]).await.status.code, 404);
    assert_eq!(hers.submit(&format!("{data}/shop.customers"), &[("right", "objection")]).await.status.code, 404);
    assert_eq!(hers.submit(&format!("{data}/shop.nothing"), &[("right", "erasure")]).await.status.code, 404);
}
