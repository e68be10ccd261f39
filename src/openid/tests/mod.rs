//! Tokens that nobody may believe, and the few that everybody may.

mod attacks;
mod leave;
mod provider;
mod trust;
mod ways;

use std::{collections::BTreeMap, path::Path};

use habeas_core::law::{
    floor::Floors,
    lang::Lang,
    map::Secret,
    organisation::{self, Identity},
    provider::{Client, Provider as Named, Ticket},
    tier::Tier,
};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Brought, Errand, Providers, SignedOut, Trouble, Vouched, Who};
use provider::{CLIENT, Key, Provider};

const NOW: &str = "2026-11-29T12:00:00Z";

/// Where people, and those who work here, reach the house.
const PLACES: (&str, &str) = ("https://privacy.example.no", "https://desk.example.no");

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// A house, a provider that it knows, and somebody who is on her way between them.
struct Journey {
    provider: Provider,
    providers: Providers,
    key: Key,
    ticket: Ticket,
    url: String,
}

fn named(issuer: &str, client: Client) -> Named {
    let levels = "levels: {acr: {low: 1, substantial: 3, high: 4}, amr: {otp: 2}}";
    let provider = written(issuer, &format!("{levels}\n      identifiers: {{customer_no: customer_number, email: email}}"));
    Named { client, ..provider }
}

/// One for those who work here.
fn for_staff(issuer: &str) -> Named {
    let levels = "levels: {acr: {phr: 2}, amr: {mfa: 2}}";
    written(issuer, &format!("for: staff\n      {levels}\n      roles: {{claim: groups, grants: {{leads: [privacy-lead]}}}}"))
}

/// Read from a folder, as it would be: levels are made nowhere else.
fn written(issuer: &str, more: &str) -> Named {
    let text = format!(
        "organisation: visum
name: Visum AS
contact: {{email: post@visum.example, post: Oslo}}
authority: {{name: D, url: 'https://d.example', post: Oslo}}
languages: [nb]
time-zone: Europe/Oslo
calendar: NO
fiscal-year-end: '12-31'
backups: {{rotation: P30D}}
identity:
  email: email
  providers:
    - id: eid
      label: {{nb: eID, nl: eID, en: eID}}
      issuer: {issuer}
      client-id: {CLIENT}
      secret: env:PATH
      scopes: [email]
      {more}
"
    );
    organisation::parse("organisation.yaml", &text).unwrap().value.identity.providers.remove(0)
}

fn identity(named: Named) -> Identity {
    Identity { email: "email".to_owned(), second_items: Vec::new(), floors: Floors::default(), providers: vec![named], documents: false }
}

fn errand(least: Tier) -> Errand<'static> {
    Errand { provider: "eid", least, lang: Lang::Nb, again: false, who: Who::Person }
}

impl Journey {
    async fn begin() -> Self {
        Self::begin_as(Client::Secret(Secret::Env("PATH".to_owned()))).await
    }

    async fn begin_as(client: Client) -> Self {
        Self::begin_with(|issuer| named(issuer, client), errand(Tier::Substantial)).await
    }

    async fn begin_for_staff() -> Self {
        Self::begin_with(for_staff, Errand { who: Who::Colleague, ..errand(Tier::TwoChannels) }).await
    }

    async fn begin_with(named: impl FnOnce(&str) -> Named, errand: Errand<'_>) -> Self {
        let provider = Provider::open().await;
        let key = Key::curve("one");
        provider.change(|says| says.keys = vec![key.public()]);
        let providers = Providers::new(&identity(named(&provider.issuer)), PLACES, Path::new("/nowhere"));
        let (url, ticket) = providers.begin(errand, now()).await.unwrap();
        Self { provider, providers, key, ticket, url }
    }

    /// What an honest provider says about Kari.
    fn claims(&self) -> Value {
        let at = now().as_second();
        json!({
            "iss": self.provider.issuer, "sub": "7", "aud": CLIENT, "nonce": self.ticket.nonce, "iat": at, "exp": at + 60,
            "auth_time": at - 20, "acr": "substantial", "amr": ["pwd"],
            "customer_no": "K-1", "email": "Kari@Example.no", "email_verified": true,
        })
    }

    /// The claims with one of them changed, or taken away.
    fn with(&self, name: &str, value: Value) -> Value {
        let mut claims = self.claims();
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims.as_object_mut().unwrap().insert(name.to_owned(), value),
        };
        claims
    }

    fn brought(&self) -> Brought<'_> {
        Brought { code: Some("code"), state: Some(&self.ticket.state), iss: None, error: None }
    }

    async fn comes_back_with(&self, token: String) -> Result<Vouched, Trouble> {
        self.provider.change(|says| says.token = token);
        self.providers.redeem(&self.ticket, self.brought(), now()).await
    }

    /// The provider says this, honestly signed.
    async fn says(&self, claims: Value) -> Result<Vouched, Trouble> {
        self.comes_back_with(self.key.signs(&claims, &[])).await
    }
}

fn identifiers(vouched: &Vouched) -> BTreeMap<&str, &str> {
    vouched.voucher.identifiers.iter().map(|(kind, value)| (kind.as_str(), value.as_str())).collect()
}
