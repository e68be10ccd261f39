//! Connected systems from the map, the rows of the looks at them, and who answers for them.

use std::collections::{BTreeMap, BTreeSet};

use habeas_core::law::{
    connection::http::Operation,
    drift::{Drift, Problem, Weight},
    lang::{Lang, Text},
    map::{Collection, Connection, Direction, Field, System},
    mask::{Made, Mask},
    personal::Personal,
    picture::{self, Picture},
    taxonomy,
};

use super::names;
use crate::{
    render::texts::Message,
    store::{
        Store, StoreError,
        drift::{self, Looks},
        person,
    },
    view::{
        desk::{
            eyes::{Eyes, OWNER},
            system::{Ability, Category, Difference, Hands, Health, Lead, MapPage, Mapped, MappedField, SystemPage, SystemRow, Systems},
        },
        look::Look,
    },
};

impl Systems {
    /// Every system the reader may see.
    pub async fn load(look: &Look, eyes: &Eyes) -> Result<Self, StoreError> {
        let shown: Vec<System> = look.organisation.systems().iter().filter(|system| eyes.see_system(&system.key)).cloned().collect();
        let owners = owners(look).await?;
        let mut systems = Vec::new();
        for system in &shown {
            systems.push(row(system, &drift::get(&look.store, &system.key).await?, &owners));
        }
        let draw = |lang| (lang, picture::svg(&Picture::of(&shown, None, lang), None));
        let drawn = if shown.is_empty() { BTreeMap::new() } else { Lang::ALL.map(draw).map(|(lang, svg)| (lang.code(), svg)).into() };
        Ok(Self { systems, drawn })
    }
}

impl SystemPage {
    /// One system, if the reader may see it.
    pub async fn load(look: &Look, eyes: &Eyes, key: &str) -> Result<Option<Self>, StoreError> {
        let Some(system) = look.organisation.system(key).filter(|_| eyes.see_system(key)) else { return Ok(None) };
        let looks = drift::get(&look.store, key).await?;
        let (names, drift) = (names(look).await?, &looks.drift);
        let difference = |problem: &Problem| Difference {
            seen: drift
                .seen
                .get(&problem.print)
                .map(|seen| (names.get(&seen.by).cloned().unwrap_or_else(|| seen.by.clone()), seen.at, seen.reason.clone())),
            place: look.organisation.place_of(key, &problem.collection),
            ..difference_of(problem)
        };
        let (seen, rest): (Vec<_>, Vec<_>) = drift.problems.iter().partition(|problem| drift.seen.contains_key(&problem.print));
        let (worth, open): (Vec<_>, Vec<_>) = rest.into_iter().partition(|problem| problem.weight == Weight::Worth);
        let all = |problems: Vec<&Problem>| problems.into_iter().map(difference).collect();
        let machine = |collection: &Collection| drift.can.get(&collection.name).cloned().unwrap_or_default();
        let collections =
            system.collections.iter().map(|collection| (collection.label.clone(), abilities(&[machine(collection)]))).collect();
        Ok(Some(Self {
            row: row(system, &looks, &owners(look).await?),
            reached_at: drift.reached_at,
            missed: drift
                .missed
                .as_ref()
                .map(|missed| (missed.since, Message::new(format!("missed-{}", missed.kind)), missed.words.clone())),
            asked: looks.asked_at.is_some(),
            open: all(open),
            worth: all(worth),
            seen: all(seen),
            collections: if drift.can.is_empty() { Vec::new() } else { collections },
            reason: String::new(),
        }))
    }
}

impl MapPage {
    /// The map of one system, if the reader may see it.
    pub fn load(look: &Look, eyes: &Eyes, key: &str) -> Option<Self> {
        let system = look.organisation.system(key).filter(|_| eyes.see_system(key))?;
        let collections = system.collections.iter().map(|collection| mapped(look, eyes, system, collection)).collect();
        Some(Self { key: key.to_owned(), label: system.label.clone(), collections })
    }
}

/// Systems that the reader has to look at, and how much there is in each: those answered for, and where nobody answers for one,
/// those of everybody who sees all.
pub(super) async fn notices(look: &Look, eyes: &Eyes) -> Result<Vec<(String, Text, usize)>, StoreError> {
    let owners = owners(look).await?;
    let concerned = |key: &str| eyes.answers_for(key) || (eyes.see_all() && !owners.contains_key(key));
    let mut notices = Vec::new();
    for looks in drift::all(&look.store).await? {
        let Some(system) = look.organisation.system(&looks.system).filter(|system| concerned(&system.key)) else { continue };
        let count = looks.drift.notice().count();
        if count > 0 {
            notices.push((looks.system, system.label.clone(), count));
        }
    }
    Ok(notices)
}

/// Prints of differences that somebody has left on purpose, by system.
pub async fn left_on_purpose(store: &Store) -> Result<BTreeMap<String, BTreeSet<String>>, StoreError> {
    let prints = |drift: Drift| drift.seen.into_keys().collect();
    Ok(drift::all(store).await?.into_iter().map(|looks| (looks.system, prints(looks.drift))).collect())
}

