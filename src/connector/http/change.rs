//! Changing single fields: what stands there is compared with the plan first, for all of them; then each record is written and read.

use std::collections::BTreeMap;

use habeas_core::law::{
    change::Write,
    connection::http::{Filling, Operation, Request, act_key},
    map::System,
    record::{Key, Record, Value},
};
use reqwest::StatusCode;

use super::{Http, Place, Reply, same, unsupported};
use crate::connector::{Cause, Changed, Fault, Idempotency, Remain, Verified};

/// The writes of one record that go in one call.
struct Due<'a> {
    place: Place<'a>,
    operation: Operation,
    request: &'a Request,
    writes: Vec<&'a Write>,
    /// As it is before the call, read once for all of its writes.
    record: Option<Record>,
}

/// Writes what does not stand there yet.
pub(super) async fn change(http: &Http, writes: &[Write], key: &str) -> Result<Changed, Cause> {
    let mut all = gather(http, writes)?;
    let mut changed = Changed::default();
    for due in &mut all {
        let count = due.writes.len() as u64;
        let Some(record) = http.read(due.place, due.key()).await? else {
            changed.gone += count;
            continue;
        };
        if !due.writes.iter().all(|write| is_hers(write, &record)) {
            return Err(Cause::Another { collection: record.collection });
        }
        due.writes.retain(|write| !same_or_null(record.value(&write.field), &write.to));
        changed.already += count - due.writes.len() as u64;
        if let Some(moved) = due.writes.iter().find(|write| !same_or_null(record.value(&write.field), &write.was)) {
            return Err(Cause::Moved { collection: moved.collection.clone(), field: moved.field.clone() });
        }
        due.record = Some(record);
    }
    for due in all.iter().filter(|due| !due.writes.is_empty()) {
        let Some(record) = &due.record else { continue };
        due.perform(http, record, key).await?;
        changed.changed += due.writes.len() as u64;
    }
    Ok(changed)
}

/// Reads every field back. A record that is gone says nothing wrong any more.
pub(super) async fn verify(http: &Http, writes: &[Write]) -> Result<Verified, Cause> {
    let mut remains: Vec<Remain> = Vec::new();
    let mut read: BTreeMap<(&str, String), Option<Record>> = BTreeMap::new();
    for write in writes {
        let place = http.place(&write.collection, Operation::Verify)?;
        let name = (write.collection.as_str(), format!("{:?}", write.key));
        if !read.contains_key(&name) {
            read.insert(name.clone(), http.read(place, &write.key).await?);
        }
        let record = read.get(&name).and_then(Option::as_ref);
        if record.is_none_or(|record| is_hers(write, record) && same_or_null(record.value(&write.field), &write.to)) {
            continue;
        }
        match remains.iter_mut().find(|remain| remain.collection == write.collection) {
            Some(remain) => remain.rows += 1,
            None => remains.push(Remain { collection: write.collection.clone(), rows: 1, fault: Fault::NotChanged }),
        }
    }
    let checked = u64::try_from(writes.len()).unwrap_or(u64::MAX);
    Ok(if remains.is_empty() { Verified::Clean { checked } } else { Verified::Remains(remains) })
}

/// One call per record and kind of change; refuses what no request can write before anything is read.
fn gather<'a>(http: &'a Http, writes: &'a [Write]) -> Result<Vec<Due<'a>>, Cause> {
    let mut all = Vec::<Due<'a>>::new();
    for write in writes {
        let operation = operation(&http.system, write);
        let known = all
            .iter_mut()
            .find(|due| due.operation == operation && due.place.collection.name == write.collection && *due.key() == write.key);
        if let Some(due) = known {
            due.writes.push(write);
            due.may_write(write)?;
            continue;
        }
        let place = http.place(&write.collection, operation)?;
        let request = place.calls.write(operation).ok_or_else(|| unsupported(&write.collection, operation))?;
        let due = Due { place, operation, request, writes: vec![write], record: None };
        due.may_write(write)?;
        all.push(due);
    }
    Ok(all)
}

/// A mark that a record is only stored, its end, or a correction.
pub(super) fn operation(system: &System, write: &Write) -> Operation {
    let flag = system.collection(&write.collection).and_then(|collection| collection.restriction.as_ref());
    match flag.filter(|flag| flag.field == write.field) {
        Some(flag) if flag.restricted == write.to => Operation::Restrict,
        Some(_) => Operation::Lift,
        None => Operation::Correct,
    }
}

impl<'a> Due<'a> {
    fn key(&self) -> &'a Key {
        static NONE: Key = Key::new();
        self.writes.first().map_or(&NONE, |write| &write.key)
    }

    fn may_write(&self, write: &Write) -> Result<(), Cause> {
        let (field, collection) = (&write.field, &write.collection);
        let refuse = |why: &str| Err(Cause::Plan(format!("`{field}` of `{collection}` {why}")));
        match self.place.collection.field(field) {
            None => refuse("is not in the map"),
            Some(field) if field.read_only => refuse("is read-only"),
            Some(field) if field.primary_key => refuse("is part of the primary key"),
            Some(_) if self.is_told() && !self.request.names().contains(&field.as_str()) => {
                refuse("is not named by the request that would write it")
            }
            Some(_) => Ok(()),
        }
    }

    /// Whether the request must be told the value, or says by itself what it does.
    fn is_told(&self) -> bool {
        self.operation == Operation::Correct || !self.place.calls.is_own(self.operation)
    }

    async fn perform(&self, http: &Http, record: &Record, key: &str) -> Result<(), Cause> {
        let (place, name) = (self.place, &self.place.collection.name);
        let mut values = record.values.clone();
        values.extend(self.writes.iter().map(|write| (write.field.clone(), write.to.clone())));
        let changes: Vec<&str> = self.writes.iter().map(|write| write.field.as_str()).collect();
        let filling = Filling { collection: place.collection, values: &values, sought: None };
        let call = http.call(self.request, filling, self.is_told().then_some(&changes))?;
        let act = (place.calls.idempotency == Idempotency::Key).then(|| {
            let what: Vec<String> = self.writes.iter().map(|write| format!("{}={:?}", write.field, write.to)).collect();
            act_key(&format!("{key}:{}", what.join(":")), name, self.key())
        });
        let later = match http.send(&call, act.as_deref(), name).await? {
            Reply::Done(answer) => answer.status == StatusCode::ACCEPTED,
            Reply::Gone => false,
        };
        let now = http.read(place, self.key()).await?;
        let missed = self.writes.iter().find(|write| !now.as_ref().is_some_and(|now| same_or_null(now.value(&write.field), &write.to)));
        match missed {
            None => Ok(()),
            Some(_) if later => Err(Cause::NotYet(name.clone())),
            Some(write) => Err(Cause::NotTaken { collection: name.clone(), field: write.field.clone() }),
        }
    }
}

/// Whether a record still says what it was found by.
fn is_hers(write: &Write, record: &Record) -> bool {
    write.whose.iter().all(|(field, said)| same(record.value(field), said))
}

/// Whether two values say the same; nothing is nothing.
fn same_or_null(one: &Value, other: &Value) -> bool {
    (one.is_null() && other.is_null()) || same(one, other)
}
