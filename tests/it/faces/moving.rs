//! Open cases move to a newer version of their workflow from the desk: first a trial, then the move, each case by itself.

use std::path::Path;

use habeas::{config::Config, house::House};
use habeas_core::law::right::Right;
use rocket::http::Status;

use super::browser::{Browser, Shown};
use crate::house::{database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    a_lead_tries_every_case_and_moves_those_that_can,
    who_does_not_lead_moves_nothing,
    where_nothing_is_older_nobody_is_asked,
}

const PAGE: &str = "/en/desk/workflows/erasure/move";
const MAPPED: &str = "/en/desk/workflows/erasure/move?step=assess%3Djudge-request";

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &there);
        } else {
            std::fs::copy(entry.path(), there).unwrap();
        }
    }
}

/// The house opens again, with a second version of the erasure in which one step is called otherwise.
async fn renew(house: &mut TestHouse) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = house.folder().join("org");
    copy(&repository.join("organisations/visumexpress"), &folder);
    std::fs::create_dir_all(folder.join("workflows")).unwrap();
    let first = std::fs::read_to_string(repository.join("workflows/erasure.yaml")).unwrap();
    let second = first.replace("\nversion: 1", "\nversion: 2").replace("assess", "judge-request");
    std::fs::write(folder.join("workflows/erasure.yaml"), second).unwrap();
    let config = Config { organisation: folder.display().to_string(), ..house.config().clone() };
    house.house = Box::pin(House::open(&config)).await.unwrap();
}

/// What stands under a heading, as far as the next.
fn under(page: &Shown, heading: &str) -> String {
    let text = page.text();
    let (_, rest) = text.split_once(&format!(">{heading}</h2>")).unwrap_or_else(|| panic!("no `{heading}`: {page}"));
    rest.split("<h2").next().unwrap().to_owned()
}

async fn version(house: &TestHouse, case: &CaseHandle<'_>) -> u32 {
    house.house.door.definition_of(&case.reference).await.unwrap().version
}

async fn a_lead_tries_every_case_and_moves_those_that_can(mut house: TestHouse) {
    let (first, second) = (house.kari().asks(Right::Erasure).await.reference, house.jonas().asks(Right::Erasure).await.reference);
    house.systems.hide("shop");
    let busy = house.solveig();
    let busy = busy.sends(&busy.signs_in().await, Right::Erasure).await.reference;
    house.settle().await;
    renew(&mut house).await;
    let case = |reference: &str| CaseHandle { house: &house, reference: reference.to_owned() };

    let mut per = Browser::of_staff(&house, "per").await;
    per.get("/en/desk/workflows/erasure").await.says(&["href=\"/en/desk/workflows/erasure/move\""]);
    per.get(&format!("/en/desk/case/{first}/path")).await.says(&["href=\"/en/desk/workflows/erasure/move\""]);
    let page = per.get(PAGE).await;
    page.says(&["is gone", "In place of assess", "None of them can move now."]);
    let stay = under(&page, "These stay for now");
    assert!([&first, &second].iter().all(|reference| stay.contains(reference.as_str())), "{stay}");
    assert!(stay.contains("Say which task takes its place.") && stay.contains("has no place in that version"), "{stay}");

    let page = per.get(MAPPED).await;
    let can = under(&page, "These can move");
    assert!(can.contains(&first) && can.contains(&second) && !can.contains(&busy), "{can}");
    assert!(under(&page, "These stay for now").contains("Something is being done in it."), "{page}");
    assert_eq!(version(&house, &case(&first)).await, 1, "a trial moves nothing");
    assert!(case(&first).facts("case-migrated").await.is_empty());

    let mapping = ("step", "assess=judge-request");
    let unsure = per.submit(PAGE, &[mapping, ("case", &first)]).await;
    assert_eq!(unsure.status, Status::UnprocessableEntity, "{unsure}");
    assert!(unsure.text().contains("Confirm that the cases shall move"), "{unsure}");
    let nobody = per.submit(PAGE, &[mapping, ("case", &busy), ("sure", "true")]).await;
    assert_eq!(nobody.status, Status::UnprocessableEntity, "what stays is not moved by asking: {nobody}");
    assert_eq!(version(&house, &case(&first)).await, 1);

    per.submit(PAGE, &[mapping, ("case", &first), ("sure", "true")]).await.says(&["1 case was moved."]);
    assert_eq!([version(&house, &case(&first)).await, version(&house, &case(&second)).await], [2, 1], "the chosen one and no other");
    let log = case(&first).log().await;
    let moved = log.iter().find(|fact| fact["kind"] == "case-migrated").unwrap();
    assert_eq!(moved["actor"], "staff/per");
    assert_eq!(case(&first).waits_at().await, ["judge-request"]);
    house.systems.bring_back("shop");
    house.staff("kari").does(&case(&first), "judge-request", "go-on").await;
    assert_eq!(case(&first).waits_at().await, ["propose"], "and goes on there");
    assert!(house.house.door.prove(&first).await.unwrap().problems.is_empty());
    let left = per.get(PAGE).await;
    assert!(!left.text().contains(&first) && left.text().contains(&second), "{left}");
}

async fn who_does_not_lead_moves_nothing(mut house: TestHouse) {
    let first = house.kari().asks(Right::Erasure).await.reference;
    renew(&mut house).await;
    let case = CaseHandle { house: &house, reference: first.clone() };
    for who in ["kari", "ola", "tilsyn"] {
        let mut browser = Browser::of_staff(&house, who).await;
        browser.get("/en/desk/sign-in").await;
        assert_eq!(browser.get(PAGE).await.status, Status::NotFound, "{who}");
        browser.get("/en/desk/sign-in").await;
        let sent = browser.submit(PAGE, &[("step", "assess=judge-request"), ("case", &first), ("sure", "true")]).await;
        assert_eq!(sent.status, Status::NotFound, "{who}: {sent}");
        assert!(!browser.get("/en/desk/workflows/erasure").await.text().contains("/erasure/move"), "{who}");
    }
    assert_eq!(version(&house, &case).await, 1);
}

async fn where_nothing_is_older_nobody_is_asked(house: TestHouse) {
    house.kari().asks(Right::Erasure).await;
    let mut ida = Browser::of_staff(&house, "ida").await;
    ida.get(PAGE).await.says(&["No open case runs on an older version."]);
    assert_eq!(ida.get("/en/desk/workflows/nothing/move").await.status, Status::NotFound);
}
