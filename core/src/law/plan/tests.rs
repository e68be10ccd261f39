//! Plans: what goes, what stays, and that nothing passes the last guard that should not.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Act, Asked, Blocked, Clearance, Found, Frozen, Plan, Says, clear, clear_deferred, make};
use crate::law::{
    decide::{Reason, Verdict},
    fixture::{CASE, SECRETS, TODAY, WHOSE, folder, hold, kari, record},
    floor::Floors,
    folder::Folder,
    hold::{Hold, Whose},
    record::{Record, Value},
    tier::Tier,
};

pub(super) fn plan_of(folder: &Folder, records: &[Record], holds: &[Hold], today: Date) -> Plan {
    make(&folder.systems, Asked { records, kinds: None, secrets: &SECRETS, floors: &Floors::default() }, &folder.rules, holds, WHOSE, today)
}

fn plan() -> Plan {
    plan_of(&folder(), &kari(), &[], TODAY)
}

fn acts(plan: &Plan) -> Vec<(String, Act)> {
    let steps = plan.systems.iter().flat_map(|part| part.steps.iter().map(move |step| (part, step)));
    steps
        .map(|(part, step)| {
            (format!("{}.{} {}", part.system, step.collection, step.key.values().next().unwrap().to_text()), step.act.clone())
        })
        .collect()
}

fn fields(names: &[&str]) -> Act {
    Act::Clear { fields: names.iter().map(|name| ((*name).to_owned(), Says::Blank)).collect() }
}

#[test]
fn the_flagship_case_leaves_exactly_the_kernel_and_the_log() {
    let expected = [
        ("accounting.customers K7", fields(&["account"])),
        ("accounting.invoices 600", Act::Delete),
        ("accounting.invoices 700", fields(&["note"])),
        ("accounting.lines 1", Act::Keep),
        ("accounting.lines 2", Act::Delete),
        ("dossiers.passports 1", Act::Delete),
        ("shop.customers 7", fields(&["email", "ended_on", "number"])),
        ("shop.orders 70", fields(&["status"])),
    ];
    assert_eq!(acts(&plan()), expected.map(|(record, act)| (record.to_owned(), act)));
}

#[test]
fn a_row_that_a_kept_row_points_at_is_cleared_and_waits_for_it() {
    let plan = plan();
    let customer = &plan.system("shop").unwrap().steps[0];
    let id = &customer.decisions[0];
    assert_eq!((&id.verdict, id.because[0].id.as_str()), (&Verdict::Keep { until: Some(date(2029, 3, 14)) }, Reason::REFERENCED));
    let mut folder = folder();
    folder.rules.rules.retain(|rule| rule.id != "NO-FOR-3");
    let plan = plan_of(&folder, &kari(), &[], TODAY);
    assert!(plan.system("shop").unwrap().steps.iter().all(|step| step.act == Act::Delete), "invoices in another system bind nobody");
}

#[test]
fn only_what_was_asked_about_is_planned_with_dates_and_ties_from_the_rest() {
    let (folder, records) = (folder(), kari());
    let of = |kind: &str| {
        let kinds = [kind.to_owned()];
        make(
            &folder.systems,
            Asked { records: &records, kinds: Some(&kinds), secrets: &SECRETS, floors: &Floors::default() },
            &folder.rules,
            &[],
            WHOSE,
            TODAY,
        )
    };
    let lines = of("accounting.lines");
    assert_eq!(acts(&lines), [("accounting.lines 1".to_owned(), Act::Keep), ("accounting.lines 2".to_owned(), Act::Delete)]);
    let whole = plan();
    let in_whole: Vec<_> = whole.system("accounting").unwrap().steps.iter().filter(|step| step.collection == "lines").collect();
    assert_eq!(lines.system("accounting").unwrap().steps.iter().collect::<Vec<_>>(), in_whole, "its date hangs on the invoice");
    let customer = of("shop.customers");
    assert_eq!(
        acts(&customer),
        [("shop.customers 7".to_owned(), fields(&["email", "ended_on", "number"]))],
        "her orders still point at it"
    );
}

