//! An open case goes on with another version of its workflow, if that version's proofs hold for it.
//!
//! A case moves only where it waits for a person: what is being performed reports first. An incident does not move with the
//! case: it is closed, and its step begins anew, which is how a mended definition frees a stuck case. Moving back is another
//! migration, possible as long as the case waits at the same place.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    super::{
        compiled::{Compiled, Kind, Node},
        event::{Event, EventKind, Wait},
        explanation::Explanation,
        refusal::Refusal,
        run::Run,
        state::{State, Waiting},
        transition::{Step, start, transition},
    },
    diff::clock,
};

/// What a version takes for granted at a step: every fact that is certain there on all of its own ways.
pub type Certain<'a> = &'a dyn Fn(&str) -> BTreeSet<String>;

/// Steps of the older definition whose place another step takes; any other keeps its name.
pub type Mapping = BTreeMap<String, String>;

/// Moves a case. `certain` is asked about `newer`, so that everything proven about it holds for this case too.
pub fn migrate(older: &Compiled, newer: &Compiled, certain: Certain<'_>, state: &State, event: &Event) -> Result<Step, Refusal> {
    let EventKind::Migrated { from, to, steps } = &event.kind else { return Err(Refusal::WrongDefinition) };
    if *state.sha256 != *older.sha256 || *from != older.sha256 || *to != newer.sha256 {
        return Err(Refusal::WrongDefinition);
    }
    if state.closed.is_some() {
        return Err(Refusal::CaseClosed);
    }
    let mut places = Vec::new();
    for open in &state.open {
        places.push(place(older, newer, certain, steps, state, &open.wait, &open.for_what)?);
    }
    let mut run = Run::new(newer, state.clone(), event.at);
    run.explanations.push(Explanation::Migrated { from: older.version, to: newer.version });
    for place in places.iter().filter(|place| !place.same) {
        run.leave(&place.from, true);
    }
    rename(&mut run.state, newer, steps);
    if let Some(node) = places.first().and_then(|place| newer.node(&place.to.step)) {
        run.state.stage.clone_from(&node.stage);
    }
    for place in places.iter().filter(|place| !place.same) {
        run.begin_again(&place.to);
    }
    if clock(older) != clock(newer) {
        run.reset_clock();
    }
    Ok(run.into_step())
}

/// Where a wait goes.
struct Place {
    from: Wait,
    to: Wait,
    /// Nothing about it differs: it stays open as it is.
    same: bool,
}

fn place(
    older: &Compiled,
    newer: &Compiled,
    certain: Certain<'_>,
    steps: &Mapping,
    state: &State,
    wait: &Wait,
    for_what: &Waiting,
) -> Result<Place, Refusal> {
    if *for_what == Waiting::Work {
        return Err(Refusal::Working(wait.clone()));
    }
    let no_place = || Refusal::NoPlace(wait.clone());
    let from = older.node(&wait.step).ok_or_else(no_place)?;
    let name = steps.get(&wait.step).unwrap_or(&wait.step);
    let to = newer.node(name).filter(|node| fits(from, node, for_what, steps)).ok_or_else(no_place)?;
    let here = Wait { step: to.id.clone(), branch: wait.branch.clone() };
    let facts: Vec<String> =
        certain(&to.id).into_iter().chain(to.needs.iter().cloned()).filter(|fact| !state.facts.contains(fact)).collect();
    if !facts.is_empty() {
        let facts = facts.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        return Err(Refusal::Unproven { wait: here, facts });
    }
    let same = matches!(for_what, Waiting::Task { .. }) && super::diff::same_task(from, to);
    Ok(Place { from: wait.clone(), to: here, same })
}

/// A task is taken over by a task, an incident by whatever step it happened at; both inside the same loop or outside of any.
fn fits(from: &Node, to: &Node, for_what: &Waiting, steps: &Mapping) -> bool {
    let around = |node: &Node| node.parent.as_ref().map(|parent| steps.get(parent).unwrap_or(parent).clone());
    let kind = matches!(for_what, Waiting::Incident(_)) || matches!(to.kind, Kind::Task(_));
    kind && around(from) == to.parent
}

/// What the case remembers by the names of steps and stages.
fn rename(state: &mut State, newer: &Compiled, steps: &Mapping) {
    let name = |step: &str| steps.get(step).map_or(step, String::as_str).to_owned();
    state.sha256 = newer.sha256.as_str().into();
    state.did = Arc::new(state.did.iter().map(|(step, people)| (name(step), people.clone())).collect());
    state.outcomes = std::mem::take(&mut state.outcomes).into_iter().map(|(step, outcome)| (name(&step).into(), outcome)).collect();
    state.taken = std::mem::take(&mut state.taken).into_iter().map(|(way, times)| (renamed_way(&way, name), times)).collect();
    Arc::make_mut(&mut state.entered).retain(|stage| newer.stage(stage).is_some());
    for pause in &mut state.pauses {
        pause.wait.step = name(&pause.wait.step);
    }
}

/// `step@branch>target` under other names.
fn renamed_way(way: &str, name: impl Fn(&str) -> String) -> String {
    let (wait, target) = way.split_once('>').unwrap_or((way, ""));
    let (step, branch) = wait.split_once('@').map_or((wait, None), |(step, branch)| (step, Some(branch)));
    let branch = branch.map(|branch| format!("@{branch}")).unwrap_or_default();
    format!("{}{branch}>{}", name(step), name(target))
}

/// The state that a case's accepted events lead to, through all versions it ran on, of which `last` is the one it is pinned to;
/// nothing without any event.
pub fn fold<'d, 'e>(
    last: &'d Compiled,
    version: impl Fn(&str) -> Option<&'d Compiled>,
    events: impl IntoIterator<Item = &'e Event> + Clone,
) -> Result<Option<State>, Refusal> {
    let mut moves = events.clone().into_iter().filter_map(|event| match &event.kind {
        EventKind::Migrated { from, .. } => Some(from),
        _ => None,
    });
    let first = moves.next().map_or(Some(last), |from| version(from)).ok_or(Refusal::WrongDefinition)?;
    let (mut def, mut state) = (first, None::<State>);
    for event in events {
        let step = match (&state, &event.kind) {
            (None, _) => start(def, event)?,
            (Some(state), EventKind::Migrated { to, .. }) => {
                let newer = version(to).ok_or(Refusal::WrongDefinition)?;
                let step = migrate(def, newer, &|_| BTreeSet::new(), state, event)?;
                def = newer;
                step
            }
            (Some(state), _) => transition(def, state, event)?,
        };
        state = Some(step.state);
    }
    Ok(state)
}
