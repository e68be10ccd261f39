//! The ways out of an incident: asked by whoever offers them, and by `transition()` before it takes one. One answer for both.

use std::collections::BTreeMap;

use super::{
    catalogue::Effect,
    compiled::{Compiled, Kind, Node, Stage, Target},
    event::Wait,
    refusal::Refusal,
    state::{State, Waiting},
};

/// What may be done about an incident besides trying again, which is always possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// Settings that may be changed for the next try.
    pub change: Vec<String>,
    /// Outcomes that may be stated by hand, with proof.
    pub by_hand: Vec<String>,
    /// Whether the step may be left out, by who leads.
    pub skip: bool,
    /// Whether the case may be sent back to its beginning, by who leads.
    pub restart: bool,
    /// Roles that may leave out and send back.
    pub leads: Vec<String>,
}

/// The ways out of the incident that waits there; nothing where none does.
pub fn ways_out(def: &Compiled, state: &State, wait: &Wait) -> Option<Ways> {
    let node = def.node(&wait.step)?;
    let open = state.waiting(wait)?;
    matches!(open.for_what, Waiting::Incident(_)).then(|| Ways {
        change: changeable(state, node).to_vec(),
        by_hand: node.outcomes.iter().filter(|outcome| by_hand(def, state, node, wait, outcome).is_ok()).cloned().collect(),
        skip: skip(def, node, wait).is_ok(),
        restart: restart(def, state).is_ok(),
        leads: def.leads.clone(),
    })
}

/// Where a fact is missing, no setting helps.
fn changeable<'n>(state: &State, node: &'n Node) -> &'n [String] {
    if state.missing(node).is_empty() { node.changeable() } else { &[] }
}

/// Settings are changed only where the catalogue lets people.
pub(super) fn change(state: &State, node: &Node, wait: &Wait, with: &BTreeMap<String, String>) -> Result<(), Refusal> {
    match with.keys().find(|setting| !changeable(state, node).contains(setting)) {
        Some(setting) => Err(Refusal::NotChangeable { wait: wait.clone(), setting: setting.clone() }),
        None => Ok(()),
    }
}

/// By hand goes what a person can do in the world and show proof of: not a form, not what rules or look-ups must find,
/// not what the house itself may not do now.
pub(super) fn by_hand(def: &Compiled, state: &State, node: &Node, wait: &Wait, outcome: &str) -> Result<(), Refusal> {
    if !matches!(node.kind, Kind::Work { .. }) || !state.missing(node).is_empty() {
        return Err(Refusal::NotByHand(wait.clone()));
    }
    node.may_end(wait, outcome)?;
    let proves = node.changes.get(outcome).is_some_and(|change| change.grants.iter().any(|fact| !def.attestable.contains(fact)));
    if proves && node.effect() <= Effect::Read {
        return Err(Refusal::ProofByHand { wait: wait.clone(), outcome: outcome.to_owned() });
    }
    Ok(())
}

/// Left out goes what nothing later relies on, where the way on is plain. In a loop that proves something at its end, later steps rely on
/// every branch.
pub(super) fn skip(def: &Compiled, node: &Node, wait: &Wait) -> Result<(), Refusal> {
    let work = matches!(node.kind, Kind::Work { effect, .. } if effect != Effect::Irreversible);
    let plain = node.parent.is_some() || node.outcomes.len() == 1;
    let relied = node.parent.is_some() && def.nodes().any(|other| other.parent == node.parent && other.proves());
    if work && plain && !relied && !node.proves() { Ok(()) } else { Err(Refusal::NotSkippable(wait.clone())) }
}

/// A case is sent back to its beginning, from where everything is proven anew. Never once something irreversible was begun, nor while
/// a fact that every case is given does not hold any more.
pub(super) fn restart<'d>(def: &'d Compiled, state: &State) -> Result<&'d Stage, Refusal> {
    let works = |stage: &&Stage| matches!(stage.entry, Target::Step(_)) && !stage.point_of_no_return;
    let first = def.stages.first().filter(works).ok_or(Refusal::NotRestartable)?;
    let changed = def.given.iter().any(|fact| !def.lapsing.contains(fact) && !state.facts.contains(fact));
    if state.past_return || changed { Err(Refusal::PastReturn) } else { Ok(first) }
}
