//! Signing in at somebody else who vouches for a person, by `OpenID` Connect: sends a browser there and reads what it brings back.
//!
//! Nothing that a provider says is believed before its signature, issuer, audience, nonce and time are; and then only as far as the
//! organisation's folder lets its words count. It knows no session and no case: what has to be remembered is a [`Ticket`].
//! A request waits for a provider, and never longer than [`WHOLE`] (docs/decisions/008-a-request-waits-for-a-provider.md).

mod assertion;
mod discovery;
mod exchange;
mod leave;
#[cfg(test)]
mod tests;
mod token;
mod vouch;
mod vouching;
mod wire;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use habeas_core::law::{
    lang::Lang,
    organisation::Identity,
    provider::{Elsewhere, Known as Colleague, Provider, Ticket},
    tier::{Tier, Voucher},
};
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AuthenticationContextClass, CsrfToken, LanguageTag, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    core::{CoreAuthPrompt, CoreAuthenticationFlow},
};
use tokio::time::timeout;

use crate::{chance::Chance, network};
use discovery::Known;
pub use leave::SignedOut;

pub use vouching::Vouching;

/// How long a request may wait for a provider, whatever it is asked in that time.
pub const WHOLE: Duration = Duration::from_secs(10);
/// How long ago the person may have signed in at the provider: whoever sits down at her open browser is asked again.
const FRESH: SignedDuration = SignedDuration::from_mins(5);
/// How long a browser may be away.
const AWAY: SignedDuration = SignedDuration::from_mins(15);
/// How far a provider's clock may be off.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);

/// Why nobody was vouched for. It holds codes and never what a provider said: that may be about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The organisation names no such provider.
    #[error("there is no such provider")]
    Unknown,
    /// The person turned back, or the provider let nobody in.
    #[error("the provider let nobody in, or the person turned back")]
    Declined,
    /// The browser brought nothing that belongs to this session, or too late.
    #[error("the browser brought back nothing that was waited for")]
    Lost,
    /// The person has signed in at the provider, but too long ago.
    #[error("the person signed in at the provider too long ago")]
    Stale,
    /// The provider vouches for nobody the organisation can know.
    #[error("the provider named nothing that the organisation knows anybody by")]
    Nobody,
    /// The provider cannot be asked now.
    #[error("the provider cannot be asked: {0}")]
    Down(&'static str),
    /// The provider said something that must not be believed.
    #[error("the provider's answer is not believed: {0}")]
    Wrong(&'static str),
}

impl Trouble {
    /// Its name in the log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Declined => "declined",
            Self::Lost => "lost",
            Self::Stale => "stale",
            Self::Nobody => "nobody",
            Self::Down(code) | Self::Wrong(code) => code,
        }
    }
}

/// What a browser is sent to a provider for.
#[derive(Debug, Clone, Copy)]
pub struct Errand<'a> {
    /// Which one.
    pub provider: &'a str,
    /// How sure it should be.
    pub least: Tier,
    /// What the person reads.
    pub lang: Lang,
    /// Whether she shall sign in once more, though the provider still knows her.
    pub again: bool,
    /// Who is sent.
    pub who: Who,
}

/// Who is sent to a provider, and comes back from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody at the portal.
    Person,
    /// Somebody at the desk or in the room.
    Colleague,
}

/// What a browser brings back in its address.
#[derive(Debug, Clone, Copy, Default)]
pub struct Brought<'a> {
    /// What the provider gives out its word for.
    pub code: Option<&'a str>,
    /// What it was given on the way.
    pub state: Option<&'a str>,
    /// Who sent it back (RFC 9207).
    pub iss: Option<&'a str>,
    /// Why there is no code.
    pub error: Option<&'a str>,
}

/// A provider's word, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// For whom.
    pub voucher: Voucher,
    /// When the person signed in there.
    pub at: Timestamp,
    /// Where she is signed in now, too.
    pub elsewhere: Elsewhere,
}

/// Everybody who vouches for people of this organisation.
pub struct Providers {
    all: Vec<Way>,
    /// The identity kind that is the mailbox.
    email: String,
    /// Where people reach the house.
    portal: String,
    /// Where its own people do.
    desk: String,
    house: PathBuf,
}

/// A provider, and what is known of it.
struct Way {
    provider: Provider,
    known: discovery::Memory,
}

impl Providers {
    /// Asks nobody yet. `portal` and `desk`: where people, and those who work here, reach the house; `house`: its folder, where secrets
    /// may lie.
    pub fn new(identity: &Identity, (portal, desk): (&str, &str), house: &Path) -> Self {
        Self::looking_up(identity, (portal, desk), house, &network::system())
    }

