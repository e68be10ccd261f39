//! Changes: the record that is meant and no other, and what rests is what the data map says rests.

use std::collections::BTreeSet;

use super::{Act, Applied, ByHand, ChangePlan, Stop, correct, stop};
use crate::law::{
    ask::{Asked, Correction, Objection},
    fideslang,
    fixture::record,
    floor::Floors,
    map::System,
    record::{Record, Value},
    right::Right,
    tier::Tier,
};

const SHOP: &str = "habeas:
  label: {nb: a, nl: b, en: c}
  connection: {type: sqlite, path: shop.db}
dataset:
  - fides_key: shop
    collections:
      - name: customers
        habeas: &kind
          label: {nb: a, nl: b, en: c}
          purpose: {nb: a, nl: b, en: c}
          legal-basis: Art. 6(1)(b)
          source: {nb: a, nl: b, en: c}
          provided: true
          restriction: {field: resting, restricted: '1', normal: '0'}
        fields:
          - {name: id, fides_meta: {primary_key: true}, habeas: {technical: true}}
          - {name: resting, fides_meta: {data_type: integer}, habeas: {technical: true}}
          - {name: email, fides_meta: {identity: email}, habeas: {label: &label {nb: a, nl: b, en: c}}}
          - {name: born, fides_meta: {data_type: date}, habeas: {label: *label, provided: false}}
          - {name: passport, data_categories: [user.government_id], habeas: {label: *label}}
          - {name: offers, fides_meta: {data_type: boolean}, habeas: {label: *label, marketing: true}}
      - name: letters
        habeas:
          label: {nb: a, nl: b, en: c}
          purpose: {nb: a, nl: b, en: c}
          legal-basis: Art. 6(1)(a)
          source: {nb: a, nl: b, en: c}
          marketing: true
          restriction: {field: status, restricted: silent, normal: active}
        fields:
          - {name: id, fides_meta: {primary_key: true}, habeas: {technical: true}}
          - {name: email, fides_meta: {identity: email}, habeas: {label: *label}}
          - {name: status, habeas: {technical: true}}
          - {name: ended, fides_meta: {data_type: date}, habeas: {label: *label, withdrawn: true}}
      - name: surveys
        habeas:
          label: {nb: a, nl: b, en: c}
          purpose: {nb: a, nl: b, en: c}
          legal-basis: Art. 6(1)(f)
          source: {nb: a, nl: b, en: c}
          append-only: true
        fields:
          - {name: id, fides_meta: {primary_key: true}, habeas: {technical: true}}
          - {name: email, fides_meta: {identity: email}, habeas: {label: *label}}
";

fn systems() -> Vec<System> {
    vec![fideslang::parse("shop.yaml", SHOP).unwrap().value]
}

fn held() -> Vec<Record> {
    let mut customers = ["kari@example.no", "kari@work.example"]
        .map(|email| record("shop.customers", &[("id", &email[5..8]), ("email", email), ("born", "1980-01-02"), ("passport", "N1")]));
    for customer in &mut customers {
        customer.values.insert("resting".to_owned(), Value::Integer(0));
        customer.values.insert("offers".to_owned(), Value::Integer(1));
    }
    let [first, second] = customers;
    let letter = record("shop.letters", &[("id", "1"), ("email", "kari@example.no"), ("status", "active")]);
    vec![first.clone(), second, first, letter, record("shop.surveys", &[("id", "1"), ("email", "kari@example.no")])]
}

fn correction(field: &str, now: Option<&str>, should: &str) -> Correction {
    let (collection, field) = field.split_once('.').unwrap();
    Correction { kind: format!("shop.{collection}"), field: field.into(), now: now.map(str::to_owned), should: should.into(), why: None }
}

fn corrected(asked: &[Correction]) -> ChangePlan {
    correct("HB-1", &systems(), &held(), asked, &Floors::default())
}

/// `collection.field: was → to`, or why by hand.
fn told(plan: &ChangePlan) -> Vec<String> {
    let line = |act: &Act| match act {
        Act::Write { key, field, was, to, .. } => {
            format!("{} {field}: {} → {}", key.values().next().unwrap().to_text(), was.to_text(), to.to_text())
        }
        Act::ByHand { why, .. } => why.name().to_owned(),
    };
    plan.steps(&Applied::All).map(|(_, step)| format!("{} {}", step.collection, line(&step.act))).collect()
}

#[test]
fn only_the_record_that_says_what_is_wrong_is_corrected() {
    let plan = corrected(&[correction("customers.email", Some(" KARI@work.example"), "k@example.no")]);
    assert_eq!(told(&plan), ["customers wor email: kari@work.example → k@example.no"]);
    assert_eq!(plan.floor, Some(Tier::SecondItem));
}

