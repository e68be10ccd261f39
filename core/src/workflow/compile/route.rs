//! Where steps lead: every outcome handled, none invented, every target in scope.

use std::collections::BTreeMap;

use super::super::{
    compiled::{OVERDUE, Target},
    definition::{Limit, Name, Retry, Step, Then, Verb},
};
use super::Compiler;
use crate::source::spelling::{instead, list};

/// A list of steps: the scope of their targets.
pub(super) struct List<'d> {
    pub(super) stage: &'d str,
    pub(super) parent: Option<&'d str>,
    /// What follows its end; nothing does at the end of the last stage.
    pub(super) after: Option<Target>,
    /// The `retry` of the loop around it.
    pub(super) retry: Option<Retry>,
}

impl<'d> Compiler<'d> {
    /// The way of every outcome. `next` is the step below in the list.
    pub(super) fn routes(&mut self, step: &Step, outcomes: &[String], next: Option<&Step>, list: &List<'d>) -> BTreeMap<String, Target> {
        let mut routes = BTreeMap::new();
        match (&step.then, outcomes) {
            (Then::On(ways), _) => {
                for (outcome, target) in ways {
                    self.outcome_exists(outcome, outcomes, matches!(step.verb, Verb::Task(_)));
                    routes.extend(self.target(target, list).map(|target| (outcome.text.clone(), target)));
                }
                if !self.pinned {
                    let open = outcomes.iter().filter(|outcome| ways.iter().all(|(name, _)| name.text != **outcome));
                    self.unhandled(step, open.map(String::as_str).collect());
                }
            }
            (Then::Next, [only]) => routes.extend(self.below(step, next, list).map(|target| (only.clone(), target))),
            (Then::To(target), [only]) => routes.extend(self.target(target, list).map(|target| (only.clone(), target))),
            (Then::Next | Then::To(_), _) => self.unhandled(step, outcomes.iter().map(String::as_str).collect()),
        }
        routes
    }

    fn below(&mut self, step: &Step, next: Option<&Step>, list: &List<'d>) -> Option<Target> {
        let target = next.map(|next| Target::Step(next.id.text.clone())).or_else(|| list.after.clone());
        if target.is_none() {
            self.no_way_on(&step.id);
        }
        target
    }

    fn no_way_on(&mut self, at: &Name) {
        let help = "write `close:` into the last stage, or `then:` here".to_owned();
        self.problems.add("H006-no-way-on", at.at, "the case has nowhere to go from here", help);
    }

    fn outcome_exists(&mut self, outcome: &Name, outcomes: &[String], is_task: bool) {
        let overdue = is_task.then_some(OVERDUE);
        if outcomes.iter().map(String::as_str).chain(overdue).all(|known| known != outcome.as_str()) {
            let help = instead(outcome.as_str(), outcomes.iter().map(String::as_str).chain(overdue));
            self.problems.add("H005-outcome-invented", outcome.at, format!("this step never ends with `{}`", outcome.as_str()), help);
        }
    }

    fn unhandled(&mut self, step: &Step, open: Vec<&str>) {
        if !open.is_empty() {
            let message = format!("`{}` does not say where {} leads", step.id.as_str(), list(open));
            self.problems.add("H004-outcome-unhandled", step.id.at, message, "name every outcome under `then`".to_owned());
        }
    }

    /// A step of the same list, a stage, or `end`: the end of the list itself.
    fn target(&mut self, name: &Name, list: &List<'d>) -> Option<Target> {
        if name.as_str() == "end" {
            if list.after.is_none() {
                self.no_way_on(name);
            }
            return list.after.clone();
        }
        if self.definition.stages.iter().any(|stage| stage.id.text == name.text) {
            return Some(Target::Stage(name.text.clone()));
        }
        match self.homes.get(name.as_str()) {
            Some(home) if (home.stage, home.parent) == (list.stage, list.parent) => Some(Target::Step(name.text.clone())),
            Some(home) => {
                let message =
                    format!("`{}` stands elsewhere: a step leads to a step of its own list, to a stage, or to `end`", name.as_str());
                let help = format!("`{}` is in stage `{}`", name.as_str(), home.stage);
                self.problems.add("H002-target-unknown", name.at, message, help);
                None
            }
            None => {
                let near = self.homes.iter().filter(|(_, home)| (home.stage, home.parent) == (list.stage, list.parent));
                let stages = self.definition.stages.iter().map(|stage| stage.id.as_str());
                let help = instead(name.as_str(), near.map(|(name, _)| *name).chain(stages));
                self.problems.add("H002-target-unknown", name.at, format!("there is no step or stage `{}` to go to", name.as_str()), help);
                None
            }
        }
    }

    /// The limits of a step: only ways that it takes can be limited.
    pub(super) fn limits(
        &mut self,
        limit: &Limit,
        routes: &BTreeMap<String, Target>,
        list: &List<'d>,
    ) -> (BTreeMap<Target, u32>, Option<Target>) {
        let mut limits = BTreeMap::new();
        for (name, times) in &limit.times {
            let limited = routes.values().find(|target| target.name() == name.as_str());
            limits.extend(limited.map(|target| (target.clone(), *times)));
            if limited.is_none() {
                let help = instead(name.as_str(), routes.values().map(Target::name));
                self.problems.add("H002-target-unknown", name.at, format!("this step never goes to `{}`", name.as_str()), help);
            }
        }
        let exhausted = limit.then.as_ref().and_then(|name| self.target(name, list));
        (limits, exhausted)
    }
}
