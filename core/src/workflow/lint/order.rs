//! What must come before what, and what must not lead to the same place.

use super::{
    super::{
        catalogue::Effect,
        compiled::{Kind, Node, OVERDUE, Signal},
        definition::{Day, Step, Verb},
    },
    Linter, action_of,
    fact::Proof,
    graph::{At, Graph},
};

impl<'d> Linter<'d> {
    pub(super) fn order(&mut self) {
        let alarmed = self.definition.clock.alarms.iter().any(|alarm| alarm.at.of == Day::Due);
        for (place, node, step) in self.reached() {
            self.failures(node, step);
            self.irreversible(node, step);
            self.separated(place, node, step);
            if !alarmed {
                self.unwatched(node, step);
            }
        }
        for (number, rule) in self.graph.def.signals.iter().enumerate() {
            self.interrupting(number, rule);
        }
    }

    /// Failure never leads where success does: nobody would see it.
    fn failures(&mut self, node: &'d Node, step: &'d Step) {
        let Some(action) = action_of(node, self.catalogue) else { return };
        for failure in &action.failures {
            let there = self.graph.leads(node, failure);
            let same = |outcome: &&String| !action.failures.contains(outcome) && self.graph.leads(node, outcome) == there;
            if let Some(success) = node.outcomes.iter().find(same).filter(|_| there.is_some()) {
                let message = format!("`{failure}` leads where `{success}` does: nobody would see that it failed");
                let help = "lead it to a person, or to another step".to_owned();
                self.tell("H013-failure-hidden", Self::called(step).at, message, Some(help), None);
            }
        }
    }

    fn irreversible(&mut self, node: &'d Node, step: &'d Step) {
        let marked = self.graph.def.stage(&node.stage).is_some_and(|stage| stage.point_of_no_return);
        if node.effect() == Effect::Irreversible && !marked {
            let message = format!("`{}` cannot be taken back, and the stage `{}` does not say so", Self::called(step).as_str(), node.stage);
            let help = "write `point-of-no-return: true` into the stage, or move the step into one that has it".to_owned();
            self.tell("H015-irreversible-unmarked", Self::called(step).at, message, Some(help), None);
        }
    }

    /// Four eyes are blind if the step that is checked was never done.
    fn separated(&mut self, place: usize, node: &'d Node, step: &'d Step) {
        let (Kind::Task(task), Verb::Task(written)) = (&node.kind, &step.verb) else { return };
        for (did, name) in task.not_by.iter().zip(&written.not_by) {
            let bit = self.graph.proofs.bit(Proof::Did(did));
            if bit != 0 && self.flow.at(place).is_some_and(|facts| facts & bit != 0) {
                continue;
            }
            if let Some(path) = self.graph.without(place, bit).map(|path| self.graph.words(&path)) {
                let message = format!("{}: a case can come here and nobody has done `{did}`: there is nobody to keep apart", node.id);
                let help = "name steps that every way here goes through".to_owned();
                self.tell("H032-not-by-uncertain", name.at, message, Some(help), Some(path));
            }
        }
    }

    /// Without an alarm at the deadline, each task must say what happens when it is late.
    fn unwatched(&mut self, node: &'d Node, step: &'d Step) {
        if let Kind::Task(task) = &node.kind
            && task.escalate.is_empty()
            && !node.routes.contains_key(OVERDUE)
        {
            let message = format!("`{}` can wait past the deadline and nobody is told", node.id);
            let help = "add `escalate`, a way for `overdue`, or an alarm at `due` to the clock".to_owned();
            self.tell("H033-wait-unwatched", step.id.at, message, Some(help), None);
        }
    }

    /// What cannot be taken back is not left half done: past the point of no return an any-time event finds only closed stages.
    fn interrupting(&mut self, number: usize, rule: &'d Signal) {
        let (def, graph) = (self.graph.def, &self.graph);
        let points: Vec<&str> = def.stages.iter().filter(|stage| stage.point_of_no_return).map(|stage| stage.id.as_str()).collect();
        let Some(written) = self.definition.any_time.get(number).filter(|_| !points.is_empty()) else { return };
        let passed = points.iter().fold(0, |bits, stage| bits | graph.proofs.bit(Proof::Entered(stage)));
        let windows = graph.proofs.all(|proof| matches!(proof, Proof::Entered(_)));
        let open = |place| matches!(graph.at(place), At::Step(node) if def.stage(&node.stage).is_some_and(|stage| stage.close.is_none()));
        let sent = |place, facts| {
            let mut ways = graph.from(place).filter(|edge| graph.signal(edge).is_some_and(|other| std::ptr::eq(other, rule)));
            ways.any(|edge| edge.carry(facts).is_some())
        };
        let goal = |place, facts| facts & passed != 0 && open(place) && sent(place, facts);
        if let Some(path) = graph.walk(Graph::START, windows, |_| true, goal).map(|path| graph.words(&path)) {
            let message = format!("`{}` can be sent after the point of no return and leave it half done", rule.event);
            let help = format!("write `until: {}`, or name closed stages only under `in`", points.first().copied().unwrap_or_default());
            self.tell("H014-half-done", written.event.at, message, Some(help), Some(path));
        }
    }
}
