//! When the house cannot go on by itself: incidents, and the ways out of them.

use super::{
    engine::{executing, planned},
    fixture::{Case, ERASURE, SHIPPED, STAFF, around, wait},
};
use crate::workflow::{
    Command, EventKind, Explanation,
    command::Cause,
    compiled::SUBJECT,
    event::{Resolution, WORKER},
};

fn by_hand(outcome: &str) -> Resolution {
    Resolution::ByHand { outcome: outcome.to_owned() }
}

fn skip() -> Resolution {
    Resolution::Skip { reason: "the system was shut down".to_owned() }
}

fn cause(case: &Case) -> Option<&Cause> {
    case.commands.iter().find_map(|command| if let Command::RaiseIncident { cause, .. } = command { Some(cause) } else { None })
}

#[test]
fn a_failure_that_the_definition_foresaw_takes_its_way() {
    let mut case = executing();
    case.fails("erase@crm");
    assert_eq!(cause(&case), None);
    assert!(case.waits().contains(&"erase-by-hand@crm".to_owned()));
}

#[test]
fn any_other_failure_waits_for_a_person() {
    let mut case = Case::open(ERASURE, &[]);
    case.fails("receipt");
    assert_eq!(cause(&case), Some(&Cause::Failed("timeout".to_owned())));
    assert_eq!(case.waits(), ["receipt"]);
    let late = EventKind::Reported { wait: wait("receipt"), outcome: "sent".to_owned(), lists: super::fixture::lists(&[]) };
    assert_eq!(case.send(WORKER, &[], late).unwrap_err().code(), "wrong-kind");
}

#[test]
fn only_staff_of_the_workflow_resolve() {
    let mut case = Case::open(ERASURE, &[]);
    case.fails("receipt");
    for (by, roles) in [(SUBJECT, STAFF.as_slice()), (WORKER, &[]), ("staff/petra", &["authority"])] {
        let kind = EventKind::Resolved { wait: wait("receipt"), how: Resolution::Retry };
        assert_eq!(case.send(by, roles, kind).unwrap_err().code(), "role-missing", "{by}");
    }
}

#[test]
fn retry_begins_the_step_again() {
    let mut case = Case::open(ERASURE, &[]);
    case.fails("receipt");
    case.resolves("receipt", Resolution::Retry).unwrap();
    assert!(matches!(&case.commands[..], [Command::CloseIncident { .. }, Command::Perform { .. }]));
    case.reports("receipt", "sent");
}

#[test]
fn a_letter_may_be_sent_by_hand_and_counts() {
    let mut case = Case::open(ERASURE, &[]);
    case.fails("receipt");
    assert_eq!(case.resolves("receipt", by_hand("lost")).unwrap_err().code(), "outcome-unknown");
    case.resolves("receipt", by_hand("sent")).unwrap();
    assert!(case.proven("receipt.sent"));
    assert!(case.explanations.contains(&Explanation::ByHand { wait: wait("receipt"), outcome: "sent".to_owned() }));
    assert!(case.state.did["receipt"].contains("staff/kari"));
    assert_eq!(case.waits(), ["match"]);
}

#[test]
fn what_only_the_house_can_find_is_not_stated_by_hand() {
    let mut case = Case::open(ERASURE, &[]);
    case.reports("receipt", "sent");
    case.fails("match");
    assert_eq!(case.resolves("match", by_hand("sure")).unwrap_err().code(), "proof-by-hand");
    case.resolves("match", by_hand("unsure")).unwrap();
    assert_eq!(case.waits(), ["ask-identity"]);
}

#[test]
fn what_proves_or_destroys_is_not_left_out() {
    let mut case = Case::open(ERASURE, &[]);
    case.fails("receipt");
    assert_eq!(case.resolves("receipt", skip()).unwrap_err().code(), "not-skippable");
    let mut case = executing();
    case.reports("erase@crm", "erased");
    case.fails("verify@crm");
    assert_eq!(case.resolves("verify@crm", skip()).unwrap_err().code(), "not-skippable");
    case.resolves("verify@crm", by_hand("clean")).unwrap();
    assert_eq!(case.waits(), ["erase@shop"]);
}

