//! The mistakes that everybody makes once, and what each is answered with, word for word.

use super::fixture::{around, shown};
use crate::workflow::parse;

const STAGES: &str = "  - id: one
    steps:
      - {id: look, task: case-handler, form: located-records, due: P2D}
    close: answered";

/// What a small definition is answered with after `from` became `to`.
fn answer(from: &str, to: &str) -> String {
    let good = around(STAGES);
    assert!(good.contains(from), "{from}");
    shown(&parse("w.yaml", &good.replacen(from, to, 1)).err().unwrap_or_default())
}

#[test]
fn an_unquoted_template() {
    let expected = "w.yaml:9:47: error[Y001-not-yaml]: `{{` is no template here: YAML takes it for a mapping in a mapping
9 |       - {id: look, task: case-handler, form: {{ form }}, due: P2D}
  |                                               ^
  = write the value itself
";
    assert_eq!(answer("form: located-records", "form: {{ form }}"), expected);
}

#[test]
fn a_tab_in_the_indentation() {
    let expected = "w.yaml:8:5: error[Y001-not-yaml]: a tab stands in the indentation
8 |     \tsteps:
  |     ^
  = indent with spaces
";
    assert_eq!(answer("    steps:", "    \tsteps:"), expected);
}

#[test]
fn on_as_a_key() {
    let expected = "w.yaml:5:45: error[Y002-key-unknown]: unknown key `on` in `clock`; many YAML readers take it for a boolean
5 | clock: {starts: case.received, period: P1M, on: goal}
  |                                             ^
  = there is `starts`, `period`, `goal`, `extend`, `paused-in`, `alarms`
";
    assert_eq!(answer("period: P1M", "period: P1M, on: goal"), expected);
}

#[test]
fn yes_for_true() {
    let expected = "w.yaml:10:25: error[Y004-value-wrong]: `point-of-no-return` is `true` or `false`, this is a text
10 |     point-of-no-return: yes
   |                         ^
  = write `true`
";
    assert_eq!(answer("close: answered", "point-of-no-return: yes"), expected);
}

#[test]
fn no_as_a_name() {
    let expected = "w.yaml:9:14: error[Y006-boolean-word]: many YAML readers take `no` for a boolean
9 |       - {id: no, task: case-handler, form: located-records, due: P2D}
  |              ^
  = choose another word
";
    assert_eq!(answer("id: look", "id: no"), expected);
}

#[test]
fn no_as_a_language() {
    let expected = "w.yaml:3:9: error[Y006-boolean-word]: `no` is a boolean to many YAML readers, not a language
3 | title: {no: Sletting}
  |         ^
  = write `nb` or `nn`
";
    assert_eq!(answer("version: 1", "version: 1\ntitle: {no: Sletting}"), expected);
}

#[test]
fn a_key_twice() {
    let expected = "w.yaml:3:1: error[Y005-key-twice]: key `version` stands twice in one mapping
3 | version: 2
  | ^
  = keep one of the two
";
    assert_eq!(answer("version: 1", "version: 1\nversion: 2"), expected);
}

#[test]
fn a_version_in_quotes() {
    let expected = "w.yaml:2:10: error[Y004-value-wrong]: `version` is a whole number of at least 1, this is a text
2 | version: \"1\"
  |          ^
  = write it without quotes
";
    assert_eq!(answer("version: 1", "version: \"1\""), expected);
}

#[test]
fn a_list_for_a_mapping() {
    let expected = "w.yaml:6:3: error[Y004-value-wrong]: `clock` is a mapping, this is a list
6 |   - period: P1M
  |   ^
  = write `key: value`, without hyphens and square brackets
";
    assert_eq!(answer("clock: {starts: case.received, period: P1M}", "clock:\n  - period: P1M"), expected);
}

#[test]
fn a_mapping_for_a_list() {
    let expected = "w.yaml:9:7: error[Y004-value-wrong]: `steps` is a list, this is a mapping
9 |       id: look
  |       ^
  = begin each item with `- `
";
    assert_eq!(answer("      - {id: look, task: case-handler, form: located-records, due: P2D}", "      id: look"), expected);
}

#[test]
fn a_step_without_a_verb() {
    let expected = "w.yaml:9:9: error[Y003-key-missing]: a step needs a verb
9 |       - {id: look, form: located-records, due: P2D}
  |         ^
  = one of `task`, `do`, `decide`, `each`
";
    assert_eq!(answer("task: case-handler, ", ""), expected);
}

#[test]
fn two_verbs() {
    let expected = "w.yaml:9:9: error[Y008-verbs-many]: a step has one verb, this one has `task`, `do`
9 |       - {id: look, task: case-handler, do: letter.send, form: located-records, due: P2D}
  |         ^
  = make a step of each
";
    assert_eq!(answer("task: case-handler", "task: case-handler, do: letter.send"), expected);
}

#[test]
fn a_second_document() {
    let expected = "w.yaml:2:1: error[Y001-not-yaml]: one file holds one document
2 | ---
  | ^
  = take the line out
";
    assert_eq!(answer("version: 1", "---\nversion: 1"), expected);
}
