//! Lanes: lines upwards and downwards beside the boxes. The shorter one stays closer, and two share a lane where they do not meet.

use std::collections::BTreeMap;

use super::super::graph::End;

/// A lane is asked for by what it leads to, in the whole picture or inside a loop.
type Key<'d> = (Option<&'d str>, End<'d>);

/// From which height to which.
type Span = (i32, i32);

/// Which lane leads where.
#[derive(Debug)]
pub(super) struct Lanes<'d> {
    numbers: BTreeMap<Key<'d>, i32>,
    /// How many the whole picture has.
    pub(super) outer: i32,
}

/// How close two lines in one lane may come.
const APART: i32 = 12;

impl<'d> Lanes<'d> {
    pub(super) fn assign(spans: &BTreeMap<Key<'d>, Span>) -> Self {
        let mut by_length: Vec<_> = spans.iter().collect();
        by_length.sort_by_key(|(key, (top, bottom))| (bottom - top, *top, **key));
        let mut taken: BTreeMap<Option<&str>, Vec<Vec<Span>>> = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        for (key, (top, bottom)) in by_length {
            let lanes = taken.entry(key.0).or_default();
            let free = |lane: &Vec<Span>| lane.iter().all(|(from, to)| *bottom + APART < *from || *to + APART < *top);
            let number = lanes.iter().position(free).unwrap_or_else(|| {
                lanes.push(Vec::new());
                lanes.len() - 1
            });
            lanes.iter_mut().skip(number).take(1).for_each(|lane| lane.push((*top, *bottom)));
            numbers.insert(*key, i32::try_from(number).unwrap_or(i32::MAX));
        }
        let outer = taken.get(&None).map_or(0, Vec::len);
        Self { numbers, outer: i32::try_from(outer).unwrap_or(i32::MAX) }
    }

    pub(super) fn number(&self, inside: Option<&'d str>, to: End<'d>) -> i32 {
        self.numbers.get(&(inside, to)).copied().unwrap_or_default()
    }
}
