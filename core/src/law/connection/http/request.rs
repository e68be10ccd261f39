//! One kind of call: method, path, query, headers and body, and what it becomes for one record.

use std::fmt;

use serde_json::{Map, Value as Json};
use url::Url;

use super::template::{Filling, Known, Template, Unfit};
use crate::law::folder::{
    node::{Any, Entry, Node},
    problem::Findings,
};

/// A call with holes in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// Below the base, one template per segment.
    path: Vec<Template>,
    query: Vec<(String, Template)>,
    headers: Vec<(String, Template)>,
    body: Option<Body>,
    /// The body is sent with all of its members, also those that do not change.
    whole: bool,
    /// A search that answers with what is like what was looked for, too: records that do not hold it are left out, not believed.
    pub similar: bool,
}

/// How a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words of RFC 9110")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

const METHODS: [(&str, Method); 5] =
    [("GET", Method::Get), ("POST", Method::Post), ("PUT", Method::Put), ("PATCH", Method::Patch), ("DELETE", Method::Delete)];

/// Headers that belong to the connection itself.
const OWN_HEADERS: [&str; 8] =
    ["host", "content-length", "content-type", "transfer-encoding", "connection", "authorization", "idempotency-key", "te"];

/// JSON with holes in it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Body {
    Literal(Json),
    Text(Template),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

/// A call about one record, ready to be sent. Its `Debug` shows no value.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// How.
    pub method: Method,
    /// Where to.
    pub url: Url,
    /// Besides those of the connection.
    pub headers: Vec<(String, String)>,
    /// JSON.
    pub body: Option<Json>,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ‹personal›", self.method.name())
    }
}

impl Request {
    /// Reads one; `usual` is its method where none is named.
    pub(super) fn read(node: &Node, usual: Method, known: &Known<'_>, findings: &mut Findings<'_>) -> Option<Self> {
        let mut entry = Entry::open(node, findings)?;
        let method = entry.optional("method").map_or(Some(usual), |node| node.one_of(&METHODS, findings));
        let path = entry.required("path", findings).and_then(|node| path(node, known, findings));
        let query = entry.optional("query").map_or(Some(Vec::new()), |node| named(node, known, plain_query, findings));
        let headers = entry.optional("headers").map_or(Some(Vec::new()), |node| named(node, known, header, findings));
        let body = entry.optional("body").map(|node| (node.at, Body::read(node, known, findings)));
        let whole = entry.flag("whole", findings);
        let is_search = known.as_ref().is_some_and(|known| *known == [super::template::SOUGHT]);
        let matches = if is_search { entry.optional("match") } else { None };
        let similar = matches.and_then(|node| node.one_of(&[("exact", false), ("similar", true)], findings)).unwrap_or_default();
        entry.close(findings);
        let (method, path, query, headers) = (method?, path?, query?, headers?);
        let body = match body {
            Some((at, _)) if matches!(method, Method::Get | Method::Delete) => {
                findings.problem(at, "body-unsent", format!("{} has no body", method.name()), None);
                return None;
            }
            Some((_, body)) => Some(body?),
            None => None,
        };
        Some(Self { method, path, query, headers, body, whole, similar })
    }

    /// The call for one record. `changes`: the fields that are written; members of the body that only name others are left out.
    /// `None`: the call is about the whole record.
    pub fn call(&self, base: &Url, filling: Filling<'_>, changes: Option<&[&str]>) -> Result<Call, Unfit> {
        let mut url = base.clone();
        let segments = self.path.iter().map(|segment| segment.line(filling)).collect::<Result<Vec<_>, _>>()?;
        if let Some(climbs) = self.path.iter().zip(&segments).find(|(_, segment)| matches!(segment.as_str(), "." | "..")) {
            return Err(Unfit::Odd(climbs.0.to_string()));
        }
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(&segments);
        }
        for (name, template) in &self.query {
            url.query_pairs_mut().append_pair(name, &template.line(filling)?);
        }
        let headers = self.headers.iter().map(|(name, template)| {
            let value = template.line(filling)?;
            if value.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
                Ok((name.clone(), value))
            } else {
                Err(Unfit::Odd(template.to_string()))
            }
        });
        let headers = headers.collect::<Result<_, _>>()?;
        let sent = Sent { changes: changes.filter(|_| !self.whole), filling };
        let body = self.body.as_ref().map(|body| body.fill(&sent).map(|body| body.unwrap_or_else(|| Json::Object(Map::new()))));
        Ok(Call { method: self.method, url, headers, body: body.transpose()? })
    }

    /// Whether the path itself says which record it is about.
    pub fn is_about_one(&self) -> bool {
        self.path.iter().flat_map(Template::names).next().is_some()
    }

    /// Every name in it.
    pub fn names(&self) -> Vec<&str> {
        let lines = self.query.iter().chain(&self.headers).map(|(_, template)| template);
        let mut names: Vec<&str> = self.path.iter().chain(lines).flat_map(Template::names).collect();
        if let Some(body) = &self.body {
            body.names(&mut names);
        }
        names
    }

    /// The call with names where the values go.
    pub fn outline(&self, base: &Url) -> String {
        let path: Vec<String> = self.path.iter().map(ToString::to_string).collect();
        let query: Vec<String> = self.query.iter().map(|(name, template)| format!("{name}={template}")).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let body = self.body.as_ref().map(|body| format!(" {body}")).unwrap_or_default();
        let base = base.as_str().trim_end_matches('/');
        format!("{} {base}/{}{mark}{}{body}", self.method.name(), path.join("/"), query.join("&"))
    }
}

