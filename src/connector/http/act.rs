//! Erasing by calls: everything is read and compared first, then one record after the other, and each is read again.

use std::collections::BTreeMap;

use habeas_core::law::{
    connected,
    connection::http::{Filling, Operation, Request, act_key},
    plan::{Act, ErasureStep, Fields, Says, SystemPlan, print},
    record::{Record, Value},
};
use reqwest::StatusCode;
use tokio::time::timeout;

use super::{Http, Place, Reply, json, unsupported};
use crate::connector::{Cause, Erased, Fault, Idempotency, Leave, Remain, SchemaProblem, Verified};

/// A record of the plan as it is now, and the call that will be made.
struct Due<'a> {
    place: Place<'a>,
    request: &'a Request,
    step: &'a ErasureStep,
    /// It can be read.
    there: bool,
    /// `None`: there is nothing left to do.
    record: Option<Record>,
}

/// Does what the plan says. A second call goes on where the first one stopped: what is gone is counted as gone.
/// A system behind an API cannot be told how long leave is good for: each call is cut off, and what was on its way may still arrive.
pub(super) async fn erase(http: &Http, part: &SystemPlan, key: &str, leave: &dyn Leave) -> Result<Erased, Cause> {
    // A call, a new token and the call again.
    let longest = http.caps.time * 3;
    let mut erased = Erased::default();
    for due in survey(http, part).await? {
        let name = &due.step.collection;
        let done = match &due.record {
            None => false,
            Some(record) => {
                leave.ask(longest).await?;
                let performed = timeout(longest, due.perform(http, record, key)).await;
                performed.unwrap_or(Err(Cause::TooSlow { seconds: longest.as_secs() }))?
            }
        };
        let tally = erased.collections.entry(name.clone()).or_default();
        match (&due.step.act, done) {
            (_, false) => tally.already_gone += 1,
            (Act::Delete, true) => tally.deleted += 1,
            (_, true) => tally.cleared += 1,
        }
    }
    Ok(erased)
}

/// Looks at everything that [`erase`] would look at, and counts what it would do. Where not one record can be read any more, it is rather
/// the call that is wrong, and every erasure would seem to be done.
pub(super) async fn rehearse(http: &Http, part: &SystemPlan) -> Result<Erased, Cause> {
    let (mut erased, mut there) = (Erased::default(), BTreeMap::<&str, bool>::new());
    for due in survey(http, part).await? {
        let tally = erased.collections.entry(due.step.collection.clone()).or_default();
        match (&due.record, &due.step.act) {
            (None, _) => tally.already_gone += 1,
            (Some(_), Act::Delete) => tally.deleted += 1,
            (Some(_), _) => tally.cleared += 1,
        }
        *there.entry(&due.step.collection).or_default() |= due.there;
    }
    match there.into_iter().find(|(_, there)| !there) {
        Some((collection, _)) => Err(SchemaProblem::NotRead { collection: collection.to_owned() }.into()),
        None => Ok(erased),
    }
}

/// Reads every record of the plan, those that stay, too.
pub(super) async fn verify(http: &Http, part: &SystemPlan) -> Result<Verified, Cause> {
    let (mut checked, mut remains) = (0, Vec::<Remain>::new());
    for step in &part.steps {
        let place = match http.place(&step.collection, Operation::Verify) {
            // Nothing is done to it, and nothing can look at it.
            Err(Cause::Unsupported { .. }) if step.act == Act::Keep => continue,
            place => place?,
        };
        if step.act == Act::Keep && place.calls.read.is_none() {
            continue;
        }
        let there = http.read(place, &step.key).await?;
        let fault = match (&step.act, there) {
            (Act::Delete, Some(_)) => Some(Fault::NotDeleted),
            (Act::Keep | Act::Clear { .. }, None) => Some(Fault::NotKept),
            (Act::Clear { fields }, Some(record)) if !is_clear(place, &record, fields) => Some(Fault::NotCleared),
            _ => None,
        };
        checked += 1;
        let Some(fault) = fault else { continue };
        match remains.iter_mut().find(|remain| remain.collection == step.collection && remain.fault == fault) {
            Some(remain) => remain.rows += 1,
            None => remains.push(Remain { collection: step.collection.clone(), rows: 1, fault }),
        }
    }
    Ok(if remains.is_empty() { Verified::Clean { checked } } else { Verified::Remains(remains) })
}

/// Every record that something happens to, children before those they point to: first whether all of it can be done at all, then
/// whether each is still the record that the plan was made about.
async fn survey<'a>(http: &'a Http, part: &'a SystemPlan) -> Result<Vec<Due<'a>>, Cause> {
    let mut due = Vec::new();
    for step in in_order(http, part) {
        let operation = if step.act == Act::Delete { Operation::Erase } else { Operation::Clear };
        let place = http.place(&step.collection, operation)?;
        let request = place.calls.write(operation).ok_or_else(|| unsupported(&step.collection, operation))?;
        if let Act::Clear { fields } = &step.act {
            may_clear(place, request, fields)?;
        }
        due.push(Due { place, request, step, there: false, record: None });
    }
    for due in &mut due {
        let Some(record) = http.read(due.place, &due.step.key).await? else { continue };
        due.there = true;
        if matches!(&due.step.act, Act::Clear { fields } if is_clear(due.place, &record, fields)) {
            continue;
        }
        let collection = due.place.collection;
        if due.step.print.as_ref().is_some_and(|planned| *planned != print(collection, |field| record.value(field))) {
            return Err(Cause::Another { collection: collection.name.clone() });
        }
        due.record = Some(record);
    }
    Ok(due)
}

