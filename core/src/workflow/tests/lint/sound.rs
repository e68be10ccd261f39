//! What the linter calls clean holds in the engine: shipped files with ways bent at random, walked at random.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    super::{
        fixture::{SHIPPED, compiled, event, lists, shown},
        shipped::possible,
    },
    CATALOGUE, problems,
};
use crate::workflow::{
    Command, Compiled, Event, EventKind, State,
    catalogue::Owes,
    command::Cause,
    compile,
    event::{CLOCK, Resolution, Timer},
    parse, start, transition,
};

const IN_TIME: &str = "clock.before-due";

/// Where the targets of a text stand: what follows each `then:` and each outcome in it.
fn targets(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    for (at, key) in text.match_indices("then: ") {
        let begin = at + key.len();
        let rest = &text[begin..];
        let braced = rest.starts_with('{');
        let end = rest.find(if braced { '}' } else { '\n' }).unwrap_or(rest.len());
        let outcomes: Vec<usize> = rest[..end].match_indices(": ").map(|(from, sign)| from + sign.len()).collect();
        for from in if braced { outcomes } else { vec![0] } {
            let word = rest[from..].find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-').unwrap_or(0);
            if word > 0 {
                found.push(begin + from..begin + from + word);
            }
        }
    }
    found
}

/// Bends ways: each choice leads one target to where another leads.
fn bent(text: &str, bends: &[(u16, u16)]) -> String {
    let mut text = text.to_owned();
    for (which, to) in bends {
        let spans = targets(&text);
        let words: BTreeSet<String> = spans.iter().map(|span| text[span.clone()].to_owned()).collect();
        let word = words.iter().nth(usize::from(*to) % words.len()).unwrap().clone();
        text.replace_range(spans[usize::from(*which) % spans.len()].clone(), &word);
    }
    text
}

/// What the house would not report: that the period was extended after it had ended.
fn honest(state: &State, event: &Event) -> bool {
    !matches!(&event.kind, EventKind::Reported { outcome, .. } if outcome == "extended") || state.facts.contains(IN_TIME)
}

/// What a step broke that the linter promised, in words.
fn broken(event: &Event, state: &State, commands: &[Command]) -> Option<String> {
    let again = matches!(&event.kind, EventKind::Resolved { how: Resolution::Retry, .. });
    for command in commands {
        match command {
            Command::RaiseIncident { cause: Cause::NeedsMissing(facts), wait } if !(again && facts == &[IN_TIME]) => {
                return Some(format!("`{wait}` began without {facts:?}"));
            }
            Command::RaiseIncident { cause: Cause::Endless, wait } => return Some(format!("`{wait}` never waits")),
            Command::OpenTask { wait, roles, .. } if roles != &["subject"] && !state.facts.contains("receipt.sent") => {
                return Some(format!("`{wait}` is opened before the receipt"));
            }
            _ => {}
        }
    }
    let ending = state.closed.as_ref()?.ending;
    let owed = CATALOGUE.obligations.iter().find(|owed| match &owed.owes {
        Owes::AtClose { endings, facts } => {
            (endings.is_empty() || endings.contains(&ending)) && facts.iter().any(|fact| !state.facts.contains(fact))
        }
        _ => false,
    });
    owed.map(|owed| format!("closed in {} against {}", state.stage, owed.code))
}

/// Walks on from the beginning as the choices say; what was broken, if anything was.
fn stroll(def: &Compiled, items: &[&str], choices: &[u16]) -> Option<String> {
    let now = "2027-01-04T09:00:00Z".parse().unwrap();
    let opened = event(now, "subject", &[], EventKind::Opened { lists: lists(&[("case.systems", items)]) });
    let step = start(def, &opened).unwrap();
    let mut state = step.state;
    if let Some(words) = broken(&opened, &state, &step.commands) {
        return Some(words);
    }
    for choice in choices {
        let mut events = possible(def, &state, items);
        events.push(event(now, CLOCK, &[], EventKind::Elapsed { timer: Timer::Deadline }));
        let chosen = &events[usize::from(*choice) % events.len()];
        let Ok(step) = transition(def, &state, chosen) else { continue };
        if !honest(&state, chosen) {
            continue;
        }
        state = step.state;
        if let Some(words) = broken(chosen, &state, &step.commands) {
            return Some(words);
        }
    }
    None
}

fn walks() -> impl Strategy<Value = Vec<Vec<u16>>> {
    prop::collection::vec(prop::collection::vec(any::<u16>(), 70), 12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_global_rejects: 8192, ..ProptestConfig::default() })]

    #[test]
    fn what_is_clean_never_breaks_a_promise(
        file in 0..7_usize, bends in prop::collection::vec(any::<(u16, u16)>(), 0..4), branches in 0..3_usize, walks in walks()
    ) {
        let text = bent(SHIPPED[file], &bends);
        prop_assume!(problems(&text).is_empty());
        let def = compiled(&text);
        for choices in walks {
            let found = stroll(&def, &["a", "b"][..branches], &choices);
            prop_assert!(found.is_none(), "{} in\n{text}", found.unwrap());
        }
    }
}

/// The same walks break promises where the linter found something: they would see it.
#[test]
fn the_walks_would_see_a_broken_promise() {
    let mut seen = 0;
    for number in 0..160_u16 {
        let chance = number.wrapping_mul(9773);
        let text = bent(SHIPPED[usize::from(number % 7)], &[(chance, chance / 3), (chance / 5, chance / 7)]);
        let Ok(definition) = parse("w.yaml", &text) else { continue };
        let Ok(def) = compile(&definition, &CATALOGUE) else { continue };
        let choices: Vec<u16> =
            (0..60_u32).map(|n| u16::try_from(n.wrapping_mul(40_503).wrapping_add(u32::from(chance)) % 65_521).unwrap()).collect();
        if let Some(words) = stroll(&def, &["a"], &choices) {
            seen += 1;
            assert!(!problems(&text).is_empty(), "{words}, and the linter says nothing: {}", shown(&problems(&text)));
        }
    }
    assert!(seen >= 5, "only {seen} of the bent files broke a promise");
}
