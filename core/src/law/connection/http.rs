//! How a JSON API is reached, and by which calls. There is no language in it: paths, queries and bodies with named holes.

mod act;
mod answer;
mod calls;
mod request;
mod template;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use url::{Host, Url};

pub use self::{
    act::act_key,
    answer::{Meaning, Means, Pages, Pointer},
    calls::{Calls, Idempotency, Operation},
    request::{Call, Method, Request},
    template::{Filling, Unfit, typed},
};
use super::{Secret, secret};
use crate::{
    law::{
        folder::{
            node::{Any, Entry, Node},
            problem::Findings,
        },
        map::Collection,
    },
    source::spelling::did_you_mean,
};

/// A JSON API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Api {
    /// Where its paths begin.
    pub base: Url,
    /// Beside that of the base.
    pub hosts: Vec<Place>,
    /// It may stand in a network of the organisation's own.
    pub private: bool,
    /// The certificate of who vouches for it, as PEM; `None`: the authorities that browsers trust. A relative path is looked up from the
    /// house folder.
    pub ca: Option<String>,
    /// How habeas says who it is: all of them go along, each in a header of its own. Nothing: not at all.
    pub auth: Vec<Auth>,
    /// Calls per second, at most.
    pub rate: Option<u32>,
    /// What answers mean; the first that fits counts.
    pub errors: Vec<Meaning>,
    /// By collection.
    pub collections: BTreeMap<String, Calls>,
}

/// A host and its port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As an address has it: small letters, other letters in Punycode.
    pub host: String,
    /// Its port.
    pub port: u16,
}

impl Place {
    /// Where an address leads.
    pub fn of(url: &Url) -> Option<Self> {
        Some(Self { host: url.host_str()?.to_owned(), port: url.port_or_known_default()? })
    }
}

/// How habeas says who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// A name and a password (RFC 7617).
    Basic {
        /// The name.
        user: String,
        /// The password.
        password: Secret,
    },
    /// A token (RFC 6750).
    Bearer {
        /// The token.
        token: Secret,
    },
    /// A key in a header of the system's own.
    ApiKey {
        /// The header, in small letters.
        header: String,
        /// The key.
        key: Secret,
    },
    /// A token that somebody else gives out (RFC 6749).
    OAuth2(Box<OAuth2>),
}

/// Who gives out tokens, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth2 {
    /// Where.
    pub token_url: Url,
    /// Who habeas is there.
    pub client_id: String,
    /// Its secret.
    pub client_secret: Secret,
    /// What the token shall be good for.
    pub scopes: Vec<String>,
    /// `None`: for the client itself; else in the name of whoever gave this refresh token. Where the issuer gives a new one with each
    /// use, the newest is written into the same file.
    pub refresh_token: Option<Secret>,
}

/// Whether an address is of this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Reads the settings of an API. `collections`: what the data map holds; `None` when it could not be read.
pub(super) fn read(entry: &mut Entry<'_>, collections: Option<&[Collection]>, findings: &mut Findings<'_>) -> Option<Api> {
    let base = entry.required("base", findings).and_then(|node| node.parsed("bad-base", base, findings));
    let hosts = entry.optional("hosts").map(|node| node.items(findings)).unwrap_or_default().iter();
    let hosts: Vec<Place> = hosts.filter_map(|node| node.parsed("bad-host", place, findings)).collect();
    let private = entry.flag("private", findings);
    let ca = entry.optional("ca").and_then(|node| node.text(findings)).map(str::to_owned);
    let auth = entry.optional("auth").map_or(Some(Vec::new()), |node| auths(node, findings));
    let rate = entry.optional("rate").map(|node| answer::whole(node, 1..=1000, findings));
    let errors = entry.optional("errors").map_or(Some(Vec::new()), |node| answer::meanings(node, findings));
    let pages = entry.optional("pages").and_then(|node| Pages::read(node, findings));
    let calls = entry.required("requests", findings).map(|node| node.pairs(findings)).unwrap_or_default();
    let mut sound = true;
    let mut by_collection = BTreeMap::new();
    for (at, name, node) in calls {
        let known = collections.map(|all| all.iter().find(|collection| collection.name == name));
        if known.is_some_and(|known| known.is_none()) {
            let help = did_you_mean(name, collections.unwrap_or_default().iter().map(|collection| collection.name.as_str()));
            findings.problem(at, "unknown-name", format!("the data map has no collection `{name}`"), help);
            sound = false;
            continue;
        }
        match Calls::read(node, known.flatten(), pages.as_ref(), findings) {
            Some(calls) => drop(by_collection.insert(name.to_owned(), calls)),
            None => sound = false,
        }
    }
    let rate = rate.map_or(Some(None), |rate| rate.map(|rate| u32::try_from(rate).ok()));
    let (base, auth, rate, errors) = (base?, auth?, rate?, errors?);
    sound.then_some(Api { base, hosts, private, ca, auth, rate, errors, collections: by_collection })
}

