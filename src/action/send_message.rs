//! A message in a case: the person writes, a member of staff answers. Nothing of it leaves the house; a mail only says that it is there.

use habeas_core::law::personal::Personal;
use jiff::SignedDuration;

use super::{
    actor::{Actor, Denied},
    door::{About, Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
    schedule,
};
use crate::store::{
    case::{self, Case},
    message::{self, StoredMessage},
    sealed,
    task::{self, MESSAGE, Task},
};

/// The form in which a member of staff answers.
const REPLY: &str = "message-reply";
/// Characters of one message.
const LONGEST: usize = 4_000;
/// Messages of the person that a case takes, answered or not.
const MOST: usize = 50;
/// How long an answer may take.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 3);
/// Who answers.
const ANSWERS: [&str; 3] = ["case-handler", "privacy-lead", "dpo"];

/// What the person writes.
#[derive(Debug, Clone)]
pub struct SendMessage {
    /// The case's reference.
    pub case: String,
    /// Her words.
    pub words: Personal<String>,
}

impl Action for SendMessage {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.asks()
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        if !inside.by.opened(&case) {
            return Err(Refusal::NotFound("case"));
        }
        let words = self.words.reveal().trim();
        match words.chars().count() {
            0 => return Err(Refusal::invalid("message", "message-missing")),
            length if length > LONGEST => return Err(Refusal::invalid("message", "too-long")),
            _ => {}
        }
        if message::of_case(inside.tx, &case.id).await?.iter().filter(|message| message.by.is_none()).count() >= MOST {
            return Err(Refusal::conflict("messages-too-many", "this case takes no more messages: write to the organisation's address"));
        }
        put(inside, &case, None, words).await?;
        let tasks = task::of_case(inside.tx, &case.id).await?;
        if !tasks.iter().any(|task| task.step == MESSAGE && task.closed.is_none()) {
            task::insert(inside.tx, &reply_to(inside, &case)?).await?;
        }
        Ok(Outcome::new((), Fact::of_case("message-received", &case.id)))
    }
}

fn reply_to(inside: &Inside<'_>, case: &Case) -> Result<Task, Refusal> {
    Ok(Task {
        id: inside.row_id()?,
        case: case.id.clone(),
        step: MESSAGE.to_owned(),
        branch: None,
        form: REPLY.to_owned(),
        roles: ANSWERS.map(str::to_owned).to_vec(),
        not_by: Vec::new(),
        shows: Vec::new(),
        opened_at: inside.now,
        due_at: Some(inside.now + SOON),
        closed: None,
    })
}

/// What a member of staff answers; the person gets a mail that says so and no more.
pub(super) async fn answer(inside: &Inside<'_>, case: &Case, words: &str) -> Result<Fact, Refusal> {
    put(inside, case, Some(inside.by.name()), words.trim()).await?;
    let key = format!("message.tell:{}", inside.row_id()?);
    schedule::queue(inside, Some(&case.id), "message.tell", &(), key).await?;
    Ok(Fact::of_case("message-answered", &case.id))
}

async fn put(inside: &Inside<'_>, case: &Case, by: Option<String>, words: &str) -> Result<(), Refusal> {
    let id = inside.row_id()?;
    let sealed = sealed::key_of(inside.keys, case)?.seal(inside.chance, &message::place(&id), &words)?;
    Ok(message::insert(inside.tx, &StoredMessage { id, case: case.id.clone(), sent_at: inside.now, by, sealed }).await?)
}
