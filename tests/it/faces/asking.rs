//! How each right is asked for at the portal and at the desk: its own questions, no more than it needs, and nothing lost on the way.

use habeas::{
    action::{actor::Actor, open_case::OpenCase, refusal::Refusal},
    store::sealed::{self, Applicant},
};
use habeas_core::law::{
    ask::{Asked, Correction, Objection, RestrictionGround},
    lang::Lang,
    personal::Personal,
    right::Right,
};
use rocket::http::Status;

use super::browser::{Browser, Shown};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    mistakes_are_told_one_by_one_changed_and_taken_off,
    a_pause_has_a_ground_and_an_extent,
    advertising_is_refused_with_the_mailbox_alone,
    another_objection_needs_a_reason_and_a_second_item,
    a_consent_is_withdrawn_as_easily_as_it_was_given,
    a_file_to_take_along_asks_nothing_more,
    what_was_answered_is_still_there_on_the_way_back,
    half_a_request_is_not_sent,
    staff_open_every_right_by_telephone,
    what_the_data_map_does_not_know_opens_no_case,
    every_right_shows_steps_of_its_own,
}

const DETAILS: &str = "/en/request/details";
const CHECK: &str = "/en/request/check";
const ITEM: &str = "/en/request/second-item";
const ADDRESSES: &str = "/en/request/details/shop.addresses";

/// A browser that has chosen a right and proven its mailbox, and the page that follows.
async fn begun<'h>(house: &'h TestHouse, kari: &Subject<'h>, right: Right) -> (Browser<'h>, Shown) {
    let mut browser = Browser::open(house).await;
    let start = browser.get("/en/").await;
    assert!(
        Right::ALL.iter().all(|right| start.text().contains(&format!("value=\"{}\"", right.name()))),
        "every right is offered: {start}"
    );
    let who = browser.submit("/en/", &[("right", right.name())]).await;
    let shown = browser.proves(&who.path, &kari.email).await;
    (browser, shown)
}

async fn gives_item<'h>(browser: &mut Browser<'h>, kari: &Subject<'h>) -> Shown {
    browser.submit(ITEM, &[("kind", "customer-number"), ("number", &kari.customer_number)]).await
}

/// Sends the request and stands at its status page.
async fn sends<'h>(house: &'h TestHouse, browser: &mut Browser<'h>, check: &Shown) -> (CaseHandle<'h>, Shown) {
    assert_eq!(check.path, CHECK, "{check}");
    let status = browser.submit(CHECK, &[]).await;
    let reference = status.path.strip_prefix("/en/case/").unwrap_or_else(|| panic!("no case: {status}")).to_owned();
    status.says(&[&reference, "What happens"]);
    (CaseHandle { house, reference }, status)
}

/// What the case holds of the request.
async fn applicant(case: &CaseHandle<'_>) -> Applicant {
    sealed::applicant(&case.house.keys, &case.row().await).unwrap()
}

/// Fails unless the form is shown again and says all of this.
fn refuses(shown: &Shown, lines: &[&str]) {
    assert_eq!(shown.status, Status::UnprocessableEntity, "{shown}");
    for line in [&["role=\"alert\""], lines].concat() {
        assert!(shown.text().contains(line), "`{line}` is missing: {shown}");
    }
}