#[test]
fn a_value_is_the_same_however_the_person_writes_it() {
    let plan = corrected(&[
        correction("customers.born", Some("2. januar 1980"), "3/1/1980"),
        correction("customers.offers", Some("ja"), "nei"),
        correction("customers.born", Some("2.1.1981"), "3.1.1980"),
    ]);
    let both = |field: &str| ["exa", "wor"].map(|key| format!("customers {key} {field}"));
    let (born, offers) = (both("born: 1980-01-02 → 1980-01-03"), both("offers: 1 → 0"));
    let told = told(&plan);
    for line in born.iter().chain(&offers) {
        assert!(told.contains(line), "{line} is not among {told:?}");
    }
    assert_eq!(told.len(), 5, "{told:?}");
    assert!(told.contains(&"customers differs".to_owned()), "another day is another day: {told:?}");
}

#[test]
fn what_could_be_another_record_is_left_to_a_person() {
    let asked = [
        correction("customers.born", None, "1981-01-02"),
        correction("customers.email", Some("nobody@example.no"), "k@example.no"),
        correction("surveys.email", None, "k@example.no"),
        correction("letters.email", None, "k@example.no"),
    ];
    let plan = corrected(&asked);
    assert_eq!(
        told(&plan),
        ["customers several", "customers differs", "surveys append-only", "letters 1 email: kari@example.no → k@example.no"]
    );
    let only = Applied::Only(BTreeSet::from([3]));
    assert_eq!(plan.system("shop").unwrap().by_hand(&only).count(), 0);
    assert_eq!(plan.system("shop").unwrap().writes(&only).len(), 1);
    assert_eq!(
        plan.system("shop").unwrap().by_hand(&Applied::All).collect::<Vec<_>>(),
        [ByHand::Several, ByHand::Differs, ByHand::AppendOnly]
    );
}

#[test]
fn a_correction_of_high_risk_data_asks_for_strong_proof() {
    assert_eq!(corrected(&[correction("customers.passport", None, "N2")]).floor, Some(Tier::Substantial));
}

#[test]
fn nothing_held_makes_no_plan() {
    assert!(correct("HB-1", &systems(), &[], &[correction("customers.email", None, "k@example.no")], &Floors::default()).is_empty());
    assert!(stop("HB-1", Stop::Everything, &systems(), &[], None, at(), &Floors::default()).is_empty());
}

fn at() -> jiff::Timestamp {
    "2026-11-20T09:30:00.25Z".parse().unwrap()
}

#[test]
fn a_consent_taken_back_says_when_and_says_it_once() {
    let told = |what, records: &[Record]| told(&stop("HB-1", what, &systems(), records, None, at(), &Floors::default()));
    let says = |what: Stop, records: &[Record]| told(what, records).into_iter().filter(|it| it.contains("ended")).collect::<Vec<_>>();
    assert_eq!(says(Stop::Consent, &held()), ["letters 1 ended:  → 2026-11-20"]);
    assert!(says(Stop::Marketing, &held()).is_empty() && says(Stop::Everything, &held()).is_empty());
    let mut before = held();
    for record in before.iter_mut().filter(|record| record.collection == "letters") {
        record.values.insert("ended".to_owned(), Value::Text("2025-01-01".to_owned()));
    }
    assert!(says(Stop::Consent, &before).is_empty(), "it was taken back then");
}

#[test]
fn each_stop_rests_what_it_is_about_once() {
    let stopped = |what, kinds: Option<&[String]>| told(&stop("HB-1", what, &systems(), &held(), kinds, at(), &Floors::default()));
    let marketing = ["customers exa offers: 1 → 0", "customers wor offers: 1 → 0", "letters 1 status: active → silent"];
    assert_eq!(stopped(Stop::Marketing, None), marketing);
    assert_eq!(stopped(Stop::Consent, None), [&marketing[..], &["letters 1 ended:  → 2026-11-20"]].concat());
    assert_eq!(stopped(Stop::Objection, None), ["surveys no-flag"]);
    let resting = ["customers exa resting: 0 → 1", "customers wor resting: 0 → 1", "letters 1 status: active → silent", "surveys no-flag"];
    assert_eq!(stopped(Stop::Everything, None), resting);
    assert_eq!(stopped(Stop::Everything, Some(&["shop.letters".to_owned()])), ["letters 1 status: active → silent"]);
    assert_eq!(stop("HB-1", Stop::Marketing, &systems(), &held(), None, at(), &Floors::default()).floor, None, "the mailbox is enough");
}

#[test]
fn what_rested_before_is_not_lifted_with_it() {
    let mut records = held();
    records[0].values.insert("resting".to_owned(), Value::Integer(1));
    let plan = stop("HB-1", Stop::Everything, &systems(), &records[..2], None, at(), &Floors::default());
    let lifts = plan.systems[0].lifts(&[]);
    let [lift] = lifts.as_slice() else { panic!("{lifts:?}") };
    assert_eq!((&lift.was, &lift.to), (&Value::Integer(1), &Value::Integer(0)));
    assert_eq!(lift.key, records[1].key);
}

