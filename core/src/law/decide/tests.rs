//! Decisions: the flagship case by hand, the promises as properties.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{FieldDecision, KeptUntil, Reason, RecordFacts, Verdict, decide, keep_until_of};
use crate::{
    law::{
        connected::Connected,
        fixture::{RETENTION, SHOP, TODAY, WHOSE, folder, hold, kari, read_with, record},
        folder::Folder,
        hold::Hold,
        record::{Record, Value},
        retention::{Adjust, Anchor, Condition, InForce, Kind, Rule, Standing, YearEnd, keep_until, term},
    },
    table::Guard,
};

#[derive(Debug)]
struct Case {
    folder: Folder,
    records: Vec<Record>,
    holds: Vec<Hold>,
    today: Date,
}

impl Case {
    fn kari() -> Self {
        Self { folder: folder(), records: kari(), holds: vec![], today: TODAY }
    }

    fn with<T>(&self, address: &str, ask: impl FnOnce(&RecordFacts<'_>) -> T) -> T {
        let record = self.records.iter().find(|record| record.address() == address).unwrap();
        let system = self.folder.systems.iter().find(|system| system.key == record.system).unwrap();
        let connected = Connected::new(&self.records, &self.folder.systems);
        ask(&RecordFacts { record, collection: system.collection(&record.collection).unwrap(), connected: &connected })
    }

    fn decide(&self, address: &str) -> Vec<FieldDecision> {
        self.with(address, |facts| decide(facts, &self.folder.rules, &self.holds, WHOSE, self.today))
    }

    fn field(&self, address: &str, field: &str) -> FieldDecision {
        self.decide(address).into_iter().find(|decision| decision.field == field).unwrap()
    }

    fn shown(&self, address: &str) -> KeptUntil {
        self.with(address, |facts| keep_until_of(facts, &self.folder.rules, &self.holds, WHOSE, self.today))
    }

    fn rule(&mut self, id: &str) -> &mut Rule {
        self.folder.rules.rules.iter_mut().find(|rule| rule.id == id).unwrap()
    }

    fn set(&mut self, address: &str, field: &str, value: Value) {
        let record = self.records.iter_mut().find(|record| record.address() == address).unwrap();
        record.values.insert(field.to_owned(), value);
    }
}

fn keep(year: i16, month: i8, day: i8) -> Verdict {
    Verdict::Keep { until: Some(date(year, month, day)) }
}

fn ids(decision: &FieldDecision) -> Vec<&str> {
    decision.because.iter().map(|reason| reason.id.as_str()).collect()
}

#[test]
fn erasure_of_an_invoiced_cancelled_order_yields_three_dates() {
    let case = Case::kari();
    let passport = case.field("dossiers.passports", "number");
    assert_eq!((passport.verdict, passport.delete_by), (Verdict::Erase, Some(date(2026, 5, 13))));
    let log = case.field("shop.orders", "log");
    assert_eq!((&log.verdict, log.delete_by, log.is_conflict()), (&keep(2029, 3, 14), Some(date(2026, 5, 13)), true));
    assert_eq!(ids(&log), ["NO-FOR-3", "POL-60D"], "both are shown");
    let amount = case.field("accounting.invoices", "amount");
    assert_eq!((&amount.verdict, ids(&amount), amount.is_conflict()), (&keep(2031, 12, 31), vec!["NO-BOK-5"], false));
}

#[test]
fn a_rule_with_a_guard_speaks_where_it_holds_and_keeps_where_nobody_can_tell() {
    let with = |guard: &str, amount: Value| {
        let mut case = Case::kari();
        case.rule("NO-BOK-5").guard = Some(Guard::parse(guard).unwrap());
        case.set("accounting.invoices", "amount", amount);
        let decision = case.field("accounting.invoices", "amount");
        let ids: Vec<String> = decision.because.iter().map(|reason| reason.id.clone()).collect();
        (decision.verdict, ids.join(" "))
    };
    let kept = (keep(2031, 12, 31), "NO-BOK-5".to_owned());
    let gone = (Verdict::Erase, Reason::DEFAULT.to_owned());
    let unsure = (Verdict::Keep { until: None }, format!("NO-BOK-5 {}", Reason::UNDECIDED));
    for (guard, amount, expected) in [
        ("amount > 0", Value::Integer(5), &kept),
        ("amount > 0", Value::Real(0.5), &kept),
        ("amount > 0", Value::Text("12.50".to_owned()), &kept),
        ("amount > 0", Value::Integer(-5), &gone),
        ("amount > 0", Value::Null, &unsure),
        ("amount > 0", Value::Text("much".to_owned()), &unsure),
        ("amount > 0", Value::Unreadable("locked".to_owned()), &unsure),
        ("has(amount) && amount > 0", Value::Null, &gone),
        ("has(amount)", Value::Unreadable("locked".to_owned()), &kept),
        ("!amount", Value::Integer(0), &kept),
        ("amount == \"a\"", Value::Text("a".to_owned()), &kept),
        ("amount < date(\"2026-11-21\")", Value::Text("2026-11-20T08:00".to_owned()), &kept),
        ("amont > 0", Value::Integer(5), &unsure),
    ] {
        assert_eq!(&with(guard, amount.clone()), expected, "{guard} {amount:?}");
    }
}

#[test]
fn only_the_kernel_is_kept_and_the_keys_that_hold_it_together() {
    let case = Case::kari();
    let verdicts: Vec<_> = case.decide("accounting.invoices").into_iter().map(|it| (it.field, it.verdict)).collect();
    let until = keep(2031, 12, 31);
    let expected =
        [("id", &until), ("customer", &until), ("order_id", &until), ("issued_on", &until), ("amount", &until), ("note", &Verdict::Erase)];
    assert_eq!(verdicts, expected.map(|(field, verdict)| (field.to_owned(), verdict.clone())));
    assert_eq!(ids(&case.field("accounting.invoices", "id")), [Reason::WITH_ROW]);
    assert_eq!(ids(&case.field("accounting.invoices", "note")), [Reason::DEFAULT]);
    assert_eq!(case.field("shop.orders", "id").verdict, keep(2029, 3, 14));
}

#[test]
fn an_anchor_lies_in_a_connected_record_and_the_latest_counts() {
    let case = Case::kari();
    assert_eq!(case.field("accounting.customers", "name").verdict, keep(2031, 12, 31), "the customer's latest invoice");
    assert_eq!(case.field("accounting.lines", "amount").verdict, keep(2031, 12, 31), "the line's own invoice");
    assert_eq!(case.field("accounting.customers", "account").verdict, Verdict::Erase, "not in the kernel");
}

#[test]
fn a_rule_whose_last_day_is_past_keeps_no_longer() {
    let mut case = Case::kari();
    case.today = date(2031, 12, 31);
    assert_eq!(case.field("accounting.invoices", "amount").verdict, keep(2031, 12, 31), "the last day is kept");
    case.today = date(2032, 1, 1);
    assert!(case.decide("accounting.invoices").iter().all(|decision| decision.verdict == Verdict::Erase));
    assert_eq!(ids(&case.field("accounting.invoices", "amount")), [Reason::DEFAULT]);
}

#[test]
fn an_unknown_anchor_keeps_without_a_date() {
    for value in [Value::Null, Value::Unreadable("locked".into()), Value::Text("14 March".into()), Value::Integer(1_773_446_400)] {
        let mut case = Case::kari();
        case.set("accounting.invoices", "issued_on", value.clone());
        let amount = case.field("accounting.invoices", "amount");
        assert_eq!(amount.verdict, Verdict::Keep { until: None }, "{value:?}");
        assert_eq!(ids(&amount), ["NO-BOK-5"]);
        assert_eq!(case.field("accounting.invoices", "id").verdict, Verdict::Keep { until: None });
        case.set("shop.orders", "cancelled_on", value);
        assert_eq!(case.field("dossiers.passports", "number").delete_by, None, "a maximum promises no date either");
    }
}

#[test]
fn one_unreadable_date_among_several_keeps_without_a_date() {
    let mut case = Case::kari();
    case.set("accounting.invoices", "issued_on", Value::Unreadable("torn page".into()));
    assert_eq!(case.field("accounting.customers", "name").verdict, Verdict::Keep { until: None });
}

#[test]
fn a_moment_counts_as_its_day() {
    for text in ["2026-03-14 23:59:59", "2026-03-14T00:00:00Z", " 2026-03-14"] {
        let mut case = Case::kari();
        case.set("accounting.invoices", "issued_on", Value::Text(text.into()));
        assert_eq!(case.field("accounting.invoices", "amount").verdict, keep(2031, 12, 31), "{text}");
    }
}

#[test]
fn conditions_narrow_a_rule_and_one_that_cannot_be_evaluated_keeps() {
    let with = |condition: Condition, value: Value| {
        let mut case = Case::kari();
        case.rule("NO-FOR-3").when = vec![condition];
        case.set("shop.orders", "status", value);
        case.field("shop.orders", "log").verdict
    };
    let is = |words: &[&str]| Condition { field: "status".into(), is: words.iter().map(|word| (*word).to_owned()).collect() };
    let text = |text: &str| Value::Text(text.to_owned());
    assert_eq!(with(is(&["cancelled", "withdrawn"]), text("cancelled")), keep(2029, 3, 14));
    assert_eq!(with(is(&["cancelled"]), text("paid")), Verdict::Erase);
    assert_eq!(with(is(&[]), text("paid")), keep(2029, 3, 14), "merely present");
    assert_eq!(with(is(&[]), Value::Null), Verdict::Erase);
    assert_eq!(with(is(&["1"]), Value::Integer(1)), keep(2029, 3, 14));
    assert_eq!(with(is(&["cancelled"]), Value::Unreadable("locked".into())), Verdict::Keep { until: None });
    let missing = Condition { field: "state".into(), is: vec![] };
    assert_eq!(with(missing, text("cancelled")), Verdict::Keep { until: None });
}

#[test]
fn a_rule_keeps_what_it_is_evaluated_on() {
    let mut case = Case::kari();
    assert_eq!(case.field("shop.orders", "cancelled_on").verdict, keep(2029, 3, 14), "the anchor");
    assert_eq!(case.field("shop.orders", "status").verdict, Verdict::Erase);
    case.rule("NO-FOR-3").when = vec![Condition { field: "status".into(), is: vec![] }];
    assert_eq!(case.field("shop.orders", "status").verdict, keep(2029, 3, 14), "a condition");
    case.rule("NO-FOR-3").kind = Kind::Maximum;
    assert_eq!(case.field("shop.orders", "cancelled_on").verdict, Verdict::Erase, "a maximum keeps nothing");
}

#[test]
fn a_rule_speaks_only_while_it_is_law() {
    let mut case = Case::kari();
    assert_eq!(case.field("shop.orders", "cancelled_on").verdict, keep(2029, 3, 14));
    case.rule("NO-FOR-3").in_force = InForce { from: None, until: Some(date(2020, 12, 31)) };
    assert_eq!(case.field("shop.orders", "cancelled_on").verdict, Verdict::Erase, "it was repealed");
    case.rule("NO-FOR-3").in_force = InForce { from: Some(date(2020, 12, 31)), until: None };
    assert_eq!(case.field("shop.orders", "cancelled_on").verdict, keep(2029, 3, 14));
}

#[test]
fn a_hold_beats_every_rule_and_lists_them_all() {
    let mut case = Case::kari();
    case.holds = vec![hold("H-1", &["shop.orders"]), Hold { review_on: date(2026, 9, 1), ..hold("H-2", &[]) }];
    let log = case.field("shop.orders", "log");
    assert_eq!(log.verdict, Verdict::Held { hold: "H-2".into(), review_on: date(2026, 9, 1) });
    assert_eq!(ids(&log), ["H-2", "H-1", "NO-FOR-3", "POL-60D"]);
    assert!(log.is_conflict());
    assert!(case.decide("shop.orders").iter().all(|decision| matches!(decision.verdict, Verdict::Held { .. })));
    let passport = case.field("dossiers.passports", "number");
    assert_eq!(passport.because[0].ground.as_deref(), Some("Art. 17(3)(e)"));
    for hold in &mut case.holds {
        hold.released_on = Some(date(2026, 3, 31));
    }
    assert_eq!(case.field("dossiers.passports", "number").verdict, Verdict::Erase);
}

#[test]
fn a_hold_that_cannot_be_evaluated_keeps() {
    let mut case = Case::kari();
    case.holds = vec![hold("H-1", &["orders"])];
    assert!(matches!(case.field("dossiers.passports", "number").verdict, Verdict::Held { .. }));
    case.holds = vec![hold("H-1", &["shop.customers"])];
    assert_eq!(case.field("dossiers.passports", "number").verdict, Verdict::Erase);
}

#[test]
fn a_read_only_field_stays_and_a_person_looks() {
    let mut case = Case::kari();
    case.folder.systems[1].collections[0].fields[2].read_only = true;
    let number = case.field("dossiers.passports", "number");
    assert_eq!((&number.verdict, ids(&number)), (&Verdict::Keep { until: None }, vec!["POL-60D", Reason::READ_ONLY]));
    assert_eq!(case.field("dossiers.passports", "id").verdict, Verdict::Keep { until: None });
}

#[test]
fn the_person_sees_the_date_that_will_hold() {
    let mut case = Case::kari();
    let shown = |case: &Case, address: &str| {
        let KeptUntil { until, because } = case.shown(address);
        (until, because.id)
    };
    assert_eq!(shown(&case, "dossiers.passports"), (Some(date(2026, 5, 13)), "POL-60D".into()));
    assert_eq!(shown(&case, "shop.orders"), (Some(date(2026, 5, 13)), "POL-60D".into()), "may keep is no plan to keep");
    assert_eq!(shown(&case, "accounting.invoices"), (Some(date(2031, 12, 31)), "NO-BOK-5".into()));
    assert_eq!(shown(&case, "shop.customers"), (None, "default".into()));
    case.rule("POL-60D").covers = vec!["accounting.invoices".into()];
    assert_eq!(shown(&case, "accounting.invoices").0, Some(date(2031, 12, 31)), "must keep wins over an earlier maximum");
    assert_eq!(shown(&case, "shop.orders"), (Some(date(2029, 3, 14)), "NO-FOR-3".into()));
    case.rule("POL-60D").period = term("P10Y").unwrap();
    assert_eq!(shown(&case, "accounting.invoices"), (Some(date(2036, 3, 14)), "POL-60D".into()), "a later maximum is when it goes");
    case.set("accounting.invoices", "issued_on", Value::Null);
    assert_eq!(shown(&case, "accounting.invoices"), (None, "NO-BOK-5".into()), "no false date");
    case.holds = vec![hold("H-1", &[])];
    assert_eq!(shown(&case, "accounting.invoices"), (None, "H-1".into()));
}

#[test]
fn a_promise_that_does_not_say_from_when_gives_the_criteria_and_no_date() {
    let mut case = Case::kari();
    case.rule("POL-60D").anchor = None;
    let passport = case.field("dossiers.passports", "number");
    assert_eq!((&passport.verdict, passport.delete_by, ids(&passport)), (&Verdict::Erase, None, vec!["POL-60D", Reason::DEFAULT]));
    let shown = case.shown("dossiers.passports");
    assert_eq!((shown.until, shown.because.id.as_str()), (None, "POL-60D"), "indicative, never a false date");
    case.rule("POL-60D").covers = vec!["accounting.invoices".into()];
    assert_eq!(case.shown("accounting.invoices").until, Some(date(2031, 12, 31)), "and it shortens no duty");
    assert!(!case.field("accounting.invoices", "amount").is_conflict(), "no case can tell that it is late");
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::Integer),
        any::<f64>().prop_map(Value::Real),
        ".{0,14}".prop_map(Value::Text),
        "[0-9]{4}-[0-1][0-9]-[0-3][0-9]".prop_map(Value::Text),
        prop::collection::vec(any::<u8>(), 0..4).prop_map(Value::Bytes),
        ".{0,4}".prop_map(Value::Unreadable),
    ]
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let kind = prop_oneof![Just(Kind::MustKeep), Just(Kind::MayKeep), Just(Kind::Maximum)];
    let covers =
        prop::sample::select(vec!["shop.orders", "shop.orders.log", "shop.customers", "accounting.invoices", "accounting.customers.name"]);
    let anchors = prop::sample::select(vec![
        "shop.orders.cancelled_on",
        "accounting.invoices.issued_on",
        "shop.customers.ended_on",
        "nowhere",
        "a.b.c",
    ]);
    let adjust = prop_oneof![Just(Adjust::None), Just(Adjust::FiscalYearEnd), Just(Adjust::CalendarYearEnd)];
    let kernel = prop::sample::subsequence(vec!["log", "amount", "email"], 0..3);
    let keep = prop::sample::select(vec!["P1D", "P60D", "P3Y", "P3Y6M", "P9999Y"]);
    let when = prop::sample::select(vec![vec![], vec![Condition { field: "status".into(), is: vec!["cancelled".into()] }]]);
    ("[A-Z]{6}", kind, covers, anchors, adjust, kernel, keep, when).prop_map(|(id, kind, covers, field, adjust, kernel, keep, when)| {
        let mut rule = folder().rules.rules.remove(0);
        rule.kernel = kernel.into_iter().map(str::to_owned).collect();
        (rule.id, rule.kind, rule.covers, rule.when) = (id, kind, vec![covers.to_owned()], when);
        (rule.anchor, rule.period) = (Some(Anchor { field: field.to_owned(), adjust }), term(keep).unwrap());
        rule
    })
}

