//! An order of places in which every edge leads forward, except those that close a circle.

use super::graph::{Edge, Graph};

/// The rank of each place; none: it is not reached.
#[derive(Debug)]
pub(super) struct Ranks(Vec<Option<usize>>);

impl Ranks {
    /// By depth-first search from `roots` over the edges allowed: what is left last comes first.
    pub(super) fn of<'c>(graph: &Graph<'c>, roots: impl IntoIterator<Item = usize>, allowed: impl Fn(&Edge<'c>) -> bool) -> Self {
        let count = graph.places.len();
        let (mut seen, mut ranks, mut left) = (vec![false; count], vec![None; count], count);
        for root in roots {
            let mut stack = Vec::new();
            visit(graph, root, &mut seen, &allowed, &mut stack);
            while let Some((place, ways)) = stack.last_mut() {
                if let Some(next) = ways.pop() {
                    visit(graph, next, &mut seen, &allowed, &mut stack);
                } else {
                    left -= 1;
                    if let Some(rank) = ranks.get_mut(*place) {
                        *rank = Some(left);
                    }
                    stack.pop();
                }
            }
        }
        Self(ranks)
    }

    fn rank(&self, place: usize) -> Option<usize> {
        self.0.get(place).copied().flatten()
    }

    /// Whether an edge closes a circle.
    pub(super) fn goes_back(&self, edge: &Edge<'_>) -> bool {
        self.rank(edge.from).zip(self.rank(edge.to)).is_some_and(|(from, to)| to <= from)
    }

    /// The places reached, the last first.
    pub(super) fn backwards(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.0.len()).filter(|place| self.rank(*place).is_some()).collect();
        places.sort_by_key(|place| std::cmp::Reverse(self.rank(*place)));
        places
    }
}

/// Opens a place that was not seen, with the places it leads to.
fn visit<'c>(
    graph: &Graph<'c>,
    place: usize,
    seen: &mut [bool],
    allowed: &impl Fn(&Edge<'c>) -> bool,
    stack: &mut Vec<(usize, Vec<usize>)>,
) {
    if let Some(seen) = seen.get_mut(place).filter(|seen| !**seen) {
        *seen = true;
        stack.push((place, graph.from(place).filter(|edge| allowed(edge)).map(|edge| edge.to).collect()));
    }
}
