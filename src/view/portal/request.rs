//! The journey of a request: who, code, second item, scope.

use habeas_core::law::{lang::Text, right::Right};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::vouch::Vouches;
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// `/{l}/request/who`. Posts `email`.
#[derive(Debug, Serialize)]
pub struct Who {
    /// What the request is about.
    pub right: Right,
    /// What was typed before an error.
    pub email: String,
    /// Who else may say who she is.
    pub providers: Vec<Vouches>,
    /// Who has said it already; only the mailbox is missing.
    pub vouched: Option<Text>,
    /// For whom she asks, where not for herself.
    pub for_whom: Option<String>,
    /// She was away for so long that she has to show once more who she is.
    pub away: bool,
}

impl Page for Who {
    const TEMPLATE: &'static str = "portal/who.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("who-title")
    }

    fn samples() -> Vec<Self> {
        let who = |email: &str, providers, vouched| Self {
            right: Right::Access,
            email: email.to_owned(),
            providers,
            vouched,
            for_whom: None,
            away: false,
        };
        let for_ola = Self { for_whom: Some("Ola Nordmann".to_owned()), ..who("", vec![], None) };
        let bankid = Vouches::sample();
        vec![
            who("", vec![], None),
            who("", vec![bankid.clone()], None),
            who("", vec![], Some(bankid.label)),
            Self { away: true, ..who("", vec![], None) },
            who("kari@", vec![], None),
            for_ola,
        ]
    }
}

/// `/{l}/request/code`. Posts `code`, or `again=yes` for a new one. The same page whether the address is known or not.
#[derive(Debug, Serialize)]
pub struct Code {
    /// The address with most of its letters hidden: `k•••@example.no`.
    pub address: String,
    /// When the code stops working.
    pub valid_until: Timestamp,
    /// What another browser has to say that opens the mail's link.
    pub number: String,
    /// A new code was just sent.
    pub sent_again: bool,
    /// What was typed before the language was changed.
    pub code: String,
}

impl Page for Code {
    const TEMPLATE: &'static str = "portal/code.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("code-title")
    }

    fn samples() -> Vec<Self> {
        let code = |sent_again| Self {
            address: "k•••@example.no".to_owned(),
            valid_until: sample::at(11, 18, 8, 24),
            number: "4172".to_owned(),
            sent_again,
            code: String::new(),
        };
        vec![code(false), code(true)]
    }
}

/// `/{l}/request/second-item`: something only the customer and the organisation know. Posts `kind` and `number`.
#[derive(Debug, Serialize)]
pub struct SecondItem {
    /// Identity kinds that count, such as `customer_number`; each has a text `item-{kind}`, underscores as hyphens.
    pub kinds: Vec<ItemKind>,
    /// The kind chosen before an error.
    pub chosen: Option<ItemKind>,
    /// What was typed before an error.
    pub number: String,
    /// The page before, without the language.
    pub back: &'static str,
}

/// An item known to the customer and to the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// `customer_number` in the data map.
    CustomerNumber,
    /// `order_number` in the data map.
    OrderNumber,
}

impl Page for SecondItem {
    const TEMPLATE: &'static str = "portal/second-item.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("item-title")
    }

    fn samples() -> Vec<Self> {
        let kinds = vec![ItemKind::CustomerNumber, ItemKind::OrderNumber];
        let back = "/request/who";
        vec![
            Self { kinds: kinds.clone(), chosen: None, number: String::new(), back },
            Self { kinds, chosen: Some(ItemKind::OrderNumber), number: "4711".to_owned(), back },
        ]
    }
}

/// `/{l}/request/scope`, for erasure. Posts `scope` (`everything` or `choose`) and any number of `kind`.
#[derive(Debug, Serialize)]
pub struct Scope {
    /// Which of the two is chosen; `Everything` at first (no narrowing is ever pre-ticked).
    pub scope: ScopeChoice,
    /// Kinds of data the organisation may hold about anybody.
    pub kinds: Vec<ScopeKind>,
    /// What may have to stay, whatever is chosen.
    pub stays: Vec<Stays>,
    /// The page before, without the language.
    pub back: &'static str,
}

/// Everything, or some kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeChoice {
    /// Everything that can go.
    Everything,
    /// Only the ticked kinds.
    Choose,
}

/// A kind of data to tick.
#[derive(Debug, Clone, Serialize)]
pub struct ScopeKind {
    /// `system.collection`: the value sent back.
    pub id: String,
    /// What the person calls it.
    pub label: Text,
    /// What it is used for, where that is the question.
    pub purpose: Option<Text>,
    /// Ticked.
    pub chosen: bool,
}

/// What a rule may keep, told before anything is sent. Whether it does, and until when, depends on what is found.
#[derive(Debug, Clone, Serialize)]
pub struct Stays {
    /// What the person calls the kinds.
    pub kinds: Vec<Text>,
    /// Why, in one plain sentence.
    pub because: Text,
    /// The statute and the ground, as a small line.
    pub law: String,
    /// Only the part of it that the rule needs.
    pub in_part: bool,
    /// The last day for what is from today; what is older goes sooner.
    pub until: Date,
}

impl Stays {
    pub(super) fn samples() -> Vec<Self> {
        let claim = sample::text(
            "I tre år etter forfall kan du eller vi kreve noe. Da trenger vi det vi skrev til hverandre.",
            "Tot drie jaar na de vervaldatum kunt u of kunnen wij iets eisen. Dan hebben wij nodig wat we elkaar schreven.",
            "For three years after the due date, you or we may make a claim. Then we need what we wrote to each other.",
        );
        vec![
            Self {
                kinds: vec![sample::invoices(), sample::orders()],
                because: sample::bookkeeping(),
                law: "bokføringsloven § 13, Art. 17(3)(b)".to_owned(),
                in_part: true,
                until: sample::KEPT,
            },
            Self {
                kinds: vec![sample::enquiries()],
                because: claim,
                law: "foreldelsesloven §§ 2 og 3, Art. 17(3)(e)".to_owned(),
                in_part: false,
                until: jiff::civil::date(2029, 11, 18),
            },
        ]
    }
}

impl Page for Scope {
    const TEMPLATE: &'static str = "portal/scope.html";
    const KEEPS: bool = true;

    fn title(&self) -> Message {
        Message::new("scope-title")
    }

    fn samples() -> Vec<Self> {
        let kind = |id: &str, label, chosen| ScopeKind { id: id.to_owned(), label, purpose: None, chosen };
        let stays = Stays::samples();
        let kinds = |chosen| {
            vec![
                kind("shop.orders", sample::orders(), false),
                kind("dossiers.passports", sample::passport(), chosen),
                kind("helpdesk.enquiries", sample::enquiries(), false),
            ]
        };
        let scope = |scope, chosen, stays| Self { scope, kinds: kinds(chosen), stays, back: "/request/second-item" };
        vec![
            scope(ScopeChoice::Everything, false, stays.clone()),
            scope(ScopeChoice::Choose, true, stays),
            scope(ScopeChoice::Everything, false, Vec::new()),
            scope(ScopeChoice::Choose, false, Vec::new()),
        ]
    }
}
