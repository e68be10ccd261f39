//! `/{l}/desk/workflows/{name}/move`: open cases on older versions of a workflow, and which of them the newest would take.

use std::collections::BTreeMap;

use habeas_core::workflow::{
    Compiled,
    compiled::Kind,
    version::{Diff, Standing, diff},
};
use serde::Serialize;

use crate::{
    render::{pages::Page, texts::Message},
    view::{desk::workflow::WorkflowRow, journal::OpenCase, sample},
};

/// Cases tried and shown at once: each is reckoned through.
const MOST: usize = 50;

/// The page.
#[derive(Debug, Serialize)]
pub struct MoveCases {
    /// The newest version.
    pub about: WorkflowRow,
    /// Where open cases wait on older ones.
    pub waiting: Vec<Waiting>,
    /// Steps that are gone, and at which a case waits.
    pub gone: Vec<Gone>,
    /// Cases that the newest version would take.
    pub can: Vec<Trial>,
    /// Cases that stay on their version.
    pub stay: Vec<Staying>,
    /// Cases that were not tried.
    pub more: usize,
    /// How many have just been moved.
    pub moved: Option<usize>,
    /// Steps of older versions and those that take their place, as `old=new`.
    pub steps: Vec<String>,
}

/// Open cases that wait at one step of one older version.
#[derive(Debug, Clone, Serialize)]
pub struct Waiting {
    /// The version.
    pub version: u32,
    /// The step.
    pub step: String,
    /// How many.
    pub cases: usize,
    /// What became of the step.
    pub standing: Standing,
}

/// A step that is gone.
#[derive(Debug, Clone, Serialize)]
pub struct Gone {
    /// Its name.
    pub step: String,
    /// What takes its place so far.
    pub chosen: Option<String>,
    /// What could: tasks of the newest version.
    pub offered: Vec<String>,
}

/// A case on an older version.
#[derive(Debug, Clone, Serialize)]
pub struct Trial {
    /// `HB-…`.
    pub reference: String,
    /// The version it runs on.
    pub version: u32,
    /// The steps it waits at.
    pub waits: Vec<String>,
    /// Whether it is to be moved.
    pub chosen: bool,
}

/// A case that stays, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Staying {
    /// Which.
    pub case: Trial,
    /// What stands against it; stable.
    pub code: String,
    /// The same in the words of the engine.
    pub why: String,
}

impl MoveCases {
    /// The page before any case is tried, so that all of them can move. `waiting` are the open cases of each older version.
    pub fn new(newest: &Compiled, waiting: &[(&Compiled, Vec<OpenCase>)], steps: &BTreeMap<String, String>) -> Self {
        let diffs: Vec<Diff> = waiting.iter().map(|(older, _)| diff(older, newest)).collect();
        let (mut places, mut trials) = (Vec::new(), Vec::new());
        for ((older, cases), diff) in waiting.iter().zip(&diffs) {
            let mut at: BTreeMap<&str, usize> = BTreeMap::new();
            for case in cases {
                case.waits.iter().for_each(|step| *at.entry(step).or_default() += 1);
                let (reference, mut waits) = (case.case.clone(), case.waits.clone());
                // Branches that wait at the same step are one place.
                waits.dedup();
                trials.push(Trial { reference, version: older.version, waits, chosen: true });
            }
            places.extend(at.into_iter().map(|(step, cases)| Waiting {
                version: older.version,
                step: step.to_owned(),
                cases,
                standing: diff.standing(step),
            }));
        }
        let tasks = || newest.nodes().filter(|node| matches!(node.kind, Kind::Task(_))).map(|node| node.id.clone()).collect();
        let mut gone: Vec<&String> = places.iter().filter(|it| it.standing == Standing::Gone).map(|it| &it.step).collect();
        gone.sort();
        gone.dedup();
        let gone = gone.into_iter().map(|step| Gone { step: step.clone(), chosen: steps.get(step).cloned(), offered: tasks() }).collect();
        let more = trials.len().saturating_sub(MOST);
        trials.truncate(MOST);
        let steps = steps.iter().map(|(old, new)| format!("{old}={new}")).collect();
        Self { about: WorkflowRow::of(newest, 0, true), waiting: places, gone, can: trials, stay: Vec::new(), more, moved: None, steps }
    }

