//! `/{l}/case/{ref}/prove`: how the person may show more surely who she is, where what was found asks for it (Art. 12(6)). Posts `way`.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{access::Keys, vouch::Vouches};
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// The ways there are, and what was shown already.
#[derive(Debug, Serialize)]
pub struct Prove {
    /// `HB-…`.
    pub reference: String,
    /// The last day for an answer.
    pub answer_by: Date,
    /// What was shown in this session is strong enough, if it is hers: sending it is all that is left.
    pub shown: bool,
    /// What she has set up long enough before the request, where it is enough.
    pub keys: Keys,
    /// Who may vouch for her as surely as is needed.
    pub providers: Vec<Vouches>,
    /// The tier that is needed.
    pub tier: u8,
    /// The last resort: nothing less than a picture of a shielded document would do, and the organisation takes one.
    pub document: bool,
    /// Addresses on file that a code may go to, most of their letters hidden; the place in the list is the value sent back.
    pub channels: Vec<String>,
}

impl Page for Prove {
    const TEMPLATE: &'static str = "portal/prove.html";

    fn title(&self) -> Message {
        Message::new("prove-title")
    }

    fn samples() -> Vec<Self> {
        let page = |shown, channels: &[&str]| Self {
            reference: sample::REFERENCE.to_owned(),
            answer_by: sample::ANSWER_BY,
            shown,
            keys: Keys::default(),
            providers: Vec::new(),
            tier: 2,
            document: false,
            channels: channels.iter().map(|it| (*it).to_owned()).collect(),
        };
        let every =
            Self {
                keys: Keys { app: true, passkey: true }, providers: vec![Vouches::sample()], ..page(false, &["k•••@arbeid.example"])
            };
        let eid = || Self { providers: vec![Vouches::sample()], tier: 3, ..page(false, &[]) };
        vec![
            page(true, &[]),
            page(false, &[]),
            eid(),
            Self { document: true, ..eid() },
            Self { document: true, tier: 3, ..page(false, &[]) },
            every,
        ]
    }
}

/// `/{l}/case/{ref}/prove/{to}` and the like: a code that went to an address on file. Posts `code`, or `again=yes` for a new one.
#[derive(Debug, Serialize)]
pub struct ProveCode {
    /// Where she comes from, without the language.
    pub back: String,
    /// The address with most of its letters hidden.
    pub address: String,
    /// When the code stops working.
    pub valid_until: Timestamp,
}

impl Page for ProveCode {
    const TEMPLATE: &'static str = "portal/prove-code.html";

    fn title(&self) -> Message {
        Message::new("prove-code-title")
    }

    fn samples() -> Vec<Self> {
        let address = "k•••@arbeid.example".to_owned();
        vec![Self { back: format!("/case/{}/prove", sample::REFERENCE), address, valid_until: sample::at(11, 18, 8, 24) }]
    }
}

/// `/{l}/link/{token}`: the link of a code mail, opened. Looking at it changes nothing. Posts `number` where another browser asked.
#[derive(Debug, Serialize)]
pub struct FollowedLink {
    /// It was opened in another browser than the one that asked.
    pub elsewhere: bool,
}

impl Page for FollowedLink {
    const TEMPLATE: &'static str = "portal/link.html";

    fn title(&self) -> Message {
        Message::new("link-title")
    }

    fn samples() -> Vec<Self> {
        vec![Self { elsewhere: false }, Self { elsewhere: true }]
    }
}