#[test]
fn a_chain_of_rows_stays_as_long_as_its_last() {
    let mut folder = folder();
    folder.rules.rules[0].covers = vec!["accounting.lines".into()];
    let plan = plan_of(&folder, &kari(), &[], TODAY);
    let steps = &plan.system("accounting").unwrap().steps;
    let until = |step: usize| &steps[step].decisions[0].verdict;
    assert_eq!(steps[2].act, fields(&["amount", "issued_on", "note"]), "the invoice of the kept line");
    assert_eq!(until(2), &Verdict::Keep { until: Some(date(2031, 12, 31)) });
    assert_eq!(until(0), until(2), "and the customer of that invoice");
}

#[test]
fn a_system_without_findings_is_listed_with_no_steps() {
    let plan = plan_of(&folder(), &kari()[..1], &[], TODAY);
    let steps: Vec<_> = plan.systems.iter().map(|part| (part.system.as_str(), part.steps.len())).collect();
    assert_eq!(steps, [("accounting", 0), ("dossiers", 0), ("shop", 1)]);
}

#[test]
fn a_record_outside_the_map_is_never_touched() {
    let mut records = kari();
    records.push(record("shop.notes", &[("id", "1"), ("text", "hello")]));
    let plan = plan_of(&folder(), &records, &[], TODAY);
    assert_eq!(acts(&plan).pop().unwrap(), ("shop.notes 1".to_owned(), Act::Keep));
}

#[test]
fn an_empty_field_is_not_said_to_be_erased() {
    let mut records = kari();
    records[4].values.insert("note".into(), Value::Null);
    assert!(acts(&plan_of(&folder(), &records, &[], TODAY)).contains(&("accounting.invoices 700".to_owned(), Act::Keep)));
}

#[test]
fn the_floor_follows_the_most_harmful_data_that_is_erased() {
    let floor = |records: &[Record]| plan_of(&folder(), records, &[], TODAY).floor;
    assert_eq!(floor(&kari()), Tier::Substantial);
    assert_eq!(floor(&kari()[..2]), Tier::SecondItem);
    assert_eq!(floor(&[]), Tier::SecondItem);
    let held = plan_of(&folder(), &kari(), &[hold("H-1", &[])], TODAY);
    assert_eq!(held.floor, Tier::SecondItem, "nothing is erased");
}

#[test]
fn the_letter_has_one_line_a_kind_date_and_reason() {
    let mut records = kari();
    records.push(record("accounting.lines", &[("id", "3"), ("invoice_id", "700"), ("amount", "1")]));
    let plan = plan_of(&folder(), &records, &[hold("H-1", &["dossiers.passports"])], TODAY);
    let lines: Vec<_> = plan
        .kept()
        .map(|kept| {
            let ids = kept.reasons.iter().map(|reason| reason.id.as_str()).collect::<Vec<_>>().join(" ");
            (kept.collection, kept.until.or(kept.review_on).unwrap().to_string(), ids, kept.fields.join(" "), kept.count)
        })
        .collect();
    let line = |a: &str, b: &str, c: &str, d: &str, count| (a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned(), count);
    assert_eq!(
        lines,
        [
            line("customers", "2031-12-31", "NO-BOK-5", "name", 1),
            line("invoices", "2031-12-31", "NO-BOK-5", "issued_on amount", 1),
            line("lines", "2031-12-31", "NO-BOK-5", "amount", 2),
            line("passports", "2026-08-01", "H-1 POL-60D", "id order_id number", 1),
            line("customers", "2029-03-14", Reason::REFERENCED, "id", 1),
            line("orders", "2029-03-14", "NO-FOR-3 POL-60D", "cancelled_on log", 1),
        ]
    );
}

#[test]
fn what_is_erased_later_is_known_with_its_first_day() {
    let plan = plan();
    let days: Vec<_> = plan.deferred().map(|it| (it.on.to_string(), it.system, it.collection, it.fields.join(" "))).collect();
    let day = |on: &str, system, collection, fields: &str| (on.to_owned(), system, collection, fields.to_owned());
    assert_eq!(
        days,
        [
            day("2029-03-15", "shop", "customers", "id"),
            day("2029-03-15", "shop", "orders", "id customer_id cancelled_on log"),
            day("2032-01-01", "accounting", "customers", "number name"),
            day("2032-01-01", "accounting", "invoices", "id customer order_id issued_on amount"),
            day("2032-01-01", "accounting", "lines", "id invoice_id amount"),
        ]
    );
}

