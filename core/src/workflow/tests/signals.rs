//! Time and what may be sent at any time: dues, escalations, alarms, the clock's stops, withdraw, amend, reopen.

use super::{
    engine::{executing, planned},
    fixture::{Case, ERASURE, wait},
};
use crate::workflow::{Command, EventKind, Explanation, command::Cause, event::Timer};

fn asked() -> Case {
    let mut case = Case::open(ERASURE, &[("case.systems", &["crm"])]);
    case.reports("receipt", "sent");
    case.reports("match", "unsure");
    case
}

#[test]
fn an_overdue_task_takes_the_way_named_for_it() {
    let mut case = asked();
    case.passes("P14D");
    case.elapses(Timer::Due(wait("ask-identity"))).unwrap();
    assert_eq!(case.waits(), ["account"]);
}

#[test]
fn an_overdue_task_without_such_a_way_stays_and_tells() {
    let mut case = planned();
    case.passes("P2D");
    case.elapses(Timer::Due(wait("propose"))).unwrap();
    assert_eq!(case.waits(), ["propose"]);
    assert_eq!(case.explanations, [Explanation::Overdue { wait: wait("propose") }]);
    assert_eq!(case.elapses(Timer::Due(wait("propose"))).unwrap_err().code(), "timer-unset");
}

#[test]
fn an_escalated_task_is_open_to_the_role_that_joined() {
    let mut case = Case::open(ERASURE, &[("case.systems", &["crm"])]);
    case.reports("receipt", "sent");
    case.reports("match", "sure");
    let timer = Timer::Escalate(wait("assess"), 0);
    let at = case.now;
    assert!(case.commands.contains(&Command::SetTimer { timer: timer.clone(), at: "2027-01-05T09:00:00Z".parse().unwrap() }), "{at}");
    let submitted = || EventKind::Submitted { wait: wait("assess"), outcome: "go-on".to_owned() };
    assert_eq!(case.send("staff/pia", &["privacy-lead"], submitted()).unwrap_err().code(), "role-missing");
    assert_eq!(case.elapses(timer.clone()).unwrap_err().code(), "timer-early");
    case.passes("P1D");
    case.elapses(timer).unwrap();
    assert_eq!(case.commands, [Command::WidenTask { wait: wait("assess"), role: "privacy-lead".to_owned() }]);
    case.send("staff/pia", &["privacy-lead"], submitted()).unwrap();
    assert!(case.commands.contains(&Command::ClearTimers { wait: wait("assess") }));
}

#[test]
fn the_clock_stands_still_while_the_subject_owes_us_an_answer() {
    let mut case = asked();
    assert!(case.state.is_paused());
    let (from, basis) = (case.now, "Art. 12(6)".to_owned());
    assert!(case.commands.contains(&Command::StopClock { wait: wait("ask-identity"), basis: basis.clone(), at: from }));
    case.passes("P3D");
    case.submits("subject", "ask-identity", "submitted");
    assert!(!case.state.is_paused());
    assert!(case.commands.contains(&Command::ResumeClock { wait: wait("ask-identity"), at: case.now }));
    let [pause] = &case.state.pauses[..] else { panic!() };
    assert_eq!((pause.from, pause.to, &pause.basis), (from, Some(case.now), &basis));
}

#[test]
fn alarms_tell_and_the_deadline_ends_what_it_ends() {
    let mut case = planned();
    assert!(case.proven("clock.before-due"));
    case.elapses(Timer::Alarm(2)).unwrap();
    let told = Command::Alarm { number: 2, tell: vec!["dpo".to_owned()], raise: true };
    assert_eq!(case.commands, [told]);
    case.elapses(Timer::Alarm(3)).unwrap();
    assert!(matches!(&case.commands[..], [Command::Alarm { number: 3, .. }]), "people are told on the strict day: {:?}", case.commands);
    case.elapses(Timer::Deadline).unwrap();
    assert_eq!(case.commands, [Command::Record { fact: "deadline-missed".to_owned() }], "the log speaks on the legal day");
    assert!(!case.proven("clock.before-due"));
}

#[test]
fn after_the_deadline_nothing_is_extended() {
    let mut case = Case::open(ERASURE, &[("case.systems", &["crm"])]);
    case.reports("receipt", "sent");
    case.reports("match", "sure");
    case.elapses(Timer::Deadline).unwrap();
    case.submits("kari", "assess", "extend");
    case.reports("extend", "extended");
    let missing = Cause::NeedsMissing(vec!["clock.before-due".to_owned()]);
    let incident = Command::RaiseIncident { wait: wait("tell-extension"), cause: missing };
    assert_eq!(case.commands.last(), Some(&incident), "a report that comes too late sends no letter");
}

#[test]
fn a_subject_may_withdraw_until_the_execution_begins() {
    let mut case = planned();
    assert_eq!(case.signals("staff/kari", "withdraw").unwrap_err().code(), "role-missing");
    assert_eq!(case.signals("subject", "with-draw").unwrap_err().code(), "signal-unknown");
    case.signals("subject", "withdraw").unwrap();
    assert!(case.commands.contains(&Command::CloseTask { wait: wait("propose") }));
    case.reports("confirm-withdrawal", "sent");
    assert_eq!(case.state.stage, "withdrawn");
    assert!(case.state.closed.is_some());

    let mut case = executing();
    assert_eq!(case.signals("subject", "withdraw").unwrap_err().code(), "signal-out-of-window");
    case.reports("erase@crm", "blocked");
    assert_eq!(case.signals("subject", "withdraw").unwrap_err().code(), "signal-out-of-window", "something may be erased already");
}

