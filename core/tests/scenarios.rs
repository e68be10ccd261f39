//! The shipped scenarios against the shipped definitions: all pass, everything is walked, wrong definitions are caught.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use habeas_core::{
    catalogue::{catalogue, statute::Statute},
    workflow::{
        Compiled, compile, parse,
        scenario::{Almanac, Count, Scenario, Way, check, mutate, play, read},
    },
};
use jiff::tz::TimeZone;

fn texts(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files: Vec<_> = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    let name = |file: &Path| format!("{folder}/{}", file.file_name().unwrap().to_str().unwrap());
    files.iter().map(|file| (name(file), fs::read_to_string(file).unwrap())).collect()
}

fn definitions() -> Vec<Compiled> {
    let catalogue = catalogue();
    let one = |(file, text): &(String, String)| compile(&parse(file, text).unwrap(), &catalogue).unwrap();
    texts("workflows").iter().map(one).collect()
}

fn shown<T: ToString>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Every shipped scenario with the text of its file.
fn scenarios() -> Vec<(Scenario, String)> {
    let read = |(file, text): &(String, String)| read(file, text).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    texts("workflows/scenarios")
        .iter()
        .flat_map(|file| read(file).into_iter().map(|one| (one, file.1.clone())).collect::<Vec<_>>())
        .collect()
}

#[test]
fn every_shipped_scenario_passes_and_together_they_walk_everything() {
    let (definitions, statute, zone) = (definitions(), Statute::new("NO").unwrap(), TimeZone::get("Europe/Oslo").unwrap());
    let reckon = |count: &Count<'_>| statute.reckon(count);
    let almanac = Almanac { zone: &zone, reckon: &reckon };
    let known: Vec<&Compiled> = definitions.iter().collect();
    let (mut walked, mut wrong) = (BTreeMap::<&str, BTreeSet<Way>>::new(), Vec::new());
    for (scenario, text) in scenarios() {
        match check(&scenario, &text, &known) {
            Err(problems) => wrong.push(shown(&problems)),
            Ok(def) => match play(&scenario, def, &almanac) {
                Ok(played) => walked.entry(&def.name).or_default().extend(played.ways),
                Err(failure) => wrong.push(failure.to_string()),
            },
        }
    }
    for def in &definitions {
        let ways = walked.remove(def.name.as_str()).unwrap_or_default();
        wrong.extend(Way::every(def).difference(&ways).map(|way| format!("{}: never walked: {way} ({})", def.name, way.family())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All of them take more than half a minute in a development build; `habeas workflow test --mutate` tries every one.
const SAMPLE: usize = 4;

#[test]
fn wrong_definitions_are_refused_or_caught_by_a_scenario() {
    let (catalogue, statute, zone) = (catalogue(), Statute::new("NO").unwrap(), TimeZone::get("Europe/Oslo").unwrap());
    let reckon = |count: &Count<'_>| statute.reckon(count);
    let almanac = Almanac { zone: &zone, reckon: &reckon };
    let all = scenarios();
    for (file, text) in texts("workflows") {
        let name = parse(&file, &text).unwrap().name.text;
        let own: Vec<&Scenario> = all.iter().map(|(scenario, _)| scenario).filter(|scenario| scenario.workflow.text == name).collect();
        let subject = mutate::Subject { file: &file, text: &text, catalogue: &catalogue, scenarios: &own, almanac };
        let score = mutate::score(&subject, SAMPLE).unwrap();
        let survived: Vec<String> = score.survived.iter().map(|(line, edit)| format!("{file}:{line}: {edit}")).collect();
        assert!(score.percent() >= 95, "{name}: only {} of a hundred were noticed:\n{}", score.percent(), survived.join("\n"));
    }
}