async fn mistakes_are_told_one_by_one_changed_and_taken_off(house: TestHouse) {
    let kari = house.kari();
    let (mut browser, shown) = begun(&house, &kari, Right::Rectification).await;
    assert_eq!(shown.path, ITEM, "{shown}");
    let kinds = gives_item(&mut browser, &kari).await;
    assert_eq!(kinds.path, DETAILS, "{kinds}");
    kinds.says(&["Addresses", "Customer details"]);
    refuses(&browser.submit(DETAILS, &[]).await, &["Choose where the mistake is"]);
    refuses(&browser.submit(DETAILS, &[("kind", "shop.sqlite_master")]).await, &["Choose where the mistake is"]);

    let form = browser.submit(DETAILS, &[("kind", "shop.addresses")]).await;
    assert_eq!(form.path, ADDRESSES, "{form}");
    form.says(&["Street and number", "What should it say?"]);
    assert!(!form.text().contains("value=\"customer_id\""), "what only machines read is not offered: {form}");
    let wrong = browser.submit(ADDRESSES, &[("now", "Storgata <1>"), ("should", "  ")]).await;
    refuses(&wrong, &["Choose what is wrong", "value=\"Storgata &lt;1&gt;\""]);
    let wrong = browser.submit(ADDRESSES, &[("field", "street"), ("should", &"x".repeat(1001))]).await;
    refuses(&wrong, &["Write less", "id=\"field-0-3\" value=\"street\" checked"]);
    let key = browser.submit(ADDRESSES, &[("field", "customer_id"), ("should", "1")]).await;
    refuses(&key, &["Choose what is wrong"]);

    let street = [("field", "street"), ("now", "Storgata 1"), ("should", "Lillegata 2"), ("why", "I have moved.")];
    let check = browser.submit(ADDRESSES, &street).await;
    assert_eq!(check.path, CHECK, "{check}");
    check.says(&["<del>Storgata 1</del>", "<ins>Lillegata 2</ins>", "I have moved.", "Ask to correct"]);
    let postcode = [("field", "postcode"), ("should", "0151")];
    browser.submit(ADDRESSES, &postcode).await.says(&["<ins>0151</ins>", "<ins>Lillegata 2</ins>"]);
    let change = browser.get(&format!("{ADDRESSES}?place=1")).await;
    change.says(&["value=\"0151\""]);
    let check = browser.submit(&change.path, &[("field", "postcode"), ("should", "0152")]).await;
    assert!(!check.text().contains("0151"), "{check}");
    let check = browser.submit("/en/request/remove", &[("place", "1")]).await;
    assert!(check.path == CHECK && !check.text().contains("0152"), "{check}");

    let (case, status) = sends(&house, &mut browser, &check).await;
    status.says(&["Your case: correct information", "We correct it and answer"]);
    let asked = Correction {
        kind: "shop.addresses".to_owned(),
        field: "street".to_owned(),
        now: Some("Storgata 1".to_owned()),
        should: "Lillegata 2".to_owned(),
        why: Some("I have moved.".to_owned()),
    };
    assert_eq!(applicant(&case).await.asked, Asked::Corrections(vec![asked]));
}

async fn a_pause_has_a_ground_and_an_extent(house: TestHouse) {
    let kari = house.kari();
    let (mut browser, _) = begun(&house, &kari, Right::Restriction).await;
    let form = gives_item(&mut browser, &kari).await;
    assert_eq!(form.path, DETAILS, "{form}");
    for ground in RestrictionGround::ALL {
        assert!(form.text().contains(&format!("value=\"{}\"", ground.name())), "{form}");
    }
    refuses(&browser.submit(DETAILS, &[("scope", "everything")]).await, &["Choose why you want a pause"]);
    let wrong = browser.submit(DETAILS, &[("ground", "claims"), ("scope", "choose")]).await;
    refuses(&wrong, &["Tick at least one thing", "value=\"claims\" checked"]);
    let some = [("ground", "claims"), ("scope", "choose"), ("kind", "shop.orders"), ("kind", "nobody.nothing")];
    let check = browser.submit(DETAILS, &some).await;
    check.says(&["I need it myself", "Pause for", "Orders", "Ask for a pause"]);

    let (case, status) = sends(&house, &mut browser, &check).await;
    status.says(&["We pause the use"]);
    let applicant = applicant(&case).await;
    assert_eq!(applicant.asked, Asked::Restriction { ground: RestrictionGround::Claims });
    assert_eq!(applicant.kinds, Some(vec!["shop.orders".to_owned()]));
}

async fn advertising_is_refused_with_the_mailbox_alone(house: TestHouse) {
    let (mut browser, form) = begun(&house, &house.kari(), Right::Objection).await;
    assert_eq!(form.path, DETAILS, "{form}");
    refuses(&browser.submit(DETAILS, &[]).await, &["Choose what you want to say no to"]);
    let check = browser.submit(DETAILS, &[("against", "marketing"), ("why", "left over")]).await;
    check.says(&["Advertising", "We stop sending you advertising", "Say no"]);
    assert!(!check.text().contains("second-item"), "nobody is asked for more than the mailbox: {check}");

    let (case, status) = sends(&house, &mut browser, &check).await;
    status.says(&["We stop the advertising"]);
    assert!(!status.text().contains("/withdraw"), "the workflow has no way back: {status}");
    assert_eq!(browser.look(&format!("{}/withdraw", status.path)).await.status, Status::NotFound);
    let applicant = applicant(&case).await;
    assert_eq!((applicant.asked, applicant.item), (Asked::Objection(Objection::Marketing), None));
}

async fn another_objection_needs_a_reason_and_a_second_item(house: TestHouse) {
    let solveig = house.solveig();
    let (mut browser, _) = begun(&house, &solveig, Right::Objection).await;
    let wrong = browser.submit(DETAILS, &[("against", "other"), ("why", " ")]).await;
    refuses(&wrong, &["Write what we should stop, and why", "value=\"other\" class=\"opens\" checked"]);
    let item = browser.submit(DETAILS, &[("against", "other"), ("why", "Somebody threatens me.")]).await;
    assert_eq!(item.path, ITEM, "{item}");
    item.says(&["href=\"/en/request/details\""]);
    let check = gives_item(&mut browser, &solveig).await;
    check.says(&["Somebody threatens me.", "First we stop the use"]);

    let (case, status) = sends(&house, &mut browser, &check).await;
    status.says(&["A person weighs your reason"]);
    let why = "Somebody threatens me.".to_owned();
    let applicant = applicant(&case).await;
    assert_eq!((applicant.asked, applicant.item), (Asked::Objection(Objection::Other { why }), Some(solveig.customer_number.clone())));
}

