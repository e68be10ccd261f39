//! `/{l}/desk/case/{ref}/systems/{key}`: one system in one case: what was asked of it, every attempt, what it answered.

use habeas_core::law::lang::Text;
use jiff::Timestamp;
use serde::Serialize;

use super::case::{SystemState, Who};
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// A system's part in a case. No value of a record is in it.
#[derive(Debug, Serialize)]
pub struct StepPage {
    /// `HB-…`.
    pub reference: String,
    /// The system's key.
    pub key: String,
    /// What people call it.
    pub label: Text,
    /// How far it is.
    pub state: SystemState,
    /// Open incidents, as ids in addresses; empty for whoever may not deal with them.
    pub incidents: Vec<String>,
    /// Open tasks that the reader may do: id and form.
    pub tasks: Vec<(String, String)>,
    /// When it is tried again by itself.
    pub again_at: Option<Timestamp>,
    /// What was sent to it, for each kind of work the last time.
    pub asked: Vec<Asked>,
    /// Every attempt and every form handed in, oldest first.
    pub attempts: Vec<Attempt>,
    /// What it answered, oldest first.
    pub replies: Vec<Reply>,
}

/// What was sent.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Which work: text `doing-{name}`.
    pub doing: String,
    /// Each statement or call once, with names where values go.
    pub lines: Vec<String>,
}

/// An attempt.
#[derive(Debug, Serialize)]
pub struct Attempt {
    /// When it ended.
    pub at: Timestamp,
    /// Who made it.
    pub who: Who,
    /// What was done.
    pub what: What,
    /// What it came to.
    pub came: Came,
}

/// What was done.
#[derive(Debug, Serialize)]
#[serde(tag = "by", content = "name", rename_all = "kebab-case")]
pub enum What {
    /// An effect: text `doing-{name}`.
    Effect(String),
    /// A form: text `form-{name}`.
    Form(String),
}

/// What an attempt came to.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "end", rename_all = "kebab-case")]
pub enum Came {
    /// It was done: text `came-{outcome}`, or `outcome-{outcome}` of a form.
    Done {
        /// The outcome.
        outcome: String,
    },
    /// It is tried again.
    Postponed {
        /// Which kind of trouble: text `trouble-{kind}`.
        trouble: String,
        /// When.
        until: Option<Timestamp>,
    },
    /// It is not tried again by itself.
    Failed {
        /// Which kind of trouble: text `trouble-{kind}`.
        trouble: String,
    },
    /// Nobody knows.
    Unknown,
}

/// An answer, counted and not shown.
#[derive(Debug, Serialize)]
pub struct Reply {
    /// When.
    pub at: Timestamp,
    /// Which: text `fact-{name}`.
    pub fact: String,
    /// A person says so; else the system itself was read.
    pub by_person: bool,
    /// How many of what: text `count-{name}`.
    pub counts: Vec<(String, u64)>,
    /// How many records of which kind.
    pub places: Vec<(Text, u64)>,
    /// SHA-256 of the evidence that a person handed in.
    pub evidence: Option<String>,
    /// Its place in the log.
    pub leaf: u64,
    /// The hash of that entry, as proofs carry it.
    pub hash: String,
}

impl Page for StepPage {
    const TEMPLATE: &'static str = "desk/step.html";

    fn title(&self) -> Message {
        Message::new("work-title").with("reference", self.reference.as_str())
    }

    fn samples() -> Vec<Self> {
        vec![pending(), retrying(), erased(), by_hand()]
    }
}

fn pending() -> StepPage {
    StepPage {
        reference: sample::REFERENCE.to_owned(),
        key: "shop".to_owned(),
        label: sample::shop(),
        state: SystemState::Pending,
        incidents: Vec::new(),
        tasks: Vec::new(),
        again_at: None,
        asked: Vec::new(),
        attempts: Vec::new(),
        replies: Vec::new(),
    }
}