fn approved(frozen: &Frozen) -> Clearance<'_> {
    Clearance {
        tier: Some(Tier::Substantial),
        approved: Some(frozen.hash()),
        holds: &[],
        whose: WHOSE,
        today: TODAY,
        systems: &[],
        records: &[],
    }
}

#[test]
fn an_approved_plan_is_cleared_as_it_was_frozen() {
    let frozen = Frozen::new(plan()).unwrap();
    let cleared = clear(&frozen, "shop", approved(&frozen)).unwrap();
    assert_eq!(cleared.get(), frozen.plan().system("shop").unwrap());
}

#[test]
fn each_guard_blocks() {
    let frozen = Frozen::new(plan()).unwrap();
    let ok = approved(&frozen);
    let blocked = |system, with| clear(&frozen, system, with).unwrap_err();
    assert_eq!(blocked("shop", Clearance { tier: None, ..ok }), Blocked::Identity(Tier::Substantial));
    assert_eq!(blocked("shop", Clearance { tier: Some(Tier::TwoChannels), ..ok }), Blocked::Identity(Tier::Substantial));
    assert_eq!(blocked("shop", Clearance { approved: None, ..ok }), Blocked::Approval);
    assert_eq!(blocked("crm", ok), Blocked::System("crm".into()));
    assert_eq!(blocked("shop", Clearance { whose: Whose { subjects: &[], case: "HB-2" }, ..ok }), Blocked::Case);
    let holds = [hold("H-1", &["shop.orders"])];
    assert_eq!(blocked("shop", Clearance { holds: &holds, ..ok }), Blocked::Hold("H-1".into()));
    assert!(clear(&frozen, "accounting", Clearance { holds: &holds, ..ok }).is_ok(), "a hold elsewhere");
    let released = [Hold { released_on: Some(date(2026, 3, 31)), ..hold("H-1", &["shop.orders"]) }];
    assert!(clear(&frozen, "shop", Clearance { holds: &released, ..ok }).is_ok());
}

#[test]
fn a_hold_that_the_plan_knew_blocks_nothing_and_a_later_one_does() {
    let mut holds = vec![hold("H-1", &["shop.orders"])];
    let frozen = Frozen::new(plan_of(&folder(), &kari(), &holds, TODAY)).unwrap();
    assert!(clear(&frozen, "shop", Clearance { holds: &holds, ..approved(&frozen) }).is_ok());
    holds.push(hold("H-2", &["shop.customers"]));
    assert_eq!(clear(&frozen, "shop", Clearance { holds: &holds, ..approved(&frozen) }), Err(Blocked::Hold("H-2".into())));
}

#[test]
fn an_approval_of_another_plan_is_none() {
    let frozen = Frozen::new(plan()).unwrap();
    let other = Frozen::new(plan_of(&folder(), &kari()[..7], &[], TODAY)).unwrap();
    assert_ne!(frozen.hash(), other.hash());
    let upper = frozen.hash().to_uppercase();
    for hash in [other.hash(), "", &frozen.hash()[..63], &upper] {
        assert_eq!(clear(&frozen, "shop", Clearance { approved: Some(hash), ..approved(&frozen) }), Err(Blocked::Approval));
    }
}

#[test]
fn a_frozen_plan_survives_its_storage() {
    let frozen = Frozen::new(plan()).unwrap();
    let stored: Plan = serde_json::from_str(&serde_json::to_string(frozen.plan()).unwrap()).unwrap();
    assert_eq!(Frozen::new(stored).unwrap(), frozen);
}

/// What the first erasure leaves.
fn after(plan: &Plan, mut records: Vec<Record>) -> Vec<Record> {
    for (part, step) in plan.systems.iter().flat_map(|part| part.steps.iter().map(move |step| (part, step))) {
        let is_it = |record: &Record| (&record.system, &record.collection, &record.key) == (&part.system, &step.collection, &step.key);
        match &step.act {
            Act::Delete => records.retain(|record| !is_it(record)),
            Act::Clear { fields } => {
                let record = records.iter_mut().find(|record| is_it(record)).unwrap();
                let says = |says: &Says| match says {
                    Says::Blank => Value::Null,
                    Says::Masked { value, .. } => value.clone(),
                };
                record.values.extend(fields.iter().map(|(field, said)| (field.to_owned(), says(said))));
            }
            Act::Keep => {}
        }
    }
    records
}

