//! Whether the names of a scenario exist in its definition, and what was probably meant; all problems at once.

use crate::source::{diagnostic::Diagnostic, diagnostic::Problems, spelling::instead};
use std::collections::BTreeSet;

use super::{
    super::{
        command::Work,
        compiled::{Compiled, Kind, Node, SUBJECT},
        definition::Name,
        event::{CLOCK, WORKER},
        refusal::Refusal,
    },
    Act, Attempt, Expect, How, Lists, Never, Said, Scenario, Spot, What,
};

/// The definition that a scenario plays, if every name in it exists there. `text` is the scenario's file.
pub fn check<'d>(scenario: &Scenario, text: &str, definitions: &[&'d Compiled]) -> Result<&'d Compiled, Vec<Diagnostic>> {
    let mut problems = Problems::new(&scenario.file, text);
    let (name, version) = (&scenario.workflow, scenario.version);
    let named = definitions.iter().find(|def| def.name == name.text).copied();
    match named {
        None => {
            let help = instead(name.as_str(), definitions.iter().map(|def| def.name.as_str()));
            problems.add("S001-workflow-unknown", name.at, format!("there is no workflow `{}`", name.as_str()), help);
        }
        Some(def) if version.is_some_and(|version| version != def.version) => {
            let message = format!("`{}` is at version {}; this scenario tells of another one", def.name, def.version);
            problems.add("S001-workflow-unknown", name.at, message, "leave the version out, or tell the story anew".to_owned());
        }
        Some(def) => Checker { def, scenario, problems: &mut problems }.all(),
    }
    problems.answer(named)
}

struct Checker<'c, 'p> {
    def: &'c Compiled,
    scenario: &'c Scenario,
    problems: &'c mut Problems<'p>,
}

