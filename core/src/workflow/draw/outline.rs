//! The definition in words: numbered stages and steps, and where every outcome leads. Whoever cannot see the picture reads this.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

use super::{
    super::compiled::{Compiled, Kind, Node, Signal, Stage},
    graph::{self, End, Verb, Why},
};

/// A definition in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outline {
    /// Its stages, in order.
    pub stages: Vec<Part>,
    /// What may be sent at any time.
    pub any_time: Vec<Event>,
}

/// A stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// `3`.
    pub number: String,
    /// Its name.
    pub name: String,
    /// What happens here cannot be taken back.
    pub point_of_no_return: bool,
    /// Its steps.
    pub steps: Vec<Step>,
    /// How the case ends here.
    pub close: Option<&'static str>,
    /// How long its file is kept after that.
    pub keep: Option<String>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// `3.2`, in a loop `3.2.1`.
    pub number: String,
    /// Its name.
    pub name: String,
    /// `task`, `do`, `decide`, `each`.
    pub kind: &'static str,
    /// The form, action, decision or list.
    pub of: String,
    /// Roles that may do it; empty where the house does it.
    pub who: Vec<String>,
    /// How long it may take.
    pub due: Option<String>,
    /// Who joins, and after how long.
    pub escalate: Vec<(String, String)>,
    /// Steps whose doers may not do it.
    pub not_by: Vec<String>,
    /// Where its outcomes lead.
    pub ways: Vec<Way>,
    /// The body of a loop.
    pub body: Vec<Step>,
}

/// A way out of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The outcomes that take it; none: the way after a limit.
    pub outcomes: Vec<String>,
    /// How often it may be taken; of the way after a limit, after how many times it is.
    pub times: Option<u32>,
    /// Where it leads.
    pub to: Place,
}

/// Where a way leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "place", rename_all = "kebab-case")]
pub enum Place {
    /// To a step.
    Step {
        /// `3.2`.
        number: String,
        /// Its name.
        name: String,
    },
    /// To the end of a branch.
    BranchEnd,
    /// To the close of a stage.
    Close {
        /// `9`.
        number: String,
        /// Its name.
        name: String,
    },
}

/// An any-time event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Who may send it.
    pub from: Vec<String>,
    /// Only before this stage.
    pub until: Option<String>,
    /// Only in these stages.
    pub stages: Vec<String>,
    /// Only so long after the close.
    pub within: Option<String>,
    /// Where it leads.
    pub to: Place,
}

/// The definition in words.
pub fn outline(def: &Compiled) -> Outline {
    let words = Wording { def, numbers: graph::numbers(def) };
    let part = |stage: &Stage| Part {
        number: words.number(&stage.id),
        name: stage.id.clone(),
        point_of_no_return: stage.point_of_no_return,
        steps: stage.steps.iter().filter_map(|id| def.node(id)).map(|node| words.step(node)).collect(),
        close: stage.close.map(|(ending, _)| graph::ending(ending)),
        keep: stage.close.and_then(|(_, keep)| keep).map(|keep| keep.to_string()),
    };
    Outline { stages: def.stages.iter().map(part).collect(), any_time: def.signals.iter().map(|signal| words.event(signal)).collect() }
}

struct Wording<'d> {
    def: &'d Compiled,
    numbers: BTreeMap<&'d str, String>,
}

impl Wording<'_> {
    fn number(&self, name: &str) -> String {
        self.numbers.get(name).cloned().unwrap_or_default()
    }

    fn step(&self, node: &Node) -> Step {
        let task = if let Kind::Task(task) = &node.kind { Some(task) } else { None };
        let escalate = task.into_iter().flat_map(|task| &task.escalate);
        Step {
            number: self.number(&node.id),
            name: node.id.clone(),
            kind: Verb::of(node).name(),
            of: graph::object(node),
            who: task.map(|task| task.roles.clone()).unwrap_or_default(),
            due: task.map(|task| task.due.to_string()),
            escalate: escalate.map(|(after, role)| (after.to_string(), role.clone())).collect(),
            not_by: task.map(|task| task.not_by.clone()).unwrap_or_default(),
            ways: graph::ways(self.def, node).iter().map(|way| self.way(way)).collect(),
            body: graph::body(self.def, node).map(|inner| self.step(inner)).collect(),
        }
    }

    fn way(&self, way: &graph::Way<'_>) -> Way {
        let outcomes = if way.why == Why::Limit { Vec::new() } else { way.outcomes.iter().map(ToString::to_string).collect() };
        Way { outcomes, times: way.times, to: self.place(way.to) }
    }

    fn place(&self, end: End<'_>) -> Place {
        match end {
            End::Step(name) => Place::Step { number: self.number(name), name: name.to_owned() },
            End::Branch(_) => Place::BranchEnd,
            End::Close(name) => Place::Close { number: self.number(name), name: name.to_owned() },
        }
    }

    fn event(&self, signal: &Signal) -> Event {
        Event {
            name: signal.event.clone(),
            from: signal.from.clone(),
            until: signal.until.clone(),
            stages: signal.stages.clone(),
            within: signal.within.map(|within| within.to_string()),
            to: self.place(graph::entry(self.def, &signal.then)),
        }
    }
}

impl fmt::Display for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.stages {
            let point = if part.point_of_no_return { " (point of no return)" } else { "" };
            writeln!(f, "{}. {}{point}", part.number, part.name)?;
            part.steps.iter().try_for_each(|step| step.write(f, 1))?;
            if let Some(close) = part.close {
                let keep = part.keep.as_ref().map(|keep| format!(", file kept {keep}")).unwrap_or_default();
                writeln!(f, "   closed: {close}{keep}")?;
            }
        }
        if !self.any_time.is_empty() {
            writeln!(f, "At any time")?;
        }
        self.any_time.iter().try_for_each(|event| writeln!(f, "   {event}"))
    }
}

impl Step {
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        let indent = "   ".repeat(depth);
        write!(f, "{indent}{} {}: {} {}", self.number, self.name, self.kind, self.of)?;
        if !self.who.is_empty() {
            write!(f, ", by {}", self.who.join(" or "))?;
        }
        if let Some(due) = &self.due {
            write!(f, ", due {due}")?;
        }
        self.escalate.iter().try_for_each(|(after, role)| write!(f, ", after {after} {role} too"))?;
        if !self.not_by.is_empty() {
            write!(f, ", not by whoever did {}", self.not_by.join(" or "))?;
        }
        writeln!(f)?;
        self.body.iter().try_for_each(|step| step.write(f, depth + 1))?;
        self.ways.iter().try_for_each(|way| writeln!(f, "{indent}   {way}"))
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.outcomes.is_empty(), self.times) {
            (true, times) => write!(f, "after {} times", times.unwrap_or_default())?,
            (false, Some(times)) => write!(f, "{}, at most {times} times", self.outcomes.join(", "))?,
            (false, None) => f.write_str(&self.outcomes.join(", "))?,
        }
        write!(f, " → {}", self.to)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step { number, name } => write!(f, "{number} {name}"),
            Self::BranchEnd => f.write_str("end of the branch"),
            Self::Close { number, name } => write!(f, "{number} {name} (closed)"),
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, from {}", self.name, self.from.join(" or "))?;
        if let Some(until) = &self.until {
            write!(f, ", until {until}")?;
        }
        if !self.stages.is_empty() {
            write!(f, ", in {}", self.stages.join(" or "))?;
        }
        if let Some(within) = &self.within {
            write!(f, ", within {within}")?;
        }
        write!(f, " → {}", self.to)
    }
}
