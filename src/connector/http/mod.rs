//! Programs of other people that answer in JSON, by the calls that the data map declares.
//!
//! There are no transactions, so everything that can be known is looked at first: every record of a plan is read and compared before
//! the first one is touched, and every record is read again after it was. An answer is somebody else's text: it is read under caps,
//! believed only where it is about what was asked, and never repeated in an error.

mod act;
mod change;
mod check;
mod find;
mod gate;
mod json;
mod outline;
#[cfg(test)]
mod tests;
mod token;
pub(super) mod upload;
mod wire;

use std::path::Path;

use async_trait::async_trait;
use habeas_core::law::{
    change::Write,
    connection::http::{Api, Auth, Call, Calls, Filling, Meaning, Means, Operation, Request, Unfit},
    map::{Collection, Field, System},
    plan::{Cleared, SystemPlan},
    record::{Key, Record, Value},
};
use reqwest::{
    Method,
    header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue},
};
use serde_json::Value as Json;
use tokio::time::timeout;

use super::{
    Ask, Capabilities, Caps, Cause, Changed, Connector, ConnectorError, Erased, Found, Leave, Question, SchemaProblem, Verified, nested,
};
use gate::{Gate, Lookup};
use token::Credentials;
use wire::{Answer, Wire};

/// How much longer than one exchange a whole search may take.
const CALLS: u32 = 10;

/// An API and what the data map says about it.
pub(super) struct Http {
    system: System,
    api: Api,
    caps: Caps,
    wire: Wire,
    credentials: Credentials,
}

/// What an answer comes to when it is no error.
enum Reply {
    Done(Answer),
    /// The record is not there.
    Gone,
}

/// A collection and its calls.
#[derive(Clone, Copy)]
struct Place<'a> {
    collection: &'a Collection,
    calls: &'a Calls,
}

impl Place<'_> {
    /// Whether these fields are the key, and one record can be read by it.
    fn is_named_by(&self, by: &[&str]) -> bool {
        let mut key = self.collection.fields.iter().filter(|field| field.primary_key).peekable();
        let is_named = |field: &Field| by.contains(&field.name.as_str());
        self.calls.read.is_some() && key.peek().is_some() && key.clone().count() == by.len() && key.all(is_named)
    }
}

impl Http {
    /// Calls nobody yet.
    pub(super) fn new(system: System, api: Api, house: &Path, caps: Caps) -> Self {
        Self::looking_up(system, api, house, caps, &gate::system())
    }

    fn looking_up(system: System, api: Api, house: &Path, caps: Caps, lookup: &Lookup) -> Self {
        let ca = api.ca.as_ref().map(|ca| house.join(ca));
        let way = |gate, rate| Wire::new(gate, ca.clone(), rate, caps);
        let issuer = api.auth.iter().find_map(|auth| match auth {
            Auth::OAuth2(oauth2) => Some(way(Gate::to(&api, &oauth2.token_url, &[], lookup.clone()), None)),
            _ => None,
        });
        let wire = way(Gate::to(&api, &api.base, &api.hosts, lookup.clone()), api.rate);
        Self { credentials: Credentials::new(api.auth.clone(), house.to_owned(), issuer), wire, system, api, caps }
    }

