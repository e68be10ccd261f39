//! The JSON Schema and the grammar say the same: key by key, and for definitions right and wrong.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{
    fixture::{ACCESS, ERASURE, around, catalogue, schema_accepts},
    tree::{json, tree},
};
use crate::{
    source::{
        diagnostic::{Asked, Problems},
        yaml,
    },
    workflow::{
        grammar::{self, step::VERB_KEYS},
        parse, schema,
    },
};

/// Uses every key of the language.
const EVERYTHING: &str = "workflow: all
version: 1
language: habeas.workflow/1
title: {nb: a, nl: b, en: c}
right: GDPR Art. 15
roles: [case-handler]
clock:
  starts: case.received
  period: P1M
  goal: P20D
  extend: {by: P2M, once: true, letter: extension, reasons: complexity}
  paused-in: {ask: Art. 12(6)}
  alarms: [{at: due - P7D, tell: dpo, raise: incident, record: deadline-near}]
input: {form: access-request}
any-time: [{event: amend, from: subject, until: one, in: [one], within: P1Y, then: one}]
stages:
  - id: one
    point-of-no-return: true
    steps:
      - id: ask
        task: case-handler
        form: erasure-decision
        due: P2D
        escalate: [{after: P1D, to: dpo}]
        four-eyes: {not-by: send}
        shows: send
        needs: identity.verified
        then: {erase: send}
        limit: {send: 2, then: one}
      - {id: send, do: letter.send, with: {letter: receipt}, retry: {times: 1, backoff: constant, from: PT1M, to: PT2M}, needs: [a.b], then: one, limit: {one: 1}}
      - {id: rule, decide: erasure-holds, over: case.records, needs: a.b, then: one, limit: {one: 1}}
      - id: every
        each: system in case.systems
        retry: {times: 1, backoff: exponential}
        steps: [{id: locate, do: system.locate}]
        join: any
        needs: a.b
        then: one
        limit: {one: 1}
      - {id: short, each: r in plan.recipients, do: recipient.notify, with: {a: 1}, retry: {times: 1, backoff: constant}, join: all, needs: a.b, then: one, limit: {one: 1}}
    close: answered
    keep: P5Y
";

const VERBS: [&str; 4] = ["task", "do", "decide", "each"];

/// Every mapping that the grammar opened while it read this.
fn asked(text: &str) -> Vec<Asked> {
    let mut problems = Problems::new("w.yaml", text);
    let tree = yaml::read(text, &mut problems).unwrap();
    grammar::definition(&tree, "w.yaml", text, &mut problems).unwrap();
    problems.asked
}

/// The schema's name for a mapping that the grammar opens.
fn shape(asked: &Asked) -> &'static str {
    let has = |verb: &str| asked.present.iter().any(|key| key == verb);
    match asked.what {
        "a workflow" => "",
        "`clock`" => "Clock",
        "`extend`" => "Extension",
        "an alarm" => "Alarm",
        "`input`" => "Input",
        "an any-time event" => "AnyTime",
        "a stage" => "Stage",
        "an escalation" => "Escalation",
        "`four-eyes`" => "FourEyes",
        "`retry`" => "Retry",
        "a step" if has("each") && has("do") => "EachDoStep",
        "a step" if has("each") => "EachStep",
        "a step" if has("task") => "TaskStep",
        "a step" if has("do") => "DoStep",
        "a step" => "DecideStep",
        other => panic!("the schema has no shape for {other}"),
    }
}

#[test]
fn every_key_the_grammar_asks_for_is_in_the_schema_and_every_key_of_the_schema_is_asked_for() {
    let schema = schema(None);
    let mut grammar: BTreeMap<&str, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    for asked in asked(EVERYTHING) {
        let own = |key: &&&str| asked.what != "a step" || !VERBS.contains(*key) || asked.present.iter().any(|present| present == **key);
        let (keys, needed) = grammar.entry(shape(&asked)).or_default();
        keys.extend(asked.keys.iter().filter(own).map(|key| (*key).to_owned()));
        needed.extend(asked.needed.iter().map(|key| (*key).to_owned()));
        needed.extend(VERBS.iter().filter(|verb| asked.what == "a step" && keys.contains(**verb)).map(|verb| (*verb).to_owned()));
    }
    let closed = |def: &Json| def["additionalProperties"] == Json::Bool(false);
    let defs = schema["$defs"].as_object().unwrap().iter().filter(|(_, def)| closed(def)).map(|(name, def)| (name.as_str(), def));
    let mut shapes = 0;
    for (name, def) in defs.chain([("", &schema)]) {
        let keys: BTreeSet<String> = def["properties"].as_object().unwrap().keys().cloned().collect();
        let needed: BTreeSet<String> =
            def["required"].as_array().into_iter().flatten().map(|key| key.as_str().unwrap().to_owned()).collect();
        assert_eq!(grammar.get(name), Some(&(keys, needed)), "`{name}`: the grammar's keys stand left");
        shapes += 1;
    }
    assert_eq!(shapes, grammar.len(), "the grammar opens a mapping that the schema leaves open");
}