/// Fields are emptied first, then whole records go: those that point before those that are pointed at.
fn in_order<'a>(http: &Http, part: &'a SystemPlan) -> Vec<&'a ErasureStep> {
    let links = connected::links(std::slice::from_ref(&http.system));
    let mut ranks: BTreeMap<&str, usize> = BTreeMap::new();
    // As many rounds as there are collections are enough; a circle has no order, and keeps that of the plan.
    for _ in &http.system.collections {
        for link in links.iter().filter(|link| link.parent.system == link.child.system && link.parent.collection != link.child.collection) {
            let child = ranks.get(link.child.collection.as_str()).copied().unwrap_or(0);
            let parent = ranks.entry(&link.parent.collection).or_default();
            *parent = (*parent).max(child + 1);
        }
    }
    let mut steps: Vec<&ErasureStep> = part.steps.iter().filter(|step| step.act != Act::Keep).collect();
    steps.sort_by_key(|step| (step.act == Act::Delete, ranks.get(step.collection.as_str()).copied().unwrap_or(0)));
    steps
}

fn may_clear(place: Place<'_>, request: &Request, fields: &Fields) -> Result<(), Cause> {
    let (collection, names) = (&place.collection.name, request.names());
    let refuse = |field: &str, why: &str| Err(Cause::Plan(format!("`{field}` of `{collection}` {why}")));
    if fields.is_empty() {
        return Err(Cause::Plan(format!("it empties no field of `{collection}`")));
    }
    for name in fields.names() {
        match place.collection.field(name) {
            None => return refuse(name, "is not in the map"),
            Some(field) if field.read_only => return refuse(name, "is read-only"),
            Some(field) if field.primary_key => return refuse(name, "is part of the primary key"),
            Some(_) if !names.contains(&name) => return refuse(name, "is not named by the request that would empty it"),
            Some(_) => {}
        }
    }
    Ok(())
}

/// Whether every one of the fields says what the plan wants, where nothing is wanted in the connection's own sense or in ours.
fn is_clear(place: Place<'_>, record: &Record, fields: &Fields) -> bool {
    fields.iter().all(|(name, says)| {
        let held = record.value(name);
        says.is_said_by(held) || (*says == Says::Blank && blank(place, name).is_some_and(|blank| blank == *held))
    })
}

/// What an emptied field holds.
fn blank(place: Place<'_>, name: &str) -> Option<Value> {
    Some(json::value(Some(&place.calls.blank(place.collection.field(name)?))))
}

impl Due<'_> {
    /// Makes the call and looks; `false`: somebody else was quicker.
    async fn perform(&self, http: &Http, record: &Record, key: &str) -> Result<bool, Cause> {
        let (place, name) = (self.place, &self.step.collection);
        let mut values = record.values.clone();
        let mut changes = Vec::new();
        if let Act::Clear { fields } = &self.step.act {
            for (name, says) in fields.iter() {
                let said = match says {
                    Says::Blank => blank(place, name),
                    Says::Masked { value, .. } => Some(value.clone()),
                };
                values.extend(said.map(|said| (name.to_owned(), said)));
                changes.push(name);
            }
        }
        let filling = Filling { collection: place.collection, values: &values, sought: None };
        let call = http.call(self.request, filling, (self.step.act != Act::Delete).then_some(&changes))?;
        let act = (place.calls.idempotency == Idempotency::Key).then(|| act_key(key, name, &self.step.key));
        let Reply::Done(answer) = http.send(&call, act.as_deref(), name).await? else {
            // It may say so of the address and not of the record.
            return if http.read(place, &self.step.key).await?.is_none() { Ok(false) } else { Err(undone(name)) };
        };
        let later = answer.status == StatusCode::ACCEPTED;
        let there = http.read(place, &self.step.key).await?;
        match (&self.step.act, there) {
            (Act::Delete, None) => Ok(true),
            (Act::Clear { fields }, Some(now)) if is_clear(place, &now, fields) => {
                if stays(place, fields).any(|field| now.value(field) != record.value(field)) {
                    return Err(Cause::Disturbed(name.clone()));
                }
                Ok(true)
            }
            (Act::Clear { .. }, None) => Err(Cause::Disturbed(name.clone())),
            _ if later => Err(Cause::NotYet(name.clone())),
            _ => Err(undone(name)),
        }
    }
}

fn undone(collection: &str) -> Cause {
    Cause::Undone { collection: collection.to_owned(), rows: 1 }
}

/// What must be as it was. Technical fields are left out: a time of change that moves is welcome.
fn stays<'p>(place: Place<'p>, emptied: &'p Fields) -> impl Iterator<Item = &'p str> {
    let fields = place.collection.fields.iter().filter(|field| field.primary_key || !field.technical);
    fields.map(|field| field.name.as_str()).filter(|name| emptied.get(name).is_none())
}
