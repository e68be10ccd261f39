//! What stands below what: every step, the end of every branch, every close and event is one row.

use super::{
    super::{
        super::compiled::{Compiled, Kind, Node, Signal, Stage},
        graph::{self, End, Verb},
    },
    measure::{NAME_SIZE, SMALL_SIZE, width},
};

/// What a row shows.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum What<'d> {
    /// The beginning of the case.
    Start,
    /// A step.
    Step(&'d Node),
    /// The head of a loop; its body follows.
    Loop(&'d Node),
    /// Where the branches of a loop end.
    BranchEnd(&'d Node),
    /// The close of a stage.
    Close(&'d Stage),
    /// An any-time event and its place in the definition.
    Signal(usize, &'d Signal),
}

impl<'d> What<'d> {
    /// What lines arrive at here.
    pub(in super::super) fn end(&self) -> Option<End<'d>> {
        match self {
            Self::Step(node) | Self::Loop(node) => Some(End::Step(&node.id)),
            Self::BranchEnd(node) => Some(End::Branch(&node.id)),
            Self::Close(stage) => Some(End::Close(&stage.id)),
            Self::Start | Self::Signal(..) => None,
        }
    }

    /// The name, and what stands below it.
    pub(in super::super) fn words(&self) -> (String, String) {
        match self {
            Self::Step(node) | Self::Loop(node) => (node.id.clone(), below(node)),
            Self::Close(stage) => {
                let (ending, keep) = stage.close.map_or(("", None), |(ending, keep)| (graph::ending(ending), keep));
                (ending.to_owned(), keep.map(|keep| format!("keep {keep}")).unwrap_or_default())
            }
            Self::Signal(_, signal) => (signal.event.clone(), graph::window(signal)),
            Self::Start | Self::BranchEnd(_) => (String::new(), String::new()),
        }
    }
}

/// `task · case-handler · P2D`, `do · letter.send receipt`.
fn below(node: &Node) -> String {
    let verb = Verb::of(node).name();
    match &node.kind {
        Kind::Task(task) => format!("{verb} · {} · {}", task.roles.join(", "), task.due),
        Kind::Work { .. } | Kind::Loop(_) => format!("{verb} · {}", graph::object(node)),
    }
}

/// A row.
#[derive(Debug)]
pub(super) struct Row<'d> {
    pub(super) what: What<'d>,
    /// The stage; none for the any-time events.
    pub(super) band: Option<&'d Stage>,
    /// The loop around it.
    pub(super) inside: Option<&'d str>,
    /// The row that stands next below in its own list.
    pub(super) below: usize,
    /// How wide its words are, with room around them.
    pub(super) width: i32,
    /// How high it must be for its words.
    pub(super) height: i32,
}

impl<'d> Row<'d> {
    pub(super) fn end(&self) -> Option<End<'d>> {
        self.what.end()
    }
}

/// The rows, from top to bottom.
pub(super) fn rows(def: &Compiled) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for (stage, n) in def.stages.iter().zip(0..) {
        let band = Some(stage);
        if n == 0 {
            push(&mut rows, What::Start, band, None);
        }
        for node in stage.steps.iter().filter_map(|id| def.node(id)) {
            step(&mut rows, def, node, band);
        }
        if stage.close.is_some() {
            push(&mut rows, What::Close(stage), band, None);
        }
    }
    for (n, signal) in def.signals.iter().enumerate() {
        push(&mut rows, What::Signal(n, signal), None, None);
    }
    rows
}

fn step<'d>(rows: &mut Vec<Row<'d>>, def: &'d Compiled, node: &'d Node, band: Option<&'d Stage>) {
    let at = rows.len();
    if Verb::of(node) != Verb::Each {
        return push(rows, What::Step(node), band, None);
    }
    push(rows, What::Loop(node), band, None);
    for inner in graph::body(def, node) {
        push(rows, What::Step(inner), band, Some(&node.id));
    }
    push(rows, What::BranchEnd(node), band, Some(&node.id));
    let after = rows.len();
    if let Some(head) = rows.get_mut(at) {
        head.below = after;
    }
}

fn push<'d>(rows: &mut Vec<Row<'d>>, what: What<'d>, band: Option<&'d Stage>, inside: Option<&'d str>) {
    let (name, small) = what.words();
    let words = (width(&name, NAME_SIZE) + 44).max(width(&small, SMALL_SIZE));
    let height = match what {
        What::Start | What::BranchEnd(_) => 16,
        What::Close(_) => 32,
        What::Step(_) | What::Loop(_) | What::Signal(..) => 50,
    };
    let below = rows.len() + 1;
    rows.push(Row { what, band, inside, below, width: words + 28 + if inside.is_some() { super::INSET } else { 0 }, height });
}
