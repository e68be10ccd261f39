//! Who is signed in at a provider, too: by what rows name her account and her session there, and what happens here when she signs out
//! there.

use habeas_core::law::provider::Elsewhere;
use jiff::Timestamp;

use super::{
    actor::{Actor, Denied},
    door::{Action, Inside},
    fact::{Fact, Outcome},
    refusal::Refusal,
};
use crate::{keys::Keys, store::elsewhere};

/// How rows name an account: the same subject of another issuer is somebody else. A line break stands in no issuer.
pub(super) fn account(keys: &Keys, issuer: &str, subject: &str) -> String {
    keys.blind("provider-subject", &format!("{issuer}\n{subject}"))
}

fn session(keys: &Keys, issuer: &str, sid: &str) -> String {
    keys.blind("provider-session", &format!("{issuer}\n{sid}"))
}

/// That a session of ours began there.
pub(super) fn begun(keys: &Keys, id: &str, it: &Elsewhere) -> elsewhere::Begun {
    elsewhere::Begun {
        session: id.to_owned(),
        subject: account(keys, &it.issuer, &it.subject),
        sid: it.sid.as_ref().map(|sid| session(keys, &it.issuer, sid)),
    }
}

/// Somebody has signed out at a provider, which says so: whatever began there ends here. Its word counts once.
#[derive(Debug, Clone)]
pub struct EndElsewhere {
    /// The organisation's name of the provider.
    pub provider: String,
    /// Who it says it is.
    pub issuer: String,
    /// Who has.
    pub subject: Option<String>,
    /// In which session there.
    pub sid: Option<String>,
    /// The name of its word.
    pub jti: String,
    /// When it would be too old to be said again.
    pub until: Timestamp,
}

impl Action for EndElsewhere {
    type Done = ();

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        let token = inside.keys.blind("logout-token", &format!("{}\n{}", self.issuer, self.jti));
        if !elsewhere::use_token(inside.tx, &token, self.until).await? {
            return Err(Refusal::conflict("token-used", "this token was used before"));
        }
        let subject = self.subject.as_ref().map(|subject| account(inside.keys, &self.issuer, subject));
        let sid = self.sid.as_ref().map(|sid| session(inside.keys, &self.issuer, sid));
        let ended = elsewhere::end(inside.tx, &elsewhere::Ended { subject, sid }).await?;
        Ok(Outcome::new((), Fact::of_house("signed-out-elsewhere").with("provider", self.provider).with("sessions", ended.to_string())))
    }
}
