//! `/{l}/request/details`: what a right asks beyond itself. Why it must rest, what is objected to, which consent is taken back.

use habeas_core::law::{ask::RestrictionGround, lang::Text};
use serde::Serialize;

use super::request::{ScopeChoice, ScopeKind};
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// Restriction (Art. 18(1)): why, and of what. Posts `ground`, `scope` and any number of `kind`.
#[derive(Debug, Serialize)]
pub struct Restrict {
    /// The law's four grounds; each has a text `ground-{name}`.
    pub grounds: [RestrictionGround; 4],
    /// The one chosen.
    pub ground: Option<RestrictionGround>,
    /// Everything, or some kinds.
    pub scope: ScopeChoice,
    /// Kinds of data the organisation may hold about anybody.
    pub kinds: Vec<ScopeKind>,
    /// The page before, without the language.
    pub back: &'static str,
}

impl Page for Restrict {
    const TEMPLATE: &'static str = "portal/restrict.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("restrict-title")
    }

    fn samples() -> Vec<Self> {
        let restrict = |ground, scope, chosen| Self {
            grounds: RestrictionGround::ALL,
            ground,
            scope,
            kinds: sample_kinds(chosen),
            back: "/request/second-item",
        };
        vec![
            restrict(None, ScopeChoice::Everything, false),
            restrict(Some(RestrictionGround::Contested), ScopeChoice::Choose, true),
            restrict(None, ScopeChoice::Choose, false),
        ]
    }
}

/// Objection (Art. 21): to advertising, which needs no reason, or to something else, which does. Posts `against`, `why`
/// and any number of `kind`.
#[derive(Debug, Serialize)]
pub struct Object {
    /// What is objected to.
    pub against: Option<Against>,
    /// The person's own situation (Art. 21(1)).
    pub why: String,
    /// Uses other than advertising that may be objected to; no tick means all of them.
    pub kinds: Vec<ScopeKind>,
    /// The page before, without the language.
    pub back: &'static str,
}

/// What is objected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// Advertising: absolute (Art. 21(2), (3)).
    Marketing,
    /// Another use (Art. 21(1)).
    Other,
}

impl Against {
    /// Reads a name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "marketing" => Some(Self::Marketing),
            "other" => Some(Self::Other),
            _ => None,
        }
    }
}

impl Page for Object {
    const TEMPLATE: &'static str = "portal/object.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("object-title")
    }

    fn samples() -> Vec<Self> {
        let purpose = sample::text("For å svare deg når du spør.", "Om u te antwoorden als u iets vraagt.", "To answer you when you ask.");
        let uses = || sample_kinds(false).into_iter().map(|kind| ScopeKind { purpose: Some(purpose.clone()), ..kind }).collect();
        let object = |against, why: &str| Self { against, why: why.to_owned(), kinds: uses(), back: "/request/who" };
        vec![object(None, ""), object(Some(Against::Marketing), ""), object(Some(Against::Other), "")]
    }
}

/// Portability (Art. 20(2)): to whom the file goes. Posts `to`: `me`, or the id of somebody who takes files.
#[derive(Debug, Serialize)]
pub struct SendFile {
    /// To the person alone.
    pub me: bool,
    /// Who takes files.
    pub receivers: Vec<FileReceiver>,
    /// The page before, without the language.
    pub back: &'static str,
}

/// Somebody who takes files.
#[derive(Debug, Serialize)]
pub struct FileReceiver {
    /// As in `recipients.yaml`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// It was chosen before.
    pub chosen: bool,
}

impl Page for SendFile {
    const TEMPLATE: &'static str = "portal/send-file.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("send-title")
    }

    fn samples() -> Vec<Self> {
        let receiver = |id: &str, name, chosen| FileReceiver { id: id.to_owned(), name, chosen };
        let page = |me, chosen| Self {
            me,
            receivers: vec![receiver("reisefly", sample::reisefly(), chosen), receiver("nordlys", Text::same("Nordlys Reiser AS"), false)],
            back: "/request/check",
        };
        vec![page(true, false), page(false, true), page(false, false)]
    }
}

/// Withdrawal of consent (Art. 7(3)): all, or some. Posts `scope` and any number of `kind`.
#[derive(Debug, Serialize)]
pub struct Consents {
    /// All, or some.
    pub scope: ScopeChoice,
    /// Kinds of data that rest on consent.
    pub kinds: Vec<ScopeKind>,
    /// The page before, without the language.
    pub back: &'static str,
}

impl Page for Consents {
    const TEMPLATE: &'static str = "portal/consents.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("consents-title")
    }

    fn samples() -> Vec<Self> {
        let consents = |scope| Self { scope, kinds: sample_kinds(false), back: "/request/who" };
        vec![consents(ScopeChoice::Everything), consents(ScopeChoice::Choose)]
    }
}

fn sample_kinds(chosen: bool) -> Vec<ScopeKind> {
    let kind = |id: &str, label, chosen| ScopeKind { id: id.to_owned(), label, purpose: None, chosen };
    vec![kind("shop.orders", sample::orders(), chosen), kind("helpdesk.enquiries", sample::enquiries(), false)]
}
