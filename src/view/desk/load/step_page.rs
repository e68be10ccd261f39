//! One system in one case, as the log tells it.

use std::collections::BTreeMap;

use habeas_core::{
    crypto::tree::leaf_hash,
    law::{lang::Text, map::System},
};

use super::{
    OnDesk,
    case_page::{Logged, who},
    names,
};
use crate::{
    store::{StoreError, command, incident, leaf, leaf::Leaf, task::Task},
    view::{
        desk::{
            eyes::Eyes,
            step::{Asked, Attempt, Came, Reply, StepPage, What},
        },
        look::Look,
    },
};

/// Facts in which a system answers.
const REPLIES: [&str; 13] = [
    "system-searched",
    "system-signed-off",
    "erasure-blocked",
    "system-erased",
    "erasure-verified",
    "system-corrected",
    "system-restricted",
    "system-lifted",
    "change-verified",
    "deferral-blocked",
    "deferred-erased",
    "held-restricted",
    "held-lifted",
];

/// What may be counted in them, by its code in the log.
const COUNTS: [&str; 8] = ["records", "deleted", "cleared", "already_gone", "changed", "already", "gone", "checked"];

impl StepPage {
    /// A system of a case, if the reader may see both.
    pub async fn load(look: &Look, eyes: &Eyes, reference: &str, key: &str) -> Result<Option<Self>, StoreError> {
        let Some(desk) = OnDesk::open(look, eyes, reference).await? else { return Ok(None) };
        let line = desk.systems(look, eyes).await?.into_iter().find(|line| line.key == key);
        let (Some(line), Some(system)) = (line, look.organisation.system(key)) else { return Ok(None) };
        let names = names(look).await?;
        let mut about = Vec::new();
        for leaf in leaf::of_case(&look.store, &look.keys, reference).await? {
            let logged = Logged::read(&leaf)?;
            if logged.codes.get("system").is_some_and(|system| system == key) {
                about.push((leaf, logged));
            }
        }
        let here = |task: &&Task| task.branch.as_deref() == Some(key);
        let mut attempts: Vec<Attempt> = about.iter().filter_map(|(leaf, logged)| effect(leaf, logged)).collect();
        attempts.extend(desk.tasks.iter().filter(here).filter_map(|task| form(task, &names)));
        attempts.sort_by_key(|attempt| attempt.at);
        let waiting = command::of_case(&look.store, reference).await?;
        let waiting = waiting.into_iter().find(|command| command.branch.as_deref() == Some(key) && command.last_error.is_some());
        let mine = desk.open_tasks().filter(here).filter(|task| eyes.own(task) && !eyes.four_eyes(task));
        Ok(Some(Self {
            reference: reference.to_owned(),
            key: key.to_owned(),
            label: line.label,
            state: line.state,
            incidents: incidents(look, eyes, reference, key).await?,
            tasks: mine.map(|task| (task.id.clone(), task.form.clone())).collect(),
            again_at: waiting.map(|command| command.due_at),
            asked: asked(&about),
            attempts,
            replies: about.iter().filter_map(|(leaf, logged)| reply(system, leaf, logged)).collect(),
        }))
    }
}

async fn incidents(look: &Look, eyes: &Eyes, reference: &str, key: &str) -> Result<Vec<String>, StoreError> {
    if !eyes.see_all() {
        return Ok(Vec::new());
    }
    let all = incident::of_case(&look.store, reference).await?;
    Ok(all.into_iter().filter(|it| it.closed.is_none() && it.branch.as_deref() == Some(key)).map(|it| it.id).collect())
}

/// What an effect is called on the page.
fn doing(action: &str) -> String {
    action.strip_prefix("system.").unwrap_or(action).replace('.', "-")
}

/// What was sent for each kind of work, the last time that something was.
fn asked(about: &[(Leaf, Logged)]) -> Vec<Asked> {
    let mut all: Vec<Asked> = Vec::new();
    for (_, logged) in about {
        let (Some(action), Some(lines)) = (logged.codes.get("action"), logged.codes.get("asked")) else { continue };
        let now = Asked { doing: doing(action), lines: lines.lines().map(str::to_owned).collect() };
        match all.iter_mut().find(|earlier| earlier.doing == now.doing) {
            Some(earlier) => *earlier = now,
            None => all.push(now),
        }
    }
    all
}

fn effect(leaf: &Leaf, logged: &Logged) -> Option<Attempt> {
    let code = |name: &str| logged.codes.get(name).cloned().unwrap_or_default();
    let trouble = || Some(code("trouble")).filter(|kind| !kind.is_empty()).unwrap_or_else(|| "other".to_owned());
    let came = match leaf.kind.as_str() {
        // The house's own effects have no outcome of their own.
        "effect-done" | "effect-done-late" => {
            Came::Done { outcome: Some(code("outcome")).filter(|outcome| !outcome.is_empty()).unwrap_or_else(|| "done".to_owned()) }
        }
        "effect-postponed" => Came::Postponed { trouble: trouble(), until: code("until").parse().ok() },
        "effect-failed" => Came::Failed { trouble: trouble() },
        "effect-unknown" => Came::Unknown,
        _ => return None,
    };
    Some(Attempt { at: leaf.at, who: who(&logged.actor, &BTreeMap::new()), what: What::Effect(doing(&code("action"))), came })
}

fn form(task: &Task, names: &BTreeMap<String, String>) -> Option<Attempt> {
    let closed = task.closed.as_ref()?;
    let outcome = closed.outcome.clone()?;
    let who = who(closed.by.as_deref().unwrap_or("worker"), names);
    Some(Attempt { at: closed.at, who, what: What::Form(task.form.clone()), came: Came::Done { outcome } })
}

fn reply(system: &System, leaf: &Leaf, logged: &Logged) -> Option<Reply> {
    let code = |name: &str| logged.codes.get(name);
    let mut counts: Vec<(String, u64)> =
        COUNTS.iter().filter_map(|name| Some((name.replace('_', "-"), code(name)?.parse().ok()?))).collect();
    let ticked = code("ticked").map(|ticked| ticked.split(' ').count());
    counts.extend(ticked.map(|ticked| ("ticked".to_owned(), u64::try_from(ticked).unwrap_or(u64::MAX))));
    let places = code("looked").or_else(|| code("remains")).map(|places| places.split(' ').filter_map(|it| place(system, it)).collect());
    Some(Reply {
        at: leaf.at,
        fact: REPLIES.contains(&leaf.kind.as_str()).then(|| leaf.kind.clone())?,
        by_person: leaf.kind == "system-signed-off" || code("by").is_some_and(|by| by == "person"),
        counts,
        places: places.unwrap_or_default(),
        evidence: code("evidence").cloned(),
        leaf: leaf.position,
        hash: leaf_hash(&leaf.leaf).to_string(),
    })
}

/// `shop.orders=3` and `orders=3`, where there is something.
fn place(system: &System, counted: &str) -> Option<(Text, u64)> {
    let (place, count) = counted.split_once('=')?;
    let count = count.parse().ok().filter(|count| *count > 0)?;
    let name = place.rsplit('.').next()?;
    Some((system.collection(name)?.label.clone(), count))
}