    /// A collection that the plan or a question names.
    fn place(&self, name: &str, operation: Operation) -> Result<Place<'_>, Cause> {
        let collection = self.system.collection(name).ok_or_else(|| Cause::Plan(format!("there is no collection `{name}`")))?;
        let calls = self.api.collections.get(name).ok_or_else(|| unsupported(name, operation))?;
        Ok(Place { collection, calls })
    }

    /// The call that a request becomes.
    fn call(&self, request: &Request, filling: Filling<'_>, changes: Option<&[&str]>) -> Result<Call, Cause> {
        request.call(&self.api.base, filling, changes).map_err(|unfit: Unfit| Cause::Plan(unfit.to_string()))
    }

    /// Makes a call; `act` names what it does, for a system that remembers.
    async fn send(&self, call: &Call, act: Option<&str>, collection: &str) -> Result<Reply, Cause> {
        let answer = self.once(call, act, collection).await?;
        // A token may have been taken back before its time.
        let answer = match answer.status.as_u16() {
            401 if self.credentials.renew().await => self.once(call, act, collection).await?,
            _ => answer,
        };
        self.judge(answer, collection)
    }

    async fn once(&self, call: &Call, act: Option<&str>, collection: &str) -> Result<Answer, Cause> {
        const UNSENT: Cause = Cause::Driver("a call that cannot be sent");
        let method = Method::from_bytes(call.method.name().as_bytes()).map_err(|_| UNSENT)?;
        let mut request = reqwest::Request::new(method, call.url.clone());
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        for (name, value) in
            call.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(act.map(|act| ("idempotency-key", act)))
        {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| UNSENT)?;
            headers.insert(name, HeaderValue::from_str(value).map_err(|_| UNSENT)?);
        }
        headers.extend(self.credentials.headers().await?);
        if let Some(body) = &call.body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            *request.body_mut() = Some(body.to_string().into());
        }
        self.wire.exchange(&request, collection).await
    }

    /// What an answer means: what the connection says, else what its status says (RFC 9110).
    fn judge(&self, answer: Answer, collection: &str) -> Result<Reply, Cause> {
        let status = answer.status.as_u16();
        let body = if self.api.errors.iter().any(|meaning| meaning.status == status && meaning.says.is_some()) {
            json::parse(&answer.body).ok()
        } else {
            None
        };
        let says = |meaning: &Meaning| match &meaning.says {
            None => true,
            Some((pointer, what)) => body.as_ref().and_then(|body| pointer.within(body)) == Some(what),
        };
        let told = self.api.errors.iter().find(|meaning| meaning.status == status && says(meaning));
        match told.map(|meaning| &meaning.means) {
            Some(Means::Gone) => Ok(Reply::Gone),
            Some(Means::Refused(code)) => Err(Cause::Refused { collection: collection.to_owned(), code: code.clone() }),
            Some(Means::Transient) => Err(Cause::Status { status, again: true }),
            Some(Means::Permanent) => Err(Cause::Status { status, again: false }),
            Some(Means::Denied) => Err(Cause::Unauthorised),
            None => match status {
                206 | 207 => Err(Cause::Partial),
                200..=299 => Ok(Reply::Done(answer)),
                300..=399 => Err(Cause::Redirected),
                401 | 403 => Err(Cause::Unauthorised),
                404 | 410 => Ok(Reply::Gone),
                408 | 425 | 500 | 502..=504 => Err(Cause::Status { status, again: true }),
                _ => Err(Cause::Status { status, again: false }),
            },
        }
    }

    /// An answer that must be JSON.
    fn read_json(answer: &Answer) -> Result<Json, Cause> {
        if !answer.is_json() {
            return Err(Cause::NotJson("it does not say that it is JSON"));
        }
        json::parse(&answer.body)
    }

    /// Reads one record by its key; `None`: it is not there.
    async fn read(&self, place: Place<'_>, key: &Key) -> Result<Option<Record>, Cause> {
        self.read_for(place, key, &[]).await
    }

    /// The same as an answer to questions: elements of lists that nothing asked for are somebody else's.
    async fn read_for(&self, place: Place<'_>, key: &Key, questions: &[Question]) -> Result<Option<Record>, Cause> {
        let name = &place.collection.name;
        let request = place.calls.read.as_ref().ok_or_else(|| unsupported(name, Operation::Read))?;
        if !names_one(key, place.collection) {
            return Err(Cause::Plan(format!("a record of `{name}` is not named by the whole primary key")));
        }
        let call = self.call(request, Filling { collection: place.collection, values: key, sought: None }, None)?;
        let Reply::Done(answer) = self.send(&call, None, name).await? else { return Ok(None) };
        let json = Self::read_json(&answer)?;
        let found = match place.calls.record.within(&json) {
            Some(Json::Array(records)) if records.len() > 1 => {
                return Err(Cause::Ambiguous { collection: name.clone(), rows: records.len() as u64, planned: 1 });
            }
            Some(Json::Array(records)) => records.first(),
            Some(Json::Null) => None,
            Some(record) => Some(record),
            None => return Err(Cause::NotJson("there is nothing where the record should be")),
        };
        let Some(found) = found else { return Ok(None) };
        let record = self.record(place, found, questions)?;
        if record.key.len() != key.len() || !key.iter().all(|(field, value)| same(record.value(field), value)) {
            return Err(Cause::Others(name.clone()));
        }
        Ok(Some(Record { key: key.clone(), ..record }))
    }

    /// A record as an answer holds it.
    fn record(&self, place: Place<'_>, json: &Json, questions: &[Question]) -> Result<Record, Cause> {
        let collection = place.collection;
        if !json.is_object() {
            return Err(Cause::NotJson("a record is no object"));
        }
        let ways: Vec<(&Field, Vec<String>)> =
            collection.fields.iter().map(|field| (field, place.calls.pointer(&field.name).steps())).collect();
        let lists = nested::whole(json, collection, &ways, questions);
        let value = |(field, list): (&Field, Value)| match (place.calls.pointer(&field.name).within(json), list) {
            // Below a list, each element counts; a list that the map does not call one is a single text.
            (None, list @ (Value::List(_) | Value::Others)) => (field.name.clone(), list),
            (Some(Json::Array(_)), list) if field.list => (field.name.clone(), list),
            (found, _) => (field.name.clone(), json::value(found)),
        };
        let values: Key = collection.fields.iter().zip(lists).map(value).collect();
        let mut key = Key::new();
        for field in collection.fields.iter().filter(|field| field.primary_key) {
            let value = values.get(&field.name).cloned().unwrap_or(Value::Null);
            if matches!(value, Value::Null | Value::Unreadable(_) | Value::List(_) | Value::Others) {
                let pointer = place.calls.pointer(&field.name).to_string();
                return Err(SchemaProblem::NoPointer { collection: collection.name.clone(), field: field.name.clone(), pointer }.into());
            }
            key.insert(field.name.clone(), value);
        }
        Ok(Record { system: self.system.key.clone(), collection: collection.name.clone(), key, values })
    }
}