fn any_case() -> impl Strategy<Value = Case> {
    (prop::collection::vec(any_rule(), 0..5), any_value(), any_value(), 2020i16..2040).prop_map(|(rules, one, other, year)| {
        let mut case = Case::kari();
        case.folder.rules.rules = rules;
        case.today = date(year, 7, 1);
        case.set("shop.orders", "cancelled_on", one.clone());
        case.set("shop.orders", "customer_id", other.clone());
        case.set("accounting.invoices", "issued_on", other);
        case.set("shop.orders", "status", one);
        case
    })
}

fn all(case: &Case) -> Vec<FieldDecision> {
    ["shop.orders", "shop.customers", "accounting.invoices", "accounting.customers"]
        .iter()
        .flat_map(|address| case.decide(address))
        .collect()
}

proptest! {
    #[test]
    fn deciding_never_panics_and_always_says_why(case in any_case()) {
        for decision in all(&case) {
            prop_assert!(!decision.because.is_empty());
        }
    }

    #[test]
    fn adding_a_hold_never_turns_keep_into_erase(mut case in any_case(), collection in prop::sample::select(vec!["shop.orders", "accounting.invoices", "bad"])) {
        let before = all(&case);
        case.holds.push(hold("H-9", &[collection]));
        for (before, after) in before.iter().zip(all(&case)) {
            prop_assert!(!before.verdict.outlasts(&after.verdict), "{before:?} {after:?}");
        }
    }

    #[test]
    fn adding_a_must_keep_rule_never_shortens(mut case in any_case(), mut rule in any_rule()) {
        let before = all(&case);
        rule.kind = Kind::MustKeep;
        case.folder.rules.rules.push(rule);
        for (before, after) in before.iter().zip(all(&case)) {
            prop_assert!(!before.verdict.outlasts(&after.verdict), "{before:?} {after:?}");
        }
    }

    #[test]
    fn a_maximum_never_changes_a_verdict(mut case in any_case(), mut rule in any_rule()) {
        let before = all(&case);
        rule.kind = Kind::Maximum;
        case.folder.rules.rules.push(rule);
        for (before, after) in before.iter().zip(all(&case)) {
            prop_assert_eq!(&before.verdict, &after.verdict);
        }
    }

    #[test]
    fn the_order_of_rules_means_nothing(mut case in any_case(), turn in 0usize..5) {
        let before = all(&case);
        case.folder.rules.rules.reverse();
        prop_assert_eq!(&before, &all(&case));
        let turn = turn.min(case.folder.rules.rules.len());
        case.folder.rules.rules.rotate_left(turn);
        prop_assert_eq!(before, all(&case));
    }

    #[test]
    fn a_rule_that_is_not_law_today_or_binds_only_others_says_nothing(
        case in any_case(), mut rule in any_rule(), days in 1i32..2000, future: bool,
    ) {
        let before = all(&case);
        let mut with = |in_force, only_for| {
            let mut case = Case { folder: case.folder.clone(), records: case.records.clone(), holds: vec![], today: case.today };
            (rule.in_force, rule.only_for) = (in_force, only_for);
            case.folder.rules.rules.push(rule.clone());
            case.folder.rules = case.folder.rules.of(&[]);
            all(&case)
        };
        let away = case.today.saturating_add(jiff::Span::new().days(if future { days } else { -days }));
        let never = if future { InForce { from: Some(away), until: None } } else { InForce { from: None, until: Some(away) } };
        prop_assert_eq!(&before, &with(never, None));
        prop_assert_eq!(&before, &with(InForce::default(), Some(Standing::OneStopShop)));
        let today = InForce { from: Some(case.today), until: Some(case.today) };
        prop_assert_eq!(with(today, None), with(InForce::default(), None), "both days count");
    }

    #[test]
    fn a_later_anchor_never_ends_earlier(day in 0i32..30_000, more in 0i32..800, rule in any_rule(), june: bool) {
        let year_end = if june { YearEnd::parse("06-30").unwrap() } else { YearEnd::parse("02-29").unwrap() };
        let from = date(1990, 1, 1).saturating_add(jiff::Span::new().days(day));
        let later = from.saturating_add(jiff::Span::new().days(more));
        let (one, other) = (keep_until(from, &rule, year_end), keep_until(later, &rule, year_end));
        prop_assert!(from < one && one <= other, "{from} {one} {later} {other}");
    }

    #[test]
    fn a_term_of_years_ends_on_the_same_day_or_the_last_of_february(day in 0i32..30_000, years in 1i16..40) {
        let from = date(1990, 1, 1).saturating_add(jiff::Span::new().days(day));
        let last = term(&format!("P{years}Y")).unwrap().ends(from).last().unwrap();
        prop_assert_eq!(last.year(), from.year() + years);
        let leaps = (from.month(), from.day()) == (2, 29) && !last.in_leap_year();
        prop_assert_eq!((last.month(), last.day()), if leaps { (2, 28) } else { (from.month(), from.day()) });
    }
}

