//! `habeas check`: is the organisation's folder right, do its workflows keep what they owe, are there people and words for them, does the
//! data map fit the live systems?

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::Args;
use habeas_core::{
    law::{
        map::System,
        retention::conflict::{Conflict, conflicts},
    },
    workflow::{self, Diagnostic, Surroundings},
};
use jiff::civil::Date;
use serde::Serialize;

use super::{
    CliError, say,
    workflow::report::{self, Format},
};
use crate::{
    clock::Clock,
    config::Config,
    connector::Connectors,
    house::{House, HouseError},
    organisation::{Organisation, Source},
    view::lint,
};

/// Check an organisation's folder, its workflows, the people and words they need and, with --live, its connected systems
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The folder; the configured organisation if left out
    folder: Option<PathBuf>,
    /// Compare the data map with the connected systems
    #[arg(long)]
    live: bool,
    /// Everything that was found, as JSON
    #[arg(long)]
    json: bool,
}

/// What was looked at, and what was found.
#[derive(Debug, Serialize)]
struct Report {
    organisation: String,
    systems: usize,
    rules: usize,
    workflows: usize,
    /// About the folder; nothing that keeps a house from opening.
    warnings: Vec<String>,
    /// How many of them are about a label that is missing, in whichever language: a person would not know what she reads.
    unlabelled: usize,
    /// Promises to delete that contradict a duty to keep, and rules that nobody has checked for a year.
    retention: Vec<String>,
    /// What the workflows owe and do not keep.
    findings: Vec<Diagnostic>,
    /// Where data map and live systems differ.
    live: Vec<Difference>,
    /// What nobody looked at, and why.
    unchecked: Vec<String>,
}

/// Something about a connected system.
#[derive(Debug, Serialize)]
struct Difference {
    wrong: bool,
    /// Somebody's data may be outside of the map.
    loud: bool,
    words: String,
}

pub(super) async fn run(house: Option<&Path>, args: &CheckArgs) -> Result<(), CliError> {
    let (config, _) = Config::read(house)?;
    let source = args.folder.clone().map_or_else(|| config.source(), Source::Disk);
    let report = look(&config, &source, house.is_some(), args.live).await?;
    finished(report, args.json, &mut io::stdout().lock())
}

/// Looks at a house that was just made. What its live systems lack is told, and is no fault of its folder.
pub(super) async fn folder(config: &Config, compare: bool) -> Result<(), CliError> {
    let mut report = look(config, &config.source(), true, compare).await?;
    for difference in &mut report.live {
        difference.wrong = false;
    }
    report.unchecked.clear();
    finished(report, false, &mut io::stderr().lock())
}

fn finished(report: Report, json: bool, out: &mut impl io::Write) -> Result<(), CliError> {
    if json {
        serde_json::to_writer_pretty(&mut *out, &report).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        report.tell(out)?;
    }
    let wrong = report.live.iter().filter(|difference| difference.wrong).count();
    let loud = report.live.iter().filter(|difference| difference.loud).count();
    if loud > 0 {
        say(&format!(
            "LOOK: {loud} times something that looks like people's data is not in the data map (above): nobody is shown it, and no erasure reaches it"
        ));
    }
    if report.unlabelled > 0 {
        return Err(CliError::Said(format!(
            "{} labels are missing (above): people read “Other information” in their place",
            report.unlabelled
        )));
    }
    if !report.findings.is_empty() {
        return Err(CliError::Unlawful(report.findings.len()));
    }
    if wrong > 0 {
        return Err(CliError::Said(format!("{wrong} differences between the data map and the live systems")));
    }
    let Report { organisation, systems, rules, workflows, .. } = report;
    say(&format!("{organisation} is well: {systems} systems, {rules} retention rules, {workflows} workflows"));
    Ok(())
}

