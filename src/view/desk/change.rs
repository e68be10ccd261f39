//! Changes that can be changed back, as staff see them: on a task, and as the frozen plan.

use habeas_core::law::lang::Text;
use serde::Serialize;

use crate::{render::said::Said, view::sample};

/// One correction asked for, or everything that has to rest.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    /// Which of the corrections it is: posted as `apply-{number}`.
    pub number: Option<usize>,
    /// It was ticked before an error.
    pub ticked: bool,
    /// Why, where the person said so.
    pub why: Option<String>,
    /// Field by field.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where.
    pub system: Text,
    /// What the person calls the kind.
    pub kind: Text,
    /// What the person calls the field; `None`: the whole kind rests.
    pub field: Option<Text>,
    /// What stands there, where it is one value and not empty.
    pub now: Option<Said>,
    /// What shall stand there.
    pub to: Option<Said>,
    /// Why a person has to do it: text `by-hand-{name}`.
    pub by_hand: Option<&'static str>,
}

/// A correction that can be made, one that cannot, and a kind that rests.
pub(super) fn samples() -> Vec<Proposal> {
    let change = |kind, field, now: &str, to: &str, by_hand| Change {
        system: sample::shop(),
        kind,
        field,
        now: Some(Said::Words(now.to_owned())).filter(|_| !now.is_empty()),
        to: Some(Said::Words(to.to_owned())),
        by_hand,
    };
    let name = || Some(sample::text("Etternavn", "Achternaam", "Last name"));
    let proposal =
        |number, why: Option<&str>, change| Proposal { number, ticked: false, why: why.map(str::to_owned), changes: vec![change] };
    vec![
        proposal(Some(0), Some("Jeg har giftet meg."), change(sample::orders(), name(), "Nordmann", "Hansen", None)),
        proposal(Some(1), None, change(sample::invoices(), name(), "", "Hansen", Some("append-only"))),
    ]
}

/// What was asked to be corrected and is nowhere.
pub(super) fn missing() -> Change {
    Change {
        system: sample::shop(),
        kind: sample::passport(),
        field: Some(sample::text("Etternavn", "Achternaam", "Last name")),
        now: None,
        to: Some(Said::Words("Hansen".to_owned())),
        by_hand: None,
    }
}

/// Kinds that rest.
pub(super) fn resting() -> Vec<Proposal> {
    let change = |kind, by_hand| Change { system: sample::shop(), kind, field: None, now: None, to: None, by_hand };
    let changes = vec![change(sample::orders(), None), change(sample::invoices(), Some("no-flag"))];
    vec![Proposal { number: None, ticked: false, why: None, changes }]
}