#[test]
fn a_record_unknown_to_the_index_is_decided_by_its_own_values() {
    let case = Case::kari();
    let stranger = record("accounting.invoices", &[("id", "1"), ("issued_on", "2026-01-01"), ("amount", "5")]);
    let connected = Connected::new(&[], &case.folder.systems);
    let collection = case.folder.systems[0].collection("invoices").unwrap();
    let facts = RecordFacts { record: &stranger, collection, connected: &connected };
    assert_eq!(decide(&facts, &case.folder.rules, &[], WHOSE, TODAY)[4].verdict, keep(2031, 12, 31));
}

#[test]
fn a_record_that_others_are_in_or_that_nothing_names_is_erased_by_a_person() {
    let mut case = Case::kari();
    assert_eq!(case.field("dossiers.passports", "number").verdict, Verdict::Erase);
    case.set("dossiers.passports", "number", Value::List(vec![Value::Text("N1".to_owned()), Value::Others]));
    for decision in case.decide("dossiers.passports") {
        assert_eq!((decision.verdict, decision.because.last().unwrap().id.as_str()), (Verdict::Keep { until: None }, Reason::READ_ONLY));
    }
    let mut case = Case::kari();
    case.folder.systems[1].collections[0].fields[0].primary_key = false;
    assert_eq!(case.field("dossiers.passports", "number").verdict, Verdict::Keep { until: None });
}