async fn look(config: &Config, source: &Source, named: bool, compare: bool) -> Result<Report, CliError> {
    let organisation = Organisation::read(source).map_err(HouseError::from)?;
    let catalogue = organisation.catalogue();
    let mut unchecked = Vec::new();
    // The people of a house say nothing about the folder of another organisation.
    let members = if named || *source == config.source() { House::members(config).await? } else { None };
    if members.is_none() {
        unchecked.push("whether somebody holds every role and a second person is there for every check (H030, H031): there is no house of this organisation; name it with --house".to_owned());
    }
    if !compare {
        unchecked.push("whether the data map fits the connected systems: ask with --live".to_owned());
    }
    let renderer = House::renderer(source, &organisation)?;
    let wording = lint::wording(&organisation.about().languages, &catalogue, |key| renderer.texts().has(key));
    let around = Surroundings { members, wording: Some(wording) };
    let workflows = organisation.workflows();
    let clock = if config.demo { Clock::movable(&config.house) } else { Clock::system() };
    let findings = workflows.iter().filter_map(|(file, text)| workflow::load_in(file, text, &catalogue, &around).err()).flatten();
    Ok(Report {
        organisation: organisation.about().name.clone(),
        systems: organisation.systems().len(),
        rules: organisation.rules().rules.len(),
        workflows: workflows.len(),
        warnings: organisation.warnings().iter().map(ToString::to_string).chain(House::no_documents(&organisation, config)).collect(),
        unlabelled: unlabelled(&organisation),
        retention: retention(&organisation, clock.today(&organisation.zone())),
        findings: findings.collect(),
        live: if compare { live(&organisation, &config.house).await } else { Vec::new() },
        unchecked,
    })
}

impl Report {
    fn tell(&self, out: &mut impl io::Write) -> io::Result<()> {
        for words in self.warnings.iter().chain(&self.retention).chain(self.live.iter().map(|difference| &difference.words)) {
            say(words);
        }
        report::write(&self.findings, Format::Text, out)?;
        for what in &self.unchecked {
            say(&format!("not checked: {what}"));
        }
        Ok(())
    }
}

/// How many labels are missing that a person would read.
fn unlabelled(organisation: &Organisation) -> usize {
    organisation.warnings().iter().filter(|warning| warning.code == "missing-label").count()
}

/// What the retention rules say against each other, with both citations and a day, and which were last checked more than a year ago.
fn retention(organisation: &Organisation, today: Date) -> Vec<String> {
    let rules = organisation.rules();
    let contradiction = |it: Conflict<'_>| {
        let Conflict { keeps, deletes, over, example } = it;
        let over = over.iter().map(|over| format!("{}.{} ({})", over.system.key, over.collection.name, over.fields.join(", ")));
        format!(
            "retention.yaml: `{}` ({}) wants gone what `{}` ({}) keeps: {}. Of what counts from {} the one says until {}, the other until {}. \
             `{}` wins in every case: name the exception in your notice, and take these fields out of `{}` or make it longer",
            deletes.id,
            deletes.law,
            keeps.id,
            keeps.law,
            over.collect::<Vec<_>>().join("; "),
            example.from,
            example.delete_by,
            example.keep_until,
            keeps.id,
            deletes.id
        )
    };
    let stale = rules.rules.iter().chain(&rules.idle).filter(|rule| rule.is_stale(today)).map(|rule| {
        format!(
            "retention.yaml: `{}` was last checked on {}: read its source again ({}), and write today's date",
            rule.id, rule.checked_on, rule.source
        )
    });
    conflicts(rules, organisation.systems(), today.year()).into_iter().map(contradiction).chain(stale).collect()
}

