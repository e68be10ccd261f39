//! Which lines there are: straight down to the next row, or aside through a lane.

use super::{
    super::{
        super::compiled::Compiled,
        graph::{self, End, Way, Why},
    },
    From,
    row::{Row, What},
};

/// A line before it has a place.
#[derive(Debug)]
pub(super) struct Wanted<'d> {
    pub(super) from: From<'d>,
    /// The row it begins in.
    pub(super) row: usize,
    pub(super) way: Option<Way<'d>>,
    pub(super) to: End<'d>,
    pub(super) route: Route<'d>,
}

/// How a line runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Route<'d> {
    /// Down to the next row.
    Down,
    /// Through a lane: of a loop, or of the whole picture.
    Lane(Option<&'d str>),
}

pub(super) fn wanted<'d>(def: &'d Compiled, rows: &[Row<'d>]) -> Vec<Wanted<'d>> {
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let (from, ways) = match row.what {
            What::Start => (From::Start, Vec::new()),
            What::Step(node) | What::Loop(node) => (From::Step(&node.id), graph::ways(def, node)),
            What::Signal(n, signal) => {
                let to = graph::entry(def, &signal.then);
                lines.push(Wanted { from: From::Signal(n), row: at, way: None, to, route: Route::Lane(None) });
                continue;
            }
            What::BranchEnd(_) | What::Close(_) => continue,
        };
        let entered = match row.what {
            What::Start => def.stages.first().map(|stage| (From::Start, graph::entry(def, &stage.id))),
            What::Loop(node) => graph::body(def, node).next().map(|first| (From::Loop(&node.id), End::Step(&first.id))),
            _ => None,
        };
        lines.extend(entered.map(|(from, to)| Wanted { from, row: at, way: None, to, route: Route::Down }));
        let below = rows.get(row.below).and_then(Row::end);
        let mut straight = true;
        for way in ways {
            let inner = row.inside.filter(|id| match way.to {
                End::Branch(_) => true,
                End::Step(name) => def.node(name).is_some_and(|node| node.parent.as_deref() == Some(id)),
                End::Close(_) => false,
            });
            let down = below == Some(way.to) && way.why == Why::Outcome && std::mem::take(&mut straight);
            let route = if down { Route::Down } else { Route::Lane(inner) };
            lines.push(Wanted { from, row: at, to: way.to, way: Some(way), route });
        }
    }
    lines
}
