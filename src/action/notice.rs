//! Telling recipients (Art. 19), as rows: what was sent to whom, the link to answer by, when it is asked again. Not an action: actions call it.

use std::collections::BTreeMap;

use habeas_core::law::{
    letter::Because,
    notice::{Answer, How, Lack, Notice, Sent, Told, Why},
};
use jiff::SignedDuration;

use super::{
    door::Inside,
    fact::Fact,
    refusal::{Problem, Refusal},
    schedule::PATIENT,
};
use crate::{
    keys::Keys,
    store::{
        case::Case,
        command::{self, Command},
        notice::{self, Link, StoredNotice},
        sealed,
        task::{self, Closed, Task, silent_step},
    },
};

/// The form in which a member of staff says that a recipient was told, or why not.
pub(super) const TOLD: &str = "recipient-told";
/// How long a link to answer by is good.
const GOOD: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How long a recipient may be silent before it is asked again, and then before somebody looks into it.
const SILENT: SignedDuration = SignedDuration::from_hours(24 * 14);
/// Who looks into it.
const LOOKS: [&str; 3] = ["case-handler", "privacy-lead", "dpo"];

/// Keeps that a recipient was told, or could not be. `token`: what it may answer by.
pub(super) async fn put(inside: &Inside<'_>, case: &Case, told: &Told, token: Option<&str>) -> Result<(), Refusal> {
    for before in notice::of_case(inside.tx, &case.id).await?.iter().filter(|before| before.recipient == told.recipient) {
        // Nobody looks any more into the silence about something older.
        unasked(inside, case, &before.id, &told.recipient).await?;
    }
    let id = inside.row_id()?;
    let row = StoredNotice {
        case: case.id.clone(),
        recipient: told.recipient.clone(),
        made_at: inside.now,
        link: token.map(|token| link(inside, token)),
        sealed: sealed::key_of(inside.keys, case)?.seal(inside.chance, &notice::place(&id), told)?,
        id,
    };
    notice::insert(inside.tx, &row).await?;
    if row.link.is_some() { ask_later(inside, &row, Round::Again).await } else { Ok(()) }
}

/// A recipient was reminded: by another link, because only the digest of the first is kept.
pub(super) async fn reminded(inside: &Inside<'_>, id: &str, token: &str) -> Result<(), Refusal> {
    let row = notice::get(inside.tx, id).await?.ok_or(Refusal::NotFound("notice"))?;
    notice::relink(inside.tx, id, &link(inside, token)).await?;
    ask_later(inside, &row, Round::Last).await
}

/// It stays silent: a member of staff has to look into it. Asked twice, it is one task.
pub(super) async fn hand_over(inside: &Inside<'_>, id: &str) -> Result<(), Refusal> {
    let row = notice::get(inside.tx, id).await?.ok_or(Refusal::NotFound("notice"))?;
    let task = Task {
        id: inside.row_id()?,
        case: row.case,
        step: silent_step(id),
        branch: Some(row.recipient),
        form: TOLD.to_owned(),
        roles: LOOKS.map(str::to_owned).to_vec(),
        not_by: Vec::new(),
        shows: Vec::new(),
        opened_at: inside.now,
        due_at: Some(inside.now + SILENT),
        closed: None,
    };
    Ok(task::insert(inside.tx, &task).await?)
}

/// Keeps what became of a notice; who was to look into its silence need not any more.
pub(super) async fn save(inside: &Inside<'_>, case: &Case, id: &str, told: &Told) -> Result<(), Refusal> {
    let sealed = sealed::key_of(inside.keys, case)?.seal(inside.chance, &notice::place(id), told)?;
    notice::save(inside.tx, id, &sealed).await?;
    unasked(inside, case, id, &told.recipient).await
}

/// Nobody has to look into the silence about a notice any more.
async fn unasked(inside: &Inside<'_>, case: &Case, id: &str, recipient: &str) -> Result<(), Refusal> {
    let closed = Closed { at: inside.now, outcome: None, by: None, answer: None };
    Ok(task::close(inside.tx, &case.id, &silent_step(id), Some(recipient), &closed).await?)
}

/// What a member of staff says of a recipient that was to be told by hand. `id`: of one that was told by mail and stayed silent.
pub(super) async fn by_hand(
    inside: &Inside<'_>,
    case: &Case,
    recipient: &str,
    id: Option<&str>,
    (outcome, fields): (&str, &BTreeMap<String, String>),
) -> Result<Fact, Refusal> {
    let before = match id {
        Some(id) => Some(sealed::notice(inside.keys, case, &notice::get(inside.tx, id).await?.ok_or(Refusal::NotFound("notice"))?)?),
        None => None,
    };
    let notice = match impossible(outcome, fields)? {
        Some((why, because)) => Notice::Impossible { sent: before.and_then(|told| told.notice.sent()), at: inside.now, why, because },
        None => Notice::Sent(Sent { at: inside.now, how: How::ByHand }),
    };
    let fact = Fact::of_case("recipient-answered", &case.id).with("recipient", recipient).with("answer", notice.name());
    let known = inside.organisation.recipient(recipient).ok_or(Refusal::NotFound("recipient"))?;
    let name = sealed::called(inside.tx, inside.keys, case, known).await?;
    let told = Told { recipient: recipient.to_owned(), name, notice };
    match id {
        Some(id) => save(inside, case, id, &told).await?,
        None => put(inside, case, &told, None).await?,
    }
    Ok(fact)
}

/// Why a recipient cannot be told, where a form says that; with everything that is missing.
pub(super) fn impossible(outcome: &str, fields: &BTreeMap<String, String>) -> Result<Option<(Why, Because)>, Refusal> {
    if outcome != "impossible" {
        return Ok(None);
    }
    let said = |lack: Lack| fields.get(lack.name()).map_or("", String::as_str);
    match Answer::of(outcome, "", said(Lack::Why), said(Lack::Reason)) {
        Ok(Answer::Impossible { why, because }) => Ok(Some((why, because))),
        Ok(_) => Ok(None),
        Err(lacks) => Err(Refusal::Invalid(lacks.into_iter().map(|lack| Problem::new(lack.name(), lack.code())).collect())),
    }
}

fn link(inside: &Inside<'_>, token: &str) -> Link {
    Link { digest: digest(inside.keys, token), ends_at: inside.now + GOOD }
}

/// What a link's token is stored as.
pub(super) fn digest(keys: &Keys, token: &str) -> String {
    keys.blind("notice", token)
}

/// What is done when nobody has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Round {
    /// It is asked once again.
    Again,
    /// A member of staff is told.
    Last,
}

async fn ask_later(inside: &Inside<'_>, row: &StoredNotice, round: Round) -> Result<(), Refusal> {
    let argument = serde_json::to_string(&(&row.id, round)).map_err(|error| Refusal::Broken(error.to_string()))?;
    let command = Command {
        id: inside.row_id()?,
        case: Some(row.case.clone()),
        step: None,
        branch: None,
        action: "recipient.remind".to_owned(),
        idempotency_key: format!("recipient.remind:{argument}"),
        argument,
        retry: PATIENT,
        due_at: inside.now + SILENT,
        fence: 0,
        attempt: 0,
        last_error: None,
        began: false,
    };
    Ok(command::insert(inside.tx, &command).await?)
}
