//! The organisation's folder: read from disk, or from the copy inside the binary, into law values and workflow texts.
//! What lies on disk wins over what the binary carries, file by file for workflows and texts.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use habeas_core::{
    catalogue::routing::Tables,
    law::{
        calendar::Calendar,
        folder::{self, File, Files, Folder, Problem},
        map::{Field, System},
        organisation::Organisation as About,
        recipient::Recipient,
        record::Record,
        regime::Regime,
        retention::Rules,
    },
    workflow::{Catalogue, Diagnostic},
};
use jiff::tz::TimeZone;
use rust_embed::RustEmbed;

mod logo;

pub use logo::Logo;

/// The organisations shipped with habeas.
#[derive(RustEmbed)]
#[folder = "organisations/"]
#[exclude = "*/demo/*"]
struct Shipped;

/// The workflows shipped with habeas.
#[derive(RustEmbed)]
#[folder = "workflows/"]
#[include = "*.yaml"]
#[exclude = "scenarios/*"]
#[exclude = "decisions/*"]
struct ShippedWorkflows;

/// The scenarios that test them.
#[derive(RustEmbed)]
#[folder = "workflows/scenarios/"]
#[include = "*.yaml"]
struct ShippedScenarios;

/// The routing tables that they may ask.
#[derive(RustEmbed)]
#[folder = "workflows/decisions/"]
#[include = "*.yaml"]
#[allow_missing = true]
struct ShippedTables;

/// An organisation: everything its folder says.
#[derive(Debug, Clone)]
pub struct Organisation {
    folder: Folder,
    zone: TimeZone,
    regime: Regime,
    calendar: Calendar,
    workflows: Vec<(String, String)>,
    scenarios: Vec<(String, String)>,
    tables: Tables,
    maps: Vec<(String, String)>,
    logo: Option<Logo>,
}

/// Where an organisation's folder is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// One that the binary carries, by name.
    Shipped(String),
    /// A folder on disk.
    Disk(PathBuf),
}

/// Why a folder was not taken.
#[derive(Debug, thiserror::Error)]
pub enum OrganisationError {
    /// There is no such file, or it is not text.
    #[error(
        "file `{0}` is missing or is not text: an organisation needs organisation.yaml, retention.yaml, recipients.yaml and systems/*.yaml"
    )]
    File(String),
    /// The files have problems, all of them.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problem>),
    /// The routing tables have problems, all of them.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Tables(Vec<Diagnostic>),
    /// The zone is not in the time zone database.
    #[error("time zone `{0}` is not in the time zone database: write one such as `Europe/Oslo`")]
    Zone(String),
    /// The tables of the statutory clock.
    #[error("the statutory clock has no tables: {0}")]
    Clock(String),
}

impl Organisation {
    /// Reads a folder; every problem in every file at once.
    pub fn read(source: &Source) -> Result<Self, OrganisationError> {
        let texts = Texts::collect(source)?;
        let systems: Vec<File<'_>> = texts.systems.iter().map(|(name, text)| File { name, text }).collect();
        let folder = folder::read(Files {
            organisation: file(&texts.organisation),
            retention: file(&texts.retention),
            recipients: file(&texts.recipients),
            systems: &systems,
        })
        .map_err(OrganisationError::Problems)?;
        let zone =
            TimeZone::get(&folder.organisation.time_zone).map_err(|_| OrganisationError::Zone(folder.organisation.time_zone.clone()))?;
        let regime = Regime::named("gdpr").map_err(|error| OrganisationError::Clock(error.to_string()))?;
        let calendar = Calendar::named(&folder.organisation.calendar).map_err(|error| OrganisationError::Clock(error.to_string()))?;
        let tables = texts.tables.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let tables = Tables::read(tables).map_err(OrganisationError::Tables)?;
        let named = folder.organisation.theme.as_ref().and_then(|theme| theme.logo.as_ref());
        let logo =
            named.map(|named| logo::read(source, named)).transpose().map_err(|problem| OrganisationError::Problems(vec![*problem]))?;
        Ok(Self {
            folder,
            zone,
            regime,
            calendar,
            workflows: texts.workflows,
            scenarios: texts.scenarios,
            tables,
            maps: texts.systems,
            logo,
        })
    }

