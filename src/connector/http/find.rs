//! Finding records: one call per value, page by page, under caps. Records of somebody else are thrown away, all of them, and told.

use std::collections::{BTreeMap, HashSet};

use habeas_core::law::{
    connection::http::{Call, Filling, Operation, Pages},
    record::{Key, Record, Value},
};
use reqwest::{Url, header::LINK};
use serde_json::Value as Json;

use super::{Answer, Http, Place, Reply, same, unsupported};
use crate::connector::{Cause, Found, Matching, Question, Term};

/// Pages of one answer.
const PAGES: u64 = 10_000;

/// Gives every record that answers one of the questions.
pub(super) async fn find(http: &Http, questions: &[Question], found: &mut dyn Found) -> Result<(), Cause> {
    let mut room = Room { records: http.caps.rows, bytes: http.caps.bytes };
    for question in questions {
        let place = http.place(&question.collection, Operation::Find)?;
        let by = question.by.iter().enumerate().find_map(|(at, term)| Some((at, term, place.calls.find.get(&term.field)?)));
        let Some((at, term, request)) = by else {
            by_key(http, place, question, found).await?;
            continue;
        };
        let wanted = question.rows.iter().filter_map(|row| Some((row, row.get(at)?)));
        for (row, sought) in wanted.flat_map(|(row, value)| forms(value, term.matching).into_iter().map(move |form| (row, form))) {
            let filling = Filling { collection: place.collection, values: &BTreeMap::new(), sought: Some(&sought) };
            let call = http.call(request, filling, None)?;
            let holds = |record: &Record, term: &Term, value: &Value| {
                record.values_of(&term.field).into_iter().any(|held| answers(held, value, term.matching))
            };
            let asked = |record: &Record| holds(record, term, &sought);
            // Where several fields tell rows apart together, the call asks for one of them.
            let theirs = |record: &Record| question.by.iter().zip(row).all(|(term, value)| holds(record, term, value));
            let about = Asking { place, questions, may_be_gone: request.is_about_one() };
            let ours = |mut records: Vec<Record>| {
                if request.similar {
                    records.retain(asked);
                } else if !records.iter().all(asked) {
                    return Err(Cause::Others(question.collection.clone()));
                }
                records.retain(|record| question.by.len() == 1 || theirs(record));
                Ok(records)
            };
            pages(http, about, call, &mut room, ours, found).await?;
        }
    }
    Ok(())
}

/// Records whose key is known, where nothing else finds them: each is read.
async fn by_key(http: &Http, place: Place<'_>, question: &Question, found: &mut dyn Found) -> Result<(), Cause> {
    if !place.is_named_by(&question.by.iter().map(|term| term.field.as_str()).collect::<Vec<_>>()) {
        return Err(unsupported(&question.collection, Operation::Find));
    }
    for row in &question.rows {
        // An address is read as it was written, and in small letters.
        let forms: Vec<Vec<Value>> = question.by.iter().zip(row).map(|(term, value)| forms(value, term.matching)).collect();
        for at in 0..forms.iter().map(Vec::len).max().unwrap_or_default() {
            let part = |(term, forms): (&Term, &Vec<Value>)| Some((term.field.clone(), forms.get(at).or_else(|| forms.last())?.clone()));
            let Some(key) = question.by.iter().zip(&forms).map(part).collect::<Option<Key>>() else { break };
            if let Some(record) = http.read_for(place, &key, std::slice::from_ref(question)).await? {
                found.take(record).await?;
            }
        }
    }
    Ok(())
}

/// What is asked, and of whom.
#[derive(Clone, Copy)]
struct Asking<'a> {
    place: Place<'a>,
    questions: &'a [Question],
    /// The path itself names the one that is looked for.
    may_be_gone: bool,
}

/// Gives what is `ours` on each page of an answer.
async fn pages(
    http: &Http,
    Asking { place, questions, may_be_gone }: Asking<'_>,
    mut call: Call,
    room: &mut Room,
    ours: impl Fn(Vec<Record>) -> Result<Vec<Record>, Cause> + Send,
    found: &mut dyn Found,
) -> Result<(), Cause> {
    let name = &place.collection.name;
    // Addresses that were called, or pages that were read: circles end here.
    let mut seen = HashSet::from([call.url.to_string()]);
    for page in 0..PAGES {
        if let Some(Pages::Offset { query, from, step }) = &place.calls.pages {
            call.url = with(&call.url, query, &(from + step * page).to_string());
        }
        let answer = match http.send(&call, None, name).await? {
            Reply::Done(answer) => answer,
            Reply::Gone if may_be_gone || page > 0 => return Ok(()),
            // Nothing is where everybody should be listed.
            Reply::Gone => return Err(Cause::Status { status: 404, again: false }),
        };
        let json = Http::read_json(&answer)?;
        let next = following(http, place, &call.url, &answer, &json)?;
        let records = listed(place, json)?.iter().map(|json| http.record(place, json, questions)).collect::<Result<Vec<_>, _>>()?;
        room.charge(http, name, records.len(), answer.body.len())?;
        let mark = match (&place.calls.pages, next) {
            (Some(Pages::Offset { .. }), _) if records.is_empty() => return Ok(()),
            (Some(Pages::Offset { .. }), _) => Some(format!("{:?}", records.iter().map(|record| &record.key).collect::<Vec<_>>())),
            (_, None) => None,
            (_, Some(url)) => {
                call.url = url;
                Some(call.url.to_string())
            }
        };
        let is_last = mark.is_none();
        if mark.is_some_and(|mark| !seen.insert(mark)) {
            break;
        }
        for record in ours(records)? {
            found.take(record).await?;
        }
        if is_last {
            return Ok(());
        }
    }
    Err(Cause::Endless(name.clone()))
}