#[test]
fn the_keys_that_pass_beside_a_wrong_verb_are_those_of_the_verbs() {
    let schema = schema(None);
    let common = ["id", "needs", "then", "limit"];
    let steps = ["TaskStep", "DoStep", "DecideStep", "EachStep", "EachDoStep"];
    let keys = steps.iter().flat_map(|name| schema["$defs"][name]["properties"].as_object().unwrap().keys());
    let keys: BTreeSet<&str> = keys.map(String::as_str).filter(|key| !common.contains(key) && !VERBS.contains(key)).collect();
    assert_eq!(keys, BTreeSet::from(VERB_KEYS));
}

#[test]
fn every_key_and_every_shape_is_described() {
    fn undescribed(path: &str, def: &Json, found: &mut Vec<String>) {
        for (key, property) in def["properties"].as_object().into_iter().flatten() {
            if property["description"].is_null() && property["$ref"].is_null() {
                found.push(format!("{path}.{key}"));
            }
        }
    }
    let (schema, mut found) = (schema(None), Vec::new());
    undescribed("", &schema, &mut found);
    for (name, def) in schema["$defs"].as_object().unwrap() {
        undescribed(name, def, &mut found);
        let several = name.starts_with("OneOrMore");
        if def["description"].is_null() && !several {
            found.push(name.clone());
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_schema_is_one_itself_and_takes_what_is_right() {
    for schema in [schema(None), schema(Some(&catalogue()))] {
        assert!(jsonschema::meta::is_valid(&schema));
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
    for text in [ACCESS, ERASURE, EVERYTHING] {
        assert!(schema_accepts(&json(&tree(text).unwrap())), "{text}");
    }
}

#[test]
fn the_shipped_schema_is_the_one_that_the_command_prints() {
    let shipped: Json = serde_json::from_str(include_str!("../../../../workflows/habeas-workflow-1.schema.json")).unwrap();
    assert!(shipped == schema(None), "run `habeas workflow schema > workflows/habeas-workflow-1.schema.json`");
    for text in [ACCESS, ERASURE] {
        assert!(text.starts_with("# yaml-language-server: $schema=./habeas-workflow-1.schema.json\n"));
    }
}

#[test]
fn with_a_catalogue_only_its_words_are_taken_and_all_of_them_are_offered() {
    let schema = schema(Some(&catalogue()));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let takes = |text: &str| validator.is_valid(&json(&tree(text).unwrap()));
    assert!(takes(ACCESS) && takes(ERASURE));
    for (from, to) in [
        ("do: identity.match", "do: identity.mach"),
        ("form: erasure-triage", "form: erasure-triag"),
        ("letter: receipt", "letter: reciept"),
        ("decide: erasure-holds", "decide: holds"),
        ("task: dpo", "task: dop"),
        ("needs: identity.verified", "needs: identity.verfied"),
        ("in case.systems", "in case.system"),
        ("over: case.records", "over: case.record"),
    ] {
        assert!(ERASURE.contains(from), "{from}");
        assert!(!takes(&ERASURE.replacen(from, to, 1)), "{to}");
        assert!(schema_accepts(&json(&tree(&ERASURE.replacen(from, to, 1)).unwrap())), "without a catalogue no word is wrong: {to}");
    }
    let offered = |def: &str| schema["$defs"][def]["enum"].as_array().unwrap().len();
    let catalogue = catalogue();
    assert_eq!(offered("Action"), catalogue.actions.len());
    assert_eq!(offered("Role"), catalogue.roles.len() + 1, "and the subject");
    assert_eq!(offered("Fact"), catalogue.facts().len());
}

/// What only the grammar sees, and why the schema cannot: all of it is gone before there is a tree.
const ONLY_YAML: [(&str, &str); 4] = [
    ("version: 1", "version: 1\nversion: 1"),
    ("version: 1", "<<: {version: 1}"),
    ("version: 1", "version: 1\n---"),
    ("version: 1", "\tversion: 1"),
];

/// What stands in a small definition, and what is wrong to write instead.
const WRONG: [(&str, &str); 64] = [
    ("workflow: small", ""),
    ("workflow: small", "workflow: Small"),
    ("workflow: small", "workflow: yes"),
    ("workflow: small", "workflow: [small]"),
    ("workflow: small", "workflow: a.b"),
    ("version: 1", ""),
    ("version: 1", "version: 0"),
    ("version: 1", "version: '1'"),
    ("version: 1", "version: 4294967296"),
    ("version: 1", "version: 1.5"),
    ("habeas.workflow/1", "habeas.workflow/2"),
    ("version: 1", "version: 1\ntitle: {no: Sletting}"),
    ("version: 1", "version: 1\ntitle: {nob: Sletting}"),
    ("version: 1", "version: 1\ntitle: {nb: [a]}"),
    ("version: 1", "version: 1\nrigth: x"),
    ("version: 1", "version: 1\nright: {a: b}"),
    ("version: 1", "version: 1\ninput: {}"),
    ("version: 1", "version: 1\ninput: access-request"),
    ("version: 1", "version: 1\nany-time: []"),
    ("version: 1", "version: 1\nany-time: [{event: a, from: subject}]"),
    ("version: 1", "version: 1\nany-time: [{event: a, from: subject, then: b, in: []}]"),
    ("roles: [case-handler, system-owner, privacy-lead, dpo]", "roles: []"),
    ("case.received", "case.opened"),
    ("period: P1M", "period: 1 month"),
    ("period: P1M", "period: P12345D"),
    ("period: P1M", "period: P1D2H"),
    ("period: P1M", "period: P1M, extend: {by: P2M, once: false, letter: a, reasons: b}"),
    ("period: P1M", "period: P1M, extend: {by: P2M, letter: a}"),
    ("period: P1M", "period: P1M, paused-in: {Look: Art. 1}"),
    ("period: P1M", "period: P1M, paused-in: {look: {}}"),
    ("period: P1M", "period: P1M, alarms: [{at: due + P1D, tell: dpo}]"),
    ("period: P1M", "period: P1M, alarms: [{at: due, tell: dpo, raise: alarm}]"),
    ("period: P1M", "period: P1M, alarms: {at: due, tell: dpo}"),
    ("id: one", "id: no"),
    ("close: answered", "close: done"),
    ("keep: P5Y", "keep: 5"),
    ("keep: P5Y", "kepe: P5Y"),
    ("keep: P5Y", "point-of-no-return: yes"),
    ("id: look, ", ""),
    ("task: case-handler, ", ""),
    ("task: case-handler", "task: case-handler, do: a.b"),
    ("task: case-handler", "task: []"),
    ("due: P2D, ", ""),
    ("due: P2D", "due: P2D, escalate: []"),
    ("due: P2D", "due: P2D, escalate: [{after: P1D}]"),
    ("due: P2D", "due: P2D, four-eyes: [look]"),
    ("due: P2D", "due: P2D, with: {a: b}"),
    ("due: P2D", "due: P2D, limit: {one: 0}"),
    ("due: P2D", "due: P2D, needs: A.b"),
    ("{submitted: one}", "{submitted: [one]}"),
    ("{submitted: one}", "{Submitted: one}"),
    ("{submitted: one}", "[one]"),
    ("do: letter.send", "do: letter..send"),
    ("do: letter.send", "do: letter.send, retry: {times: 0, backoff: constant}"),
    ("do: letter.send", "do: letter.send, retry: {times: 1, backoff: linear}"),
    ("with: {letter: receipt}", "with: [receipt]"),
    ("with: {letter: receipt}", "with: {Letter: receipt}"),
    ("with: {letter: receipt}", "over: case.records"),
    ("r in plan.recipients", "plan.recipients"),
    ("r in plan.recipients", "no in plan.recipients"),
    ("r in plan.recipients", "r in  plan.recipients"),
    (", join: all", ""),
    ("join: all", "join: some"),
    ("join: all", "join: all, steps: []"),
];

#[test]
fn wrong_definitions_are_refused_by_both() {
    let good = around(
        "  - id: one
    steps:
      - {id: look, task: case-handler, form: located-records, due: P2D, then: {submitted: one}}
      - {id: send, do: letter.send, with: {letter: receipt}}
      - {id: every, each: r in plan.recipients, do: recipient.notify, join: all}
    close: answered
    keep: P5Y",
    );
    assert!(parse("w.yaml", &good).is_ok() && schema_accepts(&json(&tree(&good).unwrap())));
    for (from, to) in WRONG {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        assert!(parse("w.yaml", &text).is_err(), "the grammar takes `{to}`");
        let tree = tree(&text).unwrap_or_else(|| panic!("`{to}` is no YAML"));
        assert!(!schema_accepts(&json(&tree)), "the schema takes `{to}`");
    }
    for (from, to) in ONLY_YAML {
        let text = good.replacen(from, to, 1);
        assert!(parse("w.yaml", &text).is_err(), "the grammar takes `{to}`");
    }
}
