//! The macrostep: from a step's end through everything that needs nobody, to where the case waits again.

mod outside;

use std::{collections::BTreeSet, sync::Arc};

use jiff::Timestamp;

use super::{
    catalogue::Effect,
    command::{Cause, Command},
    compiled::{Compiled, JOINED, Kind, Loop, Node, Target, Task},
    definition::Join,
    event::{Timer, Wait},
    explanation::Explanation,
    state::{Closed, Open, Pause, State, Waiting},
    transition::Step,
};

pub(super) struct Run<'d> {
    pub(super) def: &'d Compiled,
    pub(super) state: State,
    pub(super) explanations: Vec<Explanation>,
    at: Timestamp,
    commands: Vec<Command>,
}

impl<'d> Run<'d> {
    pub(super) const fn new(def: &'d Compiled, state: State, at: Timestamp) -> Self {
        Self { def, state, explanations: Vec::new(), at, commands: Vec::new() }
    }

    pub(super) fn into_step(self) -> Step {
        Step { state: self.state, commands: self.commands, explanations: self.explanations }
    }

    pub(super) fn start(&mut self) {
        self.begin_clock();
        if let Some(stage) = self.def.stages.first() {
            self.go(Target::Stage(stage.id.clone()), None);
        }
    }

    fn begin_clock(&mut self) {
        self.commands.push(Command::StartClock { at: self.at });
        self.prove(&self.def.given, "clock");
    }

    /// Ends a step with an outcome and goes where that leads.
    pub(super) fn finish(&mut self, node: &'d Node, wait: &Wait, outcome: &str) {
        if let Some(change) = node.changes.get(outcome) {
            self.undo(&change.kills, &node.id);
            // What has lapsed with the deadline does not come back by saying so: only a clock that begins again brings it.
            let def = self.def;
            self.prove(change.grants.iter().filter(|fact| !def.lapsing.contains(fact)), &node.id);
        }
        if wait.branch.is_none() {
            self.state.outcomes.insert(node.id.as_str().into(), outcome.into());
        }
        self.leave(wait, false);
        let Some(target) = node.routes.get(outcome) else { return };
        match self.limited(node, wait, target) {
            Some(target) => {
                let to = target.name().to_owned();
                self.explanations.push(Explanation::Routed { wait: wait.clone(), outcome: outcome.to_owned(), to });
                self.follow(node, wait, outcome, target);
            }
            None => self.raise(wait.clone(), Cause::LimitReached(target.name().to_owned())),
        }
    }