/// A plan carried out, and the years after.
struct Later {
    folder: Folder,
    frozen: Frozen,
    records: Vec<Record>,
    holds: Vec<Hold>,
}

impl Later {
    fn kari() -> Self {
        let frozen = Frozen::new(plan()).unwrap();
        Self { folder: folder(), records: after(frozen.plan(), kari()), frozen, holds: vec![] }
    }

    fn clearance(&self, today: Date) -> Clearance<'_> {
        Clearance { holds: &self.holds, today, ..approved(&self.frozen) }
    }

    fn try_with(&self, system: &str, with: Clearance<'_>) -> Result<Vec<(String, Act)>, Blocked> {
        let found = Found {
            systems: &self.folder.systems,
            records: &self.records,
            rules: &self.folder.rules,
            secrets: &SECRETS,
            floors: &Floors::default(),
        };
        let cleared = clear_deferred(&self.frozen, system, with, found)?;
        Ok(acts(&Plan { systems: vec![cleared.get().clone()], ..self.frozen.plan().clone() }))
    }

    fn on(&self, system: &str, today: Date) -> Result<Vec<(String, Act)>, Blocked> {
        self.try_with(system, self.clearance(today))
    }

    fn order(&mut self) -> &mut Record {
        self.records.iter_mut().find(|record| record.collection == "orders").unwrap()
    }
}

fn went(acts: &[(&str, Act)]) -> Vec<(String, Act)> {
    acts.iter().map(|(record, act)| ((*record).to_owned(), act.clone())).collect()
}

#[test]
fn what_was_kept_goes_on_its_day_and_not_before() {
    let mut later = Later::kari();
    assert_eq!(later.on("shop", date(2029, 3, 14)), Err(Blocked::Early(date(2029, 3, 15))));
    assert_eq!(later.on("shop", date(2029, 3, 15)), Ok(went(&[("shop.customers 7", Act::Delete), ("shop.orders 70", Act::Delete)])));
    let rest = [("accounting.customers K7", Act::Delete), ("accounting.invoices 700", Act::Delete), ("accounting.lines 1", Act::Delete)];
    assert_eq!(later.on("accounting", date(2032, 1, 1)), Ok(went(&rest)));
    assert_eq!(later.on("dossiers", date(2040, 1, 1)), Err(Blocked::NothingDeferred("dossiers".into())));
    later.records.retain(|record| record.system != "shop");
    assert_eq!(later.on("shop", date(2029, 3, 15)), Ok(went(&[])), "what is gone is left out");
}

#[test]
fn deferred_erasure_meets_the_same_guards() {
    let mut later = Later::kari();
    let ok = later.clearance(date(2032, 1, 1));
    let blocked = |system, with| later.try_with(system, with).unwrap_err();
    assert_eq!(blocked("shop", Clearance { tier: Some(Tier::Mailbox), ..ok }), Blocked::Identity(Tier::Substantial));
    assert_eq!(blocked("shop", Clearance { approved: Some("other"), ..ok }), Blocked::Approval);
    assert_eq!(blocked("crm", ok), Blocked::System("crm".into()));
    assert_eq!(blocked("shop", Clearance { whose: Whose { subjects: &[], case: "HB-2" }, ..ok }), Blocked::Case);
    later.holds = vec![hold("H-1", &["accounting.lines"])];
    assert_eq!(later.on("accounting", date(2032, 1, 1)), Err(Blocked::Hold("H-1".into())));
}

#[test]
fn what_a_fresh_decision_keeps_stays_and_the_rest_goes() {
    let mut later = Later::kari();
    let new = [("id", "800"), ("customer", "K7"), ("issued_on", "2031-01-01"), ("amount", "3"), ("note", "z")];
    later.records.push(record("accounting.invoices", &new));
    let rest = [("accounting.customers K7", Act::Keep), ("accounting.invoices 700", Act::Delete), ("accounting.lines 1", Act::Delete)];
    assert_eq!(
        later.on("accounting", date(2032, 1, 1)),
        Ok(went(&rest)),
        "the customer came back; an invoice nobody approved is not touched"
    );
}