impl<'c> Checker<'c, '_> {
    fn all(&mut self) {
        let scenario = self.scenario;
        self.sender(&scenario.start.by);
        self.lists(&scenario.start.lists);
        for said in &scenario.answers {
            self.said(said, "answer");
        }
        for line in &scenario.steps {
            self.act(&line.act);
        }
        if let Some(expect) = &scenario.expect {
            self.expect(expect);
        }
    }

    fn act(&mut self, act: &'c Act) {
        match act {
            Act::Do(attempt) => self.attempt(attempt),
            Act::Refuse(attempt, because) => {
                self.attempt(attempt);
                self.word("refusal", because, Refusal::CODES);
            }
            Act::Crash(spot) => _ = self.spot(spot, "work"),
            Act::Late(said) | Act::Again(said) => self.said(said, "work"),
            Act::Expect(expect) => self.expect(expect),
            Act::Never(never) => never.iter().for_each(|never| self.never(never)),
            Act::Advance(_) | Act::Run => {}
        }
    }

    fn attempt(&mut self, attempt: &'c Attempt) {
        self.sender(&attempt.by);
        match &attempt.what {
            What::Report(said) => self.said(said, "work"),
            What::Submit(said) => self.said(said, "task"),
            What::Fail(spot) => _ = self.spot(spot, "work"),
            What::Signal(name) => {
                let def = self.def;
                self.word("any-time event", name, def.signals.iter().map(|signal| signal.event.as_str()));
            }
            What::Resolve(spot, how) => {
                if let (Some(node), How::ByHand(outcome)) = (self.spot(spot, "step"), how) {
                    self.outcome(node, outcome);
                }
            }
        }
    }

    fn said(&mut self, said: &'c Said, kind: &str) {
        self.lists(&said.lists);
        let Some(node) = self.spot(&said.spot, kind) else { return };
        match &said.outcome {
            Some(outcome) => self.outcome(node, outcome),
            None if node.outcomes.len() > 1 => {
                let at = said.spot.step.at;
                let help = instead("", node.outcomes.iter().map(String::as_str));
                self.problems.add("S003-outcome-unknown", at, format!("say how `{}` ended", node.id), help);
            }
            None => {}
        }
    }

    /// The step of that name, if it is of the kind that the line speaks of.
    fn spot(&mut self, spot: &'c Spot, kind: &str) -> Option<&'c Node> {
        let def = self.def;
        let fits = |node: &Node| match (&node.kind, kind) {
            (Kind::Task(_), "task") | (Kind::Work { .. }, "work" | "answer") => true,
            (found, wanted) => wanted == "step" && !matches!(found, Kind::Loop(_)),
        };
        let name = &spot.step;
        let Some(node) = def.node(name.as_str()).filter(|node| fits(node)) else {
            let help = instead(name.as_str(), def.nodes().filter(|node| fits(node)).map(|node| node.id.as_str()));
            let what = match kind {
                "task" => "task",
                "work" | "answer" => "step that the house does by itself",
                _ => "step",
            };
            self.problems.add("S002-step-unknown", name.at, format!("there is no {what} `{}`", name.as_str()), help);
            return None;
        };
        match (&node.parent, &spot.branch) {
            (Some(around), None) if kind != "answer" => {
                let help = format!("write it like `{}@crm`", node.id);
                self.problems.add("S002-step-unknown", name.at, format!("`{}` is in the loop `{around}`: name the branch", node.id), help);
            }
            (None, Some(_)) => {
                let help = format!("write `{}`", node.id);
                self.problems.add("S002-step-unknown", name.at, format!("`{}` stands in no loop and has no branches", node.id), help);
            }
            _ => {}
        }
        Some(node)
    }

    fn outcome(&mut self, node: &Node, outcome: &Name) {
        if node.outcomes.iter().all(|known| known != outcome.as_str()) {
            let help = instead(outcome.as_str(), node.outcomes.iter().map(String::as_str));
            let message = format!("`{}` never ends with `{}`", node.id, outcome.as_str());
            self.problems.add("S003-outcome-unknown", outcome.at, message, help);
        }
    }

    fn sender(&mut self, by: &Name) {
        let (kind, handle) = by.as_str().split_once('/').unwrap_or((by.as_str(), ""));
        let people = &self.scenario.people;
        match (kind, handle) {
            (SUBJECT, _) | (WORKER | CLOCK, "") => {}
            ("staff", handle) if people.contains_key(handle) => {}
            ("staff", handle) => {
                let help = instead(handle, people.keys().map(String::as_str));
                self.problems.add("S004-person-unknown", by.at, format!("nobody is called `{handle}`"), help);
            }
            _ => {
                let help = "write `subject/ola` or `staff/kari`".to_owned();
                self.problems.add("S004-person-unknown", by.at, format!("`{}` is nobody who can send something", by.as_str()), help);
            }
        }
    }

    fn lists(&mut self, lists: &'c Lists) {
        let def = self.def;
        let known: BTreeSet<&str> = def
            .nodes()
            .filter_map(|node| match &node.kind {
                Kind::Loop(inner) => Some(inner.list.as_str()),
                _ => None,
            })
            .collect();
        for (name, _) in lists {
            self.word("list that a loop runs over", name, known.iter().copied());
        }
    }

    fn expect(&mut self, expect: &'c Expect) {
        let def = self.def;
        for stage in expect.stage.iter().chain(expect.visits.iter().flatten()) {
            self.word("stage", stage, def.stages.iter().map(|stage| stage.id.as_str()));
        }
        for spot in expect.task.iter().chain(expect.tasks.iter().flatten()) {
            self.spot(spot, "task");
        }
        for spot in expect.work.iter().flatten() {
            self.spot(spot, "work");
        }
        if let Some(spot) = &expect.incident {
            self.spot(spot, "step");
        }
        for letter in expect.letters.iter().flatten() {
            self.letter(letter);
        }
        let told = expect.alarms.iter().flatten();
        for (mark, _) in told.clone() {
            let marks: Vec<String> = def.clock.alarms.iter().map(|alarm| alarm.at.to_string()).collect();
            self.word("alarm", mark, marks.iter().map(String::as_str));
        }
        for role in expect.roles.iter().flatten().chain(told.flat_map(|(_, roles)| roles)) {
            self.word("role", role, def.roles.iter().map(String::as_str).chain([SUBJECT]));
        }
        for fact in expect.facts.iter().chain(&expect.lacks) {
            self.fact(fact);
        }
        for (call, _) in &expect.calls {
            let actions: BTreeSet<&str> = def.nodes().filter_map(action).collect();
            let (name, _) = call.as_str().split_once('/').unwrap_or((call.as_str(), ""));
            self.word("action in this workflow", &Name { text: name.to_owned(), at: call.at }, actions);
        }
    }

    fn letter(&mut self, letter: &Name) {
        let def = self.def;
        self.word("letter in this workflow", letter, def.nodes().filter_map(super::letter_of));
    }

    fn fact(&mut self, fact: &Name) {
        let def = self.def;
        let changed = def.nodes().flat_map(|node| node.changes.values().flat_map(|change| &change.grants).chain(&node.on_join));
        let known: BTreeSet<&str> = changed.chain(&def.given).map(String::as_str).collect();
        self.word("fact that this workflow proves", fact, known);
    }

    fn never(&mut self, never: &'c Never) {
        let def = self.def;
        match never {
            Never::Stage(stage) => self.word("stage", stage, def.stages.iter().map(|stage| stage.id.as_str())),
            Never::Letter(letter) => self.letter(letter),
            Never::Step(step) => self.word("step", step, def.nodes().map(|node| node.id.as_str())),
        }
    }

    fn word<'w>(&mut self, what: &str, name: &Name, known: impl IntoIterator<Item = &'w str>) {
        let known: BTreeSet<&str> = known.into_iter().collect();
        if !known.contains(name.as_str()) {
            let help = instead(name.as_str(), known);
            self.problems.add("S005-name-unknown", name.at, format!("there is no {what} `{}`", name.as_str()), help);
        }
    }
}

fn action(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Work { work: Work::Act { action, .. }, .. } => Some(action),
        _ => None,
    }
}
