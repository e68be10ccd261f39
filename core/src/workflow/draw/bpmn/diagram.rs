//! The diagram of a BPMN file: a shape for every node, an edge for every flow.

use super::super::layout::Rect;
use crate::source::xml::Element;

/// Shapes and edges as they come.
#[derive(Debug, Default)]
pub(super) struct Diagram {
    elements: Vec<Element>,
    flows: u32,
}

impl Diagram {
    pub(super) fn shape(&mut self, of: &str, at: Rect, expanded: bool) {
        self.named(of, at, expanded, None);
    }

    /// A shape with its name outside, there.
    pub(super) fn named(&mut self, of: &str, at: Rect, expanded: bool, label: Option<Rect>) {
        let shape = Element::new("bpmndi:BPMNShape").with("id", format!("{of}_di")).with("bpmnElement", of);
        let shape = if expanded { shape.with("isExpanded", "true") } else { shape };
        self.elements.push(shape.child(bounds(at)).children(label.map(words)));
    }

    /// An edge with its name there; the id of its flow.
    pub(super) fn edge(&mut self, points: &[(i32, i32)], label: Option<Rect>) -> String {
        self.flows += 1;
        let of = format!("flow_{}", self.flows);
        let corners = points.iter().map(|(x, y)| Element::new("di:waypoint").with("x", x).with("y", y));
        let edge = Element::new("bpmndi:BPMNEdge").with("id", format!("{of}_di")).with("bpmnElement", &of);
        self.elements.push(edge.children(corners).children(label.map(words)));
        of
    }

    pub(super) fn element(self, process: &str) -> Element {
        let plane = Element::new("bpmndi:BPMNPlane").with("id", "plane").with("bpmnElement", process);
        Element::new("bpmndi:BPMNDiagram").with("id", "diagram").child(plane.children(self.elements))
    }
}

fn bounds(at: Rect) -> Element {
    Element::new("dc:Bounds").with("x", at.x).with("y", at.y).with("width", at.width).with("height", at.height)
}

fn words(at: Rect) -> Element {
    Element::new("bpmndi:BPMNLabel").child(bounds(at))
}
