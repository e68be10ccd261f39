//! The shipped definitions, and a case that is driven by short words.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::Timestamp;

use super::tree::{json, tree};
pub(super) use crate::catalogue::catalogue;
use crate::workflow::{
    Catalogue, Command, Compiled, Event, EventKind, Explanation, Refusal, State, compile,
    event::{CLOCK, Resolution, Timer, WORKER, Wait},
    parse, schema, start, transition,
};

pub(super) const ACCESS: &str = include_str!("../../../../workflows/access.yaml");
pub(super) const ERASURE: &str = include_str!("../../../../workflows/erasure.yaml");

/// Every shipped definition.
pub(super) const SHIPPED: [&str; 7] = [
    ACCESS,
    include_str!("../../../../workflows/portability.yaml"),
    include_str!("../../../../workflows/rectification.yaml"),
    include_str!("../../../../workflows/restriction.yaml"),
    ERASURE,
    include_str!("../../../../workflows/objection.yaml"),
    include_str!("../../../../workflows/consent-withdrawal.yaml"),
];

/// A workflow around `stages`, with everything else in order.
pub(super) fn around(stages: &str) -> String {
    let head = [
        "workflow: small",
        "version: 1",
        "language: habeas.workflow/1",
        "roles: [case-handler, system-owner, privacy-lead, dpo]",
        "clock: {starts: case.received, period: P1M}",
        "stages:",
    ];
    format!("{}\n{stages}", head.join("\n"))
}

/// Whether the schema of the language takes a tree.
pub(super) fn schema_accepts(tree: &serde_json::Value) -> bool {
    static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| jsonschema::validator_for(&schema(None)).unwrap());
    SCHEMA.is_valid(tree)
}

pub(super) fn compiled(text: &str) -> Compiled {
    compiled_with(text, &catalogue())
}

fn compiled_with(text: &str, catalogue: &Catalogue) -> Compiled {
    assert!(schema_accepts(&json(&tree(text).unwrap())), "what compiles, the schema takes: {text}");
    let definition = parse("test.yaml", text).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    compile(&definition, catalogue).unwrap_or_else(|problems| panic!("{}", shown(&problems)))
}

pub(super) fn shown(problems: &[crate::workflow::Diagnostic]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

pub(super) fn wait(text: &str) -> Wait {
    match text.split_once('@') {
        Some((step, branch)) => Wait::in_branch(step, branch),
        None => Wait::at(text),
    }
}

pub(super) fn lists(lists: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
    lists.iter().map(|(name, items)| ((*name).to_owned(), items.iter().map(|item| (*item).to_owned()).collect())).collect()
}

pub(super) fn event(at: Timestamp, by: &str, roles: &[&str], kind: EventKind) -> Event {
    let id = format!("{at}/{by}/{kind:?}");
    Event { id, at, by: by.to_owned(), roles: roles.iter().map(|role| (*role).to_owned()).collect(), kind }
}

pub(super) const STAFF: [&str; 4] = ["case-handler", "system-owner", "privacy-lead", "dpo"];

/// A case under test: keeps its accepted events, and what the last one led to.
pub(super) struct Case {
    pub(super) def: Compiled,
    pub(super) state: State,
    pub(super) events: Vec<Event>,
    pub(super) commands: Vec<Command>,
    pub(super) explanations: Vec<Explanation>,
    pub(super) now: Timestamp,
}

impl Case {
    pub(super) fn open(text: &str, known: &[(&str, &[&str])]) -> Self {
        Self::open_with(text, &catalogue(), known)
    }

    pub(super) fn open_with(text: &str, catalogue: &Catalogue, known: &[(&str, &[&str])]) -> Self {
        let def = compiled_with(text, catalogue);
        let now = "2027-01-04T09:00:00Z".parse().unwrap();
        let opened = event(now, "subject", &[], EventKind::Opened { lists: lists(known) });
        let step = start(&def, &opened).unwrap();
        let (commands, explanations) = (step.commands, step.explanations);
        Self { def, state: step.state, events: vec![opened], commands, explanations, now }
    }

    pub(super) fn send(&mut self, by: &str, roles: &[&str], kind: EventKind) -> Result<(), Refusal> {
        let event = event(self.now, by, roles, kind);
        let step = transition(&self.def, &self.state, &event)?;
        self.events.push(event);
        (self.state, self.commands, self.explanations) = (step.state, step.commands, step.explanations);
        Ok(())
    }

    /// The worker reports: `erase@crm`, `erased`.
    pub(super) fn reports(&mut self, at: &str, outcome: &str) {
        self.finds(at, outcome, &[]);
    }

    pub(super) fn finds(&mut self, at: &str, outcome: &str, found: &[(&str, &[&str])]) {
        let kind = EventKind::Reported { wait: wait(at), outcome: outcome.to_owned(), lists: lists(found) };
        self.send(WORKER, &[], kind).unwrap();
    }

    pub(super) fn fails(&mut self, at: &str) {
        self.send(WORKER, &[], EventKind::Failed { wait: wait(at), cause: "timeout".to_owned() }).unwrap();
    }

    /// Somebody of the staff with every role hands in a form.
    pub(super) fn submits(&mut self, who: &str, at: &str, outcome: &str) {
        self.tries(who, at, outcome).unwrap();
    }

    pub(super) fn tries(&mut self, who: &str, at: &str, outcome: &str) -> Result<(), Refusal> {
        let roles: &[&str] = if who == "subject" { &[] } else { &STAFF };
        let by = if who == "subject" { who.to_owned() } else { format!("staff/{who}") };
        self.send(&by, roles, EventKind::Submitted { wait: wait(at), outcome: outcome.to_owned() })
    }

    pub(super) fn resolves(&mut self, at: &str, how: Resolution) -> Result<(), Refusal> {
        self.send("staff/kari", &STAFF, EventKind::Resolved { wait: wait(at), how })
    }

    pub(super) fn signals(&mut self, by: &str, name: &str) -> Result<(), Refusal> {
        self.send(by, &[], EventKind::Signalled { name: name.to_owned() })
    }

    pub(super) fn elapses(&mut self, timer: Timer) -> Result<(), Refusal> {
        self.send(CLOCK, &[], EventKind::Elapsed { timer })
    }

    pub(super) fn passes(&mut self, period: &str) {
        self.now = period.parse::<crate::workflow::Period>().unwrap().after(self.now);
    }

    /// What it waits for, in order: `approve`, `erase@crm`.
    pub(super) fn waits(&self) -> Vec<String> {
        self.state.open.iter().map(|open| open.wait.to_string()).collect()
    }

    pub(super) fn proven(&self, fact: &str) -> bool {
        self.state.facts.contains(fact)
    }
}
