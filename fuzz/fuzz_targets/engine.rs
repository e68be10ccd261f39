//! Definitions that compile and need not be sound, and events in any order at any time: a step or a refusal, never a panic.
#![no_main]

use std::collections::BTreeMap;

use arbitrary::Arbitrary;
use habeas_core::workflow::{
    Compiled, Event, EventKind, State,
    event::{CLOCK, Resolution, Timer, WORKER, Wait},
    fold, start, transition, version, ways_out,
};
use habeas_fuzz::{TREES, cut, read};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, Arbitrary)]
struct Move {
    kind: u8,
    step: u16,
    outcome: u8,
    branch: u8,
    later: i64,
    by: u8,
}

const LISTS: [&str; 4] = ["case.systems", "case.records", "plan.systems", "plan.recipients"];
const ROLES: [&str; 5] = ["case-handler", "privacy-lead", "dpo", "system-owner", "authority"];

fn event(def: &Compiled, state: &State, it: &Move, number: usize) -> Event {
    let names = ["", "a", "b"];
    let open = state.open.get(usize::from(it.step) % state.open.len().max(1)).filter(|_| it.branch < 192).map(|open| open.wait.clone());
    let node = open.as_ref().and_then(|wait| def.node(&wait.step)).or_else(|| def.nodes().nth(usize::from(it.step) % def.nodes().count()));
    let any =
        Wait { step: node.map(|node| node.id.clone()).unwrap_or_default(), branch: Some(names[usize::from(it.branch) % 3].to_owned()) };
    let wait = open.unwrap_or(any);
    let outcome =
        node.and_then(|node| node.routes.keys().nth(usize::from(it.outcome) % node.routes.len().max(1)).cloned()).unwrap_or_default();
    let lists =
        || LISTS.iter().map(|list| ((*list).to_owned(), vec!["a".to_owned(); usize::from(it.branch) % 3])).collect::<BTreeMap<_, _>>();
    let kind = match it.kind % 12 {
        0..=2 => EventKind::Submitted { wait, outcome },
        3..=5 => EventKind::Reported { wait, outcome, lists: lists() },
        6 => EventKind::Failed { wait, cause: String::new() },
        7 => EventKind::Elapsed {
            timer: [
                Timer::Due(wait.clone()),
                Timer::Escalate(wait, u16::from(it.outcome)),
                Timer::Alarm(u16::from(it.outcome)),
                Timer::Deadline,
            ][usize::from(it.branch) % 4]
                .clone(),
        },
        8 => EventKind::Signalled {
            name: def.signals.get(usize::from(it.outcome) % def.signals.len().max(1)).map(|rule| rule.event.clone()).unwrap_or_default(),
        },
        9 => EventKind::Resolved { wait, how: Resolution::ByHand { outcome } },
        10 => {
            let stage = def.stages.get(usize::from(it.outcome) % def.stages.len().max(1)).map(|stage| stage.id.clone()).unwrap_or_default();
            EventKind::Resolved {
                wait,
                how: [Resolution::Retry, Resolution::Skip { reason: String::new() }, Resolution::Restart { stage }]
                    [usize::from(it.branch) % 3]
                    .clone(),
            }
        }
        _ => EventKind::Migrated { from: def.sha256.clone(), to: def.sha256.clone(), steps: BTreeMap::new() },
    };
    let by = ["subject", "staff/kari", "staff/ida", WORKER, CLOCK][usize::from(it.by) % 5].to_owned();
    let at = jiff::Timestamp::from_second(1_800_000_000_i64.saturating_add(it.later)).unwrap_or(if it.later < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    });
    Event { id: number.to_string(), at, by, roles: ROLES.map(str::to_owned).to_vec(), kind }
}

fuzz_target!(|input: (u8, Vec<(u16, u8, u16)>, Vec<Move>)| {
    let (which, edits, moves) = input;
    let mut tree = TREES[usize::from(which) % TREES.len()].clone();
    cut(&mut tree, edits.get(..3).unwrap_or(&edits));
    let Some(def) = read(&tree.to_string()) else { return };
    let lists = LISTS.map(|list| (list.to_owned(), vec!["a".to_owned(), "b".to_owned()])).into();
    let opened = Event {
        id: "open".to_owned(),
        at: jiff::Timestamp::UNIX_EPOCH,
        by: "subject".to_owned(),
        roles: Vec::new(),
        kind: EventKind::Opened { lists },
    };
    let Ok(step) = start(&def, &opened) else { return };
    let (mut state, mut accepted) = (step.state, vec![opened]);
    for (number, it) in moves.iter().take(200).enumerate() {
        let event = event(&def, &state, it, number);
        for open in &state.open {
            ways_out(&def, &state, &open.wait);
        }
        let moved = match event.kind {
            EventKind::Migrated { .. } => version::migrate(&def, &def, &|_| Default::default(), &state, &event),
            _ => transition(&def, &state, &event),
        };
        match moved {
            Ok(step) => {
                assert_eq!(step.state.open.is_empty(), step.state.closed.is_some(), "nothing will wake it: {:?}", step.state);
                state = step.state;
                if !matches!(event.kind, EventKind::Migrated { .. }) {
                    accepted.push(event);
                } else {
                    return;
                }
            }
            Err(refusal) => assert!(!refusal.code().is_empty() && !refusal.to_string().is_empty()),
        }
    }
    assert_eq!(fold(&def, &accepted).ok().flatten(), Some(state));
});