#[test]
fn rules_speak_about_values_inside_of_documents() {
    let shop = SHOP.replace("{name: log, ", "{name: log, fields: [{name: calls, data_categories: [user.content.private]}, {name: at}], ");
    let retention = RETENTION.replace("covers: [shop.orders.log]", "covers: [shop.orders.log.calls]").replace(
        "from: {field: shop.orders.cancelled_on}\n    law: foreldelsesloven",
        "from: {field: shop.orders.log.at}\n    law: foreldelsesloven",
    );
    let folder = read_with(&[("shop.yaml", &shop), ("retention.yaml", &retention)]).unwrap();
    let mut case = Case { folder, ..Case::kari() };
    let days = ["2026-01-10", "2026-02-10"].map(|day| Value::Text(day.to_owned()));
    case.set("shop.orders", "log.at", Value::List(days.to_vec()));
    let kept = case.field("shop.orders", "log.calls");
    assert_eq!(kept.verdict, Verdict::Keep { until: Some(date(2029, 2, 10)) }, "from the latest of its days");
    assert_eq!(case.field("shop.orders", "status").verdict, Verdict::Erase);
    let wrong = read_with(&[("shop.yaml", &shop), ("retention.yaml", &RETENTION.replace("shop.orders.log]", "shop.orders.log.cals]"))]);
    assert_eq!(wrong.unwrap_err()[0].help.as_deref(), Some("did you mean `shop.orders.log.calls`?"));
}

