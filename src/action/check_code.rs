//! Takes a mailbox code: once, in time, in the session that asked, at most five tries.

use habeas_core::law::personal::Personal;

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::store::session;

/// Tries before a mailbox has to wait.
pub(super) const TRIES: u32 = 5;
/// How long it waits.
pub(super) const WAIT_MINUTES: i64 = 15;

/// A code typed back.
#[derive(Debug, Clone)]
pub struct CheckCode {
    /// The session.
    pub session: String,
    /// The mailbox it was sent to, in normal form.
    pub email: Personal<String>,
    /// What was typed; spaces do not matter.
    pub code: String,
}

/// What a try came to. A wrong one is counted, so it must be stored and is no refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeTry {
    /// The mailbox is proven.
    Right,
    /// Not the code.
    Wrong,
    /// Used or out of time.
    Over,
    /// Too many wrong ones.
    TooMany(jiff::Timestamp),
}

impl Action for CheckCode {
    type Done = CodeTry;

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<CodeTry>, Refusal> {
        let mailbox = inside.keys.blind("email", self.email.reveal());
        let Some(mut code) = session::lock_code(inside.tx, &self.session, &mailbox).await? else { return Err(Refusal::Expired) };
        if let Some(until) = code.wait(inside.tx, inside.now).await? {
            return Ok(Outcome::new(CodeTry::TooMany(until), Fact::of_house("code-refused")));
        }
        if code.used_at.is_some() || code.ends_at <= inside.now {
            return Ok(Outcome::new(CodeTry::Over, Fact::of_house("code-refused")));
        }
        let typed: String = self.code.chars().filter(char::is_ascii_digit).collect();
        let right = inside.keys.same(&code.hash, &inside.keys.blind("code", &format!("{}:{typed}", self.session)));
        if right {
            code.used_at = Some(inside.now);
        } else {
            code.attempts += 1;
        }
        session::save_code(inside.tx, &code).await?;
        let (done, kind) = if right { (CodeTry::Right, "code-accepted") } else { (CodeTry::Wrong, "code-refused") };
        Ok(Outcome::new(done, Fact::of_house(kind)))
    }
}