    /// Who it is.
    pub const fn about(&self) -> &About {
        &self.folder.organisation
    }

    /// Its logo, looked at.
    pub const fn logo(&self) -> Option<&Logo> {
        self.logo.as_ref()
    }

    /// The zone its days are counted in.
    pub fn zone(&self) -> TimeZone {
        self.zone.clone()
    }

    /// The holiday calendar of its clock.
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The law that its clock follows.
    pub const fn regime(&self) -> &Regime {
        &self.regime
    }

    /// Its connected systems.
    pub fn systems(&self) -> &[System] {
        &self.folder.systems
    }

    /// A system by key.
    pub fn system(&self, key: &str) -> Option<&System> {
        self.folder.systems.iter().find(|system| system.key == key)
    }

    /// What is kept, why and until when.
    pub const fn rules(&self) -> &Rules {
        &self.folder.rules
    }

    /// Its named recipients.
    pub fn recipients(&self) -> &[Recipient] {
        &self.folder.recipients
    }

    /// A recipient by id.
    pub fn recipient(&self, id: &str) -> Option<&Recipient> {
        self.folder.recipients.iter().find(|recipient| recipient.id == id)
    }

    /// Who takes a person's file directly (Art. 20(2)).
    pub fn receivers(&self) -> impl Iterator<Item = &Recipient> {
        self.folder.recipients.iter().filter(|recipient| recipient.takes_files.is_some())
    }

    /// Every e-mail address by which records say their person is reached, once each: where what concerns her much is told, and where a
    /// second code may go. Other people's addresses in her records are not hers.
    pub fn channels(&self, records: &[Record]) -> BTreeSet<String> {
        let notify = &self.about().notify;
        let is_channel = |field: &&Field| !field.third_person && field.identity.as_ref().is_some_and(|kind| notify.contains(kind));
        let of = |record: &Record| -> Vec<String> {
            let collection = self.system(&record.system).and_then(|system| system.collection(&record.collection));
            let fields = collection.into_iter().flat_map(|collection| collection.fields.iter().filter(is_channel));
            fields.map(|field| record.value(&field.name).to_text().trim().to_lowercase()).collect()
        };
        records.iter().flat_map(of).filter(|address| address.contains('@')).collect()
    }

    /// Where a collection is mapped, as `file:line`.
    pub fn place_of(&self, system: &str, collection: &str) -> Option<String> {
        let (file, text) = self.maps.iter().find(|(_, text)| text.contains(&format!("fides_key: {system}")))?;
        let line = text.lines().position(|line| line.trim().trim_start_matches("- ") == format!("name: {collection}"))?;
        Some(format!("{file}:{}", line + 1))
    }

    /// The data map as it is written: `fides_key` and the text of its file.
    pub fn maps(&self) -> impl Iterator<Item = (&str, &str)> {
        // Files were read in this order, one system each.
        self.folder.systems.iter().zip(&self.maps).map(|(system, (_, text))| (system.key.as_str(), text.as_str()))
    }

    /// What was read past; `check` shows it.
    pub fn warnings(&self) -> &[Problem] {
        &self.folder.warnings
    }

    /// Workflow files: name and text.
    pub fn workflows(&self) -> &[(String, String)] {
        &self.workflows
    }

    /// Files of scenarios that test them: name and text.
    pub fn scenarios(&self) -> &[(String, String)] {
        &self.scenarios
    }

    /// Everything its workflows may name: what habeas can do, and its routing tables.
    pub fn catalogue(&self) -> Catalogue {
        self.tables.catalogue()
    }
}

fn file((name, text): &(String, String)) -> File<'_> {
    File { name, text }
}

/// A folder's files, as they are.
struct Texts {
    organisation: (String, String),
    retention: (String, String),
    recipients: (String, String),
    systems: Vec<(String, String)>,
    workflows: Vec<(String, String)>,
    scenarios: Vec<(String, String)>,
    tables: Vec<(String, String)>,
}