    /// The way a step takes after its limit was looked at; none: an incident.
    fn limited(&mut self, node: &'d Node, wait: &Wait, target: &'d Target) -> Option<&'d Target> {
        let Some(limit) = node.limits.get(target) else { return Some(target) };
        let taken = self.state.taken.entry(format!("{wait}>{}", target.name())).or_default();
        if *taken < *limit {
            *taken += 1;
            return Some(target);
        }
        self.explanations.push(Explanation::LimitReached { wait: wait.clone(), to: target.name().to_owned() });
        node.exhausted.as_ref()
    }

    fn follow(&mut self, node: &'d Node, wait: &Wait, outcome: &str, target: &Target) {
        let around = node.parent.as_deref().and_then(|id| self.def.node(id));
        match (around, target) {
            (Some(around), Target::BranchEnd) => self.end_branch(around),
            (Some(around), Target::Stage(_) | Target::Close(_)) => {
                let branch = wait.branch.clone().unwrap_or_default();
                self.explanations.push(Explanation::LeftLoop { step: around.id.clone(), branch, outcome: outcome.to_owned() });
                self.call_off();
                self.go(target.clone(), None);
            }
            _ => self.go(target.clone(), wait.branch.as_deref()),
        }
    }

    fn end_branch(&mut self, around: &'d Node) {
        let Kind::Loop(inner) = &around.kind else { return };
        if inner.join == Join::Any {
            self.call_off();
        }
        if self.state.open.is_empty()
            && let Some(target) = self.join(around, inner)
        {
            self.go(target, None);
        }
    }

    fn join(&mut self, around: &Node, inner: &Loop) -> Option<Target> {
        let branches = self.state.lists.get(&inner.list).map_or(0, |items| u32::try_from(items.len()).unwrap_or(u32::MAX));
        self.explanations.push(Explanation::Joined { step: around.id.clone(), branches });
        let def = self.def;
        self.prove(inner.body.iter().filter_map(|id| def.node(id)).flat_map(|node| &node.on_join), &around.id);
        self.state.outcomes.insert(around.id.as_str().into(), JOINED.into());
        around.routes.get(JOINED).cloned()
    }

    /// Walks on until the case waits or is closed. A way longer than the definition is a circle without a wait.
    fn go(&mut self, target: Target, branch: Option<&str>) {
        let (mut next, mut last) = (target, String::new());
        for _ in 0..=2 * (self.def.nodes.len() + self.def.stages.len()) {
            let further = match &next {
                Target::Stage(id) => self.enter(id),
                Target::Step(id) => {
                    last.clone_from(id);
                    self.def.node(id).and_then(|node| self.begin(node, branch))
                }
                Target::Close(id) => return self.close(id),
                Target::BranchEnd => return,
            };
            match further {
                Some(further) => next = further,
                None => return,
            }
        }
        self.raise(Wait::at(&last), Cause::Endless);
    }

    fn enter(&mut self, id: &str) -> Option<Target> {
        id.clone_into(&mut self.state.stage);
        if !self.state.entered.contains(id) {
            Arc::make_mut(&mut self.state.entered).insert(id.to_owned());
        }
        self.def.stage(id).map(|stage| stage.entry.clone())
    }

    /// Begins a step; where it goes at once if there is nothing to wait for.
    fn begin(&mut self, node: &'d Node, branch: Option<&str>) -> Option<Target> {
        let wait = Wait { step: node.id.clone(), branch: branch.map(str::to_owned) };
        // Asked again at run time: a mistake in the definition becomes an incident.
        let missing = self.state.missing(node);
        if !missing.is_empty() {
            self.raise(wait, Cause::NeedsMissing(missing));
            return None;
        }
        match &node.kind {
            Kind::Task(task) => self.open_task(node, task, wait),
            Kind::Work { work, effect, idempotency, .. } => {
                self.state.past_return |= *effect == Effect::Irreversible;
                self.open(wait.clone(), Waiting::Work);
                self.commands.push(Command::Perform { wait, work: work.clone(), effect: *effect, idempotency: *idempotency });
            }
            Kind::Loop(inner) => return self.begin_loop(node, inner, wait),
        }
        None
    }

    fn begin_loop(&mut self, node: &'d Node, inner: &Loop, wait: Wait) -> Option<Target> {
        let Some(items) = Arc::make_mut(&mut self.state.lists).get_mut(&inner.list) else {
            self.raise(wait, Cause::ListMissing(inner.list.clone()));
            return None;
        };
        let mut seen = BTreeSet::new();
        items.retain(|item| seen.insert(item.clone()));
        let items = items.clone();
        self.state
            .taken
            .retain(|way, _| !inner.body.iter().any(|step| way.strip_prefix(step.as_str()).is_some_and(|rest| rest.starts_with('@'))));
        if items.is_empty() {
            return self.join(node, inner);
        }
        let first = self.def.node(&inner.first)?;
        for item in &items {
            self.begin(first, Some(item));
        }
        None
    }

    fn open_task(&mut self, node: &Node, task: &Task, wait: Wait) {
        let due_at = task.due.after(self.at);
        let escalations = task.escalate.iter().zip(0_u16..).map(|((after, _), n)| (Timer::Escalate(wait.clone(), n), after.after(self.at)));
        let timers: Vec<_> = std::iter::once((Timer::Due(wait.clone()), due_at)).chain(escalations).collect();
        let did = task.not_by.iter().filter_map(|step| self.state.did.get(step));
        let not_by: BTreeSet<String> = did.flatten().cloned().collect();
        self.commands.push(Command::OpenTask {
            wait: wait.clone(),
            roles: task.roles.clone(),
            form: task.form.clone(),
            due_at,
            shows: task.shows.clone(),
            not_by: not_by.into_iter().collect(),
        });
        let set = timers.iter().map(|(timer, at)| Command::SetTimer { timer: timer.clone(), at: *at });
        self.commands.extend(set);
        if let Some(basis) = &node.pauses {
            self.state.pauses.push(Pause { wait: wait.clone(), basis: basis.clone(), from: self.at, to: None });
            self.commands.push(Command::StopClock { wait: wait.clone(), basis: basis.clone(), at: self.at });
        }
        self.open(wait, Waiting::Task { timers, joined: Vec::new() });
    }

    fn open(&mut self, wait: Wait, for_what: Waiting) {
        self.state.open.push(Open { wait, since: self.at, for_what });
    }

    pub(super) fn raise(&mut self, wait: Wait, cause: Cause) {
        self.commands.push(Command::RaiseIncident { wait: wait.clone(), cause: cause.clone() });
        self.open(wait, Waiting::Incident(cause));
    }

    /// Stops waiting at a step.
    pub(super) fn leave(&mut self, wait: &Wait, called_off: bool) {
        let Some(index) = self.state.open.iter().position(|open| open.wait == *wait) else { return };
        match self.state.open.remove(index).for_what {
            Waiting::Task { timers, .. } => {
                self.commands.push(Command::CloseTask { wait: wait.clone() });
                if !timers.is_empty() {
                    self.commands.push(Command::ClearTimers { wait: wait.clone() });
                }
            }
            Waiting::Work if called_off => self.commands.push(Command::Cancel { wait: wait.clone() }),
            Waiting::Work => {}
            Waiting::Incident(_) => self.commands.push(Command::CloseIncident { wait: wait.clone() }),
        }
        if let Some(pause) = self.state.pauses.iter_mut().find(|pause| pause.wait == *wait && pause.to.is_none()) {
            pause.to = Some(self.at);
            self.commands.push(Command::ResumeClock { wait: wait.clone(), at: self.at });
        }
    }

    /// Stops waiting for anything.
    fn call_off(&mut self) {
        let waits: Vec<Wait> = self.state.open.iter().map(|open| open.wait.clone()).collect();
        for wait in waits {
            self.leave(&wait, true);
        }
    }

    fn close(&mut self, stage: &str) {
        let Some((ending, keep)) = self.def.stage(stage).and_then(|stage| stage.close) else { return };
        self.state.closed = Some(Closed { ending, at: self.at });
        self.commands.push(Command::Close { ending, keep });
    }

    fn undo(&mut self, facts: &[String], by: &str) {
        for fact in facts {
            if self.state.facts.contains(fact) {
                Arc::make_mut(&mut self.state.facts).remove(fact);
                self.explanations.push(Explanation::Undone { fact: fact.clone(), by: by.to_owned() });
            }
        }
    }

    fn prove<'f>(&mut self, facts: impl IntoIterator<Item = &'f String>, by: &str) {
        for fact in facts {
            if !self.state.facts.contains(fact) {
                Arc::make_mut(&mut self.state.facts).insert(fact.clone());
                self.explanations.push(Explanation::Proven { fact: fact.clone(), by: by.to_owned() });
            }
        }
    }
}
