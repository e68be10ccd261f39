//! Whether every step is of use and every case comes to its end.

use std::collections::BTreeSet;

use super::{
    super::compiled::{Kind, Node},
    Linter,
    graph::{At, Edge, Graph, Way},
    rank::Ranks,
};
use crate::source::spelling::list;

impl<'d> Linter<'d> {
    pub(super) fn shape(&mut self) {
        self.dead();
        self.never_extended();
        self.trapped();
        self.circles();
    }

    /// Steps that no case comes to; a whole stage is told once, a loop without its body.
    fn dead(&mut self) {
        let help = || Some("let something lead here, or leave it out".to_owned());
        for stage in &self.definition.stages {
            if self.graph.stage(stage.id.as_str()).all(|place| !self.flow.reaches(place)) {
                self.tell("H010-dead-step", stage.id.at, format!("no case comes to the stage `{}`", stage.id.as_str()), help(), None);
                continue;
            }
            for step in &stage.steps {
                let lives = |id: &str| self.graph.step(id).is_some_and(|place| self.flow.reaches(place));
                let around = !lives(step.id.as_str());
                let dead = if around { std::slice::from_ref(step) } else { step.body() };
                let dead: Vec<_> = dead.iter().filter(|step| !lives(step.id.as_str())).collect();
                for step in dead {
                    self.tell("H010-dead-step", step.id.at, format!("no case comes to `{}`", step.id.as_str()), help(), None);
                }
            }
        }
    }

    /// An extension that nobody can be told of is none (Art. 12(3)).
    fn never_extended(&mut self) {
        let Some(extend) = &self.definition.clock.extend else { return };
        if !self.steps.values().any(|step| Self::called(step).as_str() == extend.letter.as_str()) {
            let message = format!("the clock can be extended, and nothing sends its letter `{}`", extend.letter.as_str());
            let help = "add a step that extends and one that sends the letter, or leave `extend` out".to_owned();
            self.tell("H010-dead-step", extend.letter.at, message, Some(help), None);
        }
    }

    /// Steps from which the house cannot bring a case to its end: what only the person may send does not count.
    fn trapped(&mut self) {
        let closes = |(place, at): (usize, &At<'_>)| matches!(at, At::Close(_)).then_some(place);
        let mut free: BTreeSet<usize> = self.graph.places.iter().enumerate().filter_map(closes).collect();
        loop {
            let leads = |edge: &&Edge<'_>| free.contains(&edge.to) && !free.contains(&edge.from) && !self.graph.is_by_chance(edge);
            let more: Vec<usize> = self.graph.edges.iter().filter(leads).map(|edge| edge.from).collect();
            if more.is_empty() {
                break;
            }
            free.extend(more);
        }
        let mut trapped: Vec<_> = self.reached().into_iter().filter(|(place, ..)| !free.contains(place)).collect();
        trapped.sort_by_key(|(.., step)| step.id.at);
        if let Some((place, _, step)) = trapped.first() {
            let names = list(trapped.iter().map(|(_, node, _)| node.id.as_str()));
            let message = format!("the case can never close from here: {names}");
            let path = self.graph.without(*place, 0).map(|path| self.graph.words(&path));
            let help = "give one of them a way that leads to a stage with `close`".to_owned();
            self.tell("H011-no-way-to-the-end", step.id.at, message, Some(help), path);
        }
    }

    /// Circles that go round without a person and without a limit. A limit inside a loop's body begins anew with the loop, so it bounds
    /// the circles inside the body, not those around the loop.
    fn circles(&mut self) {
        let inside = |edge: &Edge<'_>| matches!(self.graph.at(edge.from), At::Step(Node { kind: Kind::Loop(_), .. }));
        let around = |edge: &Edge<'_>| matches!(self.graph.at(edge.from), At::Step(Node { parent: None, .. }));
        let limited = |edge: &Edge<'_>| matches!(edge.way, Way::Outcome(Some(_)));
        let small: Vec<_> = circles(&self.graph, |edge| !inside(edge) && !limited(edge));
        let large: Vec<_> = circles(&self.graph, |edge| !(limited(edge) && around(edge)))
            .into_iter()
            .filter(|edges| edges.iter().any(|edge| inside(edge)))
            .collect();
        let told: Vec<_> = small.iter().chain(&large).filter_map(|edges| Some((self.first(edges)?, self.graph.words(edges)))).collect();
        for (step, path) in told {
            let Some(step) = self.steps.get(step) else { continue };
            let message = format!("from `{}` the case can go round for ever without a person", step.id.as_str());
            let help = "put a task into the circle, or a `limit` on one of its ways".to_owned();
            self.tell("H012-endless-circle", step.id.at, message, Some(help), Some(path));
        }
    }

    fn first(&self, circle: &[&Edge<'d>]) -> Option<&'d str> {
        let steps =
            circle.iter().filter_map(|edge| if let At::Step(node) = self.graph.at(edge.to) { Some(node.id.as_str()) } else { None });
        steps.min_by_key(|id| self.steps.get(id).map(|step| step.id.at))
    }
}

/// One circle for each edge that closes one, over the edges allowed; never through a task, an incident or an any-time event.
fn circles<'g, 'c>(graph: &'g Graph<'c>, allowed: impl Fn(&Edge<'c>) -> bool) -> Vec<Vec<&'g Edge<'c>>> {
    let by_itself = |edge: &Edge<'c>| {
        let human = matches!(graph.at(edge.from), At::Step(Node { kind: Kind::Task(_), .. }));
        !human && matches!(edge.way, Way::On | Way::Outcome(_)) && allowed(edge)
    };
    let ranks = Ranks::of(graph, 0..graph.places.len(), by_itself);
    let closing = graph.edges.iter().filter(|edge| by_itself(edge) && ranks.goes_back(edge));
    closing
        .map(|edge| [vec![edge], graph.walk(edge.to, 0, by_itself, |place, _| place == edge.from).unwrap_or_default(), vec![edge]].concat())
        .collect()
}
