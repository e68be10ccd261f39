//! What a provider's claims are worth, by the organisation's folder.

use std::collections::BTreeMap;

use habeas_core::law::{identifier::Identifier, provider::Provider, tier::Voucher};
use serde_json::Value;

use super::{Trouble, token::Claims};

/// What the provider vouches for. `email`: the identity kind that is the mailbox.
pub(super) fn voucher(provider: &Provider, email: &str, claims: &Claims) -> Result<Voucher, Trouble> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let subject = text("sub").filter(|subject| !subject.is_empty()).ok_or(Trouble::Wrong("subject"))?;
    let methods = claims.get("amr").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let identifiers: BTreeMap<String, String> = provider
        .identifiers
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
        tier: provider.levels.tier(text("acr"), methods),
        identifiers,
    })
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
