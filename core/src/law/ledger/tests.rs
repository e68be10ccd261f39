//! What comes back goes again; what only stands in its place does not.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Blind, Counts, Entry, Found, Knows, Left, Replay, Why, entries, identifier};
use crate::law::{
    fixture::{CASE, SECRETS, TODAY, WHOSE, folder, hold, kari, record},
    floor::Floors,
    folder::Folder,
    hold::{Hold, Scope},
    identifier::Identifier,
    mask::{Made, Mask, Secrets, Shape},
    plan::{Act, Asked, Plan, Says, make},
    record::{Record, Value},
};

fn blind(kind: &str, value: &str) -> String {
    format!("{kind}/{}", value.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())))
}

const BLIND: Blind<'static> = &blind;

/// The shop, whose customers are masked where they stay.
fn masking() -> Folder {
    let mut folder = folder();
    folder.systems[2].collections[0].fields[2].mask = Some(Mask::Made(Made::Random, Shape::Letters { count: 12, suffix: String::new() }));
    folder
}

fn plan(folder: &Folder) -> Plan {
    make(
        &folder.systems,
        Asked { records: &kari(), kinds: None, secrets: &SECRETS, floors: &Floors::default() },
        &folder.rules,
        &[],
        WHOSE,
        TODAY,
    )
}

fn ledger(folder: &Folder) -> Vec<Entry> {
    plan(folder).systems.iter().flat_map(|part| entries(CASE, "plan-1", part, BLIND)).collect()
}

struct World {
    folder: Folder,
    entries: Vec<Entry>,
    holds: Vec<Hold>,
    subjects: BTreeMap<String, String>,
    identifiers: Vec<(String, String)>,
}

impl World {
    fn new() -> Self {
        let folder = masking();
        let email = Identifier::parse("email", "kari@example.no").unwrap();
        Self {
            entries: ledger(&folder),
            holds: Vec::new(),
            subjects: BTreeMap::from([(CASE.to_owned(), "kari".to_owned())]),
            identifiers: vec![(identifier(&email, BLIND), CASE.to_owned())],
            folder,
        }
    }

    fn sees(&self, system: &str, records: &[Record]) -> Found {
        let secrets = Secrets::new([1; 32], [8; 32], [9; 32]);
        let knows = Knows {
            blind: BLIND,
            secrets: &secrets,
            holds: &self.holds,
            subjects: &self.subjects,
            identifiers: &self.identifiers,
            today: TODAY,
        };
        let system = self.folder.systems.iter().find(|it| it.key == system).unwrap();
        let mut replay = Replay::new(system, &self.entries, knows);
        for record in records.iter().filter(|record| record.system == system.key) {
            replay.see(record);
        }
        replay.finish()
    }
}

fn all(found: &Found) -> Counts {
    found.counts.values().fold(Counts::default(), |sum, it| Counts {
        again: sum.again + it.again,
        already: sum.already + it.already,
        held: sum.held + it.held,
        look: sum.look + it.look,
    })
}

fn done(found: &Found, mut records: Vec<Record>) -> Vec<Record> {
    for (_, _, step) in &found.steps {
        let is_it = |record: &Record| (&record.collection, &record.key) == (&step.collection, &step.key);
        match &step.act {
            Act::Delete => records.retain(|record| !is_it(record)),
            Act::Clear { fields } => {
                let record = records.iter_mut().find(|record| is_it(record)).unwrap();
                for (field, says) in fields.iter() {
                    let value = if let Says::Masked { value, .. } = says { value.clone() } else { Value::Null };
                    record.values.insert(field.to_owned(), value);
                }
            }
            Act::Keep => {}
        }
    }
    records
}

#[test]
fn what_a_restored_system_brings_back_goes_again_and_then_is_as_it_should_be() {
    let mut world = World::new();
    let found = world.sees("accounting", &kari());
    let acts: Vec<_> =
        found.steps.iter().map(|(case, plan, step)| (case.as_str(), plan.as_str(), step.collection.as_str(), &step.act)).collect();
    let original = plan(&world.folder);
    let steps = original.system("accounting").unwrap().steps.iter().filter(|step| step.act != Act::Keep);
    let expected: Vec<_> = steps.map(|step| (CASE, "plan-1", step.collection.as_str(), &step.act)).collect();
    let sorted = |mut it: Vec<(&str, &str, &str, &Act)>| {
        it.sort_by_key(|it| format!("{it:?}"));
        format!("{it:?}")
    };
    assert_eq!(sorted(acts), sorted(expected));
    assert_eq!(found.cleared("accounting").get().steps.len(), found.steps.len());

    let found = world.sees("shop", &kari());
    assert_eq!(all(&found), Counts { again: 2, ..Counts::default() });
    world.entries.extend(found.entries("shop", BLIND));
    let shop = done(&found, kari());
    assert_ne!(shop[0].value("email"), kari()[0].value("email"));
    assert_eq!(all(&world.sees("shop", &shop)), Counts { already: 2, ..Counts::default() }, "a second time nothing is left to do");
    let found = world.sees("shop", &kari());
    assert_eq!(all(&found), Counts { again: 2, ..Counts::default() }, "and after another restore it goes again");
}

