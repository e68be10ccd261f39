//! Checks a definition against a catalogue and resolves every name: a [`Definition`] becomes a [`Compiled`].
//!
//! Here stands what a definition must have to be runnable at all; what must be *proved* about it is a matter of its own.

mod names;
mod route;
mod step;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::{
    catalogue::Catalogue,
    command::Work,
    compiled::{Compiled, Kind, Node, SUBJECT, Signal, Stage, Target},
    definition::{self, Definition, Name, Step, Verb},
    pinned,
};
use crate::source::{
    diagnostic::{Diagnostic, Problems},
    spelling::instead,
};

/// Compiles; all problems at once, in reading order.
pub fn compile(definition: &Definition, catalogue: &Catalogue) -> Result<Compiled, Vec<Diagnostic>> {
    compiled(definition, catalogue, false)
}

/// Compiles what running cases are pinned to. An outcome that a form or an action has gained since then leads nowhere, and who chooses
/// it is refused; whatever the definition does say is as it was.
pub fn compile_pinned(definition: &Definition, catalogue: &Catalogue) -> Result<Compiled, Vec<Diagnostic>> {
    compiled(definition, catalogue, true)
}

fn compiled(definition: &Definition, catalogue: &Catalogue, pinned: bool) -> Result<Compiled, Vec<Diagnostic>> {
    let mut compiler = Compiler {
        pinned,
        definition,
        catalogue,
        facts: catalogue.facts(),
        homes: BTreeMap::new(),
        nodes: BTreeMap::new(),
        problems: Problems::new(&definition.file, &definition.text),
    };
    compiler.find_homes();
    compiler.check_roles();
    compiler.check_clock();
    let stages = compiler.stages();
    let signals = compiler.signals();
    if let Some(form) = &definition.input {
        compiler.known("form", form, catalogue.forms.keys());
    }
    let text = pinned::joined(&definition.text, &compiler.written());
    let runnable = Compiled {
        name: definition.name.text.clone(),
        version: definition.version,
        sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(&text)),
        text,
        title: definition.title.clone(),
        right: definition.right.clone(),
        roles: texts(&definition.roles),
        clock: definition.clock.clone(),
        input: definition.input.as_ref().map(|form| form.text.clone()),
        stages,
        signals,
        nodes: compiler.nodes,
        given: catalogue.given.iter().cloned().collect(),
        lapsing: catalogue.lapsing.iter().cloned().collect(),
        restarting: catalogue.restarting.iter().cloned().collect(),
        attestable: catalogue.attestable.iter().cloned().collect(),
        leads: catalogue.leads.iter().cloned().collect(),
    };
    compiler.problems.answer(Some(runnable))
}

/// Where a step stands, and what it is.
struct Home<'d> {
    stage: &'d str,
    parent: Option<&'d str>,
    step: &'d Step,
}

struct Compiler<'d> {
    pinned: bool,
    definition: &'d Definition,
    catalogue: &'d Catalogue,
    facts: BTreeSet<&'d str>,
    homes: BTreeMap<&'d str, Home<'d>>,
    nodes: BTreeMap<String, Node>,
    problems: Problems<'d>,
}

impl<'d> Compiler<'d> {
    /// The decisions it asks that somebody wrote, with their texts.
    fn written(&self) -> BTreeMap<&'d str, &'d str> {
        let asked = self.nodes.values().filter_map(|node| match &node.kind {
            Kind::Work { work: Work::Decide { decision, .. }, .. } => self.catalogue.written.get_key_value(decision),
            _ => None,
        });
        asked.map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }

    /// Finds every step; a name is used once in a workflow, by a stage or by a step.
    fn find_homes(&mut self) {
        let definition = self.definition;
        let mut names = BTreeSet::from(["end"]);
        for stage in &definition.stages {
            self.claim(&stage.id, &mut names);
            for step in &stage.steps {
                self.settle(Home { stage: stage.id.as_str(), parent: None, step }, &mut names);
            }
        }
    }

    fn settle(&mut self, home: Home<'d>, names: &mut BTreeSet<&'d str>) {
        let Home { stage, step, .. } = home;
        self.claim(&step.id, names);
        self.homes.entry(step.id.as_str()).or_insert(home);
        for inner in step.body() {
            self.settle(Home { stage, parent: Some(step.id.as_str()), step: inner }, names);
        }
    }

    fn claim(&mut self, name: &'d Name, names: &mut BTreeSet<&'d str>) {
        if !names.insert(name.as_str()) {
            let message = format!("the name `{}` is taken", name.as_str());
            self.problems.add("H001-name-twice", name.at, message, "stages and steps share one set of names; choose another".to_owned());
        }
    }

    fn stages(&mut self) -> Vec<Stage> {
        let definition = self.definition;
        let followers = definition.stages.iter().skip(1).map(Some).chain([None]);
        definition.stages.iter().zip(followers).map(|(stage, next)| self.stage(stage, next)).collect()
    }

    fn stage(&mut self, stage: &'d definition::Stage, next: Option<&'d definition::Stage>) -> Stage {
        let id = stage.id.text.clone();
        let close = Target::Close(id.clone());
        let after = match (stage.close, next) {
            (Some(_), _) => Some(close.clone()),
            (None, Some(next)) => Some(Target::Stage(next.id.text.clone())),
            (None, None) => None,
        };
        self.steps(&stage.steps, &route::List { stage: stage.id.as_str(), parent: None, after, retry: None });
        let entry = stage.steps.first().map_or(close, |step| Target::Step(step.id.text.clone()));
        let close = stage.close.map(|ending| (ending, stage.keep));
        let steps = stage.steps.iter().map(|step| step.id.text.clone()).collect();
        Stage { id, steps, entry, close, point_of_no_return: stage.point_of_no_return }
    }

    fn signals(&mut self) -> Vec<Signal> {
        let definition = self.definition;
        let mut signals = Vec::new();
        for rule in &definition.any_time {
            for stage in rule.until.iter().chain(&rule.within_stages).chain([&rule.then]) {
                self.stage_known(stage);
            }
            for role in &rule.from {
                self.sender_known(role);
            }
            signals.push(Signal {
                event: rule.event.text.clone(),
                from: texts(&rule.from),
                until: rule.until.as_ref().map(|stage| stage.text.clone()),
                stages: texts(&rule.within_stages),
                within: rule.within,
                then: rule.then.text.clone(),
            });
        }
        signals
    }

    fn check_roles(&mut self) {
        let definition = self.definition;
        for role in &definition.roles {
            self.sender_known(role);
        }
        for role in definition.clock.alarms.iter().flat_map(|alarm| &alarm.tell) {
            self.role_listed(role);
        }
    }

    fn check_clock(&mut self) {
        let definition = self.definition;
        if let Some(extend) = &definition.clock.extend {
            self.known("letter", &extend.letter, self.catalogue.letters.keys());
        }
        for (step, _) in &definition.clock.paused_in {
            let home = self.homes.get(step.as_str()).map(|home| &home.step.verb);
            if home.is_none() {
                let help = instead(step.as_str(), self.homes.keys().copied());
                self.problems.add("H003-name-unknown", step.at, format!("there is no step `{}`", step.as_str()), help);
            } else if !matches!(home, Some(Verb::Task(task)) if task.roles.iter().all(|role| role.as_str() == SUBJECT)) {
                let message = format!("the clock must not stand still in `{}`: there the subject owes us nothing", step.as_str());
                self.problems.add("H008-pause-not-owed", step.at, message, "pause only in a task of the `subject`".to_owned());
            }
        }
    }
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.text.clone()).collect()
}