/// The address of the page after this one, by a link or a cursor. It is somebody else's text: it leads nowhere new.
fn following(http: &Http, place: Place<'_>, here: &Url, answer: &Answer, json: &Json) -> Result<Option<Url>, Cause> {
    let link = match &place.calls.pages {
        None | Some(Pages::Offset { .. }) => None,
        Some(Pages::Link { at: None }) => answer.headers.get_all(LINK).iter().filter_map(|link| link.to_str().ok()).find_map(next_of),
        Some(Pages::Link { at: Some(pointer) }) => match pointer.within(json) {
            None | Some(Json::Null | Json::Bool(false)) => None,
            Some(Json::String(text)) if text.is_empty() => None,
            Some(Json::String(text)) => Some(text.clone()),
            Some(_) => return Err(Cause::NotJson("the address of the next page is no text")),
        },
        Some(Pages::Cursor { at, query }) => {
            let cursor = match pointer_text(at.within(json)) {
                Ok(cursor) => cursor.filter(|cursor| !cursor.is_empty()),
                Err(cause) => return Err(cause),
            };
            return Ok(cursor.map(|cursor| with(here, query, &cursor)));
        }
    };
    let Some(link) = link else { return Ok(None) };
    let url = here.join(&link).map_err(|_| Cause::Elsewhere)?;
    http.wire.gate().admit(&url)?;
    Ok(Some(url))
}

fn pointer_text(cursor: Option<&Json>) -> Result<Option<String>, Cause> {
    match cursor {
        None | Some(Json::Null | Json::Bool(false)) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.clone())),
        Some(Json::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(Cause::NotJson("the cursor of the next page is no text")),
    }
}

/// `<https://…?page=2>; rel="next", <…>; rel="last"` (RFC 8288).
fn next_of(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, from)) = rest.split_once('<') {
        let (url, behind) = from.split_once('>')?;
        let (parameters, after) = behind.split_once('<').map_or((behind, ""), |(parameters, _)| (parameters, behind));
        let is_next = parameters.split(';').filter_map(|parameter| parameter.trim().trim_end_matches([',', ' ']).split_once('=')).any(
            |(name, value)| {
                name.trim().eq_ignore_ascii_case("rel")
                    && value.trim().trim_matches('"').split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("next"))
            },
        );
        if is_next {
            return Some(url.to_owned());
        }
        rest = after;
    }
    None
}

/// The records of an answer; one where a list is expected is a list of one.
fn listed(place: Place<'_>, mut json: Json) -> Result<Vec<Json>, Cause> {
    match json.pointer_mut(place.calls.records.as_str()).map(Json::take) {
        Some(Json::Array(records)) => Ok(records),
        Some(Json::Null) => Ok(Vec::new()),
        Some(record @ Json::Object(_)) => Ok(vec![record]),
        _ => Err(Cause::NotJson("there is no list where the records should be")),
    }
}

/// Some records of anybody, to look at how they are made: one page and no further.
pub(super) async fn sample(http: &Http, place: Place<'_>, call: Call) -> Result<Vec<Json>, Cause> {
    match http.send(&call, None, &place.collection.name).await? {
        Reply::Done(answer) => listed(place, Http::read_json(&answer)?),
        Reply::Gone => Err(Cause::Status { status: 404, again: false }),
    }
}

/// What is asked for: nothing is never a question, and an address is asked for in small letters, too.
fn forms(value: &Value, matching: Matching) -> Vec<Value> {
    let text = value.to_text();
    let folded = text.trim().to_lowercase();
    if folded.is_empty() || matches!(value, Value::Bytes(_) | Value::Unreadable(_) | Value::List(_) | Value::Others) {
        return Vec::new();
    }
    match matching {
        Matching::Exact => vec![value.clone()],
        Matching::Stored => vec![Value::Text(folded)],
        Matching::Folded if text.trim() == folded => vec![Value::Text(folded)],
        Matching::Folded => vec![Value::Text(text.trim().to_owned()), Value::Text(folded)],
    }
}

/// Whether a record holds what was asked for.
fn answers(held: &Value, sought: &Value, matching: Matching) -> bool {
    match matching {
        Matching::Exact => same(held, sought),
        Matching::Folded | Matching::Stored => {
            let fold = |value: &Value| value.to_text().trim().to_lowercase();
            !held.is_null() && fold(held) == fold(sought)
        }
    }
}

/// How much of an answer still fits.
struct Room {
    records: usize,
    bytes: usize,
}

impl Room {
    fn charge(&mut self, http: &Http, collection: &str, records: usize, bytes: usize) -> Result<(), Cause> {
        let full = |cap: usize, unit: &str| Cause::TooMuch { collection: collection.to_owned(), cap: format!("{cap} {unit}") };
        self.records = self.records.checked_sub(records).ok_or_else(|| full(http.caps.rows, "records"))?;
        self.bytes = self.bytes.checked_sub(bytes).ok_or_else(|| full(http.caps.bytes, "bytes"))?;
        Ok(())
    }
}

/// A URL with one query parameter set.
fn with(url: &Url, query: &str, value: &str) -> Url {
    let others: Vec<(String, String)> =
        url.query_pairs().filter(|(name, _)| name != query).map(|(name, value)| (name.into(), value.into())).collect();
    let mut url = url.clone();
    url.query_pairs_mut().clear().extend_pairs(others).append_pair(query, value);
    url
}
