//! The ways out of an incident: what is offered is accepted, what is not offered is refused.

use std::collections::BTreeMap;

use super::{
    engine::executing,
    fixture::{Case, ERASURE, STAFF, around, event, wait},
};
use crate::workflow::{
    Command, Compiled, EventKind, Explanation, State,
    command::Work,
    event::{Resolution, Wait},
    transition, ways_out,
};

fn speaking(lang: &str) -> Resolution {
    Resolution::RetryWith { with: BTreeMap::from([("lang".to_owned(), lang.to_owned())]) }
}

/// Every way that anybody could think of, and whether it is offered.
fn every_way(def: &Compiled, state: &State, wait: &Wait) -> Vec<(Resolution, bool)> {
    let ways = ways_out(def, state, wait).unwrap();
    let outcomes = def.nodes().flat_map(|node| node.outcomes.clone()).chain(["invented".to_owned()]);
    let mut all =
        vec![(Resolution::Retry, true), (Resolution::Skip { reason: "gone".to_owned() }, ways.skip), (Resolution::Restart, ways.restart)];
    all.extend(outcomes.map(|outcome| (Resolution::ByHand { outcome: outcome.clone() }, ways.by_hand.contains(&outcome))));
    all.extend(["lang", "letter"].map(|setting| {
        let with = BTreeMap::from([(setting.to_owned(), "other".to_owned())]);
        (Resolution::RetryWith { with }, ways.change.iter().any(|known| known == setting))
    }));
    all
}

/// Asks the engine about each of them.
pub(super) fn offered_is_accepted(def: &Compiled, state: &State, wait: &Wait) {
    for (how, offered) in every_way(def, state, wait) {
        let at = "2029-01-04T09:00:00Z".parse().unwrap();
        let resolved = event(at, "staff/kari", &STAFF, EventKind::Resolved { wait: wait.clone(), how: how.clone() });
        let accepted = transition(def, state, &resolved).is_ok();
        assert_eq!(accepted, offered, "`{wait}`: {how:?}");
    }
}

#[test]
fn a_step_in_trouble_offers_exactly_what_is_accepted() {
    let mut case = Case::open(ERASURE, &[]);
    case.fails("receipt");
    offered_is_accepted(&case.def, &case.state, &wait("receipt"));
    let ways = ways_out(&case.def, &case.state, &wait("receipt")).unwrap();
    assert_eq!((ways.change, ways.by_hand, ways.skip, ways.restart), (vec!["lang".into()], vec!["sent".into()], false, true));
    let mut case = executing();
    case.reports("erase@crm", "erased");
    case.fails("verify@crm");
    offered_is_accepted(&case.def, &case.state, &wait("verify@crm"));
    assert_eq!(ways_out(&case.def, &case.state, &wait("erase@shop")), None, "nothing went wrong there");
}

#[test]
fn another_setting_goes_into_the_next_try_and_no_further() {
    let mut case = Case::open(ERASURE, &[]);
    case.fails("receipt");
    case.resolves("receipt", speaking("nl")).unwrap();
    let performed = |case: &Case| match &case.commands[..] {
        [.., Command::Perform { work: Work::Act { with, .. }, .. }] => with.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(performed(&case)["lang"], "nl");
    assert_eq!(performed(&case)["letter"], "receipt");
    case.fails("receipt");
    case.resolves("receipt", Resolution::Retry).unwrap();
    assert!(!performed(&case).contains_key("lang"));
}

#[test]
fn a_missing_fact_is_mended_by_sending_the_case_back() {
    let text = ERASURE.replace("{erase: approve, partly: approve,", "{erase: execute, partly: approve,");
    let mut case = Case::open(&text, &[("case.systems", &["crm"])]);
    case.reports("receipt", "sent");
    case.reports("match", "sure");
    case.submits("kari", "assess", "go-on");
    case.reports("locate@crm", "found");
    case.reports("screen", "enough");
    case.reports("holds", "decided");
    case.finds("plan", "something", &[("plan.systems", &["crm"])]);
    case.submits("kari", "propose", "erase");
    assert_eq!(case.waits(), ["erase-systems"], "the approval is missing, and nothing was erased");
    offered_is_accepted(&case.def, &case.state, &wait("erase-systems"));
    case.resolves("erase-systems", Resolution::Restart).unwrap();
    assert_eq!(case.waits(), ["receipt"]);
    assert!(!case.proven("identity.verified"), "the person is proven anew");
    assert!(case.explanations.contains(&Explanation::SentBack { wait: wait("erase-systems"), to: "receive".to_owned() }));
}

#[test]
fn nothing_is_sent_back_once_erasing_has_begun() {
    let mut case = executing();
    case.reports("erase@crm", "erased");
    case.fails("verify@crm");
    assert_eq!(case.resolves("verify@crm", Resolution::Restart).unwrap_err().code(), "past-return");
}

#[test]
fn nothing_is_sent_back_while_somebody_is_owed_word_of_a_change() {
    let mut case = Case::open(super::fixture::SHIPPED[3], &[("case.systems", &["crm"])]);
    case.reports("receipt", "sent");
    case.reports("match", "sure");
    case.reports("locate@crm", "found");
    case.finds("plan", "something", &[("plan.systems", &["crm"]), ("plan.recipients", &["bank"])]);
    case.submits("kari", "judge", "restrict");
    case.reports("restrict@crm", "restricted");
    case.fails("verify@crm");
    assert_eq!(case.resolves("verify@crm", Resolution::Restart).unwrap_err().code(), "past-return");
}

#[test]
fn only_who_leads_leaves_out_and_sends_back() {
    let stages = "  - id: one\n    steps: [{id: tell, do: letter.send, with: {letter: receipt}}]\n    close: answered";
    let mut case = Case::open(&around(stages), &[]);
    case.fails("tell");
    let resolve = |how| EventKind::Resolved { wait: wait("tell"), how };
    for how in [Resolution::Skip { reason: "gone".to_owned() }, Resolution::Restart] {
        assert_eq!(case.send("staff/kari", &["case-handler"], resolve(how)).unwrap_err().code(), "role-missing");
    }
    case.send("staff/per", &["privacy-lead"], resolve(Resolution::Restart)).unwrap();
    assert_eq!(case.waits(), ["tell"]);
}

#[test]
fn a_signal_out_of_its_window_is_told_which_window_it_has() {
    let mut case = executing();
    let told = |case: &mut Case, name| case.signals("subject", name).unwrap_err().to_string();
    assert!(told(&mut case, "withdraw").contains("only before `execute` begins"));
    assert!(told(&mut case, "reopen").contains("only when the case stands at `nothing-held` or `done`"));
}