impl Texts {
    fn collect(source: &Source) -> Result<Self, OrganisationError> {
        let one = |name: &str| source.text(name).map(|text| (source.shown(name), text));
        let systems = source.list("systems").into_iter().map(|name| one(&name)).collect::<Result<Vec<_>, _>>()?;
        if systems.is_empty() {
            return Err(OrganisationError::File(source.shown("systems/*.yaml")));
        }
        let own = |sub: &str| source.list(sub).into_iter().map(|name| one(&name)).collect::<Result<Vec<_>, _>>();
        let workflows =
            ShippedWorkflows::iter().filter_map(|name| Some((format!("workflows/{name}"), text(ShippedWorkflows::get(&name)?)?)));
        let scenarios =
            ShippedScenarios::iter().filter_map(|name| Some((format!("workflows/scenarios/{name}"), text(ShippedScenarios::get(&name)?)?)));
        let tables =
            ShippedTables::iter().filter_map(|name| Some((format!("workflows/decisions/{name}"), text(ShippedTables::get(&name)?)?)));
        let workflows = replaced(workflows.collect(), own("workflows")?);
        let scenarios = replaced(scenarios.collect(), own("workflows/scenarios")?);
        let tables = replaced(tables.collect(), own("workflows/decisions")?);
        Ok(Self {
            organisation: one("organisation.yaml")?,
            retention: one("retention.yaml")?,
            recipients: one("recipients.yaml")?,
            systems,
            workflows,
            scenarios,
            tables,
        })
    }
}

fn text(file: rust_embed::EmbeddedFile) -> Option<String> {
    String::from_utf8(file.data.into_owned()).ok()
}

/// Shipped files, each replaced by the organisation's own of the same name.
fn replaced(mut shipped: Vec<(String, String)>, own: Vec<(String, String)>) -> Vec<(String, String)> {
    shipped.retain(|(name, _)| !own.iter().any(|(mine, _)| Path::new(mine).file_name() == Path::new(name).file_name()));
    shipped.extend(own);
    shipped
}

impl Source {
    /// How problems name a file of this folder.
    fn shown(&self, name: &str) -> String {
        match self {
            Self::Shipped(organisation) => format!("organisations/{organisation}/{name}"),
            Self::Disk(folder) => folder.join(name).display().to_string(),
        }
    }

    fn text(&self, name: &str) -> Result<String, OrganisationError> {
        let text = self.bytes(name).and_then(|bytes| String::from_utf8(bytes).ok());
        text.ok_or_else(|| OrganisationError::File(self.shown(name)))
    }

    /// A file of the folder.
    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        match self {
            Self::Shipped(organisation) => Shipped::get(&format!("{organisation}/{name}")).map(|file| file.data.into_owned()),
            Self::Disk(folder) => std::fs::read(folder.join(name)).ok(),
        }
    }

    /// The folder with texts that differ from the shipped ones, if there is one.
    pub fn texts(&self) -> Option<PathBuf> {
        match self {
            Self::Shipped(_) => None,
            Self::Disk(folder) => Some(folder.join("texts")).filter(|texts| texts.is_dir()),
        }
    }

    /// The YAML files of a sub-folder, sorted.
    fn list(&self, sub: &str) -> Vec<String> {
        let mut names: Vec<String> = match self {
            Self::Shipped(organisation) => {
                let prefix = format!("{organisation}/");
                Shipped::iter()
                    .filter_map(|path| path.strip_prefix(&prefix).map(str::to_owned))
                    .filter(|name| name.rsplit_once('/').is_some_and(|(folder, _)| folder == sub))
                    .collect()
            }
            Self::Disk(folder) => std::fs::read_dir(folder.join(sub))
                .into_iter()
                .flatten()
                .flatten()
                .filter_map(|entry| entry.file_name().into_string().ok())
                .map(|name| format!("{sub}/{name}"))
                .collect(),
        };
        names.retain(|name| Path::new(name).extension().is_some_and(|extension| extension == "yaml"));
        names.sort();
        names
    }
}