    /// The page when each of its cases has been tried: code and words of what stands against it, if anything does.
    #[must_use]
    pub fn tried(mut self, against: Vec<Option<(String, String)>>) -> Self {
        for (case, against) in std::mem::take(&mut self.can).into_iter().zip(against) {
            match against {
                None => self.can.push(case),
                Some((code, why)) => self.stay.push(Staying { case, code, why }),
            }
        }
        self
    }

    /// Cases that can move and are to be moved.
    pub fn chosen(&self) -> impl Iterator<Item = &str> {
        self.can.iter().filter(|trial| trial.chosen).map(|trial| trial.reference.as_str())
    }

    /// The page with exactly these cases chosen.
    #[must_use]
    pub fn choosing(mut self, references: &[String]) -> Self {
        self.can.iter_mut().for_each(|trial| trial.chosen = references.contains(&trial.reference));
        self
    }
}

impl Page for MoveCases {
    const TEMPLATE: &'static str = "desk/move.html";

    fn title(&self) -> Message {
        Message::new("move-title").with("name", self.about.name.as_str()).with("version", self.about.version.to_string().as_str())
    }

    fn samples() -> Vec<Self> {
        let Some(def) = super::workflow::sample_definition() else { return Vec::new() };
        let about = WorkflowRow { version: 3, ..WorkflowRow::of(&def, 0, true) };
        let place = |version, step: &str, cases, standing| Waiting { version, step: step.to_owned(), cases, standing };
        let trial = |reference: &str, version, waits: &[&str]| Trial {
            reference: reference.to_owned(),
            version,
            waits: waits.iter().map(|step| (*step).to_owned()).collect(),
            chosen: true,
        };
        let staying = |case, code: &str, why: &str| Staying { case, code: code.to_owned(), why: why.to_owned() };
        let (can, stay) = (Vec::new(), Vec::new());
        let empty = Self { about, waiting: Vec::new(), gone: Vec::new(), can, stay, more: 0, moved: None, steps: Vec::new() };
        let some = Self {
            about: empty.about.clone(),
            waiting: vec![
                place(1, "judge-request", 2, Standing::Gone),
                place(2, "assess", 1, Standing::Same),
                place(2, "by-hand", 4, Standing::Changed),
            ],
            gone: vec![Gone {
                step: "judge-request".to_owned(),
                chosen: Some("assess".to_owned()),
                offered: vec!["assess".to_owned(), "by-hand".to_owned()],
            }],
            can: vec![trial(sample::REFERENCE, 1, &["judge-request"]), trial("HB-4MZQ-9T", 2, &["by-hand"])],
            stay: vec![
                staying(
                    trial("HB-2WXE-5H", 2, &["locate"]),
                    "working",
                    "`locate@shop` is being worked on: move the case when it has reported",
                ),
                staying(
                    trial("HB-8C1R-0P", 1, &["judge-request"]),
                    "no-place",
                    "`judge-request` has no place in that version: say which task takes it over",
                ),
                staying(
                    trial("HB-6NBD-7K", 2, &["by-hand"]),
                    "unproven",
                    "that version takes for granted at `by-hand` what is not proven in this case: identity.verified",
                ),
            ],
            more: 12,
            moved: None,
            steps: vec!["judge-request=assess".to_owned()],
        };
        vec![Self { moved: Some(3), ..empty }, some]
    }
}

#[cfg(test)]
mod tests {
    use super::MoveCases;
    use crate::render::pages::Page as _;

    #[test]
    fn what_is_chosen_and_can_move_moves() {
        let page = MoveCases::samples().remove(1);
        assert_eq!(page.chosen().collect::<Vec<_>>(), ["HB-7F3K-2Q", "HB-4MZQ-9T"], "what stays is not chosen");
        let page = page.choosing(&["HB-4MZQ-9T".to_owned(), "HB-2WXE-5H".to_owned(), "HB-NOBODY".to_owned()]);
        assert_eq!(page.chosen().collect::<Vec<_>>(), ["HB-4MZQ-9T"]);
    }
}
