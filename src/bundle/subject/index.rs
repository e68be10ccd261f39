//! What `index.html` and `README.txt` show: ready values, made safe to look at. The words around them are the templates'.

use habeas_core::law::{lang::Lang, map::ground};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{
    Kind, Organisation, Package, Shown, Systems, Withheld,
    cell::{grouped, shown},
    pages::{KINDS, PICTURES, page_name},
    survey::{Seen, Survey},
    timeline::TIMELINE,
};

/// The plain summary, and the way to everything else.
#[derive(Debug, Serialize)]
pub struct Index {
    /// For the `lang` attribute.
    pub lang: &'static str,
    /// The case.
    pub reference: String,
    /// Name of the folder.
    pub name: String,
    /// Who answers.
    pub organisation: Organisation,
    /// When the data was put together.
    pub made_at: Timestamp,
    /// `2026-11-19 13:03`, in UTC.
    pub made_at_utc: String,
    /// Rows in all sections.
    pub total: Counted,
    /// Kinds that hold something.
    pub sections: Vec<Section>,
    /// Labels of the kinds that hold nothing.
    pub empty: Vec<String>,
    /// The first and the last day on which something happened.
    pub period: Option<Period>,
    /// Pictures among it.
    pub pictures: Counted,
    /// The page of pictures, if there are any.
    pub pictures_href: Option<&'static str>,
    /// The timeline, if anything names a day.
    pub timeline_href: Option<&'static str>,
    /// Pictures, recordings and documents.
    pub files: Counted,
    /// Where it was looked for.
    pub systems: Systems,
    /// Those among them that hold something.
    pub holding: Vec<String>,
    /// What is left out on purpose.
    pub withheld: Vec<Withheld>,
    /// Whom the person can complain to (Art. 15(1)(f)).
    pub authority: String,
    /// Whether every system answered and nothing is left out.
    pub complete: bool,
    /// The files of the package, where it has more than one.
    pub parts: Vec<String>,
}

/// A number, and how it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Chooses the plural.
    pub count: usize,
    /// «50 000».
    pub written: String,
}

impl Counted {
    pub(super) fn of(lang: Lang, count: usize) -> Self {
        Self { count, written: grouped(lang, count) }
    }
}

/// From when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// One kind of data.
#[derive(Debug, Serialize)]
pub struct Section {
    /// Part of its anchor.
    pub name: String,
    /// Name of its files in `data/`.
    pub slug: String,
    /// What the person calls it.
    pub label: String,
    /// How many rows.
    pub count: Counted,
    /// Art. 15(1)(a).
    pub purpose: String,
    /// Art. 15(1)(g).
    pub source: String,
    /// Art. 15(1)(c).
    pub recipients: Vec<String>,
    /// Art. 6(1).
    pub legal_basis: String,
    /// Its letter, for which there are plain words.
    pub ground: Option<char>,
    /// Art. 15(1)(d).
    pub keep_until: String,
    /// The time covered, if it has one.
    pub period: Option<Period>,
    /// Its first page.
    pub href: String,
    /// Its records, where everything fits on one page.
    pub rows: Vec<Shown>,
}

impl Index {
    /// The pages' view of a package; `parts` are its files, where there are several.
    pub(super) fn of(package: &Package, survey: &Survey, parts: Vec<String>) -> Self {
        let lang = package.language;
        let sections: Vec<Section> = package.held().zip(&survey.kinds).map(|(kind, seen)| section(lang, kind, seen, survey)).collect();
        let systems = &package.systems;
        let silent = |system: &&String| !systems.nothing.contains(system) && !systems.failed.contains(system);
        Self {
            lang: lang.code(),
            reference: package.reference.clone(),
            name: package.name(),
            organisation: package.organisation.clone(),
            made_at: package.made_at,
            made_at_utc: package.made_at.strftime("%Y-%m-%d %H:%M").to_string(),
            total: Counted::of(lang, sections.iter().map(|section| section.count.count).sum()),
            sections,
            empty: package.kinds.iter().filter(|kind| kind.count == 0).map(|kind| shown(&kind.label)).collect(),
            period: survey.period().map(|(from, to)| Period { from, to }),
            pictures: Counted::of(lang, survey.pictures()),
            pictures_href: (survey.pictures() > 0).then_some(PICTURES),
            timeline_href: (!survey.dated.is_empty()).then_some(TIMELINE),
            files: Counted::of(lang, survey.files()),
            holding: systems.asked.iter().filter(silent).cloned().collect(),
            systems: systems.clone(),
            withheld: package.withheld.clone(),
            authority: shown(&package.authority),
            complete: systems.failed.is_empty() && package.withheld.is_empty(),
            parts,
        }
    }
}

pub(super) fn section(lang: Lang, kind: &Kind, seen: &Seen, survey: &Survey) -> Section {
    Section {
        name: kind.name.clone(),
        slug: kind.slug.clone(),
        label: shown(&kind.label),
        count: Counted::of(lang, kind.count),
        purpose: shown(&kind.purpose),
        source: shown(&kind.source),
        recipients: kind.recipients.iter().map(|name| shown(name)).collect(),
        legal_basis: shown(&kind.legal_basis),
        ground: ground(&kind.legal_basis),
        keep_until: shown(&kind.keep_until),
        period: seen.period.map(|(from, to)| Period { from, to }),
        href: if survey.is_small { format!("#{}", kind.name) } else { format!("{KINDS}{}", page_name(&kind.name, 1)) },
        rows: Vec::new(),
    }
}
