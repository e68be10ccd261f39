//! Proves what a definition owes before it may be used: every duty of the catalogue on every path, and that each case comes to its end.
//!
//! # Why it can be believed
//!
//! The graph ([`graph`]) has a place for every step, every end of a loop and every close, and an edge for everything the engine may do
//! there: each outcome, `overdue`, the way past a limit, an empty loop, each any-time event in its window, the reopening of a closed
//! case. An edge undoes and proves what the engine undoes and proves on that event, in the same order. A fact counts as certain at a place
//! if every way there leaves it proven ([`flow`]): the engine's facts are never fewer than that, so a step whose needs are certain here
//! never meets `NeedsMissing` there. Four things are not plain edges:
//!
//! - **Branches run side by side** and share one set of facts. What any step of the body may undo is therefore never certain inside the
//!   body, nor where a branch leaves it, whoever proved it last; what one branch proves is not believed by another. At the end of a loop
//!   counts what holds on every way through one branch and on the way past an empty loop, and then what the body proves for the end.
//!   That last part is granted by the engine whatever the branches did, so each branch must have ended the proving step well (G026).
//! - **Time passes in every wait**: what ends with the deadline is not certain after one, unless the outcome itself says that it still is,
//!   which the house does not report too late. A person who starts a step again after an incident is asked by the engine once more.
//! - **Incidents**: a failed step may begin again with what was certain before; after a limit without a way on, with what its outcome left.
//!   What people do by hand ends in an outcome, which is an edge. What they leave out proves nothing, stands in no loop that proves
//!   something at its end, and goes on as its outcome would have.
//! - **Reopening** forgets who did what and which stages were entered, and gives what every case is given.
//!
//! A window (`until`) shuts an edge once its stage has certainly been entered. That makes a place depend on its ways, so a missing fact is
//! told only with a way that shows it, followed edge by edge.

mod budget;
mod duty;
mod fact;
mod flow;
mod graph;
mod order;
mod people;
mod rank;
mod shape;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    catalogue::{Action, Catalogue},
    command::Work,
    compile::compile,
    compiled::{Compiled, Kind, Node},
    definition::{Definition, Name, Step, Verb, parse},
};
use crate::source::diagnostic::{Diagnostic, Finding, Place, Problems};
use flow::Flow;
use graph::{At, Graph};

/// What a definition meets where it is used. What is not known is not checked.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Who holds each role.
    pub members: Option<BTreeMap<String, BTreeSet<String>>>,
    /// What is written in which language.
    pub wording: Option<Wording>,
}

/// What is written in which language: pairs of a name and a language code.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// The languages that are offered.
    pub languages: Vec<String>,
    /// Letters.
    pub letters: BTreeSet<(String, String)>,
    /// Labels of forms.
    pub forms: BTreeSet<(String, String)>,
}

/// Reads, compiles and proves a definition: the one way to a definition that new cases may use.
pub fn load(file: &str, text: &str, catalogue: &Catalogue) -> Result<Compiled, Vec<Diagnostic>> {
    load_in(file, text, catalogue, &Surroundings::default())
}

/// The same where more is known than the definition says.
pub fn load_in(file: &str, text: &str, catalogue: &Catalogue, around: &Surroundings) -> Result<Compiled, Vec<Diagnostic>> {
    let definition = parse(file, text)?;
    let compiled = compile(&definition, catalogue)?;
    let problems = lint(&definition, &compiled, catalogue, around);
    if problems.is_empty() { Ok(compiled) } else { Err(problems) }
}

/// Everything that a compiled definition owes and does not keep, in reading order.
pub fn lint(definition: &Definition, compiled: &Compiled, catalogue: &Catalogue, around: &Surroundings) -> Vec<Diagnostic> {
    let graph = Graph::of(compiled, catalogue);
    let flow = Flow::of(&graph);
    let mut linter = Linter {
        definition,
        catalogue,
        steps: steps_of(definition),
        graph,
        flow,
        problems: Problems::new(&definition.file, &definition.text),
    };
    linter.duties();
    linter.order();
    linter.shape();
    linter.budget();
    linter.people(around);
    linter.problems.all()
}

/// The facts that are certain whenever a case waits at a step, by step: what everything proven about the definition rests on. What
/// ends with the deadline is never among them.
pub fn certain(compiled: &Compiled, catalogue: &Catalogue) -> BTreeMap<String, BTreeSet<String>> {
    let graph = Graph::of(compiled, catalogue);
    let flow = Flow::of(&graph);
    let facts = |(place, at): (usize, &At<'_>)| match at {
        At::Step(node) => {
            let facts = graph.proofs.named(flow.at(place)?).filter(|fact| !compiled.lapsing.iter().any(|lapsing| lapsing == fact));
            Some((node.id.clone(), facts.map(str::to_owned).collect()))
        }
        _ => None,
    };
    graph.places.iter().enumerate().filter_map(facts).collect()
}

struct Linter<'d> {
    definition: &'d Definition,
    catalogue: &'d Catalogue,
    /// Where everything is written.
    steps: BTreeMap<&'d str, &'d Step>,
    graph: Graph<'d>,
    flow: Flow,
    problems: Problems<'d>,
}

impl<'d> Linter<'d> {
    /// Tells something, with the law that codes of its number stand for.
    fn tell(&mut self, code: &'static str, at: Place, message: String, help: Option<String>, path: Option<String>) {
        let law = self.catalogue.obligations.iter().find(|owed| owed.code.get(..4) == code.get(..4)).map(|owed| owed.law);
        self.problems.put(Finding { code, at, message, help, path, law });
    }

    /// The steps that a case can come to, with their places in the graph and in the file.
    fn reached(&self) -> Vec<(usize, &'d Node, &'d Step)> {
        let step = |(place, at): (usize, &At<'d>)| match at {
            At::Step(node) if self.flow.reaches(place) => Some((place, *node, *self.steps.get(node.id.as_str())?)),
            _ => None,
        };
        self.graph.places.iter().enumerate().filter_map(step).collect()
    }

    /// What a step calls, and where that is written: `system.erase`, `plan-approval`, `extension`.
    fn called(step: &'d Step) -> &'d Name {
        match &step.verb {
            Verb::Task(task) => &task.form,
            Verb::Do(perform) => perform.with.iter().find(|(key, _)| key.as_str() == LETTER).map_or(&perform.action, |(_, letter)| letter),
            Verb::Decide(decide) => &decide.decision,
            Verb::Each(_) => &step.id,
        }
    }
}

/// The setting that names a letter.
const LETTER: &str = "letter";

/// Every step of a definition by name.
fn steps_of(definition: &Definition) -> BTreeMap<&str, &Step> {
    let top = definition.stages.iter().flat_map(|stage| &stage.steps);
    top.flat_map(|step| std::iter::once(step).chain(step.body())).map(|step| (step.id.as_str(), step)).collect()
}

/// The action that a step performs.
fn action_of<'c>(node: &Node, catalogue: &'c Catalogue) -> Option<&'c Action> {
    if let Kind::Work { work: Work::Act { action, .. }, .. } = &node.kind { catalogue.actions.get(action) } else { None }
}
