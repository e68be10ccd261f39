//! `/{l}/desk/workflows`, `/desk/workflows/{name}`, `/desk/workflows/draft` and `/desk/case/{ref}/path`: definitions as pictures and in
//! words, and what the linter says of them. A draft posts `text`.

use habeas_core::{
    law::lang::Text,
    workflow::{
        self, Catalogue, Compiled, Surroundings,
        catalogue::{Action, Effect, Form, Letter, set},
        draw::{Outline, Path, Picture, outline, picture},
    },
};
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::{lint::Report, sample},
};

/// Every definition that is loaded.
#[derive(Debug, Serialize)]
pub struct WorkflowList {
    /// Those of the folder first.
    pub rows: Vec<WorkflowRow>,
}

/// One definition.
#[derive(Debug, Clone, Serialize)]
pub struct WorkflowRow {
    /// `erasure`.
    pub name: String,
    /// From 1.
    pub version: u32,
    /// Of its text.
    pub sha256: String,
    /// What it is called.
    pub title: Text,
    /// Where the right stands.
    pub right: Option<String>,
    /// Steps, those inside loops among them.
    pub steps: usize,
    /// Open cases that run on it.
    pub cases: i64,
    /// New cases may begin on it; else only older ones still run on it.
    pub current: bool,
    /// How much the linter has to say about it in this house.
    pub findings: usize,
}

impl WorkflowRow {
    /// A definition, and how many open cases run on it.
    pub(in crate::view) fn of(def: &Compiled, cases: i64, current: bool) -> Self {
        let title = |lang: &str| def.title.get(lang).or_else(|| def.title.get("en")).unwrap_or(&def.name).clone();
        Self {
            name: def.name.clone(),
            version: def.version,
            sha256: def.sha256.clone(),
            title: Text { nb: title("nb"), nl: title("nl"), en: title("en") },
            right: def.right.clone(),
            steps: def.nodes().count(),
            cases,
            current,
            findings: 0,
        }
    }
}

/// One definition.
#[derive(Debug, Serialize)]
pub struct WorkflowPage {
    /// What the list says of it.
    pub about: WorkflowRow,
    /// As a picture.
    pub picture: Picture,
    /// In words.
    pub outline: Outline,
    /// As it was written.
    pub text: String,
    /// Whether the reader may move open cases to it.
    pub may_move: bool,
    /// What is proven of it, and what is missing around it.
    pub report: Report,
}

/// A definition that somebody is writing: read, proven and forgotten.
#[derive(Debug, Serialize)]
pub struct Draft {
    /// What was typed, or where it begins.
    pub text: String,
    /// What the linter says, once it was asked.
    pub report: Option<Report>,
}

/// A case's way through its definition.
#[derive(Debug, Serialize)]
pub struct CasePath {
    /// `HB-…`.
    pub reference: String,
    /// What the list says of the definition.
    pub about: WorkflowRow,
    /// With the way marked.
    pub picture: Picture,
    /// The definition in words.
    pub outline: Outline,
    /// Names of the steps done.
    pub done: Vec<String>,
    /// Names of the steps it waits at.
    pub open: Vec<String>,
    /// Whether there is a newer version that the reader may move it to.
    pub may_move: bool,
}

impl CasePath {
    /// Whether it waits for anything.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The way of a case.
    pub(in crate::view) fn of(reference: &str, def: &Compiled, about: WorkflowRow, path: &Path) -> Self {
        let named = |names: &std::collections::BTreeSet<String>| names.iter().cloned().collect();
        Self {
            reference: reference.to_owned(),
            about,
            picture: picture(def, Some(path)),
            outline: outline(def),
            done: named(&path.done),
            open: named(&path.open),
            may_move: false,
        }
    }
}

impl Page for WorkflowList {
    const TEMPLATE: &'static str = "desk/workflows.html";

    fn title(&self) -> Message {
        Message::new("workflows-title")
    }

    fn samples() -> Vec<Self> {
        let row = |def: Compiled| {
            let now = WorkflowRow { version: 2, ..WorkflowRow::of(&def, 3, true) };
            let older = WorkflowRow { version: 1, cases: 1, current: false, sha256: sample::HASH.to_owned(), ..now.clone() };
            Self { rows: vec![now, older] }
        };
        sample_definition().map(row).into_iter().collect()
    }
}

impl Page for WorkflowPage {
    const TEMPLATE: &'static str = "desk/workflow.html";

    fn title(&self) -> Message {
        Message::new("workflow-title").with("name", self.about.name.as_str()).with("version", self.about.version.to_string().as_str())
    }