#[test]
fn a_subject_may_stop_an_approved_erasure_while_it_cools_off() {
    let mut case = planned();
    case.submits("kari", "propose", "erase");
    case.submits("ola", "approve", "approved");
    case.reports("notice", "sent");
    assert_eq!(case.elapses(Timer::Due(wait("cooling-off"))).unwrap_err().code(), "timer-early");
    case.submits("subject", "cooling-off", "stopped");
    case.reports("stop", "untouched");
    case.reports("confirm-stop", "sent");
    assert_eq!(case.waits(), ["look-into-it"], "somebody may have asked in her name");
    assert!(case.state.closed.is_none());
    case.submits("ola", "look-into-it", "impostor");
    assert!(case.state.closed.is_some());
}

#[test]
fn a_changed_request_is_proven_anew() {
    let mut case = planned();
    case.submits("kari", "propose", "erase");
    case.submits("ola", "approve", "approved");
    case.signals("subject/ola", "amend").unwrap();
    assert_eq!(case.waits(), ["receipt"]);
    for fact in ["identity.verified", "holds.checked", "plan.frozen", "approval.given"] {
        assert!(!case.proven(fact), "{fact}");
    }
}

/// The person sends a document and it proves too little.
fn not_enough(case: &mut Case) {
    case.submits("subject", "ask-identity", "submitted");
    case.submits("kari", "check-identity", "not-enough");
}

fn changed(case: &mut Case, event: &str) {
    case.signals("subject", event).unwrap();
    case.reports("receipt", "sent");
    case.reports("match", "unsure");
    assert_eq!(case.waits(), ["ask-identity"]);
}

#[test]
fn changing_the_request_does_not_begin_the_asking_afresh() {
    let mut case = asked();
    not_enough(&mut case);
    not_enough(&mut case);
    for _ in 0..3 {
        changed(&mut case, "amend");
        not_enough(&mut case);
        assert_eq!(case.waits(), ["account"], "two more documents were asked for already");
    }
}

#[test]
fn a_person_who_was_known_may_be_doubted_as_often_again() {
    let mut case = asked();
    not_enough(&mut case);
    not_enough(&mut case);
    case.submits("subject", "ask-identity", "submitted");
    case.submits("kari", "check-identity", "accepted");
    changed(&mut case, "amend");
    not_enough(&mut case);
    not_enough(&mut case);
    assert_eq!(case.waits(), ["ask-identity"]);
    not_enough(&mut case);
    assert_eq!(case.waits(), ["account"]);
}

#[test]
fn a_case_that_was_answered_counts_from_the_beginning_when_it_is_opened_again() {
    let mut case = asked();
    not_enough(&mut case);
    not_enough(&mut case);
    not_enough(&mut case);
    case.reports("account", "untouched");
    case.submits("kari", "reasons", "submitted");
    case.submits("per", "review", "approved");
    case.reports("refusal", "sent");
    changed(&mut case, "reopen");
    not_enough(&mut case);
    assert_eq!(case.waits(), ["ask-identity"]);
}

#[test]
fn a_stop_ends_with_what_it_stood_for() {
    let mut case = asked();
    case.signals("subject", "amend").unwrap();
    assert!(!case.state.is_paused());
}

#[test]
fn a_closed_case_moves_only_when_it_is_opened_again_in_time() {
    let mut case = asked();
    assert_eq!(case.signals("subject", "reopen").unwrap_err().code(), "signal-out-of-window", "it is not closed");
    case.signals("subject", "withdraw").unwrap();
    case.reports("confirm-withdrawal", "sent");
    assert_eq!(case.elapses(Timer::Deadline).unwrap_err().code(), "case-closed");
    assert_eq!(case.signals("subject", "withdraw").unwrap_err().code(), "signal-out-of-window");
    let closed_at = case.now;

    case.passes("P2Y");
    assert_eq!(case.signals("subject", "reopen").unwrap_err().code(), "signal-out-of-window");
    case.now = closed_at;
    case.passes("P1Y");
    case.signals("subject", "reopen").unwrap();
    assert!(matches!(&case.commands[..], [Command::Reopen, Command::StartClock { .. }, Command::Perform { .. }]));
    assert!(case.state.closed.is_none() && !case.proven("answer.sent"));
    case.reports("receipt", "sent");
    case.reports("match", "sure");
    case.signals("subject", "withdraw").unwrap();
}

#[test]
fn a_timer_survives_its_columns() {
    for timer in [Timer::Due(wait("a@b")), Timer::Escalate(wait("a"), 2), Timer::Alarm(3), Timer::Deadline] {
        assert_eq!(Timer::from_parts(&timer.kind(), timer.wait().cloned()), Some(timer));
    }
    assert_eq!(Timer::from_parts("due", None), None);
    assert_eq!(Timer::from_parts("alarm-x", None), None);
}