/// What goes into a body.
struct Sent<'s> {
    changes: Option<&'s [&'s str]>,
    filling: Filling<'s>,
}

impl Body {
    fn read(node: &Node, known: &Known<'_>, findings: &mut Findings<'_>) -> Option<Self> {
        Some(match node.any() {
            Any::Null => Self::Literal(Json::Null),
            Any::Flag(flag) => Self::Literal(Json::Bool(flag)),
            Any::Number(Some(number)) => Self::Literal(Json::Number(number.clone())),
            Any::Number(None) => {
                findings.problem(node.at, "not-json", "JSON has no such number", None);
                return None;
            }
            Any::Text(text) => Self::Text(Template::read(text, node.at, known, findings)?),
            Any::List(items) => Self::List(all(items.iter().map(|item| Self::read(item, known, findings)))?),
            Any::Map(pairs) => {
                let pairs = pairs.into_iter().map(|(_, name, node)| Some((name.to_owned(), Self::read(node, known, findings)?)));
                Self::Map(all(pairs)?)
            }
        })
    }

    /// `None`: nothing of it is sent.
    fn fill(&self, sent: &Sent<'_>) -> Result<Option<Json>, Unfit> {
        Ok(match self {
            Self::Literal(json) => Some(json.clone()),
            Self::Text(template) if sent.takes(template) => Some(template.json(sent.filling)?),
            Self::Text(_) => None,
            Self::List(items) => {
                let filled = items.iter().filter_map(|item| item.fill(sent).transpose()).collect::<Result<Vec<_>, _>>()?;
                (items.is_empty() || !filled.is_empty()).then_some(Json::Array(filled))
            }
            Self::Map(pairs) => {
                let mut filled = Map::new();
                for (name, body) in pairs {
                    if let Some(json) = body.fill(sent)? {
                        filled.insert(name.clone(), json);
                    }
                }
                (pairs.is_empty() || !filled.is_empty()).then_some(Json::Object(filled))
            }
        })
    }

    fn names<'b>(&'b self, names: &mut Vec<&'b str>) {
        match self {
            Self::Literal(_) => {}
            Self::Text(template) => names.extend(template.names()),
            Self::List(items) => items.iter().for_each(|item| item.names(names)),
            Self::Map(pairs) => pairs.iter().for_each(|(_, body)| body.names(names)),
        }
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(json) => write!(f, "{json}"),
            Self::Text(template) => write!(f, "{}", Json::String(template.to_string())),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", items.join(","))
            }
            Self::Map(pairs) => {
                let pairs: Vec<String> = pairs.iter().map(|(name, body)| format!("{}:{body}", Json::String(name.clone()))).collect();
                write!(f, "{{{}}}", pairs.join(","))
            }
        }
    }
}

impl Sent<'_> {
    /// Whether a member of a body goes along: it names nothing, what changes, or what says which record it is.
    fn takes(&self, template: &Template) -> bool {
        let in_key = |name: &str| self.filling.collection.field(name).is_some_and(|field| field.primary_key);
        let taken =
            |name: &str| self.changes.is_none_or(|changes| changes.contains(&name)) || name == super::template::SOUGHT || in_key(name);
        let mut names = template.names().peekable();
        names.peek().is_none() || names.any(taken)
    }
}

fn path(node: &Node, known: &Known<'_>, findings: &mut Findings<'_>) -> Option<Vec<Template>> {
    let text = node.text(findings)?;
    let sound = text.starts_with('/') && !text.contains("//") && !text.contains(['?', '#', '%', '\\', ' ']);
    if !sound || text.split('/').any(|segment| matches!(segment, "." | "..")) {
        let help = "begin with `/`, put `?name=` under `query`, and write letters plainly: habeas encodes them".to_owned();
        findings.problem(node.at, "bad-path", format!("`{text}` is not a path below `base`"), Some(help));
        return None;
    }
    Template::read(text, node.at, known, findings).map(Template::segments)
}

fn named(
    node: &Node,
    known: &Known<'_>,
    name: impl Fn(&str) -> Result<String, String>,
    findings: &mut Findings<'_>,
) -> Option<Vec<(String, Template)>> {
    all(node.pairs(findings).into_iter().map(|(at, key, node)| {
        let name = name(key).map_err(|problem| findings.problem(at, "bad-name", problem, None)).ok();
        let template = Template::read(node.text(findings)?, node.at, known, findings);
        Some((name?, template?))
    }))
}

fn plain_query(name: &str) -> Result<String, String> {
    if name.trim().is_empty() || name.chars().any(char::is_control) { Err("a query needs a name".to_owned()) } else { Ok(name.to_owned()) }
}

/// A header's name; those that the connection sets itself are not for taking.
pub(super) fn header(name: &str) -> Result<String, String> {
    let lower = name.to_ascii_lowercase();
    if lower.is_empty() || !lower.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) {
        return Err(format!("`{name}` is not the name of a header"));
    }
    if OWN_HEADERS.contains(&lower.as_str()) {
        return Err(format!("habeas sets `{name}` itself; say who it is under `auth`"));
    }
    Ok(lower)
}

/// All of them, each looked at, so that every problem is told; `None` if one is missing.
pub(super) fn all<T>(items: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    items.collect::<Vec<_>>().into_iter().collect()
}