    fn looking_up(identity: &Identity, (portal, desk): (&str, &str), house: &Path, lookup: &network::Lookup) -> Self {
        let known = |provider: &Provider| discovery::Memory::new(provider, lookup.clone(), house);
        let way = |provider: &Provider| Way { provider: provider.clone(), known: known(provider) };
        Self {
            all: identity.providers.iter().map(way).collect(),
            email: identity.email.clone(),
            portal: portal.trim_end_matches('/').to_owned(),
            desk: desk.trim_end_matches('/').to_owned(),
            house: house.to_owned(),
        }
    }

    fn way(&self, id: &str, who: Who) -> Result<&Way, Trouble> {
        let serves = |way: &&Way| way.provider.is_for_people() == (who == Who::Person);
        self.all.iter().find(|way| way.provider.id == id).filter(serves).ok_or(Trouble::Unknown)
    }

    /// Where a browser is to go, and what its session must remember until it comes back.
    pub async fn begin(&self, errand: Errand<'_>, now: Timestamp) -> Result<(String, Ticket), Trouble> {
        let way = self.way(errand.provider, errand.who)?;
        let known = timeout(WHOLE, way.known.get(&way.provider, now)).await.map_err(|_| Trouble::Down("too-slow"))??;
        let token = || Chance.token().map_err(|_| Trouble::Down("no-chance"));
        let ticket = Ticket {
            provider: way.provider.id.clone(),
            state: token()?,
            nonce: token()?,
            verifier: token()?,
            at: now,
            least: errand.least,
            again: errand.again,
        };
        Ok((self.address(way, &known, errand, &ticket)?, ticket))
    }

    fn address(&self, way: &Way, known: &Known, errand: Errand<'_>, ticket: &Ticket) -> Result<String, Trouble> {
        let client = known.client.clone().set_redirect_uri(self.redirect(way)?);
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(ticket.verifier.clone()));
        let (state, nonce) = (ticket.state.clone(), ticket.nonce.clone());
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || CsrfToken::new(state), move || Nonce::new(nonce))
            .add_scopes(way.provider.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge)
            .set_max_age(Duration::from_secs(if errand.again { 0 } else { FRESH.as_secs().unsigned_abs() }))
            .add_ui_locale(LanguageTag::new(errand.lang.code().to_owned()));
        if errand.again {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        for acr in way.provider.levels.classes(errand.least) {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.to_owned()));
        }
        Ok(request.url().0.into())
    }

    fn redirect(&self, way: &Way) -> Result<RedirectUrl, Trouble> {
        RedirectUrl::new(format!("{}/sign-in/back", self.place(way))).map_err(|_| Trouble::Down("bad-address"))
    }

    /// What stands before the addresses that a provider sends browsers back to.
    fn place(&self, way: &Way) -> String {
        if way.provider.is_for_people() { self.portal.clone() } else { format!("{}/desk", self.desk) }
    }

    /// What a provider says about the person whose browser came back. The ticket is the one of her session, and may be shown once.
    pub async fn redeem(&self, ticket: &Ticket, brought: Brought<'_>, now: Timestamp) -> Result<Vouched, Trouble> {
        let (way, said) = self.said(Who::Person, ticket, brought, now).await?;
        let voucher = vouch::voucher(&way.provider, &self.email, &said.claims)?;
        Ok(Vouched { elsewhere: vouch::elsewhere(&way.provider, &said)?, voucher, at: said.at })
    }

    /// The same about somebody who works here.
    pub async fn redeem_colleague(&self, ticket: &Ticket, brought: Brought<'_>, now: Timestamp) -> Result<Colleague, Trouble> {
        let (way, said) = self.said(Who::Colleague, ticket, brought, now).await?;
        vouch::colleague(&way.provider, &said)
    }

    async fn said(&self, who: Who, ticket: &Ticket, brought: Brought<'_>, now: Timestamp) -> Result<(&Way, exchange::Said), Trouble> {
        let way = self.way(&ticket.provider, who)?;
        if !is_same(brought.state, &ticket.state) || now.duration_since(ticket.at) > AWAY {
            return Err(Trouble::Lost);
        }
        let said = timeout(WHOLE, self.exchange(way, ticket, brought, now)).await.map_err(|_| Trouble::Down("too-slow"))??;
        // Whoever was to sign in once more and did not is perhaps somebody else at her browser.
        if ticket.again && ticket.at.duration_since(said.at) > LEEWAY {
            return Err(Trouble::Stale);
        }
        Ok((way, said))
    }
}

/// Compares without telling where they differ.
fn is_same(brought: Option<&str>, expected: &str) -> bool {
    let Some(brought) = brought else { return false };
    let differ = brought.bytes().zip(expected.bytes()).fold(0, |differ, (one, other)| differ | (one ^ other));
    brought.len() == expected.len() && differ == 0
}
