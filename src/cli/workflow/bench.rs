//! What scenarios are played against: the workflows of an organisation, and the law's clock over its calendar.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write as _},
};

use habeas_core::{
    catalogue::statute::Statute,
    workflow::{
        Compiled, load,
        scenario::{Almanac, Count, Scenario, Way, check, mutate, play},
    },
};

use super::{super::CliError, lines};
use crate::{house::HouseError, organisation::Organisation};

/// A scenario failed, in words; or its workflow and what was walked of it.
pub(super) type Verdict = Result<(String, BTreeSet<Way>), String>;

/// Everything that scenarios are played against.
pub(super) struct Bench<'o> {
    pub(super) organisation: &'o Organisation,
    definitions: Vec<Compiled>,
    statute: Statute,
}

impl<'o> Bench<'o> {
    /// The organisation's workflows and the shipped ones.
    pub(super) fn open(organisation: &'o Organisation) -> Result<Self, CliError> {
        let (catalogue, mut definitions, mut problems) = (organisation.catalogue(), Vec::new(), Vec::new());
        for (file, text) in organisation.workflows() {
            match load(file, text, &catalogue) {
                Ok(compiled) => definitions.push(compiled),
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() {
            Self::of(organisation, definitions)
        } else {
            Err(CliError::House(HouseError::Workflows(lines(&problems))))
        }
    }

    pub(super) fn of(organisation: &'o Organisation, definitions: Vec<Compiled>) -> Result<Self, CliError> {
        let statute = Statute::new(organisation.calendar().name()).map_err(|error| CliError::Said(error.to_string()))?;
        Ok(Self { organisation, definitions, statute })
    }

    fn with_almanac<T>(&self, work: impl FnOnce(Almanac<'_>) -> T) -> T {
        let (zone, reckon) = (self.organisation.zone(), |count: &Count<'_>| self.statute.reckon(count));
        work(Almanac { zone: &zone, reckon: &reckon })
    }

    pub(super) fn play(&self, scenario: &Scenario, text: &str) -> Verdict {
        let known: Vec<&Compiled> = self.definitions.iter().collect();
        let def = check(scenario, text, &known).map_err(|problems| lines(&problems))?;
        let played = self.with_almanac(|almanac| play(scenario, def, &almanac));
        played.map(|played| (def.name.clone(), played.ways)).map_err(|failure| failure.to_string())
    }

    /// How much of each workflow was walked, by family, and every way that was not.
    pub(super) fn print_coverage(&self, verdicts: &[Verdict]) -> Result<(), CliError> {
        let mut walked: BTreeMap<&str, BTreeSet<&Way>> = BTreeMap::new();
        for (name, ways) in verdicts.iter().flatten() {
            walked.entry(name).or_default().extend(ways);
        }
        let mut out = io::stdout().lock();
        for def in &self.definitions {
            let every = Way::every(def);
            let seen = walked.remove(def.name.as_str()).unwrap_or_default();
            let families: BTreeSet<&str> = every.iter().map(Way::family).collect();
            for family in families {
                let of_family: Vec<&Way> = every.iter().filter(|way| way.family() == family).collect();
                let count = of_family.iter().filter(|way| seen.contains(*way)).count();
                writeln!(out, "{:<20} {family:<16} {count:>4} of {:>4}", def.name, of_family.len())?;
            }
            for way in every.iter().filter(|way| !seen.contains(way)) {
                writeln!(out, "{:<20} not walked: {way} ({})", def.name, way.family())?;
            }
        }
        Ok(())
    }

    /// Tries every wrong definition; how many workflows notice too few of theirs.
    pub(super) fn print_mutation(&self, scenarios: &[(Scenario, &str)]) -> Result<usize, CliError> {
        let (catalogue, mut low) = (self.organisation.catalogue(), 0);
        let mut out = io::stdout().lock();
        for ((file, text), def) in self.organisation.workflows().iter().zip(&self.definitions) {
            let own: Vec<&Scenario> = scenarios.iter().map(|(scenario, _)| scenario).filter(|it| it.workflow.text == def.name).collect();
            let score = self
                .with_almanac(|almanac| mutate::score(&mutate::Subject { file, text, catalogue: &catalogue, scenarios: &own, almanac }, 1));
            let score = score.map_err(|problems| CliError::Said(lines(&problems)))?;
            let mutate::Score { refused, caught, equivalent, survived } = &score;
            writeln!(
                out,
                "{:<20} {:>3} % noticed: {refused} did not load, {caught} were caught by a scenario, {} were not noticed ({equivalent} say the same)",
                def.name,
                score.percent(),
                survived.len()
            )?;
            for (line, edit) in survived {
                writeln!(out, "{file}:{line}: nobody notices: {edit}")?;
            }
            low += usize::from(score.percent() < 95);
        }
        Ok(low)
    }
}
