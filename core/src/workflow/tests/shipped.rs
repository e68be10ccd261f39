//! The shipped definitions: every state that they can reach is visited, every outcome edge walked.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use super::fixture::{ERASURE, SHIPPED, STAFF, compiled, event, lists};
use crate::workflow::{
    Command, Compiled, Event, EventKind, State,
    catalogue::Effect,
    command::{Cause, Work},
    compiled::{Kind, Node, SUBJECT, Target},
    event::{CLOCK, Resolution, WORKER},
    start,
    state::Waiting,
    transition,
};

/// Everything that could happen next, one event per outcome.
pub(super) fn possible(def: &Compiled, state: &State, items: &[&str]) -> Vec<Event> {
    let now = "2027-01-04T09:00:00Z".parse().unwrap();
    let mut events = Vec::new();
    for open in &state.open {
        let (node, wait) = (def.node(&open.wait.step).unwrap(), open.wait.clone());
        let doer = format!("staff/{}", node.id);
        match (&open.for_what, &node.kind) {
            (Waiting::Task { timers, .. }, Kind::Task(task)) => {
                let by = if task.roles == ["subject"] { "subject" } else { &doer };
                events.extend(
                    node.outcomes
                        .iter()
                        .map(|outcome| event(now, by, &STAFF, EventKind::Submitted { wait: wait.clone(), outcome: outcome.clone() })),
                );
                events.extend(timers.iter().map(|(timer, at)| event(*at, CLOCK, &[], EventKind::Elapsed { timer: timer.clone() })));
            }
            (Waiting::Work, _) => {
                let found = lists(&[("plan.systems", items), ("plan.recipients", items)]);
                let found = if plans(node) { found } else { BTreeMap::new() };
                events.extend(node.outcomes.iter().map(|outcome| {
                    event(now, WORKER, &[], EventKind::Reported { wait: wait.clone(), outcome: outcome.clone(), lists: found.clone() })
                }));
                events.push(event(now, WORKER, &[], EventKind::Failed { wait, cause: "timeout".to_owned() }));
            }
            _ => {
                let by_hand = node.outcomes.iter().map(|outcome| Resolution::ByHand { outcome: outcome.clone() });
                let ways = by_hand.chain([Resolution::Retry, Resolution::Restart, Resolution::Skip { reason: "gone".to_owned() }]);
                events.extend(ways.map(|how| event(now, &doer, &STAFF, EventKind::Resolved { wait: wait.clone(), how })));
            }
        }
    }
    for signal in &def.signals {
        let by = if signal.from.iter().any(|role| role == SUBJECT) { SUBJECT } else { "staff/lead" };
        events.push(event(now, by, &STAFF, EventKind::Signalled { name: signal.event.clone() }));
    }
    events
}

/// Whether a step fills the lists of a plan.
fn plans(node: &Node) -> bool {
    matches!(&node.kind, Kind::Work { work: Work::Act { action, .. }, .. } if action.split_once('.').is_some_and(|(_, verb)| verb == "plan"))
}

/// The state without what no decision depends on: times, people, last outcomes, facts that nothing needs.
fn key(def: &Compiled, state: &State) -> String {
    let mut bare = state.clone();
    Arc::make_mut(&mut bare.facts).retain(|fact| fact == "answer.sent" || def.nodes().any(|node| node.needs.contains(fact)));
    Arc::make_mut(&mut bare.entered).retain(|stage| def.signals.iter().any(|signal| signal.until.as_ref() == Some(stage)));
    bare.did = Arc::default();
    // Whether a count goes on depends on how its step ended last.
    let counted = |step: &str| def.node(step).is_some_and(|node| !node.limits.is_empty());
    bare.outcomes.retain(|step, _| counted(step));
    bare.pauses.clear();
    if let Some(closed) = &mut bare.closed {
        closed.at = "2027-01-04T09:00:00Z".parse().unwrap();
    }
    for open in &mut bare.open {
        open.since = "2027-01-04T09:00:00Z".parse().unwrap();
        if let Waiting::Task { timers, .. } = &mut open.for_what {
            for (_, at) in timers {
                *at = "2027-01-04T09:00:00Z".parse().unwrap();
            }
        }
    }
    serde_json::to_string(&bare).unwrap()
}

