//! Versions: what differs is named, and an open case moves only where the newer version's proofs hold for it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    engine::planned,
    fixture::{Case, ERASURE, STAFF, compiled, event, wait},
};
use crate::workflow::{
    Command, Compiled, EventKind, Explanation, Refusal,
    event::WORKER,
    transition::Step,
    version::{Changed, Diff, Standing, diff, fold, migrate},
};

fn newer(from: &str, to: &str) -> Compiled {
    let text = ERASURE.replace("version: 1", "version: 2").replace(from, to);
    assert_ne!(text, ERASURE.replace("version: 1", "version: 2"), "`{from}` stands in the file");
    compiled(&text)
}

fn change(from: &str, to: &str) -> Diff {
    diff(&compiled(ERASURE), &newer(from, to))
}

const PROPOSE: &str = "{id: propose, task: case-handler, form: erasure-decision, due: P2D,";

#[test]
fn the_same_definition_does_not_differ_from_itself() {
    assert!(diff(&compiled(ERASURE), &compiled(&ERASURE.replace("version: 1", "version: 9"))).is_empty());
}

#[test]
fn a_difference_is_named_by_what_people_notice() {
    for (from, to, step, what) in [
        (PROPOSE, "{id: propose, task: case-handler, form: erasure-decision, due: P3D,", "propose", Changed::Time),
        (PROPOSE, "{id: propose, task: dpo, form: erasure-decision, due: P2D,", "propose", Changed::People),
        ("partly: approve, refuse: refuse}", "partly: approve, refuse: holds}", "propose", Changed::Ways),
        ("shows: [plan, holds]", "shows: [plan]", "approve", Changed::Form),
        (
            "{id: holds, decide: erasure-holds, over: case.records}",
            "{id: holds, do: erasure.account, then: {untouched: plan, touched: plan}}",
            "holds",
            Changed::Work,
        ),
    ] {
        let found = change(from, to);
        let changed = found.changed.iter().find(|changed| changed.step == step).unwrap_or_else(|| panic!("{to}: {found:?}"));
        assert!(changed.what.contains(&what), "{to}: {changed:?}");
        assert_eq!(found.standing(step), Standing::Changed);
    }
    let renamed = change("propose", "suggest");
    assert_eq!((&renamed.removed, &renamed.added), (&vec!["propose".to_owned()], &vec!["suggest".to_owned()]));
    assert_eq!(renamed.standing("propose"), Standing::Gone);
    assert!(change("goal: P20D", "goal: P10D").clock_changed);
    assert_eq!(change("within: P1Y", "within: P2Y").events_changed, ["reopen"]);
    assert_eq!(change("cool-off", "wait-a-while").stages_removed, ["cool-off"]);
}

fn nothing(_: &str) -> BTreeSet<String> {
    BTreeSet::new()
}

fn moved(case: &Case, to: &Compiled, steps: &[(&str, &str)], certain: &[&str]) -> Result<Step, Refusal> {
    let steps: BTreeMap<_, _> = steps.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    let event = event(case.now, "staff/per", &STAFF, EventKind::Migrated { from: case.def.sha256.clone(), to: to.sha256.clone(), steps });
    let certain = |_: &str| certain.iter().map(|fact| (*fact).to_owned()).collect();
    migrate(&case.def, to, &certain, &case.state, &event)
}

#[test]
fn a_task_that_nobody_notices_a_difference_in_stays_open() {
    let (case, to) = (planned(), newer("shows: [plan, holds]", "shows: [plan]"));
    let step = moved(&case, &to, &[], &["plan.frozen"]).unwrap();
    assert_eq!(step.commands, []);
    assert_eq!((&*step.state.sha256, &step.state.open), (to.sha256.as_str(), &case.state.open));
    assert_eq!(step.explanations, [Explanation::Migrated { from: 1, to: 2 }]);
}

#[test]
fn a_task_that_differs_is_opened_anew_under_its_new_name() {
    let (case, to) = (planned(), newer("propose", "suggest"));
    assert_eq!(moved(&case, &to, &[], &[]).unwrap_err().code(), "no-place");
    let step = moved(&case, &to, &[("propose", "suggest")], &[]).unwrap();
    assert_eq!(step.state.open[0].wait, wait("suggest"));
    assert!(step.commands.contains(&Command::CloseTask { wait: wait("propose") }));
    assert!(step.commands.iter().any(|command| matches!(command, Command::OpenTask { wait, .. } if wait.step == "suggest")));
}

#[test]
fn what_the_newer_version_relies_on_must_be_proven_in_the_case() {
    let refused = moved(&planned(), &newer("goal: P20D", "goal: P10D"), &[], &["approval.given"]).unwrap_err();
    assert_eq!(refused, Refusal::Unproven { wait: wait("propose"), facts: vec!["approval.given".to_owned()] });
}

#[test]
fn a_case_moves_only_while_a_person_is_waited_for() {
    let mut case = Case::open(ERASURE, &[]);
    assert_eq!(moved(&case, &newer("goal: P20D", "goal: P10D"), &[], &[]).unwrap_err().code(), "working");
    case.fails("receipt");
    let to = newer("{id: receipt, do: letter.send, with: {letter: receipt}}", "{id: greet, do: letter.send, with: {letter: receipt}}");
    let step = moved(&case, &to, &[("receipt", "greet")], &[]).unwrap();
    assert!(step.commands.contains(&Command::CloseIncident { wait: wait("receipt") }), "an incident does not move along");
    assert!(step.commands.iter().any(|command| matches!(command, Command::Perform { wait, .. } if wait.step == "greet")));
}

#[test]
fn another_clock_is_reckoned_again() {
    let step = moved(&planned(), &newer("goal: P20D", "goal: P10D"), &[], &[]).unwrap();
    assert!(matches!(&step.commands[..], [Command::ResetClock { .. }]));
}

#[test]
fn a_closed_case_stays_what_it_is() {
    let mut case = Case::open(ERASURE, &[]);
    case.reports("receipt", "sent");
    case.reports("match", "nothing");
    case.reports("nothing-left", "untouched");
    case.reports("tell-nothing", "sent");
    assert_eq!(moved(&case, &newer("goal: P20D", "goal: P10D"), &[], &[]).unwrap_err().code(), "case-closed");
}

#[test]
fn the_state_is_the_fold_of_its_events_through_all_versions() {
    let (mut case, to) = (planned(), newer("propose", "suggest"));
    let first = case.def.clone();
    let steps = BTreeMap::from([("propose".to_owned(), "suggest".to_owned())]);
    let migrated =
        event(case.now, "staff/per", &STAFF, EventKind::Migrated { from: case.def.sha256.clone(), to: to.sha256.clone(), steps });
    case.state = migrate(&first, &to, &nothing, &case.state, &migrated).unwrap().state;
    case.events.push(migrated);
    case.def = to.clone();
    case.submits("kari", "suggest", "erase");
    assert_eq!(case.tries("kari", "approve", "approved").unwrap_err().code(), "four-eyes", "who did a renamed step is remembered");
    case.submits("per", "approve", "approved");
    let known = |sha: &str| [&first, &to].into_iter().find(|def| def.sha256 == sha);
    assert_eq!(fold(&to, known, &case.events).unwrap().unwrap(), case.state);
    assert_eq!(fold(&to, |_| None, &case.events).unwrap_err(), Refusal::WrongDefinition);
    assert!(case.send(WORKER, &[], EventKind::Migrated { from: String::new(), to: String::new(), steps: BTreeMap::new() }).is_err());
}