/// Names of those who answer for each system.
async fn owners(look: &Look) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let mut owners = BTreeMap::<String, Vec<String>>::new();
    for person in person::all(&look.store).await? {
        if person.disabled_at.is_none() && person.roles.iter().any(|role| role == OWNER) {
            let name = Personal::into_revealed(person.name);
            for system in person.systems {
                owners.entry(system).or_default().push(name.clone());
            }
        }
    }
    Ok(owners)
}

fn row(system: &System, looks: &Looks, owners: &BTreeMap<String, Vec<String>>) -> SystemRow {
    let drift = &looks.drift;
    let health = match (looks.looked_at, &drift.missed) {
        (_, Some(_)) => Health::Away,
        (Some(_), None) => Health::Well,
        (None, None) => Health::Unknown,
    };
    let counts = [Weight::Wrong, Weight::Loud, Weight::Worth].map(|weight| (weight, drift.count(weight)));
    let can: Vec<_> = system.collections.iter().filter_map(|collection| drift.can.get(&collection.name).cloned()).collect();
    SystemRow {
        key: system.key.clone(),
        label: system.label.clone(),
        kind: kind(&system.connection),
        health,
        looked_at: looks.looked_at,
        drift: counts.into_iter().filter(|(_, count)| *count > 0).collect(),
        owners: owners.get(&system.key).cloned().unwrap_or_default(),
        can: if can.is_empty() { Vec::new() } else { abilities(&can) },
    }
}

const fn kind(connection: &Connection) -> &'static str {
    match connection {
        Connection::Sqlite { .. } => "sqlite",
        Connection::Postgres(_) => "postgres",
        Connection::Mariadb(_) => "mariadb",
        Connection::Http(_) => "http",
        Connection::Manual(_) => "manual",
    }
}

/// Who does what, over these collections.
fn abilities(machine: &[BTreeSet<String>]) -> Vec<Ability> {
    let by = |operation: Operation| {
        let count = machine.iter().filter(|can| can.contains(operation.name())).count();
        match count {
            0 => Hands::Person,
            some if some == machine.len() => Hands::Machine,
            _ => Hands::Both,
        }
    };
    Operation::ALL.into_iter().map(|operation| Ability { operation: operation.name(), by: by(operation) }).collect()
}

fn difference_of(problem: &Problem) -> Difference {
    let by_hand = if problem.names.get("by_hand").is_some_and(|by| by == "true") { "-by-hand" } else { "" };
    let key = format!("drift-{}{by_hand}", problem.code);
    let mut what = Message::new(key.as_str()).with("collection", problem.collection.as_str());
    for (name, value) in &problem.names {
        what = what.with(name, value.as_str());
    }
    Difference { print: problem.print.clone(), what, action: Message::new(format!("{key}-do")), place: None, seen: None }
}

fn mapped(look: &Look, eyes: &Eyes, system: &System, collection: &Collection) -> Mapped {
    let recipient = |id: &String| look.organisation.recipient(id).map_or_else(|| Text::same(id), |it| it.name.clone());
    Mapped {
        name: collection.name.clone(),
        label: collection.label.clone(),
        purpose: collection.purpose.clone(),
        legal_basis: collection.legal_basis.clone(),
        source: collection.source.clone(),
        recipients: collection.recipients.iter().map(recipient).collect(),
        marks: marks([(collection.marketing, "marketing"), (collection.append_only, "append-only"), (collection.anonymise, "anonymise")]),
        fields: collection.fields.iter().map(|field| field_of(look, eyes, &format!("{}.{}", system.key, collection.name), field)).collect(),
    }
}

fn field_of(look: &Look, eyes: &Eyes, collection: &str, field: &Field) -> MappedField {
    let rules = look.organisation.rules().rules.iter().filter(|rule| rule.speaks_for(collection, &field.name));
    let lead = |reference: &habeas_core::law::map::Reference| Lead {
        way: match reference.direction {
            Direction::From => "from",
            Direction::To => "to",
            Direction::Both => "both",
        },
        open: eyes.see_system(&reference.system),
        system: reference.system.clone(),
        collection: reference.collection.clone(),
        field: reference.field.clone(),
    };
    MappedField {
        name: field.name.clone(),
        label: field.label.clone(),
        categories: field.categories.iter().map(|key| category(key)).collect(),
        class: field.class(),
        identity: field.identity.clone(),
        marks: marks([
            (field.primary_key, "key"),
            (field.technical, "technical"),
            (field.read_only, "read-only"),
            (field.third_person, "third-person"),
        ]),
        mask: field.mask.as_ref().map(mask),
        rules: rules.map(|rule| rule.id.clone()).collect(),
        references: field.references.iter().map(lead).collect(),
    }
}

fn category(key: &str) -> Category {
    let label = taxonomy::nearest(key).filter(|_| !taxonomy::is_technical(key)).map(|known| known.label.clone());
    Category { key: key.to_owned(), label }
}

fn marks<const N: usize>(marks: [(bool, &'static str); N]) -> Vec<&'static str> {
    marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark).collect()
}

const fn mask(mask: &Mask) -> &'static str {
    match mask {
        Mask::Blank => "blank",
        Mask::Fixed(_) => "fixed",
        Mask::Made(Made::Hash, _) => "hash",
        Mask::Made(Made::Hmac, _) => "hmac",
        Mask::Made(Made::Random, _) => "random",
        Mask::Keep => "keep",
    }
}
