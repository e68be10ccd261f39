//! Whether the words of a definition exist, and what was probably meant.

use super::super::{compiled::SUBJECT, definition::Name};
use super::Compiler;
use crate::source::spelling::instead;

const NAME_UNKNOWN: &str = "H003-name-unknown";
const ROLE_UNKNOWN: &str = "H030-role-unknown";

impl<'d> Compiler<'d> {
    /// Whether the catalogue has it.
    pub(super) fn known(&mut self, what: &str, name: &Name, mut known: impl Iterator<Item = &'d String> + Clone) -> bool {
        if known.clone().any(|other| other == name.as_str()) {
            return true;
        }
        let help = instead(name.as_str(), known.by_ref().map(String::as_str));
        self.problems.add(NAME_UNKNOWN, name.at, format!("there is no {what} `{}`", name.as_str()), help);
        false
    }

    pub(super) fn fact_known(&mut self, fact: &Name) {
        if !self.facts.contains(fact.as_str()) {
            let help = instead(fact.as_str(), self.facts.iter().copied());
            self.problems.add(NAME_UNKNOWN, fact.at, format!("nothing can prove `{}`", fact.as_str()), help);
        }
    }

    pub(super) fn stage_known(&mut self, name: &Name) {
        let stages = &self.definition.stages;
        if stages.iter().all(|stage| stage.id.text != name.text) {
            let help = instead(name.as_str(), stages.iter().map(|stage| stage.id.as_str()));
            self.problems.add("H002-target-unknown", name.at, format!("there is no stage `{}`", name.as_str()), help);
        }
    }

    /// Somebody who may send something: the subject, or a role of the house.
    pub(super) fn sender_known(&mut self, role: &Name) {
        if role.as_str() != SUBJECT && !self.catalogue.roles.contains(role.as_str()) {
            let help = instead(role.as_str(), self.catalogue.roles.iter().map(String::as_str));
            self.problems.add(ROLE_UNKNOWN, role.at, format!("there is no role `{}`", role.as_str()), help);
        }
    }

    /// A role that the definition says it uses.
    pub(super) fn role_listed(&mut self, role: &Name) {
        let roles = &self.definition.roles;
        if roles.iter().all(|listed| listed.text != role.text) {
            let help = instead(role.as_str(), roles.iter().map(Name::as_str)).unwrap_or_else(|| "add it there".to_owned());
            self.problems.add(ROLE_UNKNOWN, role.at, format!("`{}` is not among the `roles` of this workflow", role.as_str()), help);
        }
    }
}