async fn a_consent_is_withdrawn_as_easily_as_it_was_given(house: TestHouse) {
    let (mut browser, form) = begun(&house, &house.kari(), Right::ConsentWithdrawal).await;
    assert_eq!(form.path, DETAILS, "{form}");
    form.says(&["Everything I have said yes to", "Newsletter"]);
    assert!(!form.text().contains("Invoices"), "what rests on a law is no consent: {form}");
    refuses(&browser.submit(DETAILS, &[("scope", "choose")]).await, &["Tick at least one thing"]);
    let check = browser.submit(DETAILS, &[("scope", "everything")]).await;
    check.says(&["Everything I have said yes to", "Withdraw the consent"]);

    let (case, status) = sends(&house, &mut browser, &check).await;
    assert!(!status.text().contains("/withdraw"), "{status}");
    let applicant = applicant(&case).await;
    assert_eq!((applicant.asked, applicant.item, applicant.kinds), (Asked::Nothing, None, None));
}

async fn a_file_to_take_along_asks_nothing_more(house: TestHouse) {
    let kari = house.kari();
    let (mut browser, _) = begun(&house, &kari, Right::Portability).await;
    let check = gives_item(&mut browser, &kari).await;
    check.says(&["We make a file of what you gave us", "Ask for the file"]);
    let (_, status) = sends(&house, &mut browser, &check).await;
    status.says(&["Your case: move information", "You get the file"]);
}

async fn what_was_answered_is_still_there_on_the_way_back(house: TestHouse) {
    let kari = house.kari();
    let (mut browser, _) = begun(&house, &kari, Right::Restriction).await;
    gives_item(&mut browser, &kari).await;
    let some = [("ground", "unlawful"), ("scope", "choose"), ("kind", "shop.orders")];
    browser.submit(DETAILS, &some).await;
    browser.get(DETAILS).await.says(&[
        "value=\"unlawful\" checked",
        "value=\"choose\" class=\"opens\" checked",
        "value=\"shop.orders\" checked",
    ]);
    browser.get(ITEM).await.says(&[&format!("value=\"{}\"", kari.customer_number)]);
    let again = gives_item(&mut browser, &kari).await;
    assert_eq!(again.path, CHECK, "a change leads back to the last look: {again}");

    browser.get("/en/").await;
    let first = browser.submit("/en/", &[("right", "restriction")]).await;
    assert_eq!(first.path, CHECK, "what is answered is not asked again: {first}");
    browser.get(CHECK).await.says(&["You are not allowed to use it", "Orders"]);
    browser.get("/en/").await;
    browser.submit("/en/", &[("right", "erasure")]).await;
    let other = browser.get(CHECK).await;
    other.says(&[&kari.customer_number]);
    assert!(!other.text().contains("not allowed to use"), "another right begins anew: {other}");
}

async fn half_a_request_is_not_sent(house: TestHouse) {
    for (right, owed) in [(Right::Rectification, ITEM), (Right::Restriction, ITEM), (Right::Objection, DETAILS), (Right::Access, ITEM)] {
        let (mut browser, _) = begun(&house, &house.kari(), right).await;
        assert_eq!(browser.get(CHECK).await.path, owed, "{right:?}");
        assert_eq!(browser.submit(CHECK, &[]).await.path, owed, "{right:?}");
    }
    let kari = house.kari();
    let (mut browser, _) = begun(&house, &kari, Right::Rectification).await;
    gives_item(&mut browser, &kari).await;
    assert_eq!(browser.submit(CHECK, &[]).await.path, DETAILS, "a correction without a mistake");
    assert_eq!(browser.get("/en/request/details/shop.nothing").await.status, Status::NotFound);
    assert!(house.facts("case-opened").await.is_empty(), "nothing was opened");
}

