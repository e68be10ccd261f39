//! One case that the house cannot move, among twenty that it can: it is set apart alone, and comes back when it is mended.

use habeas::{
    action::resolve_incident::Resolution,
    store::incident::{Incident, Trouble},
};
use habeas_core::law::right::Right;

use crate::faces::browser::Browser;

use super::{crash_points::work, database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    a_poisoned_case_is_set_apart_alone,
    a_timer_that_the_workflow_refuses_sets_its_case_apart,
    an_engine_that_panics_at_one_case_goes_on_with_the_others,
    a_journal_that_does_not_lead_to_the_state_is_found,
    every_open_case_is_read_again_in_its_turn,
    an_effect_that_cannot_be_done_waits_for_a_person,
}

async fn quarantine(case: &CaseHandle<'_>) -> Option<Incident> {
    let open = |incident: &Incident| incident.closed.is_none() && incident.trouble == Trouble::Quarantine;
    case.incidents().await.into_iter().find(open)
}

async fn a_poisoned_case_is_set_apart_alone(house: TestHouse) {
    let kari = house.kari();
    let actor = kari.signs_in().await;
    let mut cases = Vec::new();
    for _ in 0..21 {
        cases.push(kari.sends(&actor, Right::Access).await);
    }
    let poisoned = cases.remove(10);
    let state = poisoned.row().await.state;
    let set = |state: &str| format!("UPDATE cases SET state = '{state}' WHERE id = '{}'", poisoned.reference);
    house.sql(&set("poison")).await;
    house.settle().await;
    for case in &cases {
        assert_eq!(case.phase().await, "answered", "all others go on");
        assert!(case.incidents().await.is_empty());
    }
    assert_eq!(poisoned.phase().await, "open");
    let incident = quarantine(&poisoned).await.expect("somebody is told");
    assert!(incident.cause.contains("state"), "{}", incident.cause);
    let health = house.house.look.health().await.unwrap();
    assert_eq!((health.quarantined, health.due, health.unwoken.len()), (1, 0, 0));

    let mut desk = Browser::of_staff(&house, "per").await;
    let page = format!("/nb/desk/case/{}", poisoned.reference);
    for path in ["/nb/desk".to_owned(), page.clone(), format!("{page}/incident/{}", incident.id)] {
        assert_eq!(desk.get(&path).await.status.code, 200, "{path}: whoever has to mend it can see it");
    }

    let early = house.staff("per").resolves(&poisoned, Resolution::Retry, "").await.unwrap_err();
    assert_eq!(early.code(), "still-broken");
    house.sql(&set(&state.replace('\'', "''"))).await;
    house.staff("per").resolves(&poisoned, Resolution::Retry, "").await.unwrap();
    assert_eq!(poisoned.phase().await, "answered");
    assert_eq!(poisoned.letters().await, ["receipt", "access-ready"], "each letter once");
    assert!(house.house.door.prove(&poisoned.reference).await.unwrap().problems.is_empty());
}

async fn a_timer_that_the_workflow_refuses_sets_its_case_apart(house: TestHouse) {
    let (case, other) = (house.kari().asks(Right::Erasure).await, house.solveig().asks(Right::Erasure).await);
    let wrong = format!(
        "INSERT INTO timer (case_id, step, branch, kind, bucket, due_at) VALUES ('{}', 'assess', '', 'escalate-7', 0, 0)",
        case.reference
    );
    house.sql(&wrong).await;
    house.settle().await;
    assert!(quarantine(&case).await.is_some());
    house.staff("kari").does(&other, "assess", "go-on").await;
    assert!(quarantine(&other).await.is_none());
    assert_eq!(case.facts("case-quarantined").await[0]["code"], "timer-unset");

    house.sql("DELETE FROM timer WHERE kind = 'escalate-7'").await;
    house.staff("ida").resolves(&case, Resolution::Retry, "").await.unwrap();
    house.staff("kari").does(&case, "assess", "go-on").await;
    assert_eq!(case.waits_at().await, ["propose"]);
}