/// Where an API begins.
fn base(text: &str) -> Result<Url, String> {
    let url = address(text)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err("`base` ends before `?` and `#`: say the rest in each request".to_owned());
    }
    Ok(url)
}

/// An address that data about people may be sent to. Its value is not repeated: somebody may have written a password into it.
pub(in crate::law) fn address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("this is not an address: {error}"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a name or password never stands in an address: say it under `auth`".to_owned());
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err("what is read of people would cross the network in the clear: write `https`".to_owned()),
        _ => Err("an address begins with `https://`".to_owned()),
    }
}

/// `cdn.example.no` or `cdn.example.no:8443`.
fn place(text: &str) -> Result<Place, String> {
    let refuse = || format!("`{text}` is not a host: write `name` or `name:port`");
    let url = Url::parse(&format!("https://{text}/")).map_err(|_| refuse())?;
    let bare =
        url.username().is_empty() && url.password().is_none() && url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    Place::of(&url).filter(|_| bare && !text.contains(['/', '?', '#', '@', '\\'])).ok_or_else(refuse)
}

#[derive(Clone, Copy)]
enum Type {
    None,
    Basic,
    Bearer,
    ApiKey,
    OAuth2,
}

const TYPES: [(&str, Type); 5] =
    [("none", Type::None), ("basic", Type::Basic), ("bearer", Type::Bearer), ("api-key", Type::ApiKey), ("oauth2", Type::OAuth2)];

/// One way of saying who one is, or several that go along with each other.
fn auths(node: &Node, findings: &mut Findings<'_>) -> Option<Vec<Auth>> {
    let Any::List(items) = node.any() else { return auth(node, findings) };
    let mut all: Vec<Auth> = Vec::new();
    for item in items {
        let Some(auth) = auth(item, findings)?.pop() else { continue };
        if all.iter().any(|known| known.header() == auth.header()) {
            let message = format!("two ways of saying who habeas is stand in the header `{}`", auth.header());
            findings.problem(item.at, "twice", message, Some("keep one of them, or give the other a header of its own".to_owned()));
            return None;
        }
        all.push(auth);
    }
    Some(all)
}

impl Auth {
    /// The header that it stands in, in small letters.
    pub fn header(&self) -> &str {
        match self {
            Self::ApiKey { header, .. } => header,
            Self::Basic { .. } | Self::Bearer { .. } | Self::OAuth2(_) => "authorization",
        }
    }
}

/// At most one; an empty list: none is needed.
fn auth(node: &Node, findings: &mut Findings<'_>) -> Option<Vec<Auth>> {
    let mut entry = Entry::open(node, findings)?;
    let kind = entry.required("type", findings).and_then(|node| node.one_of(&TYPES, findings))?;
    let auth = match kind {
        Type::None => {
            entry.close(findings);
            return Some(Vec::new());
        }
        Type::Basic => {
            let (user, password) = (entry.text("user", findings), hidden(&mut entry, "password", findings));
            user.zip(password).map(|(user, password)| Auth::Basic { user, password })
        }
        Type::Bearer => hidden(&mut entry, "token", findings).map(|token| Auth::Bearer { token }),
        Type::ApiKey => {
            let header = entry.required("header", findings).and_then(|node| node.parsed("bad-name", request::header, findings));
            header.zip(hidden(&mut entry, "key", findings)).map(|(header, key)| Auth::ApiKey { header, key })
        }
        Type::OAuth2 => oauth2(&mut entry, findings).map(|oauth2| Auth::OAuth2(Box::new(oauth2))),
    };
    entry.close(findings);
    auth.map(|auth| vec![auth])
}

fn oauth2(entry: &mut Entry<'_>, findings: &mut Findings<'_>) -> Option<OAuth2> {
    let token_url = entry.required("token-url", findings).and_then(|node| node.parsed("bad-base", base, findings));
    let client_id = entry.text("client-id", findings);
    let client_secret = hidden(entry, "client-secret", findings);
    let scopes = entry.texts("scopes", findings).into_iter().map(|(_, scope)| scope).collect();
    let grants = [("client-credentials", false), ("refresh", true)];
    let refreshes = entry.optional("grant").map_or(Some(false), |node| node.one_of(&grants, findings))?;
    let refresh_token = if refreshes { Some(hidden(entry, "refresh-token", findings)?) } else { None };
    if let Some(Secret::Env(_)) = &refresh_token {
        let help = "write `file:PATH`, a file that habeas may write: the newest token is kept there".to_owned();
        let message = "an issuer that gives a new refresh token with each use locks habeas out after a restart: no variable can keep it";
        findings.warning(entry.at, "token-not-kept", message, Some(help));
    }
    Some(OAuth2 { token_url: token_url?, client_id: client_id?, client_secret: client_secret?, scopes, refresh_token })
}

fn hidden(entry: &mut Entry<'_>, key: &'static str, findings: &mut Findings<'_>) -> Option<Secret> {
    entry.required(key, findings)?.parsed("bad-secret", secret, findings)
}
