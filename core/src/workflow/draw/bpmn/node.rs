//! A step as a BPMN activity: who may do it, by when, over what.

use super::super::{
    super::{
        compiled::{Kind, Node, OVERDUE},
        definition::Join,
    },
    graph::{self, Verb},
};
use crate::source::xml::Element;

/// The activity of a step, without its id.
pub(super) fn element(node: &Node, number: &str) -> Element {
    let name = match Verb::of(node) {
        Verb::Task => "userTask",
        Verb::Do => "serviceTask",
        Verb::Decide => "businessRuleTask",
        Verb::Each => "subProcess",
    };
    let words = format!("{number}, stage {}: {} {}", node.stage, Verb::of(node).name(), graph::object(node));
    let activity = Element::new(name).with("name", &node.id).child(documentation(&words));
    match &node.kind {
        Kind::Task(task) => activity.children(task.roles.iter().map(|role| owner(role))),
        Kind::Loop(inner) => activity.child(instances(inner.join)),
        Kind::Work { .. } => activity,
    }
}

/// The timer of a task: it takes the task away where the definition says what then, and only reminds where it does not.
pub(super) fn timer(node: &Node) -> Option<Element> {
    let Kind::Task(task) = &node.kind else { return None };
    let interrupts = node.routes.contains_key(OVERDUE);
    let joins = task.escalate.iter().map(|(after, role)| format!("after {after} {role} may do it too")).collect::<Vec<_>>();
    let due = Element::new("timeDuration").with("xsi:type", "tFormalExpression").text(task.due);
    let event = Element::new("boundaryEvent").with("name", format!("due {}", task.due)).with("attachedToRef", super::node_id(node));
    let event = event.with("cancelActivity", interrupts);
    let event = if joins.is_empty() { event } else { event.child(documentation(&joins.join("; "))) };
    Some(event.child(Element::new("timerEventDefinition").child(due)))
}

pub(super) fn documentation(words: &str) -> Element {
    Element::new("documentation").text(words)
}

fn owner(role: &str) -> Element {
    let expression = Element::new("formalExpression").text(role);
    Element::new("potentialOwner").child(Element::new("resourceAssignmentExpression").child(expression))
}

/// One instance per item, side by side; over with the last or with the first.
fn instances(join: Join) -> Element {
    let several = Element::new("multiInstanceLoopCharacteristics").with("isSequential", "false");
    let first = Element::new("completionCondition").with("xsi:type", "tFormalExpression").text("the first instance has ended");
    if join == Join::Any { several.child(first) } else { several }
}
