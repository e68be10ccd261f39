//! Trees made of the language's own words: most damage lies behind the parser.
#![no_main]

use arbitrary::Arbitrary;
use habeas_fuzz::read;
use libfuzzer_sys::fuzz_target;

/// The words of the language, keys and values alike: both stand where the other belongs.
const WORDS: [&str; 64] = [
    "workflow",
    "version",
    "language",
    "title",
    "right",
    "roles",
    "clock",
    "input",
    "any-time",
    "stages",
    "starts",
    "period",
    "goal",
    "extend",
    "paused-in",
    "alarms",
    "by",
    "once",
    "letter",
    "reasons",
    "at",
    "tell",
    "raise",
    "record",
    "form",
    "event",
    "from",
    "until",
    "in",
    "within",
    "then",
    "id",
    "steps",
    "close",
    "keep",
    "point-of-no-return",
    "task",
    "do",
    "decide",
    "each",
    "due",
    "escalate",
    "four-eyes",
    "not-by",
    "shows",
    "needs",
    "limit",
    "with",
    "retry",
    "times",
    "backoff",
    "over",
    "join",
    "all",
    "P1D",
    "end",
    "a.b",
    "subject",
    "case-handler",
    "letter.send",
    "receipt",
    "identity-check",
    "system in case.systems",
    "case.received",
];

#[derive(Debug, Arbitrary)]
enum Tree {
    Word(u8),
    Number(i8),
    Flag(bool),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(u8, Tree)>),
    Step { id: u8, verb: u8, rest: Vec<(u8, Tree)> },
}

fn word(number: u8) -> &'static str {
    WORDS[usize::from(number) % WORDS.len()]
}

fn pairs(pairs: &[(u8, Tree)]) -> String {
    pairs.iter().map(|(key, value)| format!("{}: {}", word(*key), written(value))).collect::<Vec<_>>().join(", ")
}

fn written(tree: &Tree) -> String {
    match tree {
        Tree::Word(number) => word(*number).to_owned(),
        Tree::Number(number) => number.to_string(),
        Tree::Flag(flag) => flag.to_string(),
        Tree::Text(text) => format!("{text:?}"),
        Tree::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Tree::Map(entries) => format!("{{{}}}", pairs(entries)),
        Tree::Step { id, verb, rest } => {
            let verb =
                ["task: case-handler, form: identity-check, due: P1D", "do: letter.send, with: {letter: receipt}", "decide: erasure-holds"]
                    [usize::from(*verb) % 3];
            format!("{{id: s{id}, {verb}, {}}}", pairs(rest))
        }
    }
}

fuzz_target!(|trees: (Vec<Tree>, Vec<(u8, Tree)>)| {
    let (steps, more) = trees;
    let steps = steps.iter().map(written).collect::<Vec<_>>().join(", ");
    read(&format!(
        "{{workflow: w, version: 1, language: habeas.workflow/1, roles: [case-handler], clock: {{starts: case.received, period: P1M}}, \
         stages: [{{id: one, steps: [{steps}], close: answered}}], {}}}",
        pairs(&more)
    ));
});
