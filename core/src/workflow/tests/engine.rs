//! The main ways of a case: who may act, what is proven, what is asked for.

use super::fixture::{ACCESS, Case, ERASURE, STAFF, event, lists, wait};
use crate::workflow::{
    Command, EventKind, State,
    command::Work,
    compiled::SUBJECT,
    event::{CLOCK, Timer, WORKER},
    fold, start, transition,
};

const ONE: &[(&str, &[&str])] = &[("case.systems", &["crm"])];
const PLAN: &[(&str, &[&str])] = &[("plan.systems", &["crm", "shop"]), ("plan.recipients", &["embassy"])];

/// An erasure up to the plan.
pub(super) fn planned() -> Case {
    let mut case = Case::open(ERASURE, ONE);
    case.reports("receipt", "sent");
    case.reports("match", "sure");
    case.submits("kari", "assess", "go-on");
    case.reports("locate@crm", "found");
    case.reports("screen", "enough");
    case.reports("holds", "decided");
    case.finds("plan", "something", PLAN);
    case
}

/// An erasure that is about to be executed.
pub(super) fn executing() -> Case {
    let mut case = planned();
    case.submits("kari", "propose", "partly");
    case.submits("ola", "approve", "approved");
    case.reports("notice", "sent");
    case.passes("PT72H");
    case.elapses(Timer::Due(wait("cooling-off"))).unwrap();
    case
}

#[test]
fn an_erasure_runs_from_receipt_to_answer() {
    let mut case = executing();
    assert_eq!(case.waits(), ["erase@crm", "erase@shop"]);
    case.reports("erase@shop", "erased");
    case.reports("erase@crm", "nothing");
    case.reports("verify@crm", "clean");
    assert!(!case.proven("erasure.done"), "one branch is still open");
    case.reports("verify@shop", "clean");
    assert!(case.proven("erasure.done"));
    assert_eq!(case.waits(), ["notify@embassy"]);
    case.reports("notify@embassy", "told");
    case.reports("answer", "sent");
    assert!(case.waits().is_empty());
    assert_eq!(case.state.stage, "done");
    assert!(matches!(&case.commands[..], [Command::Close { keep: Some(keep), .. }] if keep.to_string() == "P5Y"));
}

#[test]
fn access_withholds_what_the_proven_tier_is_not_enough_for() {
    let mut case = Case::open(ACCESS, ONE);
    case.reports("receipt", "sent");
    case.reports("match", "sure");
    case.reports("compare", "free");
    case.reports("locate@crm", "found");
    case.reports("others", "clean");
    case.reports("screen", "more");
    assert!(!case.proven("identity.verified"));
    case.submits("subject", "prove-more", "document");
    case.submits("dpo", "check-identity-strong", "not-enough");
    assert_eq!(case.waits(), ["package-ordinary"]);
    case.reports("package-ordinary", "written");
    case.reports("partly-ready", "sent");
    assert!(case.state.closed.is_some());
}

#[test]
fn nothing_found_is_an_answer_and_never_called_erased() {
    let mut case = Case::open(ERASURE, ONE);
    case.reports("receipt", "sent");
    case.reports("match", "nothing");
    case.reports("nothing-left", "untouched");
    let letter = Command::Perform {
        wait: wait("tell-nothing"),
        work: case
            .commands
            .iter()
            .find_map(|command| if let Command::Perform { work, .. } = command { Some(work.clone()) } else { None })
            .unwrap(),
        effect: crate::workflow::catalogue::Effect::External,
        idempotency: crate::workflow::catalogue::Idempotency::Key,
    };
    assert!(case.commands.contains(&letter));
    assert!(matches!(letter, Command::Perform { work: Work::Act { with, .. }, .. } if with["letter"] == "nothing-held"));
}

#[test]
fn a_performance_carries_its_settings_effect_and_retry() {
    let case = executing();
    let erase = case.commands.iter().find_map(|command| match command {
        Command::Perform { wait, work: Work::Act { action, retry, .. }, effect, .. } => Some((wait, action.as_str(), *retry, *effect)),
        _ => None,
    });
    let (at, action, retry, effect) = erase.unwrap();
    assert_eq!((at.to_string().as_str(), action), ("erase@crm", "system.erase"));
    assert_eq!((retry.times, retry.from.to_string().as_str(), retry.to.to_string().as_str()), (8, "PT5M", "P1D"));
    assert_eq!(effect, crate::workflow::catalogue::Effect::Irreversible);
}

#[test]
fn four_eyes_refuse_who_did_what_is_checked() {
    let mut case = planned();
    case.submits("ola", "propose", "erase");
    let OpenTask { not_by, shows, due } = open_task(&case);
    assert_eq!((not_by, shows), (vec!["staff/kari".to_owned(), "staff/ola".to_owned()], vec!["plan".to_owned(), "holds".to_owned()]));
    assert_eq!(due, "2027-01-06T09:00:00Z");
    for (who, did) in [("ola", "propose"), ("kari", "assess")] {
        let refusal = case.tries(who, "approve", "approved").unwrap_err();
        assert_eq!(refusal.code(), "four-eyes");
        assert_eq!(refusal.to_string(), format!("four eyes: you did `{did}`, so somebody else must do `approve`"));
    }
    assert!(!case.proven("approval.given"));
    case.submits("dpo", "approve", "approved");
    assert!(case.proven("approval.given"));
}

struct OpenTask {
    not_by: Vec<String>,
    shows: Vec<String>,
    due: String,
}

