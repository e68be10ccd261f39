//! Loops: none, one and many branches, the first of many, and the ways out.

use super::{
    engine::executing,
    fixture::{Case, around},
};
use crate::workflow::{Command, Explanation};

const LOOP: &str = "  - id: one
    steps:
      - id: every
        each: system in case.systems
        steps:
          - {id: check, do: system.verify-erased, then: {clean: end, remains: by-hand}, limit: {by-hand: 1}}
          - {id: by-hand, task: system-owner, form: erasure-proof, due: P1D, then: {submitted: check, blocked: two}}
        join: all
      - {id: after, do: letter.send, with: {letter: receipt}}
  - {id: two, steps: [{id: bye, do: letter.send, with: {letter: refusal}}], close: refused}";

fn open(systems: &[&str]) -> Case {
    Case::open(&around(LOOP), &[("case.systems", systems)])
}

#[test]
fn a_loop_over_nothing_is_over_at_once_and_says_so() {
    let case = open(&[]);
    assert_eq!(case.waits(), ["after"]);
    assert!(case.proven("erasure.done"));
    assert!(case.explanations.contains(&Explanation::Joined { step: "every".to_owned(), branches: 0 }));
}

#[test]
fn a_list_never_filled_is_not_an_empty_one() {
    let case = Case::open(&around(LOOP), &[]);
    assert_eq!(case.waits(), ["every"]);
    assert!(matches!(case.commands.last(), Some(Command::RaiseIncident { .. })));
}

#[test]
fn all_waits_for_every_branch() {
    let mut case = open(&["a", "b", "a"]);
    assert_eq!(case.waits(), ["check@a", "check@b"], "an item stands once");
    case.reports("check@a", "clean");
    assert_eq!(case.waits(), ["check@b"]);
    assert!(!case.proven("erasure.done"));
    case.reports("check@b", "clean");
    assert_eq!(case.waits(), ["after"]);
    assert!(case.proven("erasure.done"));
}

#[test]
fn any_is_over_with_the_first_and_calls_the_others_off() {
    let mut case = Case::open(&around(&LOOP.replace("join: all", "join: any")), &[("case.systems", &["a", "b", "c"])]);
    case.reports("check@c", "remains");
    case.reports("check@b", "clean");
    assert_eq!(case.waits(), ["after"]);
    let off: Vec<_> =
        case.commands.iter().filter(|command| matches!(command, Command::Cancel { .. } | Command::CloseTask { .. })).collect();
    assert_eq!(off.len(), 2);
}

#[test]
fn a_branch_may_lead_out_and_the_others_are_called_off() {
    let mut case = open(&["a", "b"]);
    case.reports("check@b", "remains");
    case.submits("siri", "by-hand@b", "blocked");
    assert_eq!(case.waits(), ["bye"]);
    assert!(case.commands.iter().any(|command| matches!(command, Command::Cancel { wait } if wait.to_string() == "check@a")));
    assert!(!case.proven("erasure.done"), "a loop that was left is not over");
}

#[test]
fn a_hold_since_the_approval_sends_the_case_back_and_nothing_more_begins() {
    let mut case = executing();
    case.reports("erase@crm", "blocked");
    assert_eq!(case.waits(), ["holds"]);
    assert!(case.commands.iter().any(|command| matches!(command, Command::Cancel { wait } if wait.to_string() == "erase@shop")));
    let why = Explanation::LeftLoop { step: "erase-systems".to_owned(), branch: "crm".to_owned(), outcome: "blocked".to_owned() };
    assert!(case.explanations.contains(&why));
    let late = case.send("worker", &[], report("erase@shop", "erased"));
    assert_eq!(late.unwrap_err().code(), "not-open");
}

fn report(at: &str, outcome: &str) -> crate::workflow::EventKind {
    let lists = std::collections::BTreeMap::new();
    crate::workflow::EventKind::Reported { wait: super::fixture::wait(at), outcome: outcome.to_owned(), lists }
}

#[test]
fn each_branch_counts_its_own_limit() {
    let mut case = open(&["a", "b"]);
    for branch in ["a", "b"] {
        case.reports(&format!("check@{branch}"), "remains");
        case.submits("siri", &format!("by-hand@{branch}"), "submitted");
    }
    case.reports("check@a", "remains");
    assert!(case.commands.iter().any(|command| matches!(command, Command::RaiseIncident { .. })));
    case.reports("check@b", "clean");
    assert_eq!(case.waits(), ["check@a"], "the incident keeps its branch open");
}

#[test]
fn the_short_form_is_a_loop_around_one_action() {
    let text = around(
        "  - id: one
    steps: [{id: tell, each: system in case.systems, do: system.verify-erased, join: all}]
    close: answered",
    );
    let definition = crate::workflow::parse("w.yaml", &text).unwrap();
    let problems = crate::workflow::compile(&definition, &super::fixture::catalogue()).unwrap_err();
    assert!(problems[0].message.contains("`tell.each` does not say where"), "an action with two outcomes needs the long form");

    let text = text.replace("system.verify-erased", "bundle.write-ordinary").replace("stages:", "stages: # short");
    let case = Case::open(&text, &[("case.systems", &["a"])]);
    assert_eq!(case.waits(), ["tell.each@a"]);
}

#[test]
fn a_circle_that_never_waits_becomes_an_incident() {
    let text = around(
        "  - id: one
    steps:
      - {id: round, each: system in case.systems, do: bundle.write, join: all, then: two}
  - id: two
    steps:
      - {id: back, each: system in case.systems, do: bundle.write, join: all, then: one}
  - {id: three, close: answered}",
    );
    let mut case = Case::open(&text, &[("case.systems", &[])]);
    assert!(matches!(&case.state.open[..], [open] if matches!(open.for_what, crate::workflow::state::Waiting::Incident(_))));
    let at = case.waits()[0].clone();
    case.resolves(&at, crate::workflow::event::Resolution::Retry).unwrap();
    assert_eq!(case.waits().len(), 1, "still there, still waiting for a person");
}