/// Whether a key names one record.
fn names_one(key: &Key, collection: &Collection) -> bool {
    let mut named = collection.fields.iter().filter(|field| field.primary_key);
    !key.is_empty() && !key.values().any(Value::is_null) && named.all(|field| key.contains_key(&field.name))
}

/// What a system has no call for.
fn unsupported(collection: &str, operation: Operation) -> Cause {
    Cause::Unsupported { collection: collection.to_owned(), operation: operation.name() }
}

/// Whether two values say the same: one system's `7` is another's `"7"`.
fn same(one: &Value, other: &Value) -> bool {
    one == other || (!one.is_null() && !other.is_null() && one.to_text() == other.to_text())
}

#[async_trait]
impl Connector for Http {
    fn capabilities(&self, collection: &str) -> Capabilities {
        outline::capabilities(&self.api, collection)
    }

    fn outline(&self, ask: &Ask<'_>) -> Vec<String> {
        outline::outline(&self.system, &self.api, ask)
    }

    async fn find_each(&self, questions: &[Question], found: &mut dyn Found) -> Result<(), ConnectorError> {
        // Each exchange has its own limit; pages could go on for ever under it.
        let whole = self.caps.time * CALLS;
        let found = timeout(whole, find::find(self, questions, found)).await.unwrap_or(Err(Cause::TooSlow { seconds: whole.as_secs() }));
        found.map_err(|cause| cause.of(&self.system.key, "find records"))
    }

    async fn erase(&self, part: &Cleared<SystemPlan>, key: &str, leave: &dyn Leave) -> Result<Erased, ConnectorError> {
        act::erase(self, part.get(), key, leave).await.map_err(|cause| cause.of(&self.system.key, "erase"))
    }

    /// Reads every record of the plan and writes nothing: there is no way to undo.
    async fn rehearse(&self, part: &SystemPlan) -> Result<Erased, ConnectorError> {
        act::rehearse(self, part).await.map_err(|cause| cause.of(&self.system.key, "rehearse an erasure"))
    }

    async fn verify(&self, part: &SystemPlan) -> Result<Verified, ConnectorError> {
        act::verify(self, part).await.map_err(|cause| cause.of(&self.system.key, "read back"))
    }

    async fn change(&self, writes: &[Write], key: &str) -> Result<Changed, ConnectorError> {
        change::change(self, writes, key).await.map_err(|cause| cause.of(&self.system.key, "change records"))
    }

    async fn verify_changed(&self, writes: &[Write]) -> Result<Verified, ConnectorError> {
        change::verify(self, writes).await.map_err(|cause| cause.of(&self.system.key, "read back"))
    }

    /// What a program keeps on its own disk is its owner's matter.
    async fn scrub(&self) -> Result<(), ConnectorError> {
        Ok(())
    }

    async fn check(&self) -> Result<Vec<SchemaProblem>, ConnectorError> {
        check::check(self).await.map_err(|cause| cause.of(&self.system.key, "compare the data map"))
    }
}
