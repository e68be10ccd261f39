//! Plans over a map that masks: what the approver signs is what is written, later too.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Act, Asked, Clearance, Found, Frozen, Plan, Says, clear_deferred, make};
use crate::law::{
    decide::{Reason, Verdict},
    fixture::{SECRETS, TODAY, WHOSE, folder, kari, record},
    floor::Floors,
    folder::Folder,
    mask::{Made, Mask, Shape, Strategy},
    record::{Record, Value},
    tier::Tier,
};

fn hex(made: Made) -> Mask {
    Mask::Made(made, Shape::Letters { count: 16, suffix: String::new() })
}

/// The shop masks what it erases of customers and orders; its orders are never deleted.
fn masking() -> Folder {
    let mut folder = folder();
    let shop = &mut folder.systems[2].collections;
    for (collection, field, mask) in [
        (0, "email", hex(Made::Hmac)),
        (0, "number", hex(Made::Random)),
        (1, "status", Mask::Fixed(Value::Text("closed".to_owned()))),
        (1, "log", hex(Made::Hash)),
    ] {
        let fields = &mut shop[collection].fields;
        fields.iter_mut().find(|it| it.name == field).unwrap().mask = Some(mask);
    }
    shop[1].anonymise = true;
    folder
}

fn plan_of(folder: &Folder, records: &[Record], today: Date) -> Plan {
    make(&folder.systems, Asked { records, kinds: None, secrets: &SECRETS, floors: &Floors::default() }, &folder.rules, &[], WHOSE, today)
}

fn act<'p>(plan: &'p Plan, collection: &str) -> &'p Act {
    &plan.system("shop").unwrap().steps.iter().find(|step| step.collection == collection).unwrap().act
}

fn says<'p>(plan: &'p Plan, collection: &str, field: &str) -> &'p Says {
    let Act::Clear { fields } = act(plan, collection) else { panic!("cleared") };
    fields.get(field).unwrap()
}

fn strategies(plan: &Plan, collection: &str) -> Vec<(String, Option<Strategy>)> {
    let Act::Clear { fields } = act(plan, collection) else { panic!("cleared") };
    fields.iter().map(|(field, says)| (field.to_owned(), says.strategy())).collect()
}

fn named(fields: &[(&str, Option<Strategy>)]) -> Vec<(String, Option<Strategy>)> {
    fields.iter().map(|(field, by)| ((*field).to_owned(), *by)).collect()
}

#[test]
fn the_plan_says_what_each_field_will_say() {
    let plan = plan_of(&masking(), &kari(), TODAY);
    let expected = [("email", Some(Strategy::Hmac)), ("ended_on", None), ("number", Some(Strategy::RandomStringRewrite))];
    assert_eq!(strategies(&plan, "customers"), named(&expected));
    let other = plan_of(&masking(), &[record("shop.customers", &[("id", "8"), ("email", "kari@example.no")]), kari()[1].clone()], TODAY);
    assert!(matches!(act(&other, "customers"), Act::Delete), "nothing keeps her");
    let Says::Masked { value: Value::Text(pseudonym), .. } = says(&plan, "customers", "email") else { panic!("masked") };
    assert_eq!(pseudonym.len(), 16);
    assert_eq!(Frozen::new(plan_of(&masking(), &kari(), TODAY)).unwrap().hash(), Frozen::new(plan).unwrap().hash(), "again is the same");
}

#[test]
fn an_anonymised_record_stays_without_its_person_and_counts_as_no_conflict() {
    let plan = plan_of(&masking(), &kari(), date(2029, 3, 15));
    let expected = [("cancelled_on", None), ("log", Some(Strategy::Hash)), ("status", Some(Strategy::StringRewrite))];
    assert_eq!(strategies(&plan, "orders"), named(&expected), "no rule keeps it any more, and it is not deleted");
    let step = plan.system("shop").unwrap().steps.iter().find(|step| step.collection == "orders").unwrap();
    let id = &step.decisions[0];
    assert_eq!((&id.verdict, id.because.last().unwrap().id.as_str()), (&Verdict::Keep { until: None }, Reason::ANONYMISED));
    assert!(!step.decisions.iter().any(crate::law::decide::FieldDecision::is_conflict), "masked in time is deleted in time");
    assert!(plan.deferred().all(|item| item.system != "shop"), "and nothing is left for later");
}

#[test]
fn a_link_that_the_map_masks_lets_the_other_record_go() {
    let mut folder = masking();
    assert!(matches!(act(&plan_of(&folder, &kari(), date(2029, 3, 15)), "customers"), Act::Clear { .. }), "the order points at her");
    folder.systems[2].collections[1].fields[1].mask = Some(Mask::Blank);
    let plan = plan_of(&folder, &kari(), date(2029, 3, 15));
    assert_eq!(act(&plan, "customers"), &Act::Delete);
    assert_eq!(says(&plan, "orders", "customer_id"), &Says::Blank);
}

