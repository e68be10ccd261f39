//! A data subject shows who she is with what she has set up: a code of her authenticator, a recovery code, a passkey. At most five wrong
//! tries in a quarter of an hour, whichever sessions they come from.

use habeas_core::law::tier::Means;
use jiff::{SignedDuration, Timestamp};

use super::{
    account,
    actor::{Actor, Denied},
    check_code::{TRIES, WAIT_MINUTES},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    factor::{self, Proof},
    refusal::Refusal,
};
use crate::store::{
    case,
    credential::{self, Credential, Kind},
    sealed::AccountChange,
};

/// What was given.
#[derive(Debug, Clone)]
pub struct UseFactor {
    /// A code or a passkey's answer.
    pub proof: Proof,
}

/// What a try came to. A wrong one is counted, so it must be stored and is no refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactorTry {
    /// By what she has shown who she is.
    Right(Means),
    /// Wrong, or used before.
    Wrong,
    /// Too many wrong ones.
    TooMany(Timestamp),
}

impl Action for UseFactor {
    type Done = FactorTry;

    fn permit(&self, by: &Actor) -> Result<(), Denied> {
        by.asks()
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<FactorTry>, Refusal> {
        let Actor::Subject { mailbox } = inside.by else { return Err(Refusal::Denied) };
        credential::lock_of(inside.tx, mailbox).await?;
        if let Some(until) = wait(inside, mailbox).await? {
            return Ok(Outcome::new(FactorTry::TooMany(until), Fact::of_house("code-refused")));
        }
        let Some(used) = factor::proven(inside, mailbox, &self.proof).await? else {
            credential::insert_try(inside.tx, &inside.row_id()?, mailbox, inside.now).await?;
            return Ok(Outcome::new(FactorTry::Wrong, Fact::of_house("code-refused")));
        };
        let case = case::proven_of(inside.tx, mailbox).await?;
        if let Some(case) = case.filter(|_| used.kind == Kind::Recovery) {
            account::tell_subject(inside, &case, AccountChange::RecoveryUsed).await?;
        }
        Ok(Outcome::new(FactorTry::Right(means(&used)), Fact::of_house("factor-given")))
    }
}

/// Until when no further try is looked at, where there were too many: until so few are left in the quarter of an hour that one may follow.
async fn wait(inside: &Inside<'_>, mailbox: &str) -> Result<Option<Timestamp>, Refusal> {
    let pause = SignedDuration::from_mins(WAIT_MINUTES);
    let tries = credential::tries_since(inside.tx, mailbox, inside.now - pause).await?;
    let counting = tries.len().checked_sub(usize::try_from(TRIES).unwrap_or(usize::MAX));
    Ok(counting.and_then(|oldest| tries.get(oldest)).map(|oldest| *oldest + pause))
}

/// A recovery code stands in for an authenticator.
const fn means(used: &Credential) -> Means {
    match used.kind {
        Kind::Passkey => Means::Passkey { since: used.added_at },
        Kind::Totp | Kind::Recovery => Means::Totp { since: used.added_at },
    }
}
