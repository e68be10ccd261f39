//! Sends a six-digit code to a mailbox. The answer is the same whether or not anybody is known under it.

use habeas_core::law::{identifier::Identifier, lang::Lang, personal::Personal};
use jiff::SignedDuration;

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    letter,
    refusal::Refusal,
};
use crate::store::{
    sealed::Words,
    session::{self, Code},
};

/// How long a code is good.
pub const CODE_MINUTES: i64 = 10;
/// Codes one mailbox is sent within an hour, whoever asks.
const CODES_AN_HOUR: u64 = 5;
/// As long as nobody types any of them back.
const UNANSWERED_AN_HOUR: u64 = 3;

/// Asks for a code.
#[derive(Debug, Clone)]
pub struct RequestCode {
    /// The session the code will be good for.
    pub session: String,
    /// The address as typed.
    pub email: Personal<String>,
    /// The language of the mail.
    pub lang: Lang,
    /// The mail may bring a link as well: only where the mailbox is all that is proven by it.
    pub link: bool,
}

impl Action for RequestCode {
    /// The address in normal form.
    type Done = Personal<String>;

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<Self::Done>, Refusal> {
        let email = Identifier::parse("email", self.email.reveal()).map_err(|_| Refusal::invalid("email", "email-wrong"))?;
        let mailbox = inside.keys.blind("email", email.value().reveal());
        let hour_ago = inside.now - SignedDuration::from_hours(1);
        let sent = session::codes_since(inside.tx, &mailbox, hour_ago).await?;
        let unanswered = session::unanswered_since(inside.tx, &mailbox, hour_ago).await?;
        if sent >= CODES_AN_HOUR || unanswered >= UNANSWERED_AN_HOUR {
            return Err(Refusal::Wait(inside.now + SignedDuration::from_mins(15)));
        }
        let digits = inside.chance.digits()?;
        let token = if self.link { Some(inside.chance.token()?) } else { None };
        let ends_at = inside.now + SignedDuration::from_mins(CODE_MINUTES);
        let code = Code {
            hash: inside.keys.blind("code", &format!("{}:{digits}", self.session)),
            link: token.as_deref().map(|token| inside.keys.blind("link", token)),
            session: self.session,
            sent_at: inside.now,
            mailbox,
            ends_at,
            attempts: 0,
            used_at: None,
        };
        session::insert_code(inside.tx, &code).await?;
        letter::queue(inside, None, "code", self.lang, email.value(), Words::Code { digits, ends_at, link: token }).await?;
        Ok(Outcome::new(email.value().clone(), Fact::of_house("code-sent")))
    }
}
