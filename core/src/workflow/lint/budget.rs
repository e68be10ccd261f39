//! Whether the house's own time fits into the statutory one: the longest way of waits and tries while the clock runs.
//!
//! A step is waited for once; where a way back has a limit, as often as the limit allows. What people send and what they put right at an
//! incident is not planned, so it is not counted.

use super::{
    super::{
        command::Work,
        compiled::{Kind, SUBJECT},
        definition::{Backoff, Retry},
    },
    Linter,
    flow::Path,
    graph::{At, Edge, Graph, Way},
    rank::Ranks,
};

impl Linter<'_> {
    pub(super) fn budget(&mut self) {
        let graph = &self.graph;
        // The clock begins with a case, and again when its person opens it again.
        let opens = |edge: &&Edge<'_>| match graph.at(edge.from) {
            At::Start => true,
            At::Close(_) => graph.signal(edge).is_some_and(|rule| rule.from.iter().any(|role| role == SUBJECT)),
            At::Step(_) | At::Join(_) => false,
        };
        let starts: Vec<&Edge<'_>> = graph.edges.iter().filter(opens).collect();
        let times = Times::of(graph, &starts);
        let ways = starts.iter().map(|start| {
            let (path, minutes) = times.longest(start.to, None);
            ([vec![*start], path].concat(), minutes)
        });
        let Some((path, minutes)) = ways.max_by_key(|(_, minutes)| *minutes) else { return };
        let limit = u64::from(self.definition.clock.period.shortest_minutes());
        if minutes <= limit {
            return;
        }
        let mut steps: Vec<(u64, &str)> = path.iter().filter_map(|edge| times.named(edge.to)).collect();
        steps.sort_by_key(|(minutes, _)| std::cmp::Reverse(*minutes));
        let Some(step) = steps.first().and_then(|(_, id)| self.steps.get(id)) else { return };
        let most: Vec<String> = steps.iter().take(4).map(|(minutes, id)| format!("`{id}` {}", words(*minutes))).collect();
        let message = format!("the longest way takes {}, the clock gives {}", words(minutes), words(limit));
        let help = format!("shorten `due`, `retry` or a `limit`; most time goes to {}", most.join(", "));
        let path = graph.words(&path);
        self.tell("H040-time-too-long", step.id.at, message, Some(help), Some(path));
    }
}

/// How many minutes each place may take.
struct Times<'g, 'c> {
    graph: &'g Graph<'c>,
    own: Vec<u64>,
    /// Limited ways back: what lies between is waited for again, as often as the limit allows.
    repeats: Vec<(&'g Edge<'c>, u64)>,
    ranks: Ranks,
}

impl<'g, 'c> Times<'g, 'c> {
    fn of(graph: &'g Graph<'c>, starts: &[&Edge<'_>]) -> Self {
        let free = |edge: &Edge<'_>| matches!(edge.way, Way::On | Way::Outcome(None));
        let back = |edge: &Edge<'_>| edge.to == edge.from || graph.walk(edge.to, 0, free, |place, _| place == edge.from).is_some();
        let limited =
            graph.edges.iter().filter_map(|edge| if let Way::Outcome(Some(times)) = edge.way { Some((edge, times)) } else { None });
        let repeats: Vec<_> = limited.filter(|(edge, _)| back(edge)).map(|(edge, times)| (edge, times.into())).collect();
        let ranks = Ranks::of(graph, starts.iter().map(|edge| edge.to), |edge| planned(&repeats, edge));
        let mut times = Self { graph, own: graph.places.iter().map(|at| minutes(*at)).collect(), repeats, ranks };
        let round = |(edge, often): &(&Edge<'_>, u64)| (edge.from, times.longest(edge.to, Some(edge.from)).1.saturating_mul(*often));
        for (place, more) in times.repeats.iter().map(round).collect::<Vec<_>>() {
            if let Some(own) = times.own.get_mut(place) {
                *own = own.saturating_add(more);
            }
        }
        times
    }

    /// The longest way from one place to another, or to any end.
    fn longest(&self, start: usize, end: Option<usize>) -> (Path<'g, 'c>, u64) {
        let mut best: Vec<Option<(u64, Option<&'g Edge<'c>>)>> = vec![None; self.graph.places.len()];
        for place in self.ranks.backwards() {
            let on =
                self.graph.from(place).filter(|edge| planned(&self.repeats, edge) && !self.ranks.goes_back(edge) && end != Some(place));
            let on = on.filter_map(|edge| Some((best.get(edge.to).copied().flatten()?.0, Some(edge))));
            let ends = end.is_none_or(|end| end == place).then_some((0, None));
            let further = on.chain(ends).max_by_key(|(minutes, _)| *minutes);
            if let (Some((minutes, edge)), Some(best)) = (further, best.get_mut(place)) {
                *best = Some((minutes.saturating_add(self.own(place)), edge));
            }
        }
        let at = |place: usize| best.get(place).copied().flatten();
        let steps = std::iter::successors(at(start).and_then(|(_, edge)| edge), |edge| at(edge.to).and_then(|(_, edge)| edge));
        (steps.collect(), at(start).map_or(0, |(minutes, _)| minutes))
    }

    fn own(&self, place: usize) -> u64 {
        self.own.get(place).copied().unwrap_or_default()
    }

    fn named(&self, place: usize) -> Option<(u64, &'c str)> {
        if let At::Step(node) = self.graph.at(place) { Some((self.own(place), &node.id)) } else { None }
    }
}

/// What is planned: outcomes and what follows by itself, the repeats left out.
fn planned(repeats: &[(&Edge<'_>, u64)], edge: &Edge<'_>) -> bool {
    let repeated = || repeats.iter().any(|(back, _)| (back.from, back.to, back.label) == (edge.from, edge.to, edge.label));
    matches!(edge.way, Way::On | Way::Outcome(_)) && !repeated()
}

/// The longest that a place waits while the clock runs.
fn minutes(at: At<'_>) -> u64 {
    let At::Step(node) = at else { return 0 };
    match &node.kind {
        Kind::Task(task) if node.pauses.is_none() => u64::from(task.due.longest_minutes()),
        Kind::Task(_) | Kind::Loop(_) => 0,
        Kind::Work { work: Work::Act { retry, .. } | Work::Decide { retry, .. }, .. } => tries(*retry),
    }
}

/// All waits between tries together.
fn tries(retry: Retry) -> u64 {
    let (from, to) = (u64::from(retry.from.longest_minutes()), u64::from(retry.to.longest_minutes()));
    if retry.backoff == Backoff::Constant {
        return from.min(to).saturating_mul(retry.times.into());
    }
    // After 32 doublings of a minute no wait grows any more.
    let growing = retry.times.min(32);
    let waits: u64 = (0..growing).map(|n| from.saturating_mul(1 << n).min(to)).sum();
    waits.saturating_add(to.saturating_mul(u64::from(retry.times - growing)))
}

/// `24 days 20 hours`.
fn words(minutes: u64) -> String {
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let part = |count: u64, one: &str| (count > 0).then(|| format!("{count} {one}{}", if count == 1 { "" } else { "s" }));
    let parts: Vec<String> = [part(days, "day"), part(hours, "hour"), part(rest, "minute")].into_iter().flatten().take(2).collect();
    parts.join(" ")
}
