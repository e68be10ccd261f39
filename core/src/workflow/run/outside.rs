//! What moves a case from outside its steps: any-time events, the clock, people at an incident.

use super::{
    super::{
        catalogue::Change,
        command::Command,
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
            self.state.did.clear();
            self.state.entered.clear();
            self.state.outcomes.clear();
            self.begin_clock();
        }
        self.explanations.push(Explanation::Signalled { name: rule.event.clone(), to: rule.then.clone() });
        self.change(&Change { grants: Vec::new(), kills: self.def.restarting.clone() }, &rule.event);
        self.state.taken.clear();
        self.call_off();
        self.go(Target::Stage(rule.then.clone()), None);
    }

    pub(in super::super) fn retry(&mut self, wait: &Wait) {
        let ways = format!("{wait}>");
        self.state.taken.retain(|way, _| !way.starts_with(&ways));
        self.leave(wait, false);
        self.go(Target::Step(wait.step.clone()), wait.branch.as_deref());
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
        self.state.did.entry(step.to_owned()).or_default().insert(by.to_owned());
    }

    /// The legal deadline has passed.
    pub(in super::super) fn lapse(&mut self) {
        self.change(&Change { grants: Vec::new(), kills: self.def.lapsing.clone() }, "clock");
    }

    pub(in super::super) fn alarm(&mut self, number: u16) -> Result<(), Refusal> {
        let alarm = self.def.clock.alarms.get(usize::from(number)).ok_or(Refusal::TimerUnset)?;
        self.commands.push(Command::Alarm {
            number,
            tell: alarm.tell.iter().map(|role| role.text.clone()).collect(),
            raise: alarm.raise,
            record: alarm.record.as_ref().map(|fact| fact.text.clone()),
        });
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