#[test]
fn what_nothing_relies_on_may_be_left_out() {
    let stages = "  - id: one
    steps:
      - id: every
        each: system in case.systems
        steps: [{id: screen, do: objection.sort, then: {marketing: end, other: end}}]
        join: all
      - {id: kind, do: objection.sort, then: {marketing: last, other: last}}
      - {id: last, do: letter.send, with: {letter: plain}}
    close: answered";
    let mut catalogue = super::fixture::catalogue();
    catalogue.letters.insert("plain".to_owned(), crate::workflow::catalogue::Letter::of([]));
    let mut case = Case::open_with(&around(stages), &catalogue, &[("case.systems", &["a", "b"])]);
    case.fails("screen@a");
    case.resolves("screen@a", skip()).unwrap();
    assert!(matches!(&case.explanations[..], [Explanation::Skipped { .. }]));
    case.reports("screen@b", "other");
    case.fails("kind");
    assert_eq!(case.resolves("kind", skip()).unwrap_err().code(), "not-skippable", "nobody knows where it would have led");
    case.resolves("kind", by_hand("other")).unwrap();
    case.fails("last");
    case.resolves("last", skip()).unwrap();
    assert!(case.state.closed.is_some());
}

#[test]
fn a_branch_is_not_left_out_where_its_loop_proves_something() {
    let mut case = Case::open(SHIPPED[6], &[("case.systems", &["crm"])]);
    case.reports("receipt", "sent");
    case.reports("locate@crm", "found");
    case.finds("plan", "something", &[("plan.systems", &["crm"]), ("plan.recipients", &[])]);
    case.reports("restrict@crm", "failed");
    case.submits("ola", "restrict-by-hand@crm", "submitted");
    case.fails("verify@crm");
    assert_eq!(case.resolves("verify@crm", skip()).unwrap_err().code(), "not-skippable");
    let stages = "  - id: one
    steps:
      - {id: plan, do: consent.plan, then: {something: every, nothing: two}}
      - id: every
        each: system in case.systems
        steps:
          - {id: kind, do: objection.sort, then: {marketing: verify, other: verify}}
          - {id: verify, do: system.verify-restricted, then: {clean: end, remains: kind}}
        join: all
  - {id: two, close: answered}";
    let mut case = Case::open(&around(stages), &[("case.systems", &["crm"])]);
    case.reports("plan", "something");
    case.fails("kind@crm");
    assert_eq!(
        case.resolves("kind@crm", skip()).unwrap_err().code(),
        "not-skippable",
        "the end of the loop would prove what nobody looked at"
    );
}

#[test]
fn a_missing_fact_is_an_incident_and_never_an_erasure() {
    let stages = "  - id: one
    steps:
      - id: every
        each: system in case.systems
        steps: [{id: erase, do: system.erase, then: {erased: end, nothing: end, blocked: end, failed: end}}]
        join: all
    close: answered";
    let mut case = Case::open(&around(stages), &[("case.systems", &["a"])]);
    assert!(!case.commands.iter().any(|command| matches!(command, Command::Perform { .. })));
    let missing = ["approval.given", "holds.checked", "identity.matched", "identity.verified", "plan.frozen"].map(str::to_owned).to_vec();
    assert_eq!(cause(&case), Some(&Cause::NeedsMissing(missing)));
    assert_eq!(case.resolves("erase@a", by_hand("erased")).unwrap_err().code(), "not-by-hand");
    assert_eq!(case.resolves("erase@a", skip()).unwrap_err().code(), "not-skippable");
    case.resolves("erase@a", Resolution::Retry).unwrap();
    assert!(matches!(cause(&case), Some(Cause::NeedsMissing(_))));
}

#[test]
fn a_limit_leads_elsewhere_or_to_a_person() {
    let mut case = Case::open(ERASURE, &[]);
    case.reports("receipt", "sent");
    case.reports("match", "unsure");
    for _ in 0..3 {
        case.submits("subject", "ask-identity", "submitted");
        case.submits("kari", "check-identity", "not-enough");
    }
    assert_eq!(case.waits(), ["account"], "two more tries were allowed");
    assert!(case.explanations.contains(&Explanation::LimitReached { wait: wait("check-identity"), to: "ask-identity".to_owned() }));

    let mut case = Case::open(&ERASURE.replace("limit: {ask-identity: 2, then: refuse}", "limit: {ask-identity: 1}"), &[]);
    case.reports("receipt", "sent");
    case.reports("match", "unsure");
    for _ in 0..2 {
        case.submits("subject", "ask-identity", "submitted");
        case.submits("kari", "check-identity", "not-enough");
    }
    assert_eq!(cause(&case), Some(&Cause::LimitReached("ask-identity".to_owned())));
    assert_eq!(case.resolves("check-identity", by_hand("accepted")).unwrap_err().code(), "not-by-hand");
    case.resolves("check-identity", Resolution::Retry).unwrap();
    case.submits("kari", "check-identity", "not-enough");
    assert_eq!(case.waits(), ["ask-identity"], "the count begins again");
}

#[test]
fn there_is_nothing_to_resolve_where_nothing_went_wrong() {
    let mut case = planned();
    assert_eq!(case.resolves("propose", Resolution::Retry).unwrap_err().code(), "wrong-kind");
}