    fn samples() -> Vec<Self> {
        let page = |def: Compiled| Self {
            about: WorkflowRow::of(&def, 3, true),
            picture: picture(&def, None),
            outline: outline(&def),
            text: SAMPLE.to_owned(),
            may_move: true,
            report: sample_report(""),
        };
        sample_definition().map(page).into_iter().collect()
    }
}

impl Page for Draft {
    const TEMPLATE: &'static str = "desk/workflow-draft.html";

    fn title(&self) -> Message {
        Message::new("draft-title")
    }

    fn samples() -> Vec<Self> {
        vec![
            Self { text: String::new(), report: None },
            Self { text: SAMPLE.to_owned(), report: Some(sample_report("")) },
            Self { text: SAMPLE.replace("go-on: collect", "go-on: colect"), report: Some(sample_report("go-on: collect")) },
        ]
    }
}

impl Page for CasePath {
    const TEMPLATE: &'static str = "desk/path.html";

    fn title(&self) -> Message {
        Message::new("path-title").with("reference", self.reference.as_str())
    }

    fn samples() -> Vec<Self> {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let took = |step: &str, outcome: &str| (step.to_owned(), Some(outcome.to_owned()));
        let path = Path {
            done: names(&["receipt", "assess"]),
            open: names(&["locate"]),
            taken: [took("receipt", "sent"), took("assess", "go-on")].into(),
            ..Path::default()
        };
        let page = |def: Compiled| Self { may_move: true, ..Self::of(sample::REFERENCE, &def, WorkflowRow::of(&def, 3, true), &path) };
        sample_definition().map(page).into_iter().collect()
    }
}

const SAMPLE: &str = "workflow: sample
version: 1
language: habeas.workflow/1
title: {nb: Et eksempel, nl: Een voorbeeld, en: An example}
right: GDPR Art. 15
roles: [case-handler, system-owner]
clock: {starts: case.received, period: P1M}
any-time:
  - {event: withdraw, from: subject, until: done, then: refused}
stages:
  - id: assessment
    steps:
      - {id: receipt, do: letter.send, with: {letter: receipt}}
      - {id: assess, task: case-handler, form: triage, due: P2D, escalate: [{after: P1D, to: system-owner}], then: {go-on: collect, refuse: refused, overdue: refused}}
  - id: collect
    point-of-no-return: true
    steps:
      - id: ask-systems
        each: system in case.systems
        steps:
          - {id: locate, do: system.locate, then: {found: end, failed: by-hand}}
          - {id: by-hand, task: system-owner, form: located, due: P3D, then: {submitted: end, again: locate}, limit: {locate: 2, then: refused}}
        join: all
  - {id: done, close: answered, keep: P3Y}
  - {id: refused, close: refused, keep: P3Y}
";

/// What the linter says of it, with a typing error in these words.
fn sample_report(wrong: &str) -> Report {
    let text = if wrong.is_empty() { SAMPLE.to_owned() } else { SAMPLE.replace(wrong, &wrong.replacen('l', "", 1)) };
    Report::of("draft.yaml", &text, &sample_catalogue(), &Surroundings::default())
}

/// A definition that has everything a page may show.
pub(super) fn sample_definition() -> Option<Compiled> {
    workflow::parse("sample.yaml", SAMPLE).and_then(|definition| workflow::compile(&definition, &sample_catalogue())).ok()
}

fn sample_catalogue() -> Catalogue {
    let letter = Action::new(Effect::External).ends(["sent"]).takes(["letter"]);
    let locate = Action::new(Effect::Read).ends(["found", "failed"]);
    Catalogue {
        actions: [("letter.send".to_owned(), letter), ("system.locate".to_owned(), locate)].into(),
        forms: [("triage".to_owned(), Form::staff(["go-on", "refuse"])), ("located".to_owned(), Form::staff(["submitted", "again"]))]
            .into(),
        letters: [("receipt".to_owned(), Letter::of([]))].into(),
        roles: set(["case-handler", "system-owner"]),
        lists: set(["case.systems"]),
        ..Catalogue::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{CasePath, Draft, WorkflowList, WorkflowPage};
    use crate::render::pages::Page as _;

    #[test]
    fn every_page_has_a_sample() {
        assert!(Draft::samples()[2].report.as_ref().is_some_and(|report| !report.findings.is_empty()));
        assert_eq!((WorkflowList::samples().len(), WorkflowPage::samples().len(), CasePath::samples().len()), (1, 1, 1));
    }
}
