//! A table sends a request its way: by what is known about the case, explained in the log, and past a person never by a guess.

use std::path::Path;

use habeas::{config::Config, house::House};
use habeas_core::law::right::Right;

use super::{
    database::on_every_store,
    people::CaseHandle,
    test_house::{TestHouse, copy},
};

const FIRST: &str = "language: habeas.table/1
table: by-size
hit: first
inputs: {records: number}
default: {result: ordinary, because: A case handler can look through it}
except:
  - {id: large, if: records >= 2, result: large, because: So much is looked through by who leads}
";

const UNIQUE: &str = "language: habeas.table/1
table: by-size
hit: unique
inputs: {records: number}
rows:
  - {id: large, if: records >= 2, result: large, because: So much is looked through by who leads}
  - {id: ordinary, if: records < 2, result: ordinary, because: A case handler can look through it}
";

const OTHERS: &str = "      - {id: others, do: access.screen, then: {clean: prove, others: review, nothing: nothing-held}}";

on_every_store! {
    the_first_row_that_applies_sends_the_request_on,
    the_only_row_that_applies_sends_the_request_on,
    what_is_not_known_is_no_answer_and_a_person_is_asked,
    a_table_that_contradicts_itself_opens_no_house,
}

/// An organisation whose portability asks a table before anything is looked at, or, `early`, before anything was found.
fn write(house: &TestHouse, table: &str, early: bool) -> Config {
    let (repository, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")), house.folder().join("org"));
    copy(&repository.join("organisations/visumexpress"), &folder);
    std::fs::create_dir_all(folder.join("workflows/decisions")).unwrap();
    std::fs::write(folder.join("workflows/decisions/by-size.yaml"), table).unwrap();
    let text = std::fs::read_to_string(repository.join("workflows/portability.yaml")).unwrap();
    assert!(text.contains(OTHERS));
    let asks = if early {
        let receipt = "      - {id: receipt, do: letter.send, with: {letter: receipt}}";
        text.replace(receipt, &format!("{receipt}\n      - {{id: route, decide: by-size, then: {{large: identify, ordinary: identify}}}}"))
    } else {
        let route = "      - {id: route, decide: by-size, then: {large: lead, ordinary: others}}";
        let lead = "      - {id: lead, task: privacy-lead, form: located-records, due: PT6H, then: {submitted: others}}";
        text.replace(OTHERS, &format!("{route}\n{lead}\n{OTHERS}"))
    };
    std::fs::write(folder.join("workflows/portability.yaml"), asks).unwrap();
    Config { organisation: folder.display().to_string(), ..house.config().clone() }
}

async fn renew(house: &mut TestHouse, table: &str, early: bool) {
    house.house = Box::pin(House::open(&write(house, table, early))).await.unwrap();
}

async fn routed(case: &CaseHandle<'_>) -> (String, String, String) {
    let fact = case.facts("case-routed").await.pop().expect("the table was asked");
    assert_eq!((fact["table"].as_str(), fact["sha"].len()), ("by-size", 64), "{fact:?}");
    (fact["row"].clone(), fact["outcome"].clone(), fact["because"].clone())
}

async fn the_first_row_that_applies_sends_the_request_on(house: TestHouse) {
    a_large_request_goes_to_who_leads_and_keeps_its_table(house, FIRST, "default").await;
}

async fn the_only_row_that_applies_sends_the_request_on(house: TestHouse) {
    a_large_request_goes_to_who_leads_and_keeps_its_table(house, UNIQUE, "ordinary").await;
}

async fn a_large_request_goes_to_who_leads_and_keeps_its_table(mut house: TestHouse, table: &str, otherwise: &str) {
    renew(&mut house, table, false).await;
    let large = house.solveig().asks(Right::Portability).await;
    assert_eq!(large.waits_at().await, ["lead"]);
    let lead = "So much is looked through by who leads";
    assert_eq!(routed(&large).await, ("large".to_owned(), "large".to_owned(), lead.to_owned()));
    let (first, pinned) = (large.reference.clone(), large.row().await.definition);

    renew(&mut house, &table.replace(" 2,", " 2000,"), false).await;
    let small = house.jonas().asks(Right::Portability).await;
    assert_ne!(small.row().await.definition, pinned, "the table is part of what a case is pinned to");
    assert!(!small.waits_at().await.contains(&"lead".to_owned()));
    let (row, outcome, _) = routed(&small).await;
    assert_eq!((row.as_str(), outcome.as_str()), (otherwise, "ordinary"));
    let fact = CaseHandle { house: &house, reference: first }.facts("case-routed").await.remove(0);
    let kept = house.house.door.workflows().tables(&pinned).unwrap().sha256("by-size");
    assert_eq!(kept.as_ref(), fact.get("sha"), "a case keeps the table it began with");
}

async fn what_is_not_known_is_no_answer_and_a_person_is_asked(mut house: TestHouse) {
    renew(&mut house, FIRST, true).await;
    let case = house.kari().asks(Right::Portability).await;
    let incidents = format!("{:?}", case.incidents().await);
    assert!(incidents.contains("row `large` needs `records`"), "{incidents}");
    assert!(case.facts("case-routed").await.is_empty());
}

async fn a_table_that_contradicts_itself_opens_no_house(house: TestHouse) {
    let config = write(&house, &UNIQUE.replace("records < 2", "records <= 2"), false);
    let said = Box::pin(House::open(&config)).await.err().unwrap().to_string();
    assert!(said.contains("T005-rows-overlap") && said.contains("`large` and `ordinary` both apply when `records` is 2"), "{said}");
}