fn open_task(case: &Case) -> OpenTask {
    let task = case.commands.iter().find_map(|command| match command {
        Command::OpenTask { not_by, shows, due_at, .. } => {
            Some(OpenTask { not_by: not_by.clone(), shows: shows.clone(), due: due_at.to_string() })
        }
        _ => None,
    });
    task.unwrap()
}

#[test]
fn four_eyes_remember_the_round_before() {
    let mut case = planned();
    case.submits("ola", "propose", "erase");
    case.submits("dpo", "approve", "sent-back");
    case.reports("holds", "decided");
    case.finds("plan", "something", PLAN);
    case.submits("mia", "propose", "erase");
    assert_eq!(case.tries("ola", "approve", "approved").unwrap_err().code(), "four-eyes");
}

#[test]
fn a_decision_made_again_undoes_plan_and_approval() {
    let mut case = executing();
    case.reports("erase@crm", "blocked");
    case.reports("holds", "decided");
    assert!(!case.proven("plan.frozen") && !case.proven("approval.given"));
}

#[test]
fn tasks_are_for_their_roles_only() {
    let mut case = planned();
    let submit = |case: &mut Case, by: &str, roles: &[&str]| {
        case.send(by, roles, EventKind::Submitted { wait: wait("propose"), outcome: "erase".to_owned() })
    };
    for (by, roles) in [("staff/siri", ["system-owner"].as_slice()), (SUBJECT, &[]), ("subject/kari", &["case-handler"]), (WORKER, &[])] {
        let refusal = submit(&mut case, by, roles).unwrap_err();
        assert_eq!(refusal.to_string(), "`propose` is for `case-handler`", "{by}");
    }
    assert!(submit(&mut case, "staff/siri", &["case-handler"]).is_ok());
}

#[test]
fn the_subject_s_tasks_are_the_subject_s() {
    let mut case = Case::open(ERASURE, ONE);
    case.reports("receipt", "sent");
    case.reports("match", "unsure");
    assert_eq!(case.tries("kari", "ask-identity", "submitted").unwrap_err().code(), "role-missing");
    case.submits("subject", "ask-identity", "submitted");
    assert_eq!(case.waits(), ["check-identity"]);
}

#[test]
fn what_is_not_open_is_refused() {
    let mut case = planned();
    let table = [
        (WORKER, EventKind::Reported { wait: wait("receipt"), outcome: "sent".to_owned(), lists: lists(&[]) }, "not-open"),
        (WORKER, EventKind::Reported { wait: wait("erase@crm"), outcome: "erased".to_owned(), lists: lists(&[]) }, "not-open"),
        (WORKER, EventKind::Reported { wait: wait("propose"), outcome: "erase".to_owned(), lists: lists(&[]) }, "wrong-kind"),
        (WORKER, EventKind::Failed { wait: wait("nowhere"), cause: String::new() }, "not-open"),
        ("staff/ola", EventKind::Reported { wait: wait("propose"), outcome: "erase".to_owned(), lists: lists(&[]) }, "role-missing"),
        ("staff/ola", EventKind::Submitted { wait: wait("propose"), outcome: "approved".to_owned() }, "outcome-unknown"),
        ("staff/ola", EventKind::Submitted { wait: wait("propose"), outcome: "overdue".to_owned() }, "outcome-unknown"),
        ("staff/ola", EventKind::Submitted { wait: wait("propose@crm"), outcome: "erase".to_owned() }, "not-open"),
        ("staff/ola", EventKind::Elapsed { timer: Timer::Deadline }, "role-missing"),
        (CLOCK, EventKind::Elapsed { timer: Timer::Due(wait("approve")) }, "not-open"),
        (CLOCK, EventKind::Elapsed { timer: Timer::Escalate(wait("propose"), 0) }, "timer-unset"),
        (CLOCK, EventKind::Elapsed { timer: Timer::Due(wait("propose")) }, "timer-early"),
        (CLOCK, EventKind::Elapsed { timer: Timer::Alarm(9) }, "timer-unset"),
        (SUBJECT, EventKind::Opened { lists: lists(&[]) }, "already-started"),
    ];
    let before = case.state.clone();
    for (by, kind, code) in table {
        let refusal = case.send(by, &STAFF, kind.clone()).unwrap_err();
        assert_eq!(refusal.code(), code, "{by}: {kind:?}");
        assert!(!refusal.to_string().ends_with('.'));
    }
    assert_eq!(case.state, before);
}

#[test]
fn a_report_twice_is_refused() {
    let mut case = planned();
    case.submits("ola", "propose", "erase");
    assert_eq!(case.tries("ola", "propose", "erase").unwrap_err().code(), "not-open");
}

#[test]
fn a_case_stays_with_its_version() {
    let case = planned();
    let other = super::fixture::compiled(&ERASURE.replace("version: 1", "version: 2"));
    let event = event(case.now, SUBJECT, &[], EventKind::Signalled { name: "withdraw".to_owned() });
    assert_eq!(transition(&other, &case.state, &event).unwrap_err().code(), "wrong-definition");
    assert_eq!(start(&case.def, &event).unwrap_err().code(), "not-started");
}

#[test]
fn the_state_is_the_fold_of_its_events_and_survives_json() {
    let case = executing();
    assert_eq!(fold(&case.def, &case.events).unwrap().as_ref(), Some(&case.state));
    let saved = serde_json::to_string(&case.state).unwrap();
    assert_eq!(serde_json::from_str::<State>(&saved).unwrap(), case.state);
    assert!(saved.len() < 2048, "{} bytes", saved.len());
    for event in &case.events {
        let saved = serde_json::to_string(event).unwrap();
        assert_eq!(serde_json::from_str::<crate::workflow::Event>(&saved).unwrap(), *event);
    }
}
