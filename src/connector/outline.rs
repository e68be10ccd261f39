//! A plan by kinds: what is done, to which collection, how many times.

use habeas_core::law::plan::{Act, SystemPlan};

/// Each collection and act once, in the order of the plan, with the number of records.
pub(super) fn kinds(part: &SystemPlan) -> Vec<(&str, &Act, usize)> {
    let mut kinds: Vec<(&str, &Act, usize)> = Vec::new();
    for step in &part.steps {
        match kinds.iter_mut().find(|(collection, act, _)| *collection == step.collection && **act == step.act) {
            Some((_, _, records)) => *records += 1,
            None => kinds.push((&step.collection, &step.act, 1)),
        }
    }
    kinds
}