#[test]
fn a_wish_to_keep_holds_for_what_tells_of_nobody_only() {
    let mut folder = masking();
    folder.systems[2].collections[1].fields[4].mask = Some(Mask::Keep);
    let kept = plan_of(&folder, &kari(), date(2029, 3, 15));
    assert_eq!(strategies(&kept, "orders"), named(&[("cancelled_on", None), ("status", Some(Strategy::StringRewrite))]));
    folder.systems[2].collections[1].fields[4].categories = vec!["user.content".to_owned()];
    let erased = plan_of(&folder, &kari(), date(2029, 3, 15));
    assert_eq!(says(&erased, "orders", "log"), &Says::Blank);
    folder.systems[2].collections[1].anonymise = false;
    assert_eq!(act(&plan_of(&folder, &kari(), date(2029, 3, 15)), "orders"), &Act::Delete, "it keeps no row alive");
}

/// What the plan leaves.
fn after(plan: &Plan, mut records: Vec<Record>) -> Vec<Record> {
    for (part, step) in plan.systems.iter().flat_map(|part| part.steps.iter().map(move |step| (part, step))) {
        let is_it = |record: &Record| (&record.system, &record.collection, &record.key) == (&part.system, &step.collection, &step.key);
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

fn later(folder: &Folder, frozen: &Frozen, records: &[Record], today: Date) -> Plan {
    let with =
        Clearance { tier: Some(Tier::High), approved: Some(frozen.hash()), holds: &[], whose: WHOSE, today, systems: &[], records: &[] };
    let found = Found { systems: &folder.systems, records, rules: &folder.rules, secrets: &SECRETS, floors: &Floors::default() };
    let cleared = clear_deferred(frozen, "shop", with, found).unwrap();
    Plan { systems: vec![cleared.get().clone()], ..frozen.plan().clone() }
}

#[test]
fn what_was_masked_is_not_masked_again_and_is_no_return() {
    let folder = masking();
    let frozen = Frozen::new(plan_of(&folder, &kari(), TODAY)).unwrap();
    let mut records = after(frozen.plan(), kari());
    let fresh = later(&folder, &frozen, &records, date(2029, 3, 15));
    assert_eq!(
        strategies(&fresh, "orders"),
        named(&[("cancelled_on", None), ("log", Some(Strategy::Hash)), ("status", Some(Strategy::StringRewrite))])
    );
    assert_eq!(says(&fresh, "orders", "status"), says(frozen.plan(), "orders", "status"));
    records[0].values.insert("email".to_owned(), Value::Text("kari@new.example".to_owned()));
    records[1].values.insert("status".to_owned(), Value::Text("open".to_owned()));
    let fresh = later(&folder, &frozen, &records, date(2029, 3, 15));
    assert_eq!(act(&fresh, "orders"), &Act::Keep, "somebody uses it again");
}

#[test]
fn a_pseudonym_stays_what_it_is_when_the_rest_goes() {
    let mut folder = masking();
    // The customer's address is erased now, and her number only when the rule ends.
    let mut rule = folder.rules.rules[1].clone();
    (rule.id, rule.covers) = ("NUMBER".to_owned(), vec!["shop.customers.number".to_owned()]);
    folder.rules.rules.push(rule);
    let frozen = Frozen::new(plan_of(&folder, &kari(), TODAY)).unwrap();
    assert_eq!(strategies(frozen.plan(), "customers"), named(&[("email", Some(Strategy::Hmac)), ("ended_on", None)]));
    let records = after(frozen.plan(), kari());
    let fresh = later(&folder, &frozen, &records, date(2029, 3, 15));
    assert_eq!(says(&fresh, "customers", "email"), says(frozen.plan(), "customers", "email"), "not a pseudonym of the pseudonym");
    assert_eq!(says(&fresh, "customers", "number").strategy(), Some(Strategy::RandomStringRewrite));
}

proptest! {
    #[test]
    fn no_field_says_afterwards_what_it_said_before(values in prop::collection::vec("[a-z0-9@.]{1,30}", 4), year in 2026i16..2034, anonymise: bool) {
        let mut folder = masking();
        folder.systems[2].collections[0].anonymise = anonymise;
        let mut records = kari();
        for (field, value) in ["number", "email"].into_iter().zip(&values) {
            records[0].values.insert(field.to_owned(), Value::Text(value.clone()));
        }
        records[1].values.insert("log".to_owned(), Value::Text(values[2].clone()));
        let plan = plan_of(&folder, &records, date(year, 6, 1));
        for step in &plan.system("shop").unwrap().steps {
            prop_assert!(!(anonymise && step.collection == "customers" && step.act == Act::Delete));
            let Act::Clear { fields } = &step.act else { continue };
            let record = records.iter().find(|record| record.collection == step.collection && record.system == "shop").unwrap();
            for (field, says) in fields.iter() {
                prop_assert!(!says.is_said_by(record.value(field)) || record.value(field).is_blank(), "{field}");
                let Says::Masked { value, .. } = says else { continue };
                // Never part of it either.
                prop_assert!(!value.to_text().contains(&record.value(field).to_text()) || record.value(field).to_text().len() < 12);
            }
        }
        let stored: Plan = serde_json::from_str(&serde_json::to_string(&plan).unwrap()).unwrap();
        prop_assert_eq!(&stored, &plan);
    }
}
