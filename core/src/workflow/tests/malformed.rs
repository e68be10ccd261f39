//! Thousands of damaged definitions: each is read to an answer, and each complaint says something and names a place.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    fixture::{ACCESS, ERASURE, catalogue, schema_accepts, shown},
    tree::{CUTS, at, count, json, tree, written},
};
use crate::{
    source::yaml::MAX_NODES,
    workflow::{Diagnostic, compile, parse},
};

/// The most problems that one file may be told.
const MOST: usize = 200;

/// The codes that were told, each in words and with a place.
fn told(text: &str, found: &[Diagnostic]) -> BTreeSet<&'static str> {
    assert!(found.len() <= MOST);
    let lines = text.split(['\n', '\r']).count();
    for problem in found {
        let line = usize::try_from(problem.line).unwrap();
        assert!((1..=lines).contains(&line) && problem.column >= 1, "no place: {problem}");
        assert!(!problem.message.trim().is_empty() && !problem.code.is_empty(), "no words: {problem}");
        assert!(problem.help.as_ref().is_none_or(|help| !help.is_empty()), "no help: {problem}");
    }
    found.iter().map(|problem| problem.code).collect()
}

fn read(text: &str) -> Vec<Diagnostic> {
    match parse("w.yaml", text) {
        Ok(definition) => compile(&definition, &catalogue()).err().unwrap_or_default(),
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a word: {text}");
            problems
        }
    }
}

/// A generator that gives the same numbers every time (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

/// One damage to the text.
fn damaged(text: &str, kind: usize, dice: &mut Dice) -> String {
    const ODD: [&str; 18] = [
        "\0",
        "\t",
        "\r",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "é",
        "𝒳",
        "{{ x }}",
        "*a",
        "&a ",
        "!!binary ",
        "<<: ",
        "? ",
        "- ",
        "|",
        "9e999",
        "\u{202e}",
    ];
    let mut lines: Vec<&str> = text.lines().collect();
    let (one, other) = (dice.roll(lines.len()), dice.roll(lines.len()));
    match kind {
        0 => {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=dice.roll(3) {
                let place = dice.roll(bytes.len());
                bytes[place] ^= 1 << dice.roll(8);
            }
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        1 => return text.chars().take(dice.roll(text.chars().count())).collect(),
        2 => drop(lines.remove(one)),
        3 => lines.insert(other, lines[one]),
        4 => lines.swap(one, other),
        5 => {
            let starts: Vec<usize> = text.match_indices(": ").map(|(place, _)| place).collect();
            let place = starts[dice.roll(starts.len())];
            return format!("{}{}{}", &text[..place - 1], ["", "x", "no", "-"][dice.roll(4)], &text[place..]);
        }
        6 => {
            let starts: Vec<usize> = text.match_indices(": ").map(|(place, _)| place + 2).collect();
            let place = starts[dice.roll(starts.len())];
            let value = ["[]", "{}", "~", "true", "-1", "0x7f", "1_000", "99999999999999999999", "''", "[[a]]", "2026-11-21", ".nan"]
                [dice.roll(12)];
            return format!("{}{value} {}", &text[..place], &text[place..]);
        }
        _ => {
            let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
            let place = places[dice.roll(places.len())];
            return format!("{}{}{}", &text[..place], ODD[dice.roll(ODD.len())], &text[place..]);
        }
    }
    lines.join(["\n", "\r\n"][dice.roll(2)])
}

#[test]
fn two_thousand_damaged_texts_are_answered_with_words_and_places() {
    let (mut dice, mut codes, mut wrong) = (Dice(1), BTreeSet::new(), 0);
    for round in 0..2_400 {
        let text = damaged([ACCESS, ERASURE][round % 2], round / 2 % 8, &mut dice);
        let told = told(&text, &read(&text));
        wrong += usize::from(!told.is_empty());
        codes.extend(told);
    }
    assert!(wrong > 1_400, "only {wrong} of 2,400 were wrong: is the damage real?");
    assert!(codes.len() >= 12, "only {codes:?}: is the damage various?");
}

#[test]
fn cut_trees_are_answered_with_words_and_places_and_the_schema_agrees_with_the_grammar() {
    let (mut dice, mut texts, mut wrong) = (Dice(2), 0, 0);
    for whole in [ACCESS, ERASURE] {
        let whole = tree(whole).unwrap();
        for place in 0..count(&whole) {
            let (mut cut, how) = (whole.clone(), CUTS[(place + dice.roll(CUTS.len())) % CUTS.len()]);
            at(&mut cut, &mut place.clone(), &mut |node| how.1(node));
            let text = written(&cut);
            let found = read(&text);
            let told = told(&text, &found);
            // A key that stands twice is gone in JSON; what compiling finds, a schema cannot know.
            if !told.contains("Y005-key-twice") {
                let grammar = !told.iter().any(|code| code.starts_with('Y'));
                assert_eq!(schema_accepts(&json(&cut)), grammar, "{} at {place}: the schema says otherwise\n{}", how.0, shown(&found));
            }
            texts += 1;
            wrong += usize::from(!found.is_empty());
        }
    }
    assert!(texts > 600 && wrong > texts / 2, "{wrong} of {texts}");
}

#[test]
fn what_is_too_deep_too_large_or_repeats_itself_is_refused_within_bounds() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (from, to) in ('a'..'j').zip('b'..='j') {
        let _ = writeln!(bomb, "{to}: &{to} [{}]", vec![format!("*{from}"); 10].join(", "));
    }
    let deep = |open: &str, depth| open.repeat(depth);
    let texts = [
        (bomb, "too large or repeats itself"),
        (deep("[", 100_000), "nested too deeply"),
        (deep("{a: ", 3_000), "nested too deeply"),
        (deep("- ", 5_000), "nested too deeply"),
        ((0..2_000).map(|depth| format!("{}a:", " ".repeat(depth))).collect::<Vec<_>>().join("\n"), "nested too deeply"),
        ("a: &a [*a]".to_owned(), ""),
        (format!("[{}]", "1, ".repeat(MAX_NODES + 1)), "too large"),
        (format!("workflow: {}", "x".repeat(2 << 20)), "too large"),
        (format!("{}x: 1", "k: 1\n".repeat(5_000)), "stands twice"),
    ];
    for (text, words) in texts {
        let found = read(&text);
        told(&text, &found);
        assert!(found.iter().any(|problem| problem.message.contains(words)), "{words}: {}", found[0]);
        assert!(tree(&text).is_none_or(|tree| count(&tree) <= MAX_NODES));
    }
}

#[test]
fn at_most_two_hundred_problems_are_told_with_lines_of_a_width_that_can_be_read() {
    let many = (0..3_000).map(|number| format!("key-{number}: 1")).collect::<Vec<_>>().join(", ");
    let found = read(&format!("{{{many}}}"));
    assert_eq!(found.len(), MOST);
    assert!(found.iter().all(|problem| problem.snippet.chars().count() <= 400));
}