async fn staff_open_every_right_by_telephone(house: TestHouse) {
    let kari = house.kari();
    let mut desk = Browser::of_staff(&house, "kari").await;
    let choice = desk.get("/en/desk/new").await;
    choice.says(&["What does the person want?"]);
    let who = [("email", kari.email.as_str()), ("number", kari.customer_number.as_str()), ("received_on", "2026-09-14"), ("via", "phone")];
    for right in Right::ALL {
        desk.get(&format!("/en/desk/new?right={}", right.name())).await.says(&["The email address the person gave"]);
        let details: &[(&str, &str)] = match right {
            Right::Rectification => &[
                ("field", "shop.addresses.street"),
                ("now", ""),
                ("should", "Lillegata 2"),
                ("why", ""),
                ("field", "shop.addresses.city"),
                ("now", "Oslo"),
                ("should", "Bergen"),
                ("why", "Moved."),
            ],
            Right::Restriction => &[("ground", "objected"), ("kind", "shop.orders")],
            Right::Objection => &[("against", "other"), ("why", "Somebody threatens me.")],
            _ => &[],
        };
        if matches!(right, Right::Rectification | Right::Restriction | Right::Objection) {
            let bare = desk.submit("/en/desk/new", &[&[("right", right.name())], &who[..]].concat()).await;
            refuses(&bare, &[&kari.email]);
        }
        let opened = desk.submit("/en/desk/new", &[&[("right", right.name())], &who[..], details].concat()).await;
        let reference = opened.path.strip_prefix("/en/desk/case/").unwrap_or_else(|| panic!("no case: {opened}")).to_owned();
        let asked = applicant(&CaseHandle { house: &house, reference }).await;
        match (right, asked.asked) {
            (Right::Rectification, Asked::Corrections(told)) => {
                let places: Vec<_> = told.iter().map(|it| (it.kind.as_str(), it.field.as_str(), it.now.as_deref())).collect();
                assert_eq!(places, [("shop.addresses", "street", None), ("shop.addresses", "city", Some("Oslo"))]);
            }
            (Right::Restriction, asked_for) => {
                assert_eq!(asked_for, Asked::Restriction { ground: RestrictionGround::Objected });
                assert_eq!(asked.kinds, Some(vec!["shop.orders".to_owned()]));
            }
            (Right::Objection, asked_for) => assert!(matches!(asked_for, Asked::Objection(Objection::Other { .. }))),
            (_, asked_for) => assert_eq!(asked_for, Asked::Nothing, "{right:?}"),
        }
    }
    let more = desk.submit("/en/desk/new", &[("right", "rectification"), ("field", ""), ("should", "Bergen"), ("more", "yes")]).await;
    more.says(&["Mistake number 2", "value=\"Bergen\""]);
}

async fn what_the_data_map_does_not_know_opens_no_case(house: TestHouse) {
    let street = |field: &str| {
        Asked::Corrections(vec![Correction {
            kind: "shop.addresses".to_owned(),
            field: field.to_owned(),
            now: None,
            should: "Lillegata 2".to_owned(),
            why: None,
        }])
    };
    let ground = RestrictionGround::Claims;
    for (right, kinds, asked, field) in [
        (Right::Rectification, None, street("pet"), "field-0"),
        (Right::Rectification, None, Asked::Nothing, "should-0"),
        (Right::Erasure, None, street("street"), "right"),
        (Right::Restriction, Some(vec!["nobody.nothing".to_owned()]), Asked::Restriction { ground }, "kind"),
    ] {
        let request = OpenCase {
            right,
            lang: Lang::En,
            email: Personal::new(house.kari().email),
            item: None,
            kinds,
            asked,
            proofs: Vec::new(),
            received_at: None,
            acting: None,
            via: "command-line",
        };
        match house.run(&Actor::Operator, request).await {
            Err(Refusal::Invalid(problems)) => assert_eq!(problems[0].field, field, "{right:?}"),
            other => panic!("{right:?}: {other:?}"),
        }
    }
    assert!(house.facts("case-opened").await.is_empty());
    house.settle().await;
}

async fn every_right_shows_steps_of_its_own(house: TestHouse) {
    let kari = house.kari();
    let actor = kari.signs_in().await;
    let mut browser = Browser::open(&house).await;
    browser.get("/en/find").await;
    browser.proves("/en/find", &kari.email).await;
    let ground = RestrictionGround::Contested;
    for (right, asked, step) in [
        (Right::Access, Asked::Nothing, "You get the copy"),
        (Right::Portability, Asked::Nothing, "You get the file"),
        (Right::Erasure, Asked::Nothing, "You can stop the deletion"),
        (Right::Restriction, Asked::Restriction { ground }, "We pause the use"),
        (Right::Objection, Asked::Objection(Objection::Marketing), "We stop the advertising"),
        (Right::ConsentWithdrawal, Asked::Nothing, "We stop the use"),
    ] {
        let case = kari.clone().asking(asked).sends(&actor, right).await;
        let status = browser.get(&format!("/en/case/{}", case.reference)).await;
        status.says(&["What happens", step]);
        // Where the workflow takes a request back as soon as it is received; a pause a little later, the others never.
        let way_back = matches!(right, Right::Access | Right::Portability | Right::Erasure);
        assert_eq!(status.text().contains("/withdraw\""), way_back, "{right:?}: {status}");
    }
    house.settle().await;
}
