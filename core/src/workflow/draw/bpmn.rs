//! A definition as BPMN 2.0 with its diagram, for modelling tools: tasks, gateways and events stand where the picture has them.
//!
//! No flow may cross the border of a subprocess, so a way out of a loop is an escalation: thrown inside, caught at the border.

mod diagram;
mod node;
mod origin;

use std::collections::BTreeMap;

use self::{diagram::Diagram, origin::Origin};
use super::{
    super::compiled::{Compiled, Node, Signal},
    graph::{self, End, Way, Why},
    layout::{self, From, Layout, Line, Rect, What},
};
use crate::source::xml::Element;

const MODEL: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";
const NAMESPACES: [(&str, &str); 5] = [
    ("xmlns", MODEL),
    ("xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI"),
    ("xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC"),
    ("xmlns:di", "http://www.omg.org/spec/DD/20100524/DI"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
];

/// Behind a box stands a gateway, before the frame of a loop the end that leads out of it.
const ROOM: i32 = 44;

/// A definition as BPMN 2.0 XML.
pub fn bpmn(def: &Compiled) -> String {
    let layout = layout::layout(def, ROOM);
    let mut model = Model { def, numbers: graph::numbers(def), scopes: BTreeMap::new(), roots: Vec::new(), diagram: Diagram::default() };
    model.shapes(&layout);
    for (line, n) in layout.lines.iter().zip(1..) {
        model.line(&layout, line, n);
    }
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", model.definitions())
}

/// Words and the place they fill.
type Words = (String, Rect);

/// The model being written: its elements by the loop they stand in.
struct Model<'d> {
    def: &'d Compiled,
    numbers: BTreeMap<&'d str, String>,
    scopes: BTreeMap<Option<&'d str>, Vec<Element>>,
    roots: Vec<Element>,
    diagram: Diagram,
}

impl<'d> Model<'d> {
    /// Adds a flow node and its shape.
    fn add(&mut self, scope: Option<&'d str>, element: Element, id: &str, at: Rect) {
        self.scopes.entry(scope).or_default().push(element.with_first("id", id));
        self.diagram.shape(id, at, false);
    }

    /// Adds a sequence flow and its edge.
    fn flow(&mut self, scope: Option<&'d str>, from: &str, to: &str, name: Option<Words>, points: &[(i32, i32)]) {
        let id = self.diagram.edge(points, name.as_ref().map(|(_, at)| *at));
        let flow = Element::new("sequenceFlow").with("id", id);
        let flow = if let Some((name, _)) = name { flow.with("name", name) } else { flow };
        self.scopes.entry(scope).or_default().push(flow.with("sourceRef", from).with("targetRef", to));
    }

    fn shapes(&mut self, layout: &Layout<'d>) {
        for shape in &layout.shapes {
            match shape.what {
                What::Start => self.add(None, Element::new("startEvent"), "start", shape.rect),
                What::Step(node) => self.step(node, shape.rect, layout),
                What::Loop(node) => {
                    self.diagram.shape(&node_id(node), shape.rect, true);
                    let begin = Rect { y: shape.head.bottom() - 16, ..small(layout.spine() - 8, shape.head.y, 16) };
                    self.add(Some(&node.id), Element::new("startEvent"), &format!("begin_{}", node.id), begin);
                }
                What::BranchEnd(node) => self.add(Some(&node.id), Element::new("endEvent"), &format!("branch_{}", node.id), shape.rect),
                What::Close(stage) => {
                    let words = stage.close.map_or("", |(ending, _)| graph::ending(ending));
                    let number = self.numbers.get(stage.id.as_str()).cloned().unwrap_or_default();
                    let element = Element::new("endEvent").with("name", words);
                    let element = element.child(node::documentation(&format!("Stage {number} {}", stage.id)));
                    self.add(None, element, &format!("close_{}", stage.id), circle(layout, shape.rect));
                }
                What::Signal(n, signal) => self.signal(n, signal, shape.rect),
            }
        }
    }