async fn live(organisation: &Organisation, folder: &Path) -> Vec<Difference> {
    let mut found = Vec::new();
    for (system, answer) in Connectors::open(organisation.systems(), folder).check(organisation.systems()).await {
        match answer {
            Ok(problems) => {
                let manual = organisation.system(&system).is_some_and(System::is_manual);
                let how = if manual { "worked with by hand" } else { "reached, and what is mapped can be read" };
                found.push(Difference { wrong: false, loud: false, words: format!("{system}: {how}") });
                found.extend(problems.into_iter().map(|problem| {
                    let place = organisation.place_of(&system, problem.collection()).map(|place| format!("{place}: ")).unwrap_or_default();
                    Difference { wrong: problem.is_error(), loud: problem.is_loud(), words: format!("{place}{system}: {problem}") }
                }));
            }
            Err(error) => found.push(Difference { wrong: true, loud: false, words: error.to_string() }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use jiff::civil::date;

    use super::{retention, unlabelled};
    use crate::organisation::{Organisation, Source};

    /// The shipped folder with one line of its shop written otherwise.
    fn shop_with(before: &str, after: &str) -> Result<Organisation, String> {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("organisations/visumexpress");
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("systems")).unwrap();
        for part in ["", "systems"] {
            for entry in fs::read_dir(shipped.join(part)).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
                fs::copy(entry.path(), folder.path().join(part).join(entry.file_name())).unwrap();
            }
        }
        let shop = folder.path().join("systems/shop.yaml");
        let text = fs::read_to_string(&shop).unwrap();
        assert!(text.contains(before), "{before}");
        fs::write(&shop, text.replacen(before, after, 1)).unwrap();
        Organisation::read(&Source::Disk(folder.path().to_owned())).map_err(|error| error.to_string())
    }

    #[test]
    fn a_label_that_is_missing_in_whichever_language_is_told_with_its_place() {
        let label = "habeas: {label: {nb: Fornavn, nl: Voornaam, en: First name}}";
        assert_eq!(unlabelled(&shop_with(label, label).unwrap()), 0);
        let named = format!("data_categories: [user.name.first]\n            fides_meta: {{data_type: string}}\n            {label}");
        let without = shop_with(&named, "fides_meta: {data_type: string}").unwrap();
        assert_eq!(unlabelled(&without), 1);
        let told = without.warnings().iter().find(|warning| warning.code == "missing-label").unwrap().to_string();
        assert!(told.contains("systems/shop.yaml:39:13: ") && told.contains("Other information"), "{told}");
        for part in ["nb: Fornavn, ", "nl: Voornaam, ", ", en: First name"] {
            let told = shop_with(label, &label.replace(part, "")).err().unwrap_or_default();
            assert!(told.contains("systems/shop.yaml:"), "{part}: {told}");
        }
        for part in ["nb: Kundeopplysninger, ", "nl: De webwinkel, "] {
            let told = shop_with(part, "").err().unwrap_or_default();
            assert!(told.contains("systems/shop.yaml:"), "{part}: {told}");
        }
    }

    #[test]
    fn contradictions_and_rules_that_nobody_has_checked_are_told() {
        let read = |name: &str| Organisation::read(&Source::Shipped(name.to_owned())).unwrap();
        let told = retention(&read("visumexpress"), date(2027, 11, 20));
        let [told] = told.as_slice() else { panic!("{told:?}") };
        for part in [
            "`POL-S004-5Y` (personvernerklæringen punkt 6.3) wants gone what `NO-BOK-5` (bokføringsloven § 13) keeps:",
            "accounting.invoices (number, ",
            "Of what counts from 2027-01-01 the one says until 2032-01-01, the other until 2032-12-31.",
            "take these fields out of `POL-S004-5Y` or make it longer",
        ] {
            assert!(told.contains(part), "`{part}` is missing: {told}");
        }
        assert!(!told.contains("bank_accounts"), "nobody must keep those");
        assert_eq!(retention(&read("cambodjavisum"), date(2026, 12, 1)).len(), 2);
        let stale = retention(&read("visumexpress"), date(2027, 11, 21));
        assert_eq!(stale.len(), 12, "{stale:?}");
        assert!(
            stale[11].starts_with("retention.yaml: `NO-HVL-5-MAX` was last checked on 2026-11-20: read its source again (lov 1. juni 2018")
        );
    }
}
