//! The data map against the live API: whether it answers, which requests are missing, and where a field is not where it should be.

use habeas_core::law::{
    connection::http::{Filling, Operation},
    map::{Collection, DataType, Direction, Field},
    record::Value,
};

use serde_json::Value as Json;

use super::{Cause, Http, Place, find};
use crate::connector::{Question, SchemaProblem};

/// What nobody is called, so that a question finds nothing.
const NOBODY: &str = "nobody@habeas.invalid";

/// Where they differ.
pub(super) async fn check(http: &Http) -> Result<Vec<SchemaProblem>, Cause> {
    let mut problems = Vec::new();
    for collection in &http.system.collections {
        let Some(calls) = http.api.collections.get(&collection.name) else {
            problems.push(missing(collection, Operation::Find.name(), false));
            continue;
        };
        let place = Place { collection, calls };
        problems.extend(requests(place));
        problems.extend(probe(http, place).await?);
    }
    Ok(problems)
}

/// Requests that will be wanted and are not there.
pub(super) fn requests(place: Place<'_>) -> Vec<SchemaProblem> {
    let Place { collection, calls } = place;
    let is_found = |field: &Field| calls.find.contains_key(&field.name) || place.is_named_by(&[&field.name]);
    let led_to = collection.fields.iter().filter(|field| is_looked_in(field) && !is_found(field));
    let mut problems: Vec<SchemaProblem> = led_to.map(|field| missing(collection, &format!("find: {}", field.name), false)).collect();
    let mut wanted = vec![Operation::Read, Operation::Erase];
    if !collection.append_only {
        wanted.push(Operation::Correct);
    }
    if collection.restriction.is_some() {
        wanted.extend([Operation::Restrict, Operation::Lift]);
    }
    problems
        .extend(wanted.into_iter().filter(|operation| !calls.can(*operation)).map(|operation| missing(collection, operation.name(), true)));
    problems
}

/// Whether values come into a field from elsewhere.
fn is_looked_in(field: &Field) -> bool {
    (field.identity.is_some() && !field.third_person) || field.references.iter().any(|reference| reference.direction != Direction::To)
}

/// Whether there is a list on a way, or nothing in it that could tell.
fn is_below_list(json: &Json, steps: &[String]) -> bool {
    match (json, steps) {
        (Json::Array(items), steps) => items.is_empty() || items.iter().any(|item| steps.is_empty() || is_below_list(item, steps)),
        (Json::Object(members), [first, rest @ ..]) => {
            members.get(first).is_some_and(|member| rest.is_empty() || is_below_list(member, rest))
        }
        _ => false,
    }
}

fn missing(collection: &Collection, request: &str, by_hand: bool) -> SchemaProblem {
    SchemaProblem::NoRequest { collection: collection.name.clone(), request: request.to_owned(), by_hand }
}

/// Asks once: for a few records of anybody where there is a request for that, else for somebody who does not exist.
async fn probe(http: &Http, place: Place<'_>) -> Result<Vec<SchemaProblem>, Cause> {
    if let Some(request) = &place.calls.check {
        let call = http.call(request, Filling { collection: place.collection, values: &[].into(), sought: None }, None)?;
        let records = find::sample(http, place, call).await?;
        let nowhere = |field: &&Field| {
            let pointer = place.calls.pointer(&field.name);
            let steps = pointer.steps();
            !records.is_empty() && !records.iter().any(|record| pointer.within(record).is_some() || is_below_list(record, &steps))
        };
        let problem = |field: &Field| SchemaProblem::NoPointer {
            collection: place.collection.name.clone(),
            field: field.name.clone(),
            pointer: place.calls.pointer(&field.name).to_string(),
        };
        let mut problems: Vec<SchemaProblem> = place.collection.fields.iter().filter(nowhere).map(problem).collect();
        // A path that never finds anything would make everything look gone.
        if let (true, Some(record), true) = (problems.is_empty(), records.first(), place.calls.read.is_some()) {
            let listed = http.record(place, record, &[])?;
            if http.read(place, &listed.key).await?.is_none() {
                problems.push(SchemaProblem::NotRead { collection: place.collection.name.clone() });
            }
        }
        return Ok(problems);
    }
    let Some(field) = place.calls.find.keys().find_map(|name| place.collection.field(name)) else { return Ok(Vec::new()) };
    let value = if field.data == DataType::Text { Value::Text(NOBODY.to_owned()) } else { Value::Integer(i64::from(i32::MAX)) };
    let (collection, field) = (place.collection.name.clone(), field.name.clone());
    find::find(http, &[Question::by_key(&collection, &[(field, value)].into())], &mut Vec::new()).await.map(|()| Vec::new())
}
