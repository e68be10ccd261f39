//! Any events in any order: never a panic, never a case that nothing will wake, always the fold of what was accepted.

use proptest::prelude::*;

use super::{
    fixture::{ACCESS, ERASURE, STAFF, compiled, event, lists},
    shipped::possible,
    ways::offered_is_accepted,
};
use crate::workflow::{
    Compiled, Event, EventKind, State,
    event::{CLOCK, Resolution, Timer, WORKER, Wait},
    fold, start,
    state::Waiting,
    transition,
};

/// An event that makes sense where the case stands, or one that makes none.
fn pick(def: &Compiled, state: &State, choice: u16, items: &[&str]) -> Event {
    let sensible = possible(def, state, items);
    match usize::from(choice) {
        n if n % 4 != 0 && !sensible.is_empty() => sensible[n / 4 % sensible.len()].clone(),
        n => wild(def, n / 4),
    }
}

fn wild(def: &Compiled, n: usize) -> Event {
    let step = def.nodes().nth(n % def.nodes().count()).unwrap();
    let branch = [None, Some("a"), Some("b")][n % 3];
    let wait = Wait { step: step.id.clone(), branch: branch.map(str::to_owned) };
    let outcome = step.routes.keys().nth(n % step.routes.len().max(1)).cloned().unwrap_or_default();
    let now = "2028-01-04T09:00:00Z".parse().unwrap();
    let (by, kind) = match n % 8 {
        0 => ("subject", EventKind::Submitted { wait, outcome }),
        1 => ("staff/kari", EventKind::Submitted { wait, outcome }),
        2 => (WORKER, EventKind::Reported { wait, outcome, lists: lists(&[("plan.systems", &["b", "b"])]) }),
        3 => (WORKER, EventKind::Failed { wait, cause: String::new() }),
        4 => ("staff/kari", EventKind::Resolved { wait, how: Resolution::ByHand { outcome } }),
        5 => (CLOCK, EventKind::Elapsed { timer: if n % 16 == 5 { Timer::Deadline } else { Timer::Due(wait) } }),
        6 => ("subject", EventKind::Signalled { name: "reopen".to_owned() }),
        _ => ("subject", EventKind::Opened { lists: lists(&[]) }),
    };
    event(now, by, &STAFF, kind)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn an_open_case_always_waits_for_something(choices in prop::collection::vec(any::<u16>(), 0..80), branches in 0..3_usize, access: bool) {
        let def = compiled(if access { ACCESS } else { ERASURE });
        let items = &["a", "b"][..branches];
        let now = "2027-01-04T09:00:00Z".parse().unwrap();
        let opened = event(now, "subject", &[], EventKind::Opened { lists: lists(&[("case.systems", items)]) });
        let mut state = start(&def, &opened).unwrap().state;
        let mut accepted = vec![opened];
        for choice in choices {
            let event = pick(&def, &state, choice, items);
            let Ok(step) = transition(&def, &state, &event) else { continue };
            state = step.state;
            accepted.push(event);
            prop_assert_eq!(state.open.is_empty(), state.closed.is_some(), "{:?}", state);
            prop_assert!(state.open.iter().all(|open| def.node(&open.wait.step).is_some()));
            for open in state.open.iter().filter(|open| matches!(open.for_what, Waiting::Incident(_))) {
                offered_is_accepted(&def, &state, &open.wait);
            }
            prop_assert_eq!(state.is_paused(), state.open.iter().any(|open| ["ask-identity", "ask-authority"].contains(&&*open.wait.step)));
        }
        prop_assert_eq!(fold(&def, &accepted).unwrap(), Some(state.clone()));
        let saved = serde_json::to_string(&state).unwrap();
        prop_assert_eq!(serde_json::from_str::<State>(&saved).unwrap(), state);
    }
}
