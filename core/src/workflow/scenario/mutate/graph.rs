//! Whether two definitions are the same graph, whatever their texts say.

use super::super::super::{
    compiled::{Compiled, Kind, Node},
    definition::Name,
};

/// Whether cases move the same way and the same people are told. The order of a loop's body says only where it begins.
pub(super) fn same(a: &Compiled, b: &Compiled) -> bool {
    shape(a) == shape(b)
}

fn shape(def: &Compiled) -> String {
    let nodes: Vec<Node> = def.nodes().cloned().map(with_sorted_body).collect();
    let alarms: Vec<_> = def.clock.alarms.iter().map(|alarm| (alarm.at.to_string(), texts(&alarm.tell), alarm.raise)).collect();
    let stages: Vec<_> = def.stages.iter().map(|it| (&it.id, &it.entry, &it.close, it.point_of_no_return)).collect();
    format!("{stages:?} {:?} {nodes:?} {alarms:?} {:?}", def.signals, def.clock.goal)
}

fn with_sorted_body(mut node: Node) -> Node {
    if let Kind::Loop(inner) = &mut node.kind {
        inner.body.sort();
    }
    node
}

fn texts(names: &[Name]) -> Vec<&str> {
    names.iter().map(Name::as_str).collect()
}
