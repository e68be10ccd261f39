//! Messages in a case, with files: the person writes, a member of staff answers or begins. Nothing of it leaves the house; a mail only says
//! that it is there.

use habeas_core::law::{personal::Personal, upload::Upload};
use jiff::SignedDuration;

use super::{
    actor::{Actor, Denied, Role},
    door::{About, Action, Inside},
    fact::{Fact, Outcome},
    files::Accepted,
    refusal::{Problem, Refusal},
    schedule,
};
use crate::store::{
    case::{self, Case},
    message::{self, StoredMessage},
    sealed,
    task::{self, Closed, MESSAGE, Task},
};

/// The form in which a member of staff answers.
const REPLY: &str = "message-reply";
/// How that form is closed by an answer.
const ANSWERED: &str = "answered";
/// Characters of one message.
const LONGEST: usize = 4_000;
/// Messages of the person that a case takes, answered or not.
const MOST: usize = 50;
/// How long an answer may take.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 3);
/// Who answers.
const ANSWERS: [Role; 3] = [Role::CaseHandler, Role::PrivacyLead, Role::Dpo];

/// What the person writes.
#[derive(Debug, Clone)]
pub struct SendMessage {
    /// The case's reference.
    pub case: String,
    /// Her words; may be empty where files say it.
    pub words: Personal<String>,
    /// Files that go with it, looked through for malware.
    pub files: Vec<Upload>,
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
        let said = Said::new(self.words.reveal(), &self.files)?;
        if message::of_case(inside.tx, &case.id).await?.iter().filter(|message| message.by.is_none()).count() >= MOST {
            return Err(Refusal::conflict("messages-too-many", "this case takes no more messages: write to the organisation's address"));
        }
        said.put(inside, &case, None).await?;
        let tasks = task::of_case(inside.tx, &case.id).await?;
        if !tasks.iter().any(|task| task.step == MESSAGE && task.closed.is_none()) {
            task::insert(inside.tx, &reply_to(inside, &case)?).await?;
        }
        Ok(Outcome::new((), said.files.told(Fact::of_case("message-received", &case.id))))
    }
}

/// What a member of staff writes to the person: an answer where she waits for one, else the beginning of a conversation.
#[derive(Debug, Clone)]
pub struct WriteToPerson {
    /// The case's reference.
    pub case: String,
    /// The words; may be empty where files say it.
    pub words: Personal<String>,
    /// Files that go with it, looked through for malware.
    pub files: Vec<Upload>,
}

impl Action for WriteToPerson {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.needs(&ANSWERS)
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        let said = Said::new(self.words.reveal(), &self.files)?;
        let tasks = task::of_case(inside.tx, &case.id).await?;
        let waits = tasks.iter().find(|task| task.step == MESSAGE && task.closed.is_none());
        if let Some(task) = waits {
            let answer = sealed::key_of(inside.keys, &case)?.seal(inside.chance, &format!("task:{}", task.id), &said.fields())?;
            let closed = Closed { at: inside.now, outcome: Some(ANSWERED.to_owned()), by: Some(inside.by.name()), answer: Some(answer) };
            task::close(inside.tx, &case.id, MESSAGE, None, &closed).await?;
        }
        said.put(inside, &case, Some(inside.by.name())).await?;
        tell(inside, &case).await?;
        let name = if waits.is_some() { "message-answered" } else { "message-written" };
        Ok(Outcome::new((), said.files.told(Fact::of_case(name, &case.id))))
    }
}

fn reply_to(inside: &Inside<'_>, case: &Case) -> Result<Task, Refusal> {
    Ok(Task {
        id: inside.row_id()?,
        case: case.id.clone(),
        step: MESSAGE.to_owned(),
        branch: None,
        form: REPLY.to_owned(),
        roles: ANSWERS.map(|role| role.name().to_owned()).to_vec(),
        not_by: Vec::new(),
        shows: Vec::new(),
        opened_at: inside.now,
        due_at: Some(inside.now + SOON),
        closed: None,
    })
}

/// What a member of staff answers in the task's own form; the person gets a mail that says so and no more.
pub(super) async fn answer(inside: &Inside<'_>, case: &Case, words: &str) -> Result<Fact, Refusal> {
    let said = Said { words: words.trim(), files: Accepted::of(&[]).0 };
    said.put(inside, case, Some(inside.by.name())).await?;
    tell(inside, case).await?;
    Ok(Fact::of_case("message-answered", &case.id))
}

async fn tell(inside: &Inside<'_>, case: &Case) -> Result<(), Refusal> {
    let key = format!("message.tell:{}", inside.row_id()?);
    schedule::queue(inside, Some(&case.id), "message.tell", &(), key).await
}

/// A message that may be kept: words that are not too many, files that are what they say.
struct Said<'a> {
    words: &'a str,
    files: Accepted<'a>,
}

impl<'a> Said<'a> {
    fn new(words: &'a str, files: &'a [Upload]) -> Result<Self, Refusal> {
        let words = words.trim();
        let mut problems = Vec::new();
        if words.chars().count() > LONGEST {
            problems.push(Problem::new("message", "message-long"));
        }
        if words.is_empty() && files.is_empty() {
            problems.push(Problem::new("message", "message-missing"));
        }
        let (files, wrong) = Accepted::of(files);
        problems.extend(wrong);
        if problems.is_empty() { Ok(Self { words, files }) } else { Err(Refusal::Invalid(problems)) }
    }

    fn fields(&self) -> std::collections::BTreeMap<String, String> {
        [("reason".to_owned(), self.words.to_owned())].into()
    }

    async fn put(&self, inside: &Inside<'_>, case: &Case, by: Option<String>) -> Result<(), Refusal> {
        let id = inside.row_id()?;
        self.files.put(inside, case, &id).await?;
        let sealed = sealed::key_of(inside.keys, case)?.seal(inside.chance, &message::place(&id), &self.words)?;
        Ok(message::insert(inside.tx, &StoredMessage { id, case: case.id.clone(), sent_at: inside.now, by, sealed }).await?)
    }
}
