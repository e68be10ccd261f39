//! What a case does not take is never dropped: its sender is told why, and the log says who sent what.

use std::collections::BTreeMap;

use habeas::action::{actor::Actor, refusal::Refusal, signal_case::SignalCase, submit_task::SubmitTask};
use habeas_core::law::right::Right;

use super::{database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    every_refusal_is_told_and_recorded,
    the_authority_opens_a_case_again,
}

/// Codes of what the case did not take, in order.
async fn refused(case: &CaseHandle<'_>) -> Vec<String> {
    case.facts("event-refused").await.into_iter().map(|codes| codes["code"].clone()).collect()
}

fn form(task: String, outcome: &str, version: Option<i64>) -> SubmitTask {
    let fields = BTreeMap::from([("reason".to_owned(), "Vurdert.".to_owned())]);
    SubmitTask { task, outcome: outcome.to_owned(), fields, files: Vec::new(), plan: None, version }
}

async fn sends(house: &TestHouse, by: &Actor, form: SubmitTask) -> Refusal {
    let refusal = house.run(by, form).await.unwrap_err();
    house.settle().await;
    refusal
}

async fn every_refusal_is_told_and_recorded(house: TestHouse) {
    let kari = house.kari();
    let case = kari.asks(Right::Erasure).await;
    let (task, rev) = (case.open_task("assess").await.id, case.row().await.rev);
    let (handler, owner) = (house.staff("kari").actor().await, house.staff("bo").actor().await);

    assert!(matches!(sends(&house, &owner, form(task.clone(), "go-on", None)).await, Refusal::NotFound("task")), "without the role");
    let stale = sends(&house, &handler, form(task.clone(), "go-on", Some(rev - 1))).await;
    assert!(stale.to_string().contains("has moved since"), "{stale}");
    sends(&house, &handler, form(task.clone(), "invented", Some(rev))).await;
    house.run(&handler, form(task.clone(), "go-on", Some(rev))).await.unwrap();
    house.settle().await;
    sends(&house, &handler, form(task.clone(), "go-on", None)).await;
    assert_eq!(refused(&case).await, ["not-found", "form-stale", "outcome-unknown", "task-done"]);

    let early = kari.signals(&case, "reopen").await.unwrap_err();
    assert!(early.to_string().contains("only when the case stands at"), "{early}");
    house.staff("eva").does(&case, "propose", "erase").await;
    let hash = case.plan().await.hash().to_owned();
    let own = house.staff("eva").tries_to_approve(&case, &hash).await.unwrap_err();
    assert!(own.to_string().contains("four eyes: you did"), "{own}");
    kari.signals(&case, "withdraw").await.unwrap();
    assert_eq!(case.phase().await, "withdrawn");
    assert_eq!(kari.signals(&case, "withdraw").await.unwrap_err().code(), "signal-out-of-window");
    assert_eq!(refused(&case).await[4..], ["signal-out-of-window", "four-eyes", "signal-out-of-window"]);
    let by: Vec<String> =
        case.log().await.into_iter().filter(|fact| fact["kind"] == "event-refused").map(|fact| fact["actor"].to_string()).collect();
    assert_eq!((by[0].as_str(), by[4].as_str()), ("\"staff/bo\"", "\"subject\""));
    assert!(house.house.door.prove(&case.reference).await.unwrap().problems.is_empty(), "a refusal moves nothing");
}

async fn the_authority_opens_a_case_again(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let authority = house.staff("tilsyn").actor().await;
    let signal = |name: &str| SignalCase { case: case.reference.clone(), name: name.to_owned() };
    assert_eq!(house.run(&authority, signal("withdraw")).await.unwrap_err().code(), "role-missing", "only what the workflow lets it");
    house.run(&authority, signal("reopen")).await.unwrap();
    house.settle().await;
    assert_eq!(case.facts("case-reopened").await.len(), 1);
    assert_eq!(case.phase().await, "answered", "and it was answered once more");
}
