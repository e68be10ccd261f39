//! What is sent to a system, by kinds: which statement or call, about which collection, how many times. Never a value.

use habeas_core::law::{
    change::Write,
    identifier::Identifier,
    map::System,
    plan::{Act, SystemPlan},
};

use super::{
    Ask, Question,
    graph::{self, Target},
    search,
};

/// Everything that a search may ask one system, by the fields that the data map leads through. Which of them it does ask depends on
/// what earlier answers hold.
pub fn to_find<'a>(systems: &[System], proven: &[Identifier], wanted: &str) -> Ask<'a> {
    let begins = search::begins(proven).flat_map(|identifier| graph::identity_fields(systems, identifier.kind()));
    let edges = graph::edges(systems);
    let mut targets: Vec<Target<'_>> = begins.chain(edges.into_iter().map(|edge| edge.to)).filter(|to| to.place.0 == wanted).collect();
    targets.sort();
    targets.dedup();
    let question = |to: Target<'_>| Question { collection: to.place.1.to_owned(), by: to.by, rows: Vec::new() };
    Ask::Find(targets.into_iter().map(question).collect())
}

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

/// Each collection and field once, in the order of the writes, with the number of records.
pub(super) fn fields(writes: &[Write]) -> Vec<(&Write, usize)> {
    let mut kinds: Vec<(&Write, usize)> = Vec::new();
    for write in writes {
        let same = |(known, _): &&mut (&Write, usize)| known.collection == write.collection && known.field == write.field;
        match kinds.iter_mut().find(same) {
            Some((_, records)) => *records += 1,
            None => kinds.push((write, 1)),
        }
    }
    kinds
}
