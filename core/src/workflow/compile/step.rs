//! Steps become nodes: the verb with the catalogue's terms beside it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    catalogue::{Action, Effect, Idempotency, Terms},
    command::Work,
    compiled::{JOINED, Kind, Loop, Node, SUBJECT, Target, Task},
    definition::{self, Decide, Do, Each, Step, Verb},
};
use super::{Compiler, route::List, texts};
use crate::source::spelling::instead;

/// The rule of a need that a definition states itself.
const DECLARED: &str = "G020-need-unmet";

impl<'d> Compiler<'d> {
    pub(super) fn steps(&mut self, steps: &'d [Step], list: &List<'d>) {
        let below = steps.iter().skip(1).map(Some).chain([None]);
        for (step, next) in steps.iter().zip(below) {
            if let Some((kind, terms)) = self.verb(step, list) {
                let node = self.node(step, next, kind, terms, list);
                self.nodes.insert(node.id.clone(), node);
            }
        }
    }

    fn node(&mut self, step: &'d Step, next: Option<&'d Step>, kind: Kind, terms: Terms, list: &List<'d>) -> Node {
        let routes = self.routes(step, &terms.outcomes, next, list);
        let (limits, exhausted) = step.limit.as_ref().map(|limit| self.limits(limit, &routes, list)).unwrap_or_default();
        for fact in &step.needs {
            self.fact_known(fact);
        }
        let rule = |fact: &String| terms.rule.filter(|_| terms.needs.contains(fact)).unwrap_or(DECLARED);
        let needs: BTreeSet<String> = texts(&step.needs).into_iter().chain(terms.needs.iter().cloned()).collect();
        let rules = needs.iter().map(|fact| (fact.clone(), rule(fact))).collect();
        let changes = terms.outcomes.iter().map(|outcome| (outcome.clone(), terms.change(outcome))).collect();
        let outcomes = terms.outcomes.into_iter().filter(|outcome| !self.pinned || routes.contains_key(outcome)).collect();
        let paused = self.definition.clock.paused_in.iter().find(|(name, _)| name.text == step.id.text);
        Node {
            id: step.id.text.clone(),
            stage: list.stage.to_owned(),
            parent: list.parent.map(str::to_owned),
            kind,
            changes,
            outcomes,
            routes,
            on_join: terms.on_join,
            needs: needs.into_iter().collect(),
            rules,
            limits,
            exhausted,
            pauses: paused.map(|(_, basis)| basis.clone()),
        }
    }

    fn verb(&mut self, step: &'d Step, list: &List<'d>) -> Option<(Kind, Terms)> {
        match &step.verb {
            Verb::Task(task) => self.task(step, task),
            Verb::Do(perform) => self.perform(step, perform, list),
            Verb::Decide(decide) => self.decide(decide, list),
            Verb::Each(each) => self.each(step, each, list),
        }
    }

    fn task(&mut self, step: &Step, task: &definition::Task) -> Option<(Kind, Terms)> {
        let catalogue = self.catalogue;
        for role in task.roles.iter().chain(task.escalate.iter().map(|more| &more.to)).filter(|role| role.as_str() != SUBJECT) {
            self.role_listed(role);
        }
        for name in task.not_by.iter().chain(&task.nor_by) {
            self.shows_step(name, "H032-not-by-unknown", true);
        }
        for name in &task.shows {
            self.shows_step(name, "H003-name-unknown", false);
        }
        let form = self.known("form", &task.form, catalogue.forms.keys()).then(|| catalogue.forms.get(task.form.as_str()))??;
        let subjects = task.roles.iter().filter(|role| role.as_str() == SUBJECT).count();
        if (form.by_subject && subjects != task.roles.len()) || (!form.by_subject && subjects > 0) {
            let whose = if form.by_subject { "the subject" } else { "staff" };
            let message = format!("the form `{}` is filled in by {whose}", task.form.as_str());
            self.problems.add("H034-form-not-theirs", task.form.at, message, None);
        }
        if form.four_eyes && task.not_by.is_empty() {
            let message = format!("the form `{}` needs four eyes", task.form.as_str());
            let help = "add `four-eyes: {not-by: [STEP]}` with the steps that are checked here".to_owned();
            self.problems.add("H031-four-eyes-missing", step.id.at, message, help);
        }
        let kind = Task {
            roles: texts(&task.roles),
            form: task.form.text.clone(),
            due: task.due,
            escalate: task.escalate.iter().map(|more| (more.after, more.to.text.clone())).collect(),
            not_by: [texts(&task.not_by), texts(&task.nor_by)].concat(),
            shows: texts(&task.shows),
        };
        Some((Kind::Task(kind), form.terms.clone()))
    }