    fn step(&mut self, node: &'d Node, at: Rect, layout: &Layout<'d>) {
        let scope = node.parent.as_deref();
        let number = self.numbers.get(node.id.as_str()).cloned().unwrap_or_default();
        self.add(scope, node::element(node, &number), &node_id(node), at);
        if let Some(timer) = node::timer(node) {
            let due = due_at(at);
            self.scopes.entry(scope).or_default().push(timer.with_first("id", timer_id(node)));
            self.diagram.named(&timer_id(node), due, false, Some(Rect { x: due.right() + 3, y: at.bottom() + 1, width: 76, height: 13 }));
        }
        if let Some(gateway) = gateway_at(self.def, node, at, layout) {
            self.add(scope, Element::new("exclusiveGateway"), &gateway_id(node), gateway);
            let middle = gateway.y + gateway.height / 2;
            self.flow(scope, &node_id(node), &gateway_id(node), None, &[(at.right(), middle), (gateway.x, middle)]);
        }
    }

    /// An event subprocess: the engine itself leads on from there, which its end says.
    fn signal(&mut self, n: usize, signal: &'d Signal, at: Rect) {
        let id = format!("signal_{n}");
        let (begin, end) = (small(at.x + 14, at.y + 14, 22), small(at.right() - 36, at.y + 14, 22));
        let words = Rect { x: begin.right() + 8, y: end.y + 15, width: end.x - begin.right() - 16, height: 13 };
        let (begin_id, over_id) = (format!("{id}_begin"), format!("{id}_end"));
        self.diagram.shape(&id, at, true);
        self.diagram.shape(&begin_id, begin, false);
        self.diagram.named(&over_id, end, false, Some(words));
        let flow = self.diagram.edge(&[(begin.right(), begin.y + 11), (end.x, end.y + 11)], None);
        let message = format!("message_{n}");
        let trigger = Element::new("messageEventDefinition").with("messageRef", &message);
        self.roots.push(Element::new("message").with("id", &message).with("name", &signal.event));
        let process = Element::new("subProcess").with("id", &id).with("name", &signal.event).with("triggeredByEvent", "true");
        let process = process
            .child(node::documentation(&graph::window(signal)))
            .child(Element::new("startEvent").with("id", &begin_id).child(trigger))
            .child(Element::new("endEvent").with("id", &over_id).with("name", format!("→ {}", signal.then)))
            .child(Element::new("sequenceFlow").with("id", flow).with("sourceRef", &begin_id).with("targetRef", &over_id));
        self.scopes.entry(None).or_default().push(process);
    }

    fn line(&mut self, layout: &Layout<'d>, line: &Line<'d>, n: usize) {
        let to = end_id(line.to);
        match (line.from, &line.way) {
            (From::Start, _) => self.flow(None, "start", &to, None, &arriving(layout, line, line.points.clone())),
            (From::Loop(id), _) => self.flow(Some(id), &format!("begin_{id}"), &to, None, &line.points),
            (From::Step(id), Some(way)) => {
                let Some(node) = self.def.node(id) else { return };
                let (Some(at), scope) = (layout.rect_of(End::Step(id)), node.parent.as_deref()) else { return };
                let origin = self.origin(node, way, at, layout);
                let words = line.label.as_ref().map(|(_, at)| (way.label(), origin.words(&line.points, *at)));
                match scope {
                    Some(around) if self.scope_of(line.to) != scope => self.leave(layout, line, words, &origin, around, n),
                    _ => self.flow(scope, &origin.id, &to, words, &arriving(layout, line, origin.points(&line.points))),
                }
            }
            (From::Signal(_) | From::Step(_), _) => {}
        }
    }

    /// A way out of a loop: an escalation ends the branch and interrupts the others.
    fn leave(&mut self, layout: &Layout<'d>, line: &Line<'d>, words: Option<Words>, origin: &Origin, around: &'d str, n: usize) {
        let (thrown, caught, code) = (format!("leave_{n}"), format!("left_{n}"), format!("escalation_{n}"));
        let Some(border) = layout.rect_of(End::Step(around)).map(|rect| rect.right()) else { return };
        let y = line.points.first().map_or(0, |(_, y)| *y);
        let name = words.as_ref().map(|(name, _)| name.clone()).unwrap_or_default();
        let definition = || Element::new("escalationEventDefinition").with("escalationRef", &code);
        let to = end_id(line.to);
        self.roots.push(Element::new("escalation").with("id", &code).with("name", &name).with("escalationCode", &to));
        let end = small(border - 44, y - 9, 18);
        self.add(Some(around), Element::new("endEvent").child(definition()), &thrown, end);
        let (mut inside, level) = origin.aside(y);
        if level != y {
            inside.extend([(end.x - 10, level), (end.x - 10, y)]);
        }
        inside.push((end.x, y));
        self.flow(Some(around), &origin.id, &thrown, words, &inside);
        let boundary = Element::new("boundaryEvent").with("attachedToRef", format!("step_{around}")).with("cancelActivity", "true");
        self.add(None, boundary.child(definition()), &caught, small(border - 9, y - 9, 18));
        let outside = [(border + 9, y)].into_iter().chain(line.points.iter().skip(1).copied()).collect();
        self.flow(None, &caught, &to, None, &arriving(layout, line, outside));
    }

