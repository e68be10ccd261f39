//! Events that a case does not take, as a browser sends them: each is told why, and each stands in the log.

use habeas_core::law::{
    ask::{Asked, RestrictionGround},
    right::Right,
};
use jiff::SignedDuration;
use rocket::http::Status;

use super::browser::{Browser, HOME, Shown};
use crate::house::{database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    a_form_sent_twice_is_taken_once,
    a_form_of_a_closed_case_is_told_so,
    a_form_of_somebody_elses_task_is_not_found_and_noted,
    ab45_who_proposed_does_not_approve,
    a_form_that_was_open_too_long_is_read_again_first,
    signals_that_come_too_early_or_too_late_are_told_so,
    an_answer_that_comes_twice_is_told_so,
}

/// Codes of what the case did not take and who sent it, in order; and that nothing else came of it.
async fn refused(case: &CaseHandle<'_>) -> Vec<(String, String)> {
    let proof = case.house.house.door.prove(&case.reference).await.unwrap();
    assert_eq!(proof.problems, Vec::<String>::new(), "a refusal moves nothing");
    let noted = case.log().await.into_iter().filter(|fact| fact["kind"] == "event-refused");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    noted.map(|fact| (text(&fact["actor"]), text(&fact["codes"]["code"]))).collect()
}

fn noted(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(who, code)| ((*who).to_owned(), (*code).to_owned())).collect()
}

/// The address of an open task, and its form with everything hidden in it.
async fn form(browser: &mut Browser<'_>, case: &CaseHandle<'_>, step: &str) -> (String, Shown) {
    let path = format!("/en/desk/case/{}/task/{}", case.reference, case.open_task(step).await.id);
    let page = browser.get(&path).await;
    assert_eq!(page.status, Status::Ok, "{page}");
    (path, page)
}

async fn sends(browser: &mut Browser<'_>, (path, page): &(String, Shown), outcome: &str) -> Shown {
    let hidden = ["plan", "version"].map(|name| (name, page.hidden(name)));
    let hidden = hidden.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?)));
    let fields: Vec<(&str, &str)> = [("outcome", outcome), ("reason", "Considered.")].into_iter().chain(hidden).collect();
    browser.submit(path, &fields).await
}

async fn a_form_sent_twice_is_taken_once(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    let form = form(&mut kari, &case, "assess").await;
    assert_eq!(sends(&mut kari, &form, "go-on").await.status, Status::Ok);
    let rev = case.row().await.rev;
    let again = sends(&mut kari, &form, "go-on").await;
    assert_eq!(again.status, Status::Conflict, "{again}");
    assert_eq!(case.row().await.rev, rev);
    assert_eq!(refused(&case).await, noted(&[("staff/kari", "task-done")]));
}

async fn a_form_of_a_closed_case_is_told_so(house: TestHouse) {
    let subject = house.kari();
    let case = subject.asks(Right::Erasure).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    let form = form(&mut kari, &case, "assess").await;
    subject.signals(&case, "withdraw").await.unwrap();
    assert_eq!(case.phase().await, "withdrawn");
    let late = sends(&mut kari, &form, "go-on").await;
    assert_eq!(late.status, Status::Conflict, "{late}");
    assert_eq!(case.phase().await, "withdrawn");
    assert_eq!(refused(&case).await, noted(&[("staff/kari", "task-done")]));
}

async fn a_form_of_somebody_elses_task_is_not_found_and_noted(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    let task = case.open_task("assess").await.id;
    let path = format!("/en/desk/case/{}/task/{task}", case.reference);
    for who in ["ola", "ida"] {
        let mut browser = Browser::of_staff(&house, who).await;
        // What is theirs to read is left out: the token is the only thing needed of it.
        browser.get("/en/desk/sign-in").await;
        let sent = browser.submit(&path, &[("outcome", "go-on"), ("reason", "Considered.")]).await;
        assert_eq!(sent.status, Status::NotFound, "{who}: {sent}");
    }
    assert_eq!(case.waits_at().await, ["assess"]);
    assert_eq!(refused(&case).await, noted(&[("staff/ola", "not-found"), ("staff/ida", "not-found")]));

    let other = house.solveig().asks(Right::Erasure).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    kari.get("/en/desk/sign-in").await;
    let crossed = format!("/en/desk/case/{}/task/{task}", other.reference);
    let sent = kari.submit(&crossed, &[("outcome", "go-on"), ("reason", "Considered.")]).await;
    assert_eq!(sent.status, Status::Conflict, "{sent}");
    assert_eq!(case.waits_at().await, ["assess"], "hers to do, but not from another case's page");
}

