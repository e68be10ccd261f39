//! In which order tables lose their rows: those that refer before those they refer to. Pure.
//!
//! So no action of a foreign key has anything left to do. A circle has no first table; it is opened anywhere.

use std::collections::{BTreeSet, HashMap};

use super::schema::{Schema, Table};

/// Orders tables by their foreign keys; returns their places in the list, and of each whether it is in a circle, be it
/// only with itself.
pub(super) fn order(tables: &[&Table], schema: &Schema) -> Vec<(usize, bool)> {
    let places: HashMap<_, usize> = tables.iter().enumerate().map(|(place, table)| ((&table.at.schema, &table.at.table), place)).collect();
    let place = |name| schema.at(name).and_then(|table| places.get(&(&table.at.schema, &table.at.table)).copied());
    let edges: BTreeSet<(usize, usize)> =
        schema.foreign_keys().iter().filter_map(|key| place(&key.child).zip(place(&key.parent))).collect();
    // Of each table, how many others still refer to it, and to which it refers.
    let (mut waits, mut parents) = (vec![0_usize; tables.len()], vec![Vec::new(); tables.len()]);
    for (child, parent) in edges.iter().filter(|(child, parent)| child != parent) {
        waits.get_mut(*parent).into_iter().for_each(|waits| *waits += 1);
        parents.get_mut(*child).into_iter().for_each(|parents| parents.push(*parent));
    }
    let mut order = Vec::with_capacity(tables.len());
    let mut left: BTreeSet<usize> = (0..tables.len()).collect();
    while let Some(first) = left.first().copied() {
        let free = left.iter().copied().find(|place| waits.get(*place) == Some(&0));
        let next = free.unwrap_or(first);
        order.push((next, free.is_none() || edges.contains(&(next, next))));
        left.remove(&next);
        for parent in parents.get(next).into_iter().flatten() {
            waits.get_mut(*parent).into_iter().for_each(|waits| *waits = waits.saturating_sub(1));
        }
    }
    order
}
