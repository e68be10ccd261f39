//! `/{l}/desk/case/{ref}/plan`: exactly what would be erased, emptied and kept, and why, under the hash that is approved.

use habeas_core::law::{lang::Text, mask::Strategy, right::Right};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::change::{self, Proposal};
use crate::{
    render::{pages::Page, texts::Message},
    view::sample,
};

/// The frozen plan.
#[derive(Debug, Serialize)]
pub struct PlanPage {
    /// `HB-…`.
    pub reference: String,
    /// What was asked for.
    pub right: Right,
    /// SHA-256 over the plan.
    pub hash: String,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// Who approved it, and when.
    pub approved: Option<(String, Timestamp)>,
    /// The task in which it is approved, while that is open to the reader.
    pub task: Option<String>,
    /// Records by what happens to them.
    pub totals: Totals,
    /// One per system asked.
    pub systems: Vec<SystemPart>,
    /// What is corrected or rests; empty for an erasure.
    pub proposals: Vec<Proposal>,
    /// Its values are masked until they are asked for: the reasons for that.
    pub masked: Option<[&'static str; 4]>,
    /// Rules that contradict each other: a promise to delete before a duty to keep ends.
    pub conflicts: Vec<Conflict>,
}

/// How many records of each fate.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Totals {
    /// The whole record goes.
    pub delete: u64,
    /// Some fields are emptied.
    pub clear: u64,
    /// Nothing is touched.
    pub keep: u64,
}

/// What happens in one system.
#[derive(Debug, Serialize)]
pub struct SystemPart {
    /// What people call it.
    pub label: Text,
    /// One per record; empty: nothing was found there.
    pub steps: Vec<Step>,
}

/// What happens to one record.
#[derive(Debug, Serialize)]
pub struct Step {
    /// What the person calls its kind.
    pub kind: Text,
    /// Which record, masked: `order 4•••`.
    pub locator: String,
    /// What is done.
    pub act: Act,
    /// Fields that are emptied, when only some are.
    pub cleared: Vec<Text>,
    /// Fields that say something else afterwards.
    pub masked: Vec<Masked>,
    /// Why what stays stays; one per distinct set of reasons.
    pub kept: Vec<Kept>,
}

/// A field that says something else afterwards.
#[derive(Debug, Serialize)]
pub struct Masked {
    /// Which.
    pub field: Text,
    /// How what it says is made.
    pub by: Strategy,
    /// What it says; `None`: a pseudonym, which is personal data.
    pub says: Option<String>,
}

/// What is done to a record.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// The whole record goes.
    Delete,
    /// Some fields are emptied.
    Clear,
    /// Nothing is touched.
    Keep,
}

/// Fields that stay, and why.
#[derive(Debug, Serialize)]
pub struct Kept {
    /// Which fields; empty: all.
    pub fields: Vec<Text>,
    /// Rule or hold id.
    pub rule: String,
    /// Statute, promise or matter.
    pub law: String,
    /// In one plain sentence.
    pub because: Text,
    /// The last day; `None`: held, or the date is unknown.
    pub until: Option<Date>,
}

/// Two rules that contradict each other.
#[derive(Debug, Serialize)]
pub struct Conflict {
    /// What it is about.
    pub kind: Text,
    /// The rule that keeps; it wins.
    pub keeps: String,
    /// The rule that wanted it gone.
    pub deletes: String,
}

impl Page for PlanPage {
    const TEMPLATE: &'static str = "desk/plan.html";

    fn title(&self) -> Message {
        Message::new("plan-title").with("reference", self.reference.as_str())
    }

    fn samples() -> Vec<Self> {
        let plan = |approved, task| Self {
            reference: sample::REFERENCE.to_owned(),
            right: Right::Erasure,
            hash: sample::HASH.to_owned(),
            frozen_at: sample::at(11, 19, 9, 14),
            approved,
            task,
            totals: Totals { delete: 9, clear: 2, keep: 3 },
            systems: sample_systems(),
            proposals: Vec::new(),
            masked: None,
            conflicts: vec![Conflict { kind: sample::invoices(), keeps: "NO-BOK-5".to_owned(), deletes: "POL-S004-60D".to_owned() }],
        };
        vec![
            plan(None, Some("approve-1".to_owned())),
            Self { conflicts: Vec::new(), ..plan(Some(("Ola Dahl".to_owned(), sample::at(11, 20, 9, 0))), None) },
            Self {
                right: Right::Rectification,
                proposals: change::samples(),
                systems: Vec::new(),
                conflicts: Vec::new(),
                ..plan(None, None)
            },
        ]
    }
}

fn sample_systems() -> Vec<SystemPart> {
    let kept = |fields| Kept {
        fields,
        rule: "NO-BOK-5".to_owned(),
        law: "bokføringsloven § 13".to_owned(),
        because: sample::bookkeeping(),
        until: Some(sample::KEPT),
    };
    let step = |kind, locator: &str, act, cleared, kept| Step { kind, locator: locator.to_owned(), act, cleared, masked: Vec::new(), kept };
    let masked = |field, by, says: Option<&str>| Masked { field, by, says: says.map(str::to_owned) };
    let (email, telephone) = (sample::text("E-post", "E-mail", "E-mail"), sample::text("Telefon", "Telefoon", "Telephone"));
    let counted = vec![
        masked(email, Strategy::Hmac, None),
        masked(telephone, Strategy::StringRewrite, Some("0")),
        masked(sample::text("Referanse", "Kenmerk", "Reference"), Strategy::RandomStringRewrite, Some("5f0c81d2aa93")),
    ];
    let name = sample::text("Navn", "Naam", "Name");
    let note = sample::text("Merknad", "Opmerking", "Note");
    vec![
        SystemPart {
            label: sample::shop(),
            steps: vec![
                step(sample::orders(), "4•••", Act::Delete, Vec::new(), Vec::new()),
                step(sample::orders(), "5•••", Act::Clear, vec![note], vec![kept(vec![name])]),
                Step { masked: counted, ..step(sample::orders(), "6•••", Act::Clear, Vec::new(), Vec::new()) },
            ],
        },
        SystemPart {
            label: sample::accounting(),
            steps: vec![step(sample::invoices(), "2026•••", Act::Keep, Vec::new(), vec![kept(Vec::new())])],
        },
        SystemPart { label: sample::helpdesk(), steps: Vec::new() },
    ]
}
