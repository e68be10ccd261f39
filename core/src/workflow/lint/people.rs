//! Whether a definition fits the organisation that uses it: there are people for its roles and words for its letters and forms.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        compiled::{Kind, SUBJECT, Task},
        definition::{Name, Step, Verb},
    },
    LETTER, Linter, Surroundings, Wording,
};
use crate::source::spelling::list;

type Members = BTreeMap<String, BTreeSet<String>>;

impl<'d> Linter<'d> {
    pub(super) fn people(&mut self, around: &Surroundings) {
        if let Some(members) = &around.members {
            for role in &self.definition.roles {
                if members.get(role.as_str()).is_none_or(BTreeSet::is_empty) {
                    let message = format!("nobody has the role `{}`", role.as_str());
                    let help = format!("`habeas user add HANDLE --role {}`, or give its tasks to another role", role.as_str());
                    self.tell("H030-role-empty", role.at, message, Some(help), None);
                }
            }
            for (_, node, step) in self.reached() {
                if let Kind::Task(task) = &node.kind {
                    self.two_people(task, step, members);
                }
            }
        }
        if let Some(wording) = &around.wording {
            self.words(wording);
        }
    }

    /// Somebody must be left who did none of the steps that are checked.
    fn two_people(&mut self, task: &Task, step: &'d Step, members: &Members) {
        let may = |task: &Task| holders(task, members);
        let checked = task.not_by.iter().filter_map(|id| match &self.graph.def.node(id)?.kind {
            Kind::Task(task) => Some(may(task)),
            _ => None,
        });
        let checked: Vec<BTreeSet<&str>> = checked.collect();
        let apart = |person: &&str| checked.iter().all(|people| people.is_empty() || people.iter().any(|other| other != person));
        let people = may(task);
        if !checked.is_empty() && !people.is_empty() && !people.iter().any(apart) {
            let message = format!(
                "`{}` needs a second person, and there is only one for it and for {}",
                step.id.as_str(),
                list(task.not_by.iter().map(String::as_str))
            );
            let help = "give one of the roles to somebody else too".to_owned();
            self.tell("H031-four-eyes-unstaffed", step.id.at, message, Some(help), None);
        }
    }

    /// Letters and forms are written in every language that is offered.
    fn words(&mut self, wording: &Wording) {
        for (_, _, step) in self.reached() {
            match &step.verb {
                Verb::Task(task) => self.worded("form", &task.form, &wording.forms, wording),
                Verb::Do(perform) => {
                    for (_, letter) in perform.with.iter().filter(|(key, _)| key.as_str() == LETTER) {
                        self.worded("letter", letter, &wording.letters, wording);
                    }
                }
                Verb::Decide(_) | Verb::Each(_) => {}
            }
        }
    }

    fn worded(&mut self, what: &str, name: &Name, written: &BTreeSet<(String, String)>, wording: &Wording) {
        let absent = |language: &&String| !written.contains(&(name.text.clone(), (*language).clone()));
        let absent: Vec<&str> = wording.languages.iter().filter(absent).map(String::as_str).collect();
        if !absent.is_empty() {
            let message = format!("the {what} `{}` is not written in {}", name.as_str(), list(absent));
            let help = "write it in every language that the portal offers".to_owned();
            self.tell("H050-words-missing", name.at, message, Some(help), None);
        }
    }
}

/// Who may do a task, also when it is late.
fn holders<'m>(task: &Task, members: &'m Members) -> BTreeSet<&'m str> {
    let roles = task.roles.iter().chain(task.escalate.iter().map(|(_, role)| role)).filter(|role| *role != SUBJECT);
    roles.filter_map(|role| members.get(role)).flatten().map(String::as_str).collect()
}
