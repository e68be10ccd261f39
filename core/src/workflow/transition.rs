//! One event, one step: who may do what now, checked here; what follows from it is [`Run`]'s.
//!
//! Pure: the same definition, state and event give the same step, today and in ten years.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    command::{Cause, Command},
    compiled::{Compiled, FAILED, Kind, Node, OVERDUE, SUBJECT, Signal, Task},
    event::{CLOCK, Event, EventKind, Resolution, Timer, WORKER, Wait},
    explanation::Explanation,
    refusal::{Refusal, Window},
    run::Run,
    state::{Open, State, Waiting},
    ways,
};

/// What an event leads to. State and commands are saved together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Where the case stands now.
    pub state: State,
    /// What is to be done, in order.
    pub commands: Vec<Command>,
    /// Why.
    pub explanations: Vec<Explanation>,
}

/// Opens a case.
pub fn start(def: &Compiled, event: &Event) -> Result<Step, Refusal> {
    let EventKind::Opened { lists } = &event.kind else { return Err(Refusal::NotStarted) };
    let mut run = Run::new(def, State::new(&def.sha256, lists.clone()), event.at);
    run.start();
    Ok(run.into_step())
}

/// Moves a case.
pub fn transition(def: &Compiled, state: &State, event: &Event) -> Result<Step, Refusal> {
    if *state.sha256 != *def.sha256 {
        return Err(Refusal::WrongDefinition);
    }
    if state.closed.is_some() && !matches!(event.kind, EventKind::Signalled { .. } | EventKind::Opened { .. }) {
        return Err(Refusal::CaseClosed);
    }
    let mut run = Run::new(def, state.clone(), event.at);
    match &event.kind {
        EventKind::Opened { .. } => return Err(Refusal::AlreadyStarted),
        // Needs both versions: `version::migrate`.
        EventKind::Migrated { .. } => return Err(Refusal::WrongDefinition),
        EventKind::Submitted { wait, outcome } => submit(&mut run, event, wait, outcome)?,
        EventKind::Reported { wait, outcome, lists } => report(&mut run, event, wait, outcome, lists)?,
        EventKind::Failed { wait, cause } => fail(&mut run, event, wait, cause)?,
        EventKind::Resolved { wait, how } => resolve(&mut run, event, wait, how)?,
        EventKind::Elapsed { timer } => elapse(&mut run, event, timer)?,
        EventKind::Signalled { name } => run.signal(signal(def, state, event, name)?),
    }
    Ok(run.into_step())
}

/// The state that a case's accepted events lead to; nothing without any.
pub fn fold<'e>(def: &Compiled, events: impl IntoIterator<Item = &'e Event>) -> Result<Option<State>, Refusal> {
    events.into_iter().try_fold(None, |state: Option<State>, event| {
        let step = match &state {
            None => start(def, event)?,
            Some(state) => transition(def, state, event)?,
        };
        Ok(Some(step.state))
    })
}

fn submit(run: &mut Run<'_>, event: &Event, wait: &Wait, outcome: &str) -> Result<(), Refusal> {
    let (node, open) = open_at(run, wait)?;
    let (Kind::Task(task), Waiting::Task { joined, .. }) = (&node.kind, &open.for_what) else {
        return Err(Refusal::WrongKind(wait.clone()));
    };
    allow(event, wait, task.roles.iter().chain(joined))?;
    four_eyes(&run.state, event, wait, task)?;
    node.may_end(wait, outcome)?;
    run.remember(&wait.step, &event.by);
    run.finish(node, wait, outcome);
    Ok(())
}

/// Separation of duties: whoever did a step that is checked here may not do the check.
fn four_eyes(state: &State, event: &Event, wait: &Wait, task: &Task) -> Result<(), Refusal> {
    let did = |step: &&String| state.did.get(*step).is_some_and(|people| people.contains(&event.by));
    match task.not_by.iter().find(did) {
        Some(did) => Err(Refusal::FourEyes { step: wait.step.clone(), did: did.clone() }),
        None => Ok(()),
    }
}

fn report(run: &mut Run<'_>, event: &Event, wait: &Wait, outcome: &str, lists: &BTreeMap<String, Vec<String>>) -> Result<(), Refusal> {
    let node = working_at(run, event, wait)?;
    node.may_end(wait, outcome)?;
    if !lists.is_empty() {
        Arc::make_mut(&mut run.state.lists).extend(lists.clone());
    }
    run.finish(node, wait, outcome);
    Ok(())
}

/// A step that names the outcome `failed` takes it; for any other a person must look.
fn fail(run: &mut Run<'_>, event: &Event, wait: &Wait, cause: &str) -> Result<(), Refusal> {
    let node = working_at(run, event, wait)?;
    if node.outcomes.iter().any(|outcome| outcome == FAILED) {
        run.finish(node, wait, FAILED);
    } else {
        run.leave(wait, false);
        run.raise(wait.clone(), Cause::Failed(cause.to_owned()));
    }
    Ok(())
}

