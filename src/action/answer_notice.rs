//! Records what a recipient answers to a notice (Art. 19): by the link in its mail, without an account, or at the desk.

use habeas_core::law::notice::{Answer, Notice};

use super::{
    actor::{Actor, Denied, Role},
    door::{About, Action, Door, Inside},
    fact::{Fact, Outcome},
    notice::{digest, save},
    refusal::Refusal,
};
use crate::store::{
    case,
    notice::{self, StoredNotice},
    sealed,
};

/// The longest words an answer may have.
const LONGEST: usize = 2_000;

/// An answer.
#[derive(Debug, Clone)]
pub struct AnswerNotice {
    /// The case's reference.
    pub case: String,
    /// The notice.
    pub notice: String,
    /// What it is.
    pub answer: Answer,
}

impl Action for AnswerNotice {
    type Done = ();

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        match by {
            Actor::Recipient { notice, .. } if *notice == self.notice => Ok(()),
            by => by.needs(&[Role::CaseHandler, Role::PrivacyLead, Role::Dpo]),
        }
    }

    fn about(&self) -> About {
        About::Case(self.case.clone())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        if self.words() > LONGEST {
            return Err(Refusal::invalid("reason", "too-long"));
        }
        let case = case::lock(inside.tx, &self.case).await?.ok_or(Refusal::NotFound("case"))?;
        let stored = notice::get(inside.tx, &self.notice).await?.filter(|stored| stored.case == case.id);
        let stored = stored.ok_or(Refusal::NotFound("notice"))?;
        let mut told = sealed::notice(inside.keys, &case, &stored)?;
        if matches!(inside.by, Actor::Recipient { .. }) && !(told.notice.is_open() && is_good(&stored, inside.now)) {
            return Err(Refusal::conflict("notice-answered", "this link has been used or is over: reply to the mail instead"));
        }
        let fact = Fact::of_case("recipient-answered", &case.id).with("recipient", &stored.recipient).with("answer", self.answer.name());
        let untold = || Refusal::conflict("recipient-untold", "this recipient was never told, so it can have answered nothing");
        told.notice = told.notice.answered(self.answer, inside.now).ok_or_else(untold)?;
        save(inside, &case, &stored.id, &told).await?;
        Ok(Outcome::new((), fact))
    }
}

impl AnswerNotice {
    fn words(&self) -> usize {
        match &self.answer {
            Answer::Acknowledged { by } => by.chars().count(),
            Answer::Refused { reason } => reason.words().chars().count(),
            Answer::Impossible { because, .. } => because.words().chars().count(),
        }
    }
}

fn is_good(stored: &StoredNotice, now: jiff::Timestamp) -> bool {
    stored.link.as_ref().is_some_and(|link| link.ends_at > now)
}

/// What a link to answer by leads to.
#[derive(Debug, Clone)]
pub struct ByLink {
    /// Who acts by it: nobody else's notice can be answered.
    pub actor: Actor,
    /// The case's reference.
    pub case: String,
    /// The notice.
    pub notice: String,
    /// What became of it so far.
    pub state: Notice,
    /// It can be answered now.
    pub is_open: bool,
}

impl Door {
    /// Where a link leads; a wrong one leads nowhere.
    pub async fn noticed(&self, token: &str) -> Result<ByLink, Refusal> {
        let stored = notice::by_link(&self.store, &digest(&self.keys, token)).await?.ok_or(Refusal::NotFound("notice"))?;
        let case = case::get(&self.store, &stored.case).await?.filter(|case| case.case_key.is_some()).ok_or(Refusal::NotFound("notice"))?;
        let told = sealed::notice(&self.keys, &case, &stored)?;
        Ok(ByLink {
            is_open: told.notice.is_open() && is_good(&stored, self.now()),
            actor: Actor::Recipient { name: told.recipient, notice: stored.id.clone() },
            case: case.id,
            notice: stored.id,
            state: told.notice,
        })
    }

    /// The newest notice to a recipient of a case, for whoever records what it said.
    pub async fn newest_notice(&self, case: &str, recipient: &str) -> Result<String, Refusal> {
        let case = case::get(&self.store, case).await?.ok_or(Refusal::NotFound("case"))?;
        let newest = sealed::notices(&self.store, &self.keys, &case).await?.into_iter().find(|(_, told)| told.recipient == recipient);
        newest.map(|(id, _)| id).ok_or(Refusal::NotFound("notice"))
    }
}
