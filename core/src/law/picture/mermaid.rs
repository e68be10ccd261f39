//! The data map as a Mermaid flowchart, for a pull request: systems are subgraphs, references between them are dashed.

use std::fmt::Write as _;

use super::{Picture, Start};

/// A Mermaid flowchart.
pub fn mermaid(picture: &Picture<'_>) -> String {
    let mut out = "flowchart LR\n".to_owned();
    for (at, kind) in picture.identifiers.iter().enumerate() {
        let _ = writeln!(out, "  identifier_{at}([{}])", label(kind));
    }
    for (at, system) in picture.systems.iter().enumerate() {
        let _ = writeln!(out, "  subgraph system_{at}[{}]", label(system.label.get(picture.lang)));
        for (place, node) in picture.nodes.iter().enumerate().filter(|(_, node)| node.system.key == system.key) {
            let words = format!("{}<br>{}", node.collection.label.get(picture.lang), node.collection.name);
            let _ = writeln!(out, "    collection_{place}[{}]", label(&words));
        }
        out.push_str("  end\n");
    }
    for edge in &picture.edges {
        let node = |at: usize| picture.nodes.get(at).map(|node| node.system.key.as_str());
        let (from, arrow) = match edge.from {
            Start::Identifier(at) => (format!("identifier_{at}"), "-->"),
            Start::Node(at) => (format!("collection_{at}"), if node(at) == node(edge.to) { "-->" } else { "-.->" }),
        };
        let fields = edge.fields.iter().map(|(here, there)| match edge.from {
            Start::Identifier(_) => (*there).to_owned(),
            Start::Node(_) => format!("{here} → {there}"),
        });
        let _ = writeln!(out, "  {from} {arrow}|{}| collection_{}", label(&fields.collect::<Vec<_>>().join("<br>")), edge.to);
    }
    out
}

/// A label: a sign that would end it is written as an entity, `<br>` is ours.
fn label(text: &str) -> String {
    let text: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    let safe = text.replace('#', "#35;").replace('"', "#quot;").replace('<', "#lt;").replace('>', "#gt;").replace('|', "#124;");
    format!("\"{}\"", safe.replace("#lt;br#gt;", "<br>"))
}