/// The engine has no way to panic that anybody knows, so one is planted in the real program, at every event of one case.
async fn an_engine_that_panics_at_one_case_goes_on_with_the_others(house: TestHouse) {
    let settings = format!("[default.habeas]\ndemo = true\nurl = \"{}\"\n", house.config().url);
    std::fs::write(house.folder().join("Rocket.toml"), settings).unwrap();
    let kari = house.kari();
    let actor = kari.signs_in().await;
    let mut cases = Vec::new();
    for _ in 0..5 {
        cases.push(kari.sends(&actor, Right::Access).await);
    }
    let poisoned = cases.remove(2);
    let planted = [format!("panic-in-transition:{}", poisoned.reference)];
    assert_eq!(work(house.folder(), house.config().database.as_deref(), &planted), None, "the process lives");
    for case in &cases {
        assert_eq!(case.phase().await, "answered", "all others go on");
        assert!(case.incidents().await.is_empty());
    }
    assert_eq!(poisoned.phase().await, "open");
    let incident = quarantine(&poisoned).await.expect("somebody is told");
    assert!(incident.cause.contains("panicked"), "{}", incident.cause);
    assert_eq!(poisoned.log().await.iter().filter(|fact| fact["kind"] == "case-quarantined").count(), 1);
    let health = house.house.look.health().await.unwrap();
    assert_eq!((health.quarantined, health.due, health.unwoken.len()), (1, 0, 0));

    house.settle().await;
    assert_eq!(poisoned.phase().await, "open", "it stays apart until a person has looked");
    house.staff("per").resolves(&poisoned, Resolution::Retry, "").await.unwrap();
    assert_eq!(poisoned.phase().await, "answered");
    assert_eq!(poisoned.letters().await, ["receipt", "access-ready"], "each letter once");
    assert!(house.house.door.prove(&poisoned.reference).await.unwrap().problems.is_empty());
}

async fn a_journal_that_does_not_lead_to_the_state_is_found(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    assert!(house.house.door.prove(&case.reference).await.unwrap().problems.is_empty());
    house.sql("UPDATE event SET body = replace(body, '\"sure\"', '\"unsure\"')").await;
    let proof = house.house.door.prove(&case.reference).await.unwrap();
    assert!(proof.problems.iter().any(|problem| problem.contains("journal")), "{proof:?}");
    house.settle().await;
    assert!(quarantine(&case).await.is_some(), "and found by itself");
}

async fn every_open_case_is_read_again_in_its_turn(house: TestHouse) {
    let kari = house.kari();
    let actor = kari.signs_in().await;
    let mut cases = Vec::new();
    for _ in 0..7 {
        cases.push(kari.sends(&actor, Right::Erasure).await);
    }
    house.settle().await;
    house.sql("UPDATE event SET body = replace(body, '\"sure\"', '\"unsure\"')").await;
    let mut apart = 0;
    for upkeep in 1..=4 {
        house.house.worker.upkeep().await.unwrap();
        let before = std::mem::replace(&mut apart, house.house.look.health().await.unwrap().quarantined);
        assert!(apart - before <= 2, "few at once: {before}, then {apart} at upkeep {upkeep}");
    }
    assert_eq!(apart, 7, "seven open cases, two at a time");
    assert!(quarantine(&cases[0]).await.is_some());
}

async fn an_effect_that_cannot_be_done_waits_for_a_person(house: TestHouse) {
    let kari = house.kari();
    let case = kari.sends(&kari.signs_in().await, Right::Access).await;
    let applicant = case.row().await.applicant.unwrap();
    let set = |what: &str| format!("UPDATE cases SET applicant = {what} WHERE id = '{}'", case.reference);
    house.sql(&set("NULL")).await;
    house.settle().await;
    let incident = case.incidents().await.remove(0);
    assert_eq!((incident.step.as_str(), incident.attempts), ("receipt", 1));
    let handler = house.staff("kari");
    let by_hand = || Resolution::ByHand { outcome: "sent".to_owned() };
    assert_eq!(handler.resolves(&case, by_hand(), " ").await.unwrap_err().code(), "invalid", "proof is owed");
    let skip = || Resolution::Skip { reason: String::new() };
    assert_eq!(handler.resolves(&case, skip(), "borte").await.unwrap_err().code(), "role-missing");
    let speaking = |lang: &str| Resolution::RetryWith { with: [("lang".to_owned(), lang.to_owned())].into() };
    assert_eq!(handler.resolves(&case, speaking("xx"), "").await.unwrap_err().code(), "invalid");
    house.sql(&set(&house.bytes(&applicant))).await;
    handler.resolves(&case, speaking("nl"), "").await.unwrap();
    assert_eq!(case.phase().await, "answered");
    let receipt = house.mails().into_iter().rfind(|mail| mail.text.contains(&case.reference)).unwrap();
    assert!(receipt.text.contains("Wij") || receipt.text.contains("wij") || receipt.text.contains("uw"), "{}", receipt.text);
    assert_eq!(case.facts("incident-resolved").await[0]["how"], "retry with lang=nl");
    assert!(house.house.door.prove(&case.reference).await.unwrap().problems.is_empty());
}
