//! What the linter says of a definition, for the desk and the command line, and what it must know of the house to say it.

use std::collections::{BTreeMap, BTreeSet};

use habeas_core::{
    law::lang::Lang,
    workflow::{self, Catalogue, Diagnostic, Surroundings, lint::Wording},
};
use rust_embed::RustEmbed;
use serde::Serialize;

use super::look::Look;
use crate::store::{Store, StoreError, person};

/// The page of each code, as `docs/lint/` has it.
#[derive(RustEmbed)]
#[folder = "docs/lint/"]
#[include = "*-*.md"]
struct Pages;

/// Codes that say something about the people of a house, and the one about its words.
const OF_PEOPLE: [&str; 2] = ["H030-role-empty", "H031-four-eyes-unstaffed"];
const OF_WORDS: &str = "H050-words-missing";

/// The codes that have a page, in order.
pub fn codes() -> Vec<String> {
    let mut codes: Vec<String> = Pages::iter().filter_map(|file| Some(file.strip_suffix(".md")?.to_owned())).collect();
    codes.sort();
    codes
}

/// The page of a code.
pub fn page(code: &str) -> Option<String> {
    String::from_utf8(Pages::get(&format!("{code}.md"))?.data.into_owned()).ok()
}

/// What a page says first: one sentence.
pub fn title(page: &str) -> &str {
    let first = page.lines().next().unwrap_or_default();
    first.split_once(": ").map_or(first, |(_, title)| title)
}

/// Who holds each role.
pub type Members = BTreeMap<String, BTreeSet<String>>;

/// Who holds each role and is not disabled.
pub async fn members(store: &Store) -> Result<Members, StoreError> {
    let mut members = Members::new();
    for person in person::all(store).await?.into_iter().filter(|person| person.disabled_at.is_none()) {
        for role in person.roles {
            members.entry(role).or_default().insert(person.id.clone());
        }
    }
    Ok(members)
}

/// What is written. A text that exists in one language exists in all: texts would not have loaded otherwise.
pub fn wording(languages: &[Lang], catalogue: &Catalogue, has: impl Fn(&str) -> bool) -> Wording {
    let languages: Vec<String> = languages.iter().map(|lang| lang.code().to_owned()).collect();
    let written = |what: &str, names: Vec<&String>| {
        let there = names.into_iter().filter(|name| has(&format!("{what}-{name}")));
        there.flat_map(|name| languages.iter().map(move |lang| (name.clone(), lang.clone())).collect::<Vec<_>>()).collect()
    };
    let letters = written("letter", catalogue.letters.keys().collect());
    let forms = written("form", catalogue.forms.keys().collect());
    Wording { languages, letters, forms }
}

impl Look {
    /// What workflows meet in this house.
    pub async fn surroundings(&self, catalogue: &Catalogue, has: impl Fn(&str) -> bool) -> Result<Surroundings, StoreError> {
        let members = members(&self.store).await?;
        Ok(Surroundings { members: Some(members), wording: Some(wording(&self.organisation.about().languages, catalogue, has)) })
    }
}

/// The linter's report on one definition.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// What is proven, by code.
    pub proven: Vec<Proven>,
    /// What is not, in reading order.
    pub findings: Vec<Found>,
}

/// An obligation that holds on every way through the definition.
#[derive(Debug, Clone, Serialize)]
pub struct Proven {
    /// Such as `G001-unanswered`.
    pub code: String,
    /// In a sentence (English).
    pub title: String,
    /// Where it stands in the law, if it does.
    pub law: Option<&'static str>,
}

/// One finding.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// Its code.
    pub code: &'static str,
    /// Place, code and what is wrong, as the terminal shows them (English).
    pub head: String,
    /// The line and its caret; empty where there is none.
    pub snippet: String,
    /// The way, the law and what to do, a line each.
    pub more: String,
}

impl Report {
    /// Reads, compiles and proves a text, and keeps nothing of it. What could not be read or compiled proves nothing further.
    pub fn of(file: &str, text: &str, catalogue: &Catalogue, around: &Surroundings) -> Self {
        let (asked, found) = match workflow::parse(file, text) {
            Err(found) => ("", found),
            Ok(definition) => match workflow::compile(&definition, catalogue) {
                Err(found) => ("Y", found),
                Ok(compiled) => ("GHY", workflow::lint::lint(&definition, &compiled, catalogue, around)),
            },
        };
        let unknown = |code: &str| {
            let people = around.members.is_none() && OF_PEOPLE.contains(&code);
            people || (around.wording.is_none() && code == OF_WORDS)
        };
        let holds = |code: &String| code.starts_with(|first| asked.contains(first)) && !unknown(code) && !broken(&found, code);
        let proven = codes().into_iter().filter(holds).map(|code| Proven::of(code, catalogue)).collect();
        let findings = found.iter().map(Found::of).collect();
        Self { proven, findings }
    }
}

fn broken(found: &[Diagnostic], code: &str) -> bool {
    found.iter().any(|it| it.code == code)
}

impl Found {
    /// As the terminal shows it, in parts: the caret must stand under its word however narrow the page is.
    fn of(it: &Diagnostic) -> Self {
        let shown = it.to_string();
        let mut lines = shown.lines();
        let head = lines.next().unwrap_or_default().to_owned();
        let mut part = |count: usize| lines.by_ref().take(count).collect::<Vec<_>>().join("\n");
        let snippet = part(if it.snippet.is_empty() { 0 } else { 2 });
        Self { code: it.code, head, snippet, more: part(usize::MAX) }
    }
}

impl Proven {
    fn of(code: String, catalogue: &Catalogue) -> Self {
        let law = catalogue.obligations.iter().find(|owed| owed.code.get(..4) == code.get(..4)).map(|owed| owed.law);
        Self { title: page(&code).map_or_else(String::new, |page| title(&page).to_owned()), law, code }
    }
}