    /// Where the flows of a way begin: at a timer, a gateway, or the step itself.
    fn origin(&self, node: &Node, way: &Way<'_>, at: Rect, layout: &Layout<'_>) -> Origin {
        if way.why == Why::Overdue {
            return Origin { id: timer_id(node), at: due_at(at), hangs: true };
        }
        match gateway_at(self.def, node, at, layout) {
            Some(gateway) => Origin { id: gateway_id(node), at: gateway, hangs: false },
            None => Origin { id: node_id(node), at, hangs: false },
        }
    }

    fn scope_of(&self, end: End<'d>) -> Option<&'d str> {
        match end {
            End::Step(id) => self.def.node(id).and_then(|node| node.parent.as_deref()),
            End::Branch(id) => Some(id),
            End::Close(_) => None,
        }
    }

    fn definitions(mut self) -> Element {
        let mut top = self.scopes.remove(&None).unwrap_or_default();
        for (id, inside) in self.scopes {
            let Some(node) = id.and_then(|id| self.def.node(id)) else { continue };
            let number = self.numbers.get(node.id.as_str()).cloned().unwrap_or_default();
            top.push(node::element(node, &number).with_first("id", node_id(node)).children(inside));
        }
        let process = Element::new("process").with("id", format!("workflow_{}", self.def.name)).with("name", graph::title(self.def));
        let process = process.with("isExecutable", "false").children(top);
        let root = NAMESPACES.into_iter().fold(Element::new("definitions"), |root, (name, value)| root.with(name, value));
        root.with("id", "definitions")
            .with("targetNamespace", format!("urn:habeas:workflow:{}:{}", self.def.name, self.def.version))
            .with("exporter", "habeas")
            .children(self.roots)
            .child(process)
            .child(self.diagram.element(&format!("workflow_{}", self.def.name)))
    }
}

/// A line that ends at a circle instead of the box the picture has there.
fn arriving(layout: &Layout<'_>, line: &Line<'_>, mut points: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    if let (End::Close(_), Some(at), Some(last)) = (line.to, layout.rect_of(line.to), points.last_mut()) {
        let circle = circle(layout, at);
        let down = last.0 == layout.spine();
        *last = if down { (last.0, circle.y) } else { (circle.right(), circle.y + circle.height / 2) };
    }
    points
}

fn circle(layout: &Layout<'_>, at: Rect) -> Rect {
    small(layout.spine() - 14, at.y + 2, 28)
}

const fn small(x: i32, y: i32, size: i32) -> Rect {
    Rect { x, y, width: size, height: size }
}

/// Where the timer of a task hangs.
const fn due_at(at: Rect) -> Rect {
    small(at.x + 24, at.bottom() - 9, 18)
}

/// Where the gateway behind a step stands, if it can end in several ways of its own.
fn gateway_at(def: &Compiled, node: &Node, at: Rect, layout: &Layout<'_>) -> Option<Rect> {
    let several = graph::ways(def, node).iter().filter(|way| way.why != Why::Overdue).count() > 1;
    let of = |line: &&Line<'_>| line.from == From::Step(&node.id) && line.way.as_ref().is_some_and(|way| way.why != Why::Overdue);
    let ports = layout.lines.iter().filter(of).filter(|line| line.points.len() > 2).filter_map(|line| line.points.first());
    let first = ports.map(|(_, y)| *y).min().unwrap_or(at.y + at.height / 2);
    several.then(|| small(at.right() + 14, first - 10, 20))
}

fn end_id(end: End<'_>) -> String {
    match end {
        End::Step(id) => format!("step_{id}"),
        End::Branch(id) => format!("branch_{id}"),
        End::Close(id) => format!("close_{id}"),
    }
}

fn node_id(node: &Node) -> String {
    format!("step_{}", node.id)
}

fn gateway_id(node: &Node) -> String {
    format!("via_{}", node.id)
}

fn timer_id(node: &Node) -> String {
    format!("due_{}", node.id)
}