#[test]
fn what_rules_cannot_read_is_told_once_for_each_rule_and_system() {
    use super::undecided;
    let told =
        |case: &Case, kinds: Option<&[String]>| undecided(&case.folder.systems, &case.records, kinds, &case.folder.rules, case.today);
    let mut case = Case::kari();
    assert_eq!(told(&case, None), [], "everything can be read");
    for rule in ["NO-BOK-5", "POL-60D"] {
        case.rule(rule).guard = Some(Guard::parse("amount > 0 && status == \"paid\"").unwrap());
    }
    case.set("accounting.invoices", "amount", Value::Unreadable("locked".to_owned()));
    let found = told(&case, None);
    let [one] = &found[..] else { panic!("one, however many records: {found:?}") };
    assert_eq!((one.rule.as_str(), one.system.as_str()), ("NO-BOK-5", "accounting"), "and nothing of a promise to delete");
    assert!(one.fields.contains(&"invoices.amount".to_owned()) && one.fields.contains(&"invoices.status".to_owned()), "{one:?}");
    assert_eq!(told(&case, Some(&["shop.orders".to_owned()])), [], "nobody asked about the invoices");

    let mut case = Case::kari();
    case.set("accounting.invoices", "issued_on", Value::Text("soon".to_owned()));
    assert!(matches!(&told(&case, None)[..], [one] if one.fields.contains(&"invoices.issued_on".to_owned())), "{:?}", told(&case, None));
    case.set("accounting.invoices", "issued_on", Value::Null);
    assert_eq!(told(&case, None), [], "what has not come yet is no fault");
}