struct Walk {
    edges: BTreeSet<(String, String)>,
    closes: BTreeSet<String>,
}

/// Outcomes that lead to more questions about who asks. What may be done after them does not depend on how many systems there are.
const ABOUT_WHO_ASKS: [&str; 5] = ["for-another", "deceased", "mismatch", "not-enough", "more"];

/// Visits every reachable state and checks what must hold in all of them.
fn walk(def: &Compiled, items: &[&str]) -> Walk {
    walk_without(def, items, &[])
}

/// The same where some outcomes never happen.
fn walk_without(def: &Compiled, items: &[&str], never: &[&str]) -> Walk {
    let now = "2027-01-04T09:00:00Z".parse().unwrap();
    let opened = event(now, "subject", &[], EventKind::Opened { lists: lists(&[("case.systems", items)]) });
    let first = start(def, &opened).unwrap().state;
    let mut seen = BTreeSet::from([key(def, &first)]);
    let mut queue = VecDeque::from([first]);
    let mut walk = Walk { edges: BTreeSet::new(), closes: BTreeSet::new() };
    while let Some(state) = queue.pop_front() {
        if state.closed.is_some() {
            walk.closes.insert(state.stage.clone());
            assert!(state.facts.contains("answer.sent"), "nobody is left without an answer: {}", state.stage);
        }
        let mut ways = 0;
        for event in possible(def, &state, items) {
            if outcome(&event).is_some_and(|outcome| never.contains(&outcome)) {
                continue;
            }
            let Ok(step) = transition(def, &state, &event) else { continue };
            ways += 1;
            for command in &step.commands {
                check(def, &step.state, command);
            }
            walk.edges.extend(edge(def, &event));
            if seen.insert(key(def, &step.state)) {
                queue.push_back(step.state);
            }
        }
        assert!(ways > 0 || state.closed.is_some(), "a dead end: {state:?}");
    }
    walk
}

fn check(def: &Compiled, state: &State, command: &Command) {
    match command {
        Command::Perform { wait, effect: Effect::Irreversible, work: Work::Act { .. }, .. } => {
            for fact in ["identity.verified", "holds.checked", "plan.frozen", "approval.given"] {
                assert!(state.facts.contains(fact), "`{wait}` without `{fact}`");
            }
        }
        Command::RaiseIncident { wait, cause } => {
            assert!(matches!(cause, Cause::Failed(_) | Cause::LimitReached(_)), "`{wait}`: {cause:?}");
        }
        Command::OpenTask { wait, roles, .. } => {
            assert!(roles.iter().all(|role| role == "subject" || def.roles.contains(role)), "`{wait}`");
        }
        _ => {}
    }
}

fn outcome(event: &Event) -> Option<&str> {
    match &event.kind {
        EventKind::Submitted { outcome, .. }
        | EventKind::Reported { outcome, .. }
        | EventKind::Resolved { how: Resolution::ByHand { outcome }, .. } => Some(outcome),
        _ => None,
    }
}

fn edge(def: &Compiled, event: &Event) -> Option<(String, String)> {
    let (wait, outcome) = match &event.kind {
        EventKind::Submitted { wait, outcome } | EventKind::Reported { wait, outcome, .. } => (wait, outcome.as_str()),
        EventKind::Elapsed { timer } if timer.kind() == "due" => (timer.wait()?, "overdue"),
        _ => return None,
    };
    let taken = def.node(&wait.step)?.routes.contains_key(outcome);
    taken.then(|| (wait.step.clone(), outcome.to_owned()))
}

fn every_edge(def: &Compiled) -> BTreeSet<(String, String)> {
    let steps = def.nodes().filter(|node| !matches!(node.kind, Kind::Loop(_)));
    steps.flat_map(|node| node.routes.keys().map(|outcome| (node.id.clone(), outcome.clone()))).collect()
}

fn every_close(def: &Compiled) -> BTreeSet<String> {
    def.stages.iter().filter(|stage| stage.close.is_some()).map(|stage| stage.id.clone()).collect()
}

