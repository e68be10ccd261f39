//! Proves a case: its journal, read again, must lead to its state, and its rows and the log must fit. Changes nothing.

use std::{collections::BTreeMap, time::Duration};

use habeas_core::workflow::{self, Event, State, event::Wait, state::Waiting};
use serde::Serialize;

use super::{advance, door::Door, refusal::Refusal, workflows::Workflows};
use crate::store::{Rows, case, case::Case, command, event, incident, leaf, task};

/// What reading a case again came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The case.
    pub case: String,
    /// Events in its journal.
    pub events: usize,
    /// Entries about it in the log.
    pub entries: usize,
    /// What does not fit; empty: it is proven.
    pub problems: Vec<String>,
}

/// Each kind of event and the entry that the log must have for it.
const ENTRIES: [(&str, &str); 4] =
    [("opened", "case-opened"), ("submitted", "task-done"), ("elapsed", "timer-fired"), ("signalled", "case-signalled")];

impl Door {
    /// Reads a case's journal again and compares.
    pub async fn prove(&self, reference: &str) -> Result<Proof, Refusal> {
        // Nobody moves the case while it is read.
        let tx = self.store.begin().await?;
        let case = case::lock(&tx, reference).await?.ok_or(Refusal::NotFound("case"))?;
        let proof = prove(&tx, &self.workflows, &case).await?;
        tx.roll_back().await?;
        Ok(proof)
    }

    /// The same for open cases, those whose references come next after a word, as many as there is time for; at the end it begins
    /// again. Returns those that do not fit, and how many were read.
    pub async fn prove_next(&self, after: &mut String, most: u64, time: Duration) -> Result<(Vec<Proof>, usize), Refusal> {
        let mut chosen = case::sample(&self.store, after, most).await?;
        if chosen.is_empty() {
            chosen = case::sample(&self.store, "", most).await?;
        }
        let (mut broken, mut read) = (Vec::new(), 0);
        let reading = async {
            for reference in chosen {
                after.clone_from(&reference);
                broken.extend(Some(self.prove(&reference).await?).filter(|proof| !proof.problems.is_empty()));
                read += 1;
            }
            Ok::<_, Refusal>(())
        };
        // What was not reached has its turn next time. The one that was interrupted has not: it must not stand in the way of the others.
        tokio::time::timeout(time, reading).await.unwrap_or(Ok(()))?;
        Ok((broken, read))
    }
}

/// Reads a case's journal again and compares it with its state, its rows and the log.
pub(crate) async fn prove(rows: &impl Rows, workflows: &Workflows, case: &Case) -> Result<Proof, Refusal> {
    let journal = event::of_case(rows, &case.id).await?;
    let entries = leaf::kinds_of_case(rows, &case.id).await?;
    let mut problems = Vec::new();
    match (folded(workflows, case, &journal), serde_json::from_str::<State>(&case.state)) {
        (Err(problem), _) => problems.push(problem),
        (_, Err(_)) => problems.push("its state is not what this version writes".to_owned()),
        (Ok(folded), Ok(state)) if folded.as_ref() != Some(&state) => problems.push("its journal does not lead to its state".to_owned()),
        (Ok(_), Ok(state)) => problems.extend(waits(rows, case, &state).await?),
    }
    let count = |kind: &str| journal.iter().filter(|event| event.kind == kind).count();
    let mut logged: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &entries {
        *logged.entry(entry.as_str()).or_default() += 1;
    }
    for (kind, entry) in ENTRIES {
        let (events, entries) = (count(kind), logged.get(entry).copied().unwrap_or_default());
        if events != entries {
            problems.push(format!("{events} events `{kind}`, but {entries} entries `{entry}` in the log"));
        }
    }
    Ok(Proof { case: case.id.clone(), events: journal.len(), entries: entries.len(), problems })
}

fn folded(workflows: &Workflows, case: &Case, journal: &[event::Event]) -> Result<Option<State>, String> {
    let in_order = (1_i64..).zip(journal).all(|(seq, event)| event.seq == seq);
    if !in_order || i64::try_from(journal.len()).ok() != Some(case.rev) {
        return Err("its journal has gaps".to_owned());
    }
    let definition = workflows.by_sha(&case.definition).map_err(|refusal| refusal.to_string())?;
    let events: Result<Vec<Event>, _> = journal.iter().map(|event| serde_json::from_str(&event.body)).collect();
    let events = events.map_err(|_| "an event is not what this version reads".to_owned())?;
    let version = |sha: &str| workflows.by_sha(sha).ok();
    advance::guarded(|| workflow::version::fold(definition, version, &events))
        .map_err(|refusal| refusal.to_string())?
        .map_err(|refusal| format!("its journal is refused when read again: {refusal}"))
}

/// Everything that the state waits for must have the row that ends the wait.
async fn waits(rows: &impl Rows, case: &Case, state: &State) -> Result<Vec<String>, Refusal> {
    let at = |step: &str, branch: &Option<String>| Wait { step: step.to_owned(), branch: branch.clone() };
    let work = command::of_case(rows, &case.id).await?;
    let work: Vec<Wait> = work.iter().filter_map(|row| Some(at(row.step.as_ref()?, &row.branch))).collect();
    let tasks = task::of_case(rows, &case.id).await?;
    let tasks: Vec<Wait> = tasks.iter().filter(|row| row.closed.is_none()).map(|row| at(&row.step, &row.branch)).collect();
    let incidents = incident::of_case(rows, &case.id).await?;
    let incidents: Vec<Wait> = incidents.iter().filter(|row| row.closed.is_none()).map(|row| at(&row.step, &row.branch)).collect();
    let woken = |open: &&workflow::state::Open| match open.for_what {
        Waiting::Work => work.contains(&open.wait),
        Waiting::Task { .. } => tasks.contains(&open.wait),
        Waiting::Incident(_) => incidents.contains(&open.wait),
    };
    Ok(state.open.iter().filter(|open| !woken(open)).map(|open| format!("nothing will wake `{}`", open.wait)).collect())
}