#[test]
fn what_the_first_erasure_left_is_known_though_it_was_masked_otherwise() {
    let mut world = World::new();
    let first = world.sees("shop", &kari());
    world.entries.extend(first.entries("shop", BLIND));
    let original = plan(&world.folder);
    let Act::Clear { fields } = &original.system("shop").unwrap().steps[0].act else { panic!("cleared") };
    let Says::Masked { value, .. } = fields.get("email").unwrap() else { panic!("masked") };
    let mut left = done(&first, kari());
    left[0].values.insert("email".to_owned(), value.clone());
    assert_eq!(all(&world.sees("shop", &left)).already, 2, "a backup that is younger than the erasure");
}

#[test]
fn a_key_that_somebody_else_has_now_is_left_alone() {
    let world = World::new();
    let other = record("dossiers.passports", &[("id", "1"), ("order_id", "70"), ("number", "N124")]);
    let found = world.sees("dossiers", &[other]);
    assert_eq!((found.steps.len(), found.look.len(), found.look[0].why), (0, 1, Why::OtherRecord));
    assert_eq!(all(&found), Counts { look: 1, ..Counts::default() });
    let unknown = record("dossiers.passports", &[("id", "2"), ("order_id", "70"), ("number", "N123")]);
    assert_eq!(all(&world.sees("dossiers", &[unknown])), Counts::default(), "of another key the ledger knows nothing");
}

#[test]
fn an_erased_person_under_a_new_key_is_for_a_person_to_look_at() {
    let world = World::new();
    let back = record("shop.customers", &[("id", "99"), ("number", "K99"), ("email", " Kari@Example.no"), ("ended_on", "")]);
    let found = world.sees("shop", &[back]);
    assert_eq!((found.steps.len(), found.look.len(), found.look[0].why), (0, 1, Why::KnownIdentifier));
    let other = record("shop.customers", &[("id", "99"), ("number", "K99"), ("email", "ola@example.no"), ("ended_on", "")]);
    assert_eq!(all(&world.sees("shop", &[other])), Counts::default());
}

#[test]
fn a_hold_placed_since_keeps_what_came_back_and_is_said() {
    let mut world = World::new();
    world.holds = vec![hold("H-1", &["accounting.invoices"])];
    let found = world.sees("accounting", &kari());
    assert_eq!((found.counts["invoices"].held, found.counts["invoices"].again), (2, 0));
    assert_eq!(found.holds.iter().collect::<Vec<_>>(), ["H-1"]);
    assert!(found.steps.iter().all(|(_, _, step)| step.collection != "invoices") && !found.steps.is_empty());
    let of = |subject: &str| vec![Hold { scope: Scope { subject: Some(subject.to_owned()), ..Scope::default() }, ..hold("H-2", &[]) }];
    world.holds = of("ola");
    assert_eq!(all(&world.sees("shop", &kari())).held, 0, "somebody else's");
    world.holds = of("kari");
    assert_eq!(all(&world.sees("shop", &kari())).held, 2);
    world.holds = of("ola");
    world.subjects.clear();
    assert_eq!(all(&world.sees("shop", &kari())).held, 2, "nobody knows any more whose it was");
}

#[test]
fn a_backup_of_before_both_erasures_goes_all_the_way() {
    let mut world = World::new();
    let of_order = |entry: &&Entry| entry.collection == "orders";
    let first = world.entries.iter().find(of_order).unwrap().clone();
    world.entries.push(Entry { print: Some(blind("print", "later")), act: super::Erased::Delete, ..first.clone() });
    let found = world.sees("shop", &kari());
    let order = found.steps.iter().find(|(_, _, step)| step.collection == "orders").unwrap();
    assert_eq!(order.2.act, Act::Delete);
    let cleared = done(&World::new().sees("shop", &kari()), kari());
    let found = world.sees("shop", &cleared[1..2]);
    assert_eq!(all(&found).look, 1, "emptied, but it should be gone, and nobody knows it by its print");
}

#[test]
fn nothing_in_the_ledger_is_readable() {
    let text = serde_json::to_string(&ledger(&masking())).unwrap();
    for hers in ["kari", "Kari", "K7", "N123", "1234", "\"70\"", "\"700\""] {
        assert!(!text.contains(hers), "{hers} in {text}");
    }
    assert!(ledger(&masking()).iter().any(
        |entry| matches!(&entry.act, super::Erased::Clear { fields } if fields.values().any(|left| matches!(left, Left::Masked { .. })))
    ));
}

proptest! {
    #[test]
    fn only_what_was_erased_and_is_unchanged_goes_again(at in 0_usize..8, field in any::<prop::sample::Index>(), value in "[a-z]{1,8}") {
        let world = World::new();
        let mut records = kari();
        let names: Vec<String> = records[at].values.keys().filter(|name| !records[at].key.contains_key(*name)).cloned().collect();
        let name = field.get(&names).clone();
        let changed = records[at].value(&name) != &Value::Text(value.clone());
        records[at].values.insert(name, Value::Text(value));
        let system = records[at].system.clone();
        let found = world.sees(&system, &records[at..=at]);
                prop_assert!(!changed || found.steps.is_empty());
        prop_assert!(found.steps.len() <= 1);
        prop_assert!(world.sees("shop", &[]).steps.is_empty());
    }
}