/// Every outcome edge of a definition is walked, to every close, and nothing is done without its facts. One test each: they take long.
macro_rules! walked {
    ($($name:ident,)*) => {
        $(#[test]
        fn $name() {
            let right = stringify!($name).trim_start_matches("every_edge_of_").replace('_', "-");
            let def = SHIPPED.iter().map(|text| compiled(text)).find(|def| def.name == right).unwrap();
            let one = walk(&def, &["a"]);
            assert_eq!((one.edges, one.closes), (every_edge(&def), every_close(&def)));
            let [one, two] = [["a"].as_slice(), &["a", "b"]].map(|items| walk_without(&def, items, &ABOUT_WHO_ASKS));
            assert_eq!((one.edges, one.closes), (two.edges, two.closes));
        })*

        #[test]
        fn every_shipped_definition_is_walked() {
            let walked: BTreeSet<String> =
                [$(stringify!($name)),*].iter().map(|name| name.trim_start_matches("every_edge_of_").replace('_', "-")).collect();
            assert_eq!(walked, SHIPPED.iter().map(|text| compiled(text).name).collect());
        }
    };
}

walked! {
    every_edge_of_access,
    every_edge_of_consent_withdrawal,
    every_edge_of_erasure,
    every_edge_of_objection,
    every_edge_of_portability,
    every_edge_of_rectification,
    every_edge_of_restriction,
}

#[test]
fn with_no_system_connected_all_still_end() {
    for text in SHIPPED {
        let def = compiled(text);
        assert_eq!(walk(&def, &[]).closes, every_close(&def), "{}", def.name);
    }
}

#[test]
#[should_panic(expected = "NeedsMissing")]
fn an_amendment_that_leads_past_identity_is_stopped_by_the_engine() {
    walk(&compiled(&ERASURE.replace("until: execute, then: receive", "until: execute, then: triage")), &["a"]);
}

#[test]
#[should_panic(expected = "NeedsMissing")]
fn an_execution_without_approval_is_stopped_by_the_engine() {
    walk(&compiled(&ERASURE.replace("{erase: approve, partly: approve,", "{erase: execute, partly: approve,")), &["a"]);
}

#[test]
#[should_panic(expected = "nobody is left without an answer")]
fn a_withdrawal_without_an_answer_is_seen() {
    walk(&compiled(&ERASURE.replace("until: execute, then: withdrawn", "until: execute, then: refused")), &["a"]);
}

/// The longest time from a target to the close, each step once, the paused ones not counted.
fn longest(def: &Compiled, target: &Target, seen: &mut Vec<String>) -> u32 {
    match target {
        Target::Close(_) | Target::BranchEnd => 0,
        Target::Stage(id) => longest(def, &def.stage(id).unwrap().entry.clone(), seen),
        Target::Step(id) if seen.contains(id) => 0,
        Target::Step(id) => {
            let node = def.node(id).unwrap();
            seen.push(id.clone());
            let own = own_minutes(def, node, seen);
            let ways = node.routes.values().map(|way| longest(def, way, seen)).max().unwrap_or_default();
            seen.pop();
            own + ways
        }
    }
}

fn own_minutes(def: &Compiled, node: &Node, seen: &mut Vec<String>) -> u32 {
    match &node.kind {
        Kind::Task(task) if node.pauses.is_none() => task.due.longest_minutes(),
        Kind::Task(_) => 0,
        Kind::Loop(inner) => longest(def, &Target::Step(inner.first.clone()), seen),
        Kind::Work { work: Work::Act { retry, .. } | Work::Decide { retry, .. }, .. } => {
            let waits = (0..retry.times).map(|n| (retry.from.longest_minutes() << n.min(16)).min(retry.to.longest_minutes()));
            waits.sum()
        }
    }
}

#[test]
fn the_longest_way_fits_into_the_shortest_month() {
    for text in SHIPPED {
        let def = compiled(text);
        let minutes = longest(&def, &Target::Stage(def.stages[0].id.clone()), &mut Vec::new());
        assert!(minutes <= 28 * 24 * 60, "{}: {} days", def.name, f64::from(minutes) / 1440.0);
    }
}