#[test]
fn every_problem_of_what_is_asked_is_told_at_its_field() {
    let asked = Asked::Corrections(vec![
        correction("customers.email", None, "k@example.no"),
        correction("custmers.email", None, "x"),
        correction("customers.resting", None, "1"),
        correction("customers.born", None, "last year"),
        correction("customers.email", Some(&"x".repeat(1001)), " "),
    ]);
    let told = asked.problems(Right::Rectification, &systems());
    let told: Vec<_> = told.iter().map(|(field, code)| (field.as_str(), *code)).collect();
    let expected = [
        ("kind-1", "kind-unknown"),
        ("field-2", "field-unknown"),
        ("should-3", "should-not-a-day"),
        ("should-4", "should-missing"),
        ("now-4", "too-long"),
    ];
    assert_eq!(told, expected);
    assert_eq!(Asked::Nothing.problems(Right::Rectification, &systems()), [("should-0".to_owned(), "correction-missing")]);
    let silent = Asked::Objection(Objection::Other { why: " ".to_owned() });
    assert_eq!(silent.problems(Right::Objection, &systems()), [("why".to_owned(), "why-missing")]);
    assert_eq!(Asked::Objection(Objection::Marketing).problems(Right::Objection, &systems()), []);
    assert_eq!(Asked::Objection(Objection::Marketing).problems(Right::Access, &systems())[0].1, "asked-of-another-right");
}

#[test]
fn what_is_asked_is_never_printed() {
    let asked = [
        Asked::Corrections(vec![correction("customers.email", Some("kari@example.no"), "k@example.no")]),
        Asked::Objection(Objection::Other { why: "kari@example.no".to_owned() }),
    ];
    assert!(!format!("{asked:?}").contains("example"), "{asked:?}");
}

#[test]
fn a_flag_that_cannot_flag_is_a_problem_with_its_place() {
    let codes = |text: &str| fideslang::parse("shop.yaml", text).unwrap_err().into_iter().map(|it| (it.line, it.code)).collect::<Vec<_>>();
    assert_eq!(codes(&SHOP.replace("field: resting", "field: restin")), [(14, "unknown-name")]);
    assert_eq!(codes(&SHOP.replace("restricted: '1'", "restricted: 'yes'")), [(14, "bad-flag")]);
    assert_eq!(codes(&SHOP.replace("restricted: '1'", "restricted: '0'")), [(14, "bad-flag")]);
    assert_eq!(codes(&SHOP.replace("data_type: boolean", "data_type: string")), [(21, "marketing-not-boolean")]);
    let worded = SHOP.replace("ended, fides_meta: {data_type: date}", "ended, fides_meta: {data_type: string}");
    assert_eq!(codes(&worded), [(34, "withdrawn-not-a-time")]);
    assert_eq!(codes(&SHOP.replace("append-only", "apend-only")), [(41, "unknown-key")]);
    let customers = systems()[0].collection("customers").unwrap().clone();
    let provided: Vec<_> = customers.fields.iter().filter(|field| field.provided).map(|field| field.name.as_str()).collect();
    assert_eq!(provided, ["email", "passport", "offers"]);
}

#[test]
fn what_lies_inside_of_a_document_is_corrected_by_a_person() {
    let inside = SHOP.replacen("{name: born, ", "{name: born, fields: [{name: day, habeas: {label: *label}}], ", 1);
    let systems = [fideslang::parse("shop.yaml", &inside).unwrap().value];
    let held = record("shop.customers", &[("id", "1"), ("born.day", "1990-01-01")]);
    let asked = Correction {
        kind: "shop.customers".to_owned(),
        field: "born.day".to_owned(),
        now: None,
        should: "1990-12-31".to_owned(),
        why: None,
    };
    let plan = correct("HB-1", &systems, &[held], &[asked], &Floors::default());
    let acts: Vec<_> = plan.systems[0].steps.iter().map(|step| &step.act).collect();
    assert!(matches!(acts[..], [Act::ByHand { why: ByHand::Inside, .. }]), "{acts:?}");
}

#[test]
fn a_record_is_remembered_by_what_it_was_found_by_and_the_plan_does_not_change() {
    let whose = |plan: &ChangePlan| -> Vec<Vec<String>> {
        let writes = plan.system("shop").unwrap().writes(&Applied::All);
        writes.iter().map(|write| write.whose.iter().map(|(field, said)| format!("{field}={}", said.to_text())).collect()).collect()
    };
    let born = correction("customers.born", None, "1981-01-02");
    let email = correction("letters.email", None, "k@example.no");
    let stop = stop("HB-1", Stop::Marketing, &systems(), &held(), Some(&["shop.letters".to_owned()]), at(), &Floors::default());
    assert_eq!(whose(&stop), [["email=kari@example.no"]]);
    assert_eq!(whose(&corrected(&[email])), [Vec::<String>::new()], "it says something else as soon as it is done");
    let both = corrected(&[correction("customers.email", Some("kari@work.example"), "k@example.no"), born.clone()]);
    assert!(whose(&both).iter().all(Vec::is_empty), "{both:?}");
    let frozen = serde_json::to_string(&stop).unwrap();
    assert_eq!(serde_json::from_str::<ChangePlan>(&frozen).unwrap(), stop);
}