fn effect(day: i8, doing: &str, came: Came) -> Attempt {
    Attempt { at: sample::at(11, day, 9, 14), who: Who::Machine, what: What::Effect(doing.to_owned()), came }
}

fn done(outcome: &str) -> Came {
    Came::Done { outcome: outcome.to_owned() }
}

fn reply(day: i8, fact: &str, counts: &[(&str, u64)], leaf: u64) -> Reply {
    Reply {
        at: sample::at(11, day, 9, 14),
        fact: fact.to_owned(),
        by_person: false,
        counts: counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect(),
        places: Vec::new(),
        evidence: None,
        leaf,
        hash: sample::HASH.to_owned(),
    }
}

fn find() -> Asked {
    let lines = ["SELECT … FROM \"customers\" WHERE lower(trim(\"email\")) = ?", "SELECT … FROM \"orders\" WHERE \"customer_id\" = ?"];
    Asked { doing: "locate".to_owned(), lines: lines.map(str::to_owned).to_vec() }
}

fn retrying() -> StepPage {
    let until = Some(sample::at(11, 20, 15, 14));
    StepPage {
        state: SystemState::Retrying,
        again_at: until,
        incidents: vec!["4k7q".to_owned()],
        asked: vec![find()],
        attempts: vec![
            effect(18, "locate", Came::Postponed { trouble: "busy".to_owned(), until: Some(sample::at(11, 19, 9, 14)) }),
            effect(19, "locate", Came::Unknown),
            effect(20, "locate", Came::Postponed { trouble: "away".to_owned(), until }),
        ],
        ..pending()
    }
}

fn erased() -> StepPage {
    let erase = Asked {
        doing: "erase".to_owned(),
        lines: vec![
            "DELETE FROM \"orders\" WHERE \"id\" = ? (3×)".to_owned(),
            "UPDATE \"customers\" SET \"name\" = ‹empty›, \"phone\" = ‹empty› WHERE \"customer_number\" = ? (1×)".to_owned(),
        ],
    };
    let found =
        Reply { places: vec![(sample::orders(), 3), (sample::invoices(), 1)], ..reply(18, "system-searched", &[("records", 4)], 14) };
    StepPage {
        state: SystemState::Verified,
        asked: vec![find(), erase],
        attempts: vec![
            effect(18, "locate", done("found")),
            effect(22, "erase", Came::Failed { trouble: "guarded".to_owned() }),
            effect(23, "erase", done("erased")),
            effect(23, "verify-erased", done("clean")),
        ],
        replies: vec![
            found,
            reply(23, "system-erased", &[("deleted", 3), ("cleared", 1)], 40),
            reply(23, "erasure-verified", &[("checked", 4)], 42),
        ],
        ..pending()
    }
}

fn by_hand() -> StepPage {
    let signed = Attempt {
        at: sample::at(11, 20, 11, 2),
        who: Who::Staff { name: "Ola Vik".to_owned() },
        what: What::Form("located-records".to_owned()),
        came: done("submitted"),
    };
    let person = |day, fact, counts, leaf| Reply { by_person: true, ..reply(day, fact, counts, leaf) };
    StepPage {
        key: "cabinet".to_owned(),
        label: sample::helpdesk(),
        state: SystemState::ByHand,
        tasks: vec![("erase-1".to_owned(), "erasure-proof".to_owned())],
        asked: vec![Asked { doing: "erase".to_owned(), lines: vec!["2 records by a person".to_owned()] }],
        attempts: vec![
            effect(18, "locate", Came::Failed { trouble: "by-hand".to_owned() }),
            signed,
            effect(23, "erase", Came::Failed { trouble: "by-hand".to_owned() }),
        ],
        replies: vec![
            Reply { evidence: Some(sample::HASH.to_owned()), ..person(20, "system-signed-off", &[("ticked", 2)], 17) },
            Reply { places: vec![(sample::enquiries(), 2)], ..person(20, "system-searched", &[("records", 2)], 18) },
        ],
        ..pending()
    }
}
