//! What a provider's claims are worth, by the organisation's folder.

use std::collections::BTreeMap;

use habeas_core::law::{
    identifier::Identifier,
    provider::{Elsewhere, Known, Provider, Serves},
    tier::{Tier, Voucher},
};
use serde_json::Value;

use super::{Trouble, exchange::Said, token::Claims};

/// What the provider vouches for. `email`: the identity kind that is the mailbox.
pub(super) fn voucher(provider: &Provider, email: &str, claims: &Claims) -> Result<Voucher, Trouble> {
    let Serves::People(named) = &provider.serves else { return Err(Trouble::Unknown) };
    let subject = subject(claims)?;
    let identifiers: BTreeMap<String, String> = named
        .iter()
        .filter(|(_, kind)| *kind != email || claims.get("email_verified") == Some(&Value::Bool(true)))
        .filter_map(|(claim, kind)| Some((kind.clone(), identifier(kind, claims.get(claim)?)?)))
        .collect();
    if identifiers.is_empty() {
        return Err(Trouble::Nobody);
    }
    Ok(Voucher {
        provider: provider.id.clone(),
        issuer: provider.issuer.clone(),
        subject: subject.to_owned(),
        tier: tier(provider, claims),
        identifiers,
    })
}

/// What the provider says about somebody who works here.
pub(super) fn colleague(provider: &Provider, said: &Said) -> Result<Known, Trouble> {
    let Serves::Staff(grants) = &provider.serves else { return Err(Trouble::Unknown) };
    Ok(Known {
        elsewhere: elsewhere(provider, said)?,
        at: said.at,
        is_strong: tier(provider, &said.claims) >= Tier::TwoChannels,
        roles: grants.as_ref().map(|grants| grants.roles(texts(said.claims.get(&grants.claim))).into_iter().map(str::to_owned).collect()),
    })
}

/// Where somebody is signed in now, too.
pub(super) fn elsewhere(provider: &Provider, said: &Said) -> Result<Elsewhere, Trouble> {
    Ok(Elsewhere {
        provider: provider.id.clone(),
        issuer: provider.issuer.clone(),
        subject: subject(&said.claims)?.to_owned(),
        sid: text(&said.claims, "sid").map(str::to_owned),
        hint: said.token.clone(),
    })
}

fn text<'c>(claims: &'c Claims, name: &str) -> Option<&'c str> {
    claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

fn subject(claims: &Claims) -> Result<&str, Trouble> {
    text(claims, "sub").ok_or(Trouble::Wrong("subject"))
}

fn tier(provider: &Provider, claims: &Claims) -> Tier {
    provider.levels.tier(text(claims, "acr"), claims.get("amr").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str))
}

/// One text or a list of them; anything else is nothing.
fn texts(claim: Option<&Value>) -> Vec<&str> {
    match claim {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A claim in the normal form of its kind; nothing where it is no single value, or could be anybody's.
fn identifier(kind: &str, claim: &Value) -> Option<String> {
    let text = match claim {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_u64() => number.to_string(),
        _ => return None,
    };
    Identifier::parse(kind, &text).ok().map(|identifier| identifier.value().clone().into_revealed())
}
