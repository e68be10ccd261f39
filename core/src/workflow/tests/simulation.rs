//! Crashes, lateness and errors in any order, by seed. `habeas bench simulate` plays the same with many more.

use super::fixture::{ACCESS, ERASURE, around, compiled};
use crate::workflow::simulation::{Play, Played, simulate};

const SEEDS: u64 = 300;

fn played(text: &str) -> Played {
    let def = compiled(text);
    let play = Play { def: &def, answered: "answer.sent", moves: 300 };
    let played = |seed| simulate(play, seed).unwrap_or_else(|broken| panic!("{broken}"));
    (0..SEEDS).map(played).fold(Played::default(), Played::and)
}

#[test]
fn an_access_case_survives_every_seed() {
    assert_everything_happened(played(ACCESS));
}

#[test]
fn an_erasure_case_survives_every_seed() {
    assert_everything_happened(played(ERASURE));
}

/// A play in which nobody dies and nothing is refused would prove nothing.
fn assert_everything_happened(played: Played) {
    for (what, times) in [
        ("events", played.events / 10),
        ("refusals", played.refused),
        ("deaths", played.deaths),
        ("effects", played.effects),
        ("incidents", played.incidents * 4),
    ] {
        assert!(times > SEEDS, "too few {what}: {played:?}");
    }
    assert!(played.closed > SEEDS / 20, "{played:?}");
}

#[test]
fn what_breaks_is_told_with_the_way_to_play_it_again() {
    let def = compiled(&around("  - id: one\n    steps: [{id: tell, do: letter.send, with: {letter: extension}}]\n    close: answered"));
    let play = Play { def: &def, answered: "answer.sent", moves: 300 };
    let broken = (0..50).find_map(|seed| simulate(play, seed).err()).expect("a case that is closed without an answer");
    assert_eq!(simulate(play, broken.seed).unwrap_err(), broken, "the same seed is the same play");
    let told = broken.to_string();
    assert!(told.contains("closed without an answer") && told.contains(&format!("--from {}", broken.seed)), "{told}");
}