fn resolve(run: &mut Run<'_>, event: &Event, wait: &Wait, how: &Resolution) -> Result<(), Refusal> {
    let (node, open) = open_at(run, wait)?;
    if event.is_subject() || !run.def.roles.iter().any(|role| event.plays(role)) {
        return Err(Refusal::RoleMissing { wait: wait.to_string(), roles: run.def.roles.clone() });
    }
    if !matches!(open.for_what, Waiting::Incident(_)) {
        return Err(Refusal::WrongKind(wait.clone()));
    }
    let leading = matches!(how, Resolution::Skip { .. } | Resolution::Restart);
    if leading && !run.def.leads.iter().any(|role| event.plays(role)) {
        return Err(Refusal::RoleMissing { wait: wait.to_string(), roles: run.def.leads.clone() });
    }
    match how {
        Resolution::Retry => run.retry(wait, &BTreeMap::new()),
        Resolution::RetryWith { with } => {
            ways::change(&run.state, node, wait, with)?;
            run.retry(wait, with);
        }
        Resolution::ByHand { outcome } => {
            ways::by_hand(run.def, &run.state, node, wait, outcome)?;
            run.explanations.push(Explanation::ByHand { wait: wait.clone(), outcome: outcome.clone() });
            run.remember(&wait.step, &event.by);
            run.finish(node, wait, outcome);
        }
        Resolution::Skip { reason } => {
            ways::skip(run.def, node, wait)?;
            run.skip(node, wait, reason);
        }
        Resolution::Restart => {
            let first = ways::restart(run.def, &run.state)?;
            run.send_back(wait, &first.id);
        }
    }
    Ok(())
}

fn elapse(run: &mut Run<'_>, event: &Event, timer: &Timer) -> Result<(), Refusal> {
    if event.by != CLOCK {
        return Err(Refusal::RoleMissing { wait: timer.kind(), roles: vec![CLOCK.to_owned()] });
    }
    let wait = match timer {
        Timer::Deadline => {
            run.lapse();
            return Ok(());
        }
        Timer::Alarm(number) => return run.alarm(*number),
        Timer::Due(wait) | Timer::Escalate(wait, _) => wait,
    };
    let (node, open) = open_at(run, wait)?;
    let Waiting::Task { timers, .. } = &open.for_what else { return Err(Refusal::WrongKind(wait.clone())) };
    let (_, at) = timers.iter().find(|(set, _)| set == timer).ok_or(Refusal::TimerUnset)?;
    if event.at < *at {
        return Err(Refusal::TimerEarly);
    }
    run.disarm(timer);
    if let Timer::Escalate(_, number) = timer {
        run.widen(node, wait, *number);
    } else {
        run.explanations.push(Explanation::Overdue { wait: wait.clone() });
        if node.routes.contains_key(OVERDUE) {
            run.finish(node, wait, OVERDUE);
        }
    }
    Ok(())
}

/// The rule of the definition that lets this event through now.
fn signal<'d>(def: &'d Compiled, state: &State, event: &Event, name: &str) -> Result<&'d Signal, Refusal> {
    let rules: Vec<&Signal> = def.signals.iter().filter(|rule| rule.event == name).collect();
    if rules.is_empty() {
        return Err(Refusal::SignalUnknown(name.to_owned()));
    }
    let allowed: Vec<&Signal> = rules.iter().filter(|rule| rule.from.iter().any(|role| event.plays(role))).copied().collect();
    if allowed.is_empty() {
        let senders = rules.iter().flat_map(|rule| rule.from.clone()).collect();
        return Err(Refusal::RoleMissing { wait: name.to_owned(), roles: senders });
    }
    let mut window = Window::WhileOpen;
    for rule in allowed {
        match missed(rule, state, event) {
            None => return Ok(rule),
            Some(missed) => window = missed,
        }
    }
    Err(Refusal::SignalOutOfWindow { name: name.to_owned(), window })
}

/// The window that an event came too early or too late for.
fn missed(rule: &Signal, state: &State, event: &Event) -> Option<Window> {
    if rule.stages.is_empty() && state.closed.is_some() {
        return Some(Window::WhileOpen);
    }
    if !rule.stages.is_empty() && !rule.stages.contains(&state.stage) {
        return Some(Window::In(rule.stages.clone()));
    }
    if let Some(until) = rule.until.as_ref().filter(|until| state.entered.contains(*until)) {
        return Some(Window::Until(until.clone()));
    }
    let (closed, within) = state.closed.as_ref().zip(rule.within)?;
    (event.at > within.after(closed.at)).then_some(Window::Within(within))
}

fn open_at<'r, 'd>(run: &'r Run<'d>, wait: &Wait) -> Result<(&'d Node, &'r Open), Refusal> {
    run.def.node(&wait.step).zip(run.state.waiting(wait)).ok_or_else(|| Refusal::NotOpen(wait.clone()))
}

fn working_at<'d>(run: &Run<'d>, event: &Event, wait: &Wait) -> Result<&'d Node, Refusal> {
    if event.by != WORKER {
        return Err(Refusal::RoleMissing { wait: wait.to_string(), roles: vec![WORKER.to_owned()] });
    }
    let (node, open) = open_at(run, wait)?;
    if open.for_what == Waiting::Work { Ok(node) } else { Err(Refusal::WrongKind(wait.clone())) }
}

fn allow<'r>(event: &Event, wait: &Wait, mut roles: impl Iterator<Item = &'r String> + Clone) -> Result<(), Refusal> {
    let subject_only = roles.clone().all(|role| role == SUBJECT);
    let all = roles.clone();
    let allowed = roles.any(|role| event.plays(role)) && (subject_only || !event.is_subject());
    if allowed { Ok(()) } else { Err(Refusal::RoleMissing { wait: wait.to_string(), roles: all.cloned().collect() }) }
}
