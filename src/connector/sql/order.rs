//! In which order tables lose their rows: those that refer before those they refer to. Pure.
//!
//! So no action of a foreign key has anything left to do. A circle has no first table; it is opened anywhere.

use super::schema::{Schema, Table};

/// Orders tables by their foreign keys; returns their places in the list, and of each whether it is in a circle, be it
/// only with itself.
pub(super) fn order(tables: &[&Table], schema: &Schema) -> Vec<(usize, bool)> {
    let mut order = Vec::with_capacity(tables.len());
    let mut left: Vec<usize> = (0..tables.len()).collect();
    let refers = |from: usize, to: usize| {
        let (Some(from), Some(to)) = (tables.get(from), tables.get(to)) else { return false };
        schema.pointing_at(&to.at).any(|key| schema.is_same(&key.child, &from.at))
    };
    while !left.is_empty() {
        let free = left.iter().copied().find(|to| !left.iter().any(|from| from != to && refers(*from, *to)));
        let Some(next) = free.or_else(|| left.first().copied()) else { break };
        order.push((next, free.is_none() || refers(next, next)));
        left.retain(|table| *table != next);
    }
    order
}
