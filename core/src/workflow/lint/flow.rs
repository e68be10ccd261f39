//! What is certain where: a forward must-analysis to its fixpoint, and the shortest way on which something is missing.

use std::collections::{BTreeSet, VecDeque};

use super::{
    fact::{Facts, Proof},
    graph::{At, Edge, Graph},
};

/// What is certain when a case stands at each place; nothing: it never does.
#[derive(Debug)]
pub(super) struct Flow(Vec<Option<Facts>>);

impl Flow {
    pub(super) fn of(graph: &Graph<'_>) -> Self {
        let mut certain = vec![None; graph.places.len()];
        if let Some(start) = certain.get_mut(Graph::START) {
            *start = Some(0);
        }
        let mut waiting = VecDeque::from([Graph::START]);
        while let Some(place) = waiting.pop_front() {
            let Some(facts) = certain.get(place).copied().flatten() else { continue };
            for edge in graph.from(place) {
                let (Some(carried), Some(there)) = (edge.carry(facts), certain.get_mut(edge.to)) else { continue };
                let met = there.map_or(carried, |before| before & carried);
                if *there != Some(met) {
                    *there = Some(met);
                    waiting.push_back(edge.to);
                }
            }
        }
        Self(certain)
    }

    pub(super) fn at(&self, place: usize) -> Option<Facts> {
        self.0.get(place).copied().flatten()
    }

    /// Whether a case can ever stand there.
    pub(super) fn reaches(&self, place: usize) -> bool {
        self.at(place).is_some()
    }
}

/// A way through the graph, edge by edge.
pub(super) type Path<'g, 'c> = Vec<&'g Edge<'c>>;

/// Where, with what, and by which edge after which visit.
type Visit<'g, 'c> = (usize, Facts, Option<(&'g Edge<'c>, usize)>);

impl<'c> Graph<'c> {
    /// The shortest way from the beginning to where `missing` is not certain. Every way is followed with what it proves itself, so what
    /// the fixpoint only could not tell is told here: no way, nothing missing.
    pub(super) fn without(&self, place: usize, missing: Facts) -> Option<Path<'_, 'c>> {
        let windows = self.proofs.all(|proof| matches!(proof, Proof::Entered(_)));
        self.walk(Self::START, missing | windows, |_| true, |at, facts| at == place && facts & missing == 0)
    }

    /// The shortest way from a place to a goal, over the edges allowed, following the facts of `mask`.
    pub(super) fn walk(
        &self,
        start: usize,
        mask: Facts,
        allowed: impl Fn(&Edge<'c>) -> bool,
        goal: impl Fn(usize, Facts) -> bool,
    ) -> Option<Path<'_, 'c>> {
        let mut visits: Vec<Visit<'_, 'c>> = vec![(start, 0, None)];
        let mut seen = BTreeSet::from([(start, 0)]);
        let mut next = 0;
        while let Some((place, facts, _)) = visits.get(next).copied() {
            for edge in self.from(place).filter(|edge| allowed(edge)) {
                let Some(carried) = edge.carry(facts).map(|carried| carried & mask) else { continue };
                if !seen.insert((edge.to, carried)) {
                    continue;
                }
                visits.push((edge.to, carried, Some((edge, next))));
                if goal(edge.to, carried) {
                    let mut path = Vec::new();
                    let mut visit = visits.last().copied();
                    while let Some((_, _, Some((edge, before)))) = visit {
                        path.push(edge);
                        visit = visits.get(before).copied();
                    }
                    path.reverse();
                    return Some(path);
                }
            }
            next += 1;
        }
        None
    }

    /// A way in words: `receipt -> match -unsure-> ask-identity`.
    pub(super) fn words(&self, path: &[&Edge<'c>]) -> String {
        let (mut words, mut label) = (String::new(), "");
        for (number, edge) in path.iter().enumerate() {
            if !edge.label.is_empty() {
                label = edge.label;
            }
            let last = number + 1 == path.len();
            let name = match self.at(edge.to) {
                At::Step(node) => node.id.as_str(),
                At::Close(stage) => stage.id.as_str(),
                At::Join(_) if last => "end",
                At::Start | At::Join(_) => continue,
            };
            match (words.is_empty(), label) {
                (true, _) => {}
                (false, "") => words.push_str(" -> "),
                (false, label) => {
                    words.push_str(" -");
                    words.push_str(label);
                    words.push_str("-> ");
                }
            }
            words.push_str(name);
            label = "";
        }
        words
    }
}
