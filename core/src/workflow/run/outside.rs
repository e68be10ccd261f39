//! What moves a case from outside its steps: any-time events, the clock, people at an incident.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    super::{
        command::{Command, Work},
        compiled::{Kind, Node, Signal, Target},
        event::{Timer, Wait},
        explanation::Explanation,
        refusal::Refusal,
        state::{Open, Waiting},
    },
    Run,
};

impl<'d> Run<'d> {
    /// An any-time event: the case begins again at a stage; what it had proved for its end no longer counts.
    pub(in super::super) fn signal(&mut self, rule: &'d Signal) {
        if self.state.closed.take().is_some() {
            self.commands.push(Command::Reopen);
            self.state.did = Arc::default();
            self.state.past_return = false;
            self.state.entered = Arc::default();
            self.state.outcomes.clear();
            self.begin_clock();
        }
        self.explanations.push(Explanation::Signalled { name: rule.event.clone(), to: rule.then.clone() });
        self.begin_anew(&rule.then, &rule.event);
    }

    /// A person sends the case back because of an incident.
    pub(in super::super) fn send_back(&mut self, wait: &Wait, stage: &str) {
        self.explanations.push(Explanation::SentBack { wait: wait.clone(), to: stage.to_owned() });
        self.begin_anew(stage, &wait.step);
    }

    fn begin_anew(&mut self, stage: &str, by: &str) {
        self.undo(&self.def.restarting, by);
        self.uncount();
        self.call_off();
        self.go(Target::Stage(stage.to_owned()), None);
    }

    /// Sending a case back is no way round a limit: a count goes on until its step has ended in another way than the counted one, and ends
    /// with the case. Nobody is asked for ever by changing the request. In loops it begins anew with the loop.
    fn uncount(&mut self) {
        let (def, outcomes) = (self.def, &self.state.outcomes);
        let goes_on = |step: &str, to: &str| {
            let last = outcomes.get(step).and_then(|outcome| def.node(step)?.routes.get(&**outcome));
            last.is_some_and(|target| target.name() == to)
        };
        self.state.taken.retain(|way, _| way.split_once('>').is_some_and(|(step, to)| goes_on(step, to)));
    }

    /// The step begins again, with these settings in place of the definition's.
    pub(in super::super) fn retry(&mut self, wait: &Wait, with: &BTreeMap<String, String>) {
        let ways = format!("{wait}>");
        self.state.taken.retain(|way, _| !way.starts_with(&ways));
        self.leave(wait, false);
        self.begin_again(wait);
        for command in &mut self.commands {
            if let Command::Perform { wait: begun, work: Work::Act { with: settings, .. }, .. } = command
                && begun == wait
            {
                settings.extend(with.clone());
            }
        }
    }

    /// A step that was left begins anew.
    pub(in super::super) fn begin_again(&mut self, wait: &Wait) {
        self.go(Target::Step(wait.step.clone()), wait.branch.as_deref());
    }

    pub(in super::super) fn reset_clock(&mut self) {
        self.commands.push(Command::ResetClock { at: self.at });
    }

    pub(in super::super) fn skip(&mut self, node: &'d Node, wait: &Wait, reason: &str) {
        self.explanations.push(Explanation::Skipped { wait: wait.clone(), reason: reason.to_owned() });
        self.leave(wait, false);
        let plain = if node.parent.is_some() { Some(&Target::BranchEnd) } else { node.routes.values().next() };
        if let Some(target) = plain {
            self.follow(node, wait, "skipped", target);
        }
    }

    pub(in super::super) fn remember(&mut self, step: &str, by: &str) {
        Arc::make_mut(&mut self.state.did).entry(step.to_owned()).or_default().insert(by.to_owned());
    }

    /// The legal deadline has passed.
    pub(in super::super) fn lapse(&mut self) {
        self.undo(&self.def.lapsing, "clock");
        let missed = self.def.clock.alarms.iter().filter_map(|alarm| alarm.record.as_ref());
        self.commands.extend(missed.map(|fact| Command::Record { fact: fact.text.clone() }));
    }

    pub(in super::super) fn alarm(&mut self, number: u16) -> Result<(), Refusal> {
        let alarm = self.def.clock.alarms.get(usize::from(number)).ok_or(Refusal::TimerUnset)?;
        self.commands.push(Command::Alarm { number, tell: alarm.tell.iter().map(|role| role.text.clone()).collect(), raise: alarm.raise });
        Ok(())
    }

    pub(in super::super) fn disarm(&mut self, timer: &Timer) {
        for open in &mut self.state.open {
            if let Waiting::Task { timers, .. } = &mut open.for_what {
                timers.retain(|(set, _)| set != timer);
            }
        }
    }

    pub(in super::super) fn widen(&mut self, node: &Node, wait: &Wait, number: u16) {
        let Kind::Task(task) = &node.kind else { return };
        let Some((_, role)) = task.escalate.get(usize::from(number)) else { return };
        if let Some(Open { for_what: Waiting::Task { joined, .. }, .. }) = self.state.open.iter_mut().find(|open| open.wait == *wait) {
            joined.push(role.clone());
        }
        self.commands.push(Command::WidenTask { wait: wait.clone(), role: role.clone() });
    }
}
