//! Signing out: a browser that is sent to a provider to sign out there, too, and a provider that says by itself that somebody has
//! (`OpenID` Connect RP-Initiated Logout 1.0 and Back-Channel Logout 1.0).

use habeas_core::law::{
    lang::Lang,
    provider::{Elsewhere, Provider},
};
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    JsonWebKey as _,
    core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm},
};
use serde_json::{Map, Value, json};
use tokio::time::timeout;

use super::{
    LEEWAY, Providers, Trouble, WHOLE, Way, Who,
    token::{self, Claims, Unread},
};

/// How old a provider's word may be.
const OLDEST: SignedDuration = SignedDuration::from_mins(5);
/// Bytes of a token, and of a name in it.
const LONGEST: (usize, usize) = (16 << 10, 255);
/// What has happened, by its name.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// What a token must say that it is, so that none made for something else can be taken for one (ASVS 10.5.5).
const TYPES: [&str; 2] = ["logout+jwt", "application/logout+jwt"];

/// A provider's word that somebody has signed out there, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedOut {
    /// Which provider.
    pub provider: String,
    /// Who it says it is.
    pub issuer: String,
    /// Who has; everywhere, where no session is named.
    pub subject: Option<String>,
    /// In which session there.
    pub sid: Option<String>,
    /// The word's own name; it counts once.
    pub jti: String,
    /// When it stops being believed in any case.
    pub until: Timestamp,
}

impl Providers {
    /// Where a browser signs out at the provider, too; nothing where the provider has no such page, or cannot be asked now: whoever signs
    /// out here has signed out here.
    pub async fn way_out(&self, elsewhere: &Elsewhere, lang: Lang, now: Timestamp) -> Option<String> {
        let way = self.all.iter().find(|way| way.provider.id == elsewhere.provider)?;
        let known = timeout(WHOLE, way.known.get(&way.provider, now)).await.ok()?.ok()?;
        let mut url = known.end.clone()?;
        url.query_pairs_mut()
            .append_pair("id_token_hint", &elsewhere.hint)
            .append_pair("client_id", &way.provider.client_id)
            .append_pair("post_logout_redirect_uri", &format!("{}/sign-in/out", self.place(way)))
            .append_pair("state", lang.code())
            .append_pair("ui_locales", lang.code());
        Some(url.into())
    }

    /// Who has signed out at a provider, as it says in a token that it sends by itself.
    pub async fn signed_out(&self, provider: &str, who: Who, token: &str, now: Timestamp) -> Result<SignedOut, Trouble> {
        let way = self.way(provider, who)?;
        if token.len() > LONGEST.0 {
            return Err(Trouble::Wrong("too-large"));
        }
        timeout(WHOLE, self.read_logout(way, token, now)).await.map_err(|_| Trouble::Down("too-slow"))?
    }

    async fn read_logout(&self, way: &Way, token: &str, now: Timestamp) -> Result<SignedOut, Trouble> {
        let known = way.known.get(&way.provider, now).await?;
        let claims = match verified(token, &known.keys) {
            // Its keys may have changed since they were read.
            Err(Unread::Key) => match way.known.renewed(&known, &way.provider, now).await? {
                Some(known) => verified(token, &known.keys)?,
                None => return Err(Trouble::Wrong("key")),
            },
            read => read?,
        };
        signed_out(&way.provider, &claims, now)
    }
}

/// What a token says, if its signature is the provider's.
fn verified(token: &str, keys: &CoreJsonWebKeySet) -> Result<Claims, Unread> {
    let wrong = Unread::Wrong("token");
    let (signed, signature) = token.rsplit_once('.').ok_or(wrong)?;
    let (header, claims) = signed.split_once('.').ok_or(wrong)?;
    let (header, claims) = (token::part(header).ok_or(wrong)?, token::part(claims).ok_or(wrong)?);
    if token::OWN_KEYS.iter().any(|name| header.contains_key(*name)) {
        return Err(Unread::Wrong("own-key"));
    }
    let is_type = |kind: &Value| kind.as_str().is_some_and(|kind| TYPES.contains(&kind.to_ascii_lowercase().as_str()));
    if header.contains_key("crit") || header.contains_key("cty") || !header.get("typ").is_some_and(is_type) {
        return Err(wrong);
    }
    let alg = header.get("alg").cloned().and_then(|alg| serde_json::from_value::<CoreJwsSigningAlgorithm>(alg).ok());
    let alg = alg.filter(|alg| token::SIGNED.contains(alg)).ok_or(Unread::Wrong("algorithm"))?;
    let signature = data_encoding::BASE64URL_NOPAD.decode(signature.as_bytes()).map_err(|_| Unread::Wrong("signature"))?;
    let kid = header.get("kid").and_then(Value::as_str);
    let named = |key: &&CoreJsonWebKey| kid.is_none_or(|kid| key.key_id().is_some_and(|id| id.as_str() == kid));
    let mut keys = keys.keys().iter().filter(named).peekable();
    keys.peek().ok_or(Unread::Key)?;
    let fits = |key: &CoreJsonWebKey| key.verify_signature(&alg, signed.as_bytes(), &signature).is_ok();
    if keys.any(fits) { Ok(claims) } else { Err(Unread::Wrong("signature")) }
}

/// Whom it is about: for us, of this moment, about a sign-out and nothing else.
fn signed_out(provider: &Provider, claims: &Claims, now: Timestamp) -> Result<SignedOut, Trouble> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty() && text.len() <= LONGEST.1);
    if text("iss") != Some(&provider.issuer) {
        return Err(Trouble::Wrong("issuer"));
    }
    let client = json!(provider.client_id);
    if !claims.get("aud").is_some_and(|aud| *aud == client || *aud == json!([client])) {
        return Err(Trouble::Wrong("audience"));
    }
    let time = |name| token::time(claims, name).ok_or(Trouble::Wrong("token"));
    let (said_at, ends_at) = (time("iat")?, time("exp")?);
    if said_at > now + LEEWAY {
        return Err(Trouble::Wrong("not-yet"));
    }
    if ends_at + LEEWAY <= now || said_at + OLDEST + LEEWAY <= now {
        return Err(Trouble::Wrong("expired"));
    }
    // A token for signing in has a nonce; it must not sign anybody out.
    if claims.contains_key("nonce") {
        return Err(Trouble::Wrong("nonce"));
    }
    let happened = claims.get("events").and_then(Value::as_object).and_then(|events: &Map<_, _>| events.get(EVENT));
    if !happened.is_some_and(Value::is_object) {
        return Err(Trouble::Wrong("event"));
    }
    let (subject, sid) = (text("sub").map(str::to_owned), text("sid").map(str::to_owned));
    if subject.is_none() && sid.is_none() {
        return Err(Trouble::Wrong("subject"));
    }
    Ok(SignedOut {
        provider: provider.id.clone(),
        issuer: provider.issuer.clone(),
        subject,
        sid,
        jti: text("jti").ok_or(Trouble::Wrong("token"))?.to_owned(),
        until: said_at + OLDEST + LEEWAY,
    })
}