async fn ab45_who_proposed_does_not_approve(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    let mut eva = Browser::of_staff(&house, "eva").await;
    eva.does(&case, "propose", "erase").await;
    let (path, page) = form(&mut eva, &case, "approve").await;
    assert_eq!(page.hidden("plan"), None, "she is not even offered the form");
    let plan = case.plan().await.hash().to_owned();
    let own = eva.submit(&path, &[("outcome", "approved"), ("plan", &plan)]).await;
    assert_eq!(own.status, Status::UnprocessableEntity, "{own}");
    assert!(own.text().contains("four eyes: you did `propose`"), "{own}");
    assert_eq!(case.waits_at().await, ["approve"]);
    assert_eq!(refused(&case).await, noted(&[("staff/eva", "four-eyes")]));
}

async fn a_form_that_was_open_too_long_is_read_again_first(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    let stale = form(&mut kari, &case, "assess").await;
    let rev = case.row().await.rev;
    // The task is given to more people meanwhile, so the case is not what the form shows.
    for _ in 0..4 {
        house.advance(SignedDuration::from_hours(24)).await;
    }
    assert!(case.row().await.rev > rev, "the case has moved");
    let mut kari = Browser::of_staff(&house, "kari").await;
    kari.get(&stale.0).await;
    let shown = sends(&mut kari, &stale, "go-on").await;
    assert_eq!(shown.status, Status::UnprocessableEntity, "{shown}");
    assert!(shown.text().contains("the case has moved since you opened this form"), "{shown}");
    assert_eq!(case.waits_at().await, ["assess"]);
    let fresh = form(&mut kari, &case, "assess").await;
    assert_eq!(sends(&mut kari, &fresh, "go-on").await.status, Status::Ok);
    assert_eq!(refused(&case).await, noted(&[("staff/kari", "form-stale")]));
}

async fn signals_that_come_too_early_or_too_late_are_told_so(house: TestHouse) {
    let subject = house.kari();
    let case = subject.asks(Right::Erasure).await;
    let mut authority = Browser::of_staff(&house, "tilsyn").await;
    let reopen = format!("/en/room/case/{}/reopen", case.reference);
    authority.get(&format!("/en/room/case/{}", case.reference)).await;
    let early = authority.submit(&reopen, &[]).await;
    assert_eq!(early.status, Status::Conflict, "{early}");

    let mut hers = Browser::open(&house).await;
    hers.get("/nb/find").await;
    hers.proves("/nb/find", &subject.email).await;
    let withdraw = format!("/nb/case/{}/withdraw", case.reference);
    hers.get(&withdraw).await;
    hers.submit(&withdraw, &[]).await;
    assert_eq!(case.phase().await, "withdrawn");
    let csrf = hers.csrf().to_owned();
    let late = hers.send(&withdraw, &[("csrf", &csrf)], &[("Origin", HOME)]).await;
    house.settle().await;
    assert_eq!(late.status, Status::Conflict, "{late}");
    assert_eq!(case.phase().await, "withdrawn");
    assert_eq!(refused(&case).await, noted(&[("staff/tilsyn", "signal-out-of-window"), ("subject", "signal-out-of-window")]));
}

async fn an_answer_that_comes_twice_is_told_so(house: TestHouse) {
    let subject = house.kari().only(&["shop.customers"]).asking(Asked::Restriction { ground: RestrictionGround::Claims });
    let case = subject.asks(Right::Restriction).await;
    house.staff("kari").does(&case, "judge", "restrict").await;
    crate::rights::rectification::tell_by_hand(&house, &case).await;
    let lead = house.staff("per").actor().await;
    let lift = habeas::action::signal_case::SignalCase { case: case.reference.clone(), name: "lift".to_owned() };
    house.run(&lead, lift).await.unwrap();
    house.settle().await;
    let mut hers = Browser::open(&house).await;
    hers.get("/nb/find").await;
    hers.proves("/nb/find", &subject.email).await;
    let path = format!("/nb/case/{}/answer", case.reference);
    hers.get(&path).await;
    hers.submit(&path, &[("answer", "Retten har ikke avgjort det.")]).await;
    assert_eq!(case.waits_at().await, ["reconsider"]);
    let csrf = hers.csrf().to_owned();
    let again = hers.send(&path, &[("csrf", &csrf), ("answer", "Igjen.")], &[("Origin", HOME)]).await;
    house.settle().await;
    assert_eq!(again.status, Status::Conflict, "{again}");
    assert_eq!(refused(&case).await, noted(&[("subject", "task-done")]));
}