#[test]
fn a_row_that_is_used_again_is_left_alone() {
    let mut later = Later::kari();
    let both = [("shop.customers 7", Act::Delete), ("shop.orders 70", Act::Delete)];
    for blank in [Value::Text(String::new()), Value::Text("erased-12".into()), Value::Integer(0), Value::Integer(-12), Value::Bytes(vec![])]
    {
        later.records[0].values.insert("email".into(), blank);
        assert_eq!(later.on("shop", date(2029, 3, 15)), Ok(went(&both)), "what an erasure leaves is no use");
    }
    later.records[0].values.insert("email".into(), Value::Text("kari@new.example".into()));
    assert_eq!(later.on("shop", date(2029, 3, 15)), Ok(went(&[("shop.customers 7", Act::Keep), ("shop.orders 70", Act::Delete)])));
}

#[test]
fn a_later_rule_or_map_never_widens_what_was_approved() {
    let mut later = Later::kari();
    later.folder.rules.rules.clear();
    assert_eq!(later.on("accounting", date(2031, 12, 31)), Err(Blocked::Early(date(2032, 1, 1))), "the approval did not change");
    let mut later = Later::kari();
    let orders = &mut later.folder.systems[2].collections[1];
    let mut field = orders.fields[2].clone();
    field.name = "referrer".into();
    orders.fields.push(field);
    later.order().values.insert("referrer".into(), Value::Text("a friend".into()));
    assert_eq!(later.on("shop", date(2029, 3, 15)).unwrap()[1].1, Act::Keep, "a field that nobody approved");
}

#[test]
fn fields_of_one_row_go_each_on_its_day() {
    let mut later = Later::kari();
    let mut rule = later.folder.rules.rules[1].clone();
    (rule.id, rule.covers) = ("LONG".to_owned(), vec!["shop.orders.status".to_owned()]);
    rule.anchor.as_mut().unwrap().field = "shop.customers.ended_on".to_owned();
    rule.period = crate::law::retention::term("P6Y").unwrap();
    later.folder.rules.rules.push(rule);
    later.frozen = Frozen::new(plan_of(&later.folder, &kari(), &[], TODAY)).unwrap();
    later.records = after(later.frozen.plan(), kari());
    assert_eq!(later.on("shop", date(2029, 3, 15)).unwrap()[0], ("shop.orders 70".to_owned(), fields(&["cancelled_on", "log"])));
    later.order().values.extend(["cancelled_on", "log"].map(|field| (field.to_owned(), Value::Null)));
    assert_eq!(later.on("shop", date(2032, 3, 14)).unwrap()[0].1, Act::Keep, "the date is remembered, though its anchor was erased");
    assert_eq!(later.on("shop", date(2032, 3, 15)), Ok(went(&[("shop.customers 7", Act::Delete), ("shop.orders 70", Act::Delete)])));
}

proptest! {
    #[test]
    fn the_same_findings_make_the_same_plan(records in Just(kari()).prop_shuffle(), again in 0usize..8) {
        let mut records = records;
        records.push(records[again].clone());
        prop_assert_eq!(plan_of(&folder(), &records, &[], TODAY), plan());
    }

    #[test]
    fn nothing_is_cleared_without_approval_of_exactly_that_hash(hash in "[0-9a-f]{64}") {
        let frozen = Frozen::new(plan()).unwrap();
        prop_assume!(hash != frozen.hash());
        prop_assert_eq!(clear(&frozen, "shop", Clearance { approved: Some(&hash), ..approved(&frozen) }), Err(Blocked::Approval));
    }

    #[test]
    fn a_plan_never_erases_what_it_keeps(collections in prop::sample::subsequence(vec!["shop.orders", "accounting.lines", "dossiers.passports"], 0..3), year in 2026i16..2034) {
        let holds: Vec<_> = collections.iter().map(|collection| hold("H-1", &[collection])).collect();
        for step in plan_of(&folder(), &kari(), &holds, date(year, 6, 1)).systems.iter().flat_map(|part| &part.steps) {
            let kept = |name: &str| step.decisions.iter().any(|decision| decision.field == name && decision.verdict != Verdict::Erase);
            match &step.act {
                Act::Delete => prop_assert!(step.decisions.iter().all(|decision| decision.verdict == Verdict::Erase)),
                Act::Clear { fields } => prop_assert!(!fields.names().any(kept)),
                Act::Keep => {}
            }
        }
    }
}

#[test]
fn the_plan_carries_its_case() {
    assert_eq!(plan().case, CASE);
}
