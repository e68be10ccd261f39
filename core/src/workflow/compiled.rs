//! A definition that was checked: every target resolved, every outcome handled, the catalogue's terms beside every step.
//!
//! This is the graph. What proves things about it reads the same nodes that `transition()` walks.

use std::collections::BTreeMap;

use super::{
    catalogue::{Change, Effect, Idempotency},
    command::Work,
    definition::{Clock, Ending, Join},
    event::Wait,
    period::Period,
    refusal::Refusal,
};

/// The outcome of a task whose `due` has passed, where a step names it.
pub const OVERDUE: &str = "overdue";
/// The outcome a step may name for an action that was tried as often as allowed.
pub const FAILED: &str = "failed";
/// The one outcome of a loop.
pub const JOINED: &str = "joined";
/// The sender and the role of the person whose case it is.
pub const SUBJECT: &str = "subject";

/// A runnable definition. Immutable; a case is pinned to its `sha256`.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// `erasure`.
    pub name: String,
    /// From 1.
    pub version: u32,
    /// Of `text`, lower-case hex.
    pub sha256: String,
    /// The definition, and the decisions it asks that somebody wrote: as [`joined`](super::pinned::joined) puts them together.
    pub text: String,
    /// By language code.
    pub title: BTreeMap<String, String>,
    /// Where the right stands.
    pub right: Option<String>,
    /// Roles its tasks may be given to.
    pub roles: Vec<String>,
    /// The statutory clock, for who computes the deadline.
    pub clock: Clock,
    /// The form that opens a case.
    pub input: Option<String>,
    /// In order; a case begins in the first.
    pub stages: Vec<Stage>,
    /// What may be sent at any time, in order.
    pub signals: Vec<Signal>,
    pub(super) nodes: BTreeMap<String, Node>,
    pub(super) given: Vec<String>,
    pub(super) lapsing: Vec<String>,
    pub(super) restarting: Vec<String>,
    pub(super) attestable: Vec<String>,
    pub(super) leads: Vec<String>,
}

impl Compiled {
    /// The step of that name; a body action of a short `each` is called `LOOP.each`.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// Every step, by name.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values()
    }

    /// Every list that a loop runs over.
    pub fn lists(&self) -> impl Iterator<Item = &str> {
        self.nodes.values().filter_map(|node| if let Kind::Loop(inner) = &node.kind { Some(inner.list.as_str()) } else { None })
    }

    /// The stage of that name.
    pub fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }
}

/// A stage.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Its name.
    pub id: String,
    /// Its steps in order, without the bodies of loops.
    pub steps: Vec<String>,
    /// Where it begins: its first step, or its close.
    pub entry: Target,
    /// How the case ends here, and how long its file is kept.
    pub close: Option<(Ending, Option<Period>)>,
    /// What happens here cannot be taken back.
    pub point_of_no_return: bool,
}

/// Where a step leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A step.
    Step(String),
    /// The beginning of a stage; out of a loop, the other branches are called off.
    Stage(String),
    /// The end of a branch.
    BranchEnd,
    /// The close of a stage.
    Close(String),
}

impl Target {
    /// Its name, as the definition writes it.
    pub fn name(&self) -> &str {
        match self {
            Self::Step(name) | Self::Stage(name) | Self::Close(name) => name,
            Self::BranchEnd => "end",
        }
    }
}

/// A step of the graph.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its name.
    pub id: String,
    /// The stage it stands in.
    pub stage: String,
    /// The loop it is in the body of.
    pub parent: Option<String>,
    /// What is done.
    pub kind: Kind,
    /// How it may end by what a person or the house reports, in the catalogue's order.
    pub outcomes: Vec<String>,
    /// Where each outcome leads, `overdue` among them where it is named.
    pub routes: BTreeMap<String, Target>,
    /// What each outcome changes.
    pub changes: BTreeMap<String, Change>,
    /// Proven when the loop around it has ended.
    pub on_join: Vec<String>,
    /// Facts that must be certain before it begins.
    pub needs: Vec<String>,
    /// The rule that each of them stands for.
    pub rules: BTreeMap<String, &'static str>,
    /// How often it may take a way.
    pub limits: BTreeMap<Target, u32>,
    /// Where it goes instead; nowhere: an incident.
    pub exhausted: Option<Target>,
    /// The legal basis for stopping the clock while it waits.
    pub pauses: Option<String>,
}

impl Node {
    /// What it does to the world; what people and rules decide stays in the house.
    pub const fn effect(&self) -> Effect {
        match &self.kind {
            Kind::Work { effect, .. } => *effect,
            Kind::Task(_) | Kind::Loop(_) => Effect::Internal,
        }
    }

    /// Settings that people may change when it has failed.
    pub fn changeable(&self) -> &[String] {
        match &self.kind {
            Kind::Work { changeable, .. } => changeable,
            Kind::Task(_) | Kind::Loop(_) => &[],
        }
    }

    /// Lets through the outcomes it has.
    pub(super) fn may_end(&self, wait: &Wait, outcome: &str) -> Result<(), Refusal> {
        if self.outcomes.iter().any(|known| known == outcome) {
            return Ok(());
        }
        Err(Refusal::OutcomeUnknown { wait: wait.clone(), outcome: outcome.to_owned() })
    }

    /// Whether anything later may build on what it proves.
    pub fn proves(&self) -> bool {
        !self.on_join.is_empty() || self.changes.values().any(|change| !change.grants.is_empty())
    }
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A person fills in a form.
    Task(Task),
    /// The house performs an action or decides by rules.
    Work {
        /// What exactly.
        work: Work,
        /// What that does to the world.
        effect: Effect,
        /// What doing it twice does.
        idempotency: Idempotency,
        /// Settings that people may change when it has failed.
        changeable: Vec<String>,
    },
    /// The body runs once per item.
    Loop(Loop),
}

/// A task.
#[derive(Debug, Clone)]
pub struct Task {
    /// Who may: roles, or `subject`.
    pub roles: Vec<String>,
    /// The form.
    pub form: String,
    /// From its opening.
    pub due: Period,
    /// Who joins, and when.
    pub escalate: Vec<(Period, String)>,
    /// Not by whoever did these steps: first those that every way here goes through, then the others.
    pub not_by: Vec<String>,
    /// Steps whose results are shown beside the form.
    pub shows: Vec<String>,
}

/// A loop.
#[derive(Debug, Clone)]
pub struct Loop {
    /// Over what.
    pub list: String,
    /// The first step of the body.
    pub first: String,
    /// The names of the body.
    pub body: Vec<String>,
    /// When it is over.
    pub join: Join,
}

/// Something that may be sent at any time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Its name.
    pub event: String,
    /// Who may send it.
    pub from: Vec<String>,
    /// Only before this stage is entered.
    pub until: Option<String>,
    /// Only in these stages.
    pub stages: Vec<String>,
    /// Only so long after the close.
    pub within: Option<Period>,
    /// The stage it leads to.
    pub then: String,
}
