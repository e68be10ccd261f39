//! Takes the link of a code mail instead of the typed code: once, in time, by a button. In another browser than the one that asked, the
//! number shown there has to be typed as well, so that a link passed on or guessed at signs nobody in.

use jiff::{SignedDuration, Timestamp};

use super::{
    actor::{Actor, Denied},
    check_code::{CodeTry, WAIT_MINUTES},
    door::{Action, Door, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
    session::{Memory, Visit},
};
use crate::store::{
    Tx,
    session::{self, Code},
};

/// A link that was followed, and its button pressed.
#[derive(Debug, Clone)]
pub struct UseLink {
    /// What stands in the link.
    pub token: String,
    /// The session of the browser it was opened in, if it has one.
    pub session: Option<String>,
    /// The number typed from the first browser's page.
    pub number: String,
}

/// Where a link leads before anything is done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// To the browser that asked.
    Here,
    /// To another one.
    Elsewhere,
    /// Nowhere: it was used.
    Used,
    /// Nowhere: it is too old, or none of ours.
    Old,
}

/// What a link came to. Whose session it was goes along, so that the browser may go on with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTry {
    /// The mailbox is proven; the session that asked, and what it remembers.
    Right {
        /// Its id.
        session: String,
        /// What it remembers.
        visit: Box<Visit>,
    },
    /// As for a typed code.
    Not(CodeTry),
}

impl Action for UseLink {
    type Done = LinkTry;

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<LinkTry>, Refusal> {
        let refused = |tried| Ok(Outcome::new(LinkTry::Not(tried), Fact::of_house("code-refused")));
        let Some(mut code) = session::lock_code_of_link(inside.tx, &inside.keys.blind("link", &self.token)).await? else {
            return refused(CodeTry::Over);
        };
        if let Some(until) = code.wait(inside.tx, inside.now).await? {
            return refused(CodeTry::TooMany(until));
        }
        if code.used_at.is_some() || code.ends_at <= inside.now {
            return refused(CodeTry::Over);
        }
        let here = self.session.as_ref() == Some(&code.session);
        let typed: String = self.number.chars().filter(char::is_ascii_digit).collect();
        if !here && !inside.keys.same(&typed, &code.number(inside.keys)) {
            code.attempts += 1;
            session::save_code(inside.tx, &code).await?;
            return refused(CodeTry::Wrong);
        }
        let asked = session::get(inside.tx, &code.session, inside.now).await?.ok_or(Refusal::Expired)?;
        let Memory::Portal(visit) = inside.keys.open(&asked.id, &asked.sealed)? else { return Err(Refusal::Expired) };
        code.used_at = Some(inside.now);
        session::save_code(inside.tx, &code).await?;
        let right = LinkTry::Right { session: code.session, visit: Box::new(visit) };
        Ok(Outcome::new(right, Fact::of_house("code-accepted").with("by", "link")))
    }
}

impl Code {
    /// Until when no further try is looked at, where there were too many.
    pub(super) async fn wait(&self, tx: &Tx, now: Timestamp) -> Result<Option<Timestamp>, Refusal> {
        let since = now - SignedDuration::from_mins(WAIT_MINUTES);
        let many = session::tries_since(tx, &self.mailbox, since).await? >= super::check_code::TRIES;
        Ok(many.then(|| self.sent_at.max(since) + SignedDuration::from_mins(WAIT_MINUTES)))
    }
}

impl Door {
    /// Where a link leads. Looking changes nothing: programs that read mail open every link.
    pub async fn link(&self, token: &str, session: Option<&str>) -> Result<Link, Refusal> {
        let code = session::code_of_link(&self.store, &self.keys.blind("link", token)).await?;
        Ok(match code {
            Some(code) if code.used_at.is_some() => Link::Used,
            Some(code) if code.ends_at <= self.now() => Link::Old,
            Some(code) if session == Some(&code.session) => Link::Here,
            Some(_) => Link::Elsewhere,
            None => Link::Old,
        })
    }
}
