//! Wrong definitions made from a right one: each must be refused, or caught by a scenario. What survives shows what nobody looks at.
//!
//! Edits are made on the YAML tree, so that a wrong definition enters by the same door as any other.

mod edit;
mod graph;

use crate::source::{
    diagnostic::{Diagnostic, Problems},
    yaml,
};
use std::collections::BTreeSet;

use super::{
    super::{catalogue::Catalogue, compiled::Compiled, lint::load},
    Almanac, Scenario, check, play,
};

/// A definition with one edit.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// The edit in words.
    pub edit: String,
    /// The line of the definition that it is about.
    pub line: u32,
    /// The edited definition.
    pub text: String,
    /// Whether the edit only takes away an assertion.
    asserted: bool,
}

/// What became of a wrong definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It did not load; the code of the first reason.
    Refused(&'static str),
    /// A scenario failed; its title.
    Caught(String),
    /// Nothing can tell it from the right one, and why.
    Equivalent(&'static str),
    /// Nobody noticed.
    Survived,
}

/// The fates of the wrong definitions of one right one.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// How many did not load.
    pub refused: usize,
    /// How many a scenario caught.
    pub caught: usize,
    /// How many are no wrong definitions at all.
    pub equivalent: usize,
    /// Line and edit of those that nobody noticed.
    pub survived: Vec<(u32, String)>,
}

impl Score {
    /// Of a hundred that are wrong, how many were noticed.
    pub fn percent(&self) -> usize {
        let noticed = self.refused + self.caught;
        (noticed * 100).checked_div(noticed + self.survived.len()).unwrap_or(100)
    }

    fn count(&mut self, mutant: Mutant, fate: &Fate) {
        match fate {
            Fate::Refused(_) => self.refused += 1,
            Fate::Caught(_) => self.caught += 1,
            Fate::Equivalent(_) => self.equivalent += 1,
            Fate::Survived => self.survived.push((mutant.line, mutant.edit)),
        }
    }
}

/// A definition with the scenarios that play it.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Its file.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What it may name.
    pub catalogue: &'a Catalogue,
    /// Its scenarios.
    pub scenarios: &'a [&'a Scenario],
    /// Who counts the deadline.
    pub almanac: Almanac<'a>,
}

/// Tries every `step`th wrong definition, the first one included.
pub fn score(subject: &Subject<'_>, step: usize) -> Result<Score, Vec<Diagnostic>> {
    let right = load(subject.file, subject.text, subject.catalogue)?;
    let mut score = Score::default();
    for mutant in mutants(subject.file, subject.text).into_iter().step_by(step.max(1)) {
        let fate = fate(subject, &right, &mutant);
        score.count(mutant, &fate);
    }
    Ok(score)
}

/// Every wrong definition that one edit makes, in reading order of the kinds of edits; none of a text that is not YAML.
pub fn mutants(file: &str, text: &str) -> Vec<Mutant> {
    let mut problems = Problems::new(file, text);
    let Some(tree) = yaml::read(text, &mut problems) else { return Vec::new() };
    let mut seen = BTreeSet::from([edit::written(&tree)]);
    let edits = edit::all(&tree).into_iter().map(|edit| Mutant {
        text: edit.apply(&tree),
        line: edit.line,
        asserted: edit.asserted,
        edit: edit.words,
    });
    edits.filter(|mutant| seen.insert(mutant.text.clone())).collect()
}

/// What becomes of a wrong definition.
pub fn fate(subject: &Subject<'_>, right: &Compiled, mutant: &Mutant) -> Fate {
    let wrong = match load(subject.file, &mutant.text, subject.catalogue) {
        Ok(wrong) => wrong,
        Err(problems) => return Fate::Refused(problems.first().map_or("unknown", |problem| problem.code)),
    };
    if mutant.asserted {
        return Fate::Equivalent("what a step needs is proven before it in a definition that loads: the need only guards later edits");
    }
    if graph::same(right, &wrong) {
        return Fate::Equivalent("the graph is the same: the order of steps that name their ways, or a name for the same place");
    }
    let caught = subject.scenarios.iter().find(|scenario| {
        let fits = check(scenario, "", &[&wrong]);
        fits.map_or(true, |def| play(scenario, def, &subject.almanac).is_err())
    });
    caught.map_or(Fate::Survived, |scenario| Fate::Caught(scenario.title.clone()))
}