    fn shows_step(&mut self, name: &definition::Name, code: &'static str, task: bool) {
        let is_task = |step: &Step| matches!(step.verb, Verb::Task(_));
        if self.homes.get(name.as_str()).is_none_or(|home| task && !is_task(home.step)) {
            let known = self.homes.values().filter(|home| !task || is_task(home.step)).map(|home| home.step.id.as_str());
            let help = instead(name.as_str(), known);
            let what = if task { "task" } else { "step" };
            self.problems.add(code, name.at, format!("there is no {what} `{}`", name.as_str()), help);
        }
    }

    fn perform(&mut self, step: &Step, perform: &'d Do, list: &List<'d>) -> Option<(Kind, Terms)> {
        let catalogue = self.catalogue;
        let action =
            self.known("action", &perform.action, catalogue.actions.keys()).then(|| catalogue.actions.get(&perform.action.text))??;
        let mut terms = action.terms.clone();
        for taken in action.takes.iter().filter(|taken| perform.with.iter().all(|(key, _)| key.text != **taken)) {
            let message = format!("`{}` must be told its `{taken}`", perform.action.as_str());
            self.problems.add("H003-name-unknown", step.id.at, message, format!("add `with: {{{taken}: …}}`"));
        }
        for (key, value) in &perform.with {
            if !action.takes.contains(&key.text) {
                let help = instead(key.as_str(), action.takes.iter().map(String::as_str));
                let message = format!("`{}` has no setting `{}`", perform.action.as_str(), key.as_str());
                self.problems.add("H003-name-unknown", key.at, message, help);
            } else if key.as_str() == "letter"
                && self.known("letter", value, catalogue.letters.keys())
                && let Some(letter) = catalogue.letters.get(value.as_str())
            {
                terms.rule = letter.terms.rule.or(terms.rule);
                terms.needs.extend(letter.terms.needs.iter().cloned());
                terms.always.grants.extend(letter.terms.always.grants.iter().cloned());
                terms.always.kills.extend(letter.terms.always.kills.iter().cloned());
            }
        }
        let with: BTreeMap<_, _> = perform.with.iter().map(|(key, value)| (key.text.clone(), value.text.clone())).collect();
        let retry = perform.retry.or(list.retry).unwrap_or_default();
        let work = Work::Act { action: perform.action.text.clone(), with, retry };
        let Action { effect, idempotency, ref changeable, .. } = *action;
        Some((Kind::Work { work, effect, idempotency, changeable: changeable.clone() }, terms))
    }

    fn decide(&mut self, decide: &Decide, list: &List<'d>) -> Option<(Kind, Terms)> {
        let catalogue = self.catalogue;
        if let Some(over) = &decide.over {
            self.known("list", over, catalogue.lists.iter());
        }
        let name = &decide.decision;
        let terms = self.known("decision", name, catalogue.decisions.keys()).then(|| catalogue.decisions.get(name.as_str()))??;
        let over = decide.over.as_ref().map(|over| over.text.clone());
        let work = Work::Decide { decision: name.text.clone(), over, retry: list.retry.unwrap_or_default() };
        let kind = Kind::Work { work, effect: Effect::Internal, idempotency: Idempotency::Natural, changeable: Vec::new() };
        Some((kind, terms.clone()))
    }

    fn each(&mut self, step: &'d Step, each: &'d Each, list: &List<'d>) -> Option<(Kind, Terms)> {
        self.known("list", &each.list, self.catalogue.lists.iter());
        if list.parent.is_some() {
            let help = "let the inner list be worked in a step of its own after this one".to_owned();
            self.problems.add("H007-loop-in-loop", step.id.at, "a loop must not stand in a loop", help);
            return None;
        }
        let body = List { stage: list.stage, parent: Some(step.id.as_str()), after: Some(Target::BranchEnd), retry: each.retry };
        self.steps(&each.steps, &body);
        let first = each.steps.first()?.id.text.clone();
        let body = each.steps.iter().map(|step| step.id.text.clone()).collect();
        let kind = Loop { list: each.list.text.clone(), first, body, join: each.join };
        Some((Kind::Loop(kind), Terms::new([JOINED])))
    }
}
