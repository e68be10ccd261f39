//! Letters on their way out: stored sealed, with an effect row that sends them.

use habeas_core::law::{lang::Lang, personal::Personal};

use super::{door::Inside, refusal::Refusal};
use crate::store::{
    case,
    command::{self, Command, Retry},
    letter::{self, StoredLetter},
    sealed::{self, Envelope, Words},
};

/// Sending is tried for about a day and a half before a person is asked to look.
const DELIVERY: Retry = Retry { times: 14, from_seconds: 15, to_seconds: 6 * 3_600, exponential: true };

/// Stores a letter and the effect that sends it.
pub(crate) async fn queue(
    inside: &Inside<'_>,
    case: Option<&str>,
    kind: &str,
    lang: Lang,
    to: &Personal<String>,
    words: Words,
) -> Result<String, Refusal> {
    let id = inside.row_id()?;
    let envelope = Envelope { to: to.reveal().clone(), words };
    let row = StoredLetter {
        case: case.map(str::to_owned),
        kind: kind.to_owned(),
        lang,
        written_at: inside.now,
        sent_at: None,
        sealed: Some(seal(inside, case, &id, &envelope).await?),
        id: id.clone(),
    };
    letter::insert(inside.tx, &row).await?;
    let delivery = Command {
        id: inside.row_id()?,
        case: case.map(str::to_owned),
        step: None,
        branch: None,
        action: "mail.deliver".to_owned(),
        argument: id.clone(),
        idempotency_key: format!("mail.deliver:{id}"),
        retry: DELIVERY,
        due_at: inside.now,
        fence: 0,
        attempt: 0,
        last_error: None,
        began: false,
    };
    command::insert(inside.tx, &delivery).await?;
    Ok(id)
}

/// Seals a letter: under its case's key, or the house's where it belongs to none.
async fn seal(inside: &Inside<'_>, case: Option<&str>, id: &str, envelope: &Envelope) -> Result<Vec<u8>, Refusal> {
    let place = format!("letter:{id}");
    match case {
        Some(case) => {
            let case = case::get(inside.tx, case).await?.ok_or(Refusal::NotFound("case"))?;
            Ok(sealed::key_of(inside.keys, &case)?.seal(inside.chance, &place, envelope)?)
        }
        None => Ok(inside.keys.seal(inside.chance, &place, envelope)?),
    }
}
