//! A definition as a Mermaid flowchart, for a pull request: stages are subgraphs, `overdue` and limits are dashed.

use std::fmt::Write as _;

use super::{
    super::compiled::{Compiled, Kind, Node, Stage},
    graph::{self, End, Verb, Why},
};

/// A definition as a Mermaid flowchart. Words such as `end` mean something to Mermaid, so every id here carries a prefix.
pub fn mermaid(def: &Compiled) -> String {
    let mut out = format!("---\ntitle: {}\n---\nflowchart TD\n", quoted(graph::title(def)));
    let numbers = graph::numbers(def);
    let mut lines = vec!["  start((\" \"))".to_owned()];
    for stage in &def.stages {
        let number = numbers.get(stage.id.as_str()).map_or("", String::as_str);
        lines.push(format!("  subgraph stage_{}[{}]", stage.id.replace('-', "_"), label(&format!("{number} {}", stage.id))));
        lines.extend(steps(def, stage));
        lines.extend(stage.close.map(|(ending, _)| format!("    {}([{}])", id(End::Close(&stage.id)), label(graph::ending(ending)))));
        lines.push("  end".to_owned());
    }
    if let Some(stage) = def.stages.first() {
        lines.push(format!("  start --> {}", id(graph::entry(def, &stage.id))));
    }
    lines.extend(def.nodes().flat_map(|node| edges(def, node)));
    for (signal, n) in def.signals.iter().zip(1..) {
        let words = label(&format!("{}<br>{}", signal.event, graph::window(signal)));
        lines.push(format!("  signal_{n}>{words}] -.-> {}", id(graph::entry(def, &signal.then))));
    }
    for line in lines {
        let _ = writeln!(out, "{line}");
    }
    out
}

fn steps(def: &Compiled, stage: &Stage) -> Vec<String> {
    let mut lines = Vec::new();
    for node in stage.steps.iter().filter_map(|id| def.node(id)) {
        if Verb::of(node) == Verb::Each {
            lines.push(format!(
                "    subgraph {}[{}]",
                id(End::Step(&node.id)),
                label(&format!("{} · each {}", node.id, graph::object(node)))
            ));
            lines.extend(graph::body(def, node).map(|inner| format!("      {}", shape(inner))));
            lines.push(format!("      {}((\" \"))", id(End::Branch(&node.id))));
            lines.push("    end".to_owned());
        } else {
            lines.push(format!("    {}", shape(node)));
        }
    }
    lines
}

fn shape(node: &Node) -> String {
    let (open, close) = match Verb::of(node) {
        Verb::Task => ("[", "]"),
        Verb::Do | Verb::Each => ("[[", "]]"),
        Verb::Decide => ("{{", "}}"),
    };
    format!("{}{open}{}{close}", id(End::Step(&node.id)), label(&words(node)))
}

fn words(node: &Node) -> String {
    let mut words = format!("{}<br>{} {}", node.id, Verb::of(node).name(), graph::object(node));
    if let Kind::Task(task) = &node.kind {
        let _ = write!(words, "<br>{} · {}", task.roles.join(", "), task.due);
    }
    words
}

fn edges(def: &Compiled, node: &Node) -> Vec<String> {
    let from = id(End::Step(&node.id));
    let edge = |way: &graph::Way<'_>| {
        let arrow = if way.why == Why::Outcome { "-->" } else { "-.->" };
        format!("  {from} {arrow}|{}| {}", label(&way.label()), id(way.to))
    };
    graph::ways(def, node).iter().map(edge).collect()
}

/// Names have no `_`, so this keeps them apart.
fn id(end: End<'_>) -> String {
    let (kind, name) = match end {
        End::Step(name) => ("step", name),
        End::Branch(name) => ("branch", name),
        End::Close(name) => ("close", name),
    };
    format!("{kind}_{}", name.replace('-', "_"))
}

/// A label of ours: names and `<br>`; a sign that would end the label is written as an entity.
fn label(text: &str) -> String {
    let safe = text.replace('#', "#35;").replace('"', "#quot;").replace('<', "#lt;").replace('>', "#gt;");
    format!("\"{}\"", safe.replace("#lt;br#gt;", "<br>"))
}

/// A YAML string on one line; JSON's are such.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
