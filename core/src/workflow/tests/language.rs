//! Broken texts: every problem is told, with its place and what to do.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::fixture::{ACCESS, ERASURE, around, shown};
use crate::workflow::{Diagnostic, parse};

const STAGES: &str = "  - id: one
    steps:
      - {id: look, task: case-handler, form: located-records, due: P2D}
    close: answered
    keep: P5Y";

fn problems(text: &str) -> Vec<Diagnostic> {
    parse("w.yaml", text).err().unwrap_or_default()
}

#[test]
fn the_shipped_files_are_clean() {
    for text in [ACCESS, ERASURE] {
        assert_eq!(shown(&problems(text)), "");
    }
}

#[test]
fn one_mistake_is_told_with_its_place_and_the_remedy() {
    let good = around(STAGES);
    let table = [
        // what stands there, what stands there instead, code, line, column, in message or help
        ("due: P2D", "deu: P2D", "Y002-key-unknown", 9, 63, "did you mean `due`?"),
        ("due: P2D", "due: 2D", "Y004-value-wrong", 9, 68, "`2D` is not a period"),
        ("due: P2D", "due: {}", "Y004-value-wrong", 9, 68, "this is a mapping"),
        ("due: P2D", "due: P2D, due: P3D", "Y005-key-twice", 9, 73, "key `due` stands twice"),
        ("due: P2D", "due: ", "Y004-value-wrong", 9, 66, "this is empty"),
        (", due: P2D", "", "Y003-key-missing", 9, 9, "needs `due`"),
        ("task: case-handler", "tsak: case-handler", "Y002-key-unknown", 9, 20, "did you mean `task`?"),
        ("task: case-handler", "task: case-handler, do: letter.send", "Y008-verbs-many", 9, 9, "`task`, `do`"),
        ("id: look", "id: Look", "Y004-value-wrong", 9, 14, "`Look` is not a name"),
        ("id: look", "id: yes", "Y006-boolean-word", 9, 14, "take `yes` for a boolean"),
        ("id: look", "id: true", "Y006-boolean-word", 9, 14, "choose another word"),
        ("close: answered", "close: answred", "Y004-value-wrong", 10, 12, "did you mean `answered`?"),
        ("close: answered", "point-of-no-return: yes", "Y004-value-wrong", 10, 25, "`true` or `false`"),
        ("version: 1", "version: 0", "Y004-value-wrong", 2, 10, "at least 1"),
        ("version: 1", "version: one", "Y004-value-wrong", 2, 10, "whole number"),
        ("version: 1", "title: {no: Sletting}\nversion: 1", "Y006-boolean-word", 2, 9, "write `nb` or `nn`"),
        ("version: 1", "title: {norsk: Sletting}\nversion: 1", "Y004-value-wrong", 2, 9, "not a language code"),
        ("habeas.workflow/1", "habeas.workflow/2", "Y007-language-unknown", 3, 11, "write `language: habeas.workflow/1`"),
        ("case.received", "case.opened", "Y004-value-wrong", 5, 17, "`starts` cannot be `case.opened`"),
        ("period: P1M}", "period: P1M, alarms: [{at: due + P1D, tell: dpo}]}", "Y004-value-wrong", 5, 59, "not a mark of the clock"),
        ("period: P1M}", "period: P1M", "Y001-not-yaml", 0, 0, ""),
        ("stages:", "stages: &a", "", 0, 0, ""),
    ];
    for (from, to, code, line, column, words) in table {
        let found = problems(&good.replacen(from, to, 1));
        if code.is_empty() {
            assert_eq!(shown(&found), "", "{to}");
            continue;
        }
        let hit = found.iter().find(|problem| problem.code == code && (line == 0 || (problem.line, problem.column) == (line, column)));
        let hit = hit.unwrap_or_else(|| panic!("`{to}` gave\n{}", shown(&found)));
        assert!(hit.to_string().contains(words), "{hit}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_in_reading_order() {
    let text = around(STAGES)
        .replace("version: 1", "version: x")
        .replace("P2D", "2D")
        .replace("keep: P5Y", "kepe: P5Y")
        .replace("id: one", "id: one\n    id: two");
    let codes: Vec<_> = problems(&text).into_iter().map(|problem| (problem.line, problem.code)).collect();
    let expected = [(2, "Y004-value-wrong"), (8, "Y005-key-twice"), (10, "Y004-value-wrong"), (12, "Y002-key-unknown")];
    assert_eq!(codes, expected);
}

#[test]
fn a_message_shows_the_line_and_a_caret() {
    let found = problems(&around(STAGES).replace("due: P2D", "due: soon"));
    let expected = "w.yaml:9:68: error[Y004-value-wrong]: `soon` is not a period; write one number and one unit, such as `P14D`, `P1M`, \
                    `P5Y`, `PT72H` or `PT5M`
9 |       - {id: look, task: case-handler, form: located-records, due: soon}
  |                                                                    ^
";
    assert_eq!(shown(&found), expected);
}

#[test]
fn a_bomb_is_refused() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (from, to) in ('a'..'j').zip('b'..='j') {
        let _ = writeln!(bomb, "{to}: &{to} [{}]", vec![format!("*{from}"); 10].join(", "));
    }
    assert_eq!(problems(&bomb)[0].code, "Y001-not-yaml");
    assert_eq!(problems(&"[".repeat(100_000))[0].code, "Y001-not-yaml");
    assert_eq!(problems("")[0].code, "Y004-value-wrong");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Damage anywhere in a real file is read without a panic, and every problem names a line of the file.
    #[test]
    fn damage_is_told_and_never_panics(at in 0..4000_usize, cut in 0..40_usize, put in "[ a-z:{}\\[\\],\n\"'#&*!|>-]{0,6}") {
        let chars: Vec<char> = ERASURE.chars().collect();
        let at = at.min(chars.len());
        let text: String = chars[..at].iter().copied().chain(put.chars()).chain(chars[(at + cut).min(chars.len())..].iter().copied()).collect();
        let lines = text.lines().count() + 1;
        for problem in problems(&text) {
            prop_assert!((1..=lines).contains(&(problem.line as usize)), "{problem}");
        }
    }
}
