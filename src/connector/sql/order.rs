//! In which order tables lose their rows: those that refer before those they refer to. Pure.
//!
//! So no action of a foreign key has anything left to do. A circle has no first table; it is opened anywhere, and holds
//! because every foreign key is looked at only when the transaction ends.

use super::schema::{Schema, Table};

/// Orders tables by their foreign keys; returns their places in the list.
pub(super) fn order(tables: &[&Table], schema: &Schema) -> Vec<usize> {
    let mut order = Vec::with_capacity(tables.len());
    let mut left: Vec<usize> = (0..tables.len()).collect();
    let place = |table: &Table| tables.iter().position(|known| known.name == table.name);
    while !left.is_empty() {
        let referred = |to: usize| {
            let mut keys = tables.get(to).into_iter().flat_map(|table| schema.pointing_at(&table.name));
            keys.any(|(child, _)| place(child).is_some_and(|from| from != to && left.contains(&from)))
        };
        let free = left.iter().copied().find(|table| !referred(*table));
        let Some(next) = free.or_else(|| left.first().copied()) else { break };
        order.push(next);
        left.retain(|table| *table != next);
    }
    order
}
